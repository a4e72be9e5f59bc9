//! What only a run can see to be odd in what was reported: events that contradict each other.

use super::case::CaseRun;
use super::duty::LiveDuty;
use super::outcome::{Cause, Outcome, OutcomeKind};
use super::timeline::{Setter, Stretch};
use super::world::World;
use crate::program::{EventId, FactId, RoleId, RuleId};
use crate::time::Day;
use crate::value::Value;

/// Something odd in the events of a case. Each was taken as it stands; a person may want to look at them.
///
/// [`Ruleset::anomalies`](crate::Ruleset::anomalies) says it in words, with the places.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Anomaly {
    /// A fact was to begin, and something later ends it from that day or an earlier one: it never holds.
    NeverBegins {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// What was to begin it.
        begun: Source,
        /// The day it was to begin.
        from: Day,
        /// What ends it.
        ended: Source,
        /// The first day without it.
        on: Day,
    },
    /// A fact begins after its own last day.
    EndsBeforeItBegins {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// What says so.
        said: Source,
        /// The first day.
        from: Day,
        /// The last day.
        until: Day,
    },
    /// The first that is said of a fact is that it ends; only a later event begins it.
    EndsFirst {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// What ends it.
        ended: Source,
        /// The first day without it.
        on: Day,
        /// What begins it.
        begun: Source,
        /// The first day with it.
        from: Day,
    },
    /// Two events of one day give a fact different values from the same day; that of the later line stands.
    TwoValues {
        /// The fact.
        fact: FactId,
        /// Its parameter.
        of: Option<Value>,
        /// The first day.
        from: Day,
        /// What gave the value that was replaced, and the value.
        first: (Source, Value),
        /// What gave the value that stands, and the value.
        second: (Source, Value),
    },
    /// An event that a duty asks for came before the duty, did nothing else, and nothing has met the duty since.
    TooSoon {
        /// The event: its place among the case's events.
        event: u32,
        /// What the duty came of.
        duty: Source,
        /// Who bears it.
        role: RoleId,
        /// What is to be done.
        action: crate::program::ActionId,
        /// The first day on which the event would have counted.
        counts_from: Day,
    },
}

/// Where something comes from: an event, and the rule that made something of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The event: its place among the case's events.
    pub event: Option<u32>,
    /// The rule; none for a fact that is taken from the event.
    pub rule: Option<RuleId>,
    /// The branch of the rule, 0 for what always applies.
    pub branch: u16,
    /// Which effect of the branch.
    pub effect: u16,
}

impl Source {
    fn of(outcome: &Outcome) -> Source {
        let event = match outcome.trigger {
            Cause::Event(event) => Some(event),
            _ => None,
        };
        Source { event, rule: outcome.rule, branch: outcome.branch, effect: outcome.effect }
    }
}

/// What is about to be laid on a fact.
#[derive(Clone, Copy)]
pub(super) struct Laid<'p> {
    pub(super) fact: FactId,
    pub(super) of: Option<Value>,
    pub(super) parts: &'p [Stretch],
}

