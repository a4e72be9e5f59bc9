//! What a run of an example shows of one rule.

use std::collections::{BTreeMap, BTreeSet};

use super::conditions::{Answer, Condition, Question, conditions};
use super::goal::{Ask, Goal};
use crate::examples::{Played, own, play_watched};
use crate::program::code::Op;
use crate::program::{Example, ExprId, FactId, Program, RuleId, TableId, Trigger};
use crate::run::observer::{LookedBack, Observer, Part, Site};
use crate::run::timeline::Stretch;
use crate::run::{Cause, OutcomeKind, sets_off};
use crate::time::Day;
use crate::value::{Pool, Value};

/// A rule under watch.
pub(super) struct Watch<'a> {
    pub(super) program: &'a Program,
    pub(super) rule: RuleId,
    pub(super) conditions: Vec<Condition>,
    /// Texts and sets of all examples tried.
    pub(super) pool: Pool,
    /// How many examples were run.
    pub(super) runs: usize,
}

/// What a run showed.
pub(super) struct Shown {
    pub(super) goals: BTreeSet<Goal>,
    /// The answers to the questions of each condition, where they were asked last.
    pub(super) answers: Vec<(Ask, Answer)>,
    /// The branch taken last.
    pub(super) branch: Option<u16>,
    /// What was asked of tables.
    pub(super) asked: Vec<(TableId, Vec<Value>)>,
    /// What looking back gave last, by the look back.
    pub(super) looks: BTreeMap<u32, Value>,
    pub(super) played: Played,
}

