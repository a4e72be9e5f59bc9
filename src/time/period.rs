//! Periods of months and days, and the two ways to ask whether one fits before a day.

use super::{Day, Landing, MonthPolicy, TimeError, YearMonth, plus_months};

/// A length of time in months and in days, kept apart because a month has no fixed number of days.
///
/// A year is twelve months and a week is seven days. Either part may be negative.
///
/// ```
/// use frist::time::Period;
/// let period = Period::years(1)?.checked_add(Period::weeks(2)?)?;
/// assert_eq!(period, Period { months: 12, days: 14 });
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Period {
    /// Months; a year is 12.
    pub months: i32,
    /// Days; a week is 7.
    pub days: i32,
}

impl Period {
    /// No time at all.
    pub const ZERO: Period = Period { months: 0, days: 0 };

    /// So many years, of twelve months each.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] when the months do not fit in 32 bits.
    pub const fn years(years: i32) -> Result<Period, TimeError> {
        match years.checked_mul(12) {
            Some(months) => Ok(Period::months(months)),
            None => Err(TimeError::OutOfRange),
        }
    }

    /// So many months.
    pub const fn months(months: i32) -> Period {
        Period { months, days: 0 }
    }

    /// So many weeks, of seven days each.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] when the days do not fit in 32 bits.
    pub const fn weeks(weeks: i32) -> Result<Period, TimeError> {
        match weeks.checked_mul(7) {
            Some(days) => Ok(Period::days(days)),
            None => Err(TimeError::OutOfRange),
        }
    }

    /// So many days.
    pub const fn days(days: i32) -> Period {
        Period { months: 0, days }
    }

    /// The sum, part by part.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] when a part does not fit in 32 bits.
    pub const fn checked_add(self, other: Period) -> Result<Period, TimeError> {
        match (self.months.checked_add(other.months), self.days.checked_add(other.days)) {
            (Some(months), Some(days)) => Ok(Period { months, days }),
            _ => Err(TimeError::OutOfRange),
        }
    }

    /// The same length the other way.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] when a part is `i32::MIN`, whose opposite does not fit.
    ///
    /// ```
    /// use frist::time::Period;
    /// assert_eq!(Period::months(3).negate()?, Period::months(-3));
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub const fn negate(self) -> Result<Period, TimeError> {
        match (self.months.checked_neg(), self.days.checked_neg()) {
            (Some(months), Some(days)) => Ok(Period { months, days }),
            _ => Err(TimeError::OutOfRange),
        }
    }
}

/// The day a period after a day: first the months, then the days.
///
/// `times` says how many times the period is counted: 1 forward, -1 back, 2 twice forward. However many, the months
/// are counted in one step from the day, so that twice a month from 31 January is 31 March.
///
/// # Errors
/// As [`plus_months`] and [`Day::plus_days`].
///
/// ```
/// use frist::time::{Day, MonthPolicy, Period, plus_period};
/// let day: Day = "2024-01-31".parse()?;
/// let period = Period { months: 1, days: 3 };
/// let landing = plus_period(day, period, 1, MonthPolicy::Sfs1930_173)?;
/// assert_eq!((landing.day.to_string().as_str(), landing.missing), ("2024-03-03", Some(31)));
/// let twice = plus_period(day, Period::months(1), 2, MonthPolicy::Sfs1930_173)?;
/// assert_eq!(twice.day.to_string(), "2024-03-31");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn plus_period(day: Day, period: Period, times: i32, policy: MonthPolicy) -> Result<Landing, TimeError> {
    // Two 32-bit numbers multiply without loss in 64 bits.
    let times = i64::from(times);
    let landing = plus_months(day, i64::from(period.months).saturating_mul(times), policy)?;
    let day = landing.day.plus_days(i64::from(period.days).saturating_mul(times))?;
    Ok(Landing { day, ..landing })
}

/// True when a period fits between a day and a target: the day plus the period is on or before the target.
///
/// Months are counted forward from the day, as SFS 1930:173 1 § counts; counting back from the target gives another
/// answer at some month ends.
///
/// # Errors
/// As [`plus_period`].
///
/// ```
/// use frist::time::{Day, MonthPolicy, Period, is_at_least_before};
/// let (rung, start): (Day, Day) = ("2025-11-30".parse()?, "2026-02-28".parse()?);
/// assert!(is_at_least_before(rung, Period::months(3), start, MonthPolicy::Sfs1930_173)?);
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn is_at_least_before(
    day: Day,
    period: Period,
    target: Day,
    policy: MonthPolicy,
) -> Result<bool, TimeError> {
    Ok(plus_period(day, period, 1, policy)?.day <= target)
}

/// The last day from which a period still fits before a target: the last one for which [`is_at_least_before`] holds.
///
/// Under [`MonthPolicy::Strict`] the days whose sum does not exist are passed over.
///
/// # Errors
/// [`TimeError::OutOfRange`] when that day, or the target less the days of the period, lies outside the years 1583
/// to 9999.
///
/// ```
/// use frist::time::{Day, MonthPolicy, Period, last_day_at_least_before, plus_months};
/// let target: Day = "2026-02-28".parse()?;
/// let last = last_day_at_least_before(Period::months(3), target, MonthPolicy::Sfs1930_173)?;
/// assert_eq!(last.to_string(), "2025-11-30");
/// assert_eq!(plus_months(target, -3, MonthPolicy::Sfs1930_173)?.day.to_string(), "2025-11-28");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn last_day_at_least_before(period: Period, target: Day, policy: MonthPolicy) -> Result<Day, TimeError> {
    // The months must land on or before this day.
    let latest = target.plus_days(i64::from(period.days).saturating_neg())?;
    let (_, _, number) = latest.ymd();
    let month = YearMonth::from(latest);
    // Every policy is monotone where it is defined, so the answer lies in the month counted back. Days of it up to
    // `number` land on or before `latest`. Later ones do only if they are clamped onto it, which takes a `latest`
    // that ends its month; the other policies send them past it or refuse them.
    let from = month.plus(i64::from(period.months).saturating_neg())?;
    let clamps = matches!(policy, MonthPolicy::Sfs1930_173 | MonthPolicy::LastDay);
    let day = if clamps && number == month.days() { from.days() } else { number.min(from.days()) };
    Ok(Day::of_existing(from.year(), from.month(), day))
}