impl CaseRun<'_> {
    fn source(&self, setter: Setter) -> Option<(Source, Option<&OutcomeKind>)> {
        match setter {
            Setter::Start => None,
            Setter::Event(event) => {
                Some((Source { event: Some(event), rule: None, branch: 0, effect: 0 }, None))
            }
            Setter::Outcome(outcome) => {
                let outcome = self.arisen.get(outcome as usize)?;
                Some((Source::of(outcome), Some(&outcome.kind)))
            }
        }
    }

    /// What is odd about a change before it is laid down: its own days, or that an end has been said before any
    /// beginning.
    pub(super) fn odd_by_itself(&self, laid: Laid<'_>) -> Option<Anomaly> {
        let Laid { fact, of, parts } = laid;
        let (said, kind) = self.source(parts.first()?.setter)?;
        let OutcomeKind::Begins { from, until, .. } = *kind? else { return None };
        if let Some(until) = until.filter(|until| *until < from) {
            return Some(Anomaly::EndsBeforeItBegins { fact, of, said, from, until });
        }
        let line = self.world.timeline(fact, of)?;
        let first = line.stretches().first()?;
        let only_ended = line.stretches().iter().all(|stretch| stretch.value == Value::YesNo(false));
        let (ended, kind) = self.source(first.setter)?;
        let apart = ended.event.is_some() && said.event.is_some() && ended.event != said.event;
        match kind? {
            OutcomeKind::Ends { on, .. } if only_ended && apart && line.initial() == Value::Unknown => {
                Some(Anomaly::EndsFirst { fact, of, ended, on: *on, begun: said, from })
            }
            _ => None,
        }
    }

    /// What is odd about a change that replaced another.
    pub(super) fn odd_replacement(&self, laid: Laid<'_>, replaced: &Stretch) -> Option<Anomaly> {
        let Laid { fact, of, parts } = laid;
        let first = parts.first()?;
        let (new, kind) = self.source(first.setter)?;
        let (old, _) = self.source(replaced.setter)?;
        let remarks = match replaced.setter {
            Setter::Outcome(outcome) => self.arisen.get(outcome as usize).map(|outcome| &outcome.remarks),
            _ => None,
        };
        let repeated = remarks.is_some_and(|remarks| remarks.no_change);
        // What follows from a missed duty is often told to begin later, so that something can still come between.
        let followed = remarks.is_some_and(|remarks| remarks.missed_on.is_some());
        if old.event.is_none() || new.event.is_none() || old.event == new.event {
            return None;
        }
        let none = |value| matches!(value, Value::YesNo(false) | Value::None | Value::Unknown);
        let one_day = replaced.laid == self.world.today && replaced.line != 0 && first.line != 0;
        let known = replaced.value != Value::Unknown && first.value != Value::Unknown;
        // What reckons on from the earlier line's value does not contradict it.
        let builds_on = match first.setter {
            Setter::Outcome(outcome) => self
                .arisen
                .get(outcome as usize)
                .is_some_and(|outcome| outcome.remarks.same_day_order.contains(&replaced.line)),
            _ => false,
        };
        if one_day && known && !builds_on && replaced.from == first.from && replaced.value != first.value {
            let (first, second) = ((old, replaced.value), (new, first.value));
            return Some(Anomaly::TwoValues { fact, of, from: replaced.from, first, second });
        }
        match kind {
            // What was said to begin, and held already, has held.
            Some(OutcomeKind::Ends { on, .. })
                if replaced.from >= *on && !repeated && !followed && !none(replaced.value) =>
            {
                let (begun, from, ended, on) = (old, replaced.from, new, *on);
                Some(Anomaly::NeverBegins { fact, of, begun, from, ended, on })
            }
            _ => None,
        }
    }

    /// Events that came before the duties that ask for them. Only those that nothing else explains: they set nothing off,
    /// met nothing and gave no fact its value; and only of duties that still wait.
    pub(super) fn too_soon(&mut self) -> Vec<Anomaly> {
        let program = self.world.program;
        let mut found = Vec::new();
        let waits = |live: &&LiveDuty| live.is_pending() && !live.soft;
        if !self.world.duties.iter().any(|live| waits(&live)) {
            return found;
        }
        let unexplained = self.unexplained();
        let observer = self.world.observer.take();
        let failed = self.world.failed.len();
        for place in 0..self.world.duties.len() {
            let Some(live) = self.world.duties.get(place).filter(waits) else { continue };
            let Some(declared) = program.duties.get(live.duty.index()) else { continue };
            if declared.recurrence.is_some() {
                continue;
            }
            let counts_from = live.not_before.map_or(live.born, |first| first.max(live.born));
            let mut early: Vec<u32> = Vec::new();
            for met_by in &declared.met_by {
                let asked = met_by.pattern.event;
                let first = unexplained.partition_point(|(event, _)| *event < asked);
                let of_kind = unexplained.get(first..).unwrap_or(&[]).iter();
                let of_kind = of_kind.take_while(|(event, _)| *event == asked).map(|(_, place)| *place);
                early.extend(of_kind.take_while(|place| {
                    self.world.happening(*place).is_some_and(|happening| happening.date < counts_from)
                }));
            }
            if early.is_empty() {
                continue;
            }
            early.sort_unstable();
            early.dedup();
            let live = live.clone();
            for event in early.into_iter().rev() {
                let Some(happening) = self.world.happening(event) else { continue };
                let asked = |run: &mut Self| {
                    declared.met_by.iter().any(|met_by| run.answers(&live, met_by.pattern, happening))
                };
                if live.cause == Cause::Event(event) || !asked(self) {
                    continue;
                }
                let Some(outcome) = self.arisen.get(live.outcome) else { continue };
                let OutcomeKind::Duty(duty) = &outcome.kind else { continue };
                let (role, action, duty) = (duty.role, duty.action, Source::of(outcome));
                found.push(Anomaly::TooSoon { event, duty, role, action, counts_from });
                break;
            }
        }
        self.world.observer = observer;
        self.world.failed.truncate(failed);
        found
    }

    /// The events that have come to nothing in the case, each with its place; sorted.
    fn unexplained(&self) -> Vec<(EventId, u32)> {
        let World { program, case, duties, .. } = &self.world;
        let mut explained = vec![false; case.events.len()];
        let of_outcomes = self.arisen.iter().filter_map(|outcome| match outcome.trigger {
            Cause::Event(event) => Some(event),
            _ => None,
        });
        let of_timers = self.timers.iter().map(|timer| timer.origin);
        for event in of_outcomes.chain(of_timers).chain(duties.iter().filter_map(|live| live.met_by)) {
            if let Some(explained) = explained.get_mut(event as usize) {
                *explained = true;
            }
        }
        // What counts towards a duty that comes back is never too soon.
        let recurring = self.world.waiting.recurring.iter().filter_map(|place| duties.get(*place as usize));
        let mut counting: Vec<EventId> = recurring
            .filter_map(|live| program.duties.get(live.duty.index()))
            .flat_map(|declared| declared.met_by.iter().map(|met_by| met_by.pattern.event))
            .collect();
        counting.sort_unstable();
        counting.dedup();
        let taken =
            |event: EventId| program.index.taken.get(event.index()).is_some_and(|taken| !taken.is_empty());
        let in_force = program.header.in_force;
        let mut unexplained: Vec<(EventId, u32)> = (0_u32..)
            .zip(&case.events)
            .zip(explained)
            .filter(|((_, happening), explained)| {
                let kind = happening.event;
                !explained
                    && in_force.has(happening.date)
                    && !taken(kind)
                    && counting.binary_search(&kind).is_err()
            })
            .map(|((place, happening), _)| (happening.event, place))
            .collect();
        unexplained.sort_unstable();
        unexplained
    }
}
