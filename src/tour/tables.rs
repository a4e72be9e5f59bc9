//! What is asked of the tables that a rule reads: each value of each row, and both ends of each range with the values
//! beside them.

use std::collections::BTreeSet;

use super::coordinate::value_moved;
use super::goal::{Asked, End, Goal};
use super::search::Search;
use super::watch::{Shown, Watch};
use crate::program::code::{At, Op};
use crate::program::{Cell, Example, ExprId, FactId, FactSource, Program, Row, Table, TableId};
use crate::run::rows_that_answer;
use crate::situations::{Occasion, Shape, occasions};
use crate::time::Day;
use crate::value::Value;

impl Watch<'_> {
    /// What was asked of tables in an expression, and which rows answered.
    pub(super) fn tables(&self, shown: &mut Shown, day: Day, expr: ExprId, parts: &[Value]) {
        let code = &self.program.code;
        for op in code.ops(expr) {
            let Op::Answer(id, _, operands) = *op else { continue };
            let value = |at: &At| parts.get(usize::from(at.0)).copied().unwrap_or(Value::Unknown);
            let asked: Vec<Value> = code.operands(operands).iter().map(value).collect();
            let Some(table) = self.program.tables.get(id.index()) else { continue };
            let answering = rows_that_answer(self.program, id, &asked, day);
            for row in table.versions.iter().flat_map(|version| &version.rows) {
                let answers = answering.iter().any(|other| std::ptr::eq(*other, row));
                shown.goals.extend(placed(row, &asked, answers).into_iter().map(Goal::Row));
            }
            shown.asked.push((id, asked));
        }
    }
}

/// Where what is asked lies in the cells of a row: in those of one that answers, just beside those of one that would.
fn placed(row: &Row, asked: &[Value], answers: bool) -> Vec<Asked> {
    let mut all = Vec::new();
    let fits_else = |column: usize| {
        let others = row.asks.iter().zip(asked).enumerate().filter(|(other, _)| *other != column);
        others.into_iter().all(|(_, (cell, value))| holds(cell, *value))
    };
    for (column, (cell, value)) in row.asks.iter().zip(asked).enumerate() {
        let Cell::OneOf(ranges) = cell else { continue };
        let fits = holds(cell, *value);
        for (part, (low, high)) in ranges.iter().enumerate() {
            let at = match () {
                () if answers && value == low => End::Low,
                () if answers && value == high => End::High,
                () if fits || low == high => continue,
                () if value_moved(*value, 1) == Some(*low) && fits_else(column) => End::Below,
                () if value_moved(*high, 1) == Some(*value) && fits_else(column) => End::Above,
                () => continue,
            };
            all.push(at_part(row, column, part, at));
        }
    }
    all
}

fn at_part(row: &Row, column: usize, part: usize, at: End) -> Asked {
    let small = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
    Asked { row: row.span, column: small(column), part: small(part), at }
}

/// Whether a value is in a cell.
fn holds(cell: &Cell, value: Value) -> bool {
    match cell {
        Cell::Any => true,
        Cell::OneOf(ranges) => {
            ranges.iter().any(|(low, high)| value == *low || lies_within(value, *low, *high))
        }
    }
}

fn lies_within(value: Value, low: Value, high: Value) -> bool {
    match (value, low, high) {
        (Value::Count(n), Value::Count(low), Value::Count(high)) => (low..=high).contains(&n),
        (Value::Day(n), Value::Day(low), Value::Day(high)) => (low..=high).contains(&n),
        _ => false,
    }
}

/// What a column of a table is asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Field(u16),
    Fact(FactId),
}

