//! The numbers of an event, each at a place that is known before.

use super::graph::Graph;
use super::number::UNKNOWN;
use super::registers::Row;
use crate::program::Header;
use crate::program::code::At;
use crate::value::Value;

/// How many numbers a tape can name: one for each operation of its graph, and a last one that is always 1.
pub(super) const NUMBERS: usize = 256;

/// The numbers of one event, by the operations that they are worth.
pub(super) type Numbers = [i64; NUMBERS];

/// What has been worked out for an event.
pub(super) struct Worked<'w> {
    pub graph: &'w Graph,
    pub header: &'w Header,
    pub numbers: &'w mut Numbers,
    pub others: &'w mut [Value],
}

impl Worked<'_> {
    /// The same as the plan sees it.
    pub(super) fn row(&mut self) -> Row<'_> {
        Row { graph: self.graph, header: self.header, numbers: self.numbers, others: self.others }
    }
}

/// One of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot(u8);

impl Slot {
    /// What is always 1: a condition that holds, and a day that nobody looks at.
    pub(super) const ONE: Slot = Slot(u8::MAX);

    pub(super) fn of(at: At) -> Option<Slot> {
        u8::try_from(at.0).ok().map(Slot)
    }

    #[inline]
    pub(super) fn get(self, numbers: &Numbers) -> i64 {
        numbers.get(usize::from(self.0)).copied().unwrap_or(UNKNOWN)
    }

    #[inline]
    pub(super) fn set(self, numbers: &mut Numbers, number: i64) {
        if let Some(place) = numbers.get_mut(usize::from(self.0)) {
            *place = number;
        }
    }
}

impl From<Slot> for At {
    fn from(slot: Slot) -> At {
        At(u16::from(slot.0))
    }
}
