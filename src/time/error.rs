//! What can go wrong with a date.

use std::fmt;

/// Why a date could not be computed or read.
///
/// The fields are public so that a caller can word the message in its own language; `Display` is English.
///
/// ```
/// use frist::time::{Day, MonthPolicy, TimeError, plus_months};
/// let day: Day = "2025-01-31".parse()?;
/// let error = plus_months(day, 1, MonthPolicy::Strict).unwrap_err();
/// assert_eq!(error, TimeError::NoSuchDay { year: 2025, month: 2, day: 31 });
/// assert_eq!(error.to_string(), "there is no day 2025-02-31");
/// # Ok::<(), TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeError {
    /// The result lies outside 1583-01-01 to 9999-12-31, or a period or count is too large for any such result.
    OutOfRange,
    /// The year is in range but the calendar has no such day, like 30 February or a 13th month.
    NoSuchDay {
        /// The year, 1583 to 9999.
        year: i32,
        /// The month number as asked for.
        month: u8,
        /// The day number as asked for.
        day: u8,
    },
    /// No month has a day of this number: it must be 1 to 31.
    NoSuchDayNumber {
        /// The number as asked for.
        day: u8,
    },
    /// The text does not have the shape of a date, clock time or moment.
    Malformed {
        /// The shape that was expected, like `YYYY-MM-DD`.
        expected: &'static str,
    },
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeError::OutOfRange => f.write_str("the date is outside the years 1583 to 9999"),
            TimeError::NoSuchDay { year, month, day } => {
                write!(f, "there is no day {year:04}-{month:02}-{day:02}")
            }
            TimeError::NoSuchDayNumber { day } => write!(f, "no month has a day number {day}"),
            TimeError::Malformed { expected } => write!(f, "expected {expected}"),
        }
    }
}

impl std::error::Error for TimeError {}
