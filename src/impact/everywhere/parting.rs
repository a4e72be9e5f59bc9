//! Where what two rules bring parts, gathered situation by situation.

use std::collections::{BTreeMap, BTreeSet};

use super::days::DaySet;
use super::said::{Brings, Seen};
use crate::situations::Situation;
use crate::time::Day;
use crate::value::Value;

/// One way in which what is brought in a situation differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Way {
    /// Only the old rule brings it.
    Lost(u32),
    /// Only the new rule brings it.
    Gained(u32),
    /// One of its days, by its place, is earlier, later, or known to one of them only.
    Day(u32, usize, Side),
    /// Its value, or to whom it is.
    Value(u32),
    /// What is said of it beside its days.
    Terms(u32),
}

/// To which side a day moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Side {
    Earlier,
    Later,
    Other,
}

/// The ways in which two rules differ in a situation, in order, and by how many days for those that move.
pub(super) fn ways(old: &[Brings], new: &[Brings]) -> Vec<(Way, i64)> {
    if old == new {
        return Vec::new();
    }
    let mut left: Vec<Brings> = Vec::new();
    let mut right: Vec<Brings> = new.to_vec();
    for one in old {
        match right.iter().position(|other| other == one) {
            Some(place) => {
                right.remove(place);
            }
            None => left.push(*one),
        }
    }
    let mut all = Vec::new();
    for one in left {
        let same = |other: &Brings| other.what == one.what;
        let place = right
            .iter()
            .position(|other| same(other) && other.of == one.of)
            .or_else(|| right.iter().position(same));
        match place {
            None => all.push((Way::Lost(one.what), 0)),
            Some(place) => between(&one, &right.remove(place), &mut all),
        }
    }
    all.extend(right.iter().map(|one| (Way::Gained(one.what), 0)));
    all.sort_unstable();
    all.dedup_by_key(|(way, _)| *way);
    all
}

fn between(one: &Brings, other: &Brings, all: &mut Vec<(Way, i64)>) {
    for (place, (was, is)) in one.days.iter().zip(&other.days).enumerate() {
        let (side, by) = match (was, is) {
            (was, is) if was == is => continue,
            (Seen::Day(was), Seen::Day(is)) => {
                let by = was.days_until(*is);
                (if by < 0 { Side::Earlier } else { Side::Later }, by)
            }
            _ => (Side::Other, 0),
        };
        all.push((Way::Day(one.what, place, side), by));
    }
    if one.value != other.value || one.of != other.of {
        all.push((Way::Value(one.what), 0));
    }
    if one.terms != other.terms {
        all.push((Way::Terms(one.what), 0));
    }
}

/// On which days given by the event or by facts, counted from the day the rule looks, two rules part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// The subject, by its place.
    pub subject: usize,
    /// The first such day: the least and the most days after the day of the rule; nothing when all earlier ones are meant.
    pub from: Option<(i64, i64)>,
    /// The last such day, likewise.
    pub through: Option<(i64, i64)>,
    /// Also where there is none.
    pub none: bool,
    /// Also where nobody knows it.
    pub unknown: bool,
    /// On no known day at all.
    pub no_day: bool,
}

/// Situations that part in the same ways.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// On which days.
    pub days: DaySet,
    /// By how many days, way by way: the least and the most.
    pub by: Vec<(i64, i64)>,
    /// On which other days.
    pub bounds: Vec<Bound>,
    /// The earliest: its day, and a value for each subject.
    pub first: (Day, Vec<Value>),
    /// How many situations.
    pub situations: u64,
    /// The earliest day that something which differs is dated.
    pub dated: Day,
}

/// Situations of several combinations of values that part alike.
pub(super) struct Group {
    pub ways: Vec<Way>,
    pub track: Track,
    /// The combinations, by their numbers.
    pub cells: Vec<usize>,
}

/// Gathers where two rules part.
pub(super) struct Gathering {
    within: (Day, Day),
    /// The subjects whose values are days, by their places.
    dates: Vec<usize>,
    cell: usize,
    tracks: BTreeMap<Vec<Way>, Track>,
    today: Option<Day>,
    /// Of each such subject the least and the most tried today.
    tried: Vec<Option<(Day, Day)>>,
    /// What of each such subject parts today, for each set of ways.
    parts: BTreeMap<Vec<Way>, Vec<BTreeSet<Seen>>>,
    pub groups: Vec<Group>,
}

impl Gathering {
    /// Within a stretch of days.
    pub fn new(within: (Day, Day), dates: Vec<usize>) -> Gathering {
        let tried = vec![None; dates.len()];
        let (tracks, parts) = (BTreeMap::new(), BTreeMap::new());
        Gathering { within, dates, cell: 0, tracks, today: None, tried, parts, groups: Vec::new() }
    }

