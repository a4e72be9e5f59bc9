//! Month arithmetic under three roundings, and the small operations on dates, as Catala has them.
//!
//! Catala adds years and months together, rounds once and then adds days, which is how Frist counts too; no row adds
//! months and days at once, so the vectors alone would not tell.

use frist::Language;
use frist::time::{Day, MonthPolicy, Period, YearMonth, is_at_least_before, plus_period, weekday_name};

use crate::vectors::Verdict::{self, LeftOut};
use crate::vectors::{Row, judge, said, shown};

/// Reads `[1 years, 2 months, 3 days]`.
fn catala_period(text: &str) -> Option<Period> {
    let inner = text.strip_prefix('[')?.strip_suffix(" days]")?;
    let (years, rest) = inner.split_once(" years, ")?;
    let (months, days) = rest.split_once(" months, ")?;
    let months = years.parse::<i32>().ok()? * 12 + months.parse::<i32>().ok()?;
    Some(Period { months, days: days.parse().ok()? })
}

fn catala(row: &Row) -> Verdict {
    let policies: &[MonthPolicy] = match row.rounding.as_str() {
        "down" => &[MonthPolicy::Sfs1930_173, MonthPolicy::LastDay],
        "up" => &[MonthPolicy::FirstOfNext],
        "abort" => &[MonthPolicy::Strict],
        _ => &[],
    };
    let (op, argument) = row.op.split_once(' ').unwrap_or((&row.op, ""));
    if row.date.contains("..") {
        return LeftOut("closed periods of dates: Frist has no value for one");
    }
    match op {
        "mul_period" => {
            return LeftOut("a multiplied period: Frist counts a period several times from a day instead");
        }
        "lt" | "le" | "gt" | "ge" => {
            return LeftOut("ordering of months and days: `Period` has no order at all");
        }
        "first_day_of_year" | "last_day_of_year" => return LeftOut("first and last day of a year"),
        "period_of_year" => return LeftOut("closed periods of dates: Frist has no value for one"),
        _ => {}
    }
    if let Some((year, month)) = row.date.split_once('-').filter(|(_, month)| month.len() == 2) {
        let month = year.parse().ok().zip(month.parse().ok()).and_then(|(y, m)| YearMonth::new(y, m));
        return match (op, month) {
            ("first_day_of_monthyear", Some(month)) => said(month.first_day()),
            ("last_day_of_monthyear", Some(month)) => said(month.last_day()),
            ("period_of_month_and_year", Some(month)) => {
                said(format!("{}..{}", month.first_day(), month.last_day()))
            }
            _ => said("unknown row of months"),
        };
    }
    let Ok(day) = row.date.parse::<Day>() else { return said("unreadable date") };
    let other = argument.rsplit(' ').next().and_then(|word| word.parse::<Day>().ok());
    let fits = |target| {
        let period = catala_period(&row.period).unwrap_or_default();
        policies.iter().map(move |policy| is_at_least_before(day, period, target, *policy))
    };
    match (op, other) {
        ("add" | "sub", _) => {
            let Some(period) = catala_period(&row.period) else { return said("unreadable period") };
            let times = if op == "add" { 1 } else { -1 };
            let sum = |policy: &MonthPolicy| {
                shown(plus_period(day, period, times, *policy).map(|landing| landing.day))
            };
            Verdict::Said(policies.iter().map(sum).collect())
        }
        ("is_old_enough", Some(target)) => {
            Verdict::Said(fits(target).map(|fits| format!("{}", fits == Ok(true))).collect())
        }
        ("is_young_enough", Some(target)) => {
            Verdict::Said(fits(target).map(|fits| format!("{}", fits == Ok(false))).collect())
        }
        ("first_day_of_month", _) => said(day.first_of_month()),
        ("last_day_of_month", _) => said(day.last_of_month()),
        ("get_year", _) => said(day.year()),
        ("get_month", _) => said(day.month()),
        ("get_day", _) => said(day.day_of_month()),
        ("day_of_week", _) => said(weekday_name(day.weekday(), Language::English)),
        ("min", Some(other)) => said(day.min(other)),
        ("max", Some(other)) => said(day.max(other)),
        ("sub_date", Some(other)) => said(format!("{} days", other.days_until(day))),
        _ => said("an operation that this test does not know"),
    }
}

#[test]
fn dates_calc() {
    judge("dates_calc_vectors.csv", 147, catala);
}
