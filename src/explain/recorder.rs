//! Writing down what one firing did, and those beside it, so that it can be explained.

use crate::program::{ExprId, FactId, RuleId};
use crate::run::observer::{LookedBack, Observer, Part, Site};
use crate::run::timeline::{Setter, Stretch};
use crate::run::{Cause, Outcome, OutcomeKind};
use crate::time::Day;
use crate::value::Value;

/// Writes down what one firing did; for a decision and a conflict, also what the other rules on that trigger did.
#[derive(Debug, Default)]
pub struct Recorder {
    wanted: u32,
    /// The trigger whose other firings are wanted too.
    beside: Option<(Cause, Day)>,
    listening: bool,
    looks: Vec<LookedBack>,
    /// The firings, the explained one among them, in their order.
    pub firings: Vec<Heard>,
    /// The days on which timers were found to be due.
    pub due: Vec<Evaluated>,
}

/// What one firing did.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its number in the case.
    pub firing: u32,
    /// The rule; none for the event's own requirements.
    pub rule: Option<RuleId>,
    /// What was evaluated, in order.
    pub evaluated: Vec<Evaluated>,
    /// The facts read.
    pub facts: Vec<FactRead>,
}

/// An expression that was evaluated.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// Where in the rule.
    pub site: Site,
    /// The expression.
    pub expr: ExprId,
    /// The values of its parts, the last one its own.
    pub values: Vec<Value>,
    /// What its look-backs saw, and those of the facts it reads.
    pub looks: Vec<LookedBack>,
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
    /// Somebody who listens to what bears on an outcome.
    pub fn of(outcome: &Outcome) -> Recorder {
        let several = match &outcome.kind {
            OutcomeKind::Decision { .. } | OutcomeKind::Conflict { .. } => true,
            OutcomeKind::Undetermined { of, .. } => {
                matches!(of, crate::run::KindName::Granted | crate::run::KindName::Denied)
            }
            _ => false,
        };
        let beside = outcome.fired.filter(|_| several).map(|day| (outcome.trigger, day));
        Recorder { wanted: outcome.firing, beside, ..Recorder::default() }
    }

    /// Somebody who listens to all that one trigger sets off on a day.
    pub fn on(trigger: Cause, day: Day) -> Recorder {
        Recorder { beside: Some((trigger, day)), ..Recorder::default() }
    }

    /// What the explained firing evaluated, in order.
    pub fn own(&self) -> impl Iterator<Item = &Evaluated> {
        self.firings
            .iter()
            .filter(|heard| heard.firing == self.wanted)
            .flat_map(|heard| heard.evaluated.iter())
    }
}

impl Observer for Recorder {
    fn firing(&mut self, firing: u32, rule: Option<RuleId>, cause: Option<Cause>, day: Day) {
        self.listening =
            cause.is_some_and(|cause| firing == self.wanted || self.beside == Some((cause, day)));
        self.looks.clear();
        if self.listening {
            self.firings.push(Heard { firing, rule, evaluated: Vec::new(), facts: Vec::new() });
        }
    }

    fn evaluated(&mut self, site: Site, expr: ExprId, values: &[Value]) {
        let looks = std::mem::take(&mut self.looks);
        let evaluated = || Evaluated { site, expr, values: values.to_vec(), looks };
        if site.part == Part::Due {
            self.due.push(evaluated());
        } else if let (true, Some(heard)) = (self.listening, self.firings.last_mut()) {
            heard.evaluated.push(evaluated());
        }
    }

    fn looked_back(&mut self, seen: LookedBack) {
        if self.listening {
            self.looks.push(seen);
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
        if let (true, Some(heard)) = (self.listening, self.firings.last_mut())
            && !heard.facts.contains(&read)
        {
            heard.facts.push(read);
        }
    }
}
