//! Exact arithmetic by a closed table of types. What leaves the range of its type, or divides by zero, is unknown.

use crate::syntax::tree::{Operator, Rounding, RoundingUnit};
use crate::time::Period;
use crate::value::scale::{HOUR, KRONA, MINUTE, NUMBER};
use crate::value::{PerId, RateBase, Value};

/// The result of an operation; unknown when an operand is, or when the result cannot be written exactly.
pub fn arithmetic(operator: Operator, left: Value, right: Value) -> Value {
    match operator {
        Operator::Add => sum(left, right, 1),
        Operator::Subtract => sum(left, right, -1),
        Operator::Multiply => product(left, right).or_else(|| product(right, left)),
        Operator::Divide => quotient(left, right, None),
    }
    .unwrap_or(Value::Unknown)
}

fn sum(left: Value, right: Value, sign: i64) -> Option<Value> {
    let add = |a: i64, b: i64| a.checked_add(b.checked_mul(sign)?);
    Some(match (left, right) {
        (Value::Count(a), Value::Count(b)) => Value::Count(add(a, b)?),
        (Value::Number(a), Value::Number(b)) => Value::Number(add(a, b)?),
        (Value::Count(a), Value::Number(b)) => Value::Number(add(a.checked_mul(NUMBER)?, b)?),
        (Value::Number(a), Value::Count(b)) => Value::Number(add(a, b.checked_mul(NUMBER)?)?),
        (Value::Amount(a), Value::Amount(b)) => Value::Amount(add(a, b)?),
        (Value::Duration(a), Value::Duration(b)) => Value::Duration(add(a, b)?),
        (Value::Period(a), Value::Period(b)) => {
            let b = if sign < 0 { b.negate().ok()? } else { b };
            Value::Period(a.checked_add(b).ok()?)
        }
        (Value::Share { part: a, whole: m }, Value::Share { part: b, whole: n }) if m == n => {
            Value::Share { part: add(a, b)?, whole: m }
        }
        (Value::Rate { base, per, amount: a }, Value::Rate { base: c, per: p, amount: b })
            if base == c && per == p =>
        {
            Value::Rate { base, per, amount: add(a, b)? }
        }
        _ => return None,
    })
}

/// A quantity times a plain number or a share.
fn product(quantity: Value, factor: Value) -> Option<Value> {
    let (numerator, denominator) = match factor {
        Value::Count(n) => (i128::from(n), 1),
        Value::Number(n) => (i128::from(n), i128::from(NUMBER)),
        Value::Share { part, whole } if whole > 0 => (i128::from(part), i128::from(whole)),
        _ => return None,
    };
    let times = |amount: i64| {
        let product = i128::from(amount).checked_mul(numerator)?;
        exact(product, denominator)
    };
    Some(match (quantity, factor) {
        (Value::Count(a), Value::Count(_)) => Value::Count(times(a)?),
        (Value::Count(a), Value::Number(_)) => Value::Number(times(a.checked_mul(NUMBER)?)?),
        (Value::Number(a), _) => Value::Number(times(a)?),
        (Value::Amount(a), _) => Value::Amount(times(a)?),
        (Value::Duration(a), _) => Value::Duration(times(a)?),
        (Value::Period(p), Value::Count(n)) => Value::Period(Period {
            months: i32::try_from(i64::from(p.months).checked_mul(n)?).ok()?,
            days: i32::try_from(i64::from(p.days).checked_mul(n)?).ok()?,
        }),
        (Value::Rate { base, per, amount }, _) => Value::Rate { base, per, amount: times(amount)? },
        _ => return None,
    })
}

/// One quantity by another, or by a plain number; a rounding makes an inexact result whole.
fn quotient(left: Value, right: Value, rounding: Option<(Rounding, RoundingUnit)>) -> Option<Value> {
    let by = |amount: i64, factor: i128, denominator: i128| {
        if denominator == 0 {
            return None;
        }
        let numerator = i128::from(amount).checked_mul(factor)?;
        match rounding {
            None => exact(numerator, denominator),
            Some((way, _)) => divide(numerator, denominator, way),
        }
    };
    Some(match (left, right) {
        (Value::Duration(a), Value::Duration(b)) => share_in(a, b, MINUTE)?,
        (Value::Amount(a), Value::Amount(b)) => share_in(a, b, KRONA)?,
        (Value::Count(a), Value::Count(b)) => share(a, b)?,
        (Value::Duration(a), Value::Count(n)) => Value::Duration(by(a, 1, n.into())?),
        (Value::Duration(a), Value::Number(n)) => Value::Duration(by(a, NUMBER.into(), n.into())?),
        (Value::Amount(a), Value::Count(n)) => Value::Amount(by(a, 1, n.into())?),
        (Value::Amount(a), Value::Number(n)) => Value::Amount(by(a, NUMBER.into(), n.into())?),
        (Value::Number(a), Value::Count(n)) => Value::Number(by(a, 1, n.into())?),
        (Value::Number(a), Value::Number(n)) => Value::Number(by(a, NUMBER.into(), n.into())?),
        (Value::Count(a), Value::Number(n)) => {
            Value::Number(by(a, i128::from(NUMBER).checked_mul(NUMBER.into())?, n.into())?)
        }
        _ => return None,
    })
}

