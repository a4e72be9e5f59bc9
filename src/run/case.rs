//! A case from its first day to the as-of day: the order of things within a day.

use super::turns::{depends_on_the_day, falls_on, turns_with_the_day};
use std::collections::BTreeSet;

use super::anomaly::{Anomaly, Laid};
use super::decisions::CaseOutcomes;
use super::ended::Ended;
use super::evaluate::Frame;
use super::firing::Firing;
use super::history::{Case, Happening};
use super::need::Need;
use super::observer::Observer;
use super::outcome::{Cause, Outcome};
use super::settings::Settings;
use super::timeline::{Setter, Stretch};
use super::world::World;
use crate::program::{FactId, FactSource, KindId, Program, Rule, RuleId, Trigger};
use crate::time::Day;
use crate::value::{Pool, SetId, Value};

/// A case being run.
pub(super) struct CaseRun<'a> {
    pub(super) world: World<'a>,
    /// The outcomes in the order they arose.
    pub(super) arisen: Vec<Outcome>,
    /// The days still to be run, those after the as-of day among them.
    pub(super) agenda: BTreeSet<Day>,
    pub(super) timers: Vec<Timer>,
    /// Facts whose value of the day before is asked for.
    pub(super) watched: Vec<(FactId, Option<Value>)>,
    /// Whether days on which a fact changes by schedule must be run.
    pub(super) fact_days: bool,
    /// Outcomes that clashed with others and are shown by them.
    pub(super) clashed: Vec<u32>,
    /// What is odd in the events run so far.
    pub(super) anomalies: Vec<Anomaly>,
    /// How many firings there have been.
    pub(super) firings: u32,
    /// The case's first day under the ruleset.
    pub(super) start: Option<Day>,
    /// The standing norms of the case, each with the day from which it stands.
    pub(super) standing: Vec<(Day, RuleId)>,
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
    pub(super) needs: Vec<Need>,
}

/// Runs a case through the end of the as-of day.
pub(super) fn run_case<'a>(
    program: &'a Program,
    settings: &'a Settings,
    place: usize,
    case: &'a Case,
    pool: &'a mut Pool,
    observer: Option<&'a mut dyn Observer>,
) -> Ended<'a> {
    let mut run = CaseRun::new(World::new(program, settings, case, pool, observer));
    run.days_after(None);
    run.end(place)
}

impl<'a> CaseRun<'a> {
    /// A case of which no day has been run.
    pub(super) fn new(world: World<'a>) -> CaseRun<'a> {
        CaseRun {
            world,
            arisen: Vec::new(),
            agenda: BTreeSet::new(),
            timers: Vec::new(),
            watched: Vec::new(),
            fact_days: false,
            clashed: Vec::new(),
            anomalies: Vec::new(),
            firings: 0,
            start: None,
            standing: Vec::new(),
        }
    }

    /// Runs the days through the as-of day that come after one already run; without one, all of them.
    pub(super) fn days_after(&mut self, run: Option<Day>) {
        let as_of = self.world.settings.as_of;
        self.prepare(run);
        while let Some(day) = self.agenda.first().copied().filter(|day| *day <= as_of) {
            self.day(day);
            // A day is run once: what is scheduled for it while it is run belongs to it already.
            self.agenda.remove(&day);
        }
    }

    /// The outcomes at the end of the as-of day.
    pub(super) fn end(mut self, place: usize) -> Ended<'a> {
        let World { program, settings, case, .. } = self.world;
        let in_force = program.header.in_force;
        let within = case.events.partition_point(|event| event.date <= settings.as_of);
        let early = case.events.get(..within).unwrap_or(&[]).iter();
        let early_lines = early
            .filter(|event| event.event != program.opening_state && !in_force.has(event.date))
            .map(|event| event.line)
            .collect();
        let mut anomalies = std::mem::take(&mut self.anomalies);
        anomalies.extend(self.too_soon());
        let (arose, outcomes) = self.finish().into_iter().unzip();
        let later_events = case.events.len().saturating_sub(within);
        let diagnostics = std::mem::take(&mut self.world.failed);
        let id = case.id.clone();
        let outcomes =
            CaseOutcomes { case: place, id, outcomes, later_events, early_lines, diagnostics, anomalies };
        Ended { outcomes, world: self.world, arose }
    }

