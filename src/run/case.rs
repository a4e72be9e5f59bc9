//! A case from its first day to the as-of day: the order of things within a day.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::anomaly::{Anomaly, Laid};
use super::calendar::next_fall;
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
use super::watch::Watch;
use super::world::World;
use crate::program::{ActionId, FactId, FactSource, KindId, OfKind, Program, RoleId, Rule, RuleId};
use crate::time::Day;
use crate::value::{Pool, SetId, Value};

/// A case being run.
pub(super) struct CaseRun<'a> {
    pub(super) world: World<'a>,
    /// The outcomes in the order they arose.
    pub(super) arisen: Vec<Outcome>,
    /// The days still to be run without anything happening on them, those after the as-of day among them.
    pub(super) agenda: BinaryHeap<Reverse<Day>>,
    pub(super) timers: Vec<Timer>,
    /// The timers that have not fired: the day, and the place among the timers.
    pub(super) due: BinaryHeap<Reverse<(Day, u32)>>,
    /// What time sets off in a case of this kind.
    pub(super) of_kind: Option<&'a OfKind>,
    /// Outcomes that clashed with others and are shown by them.
    pub(super) clashed: BTreeSet<u32>,
    /// The permissions and prohibitions to do a thing, by their places among the outcomes.
    pub(super) permissions: BTreeMap<(RoleId, ActionId), Vec<u32>>,
    /// What is odd in the events run so far.
    pub(super) anomalies: Vec<Anomaly>,
    /// How many firings there have been.
    pub(super) firings: u32,
    /// The case's first day under the ruleset.
    pub(super) start: Option<Day>,
    /// The place of the first event of the day that is run.
    pub(super) first_of_day: usize,
    /// How the facts whose changes set rules off have been seen to stand.
    pub(super) watches: Vec<Watch>,
    /// The facts that have been changed on the day that is run.
    pub(super) laid: Vec<FactId>,
    /// The last day that has been run.
    pub(super) ran: Option<Day>,
    /// The next day on which the calendar sets a rule off.
    pub(super) calendar: Option<Day>,
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
            arisen: Vec::new(),
            agenda: BinaryHeap::new(),
            timers: Vec::new(),
            due: BinaryHeap::new(),
            of_kind: world.program.index.kinds.get(world.case.kind.index()),
            world,
            clashed: BTreeSet::new(),
            permissions: BTreeMap::new(),
            anomalies: Vec::new(),
            firings: 0,
            start: None,
            first_of_day: 0,
            watches: Vec::new(),
            laid: Vec::new(),
            ran: None,
            calendar: None,
            standing: Vec::new(),
        }
    }

    /// Runs the days through the as-of day that come after one already run; without one, all of them.
    pub(super) fn days_after(&mut self, run: Option<Day>) {
        let as_of = self.world.settings.as_of;
        self.prepare(run);
        while let Some(day) = self.next_day().filter(|day| *day <= as_of) {
            self.day(day);
        }
    }

    /// The next day to be run: on which something happens, or that was put on the agenda.
    fn next_day(&mut self) -> Option<Day> {
        // A day is run once: what was scheduled for it while it was run belonged to it already.
        while self.agenda.peek().is_some_and(|Reverse(day)| self.ran.is_some_and(|ran| *day <= ran)) {
            self.agenda.pop();
        }
        let event = self.world.case.events.get(self.world.seen).map(|event| event.date);
        let scheduled = self.agenda.peek().map(|Reverse(day)| *day);
        event.into_iter().chain(scheduled).min()
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
        let (arose, outcomes) = self.finish();
        let later_events = case.events.len().saturating_sub(within);
        let diagnostics = std::mem::take(&mut self.world.failed);
        let id = case.id.clone();
        let outcomes =
            CaseOutcomes { case: place, id, outcomes, later_events, early_lines, diagnostics, anomalies };
        Ended { outcomes, world: self.world, arose }
    }

    /// Puts on the agenda, after a day already run, what is known from the start to matter.
    fn prepare(&mut self, run: Option<Day>) {
        self.ran = run;
        let World { program, settings, case, .. } = self.world;
        let in_force = program.header.in_force;
        let first = case.events.iter().map(|event| event.date).find(|date| in_force.has(*date));
        let municipal = program.municipality_kind() == Some(case.kind);
        self.start = if municipal { Some(in_force.from) } else { first };
        let Some(start) = self.start.filter(|start| *start <= settings.as_of) else { return };
        self.standing = standing_norms(program, case.kind, start, municipal);
        for (day, _) in &self.standing {
            self.agenda.push(Reverse(*day));
        }
        let next = run.and_then(|run| run.next().ok()).map_or(start, |next| next.max(start));
        self.schedule_calendar(next);
        // What can change with the day alone is looked at from the first day on.
        let turns = self.of_kind.is_some_and(|of_kind| of_kind.watched.iter().any(|watched| watched.turns));
        if (turns || program.index.duties_turn) && run.is_none() {
            self.agenda.push(Reverse(start));
        }
    }

    /// Puts on the agenda the next day, from a day on, on which the calendar sets a rule off.
    fn schedule_calendar(&mut self, from: Day) {
        let program = self.world.program;
        let rules = self.of_kind.map_or(&[][..], |of_kind| &of_kind.by_calendar);
        let rules = rules.iter().filter_map(|id| program.rules.get(id.index()));
        self.calendar = rules.filter_map(|rule| next_fall(&rule.trigger, from)).min();
        self.agenda.extend(self.calendar.map(Reverse));
    }

    /// Runs a day in the order that the language fixes.
    fn day(&mut self, today: Day) {
        self.world.today = today;
        self.world.line = 0;
        self.remember_yesterday(today);

        self.missed_duties(today, false);
        self.periods_over(today);
        if self.standing.iter().any(|(day, _)| *day == today) {
            let standing: Vec<RuleId> =
                self.standing.iter().filter(|(day, _)| *day == today).map(|(_, rule)| *rule).collect();
            self.batch(&standing, Cause::Always, today);
        }
        let events = &self.world.case.events;
        let first = self.world.seen;
        self.first_of_day = first;
        let later = events.get(first..).unwrap_or(&[]);
        let after = first.saturating_add(later.iter().take_while(|event| event.date <= today).count());
        for place in first..after {
            self.event(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.world.line = 0;
        self.world.seen = after;
        self.timers_and_calendar(today);
        self.fact_changes(today);
        self.end_of_day(today);
        self.watch_on(today);
        if self.world.program.index.duties_turn {
            self.schedule(self.duties_turn_after(today));
        }
        self.ran = Some(today);
        if self.calendar.is_some_and(|day| day <= today) {
            self.calendar = None;
            if let Ok(tomorrow) = today.next() {
                self.schedule_calendar(tomorrow);
            }
        }
    }

    /// Sees to it that a later day is run; what is due today or before is today's.
    pub(super) fn schedule(&mut self, day: Option<Day>) {
        self.agenda.extend(day.filter(|day| *day > self.world.today).map(Reverse));
    }

    /// Whether a rule looks at what happens on a day in this case.
    pub(super) fn looks(&self, rule: &Rule, day: Day) -> bool {
        rule.kinds.has(self.world.case.kind)
            && self.world.program.header.in_force.has(day)
            && rule.in_force.is_none_or(|range| range.has(day))
    }

    /// Whether days on which a fact changes by schedule must be run.
    pub(super) fn fact_days(&self) -> bool {
        self.of_kind.is_some_and(|of_kind| of_kind.fact_days)
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
            let timers = self.timers_of(place, happening);
            // An event that its own requirement denies starts nothing.
            if let Some(needs) = self.decide(place, happening) {
                self.start_timers(timers, &needs);
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
        } else {
            let taken = program.index.taken.get(happening.event.index()).map_or(&[][..], Vec::as_slice);
            for fact in taken {
                if let Some(FactSource::Taken { field, .. }) =
                    program.facts.get(fact.index()).map(|fact| fact.source)
                {
                    self.set_fact(place, happening, *fact, None, happening.field(field));
                }
            }
        }
        for (fact, of, value) in set {
            self.set_fact(place, happening, fact, of, value);
        }
    }

    /// An event says itself what a fact is from its day on.
    fn set_fact(&mut self, place: u32, happening: &Happening, fact: FactId, of: Option<Value>, value: Value) {
        let (from, line) = (happening.date, happening.line);
        let part = Stretch { from, value, setter: Setter::Event(place), laid: from, line };
        self.lay(fact, of, &[part], None);
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
        if changed {
            self.laid.push(fact);
        }
        if changed && self.fact_days() {
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
