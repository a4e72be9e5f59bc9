//! Look-backs whose condition asks about the event alone: each event is judged once, and what a window comes to is found
//! from the two ends of it.

use super::Frame;
use super::look_back::{mean, read};
use crate::program::code::{LookBack, Window};
use crate::run::evaluate::arithmetic;
use crate::run::world::World;
use crate::syntax::tree::LookBackKind;
use crate::time::Day;
use crate::value::{PerId, Value};

/// The events that a look-back has judged.
#[derive(Clone, Debug, Default)]
pub(in crate::run) struct Tally {
    /// How many of the events of its kind have been judged.
    judged: usize,
    /// The places of those that satisfy its condition, in the order of the case.
    counted: Vec<u32>,
    /// The places of those of which it is not known.
    doubtful: Vec<u32>,
    /// Where sums are asked for, what has been added up through each of those that satisfy it.
    sums: Vec<Sum>,
}

/// What the values of some events come to.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    amount: i64,
    /// The same without signs. While it stays in range, so does every sum of some of them.
    size: i64,
    /// How many are unknown or none.
    unknown: u32,
    /// Whether there is one that is not added up here.
    other: bool,
}

impl Sum {
    fn with(self, value: Value) -> Sum {
        let (amount, unknown, other) = match value {
            Value::Count(amount)
            | Value::Number(amount)
            | Value::Amount(amount)
            | Value::Duration(amount) => (amount, 0, false),
            Value::Unknown | Value::None => (0, 1, false),
            _ => (0, 0, true),
        };
        let size = amount.checked_abs().and_then(|amount| self.size.checked_add(amount));
        Sum {
            amount: self.amount.saturating_add(amount),
            size: size.unwrap_or(self.size),
            unknown: self.unknown.saturating_add(unknown),
            other: self.other || other || size.is_none(),
        }
    }
}