    /// Takes a situation in, and what differs in it.
    pub fn add(&mut self, situation: &Situation<'_>, found: &[(Way, i64)], dated: Day) {
        if situation.cell != self.cell {
            self.close_cell();
            self.cell = situation.cell;
        }
        if self.today != Some(situation.day) {
            self.close_day();
            self.today = Some(situation.day);
        }
        for (subject, tried) in self.dates.iter().zip(&mut self.tried) {
            if let Some(Value::Day(day)) = situation.values.get(*subject) {
                let (low, high) = tried.get_or_insert((*day, *day));
                (*low, *high) = ((*low).min(*day), (*high).max(*day));
            }
        }
        if found.is_empty() {
            return;
        }
        let ways: Vec<Way> = found.iter().map(|(way, _)| *way).collect();
        let track = self.tracks.entry(ways.clone()).or_insert_with(|| Track {
            days: DaySet::new(self.within),
            by: vec![(i64::MAX, i64::MIN); found.len()],
            bounds: Vec::new(),
            first: (situation.day, situation.values.to_vec()),
            situations: 0,
            dated,
        });
        track.days.push(situation.day);
        track.situations = track.situations.saturating_add(situation.stands_for);
        track.dated = track.dated.min(dated);
        for ((low, high), (_, by)) in track.by.iter_mut().zip(found) {
            (*low, *high) = ((*low).min(*by), (*high).max(*by));
        }
        let parts = self.parts.entry(ways).or_insert_with(|| vec![BTreeSet::new(); self.dates.len()]);
        for (subject, part) in self.dates.iter().zip(parts) {
            part.insert(match situation.values.get(*subject) {
                Some(Value::Day(day)) => Seen::Day(*day),
                Some(Value::Unknown) => Seen::Unknown,
                _ => Seen::Nothing,
            });
        }
    }

    fn close_day(&mut self) {
        let Some(today) = self.today else { return };
        for (ways, parts) in std::mem::take(&mut self.parts) {
            let Some(track) = self.tracks.get_mut(&ways) else { continue };
            for (number, part) in parts.iter().enumerate() {
                let Some(subject) = self.dates.get(number).copied() else { continue };
                let tried = self.tried.get(number).copied().flatten();
                let own = bound(subject, part, tried, today);
                match track.bounds.get_mut(number) {
                    Some(known) => merge(known, &own),
                    None => track.bounds.push(own),
                }
            }
        }
        self.tried.fill(None);
    }

    fn close_cell(&mut self) {
        self.close_day();
        self.today = None;
        for (ways, track) in std::mem::take(&mut self.tracks) {
            let alike = |group: &&mut Group| {
                group.ways == ways
                    && group.track.by == track.by
                    && group.track.bounds == track.bounds
                    && group.track.days == track.days
            };
            match self.groups.iter_mut().find(alike) {
                Some(group) => {
                    group.cells.push(self.cell);
                    group.track.situations = group.track.situations.saturating_add(track.situations);
                    group.track.dated = group.track.dated.min(track.dated);
                }
                None => self.groups.push(Group { ways, track, cells: vec![self.cell] }),
            }
        }
    }

    /// What was gathered. `every` are the days for which the only one that was tried stands.
    pub fn finish(mut self, every: Option<&DaySet>) -> Vec<Group> {
        self.close_cell();
        if let Some(every) = every {
            for group in &mut self.groups {
                group.track.days = every.clone();
            }
        }
        self.groups.sort_by(|a, b| (a.track.days.first(), &a.ways).cmp(&(b.track.days.first(), &b.ways)));
        self.groups
    }
}

fn bound(subject: usize, part: &BTreeSet<Seen>, tried: Option<(Day, Day)>, today: Day) -> Bound {
    let mut days = part.iter().filter_map(|seen| match seen {
        Seen::Day(day) => Some(*day),
        _ => None,
    });
    let first = days.next();
    let last = days.next_back().or(first);
    // The outermost day that was tried stands for all beyond it.
    let away = |day: Day| Some(today.days_until(day)).map(|days| (days, days));
    let from = first.filter(|day| tried.is_none_or(|(low, _)| low < *day));
    let through = last.filter(|day| tried.is_none_or(|(_, high)| *day < high));
    Bound {
        subject,
        from: from.and_then(away),
        through: through.and_then(away),
        none: part.contains(&Seen::Nothing),
        unknown: part.contains(&Seen::Unknown),
        no_day: first.is_none(),
    }
}

fn merge(known: &mut Bound, more: &Bound) {
    let wider = |one: Option<(i64, i64)>, other: Option<(i64, i64)>| {
        let ((a, b), (c, d)) = (one?, other?);
        Some((a.min(c), b.max(d)))
    };
    if known.no_day || more.no_day {
        if known.no_day && !more.no_day {
            (known.from, known.through) = (more.from, more.through);
        }
    } else {
        known.from = wider(known.from, more.from);
        known.through = wider(known.through, more.through);
    }
    known.none |= more.none;
    known.unknown |= more.unknown;
    known.no_day &= more.no_day;
}
