//! The obvious evaluator: walks a case day by day and does what the language page says, slowly.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::apply::May;
use crate::days;
use crate::duties::Owed;
use crate::expressions::{Eval, Moment, Reads};
use crate::facts::Facts;
use crate::fire::Brought;
use crate::outcomes::Out;
use crate::program::*;

/// What set a rule off.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    Line(usize),
    /// A timer of a line.
    Timer(usize),
    Calendar(&'static str),
    Change(usize),
    Always,
}

pub struct Run<'p> {
    pub program: &'p Program,
    /// The lines in order of date, each with its number in the input.
    pub lines: Vec<(usize, Line)>,
    pub as_of: Day,
    pub facts: Facts,
    /// What each fact showed at the end of the day before.
    pub yesterday: Vec<Vec<Value>>,
    pub duties: Vec<Owed>,
    pub decisions: Vec<(usize, Option<bool>)>,
    pub outs: Vec<Out>,
    pub mays: Vec<May>,
    /// The facts whose changes set something off.
    pub watched: Vec<bool>,
    /// What the own requirements of each line's event came to.
    pub judged: BTreeMap<usize, Option<bool>>,
    /// What the `där` of each timer said of each line.
    pub started: Vec<(usize, usize, Option<bool>)>,
    /// A day lay outside the arrays: nothing can be said of this case.
    pub left: bool,
}

/// The outcomes of one case, as the interface writes them; nothing when a day lies outside the arrays.
pub fn run(
    program: &Program,
    start: &Facts,
    case: &str,
    lines: &[Line],
    number: usize,
    as_of: Day,
) -> Option<Vec<Json>> {
    let mut ordered: Vec<(usize, Line)> =
        lines.iter().enumerate().map(|(place, line)| (number + place, line.clone())).collect();
    ordered.retain(|(_, line)| line.date <= as_of);
    ordered.sort_by_key(|(_, line)| line.date);
    let mut run = Run {
        program,
        lines: ordered,
        as_of,
        facts: start.clone(),
        yesterday: Vec::new(),
        duties: Vec::new(),
        decisions: Vec::new(),
        outs: Vec::new(),
        mays: Vec::new(),
        watched: (0..program.facts.len()).map(|fact| watched(program, fact)).collect(),
        judged: BTreeMap::new(),
        started: Vec::new(),
        left: false,
    };
    run.walk();
    run.finish();
    if run.left { None } else { Some(run.write(case)) }
}

impl<'p> Run<'p> {
    pub fn walk(&mut self) {
        let Some(first) =
            self.lines.iter().map(|(_, line)| line.date).find(|date| *date >= self.program.first)
        else {
            return;
        };
        let begin = self.lines.first().map_or(first, |(_, line)| line.date);
        self.yesterday = self.snapshot(begin - 1);
        for day in begin..=self.as_of {
            if self.left {
                return;
            }
            self.consequences(day);
            if day == first {
                self.standing(day);
            }
            let today: Vec<usize> =
                (0..self.lines.len()).filter(|place| self.lines[*place].1.date == day).collect();
            for place in today {
                if day >= self.program.first {
                    self.event(place);
                }
                self.meet(day, place + 1);
            }
            self.meet(day, usize::MAX);
            if day >= first {
                self.clock(day);
                self.meet(day, usize::MAX);
                self.born_late(day);
                self.changes(day);
                self.meet(day, usize::MAX);
                self.born_late(day);
            }
            self.lapse(day);
            self.yesterday = self.snapshot(day);
        }
    }

    /// How many lines lie on or before a day.
    pub fn seen(&self, day: Day) -> usize {
        self.lines.iter().filter(|(_, line)| line.date <= day).count()
    }

    pub fn at_end(&self, day: Day) -> Moment {
        Moment {
            line: None,
            own: None,
            seen: self.seen(day),
            today: day,
            at: day,
            by_line: false,
            last_day: None,
            recipient: Value::Unknown,
            bearer: Value::Unknown,
        }
    }

    pub fn snapshot(&self, day: Day) -> Vec<Vec<Value>> {
        if !self.watched.contains(&true) {
            return Vec::new();
        }
        let eval = Eval { run: self, reads: Default::default() };
        let moment = self.at_end(day);
        self.program
            .facts
            .iter()
            .enumerate()
            .map(|(fact, declared)| {
                let count = if declared.per_sort { SORTS.len() } else { 1 };
                // Nobody asks what the others were.
                if !self.watched[fact] {
                    return Vec::new();
                }
                (0..count)
                    .map(|number| {
                        let sort = Box::new(Expr::Lit(Value::Sort(u8::try_from(number).unwrap())));
                        let of = Of { fact, of: declared.per_sort.then_some(sort) };
                        eval.value(&Expr::Fact(of), moment)
                    })
                    .collect()
            })
            .collect()
    }

