//! Outcomes, each with what it rests on.

use super::conflict::{Claim, Contested};
use super::need::Need;
use super::recurring::Counted;
use crate::Words;
use crate::program::{ActionId, CitationId, EventId, FactId, ReadingId, ResultId, RoleId, RuleId};
use crate::syntax::tree::CalendarUnit;
use crate::time::{Day, NonWorking, Period};
use crate::value::Value;

/// One outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The rule; none when an event's own requirements denied it.
    pub rule: Option<RuleId>,
    /// 0 for an effect that always applies, then the branch's number in text order.
    pub branch: u16,
    /// Which effect of the branch brought it, from 0 in text order.
    pub effect: u16,
    /// What set the rule off.
    pub trigger: Cause,
    /// The day it fired; none for what is upcoming.
    pub fired: Option<Day>,
    /// What it is.
    pub kind: OutcomeKind,
    /// The citations it rests on; the first is the nearest one.
    pub citations: Vec<CitationId>,
    /// What else there is to say of it.
    pub remarks: Remarks,
    /// The firing it came of: outcomes of one rule and trigger share it.
    pub firing: u32,
}

/// What set a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An event: its place among the case's events. A timer's is its starting event.
    Event(u32),
    /// A standing norm.
    Always,
    /// The calendar.
    Calendar(CalendarCause, Day),
    /// A change of a fact on a day.
    Fact(FactId, Day),
}

/// Which turn of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarCause {
    /// A period is over.
    Over(CalendarUnit),
    /// A day of the year, or one day.
    Date,
}

/// What an outcome is.
#[derive(Clone, Debug, PartialEq)]
pub enum OutcomeKind {
    /// A yes/no fact begins.
    Begins {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// The first day.
        from: Day,
        /// The last day.
        until: Option<Day>,
    },
    /// A fact ends.
    Ends {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// The first day without.
        on: Day,
    },
    /// A valued fact changes.
    Becomes {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// The value.
        value: Value,
        /// The first day.
        from: Day,
    },
    /// A duty.
    Duty(DutyOutcome),
    /// A duty that comes back.
    RecurringDuty(RecurringOutcome),
    /// A permission or a prohibition.
    Permission {
        /// Permission rather than prohibition.
        allowed: bool,
        /// Who.
        role: RoleId,
        /// What.
        action: ActionId,
        /// The first day.
        from: Option<Day>,
        /// The last day.
        until: Option<Day>,
    },
    /// The event is granted or denied.
    Decision {
        /// Granted rather than denied.
        granted: bool,
        /// Why.
        reasons: Vec<Reason>,
    },
    /// A remark.
    Finding {
        /// Milder: a note.
        mild: bool,
        /// What it says.
        text: Words,
        /// What is missing.
        missing: Vec<Value>,
    },
    /// A value handed out.
    Value {
        /// Its name.
        result: ResultId,
        /// The value; [`Value::None`] is a known none.
        value: Value,
    },
    /// A timer or a period that will look on a later day.
    Upcoming {
        /// The day.
        on: Day,
        /// What it would bring.
        of: KindName,
    },
    /// Not known yet.
    Undetermined {
        /// What is missing.
        needs: Vec<Need>,
        /// What it would have been.
        of: KindName,
    },
    /// Rules that clash, or rows of a table.
    Conflict {
        /// The rules; the one that asked, when it is rows of a table that clash.
        rules: Vec<RuleId>,
        /// What they clash over.
        over: Contested,
        /// What each of them says, in the order of the rules or rows; empty for exceptions.
        claims: Vec<Claim>,
    },
    /// A rule withheld by an exception that brings nothing of its own.
    Withheld {
        /// The exception.
        by: RuleId,
    },
}

/// The kinds of outcome by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindName {
    /// `begins`.
    Begins,
    /// `ends`.
    Ends,
    /// `becomes`.
    Becomes,
    /// `duty`.
    Duty,
    /// `recurring_duty`.
    RecurringDuty,
    /// `may`.
    May,
    /// `must_not`.
    MustNot,
    /// `granted`.
    Granted,
    /// `denied`.
    Denied,
    /// `finding`.
    Finding,
    /// `note`.
    Note,
    /// `value`.
    Value,
    /// `upcoming`.
    Upcoming,
    /// `undetermined`.
    Undetermined,
    /// `conflict`.
    Conflict,
    /// `withheld`.
    Withheld,
}

impl KindName {
    /// The name as the interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            KindName::Begins => "begins",
            KindName::Ends => "ends",
            KindName::Becomes => "becomes",
            KindName::Duty => "duty",
            KindName::RecurringDuty => "recurring_duty",
            KindName::May => "may",
            KindName::MustNot => "must_not",
            KindName::Granted => "granted",
            KindName::Denied => "denied",
            KindName::Finding => "finding",
            KindName::Note => "note",
            KindName::Value => "value",
            KindName::Upcoming => "upcoming",
            KindName::Undetermined => "undetermined",
            KindName::Conflict => "conflict",
            KindName::Withheld => "withheld",
        }
    }
}

