//! Values as plain numbers: what a value is, its kind says; two numbers stand for unknown and for none.

use super::graph::Kind;
use crate::time::Day;
use crate::value::{ChoiceId, Value};

/// Unknown.
pub(super) const UNKNOWN: i64 = i64::MIN;
/// Known to be none.
pub(super) const NONE: i64 = i64::MIN.wrapping_add(1);

/// Unknown, among small numbers.
pub(super) const SMALL_UNKNOWN: i32 = i32::MIN;
/// Known to be none, among small numbers.
pub(super) const SMALL_NONE: i32 = i32::MIN.wrapping_add(1);

/// A number as a value.
#[inline]
pub(super) fn value(kind: Kind, number: i64) -> Value {
    let small = || u16::try_from(number).ok();
    match (number, kind) {
        (UNKNOWN, _) | (_, Kind::Other) => Value::Unknown,
        (NONE, _) => Value::None,
        (_, Kind::Day) => day(number).map_or(Value::Unknown, Value::Day),
        (_, Kind::YesNo) => Value::YesNo(number == 1),
        (_, Kind::Choice(of)) => {
            small().map_or(Value::Unknown, |value| Value::Choice(ChoiceId { of, value }))
        }
        (_, Kind::Role) => small().map_or(Value::Unknown, Value::Role),
        (_, Kind::Count) => Value::Count(number),
        (_, Kind::Number) => Value::Number(number),
        (_, Kind::Amount) => Value::Amount(number),
        (_, Kind::Duration) => Value::Duration(number),
    }
}

/// The day of a number, if it is one.
#[inline]
pub(super) fn day(number: i64) -> Option<Day> {
    i32::try_from(number).ok().and_then(Day::from_number)
}

/// A value as a number; nothing when it has none.
#[inline]
pub(super) fn number(value: Value) -> Option<i64> {
    Some(match value {
        Value::Unknown => UNKNOWN,
        Value::None => NONE,
        Value::Day(day) => i64::from(day.number()),
        Value::YesNo(yes) => i64::from(yes),
        Value::Choice(choice) => i64::from(choice.value),
        Value::Role(role) => i64::from(role),
        // The numbers that stand for something else are none of their own.
        Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n) if n > NONE => n,
        _ => return None,
    })
}

/// A small number as a number.
#[inline]
pub(super) fn widen(small: i32) -> i64 {
    match small {
        SMALL_UNKNOWN => UNKNOWN,
        SMALL_NONE => NONE,
        small => i64::from(small),
    }
}

/// A number as a small one, if it fits.
#[inline]
pub(super) fn narrow(number: i64) -> Option<i32> {
    match number {
        UNKNOWN => Some(SMALL_UNKNOWN),
        NONE => Some(SMALL_NONE),
        number => i32::try_from(number).ok().filter(|small| *small > SMALL_NONE),
    }
}

/// Whether numbers of a kind are whole ones that may not be small.
pub(super) fn is_wide(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Number | Kind::Amount | Kind::Duration)
}

/// Whether numbers of a kind are days or other small ones.
pub(super) fn is_small(kind: Kind) -> bool {
    kind != Kind::Other && !is_wide(kind)
}

/// Whether values of a kind come one after another.
pub(super) fn is_ordered(kind: Kind) -> bool {
    is_wide(kind) || kind == Kind::Day
}
