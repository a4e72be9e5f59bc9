//! What follows from one date, worked out once for each day.

use super::graph::{Graph, Reach};
use super::lanes::{Lane, Numbers};
use super::number::{is_small, narrow, widen};
use super::registers::Row;
use crate::program::code::At;

/// How many days a table may have: some 350 years.
pub(super) const MOST_DAYS: i32 = 1 << 17;

/// Not worked out yet. Neither a day nor any other small number, and more than what stands for unknown and for none.
const NOT_YET: i32 = i32::MIN.wrapping_add(2);

/// An operation that follows from one date.
#[derive(Clone, Debug)]
pub(super) struct ByDay {
    /// The operation.
    pub at: At,
    /// What reads the date.
    pub source: At,
    /// What is worked out for it, in order; it itself last.
    pub order: Vec<At>,
}

impl ByDay {
    /// The operation, if it is one that is worth a table.
    pub(super) fn of(graph: &Graph, at: At) -> Option<ByDay> {
        let source = source(graph, at)?;
        Some(ByDay { at, source, order: graph.needed(&[at], &[], |_| false) })
    }
}

/// The date that an operation follows from, if it is worth a table.
pub(super) fn source(graph: &Graph, at: At) -> Option<At> {
    match graph.reach(at) {
        Reach::Date(source) if source != at && is_small(graph.kind(at)) => Some(source),
        _ => None,
    }
}

/// The values of an operation for every day of a span, as far as they have been asked for.
#[derive(Clone, Debug)]
pub(super) struct Table {
    first: i32,
    numbers: Vec<i32>,
}

impl Table {
    /// A table of the days from the first through the last.
    pub(super) fn new(first: i32, last: i32) -> Table {
        let days = usize::try_from(last.saturating_sub(first)).unwrap_or(0).saturating_add(1);
        Table { first, numbers: vec![NOT_YET; days] }
    }

    /// A table of the days of people who live: 1920 through 2099.
    pub(super) fn of_our_time() -> Table {
        Table::new(OUR_TIME.0, OUR_TIME.1)
    }

    /// The number for a day; nothing for a day outside the table, or when the value has no small number.
    #[inline]
    fn number(&mut self, day: i32, by_day: &ByDay, row: &mut Row<'_>) -> Option<i32> {
        // A day before the first becomes a place far past the last.
        let place = day.wrapping_sub(self.first) as u32 as usize;
        match self.numbers.get(place) {
            Some(known) if *known != NOT_YET => Some(*known),
            _ => self.find(place, day, by_day, row),
        }
    }

    /// Works out the number for a day, once.
    #[cold]
    fn find(&mut self, place: usize, day: i32, by_day: &ByDay, row: &mut Row<'_>) -> Option<i32> {
        let known = self.numbers.get_mut(place)?;
        row.set_number(by_day.source, i64::from(day));
        row.work_out(&by_day.order)?;
        *known = narrow(row.number(by_day.at))?;
        Some(*known)
    }

    /// Looks up a row's value.
    #[inline]
    pub(super) fn look_up(&mut self, by_day: &ByDay, row: &mut Row<'_>) -> Option<()> {
        let day = i32::try_from(row.number(by_day.source)).ok()?;
        let number = self.number(day, by_day, row)?;
        row.set_number(by_day.at, widen(number));
        Some(())
    }

    /// Looks up the values of a lane; nothing when one is not in the table.
    pub(super) fn look_up_all(
        &mut self,
        by_day: &ByDay,
        days: &[i32],
        own: &mut Lane,
        row: &mut Row<'_>,
    ) -> Option<()> {
        let Numbers::Small(out) = &mut own.numbers else { return None };
        let mut lowest = i32::MAX;
        for (out, day) in out.iter_mut().zip(days) {
            *out = self.number(*day, by_day, row)?;
            lowest = lowest.min(*out);
        }
        own.gaps = lowest < NOT_YET;
        Some(())
    }
}

const OUR_TIME: (i32, i32) = (-18_262, 47_481);