impl OutcomeKind {
    /// The name of the kind.
    pub const fn name(&self) -> KindName {
        match self {
            OutcomeKind::Begins { .. } => KindName::Begins,
            OutcomeKind::Ends { .. } => KindName::Ends,
            OutcomeKind::Becomes { .. } => KindName::Becomes,
            OutcomeKind::Duty(_) => KindName::Duty,
            OutcomeKind::RecurringDuty(_) => KindName::RecurringDuty,
            OutcomeKind::Permission { allowed: true, .. } => KindName::May,
            OutcomeKind::Permission { allowed: false, .. } => KindName::MustNot,
            OutcomeKind::Decision { granted: true, .. } => KindName::Granted,
            OutcomeKind::Decision { granted: false, .. } => KindName::Denied,
            OutcomeKind::Finding { mild: false, .. } => KindName::Finding,
            OutcomeKind::Finding { mild: true, .. } => KindName::Note,
            OutcomeKind::Value { .. } => KindName::Value,
            OutcomeKind::Upcoming { .. } => KindName::Upcoming,
            OutcomeKind::Undetermined { .. } => KindName::Undetermined,
            OutcomeKind::Conflict { .. } => KindName::Conflict,
            OutcomeKind::Withheld { .. } => KindName::Withheld,
        }
    }
}

/// A duty as of the as-of day.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyOutcome {
    /// Who.
    pub role: RoleId,
    /// What.
    pub action: ActionId,
    /// To whom.
    pub to: Option<Value>,
    /// The last day in time.
    pub by: Option<Day>,
    /// The only day.
    pub on: Option<Day>,
    /// The first day that counts.
    pub not_before: Option<Day>,
    /// The event it must come before.
    pub before: Option<EventId>,
    /// How fast, when the source says so in words.
    pub pace: Option<Pace>,
    /// How it stands.
    pub status: Status,
    /// The day it was met.
    pub fulfilled_on: Option<Day>,
    /// The event that met it: its place among the case's events.
    pub fulfilled_by: Option<u32>,
    /// The day on which its ground was found to have ended.
    pub lapsed_on: Option<Day>,
    /// A norm that is never overdue.
    pub soft: bool,
}

/// A duty that comes back, as of the as-of day.
#[derive(Clone, Debug, PartialEq)]
pub struct RecurringOutcome {
    /// Who.
    pub role: RoleId,
    /// What.
    pub action: ActionId,
    /// To whom.
    pub to: Option<Value>,
    /// How often.
    pub rhythm: Rhythm,
    /// The current last day.
    pub by: Option<Day>,
    /// How the current period stands.
    pub status: Status,
    /// The periods missed; for a rhythm of a time after the latest, the missed last days.
    pub missed: Vec<Missed>,
    /// What counted in the current period; for a rhythm of a time after the latest, the latest.
    pub counted: Vec<Counted>,
    /// What that comes to, where an amount is asked for.
    pub reached: Option<Value>,
    /// A norm that is never overdue.
    pub soft: bool,
}

/// How often a duty comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rhythm {
    /// So many times, or so much, per period.
    Per {
        /// How many times; none for an amount.
        times: Option<u32>,
        /// How much; none for a number of times.
        amount: Option<Value>,
        /// Per what.
        per: CalendarUnit,
        /// The rule says *whole* of the period.
        whole: bool,
    },
    /// A time after the latest.
    Every(Period),
}

/// A period that was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// A calendar period, by its first day.
    Period(CalendarUnit, Day),
    /// A last day.
    LastDay(Day),
}

/// How fast a duty is to be met, in the source's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// `omgående`.
    WithoutDelay,
    /// `utan angiven tid`.
    NoTimeStated,
}

/// How a duty stands as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Neither met nor past its last day.
    Open,
    /// Met, and in time if there is a last day.
    Met,
    /// Met after its last day.
    MetLate,
    /// Past its last day and not met.
    Overdue,
    /// Its ground ended before it was overdue.
    Lapsed,
}

impl Status {
    /// The name as the interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Met => "met",
            Status::MetLate => "met_late",
            Status::Overdue => "overdue",
            Status::Lapsed => "lapsed",
        }
    }
}

/// A reason for a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The rule; none when an event's own requirement failed.
    pub rule: Option<RuleId>,
    /// What it says; none for a bare `godkänns`.
    pub text: Option<Words>,
    /// What it rests on.
    pub citation: Option<CitationId>,
    /// What is missing.
    pub missing: Vec<Value>,
}

/// What else there is to say of an outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// Rules that this one, an exception, withheld.
    pub yielded: Vec<RuleId>,
    /// The day counted before it moved to a working day, and what moved it.
    pub moved: Option<(Day, NonWorking)>,
    /// It says what held already.
    pub no_change: bool,
    /// Its effect begins before its trigger.
    pub retroactive: bool,
    /// What replaced it later: the rule (none for an opening state) and the day that rule fired.
    pub superseded_by: Option<(Option<RuleId>, Day)>,
    /// Undetermined firings that could have changed a fact it reads: the rule and the day.
    pub assumes: Vec<(RuleId, Day)>,
    /// Lines of the same day whose order matters to it, its own last.
    pub same_day_order: Vec<u32>,
    /// The first day of the rule's version, when the rule has versions.
    pub version: Option<Day>,
    /// The readings it is cited with.
    pub rests_on_readings: Vec<ReadingId>,
    /// The first day on which the ruleset's revision was overdue, when the outcome fired on or after it.
    pub revision_overdue_since: Option<Day>,
    /// The last day of the duty that was missed and that this follows from.
    pub missed_on: Option<Day>,
}
