//! Duties day by day: what meets them, what ends them, what follows when they are missed.

use crate::evaluate::{Cause, Run};
use crate::expressions::{Eval, Moment, Reads};
use crate::fire::{Brought, Firing, Said};
use crate::program::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Open,
    Met,
    MetLate,
    Overdue,
    Lapsed,
}

/// A duty that arose.
#[derive(Clone, Debug)]
pub struct Owed {
    pub out: usize,
    pub duty: Duty,
    pub moment: Moment,
    pub cause: Cause,
    pub rule: usize,
    pub branch: usize,
    pub effect: usize,
    pub arose: Day,
    pub by: Option<Day>,
    pub not_before: Option<Day>,
    pub met: Option<Day>,
    pub lapsed: Option<Day>,
    pub missed: bool,
}

impl Owed {
    /// Whether a line is the one that created it.
    pub fn came_of(&self, place: usize) -> bool {
        matches!(self.cause, Cause::Line(own) | Cause::Timer(own) if own == place)
    }

    pub fn status(&self, day: Day) -> Status {
        let late = |on: Day| self.by.is_some_and(|by| on > by);
        match self.met {
            Some(met) if late(met) => Status::MetLate,
            Some(_) => Status::Met,
            None if self.lapsed.is_some() => Status::Lapsed,
            None if late(day) && !self.duty.soft => Status::Overdue,
            None => Status::Open,
        }
    }
}

impl Run<'_> {
    /// Duties not met by their last day have their consequences the day after, all as one trigger.
    pub fn consequences(&mut self, day: Day) {
        let due = |duty: &Owed| duty.by == Some(day - 1) && duty.arose < day;
        self.miss(day, &due);
    }

    /// Duties whose last day was past when they arose: on that day, once its events and its clock are through.
    pub fn born_late(&mut self, day: Day) {
        let late = |duty: &Owed| duty.arose == day && duty.by.is_some_and(|by| by < day);
        while self.duties.iter().any(|duty| late(duty) && !duty.missed) && !self.left {
            self.miss(day, &late);
            self.meet(day, usize::MAX);
        }
    }

    pub fn miss(&mut self, day: Day, due: &dyn Fn(&Owed) -> bool) {
        let mut firings = Vec::new();
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if duty.missed || !due(duty) {
                continue;
            }
            let late = duty.arose == day;
            let in_time = duty.met.is_some_and(|met| duty.by.is_none_or(|by| met <= by));
            let duty = duty.clone();
            self.duties[number].missed = true;
            if in_time || duty.lapsed.is_some() || duty.duty.soft || duty.duty.failing.is_empty() {
                continue;
            }
            let happened =
                self.lines.iter().filter(|(_, line)| line.date < day || late && line.date == day).count();
            let moment = Moment { last_day: duty.by, at: day, seen: happened, by_line: false, ..duty.moment };
            let mut brought = Vec::new();
            for (place, effect) in duty.duty.failing.iter().enumerate() {
                let from = brought.len();
                brought.extend(self.bring(effect, duty.branch, moment));
                brought[from..]
                    .iter_mut()
                    .for_each(|one: &mut Brought| one.effect = 1000 * (duty.effect + 1) + place);
            }
            firings.push(Firing {
                rule: duty.rule,
                cause: duty.cause.clone(),
                moment,
                said: Said::Brings(brought),
                opinion: None,
                missed_on: duty.by,
                yielded: Vec::new(),
                applies: None,
                looked: true,
            });
        }
        self.apply(firings, day);
    }

    /// Every event among the first lines meets what it satisfies, wherever it stands among those of its day.
    pub fn meet(&mut self, day: Day, seen: usize) {
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if duty.lapsed.is_some() || duty.met.is_some() {
                continue;
            }
            let mut met = None;
            for (place, (_, line)) in self.lines.iter().enumerate().take(seen) {
                let counts = line.date == day || duty.duty.even_earlier && line.date < day;
                let trigger = matches!(duty.cause, Cause::Line(own) | Cause::Timer(own) if own == place);
                if counts
                    && !trigger
                    && duty.not_before.is_none_or(|first| line.date >= first)
                    && met.is_none()
                    && self.fits(&duty.duty.met_by, place, duty.moment, line.date)
                {
                    met = Some(line.date);
                }
            }
            self.duties[number].met = met;
        }
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if let (Limit::BeforeEvent(event), None) = (&duty.duty.limit, duty.by) {
                let happened = self.lines.iter().enumerate().take(seen).any(|(place, (_, line))| {
                    line.event == *event && line.date == day && !duty.came_of(place)
                });
                if happened {
                    self.duties[number].by = Some(day);
                }
            }
        }
    }

    pub fn fits(&self, patterns: &[Pattern], place: usize, moment: Moment, at: Day) -> bool {
        let eval = Eval { run: self, reads: Default::default() };
        patterns.iter().any(|pattern| {
            pattern.event == self.lines[place].1.event
                && pattern.filter.as_ref().is_none_or(|filter| {
                    let moment = Moment { own: Some(place), seen: place + 1, at, by_line: false, ..moment };
                    eval.truth(filter, moment) == Some(true)
                })
        })
    }

    /// At the end of a day: duties whose ground has ended by their last day.
    pub fn lapse(&mut self, day: Day) {
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if duty.met.is_some() || duty.lapsed.is_some() || duty.by.is_some_and(|by| day > by) {
                continue;
            }
            let mut reads = Reads::default();
            let mut lapsed = self.lines.iter().enumerate().any(|(place, (_, line))| {
                line.date == day
                    && !duty.came_of(place)
                    && self.fits(&duty.duty.falls_away, place, duty.moment, day)
            });
            if let (Some(condition), false) = (&duty.duty.as_long_as, lapsed) {
                let eval = Eval { run: self, reads: Default::default() };
                let moment = Moment { at: day, seen: self.seen(day), by_line: false, ..duty.moment };
                lapsed = eval.truth(condition, moment) == Some(false);
                reads.join(&eval.reads.borrow());
            }
            if lapsed {
                self.duties[number].lapsed = Some(day);
            }
            let out = self.duties[number].out;
            self.outs[out].assumes.doubts.extend(reads.doubts);
        }
    }
}
