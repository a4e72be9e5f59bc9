//! Guarantees: what a rule, or the whole ruleset, promises of every day there is.

use super::*;

/// `garanti: …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Guarantee {
    /// What is guaranteed.
    pub kind: GuaranteeKind,
    /// Where it stands.
    pub span: Span,
}

/// What is guaranteed.
#[derive(Clone, Debug, PartialEq)]
pub enum GuaranteeKind {
    /// `senare datum ger aldrig tidigare ikraftträdande [av F]`.
    LaterNeverEarlier {
        /// The date that is moved: `datum` or a field.
        date: Option<Name>,
        /// The fact whose first day is meant.
        of: Option<Name>,
    },
    /// A condition over the trigger, `ikraftträdande` and `sista_dagen`, true whenever the rule brings such a day.
    Holds(Expr),
    /// `alltid exakt|högst|minst ett utfall`.
    Count {
        /// One and no other, one or none, one or more.
        how: HowMany,
        /// One of what.
        of: Counted,
    },
    /// `inga luckor`.
    NoGaps,
    /// `inga överlapp`.
    NoOverlaps,
    /// `A uteblir aldrig utan följd`.
    NeverMissedWithoutConsequence(Name),
    /// `får verka bakåt`.
    MayBeRetroactive,
}

/// How one is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowMany {
    /// `exakt ett`: one and no other.
    Exactly,
    /// `högst ett`: one or none.
    AtMost,
    /// `minst ett`: one or more.
    AtLeast,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// `utfall`, of any sort.
    Outcomes,
    /// `beslut`.
    Decisions,
    /// `skyldighet`.
    Duties,
    /// `anmärkning`.
    Findings,
    /// `värde`, handed out with `ger`.
    Values,
    /// `ändring av F`: where the fact begins, ends or takes another value.
    Changes(Name),
}
