//! Every line of the event files with the day it was entered: what was known on a day, asked again and again.

use std::collections::{BTreeMap, HashMap};

use super::cases::{self, Kept};
use super::read::Input;
use crate::diagnostics::{Diagnostic, clocks, sort};
use crate::program::Program;
use crate::run::{Case, Happening, History};
use crate::source::Span;
use crate::time::Day;
use crate::value::Pool;

/// Every line that could be read, with the day it was entered and the line it replaces.
///
/// A line was entered on its `known` day, or else on its `date`; one that only withdraws another and has neither was
/// always there. Of the lines that speak of one thing, a line and those that replace it, the last one in the input that
/// had been entered by the end of a day is what was known on that day.
#[derive(Clone, Debug)]
pub struct Ledger {
    entries: Vec<Entered>,
    pub(super) pool: Pool,
    /// What is wrong with lines that could not be read, and what there is to say of the days of entry, in text order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many lines were left out because something is wrong with them.
    pub bad_lines: usize,
    /// How many lines there were, blank ones and headers of tables left out.
    pub lines: usize,
}

/// A line that was read.
#[derive(Clone, Debug)]
pub struct Entered {
    /// What it speaks of: a line and those that replace it have the same number, counted from 0 in input order.
    pub subject: usize,
    /// The whole line.
    pub span: Span,
    /// The day it was entered; none for a withdrawal without a day.
    pub on: Option<Day>,
    /// Where that day stands, in `known` or else in `date`.
    pub on_span: Option<Span>,
    /// Its date.
    pub date: Option<Day>,
    /// The id of the line that it replaces, where it stands.
    pub replaces: Option<Span>,
    /// What it says; nothing when it only withdraws.
    pub(super) kept: Option<Kept>,
}

impl Entered {
    /// Whether it had been entered by the end of a day.
    pub fn by(&self, day: Day) -> bool {
        self.on.is_none_or(|on| on <= day)
    }

    /// What happened, and in which case; nothing when the line only withdraws another.
    pub fn happening(&self) -> Option<(&str, &Happening)> {
        self.kept.as_ref().map(|kept| (kept.case.as_str(), &kept.happening))
    }
}

/// What was known: for each thing that lines speak of, the line that counts, by its place in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known(pub(crate) Vec<Option<usize>>);

impl Ledger {
    pub(super) fn new(
        entries: Vec<Entered>,
        pool: Pool,
        mut diagnostics: Vec<Diagnostic>,
        counts: (usize, usize),
    ) -> Ledger {
        sort(&mut diagnostics);
        Ledger { entries, pool, diagnostics, bad_lines: counts.0, lines: counts.1 }
    }

    /// The lines, in input order.
    pub fn entries(&self) -> &[Entered] {
        &self.entries
    }

    /// The latest day on which anything was entered.
    pub fn latest_entry(&self) -> Option<Day> {
        self.entries.iter().filter_map(|entry| entry.on).max()
    }

    /// The texts and sets that the values of its lines name.
    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The lines that count by the end of a day.
    pub(crate) fn known(&self, by: Day) -> Known {
        let subjects = self.entries.iter().map(|entry| entry.subject.saturating_add(1)).max().unwrap_or(0);
        let mut known = vec![None; subjects];
        for (place, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.by(by)) {
            if let Some(last) = known.get_mut(entry.subject) {
                *last = Some(place);
            }
        }
        Known(known)
    }

    /// The cases as they were known by the end of a day: what reading with
    /// [`ReadOptions::known_by`](super::ReadOptions::known_by) gives.
    pub fn known_by(&self, program: &Program, by: Day) -> Input {
        let Known(known) = self.known(by);
        let kept = known.iter().flatten().filter_map(|place| self.entries.get(*place)?.kept.clone());
        let (cases, mut diagnostics, bad) = cases::gather(program, kept.collect());
        let latest = cases.iter().filter_map(|case| case.events.last()).map(|event| event.date).max();
        let read = self.entries.iter().filter(|entry| entry.by(by)).filter_map(|entry| entry.date).max();
        diagnostics.extend(self.diagnostics.iter().cloned());
        sort(&mut diagnostics);
        Input {
            history: History { cases, pool: self.pool.clone() },
            diagnostics,
            latest_date: latest.or(read),
            bad_lines: self.bad_lines.saturating_add(bad),
            lines: self.lines,
            // A ledger is of one ruleset: nothing is declared elsewhere.
            passed_over: BTreeMap::new(),
        }
    }

    /// One case made of the lines named, in the order of what they speak of.
    pub(crate) fn case(&self, program: &Program, id: &str, lines: &[usize]) -> Option<Case> {
        let entries = lines.iter().filter_map(|place| self.entries.get(*place)?.kept.as_ref());
        let own = entries.filter(|kept| kept.case == id).cloned().collect();
        cases::gather(program, own).0.into_iter().next()
    }

    /// The subject of each line by where it stands.
    pub(crate) fn subjects(&self) -> HashMap<Span, usize> {
        self.entries.iter().map(|entry| (entry.span, entry.subject)).collect()
    }
}

/// What lines say of the days on which they were entered.
#[derive(Debug, Default)]
pub(crate) struct EntryDays {
    /// Lines that carry `known`.
    stated: usize,
    /// Lines that replace another and do not carry it, and the first of them.
    corrections: (usize, Option<Span>),
    /// The date of the first line.
    first: Option<Span>,
}

impl EntryDays {
    pub(crate) fn heard(&mut self, date: Span, stated: bool, replaces: Option<Span>) {
        self.first = self.first.or(Some(date));
        if stated {
            self.stated = self.stated.saturating_add(1);
        } else if replaces.is_some() {
            let (count, first) = self.corrections;
            self.corrections = (count.saturating_add(1), first.or(replaces));
        }
    }

    /// What to say to somebody who asks what was known on a day.
    pub(crate) fn said(&self) -> Option<Diagnostic> {
        match (self.corrections, self.stated, self.first) {
            ((count, Some(at)), ..) => Some(clocks::correction_without_day(count, at)),
            (_, 0, Some(first)) => Some(clocks::no_entry_days(first)),
            _ => None,
        }
    }
}
