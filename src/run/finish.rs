//! What is known only at the end of a run: how duties stand, what is upcoming, the order of the outcomes.

use super::case::{CaseRun, Timer};

use super::evaluate::Frame;
use super::outcome::{Cause, Outcome, OutcomeKind};
use crate::program::{RuleId, Trigger};
use crate::time::Day;
use crate::value::Value;

/// What outcomes are put in order by, before words are.
type Place = (Day, bool, Option<RuleId>, u16, u32, u16);

impl<'a> CaseRun<'a> {
    /// The outcomes in their specified order, with what is known only at the end; each with its place among those that
    /// arose.
    pub(super) fn finish(&mut self) -> (Vec<u32>, Vec<Outcome>) {
        let program = self.world.program;
        let as_of = self.world.settings.as_of;
        self.close_duties(as_of);
        self.upcoming(as_of);
        let mut arisen = std::mem::take(&mut self.arisen);
        if let Some(from) = program.header.revise_by.and_then(|day| day.next().ok()) {
            for outcome in
                arisen.iter_mut().filter(|outcome| outcome.fired.is_some_and(|fired| fired >= from))
            {
                outcome.remarks.revision_overdue_since = Some(from);
            }
        }
        let mut places: Vec<(Place, u32)> = arisen
            .iter()
            .zip(0_u32..)
            .filter(|(_, place)| !self.clashed.contains(place))
            .map(|(outcome, place)| (self.place_of(outcome), place))
            .collect();
        // Words are written only where nothing else tells two apart.
        let words = |place: u32| arisen.get(place as usize).map(|outcome| self.words_of(outcome));
        places.sort_by(|(one, at), (other, beside)| {
            one.cmp(other).then_with(|| words(*at).cmp(&words(*beside)))
        });
        let order: Vec<u32> = places.into_iter().map(|(_, place)| place).collect();
        if order.len() == arisen.len() && order.is_sorted() {
            return (order, arisen);
        }
        let mut arisen: Vec<Option<Outcome>> = arisen.into_iter().map(Some).collect();
        let taken = order.iter().filter_map(|place| arisen.get_mut(*place as usize).and_then(Option::take));
        let outcomes = taken.collect();
        (order, outcomes)
    }

    /// Timers that will look on a later day, unless what is scheduled already stops them.
    pub(super) fn upcoming(&mut self, as_of: Day) {
        let program = self.world.program;
        if self.due.is_empty() {
            return;
        }
        let waiting: Vec<Timer> = self.timers.iter().filter(|timer| timer.fires > as_of).cloned().collect();
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
            let Some(of) = self.world.first_kind(rule) else { continue };
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

    /// Where an outcome stands: day, timers that know nothing yet last, rule, branch, line, effect.
    pub(super) fn place_of(&self, outcome: &Outcome) -> Place {
        let program = self.world.program;
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
        (day, last, outcome.rule, outcome.branch, line, outcome.effect)
    }

    /// What tells two outcomes of one place apart: the recipient, then the parameter.
    pub(super) fn words_of(&self, outcome: &Outcome) -> (String, String) {
        let words = |value: Option<Value>| {
            value
                .map(|v| {
                    crate::words::value(self.world.program, self.world.pool, v, crate::Language::Swedish)
                })
                .unwrap_or_default()
        };
        match &outcome.kind {
            OutcomeKind::Duty(duty) => (words(duty.to), String::new()),
            OutcomeKind::RecurringDuty(duty) => (words(duty.to), String::new()),
            OutcomeKind::Begins { of, .. }
            | OutcomeKind::Ends { of, .. }
            | OutcomeKind::Becomes { of, .. } => (String::new(), words(*of)),
            _ => (String::new(), String::new()),
        }
    }
}
