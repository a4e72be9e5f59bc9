//! Examples like another one, but for one thing: a field, a fact, an answer to a question of interpretation, an event.

use std::collections::BTreeSet;

use super::watch::Watch;
use crate::program::code::Op;
use crate::program::{DayRange, Example, ExampleEvent, FactId, FactSource, Program, ReadingId, RuleId, Type};
use crate::situations::{Domain, Shape, Unsaid, What, domains, occasions, subjects};
use crate::time::Day;
use crate::value::{ChoiceId, Pool, Value};

/// Sets and texts beyond these are not tried for one field.
const MOST_VALUES: usize = 64;

/// An optional date that is not given is tried so many days after its event.
const DAYS_TO_COME: i64 = 30;

/// A share as it would be written: so many of a hundred, where that is the same.
fn as_written(value: Value) -> Value {
    let Value::Share { part, whole } = value else { return value };
    let hundredths = part.checked_mul(100).filter(|part| part.checked_rem(i64::from(whole)) == Some(0));
    match hundredths.and_then(|part| part.checked_div(i64::from(whole))) {
        Some(part) => Value::Share { part, whole: 100 },
        None => value,
    }
}

/// What can be varied in the examples of a rule.
pub(super) struct Variations {
    /// Values for fields of the events that set the rule off: the event, the field.
    fields: Vec<(crate::program::EventId, u16, Vec<Value>)>,
    /// Values for the facts that the rule, or an exception to it, reads.
    facts: Vec<(FactId, Vec<Value>)>,
    /// Those of them on which nothing hangs but how a duty stands.
    pub(super) of_duties: BTreeSet<FactId>,
    /// Other answers to the questions of interpretation that it asks.
    readings: Vec<(ReadingId, u16)>,
    /// Days of which something may hang on being before or after, whatever the case.
    days: Vec<Day>,
    /// Numbers of days of the month of which the same is true.
    numbers: BTreeSet<u8>,
    /// A text that says nothing else.
    other_text: Value,
    /// Working days matter.
    working_days: bool,
    /// Months or years are counted.
    months: bool,
}

impl Variations {
    pub(super) fn of(program: &Program, rule: RuleId, pool: &mut Pool) -> Variations {
        let mut all = Variations {
            fields: Vec::new(),
            facts: Vec::new(),
            of_duties: BTreeSet::new(),
            readings: Vec::new(),
            days: Vec::new(),
            numbers: BTreeSet::new(),
            other_text: Value::Text(pool.text("C")),
            working_days: program.header.move_last_days.is_some(),
            months: false,
        };
        let exceptions = program.index.exceptions.get(rule.index()).cloned().unwrap_or_default();
        for id in std::iter::once(rule).chain(exceptions) {
            all.read(program, id, pool);
        }
        all.days.sort_unstable();
        all.days.dedup();
        all
    }

    fn read(&mut self, program: &Program, id: RuleId, pool: &mut Pool) {
        let Some(shape) = Shape::of(program, id) else { return };
        for occasion in occasions(shape.rule) {
            let subjects = subjects(program, &shape, occasion);
            let domains = domains(program, &shape, occasion, &subjects, Unsaid::Nothing, pool);
            for (subject, Domain { values, .. }) in subjects.iter().zip(domains) {
                let values: Vec<Value> = values.into_iter().take(MOST_VALUES).map(as_written).collect();
                match (&subject.what, occasion.event) {
                    (What::Field(place), Some(event)) => self.fields.push((event, *place, values)),
                    (What::Fact(fact), _) if !self.facts.iter().any(|(known, _)| known == fact) => {
                        self.facts.push((*fact, values));
                    }
                    _ => {}
                }
            }
        }
        let mut waiting = shape.expressions();
        let mut seen = BTreeSet::new();
        while let Some(expr) = waiting.pop() {
            if !seen.insert(expr) {
                continue;
            }
            for op in program.code.ops(expr) {
                self.note(program, *op);
                let (Op::Fact(fact) | Op::FactFor(fact, _)) = op else { continue };
                // What is computed rests on what it is computed from.
                if let Some(FactSource::Computed(inner)) =
                    program.facts.get(fact.index()).map(|fact| fact.source)
                {
                    waiting.push(inner);
                }
            }
        }
        self.duties(program, &shape);
        if let Some(DayRange { from, through }) = shape.rule.in_force {
            self.days.push(from);
            self.days.extend(through);
        }
    }

