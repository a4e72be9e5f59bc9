//! Tables, constants and calendars: what they answer on a day.

use crate::program::{Answers, CalendarId, Cell, ConstantId, Row, Table, TableId};
use crate::run::world::World;
use crate::syntax::tree::HitPolicy;
use crate::time::{CalendarAnswer, Day};
use crate::value::Value;

use super::logic::order;

impl World<'_> {
    /// A constant on a day; unknown outside its versions.
    pub(super) fn constant(&mut self, constant: ConstantId, on: Value) -> Value {
        let Value::Day(day) = on else { return Value::Unknown };
        let version = self.program.constants.get(constant.index()).and_then(|constant| {
            constant.versions.iter().find(|version| version.in_force.is_none_or(|range| range.has(day)))
        });
        let Some(version) = version else { return Value::Unknown };
        self.rest_on(&version.grounds.citations);
        version.value
    }

    /// The first day of a calendar on or after a date; unknown outside its known days.
    pub(super) fn first_in(&self, calendar: CalendarId, date: Value) -> Value {
        let Value::Day(date) = date else { return Value::Unknown };
        let days = self.settings.calendars.get(&calendar).or_else(|| {
            self.program.calendars.get(calendar.index()).and_then(|calendar| calendar.days.as_ref())
        });
        match days.map(|days| days.first_on_or_after(date)) {
            Some(CalendarAnswer::Day(day)) => Value::Day(day),
            _ => Value::Unknown,
        }
    }

    /// A table's answer in a column; none when no row fits. What the answer rests on is noted.
    pub(super) fn answer(&mut self, table: TableId, column: u16, asked: &[Value], now: Day) -> Value {
        let program = self.program;
        let Some(table) = program.tables.get(table.index()) else { return Value::Unknown };
        let Some(version) =
            table.versions.iter().find(|version| version.in_force.is_none_or(|range| range.has(now)))
        else {
            return Value::Unknown;
        };
        if asked.contains(&Value::Unknown) {
            return same_answer(&version.rows, column, asked);
        }
        let fitting = fitting(table, &version.rows, asked);
        let Some(first) = fitting.first() else { return Value::None };
        if fitting.iter().any(|row| cell(row, column) != cell(first, column)) {
            return Value::Unknown;
        }
        for grounds in [&first.grounds, &version.grounds] {
            self.rest_on(&grounds.citations);
        }
        cell(first, column)
    }

    /// The rows that answer: one, or several where those that fit may clash; none when no row fits or it is not known
    /// which do.
    pub(in crate::run) fn answering(&self, table: TableId, asked: &[Value], now: Day) -> Vec<&Row> {
        let Some(table) = self.program.tables.get(table.index()) else { return Vec::new() };
        let version =
            table.versions.iter().find(|version| version.in_force.is_none_or(|range| range.has(now)));
        match version {
            Some(version) if !asked.contains(&Value::Unknown) => fitting(table, &version.rows, asked),
            _ => Vec::new(),
        }
    }
}

/// The rows that answer by the table's hit policy; the row `annars` when no other fits.
fn fitting<'r>(table: &Table, rows: &'r [Row], asked: &[Value]) -> Vec<&'r Row> {
    let mut fitting: Vec<&Row> = rows.iter().filter(|row| !row.asks.is_empty() && fits(row, asked)).collect();
    match table.hit {
        HitPolicy::First => fitting.truncate(1),
        HitPolicy::SingleBeforeRange => {
            let single = fitting.iter().position(|row| !has_range(row));
            fitting = fitting.get(single.unwrap_or(0)).map(|row| vec![*row]).unwrap_or_default();
        }
        HitPolicy::Unique | HitPolicy::Conflict => {}
    }
    if fitting.is_empty() {
        fitting.extend(rows.iter().find(|row| row.asks.is_empty()));
    }
    fitting
}

/// With something unknown asked, the answer is known only when every row that could fit gives the same.
fn same_answer(rows: &[Row], column: u16, asked: &[Value]) -> Value {
    let mut answers = rows.iter().filter(|row| could_fit(row, asked)).map(|row| cell(row, column));
    match answers.next() {
        Some(first) if answers.all(|other| other == first) && rows.iter().any(|row| row.asks.is_empty()) => {
            first
        }
        _ => Value::Unknown,
    }
}

pub(in crate::run) fn cell(row: &Row, column: u16) -> Value {
    match &row.answers {
        Answers::Values(values) => values.get(column as usize).copied().unwrap_or(Value::Unknown),
        Answers::Nothing => Value::None,
        Answers::Undetermined(_) => Value::Unknown,
    }
}

fn fits(row: &Row, asked: &[Value]) -> bool {
    row.asks.iter().zip(asked).all(|(cell, value)| cell_fits(cell, *value))
}

fn could_fit(row: &Row, asked: &[Value]) -> bool {
    row.asks.iter().zip(asked).all(|(cell, value)| *value == Value::Unknown || cell_fits(cell, *value))
}

fn cell_fits(cell: &Cell, value: Value) -> bool {
    match cell {
        Cell::Any => true,
        Cell::OneOf(parts) => parts.iter().any(|(from, to)| {
            if from == to {
                return *from == value;
            }
            order(value, *from).is_some_and(|o| o.is_ge()) && order(value, *to).is_some_and(|o| o.is_le())
        }),
    }
}

fn has_range(row: &Row) -> bool {
    row.asks.iter().any(|cell| match cell {
        Cell::Any => false,
        Cell::OneOf(parts) => parts.iter().any(|(from, to)| from != to),
    })
}
