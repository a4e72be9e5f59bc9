//! What was entered between two days: late, corrected, withdrawn, or about what has happened since.

use super::{Clock, Journey};
use crate::time::Day;

/// What is not the same then and now: a line, and where they are two, the line in whose place it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What became of it.
    pub kind: EntryKind,
    /// The line that counted then, by its place in the ledger.
    pub then: Option<usize>,
    /// The line that counts now; for one withdrawn or moved to another case, the line that did it.
    pub now: Option<usize>,
    /// What both speak of.
    pub(super) subject: usize,
    /// The day it was entered.
    pub on: Option<Day>,
}

/// What became of a line between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// It is dated on or before the earlier day, and was entered after it.
    Late,
    /// Another line stands in its place.
    Corrected,
    /// It was withdrawn, or moved to another case.
    Withdrawn,
    /// It is dated after the earlier day.
    Happened,
}

impl EntryKind {
    /// The name as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntryKind::Late => "late",
            EntryKind::Corrected => "corrected",
            EntryKind::Withdrawn => "withdrawn",
            EntryKind::Happened => "happened",
        }
    }

    /// The clock by which it tells.
    pub const fn clock(self) -> Clock {
        match self {
            EntryKind::Happened => Clock::Event,
            _ => Clock::Known,
        }
    }
}

impl Journey<'_> {
    /// What differs of the lines about a case: first what became known of days that had passed, in the order in which it
    /// was entered; then what has happened since, by date.
    pub(super) fn entries(&self, id: &str) -> Vec<Entry> {
        let lines = self.ledger.entries();
        let here = |place: Option<usize>| {
            place.filter(|place| {
                let happening = lines.get(*place).and_then(|line| line.happening());
                happening.is_some_and(|(case, _)| case == id)
            })
        };
        let date = |place: usize| lines.get(place).and_then(|line| line.date);
        let mut entries = Vec::new();
        for (subject, (then, now)) in self.known.0.0.iter().zip(&self.known.1.0).enumerate() {
            if then == now {
                continue;
            }
            let kind = match (here(*then), here(*now), then) {
                (Some(_), Some(_), _) => EntryKind::Corrected,
                (Some(_), None, _) => EntryKind::Withdrawn,
                (None, Some(place), None) if date(place) > Some(self.then.known_by) => EntryKind::Happened,
                (None, Some(_), _) => EntryKind::Late,
                (None, None, _) => continue,
            };
            let on = now.and_then(|place| lines.get(place)).and_then(|line| line.on);
            entries.push(Entry { kind, then: here(*then), now: *now, subject, on });
        }
        entries.sort_by_key(|entry| {
            let happened = entry.kind == EntryKind::Happened;
            let day = if happened { entry.now.and_then(date) } else { entry.on };
            (happened, day, entry.now)
        });
        entries
    }
}
