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
        Operator::Multiply => product(left, right),
        Operator::Divide => quotient(left, right),
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
fn product(left: Value, right: Value) -> Option<Value> {
    match (left, right) {
        (Value::Period(p), Value::Count(n)) | (Value::Count(n), Value::Period(p)) => {
            let times = |amount: i32| i32::try_from(i64::from(amount).checked_mul(n)?).ok();
            Some(Value::Period(Period { months: times(p.months)?, days: times(p.days)? }))
        }
        _ => fraction(Operator::Multiply, left, right)?.exact(),
    }
}

fn quotient(left: Value, right: Value) -> Option<Value> {
    match (left, right) {
        (Value::Duration(a), Value::Duration(b)) => share_in(a, b, MINUTE),
        (Value::Amount(a), Value::Amount(b)) => share_in(a, b, KRONA),
        (Value::Count(a), Value::Count(b)) => share(a, b),
        (Value::Rate { base: x, per: p, amount: a }, Value::Rate { base: y, per: q, amount: b })
            if x == y && p == q =>
        {
            let unit = match x {
                RateBase::Duration => MINUTE,
                RateBase::Amount => KRONA,
                RateBase::Count | RateBase::Number => 1,
            };
            share_in(a, b, unit)
        }
        _ => fraction(Operator::Divide, left, right)?.exact(),
    }
}

/// A product or a quotient before it is known to be even, so that a rounding is the only step that loses anything.
struct Fraction {
    numerator: i128,
    denominator: i128,
    /// Of what it is an amount.
    of: Made,
}

/// Of what a product or quotient is an amount, in the unit in which it is kept.
#[derive(Clone, Copy)]
enum Made {
    Count,
    Number,
    Amount,
    Duration,
    Rate(RateBase, PerId),
}

impl Made {
    fn value(self, amount: i64) -> Value {
        match self {
            Made::Count => Value::Count(amount),
            Made::Number => Value::Number(amount),
            Made::Amount => Value::Amount(amount),
            Made::Duration => Value::Duration(amount),
            Made::Rate(base, per) => Value::Rate { base, per, amount },
        }
    }
}

impl Fraction {
    fn exact(&self) -> Option<Value> {
        exact(self.numerator, self.denominator).map(|amount| self.of.value(amount))
    }

    /// Rounded to whole ones of a unit, which is so many of the unit in which the amount is kept.
    fn rounded(&self, way: Rounding, unit: RoundingUnit) -> Option<Value> {
        let size = match unit {
            RoundingUnit::Hour => HOUR,
            RoundingUnit::Minute => MINUTE,
            RoundingUnit::Krona => KRONA,
            RoundingUnit::Whole => NUMBER,
            RoundingUnit::Second | RoundingUnit::Ore | RoundingUnit::Percent => 1,
        };
        let steps = divide(self.numerator, self.denominator.checked_mul(size.into())?, way)?;
        match (self.of, unit) {
            (Made::Number, RoundingUnit::Whole) => Some(Value::Count(steps)),
            (of, _) => steps.checked_mul(size).map(|amount| of.value(amount)),
        }
    }
}

/// A product or a quotient that is no share.
fn fraction(operator: Operator, left: Value, right: Value) -> Option<Fraction> {
    let multiply = operator == Operator::Multiply;
    // So many times per something, each of so much.
    if let (
        Value::Amount(amount) | Value::Duration(amount),
        Value::Rate { base: RateBase::Count, per, amount: times },
    )
    | (
        Value::Rate { base: RateBase::Count, per, amount: times },
        Value::Amount(amount) | Value::Duration(amount),
    ) = (left, right)
    {
        let base = match (left, right) {
            (Value::Amount(_), _) | (_, Value::Amount(_)) => RateBase::Amount,
            _ => RateBase::Duration,
        };
        let numerator = i128::from(amount).checked_mul(times.into())?;
        return multiply.then_some(Fraction { numerator, denominator: 1, of: Made::Rate(base, per) });
    }
    let quantity = |value: Value, by: Value| {
        let number = |amount: i64| Some((i128::from(amount).checked_mul(NUMBER.into())?, Made::Number));
        match (value, by) {
            (Value::Count(a), Value::Count(_)) => Some((i128::from(a), Made::Count)),
            (Value::Count(a), _) => number(a),
            (Value::Number(a), _) => Some((i128::from(a), Made::Number)),
            (Value::Amount(a), _) => Some((i128::from(a), Made::Amount)),
            (Value::Duration(a), _) => Some((i128::from(a), Made::Duration)),
            (Value::Rate { base, per, amount }, Value::Count(_)) => {
                Some((i128::from(amount), Made::Rate(base, per)))
            }
            _ => None,
        }
    };
    let factor = |value: Value| match value {
        Value::Count(n) => Some((i128::from(n), 1)),
        Value::Number(n) => Some((i128::from(n), i128::from(NUMBER))),
        Value::Share { part, whole } if whole > 0 && multiply => Some((i128::from(part), i128::from(whole))),
        _ => None,
    };
    let (base, of, above, below) = match (quantity(left, right), factor(right)) {
        (Some((base, of)), Some((above, below))) => (base, of, above, below),
        _ if multiply => {
            let ((base, of), (above, below)) = (quantity(right, left)?, factor(left)?);
            (base, of, above, below)
        }
        _ => return None,
    };
    let (above, below) = if multiply { (above, below) } else { (below, above) };
    if below == 0 {
        return None;
    }
    Some(Fraction { numerator: base.checked_mul(above)?, denominator: below, of })
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
        (Value::Duration(a), RoundingUnit::Second) => Some(Value::Duration(a)),
        (Value::Amount(a), RoundingUnit::Krona) => to(a, KRONA).map(Value::Amount),
        (Value::Amount(a), RoundingUnit::Ore) => Some(Value::Amount(a)),
        (Value::Number(a), RoundingUnit::Whole) => divide(a.into(), NUMBER.into(), way).map(Value::Count),
        (Value::Count(a), RoundingUnit::Whole) => Some(Value::Count(a)),
        (Value::Share { part, whole }, RoundingUnit::Whole) if whole > 0 => {
            divide(part.into(), whole.into(), way).map(Value::Count)
        }
        (Value::Share { part, whole }, RoundingUnit::Percent) if whole > 0 => i128::from(part)
            .checked_mul(100)
            .and_then(|hundred| divide(hundred, whole.into(), way))
            .map(|percent| Value::Share { part: percent, whole: 100 }),
        _ => None,
    };
    result.unwrap_or(Value::Unknown)
}

/// A product or a quotient and its rounding in one step, so that nothing is lost between them.
pub fn reckoned_and_rounded(
    operator: Operator,
    left: Value,
    right: Value,
    way: Rounding,
    unit: RoundingUnit,
) -> Value {
    match fraction(operator, left, right) {
        // Whole numbers by whole numbers make a share, which has a rounding of its own.
        Some(fraction) if !matches!((operator, fraction.of), (Operator::Divide, Made::Count)) => {
            fraction.rounded(way, unit).unwrap_or(Value::Unknown)
        }
        _ => rounded(arithmetic(operator, left, right), way, unit),
    }
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
