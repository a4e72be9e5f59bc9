//! What rules bring for columns of events, as columns.

use super::graph::Kind;
use super::lanes::STRETCH;
use super::number::{narrow, number, value, widen};
use super::plan::What;
use super::row::Brought;
use super::why::Why;
use crate::program::{EventId, RuleId};
use crate::run::Outcome;
use crate::time::Day;
use crate::value::{Pool, Value};

/// What the rules on an event bring for columns of it.
#[derive(Clone, Debug)]
pub struct OutcomeColumns {
    /// The event.
    pub event: EventId,
    /// What each effect of each rule brings, in the order of rules, branches and effects, those of timers after the others.
    pub groups: Vec<Group>,
    /// What rules bring for rows of which something that matters is not known, as [`run`](crate::run) says it: each row
    /// with an outcome, by row.
    pub others: Vec<(u32, Outcome)>,
    /// The rules on the event that are not decided here, and why.
    pub left_out: Vec<(RuleId, Why)>,
    /// The texts and sets of the values.
    pub pool: Pool,
}

/// What one effect of a rule brings: columns of equal length, one place for each row for which it brings something.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The rule.
    pub rule: RuleId,
    /// 0 for an effect that always applies, then the branch's number in text order.
    pub branch: u16,
    /// Which effect of the branch, from 0 in text order.
    pub effect: u16,
    /// What it brings.
    pub what: What,
    /// The rows, rising.
    pub rows: Vec<u32>,
    /// The days the rule fired, as days since 1970-01-01; nothing for a rule that fires on the event's own day.
    pub fired: Option<Vec<i32>>,
    /// The first days: see [`Brought::from`](super::Brought::from).
    pub from: Option<Vec<i32>>,
    /// The last days, included: see [`Brought::through`](super::Brought::through).
    pub through: Option<Vec<i32>>,
    /// The values that the fact becomes, or that are handed out.
    pub values: Option<Values>,
    /// The values that the fact is for.
    pub of: Option<Values>,
}

/// Values of an effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// The same in every row.
    Same(Value),
    /// Small numbers, and what they are.
    Small(Kind, Vec<i32>),
    /// Whole numbers, and what they are.
    Whole(Kind, Vec<i64>),
    /// Anything else.
    Any(Vec<Value>),
}

impl Group {
    /// Adds what was brought for a row.
    pub(super) fn push(&mut self, row: u32, brought: &Brought) {
        self.rows.push(row);
        let of_day = |day: Option<Day>| day.map_or(0, Day::number);
        if let Some(fired) = &mut self.fired {
            fired.push(brought.fired.number());
        }
        for (days, day) in [(&mut self.from, brought.from), (&mut self.through, brought.through)] {
            if let Some(days) = days {
                days.push(of_day(day));
            }
        }
        for (values, value) in [(&mut self.values, brought.value), (&mut self.of, brought.of)] {
            if let Some(values) = values {
                values.push(value.unwrap_or(Value::Unknown));
            }
        }
    }

    /// The group in the room that the same effect took before, if it did.
    pub(super) fn in_room_of(self, before: &mut Vec<Group>) -> Group {
        let own = |group: &Group| (group.rule, group.branch, group.effect, group.what);
        let Some(place) = before.iter().position(|group| own(group) == own(&self)) else { return self };
        let mut again = before.swap_remove(place);
        again.truncate(0);
        if again == self { again } else { self }
    }

    /// Makes room for what so many further events will bring, if they bring as much as those decided so far; for many events
    /// at once, so that the lists are seldom moved.
    pub(super) fn make_room(&mut self, decided: usize, of: usize) {
        let held = self.rows.len();
        if self.rows.capacity().saturating_sub(held) >= STRETCH || decided == 0 {
            return;
        }
        let likely = held.saturating_mul(of).checked_div(decided).unwrap_or(held);
        // What is to come differs a little from what has been.
        let spare = likely.checked_div(32).unwrap_or(0).saturating_add(STRETCH);
        let more = likely.saturating_add(spare).saturating_sub(held);
        self.rows.reserve(more);
        for days in [&mut self.fired, &mut self.from, &mut self.through].into_iter().flatten() {
            days.reserve(more);
        }
        for values in [&mut self.values, &mut self.of].into_iter().flatten() {
            match values {
                Values::Same(_) => {}
                Values::Small(_, values) => values.reserve(more),
                Values::Whole(_, values) => values.reserve(more),
                Values::Any(values) => values.reserve(more),
            }
        }
    }

    /// Forgets all after so many rows.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
        for days in [&mut self.fired, &mut self.from, &mut self.through].into_iter().flatten() {
            days.truncate(rows);
        }
        for values in [&mut self.values, &mut self.of].into_iter().flatten() {
            match values {
                Values::Same(_) => {}
                Values::Small(_, values) => values.truncate(rows),
                Values::Whole(_, values) => values.truncate(rows),
                Values::Any(values) => values.truncate(rows),
            }
        }
    }
}

impl Values {
    /// The value at a place of the group, from 0; nothing past its end.
    pub fn get(&self, place: usize) -> Option<Value> {
        match self {
            Values::Same(value) => Some(*value),
            Values::Small(kind, numbers) => numbers.get(place).map(|small| value(*kind, widen(*small))),
            Values::Whole(kind, numbers) => numbers.get(place).map(|number| value(*kind, *number)),
            Values::Any(values) => values.get(place).copied(),
        }
    }

    fn push(&mut self, value: Value) {
        // Every value of a column of numbers has one.
        let number = number(value).unwrap_or(0);
        match self {
            Values::Same(_) => {}
            Values::Small(_, small) => small.push(narrow(number).unwrap_or(0)),
            Values::Whole(_, whole) => whole.push(number),
            Values::Any(values) => values.push(value),
        }
    }
}

impl OutcomeColumns {
    /// How many outcomes there are.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum::<usize>().saturating_add(self.others.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
