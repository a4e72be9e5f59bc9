//! The rules of `benches/alone.frist` written by hand: one event at a time with chrono, and in columns.

pub mod columns;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A new cap: the branch, and the day it holds from.
pub fn cap(date: NaiveDate) -> Option<(u8, NaiveDate)> {
    let first = date.with_day(1)?;
    if date.day() <= 15 {
        Some((1, first.checked_add_months(Months::new(1))?))
    } else {
        Some((2, first.checked_add_months(Months::new(2))?))
    }
}

/// A contract with few customers or none: the branch, and the first day without a contract unless it goes on.
pub fn contract(date: NaiveDate, start: NaiveDate, customers: i64) -> Option<(u8, Option<NaiveDate>)> {
    if customers == 0 {
        let end = start.checked_add_months(Months::new(12))?;
        if date >= end {
            return Some((1, Some(end)));
        }
    }
    if customers < 6 && date >= start.checked_add_months(Months::new(24))? {
        return Some((2, Some(date.checked_add_days(Days::new(1))?)));
    }
    Some((3, None))
}

/// A notice: the branch, and the first day without a contract.
pub fn notice(date: NaiveDate, by_city: bool) -> Option<(u8, NaiveDate)> {
    if by_city {
        Some((1, date.checked_add_months(Months::new(6))?))
    } else {
        Some((2, date.checked_add_months(Months::new(3))?))
    }
}
