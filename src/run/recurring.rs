//! Duties that come back: so many times a month, or a time after the latest.

use super::calendar::{first_of, last_of};
use super::case::CaseRun;
use super::duties::duty_frame;
use super::duty::LiveDuty;
use super::evaluate::{Frame, order};
use super::history::Happening;
use super::outcome::{Cause, Missed, Status};
use crate::program::{self, Recurrence};
use crate::time::Day;
use crate::value::Value;

/// An event that counted towards a duty that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its place among the case's events.
    pub event: u32,
    /// Its day.
    pub day: Day,
}

/// How a recurring duty stands as of a day.
pub(super) struct Standing {
    /// The status of the current period.
    pub(super) status: Status,
    /// Its last day.
    pub(super) by: Option<Day>,
    /// What counted in it.
    pub(super) counted: Vec<Counted>,
    /// What that comes to, where an amount is asked for.
    pub(super) reached: Option<Value>,
}

impl<'a> CaseRun<'a> {
    /// Schedules the day on which a recurring duty is next judged.
    pub(super) fn schedule_period(&mut self, live: &LiveDuty, declared: &'a program::Duty) {
        let day = match &declared.recurrence {
            Some(Recurrence::Times { per, .. } | Recurrence::Amount { per, .. }) => {
                last_of(*per, live.born.max(self.world.today))
            }
            Some(Recurrence::AfterLatest { .. }) => live.by.map(|by| by.max(live.born)),
            None => None,
        };
        // Judged the day after, but known at the end of the day itself when that is the as-of day's eve.
        self.schedule(day.and_then(|day| day.next().ok()));
    }

    /// An event that a recurring duty of the kind *a time after the latest* asks for starts the next time.
    pub(super) fn renew(&mut self, live: &mut LiveDuty, declared: &'a program::Duty, happening: &Happening) {
        let Some(Recurrence::AfterLatest { due, event, .. }) = &declared.recurrence else { return };
        if live.lapsed.is_some() || !self.answers(live, *event, happening) {
            return;
        }
        live.by = self.world.evaluate(*due, &Frame::on(happening.date)).as_day();
        live.date = happening.date;
        live.paused = false;
        self.schedule(live.by.and_then(|by| by.next().ok()));
    }

    /// Judges the periods that were over at the end of the day before, and what follows from those missed.
    pub(super) fn periods_over(&mut self, today: Day) {
        let program = self.world.program;
        let Ok(yesterday) = today.previous() else { return };
        if self.world.waiting.recurring.is_empty() {
            return;
        }
        let mut firings = Vec::new();
        for number in 0..self.world.waiting.recurring.len() {
            let place = self.world.waiting.recurring.get(number).map_or(usize::MAX, |place| *place as usize);
            let Some(live) = self.world.duties.get(place) else { continue };
            let Some(declared) = program.duties.get(live.duty.index()) else { continue };
            let Some(recurrence) = &declared.recurrence else { continue };
            if live.born > yesterday || live.lapsed.is_some_and(|lapsed| lapsed <= yesterday) {
                continue;
            }
            let over = match recurrence {
                Recurrence::AfterLatest { .. } => live.by == Some(yesterday),
                Recurrence::Times { per, .. } | Recurrence::Amount { per, .. } => {
                    last_of(*per, yesterday) == Some(yesterday)
                }
            };
            if !over {
                continue;
            }
            let live = live.clone();
            let missed = match recurrence {
                Recurrence::AfterLatest { .. } => {
                    let paused = self.is_paused(&live, declared, yesterday);
                    if let Some(live) = self.world.duties.get_mut(place) {
                        live.paused = paused;
                    }
                    (!paused).then_some(Missed::LastDay(yesterday))
                }
                Recurrence::Times { per, .. } | Recurrence::Amount { per, .. } => {
                    match first_of(*per, yesterday) {
                        Some(first)
                            if first >= live.born && !self.enough(&live, declared, first, yesterday) =>
                        {
                            Some(Missed::Period(*per, first))
                        }
                        _ => None,
                    }
                }
            };
            let ended = self.last_of_term(&live, declared).is_some_and(|end| end < yesterday);
            if let (Some(missed), false) = (missed, ended) {
                if let Some(live) = self.world.duties.get_mut(place) {
                    live.missed.push(missed);
                }
                if let (false, Some(rule)) =
                    (declared.failing.is_empty(), program.rules.get(live.rule.index()))
                {
                    let judged = LiveDuty { by: Some(yesterday), ..live.clone() };
                    firings.push(self.follow(&judged, declared, rule, today));
                }
            }
            if !matches!(recurrence, Recurrence::AfterLatest { .. }) {
                self.schedule_period(&live, declared);
            }
        }
        for firing in &mut firings {
            for outcome in &mut firing.outcomes {
                outcome.remarks.missed_on = Some(yesterday);
            }
        }
        self.settle(firings, None, today);
    }

