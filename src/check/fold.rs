//! Values that are known when the rules are read: defaults, constants, cells, examples.

use std::cmp::Ordering;

use crate::diagnostics::{Words, time as report_time, types as report};
use crate::program::Type;
use crate::program::code::{At, Op};
use crate::syntax::tree::{Expr, Operator, WhichMonth};
use crate::time::{self, Day, MonthPolicy, TimeError, YearMonth};
use crate::value::{Value, scale};

use super::flat::Flat;
use super::lower::{Lower, Want};
use super::scope::Scope;
use super::state::Checker;

/// Why an expression has no value yet.
enum Failure {
    /// It depends on a case.
    Open,
    /// A date leaves the calendar.
    Date,
    /// A number leaves its range.
    Number,
}

impl From<TimeError> for Failure {
    fn from(_: TimeError) -> Failure {
        Failure::Date
    }
}

impl Checker<'_> {
    /// The value of an expression that must be known beforehand, and its type.
    pub(super) fn fixed(&mut self, e: &Expr, want: Option<Want>) -> Option<(Value, Type)> {
        let scope = Scope { lenient: true, ..Scope::default() };
        let mut lower =
            Lower { c: self, scope: &scope, flat: Flat::default(), given: Vec::new(), rounded: false };
        let node = match want {
            Some(want) => lower.fitted(e, want),
            None => lower.node(e, None),
        };
        let flat = lower.flat;
        let ty = node.ty.filter(|_| !flat.broken)?;
        match self.fold(&flat) {
            Ok(value) => Some((value, ty)),
            Err(Failure::Open) => {
                self.report(report::not_fixed(e.span));
                None
            }
            Err(Failure::Date) => {
                self.report(report_time::date_out_of_range(e.span));
                None
            }
            Err(Failure::Number) => {
                let text = self.text(e.span);
                self.report(report::bad_number(&text, e.span, &Words::new("för stort", "too large")));
                None
            }
        }
    }

    fn fold(&mut self, flat: &Flat) -> Result<Value, Failure> {
        let policy = self.out.header.month_policy();
        let mut values: Vec<Value> = Vec::with_capacity(flat.ops.len());
        for op in &flat.ops {
            let at = |at: &At| values.get(at.0 as usize).copied().ok_or(Failure::Open);
            let value = match op {
                Op::Constant(value) => *value,
                Op::Arithmetic(operator, a, b) => arithmetic(*operator, at(a)?, at(b)?)?,
                Op::PerOf(a, per) => {
                    use crate::value::RateBase;
                    let (base, amount) = match at(a)? {
                        Value::Count(n) => (RateBase::Count, n),
                        Value::Number(n) => (RateBase::Number, n),
                        Value::Amount(n) => (RateBase::Amount, n),
                        Value::Duration(n) => (RateBase::Duration, n),
                        _ => return Err(Failure::Open),
                    };
                    Value::Rate { base, per: *per, amount }
                }
                Op::MakeSet(members) => {
                    let places = self.out.code.operands(*members).to_vec();
                    let members: Result<Vec<Value>, Failure> = places.iter().map(at).collect();
                    let members = members?;
                    Value::Set(self.out.pool.set(members))
                }
                Op::After(p, d) => counted(at(p)?, at(d)?, 1, policy)?,
                Op::Before(p, d) => counted(at(p)?, at(d)?, -1, policy)?,
                Op::DayAfter(d) => Value::Day(day(at(d)?)?.next()?),
                Op::DayBefore(d) => Value::Day(day(at(d)?)?.previous()?),
                Op::LastDayOfMonth(d) => Value::Day(day(at(d)?)?.last_of_month()),
                Op::DayOfMonth(number, which, d) => {
                    let months = match which {
                        WhichMonth::Same => 0,
                        WhichMonth::Next => 1,
                        WhichMonth::Nth(k) => i64::from(*k),
                    };
                    let month = YearMonth::from(day(at(d)?)?).plus(months)?;
                    Value::Day(time::nth_of_month(month, *number, policy)?.day)
                }
                _ => return Err(Failure::Open),
            };
            values.push(value);
        }
        values.last().copied().ok_or(Failure::Open)
    }
}

