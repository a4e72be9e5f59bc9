//! Dates in Swedish and English words.

use super::{Day, Weekday};
use crate::Language;

/// The name of a month as it stands in running text; `None` when `month` is not 1 to 12.
///
/// ```
/// use frist::{Language, time::month_name};
/// assert_eq!(month_name(5, Language::Swedish), Some("maj"));
/// assert_eq!(month_name(13, Language::English), None);
/// ```
pub const fn month_name(month: u8, language: Language) -> Option<&'static str> {
    let (swedish, english) = match month {
        1 => ("januari", "January"),
        2 => ("februari", "February"),
        3 => ("mars", "March"),
        4 => ("april", "April"),
        5 => ("maj", "May"),
        6 => ("juni", "June"),
        7 => ("juli", "July"),
        8 => ("augusti", "August"),
        9 => ("september", "September"),
        10 => ("oktober", "October"),
        11 => ("november", "November"),
        12 => ("december", "December"),
        _ => return None,
    };
    Some(language.choose(swedish, english))
}

/// The name of a day of the week as it stands in running text.
///
/// ```
/// use frist::{Language, time::{Weekday, weekday_name}};
/// assert_eq!(weekday_name(Weekday::Thursday, Language::Swedish), "torsdag");
/// ```
pub const fn weekday_name(weekday: Weekday, language: Language) -> &'static str {
    let (swedish, english) = match weekday {
        Weekday::Monday => ("måndag", "Monday"),
        Weekday::Tuesday => ("tisdag", "Tuesday"),
        Weekday::Wednesday => ("onsdag", "Wednesday"),
        Weekday::Thursday => ("torsdag", "Thursday"),
        Weekday::Friday => ("fredag", "Friday"),
        Weekday::Saturday => ("lördag", "Saturday"),
        Weekday::Sunday => ("söndag", "Sunday"),
    };
    language.choose(swedish, english)
}

/// A date in words, as in "den 1 maj 2025" or "1 May 2025".
///
/// ```
/// use frist::{Language, time::date_in_words};
/// let day = "2025-05-01".parse()?;
/// assert_eq!(date_in_words(day, Language::Swedish), "den 1 maj 2025");
/// assert_eq!(date_in_words(day, Language::English), "1 May 2025");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn date_in_words(day: Day, language: Language) -> String {
    format!("{} {}", date_in_words_without_year(day, language), day.year())
}

/// A date in words without its year, as in "den 1 maj" or "1 May".
///
/// ```
/// use frist::{Language, time::date_in_words_without_year};
/// assert_eq!(date_in_words_without_year("2025-05-01".parse()?, Language::Swedish), "den 1 maj");
/// # Ok::<(), frist::time::TimeError>(())
/// ```
pub fn date_in_words_without_year(day: Day, language: Language) -> String {
    let (_, month, number) = day.ymd();
    // A day always has a month from 1 to 12, so the name is always there.
    let name = month_name(month, language).unwrap_or_default();
    format!("{}{number} {name}", language.choose("den ", ""))
}
