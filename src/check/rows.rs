//! Rows of a table against each other: two that fit one question, questions that none fits.

use crate::diagnostics::rules as report;
use crate::program::*;
use crate::syntax::tree::{HitPolicy, TableDeclaration};
use crate::value::{ChoiceId, Value};

use super::fold::order;
use super::state::Checker;

/// Larger tables are not compared pair by pair.
const MOST_ROWS: usize = 1_500;
/// More questions than these are not tried.
const MOST_QUESTIONS: usize = 20_000;

impl Checker<'_> {
    /// Judges the rows of one version of a table.
    pub(super) fn judge_rows(
        &mut self,
        table: &TableDeclaration,
        hit: HitPolicy,
        asks: &[Field],
        rows: &[Row],
    ) {
        if rows.len() <= MOST_ROWS {
            match hit {
                HitPolicy::Unique => self.overlaps(asks, rows, |_| true),
                HitPolicy::SingleBeforeRange => {
                    let single: Vec<Row> = rows.iter().map(by_single_values).collect();
                    self.overlaps(asks, &single, |_| true);
                    // Ranges may meet where a single value decides.
                    let decided = |question: &[Option<Value>]| {
                        single.iter().any(|row| {
                            !row.asks.is_empty()
                                && row
                                    .asks
                                    .iter()
                                    .zip(question)
                                    .all(|(cell, value)| value.is_none_or(|v| fits(cell, v)))
                        })
                    };
                    self.overlaps(asks, rows, |question| !decided(question));
                }
                HitPolicy::First => self.never_first(rows),
                HitPolicy::Conflict => {}
            }
        }
        let last = rows.len().saturating_sub(1);
        let otherwise = rows.iter().enumerate().find(|(_, row)| row.asks.is_empty());
        if let Some((place, row)) = otherwise.filter(|(place, _)| *place < last) {
            let next = rows.get(place.saturating_add(1)).map_or(row.span, |next| next.span);
            self.report(report::otherwise_not_last(row.span, next));
        }
        // `annars` has no cells, and so none that asks for anything.
        let closed = rows.iter().any(|row| row.asks.iter().all(|cell| matches!(cell, Cell::Any)));
        if !closed {
            self.gap(table, asks, rows);
        }
    }

    fn overlaps(&mut self, asks: &[Field], rows: &[Row], matters: impl Fn(&[Option<Value>]) -> bool) {
        for (place, row) in rows.iter().enumerate() {
            if row.asks.is_empty() {
                continue;
            }
            for earlier in rows.iter().take(place) {
                if earlier.asks.is_empty() || same(&earlier.answers, &row.answers) {
                    continue;
                }
                let met: Option<Vec<Option<Value>>> =
                    row.asks.iter().zip(&earlier.asks).map(|(a, b)| meet(a, b)).collect();
                if let Some(met) = met.filter(|met| matters(met)) {
                    let example = self.question(asks, &met);
                    self.report(report::rows_overlap(row.span, earlier.span, &example));
                    break;
                }
            }
        }
    }

    /// Says so of rows that come too late: one before them fits wherever they do.
    fn never_first(&mut self, rows: &[Row]) {
        for (place, row) in rows.iter().enumerate() {
            if row.asks.is_empty() {
                continue;
            }
            let takes_all = |earlier: &&Row| {
                !earlier.asks.is_empty()
                    && earlier.asks.iter().zip(&row.asks).all(|(cell, own)| covers(cell, own))
            };
            if let Some(earlier) = rows.iter().take(place).find(takes_all) {
                self.report(report::row_never_answers(row.span, earlier.span));
            }
        }
    }

    fn question(&self, asks: &[Field], values: &[Option<Value>]) -> String {
        let parts: Vec<String> = asks
            .iter()
            .zip(values)
            .filter_map(|(field, value)| {
                Some(format!("{} = {}", field.named.name, self.value_text((*value)?)))
            })
            .collect();
        if parts.is_empty() { "*".to_owned() } else { parts.join(", ") }
    }

    fn gap(&mut self, table: &TableDeclaration, asks: &[Field], rows: &[Row]) {
        let columns: Vec<Vec<Value>> =
            asks.iter().enumerate().map(|(at, field)| self.worth_trying(field, at, rows)).collect();
        let questions = columns.iter().try_fold(1usize, |all, column| all.checked_mul(column.len()));
        if !matches!(questions, Some(1..=MOST_QUESTIONS)) {
            return;
        }
        let mut places = vec![0usize; columns.len()];
        loop {
            let question: Vec<Value> = columns
                .iter()
                .zip(&places)
                .filter_map(|(column, place)| column.get(*place).copied())
                .collect();
            if !rows.iter().any(|row| row.asks.iter().zip(&question).all(|(cell, value)| fits(cell, *value)))
            {
                let example: Vec<Option<Value>> = question.into_iter().map(Some).collect();
                let example = self.question(asks, &example);
                self.report(report::rows_missing(&table.name.text, table.name.span, &example));
                return;
            }
            if !next(&mut places, &columns) {
                return;
            }
        }
    }

    /// The values of a column that its cells can tell apart.
    fn worth_trying(&self, field: &Field, at: usize, rows: &[Row]) -> Vec<Value> {
        let mut values: Vec<Value> = Vec::new();
        match field.ty {
            Type::YesNo => values.extend([Value::YesNo(true), Value::YesNo(false)]),
            Type::Choice(id) => {
                let count = self.out.types.get(id.index()).map_or(0, |of| of.values.len());
                let of = u16::try_from(id.0).unwrap_or(u16::MAX);
                values.extend((0..count).map(|value| {
                    Value::Choice(ChoiceId { of, value: u16::try_from(value).unwrap_or(u16::MAX) })
                }));
            }
            Type::Role => {
                let roles = 0..u16::try_from(self.out.roles.len()).unwrap_or(u16::MAX);
                values.extend(roles.map(Value::Role));
            }
            _ => {
                let ranges = rows.iter().filter_map(|row| match row.asks.get(at) {
                    Some(Cell::OneOf(ranges)) => Some(ranges),
                    _ => None,
                });
                for (low, high) in ranges.flatten() {
                    values.extend([*low, *high]);
                    values.extend(step(*low, -1));
                    values.extend(step(*high, 1));
                }
            }
        }
        if field.optional {
            values.push(Value::None);
        }
        let mut seen = std::collections::HashSet::new();
        values.retain(|value| seen.insert(*value));
        values
    }
}

