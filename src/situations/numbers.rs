//! Numbers that stand for all numbers between thresholds.

use crate::program::Type;
use crate::value::{RateBase, Value, scale};

/// Values of a type around thresholds: each threshold, and between, below and above them as many as there are subjects
/// that are compared with each other, so that they can stand in any order.
pub(super) fn around(ty: Type, thresholds: &[Value], subjects: usize) -> Vec<Value> {
    let Some(kind) = Kind::of(ty) else { return sample(ty) };
    let mut known: Vec<i64> = thresholds.iter().filter_map(|value| kind.number(*value)).collect();
    known.sort_unstable();
    known.dedup();
    let step = kind.step(&known);
    let mut all: Vec<i64> = Vec::new();
    if known.is_empty() {
        let first = kind.usual;
        all.extend((0..=subjects).map(|n| first.saturating_add(kind.wide(n))));
    }
    for number in &known {
        for n in 0..=subjects {
            let away = step.saturating_mul(i64::try_from(n).unwrap_or(0));
            all.extend([number.saturating_sub(away), number.saturating_add(away)]);
        }
    }
    all.retain(|number| *number >= 0);
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|number| kind.value(number)).collect()
}

/// A type of values that are numbers.
struct Kind {
    ty: Type,
    /// The smallest step.
    least: i64,
    /// A step that reads well.
    nice: i64,
    /// A value as people have it.
    usual: i64,
}

impl Kind {
    fn of(ty: Type) -> Option<Kind> {
        let (least, nice, usual) = match ty {
            Type::Count => (1, 1, 1),
            Type::Number => (1, scale::NUMBER / 100, scale::NUMBER),
            Type::Amount => (1, scale::KRONA, 100 * scale::KRONA),
            Type::Duration => (1, scale::MINUTE, scale::HOUR),
            Type::Rate(RateBase::Count, _) => (1, 1, 1),
            Type::Rate(RateBase::Number, _) => (1, scale::NUMBER / 100, scale::NUMBER),
            Type::Rate(RateBase::Amount, _) => (1, scale::KRONA, 100 * scale::KRONA),
            Type::Rate(RateBase::Duration, _) => (1, scale::MINUTE, scale::HOUR),
            _ => return None,
        };
        Some(Kind { ty, least, nice, usual })
    }

    /// A step that reads well and falls short of the next threshold; else the smallest.
    fn step(&self, known: &[i64]) -> i64 {
        let crowded = known.windows(2).any(|pair| match pair {
            [low, high] => high.saturating_sub(*low) <= self.nice.saturating_mul(2),
            _ => false,
        });
        if crowded { self.least } else { self.nice }
    }

    fn wide(&self, n: usize) -> i64 {
        self.usual.saturating_mul(i64::try_from(n).unwrap_or(0))
    }

    fn number(&self, value: Value) -> Option<i64> {
        match value {
            Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n) => Some(n),
            Value::Rate { amount, .. } => Some(amount),
            _ => None,
        }
    }

    fn value(&self, number: i64) -> Value {
        match self.ty {
            Type::Count => Value::Count(number),
            Type::Number => Value::Number(number),
            Type::Amount => Value::Amount(number),
            Type::Rate(base, per) => Value::Rate { base, per, amount: number },
            _ => Value::Duration(number),
        }
    }
}

/// A few values of a type that is not made of numbers in a row.
fn sample(ty: Type) -> Vec<Value> {
    match ty {
        Type::Share => [0, 1, 2].map(|part| Value::Share { part, whole: 2 }).to_vec(),
        _ => Vec::new(),
    }
}
