//! What a run is told besides the rules and the events.

use std::collections::BTreeMap;

use crate::program::{CalendarId, FactId, Program, ReadingId};
use crate::time::{Day, NamedCalendar};
use crate::value::Value;

/// The as-of day, the readings used and the calendars supplied.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The run sees everything through the end of this day, and nothing after it.
    pub as_of: Day,
    /// For each question of interpretation that is not to be answered as chosen, the answer by its number.
    pub readings: BTreeMap<ReadingId, u16>,
    /// Calendars that the caller supplies.
    pub calendars: BTreeMap<CalendarId, NamedCalendar>,
    /// Facts that are given, as if they had been so from the start: the fact, its parameter, the value.
    pub given: Vec<(FactId, Option<Value>, Value)>,
}

impl Settings {
    /// The chosen readings and no calendars, as of the end of a day.
    pub fn as_of(day: Day) -> Settings {
        Settings { as_of: day, readings: BTreeMap::new(), calendars: BTreeMap::new(), given: Vec::new() }
    }

    /// The answer to a question of interpretation.
    pub fn answer(&self, program: &Program, reading: ReadingId) -> u16 {
        let chosen = program.readings.get(reading.index()).map_or(0, |reading| reading.chosen);
        self.readings.get(&reading).copied().unwrap_or(chosen)
    }
}
