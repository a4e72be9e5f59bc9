//! Tables: a row per line, with the columns one below the other.

use super::item::HEAD_HANG;
use super::line::{HANG, Line};
use super::place::{Place, follow};
use super::printer::Printer;
use crate::syntax::tree::{Cell, CellPart, Expr, HitPolicy, RowAnswers, RowAsks, TableDeclaration, TableRow};

/// What stands between two cells.
const BETWEEN: &str = " | ";

impl Printer<'_> {
    /// Prints a table.
    pub(super) fn table(&mut self, mut line: Line, table: &TableDeclaration) {
        line.head("k_table", &table.name, &table.title);
        line.parameters(&table.asks);
        line.may_break();
        line.word("k_gives");
        line.field_list(&table.answers);
        self.hanging_clause(0, HEAD_HANG, &line);
        if let Some(in_force) = &table.in_force {
            let mut line = self.line();
            line.in_force(in_force);
            self.clause(HANG, &line);
        }
        if let Some((policy, span)) = &table.hit {
            let mut line = self.line();
            line.touch(*span);
            line.word("k_hit");
            line.word(match policy {
                HitPolicy::Unique => "k_unique",
                HitPolicy::First => "k_first",
                HitPolicy::SingleBeforeRange => "k_single_before_range",
                HitPolicy::Conflict => "k_conflict",
            });
            self.clause(HANG, &line);
        }
        if let Some(file) = &table.file {
            let mut line = self.line();
            line.said("k_file", file);
            self.clause(HANG, &line);
        }
        self.grounds(HANG, &table.grounds);
        self.rows(&table.rows);
    }

    fn rows(&mut self, rows: &[TableRow]) {
        let texts: Vec<RowText> = rows.iter().map(|row| self.row(row)).collect();
        let asks = widths(texts.iter().filter_map(|row| row.asks.as_deref()));
        let answers = widths(texts.iter().filter_map(|row| row.answers.as_deref()));
        let (asking, answering) = (across(&asks), across(&answers));
        for (row, mut text) in rows.iter().zip(texts) {
            let left = match &text.asks {
                Some(cells) => aligned(cells, &asks),
                None => padded(&text.otherwise, asking),
            };
            let right = match &text.answers {
                Some(cells) => aligned(cells, &answers),
                None => padded(&text.instead, answering),
            };
            text.line.text(&format!("| {left} || {right} |"));
            self.clause(HANG, &text.line);
            self.grounds(HEAD_HANG, &row.grounds);
        }
    }

    fn row(&self, row: &TableRow) -> RowText {
        let mut line = self.line_at(row.span.start);
        let mut cell = |write: &dyn Fn(&mut Line)| {
            let mut cell = self.line();
            write(&mut cell);
            if let Some((start, end)) = cell.place() {
                line.touch(crate::source::Span { start, end, ..row.span });
            }
            cell.flat()
        };
        let mut otherwise = String::new();
        let mut instead = String::new();
        let asks = match &row.asks {
            RowAsks::Cells(cells) => {
                Some(cells.iter().map(|asked| cell(&|line: &mut Line| line.cell(asked))).collect())
            }
            RowAsks::Otherwise => {
                otherwise = cell(&|line: &mut Line| line.word("k_otherwise"));
                None
            }
        };
        let answers = match &row.answers {
            RowAnswers::Values(values) => {
                Some(values.iter().map(|value| cell(&|line: &mut Line| line.value(value))).collect())
            }
            RowAnswers::Nothing => {
                instead = cell(&|line: &mut Line| line.word("k_nothing"));
                None
            }
            RowAnswers::Undetermined(reason) => {
                instead = cell(&|line: &mut Line| {
                    line.word("k_undetermined");
                    if let Some(reason) = reason {
                        line.template(reason);
                    }
                });
                None
            }
        };
        RowText { line, asks, otherwise, answers, instead }
    }
}

/// The cells of a row as text, and the line that they will stand on.
struct RowText {
    line: Line,
    asks: Option<Vec<String>>,
    otherwise: String,
    answers: Option<Vec<String>>,
    instead: String,
}

impl Line {
    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Any(span) => {
                self.touch(*span);
                self.text("*");
            }
            Cell::OneOf(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    if at > 0 {
                        self.comma();
                    }
                    match part {
                        CellPart::Value(value) => self.cell_value(value),
                        CellPart::Range(from, to) => {
                            self.cell_value(from);
                            self.join("..");
                            self.cell_value(to);
                        }
                    }
                }
            }
        }
    }

    fn cell_value(&mut self, value: &Expr) {
        self.expr_in(value, Place::value(follow::COMMA));
    }
}

/// The widest cell of each column.
fn widths<'a>(rows: impl Iterator<Item = &'a [String]>) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(at) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    widths
}

/// The width of all columns together.
fn across(widths: &[usize]) -> usize {
    let cells = widths.iter().fold(0, |sum: usize, width| sum.saturating_add(*width));
    cells.saturating_add(BETWEEN.len().saturating_mul(widths.len().saturating_sub(1)))
}

fn aligned(cells: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| padded(cell, *width)).collect();
    cells.join(BETWEEN)
}

fn padded(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}
