//! What time itself sets off: timers, turns of the calendar, changes of facts.

use std::cmp::Reverse;

use super::calendar::next_fall;
use super::case::{CaseRun, Timer};

use super::evaluate::Frame;
use super::exceptions::make_undetermined;
use super::fire::{calendar_cause, event_frame};
use super::firing::FiringState;
use super::history::Happening;
use super::need::Need;
use super::observer::Part;
use super::outcome::Cause;
use super::world::site;
use crate::program::{FactId, RuleId, Trigger};
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// The timers that count from an event, judged as it comes: what it brings is not there yet.
    pub(super) fn timers_of(&mut self, place: u32, happening: &'a Happening) -> Vec<Timer> {
        let program = self.world.program;
        let Some(rules) = program.index.timers.get(happening.event.index()) else { return Vec::new() };
        let mut timers = Vec::new();
        for id in rules {
            let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, happening.date))
            else {
                continue;
            };
            let Trigger::Timer { due, where_, .. } = rule.trigger else { continue };
            let frame = event_frame(happening, None);
            let mut needs = Vec::new();
            if let Some(condition) = where_ {
                match self.world.evaluate(condition, &frame) {
                    Value::YesNo(true) => {}
                    Value::YesNo(false) => continue,
                    _ => needs = self.world.needs(condition, &frame),
                }
            }
            let fires = match self.world.evaluate_at(site(Part::Due), due, &frame) {
                Value::Day(due) => due.max(happening.date),
                _ => continue,
            };
            timers.push(Timer { rule: *id, origin: place, fires, needs });
        }
        // What they rest on is said of them when they fire.
        self.world.assumed.clear();
        self.world.lines_read.clear();
        self.world.rested_on.clear();
        timers
    }

    /// Starts timers of an event, of which it may not be known whether it counts.
    pub(super) fn start_timers(&mut self, timers: Vec<Timer>, unsettled: &[Need]) {
        for mut timer in timers {
            timer.needs.splice(..0, unsettled.iter().cloned());
            let number = u32::try_from(self.timers.len()).unwrap_or(u32::MAX);
            self.due.push(Reverse((timer.fires, number)));
            self.schedule(Some(timer.fires));
            self.timers.push(timer);
        }
    }

    /// All timers and calendar triggers of a day, and duties born late: one trigger that sees the whole day.
    pub(super) fn timers_and_calendar(&mut self, today: Day) {
        let program = self.world.program;
        let mut firings = Vec::new();
        while self.due.peek().is_some_and(|Reverse((day, _))| *day <= today) {
            let number = self.due.pop().map_or(0, |Reverse((_, number))| number as usize);
            let Some(timer) = self.timers.get(number).cloned() else { continue };
            let origin = self.world.happening(timer.origin);
            let rule = program.rules.get(timer.rule.index());
            if let (Some(origin), Some(rule)) = (origin, rule) {
                let frame = Frame { event: Some(origin), ..Frame::on(today) };
                let number = self.next_firing();
                let cause = Cause::Event(timer.origin);
                let mut firing = self.world.fire(timer.rule, rule, cause, number, &frame);
                if !timer.needs.is_empty() && firing.state != FiringState::Silent {
                    make_undetermined(&mut firing, &timer.needs);
                }
                firings.push(firing);
            }
        }
        if self.calendar == Some(today) {
            for id in self.of_kind.map_or(&[][..], |of_kind| &of_kind.by_calendar) {
                let Some(rule) = program.rules.get(id.index()) else { continue };
                if next_fall(&rule.trigger, today) == Some(today) {
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
        let mut firings = self.yield_by_trigger(firings);
        firings.sort_by_key(|firing| (firing.rule, firing.number));
        self.settle(firings, None, today);
        self.missed_duties(today, true);
    }

    /// Fact-change triggers, in the order their facts depend on each other.
    pub(super) fn fact_changes(&mut self, today: Day) {
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
                let Some((before, now)) = self.changed(fact, parameter, today) else { continue };
                let fires = match rule.trigger {
                    Trigger::Becomes { value, .. } => now == value && before != value,
                    _ => now != before && now != Value::Unknown,
                };
                if fires {
                    firings.extend(self.fire_all(&[*id], Cause::Fact(fact, today), today));
                }
            }
            let firings = self.yield_by_trigger(firings);
            self.settle(firings, None, today);
        }
        self.missed_duties(today, true);
    }
}

pub(super) fn changed_fact(trigger: &Trigger) -> Option<FactId> {
    match trigger {
        Trigger::Becomes { fact, .. } | Trigger::Changes { fact, .. } => Some(*fact),
        _ => None,
    }
}
