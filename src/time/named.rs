//! Named calendars: lists of days, such as the meetings of a committee, that a ruleset or a caller supplies.

use std::fmt;

use super::{Day, TimeError};

/// A list of known days. What lies before its first or past its last day is unknown, not empty.
///
/// ```
/// use frist::time::{CalendarAnswer, NamedCalendar};
/// let meetings = NamedCalendar::parse("2025-09-10\n2025-10-08\n")?;
/// let answer = meetings.first_on_or_after("2025-09-11".parse()?);
/// assert_eq!(answer, CalendarAnswer::Day("2025-10-08".parse()?));
/// assert_eq!(meetings.first_on_or_after("2025-10-09".parse()?), CalendarAnswer::AfterLastKnown);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct NamedCalendar {
    days: Vec<Day>,
}

/// What a calendar knows about the first of its days on or after a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarAnswer {
    /// The day.
    Day(Day),
    /// Unknown: the day asked about is before the first known one, and there may be earlier ones not listed.
    BeforeFirstKnown,
    /// Unknown: the day asked about is after the last known one.
    AfterLastKnown,
    /// Unknown: the calendar has no days.
    Empty,
}

/// A line of a calendar that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CalendarError {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line without surrounding white space.
    pub text: String,
    /// What is wrong with it.
    pub error: TimeError,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: `{}`: {}", self.line, self.text, self.error)
    }
}

impl std::error::Error for CalendarError {}

impl NamedCalendar {
    /// A calendar of the given days, in any order; a day given twice counts once.
    ///
    /// ```
    /// use frist::time::{Day, NamedCalendar};
    /// let calendar = NamedCalendar::new(vec![Day::MAX, Day::MIN, Day::MAX]);
    /// assert_eq!(calendar.days(), [Day::MIN, Day::MAX]);
    /// ```
    pub fn new(mut days: Vec<Day>) -> NamedCalendar {
        days.sort_unstable();
        days.dedup();
        NamedCalendar { days }
    }

    /// Reads one ISO date a line, in any order. Blank lines, white space around a date and a leading byte order mark
    /// (spreadsheets write one) are passed over.
    ///
    /// # Errors
    /// [`CalendarError`] for the first line that is not a date.
    ///
    /// ```
    /// use frist::time::NamedCalendar;
    /// let error = NamedCalendar::parse("2025-09-10\n2025-09-31").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: `2025-09-31`: there is no day 2025-09-31");
    /// ```
    pub fn parse(text: &str) -> Result<NamedCalendar, CalendarError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut days = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let day = text.parse().map_err(|error| CalendarError { line, text: text.to_owned(), error })?;
            days.push(day);
        }
        Ok(NamedCalendar::new(days))
    }

    /// The days, in order, each once.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The first known day.
    pub fn first(&self) -> Option<Day> {
        self.days.first().copied()
    }

    /// The last known day.
    pub fn last(&self) -> Option<Day> {
        self.days.last().copied()
    }

    /// The first of the days that is on or after a day, when the calendar can know it.
    pub fn first_on_or_after(&self, day: Day) -> CalendarAnswer {
        match self.first() {
            None => CalendarAnswer::Empty,
            Some(first) if day < first => CalendarAnswer::BeforeFirstKnown,
            Some(_) => {
                let earlier = self.days.partition_point(|&known| known < day);
                self.days
                    .get(earlier)
                    .map_or(CalendarAnswer::AfterLastKnown, |&known| CalendarAnswer::Day(known))
            }
        }
    }

    /// Whether the day is one of the calendar's; `None` before the first and after the last known day.
    ///
    /// ```
    /// use frist::time::NamedCalendar;
    /// let calendar = NamedCalendar::parse("2025-09-10\n2025-10-08")?;
    /// assert_eq!(calendar.contains("2025-09-10".parse()?), Some(true));
    /// assert_eq!(calendar.contains("2025-09-11".parse()?), Some(false));
    /// assert_eq!(calendar.contains("2025-09-09".parse()?), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contains(&self, day: Day) -> Option<bool> {
        let known = self.first()?..=self.last()?;
        known.contains(&day).then(|| self.days.binary_search(&day).is_ok())
    }
}
