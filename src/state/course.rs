//! What a fact was and when: its values from day to day, and what set each.

use crate::program::{ActionId, Fact, FactId, Program, RoleId};
use crate::run::timeline::{Setter, Stretch};
use crate::run::{Case, Ended};
use crate::time::Day;
use crate::value::Value;

use super::duties::DutyState;

/// What can be so or otherwise on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A fact, for a value of its parameter if it has one.
    Fact(FactId, Option<Value>),
    /// Whether a role may do something: yes is a permission, no a prohibition, none that nothing is said.
    Permission(RoleId, ActionId),
}

/// What something was over all days.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// What.
    pub subject: Subject,
    /// Its values in the order of days: the first one has no first day, the last one no last day.
    pub held: Vec<Held>,
}

/// A value that holds over days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The first day; none for what was so from the start.
    pub from: Option<Day>,
    /// The last day; none when no end is scheduled.
    pub until: Option<Day>,
    /// The value.
    pub value: Value,
    /// What set it.
    pub set_by: SetBy,
    /// The fact that it ended with, when that is why it is so: `set_by` is then what ended that fact.
    pub with: Option<FactId>,
    /// What said the same again while it held, and from which day.
    pub again: Vec<Renewal>,
}

/// Something that said what held already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The first day it speaks of.
    pub from: Day,
    /// What said it.
    pub set_by: SetBy,
}

/// What set a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// Nobody: it was so from the start, or nobody has said.
    Start,
    /// An event it is taken from, or an opening state: its place among the case's events.
    Event(u32),
    /// A rule: the place of its outcome in [`State::outcomes`](super::State::outcomes). Of a conflict, the outcome that
    /// shows it.
    Outcome(usize),
    /// It is computed from other facts and events.
    Computed,
}

impl Course {
    /// The value on a day, with its days and what set it.
    pub fn on(&self, day: Day) -> Held {
        let held = self.held.iter().rev().find(|held| held.from.is_none_or(|from| from <= day));
        held.cloned().unwrap_or(Held::start(Value::Unknown))
    }
}

impl Held {
    /// A value from the start on, without end.
    pub(super) fn start(value: Value) -> Held {
        Held { from: None, until: None, value, set_by: SetBy::Start, with: None, again: Vec::new() }
    }
}

/// A course while it is written down, day by day.
pub(super) struct Writing {
    held: Vec<Held>,
}

impl Writing {
    /// Begins with the value from the start.
    pub fn new(value: Value, set_by: SetBy) -> Writing {
        Writing { held: vec![Held { set_by, ..Held::start(value) }] }
    }

    /// What it is from a day on. Days come in order.
    pub fn from(&mut self, day: Day, value: Value, set_by: SetBy, with: Option<FactId>) {
        let Some(last) = self.held.last_mut() else { return };
        if last.value == value {
            let before = last.again.last().map_or(last.set_by, |again| again.set_by);
            if before != set_by && with.is_none() && last.with.is_none() {
                last.again.push(Renewal { from: day, set_by });
            }
            return;
        }
        last.until = day.previous().ok();
        self.held.push(Held { from: Some(day), value, set_by, with, ..Held::start(value) });
    }

    /// The whole.
    pub fn course(self, subject: Subject) -> Course {
        Course { subject, held: self.held }
    }
}

/// The days on which anything can change in a case.
pub(super) struct Days {
    /// The days, in order, each once.
    pub days: Vec<Day>,
    /// The first and the last day within which a fact that depends on the calendar is looked at day by day.
    pub within: (Day, Day),
}

impl Days {
    /// Every day on which something begins, ends, arises, is met or becomes due.
    pub fn of(program: &Program, case: &Case, ended: &Ended<'_>, duties: &[DutyState], on: Day) -> Days {
        let as_of = ended.world.as_of();
        let mut days: Vec<Day> = vec![on, as_of];
        days.extend(case.events.iter().map(|event| event.date).filter(|date| *date <= as_of));
        for place in 0..program.facts.len() {
            days.extend(stretches(ended, FactId::at(place)).map(|stretch| stretch.from));
        }
        for outcome in &ended.outcomes.outcomes {
            days.extend(outcome.fired);
        }
        for duty in duties {
            let after = duty.last.and_then(|last| last.next().ok());
            days.extend([Some(duty.born), after, duty.met, duty.lapsed].into_iter().flatten());
        }
        let first = days.iter().copied().min().unwrap_or(on);
        let last = days.iter().copied().max().unwrap_or(on);
        // Values change where versions do; those outside the case's days change nothing that is seen.
        let constants = program.constants.iter().flat_map(|constant| &constant.versions);
        let tables = program.tables.iter().flat_map(|table| &table.versions);
        let ranges = constants.map(|version| version.in_force).chain(tables.map(|version| version.in_force));
        for range in ranges.flatten() {
            let after = range.through.and_then(|through| through.next().ok());
            let within = [Some(range.from), after].into_iter().flatten();
            days.extend(within.filter(|day| first <= *day && *day <= last));
        }
        days.sort_unstable();
        days.dedup();
        Days { days, within: (first, last) }
    }
}

/// All stretches of a stored fact, whatever its parameter.
fn stretches<'e>(ended: &'e Ended<'_>, fact: FactId) -> impl Iterator<Item = &'e Stretch> {
    let parameters = ended.world.parameters(fact).into_iter().map(Some).chain([None]);
    parameters.filter_map(move |of| ended.world.timeline(fact, of)).flat_map(|line| line.stretches())
}

/// What a stored fact was on each of its days.
pub(super) fn stored(ended: &mut Ended<'_>, id: FactId, fact: &Fact, of: Option<Value>) -> Course {
    let initial = ended.world.timeline(id, of).map_or(Value::Unknown, |line| line.initial());
    let mut days: Vec<Day> = own_days(ended, id, of);
    if let Some(other) = fact.ends_with {
        days.extend(own_days(ended, other, None));
    }
    days.sort_unstable();
    days.dedup();
    let mut writing = Writing::new(initial, SetBy::Start);
    for day in days {
        let (value, _) = ended.world.fact_assuming(id, of, day);
        let own = ended.world.timeline(id, of).and_then(|line| line.stretch_on(day)).copied();
        let Some(own) = own else { continue };
        let (setter, with) = match fact.ends_with.filter(|_| own.value != value) {
            Some(other) => {
                let line = ended.world.timeline(other, None);
                let ender = line.and_then(|line| line.stretch_on(day)).map(|stretch| stretch.setter);
                (ender.unwrap_or(Setter::Start), Some(other))
            }
            None => (own.setter, None),
        };
        writing.from(day, value, set_by(ended, setter), with);
    }
    writing.course(Subject::Fact(id, of))
}

fn own_days(ended: &Ended<'_>, fact: FactId, of: Option<Value>) -> Vec<Day> {
    let line = ended.world.timeline(fact, of);
    line.map(|line| line.stretches().iter().map(|stretch| stretch.from).collect()).unwrap_or_default()
}

fn set_by(ended: &Ended<'_>, setter: Setter) -> SetBy {
    match setter {
        Setter::Event(place) => SetBy::Event(place),
        Setter::Outcome(_) => ended.laid_by(setter).map_or(SetBy::Start, SetBy::Outcome),
        Setter::Start => SetBy::Start,
    }
}
