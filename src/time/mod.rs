//! Days, periods, month policies and calendars: everything that Frist knows about time.
//!
//! A [`Day`] is a day number in 32 bits and all arithmetic works on day numbers. `civil` turns numbers into years,
//! months and days; `day`, `week` and `month` build on it; `period` adds months and days to a day under a
//! [`MonthPolicy`]; `holidays` and `working` are the Swedish statutory calendar; `named` holds the lists of days
//! that a ruleset or a caller supplies; `words` says dates in Swedish and English. Only `naive_date` knows `chrono`.
//!
//! Nothing here reads a clock, panics or depends on a time zone, and no calendar lookup allocates.

mod civil;
mod clock;
mod day;
mod error;
mod holidays;
mod month;
mod naive_date;
mod named;
mod period;
mod text;
mod week;
mod words;
mod working;

pub use civil::{days_in_month, is_leap_year};
pub use clock::{Clock, Moment};
pub use day::Day;
pub use error::TimeError;
pub use holidays::{
    Holiday, STATUTORY_YEARS, easter_sunday, holiday, holidays_of_year, holidays_on, is_public_holiday,
};
pub use month::{Landing, MonthPolicy, YearMonth, nth_of_month, plus_months};
pub use named::{CalendarAnswer, CalendarError, NamedCalendar};
pub use period::{Period, is_at_least_before, last_day_at_least_before, plus_period};
pub use week::{IsoWeek, Weekday};
pub use words::{date_in_words, date_in_words_without_year, month_name, weekday_name};
pub use working::{
    Eve, NonWorking, WeekdayMeaning, eve, is_weekday, is_working_day, next_working_day, non_working,
    plus_working_days, previous_working_day,
};
