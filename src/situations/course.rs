//! Earlier events that make looking back give what a situation supposes.
//!
//! What looking back gives is made by events: so many of them, one with that value, those among which a share is so.
//! Which fields the events need beside is not worked out but tried, those of the events in the ruleset's own examples
//! first; whether they serve is for a run to say.

use crate::program::code::{LookBack, LookBackField};
use crate::program::{EventId, ExampleEvent, Program, Type};
use crate::syntax::tree::LookBackKind;
use crate::time::Day;
use crate::value::{ChoiceId, Pool, RateBase, Value};

/// More events than these are not made up for one look back.
const MOST_EVENTS: i64 = 24;
/// More ways of filling an event in are not tried.
const MOST_WAYS: usize = 24;

/// Ways to fill the fields of an event in: as the ruleset's own examples do, then with its defaults and each value of its
/// yes/no and enumeration fields.
pub fn ways(program: &Program, event: EventId) -> Vec<Vec<Value>> {
    let mut all: Vec<Vec<Value>> = Vec::new();
    let examples = program.rules.iter().flat_map(|rule| &rule.examples);
    for given in examples.flat_map(|example| &example.events).filter(|given| given.event == event) {
        if !all.contains(&given.fields) && all.len() < MOST_WAYS / 2 {
            all.push(given.fields.clone());
        }
    }
    let Some(declared) = program.events.get(event.index()) else { return all };
    let mut bare = vec![Vec::new()];
    for field in &declared.fields {
        let mut values: Vec<Value> = field.default.into_iter().collect();
        match field.ty {
            Type::YesNo => values.extend([Value::YesNo(true), Value::YesNo(false)]),
            Type::Choice(of) => {
                let count = program.types.get(of.index()).map_or(0, |of| of.values.len());
                let number = u16::try_from(of.0).unwrap_or(u16::MAX);
                let count = u16::try_from(count).unwrap_or(u16::MAX);
                values.extend((0..count).map(|value| Value::Choice(ChoiceId { of: number, value })));
            }
            _ => {}
        }
        if values.is_empty() {
            values.push(if field.optional { Value::None } else { Value::Unknown });
        }
        values.dedup();
        let mut next = Vec::new();
        for value in values {
            for way in &bare {
                if next.len() < MOST_WAYS {
                    next.push(way.iter().copied().chain([value]).collect::<Vec<Value>>());
                }
            }
        }
        bare = next;
    }
    all.extend(bare.into_iter().filter(|way: &Vec<Value>| way.len() == declared.fields.len()));
    all
}

/// Courses of earlier events, each of which may make a look back give a value on a day: the likeliest first.
pub(super) fn courses(
    program: &Program,
    look: &LookBack,
    value: Value,
    day: Day,
    pool: &mut Pool,
) -> Vec<Vec<ExampleEvent>> {
    use LookBackKind as Kind;
    let nothing = || vec![Vec::new()];
    let Ok(before) = day.previous() else { return nothing() };
    let Some(span) = program.events.get(look.event.index()).map(|event| event.named.span) else {
        return nothing();
    };
    let ways = ways(program, look.event);
    let made = |fields: &Vec<Value>, date: Day| ExampleEvent {
        event: look.event,
        date: Some(date),
        fields: fields.clone(),
        span,
    };
    let with = |fields: &Vec<Value>, value: Value| {
        let mut event = made(fields, before);
        match look.field {
            LookBackField::Date => event.date = value.as_day(),
            LookBackField::Field(place) => {
                if let Some(slot) = event.fields.get_mut(usize::from(place)) {
                    *slot = value;
                }
            }
            LookBackField::Nothing => {}
        }
        event
    };
    let times = |fields: &Vec<Value>, count: i64| {
        (0..count.min(MOST_EVENTS)).map(|_| made(fields, before)).collect::<Vec<_>>()
    };
    match (look.kind, value) {
        (_, Value::Unknown | Value::None) | (Kind::Exists, Value::YesNo(false)) => nothing(),
        (Kind::Exists, _) => ways.iter().map(|way| vec![made(way, before)]).collect(),
        (Kind::Count, Value::Count(count)) => ways.iter().map(|way| times(way, count)).collect(),
        (Kind::CountDistinct, Value::Count(count)) => {
            let names: Vec<Value> =
                (1..=count.min(MOST_EVENTS)).map(|n| Value::Text(pool.text(&format!("{n}")))).collect();
            ways.iter().map(|way| names.iter().map(|name| with(way, *name)).collect()).collect()
        }
        (Kind::Share, Value::Share { part, whole }) => {
            let whole = i64::from(whole).min(MOST_EVENTS);
            let rest = whole.saturating_sub(part).max(0);
            let pairs = ways.iter().flat_map(|one| ways.iter().map(move |other| (one, other)));
            let share = |(one, other)| [times(one, part), times(other, rest)].concat();
            pairs.take(MOST_WAYS.saturating_mul(4)).map(share).collect()
        }
        (Kind::SetOf, Value::Set(set)) => {
            let members = pool.members(set).to_vec();
            ways.iter().map(|way| members.iter().map(|member| with(way, *member)).collect()).collect()
        }
        // A sum in a week or a year is a rate; what is summed is not.
        (Kind::Sum, Value::Rate { base, amount, .. }) => {
            let value = match base {
                RateBase::Count => Value::Count(amount),
                RateBase::Number => Value::Number(amount),
                RateBase::Amount => Value::Amount(amount),
                RateBase::Duration => Value::Duration(amount),
            };
            ways.iter().map(|way| vec![with(way, value)]).collect()
        }
        (_, value) => ways.iter().map(|way| vec![with(way, value)]).collect(),
    }
}
