//! The Swedish public holidays of SFS 1989:253, computed from the statute.

use std::ops::RangeInclusive;

use super::civil::{self, FIRST_YEAR, LAST_YEAR};
use super::{Day, Weekday};
use crate::Language;

/// The years that the statutory calendar is declared for, both included.
///
/// SFS 1989:253 replaced older law and is the only text that this calendar follows, with one change since: SFS
/// 2004:1320 (in force 2005-04-01) took Whit Monday away and added the National Day. Both fall after 1 April, so the
/// year alone tells which text applies. For other years the functions answer as if the statute had been in force,
/// which history does not support; a caller that must not guess checks this range.
///
/// ```
/// assert!(frist::time::STATUTORY_YEARS.contains(&2025));
/// ```
pub const STATUTORY_YEARS: RangeInclusive<i32> = 1990..=9999;

/// The first year without Whit Monday and with the National Day (SFS 2004:1320).
const FIRST_YEAR_OF_NATIONAL_DAY: i32 = 2005;

/// A public holiday that SFS 1989:253 names, in the order of its date in most years.
///
/// Ordinary Sundays are public holidays too but have no name of their own: see [`is_public_holiday`].
///
/// ```
/// use frist::Language;
/// use frist::time::{Day, Holiday, holiday};
/// let day: Day = "2008-06-06".parse()?;
/// assert_eq!(holiday(day), Some(Holiday::NationalDay));
/// assert_eq!(Holiday::NationalDay.name(Language::Swedish), "nationaldagen");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// Nyårsdagen, 1 January.
    NewYearsDay,
    /// Trettondedag jul, 6 January.
    Epiphany,
    /// Långfredagen, the Friday before Easter Sunday.
    GoodFriday,
    /// Påskdagen.
    EasterSunday,
    /// Annandag påsk, the day after Easter Sunday.
    EasterMonday,
    /// Första maj, 1 May.
    MayDay,
    /// Kristi himmelsfärdsdag, the sixth Thursday after Easter Sunday.
    AscensionDay,
    /// Pingstdagen, the seventh Sunday after Easter Sunday.
    WhitSunday,
    /// Annandag pingst, the day after Whit Sunday, until 2004.
    WhitMonday,
    /// Nationaldagen, 6 June, from 2005.
    NationalDay,
    /// Midsommardagen, the Saturday in 20 to 26 June.
    MidsummerDay,
    /// Alla helgons dag, the Saturday in 31 October to 6 November.
    AllSaintsDay,
    /// Juldagen, 25 December.
    ChristmasDay,
    /// Annandag jul, 26 December.
    BoxingDay,
}

impl Holiday {
    /// Every holiday, in the order of the declaration.
    pub const ALL: [Holiday; 14] = [
        Holiday::NewYearsDay,
        Holiday::Epiphany,
        Holiday::GoodFriday,
        Holiday::EasterSunday,
        Holiday::EasterMonday,
        Holiday::MayDay,
        Holiday::AscensionDay,
        Holiday::WhitSunday,
        Holiday::WhitMonday,
        Holiday::NationalDay,
        Holiday::MidsummerDay,
        Holiday::AllSaintsDay,
        Holiday::ChristmasDay,
        Holiday::BoxingDay,
    ];

