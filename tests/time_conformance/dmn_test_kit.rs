//! The rows of the DMN test kit that plain dates and periods of months and days can express.

use frist::Language;
use frist::time::{Day, MonthPolicy, Period, month_name, plus_period, weekday_name};

use crate::vectors::Verdict::{self, LeftOut};
use crate::vectors::{Row, judge, said, shown};

const POLICIES: [MonthPolicy; 4] =
    [MonthPolicy::Sfs1930_173, MonthPolicy::LastDay, MonthPolicy::FirstOfNext, MonthPolicy::Strict];

/// Reads `P1Y2M` and `-P3D`, durations without time of day.
fn feel_period(text: &str) -> Option<Period> {
    let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut rest = rest.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut period = Period::ZERO;
    while let Some(at) = rest.find(|c: char| !c.is_ascii_digit()) {
        let count = sign * rest.get(..at)?.parse::<i32>().ok()?;
        period = match rest.get(at..=at)? {
            "Y" => period.checked_add(Period::years(count).ok()?),
            "M" => period.checked_add(Period::months(count)),
            "D" => period.checked_add(Period::days(count)),
            _ => return None,
        }
        .ok()?;
        rest = rest.get(at + 1..)?;
    }
    rest.is_empty().then_some(period)
}

fn feel_duration(period: Period) -> String {
    let sign = if period.months < 0 || period.days < 0 { "-" } else { "" };
    let (years, months) = (period.months.abs() / 12, period.months.abs() % 12);
    match (years, months, period.days.abs()) {
        (0, 0, days) => format!("{sign}P{days}D"),
        (0, months, 0) => format!("{sign}P{months}M"),
        (years, 0, 0) => format!("{sign}P{years}Y"),
        (years, months, 0) => format!("{sign}P{years}Y{months}M"),
        _ => "mixed".to_owned(),
    }
}