    /// The facts that duties hang on once they have arisen.
    fn duties(&mut self, program: &Program, shape: &Shape<'_>) {
        let duties = shape.effects.iter().filter_map(|one| program.duties.get(one.duty()?.index()));
        for expr in duties.flat_map(|duty| [duty.as_long_as, duty.except_while]).flatten() {
            for op in program.code.ops(expr) {
                let Op::Fact(fact) = op else { continue };
                let declared = program.facts.get(fact.index());
                let is_yes_no = declared.is_some_and(|declared| declared.ty == Type::YesNo);
                if is_yes_no && !self.facts.iter().any(|(known, _)| known == fact) {
                    self.facts.push((*fact, vec![Value::YesNo(true), Value::YesNo(false)]));
                    self.of_duties.insert(*fact);
                }
            }
        }
    }

    fn note(&mut self, program: &Program, op: Op) {
        let starts = |ranges: &mut dyn Iterator<Item = Option<DayRange>>| {
            ranges.flatten().map(|range| range.from).collect::<Vec<Day>>()
        };
        match op {
            Op::Constant(Value::Day(day)) => self.days.push(day),
            Op::ConstantNow(constant) => {
                let Some(constant) = program.constants.get(constant.index()) else { return };
                if constant.versions.len() > 1 {
                    self.days.extend(starts(&mut constant.versions.iter().map(|version| version.in_force)));
                }
                self.days.extend(constant.versions.iter().filter_map(|version| version.value.as_day()));
            }
            Op::Answer(table, ..) => {
                let Some(table) = program.tables.get(table.index()) else { return };
                if table.versions.len() > 1 {
                    self.days.extend(starts(&mut table.versions.iter().map(|version| version.in_force)));
                }
            }
            Op::DayOfMonthIs(_, _, number, _) => {
                self.numbers.insert(number);
            }
            Op::WorkingDays(..) | Op::Moved(..) | Op::DayIs(..) => self.working_days = true,
            Op::After(..) | Op::Before(..) | Op::AtLeastBefore(..) | Op::LastAtLeastBefore(..) => {
                self.months = true;
            }
            Op::DayOfMonth(..) | Op::LastDayOfMonth(_) => self.months = true,
            Op::ReadingIs(reading, _) => {
                let Some(declared) = program.readings.get(reading.index()) else { return };
                for (answer, known) in (0u16..).zip(&declared.answers) {
                    let other = (reading, answer);
                    if answer != declared.chosen && !known.text_only && !self.readings.contains(&other) {
                        self.readings.push(other);
                    }
                }
            }
            _ => {}
        }
    }

    /// Examples that differ from one in one thing other than its days and numbers.
    pub(super) fn near(&self, program: &Program, example: &Example) -> Vec<Example> {
        let mut all = Vec::new();
        let with = |change: &dyn Fn(&mut Example)| {
            let mut changed = example.clone();
            change(&mut changed);
            changed
        };
        let other_fields = self.other_fields(program, example);
        all.extend(other_fields.iter().cloned());
        for (fact, values) in &self.facts {
            let given = example.facts.iter().position(|(known, ..)| known == fact);
            for value in values.iter().copied().filter(|value| *value != Value::Unknown) {
                let Some(place) = given else { continue };
                all.push(with(&|changed| {
                    if let Some((_, _, given)) = changed.facts.get_mut(place) {
                        *given = value;
                    }
                }));
            }
            if let Some(place) = given {
                all.push(with(&|changed| {
                    changed.facts.remove(place);
                }));
            }
        }
        for (fact, value) in self.facts_to_give(program, example) {
            all.push(with(&|changed| changed.facts.push((fact, None, value))));
        }
        if !example.readings.is_empty() {
            all.push(with(&|changed| changed.readings.clear()));
        }
        for (reading, answer) in &self.readings {
            all.push(with(&|changed| changed.readings = vec![(*reading, *answer)]));
            // What a field or a fact is may matter in that reading alone.
            for other in other_fields.iter().filter(|other| other.readings.is_empty()) {
                all.push(Example { readings: vec![(*reading, *answer)], ..other.clone() });
            }
            for (fact, value) in self.facts_to_give(program, example) {
                all.push(with(&|changed| {
                    changed.readings = vec![(*reading, *answer)];
                    changed.facts.push((fact, None, value));
                }));
            }
        }
        if example.events.len() > 1 {
            for place in 0..example.events.len() {
                all.push(with(&|changed| {
                    changed.events.remove(place);
                }));
            }
        }
        all
    }

