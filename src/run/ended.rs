//! A case run to its end: its outcomes, and how its facts and duties have come to stand.

use super::case::run_case;
use super::decisions::CaseOutcomes;
use super::history::Case;
use super::settings::Settings;
use super::timeline::Setter;
use super::world::World;
use crate::program::{FactId, Program, RuleId};
use crate::time::Day;
use crate::value::{Pool, Value};

/// A case run to its end, with the world it ended in.
///
/// Facts of the world answer for every day: what has been laid down by the end of the as-of day, scheduled or past.
pub struct Ended<'a> {
    /// What the case brought, in the specified order.
    pub outcomes: CaseOutcomes,
    /// The facts and duties as known at the end of the as-of day.
    pub world: World<'a>,
    /// For each outcome its place among those that arose.
    pub(super) arose: Vec<u32>,
}

/// Runs one case through the end of the as-of day and keeps how everything in it stands then.
pub fn run_to_end<'a>(
    program: &'a Program,
    settings: &'a Settings,
    case: &'a Case,
    pool: &'a mut Pool,
) -> Ended<'a> {
    run_case(program, settings, 0, case, pool, None)
}

impl<'a> Ended<'a> {
    /// The outcome that laid a stretch of a timeline down, by its place among the outcomes; nothing when no outcome did.
    pub fn laid_by(&self, setter: Setter) -> Option<usize> {
        let Setter::Outcome(arose) = setter else { return None };
        self.arose.iter().position(|place| *place == arose)
    }

    /// The outcomes, by their places, in the order in which they arose.
    pub fn in_order(&self) -> Vec<usize> {
        let mut places: Vec<(u32, usize)> = self.arose.iter().copied().zip(0..).collect();
        places.sort_unstable();
        places.into_iter().map(|(_, place)| place).collect()
    }

    /// The day on which the ground of a duty ended, by the place of the outcome that shows the duty.
    pub fn lapsed(&self, outcome: usize) -> Option<Day> {
        let arose = *self.arose.get(outcome)? as usize;
        self.world.duties.iter().find(|live| live.outcome == arose)?.lapsed
    }
}

impl World<'_> {
    /// The day through whose end the case was run.
    pub fn as_of(&self) -> Day {
        self.settings.as_of
    }

    /// Looks from a day: look-backs see the events through its end (and none after the as-of day), and conditions on
    /// duties and decisions see those of `then`, the world of the same case run through that day.
    pub fn look_from(&mut self, day: Day, then: Option<&World<'_>>) {
        let last = day.min(self.settings.as_of);
        self.seen = self.case.events.partition_point(|event| event.date <= last);
        self.today = last;
        self.line = 0;
        if let Some(then) = then {
            self.duties.clone_from(&then.duties);
            self.waiting.clone_from(&then.waiting);
            self.decided.clone_from(&then.decided);
        }
    }

    /// A fact on a day, and the undetermined firings that could have made it otherwise: the rule and the day it fired.
    pub fn fact_assuming(
        &mut self,
        fact: FactId,
        of: Option<Value>,
        day: Day,
    ) -> (Value, Vec<(RuleId, Day)>) {
        self.assumed.clear();
        let value = self.fact(fact, of, day);
        let mut assumed = std::mem::take(&mut self.assumed);
        assumed.sort_by_key(|(rule, fired)| (*fired, *rule));
        assumed.dedup();
        (value, assumed)
    }
}