/// A part of a whole in a larger unit where both are whole in it: minutes rather than seconds, kronor rather than öre.
fn share_in(part: i64, whole: i64, unit: i64) -> Option<Value> {
    match (exact(part.into(), unit.into()), exact(whole.into(), unit.into())) {
        (Some(part), Some(whole)) => share(part, whole),
        _ => share(part, whole),
    }
}

/// A part of a whole.
pub fn share(part: i64, whole: i64) -> Option<Value> {
    let (part, whole) = if whole < 0 { (part.checked_neg()?, whole.checked_neg()?) } else { (part, whole) };
    if whole == 0 {
        return None;
    }
    match u32::try_from(whole) {
        Ok(whole) => Some(Value::Share { part, whole }),
        Err(_) => {
            let divisor = common_divisor(part.unsigned_abs(), whole.unsigned_abs());
            let divisor = i64::try_from(divisor).ok()?;
            Some(Value::Share {
                part: part.checked_div(divisor)?,
                whole: u32::try_from(whole.checked_div(divisor)?).ok()?,
            })
        }
    }
}

fn common_divisor(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

fn exact(numerator: i128, denominator: i128) -> Option<i64> {
    if numerator.checked_rem(denominator)? != 0 {
        return None;
    }
    i64::try_from(numerator.checked_div(denominator)?).ok()
}

/// Division to a whole number: up is away from zero, down towards it, nearest takes halves away from zero.
fn divide(numerator: i128, denominator: i128, way: Rounding) -> Option<i64> {
    let whole = numerator.checked_div(denominator)?;
    let rest = numerator.checked_rem(denominator)?;
    let away = if rest == 0 {
        false
    } else {
        match way {
            Rounding::Up => true,
            Rounding::Down => false,
            Rounding::Nearest => rest.unsigned_abs().checked_mul(2)? >= denominator.unsigned_abs(),
        }
    };
    let step = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    let result = if away { whole.checked_add(step)? } else { whole };
    i64::try_from(result).ok()
}

/// A value rounded to a whole number of a unit.
pub fn rounded(value: Value, way: Rounding, unit: RoundingUnit) -> Value {
    let to = |amount: i64, size: i64| -> Option<i64> {
        divide(amount.into(), size.into(), way)?.checked_mul(size)
    };
    let result = match (value, unit) {
        (Value::Duration(a), RoundingUnit::Hour) => to(a, HOUR).map(Value::Duration),
        (Value::Duration(a), RoundingUnit::Minute) => to(a, MINUTE).map(Value::Duration),
        (Value::Amount(a), RoundingUnit::Krona) => to(a, KRONA).map(Value::Amount),
        (Value::Amount(a), RoundingUnit::Ore) => Some(Value::Amount(a)),
        (Value::Number(a), RoundingUnit::Whole) => divide(a.into(), NUMBER.into(), way).map(Value::Count),
        (Value::Count(a), RoundingUnit::Whole) => Some(Value::Count(a)),
        (Value::Share { part, whole }, RoundingUnit::Percent) if whole > 0 => i128::from(part)
            .checked_mul(100)
            .and_then(|hundred| divide(hundred, whole.into(), way))
            .map(|percent| Value::Share { part: percent, whole: 100 }),
        _ => None,
    };
    result.unwrap_or(Value::Unknown)
}

/// A division and its rounding in one step, so that nothing is lost between them.
pub fn rounded_quotient(left: Value, right: Value, way: Rounding, unit: RoundingUnit) -> Value {
    let size = match unit {
        RoundingUnit::Hour => HOUR,
        RoundingUnit::Minute => MINUTE,
        RoundingUnit::Krona => KRONA,
        RoundingUnit::Whole => NUMBER,
        RoundingUnit::Ore | RoundingUnit::Percent => 1,
    };
    let (amount, make): (i64, fn(i64) -> Value) = match left {
        Value::Duration(a) => (a, Value::Duration),
        Value::Amount(a) => (a, Value::Amount),
        Value::Number(a) => (a, Value::Number),
        _ => return rounded(arithmetic(Operator::Divide, left, right), way, unit),
    };
    let (factor, denominator) = match right {
        Value::Count(n) => (1, i128::from(n)),
        Value::Number(n) => (i128::from(NUMBER), i128::from(n)),
        _ => return rounded(arithmetic(Operator::Divide, left, right), way, unit),
    };
    let result = (|| {
        if denominator == 0 {
            return None;
        }
        let numerator = i128::from(amount).checked_mul(factor)?;
        let steps = divide(numerator, denominator.checked_mul(size.into())?, way)?;
        Some(match (left, unit) {
            (Value::Number(_), RoundingUnit::Whole) => Value::Count(steps),
            _ => make(steps.checked_mul(size)?),
        })
    })();
    result.unwrap_or(Value::Unknown)
}

/// A value made a rate.
pub fn per(value: Value, per: PerId) -> Value {
    let (base, amount) = match value {
        Value::Count(n) => (RateBase::Count, n),
        Value::Number(n) => (RateBase::Number, n),
        Value::Amount(n) => (RateBase::Amount, n),
        Value::Duration(n) => (RateBase::Duration, n),
        _ => return Value::Unknown,
    };
    Value::Rate { base, per, amount }
}
