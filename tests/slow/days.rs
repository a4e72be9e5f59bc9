//! Day arithmetic of its own: numbers from 2024-01-01, months by the table of their lengths.

use crate::program::{Day, Span, Unit};

fn leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn length(year: i32, month: i32) -> i32 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of a day.
pub fn civil(day: Day) -> (i32, i32, i32) {
    let (mut year, mut rest) = (2024, day);
    while rest < 0 {
        year -= 1;
        rest += if leap(year) { 366 } else { 365 };
    }
    while rest >= if leap(year) { 366 } else { 365 } {
        rest -= if leap(year) { 366 } else { 365 };
        year += 1;
    }
    let mut month = 1;
    while rest >= length(year, month) {
        rest -= length(year, month);
        month += 1;
    }
    (year, month, rest + 1)
}

pub fn of(year: i32, month: i32, day: i32) -> Day {
    let mut number = 0;
    for y in 2024..year {
        number += if leap(y) { 366 } else { 365 };
    }
    for y in year..2024 {
        number -= if leap(y) { 366 } else { 365 };
    }
    for m in 1..month {
        number += length(year, m);
    }
    number + day - 1
}

/// The same day number some months on, or the last day of a month that lacks it (SFS 1930:173 § 1).
pub fn months_on(day: Day, months: i32) -> Day {
    let (year, month, number) = civil(day);
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    of(year, month, number.min(length(year, month)))
}

pub fn shift(day: Day, count: i64, unit: Unit) -> Day {
    let count = i32::try_from(count).unwrap();
    match unit {
        Unit::Days => day + count,
        Unit::Weeks => day + 7 * count,
        Unit::Months => months_on(day, count),
        Unit::Years => months_on(day, 12 * count),
    }
}

/// The N-th of the month that lies some months on, if that month has it.
pub fn day_of(day: Day, number: u32, months: i32) -> Option<Day> {
    let (year, month, _) = civil(day);
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let number = i32::try_from(number).unwrap();
    (number <= length(year, month)).then(|| of(year, month, number))
}

pub fn month_end(day: Day) -> Day {
    let (year, month, _) = civil(day);
    of(year, month, length(year, month))
}

/// Monday is 0. 2024-01-01 was one.
pub fn weekday(day: Day) -> i32 {
    day.rem_euclid(7)
}

/// The first day of the week, month, quarter or year of a day.
pub fn start(day: Day, span: Span) -> Day {
    let (year, month, _) = civil(day);
    match span {
        Span::Week => day - weekday(day),
        Span::Month => of(year, month, 1),
        Span::Quarter => of(year, (month - 1) / 3 * 3 + 1, 1),
        Span::Year => of(year, 1, 1),
    }
}

/// The last day of the week, month, quarter or year of a day.
pub fn end(day: Day, span: Span) -> Day {
    match span {
        Span::Week => start(day, span) + 6,
        Span::Month => months_on(start(day, span), 1) - 1,
        Span::Quarter => months_on(start(day, span), 3) - 1,
        Span::Year => months_on(start(day, span), 12) - 1,
    }
}

pub fn iso(day: Day) -> String {
    let (year, month, number) = civil(day);
    format!("{year:04}-{month:02}-{number:02}")
}