/// Reads `date("2018-12-05")` or `@"2018-12-05"`.
fn feel_date(text: &str) -> Option<Day> {
    let text = text.trim();
    let quoted = text.strip_prefix('@').or_else(|| text.strip_prefix("date(")?.strip_suffix(')'))?;
    quoted.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

/// Splits at commas that are not inside brackets.
fn at_commas(text: &str) -> Vec<&str> {
    let mut depth = 0;
    text.split(|c| {
        depth += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        c == ',' && depth == 0
    })
    .collect()
}

/// Whether a day passes a FEEL unary test of dates; `None` when the test is of something else.
fn feel_in(day: Day, test: &str) -> Option<bool> {
    let test = test.trim();
    if let Some(other) = feel_date(test) {
        return Some(day == other);
    }
    type Compare = fn(&Day, &Day) -> bool;
    let operators: [(&str, Compare); 6] =
        [("<=", Day::le), (">=", Day::ge), ("!=", Day::ne), ("<", Day::lt), (">", Day::gt), ("=", Day::eq)];
    for (sign, compare) in operators {
        if let Some(other) = test.strip_prefix(sign) {
            return Some(compare(&day, &feel_date(other)?));
        }
    }
    let (open, inner) =
        test.strip_prefix('[').map(|inner| (false, inner)).or(test.strip_prefix('(').map(|i| (true, i)))?;
    let (end_open, inner) =
        inner.strip_suffix(']').map(|inner| (false, inner)).or(inner.strip_suffix(')').map(|i| (true, i)))?;
    let tests = at_commas(inner);
    let range = inner.split_once("..").filter(|_| tests.len() == 1 && !inner.starts_with('['));
    if let Some((from, to)) = range {
        let (from, to) = (feel_date(from)?, feel_date(to)?);
        let after = if open { day > from } else { day >= from };
        return Some(after && if end_open { day < to } else { day <= to });
    }
    tests.into_iter().map(|test| feel_in(day, test)).try_fold(false, |any, one| Some(any || one?))
}

const TYPES: &str = "a type error: Frist's checker refuses it before any date is computed";
const TIMES: &str = "seconds, zones or durations with hours";
const YEARS: &str = "years outside 1583 to 9999";

fn feel(row: &Row) -> Verdict {
    let (date, period) = (row.date.as_str(), row.period.as_str());
    match row.op.as_str() {
        "feel-expression" | "instance of" | "for" => return LeftOut("expressions and types of FEEL itself"),
        "duration" | "*" | "/" | "abs" | "* (duration first)" | "/ (duration first)" => {
            return LeftOut("reading, multiplying, dividing or taking the size of a duration: not in Frist");
        }
        "years and months duration" => return LeftOut("whole months between two dates: not in Frist"),
        "day of year" => return LeftOut("day of the year: not in Frist"),
        op if op.starts_with("duration.") => return LeftOut("parts of a duration: not in Frist"),
        "date" => return feel_date_call(row),
        _ => {}
    }
    if row.expected.starts_with("null") {
        return LeftOut(TYPES);
    }
    if let Ok(day) = date.parse::<Day>() {
        return feel_of_date(row, day, period);
    }
    match (row.op.as_str(), feel_period(date), feel_period(period)) {
        ("negate", Some(period), _) => said(period.negate().map_or_else(|e| e.to_string(), feel_duration)),
        ("+", Some(a), Some(b)) => said(a.checked_add(b).map_or_else(|e| e.to_string(), feel_duration)),
        ("-", Some(a), Some(b)) => {
            said(b.negate().and_then(|b| a.checked_add(b)).map_or_else(|e| e.to_string(), feel_duration))
        }
        ("=", Some(a), Some(b)) => said(a == b),
        ("is", Some(a), Some(b)) if a != Period::ZERO => said(a == b),
        ("is", Some(_), Some(_)) => {
            LeftOut("no time in months is another thing than no time in days: not in Frist")
        }
        ("between", Some(_), _) => LeftOut("ordering of durations: `Period` has no order"),
        _ if date.starts_with("-2") || date.contains("99999") => LeftOut(YEARS),
        _ => LeftOut(TIMES),
    }
}

fn feel_of_date(row: &Row, day: Day, argument: &str) -> Verdict {
    let sum = |times: i32| match feel_period(argument) {
        // None of these rows meets a short month, so every policy must give the same day.
        Some(period) => Verdict::Said(
            POLICIES.map(|policy| shown(plus_period(day, period, times, policy).map(|l| l.day))).to_vec(),
        ),
        None => LeftOut(TIMES),
    };
    let english = Language::English;
    match (row.op.as_str(), argument.parse::<Day>()) {
        ("-", Ok(other)) => match i32::try_from(other.days_until(day)) {
            Ok(days) => said(feel_duration(Period::days(days))),
            Err(error) => said(error),
        },
        ("+" | "+ (duration first)", _) => sum(1),
        ("-", _) => sum(-1),
        ("=" | "is", Ok(other)) => said(day == other),
        ("=" | "is" | "date and time" | "string date and time", _) => LeftOut(TIMES),
        ("between", _) => match argument.split_once(" and ") {
            Some((from, to)) => match (feel_date(from), feel_date(to)) {
                (Some(from), Some(to)) => said((from..=to).contains(&day)),
                _ => said("unreadable bounds"),
            },
            None => said("unreadable bounds"),
        },
        ("in", _) => feel_in(day, argument).map_or(LeftOut("tests of other things than dates"), said),
        ("week of year", _) => said(day.iso_week().week()),
        ("day of week", _) => said(weekday_name(day.weekday(), english)),
        ("month of year", _) => said(month_name(day.month(), english).unwrap_or("no month")),
        ("property.year" | "date.year", _) => said(day.year()),
        ("property.month" | "date.month", _) => said(day.month()),
        ("property.day" | "date.day", _) => said(day.day_of_month()),
        ("date.weekday", _) => said(day.weekday().number()),
        (op, _) if op.starts_with("date and time.") => LeftOut(TIMES),
        _ => said("an operation that this test does not know"),
    }
}

/// The constructor `date`, of a text or of three numbers; an error there must be a refusal here.
fn feel_date_call(row: &Row) -> Verdict {
    let date = row.date.as_str();
    if date.is_empty() || date.contains("null") {
        return LeftOut(TYPES);
    }
    if date.starts_with('-') && row.expected.starts_with('-') {
        return LeftOut(YEARS);
    }
    let refused = || "null(error)".to_owned();
    let parts: Vec<&str> = date.split(',').collect();
    if let [year, month, day] = parts.as_slice() {
        let part = |text: &str| text.parse::<u8>().ok();
        let made = year.parse().ok().zip(part(month).zip(part(day)));
        let made = made.and_then(|(year, (month, day))| Day::from_ymd(year, month, day));
        return said(made.map_or_else(refused, |day| day.to_string()));
    }
    if date.contains('T') && !row.expected.starts_with("null") {
        return LeftOut(TIMES);
    }
    said(date.parse::<Day>().map_or_else(|_| refused(), |day| day.to_string()))
}

#[test]
fn dmn_test_kit() {
    judge("feel_date_vectors.csv", 138, feel);
}
