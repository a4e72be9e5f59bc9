//! What a rule takes from one date, kept side by side for every day.

use super::graph::{Graph, Kind};
use super::number::NONE;
use super::once::ByDay;
use super::slot::{Numbers, Slot, Worked};
use crate::program::code::At;

/// What a rule takes from one date: yes or no, each a bit of the first word of a day, and other small numbers, each a
/// word; days are told by how far they lie from the date.
#[derive(Clone, Debug)]
pub(super) struct ByDate {
    source: (At, Slot),
    bits: Vec<(u32, Slot)>,
    /// The words: where their numbers go, and all bits where the date is added.
    words: Vec<(Slot, i64)>,
    /// What is worked out for a day, in order.
    order: Vec<At>,
}

/// Set in the first word of a day that has been worked out.
const READY: i16 = 1;

/// How many bits a first word has for yes and no, which begin after [`READY`].
const BITS: usize = 14;

impl ByDate {
    /// Adds an operation to those of its date.
    pub(super) fn add(all: &mut Vec<ByDate>, graph: &Graph, own: &ByDay) -> Option<()> {
        let place = match all.iter().position(|known| known.source.0 == own.source) {
            Some(place) => place,
            None => {
                let source = (own.source, Slot::of(own.source)?);
                all.push(ByDate { source, bits: Vec::new(), words: Vec::new(), order: Vec::new() });
                all.len().saturating_sub(1)
            }
        };
        let (known, slot) = (all.get_mut(place)?, Slot::of(own.at)?);
        let new = own.order.iter().copied().filter(|at| !known.order.contains(at));
        known.order.extend(new.collect::<Vec<At>>());
        match graph.kind(own.at) {
            Kind::YesNo if known.bits.len() < BITS => {
                let bit = u32::try_from(known.bits.len()).ok()?.saturating_add(1);
                known.bits.push((bit, slot));
            }
            Kind::Day => known.words.push((slot, -1)),
            _ => known.words.push((slot, 0)),
        }
        Some(())
    }

    fn width(&self) -> usize {
        self.words.len().saturating_add(1)
    }
}

/// The numbers that follow from each day of a span, as far as they have been asked for.
#[derive(Clone, Debug)]
pub(super) struct Days {
    first: i64,
    /// A row for each day.
    rows: Vec<i16>,
    width: u64,
}

impl Days {
    /// The days of people who live: 1920 through 2099.
    pub(super) fn of_our_time(by_date: &ByDate) -> Days {
        let (first, last) = OUR_TIME;
        let days = usize::try_from(last.saturating_sub(first)).unwrap_or(0).saturating_add(1);
        let width = by_date.width();
        Days { first: i64::from(first), rows: vec![0; days.saturating_mul(width)], width: width as u64 }
    }

    /// Where the row of a day begins, if it has one.
    #[inline]
    fn place(&self, date: i64) -> usize {
        // A day before the first becomes a place past the last.
        let day = u64::from(date.wrapping_sub(self.first) as u32);
        usize::try_from(day.wrapping_mul(self.width)).unwrap_or(usize::MAX)
    }

    /// Looks up what follows from a date; false when it has not been worked out.
    #[inline]
    pub(super) fn look_up(&self, by_date: &ByDate, numbers: &mut Numbers) -> bool {
        let date = by_date.source.1.get(numbers);
        let row = self.rows.get(self.place(date)..).unwrap_or(&[]);
        let Some((first, words)) = row.split_first() else { return false };
        if first & READY == 0 {
            return false;
        }
        for (bit, slot) in &by_date.bits {
            slot.set(numbers, i64::from(first.wrapping_shr(*bit) & 1));
        }
        for ((slot, mask), word) in by_date.words.iter().zip(words) {
            slot.set(numbers, i64::from(*word).wrapping_add(date & mask));
        }
        true
    }

    /// Works out what follows from a date, and keeps it if it can; nothing when something is not known.
    #[cold]
    pub(super) fn find(&mut self, by_date: &ByDate, worked: &mut Worked<'_>) -> Option<()> {
        worked.row().work_out(&by_date.order)?;
        let numbers: &Numbers = worked.numbers;
        let date = by_date.source.1.get(numbers);
        let slots =
            by_date.bits.iter().map(|(_, slot)| slot).chain(by_date.words.iter().map(|(slot, _)| slot));
        if slots.into_iter().any(|slot| slot.get(numbers) <= NONE) {
            return None;
        }
        let mut first = READY;
        for (bit, slot) in &by_date.bits {
            first |= i16::from(slot.get(numbers) == 1).wrapping_shl(*bit);
        }
        let place = self.place(date);
        let Some((own, words)) = self.rows.get_mut(place..).and_then(<[i16]>::split_first_mut) else {
            return Some(());
        };
        for ((slot, mask), word) in by_date.words.iter().zip(words) {
            let Ok(fits) = i16::try_from(slot.get(numbers).wrapping_sub(date & mask)) else {
                return Some(());
            };
            *word = fits;
        }
        *own = first;
        Some(())
    }
}

/// 1920-01-01 and 2099-12-31.
const OUR_TIME: (i32, i32) = (-18_262, 47_481);
