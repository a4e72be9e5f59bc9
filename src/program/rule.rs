//! Rules of a checked program.

use super::*;
use crate::Language;
use crate::syntax::tree::{CalendarUnit, RequirementsOutcome};
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
