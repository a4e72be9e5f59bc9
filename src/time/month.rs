//! Months of a year, and what to do when a month lacks the wanted day.

use std::fmt;

use super::civil::{FIRST_YEAR, LAST_YEAR};
use super::{Day, TimeError, days_in_month};

/// A month of a certain year, 1583-01 to 9999-12. Displays as `2024-01`.
///
/// ```
/// use frist::time::{Day, YearMonth};
/// let month = YearMonth::from("2024-02-10".parse::<Day>()?);
/// assert_eq!(month.to_string(), "2024-02");
/// assert_eq!(month.last_day().to_string(), "2024-02-29");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: i32,
    month: u8,
}

impl YearMonth {
    /// The month, or `None` when the year is not 1583 to 9999 or the month not 1 to 12.
    ///
    /// ```
    /// use frist::time::YearMonth;
    /// assert!(YearMonth::new(2024, 12).is_some() && YearMonth::new(2024, 13).is_none());
    /// ```
    pub const fn new(year: i32, month: u8) -> Option<YearMonth> {
        if year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 {
            return None;
        }
        Some(YearMonth { year, month })
    }

    /// The year, 1583 to 9999.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The number of days in the month, 28 to 31.
    pub const fn days(self) -> u8 {
        days_in_month(self.year, self.month)
    }

    /// The first day of the month.
    pub const fn first_day(self) -> Day {
        Day::of_existing(self.year, self.month, 1)
    }

    /// The last day of the month.
    pub const fn last_day(self) -> Day {
        Day::of_existing(self.year, self.month, self.days())
    }

    /// The month so many months later (earlier when negative).
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] outside the years 1583 to 9999.
    ///
    /// ```
    /// use frist::time::{TimeError, YearMonth};
    /// let month = YearMonth::new(2024, 11).ok_or(TimeError::OutOfRange)?;
    /// assert_eq!(month.plus(3)?.to_string(), "2025-02");
    /// assert_eq!(month.plus(-11)?.to_string(), "2023-12");
    /// # Ok::<(), TimeError>(())
    /// ```
    pub fn plus(self, months: i64) -> Result<YearMonth, TimeError> {
        let index = i64::from(self.year)
            .saturating_mul(12)
            .saturating_add(i64::from(self.month))
            .saturating_sub(1)
            .saturating_add(months);
        let year = i32::try_from(index.div_euclid(12)).map_err(|_| TimeError::OutOfRange)?;
        let month = (index.rem_euclid(12) as u8).saturating_add(1);
        YearMonth::new(year, month).ok_or(TimeError::OutOfRange)
    }

    /// The month after.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] in December 9999.
    pub fn next(self) -> Result<YearMonth, TimeError> {
        self.plus(1)
    }
}

impl From<Day> for YearMonth {
    fn from(day: Day) -> YearMonth {
        let (year, month, _) = day.ymd();
        YearMonth { year, month }
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Where a count of months or years lands when the month that it reaches lacks the day number.
///
/// ```
/// use frist::time::{Day, MonthPolicy, plus_months};
/// let day: Day = "2025-01-31".parse()?;
/// assert_eq!(plus_months(day, 1, MonthPolicy::Sfs1930_173)?.day.to_string(), "2025-02-28");
/// assert_eq!(plus_months(day, 1, MonthPolicy::FirstOfNext)?.day.to_string(), "2025-03-01");
/// assert!(plus_months(day, 1, MonthPolicy::Strict).is_err());
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MonthPolicy {
    /// The last day of the month, because the ruleset says that time is counted as SFS 1930:173 1 § has it.
    Sfs1930_173,
    /// The last day of the month, because the ruleset says so itself. It counts as [`MonthPolicy::Sfs1930_173`] does.
    LastDay,
    /// The first day of the month after.
    FirstOfNext,
    /// Nowhere: it is an error.
    Strict,
}

impl MonthPolicy {
    /// The legal source of the policy, if it has one.
    ///
    /// ```
    /// use frist::time::MonthPolicy;
    /// assert_eq!(MonthPolicy::Sfs1930_173.law(), Some("SFS 1930:173 1 §"));
    /// assert_eq!(MonthPolicy::LastDay.law(), None);
    /// ```
    pub const fn law(self) -> Option<&'static str> {
        match self {
            MonthPolicy::Sfs1930_173 => Some("SFS 1930:173 1 §"),
            MonthPolicy::LastDay | MonthPolicy::FirstOfNext | MonthPolicy::Strict => None,
        }
    }
}

/// The day that a count of months reached, and whether the month lacked the wanted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Landing {
    /// The day.
    pub day: Day,
    /// The day number that was wanted, 29 to 31, when the month reached does not have it: then the policy decided.
    pub missing: Option<u8>,
}

/// The day of a given number in a month; where the month lacks it, as the policy says.
///
/// # Errors
/// [`TimeError::NoSuchDayNumber`] when `day` is not 1 to 31; [`TimeError::NoSuchDay`] when the policy is
/// [`MonthPolicy::Strict`] and the month is shorter than that.
///
/// ```
/// use frist::time::{MonthPolicy, TimeError, YearMonth, nth_of_month};
/// let february = YearMonth::new(2025, 2).ok_or(TimeError::OutOfRange)?;
/// let landing = nth_of_month(february, 30, MonthPolicy::LastDay)?;
/// assert_eq!(landing.day.to_string(), "2025-02-28");
/// assert_eq!(landing.missing, Some(30));
/// # Ok::<(), TimeError>(())
/// ```
pub fn nth_of_month(month: YearMonth, day: u8, policy: MonthPolicy) -> Result<Landing, TimeError> {
    if !(1..=31).contains(&day) {
        return Err(TimeError::NoSuchDayNumber { day });
    }
    if day <= month.days() {
        return Ok(Landing { day: Day::of_existing(month.year, month.month, day), missing: None });
    }
    let landed = match policy {
        MonthPolicy::Sfs1930_173 | MonthPolicy::LastDay => month.last_day(),
        MonthPolicy::FirstOfNext => month.next()?.first_day(),
        MonthPolicy::Strict => {
            return Err(TimeError::NoSuchDay { year: month.year, month: month.month, day });
        }
    };
    Ok(Landing { day: landed, missing: Some(day) })
}

/// The day so many months after a day (before it when negative), counted in one step from that day.
///
/// The number of the day in the month is kept (SFS 1930:173 1 §); where the month reached lacks it, the policy
/// decides. Counting in one step matters: 31 January and two months is 31 March, not 28 March.
///
/// # Errors
/// [`TimeError::OutOfRange`] outside the years 1583 to 9999; [`TimeError::NoSuchDay`] when the policy is
/// [`MonthPolicy::Strict`] and the month reached lacks the day.
///
/// ```
/// use frist::time::{Day, MonthPolicy, plus_months};
/// let day: Day = "2026-01-31".parse()?;
/// let one = plus_months(day, 1, MonthPolicy::Sfs1930_173)?;
/// assert_eq!((one.day.to_string().as_str(), one.missing), ("2026-02-28", Some(31)));
/// assert_eq!(plus_months(day, 2, MonthPolicy::Sfs1930_173)?.day.to_string(), "2026-03-31");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn plus_months(day: Day, months: i64, policy: MonthPolicy) -> Result<Landing, TimeError> {
    let (year, month, number) = day.ymd();
    nth_of_month(YearMonth { year, month }.plus(months)?, number, policy)
}