/// The value next to one, where there is a next one.
fn step(value: Value, by: i64) -> Option<Value> {
    let whole = |n: i64| n.checked_add(by).filter(|n| *n >= 0);
    Some(match value {
        Value::Count(n) => Value::Count(whole(n)?),
        Value::Number(n) => Value::Number(whole(n)?),
        Value::Amount(n) => Value::Amount(whole(n)?),
        Value::Duration(n) => Value::Duration(whole(n)?),
        Value::Day(day) => Value::Day(day.plus_days(by).ok()?),
        _ => return None,
    })
}

/// Moves on to the next combination; false when there is none.
pub(super) fn next<T>(places: &mut [usize], columns: &[Vec<T>]) -> bool {
    for (place, column) in places.iter_mut().zip(columns).rev() {
        *place = place.saturating_add(1);
        if *place < column.len() {
            return true;
        }
        *place = 0;
    }
    false
}

/// A row with only the single values of its cells.
fn by_single_values(row: &Row) -> Row {
    let single = |cell: &Cell| match cell {
        Cell::Any => Cell::Any,
        Cell::OneOf(parts) => Cell::OneOf(parts.iter().copied().filter(|(low, high)| low == high).collect()),
    };
    Row { asks: row.asks.iter().map(single).collect(), ..row.clone() }
}

fn same(a: &Answers, b: &Answers) -> bool {
    match (a, b) {
        (Answers::Values(a), Answers::Values(b)) => a == b,
        (Answers::Nothing, Answers::Nothing) => true,
        _ => false,
    }
}

/// Whether a value lies in a stretch.
fn within(value: Value, low: Value, high: Value) -> bool {
    // What has no order stands alone in its cell.
    value == low
        || matches!(
            (order(low, value), order(value, high)),
            (Some(a), Some(b)) if a.is_le() && b.is_le()
        )
}

fn fits(cell: &Cell, value: Value) -> bool {
    match cell {
        Cell::Any => true,
        Cell::OneOf(ranges) => ranges.iter().any(|(low, high)| within(value, *low, *high)),
    }
}

/// Whether all that fits one cell fits another.
fn covers(cell: &Cell, other: &Cell) -> bool {
    match (cell, other) {
        (Cell::Any, _) => true,
        (Cell::OneOf(_), Cell::Any) => false,
        (Cell::OneOf(ranges), Cell::OneOf(others)) => others.iter().all(|(first, last)| {
            ranges.iter().any(|(low, high)| within(*first, *low, *high) && within(*last, *low, *high))
        }),
    }
}

/// A value that both cells fit; `Some(None)` when anything does, `None` when nothing does.
fn meet(a: &Cell, b: &Cell) -> Option<Option<Value>> {
    match (a, b) {
        (Cell::Any, Cell::Any) => Some(None),
        (Cell::OneOf(ranges), Cell::Any) | (Cell::Any, Cell::OneOf(ranges)) => {
            ranges.first().map(|(low, _)| Some(*low))
        }
        (Cell::OneOf(a), Cell::OneOf(b)) => a.iter().find_map(|(low, high)| {
            b.iter().find_map(|(first, last)| {
                if within(*first, *low, *high) {
                    Some(Some(*first))
                } else if within(*low, *first, *last) {
                    Some(Some(*low))
                } else {
                    None
                }
            })
        }),
    }
}
