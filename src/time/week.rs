//! Days of the week and ISO weeks.

use std::fmt;

use super::civil;

/// A day of the week. Ordered from Monday.
///
/// ```
/// use frist::time::Weekday;
/// assert_eq!(Weekday::Sunday.number(), 7);
/// assert!(Weekday::Monday < Weekday::Sunday);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, from Monday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The ISO number: 1 for Monday to 7 for Sunday.
    ///
    /// ```
    /// assert_eq!(frist::time::Weekday::Thursday.number(), 4);
    /// ```
    pub const fn number(self) -> u8 {
        match self {
            Weekday::Monday => 1,
            Weekday::Tuesday => 2,
            Weekday::Wednesday => 3,
            Weekday::Thursday => 4,
            Weekday::Friday => 5,
            Weekday::Saturday => 6,
            Weekday::Sunday => 7,
        }
    }

    /// The weekday of a day number; number 0, 1970-01-01, is a Thursday.
    pub(super) const fn of_number(number: i32) -> Weekday {
        match number.rem_euclid(7) {
            0 => Weekday::Thursday,
            1 => Weekday::Friday,
            2 => Weekday::Saturday,
            3 => Weekday::Sunday,
            4 => Weekday::Monday,
            5 => Weekday::Tuesday,
            _ => Weekday::Wednesday,
        }
    }
}

/// A week of ISO 8601: from Monday to Sunday, belonging to the year of its Thursday. Displays as `2024-W05`.
///
/// ```
/// use frist::time::Day;
/// let week = "2010-01-01".parse::<Day>()?.iso_week();
/// assert_eq!((week.year(), week.week()), (2009, 53));
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IsoWeek {
    year: i32,
    week: u8,
}

impl IsoWeek {
    /// The year that the week belongs to, 1582 to 9999: 1583-01-01 and 1583-01-02 lie in the last week of 1582.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The number of the week in its year, 1 to 53.
    pub const fn week(self) -> u8 {
        self.week
    }

    pub(super) const fn of_number(number: i32) -> IsoWeek {
        let to_thursday = 4_i32.saturating_sub(Weekday::of_number(number).number() as i32);
        let thursday = number.saturating_add(to_thursday);
        let (year, _, _) = civil::ymd(thursday);
        let whole_weeks = thursday.saturating_sub(civil::number(year, 1, 1)) / 7;
        IsoWeek { year, week: whole_weeks.saturating_add(1) as u8 }
    }
}

impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}
