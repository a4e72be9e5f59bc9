//! How a value is drawn: as a bar, a bar with its name on it, a line, or not at all.

use crate::state::Subject;
use crate::value::Value;

/// How a value is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A fact that holds: a full bar.
    Yes,
    /// A fact that does not hold, or is known to be none: a thin line.
    No,
    /// Nobody has said: dots.
    Unknown,
    /// A value, or a permission: a bar with its name.
    Named,
    /// A prohibition: a bar with its name.
    Forbidden,
    /// Nothing is said of a permission: no line at all.
    Nothing,
}

impl Shown {
    /// How a value of a subject is drawn.
    pub fn of(subject: Subject, value: Value) -> Shown {
        match (subject, value) {
            (Subject::Permission(..), Value::YesNo(true)) => Shown::Named,
            (Subject::Permission(..), Value::YesNo(false)) => Shown::Forbidden,
            (Subject::Permission(..), _) => Shown::Nothing,
            (Subject::Fact(..), Value::YesNo(true)) => Shown::Yes,
            (Subject::Fact(..), Value::YesNo(false) | Value::None) => Shown::No,
            (Subject::Fact(..), Value::Unknown) => Shown::Unknown,
            (Subject::Fact(..), _) => Shown::Named,
        }
    }
}
