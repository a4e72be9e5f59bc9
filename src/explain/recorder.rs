//! Writing down what one firing did, so that it can be explained.

use crate::program::{ExprId, FactId, RuleId};
use crate::run::observer::{Observer, Site};
use crate::run::timeline::{Setter, Stretch};
use crate::time::Day;
use crate::value::Value;

/// Writes down what one firing did.
#[derive(Debug, Default)]
pub struct Recorder {
    wanted: u32,
    listening: bool,
    /// The rule and the day, once the firing has come.
    pub rule: Option<(Option<RuleId>, Day)>,
    /// What was evaluated, in order: where, which expression, the values of its parts.
    pub evaluated: Vec<(Site, ExprId, Vec<Value>)>,
    /// The facts read.
    pub facts: Vec<FactRead>,
}

/// A fact that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactRead {
    /// The fact.
    pub fact: FactId,
    /// Its parameter.
    pub of: Option<Value>,
    /// On which day.
    pub day: Day,
    /// What it was.
    pub value: Value,
    /// Since when it was so.
    pub since: Option<Day>,
    /// What made it so.
    pub setter: Option<Setter>,
}

impl Recorder {
    /// Somebody who listens to one firing only.
    pub fn of(firing: u32) -> Recorder {
        Recorder { wanted: firing, ..Recorder::default() }
    }
}

impl Observer for Recorder {
    fn firing(&mut self, firing: u32, rule: Option<RuleId>, day: Day) {
        self.listening = firing == self.wanted;
        if self.listening {
            self.rule = Some((rule, day));
        }
    }

    fn evaluated(&mut self, site: Site, expr: ExprId, values: &[Value]) {
        if self.listening {
            self.evaluated.push((site, expr, values.to_vec()));
        }
    }

    fn fact_read(
        &mut self,
        fact: FactId,
        of: Option<Value>,
        day: Day,
        value: Value,
        stretch: Option<&Stretch>,
    ) {
        let read = FactRead {
            fact,
            of,
            day,
            value,
            since: stretch.map(|stretch| stretch.from),
            setter: stretch.map(|stretch| stretch.setter),
        };
        if self.listening && !self.facts.contains(&read) {
            self.facts.push(read);
        }
    }
}
