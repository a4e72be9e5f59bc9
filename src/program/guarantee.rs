//! Guarantees of a checked program: what is to be proved of a rule, or of the whole ruleset.

use super::*;
pub use crate::syntax::tree::HowMany;

/// A guarantee.
#[derive(Clone, Debug)]
pub struct Guarantee {
    /// What is guaranteed.
    pub kind: GuaranteeKind,
    /// Where it stands.
    pub span: Span,
}

/// What is guaranteed, each time that the rule fires. One about the whole ruleset is about every rule that it can
/// speak of.
#[derive(Clone, Debug)]
pub enum GuaranteeKind {
    /// A later date never gives an earlier first day.
    LaterNeverEarlier {
        /// The field that is moved; the event's day without.
        field: Option<u16>,
        /// The fact whose first day is meant; any without.
        fact: Option<FactId>,
    },
    /// A condition that holds for each day that the rule brings; [`code::Op::EffectiveDay`] and
    /// [`code::Op::LastDay`] stand for that day.
    Holds {
        /// The condition.
        condition: ExprId,
        /// The fact whose first day is meant; any without.
        fact: Option<FactId>,
        /// Which day the condition speaks of.
        of: Promised,
    },
    /// As many of something as stated.
    Count {
        /// One and no other, one or none, one or more.
        how: HowMany,
        /// One of what.
        of: Counted,
    },
    /// A branch is chosen in every situation, also where there is a lone `om`.
    NoGaps,
    /// The conditions of two branches never hold at once.
    NoOverlaps,
    /// Every duty to do this has a consequence for when it is missed.
    NeverMissedWithoutConsequence(ActionId),
    /// No promise: effects of the rule may begin before its trigger. Never about the whole ruleset.
    MayBeRetroactive,
}

/// The day that a condition of a guarantee speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promised {
    /// `ikraftträdande`: the first day of each effect on a fact.
    EffectiveDay,
    /// `sista_dagen`: the last day of each duty that has one.
    LastDay,
    /// None of them: it is asked once each time the rule fires.
    Neither,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Outcomes of any sort.
    Outcomes,
    /// Decisions.
    Decisions,
    /// Duties.
    Duties,
    /// Findings; milder notes are none.
    Findings,
    /// Values handed out.
    Values,
    /// Changes of this fact: where it begins, ends or takes another value.
    Changes(FactId),
}
