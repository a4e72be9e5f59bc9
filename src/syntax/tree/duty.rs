//! Duties: bearers, last days, how often they come back, what meets them.

use super::*;

/// A duty.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Who bears it: one duty each.
    pub bearers: Vec<Name>,
    /// `bör` rather than `ska`.
    pub soft: bool,
    /// What is to be done.
    pub action: Name,
    /// `till var och en av {…}`: one duty each.
    pub recipients: Option<Expr>,
    /// `omgående`.
    pub without_delay: Option<Span>,
    /// `utan angiven tid`.
    pub no_time_stated: Option<Span>,
    /// `tidigast D`.
    pub not_before: Option<Expr>,
    /// Its last day.
    pub limit: Option<DutyLimit>,
    /// How it comes back.
    pub recurrence: Option<Recurrence>,
    /// `uppfylls av H [där C] [även tidigare]`.
    pub met_by: Vec<MetBy>,
    /// `så länge C`.
    pub as_long_as: Option<Expr>,
    /// `till och med D`, of a recurring duty.
    pub through: Option<Expr>,
    /// `utom medan C`, of a recurring duty.
    pub except_while: Option<Expr>,
    /// `bortfaller vid H [där C]`.
    pub falls_away: Vec<EventPattern>,
    /// `uteblir det E [samt E]…`.
    pub failing: Vec<Effect>,
}

/// The last day of a duty.
#[derive(Clone, Debug, PartialEq)]
pub enum DutyLimit {
    /// `senast D`, included.
    By(Expr),
    /// `den D`: on that day.
    On(Expr),
    /// `minst P före D`.
    AtLeastBefore {
        /// P.
        period: Expr,
        /// D.
        date: Expr,
        /// Where it stands.
        span: Span,
    },
    /// `innan H inträffar`: the same day is in time.
    BeforeEvent(Name),
}

/// How a duty comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Recurrence {
    /// What it is.
    pub kind: RecurrenceKind,
    /// Where it stands.
    pub span: Span,
}

/// What a recurrence is.
#[derive(Clone, Debug, PartialEq)]
pub enum RecurrenceKind {
    /// `minst 1 gång per hel kalendermånad`, `4 gånger per kalenderår`.
    Times {
        /// How many times at least.
        times: u32,
        /// `minst` was written.
        at_least: bool,
        /// `hel`: only whole periods.
        whole: bool,
        /// Per what.
        per: CalendarUnit,
    },
    /// `minst 60 minuter per vecka, räknat på H.tid`.
    Amount {
        /// How much at least.
        amount: Expr,
        /// Per what.
        per: CalendarUnit,
        /// The event that counts.
        event: Name,
        /// Its field.
        field: Name,
    },
    /// `senast P efter senaste H [där C]`.
    AfterLatest {
        /// P.
        period: Expr,
        /// H.
        event: EventPattern,
    },
}

/// `H [där C]`.
#[derive(Clone, Debug, PartialEq)]
pub struct EventPattern {
    /// The event.
    pub event: Name,
    /// `där C`.
    pub where_: Option<Expr>,
}

/// `uppfylls av H [där C] [även tidigare]`.
#[derive(Clone, Debug, PartialEq)]
pub struct MetBy {
    /// What meets it.
    pub pattern: EventPattern,
    /// `även tidigare`.
    pub even_earlier: bool,
}

/// A status of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyState {
    /// `öppen`.
    Open,
    /// `uppfylld`: met, in time or late, in conditions; in time in examples.
    Met,
    /// `uppfylld sent`.
    MetLate,
    /// `försenad`.
    Overdue,
    /// `bortfallen`.
    Lapsed,
}
