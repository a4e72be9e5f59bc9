//! One event decided by a plan.

use super::by_date::Days;
use super::number::{UNKNOWN, day, number};
use super::plan::{Plan, RulePlan, Step, Way, What, is_there};
use super::registers::Row;
use super::slot::{NUMBERS, Worked};
use crate::program::code::{At, Op};
use crate::program::{Header, RuleId};
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
    scratch: Vec<Scratch>,
    brought: Vec<Brought>,
    unsettled: Vec<RuleId>,
}

impl<'p, 'a> Decider<'p, 'a> {
    /// Decides events of a plan.
    pub fn new(plan: &'a Plan<'p>) -> Decider<'p, 'a> {
        let scratch = plan.rules.iter().map(Scratch::of_our_time).collect();
        Decider { plan, scratch, brought: Vec::new(), unsettled: Vec::new() }
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
        self.unsettled.clear();
        let header = &self.plan.program.header;
        // What a single rule brings stands ready.
        if let ([rule], [scratch]) = (self.plan.rules.as_slice(), self.scratch.as_mut_slice())
            && rule.always.steps.is_empty()
        {
            let gone = rule.go(scratch, header, date, fields);
            if gone.is_none() {
                self.unsettled.push(rule.rule);
            }
            return self.scratch.first().and_then(|scratch| scratch.branch(gone?)).unwrap_or(&[]);
        }
        self.brought.clear();
        for (rule, scratch) in self.plan.rules.iter().zip(&mut self.scratch) {
            let start = self.brought.len();
            if rule.decide(scratch, header, date, fields, &mut self.brought).is_none() {
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

impl Brought {
    /// What an effect brings, of no rule yet, without its days and values.
    pub(super) fn frame(what: What) -> Brought {
        Brought {
            rule: RuleId(0),
            branch: 0,
            effect: 0,
            what,
            fired: Day::MIN,
            from: None,
            through: None,
            value: None,
            of: None,
        }
    }
}

/// What deciding one event after another writes on.
#[derive(Clone, Debug)]
pub(super) struct Scratch {
    numbers: Vec<i64>,
    others: Vec<Value>,
    /// What the rule's tape has looked up by day; without them it is not taken.
    days: Option<Vec<Days>>,
    /// What each way brings, but for its days and values: first what always applies, then the branches.
    ready: Vec<Vec<Brought>>,
}

/// The ways that a rule went for an event.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gone {
    /// What always applies.
    pub always: bool,
    /// A branch, by its number in text order from 1; without one, 0.
    pub branch: u32,
}

impl Scratch {
    /// The constants of a rule's graph, and room for the rest; nothing looked up by day.
    pub(super) fn new(rule: &RulePlan) -> Scratch {
        let constant = |op: &Op| match op {
            Op::Constant(value) => *value,
            _ => Value::Unknown,
        };
        let others: Vec<Value> = rule.graph.ops.iter().map(constant).collect();
        let mut numbers: Vec<i64> = others.iter().map(|value| number(*value).unwrap_or(UNKNOWN)).collect();
        if let Some(room) = NUMBERS.checked_sub(numbers.len()) {
            numbers.extend(std::iter::repeat_n(1, room));
        }
        let same =
            |at: Option<At>| at.and_then(|at| rule.graph.constant(at)).filter(|value| is_there(*value));
        let frame = |step: &Step| Brought { value: same(step.value), of: same(step.of), ..step.frame };
        let frames = |way: &Way| way.steps.iter().map(frame).collect();
        let ready = std::iter::once(&rule.always).chain(&rule.ways).map(frames).collect();
        Scratch { numbers, others, days: None, ready }
    }

    /// What the branch brings that was gone.
    #[inline]
    fn branch(&self, gone: Gone) -> Option<&[Brought]> {
        let (_, branches) = self.ready.split_first()?;
        branches.get(gone.branch.checked_sub(1)? as usize).map(Vec::as_slice)
    }

    fn of_our_time(rule: &RulePlan) -> Scratch {
        let days = rule.tape.as_ref().map(|tape| tape.by_date.iter().map(Days::of_our_time).collect());
        Scratch { days, ..Scratch::new(rule) }
    }

    /// The values of an event.
    pub(super) fn row<'s>(&'s mut self, rule: &'s RulePlan, header: &'s Header) -> Row<'s> {
        Row { graph: &rule.graph, header, numbers: &mut self.numbers, others: &mut self.others }
    }
}

impl RulePlan {
    /// Decides an event; nothing when something that must be known is not.
    #[inline]
    pub(super) fn decide(
        &self,
        scratch: &mut Scratch,
        header: &Header,
        date: Day,
        fields: &[Value],
        brought: &mut Vec<Brought>,
    ) -> Option<()> {
        let gone = self.go(scratch, header, date, fields)?;
        let always = scratch.ready.first().filter(|_| gone.always);
        brought.extend(always.into_iter().flatten().chain(scratch.branch(gone).unwrap_or(&[])));
        Some(())
    }

