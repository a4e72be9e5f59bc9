//! One event decided by a plan.

use super::graph::Row;
use super::plan::{Plan, RulePlan, Step, Way, What, is_there};
use crate::program::RuleId;
use crate::program::code::{At, Op};
use crate::time::Day;
use crate::value::Value;

/// What an effect of a rule brings for one event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brought {
    /// The rule.
    pub rule: RuleId,
    /// 0 for an effect that always applies, then the branch's number in text order.
    pub branch: u16,
    /// Which effect of the branch, from 0 in text order.
    pub effect: u16,
    /// What it brings.
    pub what: What,
    /// The day the rule fired: the event's own, or the day its timer ran out.
    pub fired: Day,
    /// The first day: of a fact, a permission or a prohibition, with a duty the first day that counts. Of what ends, the
    /// first day without it.
    pub from: Option<Day>,
    /// The last day, included: of a fact, a permission or a prohibition, of a duty the last day in time.
    pub through: Option<Day>,
    /// The value that a fact becomes, or that is handed out.
    pub value: Option<Value>,
    /// The value that the fact is for.
    pub of: Option<Value>,
}

/// Decides events one at a time, without allocating once it has begun.
#[derive(Clone, Debug)]
pub struct Decider<'p, 'a> {
    plan: &'a Plan<'p>,
    values: Vec<Vec<Value>>,
    brought: Vec<Brought>,
    unsettled: Vec<RuleId>,
}

impl<'p, 'a> Decider<'p, 'a> {
    /// Decides events of a plan.
    pub fn new(plan: &'a Plan<'p>) -> Decider<'p, 'a> {
        let values = plan.rules.iter().map(RulePlan::blank).collect();
        Decider { plan, values, brought: Vec::new(), unsettled: Vec::new() }
    }

    /// What the rules of the plan bring when the event happens on a day with these fields, one for each declared, as if
    /// nothing else had happened in the case.
    ///
    /// What cannot be told from known values is not among it: those rules are [`unsettled`](Decider::unsettled), and
    /// [`run`](crate::run::run()) says what they bring.
    ///
    /// ```
    /// use frist::value::Value;
    /// use frist::{Ruleset, Settings, batch::{Decider, Plan}};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event reported
    ///   new_cap: count
    /// fact cap: count
    /// rule caps_change
    ///   when reported
    ///   if date is by day 15 of the month
    ///     cap becomes new_cap from day 1 of the next month after date
    ///   otherwise
    ///     cap becomes new_cap from day 1 of the 2nd month after date
    /// "#;
    /// let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
    /// let program = ruleset.program();
    /// let event = program.event_named("reported").ok_or("an event")?;
    /// let plan = Plan::new(program, event, None, &Settings::as_of("2025-12-31".parse()?));
    /// let mut decider = Decider::new(&plan);
    /// let brought = decider.decide("2025-04-16".parse()?, &[Value::Count(40)]);
    /// let from = brought.first().and_then(|brought| brought.from);
    /// assert_eq!(from.map(|day| day.to_string()).as_deref(), Some("2025-06-01"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn decide(&mut self, date: Day, fields: &[Value]) -> &[Brought] {
        self.brought.clear();
        self.unsettled.clear();
        for (rule, values) in self.plan.rules.iter().zip(&mut self.values) {
            let start = self.brought.len();
            let row = Row { graph: &rule.graph, header: &self.plan.program.header, values };
            if rule.decide(row, date, fields, &mut self.brought).is_none() {
                self.brought.truncate(start);
                self.unsettled.push(rule.rule);
            }
        }
        &self.brought
    }

    /// The rules of which the event decided last did not tell what they bring.
    pub fn unsettled(&self) -> &[RuleId] {
        &self.unsettled
    }
}

impl RulePlan {
    /// The values of the graph before an event is known.
    pub(super) fn blank(&self) -> Vec<Value> {
        let fixed = self.graph.ops.iter().map(|op| match op {
            Op::Constant(value) => *value,
            _ => Value::Unknown,
        });
        fixed.collect()
    }

    /// Takes in the event.
    #[inline]
    pub(super) fn load(&self, row: &mut Row<'_>, date: Day, fields: &[Value]) {
        for (at, field) in &self.sources {
            let value = match field {
                None => Value::Day(date),
                Some(field) => fields.get(usize::from(*field)).copied().unwrap_or(Value::Unknown),
            };
            row.set(*at, value);
        }
    }

    /// Decides an event; nothing when something that must be known is not.
    #[inline]
    pub(super) fn decide(
        &self,
        mut row: Row<'_>,
        date: Day,
        fields: &[Value],
        brought: &mut Vec<Brought>,
    ) -> Option<()> {
        if !self.looks(date) {
            return Some(());
        }
        self.load(&mut row, date, fields);
        row.work_out(&self.for_conditions);
        let mut unknown = false;
        for condition in &self.conditions {
            match row.get(*condition) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => return Some(()),
                _ => unknown = true,
            }
        }
        if unknown {
            return None;
        }
        let mut fired = date;
        if let Some(fires) = self.fires {
            fired = row.get(fires).as_day()?;
            if !self.looks(fired) {
                return Some(());
            }
        }
        self.bring(&mut row, &self.always, fired, brought)?;
        for way in &self.ways {
            row.work_out(&way.for_condition);
            match way.condition.map(|condition| row.get(condition)) {
                None | Some(Value::YesNo(true)) => return self.bring(&mut row, way, fired, brought),
                Some(Value::YesNo(false)) => {}
                Some(_) => return None,
            }
        }
        Some(())
    }

    /// Whether the rule looks at what happens on a day.
    #[inline]
    pub(super) fn looks(&self, day: Day) -> bool {
        self.in_force.iter().all(|range| range.has(day))
    }

    #[inline]
    fn bring(&self, row: &mut Row<'_>, way: &Way, fired: Day, brought: &mut Vec<Brought>) -> Option<()> {
        row.work_out(&way.for_steps);
        for step in &way.steps {
            brought.push(self.step(row, way.number, step, fired)?);
        }
        Some(())
    }

    #[inline]
    fn step(&self, row: &Row<'_>, branch: u16, step: &Step, fired: Day) -> Option<Brought> {
        // Each that there is must be known; a none says something of its own.
        let day = |at: Option<At>| match at {
            None => Some(None),
            Some(at) => row.get(at).as_day().map(Some),
        };
        let value = |at: Option<At>| match at {
            None => Some(None),
            Some(at) => Some(row.get(at)).filter(|value| is_there(*value)).map(Some),
        };
        Some(Brought {
            rule: self.rule,
            branch,
            effect: step.effect,
            what: step.what,
            fired,
            from: day(step.from)?,
            through: day(step.through)?,
            value: value(step.value)?,
            of: value(step.of)?,
        })
    }
}