fn day(value: Value) -> Result<Day, Failure> {
    value.as_day().ok_or(Failure::Open)
}

fn counted(period: Value, date: Value, times: i32, policy: MonthPolicy) -> Result<Value, Failure> {
    let Value::Period(period) = period else { return Err(Failure::Open) };
    Ok(Value::Day(time::plus_period(day(date)?, period, times, policy)?.day))
}

fn arithmetic(operator: Operator, a: Value, b: Value) -> Result<Value, Failure> {
    let sum = |x: i64, y: i64| {
        let result = if operator == Operator::Add { x.checked_add(y) } else { x.checked_sub(y) };
        result.ok_or(Failure::Number)
    };
    let times = |x: i64, y: i64| x.checked_mul(y).ok_or(Failure::Number);
    let additive = matches!(operator, Operator::Add | Operator::Subtract);
    Ok(match (a, b) {
        (Value::Count(x), Value::Count(y)) if additive => Value::Count(sum(x, y)?),
        (Value::Number(x), Value::Number(y)) if additive => Value::Number(sum(x, y)?),
        (Value::Count(x), Value::Number(y)) if additive => Value::Number(sum(times(x, scale::NUMBER)?, y)?),
        (Value::Number(x), Value::Count(y)) if additive => Value::Number(sum(x, times(y, scale::NUMBER)?)?),
        (Value::Amount(x), Value::Amount(y)) if additive => Value::Amount(sum(x, y)?),
        (Value::Duration(x), Value::Duration(y)) if additive => Value::Duration(sum(x, y)?),
        // Periods are only added and subtracted.
        (Value::Period(x), Value::Period(y)) => {
            let y = if operator == Operator::Add { y } else { y.negate()? };
            Value::Period(x.checked_add(y)?)
        }
        (Value::Count(x), Value::Count(y)) if operator == Operator::Multiply => Value::Count(times(x, y)?),
        (Value::Duration(x), Value::Count(y)) | (Value::Count(y), Value::Duration(x))
            if operator == Operator::Multiply =>
        {
            Value::Duration(times(x, y)?)
        }
        (Value::Amount(x), Value::Count(y)) | (Value::Count(y), Value::Amount(x))
            if operator == Operator::Multiply =>
        {
            Value::Amount(times(x, y)?)
        }
        (Value::Number(x), Value::Count(y)) | (Value::Count(y), Value::Number(x))
            if operator == Operator::Multiply =>
        {
            Value::Number(times(x, y)?)
        }
        _ => return Err(Failure::Open),
    })
}

/// How one value stands to another of the same type.
pub(super) fn order(a: Value, b: Value) -> Option<Ordering> {
    Some(match (a, b) {
        (Value::Day(x), Value::Day(y)) => x.cmp(&y),
        (Value::Moment(x), Value::Moment(y)) => x.cmp(&y),
        (Value::Clock(x), Value::Clock(y)) => x.cmp(&y),
        (Value::Count(x), Value::Count(y))
        | (Value::Number(x), Value::Number(y))
        | (Value::Amount(x), Value::Amount(y))
        | (Value::Duration(x), Value::Duration(y)) => x.cmp(&y),
        (Value::Share { whole: p, part: x }, Value::Share { whole: q, part: y }) => {
            let cross = |part: i64, whole: u32| i128::from(part).checked_mul(i128::from(whole));
            cross(x, q)?.cmp(&cross(y, p)?)
        }
        (Value::Rate { amount: x, .. }, Value::Rate { amount: y, .. }) => x.cmp(&y),
        (Value::Period(x), Value::Period(y)) if x.months == y.months => x.days.cmp(&y.days),
        (Value::Period(x), Value::Period(y)) if x.days == 0 && y.days == 0 => x.months.cmp(&y.months),
        _ => return None,
    })
}

/// Whether two known bounds stand the wrong way round.
pub(super) fn reversed(low: Option<Value>, high: Option<Value>) -> bool {
    matches!((low, high), (Some(low), Some(high)) if order(low, high) == Some(Ordering::Greater))
}
