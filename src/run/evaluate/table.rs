//! Tables, constants and calendars: what they answer on a day.

use crate::program::{Answers, CalendarId, Cell, ConstantId, Program, Row, Table, TableId};
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
            return same_answer(table, &version.rows, column, asked);
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
        rows_that_answer(self.program, table, asked, now)
    }
}

/// The rows that answer on a day: one, or several where those that fit may clash; none when no row fits or it is not
/// known which do.
pub fn rows_that_answer<'p>(program: &'p Program, table: TableId, asked: &[Value], now: Day) -> Vec<&'p Row> {
    let Some(table) = program.tables.get(table.index()) else { return Vec::new() };
    let version = table.versions.iter().find(|version| version.in_force.is_none_or(|range| range.has(now)));
    match version {
        Some(version) if !asked.contains(&Value::Unknown) => fitting(table, &version.rows, asked),
        _ => Vec::new(),
    }
}

/// The rows that answer by the table's hit policy; the row `annars` when no other fits.
fn fitting<'r>(table: &Table, rows: &'r [Row], asked: &[Value]) -> Vec<&'r Row> {
    let mut fitting = candidates(table, rows, asked).0;
    if table.hit == HitPolicy::First {
        fitting.truncate(1);
    }
    if fitting.is_empty() {
        fitting.extend(rows.iter().find(|row| row.asks.is_empty()));
    }
    fitting
}

/// The rows that may answer when some of what is asked may be unknown, and whether one of them certainly does. With a
/// table that takes the first row, those after the first certain one are out; with one that puts single values before
/// ranges, rows that fit by a range are, once one certainly fits by single values.
fn candidates<'r>(table: &Table, rows: &'r [Row], asked: &[Value]) -> (Vec<&'r Row>, bool) {
    let possible: Vec<(&Row, Fit)> = rows
        .iter()
        .filter(|row| !row.asks.is_empty())
        .filter_map(|row| fit(row, asked).map(|fit| (row, fit)))
        .collect();
    let certain = possible.iter().position(|(_, fit)| fit.certain);
    let single = possible.iter().any(|(_, fit)| fit.certain && fit.single);
    let kept = possible
        .iter()
        .enumerate()
        .filter(|(place, (_, fit))| match table.hit {
            HitPolicy::First => certain.is_none_or(|first| *place <= first),
            HitPolicy::SingleBeforeRange => !single || fit.single,
            HitPolicy::Unique | HitPolicy::Conflict => true,
        })
        .map(|(_, (row, _))| *row)
        .collect();
    (kept, certain.is_some())
}

/// With something unknown asked, the answer is known only when every row that could answer gives the same.
fn same_answer(table: &Table, rows: &[Row], column: u16, asked: &[Value]) -> Value {
    let (candidates, certain) = candidates(table, rows, asked);
    let mut answers: Vec<Value> = candidates.iter().map(|row| cell(row, column)).collect();
    if !certain {
        let otherwise = rows.iter().find(|row| row.asks.is_empty());
        answers.push(otherwise.map_or(Value::None, |row| cell(row, column)));
    }
    match answers.split_first() {
        Some((first, rest)) if rest.iter().all(|other| other == first) => *first,
        _ => Value::Unknown,
    }
}

/// How a row fits what is asked.
#[derive(Clone, Copy)]
struct Fit {
    /// Whatever the unknown values are.
    certain: bool,
    /// By single values rather than by ranges; `*` is neither.
    single: bool,
}

/// Whether and how a row could fit.
fn fit(row: &Row, asked: &[Value]) -> Option<Fit> {
    let mut fit = Fit { certain: true, single: true };
    for (cell, value) in row.asks.iter().zip(asked) {
        let Cell::OneOf(parts) = cell else { continue };
        if *value == Value::Unknown {
            fit.certain = false;
            fit.single &= parts.iter().any(|(from, to)| from == to);
            continue;
        }
        let by_single = parts.iter().any(|(from, to)| from == to && from == value);
        if !by_single && !cell_fits(cell, *value) {
            return None;
        }
        fit.single &= by_single;
    }
    // A row of nothing but `*` fits by no value at all.
    fit.single &= row.asks.iter().any(|cell| matches!(cell, Cell::OneOf(_)));
    Some(fit)
}

pub(in crate::run) fn cell(row: &Row, column: u16) -> Value {
    match &row.answers {
        Answers::Values(values) => values.get(column as usize).copied().unwrap_or(Value::Unknown),
        Answers::Nothing => Value::None,
        Answers::Undetermined(_) => Value::Unknown,
    }
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
