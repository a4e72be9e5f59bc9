//! Lines taken in one by one: each takes its place among those before it, or that of the line it corrects.

use std::collections::HashMap;

use super::cases::{self, Kept};
use super::ledger::{Entered, EntryDays, Ledger};
use super::line::Line;
use super::read::{Input, ReadOptions, TakesLines};
use super::reading::{NamedAt, Reading};
use crate::diagnostics::{Diagnostic, events, sort};
use crate::program::Program;
use crate::run::History;
use crate::source::Span;
use crate::time::Day;

/// Takes lines in.
pub(super) struct Intake<'p> {
    reading: Reading<'p>,
    /// The lines that count, in input order; a correction stands where the line it corrects stood.
    slots: Vec<Option<Kept>>,
    /// The slot of each id, and where the id stands.
    ids: HashMap<String, (usize, Span)>,
    /// All lines that could be read, when they are asked for.
    ledger: Option<Vec<Entered>>,
    entry_days: EntryDays,
    latest_read: Option<Day>,
    bad_lines: usize,
    lines: usize,
}

impl<'p> TakesLines<'p> for Intake<'p> {
    fn reading(&mut self) -> &mut Reading<'p> {
        &mut self.reading
    }

    fn goes_on(&self) -> bool {
        !(self.reading.options.strict && self.bad_lines > 0)
    }

    fn bad(&mut self, diagnostic: Option<Diagnostic>) {
        self.lines = self.lines.saturating_add(1);
        self.bad_lines = self.bad_lines.saturating_add(1);
        self.reading.diagnostics.extend(diagnostic);
    }

    fn take(&mut self, line: &Line<'_, '_>) {
        self.lines = self.lines.saturating_add(1);
        let before = self.reading.diagnostics.len();
        let entered = self.enter(line);
        let counts = self.reading.options.known_by.is_none_or(|by| entered.by(by));
        if counts {
            self.latest_read = self.latest_read.max(entered.date);
        }
        if self.reading.diagnostics.len() > before {
            self.bad_lines = self.bad_lines.saturating_add(1);
        } else if let Some(ledger) = &mut self.ledger {
            ledger.push(entered);
        } else if let (true, Some(place)) = (counts, self.slots.get_mut(entered.subject)) {
            *place = entered.kept;
        }
    }
}

impl<'p> Intake<'p> {
    pub fn new(program: &'p Program, options: &'p ReadOptions) -> Intake<'p> {
        Intake {
            reading: Reading::new(program, options),
            slots: Vec::new(),
            ids: HashMap::new(),
            ledger: None,
            entry_days: EntryDays::default(),
            latest_read: None,
            bad_lines: 0,
            lines: 0,
        }
    }

    /// Takes lines in for a ledger: all of them are kept, whenever they were entered.
    pub fn for_ledger(program: &'p Program, options: &'p ReadOptions) -> Intake<'p> {
        Intake { ledger: Some(Vec::new()), ..Intake::new(program, options) }
    }

    /// What a line says, and of what. Anything wrong with it is among the diagnostics.
    fn enter(&mut self, line: &Line<'_, '_>) -> Entered {
        let said = self.reading.line(line);
        let (at, on, replaces) = (said.date_place(), said.entered(), said.replaces);
        let replaced = replaces.as_ref().map(|(_, span)| *span);
        self.entry_days.heard(at, said.known_stated, replaced);
        Entered {
            subject: self.slot(said.id, replaces.as_ref()),
            span: line.span,
            on: on.map(|(day, _)| day),
            on_span: on.map(|(_, span)| span),
            date: said.date.map(|(day, _)| day),
            replaces: replaced,
            kept: said.kept,
        }
    }

    /// The slot a line goes into: that of the line it replaces, or a new one. Its id will name that slot.
    fn slot(&mut self, id: Option<NamedAt<'_>>, replaces: Option<&NamedAt<'_>>) -> usize {
        let replaced = replaces.and_then(|(replaced, at)| match self.ids.get(replaced.as_ref()) {
            Some((slot, _)) => Some(*slot),
            None => {
                let mut known: Vec<&str> = self.ids.keys().map(String::as_str).collect();
                known.sort_unstable();
                self.reading.diagnostics.push(events::unknown_id(replaced, *at, known));
                None
            }
        });
        let slot = replaced.unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len().saturating_sub(1)
        });
        if let Some((id, at)) = id {
            match self.ids.get(id.as_ref()) {
                // A correction may keep the id of what it corrects.
                Some((taken, first)) if *taken != slot => {
                    self.reading.diagnostics.push(events::id_taken(&id, at, *first));
                }
                _ => {
                    self.ids.insert(id.into_owned(), (slot, at));
                }
            }
        }
        slot
    }

    /// Puts the cases together.
    pub fn finish(self) -> Input {
        let Intake { mut reading, slots, entry_days, latest_read, bad_lines, lines, .. } = self;
        let program = reading.program;
        let mut diagnostics = std::mem::take(&mut reading.diagnostics);
        if reading.options.known_by.is_some() {
            diagnostics.extend(entry_days.said());
        }
        let kept: Vec<Kept> = slots.into_iter().flatten().collect();
        let (cases, mut found, bad) = cases::gather(program, kept);
        // A case's events are in the order of their days.
        let latest = cases.iter().filter_map(|case| case.events.last()).map(|event| event.date).max();
        diagnostics.append(&mut found);
        sort(&mut diagnostics);
        let passed_over = std::mem::take(&mut reading.passed_over);
        Input {
            history: History { cases, pool: reading.into_pool() },
            diagnostics,
            // With every line withdrawn, the days of the lines read are all there is to go by.
            latest_date: latest.or(latest_read),
            bad_lines: bad_lines.saturating_add(bad),
            lines,
            passed_over,
        }
    }

    /// Gives what a ledger holds.
    pub fn into_ledger(self) -> Ledger {
        let Intake { mut reading, ledger, entry_days, bad_lines, lines, .. } = self;
        let mut diagnostics = std::mem::take(&mut reading.diagnostics);
        diagnostics.extend(entry_days.said());
        Ledger::new(ledger.unwrap_or_default(), reading.into_pool(), diagnostics, (bad_lines, lines))
    }
}
