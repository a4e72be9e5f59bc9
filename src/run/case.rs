//! A case from its first day to the as-of day: the order of things within a day.

use super::turns::{depends_on_the_day, falls_on, turns_with_the_day};
use std::collections::BTreeSet;

use super::evaluate::Frame;
use super::firing::Firing;
use super::history::{Case, Happening};
use super::observer::Observer;
use super::outcome::{CaseOutcomes, Cause, Outcome};
use super::settings::Settings;
use super::timeline::{Setter, Stretch};
use super::world::World;
use crate::Words;
use crate::program::{FactId, FactSource, Program, Rule, RuleId, Trigger};
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
    pub(super) watched: Vec<(FactId, Option<Value>)>,
    /// Whether days on which a fact changes by schedule must be run.
    pub(super) fact_days: bool,
    /// Outcomes that clashed with others and are shown by them.
    pub(super) clashed: Vec<u32>,
    /// How many firings there have been.
    pub(super) firings: u32,
    /// The case's first day under the ruleset.
    pub(super) start: Option<Day>,
}

/// A timer that an event has started.
#[derive(Clone, Debug)]
pub(super) struct Timer {
    pub(super) rule: RuleId,
    /// The event's place in the case.
    pub(super) origin: u32,
    /// The day it fires.
    pub(super) fires: Day,
    /// What would have to be known to say whether it runs at all.
    pub(super) needs: Vec<Words>,
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
        // A duty may stay only as long as something that time alone can end.
        daily |= program
            .duties
            .iter()
            .filter_map(|duty| duty.as_long_as)
            .any(|ground| turns_with_the_day(program, ground));
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
    pub(super) fn batch(&mut self, rules: &[RuleId], cause: Cause, today: Day) {
        let mut firings = self.fire_all(rules, cause, today);
        self.yield_by_cause(&mut firings);
        self.settle(firings, None, today);
    }

    pub(super) fn fire_all(&mut self, rules: &[RuleId], cause: Cause, today: Day) -> Vec<Firing> {
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
            // An event that its own requirement denies starts nothing.
            if let Some(needs) = self.decide(place, happening) {
                self.start_timers(place, happening, &needs);
            }
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
        if !changed
            && let Some(first) = parts.first()
            && let Some(held) =
                self.world.timeline(fact, of).and_then(|line| line.stretch_on(first.from)).copied()
        {
            // That it holds already may be the doing of an earlier line of the day.
            self.world.note_line(&held);
        }
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
}
