//! From then to now, a step at a time: after which step an outcome is no longer what it was.
//!
//! First come the lines that became known of days that had passed, in the order in which they were entered, as of then.
//! After them the days pass, each with what happened on it.

use super::pairs::{aspects, pairs, same};
use super::{Clock, Difference, Entry, Journey, PartedCase};
use crate::run::{Case, Outcome, OutcomeKind, Settings, run_one};
use crate::time::Day;
use crate::value::Pool;

/// With more lines than this between then and now, several are taken in one step.
const MOST_STEPS: usize = 256;

/// Where then and now part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartsAt {
    /// At a line, by its place among [`PartedCase::entries`]; at one of several, where there are too many to take
    /// one by one.
    Lines(Vec<usize>),
    /// At the as-of day: nothing was entered that makes the difference.
    Day,
}

/// A step on the way from then to now, and what the case brings after it.
struct Step {
    at: PartsAt,
    clock: Clock,
    outcomes: Vec<Outcome>,
    /// Which of them stands for each outcome of then, and for each of now.
    pairs: (Vec<Option<usize>>, Vec<Option<usize>>),
}

impl Journey<'_> {
    /// One case, by its name and its places then and now.
    pub(super) fn case(
        &self,
        id: &str,
        then: Option<usize>,
        now: Option<usize>,
        pool: &mut Pool,
    ) -> PartedCase {
        let entries = self.entries(id);
        let outcomes = |side: &super::Side, place: Option<usize>| {
            let place = place?;
            let (case, of_case) = (side.history.cases.get(place)?, side.decisions.cases.get(place)?);
            Some(self.comparable(case, &of_case.outcomes))
        };
        let before = outcomes(self.then, then).unwrap_or_default();
        let after = outcomes(self.now, now).unwrap_or_default();
        let pairs_found = pairs(self.program, &before, &after);
        let mut differing: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        let mut unchanged = Vec::new();
        for (place, pair) in pairs_found.iter().enumerate() {
            match (before.get(place), pair.and_then(|pair| after.get(pair)), *pair) {
                (Some(one), Some(other), Some(pair)) if same(one, other) => unchanged.push((place, pair)),
                _ => differing.push((Some(place), *pair)),
            }
        }
        let came = (0..after.len()).filter(|place| !pairs_found.contains(&Some(*place)));
        differing.extend(came.map(|place| (None, Some(place))));
        if differing.is_empty() {
            return PartedCase { id: id.to_owned(), then, now, entries, differing: Vec::new(), unchanged };
        }
        let steps = self.steps(id, &entries, (&before, &after), pool);
        let of = |outcomes: &'_ [Outcome], place: Option<usize>| {
            place.and_then(|place| outcomes.get(place)).cloned()
        };
        let mut differing: Vec<(Option<Day>, usize, Difference)> = differing
            .into_iter()
            .map(|(one, other)| {
                let (was, is) = (of(&before, one), of(&after, other));
                let (at, clocks) = self.parted_at(&before, &after, (one, other), &steps);
                let aspects = match (&was, &is) {
                    (Some(was), Some(is)) => aspects(was, is),
                    _ => Vec::new(),
                };
                let days = [was.as_ref().and_then(day_of), is.as_ref().and_then(day_of)];
                let day = days.into_iter().flatten().min();
                let place = other.or(one).unwrap_or_default();
                (day, place, Difference { then: one, now: other, aspects, at, clocks })
            })
            .collect();
        differing.sort_by_key(|(day, place, _)| (*day, *place));
        let differing = differing.into_iter().map(|(_, _, difference)| difference).collect();
        PartedCase { id: id.to_owned(), then, now, entries, differing, unchanged }
    }

    /// The steps from then to now; the last one leads to now itself.
    fn steps(
        &self,
        id: &str,
        entries: &[Entry],
        (before, after): (&[Outcome], &[Outcome]),
        pool: &mut Pool,
    ) -> Vec<Step> {
        let mut lines = self.known.0.0.clone();
        let at_once = entries.len().div_ceil(MOST_STEPS).max(1);
        let happened = entries.partition_point(|entry| entry.kind.clock() == Clock::Known);
        let (known, since) = entries.split_at(happened);
        let mut steps: Vec<Step> = Vec::new();
        let mut go = |entries: &[Entry], first: usize, clock: Clock, as_of: Day| {
            for entry in entries {
                if let Some(line) = lines.get_mut(entry.subject) {
                    *line = entry.now;
                }
            }
            let at = match clock {
                Clock::AsOf => PartsAt::Day,
                _ => PartsAt::Lines((first..first.saturating_add(entries.len())).collect()),
            };
            let settings = Settings { as_of, ..self.now.settings.clone() };
            let outcomes = self.brought(id, &lines, &settings, pool);
            let pairs = (pairs(self.program, before, &outcomes), pairs(self.program, after, &outcomes));
            steps.push(Step { at, clock, outcomes, pairs });
        };
        let (mut today, end) = (self.then.settings.as_of, self.now.settings.as_of);
        for (number, several) in known.chunks(at_once).enumerate() {
            go(several, number.saturating_mul(at_once), Clock::Known, today);
        }
        for (number, several) in since.chunks(at_once).enumerate() {
            let date = several.last().and_then(|entry| self.ledger.entries().get(entry.now?)?.date);
            let date = date.map_or(today, |date| date.clamp(today, end));
            // What the days before it bring by themselves is not of its doing.
            if let Some(eve) = date.previous().ok().filter(|eve| *eve > today) {
                go(&[], 0, Clock::AsOf, eve);
            }
            go(several, happened.saturating_add(number.saturating_mul(at_once)), Clock::Event, date);
            today = date;
        }
        if today < end {
            go(&[], 0, Clock::AsOf, end);
        }
        steps
    }

    /// What a case brings on some of its lines, made comparable.
    fn brought(
        &self,
        id: &str,
        lines: &[Option<usize>],
        settings: &Settings,
        pool: &mut Pool,
    ) -> Vec<Outcome> {
        let lines: Vec<usize> = lines.iter().flatten().copied().collect();
        let standing = self.standing.filter(|_| id == self.program.header.name);
        let own = self.ledger.case(self.program, id, &lines);
        let Some(case) = own.or_else(|| Some(Case::new(id, standing?, Vec::new()))) else {
            return Vec::new();
        };
        self.comparable(&case, &run_one(self.program, settings, &case, pool, None).outcomes)
    }

    /// The step after which an outcome is no longer what it was then, those that moved it further, and their clocks.
    fn parted_at(
        &self,
        before: &[Outcome],
        after: &[Outcome],
        (then, now): (Option<usize>, Option<usize>),
        steps: &[Step],
    ) -> (Vec<PartsAt>, Vec<Clock>) {
        // What stands for the outcome after each step.
        let stands: Vec<Option<&Outcome>> = steps
            .iter()
            .map(|step| {
                let pair = match (then, now) {
                    (Some(place), _) => step.pairs.0.get(place),
                    (None, place) => step.pairs.1.get(place?),
                };
                step.outcomes.get(pair.copied().flatten()?)
            })
            .collect();
        let was = then.and_then(|place| before.get(place));
        let as_it_was = |outcome: &Option<&Outcome>| match (was, outcome) {
            (Some(was), Some(outcome)) => same(was, outcome),
            (was, outcome) => was.is_none() && outcome.is_none(),
        };
        // The last step leads to now, where it differs.
        let earlier = stands.get(..stands.len().saturating_sub(1)).unwrap_or_default();
        let first = earlier.iter().rposition(as_it_was).map_or(0, |place| place.saturating_add(1));
        let (mut at, mut clocks): (Vec<PartsAt>, Vec<Clock>) = (Vec::new(), Vec::new());
        let mut last = was;
        for (step, outcome) in steps.iter().zip(&stands).skip(first) {
            let moved = match (last, outcome) {
                (Some(last), Some(outcome)) => !same(last, outcome),
                (last, outcome) => last.is_some() != outcome.is_some(),
            };
            if moved || at.is_empty() {
                if !at.contains(&step.at) {
                    at.push(step.at.clone());
                }
                if !clocks.contains(&step.clock) {
                    clocks.push(step.clock);
                }
            }
            last = *outcome;
        }
        let versions = |place: Option<usize>, outcomes: &[Outcome]| {
            place.and_then(|place| outcomes.get(place)).map(|outcome| outcome.remarks.version)
        };
        if let (Some(one), Some(other)) = (versions(then, before), versions(now, after))
            && one != other
        {
            clocks.push(Clock::Version);
        }
        (at, clocks)
    }
}

/// The day under which an outcome is listed.
fn day_of(outcome: &Outcome) -> Option<Day> {
    match outcome.kind {
        OutcomeKind::Upcoming { on, .. } => Some(on),
        _ => outcome.fired,
    }
}
