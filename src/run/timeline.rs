//! A fact over time: piecewise constant, changed by triggers, each change speaking of every day from its first on.

use crate::program::RuleId;
use crate::time::Day;
use crate::value::Value;

/// What laid a stretch of a timeline down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setter {
    /// Nobody: it was so from the start, or an example gave it.
    Start,
    /// An event the fact is taken from, or an opening state: its place among the case's events.
    Event(u32),
    /// An outcome: its place among the case's outcomes as they arose.
    Outcome(u32),
}

/// A stretch: a value from a day on, until the next stretch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub from: Day,
    /// The value.
    pub value: Value,
    /// What laid it down.
    pub setter: Setter,
    /// The day it was laid down.
    pub laid: Day,
    /// The input line of the event that brought it; 0 when no event of that day did.
    pub line: u32,
}

/// What one outcome says of a fact: a stretch, and another where it has a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) first: Stretch,
    all: [Stretch; 2],
    both: bool,
}

impl Parts {
    pub(super) fn one(first: Stretch) -> Parts {
        Parts { first, all: [first; 2], both: false }
    }

    pub(super) fn two(first: Stretch, then: Stretch) -> Parts {
        Parts { first, all: [first, then], both: true }
    }

    /// The second.
    pub(super) fn then(&self) -> Option<&Stretch> {
        self.all.get(1).filter(|_| self.both)
    }

    /// In the order of their days.
    pub(super) fn all(&self) -> &[Stretch] {
        self.all.get(..if self.both { 2 } else { 1 }).unwrap_or(&[])
    }
}

/// An undetermined firing that could have changed the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The first day it could have.
    pub from: Day,
    /// The first day on which something definite was said since.
    pub until: Option<Day>,
    /// The rule.
    pub rule: RuleId,
    /// The day it fired.
    pub fired: Day,
}

/// A fact's values over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    initial: Value,
    stretches: Vec<Stretch>,
    /// What most facts have nothing of.
    beside: Option<Box<Beside>>,
}

/// What has been said of a fact beside the stretches.
#[derive(Clone, Debug, Default, PartialEq)]
struct Beside {
    /// What was said and held already: it changes nothing, but can be replaced like the rest. In the order of the days;
    /// with each the number of those said before it.
    held_already: Vec<(Stretch, u32)>,
    said: u32,
    /// Doubts that nothing definite has ended.
    doubts: Vec<Doubt>,
    /// Doubts that have been ended, in the order of the days on which they end.
    ended: Vec<Doubt>,
}

impl Timeline {
    /// A fact that nothing has changed yet.
    pub fn new(initial: Value) -> Timeline {
        Timeline { initial, stretches: Vec::new(), beside: None }
    }

    /// The value on a day.
    pub fn on(&self, day: Day) -> Value {
        self.stretch_on(day).map_or(self.initial, |stretch| stretch.value)
    }

