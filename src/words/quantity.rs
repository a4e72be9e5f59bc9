//! Quantities in words: work time, periods, money, shares and what rates are per.

use super::Unit;
use super::number::{MINUS, decimal_digits, put_whole};
use crate::Language;
use crate::syntax::tree::CalendarUnit;
use crate::time::Period;
use crate::value::scale;

/// A number with its unit.
///
/// ```
/// use frist::{Language, words::{self, Unit}};
/// assert_eq!(words::quantity(2, Unit::Week, Language::Swedish), "2 veckor");
/// assert_eq!(words::quantity(1, Unit::Hour, Language::English), "1 hour");
/// ```
pub fn quantity(number: i64, unit: Unit, language: Language) -> String {
    let mut text = String::new();
    put_quantity(&mut text, number, unit, language);
    text
}

/// Writes a number with its unit at the end of a text.
fn put_quantity(text: &mut String, number: i64, unit: Unit, language: Language) {
    put_whole(text, number);
    text.push(' ');
    text.push_str(unit.name(number, language));
}

/// Days.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::days(1, Language::Swedish), "1 dag");
/// assert_eq!(words::days(14, Language::English), "14 days");
/// ```
pub fn days(number: i64, language: Language) -> String {
    quantity(number, Unit::Day, language)
}

/// Work time in hours, minutes and seconds.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::duration(400 * 3600, Language::Swedish), "400 timmar");
/// assert_eq!(words::duration(2 * 3600 + 15 * 60, Language::English), "2 hours 15 minutes");
/// assert_eq!(words::duration(0, Language::Swedish), "0 minuter");
/// ```
pub fn duration(seconds: i64, language: Language) -> String {
    let size = seconds.unsigned_abs();
    let (hour, minute) = (scale::HOUR.unsigned_abs(), scale::MINUTE.unsigned_abs());
    // The divisors are constants above zero.
    let hours = size.checked_div(hour).unwrap_or(0);
    let minutes = size.checked_rem(hour).and_then(|rest| rest.checked_div(minute)).unwrap_or(0);
    let rest = size.checked_rem(minute).unwrap_or(0);
    let parts = [(hours, Unit::Hour), (minutes, Unit::Minute), (rest, Unit::Second)];
    signed(seconds < 0, &parts, Unit::Minute, language)
}

/// A period in years, months and days. A year is twelve months and is written as one; days stay days.
///
/// ```
/// use frist::{Language, time::Period, words};
/// assert_eq!(words::period(Period::months(3), Language::Swedish), "3 månader");
/// assert_eq!(words::period(Period::months(14), Language::Swedish), "1 år 2 månader");
/// assert_eq!(words::period(Period::days(12), Language::English), "12 days");
/// ```
pub fn period(period: Period, language: Language) -> String {
    let months = |months: u32| [(u64::from(months / 12), Unit::Year), (u64::from(months % 12), Unit::Month)];
    let days = |days: u32| (u64::from(days), Unit::Day);
    if period.months != 0 && period.days != 0 && (period.months < 0) != (period.days < 0) {
        // The parts point opposite ways, so each keeps its own sign.
        let first = signed(period.months < 0, &months(period.months.unsigned_abs()), Unit::Month, language);
        let second = signed(period.days < 0, &[days(period.days.unsigned_abs())], Unit::Day, language);
        return format!("{first} {second}");
    }
    let [years, rest] = months(period.months.unsigned_abs());
    let parts = [years, rest, days(period.days.unsigned_abs())];
    signed(period.months < 0 || period.days < 0, &parts, Unit::Day, language)
}

/// The parts that are not zero, after one sign for them all.
fn signed(negative: bool, parts: &[(u64, Unit)], zero: Unit, language: Language) -> String {
    // Mostly there is one part.
    let mut text = String::with_capacity(16);
    for (number, unit) in parts.iter().filter(|(number, _)| *number != 0) {
        if !text.is_empty() {
            text.push(' ');
        } else if negative {
            text.push(MINUS);
        }
        let number = i64::try_from(*number).unwrap_or(i64::MAX);
        put_quantity(&mut text, number, *unit, language);
    }
    if text.is_empty() {
        put_quantity(&mut text, 0, zero, language);
    }
    text
}

/// Money, given in öre; with two decimals unless it is whole kronor.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::money(50_000, Language::Swedish), "500 kronor");
/// assert_eq!(words::money(50_050, Language::Swedish), "500,50 kronor");
/// assert_eq!(words::money(50_050, Language::English), "SEK 500.50");
/// assert_eq!(words::money(100, Language::Swedish), "1 krona");
/// ```
pub fn money(ore: i64, language: Language) -> String {
    let mut digits = decimal_digits(ore, scale::KRONA, language.choose(",", "."));
    if ore % 10 == 0 && ore % scale::KRONA != 0 {
        digits.push('0');
    }
    let sign = if ore < 0 { "−" } else { "" };
    match language {
        Language::Swedish => {
            let one = ore.unsigned_abs() == scale::KRONA.unsigned_abs();
            format!("{sign}{digits} {}", Unit::Krona.name(if one { 1 } else { 2 }, language))
        }
        Language::English => format!("SEK {sign}{digits}"),
    }
}

/// How many decimals of a percentage are written at most: with more it is called approximate.
const PERCENT_DECIMALS: i128 = 10_000;

