//! Three-valued logic and comparisons: unknown is never equal to anything.

use std::cmp::Ordering;

use crate::syntax::tree::Comparison;
use crate::value::Value;

/// Kleene's *not*.
pub fn not(value: Value) -> Value {
    match value {
        Value::YesNo(yes) => Value::YesNo(!yes),
        _ => Value::Unknown,
    }
}

/// Kleene's *and*: a definite no beats unknown.
pub fn and(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::YesNo(false), _) | (_, Value::YesNo(false)) => Value::YesNo(false),
        (Value::YesNo(true), Value::YesNo(true)) => Value::YesNo(true),
        _ => Value::Unknown,
    }
}

/// Kleene's *or*: a definite yes beats unknown.
pub fn or(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::YesNo(true), _) | (_, Value::YesNo(true)) => Value::YesNo(true),
        (Value::YesNo(false), Value::YesNo(false)) => Value::YesNo(false),
        _ => Value::Unknown,
    }
}

/// Compares two values of one type; unknown when either is unknown or none.
pub fn compare(comparison: Comparison, left: Value, right: Value) -> Value {
    if matches!(left, Value::Unknown | Value::None) || matches!(right, Value::Unknown | Value::None) {
        return Value::Unknown;
    }
    let answer = match comparison {
        Comparison::Equal => equal(left, right),
        Comparison::NotEqual => equal(left, right).map(|equal| !equal),
        Comparison::Less => order(left, right).map(Ordering::is_lt),
        Comparison::AtMost => order(left, right).map(Ordering::is_le),
        Comparison::Greater => order(left, right).map(Ordering::is_gt),
        Comparison::AtLeast => order(left, right).map(Ordering::is_ge),
    };
    answer.map_or(Value::Unknown, Value::YesNo)
}

fn equal(left: Value, right: Value) -> Option<bool> {
    match order(left, right) {
        Some(order) => Some(order.is_eq()),
        None => Some(left == right),
    }
}

/// The order of two known values of one type, where the type has one.
///
/// Whole and decimal numbers compare with each other; shares compare as exact fractions, and one of nothing has none.
pub fn order(left: Value, right: Value) -> Option<Ordering> {
    use crate::value::scale::NUMBER;
    Some(match (left, right) {
        (Value::Day(a), Value::Day(b)) => a.cmp(&b),
        (Value::Moment(a), Value::Moment(b)) => (a.day, a.clock).cmp(&(b.day, b.clock)),
        (Value::Clock(a), Value::Clock(b)) => a.cmp(&b),
        (Value::Count(a), Value::Count(b)) => a.cmp(&b),
        (Value::Number(a), Value::Number(b)) => a.cmp(&b),
        (Value::Count(a), Value::Number(b)) => (i128::from(a).saturating_mul(NUMBER.into())).cmp(&b.into()),
        (Value::Number(a), Value::Count(b)) => {
            i128::from(a).cmp(&i128::from(b).saturating_mul(NUMBER.into()))
        }
        (Value::Amount(a), Value::Amount(b)) | (Value::Duration(a), Value::Duration(b)) => a.cmp(&b),
        (Value::Share { part: a, whole: m }, Value::Share { part: b, whole: n }) => {
            if m == 0 || n == 0 {
                return None;
            }
            (i128::from(a).saturating_mul(n.into())).cmp(&i128::from(b).saturating_mul(m.into()))
        }
        (Value::Period(a), Value::Period(b)) => match (a.months == b.months, a.days == b.days) {
            (_, true) => a.months.cmp(&b.months),
            (true, _) => a.days.cmp(&b.days),
            _ => return None,
        },
        (Value::Rate { amount: a, per: p, .. }, Value::Rate { amount: b, per: q, .. }) if p == q => a.cmp(&b),
        _ => return None,
    })
}
