//! Rules of a checked program.

use super::*;
use crate::Language;
use crate::syntax::tree::{CalendarUnit, DutyState, RequirementsOutcome};
use crate::value::Value;

/// One version of a rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name and title.
    pub named: Named,
    /// The kinds of case it looks at.
    pub kinds: Kinds,
    /// When it is in force, within the ruleset's own time.
    pub in_force: Option<DayRange>,
    /// Where that stands.
    pub in_force_span: Option<Span>,
    /// The rule it is an exception to.
    pub exception: Option<Exception>,
    /// What it rests on.
    pub grounds: Grounds,
    /// The questions that it answers, each once, in text order.
    pub answers: Vec<QuestionId>,
    /// What it fires on. An exception has its rule's.
    pub trigger: Trigger,
    /// Where the trigger stands.
    pub trigger_span: Option<Span>,
    /// `medan`.
    pub while_: Option<ExprId>,
    /// Its requirements.
    pub requirements: Option<Requirements>,
    /// What `låt` names, in order; each value may use those before it.
    pub lets: Vec<Let>,
    /// How many locals the rule has in all, those of its branches included.
    pub locals: u16,
    /// Effects that always apply: branch 0.
    pub always: Vec<Effect>,
    /// The branches, from 1.
    pub branches: Vec<Branch>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Its guarantees.
    pub guarantees: Vec<Guarantee>,
    /// The language of the file it stands in.
    pub language: Language,
    /// The whole rule.
    pub span: Span,
}

/// What a rule is an exception to.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The versions of the rule it excepts from.
    pub to: Vec<RuleId>,
    /// The exceptions it goes ahead of.
    pub ahead_of: Vec<RuleId>,
}

/// What a rule fires on.
#[derive(Clone, Debug)]
pub enum Trigger {
    /// One of several events.
    Events {
        /// The events.
        events: Vec<TriggerEvent>,
        /// `där`: fields are the trigger's own ([`code::Op::Field`]).
        where_: Option<ExprId>,
    },
    /// An event once it is decided.
    Decided {
        /// The event.
        event: EventId,
        /// Granted rather than denied.
        granted: bool,
        /// `där`.
        where_: Option<ExprId>,
    },
    /// A time after an event.
    Timer {
        /// The event it starts from; its fields are in scope.
        event: EventId,
        /// The day it fires, computed on the starting event: `P efter H.f`, with [`code::Op::EventDate`] or a field.
        due: ExprId,
        /// `där`.
        where_: Option<ExprId>,
    },
    /// A fact becomes a value.
    Becomes {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<Value>,
        /// The value.
        value: Value,
    },
    /// A fact changes.
    Changes {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<Value>,
    },
    /// A calendar period is over; fires on its last day.
    PeriodOver(CalendarUnit),
    /// A day of every year.
    EveryYear {
        /// The month, 1–12.
        month: u8,
        /// The day, 1–31.
        day: u8,
    },
    /// One day.
    OnDay(Day),
    /// A standing norm.
    Always,
}

/// An event that a rule fires on, and where in it the rule finds its fields.
#[derive(Clone, Debug)]
pub struct TriggerEvent {
    /// The event.
    pub event: EventId,
    /// For a rule on several events: the event's field for each shared field; `None` when they are the same.
    pub fields: Option<Vec<u16>>,
}

/// Requirements and what follows.
#[derive(Clone, Debug)]
pub struct Requirements {
    /// The lines in text order.
    pub lines: Vec<Requirement>,
    /// What follows.
    pub outcome: RequirementsOutcome,
}

/// A requirement.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// What must hold.
    pub condition: ExprId,
    /// The set whose members are missing, when the condition asks whether one set lies within another
    /// (`krävda ingår i givna`): listed in `missing`.
    pub missing: Option<ExprId>,
    /// The reason when it does not.
    pub otherwise: Template,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// A text with holes, in both languages.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// In Swedish.
    pub sv: Vec<TemplatePart>,
    /// In English.
    pub en: Vec<TemplatePart>,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// Letters.
    Literal(String),
    /// A value.
    Hole(ExprId),
}

/// `låt`.
#[derive(Clone, Debug)]
pub struct Let {
    /// The name.
    pub name: String,
    /// The local it fills.
    pub local: u16,
    /// Its value.
    pub value: ExprId,
}

/// A branch.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its condition; `annars` has none.
    pub condition: Option<ExprId>,
    /// What it rests on.
    pub grounds: Grounds,
    /// What `låt` names in it.
    pub lets: Vec<Let>,
    /// Its effects; empty for `inget`.
    pub effects: Vec<Effect>,
    /// The whole branch.
    pub span: Span,
    /// Its opening word or words.
    pub opening: Span,
}

/// An effect.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What it is.
    pub kind: EffectKind,
    /// What it rests on, when it has citations of its own.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// What an effect is.
#[derive(Clone, Debug)]
pub enum EffectKind {
    /// A yes/no fact begins.
    Applies {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<ExprId>,
        /// The first day.
        from: ExprId,
        /// The last day.
        through: Option<ExprId>,
    },
    /// A fact ends.
    Ends {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<ExprId>,
        /// The day.
        when: ExprId,
        /// The day is the last with the fact rather than the first without.
        after: bool,
    },
    /// A valued fact changes.
    Becomes {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        parameter: Option<ExprId>,
        /// The value.
        value: ExprId,
        /// The first day.
        from: ExprId,
    },
    /// A duty arises.
    Duty(DutyId),
    /// A permission or a prohibition.
    Permission {
        /// Who.
        roles: Vec<RoleId>,
        /// Permission rather than prohibition.
        allowed: bool,
        /// What.
        action: ActionId,
        /// The first day.
        from: Option<ExprId>,
        /// The last day.
        through: Option<ExprId>,
    },
    /// The event is granted.
    Granted,
    /// The event is denied, and why.
    Denied(Template),
    /// A remark.
    Finding(Template),
    /// A milder remark.
    Note(Template),
    /// A value is handed out.
    Gives {
        /// Its name.
        result: ResultId,
        /// The value.
        value: ExprId,
    },
}

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
