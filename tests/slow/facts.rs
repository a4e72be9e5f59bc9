//! Facts day by day: for each fact an array over the days, each cell what holds that day and who laid it down.

use crate::program::*;

/// First day of the arrays, and how many days they hold.
pub const BASE: Day = -184;
pub const DAYS: usize = 1096;

/// The place of a day in the arrays, if they hold it.
pub fn place(day: Day) -> Option<usize> {
    usize::try_from(day - BASE).ok().filter(|place| *place < DAYS)
}

/// A rule and a day: an undetermined firing that might have changed something.
pub type Doubt = (usize, Day);

/// One fact with one parameter, on every day.
#[derive(Clone)]
pub struct Track {
    pub values: Vec<Value>,
    /// The line that brought what holds, by its place, counted from 1; 0 is none.
    pub lines: Vec<u32>,
    /// Which doubts lie on the day: a place in [`Facts::doubts`].
    pub doubts: Vec<u32>,
}

#[derive(Clone)]
pub struct Facts {
    pub tracks: Vec<Vec<Track>>,
    pub doubts: Vec<Vec<Doubt>>,
}

impl Facts {
    pub fn new(program: &Program) -> Facts {
        let mut tracks = Vec::new();
        for fact in &program.facts {
            let initial = match &fact.source {
                Source::Held { initial, .. } => initial.unwrap_or(Value::Unknown),
                _ => Value::Unknown,
            };
            let track = Track { values: vec![initial; DAYS], lines: vec![0; DAYS], doubts: vec![0; DAYS] };
            tracks.push(vec![track; if fact.per_sort { SORTS.len() } else { 1 }]);
        }
        Facts { tracks, doubts: vec![Vec::new()] }
    }

    /// From a day on, something else holds; whether anything changed.
    pub fn lay(&mut self, fact: usize, of: usize, from: usize, change: &[(usize, Value)], line: u32) -> bool {
        let track = &mut self.tracks[fact][of];
        let mut value = Value::Unknown;
        let mut changed = false;
        let mut next = 0;
        for day in from..DAYS {
            while next < change.len() && change[next].0 <= day {
                value = change[next].1;
                next += 1;
            }
            changed |= track.values[day] != value;
            track.values[day] = value;
            track.doubts[day] = 0;
        }
        if changed {
            track.lines[from..].fill(line);
        }
        changed
    }

    /// From a day on, an undetermined firing might have changed the fact.
    pub fn doubt(&mut self, fact: usize, of: Option<usize>, from: usize, doubt: Doubt) {
        for (number, track) in self.tracks[fact].iter_mut().enumerate() {
            if of.is_some_and(|of| of != number) {
                continue;
            }
            let mut last = (u32::MAX, 0);
            for cell in &mut track.doubts[from..] {
                if last.0 != *cell {
                    let mut all = self.doubts[*cell as usize].clone();
                    if !all.contains(&doubt) {
                        all.push(doubt);
                    }
                    self.doubts.push(all);
                    last = (*cell, self.doubts.len() as u32 - 1);
                }
                *cell = last.1;
            }
        }
    }
}
