//! A case from its first day to the as-of day: the order of things within a day.

use std::collections::BTreeSet;

use super::evaluate::Frame;
use super::fire::{Firing, calendar_cause, event_frame};
use super::history::{Case, Happening};
use super::observer::{Observer, Part};
use super::outcome::{CaseOutcomes, Cause, Outcome, OutcomeKind};
use super::settings::Settings;
use super::timeline::{Setter, Stretch};
use super::world::{World, site};
use crate::program::{FactId, FactSource, Program, Rule, RuleId, Trigger};
use crate::syntax::tree::CalendarUnit;
use crate::time::Day;
use crate::value::{Pool, Value};

/// A case being run.
pub(super) struct CaseRun<'a> {
    pub(super) world: World<'a>,
    /// The outcomes in the order they arose.
    pub(super) arisen: Vec<Outcome>,
    /// The days still to be run.
    pub(super) agenda: BTreeSet<Day>,
    pub(super) timers: Vec<Timer>,
    /// Facts whose value of the day before is asked for.
    watched: Vec<(FactId, Option<Value>)>,
    /// Whether days on which a fact changes by schedule must be run.
    fact_days: bool,
    /// Outcomes that clashed with others and are shown by them.
    pub(super) clashed: Vec<u32>,
    /// How many firings there have been.
    pub(super) firings: u32,
    /// The case's first day under the ruleset.
    start: Option<Day>,
}

/// A timer that an event has started.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timer {
    pub(super) rule: RuleId,
    /// The event's place in the case.
    pub(super) origin: u32,
    /// The day it fires.
    pub(super) fires: Day,
}

/// Runs a case through the end of the as-of day.
pub(super) fn run_case<'a>(
    program: &'a Program,
    settings: &'a Settings,
    place: usize,
    case: &'a Case,
    pool: &'a mut Pool,
    observer: Option<&'a mut dyn Observer>,
) -> (CaseOutcomes, World<'a>) {
    let mut run = CaseRun {
        world: World::new(program, settings, case, pool, observer),
        arisen: Vec::new(),
        agenda: BTreeSet::new(),
        timers: Vec::new(),
        watched: Vec::new(),
        fact_days: false,
        clashed: Vec::new(),
        firings: 0,
        start: None,
    };
    run.prepare();
    while let Some(day) = run.agenda.pop_first() {
        run.day(day);
        // A day is run once: what is scheduled for it while it is run belongs to it already.
        run.agenda.remove(&day);
    }
    let in_force = program.header.in_force;
    let within = case.events.partition_point(|event| event.date <= settings.as_of);
    let early = case.events.get(..within).unwrap_or(&[]).iter();
    let early_lines = early
        .filter(|event| event.event != program.opening_state && !in_force.has(event.date))
        .map(|event| event.line)
        .collect();
    let outcomes = run.finish();
    let later_events = case.events.len().saturating_sub(within);
    (CaseOutcomes { case: place, id: case.id.clone(), outcomes, later_events, early_lines }, run.world)
}

