//! Quantities in strings, with units in either language: work time, periods, money, shares, rates.

use super::exact::{Exact, Fault};
use crate::syntax::tree::CalendarUnit;
use crate::time::Period;
use crate::value::{Value, scale};
use crate::words::Unit;

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused<'a> {
    /// It has another shape, or the unit of another type.
    Shape,
    /// No unit is called so.
    Unit(&'a str),
    /// More decimals than the value keeps.
    TooFine,
    /// Larger than the value can be.
    TooLarge,
}

impl From<Fault> for Refused<'_> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoNumber => Refused::Shape,
            Fault::TooFine => Refused::TooFine,
            Fault::TooLarge => Refused::TooLarge,
        }
    }
}

/// The units of work time.
pub(super) const DURATION_UNITS: &[Unit] = &[Unit::Hour, Unit::Minute, Unit::Second];
/// The units of periods.
pub(super) const PERIOD_UNITS: &[Unit] = &[Unit::Day, Unit::Week, Unit::Month, Unit::Year];
/// The units of money.
pub(super) const MONEY_UNITS: &[Unit] = &[Unit::Krona, Unit::Ore];
const PER_UNITS: &[Unit] = &[Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];
const ALL_UNITS: &[Unit] = &[
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Week,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Krona,
    Unit::Ore,
    Unit::Percent,
];

/// Work time: `2 timmar 15 minuter`, `2.25 hours`; seconds.
pub(super) fn duration(text: &str) -> Result<i64, Refused<'_>> {
    let mut total: i64 = 0;
    each_part(text, DURATION_UNITS, |number, unit| {
        let seconds = match unit {
            Unit::Hour => scale::HOUR,
            Unit::Minute => scale::MINUTE,
            _ => 1,
        };
        total = total.checked_add(number.times(seconds)?).ok_or(Fault::TooLarge)?;
        Ok(())
    })?;
    Ok(total)
}

/// A period: `3 månader`, `1 year 2 months`, `90 days`.
pub(super) fn period(text: &str) -> Result<Period, Refused<'_>> {
    let mut total = Period::ZERO;
    each_part(text, PERIOD_UNITS, |number, unit| {
        let number = i32::try_from(number.times(1)?).map_err(|_| Fault::TooLarge)?;
        let part = match unit {
            Unit::Year => Period::years(number),
            Unit::Month => Ok(Period::months(number)),
            Unit::Week => Period::weeks(number),
            _ => Ok(Period::days(number)),
        };
        total = part.and_then(|part| total.checked_add(part)).map_err(|_| Fault::TooLarge)?;
        Ok(())
    })?;
    Ok(total)
}

/// Money: `500`, `500,50 kronor`, `SEK 500.50`; öre.
pub(super) fn money(text: &str) -> Result<i64, Refused<'_>> {
    let text = text.trim();
    let is_sek = |word: &str| word.eq_ignore_ascii_case("sek");
    if let Some((_, number)) = text.split_once(char::is_whitespace).filter(|(word, _)| is_sek(word)) {
        return Ok(Exact::of_words(number.trim(), false)?.times(scale::KRONA)?);
    }
    if text.ends_with(|letter: char| letter.is_ascii_digit()) {
        return Ok(Exact::of_words(text, false)?.times(scale::KRONA)?);
    }
    let mut total: i64 = 0;
    each_part(text, MONEY_UNITS, |number, unit| {
        let ore = if unit == Unit::Krona { scale::KRONA } else { 1 };
        total = total.checked_add(number.times(ore)?).ok_or(Fault::TooLarge)?;
        Ok(())
    })?;
    Ok(total)
}

/// A share: `89 %`, `8/9`, `8 av 9`, or a percentage with the parts in brackets beside it.
pub(super) fn share(text: &str) -> Result<Value, Refused<'_>> {
    let text = text.trim();
    if let Some((_, parts)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        return share(parts);
    }
    let fraction = ["/", " av ", " of "].iter().find_map(|sign| text.split_once(sign));
    if let Some((part, whole)) = fraction {
        let part = Exact::of_words(part.trim(), false)?.times(1)?;
        let whole = Exact::of_words(whole.trim(), false)?.times(1)?;
        let whole = u32::try_from(whole).map_err(|_| Refused::TooLarge)?;
        return if whole == 0 { Err(Refused::Shape) } else { Ok(Value::Share { whole, part }) };
    }
    let (number, unit) = first_part(text).ok_or(Refused::Shape)?;
    match Unit::among(&[Unit::Percent], unit) {
        Some(_) => hundredths(Exact::of_words(number, true)?, 2),
        None => Err(refused_unit(unit)),
    }
}

