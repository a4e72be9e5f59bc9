//! Writing down what a run does, when somebody asks.

use super::outcome::Cause;
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

/// What a look back saw.
#[derive(Clone, Debug, PartialEq)]
pub struct LookedBack {
    /// Which one, by its place in [`crate::program::code::Code::look_backs`].
    pub look: u32,
    /// The first day of its window; none when it reaches back to the case's first event.
    pub from: Option<Day>,
    /// The last day: the day the rule fired.
    pub through: Day,
    /// How many events of the kind lie within.
    pub among: usize,
    /// The day and the value of each event that counted, in the order of the case.
    pub counted: Vec<(Day, Value)>,
    /// What came of each group, where it asks for groups.
    pub groups: Vec<Group>,
    /// Its answer.
    pub value: Value,
}

/// A group of events that have a field in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// The field's value.
    pub key: Value,
    /// How many events it has.
    pub events: usize,
    /// What is asked of it.
    pub value: Value,
}

/// Somebody who watches a run.
pub trait Observer {
    /// A rule looks at a trigger: what comes until the next such call belongs to this firing. Without a rule it is the
    /// event's own requirements that are judged; without a cause the firing is over.
    fn firing(&mut self, firing: u32, rule: Option<RuleId>, cause: Option<Cause>, day: Day);
    /// An expression was evaluated; `values` are those of its parts in order, the last one its own.
    fn evaluated(&mut self, site: Site, expr: ExprId, values: &[Value]);
    /// The expression under evaluation looked back over the case.
    fn looked_back(&mut self, _seen: LookedBack) {}
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