    /// Examples that differ from one in one field.
    fn other_fields(&self, program: &Program, example: &Example) -> Vec<Example> {
        let mut all = Vec::new();
        for (place, event) in example.events.iter().enumerate() {
            for (slot, value) in event.fields.iter().enumerate() {
                for other in self.values(program, event, slot).into_iter().filter(|other| other != value) {
                    let mut changed = example.clone();
                    let event = changed.events.get_mut(place);
                    if let Some(field) = event.and_then(|event| event.fields.get_mut(slot)) {
                        *field = other;
                    }
                    all.push(changed);
                }
            }
        }
        all
    }

    /// The facts without a parameter that an example could give and does not, with their values.
    fn facts_to_give(&self, program: &Program, example: &Example) -> Vec<(FactId, Value)> {
        let free = self.facts.iter().filter(|(fact, _)| {
            let declared = program.facts.get(fact.index()).filter(|declared| declared.parameter.is_none());
            let stored = declared.is_some_and(|declared| !matches!(declared.source, FactSource::Computed(_)));
            stored && !example.facts.iter().any(|(known, ..)| known == fact)
        });
        free.flat_map(|(fact, values)| values.iter().map(|value| (*fact, *value)))
            .filter(|(_, value)| *value != Value::Unknown)
            .collect()
    }

    /// The values that a field of an event can have.
    pub(super) fn values(&self, program: &Program, event: &ExampleEvent, slot: usize) -> Vec<Value> {
        let own = self
            .fields
            .iter()
            .filter(|(known, place, _)| *known == event.event && usize::from(*place) == slot)
            .flat_map(|(.., values)| values.iter().copied());
        let mut all: Vec<Value> = own.collect();
        let field = program.events.get(event.event.index()).and_then(|event| event.fields.get(slot));
        let Some(field) = field.filter(|_| event.event != program.opening_state) else { return all };
        match field.ty {
            Type::YesNo => all.extend([Value::YesNo(true), Value::YesNo(false)]),
            Type::Text if all.is_empty() => all.push(self.other_text),
            Type::Choice(of) if all.is_empty() => {
                let count = program.types.get(of.index()).map_or(0, |of| of.values.len()).min(MOST_VALUES);
                let number = u16::try_from(of.0).unwrap_or(u16::MAX);
                let count = u16::try_from(count).unwrap_or(u16::MAX);
                all.extend((0..count).map(|value| Value::Choice(ChoiceId { of: number, value })));
            }
            _ => {}
        }
        if field.optional {
            all.push(Value::None);
            // Of days none is told apart from the others beforehand; one to come will do.
            let given = event.fields.get(slot).copied();
            if let (Type::Date, Some(Value::None)) = (field.ty, given) {
                let to_come = event.date.and_then(|day| day.plus_days(DAYS_TO_COME).ok());
                all.extend(to_come.map(Value::Day));
            }
        }
        all.retain(|value| *value != Value::Unknown);
        all.dedup();
        all
    }

    /// Days on which something may turn, in the years around one.
    pub(super) fn days(&self, watch: &Watch<'_>, around: Day) -> Vec<Day> {
        let mut all = Vec::new();
        let first = watch.first_day();
        for day in self.days.iter().copied().chain([first]) {
            all.extend([day.previous().ok(), Some(day), day.next().ok()].into_iter().flatten());
        }
        let year = around.year();
        for number in &self.numbers {
            let month = around.month();
            let number = i64::from(*number);
            if let Some(start) = Day::from_ymd(year, month, 1) {
                for by in [-2, -1, 0] {
                    all.extend(start.plus_days(number.saturating_add(by)).ok());
                }
            }
        }
        if self.months {
            let leap = (0..8).map(|by| year.saturating_add(by)).find_map(|year| Day::from_ymd(year, 2, 29));
            all.extend(leap);
            for (month, number) in [(1, 31), (3, 31), (5, 31), (8, 31), (10, 31), (11, 30), (12, 31)] {
                all.extend(Day::from_ymd(year, month, number));
            }
        }
        if self.working_days {
            for (month, number) in [(1, 5), (4, 30), (6, 5), (12, 23), (12, 30)] {
                all.extend(Day::from_ymd(year, month, number));
            }
            all.extend((1..7).filter_map(|by| around.plus_days(by).ok()));
        }
        all.retain(|day| *day >= first || self.days.iter().any(|known| known.days_until(*day).abs() < 2));
        all
    }
}
