//! Dates from dates: months from the origin, working days by law, days of a month.

use crate::program::Header;
use crate::syntax::tree::{DateRelation, DayKind, Direction, WhichMonth};
use crate::time::{
    Day, TimeError, YearMonth, is_at_least_before, is_public_holiday, is_weekday, is_working_day,
    last_day_at_least_before, next_working_day, nth_of_month, plus_period, plus_working_days,
    previous_working_day,
};
use crate::value::Value;

/// A day, or unknown when there is none: what leaves the years 1583–9999 is no day.
fn day(result: Result<Day, TimeError>) -> Value {
    result.map_or(Value::Unknown, Value::Day)
}

/// A period after (1) or before (-1) a date.
pub fn shifted(header: &Header, period: Value, date: Value, times: i32) -> Value {
    match (period, date) {
        (Value::Period(period), Value::Day(date)) => {
            day(plus_period(date, period, times, header.month_policy()).map(|landing| landing.day))
        }
        _ => Value::Unknown,
    }
}

/// So many working days after or before a date.
pub fn working_days(count: Value, after: bool, date: Value) -> Value {
    match (count, date) {
        (Value::Count(n), Value::Day(date)) => {
            let n = if after { Some(n) } else { n.checked_neg() };
            n.map_or(Value::Unknown, |n| day(plus_working_days(date, n)))
        }
        _ => Value::Unknown,
    }
}

/// A numbered day of the month that stands so to a date.
pub fn day_of_month(header: &Header, number: u8, which: WhichMonth, date: Value) -> Value {
    let Value::Day(date) = date else { return Value::Unknown };
    let ahead = match which {
        WhichMonth::Same => 0,
        WhichMonth::Next => 1,
        WhichMonth::Nth(n) => i64::from(n),
    };
    let month = YearMonth::from(date).plus(ahead);
    day(month.and_then(|month| nth_of_month(month, number, header.month_policy())).map(|landing| landing.day))
}

/// The last day of a date's month.
pub fn last_of_month(date: Value) -> Value {
    date.as_day().map_or(Value::Unknown, |date| Value::Day(date.last_of_month()))
}

/// The day so many days on.
pub fn neighbour(date: Value, days: i64) -> Value {
    date.as_day().map_or(Value::Unknown, |date| day(date.plus_days(days)))
}

/// The latest (or earliest) of several dates: a none is left out, an unknown is not.
pub fn extreme(dates: impl Iterator<Item = Value>, latest: bool) -> Value {
    let mut found: Option<Day> = None;
    for date in dates {
        match date {
            Value::Day(day) => {
                found = Some(match found {
                    Some(other) if latest => other.max(day),
                    Some(other) => other.min(day),
                    None => day,
                });
            }
            Value::None => {}
            _ => return Value::Unknown,
        }
    }
    found.map_or(Value::None, Value::Day)
}

/// A date moved to a working day; a working day stays.
pub fn moved(date: Value, direction: Direction) -> Value {
    let Value::Day(date) = date else { return date };
    day(match direction {
        Direction::Next => next_working_day(date),
        Direction::Previous => previous_working_day(date),
    })
}

/// The last day d such that d plus a period is on or before a date.
pub fn last_at_least_before(header: &Header, period: Value, date: Value) -> Value {
    match (period, date) {
        (Value::Period(period), Value::Day(date)) => {
            day(last_day_at_least_before(period, date, header.month_policy()))
        }
        _ => Value::Unknown,
    }
}

/// Whether a date plus a period is on or before another.
pub fn at_least_before(header: &Header, date: Value, period: Value, other: Value) -> Value {
    match (date, period, other) {
        (Value::Day(date), Value::Period(period), Value::Day(other)) => {
            is_at_least_before(date, period, other, header.month_policy())
                .map_or(Value::Unknown, Value::YesNo)
        }
        _ => Value::Unknown,
    }
}

/// How one date stands to another.
pub fn stands(relation: DateRelation, date: Value, other: Value) -> Value {
    let (Value::Day(date), Value::Day(other)) = (date, other) else { return Value::Unknown };
    Value::YesNo(match relation {
        DateRelation::By => date <= other,
        DateRelation::NoEarlier => date >= other,
        DateRelation::Before => date < other,
        DateRelation::After => date > other,
    })
}

/// How a date stands to a numbered day of its own month, moved if so.
pub fn stands_in_month(
    header: &Header,
    relation: DateRelation,
    date: Value,
    number: u8,
    direction: Option<Direction>,
) -> Value {
    let limit = day_of_month(header, number, WhichMonth::Same, date);
    let limit = direction.map_or(limit, |direction| moved(limit, direction));
    stands(relation, date, limit)
}

/// Whether a date is a kind of day.
pub fn is_kind(header: &Header, date: Value, kind: DayKind) -> Value {
    let date = match date {
        Value::Day(date) => date,
        Value::Moment(moment) => moment.day,
        _ => return Value::Unknown,
    };
    Value::YesNo(match kind {
        DayKind::WorkingDay => is_working_day(date),
        DayKind::Holiday => is_public_holiday(date),
        DayKind::On(weekday) => date.weekday() == weekday,
        DayKind::Weekday => match header.weekday {
            Some(meaning) => is_weekday(date, meaning),
            None => return Value::Unknown,
        },
    })
}

/// Whether the clock of a time is at or after one and before another.
pub fn clock_between(time: Value, from: Value, before: Value) -> Value {
    let clock = match time {
        Value::Moment(moment) => moment.clock,
        Value::Clock(clock) => clock,
        _ => return Value::Unknown,
    };
    match (from, before) {
        (Value::Clock(from), Value::Clock(before)) => Value::YesNo(from <= clock && clock < before),
        _ => Value::Unknown,
    }
}
