//! Working days and weekdays: which days the law lets an act wait past.
//!
//! SFS 1930:173 2 § lists the days that are not working days: Sundays and other public holidays (SFS 1989:253),
//! Saturdays, and Midsummer, Christmas and New Year's Eve. Other eves, such as Twelfth Night, are working days.
//! The calendar is declared for [`STATUTORY_YEARS`](super::STATUTORY_YEARS).

use super::{Day, Holiday, TimeError, Weekday, holiday, is_public_holiday};
use crate::Language;

/// An eve that SFS 1930:173 2 § puts on the same footing as a public holiday.
///
/// ```
/// use frist::Language;
/// use frist::time::{Eve, eve};
/// assert_eq!(eve("2026-06-19".parse()?), Some(Eve::Midsummer));
/// assert_eq!(Eve::Midsummer.name(Language::English), "Midsummer Eve");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Eve {
    /// Midsommarafton, the Friday in 19 to 25 June.
    Midsummer,
    /// Julafton, 24 December.
    Christmas,
    /// Nyårsafton, 31 December.
    NewYear,
}

impl Eve {
    /// The name as it stands in running text.
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Eve::Midsummer => language.choose("midsommarafton", "Midsummer Eve"),
            Eve::Christmas => language.choose("julafton", "Christmas Eve"),
            Eve::NewYear => language.choose("nyårsafton", "New Year's Eve"),
        }
    }
}

/// The eve on a day, if it is one of the three.
///
/// ```
/// use frist::time::eve;
/// assert_eq!(eve("2004-01-05".parse()?), None);
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn eve(day: Day) -> Option<Eve> {
    let (_, month, number) = day.ymd();
    match (month, number) {
        (6, 19..=25) if day.weekday() == Weekday::Friday => Some(Eve::Midsummer),
        (12, 24) => Some(Eve::Christmas),
        (12, 31) => Some(Eve::NewYear),
        _ => None,
    }
}

/// Why a day is not a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NonWorking {
    /// A Saturday without a name of its own.
    Saturday,
    /// A Sunday without a name of its own.
    Sunday,
    /// A public holiday, whatever its weekday.
    Holiday(Holiday),
    /// One of the three eves, whatever its weekday.
    Eve(Eve),
}

impl NonWorking {
    /// The name as it stands in running text.
    ///
    /// ```
    /// use frist::Language;
    /// use frist::time::NonWorking;
    /// assert_eq!(NonWorking::Saturday.name(Language::Swedish), "lördag");
    /// ```
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            NonWorking::Saturday => language.choose("lördag", "Saturday"),
            NonWorking::Sunday => language.choose("söndag", "Sunday"),
            NonWorking::Holiday(holiday) => holiday.name(language),
            NonWorking::Eve(eve) => eve.name(language),
        }
    }

    /// The section of law that names the day: SFS 1989:253 for public holidays, SFS 1930:173 for days that are only
    /// treated alike.
    ///
    /// ```
    /// use frist::time::NonWorking;
    /// assert_eq!(NonWorking::Sunday.law(), "SFS 1989:253 1 §");
    /// assert_eq!(NonWorking::Saturday.law(), "SFS 1930:173 2 §");
    /// ```
    pub const fn law(self) -> &'static str {
        match self {
            NonWorking::Sunday => "SFS 1989:253 1 §",
            NonWorking::Holiday(holiday) => holiday.law(),
            NonWorking::Saturday | NonWorking::Eve(_) => "SFS 1930:173 2 §",
        }
    }
}

/// Why a day is not a working day, or `None` when it is one. The most telling reason wins: a holiday by name, then
/// an eve, then Saturday or Sunday.
///
/// ```
/// use frist::time::{Holiday, NonWorking, non_working};
/// assert_eq!(non_working("2025-05-01".parse()?), Some(NonWorking::Holiday(Holiday::MayDay)));
/// assert_eq!(non_working("2025-05-02".parse()?), None);
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn non_working(day: Day) -> Option<NonWorking> {
    if let Some(holiday) = holiday(day) {
        return Some(NonWorking::Holiday(holiday));
    }
    if let Some(eve) = eve(day) {
        return Some(NonWorking::Eve(eve));
    }
    match day.weekday() {
        Weekday::Saturday => Some(NonWorking::Saturday),
        Weekday::Sunday => Some(NonWorking::Sunday),
        _ => None,
    }
}

