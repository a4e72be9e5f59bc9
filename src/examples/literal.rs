//! A value as it is written in a rule file.

use crate::Language;
use crate::program::Program;
use crate::syntax::tree::CalendarUnit;
use crate::syntax::words::{plural, word};
use crate::time::Period;
use crate::value::{PerId, Pool, RateBase, Value, scale};

/// A value as it is written in a rule file of a language; nothing when it cannot be written: what nobody has said, a text
/// with quotation marks.
///
/// ```
/// use frist::examples::literal;
/// use frist::value::Value;
/// use frist::Language;
/// # let loaded = frist::Ruleset::load([("a.frist", "ruleset a \"A\"\n  in force from 2025-01-01\n")]);
/// # let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let program = ruleset.program();
/// let written = |value| literal(program, &program.pool, value, Language::English);
/// assert_eq!(written(Value::Duration(8_100)).as_deref(), Some("2 hours 15 minutes"));
/// assert_eq!(written(Value::Amount(50_005)).as_deref(), Some("500.05 kronor"));
/// assert_eq!(written(Value::Unknown), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn literal(program: &Program, pool: &Pool, value: Value, language: Language) -> Option<String> {
    let name = |names: &[crate::program::Named], number: u16| {
        names.get(usize::from(number)).map(|named| named.name.clone())
    };
    Some(match value {
        Value::Unknown => return None,
        Value::None => word("k_nothing", language).to_owned(),
        Value::YesNo(true) => word("k_yes", language).to_owned(),
        Value::YesNo(false) => word("k_no", language).to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Moment(moment) => moment.to_string(),
        Value::Clock(clock) => clock.to_string(),
        Value::Count(number) => number.to_string(),
        Value::Number(parts) => decimal(parts, scale::NUMBER),
        Value::Amount(ore) => counted(&decimal(ore, scale::KRONA), "u_krona", language),
        Value::Share { part, whole } => share(part, whole, language)?,
        Value::Duration(seconds) => duration(seconds, language),
        Value::Period(period) => period_of(period, language)?,
        Value::Text(id) => quoted(pool.letters(id))?,
        Value::Choice(id) => name(&program.types.get(usize::from(id.of))?.values, id.value)?,
        Value::Role(number) => name(&program.roles, number)?,
        Value::Word(number) => name(&program.counting_words, number)?,
        Value::Set(id) => {
            let members = pool.members(id).iter().map(|member| literal(program, pool, *member, language));
            format!("{{{}}}", members.collect::<Option<Vec<String>>>()?.join(", "))
        }
        Value::Rate { base, per, amount } => {
            let amount = match base {
                RateBase::Count => Value::Count(amount),
                RateBase::Number => Value::Number(amount),
                RateBase::Amount => Value::Amount(amount),
                RateBase::Duration => Value::Duration(amount),
            };
            let per = match per {
                PerId::Unit(unit) => word(unit_word(unit), language).to_owned(),
                PerId::Word(number) => name(&program.counting_words, number)?,
            };
            format!("{} {} {per}", literal(program, pool, amount, language)?, word("k_per", language))
        }
    })
}

/// A text in quotation marks; one that has them itself cannot be written.
pub(super) fn quoted(text: &str) -> Option<String> {
    (!text.contains(['"', '\n', '\r'])).then(|| format!("\"{text}\""))
}

fn unit_word(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Day => "c_day",
        CalendarUnit::Week => "c_week",
        CalendarUnit::Month => "c_month",
        CalendarUnit::Quarter => "c_quarter",
        CalendarUnit::Year => "c_year",
    }
}

/// A number of parts of which `unit` make one, with a decimal point.
fn decimal(parts: i64, unit: i64) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    let (parts, unit) = (parts.unsigned_abs(), unit.unsigned_abs().max(1));
    let (whole, rest) = (parts.checked_div(unit).unwrap_or(0), parts.checked_rem(unit).unwrap_or(0));
    let digits = unit.ilog10() as usize;
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{rest:0digits$}").trim_end_matches('0'))
}

fn counted(number: &str, unit: &str, language: Language) -> String {
    let unit = if matches!(number, "1" | "-1") { word(unit, language) } else { plural(unit, language) };
    format!("{number} {unit}")
}

/// Hours, minutes and seconds; negative work time in one unit, since a sign belongs to one number.
fn duration(seconds: i64, language: Language) -> String {
    let units = [(scale::HOUR, "u_hour"), (scale::MINUTE, "u_minute"), (1, "u_second")];
    if seconds <= 0 {
        let whole = units.iter().find(|(unit, _)| seconds.checked_rem(*unit) == Some(0));
        let (unit, name) = whole.copied().unwrap_or((1, "u_second"));
        return counted(&seconds.checked_div(unit).unwrap_or(0).to_string(), name, language);
    }
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, name) in units {
        let number = rest.checked_div(unit).unwrap_or(0);
        rest = rest.checked_rem(unit).unwrap_or(0);
        if number > 0 {
            parts.push(counted(&number.to_string(), name, language));
        }
    }
    parts.join(" ")
}

fn period_of(period: Period, language: Language) -> Option<String> {
    if period.months < 0 || period.days < 0 {
        return None;
    }
    let years = period.months.checked_div(12).filter(|_| period.months.checked_rem(12) == Some(0));
    let mut parts = Vec::new();
    match years {
        Some(years) if years > 0 => parts.push(counted(&years.to_string(), "u_year", language)),
        _ if period.months > 0 => parts.push(counted(&period.months.to_string(), "u_month", language)),
        _ => {}
    }
    let weeks = period.days.checked_div(7).filter(|_| period.days.checked_rem(7) == Some(0));
    match weeks {
        Some(weeks) if weeks > 0 => parts.push(counted(&weeks.to_string(), "u_week", language)),
        _ if period.days > 0 || parts.is_empty() => {
            parts.push(counted(&period.days.to_string(), "u_day", language));
        }
        _ => {}
    }
    Some(parts.join(" "))
}

/// A percentage when it is exact, else minutes of minutes.
fn share(part: i64, whole: u32, language: Language) -> Option<String> {
    if let Some(exact) = crate::words::percent_exactly(part, whole) {
        return Some(format!("{} %", decimal(exact, 10_000)));
    }
    let minutes = |number: i64| duration(number.checked_mul(scale::MINUTE)?, language).into();
    let (part, whole): (Option<String>, Option<String>) = (minutes(part), minutes(i64::from(whole)));
    Some(format!("{} / {}", part?, whole?))
}
