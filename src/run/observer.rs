//! Writing down what a run does, when somebody asks.

use super::timeline::Stretch;
use crate::program::{ExprId, FactId, RuleId};
use crate::time::Day;
use crate::value::Value;

/// Where in a rule an expression was evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// The branch: 0 for what always applies.
    pub branch: u16,
    /// Which effect of the branch.
    pub effect: u16,
    /// Which part.
    pub part: Part,
}

/// Which part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `där` of the trigger.
    Where,
    /// `medan`.
    While,
    /// A requirement, from 0.
    Requirement(u16),
    /// `låt`.
    Let,
    /// The condition of the branch.
    Condition,
    /// The value of an effect.
    Value,
    /// The first day of an effect, or the day something ends.
    From,
    /// The last day of an effect.
    Until,
    /// The last day of a duty.
    Limit,
    /// The first day of a duty that counts.
    NotBefore,
    /// The day a timer is due.
    Due,
}

/// Somebody who watches a run.
pub trait Observer {
    /// A rule looks at a trigger: what comes until the next such call belongs to this firing.
    fn firing(&mut self, firing: u32, rule: Option<RuleId>, day: Day);
    /// An expression was evaluated; `values` are those of its parts in order, the last one its own.
    fn evaluated(&mut self, site: Site, expr: ExprId, values: &[Value]);
    /// A fact was read on a day, and what laid its value down.
    fn fact_read(
        &mut self,
        fact: FactId,
        of: Option<Value>,
        day: Day,
        value: Value,
        stretch: Option<&Stretch>,
    );
}
