//! Event files read into a history.

use std::collections::{BTreeMap, BTreeSet};

use super::expected::Form;
use super::intake::Intake;
use super::json;
use super::ledger::Ledger;
use super::line::{Entry, Line, MAX_LINE_BYTES};
use super::place::Piece;
use super::reading::Reading;
use super::table;
use crate::diagnostics::{Diagnostic, events};
use crate::program::{Event, Program};
use crate::run::History;
use crate::source::{SourceId, Sources};
use crate::time::Day;

/// How event files are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Fields that an event does not have are passed over instead of reported.
    pub allow_extra_fields: bool,
    /// Reading ends at the first bad line.
    pub strict: bool,
    /// Only lines that were known on this day count: those whose `known`, or else `date`, is not later.
    pub known_by: Option<Day>,
    /// What another ruleset declares for which the same lines are meant: it is passed over here, and counted.
    pub elsewhere: Declared,
}

/// Events and their fields, by name.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    events: BTreeMap<String, BTreeSet<String>>,
}

impl Declared {
    /// What a ruleset declares.
    pub fn by(program: &Program) -> Declared {
        let named = |event: &Event| {
            let fields = event.fields.iter().map(|field| field.named.name.clone());
            (event.named.name.clone(), fields.collect())
        };
        Declared { events: program.events.iter().map(named).collect() }
    }

    /// Whether there is such an event.
    pub fn has_event(&self, event: &str) -> bool {
        self.events.contains_key(event)
    }

    /// Whether an event has such a field.
    pub fn has_field(&self, event: &str, field: &str) -> bool {
        self.events.get(event).is_some_and(|fields| fields.contains(field))
    }

    /// Whether any event has such a field.
    pub(super) fn names_field(&self, field: &str) -> bool {
        self.events.values().any(|fields| fields.contains(field))
    }
}

/// What event files held.
#[derive(Clone, Debug)]
pub struct Input {
    /// The cases, and the texts and sets that their values name.
    pub history: History,
    /// What is wrong with the lines that are not in it, in text order; warnings about some that are.
    pub diagnostics: Vec<Diagnostic>,
    /// The latest date among the lines that count.
    pub latest_date: Option<Day>,
    /// How many lines were left out because something is wrong with them.
    pub bad_lines: usize,
    /// How many lines there were, blank ones and headers of tables left out.
    pub lines: usize,
    /// What was passed over because only another ruleset declares it ([`ReadOptions::elsewhere`]): the event, the field
    /// unless the whole event was, and in how many lines.
    pub passed_over: BTreeMap<(String, Option<String>), usize>,
}

/// Reads event files, in order, into one history.
///
/// A text that begins with `[` is a JSON array, one that begins with `{` is JSON Lines whatever it is called, one whose name
/// ends in `.csv` or whose first line is a header is a table, any other is JSON Lines. A bad line is reported with the exact words that are wrong, and left out; the
/// others stand.
pub fn read_events(program: &Program, sources: &Sources, files: &[SourceId], options: &ReadOptions) -> Input {
    let mut intake = Intake::new(program, options);
    take_in(&mut intake, sources, files);
    intake.finish()
}

/// Reads event files, in order, into a ledger: as [`read_events`] does, but all lines are kept, whenever they were
/// entered. [`ReadOptions::known_by`] does not bear on it.
pub fn read_ledger(
    program: &Program,
    sources: &Sources,
    files: &[SourceId],
    options: &ReadOptions,
) -> Ledger {
    let options = ReadOptions { known_by: None, ..options.clone() };
    let mut intake = Intake::for_ledger(program, &options);
    take_in(&mut intake, sources, files);
    intake.into_ledger()
}

/// Who takes lines in.
pub(crate) trait TakesLines<'p> {
    /// What reads each line by itself.
    fn reading(&mut self) -> &mut Reading<'p>;
    /// Whether reading goes on: with `strict` it ends at the first bad line.
    fn goes_on(&self) -> bool;
    /// Notes a line that could not even be taken apart.
    fn bad(&mut self, diagnostic: Option<Diagnostic>);
    /// Takes a line in.
    fn take(&mut self, line: &Line<'_, '_>);
    /// Takes an element of an array in that is like one taken in before; false when it is not, or must be looked at all the
    /// same.
    fn take_alike(&mut self, _number: u32, _element: Piece<'_>) -> bool {
        false
    }
}

