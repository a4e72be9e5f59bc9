//! Numbers and quantities as they are written, made into values.

use crate::diagnostics::{Words, types as report};
use crate::program::Type;
use crate::source::Span;
use crate::syntax::tree::{Quantity, Unit};
use crate::time::Period;
use crate::value::{Value, scale};

use super::state::Checker;

/// Why a number does not fit.
pub(super) enum Misfit {
    /// It has a part smaller than the smallest there is.
    TooFine,
    /// It is too large.
    TooLarge,
}

impl Misfit {
    pub(super) fn words(&self) -> Words {
        match self {
            Misfit::TooFine => Words::new("för många decimaler", "too many decimals"),
            Misfit::TooLarge => Words::new("för stort", "too large"),
        }
    }
}

/// A number as written, in parts of which `unit` make one.
pub(super) fn scaled(text: &str, unit: i64) -> Result<i64, Misfit> {
    let clean: String = text.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}' | '_')).collect();
    let (negative, digits) = match clean.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, clean.as_str()),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| Misfit::TooLarge)? };
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 18 {
        return Err(Misfit::TooFine);
    }
    let of = 10i128.checked_pow(u32::try_from(decimals.len()).unwrap_or(0)).ok_or(Misfit::TooFine)?;
    let part: i128 = if decimals.is_empty() { 0 } else { decimals.parse().map_err(|_| Misfit::TooLarge)? };
    let unit = i128::from(unit);
    let part = part.checked_mul(unit).ok_or(Misfit::TooLarge)?;
    if part.checked_rem(of) != Some(0) {
        return Err(Misfit::TooFine);
    }
    let total = whole
        .checked_mul(unit)
        .and_then(|whole| whole.checked_add(part.checked_div(of)?))
        .ok_or(Misfit::TooLarge)?;
    let total = if negative { total.checked_neg().ok_or(Misfit::TooLarge)? } else { total };
    i64::try_from(total).map_err(|_| Misfit::TooLarge)
}

/// A bare number: a count if it is whole, a decimal number if not.
pub(super) fn number(text: &str) -> Result<Value, Misfit> {
    match scaled(text, 1) {
        Ok(count) => Ok(Value::Count(count)),
        Err(Misfit::TooFine) => Ok(Value::Number(scaled(text, scale::NUMBER)?)),
        Err(misfit) => Err(misfit),
    }
}

/// What a unit measures.
fn measures(unit: Unit) -> Type {
    match unit {
        Unit::Day | Unit::Week | Unit::Month | Unit::Year => Type::Period,
        Unit::Hour | Unit::Minute | Unit::Second => Type::Duration,
        Unit::Krona => Type::Amount,
        Unit::Percent => Type::Share,
        Unit::WorkingDay => Type::Count,
    }
}

impl Checker<'_> {
    /// The value of one or more numbers with units, and its type; says so if they do not go together.
    pub(super) fn quantity(&mut self, parts: &[Quantity], span: Span) -> Option<(Value, Type)> {
        let first = parts.first()?;
        let ty = measures(first.unit);
        if let Some(loose) = parts.iter().find(|part| part.unit == Unit::WorkingDay) {
            self.report(report::loose_working_days(loose.span));
            return None;
        }
        if let Some(other) = parts.iter().find(|part| measures(part.unit) != ty) {
            self.report(report::mixed_units(other.span, first.span));
            return None;
        }
        if matches!(ty, Type::Share | Type::Amount) && parts.len() > 1 {
            self.report(report::mixed_units(span, first.span));
            return None;
        }
        if ty == Type::Share {
            return Some((self.percent(first)?, ty));
        }
        let mut total: i64 = 0;
        let mut period = Period::ZERO;
        for part in parts {
            let misfit = match self.part(part, &mut total, &mut period) {
                Ok(()) => continue,
                Err(misfit) => misfit,
            };
            self.report(report::bad_number(&part.number, part.span, &misfit.words()));
            return None;
        }
        let value = match ty {
            Type::Period => Value::Period(period),
            Type::Duration => Value::Duration(total),
            _ => Value::Amount(total),
        };
        Some((value, ty))
    }

    fn part(&self, part: &Quantity, total: &mut i64, period: &mut Period) -> Result<(), Misfit> {
        let unit = match part.unit {
            Unit::Hour => scale::HOUR,
            Unit::Minute => scale::MINUTE,
            Unit::Krona => scale::KRONA,
            _ => 1,
        };
        let n = scaled(&part.number, unit)?;
        let small = || i32::try_from(n).map_err(|_| Misfit::TooLarge);
        let more = match part.unit {
            Unit::Day => Period::days(small()?),
            Unit::Week => Period::weeks(small()?).map_err(|_| Misfit::TooLarge)?,
            Unit::Month => Period::months(small()?),
            Unit::Year => Period::years(small()?).map_err(|_| Misfit::TooLarge)?,
            _ => {
                *total = total.checked_add(n).ok_or(Misfit::TooLarge)?;
                return Ok(());
            }
        };
        *period = period.checked_add(more).map_err(|_| Misfit::TooLarge)?;
        Ok(())
    }

    /// `12.5 %` is 125 of 1000.
    fn percent(&mut self, part: &Quantity) -> Option<Value> {
        for (scale, whole) in [(1, 100), (10, 1_000), (100, 10_000), (1_000, 100_000), (10_000, 1_000_000)] {
            if let Ok(part) = scaled(&part.number, scale) {
                return Some(Value::Share { whole, part });
            }
        }
        self.report(report::bad_number(&part.number, part.span, &Misfit::TooFine.words()));
        None
    }
}
