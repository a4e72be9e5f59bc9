//! Tables: their columns, rows and cells.

use super::*;

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableDeclaration {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// From when and until when this version is in force.
    pub in_force: Option<InForce>,
    /// What it rests on.
    pub grounds: Grounds,
    /// The columns that ask.
    pub asks: Vec<FieldDeclaration>,
    /// The columns that answer.
    pub answers: Vec<FieldDeclaration>,
    /// `träff …`.
    pub hit: Option<(HitPolicy, Span)>,
    /// `fil "schabloner.csv"`.
    pub file: Option<Quoted>,
    /// Its rows in text order.
    pub rows: Vec<TableRow>,
}

/// What it means that several rows fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitPolicy {
    /// `en enda`: only one may; equal answers do not clash.
    Unique,
    /// `första`.
    First,
    /// `enskild före intervall`.
    SingleBeforeRange,
    /// `konflikt`: an outcome of its own.
    Conflict,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The asking cells; `annars` has none.
    pub asks: RowAsks,
    /// The answering cells.
    pub answers: RowAnswers,
    /// What it rests on.
    pub grounds: Grounds,
    /// The line.
    pub span: Span,
}

/// Left of `||`.
#[derive(Clone, Debug, PartialEq)]
pub enum RowAsks {
    /// One cell per asking column.
    Cells(Vec<Cell>),
    /// `annars`.
    Otherwise,
}

/// Right of `||`.
#[derive(Clone, Debug, PartialEq)]
pub enum RowAnswers {
    /// One value per answering column.
    Values(Vec<Expr>),
    /// `inget`.
    Nothing,
    /// `obestämt "…"`.
    Undetermined(Option<Template>),
}

/// An asking cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// `*`: anything, absence too.
    Any(Span),
    /// Values and ranges; both ends of a range are included.
    OneOf(Vec<CellPart>),
}

/// A part of an asking cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellPart {
    /// One value.
    Value(Expr),
    /// `100101..100151`, both included.
    Range(Expr, Expr),
}
