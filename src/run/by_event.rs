//! The events of a case by what happened, so that looking for one kind passes over the others.

use std::ops::Range;

use super::history::{Case, Happening};
use super::world::World;
use crate::program::EventId;
use crate::time::Day;

/// For each event the places in the case where it happened, in the order of the case.
#[derive(Clone, Debug, Default)]
pub(super) struct ByEvent {
    /// For each event where its places end; they begin where those of the event before end.
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl ByEvent {
    /// The events of a case, of which the program declares so many kinds.
    fn of(case: &Case, kinds: usize) -> ByEvent {
        let mut ends = vec![0_u32; kinds];
        for happening in &case.events {
            if let Some(count) = ends.get_mut(happening.event.index()) {
                *count = count.saturating_add(1);
            }
        }
        let mut sum = 0_u32;
        for end in &mut ends {
            // For now where they begin: they end where the last one has been put.
            let count = std::mem::replace(end, sum);
            sum = sum.saturating_add(count);
        }
        let mut places = vec![0_u32; sum as usize];
        for (place, happening) in (0_u32..).zip(&case.events) {
            if let Some(next) = ends.get_mut(happening.event.index()) {
                if let Some(slot) = places.get_mut(*next as usize) {
                    *slot = place;
                }
                *next = next.saturating_add(1);
            }
        }
        ByEvent { ends, places }
    }

    /// Where the places of an event lie among all.
    fn stretch(&self, event: EventId) -> Range<usize> {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        event.index().checked_sub(1).map_or(0, end)..end(event.index())
    }
}

impl<'a> World<'a> {
    fn by_event(&self) -> &ByEvent {
        self.by_event.get_or_init(|| ByEvent::of(self.case, self.program.events.len()))
    }

    /// The events of a kind that have been seen, from a day on: their numbers among all events sorted by kind, for
    /// [`World::sorted`].
    pub(super) fn seen_of(&self, event: EventId, from: Option<Day>) -> Range<usize> {
        let by_event = self.by_event();
        let stretch = by_event.stretch(event);
        let places = by_event.places.get(stretch.clone()).unwrap_or(&[]);
        let seen = places.partition_point(|place| (*place as usize) < self.seen);
        let early = |place: &u32, from| self.happening(*place).is_some_and(|happening| happening.date < from);
        let before = from.map_or(0, |from| places.partition_point(|place| early(place, from)));
        let start = stretch.start.saturating_add(before.min(seen));
        start..stretch.start.saturating_add(seen)
    }

    /// An event by its number among all events sorted by kind.
    pub(super) fn sorted(&self, number: usize) -> Option<&'a Happening> {
        self.by_event().places.get(number).and_then(|place| self.happening(*place))
    }

    /// The place in the case of an event that is named by its number among all events sorted by kind.
    pub(super) fn place_of_sorted(&self, number: usize) -> Option<usize> {
        self.by_event().places.get(number).map(|place| *place as usize)
    }

    /// The first event of a kind that has been seen, from a day on.
    pub(super) fn first_seen(&self, event: EventId, from: Day) -> Option<&'a Happening> {
        self.seen_of(event, Some(from)).next().and_then(|number| self.sorted(number))
    }
}
