//! Times of day, and days with a time of day.

use std::fmt;
use std::str::FromStr;

use super::text;
use super::{Day, TimeError};

/// A local time of day in whole minutes, 00:00 to 23:59. Displays as, and is read from, `HH:MM`.
///
/// ```
/// use frist::time::{Clock, TimeError};
/// let (from, before): (Clock, Clock) = ("08:00".parse()?, "16:00".parse()?);
/// assert!((from..before).contains(&"15:59".parse()?));
/// assert_eq!(Clock::from_hm(8, 0), Some(from));
/// assert_eq!(from.to_string(), "08:00");
/// # Ok::<(), TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(u16);

impl Clock {
    /// The time of an hour (0 to 23) and a minute (0 to 59), or `None`.
    ///
    /// ```
    /// use frist::time::Clock;
    /// assert!(Clock::from_hm(24, 0).is_none());
    /// ```
    pub const fn from_hm(hour: u8, minute: u8) -> Option<Clock> {
        if hour > 23 || minute > 59 {
            return None;
        }
        Some(Clock((hour as u16).saturating_mul(60).saturating_add(minute as u16)))
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        (self.0 / 60) as u8
    }

    /// The minute of the hour, 0 to 59.
    pub const fn minute(self) -> u8 {
        (self.0 % 60) as u8
    }

    /// Minutes since midnight, 0 to 1439.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [h1, h2] = text::two_digits(self.hour());
        let [m1, m2] = text::two_digits(self.minute());
        text::pad_ascii(f, &[h1, h2, b':', m1, m2])
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Clock {
    type Err = TimeError;

    /// Reads `HH:MM`, zero-padded, with nothing before or after.
    fn from_str(text: &str) -> Result<Clock, TimeError> {
        const MALFORMED: TimeError = TimeError::Malformed { expected: "HH:MM from 00:00 to 23:59" };
        let &[h1, h2, b':', m1, m2] = text.as_bytes() else { return Err(MALFORMED) };
        let (Some(hour), Some(minute)) = (text::number_of_two([h1, h2]), text::number_of_two([m1, m2]))
        else {
            return Err(MALFORMED);
        };
        Clock::from_hm(hour, minute).ok_or(MALFORMED)
    }
}

/// A day and a local time of that day. Displays as, and is read from, `YYYY-MM-DDTHH:MM`.
///
/// ```
/// use frist::time::{Moment, TimeError};
/// let moment: Moment = "2025-05-01T08:30".parse()?;
/// assert_eq!(moment.day.to_string(), "2025-05-01");
/// assert_eq!(moment.clock.minutes(), 510);
/// # Ok::<(), TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// The time of that day.
    pub clock: Clock,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.day, self.clock)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Moment {
    type Err = TimeError;

    /// Reads `YYYY-MM-DDTHH:MM`: no seconds, no time zone, nothing before or after.
    ///
    /// The error is that of the day or the clock when the text has a `T` to tell them apart.
    fn from_str(text: &str) -> Result<Moment, TimeError> {
        let (day, clock) =
            text.split_once('T').ok_or(TimeError::Malformed { expected: "YYYY-MM-DDTHH:MM" })?;
        Ok(Moment { day: day.parse()?, clock: clock.parse()? })
    }
}

text::serde_as_text!(Clock, "a time of day HH:MM");
text::serde_as_text!(Moment, "a moment YYYY-MM-DDTHH:MM");