    /// The name as it stands in running text.
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Holiday::NewYearsDay => ("nyårsdagen", "New Year's Day"),
            Holiday::Epiphany => ("trettondedag jul", "Epiphany"),
            Holiday::GoodFriday => ("långfredagen", "Good Friday"),
            Holiday::EasterSunday => ("påskdagen", "Easter Sunday"),
            Holiday::EasterMonday => ("annandag påsk", "Easter Monday"),
            Holiday::MayDay => ("första maj", "May Day"),
            Holiday::AscensionDay => ("Kristi himmelsfärdsdag", "Ascension Day"),
            Holiday::WhitSunday => ("pingstdagen", "Whit Sunday"),
            Holiday::WhitMonday => ("annandag pingst", "Whit Monday"),
            Holiday::NationalDay => ("nationaldagen", "the National Day"),
            Holiday::MidsummerDay => ("midsommardagen", "Midsummer Day"),
            Holiday::AllSaintsDay => ("alla helgons dag", "All Saints' Day"),
            Holiday::ChristmasDay => ("juldagen", "Christmas Day"),
            Holiday::BoxingDay => ("annandag jul", "Boxing Day"),
        };
        language.choose(swedish, english)
    }

    /// The section of law that makes it a public holiday.
    pub const fn law(self) -> &'static str {
        "SFS 1989:253 1 §"
    }

    /// The day of the holiday in a year; `None` in a year that does not have it or outside 1583 to 9999.
    ///
    /// ```
    /// use frist::time::Holiday;
    /// let day = Holiday::MidsummerDay.in_year(2026).map(|day| day.to_string());
    /// assert_eq!(day.as_deref(), Some("2026-06-20"));
    /// assert_eq!(Holiday::WhitMonday.in_year(2005), None);
    /// ```
    pub fn in_year(self, year: i32) -> Option<Day> {
        let fixed = |month, day| Day::from_ymd(year, month, day);
        let after_easter = |days| easter_sunday(year)?.plus_days(days).ok();
        match self {
            Holiday::NewYearsDay => fixed(1, 1),
            Holiday::Epiphany => fixed(1, 6),
            Holiday::GoodFriday => after_easter(-2),
            Holiday::EasterSunday => after_easter(0),
            Holiday::EasterMonday => after_easter(1),
            Holiday::MayDay => fixed(5, 1),
            Holiday::AscensionDay => after_easter(39),
            Holiday::WhitSunday => after_easter(49),
            Holiday::WhitMonday if year < FIRST_YEAR_OF_NATIONAL_DAY => after_easter(50),
            Holiday::NationalDay if year >= FIRST_YEAR_OF_NATIONAL_DAY => fixed(6, 6),
            Holiday::WhitMonday | Holiday::NationalDay => None,
            Holiday::MidsummerDay => saturday_from(fixed(6, 20)?),
            Holiday::AllSaintsDay => saturday_from(fixed(10, 31)?),
            Holiday::ChristmasDay => fixed(12, 25),
            Holiday::BoxingDay => fixed(12, 26),
        }
    }
}

/// The first Saturday on or after a day.
fn saturday_from(day: Day) -> Option<Day> {
    let ahead = Weekday::Saturday.number().saturating_add(7).saturating_sub(day.weekday().number()) % 7;
    day.plus_days(i64::from(ahead)).ok()
}

/// Easter Sunday of a year, by the church computus; `None` outside 1583 to 9999.
///
/// SFS 1989:253 2 § speaks of the full moon on or next after 21 March. Read with astronomical full moons that would
/// move Easter in some years (2019 among them), but every almanac follows the ecclesiastical moon, and so does this.
///
/// ```
/// use frist::time::easter_sunday;
/// assert_eq!(easter_sunday(2019).map(|day| day.to_string()).as_deref(), Some("2019-04-21"));
/// ```
pub const fn easter_sunday(year: i32) -> Option<Day> {
    if year < FIRST_YEAR || year > LAST_YEAR { None } else { Day::from_number(easter_number(year)) }
}

/// The day number of Easter Sunday (Meeus/Jones/Butcher: full moon by golden number and century, then the Sunday).
const fn easter_number(year: i32) -> i32 {
    let golden = year % 19;
    let century = year / 100;
    let in_century = year % 100;
    let lunar_correction = century.saturating_mul(8).saturating_add(13) / 25;
    let moon = golden
        .saturating_mul(19)
        .saturating_add(century)
        .saturating_sub(century / 4)
        .saturating_sub(lunar_correction)
        .saturating_add(15)
        % 30;
    let to_sunday = (century % 4)
        .saturating_mul(2)
        .saturating_add((in_century / 4).saturating_mul(2))
        .saturating_add(32)
        .saturating_sub(moon)
        .saturating_sub(in_century % 4)
        % 7;
    let late_moon =
        golden.saturating_add(moon.saturating_mul(11)).saturating_add(to_sunday.saturating_mul(22)) / 451;
    civil::number(year, 3, 22)
        .saturating_add(moon)
        .saturating_add(to_sunday)
        .saturating_sub(late_moon.saturating_mul(7))
}