/// True when the day is a working day (Swedish "arbetsdag").
///
/// ```
/// use frist::time::is_working_day;
/// assert!(is_working_day("2027-05-07".parse()?));
/// assert!(!is_working_day("2027-05-06".parse()?));
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn is_working_day(day: Day) -> bool {
    match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => false,
        _ => eve(day).is_none() && holiday(day).is_none(),
    }
}

/// The first working day on or after a day: the day itself if it is one (SFS 1930:173 2 §).
///
/// # Errors
/// [`TimeError::OutOfRange`] when there is none up to [`Day::MAX`].
///
/// ```
/// use frist::time::next_working_day;
/// assert_eq!(next_working_day("2026-12-24".parse()?)?.to_string(), "2026-12-28");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn next_working_day(day: Day) -> Result<Day, TimeError> {
    walk_to_working_day(day, 1)
}

/// The last working day on or before a day: the day itself if it is one.
///
/// # Errors
/// [`TimeError::OutOfRange`] when there is none from [`Day::MIN`].
///
/// ```
/// use frist::time::previous_working_day;
/// assert_eq!(previous_working_day("2026-12-27".parse()?)?.to_string(), "2026-12-23");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn previous_working_day(day: Day) -> Result<Day, TimeError> {
    walk_to_working_day(day, -1)
}

fn walk_to_working_day(mut day: Day, step: i64) -> Result<Day, TimeError> {
    while !is_working_day(day) {
        day = day.plus_days(step)?;
    }
    Ok(day)
}

/// The n-th working day after a day, or before it when n is negative; the day itself, working or not, when n is 0.
///
/// The work grows with n, which the range of days bounds.
///
/// # Errors
/// [`TimeError::OutOfRange`] when there are not so many working days before the end of the range.
///
/// ```
/// use frist::time::plus_working_days;
/// assert_eq!(plus_working_days("2025-04-30".parse()?, 1)?.to_string(), "2025-05-02");
/// assert_eq!(plus_working_days("2025-05-02".parse()?, -1)?.to_string(), "2025-04-30");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn plus_working_days(day: Day, n: i64) -> Result<Day, TimeError> {
    // There are never more working days than days, so a hopeless count is refused before walking.
    let mut day = day;
    day.plus_days(n)?;
    let step = n.signum();
    for _ in 0..n.unsigned_abs() {
        day = walk_to_working_day(day.plus_days(step)?, step)?;
    }
    Ok(day)
}

/// What a ruleset means by the Swedish word "vardag", which has no one meaning. None of them covers a public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeekdayMeaning {
    /// Monday to Friday; the three eves count.
    MondayToFriday,
    /// Monday to Friday but for the three eves of SFS 1930:173 2 §: the working days.
    MondayToFridayExceptEves,
    /// Monday to Saturday; the three eves count.
    MondayToSaturday,
}

/// True when the day is a weekday ("vardag") in the given meaning.
///
/// ```
/// use frist::time::{WeekdayMeaning, is_weekday};
/// let christmas_eve = "2026-12-24".parse()?;
/// assert!(is_weekday(christmas_eve, WeekdayMeaning::MondayToFriday));
/// assert!(!is_weekday(christmas_eve, WeekdayMeaning::MondayToFridayExceptEves));
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn is_weekday(day: Day, meaning: WeekdayMeaning) -> bool {
    match meaning {
        WeekdayMeaning::MondayToFriday => day.weekday() != Weekday::Saturday && !is_public_holiday(day),
        WeekdayMeaning::MondayToFridayExceptEves => is_working_day(day),
        WeekdayMeaning::MondayToSaturday => !is_public_holiday(day),
    }
}
