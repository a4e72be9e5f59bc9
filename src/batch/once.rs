//! What follows from one date, worked out once for each day.

use super::graph::{Graph, Reach, Row};
use super::lanes::{Lane, Numbers, encode, is_small};
use crate::program::Header;
use crate::program::code::At;
use crate::time::Day;
use crate::value::Value;

/// How many days a table may have: some 350 years.
pub(super) const MOST_DAYS: i32 = 1 << 17;

/// Not worked out yet. Neither a day nor any other small number.
const NOT_YET: i32 = i32::MIN.wrapping_add(2);

/// The values of an operation for every day from the first on, as far as they have been asked for.
pub(super) struct Once {
    /// The operation.
    pub at: At,
    /// The date that it depends on.
    pub source: At,
    /// What is to be worked out for it, in order; it itself last.
    pub order: Vec<At>,
    first: i32,
    table: Vec<i32>,
}

impl Once {
    pub(super) fn new(graph: &Graph, at: At, source: At, first: i32, last: i32) -> Once {
        let days = usize::try_from(last.saturating_sub(first)).unwrap_or(0).saturating_add(1);
        let order = graph.needed(&[at], &[], |_| false);
        Once { at, source, order, first, table: vec![NOT_YET; days] }
    }

    /// Looks the rows up; nothing when a value has no small number.
    pub(super) fn look_up(
        &mut self,
        days: &[i32],
        own: &mut Lane,
        header: &Header,
        graph: &Graph,
        values: &mut [Value],
    ) -> Option<()> {
        let Numbers::Small(out) = &mut own.numbers else { return None };
        let mut lowest = i32::MAX;
        for (out, day) in out.iter_mut().zip(days) {
            let place = usize::try_from(day.wrapping_sub(self.first)).ok()?;
            let mut value = *self.table.get(place)?;
            if value == NOT_YET {
                let mut row = Row { graph, header, values };
                row.set(self.source, Day::from_number(*day).map_or(Value::Unknown, Value::Day));
                row.work_out(&self.order);
                value = encode(row.get(self.at))?;
                *self.table.get_mut(place)? = value;
            }
            lowest = lowest.min(value);
            *out = value;
        }
        own.gaps = lowest < NOT_YET;
        Some(())
    }
}

/// The date by which an operation is looked up, if it is.
pub(super) fn looked_up(graph: &Graph, at: At) -> Option<At> {
    match graph.reach(at) {
        Reach::Date(source) if source != at && is_small(graph.kind(at)) => Some(source),
        _ => None,
    }
}