    /// Decides an event, and makes ready what it brings; nothing when something that must be known is not.
    #[inline]
    fn go(&self, scratch: &mut Scratch, header: &Header, date: Day, fields: &[Value]) -> Option<Gone> {
        let Scratch { numbers, others, days, ready, .. } = scratch;
        if let (Some(tape), Some(days), Some(numbers)) = (&self.tape, days, numbers.first_chunk_mut()) {
            let mut worked = Worked { graph: &self.graph, header, numbers, others };
            let gone = tape.go(&mut worked, days, ready, date, fields);
            if gone.is_some() {
                return gone;
            }
        }
        self.go_asking(scratch, header, date, fields)
    }

    /// The same for an event of which something may not be known.
    fn go_asking(&self, scratch: &mut Scratch, header: &Header, date: Day, fields: &[Value]) -> Option<Gone> {
        if !self.looks(date) {
            return Some(Gone::default());
        }
        let Scratch { numbers, others, ready, .. } = scratch;
        let (always, branches) = ready.split_first_mut()?;
        let mut row = Row { graph: &self.graph, header, numbers, others };
        row.load(&self.sources, date, fields)?;
        row.take_all(&self.for_conditions)?;
        let mut unknown = false;
        for condition in &self.conditions {
            match row.number(*condition) {
                1 => {}
                0 => return Some(Gone::default()),
                _ => unknown = true,
            }
        }
        if unknown {
            return None;
        }
        let mut fired = date;
        if let Some(fires) = self.fires {
            fired = day(row.number(fires))?;
            if !self.looks(fired) {
                return Some(Gone::default());
            }
        }
        self.bring(&mut row, &self.always, fired, always)?;
        let mut gone = Gone { always: true, branch: 0 };
        for (number, (way, brought)) in (1..).zip(self.ways.iter().zip(branches)) {
            row.take_all(&way.for_condition)?;
            match way.condition.map_or(1, |condition| row.number(condition)) {
                1 => {
                    self.bring(&mut row, way, fired, brought)?;
                    gone.branch = number;
                    break;
                }
                0 => {}
                _ => return None,
            }
        }
        Some(gone)
    }

    /// Whether the rule looks at what happens on a day.
    #[inline]
    pub(super) fn looks(&self, day: Day) -> bool {
        self.in_force.has(day)
    }

    #[inline]
    fn bring(&self, row: &mut Row<'_>, way: &Way, fired: Day, ready: &mut [Brought]) -> Option<()> {
        row.take_all(&way.for_steps)?;
        for (step, one) in way.steps.iter().zip(ready) {
            one.fired = fired;
            // Each that there is must be known; a none says something of its own.
            if let Some(from) = step.from {
                one.from = Some(day(row.number(from))?);
            }
            if let Some(through) = step.through {
                one.through = Some(day(row.number(through))?);
            }
            if let Some(value) = step.value {
                one.value = Some(row.get(value)).filter(|value| is_there(*value));
                one.value?;
            }
            if let Some(of) = step.of {
                one.of = Some(row.get(of)).filter(|of| is_there(*of));
                one.of?;
            }
        }
        Some(())
    }
}
