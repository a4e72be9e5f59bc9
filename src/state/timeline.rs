//! A case on one stretch of days: its events, what each fact was, and the life of each duty.

use super::course::{Course, Held};
use super::{Coming, ComingKind, DutyState, FactState};
use crate::run::Case;
use crate::time::Day;

/// How many years before the first event and after the last known day a timeline reaches at most: what lies further off
/// is named, not drawn.
const REACH: i64 = 10 * 366;

/// A case on one stretch of days, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The first day drawn: the first of a month.
    pub from: Day,
    /// The last day drawn: the last of a month.
    pub until: Day,
    /// The events through the as-of day: their days and their places among the case's events.
    pub events: Vec<(Day, u32)>,
    /// The days on which timers will look, and the places of the outcomes that say so.
    pub timers: Vec<(Day, usize)>,
    /// What is drawn as bars: facts that were ever set, then permissions.
    pub courses: Vec<Course>,
    /// The duties, in the order in which they arose.
    pub duties: Vec<DutyState>,
}

impl Timeline {
    /// Puts a case's facts, permissions and duties on one stretch of days, which holds both days asked for.
    pub(super) fn of(
        case: &Case,
        facts: &[FactState],
        permissions: &[Course],
        duties: &[DutyState],
        coming: &[Coming],
        (on, as_of): (Day, Day),
    ) -> Timeline {
        let events: Vec<(Day, u32)> = case
            .events
            .iter()
            .zip(0..)
            .filter(|(event, _)| event.date <= as_of)
            .map(|(event, place)| (event.date, place))
            .collect();
        let known =
            facts.iter().filter(|fact| !fact.is_blank() && !fact.is_unchanged()).map(|fact| &fact.course);
        let courses: Vec<Course> = known.chain(permissions).cloned().collect();
        let mut days: Vec<Day> = events.iter().map(|(day, _)| *day).chain([on, as_of]).collect();
        let near = (
            days.iter().min().and_then(|day| day.plus_days(-REACH).ok()).unwrap_or(Day::MIN),
            days.iter().max().and_then(|day| day.plus_days(REACH).ok()).unwrap_or(Day::MAX),
        );
        let turns = courses.iter().flat_map(|course| &course.held).filter_map(|held: &Held| held.from);
        days.extend(turns);
        days.extend(coming.iter().map(|coming| coming.on));
        for duty in duties {
            days.extend([Some(duty.born), duty.last, duty.met, duty.lapsed].into_iter().flatten());
            days.extend(&duty.missed);
        }
        days.retain(|day| near.0 <= *day && *day <= near.1);
        let timers = coming.iter().filter_map(|coming| match coming.kind {
            ComingKind::Timer(place) => Some((coming.on, place)),
            ComingKind::Change(..) => None,
        });
        let timers = timers.filter(|(day, _)| near.0 <= *day && *day <= near.1).collect();
        // A day more on both sides, so that what was before the first and what comes after the last is seen.
        let first = days.iter().min().copied().unwrap_or(on);
        let last = days.iter().max().copied().unwrap_or(on);
        let from = first.previous().unwrap_or(first).first_of_month();
        let until = last.next().unwrap_or(last).last_of_month();
        Timeline { from, until, events, timers, courses, duties: duties.to_vec() }
    }

    /// How many days are drawn.
    pub fn days(&self) -> i64 {
        self.from.days_until(self.until).saturating_add(1)
    }

    /// The place of a day among the days drawn, from 0; the nearest one drawn when it lies outside.
    pub fn place(&self, day: Day) -> i64 {
        self.from.days_until(day).clamp(0, self.days().saturating_sub(1))
    }

    /// The first and the last day of a stretch that are drawn; nothing when none are.
    pub fn drawn(&self, from: Option<Day>, until: Option<Day>) -> Option<(Day, Day)> {
        let first = from.map_or(self.from, |from| from.max(self.from));
        let last = until.map_or(self.until, |until| until.min(self.until));
        (first <= last).then_some((first, last))
    }
}
