//! Sorting more than fits into memory: sorted stretches go to a scratch file and are merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use super::bytes::{Bytes, put_number, put_text};
use super::scratch::{MakeScratch, Spool};

/// What things are sorted by.
pub(super) type Key = [u64; 3];

/// The least that is read of a sorted stretch at a time.
const LEAST_WINDOW: usize = 4 * 1024;

/// Takes things in any order, and gives them by their keys; what has one key keeps its order.
#[derive(Debug)]
pub(super) struct Sorter<'m> {
    limit: usize,
    /// The things in memory, and each one's key, its place there and how many came before it.
    data: Vec<u8>,
    places: Vec<(Key, u32, usize, usize)>,
    /// The sorted stretches: where each begins and ends.
    stretches: Vec<(u64, u64)>,
    spool: Spool<'m>,
}

impl<'m> Sorter<'m> {
    /// One that keeps so many bytes in memory.
    pub fn new(make: &'m MakeScratch<'m>, limit: usize) -> Sorter<'m> {
        let spool = Spool::new(make, limit.min(1 << 20));
        Sorter { limit, data: Vec::new(), places: Vec::new(), stretches: Vec::new(), spool }
    }

    /// Takes a thing in.
    pub fn push(&mut self, key: Key, thing: &[u8]) -> io::Result<()> {
        if self.would_take(thing.len()) > self.limit && !self.places.is_empty() {
            self.put_away()?;
        }
        let start = self.data.len();
        self.data.extend_from_slice(thing);
        let order = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push((key, order, start, self.data.len()));
        Ok(())
    }

    /// How many bytes of memory there are when a thing of so many has come in: a list that is full moves to twice its room,
    /// and for a moment both are there.
    fn would_take(&self, bytes: usize) -> usize {
        let room = |length: usize, more: usize, capacity: usize| {
            let moves = length.saturating_add(more) > capacity;
            if moves { capacity.saturating_mul(3).max(length.saturating_add(more)) } else { capacity }
        };
        let places = room(self.places.len(), 1, self.places.capacity());
        let each = size_of::<(Key, u32, usize, usize)>();
        places.saturating_mul(each).saturating_add(room(self.data.len(), bytes, self.data.capacity()))
    }

    /// Writes what is in memory as one more sorted stretch.
    fn put_away(&mut self) -> io::Result<()> {
        self.places.sort_unstable_by_key(|(key, order, ..)| (*key, *order));
        let start = self.spool.end();
        let mut line = Vec::new();
        for (key, _, from, to) in &self.places {
            line.clear();
            for part in key {
                put_number(&mut line, *part);
            }
            put_text(&mut line, self.data.get(*from..*to).unwrap_or_default());
            self.spool.append(&line)?;
        }
        self.spool.spill()?;
        self.stretches.push((start, self.spool.end()));
        self.places.clear();
        self.data.clear();
        Ok(())
    }

    /// Gives all things in order.
    pub fn sorted(mut self) -> io::Result<Sorted<'m>> {
        if self.stretches.is_empty() {
            self.places.sort_unstable_by_key(|(key, order, ..)| (*key, *order));
            return Ok(Sorted { next: 0, windows: Vec::new(), heads: BinaryHeap::new(), of: self });
        }
        self.put_away()?;
        (self.data, self.places) = (Vec::new(), Vec::new());
        let mut sorted = Sorted { next: 0, windows: Vec::new(), heads: BinaryHeap::new(), of: self };
        sorted.rewind()?;
        Ok(sorted)
    }
}

/// A stretch being read.
#[derive(Debug)]
struct Window {
    at: u64,
    end: u64,
    size: usize,
    held: Vec<u8>,
    read: usize,
}

impl Window {
    /// What is in memory and not yet given.
    fn rest(&self) -> &[u8] {
        self.held.get(self.read..).unwrap_or_default()
    }

    /// Reads more, at least so much that something is added.
    fn more(&mut self, spool: &mut Spool<'_>) -> io::Result<bool> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        self.held.drain(..self.read);
        self.read = 0;
        let before = self.held.len();
        // What is longer than the window makes it grow.
        let count = if before < self.size { self.size.saturating_sub(before) } else { before }.min(left);
        self.held.reserve_exact(count);
        self.held.resize(before.saturating_add(count), 0);
        spool.read_spilled(self.at, self.held.get_mut(before..).unwrap_or_default())?;
        self.at = self.at.saturating_add(count as u64);
        Ok(count > 0)
    }

