//! What of the memory that a process may take is left for events, and how they share it.

use crate::source::Sources;

const MIB: usize = 1 << 20;

/// What the program itself takes, and each thread after the first with the blocks it has in the works.
const PROGRAM_BYTES: usize = 16 * MIB;
const THREAD_BYTES: usize = 4 * MIB;

/// So many bytes each byte of the rules takes while they are read and checked.
const BYTES_OF_RULES: usize = 40;

/// What events are given in any case, if so much is allowed at all.
const LEAST_BYTES: usize = 4 * MIB;

/// The most of the events that stays in memory before they are sorted: past it, a scratch file is as fast.
const HELD_BYTES: usize = 16 * MIB;

/// How many bytes are left for events when a process that decides by these rules on so many threads may take `limit` bytes:
/// for [`Options::memory`](super::Options::memory).
///
/// The program, its threads and the rules are taken off, and an eighth of the rest, which goes to gaps between lists. At least
/// four MiB are left, so that a process on one thread takes some twenty MiB however small the limit is; a limit below four MiB
/// holds for the events alone.
///
/// ```
/// use frist::source::Sources;
/// use frist::stream::left_for_events;
/// let rules: Sources = [("a.frist", "regelverk a \"A\"\n")].into_iter().collect();
/// let mib = |count: usize| count << 20;
/// assert_eq!(left_for_events(mib(64), 1, &rules) >> 20, 41);
/// assert_eq!(left_for_events(mib(64), 3, &rules) >> 20, 34);
/// assert_eq!(left_for_events(mib(16), 1, &rules), mib(4));
/// assert_eq!(left_for_events(1_000, 1, &rules), 1_000);
/// ```
pub fn left_for_events(limit: usize, threads: usize, rules: &Sources) -> usize {
    let threads = threads.saturating_sub(1).saturating_mul(THREAD_BYTES);
    let text: usize = rules.iter().map(|(_, source)| source.text().len()).sum();
    let taken = PROGRAM_BYTES.saturating_add(threads).saturating_add(text.saturating_mul(BYTES_OF_RULES));
    let left = limit.saturating_sub(taken);
    let gaps = left.checked_div(8).unwrap_or(0);
    left.saturating_sub(gaps).max(LEAST_BYTES).min(limit)
}

/// How the memory of events is shared out. All of these are taken at once when cases that come back are brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shares {
    /// Events as they were read.
    pub held: usize,
    /// What is said of them.
    pub said: usize,
    /// What is found out about the order of cases.
    pub index: usize,
    /// Events being sorted.
    pub sorted: usize,
}

impl Shares {
    /// The shares of so many bytes.
    pub fn of(memory: usize) -> Shares {
        let part = |of: usize| memory.checked_div(of).unwrap_or(0);
        Shares {
            held: part(8).min(HELD_BYTES),
            said: part(8).min(HELD_BYTES),
            index: part(4).min(HELD_BYTES),
            sorted: part(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_come_to_no_more_than_there_is() {
        for memory in [0, 1, 1_000, 4 * MIB, 41 * MIB, 1 << 30, usize::MAX] {
            let Shares { held, said, index, sorted } = Shares::of(memory);
            let all = held.saturating_add(said).saturating_add(index).saturating_add(sorted);
            assert!(all <= memory, "{all} of {memory}");
        }
    }

    #[test]
    fn large_rules_leave_less() {
        let rules = |bytes: usize| [("a.frist", "#".repeat(bytes))].into_iter().collect::<Sources>();
        let left = |bytes: usize| left_for_events(1 << 30, 2, &rules(bytes));
        assert!(left(0).saturating_sub(left(MIB)) >= 35 * MIB);
    }
}
