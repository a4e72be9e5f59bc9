//! Runs of events brought together case by case, cases in the order of their first appearance, in bounded memory.
//!
//! Three sorts, each of what the one before found: by the case's name, to know where each case first appears; by the run's
//! place, to have that in the order in which the runs lie; and of the runs themselves, by where their case first appears.
//! Where no case comes back, the first sort shows it and the runs stay as they lie.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::io;

use super::budget::Shares;
use super::bytes::{Bytes, put_number};
use super::kept;
use super::runs::{Run, RunReader, Runs};
use super::scratch::{MakeScratch, Spool};
use super::sorter::{Sorted, Sorter};

/// The lines that corrections took the place of: where each stood, and where the line stands that counts instead, if one
/// does.
pub(super) type Superseded = HashMap<u64, Option<u64>>;

/// Where a run stands whose lines were all withdrawn.
const NOWHERE: u64 = u64::MAX;

/// Brings runs together.
pub(super) fn group<'m>(
    mut runs: Spool<'m>,
    ascending: bool,
    superseded: &Superseded,
    make: &'m MakeScratch<'m>,
    shares: Shares,
) -> io::Result<Runs<'m>> {
    if ascending && superseded.is_empty() {
        return Ok(Runs::AsRead(runs));
    }
    let mut by_case = Sorter::new(make, shares.index);
    let (mut run, mut number) = (Vec::new(), 0_u64);
    let mut reader = RunReader::AsRead(runs.read()?);
    while reader.next(&mut run)? {
        let run = Run::of(&run);
        let [high, low] = fingerprint(run.case);
        let mut place = Vec::new();
        put_number(&mut place, first_place(run, superseded));
        by_case.push([high, low, number], &place)?;
        number = number.saturating_add(1);
    }
    drop(reader);
    let (firsts, comes_back) = firsts(by_case.sorted()?, make, shares.index)?;
    if !comes_back && superseded.is_empty() {
        return Ok(Runs::AsRead(runs));
    }
    let mut firsts = firsts.sorted()?;
    let mut sorted = Sorter::new(make, shares.sorted);
    let (mut run, mut first) = (Vec::new(), Vec::new());
    let mut reader = RunReader::AsRead(runs.read()?);
    while let (true, Some([number, ..])) = (reader.next(&mut run)?, firsts.next(&mut first)?) {
        let first = Bytes(&first).number();
        if first != NOWHERE {
            sorted.push([first, number, 0], &run)?;
        }
    }
    Ok(Runs::Sorted(sorted.sorted()?))
}

/// Where the case of each run first appears, by the runs' numbers, and whether any case comes back.
fn firsts<'m>(
    mut by_case: Sorted<'m>,
    make: &'m MakeScratch<'m>,
    limit: usize,
) -> io::Result<(Sorter<'m>, bool)> {
    let mut firsts = Sorter::new(make, limit);
    let mut comes_back = false;
    let (mut place, mut put) = (Vec::new(), Vec::new());
    // The runs of the case at hand, by their numbers. A case of very many runs holds eight bytes for each.
    let (mut case, mut numbers, mut first) = ([0, 0], Vec::new(), NOWHERE);
    loop {
        let next = by_case.next(&mut place)?;
        let same = next.is_some_and(|[high, low, _]| [high, low] == case);
        if !same {
            put.clear();
            put_number(&mut put, first);
            for number in numbers.drain(..) {
                firsts.push([number, 0, 0], &put)?;
            }
            first = NOWHERE;
        }
        let Some([high, low, number]) = next else { break };
        // Runs of one case that follow on each other were only cut for their length.
        comes_back |= numbers.last().is_some_and(|last: &u64| last.saturating_add(1) != number);
        case = [high, low];
        numbers.push(number);
        first = first.min(Bytes(&place).number());
    }
    Ok((firsts, comes_back))
}

/// Where the first line of a run stands that counts.
fn first_place(mut run: Run<'_>, superseded: &Superseded) -> u64 {
    if superseded.is_empty() {
        return run.place();
    }
    while let Some(event) = run.next_event() {
        let own = kept::place(event).place();
        let place = run.corrects.unwrap_or(own);
        if counts(place, own, superseded) {
            return place;
        }
    }
    NOWHERE
}

/// Whether the line that stands at `own` is the one that counts at a place.
pub(super) fn counts(place: u64, own: u64, superseded: &Superseded) -> bool {
    superseded.get(&place).is_none_or(|instead| *instead == Some(own))
}

/// Two numbers that no two names share: 128 bits, so that even among billions of names a coincidence is out of the question.
fn fingerprint(name: &[u8]) -> [u64; 2] {
    [0_u8, 1].map(|half| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(half);
        hasher.write(name);
        hasher.finish()
    })
}