    /// An event: its own requirements, the rules on it, the decision, the rules on the decision.
    pub fn event(&mut self, place: usize) {
        let line = self.lines[place].1.clone();
        let moment = Moment { line: Some(place), seen: place + 1, by_line: true, ..self.at_end(line.date) };
        let cause = Cause::Line(place);
        let mut own = Vec::new();
        let mut own_reads = Reads::default();
        {
            let eval = Eval { run: self, reads: Default::default() };
            for (number, condition) in self.program.events[line.event].requires.iter().enumerate() {
                own.push((number, eval.truth(condition, moment)));
            }
            own_reads.join(&eval.reads.borrow());
        }
        let denied = own.iter().any(|(_, holds)| *holds == Some(false));
        let unsure = !denied && own.iter().any(|(_, holds)| holds.is_none());
        self.judged.insert(place, if denied { Some(false) } else { (!unsure).then_some(true) });
        let mut firings = Vec::new();
        if !denied {
            for (number, rule) in self.program.rules.iter().enumerate() {
                let Trigger::Events { events, .. } = &rule.trigger else { continue };
                if events.contains(&line.event) && in_force(rule, line.date) {
                    firings.push(self.fire(number, moment, &cause, unsure));
                }
            }
        }
        self.except(&mut firings);
        let verdict = self.decide(place, &own, own_reads, &mut firings);
        if let Some(verdict) = verdict {
            for (number, rule) in self.program.rules.iter().enumerate() {
                let Trigger::Decided { event, granted } = &rule.trigger else { continue };
                if *event == line.event
                    && in_force(rule, line.date)
                    && verdict.is_none_or(|is| is == *granted)
                {
                    firings.push(self.fire(number, moment, &cause, verdict.is_none()));
                }
            }
        }
        for (number, rule) in self.program.rules.iter().enumerate() {
            if let Trigger::Timer { event, filter: Some(filter), .. } = &rule.trigger
                && *event == line.event
            {
                let eval = Eval { run: self, reads: Default::default() };
                let holds = eval.truth(filter, Moment { own: Some(place), ..moment });
                self.started.push((place, number, holds));
            }
        }
        self.apply(firings, line.date);
        // What this trigger brings was not there yet for its own rules, nor for the timers that it starts.
        self.decisions.extend(verdict.map(|verdict| (line.event, verdict)));
    }

    /// Standing norms, from the first day of the case in force.
    pub fn standing(&mut self, day: Day) {
        let mut firings = Vec::new();
        for (number, rule) in self.program.rules.iter().enumerate() {
            if matches!(rule.trigger, Trigger::Always) && in_force(rule, day) {
                let moment = Moment { seen: self.seen(day - 1), ..self.at_end(day) };
                firings.push(self.fire(number, moment, &Cause::Always, false));
            }
        }
        self.except(&mut firings);
        self.apply(firings, day);
    }

    /// Timers and the calendar: one trigger that sees the whole day.
    pub fn clock(&mut self, day: Day) {
        let mut firings = Vec::new();
        for (number, rule) in self.program.rules.iter().enumerate() {
            match &rule.trigger {
                Trigger::Timer { .. } => {
                    for place in 0..self.lines.len() {
                        if self.timer(rule, place) == Some(Some(day))
                            && self.runs(number, place) != Some(false)
                        {
                            let moment = Moment { line: Some(place), ..self.at_end(day) };
                            let unsure = self.runs(number, place).is_none();
                            firings.push(self.fire(number, moment, &Cause::Timer(place), unsure));
                        }
                    }
                }
                Trigger::PeriodOver(span) if days::end(day, *span) == day && in_force(rule, day) => {
                    let name = match span {
                        Span::Week => "week",
                        Span::Month => "month",
                        Span::Quarter => "quarter",
                        Span::Year => "year",
                    };
                    firings.push(self.fire(number, self.at_end(day), &Cause::Calendar(name), false));
                }
                Trigger::Yearly { day: on, month } => {
                    let (_, m, d) = days::civil(day);
                    if (m, d) == (*month as i32, *on as i32) && in_force(rule, day) {
                        firings.push(self.fire(number, self.at_end(day), &Cause::Calendar("date"), false));
                    }
                }
                Trigger::On(on) if *on == day && in_force(rule, day) => {
                    firings.push(self.fire(number, self.at_end(day), &Cause::Calendar("date"), false));
                }
                _ => {}
            }
        }
        self.except(&mut firings);
        self.apply(firings, day);
    }

    /// Whether a line sets a timer going: its event's own requirements and the timer's `där`, judged as the line came.
    pub fn runs(&self, rule: usize, place: usize) -> Option<bool> {
        let filter = self.started.iter().find(|(at, number, _)| (*at, *number) == (place, rule));
        match (self.judged.get(&place).copied().unwrap_or(Some(true)), filter.map(|(_, _, holds)| *holds)) {
            (Some(false), _) | (_, Some(Some(false))) => Some(false),
            (None, _) | (_, Some(None)) => None,
            _ => Some(true),
        }
    }

