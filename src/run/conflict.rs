//! What a conflict is about, and what each side of it says.

use crate::program::{ActionId, FactId, RoleId, RuleId, TableId};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;

/// What is contested in a conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contested {
    /// A fact given different values from one day on; it is unknown from that day.
    Fact {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// The first day.
        from: Day,
    },
    /// Whether a role may do something.
    Permission {
        /// The role.
        role: RoleId,
        /// The action.
        action: ActionId,
    },
    /// Which of several exceptions to a rule applies.
    Exception,
    /// What a table with the hit policy `konflikt` answers.
    Answer(TableId),
}

/// What one side of a conflict says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The rule.
    pub rule: RuleId,
    /// The row of the table, where rows clash.
    pub row: Option<Span>,
    /// The value; of a permission whether it is one.
    pub value: Value,
    /// The last day, of a yes/no fact said to apply through one.
    pub until: Option<Day>,
}
