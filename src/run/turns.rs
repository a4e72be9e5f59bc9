//! What time itself sets off: timers, turns of the calendar, changes of facts.

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
use crate::program::{ExprId, FactId, FactSource, Program, RuleId, Trigger};
use crate::syntax::tree::CalendarUnit;
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// Starts the timers that count from an event.
    pub(super) fn start_timers(&mut self, place: u32, happening: &'a Happening, unsettled: &[Need]) {
        let program = self.world.program;
        let Some(rules) = program.index.timers.get(happening.event.index()) else { return };
        for id in rules {
            let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, happening.date))
            else {
                continue;
            };
            let Trigger::Timer { due, where_, .. } = rule.trigger else { continue };
            let frame = event_frame(happening, None);
            let mut needs = unsettled.to_vec();
            if let Some(condition) = where_ {
                match self.world.evaluate(condition, &frame) {
                    Value::YesNo(true) => {}
                    Value::YesNo(false) => continue,
                    _ => needs.extend(self.world.needs(condition, &frame)),
                }
            }
            let fires = match self.world.evaluate_at(site(Part::Due), due, &frame) {
                Value::Day(due) => due.max(happening.date),
                _ => continue,
            };
            self.timers.push(Timer { rule: *id, origin: place, fires, needs });
            self.schedule(Some(fires));
        }
    }

    /// All timers and calendar triggers of a day, and duties born late: one trigger that sees the whole day.
    pub(super) fn timers_and_calendar(&mut self, today: Day) {
        let program = self.world.program;
        let mut firings = Vec::new();
        let due: Vec<Timer> = self.timers.iter().filter(|timer| timer.fires == today).cloned().collect();
        for timer in due {
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

/// Whether a trigger can set its rule off on a day: events and changes of facts on any, turns of the calendar on theirs,
/// a standing norm on its first.
pub fn sets_off(trigger: &Trigger, day: Day, first: Day) -> bool {
    match trigger {
        Trigger::PeriodOver(_) | Trigger::EveryYear { .. } | Trigger::OnDay(_) => falls_on(trigger, day),
        Trigger::Always => day == first,
        _ => true,
    }
}

/// Whether a calendar trigger fires on a day.
pub(super) fn falls_on(trigger: &Trigger, day: Day) -> bool {
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

/// Whether a fact can change on a day on which nothing happens, being computed from what can.
pub fn depends_on_the_day(program: &Program, fact: FactId) -> bool {
    match program.facts.get(fact.index()).map(|fact| fact.source) {
        Some(FactSource::Computed(expr)) => turns_with_the_day(program, expr),
        _ => false,
    }
}

/// Whether what an expression is worth can change on a day on which nothing happens.
pub(super) fn turns_with_the_day(program: &Program, expr: ExprId) -> bool {
    use crate::program::code::Op;
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
