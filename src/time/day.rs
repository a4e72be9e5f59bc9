//! A civil day, the one kind of date that the rest of Frist sees.

use std::fmt;
use std::str::FromStr;

use super::civil::{self, FIRST_YEAR, LAST_YEAR};
use super::text;
use super::{IsoWeek, TimeError, Weekday, days_in_month};

/// A day of the Gregorian calendar, from 1583-01-01 to 9999-12-31, both included.
///
/// It is one `i32`, ordered by time, without time zone. It displays as, and is read and serialized from, the strict
/// ISO form `YYYY-MM-DD`.
///
/// ```
/// use frist::time::{Day, Weekday};
/// let day: Day = "2025-05-01".parse()?;
/// assert_eq!(day.ymd(), (2025, 5, 1));
/// assert_eq!(day.weekday(), Weekday::Thursday);
/// assert_eq!(day.plus_days(3)?.to_string(), "2025-05-04");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The first day, 1583-01-01.
    pub const MIN: Day = Day(civil::number(FIRST_YEAR, 1, 1));
    /// The last day, 9999-12-31.
    pub const MAX: Day = Day(civil::number(LAST_YEAR, 12, 31));

    /// The day of a date, or `None` when there is no such day or the year is not 1583 to 9999.
    ///
    /// ```
    /// use frist::time::Day;
    /// assert!(Day::from_ymd(2024, 2, 29).is_some());
    /// assert!(Day::from_ymd(2025, 2, 29).is_none());
    /// ```
    pub const fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        if year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Day(civil::number(year, month, day)))
    }

    /// A date whose year is in range and whose month and day number are known to exist.
    pub(super) const fn of_existing(year: i32, month: u8, day: u8) -> Day {
        Day(civil::number(year, month, day))
    }

    /// The day of a day number (days since 1970-01-01), or `None` outside [`Day::MIN`] to [`Day::MAX`].
    ///
    /// ```
    /// use frist::time::Day;
    /// assert_eq!(Day::from_number(0), Day::from_ymd(1970, 1, 1));
    /// assert_eq!(Day::from_number(i32::MAX), None);
    /// ```
    pub const fn from_number(number: i32) -> Option<Day> {
        if number < Day::MIN.0 || number > Day::MAX.0 { None } else { Some(Day(number)) }
    }

    /// Days since 1970-01-01; negative before it.
    ///
    /// ```
    /// use frist::time::Day;
    /// assert_eq!(Day::from_ymd(1970, 1, 2).map(Day::number), Some(1));
    /// ```
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The year, the month (1 to 12) and the day of the month (1 to 31).
    ///
    /// ```
    /// use frist::time::Day;
    /// assert_eq!(Day::MAX.ymd(), (9999, 12, 31));
    /// ```
    pub const fn ymd(self) -> (i32, u8, u8) {
        civil::ymd(self.0)
    }

    /// The year, 1583 to 9999.
    ///
    /// ```
    /// assert_eq!(frist::time::Day::MIN.year(), 1583);
    /// ```
    pub const fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month, 1 to 12.
    ///
    /// ```
    /// assert_eq!(frist::time::Day::MAX.month(), 12);
    /// ```
    pub const fn month(self) -> u8 {
        self.ymd().1
    }

    /// The day of the month, 1 to 31.
    ///
    /// ```
    /// assert_eq!(frist::time::Day::MAX.day_of_month(), 31);
    /// ```
    pub const fn day_of_month(self) -> u8 {
        self.ymd().2
    }

    /// The day of the week.
    ///
    /// ```
    /// use frist::time::{Day, Weekday};
    /// assert_eq!(Day::MIN.weekday(), Weekday::Saturday);
    /// ```
    pub const fn weekday(self) -> Weekday {
        Weekday::of_number(self.0)
    }

    /// The ISO 8601 week, whose year can differ from the year of the day around New Year.
    ///
    /// ```
    /// use frist::time::Day;
    /// let day: Day = "2024-12-30".parse()?;
    /// assert_eq!(day.iso_week().to_string(), "2025-W01");
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub const fn iso_week(self) -> IsoWeek {
        IsoWeek::of_number(self.0)
    }

    /// The day so many days later (earlier when negative). The day itself is not counted: 3 days after 1 March is
    /// 4 March.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] when the result lies outside [`Day::MIN`] to [`Day::MAX`].
    ///
    /// ```
    /// use frist::time::Day;
    /// let day: Day = "2025-03-01".parse()?;
    /// assert_eq!(day.plus_days(3)?.to_string(), "2025-03-04");
    /// assert!(Day::MAX.plus_days(1).is_err());
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub fn plus_days(self, days: i64) -> Result<Day, TimeError> {
        let number = i64::from(self.0).saturating_add(days);
        i32::try_from(number).ok().and_then(Day::from_number).ok_or(TimeError::OutOfRange)
    }

    /// The day so many weeks later (earlier when negative): the same weekday (SFS 1930:173 1 §).
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] when the result lies outside [`Day::MIN`] to [`Day::MAX`].
    ///
    /// ```
    /// use frist::time::Day;
    /// let day: Day = "2003-12-15".parse()?;
    /// assert_eq!(day.plus_weeks(3)?.to_string(), "2004-01-05");
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub fn plus_weeks(self, weeks: i64) -> Result<Day, TimeError> {
        self.plus_days(weeks.saturating_mul(7))
    }

    /// The day after.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] on [`Day::MAX`].
    ///
    /// ```
    /// use frist::time::Day;
    /// assert_eq!(Day::MIN.next()?.to_string(), "1583-01-02");
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub fn next(self) -> Result<Day, TimeError> {
        self.plus_days(1)
    }

    /// The day before.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] on [`Day::MIN`].
    ///
    /// ```
    /// use frist::time::Day;
    /// assert!(Day::MIN.previous().is_err());
    /// ```
    pub fn previous(self) -> Result<Day, TimeError> {
        self.plus_days(-1)
    }

    /// The number of days from this day to the other; negative when the other is earlier.
    ///
    /// ```
    /// use frist::time::Day;
    /// let (a, b): (Day, Day) = ("2025-03-01".parse()?, "2025-03-04".parse()?);
    /// assert_eq!(a.days_until(b), 3);
    /// assert_eq!(b.days_until(a), -3);
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub const fn days_until(self, other: Day) -> i64 {
        (other.0 as i64).saturating_sub(self.0 as i64)
    }

    /// The first day of the month of this day.
    ///
    /// ```
    /// use frist::time::Day;
    /// assert_eq!(Day::MAX.first_of_month().to_string(), "9999-12-01");
    /// ```
    pub const fn first_of_month(self) -> Day {
        let (year, month, _) = self.ymd();
        Day::of_existing(year, month, 1)
    }

    /// The last day of the month of this day.
    ///
    /// ```
    /// use frist::time::Day;
    /// let day: Day = "2024-02-10".parse()?;
    /// assert_eq!(day.last_of_month().to_string(), "2024-02-29");
    /// # Ok::<(), frist::time::TimeError>(())
    /// ```
    pub const fn last_of_month(self) -> Day {
        let (year, month, _) = self.ymd();
        Day::of_existing(year, month, days_in_month(year, month))
    }

    /// The day that ten bytes of the form `YYYY-MM-DD` name; `None` for any other.
    pub(crate) fn of_iso(letters: &[u8; 10]) -> Option<Day> {
        let (year, month, day) = text::parts_of_date(letters)?;
        Day::from_ymd(year, month, day)
    }

    /// The ISO form as ten ASCII bytes, for writers that must not go through `Display`.
    ///
    /// ```
    /// assert_eq!(&frist::time::Day::MIN.to_iso(), b"1583-01-01");
    /// ```
    pub const fn to_iso(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let parts = [(year / 100) as u8, (year % 100) as u8, month, day];
        let [y1, y2, y3, y4, m1, m2, d1, d2] = text::digits_of_four(parts);
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::pad_ascii(f, &self.to_iso())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = TimeError;

    /// Reads `YYYY-MM-DD`, zero-padded, with nothing before or after.
    fn from_str(text: &str) -> Result<Day, TimeError> {
        let parts = text.as_bytes().try_into().ok().and_then(text::parts_of_date);
        let Some((year, month, day)) = parts else {
            return Err(TimeError::Malformed { expected: "YYYY-MM-DD" });
        };
        if year < FIRST_YEAR {
            return Err(TimeError::OutOfRange);
        }
        Day::from_ymd(year, month, day).ok_or(TimeError::NoSuchDay { year, month, day })
    }
}

text::serde_as_text!(Day, "a date YYYY-MM-DD");
