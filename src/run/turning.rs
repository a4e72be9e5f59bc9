//! The next day on which something can be other than it is, while nothing happens: the days between need not be run.

use super::calendar::{first_of, last_of};
use super::case::CaseRun;
use super::world::World;
use crate::program::code::{LookBack, Op, Window};
use crate::program::{DayRange, ExprId, FactId, FactSource};
use crate::time::Day;
use crate::value::Value;

/// The earlier of two days, of which either may never come.
fn earlier(one: Option<Day>, other: Option<Day>) -> Option<Day> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl World<'_> {
    /// The first day after a day on which a fact can be other than on that day, if nothing more happens.
    pub(super) fn fact_turns_after(&self, fact: FactId, after: Day) -> Option<Day> {
        let declared = self.program.facts.get(fact.index())?;
        if let FactSource::Computed(expr) = declared.source {
            return self.turns_after(expr, after, true);
        }
        let track = self.tracks.get(fact.index())?;
        let own = track.lines().filter_map(|line| line.boundary_after(after)).min();
        let other = declared.ends_with.and_then(|other| self.timeline(other, None));
        earlier(own, other.and_then(|line| line.boundary_after(after)))
    }

    /// The first day after a day on which an expression can be worth something else than on that day, if nothing more
    /// happens; never later than it is, often earlier. `datum_moves` says whether `datum` goes with the day.
    pub(super) fn turns_after(&self, expr: ExprId, after: Day, datum_moves: bool) -> Option<Day> {
        let program = self.program;
        let mut next = None;
        for op in program.code.ops(expr) {
            let turn = match *op {
                Op::FireDate if datum_moves => after.next().ok(),
                Op::Previous(_) | Op::PreviousFor(..) => after.next().ok(),
                Op::Fact(fact) | Op::FactFor(fact, _) => self.fact_turns_after(fact, after),
                Op::ConstantNow(constant) => program.constants.get(constant.index()).and_then(|constant| {
                    version_turns_after(constant.versions.iter().map(|version| version.in_force), after)
                }),
                Op::Answer(table, ..) => program.tables.get(table.index()).and_then(|table| {
                    version_turns_after(table.versions.iter().map(|version| version.in_force), after)
                }),
                // A duty is overdue from the day after its last day; all else befalls it on a day that is run.
                Op::DutyIs(action, _) => self
                    .latest_duty(action)
                    .and_then(|live| live.by)
                    .and_then(|by| by.next().ok())
                    .filter(|day| *day > after),
                Op::LookBack(index) => program.code.look_backs.get(index as usize).and_then(|look| {
                    let condition =
                        look.where_.and_then(|where_| self.turns_after(where_, after, datum_moves));
                    earlier(condition, self.window_turns_after(expr, look, after))
                }),
                _ => None,
            };
            next = earlier(next, turn);
        }
        next
    }

    /// The first day after a day on which an event leaves the window of a look-back.
    fn window_turns_after(&self, expr: ExprId, look: &LookBack, after: Day) -> Option<Day> {
        let tomorrow = after.next().ok();
        match look.window? {
            Window::Same(unit) => {
                let Some(first) = first_of(unit, after) else { return tomorrow };
                let event = self.first_seen(look.event, first)?;
                last_of(unit, event.date.max(after)).and_then(|last| last.next().ok())
            }
            Window::Last(at) => {
                let length = self.program.code.ops(expr).get(usize::from(at.0));
                let Some(Op::Constant(Value::Period(length))) = length else { return tomorrow };
                let days = i64::from(length.days);
                let Ok(first) = after.plus_days(i64::from(1_u8).saturating_sub(days)) else {
                    return tomorrow;
                };
                self.first_seen(look.event, first)?.date.plus_days(days).ok()
            }
        }
    }
}

impl CaseRun<'_> {
    /// The first day after a day on which the ground of a duty, or what it pauses by, can change with the day alone.
    pub(super) fn duties_turn_after(&self, after: Day) -> Option<Day> {
        let waiting = &self.world.waiting;
        // A ground that is shared turns for all on one day.
        let shared = waiting.by_ground.values().filter_map(|places| places.last());
        let grounds = shared.chain(&waiting.grounded).filter_map(|place| self.ground_of(*place, after));
        let pauses = waiting.recurring.iter().filter_map(|place| self.pause_of(*place));
        grounds.chain(pauses).filter_map(|condition| self.world.turns_after(condition, after, false)).min()
    }

    /// What a duty that is paused pauses by.
    fn pause_of(&self, place: u32) -> Option<ExprId> {
        let live =
            self.world.duties.get(place as usize).filter(|live| live.paused && live.lapsed.is_none())?;
        self.world.program.duties.get(live.duty.index())?.except_while
    }
}

/// The first day after a day on which a version begins, or one has ended.
fn version_turns_after(versions: impl Iterator<Item = Option<DayRange>>, after: Day) -> Option<Day> {
    let over = |range: DayRange| range.through.and_then(|through| through.next().ok());
    versions
        .flatten()
        .flat_map(|range| [Some(range.from), over(range)])
        .flatten()
        .filter(|day| *day > after)
        .min()
}