impl Search<'_> {
    /// Asks the tables for every row.
    pub(super) fn tables(&mut self) {
        let program = self.watch.program;
        let Some(rule) = program.rules.get(self.watch.rule.index()) else { return };
        let Some(shape) = Shape::of(program, self.watch.rule) else { return };
        let mut seen: BTreeSet<TableId> = BTreeSet::new();
        for occasion in occasions(rule) {
            for expr in shape.expressions() {
                for op in program.code.ops(expr) {
                    let Op::Answer(id, _, operands) = *op else { continue };
                    let Some(table) = program.tables.get(id.index()) else { continue };
                    if !seen.insert(id) {
                        continue;
                    }
                    let sources = |at: &At| sources(program, &shape, occasion, expr, *at);
                    let columns: Vec<Vec<Source>> =
                        program.code.operands(operands).iter().map(sources).collect();
                    self.table(id, table, &columns, occasion);
                }
            }
        }
    }

    fn table(&mut self, id: TableId, table: &Table, columns: &[Vec<Source>], occasion: Occasion<'_>) {
        // From the plainest example that asks it.
        let asks = |tried: &&super::search::Tried| tried.asked.iter().any(|(asked, _)| *asked == id);
        let plain = |tried: &&super::search::Tried| {
            let example = &tried.example;
            (example.readings.len(), example.events.len(), example.facts.len(), example.as_of.is_some())
        };
        let Some(base) = self.tried.iter().filter(asks).min_by_key(plain) else { return };
        let asked = base.asked.iter().find(|(asked, _)| *asked == id).map(|(_, asked)| asked.clone());
        let (example, asked) = (base.example.clone(), asked.unwrap_or_default());
        for row in table.versions.iter().flat_map(|version| &version.rows) {
            for (column, cell) in row.asks.iter().enumerate() {
                let Cell::OneOf(ranges) = cell else { continue };
                for (part, (low, high)) in ranges.iter().enumerate() {
                    let mut ends = vec![(End::Low, Some(*low))];
                    if low != high {
                        ends.push((End::High, Some(*high)));
                        ends.push((End::Below, value_moved(*low, -1)));
                        ends.push((End::Above, value_moved(*high, 1)));
                    }
                    for (end, value) in ends {
                        let goal = Goal::Row(at_part(row, column, part, end));
                        let Some(value) = value.filter(|_| !self.reached.contains(&goal)) else { continue };
                        let asking = asking(row, &asked, column, value);
                        let changed = with(&example, &asked, &asking, columns, occasion);
                        if let Some(changed) = changed {
                            self.most_runs = self.most_runs.saturating_add(1);
                            self.look(changed, None);
                        }
                    }
                }
            }
        }
    }
}

/// What to ask so that a row answers by a value in one of its columns.
fn asking(row: &Row, asked: &[Value], column: usize, value: Value) -> Vec<Value> {
    let each = row.asks.iter().zip(asked).enumerate();
    each.map(|(other, (cell, known))| match cell {
        _ if other == column => value,
        Cell::OneOf(ranges) if !holds(cell, *known) => ranges.first().map_or(*known, |(low, _)| *low),
        _ => *known,
    })
    .collect()
}

/// An example changed so that it asks something else; nothing when it cannot be.
fn with(
    example: &Example,
    asked: &[Value],
    asking: &[Value],
    columns: &[Vec<Source>],
    occasion: Occasion<'_>,
) -> Option<Example> {
    let mut changed = example.clone();
    for ((was, is), sources) in asked.iter().zip(asking).zip(columns) {
        if was == is {
            continue;
        }
        if sources.is_empty() {
            return None;
        }
        for source in sources {
            match *source {
                Source::Field(slot) => {
                    let event = changed.events.iter_mut().rev().find(|e| Some(e.event) == occasion.event)?;
                    *event.fields.get_mut(usize::from(slot))? = *is;
                }
                Source::Fact(fact) => {
                    match changed.facts.iter_mut().find(|(known, of, _)| *known == fact && of.is_none()) {
                        Some((.., value)) => *value = *is,
                        None => changed.facts.push((fact, None, *is)),
                    }
                }
            }
        }
    }
    Some(changed)
}

/// The fields and facts that a part of an expression simply is; either of two, where a condition chooses.
fn sources(
    program: &Program,
    shape: &Shape<'_>,
    occasion: Occasion<'_>,
    expr: ExprId,
    at: At,
) -> Vec<Source> {
    let whole = |expr: ExprId| {
        let last = program.code.ops(expr).len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
        last.map_or_else(Vec::new, |last| sources(program, shape, occasion, expr, At(last)))
    };
    match program.code.ops(expr).get(usize::from(at.0)) {
        Some(Op::Field(slot)) => occasion.place(*slot).map(Source::Field).into_iter().collect(),
        Some(Op::Fact(fact)) => match program.facts.get(fact.index()).map(|fact| fact.source) {
            Some(FactSource::Computed(inner)) => whole(inner),
            _ => vec![Source::Fact(*fact)],
        },
        Some(Op::Choose(_, one, other)) => {
            let mut both = sources(program, shape, occasion, expr, *one);
            both.extend(sources(program, shape, occasion, expr, *other));
            both
        }
        Some(Op::Local(local)) => {
            let named = shape.lets().find(|one| one.local == *local);
            named.map_or_else(Vec::new, |one| whole(one.value))
        }
        _ => Vec::new(),
    }
}