impl<'a> CaseRun<'a> {
    /// Works out which days matter from the start.
    fn prepare(&mut self) {
        let world = &self.world;
        let (program, case) = (world.program, world.case);
        let as_of = world.settings.as_of;
        let in_force = program.header.in_force;
        for event in case.events.iter().take_while(|event| event.date <= as_of) {
            self.agenda.insert(event.date);
        }
        let first = case.events.iter().map(|event| event.date).find(|date| in_force.has(*date));
        self.start = if program.municipality_kind() == Some(case.kind) { Some(in_force.from) } else { first };
        let rules = |ids: &[RuleId]| -> Vec<&'a Rule> {
            ids.iter()
                .filter_map(|id| program.rules.get(id.index()))
                .filter(|rule| rule.kinds.has(case.kind))
                .collect()
        };
        let on_change = rules(&program.index.on_change);
        let mut daily = false;
        for rule in &on_change {
            if let Trigger::Becomes { fact, parameter, .. } | Trigger::Changes { fact, parameter } =
                rule.trigger
            {
                self.watched.push((fact, parameter));
                daily |= depends_on_the_day(program, fact);
            }
        }
        for op in &program.code.ops {
            if let crate::program::code::Op::Previous(fact) = op {
                self.watched.push((*fact, None));
            }
        }
        self.watched.sort_by_key(|(fact, _)| *fact);
        self.watched.dedup();
        self.fact_days = !on_change.is_empty()
            || program.duties.iter().any(|duty| duty.as_long_as.is_some() || duty.except_while.is_some());
        let Some(start) = self.start.filter(|start| *start <= as_of) else { return };
        if !rules(&program.index.always).is_empty() {
            self.agenda.insert(start);
        }
        let calendar = rules(&program.index.by_calendar);
        if calendar.is_empty() && !daily {
            return;
        }
        let mut day = start;
        loop {
            if daily || calendar.iter().any(|rule| falls_on(&rule.trigger, day)) {
                self.agenda.insert(day);
            }
            match day.next() {
                Ok(next) if next <= as_of => day = next,
                _ => break,
            }
        }
    }

    /// Runs a day in the order that the language fixes.
    fn day(&mut self, today: Day) {
        let watched = std::mem::take(&mut self.watched);
        self.world.today = today;
        self.world.line = 0;
        self.world.remember_yesterday(&watched, today);
        self.watched = watched;

        self.missed_duties(today, false);
        self.periods_over(today);
        if self.start == Some(today) {
            let always = self.world.program.index.always.clone();
            self.batch(&always, Cause::Always, today);
        }
        let events = &self.world.case.events;
        let first = events.partition_point(|event| event.date < today);
        let after = events.partition_point(|event| event.date <= today);
        for place in first..after {
            self.event(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.world.line = 0;
        self.world.seen = after;
        self.timers_and_calendar(today);
        self.fact_changes(today);
        self.end_of_day(today);
    }

    /// Whether a rule looks at what happens on a day in this case.
    pub(super) fn looks(&self, rule: &Rule, day: Day) -> bool {
        rule.kinds.has(self.world.case.kind)
            && self.world.program.header.in_force.has(day)
            && rule.in_force.is_none_or(|range| range.has(day))
    }

    pub(super) fn next_firing(&mut self) -> u32 {
        self.firings = self.firings.saturating_add(1);
        self.firings
    }

    /// Lets rules fire together on a day, as one trigger.
    fn batch(&mut self, rules: &[RuleId], cause: Cause, today: Day) {
        let firings = self.fire_all(rules, cause, today);
        self.settle(firings, None, today);
    }

    fn fire_all(&mut self, rules: &[RuleId], cause: Cause, today: Day) -> Vec<Firing> {
        let program = self.world.program;
        let mut firings = Vec::new();
        for id in rules {
            let Some(rule) = program.rules.get(id.index()) else { continue };
            if self.looks(rule, today) {
                let number = self.next_firing();
                firings.push(self.world.fire(*id, rule, cause, number, &Frame::on(today)));
            }
        }
        firings
    }

    /// An event: what it meets, what rules make of it, what it sets.
    fn event(&mut self, place: u32) {
        let program = self.world.program;
        let Some(happening) = self.world.happening(place) else { return };
        self.world.seen = (place as usize).saturating_add(1);
        self.world.line = happening.line;
        let today = happening.date;
        let in_force = program.header.in_force.has(today);
        if in_force && happening.event != program.opening_state {
            self.decide(place, happening);
            self.start_timers(place, happening);
        }
        self.take_facts(place, happening);
    }

    /// Sets the facts that are taken from an event, or that an opening state says.
    fn take_facts(&mut self, place: u32, happening: &Happening) {
        let program = self.world.program;
        let mut set: Vec<(FactId, Value)> = Vec::new();
        if happening.event == program.opening_state {
            let stored = program
                .facts
                .iter()
                .enumerate()
                .filter(|(_, fact)| !matches!(fact.source, FactSource::Computed(_)));
            for ((index, _), value) in stored.zip(happening.fields.iter()) {
                if *value != Value::Unknown {
                    set.push((FactId::at(index), *value));
                }
            }
        } else if let Some(taken) = program.index.taken.get(happening.event.index()) {
            for fact in taken {
                if let Some(FactSource::Taken { field, .. }) =
                    program.facts.get(fact.index()).map(|fact| fact.source)
                {
                    set.push((*fact, happening.field(field)));
                }
            }
        }
        for (fact, value) in set {
            let part = Stretch {
                from: happening.date,
                value,
                setter: Setter::Event(place),
                laid: happening.date,
                line: happening.line,
            };
            self.lay(fact, None, &[part], None);
        }
    }

    /// Starts the timers that count from an event.
    fn start_timers(&mut self, place: u32, happening: &'a Happening) {
        let program = self.world.program;
        let Some(rules) = program.index.timers.get(happening.event.index()) else { return };
        for id in rules {
            let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, happening.date))
            else {
                continue;
            };
            let Trigger::Timer { due, where_, .. } = rule.trigger else { continue };
            let frame = event_frame(happening, None);
            if where_.is_some_and(|condition| self.world.evaluate(condition, &frame) == Value::YesNo(false)) {
                continue;
            }
            let fires = match self.world.evaluate_at(site(Part::Due), due, &frame) {
                Value::Day(due) => due.max(happening.date),
                _ => continue,
            };
            self.timers.push(Timer { rule: *id, origin: place, fires });
            if fires <= self.world.settings.as_of {
                self.agenda.insert(fires);
            }
        }
    }

    /// All timers and calendar triggers of a day, and duties born late: one trigger that sees the whole day.
    fn timers_and_calendar(&mut self, today: Day) {
        let program = self.world.program;
        let mut firings = Vec::new();
        let due: Vec<Timer> = self.timers.iter().copied().filter(|timer| timer.fires == today).collect();
        for timer in due {
            let origin = self.world.happening(timer.origin);
            let rule = program.rules.get(timer.rule.index());
            if let (Some(origin), Some(rule)) = (origin, rule) {
                let frame = Frame { event: Some(origin), ..Frame::on(today) };
                let number = self.next_firing();
                let cause = Cause::Event(timer.origin);
                firings.push(self.world.fire(timer.rule, rule, cause, number, &frame));
            }
        }
        if self.start.is_some_and(|start| start <= today) {
            for id in &program.index.by_calendar {
                let Some(rule) = program.rules.get(id.index()) else { continue };
                if falls_on(&rule.trigger, today) {
                    let unit = match rule.trigger {
                        Trigger::PeriodOver(unit) => Some(unit),
                        _ => None,
                    };
                    firings.extend(self.fire_all(
                        &[*id],
                        Cause::Calendar(calendar_cause(unit), today),
                        today,
                    ));
                }
            }
        }
        firings.sort_by_key(|firing| (firing.rule, firing.number));
        self.settle(firings, None, today);
        self.missed_duties(today, true);
    }

    /// Fact-change triggers, in the order their facts depend on each other.
    fn fact_changes(&mut self, today: Day) {
        let program = self.world.program;
        if self.start.is_none_or(|start| today < start) {
            return;
        }
        let mut rest = program.index.on_change.as_slice();
        while let Some(first) = rest.first() {
            let rank =
                |id: &RuleId| program.rules.get(id.index()).and_then(|rule| changed_fact(&rule.trigger));
            let fact = rank(first);
            let same = rest.iter().take_while(|id| rank(id) == fact).count();
            let (group, later) = rest.split_at(same);
            rest = later;
            let mut firings = Vec::new();
            for id in group {
                let Some(rule) = program.rules.get(id.index()) else { continue };
                let (Some(fact), true) = (fact, self.looks(rule, today)) else { continue };
                let parameter = match rule.trigger {
                    Trigger::Becomes { parameter, .. } | Trigger::Changes { parameter, .. } => parameter,
                    _ => None,
                };
                let before = self.world.fact_yesterday(fact, parameter, today);
                let now = self.world.fact(fact, parameter, today);
                let fires = match rule.trigger {
                    Trigger::Becomes { value, .. } => now == value && before != value,
                    _ => now != before && now != Value::Unknown,
                };
                if fires {
                    firings.extend(self.fire_all(&[*id], Cause::Fact(fact, today), today));
                }
            }
            self.settle(firings, None, today);
        }
    }

    /// Lays a change down and says what it did; schedules the days it matters on.
    pub(super) fn lay(
        &mut self,
        fact: FactId,
        of: Option<Value>,
        parts: &[Stretch],
        by: Option<u32>,
    ) -> bool {
        let today = self.world.today;
        let mut replaced: Vec<Stretch> = Vec::new();
        let Some(line) = self.world.timeline_mut(fact, of) else { return false };
        let changed = line.lay(parts, |stretch| replaced.push(*stretch));
        for stretch in replaced {
            self.world.note_line(&stretch);
            if let Setter::Outcome(outcome) = stretch.setter {
                let rule = by.and_then(|by| self.arisen.get(by as usize)).and_then(|outcome| outcome.rule);
                if Some(outcome) != by
                    && let Some(outcome) = self.arisen.get_mut(outcome as usize)
                {
                    outcome.remarks.superseded_by = Some((rule, today));
                }
            }
        }
        if changed && self.fact_days {
            let as_of = self.world.settings.as_of;
            self.agenda
                .extend(parts.iter().map(|part| part.from).filter(|from| *from > today && *from <= as_of));
        }
        changed
    }

    /// The outcomes in their specified order, with what is known only at the end.
    fn finish(&mut self) -> Vec<Outcome> {
        let program = self.world.program;
        let as_of = self.world.settings.as_of;
        self.close_duties(as_of);
        self.upcoming(as_of);
        let clashed = std::mem::take(&mut self.clashed);
        let arisen = std::mem::take(&mut self.arisen).into_iter().zip(0_u32..);
        let mut outcomes: Vec<Outcome> =
            arisen.filter(|(_, place)| !clashed.contains(place)).map(|(outcome, _)| outcome).collect();
        let overdue_from = program.header.revise_by.and_then(|day| day.next().ok());
        for outcome in &mut outcomes {
            if let (Some(from), Some(fired)) = (overdue_from, outcome.fired)
                && fired >= from
            {
                outcome.remarks.revision_overdue_since = Some(from);
            }
        }
        outcomes.sort_by_cached_key(|outcome| self.place_of(outcome));
        outcomes
    }

    /// Timers that will look on a later day, unless what is scheduled already stops them.
    fn upcoming(&mut self, as_of: Day) {
        let program = self.world.program;
        let waiting: Vec<Timer> = self.timers.iter().copied().filter(|timer| timer.fires > as_of).collect();
        for timer in waiting {
            let (Some(rule), Some(origin)) =
                (program.rules.get(timer.rule.index()), self.world.happening(timer.origin))
            else {
                continue;
            };
            let frame = Frame { event: Some(origin), ..Frame::on(timer.fires) };
            if rule.while_.is_some_and(|while_| self.world.evaluate(while_, &frame) == Value::YesNo(false)) {
                continue;
            }
            let first = rule
                .always
                .first()
                .or_else(|| rule.branches.iter().find_map(|branch| branch.effects.first()));
            let Some(of) = first.map(|effect| self.world.kind_of(effect)) else { continue };
            let number = self.next_firing();
            self.arisen.push(Outcome {
                rule: Some(timer.rule),
                branch: 0,
                effect: 0,
                trigger: Cause::Event(timer.origin),
                fired: None,
                kind: OutcomeKind::Upcoming { on: timer.fires, of },
                citations: rule.grounds.citations.clone(),
                remarks: super::outcome::Remarks {
                    version: rule.in_force.map(|range| range.from),
                    ..super::outcome::Remarks::default()
                },
                firing: number,
            });
        }
    }

    /// Where an outcome stands: day, timers that know nothing yet last, rule, branch, line, effect, recipient, parameter.
    fn place_of(&self, outcome: &Outcome) -> (Day, bool, Option<RuleId>, u16, u32, u16, String, String) {
        let program = self.world.program;
        let words = |value: Option<Value>| {
            value
                .map(|v| crate::words::value(program, self.world.pool, v, crate::Language::Swedish))
                .unwrap_or_default()
        };
        let day = match (outcome.fired, &outcome.kind) {
            (Some(day), _) => day,
            (None, OutcomeKind::Upcoming { on, .. }) => *on,
            _ => Day::MAX,
        };
        let is_timer = outcome
            .rule
            .and_then(|rule| program.rules.get(rule.index()))
            .is_some_and(|rule| matches!(rule.trigger, Trigger::Timer { .. }));
        let last = match outcome.kind {
            OutcomeKind::Upcoming { .. } => true,
            OutcomeKind::Undetermined { .. } => is_timer,
            _ => false,
        };
        let line = match outcome.trigger {
            Cause::Event(place) => self.world.happening(place).map_or(0, |event| event.line),
            _ => 0,
        };
        let (to, of) = match &outcome.kind {
            OutcomeKind::Duty(duty) => (words(duty.to), String::new()),
            OutcomeKind::RecurringDuty(duty) => (words(duty.to), String::new()),
            OutcomeKind::Begins { of, .. }
            | OutcomeKind::Ends { of, .. }
            | OutcomeKind::Becomes { of, .. } => (String::new(), words(*of)),
            _ => (String::new(), String::new()),
        };
        (day, last, outcome.rule, outcome.branch, line, outcome.effect, to, of)
    }
}