/// What a text of events is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextForm {
    /// One JSON object a line.
    Lines,
    /// One JSON array.
    Array,
    /// CSV with a header.
    Table,
}

impl TextForm {
    /// What a text is, by its name and its beginning.
    pub fn of(name: &str, beginning: &str) -> TextForm {
        let begins_with = |letter: char| beginning.trim_start().starts_with(letter);
        if begins_with('[') {
            TextForm::Array
        } else if begins_with('{') {
            // Whatever it is called: the rows of a file of columns come so.
            TextForm::Lines
        } else if is_table(name) || heads_a_table(beginning) {
            TextForm::Table
        } else {
            TextForm::Lines
        }
    }
}

fn take_in(intake: &mut Intake<'_>, sources: &Sources, files: &[SourceId]) {
    for (id, source) in files.iter().filter_map(|id| Some((*id, sources.get(*id)?))) {
        if !intake.goes_on() {
            break;
        }
        let text = Piece { source: id, start: 0, text: source.text() };
        match TextForm::of(source.name(), text.text) {
            TextForm::Array => array(intake, text),
            TextForm::Table => table::read(intake, text),
            TextForm::Lines => lines(intake, text),
        }
    }
}

/// Whether the first line names keys as a header does: a table from standard input has no ending to tell it by.
fn heads_a_table(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or("");
    first.split([',', ';', '\t']).any(|cell| cell.trim().trim_matches('"') == "event")
}

fn is_table(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

/// JSON Lines.
fn lines<'p>(taker: &mut impl TakesLines<'p>, text: Piece<'_>) {
    let mut entries = Vec::new();
    let mut start = text.start;
    for (number, words) in (1..).zip(text.text.split_inclusive('\n')) {
        if taker.goes_on() {
            line(taker, &mut entries, number, Piece { source: text.source, start, text: words });
        }
        start = start.saturating_add(words.len());
    }
}

/// One line of JSON Lines, blank or not.
pub(crate) fn line<'a, 'p>(
    taker: &mut impl TakesLines<'p>,
    entries: &mut Vec<Entry<'a>>,
    number: u32,
    line: Piece<'a>,
) {
    let piece = line.trimmed();
    if !piece.text.is_empty() {
        object(taker, entries, number, piece);
    }
}

/// A JSON array of events.
pub(crate) fn array<'p>(taker: &mut impl TakesLines<'p>, text: Piece<'_>) {
    let (elements, error) = json::array(text);
    let mut entries = Vec::new();
    let mut numbers = LineNumbers::default();
    for piece in elements {
        if taker.goes_on() {
            let number = numbers.at(text.text, piece.start.saturating_sub(text.start));
            if !taker.take_alike(number, piece) {
                object(taker, &mut entries, number, piece);
            }
        }
    }
    if let Some(error) = error.filter(|_| taker.goes_on()) {
        taker.bad(Some(error));
    }
}

/// Counts lines of a text from its beginning on.
#[derive(Debug, Default)]
pub(super) struct LineNumbers {
    before: u32,
    at: usize,
}

impl LineNumbers {
    /// Of a text whose first line has another number than 1.
    pub fn from(first: u32) -> LineNumbers {
        LineNumbers { before: first.saturating_sub(1), at: 0 }
    }

    /// The number of the line that holds a byte. Bytes are asked about in their order.
    pub fn at(&mut self, text: &str, byte: usize) -> u32 {
        let passed = text.as_bytes().get(self.at..byte).unwrap_or_default();
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.before = self.before.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at = self.at.max(byte);
        self.before.saturating_add(1)
    }
}

/// One event written as a JSON object.
fn object<'a, 'p>(
    taker: &mut impl TakesLines<'p>,
    entries: &mut Vec<Entry<'a>>,
    number: u32,
    piece: Piece<'a>,
) {
    if let Some(fault) = too_long(piece) {
        return taker.bad(Some(fault));
    }
    entries.clear();
    match json::object(piece, entries) {
        Ok(()) => {
            let (span, text) = (piece.span(), Some(piece));
            taker.take(&Line { number, span, text, entries, form: Form::Json, header: None });
        }
        Err(fault) => taker.bad(Some(*fault)),
    }
}

/// Long lines are refused before anything looks into them; the label is their first character.
pub(super) fn too_long(piece: Piece<'_>) -> Option<Diagnostic> {
    (piece.text.len() > MAX_LINE_BYTES).then(|| events::line_too_long(piece.character_at(0), MAX_LINE_BYTES))
}
