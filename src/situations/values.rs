//! Values that stand for all values of a type, given those that are asked about.

use std::collections::BTreeSet;

use crate::program::{Element, Program, Type};
use crate::time::{Clock, Day, Moment, Period};
use crate::value::{ChoiceId, Pool, Value};

use super::numbers;
use super::subject::Subject;

/// The values of a subject that stand for all its values, given those that it is compared with; `members` subjects are
/// compared with each other.
pub(super) fn of(
    program: &Program,
    subject: &Subject,
    thresholds: &[Value],
    ordered: bool,
    members: usize,
    pool: &mut Pool,
) -> Vec<Value> {
    match subject.ty {
        Type::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        Type::Choice(of) => {
            let count = program.types.get(of.index()).map_or(0, |of| of.values.len());
            let of = u16::try_from(of.0).unwrap_or(u16::MAX);
            let all = (0..u16::try_from(count).unwrap_or(u16::MAX))
                .map(|value| Value::Choice(ChoiceId { of, value }));
            if ordered || members > 1 { all.collect() } else { mentioned(all, thresholds, pool) }
        }
        Type::Role => {
            let all = (0..u16::try_from(program.roles.len()).unwrap_or(u16::MAX)).map(Value::Role);
            mentioned(all, thresholds, pool)
        }
        Type::Word => {
            let count = u16::try_from(program.counting_words.len()).unwrap_or(u16::MAX);
            mentioned((0..count).map(Value::Word), thresholds, pool)
        }
        Type::Text => {
            let mut all = members_of(thresholds, pool);
            all.retain(|value| matches!(value, Value::Text(_)));
            for sample in ["A", "B", "C"].into_iter().take(members) {
                all.push(Value::Text(pool.text(sample)));
            }
            once(all)
        }
        Type::Set(element) => sets(program, element, thresholds, pool),
        Type::Period => {
            let mut all = thresholds.to_vec();
            all.extend([Period::months(1), Period::months(3), Period::days(14)].map(Value::Period));
            once(all)
        }
        Type::Clock => clocks(thresholds).map(Value::Clock).collect(),
        Type::Moment => moments(thresholds, program.header.in_force.from),
        ty => numbers::around(ty, &members_of(thresholds, pool), members),
    }
}

/// Sets: nothing, everything that is asked for, and that less each one of its members.
fn sets(program: &Program, element: Element, thresholds: &[Value], pool: &mut Pool) -> Vec<Value> {
    let mut members = members_of(thresholds, pool);
    if let Element::Choice(of) = element
        && members.is_empty()
    {
        let count = program.types.get(of.index()).map_or(0, |of| of.values.len());
        let of = u16::try_from(of.0).unwrap_or(u16::MAX);
        members = (0..u16::try_from(count).unwrap_or(u16::MAX))
            .map(|value| Value::Choice(ChoiceId { of, value }))
            .collect();
    }
    if members.is_empty() {
        members = match element {
            Element::Text | Element::Any => ["A", "B"].map(|sample| Value::Text(pool.text(sample))).to_vec(),
            Element::Count => vec![Value::Count(1), Value::Count(2)],
            Element::Role => vec![Value::Role(0)],
            _ => Vec::new(),
        };
    }
    members = once(members);
    let mut all = vec![Value::Set(pool.set(Vec::new())), Value::Set(pool.set(members.clone()))];
    if members.len() > 1 {
        for left_out in members.iter().take(8) {
            let rest = members.iter().copied().filter(|member| member != left_out).collect();
            all.push(Value::Set(pool.set(rest)));
        }
    }
    once(all)
}

/// Values with the members of sets in place of the sets.
fn members_of(values: &[Value], pool: &Pool) -> Vec<Value> {
    let each = |value: &Value| match value {
        Value::Set(set) => pool.members(*set).to_vec(),
        other => vec![*other],
    };
    values.iter().flat_map(each).collect()
}

/// The thresholds among times of day, a minute on each side of them, and noon.
fn clocks(thresholds: &[Value]) -> impl Iterator<Item = Clock> {
    let minutes = |value: &Value| match value {
        Value::Clock(clock) => Some(clock.minutes()),
        _ => None,
    };
    let known = thresholds.iter().filter_map(minutes);
    let all: BTreeSet<u16> =
        known.flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)]).chain([12 * 60]).collect();
    all.into_iter().filter_map(clock)
}

/// The thresholds among dates with a time of day, a minute on each side of them; and those times of day on each day of a
/// week.
fn moments(thresholds: &[Value], day: Day) -> Vec<Value> {
    let clocks: Vec<Clock> = clocks(thresholds).collect();
    // A week, since a time of day may be asked of weekdays alone.
    let week = (0..7).filter_map(|ahead| day.plus_days(ahead).ok());
    let mut all: Vec<Moment> =
        week.flat_map(|day| clocks.iter().map(move |clock| Moment { day, clock: *clock })).collect();
    for value in thresholds {
        let Value::Moment(moment) = value else { continue };
        let minutes = moment.clock.minutes();
        for near in [minutes.saturating_sub(1), minutes, minutes.saturating_add(1)] {
            all.extend(clock(near).map(|clock| Moment { clock, ..*moment }));
        }
    }
    once(all.into_iter().map(Value::Moment).collect())
}

/// The time of day so many minutes after midnight.
fn clock(minutes: u16) -> Option<Clock> {
    Clock::from_hm(u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?)
}

/// Those of all values that are mentioned, and one that is not.
fn mentioned(all: impl Iterator<Item = Value>, thresholds: &[Value], pool: &Pool) -> Vec<Value> {
    let named = members_of(thresholds, pool);
    let mut other = false;
    all.filter(|value| named.contains(value) || !std::mem::replace(&mut other, true)).collect()
}

/// Each value once, in the order they come.
fn once(values: Vec<Value>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in values {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}
