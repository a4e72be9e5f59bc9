//! Examples beside the rules of a checked program: what is given, what is expected.

use super::*;
use crate::syntax::tree::DutyState;
use crate::value::Value;

/// An example.
#[derive(Clone, Debug)]
pub struct Example {
    /// The document's own.
    pub from_source: bool,
    /// The readings it is run with.
    pub readings: Vec<(ReadingId, u16)>,
    /// The events, in order.
    pub events: Vec<ExampleEvent>,
    /// As of the end of this day; the day of the last event, or of the last timer it is about, without.
    pub as_of: Option<Day>,
    /// Facts that are given, from before the first event.
    pub facts: Vec<(FactId, Option<Value>, Value)>,
    /// What is expected.
    pub expected: Vec<Expected>,
    /// `inget`: the rule brings nothing.
    pub nothing: bool,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// An event of an example.
#[derive(Clone, Debug)]
pub struct ExampleEvent {
    /// The event.
    pub event: EventId,
    /// Its day; `None` when the example does not say: any day will do.
    pub date: Option<Day>,
    /// Its fields: as given, its default, none, or unknown.
    pub fields: Vec<Value>,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects; only what is `Some` is compared.
#[derive(Clone, Debug)]
pub struct Expected {
    /// What it is.
    pub kind: ExpectedKind,
    /// Where it stands.
    pub span: Span,
}

/// What is expected. Expressions may read the trigger's fields.
#[derive(Clone, Debug)]
pub enum ExpectedKind {
    /// A fact begins.
    Begins {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<ExprId>,
        /// The first day.
        from: Option<ExprId>,
        /// The last day.
        until: Option<ExprId>,
    },
    /// A fact ends.
    Ends {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<ExprId>,
        /// The first day without (with `after`, the last day with).
        when: Option<ExprId>,
        /// The day is the last with the fact.
        after: bool,
    },
    /// A fact changes.
    Becomes {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<ExprId>,
        /// The value.
        value: Option<ExprId>,
        /// The first day.
        from: Option<ExprId>,
    },
    /// A duty.
    Duty {
        /// Who, each of these.
        roles: Vec<RoleId>,
        /// `bör` rather than `ska`.
        soft: bool,
        /// What.
        action: ActionId,
        /// To whom, each of these.
        recipients: Option<ExprId>,
        /// Its last day.
        by: Option<ExprId>,
        /// Its only day.
        on: Option<ExprId>,
        /// The first day that counts.
        not_before: Option<ExprId>,
        /// How it comes back.
        recurrence: Option<Recurrence>,
        /// `omgående`.
        without_delay: bool,
        /// `utan angiven tid`.
        no_time_stated: bool,
    },
    /// A permission or a prohibition.
    Permission {
        /// Who.
        roles: Vec<RoleId>,
        /// Permission.
        allowed: bool,
        /// What.
        action: ActionId,
        /// The first day.
        from: Option<ExprId>,
        /// The last day.
        through: Option<ExprId>,
    },
    /// Granted.
    Granted,
    /// Denied, for this reason among others.
    Denied(Option<Template>),
    /// A remark.
    Finding(Option<Template>),
    /// A milder remark.
    Note(Option<Template>),
    /// A value.
    Gives {
        /// Its name.
        result: ResultId,
        /// The value.
        value: Option<ExprId>,
    },
    /// The latest duty to do this has this status.
    DutyStatus(ActionId, DutyState),
    /// An undetermined outcome.
    Undetermined,
    /// A conflict.
    Conflict,
}