    /// Whether `utom medan` holds on a day.
    fn is_paused(&mut self, live: &LiveDuty, declared: &'a program::Duty, day: Day) -> bool {
        let Some(pause) = declared.except_while else { return false };
        let (trigger, fields) = self.trigger_of(live);
        self.world.locals = live.locals.to_vec();
        self.world.evaluate(pause, &duty_frame(trigger, fields, live, day)) == Value::YesNo(true)
    }

    /// A duty whose last day fell in a pause starts anew on the first day after the pause.
    pub(super) fn end_pauses(&mut self, today: Day) {
        let program = self.world.program;
        for number in 0..self.world.waiting.recurring.len() {
            let place = self.world.waiting.recurring.get(number).map_or(usize::MAX, |place| *place as usize);
            let Some(live) = self.world.duties.get(place).filter(|live| live.paused).cloned() else {
                continue;
            };
            let Some(declared) = program.duties.get(live.duty.index()) else { continue };
            let Some(Recurrence::AfterLatest { due, .. }) = &declared.recurrence else { continue };
            if live.lapsed.is_some() || self.is_paused(&live, declared, today) {
                continue;
            }
            let by = self.world.evaluate(*due, &Frame::on(today)).as_day();
            self.schedule(by.and_then(|by| by.next().ok()));
            if let Some(live) = self.world.duties.get_mut(place) {
                (live.by, live.date, live.paused) = (by, today, false);
            }
        }
    }

    /// The last day on which a duty comes back: that of its `till och med`, and of the municipality's own duties, which
    /// need none, that of their rule.
    fn last_of_term(&mut self, live: &LiveDuty, declared: &'a program::Duty) -> Option<Day> {
        let program = self.world.program;
        let stated = declared.through.and_then(|through| self.day_of(live, through));
        let municipal = program.municipality_kind() == Some(self.world.case.kind);
        let rule = program.rules.get(live.rule.index()).and_then(|rule| rule.in_force);
        let in_force = [rule.and_then(|range| range.through), program.header.in_force.through];
        in_force.into_iter().filter(|_| municipal).chain([stated]).flatten().min()
    }

    fn day_of(&mut self, live: &LiveDuty, expr: program::ExprId) -> Option<Day> {
        let (trigger, fields) = self.trigger_of(live);
        self.world.locals = live.locals.to_vec();
        self.world.evaluate(expr, &duty_frame(trigger, fields, live, live.born)).as_day()
    }

    /// Whether enough was done in a period, or the period does not count.
    fn enough(&mut self, live: &LiveDuty, declared: &'a program::Duty, first: Day, last: Day) -> bool {
        let (trigger, fields) = self.trigger_of(live);
        self.world.locals = live.locals.to_vec();
        for (condition, excused) in [(declared.as_long_as, false), (declared.except_while, true)] {
            let Some(condition) = condition else { continue };
            // Between the days on which it can turn it is what it was.
            let mut day = Some(first);
            while let Some(on) = day.filter(|day| *day <= last) {
                if self.world.evaluate(condition, &duty_frame(trigger, fields, live, on))
                    == Value::YesNo(excused)
                {
                    return true;
                }
                day = self.world.turns_after(condition, on, false);
            }
        }
        self.done(live, declared, first, last)
    }