    /// Whether a line starts a timer; when it fires, if that is known.
    #[allow(clippy::option_option, reason = "the outer one says whether there is a timer at all")]
    pub fn timer(&self, rule: &Rule, place: usize) -> Option<Option<Day>> {
        let Trigger::Timer { count, unit, event, field, .. } = &rule.trigger else { return None };
        let line = &self.lines[place].1;
        if line.event != *event || line.date < self.program.first || !in_force(rule, line.date) {
            return None;
        }
        let from = match field {
            None => line.date,
            Some(field) => match line.values[*field] {
                Value::Date(day) => day,
                _ => return Some(None),
            },
        };
        Some(Some(days::shift(from, *count, *unit).max(line.date)))
    }

    /// Rules on changes of facts, in the order in which the facts depend on each other.
    pub fn changes(&mut self, day: Day) {
        if !self.watched.contains(&true) {
            return;
        }
        for fact in self.order_of_facts() {
            if !self.watched[fact] {
                continue;
            }
            let now = self.snapshot(day);
            let mut firings = Vec::new();
            for (number, rule) in self.program.rules.iter().enumerate() {
                let (of, becomes) = match &rule.trigger {
                    Trigger::Becomes { fact, value } => (fact, Some(*value)),
                    Trigger::Changes { fact } => (fact, None),
                    _ => continue,
                };
                if of.fact != fact || !in_force(rule, day) {
                    continue;
                }
                let eval = Eval { run: self, reads: Default::default() };
                let Some(which) = eval.parameter(of, self.at_end(day)) else { continue };
                let (old, new) = (self.yesterday[fact][which], now[fact][which]);
                let fires = match becomes {
                    Some(value) => new == value && old != value,
                    // What has become unknown is not known to have changed.
                    None => old != new && new != Value::Unknown,
                };
                if fires {
                    firings.push(self.fire(number, self.at_end(day), &Cause::Change(fact), false));
                }
            }
            self.except(&mut firings);
            self.apply(firings, day);
        }
    }

    /// Facts, each after those it depends on: a computed one on what it reads, a stored one on those whose changes set
    /// off a rule that sets it.
    pub fn order_of_facts(&self) -> Vec<usize> {
        let count = self.program.facts.len();
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (place, fact) in self.program.facts.iter().enumerate() {
            if let Source::Computed(expr) = &fact.source {
                expr.facts(&mut after[place]);
            }
        }
        for rule in &self.program.rules {
            let (Trigger::Becomes { fact: of, .. } | Trigger::Changes { fact: of }) = &rule.trigger else {
                continue;
            };
            // What follows on a missed duty comes on another day.
            rule.each_effect(&mut |effect| {
                if let Effect::Applies { fact, .. }
                | Effect::Ends { fact, .. }
                | Effect::Becomes { fact, .. } = effect
                {
                    after[fact.fact].push(of.fact);
                }
            });
        }
        let mut order: Vec<usize> = Vec::new();
        for fact in 0..count {
            visit(fact, &after, &mut order);
        }
        order
    }
}

/// A fact right after those it depends on; unrelated ones as they are declared.
pub fn visit(fact: usize, after: &[Vec<usize>], order: &mut Vec<usize>) {
    let mut before = after[fact].clone();
    before.sort_unstable();
    for other in before {
        if !order.contains(&other) {
            visit(other, after, order);
        }
    }
    if !order.contains(&fact) {
        order.push(fact);
    }
}

pub fn watched(program: &Program, fact: usize) -> bool {
    program.rules.iter().any(|rule| {
        matches!(&rule.trigger, Trigger::Becomes { fact: of, .. } | Trigger::Changes { fact: of } if of.fact == fact)
    })
}

pub fn in_force(rule: &Rule, day: Day) -> bool {
    rule.version.is_none_or(|(from, through)| day >= from && through.is_none_or(|last| day <= last))
}

/// The kind of the first thing a rule can bring.
pub fn first_kind(rule: &Rule) -> Option<&'static str> {
    if let Some((_, decides)) = &rule.requires {
        return Some(if *decides { "granted" } else { "finding" });
    }
    let branches = rule.branches.iter().flat_map(|(_, effects)| effects);
    if rule.exception_to.is_some()
        && rule.always.is_empty()
        && rule.branches.iter().all(|(_, all)| all.is_empty())
    {
        let last = rule.otherwise.iter().flatten().map(Brought::kind_of).next();
        return last.or(Some("withheld"));
    }
    let all = rule.always.iter().chain(branches).chain(rule.otherwise.iter().flatten());
    all.map(Brought::kind_of).next()
}
