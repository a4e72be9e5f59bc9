//! Rules: trigger, requirements, branches and effects.

use super::*;

/// A rule. Rules of one name are versions of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Title,
    /// `undantag från R, går före S`.
    pub exception: Option<Exception>,
    /// `gäller från D [till och med D]`.
    pub in_force: Option<InForce>,
    /// `i ärende K`.
    pub kinds: Vec<Name>,
    /// What it rests on.
    pub grounds: Grounds,
    /// `besvarar …`: the questions that it answers.
    pub answers: Vec<Name>,
    /// What it fires on; an exception inherits it.
    pub trigger: Option<Trigger>,
    /// `medan C`.
    pub while_: Option<Expr>,
    /// `kräver …`.
    pub requirements: Option<Requirements>,
    /// `låt x = V` after the requirements.
    pub lets: Vec<Let>,
    /// Effects that always apply.
    pub always: Vec<Effect>,
    /// `om … annars om … annars …`; empty when there is none.
    pub branches: Vec<Branch>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Its guarantees.
    pub guarantees: Vec<Guarantee>,
}

/// `undantag från R, går före S`.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// The rule it excepts from.
    pub rule: Name,
    /// Other exceptions that it goes ahead of.
    pub ahead_of: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// What a rule fires on.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// What it is.
    pub kind: TriggerKind,
    /// Where it stands.
    pub span: Span,
}

/// What a trigger is.
#[derive(Clone, Debug, PartialEq)]
pub enum TriggerKind {
    /// `när A eller B [där C]`.
    Events {
        /// The events, one or more.
        events: Vec<Name>,
        /// `där C`.
        where_: Option<Expr>,
    },
    /// `när H godkänd|avslagen [där C]`.
    Decided {
        /// The event.
        event: Name,
        /// `godkänd` rather than `avslagen`.
        granted: bool,
        /// `där C`.
        where_: Option<Expr>,
    },
    /// `när 12 månader har gått sedan H[.fält] [där C]`.
    Timer {
        /// How long.
        period: Expr,
        /// The event it starts from.
        event: Name,
        /// The date field it starts from; the event's own day without.
        field: Option<Name>,
        /// `där C`, about the event it starts from.
        where_: Option<Expr>,
    },
    /// `när F blir ja|nej|V`.
    Becomes {
        /// The fact.
        fact: FactRef,
        /// The value it becomes.
        value: Expr,
    },
    /// `när F ändras`.
    Changes {
        /// The fact.
        fact: FactRef,
    },
    /// `när månaden|kvartalet|året|veckan är slut`.
    PeriodOver(CalendarUnit),
    /// `varje år den 1 december`.
    EveryYear {
        /// The month, 1–12.
        month: u8,
        /// The day of the month, 1–31.
        day: u8,
    },
    /// `den 2026-03-01`.
    OnDay(DayLiteral),
    /// `alltid`.
    Always,
}

/// A fact as it is referred to: `avtal`, `valbar för service`.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRef {
    /// Its name.
    pub name: Name,
    /// `för V`.
    pub parameter: Option<Expr>,
}

/// `kräver` with its lines and what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirements {
    /// The lines in text order.
    pub lines: Vec<Requirement>,
    /// `godkänns annars avslås` or `annars anmärkning`.
    pub outcome: RequirementsOutcome,
    /// Where it stands.
    pub span: Span,
}

/// What follows from a list of requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequirementsOutcome {
    /// `godkänns annars avslås`.
    GrantedOrDenied,
    /// `annars anmärkning`.
    Finding,
}

/// A requirement and the reason given when it fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// What must hold.
    pub condition: Expr,
    /// The reason when it does not.
    pub otherwise: Template,
    /// What it rests on.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// `låt x = V`.
#[derive(Clone, Debug, PartialEq)]
pub struct Let {
    /// The name.
    pub name: Name,
    /// Its value.
    pub value: Expr,
    /// Where it stands.
    pub span: Span,
}

/// A branch of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The condition; `annars` has none.
    pub condition: Option<Expr>,
    /// What it rests on.
    pub grounds: Grounds,
    /// `låt` first in the branch.
    pub lets: Vec<Let>,
    /// The effects; empty for `inget`.
    pub effects: Vec<Effect>,
    /// The word that opens it (`om`, `annars om`, `annars`) through its last effect.
    pub span: Span,
    /// Only the opening word or words.
    pub opening: Span,
}

/// An effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What it is.
    pub kind: EffectKind,
    /// What it rests on, when it has citations of its own.
    pub grounds: Grounds,
    /// The whole effect.
    pub span: Span,
}

/// What an effect is.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "duties are the common case")]
pub enum EffectKind {
    /// `F gäller från D [till och med E]`.
    Applies {
        /// The fact.
        fact: FactRef,
        /// The first day.
        from: Option<Expr>,
        /// The last day.
        through: Option<Expr>,
    },
    /// `F upphör från och med D` / `F upphör efter D`.
    Ends {
        /// The fact.
        fact: FactRef,
        /// When.
        when: Option<EndBound>,
    },
    /// `F blir V från D`.
    Becomes {
        /// The fact.
        fact: FactRef,
        /// The new value; only an expected effect may leave it out.
        value: Option<Expr>,
        /// The first day; only an expected effect may leave it out.
        from: Option<Expr>,
    },
    /// `R ska|bör A …`.
    Duty(Duty),
    /// `R får A …`, `R får inte A …`.
    Permission {
        /// Who.
        roles: Vec<Name>,
        /// `får` rather than `får inte`.
        allowed: bool,
        /// What.
        action: Name,
        /// The first day.
        from: Option<Expr>,
        /// The last day.
        through: Option<Expr>,
    },
    /// `godkänns`.
    Granted,
    /// `avslås "skäl"`.
    Denied(Option<Template>),
    /// `anmärkning "…"`.
    Finding(Option<Template>),
    /// `notering "…"`.
    Note(Option<Template>),
    /// `ger x "titel" = V`.
    Gives {
        /// The name of the value.
        name: Name,
        /// What it is called in sentences.
        title: Title,
        /// The value.
        value: Option<Expr>,
    },
}

/// When a fact ends.
#[derive(Clone, Debug, PartialEq)]
pub enum EndBound {
    /// `från och med D`: the first day without.
    AsOf(Expr),
    /// `efter D`: the last day with.
    After(Expr),
}