    /// The stretch that holds a day; none before the first change.
    pub fn stretch_on(&self, day: Day) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|stretch| stretch.from <= day);
        after.checked_sub(1).and_then(|at| self.stretches.get(at))
    }

    /// All stretches in order.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// The value before the first change.
    pub fn initial(&self) -> Value {
        self.initial
    }

    /// The first day after a day on which the value changes.
    pub fn next_change(&self, day: Day) -> Option<Day> {
        let after = self.stretches.partition_point(|stretch| stretch.from <= day);
        let mut value = self.on(day);
        for stretch in self.stretches.get(after..)? {
            if stretch.value != value {
                return Some(stretch.from);
            }
            value = stretch.value;
        }
        None
    }

    /// The first day after a day on which a stretch begins, whatever its value.
    pub(super) fn boundary_after(&self, day: Day) -> Option<Day> {
        let after = self.stretches.partition_point(|stretch| stretch.from <= day);
        self.stretches.get(after).map(|stretch| stretch.from)
    }

    /// The first day at or after `start` and through `end` on which the value becomes `no`.
    pub fn becomes_no(&self, start: Day, end: Day) -> Option<Day> {
        let mut before = self.on(start);
        let after = self.stretches.partition_point(|stretch| stretch.from <= start);
        let later = self.stretches.get(after..).unwrap_or(&[]);
        for stretch in later.iter().take_while(|stretch| stretch.from <= end) {
            if stretch.value == Value::YesNo(false) && before != Value::YesNo(false) {
                return Some(stretch.from);
            }
            before = stretch.value;
        }
        None
    }

    /// Lays down what a trigger says of every day from the first of `parts` on, and returns whether any day's value
    /// changes. What is replaced is handed to `replaced`. `parts` are in the order of their days.
    pub fn lay(&mut self, parts: &[Stretch], mut replaced: impl FnMut(&Stretch)) -> bool {
        let Some(first) = parts.first() else { return false };
        if let Some(beside) = &mut self.beside {
            beside.end_doubts(first.from);
        }
        if self.same_from(first.from, parts) {
            self.beside.get_or_insert_default().hold_already(parts);
            return false;
        }
        if let Some(beside) = &mut self.beside {
            beside.replace(first.from, &mut replaced);
        }
        let keep = self.stretches.partition_point(|stretch| stretch.from < first.from);
        for gone in self.stretches.drain(keep..) {
            replaced(&gone);
        }
        self.stretches.extend_from_slice(parts);
        true
    }

    /// Whether the values from a day on are already those of `parts`.
    fn same_from(&self, from: Day, parts: &[Stretch]) -> bool {
        let tail = self.stretches.partition_point(|stretch| stretch.from <= from);
        let now = std::iter::once((from, self.on(from)))
            .chain(self.stretches.get(tail..).unwrap_or(&[]).iter().map(|s| (s.from, s.value)));
        let then = parts.iter().map(|s| (s.from, s.value));
        changes(now).eq(changes(then))
    }

    /// Notes that a firing could have changed the fact from a day on.
    pub fn doubt(&mut self, from: Day, rule: RuleId, fired: Day) {
        self.beside.get_or_insert_default().doubts.push(Doubt { from, until: None, rule, fired });
    }

    /// The doubts about a day.
    pub fn doubts_on(&self, day: Day) -> impl Iterator<Item = &Doubt> {
        self.beside.iter().flat_map(move |beside| {
            let over = beside.ended.partition_point(|doubt| doubt.until.is_some_and(|until| until <= day));
            let lasting = beside.ended.get(over..).unwrap_or(&[]);
            lasting.iter().chain(&beside.doubts).filter(move |doubt| doubt.from <= day)
        })
    }
}

impl Beside {
    fn hold_already(&mut self, parts: &[Stretch]) {
        for part in parts {
            let at = self.held_already.partition_point(|(held, _)| held.from <= part.from);
            self.held_already.insert(at, (*part, self.said));
            self.said = self.said.saturating_add(1);
        }
    }

    /// What held already from a day on is replaced, in the order in which it was said.
    fn replace(&mut self, day: Day, mut replaced: impl FnMut(&Stretch)) {
        let kept = self.held_already.partition_point(|(held, _)| held.from < day);
        let mut gone = self.held_already.split_off(kept);
        gone.sort_by_key(|(_, said)| *said);
        for (stretch, _) in &gone {
            replaced(stretch);
        }
    }

    /// Something definite is said of every day from a day on.
    fn end_doubts(&mut self, day: Day) {
        let later = self.ended.partition_point(|doubt| doubt.until.is_some_and(|until| until <= day));
        // One that begins then or later never comes to anything.
        let mut lasting = self.ended.split_off(later);
        lasting.append(&mut self.doubts);
        lasting.retain(|doubt| doubt.from < day);
        self.ended.extend(lasting.into_iter().map(|doubt| Doubt { until: Some(day), ..doubt }));
    }
}

