//! Units by name: how they are printed, and every spelling that is read.

use std::borrow::Cow;

use crate::Language;

/// A unit of work time, of a period, of money or of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Seconds of work time.
    Second,
    /// Minutes of work time.
    Minute,
    /// Hours of work time.
    Hour,
    /// Days of a period.
    Day,
    /// Weeks of a period.
    Week,
    /// Months of a period.
    Month,
    /// Quarters, which only rates count by.
    Quarter,
    /// Years of a period.
    Year,
    /// Money.
    Krona,
    /// A hundredth of a krona.
    Ore,
    /// Hundredths of a whole.
    Percent,
}

/// The words of a unit.
#[derive(Clone, Copy, Debug)]
pub struct UnitWords {
    /// The unit.
    pub unit: Unit,
    /// One of it and several, in Swedish.
    pub swedish: (&'static str, &'static str),
    /// One of it and several, in English.
    pub english: (&'static str, &'static str),
    /// Other spellings that are read in either language; all spellings are in small letters.
    pub also: &'static [&'static str],
}

/// Every unit.
const UNITS: &[UnitWords] = &[
    unit(Unit::Second, ("sekund", "sekunder"), ("second", "seconds"), &["sek", "sec", "s"]),
    unit(Unit::Minute, ("minut", "minuter"), ("minute", "minutes"), &["min"]),
    unit(Unit::Hour, ("timme", "timmar"), ("hour", "hours"), &["tim", "h"]),
    unit(Unit::Day, ("dag", "dagar"), ("day", "days"), &["dygn", "kalenderdag", "kalenderdagar"]),
    unit(Unit::Week, ("vecka", "veckor"), ("week", "weeks"), &["kalendervecka"]),
    unit(Unit::Month, ("månad", "månader"), ("month", "months"), &["mån", "kalendermånad"]),
    unit(Unit::Quarter, ("kvartal", "kvartal"), ("quarter", "quarters"), &["kalenderkvartal"]),
    unit(Unit::Year, ("år", "år"), ("year", "years"), &["kalenderår"]),
    unit(Unit::Krona, ("krona", "kronor"), ("krona", "kronor"), &["kr", "sek"]),
    unit(Unit::Ore, ("öre", "öre"), ("öre", "öre"), &[]),
    unit(Unit::Percent, ("procent", "procent"), ("percent", "percent"), &["%"]),
];

const fn unit(
    unit: Unit,
    swedish: (&'static str, &'static str),
    english: (&'static str, &'static str),
    also: &'static [&'static str],
) -> UnitWords {
    UnitWords { unit, swedish, english, also }
}

impl Unit {
    /// Its words.
    pub fn words(self) -> Option<&'static UnitWords> {
        UNITS.iter().find(|words| words.unit == self)
    }

    /// Its name beside a number.
    ///
    /// ```
    /// use frist::{Language, words::Unit};
    /// assert_eq!(Unit::Hour.name(1, Language::Swedish), "timme");
    /// assert_eq!(Unit::Month.name(3, Language::English), "months");
    /// ```
    pub fn name(self, number: i64, language: Language) -> &'static str {
        let Some(words) = self.words() else { return "" };
        let (one, several) = match language {
            Language::Swedish => words.swedish,
            Language::English => words.english,
        };
        if number.unsigned_abs() == 1 { one } else { several }
    }

    /// The unit among some that is spelt so in either language, capital letters or not.
    ///
    /// ```
    /// use frist::words::Unit;
    /// assert_eq!(Unit::among(&[Unit::Hour, Unit::Minute], "Timmar"), Some(Unit::Hour));
    /// assert_eq!(Unit::among(&[Unit::Krona], "hours"), None);
    /// ```
    pub fn among(units: &[Unit], spelling: &str) -> Option<Unit> {
        let has_capitals = spelling.chars().any(char::is_uppercase);
        let lower = if has_capitals { Cow::Owned(spelling.to_lowercase()) } else { Cow::Borrowed(spelling) };
        let reads = |words: &&UnitWords| words.spellings().any(|known| known == lower);
        UNITS.iter().filter(|words| units.contains(&words.unit)).find(reads).map(|words| words.unit)
    }
}

impl UnitWords {
    /// Every spelling that is read.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        [self.swedish.0, self.swedish.1, self.english.0, self.english.1]
            .into_iter()
            .chain(self.also.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_words_and_reads_them() {
        for words in UNITS {
            for spelling in words.spellings() {
                assert_eq!(Unit::among(&[words.unit], spelling), Some(words.unit), "{spelling}");
                assert_eq!(
                    Unit::among(&[words.unit], &spelling.to_uppercase()),
                    Some(words.unit),
                    "{spelling}"
                );
            }
            assert!(words.unit.words().is_some());
        }
    }

    #[test]
    fn units_of_one_type_share_no_spelling() {
        let types: [&[Unit]; 3] = [
            &[Unit::Second, Unit::Minute, Unit::Hour],
            &[Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year],
            &[Unit::Krona, Unit::Ore],
        ];
        for units in types {
            for unit in units {
                for spelling in unit.words().unwrap().spellings() {
                    assert_eq!(Unit::among(units, spelling), Some(*unit), "{spelling}");
                }
            }
        }
    }
}