/// A share given as a number: 0.89 is 89 of 100.
pub(super) fn share_of_one(number: Exact) -> Result<Value, Refused<'static>> {
    hundredths(number, 0)
}

/// A share whose number is so many decimals away from a part of one; its whole is a hundred or a larger power of ten.
fn hundredths(number: Exact, shift: u32) -> Result<Value, Refused<'static>> {
    let places = number.places().max(2_u32.saturating_sub(shift));
    let whole = 10_u32.checked_pow(places.saturating_add(shift)).ok_or(Refused::TooFine)?;
    let parts = 10_i64.checked_pow(places).ok_or(Refused::TooFine)?;
    Ok(Value::Share { whole, part: number.times(parts)? })
}

/// Where `4 timmar per vecka` or `4 tim/vecka` parts into the amount and what it is per.
pub(super) fn rate(text: &str) -> Option<(&str, &str)> {
    let (amount, per) = text.rsplit_once(" per ").or_else(|| text.rsplit_once('/'))?;
    Some((amount.trim(), per.trim()))
}

/// The calendar unit that a rate is per.
pub(super) fn per_unit(word: &str) -> Option<CalendarUnit> {
    match Unit::among(PER_UNITS, word)? {
        Unit::Day => Some(CalendarUnit::Day),
        Unit::Week => Some(CalendarUnit::Week),
        Unit::Month => Some(CalendarUnit::Month),
        Unit::Quarter => Some(CalendarUnit::Quarter),
        Unit::Year => Some(CalendarUnit::Year),
        _ => None,
    }
}

/// Goes through the numbers and units of a text. One sign before them is the sign of them all.
fn each_part<'a>(
    text: &'a str,
    units: &[Unit],
    mut take: impl FnMut(Exact, Unit) -> Result<(), Fault>,
) -> Result<(), Refused<'a>> {
    let text = text.trim();
    let (negative, mut rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let mut seen: Vec<Unit> = Vec::new();
    while !rest.is_empty() {
        let (number, unit) = first_part(rest).ok_or(Refused::Shape)?;
        rest = rest.get(number.len()..).unwrap_or("").trim_start();
        rest = rest.get(unit.len()..).unwrap_or("").trim_start();
        let known = Unit::among(units, unit).ok_or_else(|| refused_unit(unit))?;
        let number = Exact::of_words(number, false)?;
        if seen.contains(&known) || number.is_negative() {
            return Err(Refused::Shape);
        }
        seen.push(known);
        take(if negative { number.negated() } else { number }, known)?;
        for joint in ["och ", "and "] {
            rest = rest.strip_prefix(joint).map_or(rest, str::trim_start);
        }
    }
    if seen.is_empty() { Err(Refused::Shape) } else { Ok(()) }
}

/// The number and the unit that a text begins with.
fn first_part(text: &str) -> Option<(&str, &str)> {
    let is_number =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '+') || c.is_whitespace();
    let end = text.find(|c: char| !is_number(c))?;
    let (number, rest) = text.split_at_checked(end)?;
    let unit_end =
        rest.find(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == ',').unwrap_or(rest.len());
    let (unit, _) = rest.split_at_checked(unit_end)?;
    let number = number.trim_end();
    (!number.is_empty() && !unit.is_empty()).then_some((number, unit))
}