fn changed_fact(trigger: &Trigger) -> Option<FactId> {
    match trigger {
        Trigger::Becomes { fact, .. } | Trigger::Changes { fact, .. } => Some(*fact),
        _ => None,
    }
}

/// Whether a calendar trigger fires on a day.
fn falls_on(trigger: &Trigger, day: Day) -> bool {
    match trigger {
        Trigger::PeriodOver(unit) => {
            let next = day.next().ok();
            match unit {
                CalendarUnit::Day => true,
                _ => next.and_then(|next| super::evaluate::first_of(*unit, next)) == next,
            }
        }
        Trigger::EveryYear { month, day: number } => {
            let last = crate::time::days_in_month(day.year(), *month);
            day.month() == *month && day.day_of_month() == (*number).min(last)
        }
        Trigger::OnDay(only) => *only == day,
        _ => false,
    }
}

/// Whether a computed fact can change on a day on which nothing happens.
fn depends_on_the_day(program: &Program, fact: FactId) -> bool {
    use crate::program::code::Op;
    let Some(FactSource::Computed(expr)) = program.facts.get(fact.index()).map(|fact| fact.source) else {
        return false;
    };
    program.code.ops(expr).iter().any(|op| match op {
        Op::FireDate | Op::ConstantNow(_) | Op::DutyIs(..) => true,
        Op::LookBack(index) => program
            .code
            .look_backs
            .get(*index as usize)
            .is_some_and(|look| look.window.is_some() || look.where_.is_some()),
        Op::Fact(other) | Op::FactFor(other, _) => depends_on_the_day(program, *other),
        _ => false,
    })
}
