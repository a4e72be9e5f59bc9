//! Values in outcomes: in words, and as amounts with units that are free of language.
//!
//! An amount is a JSON number. Money and whole minutes are exact; parts of a minute and shares that no decimal number
//! is equal to come to the nearest millionth, and a share's exact part and whole stand beside it.

use super::object::Object;
use crate::Language;
use crate::program::Program;
use crate::value::{PerId, Pool, RateBase, Value, scale};
use crate::words;

/// What it takes to write values.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub program: &'a Program,
    pub pool: &'a Pool,
    pub language: Language,
}

impl Values<'_> {
    /// A value in words under a key, if there is one.
    pub fn named_value(&self, object: &mut Object<'_>, key: &str, value: Option<Value>) {
        if let Some(value) = value {
            object.text(key, &self.say(value));
        }
    }

    /// A value in words, and its amount and unit free of language.
    pub fn value(&self, object: &mut Object<'_>, value: Value) {
        if matches!(value, Value::None | Value::Unknown) {
            return;
        }
        object.text("value", &self.say(value));
        match value {
            Value::Count(number) => object.number("amount", number),
            Value::Number(parts) => object.raw("amount", &decimal(parts, scale::NUMBER)),
            Value::Amount(ore) => measured(object, &decimal(ore, scale::KRONA), "SEK"),
            Value::Duration(seconds) => timed(object, seconds),
            Value::Period(period) => match (period.months, period.days) {
                (0, days) => measured(object, &days.to_string(), "days"),
                (months, 0) => measured(object, &months.to_string(), "months"),
                // Months and days make no one number.
                _ => {}
            },
            Value::Share { part, whole } => {
                if whole != 0 {
                    measured(object, &percent(part, whole), "percent");
                }
                object.number("part", part);
                object.number("whole", i64::from(whole));
            }
            Value::Rate { base, per, amount } => {
                match base {
                    RateBase::Count => object.number("amount", amount),
                    RateBase::Number => object.raw("amount", &decimal(amount, scale::NUMBER)),
                    RateBase::Amount => measured(object, &decimal(amount, scale::KRONA), "SEK"),
                    RateBase::Duration => timed(object, amount),
                }
                object.text(
                    "per",
                    match per {
                        PerId::Unit(unit) => words::per_name(unit),
                        PerId::Word(word) => {
                            self.program.counting_words.get(usize::from(word)).map_or("", |word| &word.name)
                        }
                    },
                );
            }
            Value::Set(_) => object.texts("members", self.members(&[value])),
            _ => {}
        }
    }

    fn say(&self, value: Value) -> String {
        words::value_by_name(self.program, self.pool, value, self.language)
    }

    /// Values in words one by one; a set by its members.
    pub fn members(&self, values: &[Value]) -> Vec<String> {
        let mut members = Vec::new();
        for value in values {
            match value {
                Value::Set(set) => {
                    members.extend(self.pool.members(*set).iter().map(|member| self.say(*member)))
                }
                value => members.push(self.say(*value)),
            }
        }
        members
    }
}

fn measured(object: &mut Object<'_>, amount: &str, unit: &str) {
    object.raw("amount", amount);
    object.name("unit", unit);
}

/// Work time, given in seconds.
fn timed(object: &mut Object<'_>, seconds: i64) {
    match (seconds.checked_div(scale::MINUTE), seconds.checked_rem(scale::MINUTE)) {
        (Some(minutes), Some(0)) => object.number("amount", minutes),
        _ => object.raw("amount", &minutes(seconds)),
    }
    object.name("unit", "minutes");
}

/// A decimal number as JSON has it.
fn decimal(parts: i64, scale: i64) -> String {
    let digits = words::decimal_digits(parts, scale, ".");
    if parts < 0 { format!("-{digits}") } else { digits }
}

/// Seconds as minutes; parts of a minute to a millionth.
fn minutes(seconds: i64) -> String {
    let millionths = i128::from(seconds).saturating_mul(i128::from(scale::NUMBER));
    let minutes = millionths.checked_div(i128::from(scale::MINUTE)).unwrap_or(0);
    match i64::try_from(minutes) {
        Ok(minutes) => decimal(minutes, scale::NUMBER),
        Err(_) => seconds.checked_div(scale::MINUTE).unwrap_or(0).to_string(),
    }
}

/// A share in percent to a millionth; `part` and `whole` beside it are exact.
fn percent(part: i64, whole: u32) -> String {
    decimal(words::rounded_percent(part, whole, i128::from(scale::NUMBER)), scale::NUMBER)
}
