//! Days, periods and calendars.
