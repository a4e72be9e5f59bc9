//! Tables, constants and calendars: what they answer on a day.

use crate::program::{Answers, CalendarId, Cell, ConstantId, Row, TableId};
use crate::run::world::World;
use crate::syntax::tree::HitPolicy;
use crate::time::{CalendarAnswer, Day};
use crate::value::Value;

use super::logic::order;

impl World<'_> {
    /// A constant on a day; unknown outside its versions.
    pub(super) fn constant(&self, constant: ConstantId, on: Value) -> Value {
        let Value::Day(day) = on else { return Value::Unknown };
        self.program
            .constants
            .get(constant.index())
            .and_then(|constant| {
                constant.versions.iter().find(|version| version.in_force.is_none_or(|range| range.has(day)))
            })
            .map_or(Value::Unknown, |version| version.value)
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

    /// A table's answer in a column; none when no row fits.
    pub(super) fn answer(&self, table: TableId, column: u16, asked: &[Value], now: Day) -> Value {
        let Some(table) = self.program.tables.get(table.index()) else { return Value::Unknown };
        let Some(version) =
            table.versions.iter().find(|version| version.in_force.is_none_or(|range| range.has(now)))
        else {
            return Value::Unknown;
        };
        if asked.contains(&Value::Unknown) {
            return self.same_answer(&version.rows, column, asked);
        }
        let mut fitting = version.rows.iter().filter(|row| !row.asks.is_empty() && fits(row, asked));
        let chosen = match table.hit {
            HitPolicy::First => fitting.next(),
            HitPolicy::SingleBeforeRange => {
                let all: Vec<&Row> = fitting.collect();
                all.iter().copied().find(|row| !has_range(row)).or_else(|| all.first().copied())
            }
            HitPolicy::Unique | HitPolicy::Conflict => {
                let first = fitting.next();
                let clash =
                    fitting.any(|row| first.is_some_and(|first| cell(first, column) != cell(row, column)));
                if clash {
                    return Value::Unknown;
                }
                first
            }
        };
        let otherwise = || version.rows.iter().find(|row| row.asks.is_empty());
        chosen.or_else(otherwise).map_or(Value::None, |row| cell(row, column))
    }

    /// With something unknown asked, the answer is known only when every row that could fit gives the same.
    fn same_answer(&self, rows: &[Row], column: u16, asked: &[Value]) -> Value {
        let mut answers = rows.iter().filter(|row| could_fit(row, asked)).map(|row| cell(row, column));
        match answers.next() {
            Some(first)
                if answers.all(|other| other == first) && rows.iter().any(|row| row.asks.is_empty()) =>
            {
                first
            }
            _ => Value::Unknown,
        }
    }
}

fn cell(row: &Row, column: u16) -> Value {
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
