//! What a program declares: names, types, events, facts, constants, tables, readings, sources.

use super::*;
use crate::functions::Script;
use crate::syntax::tree::HitPolicy;
use crate::time::NamedCalendar;
use crate::value::{PerId, RateBase, Value};

/// A declared name with its title in both languages (the name itself where there is none).
#[derive(Clone, Debug)]
pub struct Named {
    /// The name, in NFC.
    pub name: String,
    /// Its title; never empty.
    pub title: Words,
    /// Where the name stands.
    pub span: Span,
}

/// A type of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Only ever none.
    Nothing,
    /// Dates.
    Date,
    /// Dates with a time of day.
    Moment,
    /// Times of day.
    Clock,
    /// Yes or no.
    YesNo,
    /// Whole numbers.
    Count,
    /// Decimal numbers.
    Number,
    /// Money.
    Amount,
    /// Shares.
    Share,
    /// Work time.
    Duration,
    /// Periods.
    Period,
    /// Texts.
    Text,
    /// An enumeration.
    Choice(TypeId),
    /// Roles.
    Role,
    /// Counting words.
    Word,
    /// Sets of one of the simple types.
    Set(Element),
    /// Values per something.
    Rate(RateBase, PerId),
}

/// What a set holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    /// Nothing yet: the empty set fits every type.
    Any,
    /// Dates.
    Date,
    /// Whole numbers.
    Count,
    /// Texts.
    Text,
    /// An enumeration.
    Choice(TypeId),
    /// Roles.
    Role,
}

/// An enumeration.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// Its name; that of its field when it was written in place.
    pub named: Named,
    /// Its values in text order.
    pub values: Vec<Named>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub named: Named,
    /// The kinds of case it can stand in.
    pub kinds: Kinds,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What it must satisfy before any rule looks at it; a failing one denies it.
    pub requirements: Vec<Requirement>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub named: Named,
    /// Its type.
    pub ty: Type,
    /// Whether it may be none.
    pub optional: bool,
    /// What it is when it is not given.
    pub default: Option<Value>,
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name.
    pub named: Named,
    /// Its type.
    pub ty: Type,
    /// Whether it may be none.
    pub optional: bool,
    /// The type of its parameter.
    pub parameter: Option<Type>,
    /// The kinds of case it exists in.
    pub kinds: Kinds,
    /// Where its value comes from.
    pub source: FactSource,
    /// The fact it ends with.
    pub ends_with: Option<FactId>,
    /// What it rests on.
    pub grounds: Grounds,
    /// Its place in the order in which facts depend on each other: a fact comes after those it reads.
    pub rank: u32,
}

/// Where the value of a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FactSource {
    /// Rules and the opening state set it; before the first change it is this, unknown unless declared.
    Set(Value),
    /// It is taken from a field of each such event, from the event's day on.
    Taken {
        /// The event.
        event: EventId,
        /// Its field.
        field: u16,
        /// What it is before the first one.
        initial: Value,
    },
    /// It is computed when read.
    Computed(ExprId),
}

/// What a field of the opening state sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpeningField {
    /// The fact.
    pub fact: FactId,
    /// For which value of its parameter. A yes/no fact with a parameter has one field without a value: the set of those
    /// for which it holds; it does not hold for any other.
    pub of: Option<Value>,
    /// Whether the fact may be none.
    pub optional: bool,
}

/// A constant.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Its name.
    pub named: Named,
    /// Its type.
    pub ty: Type,
    /// Its versions in the order of their first days, without gap or overlap.
    pub versions: Vec<ConstantVersion>,
}

/// A version of a constant.
#[derive(Clone, Debug)]
pub struct ConstantVersion {
    /// When it is in force; without one, always.
    pub in_force: Option<DayRange>,
    /// Its value.
    pub value: Value,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// A calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub named: Named,
    /// Its days; `None` when the caller supplies them.
    pub days: Option<NamedCalendar>,
    /// Days that only the examples beside the rules see.
    pub in_examples: Option<NamedCalendar>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub named: Named,
    /// The columns that ask.
    pub asks: Vec<Field>,
    /// The columns that answer.
    pub answers: Vec<Field>,
    /// What it means that several rows fit.
    pub hit: HitPolicy,
    /// Its versions in the order of their first days.
    pub versions: Vec<TableVersion>,
}

/// A version of a table.
#[derive(Clone, Debug)]
pub struct TableVersion {
    /// When it is in force; without one, always.
    pub in_force: Option<DayRange>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// One cell per asking column; none in the row `annars`.
    pub asks: Vec<Cell>,
    /// One value per answering column; `None` is `inget`.
    pub answers: Answers,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// What a row answers.
#[derive(Clone, Debug)]
pub enum Answers {
    /// One value per answering column.
    Values(Vec<Value>),
    /// A known none.
    Nothing,
    /// Undetermined, and why.
    Undetermined(Words),
}

/// An asking cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Anything, absence too.
    Any,
    /// One of these; both ends of a range are included.
    OneOf(Vec<(Value, Value)>),
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub named: Named,
    /// Its parameters.
    pub parameters: Vec<Field>,
    /// What it gives.
    pub gives: Type,
    /// That type with its article.
    pub gives_words: Words,
    /// Whether it may give none.
    pub optional: bool,
    /// Its file.
    pub file: String,
    /// It compiled; none when something is wrong with it.
    pub script: Option<Script>,
}

/// A question of interpretation.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name; its title is the question.
    pub named: Named,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// Which of them is chosen.
    pub chosen: u16,
    /// What it rests on.
    pub grounds: Grounds,
}

/// An answer to a question of interpretation.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its name and what it says.
    pub named: Named,
    /// Why it was chosen.
    pub reason: Option<Words>,
    /// Recorded, not computed.
    pub text_only: bool,
}

/// A cited document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name in the rule files; its title is the document's.
    pub named: Named,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its file.
    pub file: Option<String>,
    /// The SHA-256 of its file.
    pub sha256: Option<String>,
}

/// A citation.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The document.
    pub document: DocumentId,
    /// The heading.
    pub section: Option<String>,
    /// The hash of the sentence.
    pub anchor: Option<String>,
    /// Which one of several alike sentences, from 1.
    pub number: Option<u32>,
    /// Where it stands first.
    pub span: Span,
}

/// What something rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounds {
    /// Its citations.
    pub citations: Vec<CitationId>,
    /// The readings it depends on.
    pub readings: Vec<ReadingId>,
}

/// A sentence that no rule expresses.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The sentences.
    pub grounds: Grounds,
    /// Why.
    pub reason: Words,
    /// Where it stands.
    pub span: Span,
}