/// The holidays on a day: none, one, or two (in 2008 the first of May was also Ascension Day).
///
/// The one with a fixed date comes first. The iterator holds its items and does not allocate.
///
/// ```
/// use frist::time::{Day, Holiday, holidays_on};
/// let day: Day = "2008-05-01".parse()?;
/// assert!(holidays_on(day).eq([Holiday::MayDay, Holiday::AscensionDay]));
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn holidays_on(day: Day) -> impl Iterator<Item = Holiday> {
    [by_date(day), by_easter(day)].into_iter().flatten()
}

/// The holiday on a day, if there is one; of two, the one with a fixed date. An ordinary Sunday is not one.
///
/// ```
/// use frist::time::{Day, Holiday, holiday};
/// assert_eq!(holiday("2004-05-31".parse()?), Some(Holiday::WhitMonday));
/// assert_eq!(holiday("2005-05-16".parse()?), None);
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn holiday(day: Day) -> Option<Holiday> {
    by_date(day).or_else(|| by_easter(day))
}

/// True on a Sunday or another public holiday (Swedish "helgdag", SFS 1989:253 1 §).
///
/// ```
/// use frist::time::is_public_holiday;
/// assert!(is_public_holiday("2025-05-04".parse()?));
/// assert!(!is_public_holiday("2025-12-24".parse()?));
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn is_public_holiday(day: Day) -> bool {
    day.weekday() == Weekday::Sunday || holiday(day).is_some()
}

/// Every holiday of a year with its day, by day; empty outside 1583 to 9999.
///
/// A day with two holidays is there twice, the holiday with a fixed date first.
///
/// ```
/// use frist::time::holidays_of_year;
/// assert_eq!(holidays_of_year(2025).len(), 13);
/// ```
pub fn holidays_of_year(year: i32) -> Vec<(Day, Holiday)> {
    let mut days: Vec<_> =
        Holiday::ALL.into_iter().filter_map(|holiday| Some((holiday.in_year(year)?, holiday))).collect();
    days.sort_by_key(|&(day, holiday)| (day, follows_easter(holiday)));
    days
}

const fn follows_easter(holiday: Holiday) -> bool {
    matches!(
        holiday,
        Holiday::GoodFriday
            | Holiday::EasterSunday
            | Holiday::EasterMonday
            | Holiday::AscensionDay
            | Holiday::WhitSunday
            | Holiday::WhitMonday
    )
}

fn by_date(day: Day) -> Option<Holiday> {
    let (year, month, number) = day.ymd();
    let saturday = || day.weekday() == Weekday::Saturday;
    match (month, number) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::MayDay),
        (6, 6) if year >= FIRST_YEAR_OF_NATIONAL_DAY => Some(Holiday::NationalDay),
        (6, 20..=26) if saturday() => Some(Holiday::MidsummerDay),
        (10, 31) | (11, 1..=6) if saturday() => Some(Holiday::AllSaintsDay),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        _ => None,
    }
}

fn by_easter(day: Day) -> Option<Holiday> {
    let (year, month, _) = day.ymd();
    // Good Friday is on 20 March at the earliest, Whit Monday on 14 June at the latest.
    if !(3..=6).contains(&month) {
        return None;
    }
    match day.number().saturating_sub(easter_number(year)) {
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        49 => Some(Holiday::WhitSunday),
        50 if year < FIRST_YEAR_OF_NATIONAL_DAY => Some(Holiday::WhitMonday),
        _ => None,
    }
}
