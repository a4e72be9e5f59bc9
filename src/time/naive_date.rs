//! Conversions from and to `chrono`, the only place in Frist that knows it.

use chrono::{Datelike, NaiveDate};

use super::{Day, TimeError};

/// The number that `chrono` gives 1970-01-01, counting 0001-01-01 as day 1.
const EPOCH_FROM_CE: i32 = 719_163;

impl From<Day> for NaiveDate {
    /// ```
    /// use chrono::NaiveDate;
    /// use frist::time::Day;
    /// assert_eq!(NaiveDate::from(Day::MAX).to_string(), "9999-12-31");
    /// ```
    fn from(day: Day) -> NaiveDate {
        // `chrono` reaches years far beyond 9999, so the default is never taken; a test goes through every day.
        NaiveDate::from_num_days_from_ce_opt(day.number().saturating_add(EPOCH_FROM_CE)).unwrap_or_default()
    }
}

impl TryFrom<NaiveDate> for Day {
    type Error = TimeError;

    /// Fails with [`TimeError::OutOfRange`] outside the years 1583 to 9999.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use frist::time::Day;
    /// assert!(Day::try_from(NaiveDate::MAX).is_err());
    /// ```
    fn try_from(date: NaiveDate) -> Result<Day, TimeError> {
        Day::from_number(date.num_days_from_ce().saturating_sub(EPOCH_FROM_CE)).ok_or(TimeError::OutOfRange)
    }
}
