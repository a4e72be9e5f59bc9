//! Duties of a checked program: who must do what by when, how often, what meets it.

use super::*;
use crate::syntax::tree::CalendarUnit;

/// A duty as it stands in a rule.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Who bears it: one duty each.
    pub bearers: Vec<RoleId>,
    /// `bör`: never overdue, only unusual.
    pub soft: bool,
    /// What is to be done.
    pub action: ActionId,
    /// To whom: a set, one duty each.
    pub recipients: Option<ExprId>,
    /// `omgående`.
    pub without_delay: bool,
    /// `utan angiven tid`.
    pub no_time_stated: bool,
    /// The first day that counts.
    pub not_before: Option<ExprId>,
    /// The last day.
    pub limit: Limit,
    /// How it comes back.
    pub recurrence: Option<Recurrence>,
    /// What meets it.
    pub met_by: Vec<MetBy>,
    /// What it depends on.
    pub as_long_as: Option<ExprId>,
    /// Through which day it comes back.
    pub through: Option<ExprId>,
    /// While what it does not come back.
    pub except_while: Option<ExprId>,
    /// What makes it fall away.
    pub falls_away: Vec<EventPattern>,
    /// What follows when it is missed.
    pub failing: Vec<Effect>,
    /// Where it stands.
    pub span: Span,
}

/// The last day of a duty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// None.
    Open,
    /// By this day, included.
    By(ExprId),
    /// On this day.
    On(ExprId),
    /// Before an event happens; the same day is in time.
    BeforeEvent(EventId),
}

/// How a duty comes back.
#[derive(Clone, Debug)]
pub enum Recurrence {
    /// A number of times per calendar period.
    Times {
        /// How many times at least.
        times: u32,
        /// Per what.
        per: CalendarUnit,
        /// The rule says *whole* of the period.
        whole: bool,
    },
    /// An amount per calendar period.
    Amount {
        /// How much at least.
        amount: ExprId,
        /// Per what.
        per: CalendarUnit,
        /// The event that counts.
        event: EventId,
        /// Its field.
        field: u16,
    },
    /// A time after each such event, the first counted from the trigger.
    AfterLatest {
        /// The day, computed with [`code::Op::FireDate`] as the day counted from.
        due: ExprId,
        /// How long, as written.
        period: ExprId,
        /// The event.
        event: EventPattern,
    },
}

/// An event and a condition on it; its fields are the candidate's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventPattern {
    /// The event.
    pub event: EventId,
    /// The condition.
    pub where_: Option<ExprId>,
}

/// What meets a duty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetBy {
    /// The event and the condition.
    pub pattern: EventPattern,
    /// Also when it came on an earlier day than the trigger.
    pub even_earlier: bool,
}
