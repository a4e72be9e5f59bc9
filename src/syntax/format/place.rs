//! What binds tighter, what an open end takes, and so where parentheses are needed.

use super::look;
use crate::syntax::tree::{ExprKind, Operator};

/// Anything: `expr` in the grammar.
pub(super) const OR: u8 = 0;
pub(super) const AND: u8 = 1;
pub(super) const NOT: u8 = 2;
pub(super) const COMPARE: u8 = 3;
/// What `value` in the grammar holds: everything that is no condition.
pub(super) const SUFFIX: u8 = 4;
pub(super) const DATE_STEP: u8 = 5;
pub(super) const SUM: u8 = 6;
pub(super) const PRODUCT: u8 = 7;
/// What `operand` in the grammar holds.
pub(super) const OPERAND: u8 = 8;
/// What `atom` in the grammar holds: an operand that is no rate.
pub(super) const ATOM: u8 = 9;

/// What may stand after an expression, where it would be read as its last part.
pub(super) mod follow {
    /// Nothing that matters.
    pub const NOTHING: u8 = 0;
    /// `efter`, `före`.
    pub const STEP: u8 = 1;
    /// `och`.
    pub const AND: u8 = 2;
    /// A comma.
    pub const COMMA: u8 = 4;
    /// Another operator, a test, `flyttad`, `avrundat`.
    pub const OPERATOR: u8 = 8;
    /// `där`, `sedan`, `under`.
    pub const NARROWING: u8 = 16;
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// How tightly it must bind to stand there without parentheses.
    least: u8,
    /// Whether only steps (`P efter D`) may stand there besides operands: `date` in the grammar.
    date: bool,
    /// What may come after it.
    pub(super) follow: u8,
}

impl Place {
    /// A condition or a value.
    pub(super) fn condition(follow: u8) -> Place {
        Place { least: OR, date: false, follow }
    }

    /// A value that is no condition.
    pub(super) fn value(follow: u8) -> Place {
        Place { least: SUFFIX, date: false, follow }
    }

    /// A date inside a date form.
    pub(super) fn date(follow: u8) -> Place {
        Place { least: DATE_STEP, date: true, follow }
    }

    /// A single operand.
    pub(super) fn operand(follow: u8) -> Place {
        Place { least: OPERAND, date: false, follow }
    }

    /// The period of `minst P före D`.
    pub(super) fn period() -> Place {
        Place { least: SUM, date: false, follow: follow::STEP }
    }

    /// The date of `minst P före D`.
    pub(super) fn step_end(follow: u8) -> Place {
        Place { least: DATE_STEP, date: false, follow }
    }

    /// An operand that is no rate.
    pub(super) fn atom() -> Place {
        Place { least: ATOM, date: false, follow: follow::OPERATOR | follow::STEP }
    }

    pub(super) fn step(self, least: u8, follow: u8) -> Place {
        // Inside a date form an operator of arithmetic needs parentheses.
        Place { least: if self.date && least == SUM { OPERAND } else { least }, date: self.date, follow }
    }

    pub(super) fn plain(least: u8, follow: u8) -> Place {
        Place { least, date: false, follow }
    }

    pub(super) fn holds(self, kind: &ExprKind) -> bool {
        let tight = tightness(kind);
        let fits = tight >= self.least && !(self.date && matches!(tight, SUM | PRODUCT));
        fits && open_end(kind) & self.follow == 0
    }
}

/// How tightly an expression binds; the same order as in `lower/climb.rs`.
pub(super) fn tightness(kind: &ExprKind) -> u8 {
    use ExprKind::*;
    match kind {
        Or(..) => OR,
        And(..) => AND,
        Not(inner) => match &*inner.kind {
            ReadingIs(..) => ATOM,
            kind if takes_not(kind) => COMPARE,
            _ => NOT,
        },
        Compare(..) | Between(..) | IsGiven(_) | IsUnknown(_) | IsEmpty(_) | In(..) => COMPARE,
        DutyIs(..) | DecisionIs(..) | DateIs(..) | DayOfMonthIs(..) | AtLeastBefore(..) | DayIs(..) => {
            COMPARE
        }
        Rounded(..) | Moved(..) | Unmoved(_) => SUFFIX,
        After(..) | Before(..) | WorkingDays(..) => DATE_STEP,
        Arithmetic(Operator::Add | Operator::Subtract, ..) => SUM,
        Arithmetic(..) => PRODUCT,
        Rate(..) => OPERAND,
        _ => ATOM,
    }
}

/// Tests that are negated inside (`är inte angivet`) rather than before.
pub(super) fn takes_not(kind: &ExprKind) -> bool {
    use ExprKind::*;
    matches!(
        kind,
        IsGiven(_)
            | IsUnknown(_)
            | IsEmpty(_)
            | Between(..)
            | DutyIs(..)
            | DecisionIs(..)
            | DateIs(..)
            | DayOfMonthIs(..)
            | DayIs(..)
    )
}

/// What an expression that ends in a part without brackets would take for its own.
fn open_end(kind: &ExprKind) -> u8 {
    use ExprKind::*;
    match kind {
        DayOfMonth(..) | LastDayOfMonth(_) | DayAfter(_) | DayBefore(_) | FirstIn(..) | DaysBetween(..)
        | ConstantOn(..) => follow::STEP,
        LaterOf(_) | EarlierOf(_) => follow::STEP | follow::AND | follow::COMMA,
        LookBack(asked) => look::open_end(asked),
        _ => follow::NOTHING,
    }
}