/// Only the days on which the value differs from the day before.
fn changes(values: impl Iterator<Item = (Day, Value)>) -> impl Iterator<Item = (Day, Value)> {
    let mut last = None;
    values.filter(move |(_, value)| {
        let new = last != Some(*value);
        last = Some(*value);
        new
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn part(from: &str, yes: bool, outcome: u32) -> Stretch {
        let from = day(from);
        Stretch { from, value: Value::YesNo(yes), setter: Setter::Outcome(outcome), laid: from, line: 0 }
    }

    #[test]
    fn ending_twice_leaves_the_earlier_end() {
        let mut line = Timeline::new(Value::Unknown);
        assert!(line.lay(&[part("2025-01-01", true, 0)], |_| ()));
        assert!(line.lay(&[part("2025-05-01", false, 1)], |_| ()));
        let mut gone = Vec::new();
        assert!(!line.lay(&[part("2025-07-01", false, 2)], |s| gone.push(s.setter)), "it has ended by then");
        assert!(gone.is_empty());
        assert_eq!(line.on(day("2025-04-30")), Value::YesNo(true));
        assert_eq!(line.on(day("2025-05-01")), Value::YesNo(false));
    }

    #[test]
    fn an_earlier_end_replaces_a_later_one() {
        let mut line = Timeline::new(Value::YesNo(true));
        assert!(line.lay(&[part("2025-07-01", false, 1)], |_| ()));
        let mut gone = Vec::new();
        assert!(line.lay(&[part("2025-05-01", false, 2)], |s| gone.push(s.setter)));
        assert_eq!(gone, [Setter::Outcome(1)]);
    }

    #[test]
    fn beginning_anew_withdraws_a_scheduled_end() {
        let mut line = Timeline::new(Value::Unknown);
        line.lay(&[part("2025-01-01", true, 0), part("2025-12-01", false, 0)], |_| ());
        assert!(line.lay(&[part("2025-06-01", true, 1)], |_| ()));
        assert_eq!(line.on(day("2026-01-01")), Value::YesNo(true));
        assert!(!line.lay(&[part("2025-08-01", true, 2)], |_| ()), "it holds already, without end");
    }

    #[test]
    fn what_was_said_again_is_replaced_with_the_rest_from_that_day_on() {
        let mut line = Timeline::new(Value::Unknown);
        line.lay(&[part("2025-01-01", true, 0)], |_| ());
        for (from, outcome) in [("2025-03-01", 1), ("2025-05-01", 2), ("2025-07-01", 3)] {
            assert!(!line.lay(&[part(from, true, outcome)], |_| ()));
        }
        let mut gone = Vec::new();
        assert!(line.lay(&[part("2025-05-01", false, 4)], |s| gone.push(s.setter)));
        assert_eq!(gone, [Setter::Outcome(2), Setter::Outcome(3)], "the first had been so for two months");
        gone.clear();
        assert!(line.lay(&[part("2025-02-01", false, 5)], |s| gone.push(s.setter)));
        assert_eq!(gone, [Setter::Outcome(1), Setter::Outcome(4)]);
    }

    #[test]
    fn the_next_change_is_the_next_day_with_another_value() {
        let mut line = Timeline::new(Value::YesNo(false));
        line.lay(&[part("2025-02-01", true, 0), part("2025-04-01", false, 0)], |_| ());
        let next = |from: &str| line.next_change(day(from)).map(|day| day.to_string());
        assert_eq!(next("2025-01-01").as_deref(), Some("2025-02-01"));
        assert_eq!(next("2025-01-31").as_deref(), Some("2025-02-01"));
        assert_eq!(next("2025-02-01").as_deref(), Some("2025-04-01"));
        assert_eq!(next("2025-04-01"), None);
        let mut same = Timeline::new(Value::YesNo(true));
        same.stretches.extend([part("2025-02-01", true, 0), part("2025-04-01", false, 1)]);
        assert_eq!(
            same.next_change(day("2025-01-01")),
            Some(day("2025-04-01")),
            "February brought nothing new"
        );
    }

    #[test]
    fn a_doubt_lasts_until_something_definite_is_said() {
        let rule = RuleId::at(0);
        let mut line = Timeline::new(Value::Unknown);
        line.doubt(day("2025-03-01"), rule, day("2025-02-15"));
        let doubted = |line: &Timeline, on: &str| line.doubts_on(day(on)).next().is_some();
        assert!(
            !doubted(&line, "2025-02-28") && doubted(&line, "2025-03-01") && doubted(&line, "2026-03-01")
        );
        line.lay(&[part("2025-06-01", true, 0)], |_| ());
        assert!(
            doubted(&line, "2025-05-31") && !doubted(&line, "2025-06-01") && !doubted(&line, "2025-07-01")
        );
        line.lay(&[part("2025-08-01", false, 1)], |_| ());
        assert!(doubted(&line, "2025-05-31") && !doubted(&line, "2025-06-01"), "it ended with the first");
        line.lay(&[part("2025-04-01", false, 2)], |_| ());
        assert!(doubted(&line, "2025-03-31") && !doubted(&line, "2025-04-01"));
        line.lay(&[part("2025-01-01", true, 3)], |_| ());
        assert!(!doubted(&line, "2025-03-01"), "it never came to anything");
    }
}