    /// Works out which days matter from the start, of those after one already run.
    fn prepare(&mut self, run: Option<Day>) {
        let to_come = |day: &Day| run.is_none_or(|run| *day > run);
        let world = &self.world;
        let (program, case) = (world.program, world.case);
        let as_of = world.settings.as_of;
        let in_force = program.header.in_force;
        let events = case.events.iter().map(|event| event.date);
        self.agenda.extend(events.filter(to_come).take_while(|day| *day <= as_of));
        let first = case.events.iter().map(|event| event.date).find(|date| in_force.has(*date));
        let municipal = program.municipality_kind() == Some(case.kind);
        self.start = if municipal { Some(in_force.from) } else { first };
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
        self.standing = standing_norms(program, case.kind, start, municipal);
        self.agenda.extend(self.standing.iter().map(|(day, _)| *day).filter(to_come));
        let calendar = rules(&program.index.by_calendar);
        if calendar.is_empty() && !daily {
            return;
        }
        let next = run.and_then(|run| run.next().ok());
        let mut day = next.map_or(start, |next| next.max(start));
        while day <= as_of {
            if daily || calendar.iter().any(|rule| falls_on(&rule.trigger, day)) {
                self.agenda.insert(day);
            }
            match day.next() {
                Ok(next) => day = next,
                Err(_) => break,
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
        let standing: Vec<RuleId> =
            self.standing.iter().filter(|(day, _)| *day == today).map(|(_, rule)| *rule).collect();
        if !standing.is_empty() {
            self.batch(&standing, Cause::Always, today);
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

    /// Sees to it that a later day is run; what is due today or before is today's.
    pub(super) fn schedule(&mut self, day: Option<Day>) {
        self.agenda.extend(day.filter(|day| *day > self.world.today));
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
        let firings = self.fire_all(rules, cause, today);
        let firings = self.yield_by_trigger(firings);
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
        let mut set: Vec<(FactId, Option<Value>, Value)> = Vec::new();
        if happening.event == program.opening_state {
            for (field, value) in program.opening.iter().zip(happening.fields.iter()) {
                match (*value, program.facts.get(field.fact.index()).and_then(|fact| fact.parameter)) {
                    (Value::Unknown, _) => {}
                    (Value::Set(members), Some(_)) if field.of.is_none() => {
                        set.extend(self.holds_for(field.fact, members));
                    }
                    (value, _) => set.push((field.fact, field.of, value)),
                }
            }
        } else if let Some(taken) = program.index.taken.get(happening.event.index()) {
            for fact in taken {
                if let Some(FactSource::Taken { field, .. }) =
                    program.facts.get(fact.index()).map(|fact| fact.source)
                {
                    set.push((*fact, None, happening.field(field)));
                }
            }
        }
        for (fact, of, value) in set {
            let part = Stretch {
                from: happening.date,
                value,
                setter: Setter::Event(place),
                laid: happening.date,
                line: happening.line,
            };
            self.lay(fact, of, &[part], None);
        }
    }

    /// A yes/no fact that holds for the members of a set and for nothing else.
    fn holds_for(&self, fact: FactId, members: SetId) -> Vec<(FactId, Option<Value>, Value)> {
        let members = self.world.pool.members(members);
        // First what holds for all not named, so that a value heard of later is answered too.
        let mut set = vec![(fact, None, Value::YesNo(false))];
        let others = self.world.parameters(fact).into_iter().filter(|of| !members.contains(of));
        set.extend(others.map(|of| (fact, Some(of), Value::YesNo(false))));
        set.extend(members.iter().map(|of| (fact, Some(*of), Value::YesNo(true))));
        set
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
        let laid = Laid { fact, of, parts };
        self.anomalies.extend(self.odd_by_itself(laid));
        let mut replaced: Vec<Stretch> = Vec::new();
        let Some(line) = self.world.timeline_mut(fact, of) else { return false };
        let changed = line.lay(parts, |stretch| replaced.push(*stretch));
        // One of those replaced says enough.
        let odd = replaced.iter().find_map(|stretch| self.odd_replacement(laid, stretch));
        self.anomalies.extend(odd);
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
            for part in parts {
                self.schedule(Some(part.from));
            }
        }
        changed
    }
}

/// The standing norms of a case, each with the day from which it stands: the case's first day, or the rule's own where
/// that is later. In the municipality's case every version of a rule stands in its time; elsewhere the case keeps the
/// version it began with.
fn standing_norms(program: &Program, kind: KindId, start: Day, municipal: bool) -> Vec<(Day, RuleId)> {
    let mut standing: Vec<(Day, RuleId)> = Vec::new();
    for id in &program.index.always {
        let Some(rule) = program.rules.get(id.index()).filter(|rule| rule.kinds.has(kind)) else { continue };
        let from = rule.in_force.map_or(start, |range| range.from.max(start));
        if rule.in_force.is_some_and(|range| !range.has(from)) {
            continue;
        }
        let name = |id: &RuleId| program.rules.get(id.index()).map(|rule| rule.named.name.as_str());
        let earlier = standing.iter_mut().find(|(_, other)| name(other) == Some(rule.named.name.as_str()));
        match earlier {
            Some(first) if !municipal => *first = (*first).min((from, *id)),
            _ => standing.push((from, *id)),
        }
    }
    standing
}
