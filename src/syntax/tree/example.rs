//! Examples beside the rules: what is given, what is expected.

use super::*;

/// `exempel …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// `från källan`.
    pub from_source: bool,
    /// `i tolkning q = b`.
    pub readings: Vec<(Name, Name)>,
    /// What is given.
    pub given: Given,
    /// `med uppgift F = V`.
    pub facts: Vec<(FactRef, Expr)>,
    /// What is expected; empty for `inget`.
    pub expected: Vec<Expected>,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// What an example gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// One event of the rule's trigger: `datum = …, nytt_tak = …`.
    Fields(Vec<(Name, Expr)>),
    /// `förlopp: 2025-03-01 H; 2025-03-05 H2 x = V per 2025-03-05`.
    Course {
        /// The events in order.
        events: Vec<CourseEvent>,
        /// `per D`: as of the end of that day; the last event's day without.
        as_of: Option<DayLiteral>,
    },
}

/// An event of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseEvent {
    /// Its day.
    pub date: DayLiteral,
    /// The event.
    pub event: Name,
    /// Its fields.
    pub fields: Vec<(Name, Expr)>,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "effects are the common case")]
pub enum Expected {
    /// An effect, of which only what is written is compared.
    Effect(Effect),
    /// `A är öppen|uppfylld|uppfylld sent|försenad|bortfallen`.
    DutyStatus {
        /// The action.
        action: Name,
        /// The status.
        status: DutyState,
        /// Where it stands.
        span: Span,
    },
    /// `obestämt`.
    Undetermined(Span),
    /// `konflikt`.
    Conflict(Span),
}