/// A share in percent: exact when four decimals are enough, else to one decimal and said to be approximate.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::share(89, 100, Language::Swedish), "89 %");
/// assert_eq!(words::share(1, 8, Language::Swedish), "12,5 %");
/// assert_eq!(words::share(8, 9, Language::Swedish), "cirka 88,9 %");
/// assert_eq!(words::share(8, 9, Language::English), "about 88.9 %");
/// assert_eq!(words::share(0, 0, Language::English), "0 of 0");
/// ```
pub fn share(part: i64, whole: u32, language: Language) -> String {
    if whole == 0 {
        return part_of_whole(part, whole, language);
    }
    let sign = if part < 0 { "−" } else { "" };
    let mark = language.choose(",", ".");
    match percent_exactly(part, whole) {
        Some(parts) => format!("{sign}{} %", decimal_digits(parts, 10_000, mark)),
        None => {
            let tenths = rounded_percent(part, whole, 10);
            format!("{} {sign}{} %", language.choose("cirka", "about"), decimal_digits(tenths, 10, mark))
        }
    }
}

/// A share in ten-thousandths of a percent, if that is exact.
///
/// ```
/// use frist::words::percent_exactly;
/// assert_eq!(percent_exactly(1, 8), Some(125_000));
/// assert_eq!(percent_exactly(8, 9), None);
/// ```
pub fn percent_exactly(part: i64, whole: u32) -> Option<i64> {
    let parts = i128::from(part).checked_mul(100)?.checked_mul(PERCENT_DECIMALS)?;
    let whole = i128::from(whole);
    (parts.checked_rem(whole)? == 0).then(|| parts.checked_div(whole))?.and_then(|p| i64::try_from(p).ok())
}

/// A share in percent times `scale`, to the nearest, halves away from zero.
pub(crate) fn rounded_percent(part: i64, whole: u32, scale: i128) -> i64 {
    let whole = i128::from(whole);
    let twice = i128::from(part).saturating_mul(200).saturating_mul(scale);
    let half = if part < 0 { whole.saturating_neg() } else { whole };
    let rounded = twice.saturating_add(half).checked_div(whole.saturating_mul(2)).unwrap_or(0);
    i64::try_from(rounded).unwrap_or(if part < 0 { i64::MIN } else { i64::MAX })
}

/// A share as a part of a whole.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::part_of_whole(8, 9, Language::Swedish), "8 av 9");
/// assert_eq!(words::part_of_whole(8, 9, Language::English), "8 of 9");
/// ```
pub fn part_of_whole(part: i64, whole: u32, language: Language) -> String {
    format!("{} {} {whole}", super::whole(part), language.choose("av", "of"))
}

/// The name of a calendar unit after "per".
///
/// ```
/// use frist::{Language, syntax::tree::CalendarUnit, words};
/// assert_eq!(words::calendar_unit(CalendarUnit::Week, Language::Swedish), "vecka");
/// ```
pub fn calendar_unit(unit: CalendarUnit, language: Language) -> &'static str {
    let unit = match unit {
        CalendarUnit::Day => Unit::Day,
        CalendarUnit::Week => Unit::Week,
        CalendarUnit::Month => Unit::Month,
        CalendarUnit::Quarter => Unit::Quarter,
        CalendarUnit::Year => Unit::Year,
    };
    unit.name(1, language)
}

/// The name of a calendar unit as programs read it, free of language.
///
/// ```
/// use frist::{syntax::tree::CalendarUnit, words};
/// assert_eq!(words::per_name(CalendarUnit::Quarter), "quarter");
/// ```
pub fn per_name(unit: CalendarUnit) -> &'static str {
    calendar_unit(unit, Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Swedish};

    #[test]
    fn singular_and_plural_are_right() {
        assert_eq!(duration(3_600 + 60 + 1, Swedish), "1 timme 1 minut 1 sekund");
        assert_eq!(duration(2 * 3_600 + 2, English), "2 hours 2 seconds");
        assert_eq!(period(Period { months: 13, days: 1 }, Swedish), "1 år 1 månad 1 dag");
        assert_eq!(period(Period { months: 24, days: 0 }, English), "2 years");
        assert_eq!(days(0, Swedish), "0 dagar");
        assert_eq!(days(1, English), "1 day");
    }

    #[test]
    fn negative_quantities_have_one_sign() {
        assert_eq!(duration(-8_100, Swedish), "−2 timmar 15 minuter");
        assert_eq!(duration(i64::MIN, English), "−2562047788015215 hours 30 minutes 8 seconds");
        assert_eq!(period(Period { months: -1, days: -3 }, English), "−1 month 3 days");
        assert_eq!(period(Period { months: 3, days: -5 }, Swedish), "3 månader −5 dagar");
        assert_eq!(period(Period::ZERO, Swedish), "0 dagar");
        assert_eq!(money(-50_005, English), "SEK −500.05");
        assert_eq!(money(-100, Swedish), "−1 krona");
    }

    #[test]
    fn shares_are_exact_or_say_that_they_are_not() {
        assert_eq!(share(3, 4, English), "75 %");
        assert_eq!(share(2, 3, Swedish), "cirka 66,7 %");
        assert_eq!(share(-1, 3, Swedish), "cirka −33,3 %");
        assert_eq!(share(i64::MAX, 3, English).split(' ').next(), Some("about"));
        assert_eq!(rounded_percent(8, 9, 1_000_000), 88_888_889);
        assert_eq!(rounded_percent(-1, 200, 1), -1);
    }
}
