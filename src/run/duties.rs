//! Duties as the days go by: what meets them, what ends them, what follows when they are missed.

use super::case::CaseRun;
use super::duty::LiveDuty;
use super::evaluate::Frame;
use super::firing::{Firing, FiringState};
use super::history::Happening;
use super::outcome::{Cause, OutcomeKind};
use crate::program::{self, EventPattern, Rule, RuleId, Trigger};
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// A duty arises. Events of the same day count wherever their lines stand, earlier ones when the rule says so; the
    /// trigger itself never does.
    pub(super) fn begin_duty(&mut self, mut live: LiveDuty) {
        let program = self.world.program;
        let Some(declared) = program.duties.get(live.duty.index()) else { return };
        if declared.recurrence.is_none() {
            self.meet_at_once(&mut live, declared);
        }
        self.end_on_its_first_day(&mut live, declared);
        let place = self.world.duties.len();
        self.world.waiting.arises(place, &live, declared, program.index.ground_is_shared(live.duty));
        if !declared.failing.is_empty() && declared.recurrence.is_none() {
            self.schedule(live.missed_from());
            self.world.waiting.follows(live.missed_from(), place);
        }
        self.schedule_period(&live, declared);
        self.world.duties.push(live);
    }

    /// What meets a duty may have happened already.
    fn meet_at_once(&mut self, live: &mut LiveDuty, declared: &program::Duty) {
        let from = self.first_that_counts(live, declared);
        let seen = self.world.case.events.get(from..self.world.seen).unwrap_or(&[]);
        for (place, happening) in (from..).zip(seen) {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            if live.cause == Cause::Event(place) || !live.counts(happening.date) {
                continue;
            }
            let earlier = happening.date < live.born;
            for met_by in &declared.met_by {
                if (!earlier || met_by.even_earlier) && self.answers(live, met_by.pattern, happening) {
                    live.met = Some(happening.date);
                    live.met_by = Some(place);
                    return;
                }
            }
        }
    }

    /// The place of the first event that may meet a duty.
    fn first_that_counts(&self, live: &LiveDuty, declared: &program::Duty) -> usize {
        let of_its_day = self.first_on(live.born);
        let earlier = declared.met_by.iter().filter(|met_by| met_by.even_earlier);
        let first = earlier.filter_map(|met_by| {
            let mut numbers = self.world.seen_of(met_by.pattern.event, live.not_before);
            numbers.next().and_then(|number| self.world.place_of_sorted(number))
        });
        first.min().map_or(of_its_day, |first| first.min(of_its_day))
    }

    /// The place of the first event on a day or after it.
    fn first_on(&self, day: Day) -> usize {
        self.world.case.events.partition_point(|event| event.date < day)
    }

    /// What makes it fall away, or what it must come before, may have happened earlier on the day it arose: the order of
    /// lines within a day does not matter.
    fn end_on_its_first_day(&mut self, live: &mut LiveDuty, declared: &program::Duty) {
        if declared.falls_away.is_empty() && live.before.is_none() {
            return;
        }
        let from = self.first_on(live.born);
        let seen = self.world.case.events.get(from..self.world.seen).unwrap_or(&[]);
        for (place, happening) in (from..).zip(seen).take_while(|(_, event)| event.date == live.born) {
            if live.cause == Cause::Event(u32::try_from(place).unwrap_or(u32::MAX)) {
                continue;
            }
            let in_time = live.by.is_none_or(|by| happening.date <= by);
            if live.is_pending()
                && in_time
                && declared.falls_away.iter().any(|pattern| self.answers(live, *pattern, happening))
            {
                live.lapsed = Some(happening.date);
            }
            if live.before == Some(happening.event) && live.by.is_none() {
                live.by = Some(happening.date);
            }
        }
    }

    /// Whether an event is one that a duty asks for. An unknown condition meets nothing.
    pub(super) fn answers(&mut self, live: &LiveDuty, pattern: EventPattern, happening: &Happening) -> bool {
        if pattern.event != happening.event {
            return false;
        }
        let Some(condition) = pattern.where_ else { return true };
        let (trigger, fields) = self.trigger_of(live);
        let locals = std::mem::replace(&mut self.world.locals, live.locals.to_vec());
        let frame = duty_frame(trigger, fields, live, happening.date);
        let frame = super::evaluate::Frame { candidate: Some(happening), ..frame };
        let value = self.world.evaluate(condition, &frame);
        self.world.locals = locals;
        value == Value::YesNo(true)
    }

    /// The event that set a duty's rule off, and where the rule finds its fields.
    pub(super) fn trigger_of(&self, live: &LiveDuty) -> (Option<&'a Happening>, Option<&'a [u16]>) {
        let Cause::Event(place) = live.cause else { return (None, None) };
        let trigger = self.world.happening(place);
        let rule = self.world.program.rules.get(live.rule.index());
        let fields = match (rule.map(|rule| &rule.trigger), trigger) {
            (Some(Trigger::Events { events, .. }), Some(trigger)) => events
                .iter()
                .find(|event| event.event == trigger.event)
                .and_then(|event| event.fields.as_deref()),
            _ => None,
        };
        (trigger, fields)
    }

    /// An event meets every pending duty that asks for it, and makes those fall away that say so.
    pub(super) fn meet_duties(&mut self, place: u32, happening: &Happening) {
        let program = self.world.program;
        let mut waiting = self.world.waiting.take_waiting_for(happening.event);
        if waiting.is_empty() {
            return;
        }
        let mut duties = std::mem::take(&mut self.world.duties);
        waiting.retain(|number| {
            let number = *number as usize;
            let Some(live) = duties.get_mut(number) else { return false };
            let Some(declared) = program.duties.get(live.duty.index()) else { return false };
            if live.cause != Cause::Event(place) {
                self.meet(number, live, declared, place, happening);
            }
            let could_be_met = declared.recurrence.is_none() && live.can_be_met(happening.date);
            could_be_met || live.is_pending() || live.before.is_some() && live.by.is_none()
        });
        self.world.duties = duties;
        self.world.waiting.still_wait_for(happening.event, waiting);
    }

    /// What an event does to a duty that may ask for it.
    fn meet(
        &mut self,
        number: usize,
        live: &mut LiveDuty,
        declared: &'a program::Duty,
        place: u32,
        happening: &Happening,
    ) {
        if declared.recurrence.is_some() {
            self.renew(live, declared, happening);
        } else if live.can_be_met(happening.date)
            && live.counts(happening.date)
            && declared.met_by.iter().any(|met_by| self.answers(live, met_by.pattern, happening))
        {
            live.met = Some(happening.date);
            live.met_by = Some(place);
            live.lapsed = None;
        }
        let in_time = live.by.is_none_or(|by| happening.date <= by);
        if live.is_pending()
            && in_time
            && declared.falls_away.iter().any(|pattern| self.answers(live, *pattern, happening))
        {
            live.lapsed = Some(happening.date);
        }
        if live.before == Some(happening.event) && live.by.is_none() {
            live.by = Some(happening.date);
            if !declared.failing.is_empty() {
                self.schedule(live.missed_from());
                self.world.waiting.follows(live.missed_from(), number);
            }
        }
    }

    /// What follows from duties missed: those whose last day was the day before, or (`late`) those whose last day was
    /// past when they arose today.
    pub(super) fn missed_duties(&mut self, today: Day, late: bool) {
        let program = self.world.program;
        let mut firings = Vec::new();
        let mut missed_on = Vec::new();
        let due_today = self.world.waiting.missed_on(today);
        if due_today.is_empty() {
            return;
        }
        for place in due_today {
            let place = place as usize;
            let Some(live) = self.world.duties.get(place) else { continue };
            let Some(declared) = program.duties.get(live.duty.index()) else { continue };
            let due = live.missed_from() == Some(today) && (live.born == today) == late;
            let met_in_time = live.met.is_some_and(|met| live.by.is_some_and(|by| met <= by));
            let skip =
                declared.failing.is_empty() || declared.recurrence.is_some() || live.followed || live.soft;
            if !due || skip || met_in_time || live.lapsed.is_some() {
                continue;
            }
            let live = live.clone();
            if let Some(live) = self.world.duties.get_mut(place) {
                live.followed = true;
            }
            if let Some(rule) = program.rules.get(live.rule.index()) {
                missed_on.push(live.by);
                firings.push(self.follow(&live, declared, rule, today));
            }
        }
        let first = self.arisen.len();
        let counts: Vec<usize> = firings.iter().map(|firing| firing.outcomes.len()).collect();
        self.settle(firings, None, today);
        let mut at = first;
        for (count, by) in counts.into_iter().zip(missed_on) {
            let end = at.saturating_add(count);
            for outcome in self.arisen.get_mut(at..end).unwrap_or(&mut []) {
                outcome.remarks.missed_on = by;
            }
            at = end;
        }
    }

    /// What follows from one duty missed.
    pub(super) fn follow(
        &mut self,
        live: &LiveDuty,
        declared: &'a program::Duty,
        rule: &'a Rule,
        today: Day,
    ) -> Firing {
        let (trigger, fields) = self.trigger_of(live);
        let mut firing = Firing::new(live.rule, live.firing, live.cause, FiringState::Fired);
        self.world.locals = live.locals.to_vec();
        self.world.assumed.clear();
        self.world.lines_read.clear();
        if let Some(observer) = self.world.observer.as_deref_mut() {
            observer.firing(live.firing, Some(live.rule), Some(live.cause), today);
        }
        let branch = rule.branches.get(usize::from(live.branch).wrapping_sub(1));
        let frame = duty_frame(trigger, fields, live, today);
        for (place, effect) in declared.failing.iter().enumerate() {
            // Numbered past the effects of the branch, so that each effect of a rule has a place of its own.
            let place =
                usize::from(live.effect).saturating_add(1).saturating_mul(FOLLOWING).saturating_add(place);
            let read = self.world.read_so_far();
            self.world.bring(&mut firing, rule, branch, live.branch, place, effect, &frame);
            self.world.forget_since(read);
        }
        self.world.firing_over();
        firing
    }

    /// What the end of a day settles: duties whose ground has ended.
    pub(super) fn end_of_day(&mut self, today: Day) {
        let program = self.world.program;
        self.end_pauses(today);
        let mut lapsed = false;
        let mut grounded = std::mem::take(&mut self.world.waiting.grounded);
        grounded.retain(|place| {
            let ground = self.ground_of(*place, today);
            if let Some(ground) = ground {
                let (ends, assumed) = self.ground_ends(*place, ground, today);
                lapsed |= ends;
                self.settle_ground(*place, ends, &assumed, today);
            }
            ground.is_some()
        });
        self.world.waiting.grounded = grounded;
        let mut by_ground = std::mem::take(&mut self.world.waiting.by_ground);
        for (ground, places) in &mut by_ground {
            // One that still waits speaks for all.
            while places.last().is_some_and(|place| self.ground_of(*place, today).is_none()) {
                places.pop();
            }
            let Some(place) = places.last().copied() else { continue };
            let (ends, assumed) = self.ground_ends(place, *ground, today);
            lapsed |= ends;
            if ends || !assumed.is_empty() {
                places.retain(|place| self.ground_of(*place, today).is_some());
                for place in places {
                    self.settle_ground(*place, ends, &assumed, today);
                }
            }
        }
        self.world.waiting.by_ground = by_ground;
        if lapsed && program.index.duties_turn {
            // What asks how that duty stands may have been looked at before it.
            self.schedule(today.next().ok());
        }
    }

    /// The ground of a duty that can still end with it.
    pub(super) fn ground_of(&self, place: u32, today: Day) -> Option<program::ExprId> {
        let live = self.world.duties.get(place as usize).filter(|live| live.is_pending())?;
        let declared = self.world.program.duties.get(live.duty.index())?;
        let overdue = declared.recurrence.is_none() && live.by.is_some_and(|by| today > by);
        declared.as_long_as.filter(|_| !overdue)
    }

    /// Whether the ground of a duty has ended, and what that depends on.
    fn ground_ends(&mut self, place: u32, ground: program::ExprId, today: Day) -> (bool, Vec<(RuleId, Day)>) {
        let Some(live) = self.world.duties.get(place as usize) else { return (false, Vec::new()) };
        let (trigger, fields) = self.trigger_of(live);
        let frame = duty_frame(trigger, fields, live, today);
        self.world.assumed.clear();
        self.world.locals.clear();
        self.world.locals.extend_from_slice(&live.locals);
        let value = self.world.evaluate(ground, &frame);
        (value == Value::YesNo(false), std::mem::take(&mut self.world.assumed))
    }

    /// Writes down what has been found of a duty's ground.
    fn settle_ground(&mut self, place: u32, ends: bool, assumed: &[(RuleId, Day)], today: Day) {
        let Some(live) = self.world.duties.get_mut(place as usize) else { return };
        for assumed in assumed {
            if !live.assumes.contains(assumed) {
                live.assumes.push(*assumed);
            }
        }
        if ends {
            live.lapsed = Some(today);
        }
    }

    /// Writes into the outcomes how their duties stand at the end of the as-of day.
    pub(super) fn close_duties(&mut self, as_of: Day) {
        let program = self.world.program;
        let duties = std::mem::take(&mut self.world.duties);
        for live in &duties {
            let recurring = program.duties.get(live.duty.index()).and_then(|duty| duty.recurrence.as_ref());
            let standing = recurring.map(|recurrence| self.standing(live, recurrence, as_of));
            let Some(outcome) = self.arisen.get_mut(live.outcome) else { continue };
            let status = live.status(as_of);
            match (&mut outcome.kind, standing) {
                (OutcomeKind::Duty(duty), _) => {
                    duty.status = status;
                    duty.fulfilled_on = live.met;
                    duty.fulfilled_by = live.met_by;
                    duty.lapsed_on = live.lapsed.filter(|_| status == super::outcome::Status::Lapsed);
                    if duty.before.is_some() && duty.by.is_none() {
                        duty.by = live.by;
                    }
                }
                (OutcomeKind::RecurringDuty(duty), Some(standing)) => {
                    duty.status = standing.status;
                    duty.by = standing.by;
                    duty.counted = standing.counted;
                    duty.reached = standing.reached;
                    duty.missed = live.missed.clone();
                }
                _ => {}
            }
            outcome.remarks.assumes.extend(&live.assumes);
            outcome.remarks.assumes.sort_by_key(|(rule, day)| (*day, *rule));
            outcome.remarks.assumes.dedup();
        }
        self.world.duties = duties;
    }
}

/// How far apart the numbers of what follows from an effect lie from the next one's.
const FOLLOWING: usize = 1_000;

/// The frame of a duty, in which its conditions and what follows from it are evaluated.
pub(super) fn duty_frame<'e>(
    trigger: Option<&'e Happening>,
    fields: Option<&'e [u16]>,
    duty: &LiveDuty,
    now: Day,
) -> Frame<'e> {
    Frame {
        date: duty.date,
        event: trigger,
        fields,
        last_day: duty.by,
        recipient: duty.recipient,
        bearer: duty.bearer,
        ..Frame::on(now)
    }
}
