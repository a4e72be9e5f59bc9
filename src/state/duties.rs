//! Duties of a case: when each arose, its last day, what became of it, and how it stood on a day.

use crate::program::Program;
use crate::run::{
    Case, Ended, Missed, Outcome, OutcomeKind, Rhythm, Settings, Status, period_around, run_to_end,
};
use crate::time::Day;
use crate::value::Pool;

/// A duty of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyState {
    /// The outcome that shows it, by its place in [`State::outcomes`](super::State::outcomes): who must do what, and how
    /// it stands at the end of the as-of day.
    pub outcome: usize,
    /// The day it arose.
    pub born: Day,
    /// The last day in time; of one that comes back, the current one.
    pub last: Option<Day>,
    /// The day it was met.
    pub met: Option<Day>,
    /// The day its ground ended.
    pub lapsed: Option<Day>,
    /// Whether it is owed at the end of the day asked about.
    pub stands: bool,
    /// How it stood at the end of the day asked about; none when that day is after the as-of day.
    pub stood: Option<Status>,
    /// The calendar period that the day asked about lies in, of a duty owed so often per period: its first and last day.
    pub period: Option<(Day, Day)>,
    /// The last days that passed without what was due, of a duty that comes back.
    pub missed: Vec<Day>,
}

/// All duties that had arisen by the as-of day, in the order in which they arose.
pub(super) fn duties(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    ended: &Ended<'_>,
    on: Day,
) -> Vec<DutyState> {
    let as_of = settings.as_of;
    let outcomes = &ended.outcomes.outcomes;
    let mut pool = pool.clone();
    let earlier = Settings { as_of: on.min(as_of), ..settings.clone() };
    let then = run_to_end(program, &earlier, case, &mut pool).outcomes.outcomes;
    let mut found = Vec::new();
    for place in ended.in_order() {
        let Some(outcome) = outcomes.get(place) else { continue };
        let (Some(born), true) = (outcome.fired, is_duty(outcome)) else { continue };
        let stood = if on > as_of { status(outcome) } else { then_status(&then, outcomes, place) };
        let recurring = matches!(outcome.kind, OutcomeKind::RecurringDuty(_));
        let stands = match stood {
            Some(Status::Open | Status::Overdue) => true,
            // What was done in one period is owed again in the next.
            Some(Status::Met) => recurring,
            _ => false,
        };
        let (met, last, missed) = match &outcome.kind {
            OutcomeKind::Duty(duty) => (duty.fulfilled_on, duty.by.or(duty.on), Vec::new()),
            OutcomeKind::RecurringDuty(duty) => {
                (None, duty.by, duty.missed.iter().filter_map(|missed| last_day(*missed)).collect())
            }
            _ => continue,
        };
        found.push(DutyState {
            outcome: place,
            born,
            last,
            met,
            lapsed: ended.lapsed(place),
            stands,
            stood: stood.filter(|_| on <= as_of),
            period: period(outcome, on),
            missed,
        });
    }
    found
}

fn is_duty(outcome: &Outcome) -> bool {
    matches!(outcome.kind, OutcomeKind::Duty(_) | OutcomeKind::RecurringDuty(_))
}

fn status(outcome: &Outcome) -> Option<Status> {
    match &outcome.kind {
        OutcomeKind::Duty(duty) => Some(duty.status),
        OutcomeKind::RecurringDuty(duty) => Some(duty.status),
        _ => None,
    }
}

/// How a duty stood in a run that ended earlier. Later events change no outcome that had fired, and so the duties of the
/// two runs pair off in their order.
fn then_status(then: &[Outcome], now: &[Outcome], place: usize) -> Option<Status> {
    let outcome = now.get(place)?;
    let key = |other: &Outcome| (other.rule, other.branch, other.effect, other.trigger, other.fired);
    let same = |other: &&Outcome| is_duty(other) && key(other) == key(outcome);
    let before = now.iter().take(place).filter(same).count();
    then.iter().filter(same).nth(before).and_then(status)
}

fn period(outcome: &Outcome, on: Day) -> Option<(Day, Day)> {
    match &outcome.kind {
        OutcomeKind::RecurringDuty(duty) => match duty.rhythm {
            Rhythm::Per { per, .. } => period_around(per, on),
            Rhythm::Every(_) => None,
        },
        _ => None,
    }
}

fn last_day(missed: Missed) -> Option<Day> {
    match missed {
        Missed::LastDay(day) => Some(day),
        Missed::Period(unit, first) => period_around(unit, first).map(|(_, last)| last),
    }
}