impl World<'_> {
    /// Answers a look-back whose condition asks about the event alone.
    pub(super) fn tallied(
        &mut self,
        index: u32,
        look: &LookBack,
        start: Option<Day>,
        frame: &Frame<'_>,
    ) -> Value {
        let index = index as usize;
        if self.tallies.len() <= index {
            self.tallies.resize_with(self.program.code.look_backs.len(), Tally::default);
        }
        let mut tally = self.tallies.get_mut(index).map(std::mem::take).unwrap_or_default();
        self.judge(&mut tally, look, frame);
        let value = self.found(&tally, look, start);
        if let Some(slot) = self.tallies.get_mut(index) {
            *slot = tally;
        }
        value
    }

    /// Judges the events that have been seen since last.
    fn judge(&mut self, tally: &mut Tally, look: &LookBack, frame: &Frame<'_>) {
        let sums = matches!(look.kind, LookBackKind::Sum | LookBackKind::Mean) && look.group.is_none();
        for number in self.seen_of(look.event, None).skip(tally.judged) {
            tally.judged = tally.judged.saturating_add(1);
            let Some(place) = self.place_of_sorted(number) else { continue };
            let Some(candidate) = self.case.events.get(place) else { continue };
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            match self.satisfies(look, candidate, frame) {
                Value::YesNo(false) => {}
                Value::YesNo(true) => {
                    tally.counted.push(place);
                    if sums {
                        let before = tally.sums.last().copied().unwrap_or_default();
                        tally.sums.push(before.with(read(look.field, candidate)));
                    }
                }
                _ => tally.doubtful.push(place),
            }
        }
    }

    /// Which of some places lie in a window that begins on a day.
    fn within<'t>(&self, places: &'t [u32], start: Option<Day>) -> (usize, &'t [u32]) {
        let seen = match places.last() {
            Some(last) if (*last as usize) < self.seen => places.len(),
            _ => places.partition_point(|place| (*place as usize) < self.seen),
        };
        let early = |place: &u32, start| self.happening(*place).is_some_and(|event| event.date < start);
        let first = start.map_or(0, |start| places.partition_point(|place| early(place, start))).min(seen);
        (first, places.get(first..seen).unwrap_or(&[]))
    }

    /// Notes those of some events that an earlier line of the same day reported.
    fn note_places(&mut self, places: &[u32]) {
        for place in places.iter().rev() {
            let Some(event) = self.happening(*place).filter(|event| event.date >= self.today) else { break };
            self.note_candidate(event);
        }
    }

    /// What a look-back comes to.
    fn found(&mut self, tally: &Tally, look: &LookBack, start: Option<Day>) -> Value {
        let (first, counted) = self.within(&tally.counted, start);
        let (_, doubtful) = self.within(&tally.doubtful, start);
        match look.kind {
            LookBackKind::Latest if look.group.is_none() => {
                // With an unknown condition on a later one, unknown.
                let latest = counted.last().filter(|place| doubtful.last() < Some(place));
                let noted = latest.or(doubtful.last());
                self.note_places(noted.map_or(&[], std::slice::from_ref));
                let event = latest.and_then(|place| self.happening(*place));
                event.map_or(Value::Unknown, |event| read(look.field, event))
            }
            LookBackKind::Exists => {
                let noted = counted.last().map_or(doubtful, std::slice::from_ref);
                self.note_places(noted);
                match (counted, doubtful) {
                    ([], []) => Value::YesNo(false),
                    ([], _) => Value::Unknown,
                    _ => Value::YesNo(true),
                }
            }
            _ => {
                self.note_places(counted);
                self.note_places(doubtful);
                if doubtful.is_empty() {
                    self.reckoned(tally, look, start, first, counted)
                } else {
                    Value::Unknown
                }
            }
        }
    }

    /// What the events that count come to, none being doubtful.
    fn reckoned(
        &mut self,
        tally: &Tally,
        look: &LookBack,
        start: Option<Day>,
        first: usize,
        counted: &[u32],
    ) -> Value {
        let count = i64::try_from(counted.len()).unwrap_or(i64::MAX);
        match look.kind {
            LookBackKind::Share => {
                let all = i64::try_from(self.seen_of(look.event, start).len()).unwrap_or(i64::MAX);
                arithmetic::share(count, all).unwrap_or(Value::Unknown)
            }
            LookBackKind::Count if look.group.is_none() => Value::Count(count),
            LookBackKind::Sum | LookBackKind::Mean if look.group.is_none() => {
                let sum = match self.sum(tally, look, first, counted) {
                    Some(sum) => sum,
                    None => {
                        return self.put_together(
                            look,
                            counted.iter().rev().filter_map(|at| self.happening(*at)).collect(),
                        );
                    }
                };
                match (look.kind, look.window) {
                    (LookBackKind::Mean, _) if counted.is_empty() => Value::Unknown,
                    (LookBackKind::Mean, _) => mean(sum, count),
                    (_, Some(Window::Same(unit))) => arithmetic::per(sum, PerId::Unit(unit)),
                    _ => sum,
                }
            }
            _ => self.put_together(look, counted.iter().rev().filter_map(|at| self.happening(*at)).collect()),
        }
    }

    /// The sum of the events from one on; nothing when they are not all added up.
    fn sum(&self, tally: &Tally, look: &LookBack, first: usize, counted: &[u32]) -> Option<Value> {
        let Some(last) = counted.last().and_then(|place| self.happening(*place)) else {
            return Some(self.nothing_of(look));
        };
        let through = tally.sums.get(first.saturating_add(counted.len()).checked_sub(1)?)?;
        let before =
            first.checked_sub(1).and_then(|before| tally.sums.get(before)).copied().unwrap_or_default();
        if through.other {
            return None;
        }
        if through.unknown != before.unknown {
            return Some(Value::Unknown);
        }
        let amount = through.amount.checked_sub(before.amount)?;
        Some(match read(look.field, last) {
            Value::Count(_) => Value::Count(amount),
            Value::Number(_) => Value::Number(amount),
            Value::Amount(_) => Value::Amount(amount),
            Value::Duration(_) => Value::Duration(amount),
            _ => return None,
        })
    }
}