    /// The key and the length of the next thing with what stands before it, if it is all there.
    fn whole(&self) -> Option<(Key, usize, usize)> {
        let rest = self.rest();
        let mut bytes = Bytes(rest);
        let key = [bytes.whole_number()?, bytes.whole_number()?, bytes.whole_number()?];
        let length = usize::try_from(bytes.whole_number()?).ok()?;
        let before = rest.len().saturating_sub(bytes.0.len());
        (length <= bytes.0.len()).then_some((key, before, before.saturating_add(length)))
    }
}

/// Things in order.
#[derive(Debug)]
pub(super) struct Sorted<'m> {
    of: Sorter<'m>,
    next: usize,
    windows: Vec<Window>,
    /// The next thing of each stretch: stretches came in the order of what they hold.
    heads: BinaryHeap<Reverse<(Key, usize)>>,
}

impl Sorted<'_> {
    /// Goes back to the first thing.
    pub fn rewind(&mut self) -> io::Result<()> {
        self.next = 0;
        self.heads.clear();
        let stretches = &self.of.stretches;
        let size = self.of.limit.checked_div(stretches.len()).unwrap_or(0).max(LEAST_WINDOW);
        let window =
            |(from, to): &(u64, u64)| Window { at: *from, end: *to, size, held: Vec::new(), read: 0 };
        self.windows = stretches.iter().map(window).collect();
        for number in 0..self.windows.len() {
            self.advance(number)?;
        }
        Ok(())
    }

    /// The next thing and its key; false at the end.
    pub fn next(&mut self, into: &mut Vec<u8>) -> io::Result<Option<Key>> {
        into.clear();
        if self.windows.is_empty() {
            let Some((key, _, from, to)) = self.of.places.get(self.next) else { return Ok(None) };
            into.extend_from_slice(self.of.data.get(*from..*to).unwrap_or_default());
            self.next = self.next.saturating_add(1);
            return Ok(Some(*key));
        }
        let Some(Reverse((key, number))) = self.heads.pop() else { return Ok(None) };
        if let Some(window) = self.windows.get_mut(number)
            && let Some((_, from, to)) = window.whole()
        {
            into.extend_from_slice(window.rest().get(from..to).unwrap_or_default());
            window.read = window.read.saturating_add(to);
        }
        self.advance(number)?;
        Ok(Some(key))
    }

    /// Sees to it that the next thing of a stretch is there.
    fn advance(&mut self, number: usize) -> io::Result<()> {
        let Some(window) = self.windows.get_mut(number) else { return Ok(()) };
        loop {
            if let Some((key, ..)) = window.whole() {
                self.heads.push(Reverse((key, number)));
                return Ok(());
            }
            if !window.more(&mut self.of.spool)? {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::scratch::ScratchFile;
    use proptest::prelude::*;

    fn sorted(limit: usize, things: &[(u64, Vec<u8>)]) -> Vec<(u64, Vec<u8>)> {
        let make = || Ok(Box::new(io::Cursor::new(Vec::new())) as Box<dyn ScratchFile>);
        let mut sorter = Sorter::new(&make, limit);
        for (key, thing) in things {
            sorter.push([*key % 8, 0, 0], thing).unwrap();
        }
        let (mut sorted, mut thing, mut found) = (sorter.sorted().unwrap(), Vec::new(), Vec::new());
        while let Some([key, ..]) = sorted.next(&mut thing).unwrap() {
            found.push((key, thing.clone()));
        }
        found
    }

    proptest! {
        #[test]
        fn things_come_in_order_whatever_fits(
            things in proptest::collection::vec((any::<u64>(), proptest::collection::vec(any::<u8>(), 0..300)), 0..80),
            limit in 1..5_000_usize,
        ) {
            let mut expected: Vec<(u64, Vec<u8>)> = things.iter().map(|(key, thing)| (key % 8, thing.clone())).collect();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted(limit, &things), expected);
        }
    }

    #[test]
    fn what_is_in_memory_stays_within_the_limit_with_the_room_that_lists_have() {
        let make = || Ok(Box::new(io::Cursor::new(Vec::new())) as Box<dyn ScratchFile>);
        let limit = 1 << 16;
        let mut sorter = Sorter::new(&make, limit);
        for number in 0..5_000 {
            sorter.push([number % 7, 0, 0], &[1; 30]).unwrap();
            let each = size_of::<(Key, u32, usize, usize)>();
            let room = sorter.data.capacity() + sorter.places.capacity() * each;
            assert!(room <= limit, "{room} bytes after {number} things");
        }
        assert!(sorter.stretches.len() > 1, "more came in than fits");
    }

    #[test]
    fn what_is_longer_than_a_window_is_given_whole() {
        let long = vec![7; 3 * LEAST_WINDOW];
        let things = vec![(2, long.clone()), (1, long.clone()), (1, vec![1])];
        assert_eq!(sorted(1, &things), [(1, long.clone()), (1, vec![1]), (2, long)]);
    }
}