impl<'a> Watch<'a> {
    pub(super) fn of(program: &'a Program, rule: RuleId) -> Watch<'a> {
        let conditions = conditions(program, rule);
        Watch { program, rule, conditions, pool: program.pool.clone(), runs: 0 }
    }

    /// A question by its place.
    pub(super) fn question(&self, ask: Ask) -> Option<&Question> {
        self.conditions.get(usize::from(ask.condition))?.asks.get(usize::from(ask.question))
    }

    /// Runs an example and says what it shows.
    pub(super) fn see(&mut self, example: &Example) -> Option<Shown> {
        self.runs = self.runs.saturating_add(1);
        let mut log = Log { rule: self.rule, watching: false, firings: Vec::new(), looks: BTreeMap::new() };
        let first = self.first_day();
        let played = play_watched(self.program, self.rule, example, first, &mut self.pool, &mut log)?;
        let mut shown = Shown {
            goals: BTreeSet::new(),
            answers: Vec::new(),
            branch: None,
            asked: Vec::new(),
            looks: log.looks,
            played,
        };
        self.days(&mut shown, example);
        let yields_to = shown
            .played
            .run
            .outcomes
            .iter()
            .find(|outcome| outcome.remarks.yielded.contains(&self.rule))
            .and_then(|outcome| outcome.rule);
        if let Some(exception) = yields_to {
            shown.goals.insert(Goal::Yields(exception));
            return Some(shown);
        }
        self.outcomes(&mut shown, example);
        for (day, firing) in &log.firings {
            self.firing(&mut shown, *day, firing);
        }
        Some(shown)
    }

    /// The first day on which the rule is in force.
    pub(super) fn first_day(&self) -> Day {
        let header = self.program.header.in_force.from;
        let rule = self.program.rules.get(self.rule.index());
        rule.and_then(|rule| rule.in_force).map_or(header, |own| own.from.max(header))
    }

    /// The day of the event that the rule looks at, or of time itself.
    pub(super) fn day(&self, example: &Example) -> Option<Day> {
        let trigger = &self.program.rules.get(self.rule.index())?.trigger;
        let set_off = |event| match trigger {
            Trigger::Events { events, .. } => events.iter().any(|one| one.event == event),
            Trigger::Decided { event: only, .. } | Trigger::Timer { event: only, .. } => *only == event,
            _ => false,
        };
        let event = example.events.iter().rev().find(|given| set_off(given.event));
        event.and_then(|event| event.date).or(example.as_of).or(example.events.last()?.date)
    }

    fn days(&self, shown: &mut Shown, example: &Example) {
        let Some(day) = self.day(example) else { return };
        let Some(rule) = self.program.rules.get(self.rule.index()) else { return };
        let first = self.first_day();
        if day == first {
            shown.goals.insert(Goal::FirstDay);
        }
        // Of what the calendar sets off the day that counts is the one it is looked at from.
        if let (true, Some(as_of)) = (is_calendar(&rule.trigger), example.as_of) {
            let sets_off = |day: Day| sets_off(&rule.trigger, day, first);
            if sets_off(as_of) {
                shown.goals.insert(Goal::SetOff);
            } else if as_of.next().is_ok_and(sets_off) {
                shown.goals.insert(Goal::EveOfSetOff);
            }
        }
        let Some(own) = rule.in_force else { return };
        if day.next().ok() == Some(first) {
            shown.goals.insert(Goal::DayBeforeFirst);
        }
        if Some(day) == own.through {
            shown.goals.insert(Goal::LastDay);
        }
        if day.previous().ok().is_some_and(|before| Some(before) == own.through) {
            shown.goals.insert(Goal::DayAfterLast);
        }
    }

    fn outcomes(&self, shown: &mut Shown, example: &Example) {
        let mut goals = Vec::new();
        for outcome in own(self.program, self.rule, &shown.played.run) {
            match &outcome.kind {
                OutcomeKind::Decision { granted: false, reasons }
                    if reasons.iter().all(|reason| reason.rule.is_none()) =>
                {
                    goals.push(Goal::Barred);
                }
                // How duties stand is told only where an example says as of when.
                OutcomeKind::Duty(duty) if example.as_of.is_some() => {
                    goals.push(Goal::stands(outcome.branch, duty.action, duty.status));
                }
                OutcomeKind::RecurringDuty(duty) if example.as_of.is_some() => {
                    goals.push(Goal::stands(outcome.branch, duty.action, duty.status));
                }
                _ => {}
            }
            if outcome.rule == Some(self.rule) && !matches!(outcome.kind, OutcomeKind::Upcoming { .. }) {
                goals.push(Goal::Branch(outcome.branch));
                shown.branch = Some(outcome.branch);
            }
        }
        shown.goals.extend(goals);
    }

    fn firing(&self, shown: &mut Shown, day: Day, firing: &[(Site, ExprId, Vec<Value>)]) {
        for (_, expr, parts) in firing {
            self.reckoned(shown, *expr, parts);
            self.tables(shown, day, *expr, parts);
            for (place, condition) in self.conditions.iter().enumerate().filter(|(_, c)| c.expr == *expr) {
                for (number, answer) in condition.answers(self.program, parts).into_iter().enumerate() {
                    let Some(answer) = answer else { continue };
                    let ask = Ask::at(place, number);
                    shown.answers.push((ask, answer));
                    shown.goals.insert(Goal::Answered(ask, answer.yes));
                    if answer.alone {
                        shown.goals.insert(Goal::Alone(ask, answer.yes));
                    }
                }
            }
        }
        self.branch(shown, firing);
    }

    /// The branch taken, those without effects among them.
    fn branch(&self, shown: &mut Shown, firing: &[(Site, ExprId, Vec<Value>)]) {
        let Some(rule) = self.program.rules.get(self.rule.index()) else { return };
        let asked: Vec<(u16, Option<&Value>)> = firing
            .iter()
            .filter(|(site, ..)| site.part == Part::Condition)
            .map(|(site, _, parts)| (site.branch, parts.last()))
            .collect();
        if asked.is_empty() {
            return;
        }
        let settled = asked.iter().find(|(_, held)| *held != Some(&Value::YesNo(false)));
        let taken = settled.filter(|(_, held)| *held == Some(&Value::YesNo(true)));
        let none = asked.iter().all(|(_, held)| *held == Some(&Value::YesNo(false)));
        let otherwise = rule.branches.iter().position(|branch| branch.condition.is_none());
        let otherwise = otherwise.filter(|_| none).and_then(|place| u16::try_from(place).ok());
        let branch = taken.map(|(branch, _)| *branch).or(otherwise.map(|place| place.saturating_add(1)));
        match branch {
            Some(branch) => {
                shown.goals.insert(Goal::Branch(branch));
                shown.branch = Some(branch);
            }
            None if none => {
                shown.goals.insert(Goal::NoBranch);
            }
            None => {}
        }
    }

    /// What the reckoning with days shows.
    fn reckoned(&self, shown: &mut Shown, expr: ExprId, parts: &[Value]) {
        let code = &self.program.code;
        let day = |at: &crate::program::code::At| parts.get(usize::from(at.0)).and_then(|v| v.as_day());
        for (op, value) in code.ops(expr).iter().zip(parts) {
            match op {
                Op::After(period, from) | Op::Before(period, from) => {
                    let months = match parts.get(usize::from(period.0)) {
                        Some(Value::Period(period)) => period.months != 0,
                        _ => false,
                    };
                    let (Some(from), Some(to), true) = (day(from), value.as_day(), months) else { continue };
                    if from.day_of_month() != to.day_of_month() {
                        shown.goals.insert(Goal::ShortMonth(expr));
                    }
                    shown.goals.extend(turns(from, to));
                    let is_leap_day = |day: Day| day.month() == 2 && day.day_of_month() == 29;
                    if is_leap_day(from) || is_leap_day(to) {
                        shown.goals.insert(Goal::LeapDay);
                    }
                }
                Op::DayOfMonth(_, _, from) | Op::LastDayOfMonth(from) => {
                    if let (Some(from), Some(to)) = (day(from), value.as_day()) {
                        shown.goals.extend(turns(from, to));
                    }
                }
                Op::Moved(from, _) => {
                    if let (Some(from), Some(to)) = (day(from), value.as_day()) {
                        shown.goals.insert(Goal::Moved(expr, from != to));
                    }
                }
                Op::LaterOf(operands) | Op::EarlierOf(operands) => {
                    let all = code.operands(*operands);
                    let same: Vec<usize> = (0..all.len())
                        .filter(|place| all.get(*place).and_then(day) == value.as_day())
                        .collect();
                    if let ([only], Some(_)) = (same.as_slice(), value.as_day()) {
                        let place = u16::try_from(*only).unwrap_or(u16::MAX);
                        shown.goals.insert(Goal::Picked(expr, place));
                    }
                }
                Op::ConstantNow(constant) => {
                    let Some(declared) = self.program.constants.get(constant.index()) else { continue };
                    let place = declared.versions.iter().position(|version| version.value == *value);
                    if let (Some(place), true) = (place, declared.versions.len() > 1) {
                        let place = u16::try_from(place).unwrap_or(u16::MAX);
                        shown.goals.insert(Goal::Version(*constant, place));
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the calendar alone sets a rule off, time and again.
pub(super) fn is_calendar(trigger: &Trigger) -> bool {
    matches!(trigger, Trigger::PeriodOver(_) | Trigger::EveryYear { .. } | Trigger::OnDay(_))
}

/// Whether counting months begins on the last day of one, and whether it ends in another year.
fn turns(from: Day, to: Day) -> impl Iterator<Item = Goal> {
    let last = from.next().is_ok_and(|next| next.month() != from.month());
    let month_end = last.then_some(Goal::MonthEnd);
    month_end.into_iter().chain((from.year() != to.year()).then_some(Goal::OtherYear))
}

/// What a rule evaluated when it fired, and the day.
type Firing = (Day, Vec<(Site, ExprId, Vec<Value>)>);

/// What a rule evaluated, firing by firing.
struct Log {
    rule: RuleId,
    watching: bool,
    firings: Vec<Firing>,
    looks: BTreeMap<u32, Value>,
}

impl Observer for Log {
    fn firing(&mut self, _: u32, rule: Option<RuleId>, cause: Option<Cause>, day: Day) {
        self.watching = rule == Some(self.rule) && cause.is_some();
        if self.watching {
            self.firings.push((day, Vec::new()));
        }
    }

    fn evaluated(&mut self, site: Site, expr: ExprId, values: &[Value]) {
        if let Some((_, firing)) = self.firings.last_mut().filter(|_| self.watching) {
            firing.push((site, expr, values.to_vec()));
        }
    }

    fn looked_back(&mut self, seen: LookedBack) {
        if self.watching {
            self.looks.insert(seen.look, seen.value);
        }
    }

    fn fact_read(&mut self, _: FactId, _: Option<Value>, _: Day, _: Value, _: Option<&Stretch>) {}
}
