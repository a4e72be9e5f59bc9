//! Facts whose changes set rules off, looked at on the days on which they can have changed.

use super::case::CaseRun;
use super::history::Happening;
use crate::program::{FactId, Watched};
use crate::time::Day;
use crate::value::Value;

/// A fact that is watched.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watch {
    /// Whether it has been looked at on or after the day on which the case began.
    begun: bool,
    /// What it is today, when that has been asked, and how many changes had been laid down by then.
    now: Option<(Value, usize)>,
    /// The next day on which it can change with the day alone.
    turns: Option<Day>,
}

impl<'a> CaseRun<'a> {
    fn watched(&self) -> &'a [Watched] {
        self.of_kind.map_or(&[], |of_kind| &of_kind.watched)
    }

    /// Whether a fact can be other today than at the end of the last day that was run.
    fn may_have_changed(&self, place: usize, watched: &Watched, today: Day) -> bool {
        // Whoever watches the run sees every fact read.
        let (Some(reads), None) = (&watched.reads, &self.world.observer) else { return true };
        let Some(watch) = self.watches.get(place).filter(|watch| watch.begun) else { return true };
        watch.turns.is_some_and(|day| day <= today)
            || reads.facts.iter().any(|fact| self.laid.contains(fact) || self.world.begins_on(*fact, today))
            || self.of_today().iter().any(|event| reads.events.contains(&event.event))
    }

    /// The events of the day that is run.
    fn of_today(&self) -> &'a [Happening] {
        self.world.case.events.get(self.first_of_day..self.world.seen).unwrap_or(&[])
    }

    /// Sees to it that what the end of the day before showed is known, before anything of a new day is run.
    pub(super) fn remember_yesterday(&mut self, today: Day) {
        let all = self.watched();
        self.watches.resize(all.len(), Watch::default());
        self.laid.clear();
        let Ok(yesterday) = today.previous() else { return };
        for (place, watched) in all.iter().enumerate() {
            let Watched { fact, parameter, .. } = *watched;
            let watch = self.watches.get_mut(place).map(|watch| (watch.begun, watch.now.take()));
            let value = match watch {
                // Since the case began, no day has been passed over on which it could have changed.
                Some((true, now)) if watched.reads.is_some() && self.world.observer.is_none() => match now {
                    Some((now, _)) => now,
                    None => continue,
                },
                _ => self.world.fact(fact, parameter, yesterday),
            };
            self.world.note_yesterday(fact, parameter, value);
        }
    }

    /// What a watched fact was at the end of the day before and is now; nothing when it cannot have changed.
    pub(super) fn changed(
        &mut self,
        fact: FactId,
        parameter: Option<Value>,
        today: Day,
    ) -> Option<(Value, Value)> {
        let all = self.watched();
        let place = all.iter().position(|watched| (watched.fact, watched.parameter) == (fact, parameter))?;
        if !self.may_have_changed(place, all.get(place)?, today) {
            return None;
        }
        let before = self.world.fact_yesterday(fact, parameter, today);
        Some((before, self.value_now(place, fact, parameter, today)))
    }

    fn value_now(&mut self, place: usize, fact: FactId, parameter: Option<Value>, today: Day) -> Value {
        let laid = self.laid.len();
        let asked = self.watches.get(place).and_then(|watch| watch.now);
        if let (Some((now, at)), None) = (asked, &self.world.observer)
            && at == laid
        {
            return now;
        }
        let now = self.world.fact(fact, parameter, today);
        if let Some(watch) = self.watches.get_mut(place) {
            watch.now = Some((now, laid));
        }
        now
    }

    /// Notes at the end of a day what the watched facts have come to be, and when they can next change with the day alone.
    pub(super) fn watch_on(&mut self, today: Day) {
        let started = self.start.is_some_and(|start| start <= today);
        for (place, watched) in self.watched().iter().enumerate() {
            if !self.may_have_changed(place, watched, today) {
                continue;
            }
            if watched.reads.is_some() && self.world.observer.is_none() {
                self.value_now(place, watched.fact, watched.parameter, today);
            }
            let turns = if watched.turns && started {
                self.world.fact_turns_after(watched.fact, today)
            } else {
                None
            };
            self.schedule(turns);
            if let Some(watch) = self.watches.get_mut(place) {
                (watch.turns, watch.begun) = (turns, started);
            }
        }
    }
}