/// A unit of another type has the wrong shape; a word that is no unit is misspelt.
fn refused_unit(word: &str) -> Refused<'_> {
    if Unit::among(ALL_UNITS, word).is_some() { Refused::Shape } else { Refused::Unit(word) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use proptest::prelude::*;

    #[test]
    fn units_are_read_in_both_languages() {
        assert_eq!(duration("400 timmar"), Ok(1_440_000));
        assert_eq!(duration("400 hours"), Ok(1_440_000));
        assert_eq!(duration("2 timmar 15 minuter"), Ok(8_100));
        assert_eq!(duration("2 hours and 15 minutes"), Ok(8_100));
        assert_eq!(duration("2,25 tim"), Ok(8_100));
        assert_eq!(duration("2h15min"), Ok(8_100));
        assert_eq!(duration("1 000 timmar"), Ok(3_600_000));
        assert_eq!(duration("−2 timmar 15 minuter"), Ok(-8_100));
        assert_eq!(period("3 månader"), Ok(Period::months(3)));
        assert_eq!(period("1 år 2 months"), Ok(Period::months(14)));
        assert_eq!(period("90 days"), Ok(Period::days(90)));
        assert_eq!(period("2 veckor"), Ok(Period::days(14)));
        assert_eq!(money("500"), Ok(50_000));
        assert_eq!(money("500,50 kronor"), Ok(50_050));
        assert_eq!(money("SEK −500.50"), Ok(-50_050));
        assert_eq!(money("500 SEK"), Ok(50_000));
        assert_eq!(money("5 kr 50 öre"), Ok(550));
        assert_eq!(share("8/9"), Ok(Value::Share { whole: 9, part: 8 }));
        assert_eq!(share("8 av 9"), Ok(Value::Share { whole: 9, part: 8 }));
        assert_eq!(share("cirka 88,9 % (8 av 9)"), Ok(Value::Share { whole: 9, part: 8 }));
        assert_eq!(share("89 %"), Ok(Value::Share { whole: 100, part: 89 }));
        assert_eq!(share("12,5%"), Ok(Value::Share { whole: 1_000, part: 125 }));
        assert_eq!(share("12.125 percent"), Ok(Value::Share { whole: 100_000, part: 12_125 }));
        assert_eq!(rate("4 timmar per vecka"), Some(("4 timmar", "vecka")));
        assert_eq!(per_unit("week"), Some(CalendarUnit::Week));
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        assert_eq!(duration("400 timer"), Err(Refused::Unit("timer")));
        assert_eq!(duration("400"), Err(Refused::Shape));
        assert_eq!(duration("3 månader"), Err(Refused::Shape));
        assert_eq!(duration("1 timme 2 timmar"), Err(Refused::Shape));
        assert_eq!(duration("0.3333 hours"), Err(Refused::TooFine));
        assert_eq!(duration("99999999999999999999 h"), Err(Refused::TooLarge));
        assert_eq!(duration(""), Err(Refused::Shape));
        assert_eq!(period("1.5 months"), Err(Refused::TooFine));
        assert_eq!(period("9999999999 months"), Err(Refused::TooLarge));
        assert_eq!(money("1,500"), Err(Refused::Shape));
        assert_eq!(money("1,505 kronor"), Err(Refused::Shape));
        assert_eq!(money("1.505"), Err(Refused::TooFine));
        assert_eq!(share("1/0"), Err(Refused::Shape));
        assert_eq!(share("89"), Err(Refused::Shape));
        assert_eq!(share("1/99999999999"), Err(Refused::TooLarge));
    }

    proptest! {
        #[test]
        fn quantities_are_read_back(number: i64, months: i32, days in 0..i32::MAX, swedish: bool) {
            let language = if swedish { Language::Swedish } else { Language::English };
            let text = crate::words::duration(number, language);
            prop_assert_eq!(duration(&text), Ok(number));
            let text = crate::words::money(number, language);
            prop_assert_eq!(money(&text), Ok(number));
            let length = Period { months, days: if months < 0 { days.saturating_neg() } else { days } };
            let text = crate::words::period(length, language);
            prop_assert_eq!(period(&text), Ok(length));
        }

        #[test]
        fn shares_are_read_back(part: i64, whole in 1_u32..) {
            let text = crate::words::part_of_whole(part, whole, Language::Swedish);
            prop_assert_eq!(share(&text), Ok(Value::Share { whole, part }));
        }

        #[test]
        fn any_text_is_a_quantity_or_refused(text: String) {
            let _ = (duration(&text), period(&text), money(&text), share(&text), rate(&text));
        }
    }
}