    /// Whether enough was done from one day through another.
    fn done(&mut self, live: &LiveDuty, declared: &'a program::Duty, first: Day, last: Day) -> bool {
        let counted = self.counted(live, declared, first, last);
        match &declared.recurrence {
            Some(Recurrence::Times { times, .. }) => u32::try_from(counted.len()).is_ok_and(|n| n >= *times),
            Some(Recurrence::Amount { amount, field, .. }) => {
                let (trigger, fields) = self.trigger_of(live);
                let wanted = self.world.evaluate(*amount, &duty_frame(trigger, fields, live, last));
                let sum = self.sum_of(&counted, *field);
                sum.is_some_and(|sum| order(sum, wanted).is_some_and(std::cmp::Ordering::is_ge))
            }
            _ => true,
        }
    }

    /// The events that count from one day through another.
    fn counted(
        &mut self,
        live: &LiveDuty,
        declared: &'a program::Duty,
        first: Day,
        last: Day,
    ) -> Vec<Counted> {
        let events = &self.world.case.events;
        let from = events.partition_point(|event| event.date < first);
        let through = events.partition_point(|event| event.date <= last);
        let within = events.get(from..through).unwrap_or(&[]);
        let mut counted = Vec::new();
        for (place, happening) in (from..).zip(within) {
            let Ok(place) = u32::try_from(place) else { break };
            let counts = match &declared.recurrence {
                Some(Recurrence::Times { .. }) => {
                    live.cause != Cause::Event(place)
                        && declared.met_by.iter().any(|met_by| self.answers(live, met_by.pattern, happening))
                }
                Some(Recurrence::Amount { event, .. }) => {
                    let pattern = declared.met_by.iter().map(|met| met.pattern).find(|p| p.event == *event);
                    let pattern = pattern.unwrap_or(program::EventPattern { event: *event, where_: None });
                    self.answers(live, pattern, happening)
                }
                Some(Recurrence::AfterLatest { event, .. }) => self.answers(live, *event, happening),
                None => false,
            };
            if counts {
                counted.push(Counted { event: place, day: happening.date });
            }
        }
        counted
    }

    /// What a field of events comes to; nothing of none.
    fn sum_of(&self, counted: &[Counted], field: u16) -> Option<Value> {
        let values = counted.iter().filter_map(|counted| self.world.happening(counted.event));
        values.map(|happening| happening.field(field)).reduce(super::evaluate::add)
    }

    /// How a recurring duty stands at the end of the as-of day.
    pub(super) fn standing(&mut self, live: &LiveDuty, recurrence: &Recurrence, as_of: Day) -> Standing {
        let program = self.world.program;
        let bare = |status, by| Standing { status, by, counted: Vec::new(), reached: None };
        if live.lapsed.is_some() {
            return bare(Status::Lapsed, None);
        }
        let Some(declared) = program.duties.get(live.duty.index()) else { return bare(Status::Open, None) };
        if self.last_of_term(live, declared).is_some_and(|end| end < as_of) {
            return bare(Status::Lapsed, None);
        }
        match recurrence {
            Recurrence::AfterLatest { .. } => {
                let overdue = live.by.is_some_and(|by| as_of > by) && !live.soft && !live.paused;
                let status = if overdue { Status::Overdue } else { Status::Open };
                Standing {
                    counted: self.counted(live, declared, live.date, live.date),
                    ..bare(status, live.by.filter(|_| !live.paused))
                }
            }
            Recurrence::Times { per, .. } | Recurrence::Amount { per, .. } => {
                let first = first_of(*per, as_of).map(|first| first.max(live.born));
                let done = first.is_some_and(|first| self.done(live, declared, first, as_of));
                let status = if done { Status::Met } else { Status::Open };
                let counted =
                    first.map(|first| self.counted(live, declared, first, as_of)).unwrap_or_default();
                let reached = match recurrence {
                    Recurrence::Amount { field, .. } => self.sum_of(&counted, *field),
                    _ => None,
                };
                Standing { counted, reached, ..bare(status, last_of(*per, as_of)) }
            }
        }
    }
}
