//! Event files read into a history.

use std::collections::{BTreeMap, BTreeSet};

use super::csv;
use super::expected::Form;
use super::intake::{Intake, KEYS};
use super::json;
use super::ledger::Ledger;
use super::line::{Entry, Given, Header, Line, MAX_LINE_BYTES};
use super::place::Piece;
use super::typed::nfc;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, events};
use crate::program::{Event, Program};
use crate::run::History;
use crate::source::{Source, SourceId, Sources, Span};
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
    fn names_field(&self, field: &str) -> bool {
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
/// A text that begins with `[` is a JSON array, one whose name ends in `.csv` or whose first line is a header is a
/// table, any other is JSON Lines. A bad line is reported with the exact words that are wrong, and left out; the
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

fn take_in(intake: &mut Intake<'_>, sources: &Sources, files: &[SourceId]) {
    for (id, source) in files.iter().filter_map(|id| Some((*id, sources.get(*id)?))) {
        if !intake.goes_on() {
            break;
        }
        let text = Piece { source: id, start: 0, text: source.text() };
        if text.text.trim_start().starts_with('[') {
            array(intake, source, text);
        } else if is_table(source.name()) || heads_a_table(text.text) {
            table(intake, source, text);
        } else {
            lines(intake, text);
        }
    }
}

/// Whether the first line names keys as a header does: a table from standard input has no ending to tell it by.
fn heads_a_table(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or("");
    !first.starts_with('{')
        && first.split([',', ';', '\t']).any(|cell| cell.trim().trim_matches('"') == "event")
}

fn is_table(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

/// JSON Lines.
fn lines(intake: &mut Intake<'_>, text: Piece<'_>) {
    let mut entries = Vec::new();
    let mut start = 0_usize;
    for (number, line) in (1_u32..).zip(text.text.split_inclusive('\n')) {
        let piece = Piece { source: text.source, start, text: line }.trimmed();
        start = start.saturating_add(line.len());
        if !piece.text.is_empty() && intake.goes_on() {
            object(intake, &mut entries, number, piece);
        }
    }
}

/// A JSON array of events.
fn array(intake: &mut Intake<'_>, source: &Source, text: Piece<'_>) {
    let (elements, error) = json::array(text);
    let mut entries = Vec::new();
    for piece in elements {
        if intake.goes_on() {
            let number = source.line_of(piece.span().start);
            object(intake, &mut entries, number, piece);
        }
    }
    if let Some(error) = error.filter(|_| intake.goes_on()) {
        intake.bad(Some(error));
    }
}

/// One event written as a JSON object.
fn object<'a>(intake: &mut Intake<'_>, entries: &mut Vec<Entry<'a>>, number: u32, piece: Piece<'a>) {
    if let Some(fault) = too_long(piece) {
        return intake.bad(Some(fault));
    }
    entries.clear();
    match json::object(piece, entries) {
        Ok(()) => intake.take(&Line { number, span: piece.span(), entries, form: Form::Json, header: None }),
        Err(fault) => intake.bad(Some(*fault)),
    }
}

/// Long lines are refused before anything looks into them; the label is their first character.
fn too_long(piece: Piece<'_>) -> Option<Diagnostic> {
    (piece.text.len() > MAX_LINE_BYTES).then(|| events::line_too_long(piece.character_at(0), MAX_LINE_BYTES))
}

/// A column of a table.
struct Column {
    name: String,
    span: Span,
    /// Nothing declares it: lines with something in it are left out, and the header has been reported.
    unknown: bool,
}

/// CSV with a header.
fn table(intake: &mut Intake<'_>, source: &Source, text: Piece<'_>) {
    let separator = csv::separator(text.text);
    let splits: &'static [char] = if separator == ';' { &[';', '|'] } else { &[';'] };
    let mut records = csv::records(text, separator);
    let Some(header) = records.next() else { return };
    let header_span = text.between(header.start, header.end);
    let Some(columns) = columns(intake, text, &header) else { return };
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let header = Some(Header { span: header_span, names: &names });
    let mut entries = Vec::new();
    for record in records {
        if !intake.goes_on() {
            return;
        }
        let span = text.between(record.start, record.end);
        let piece = Piece {
            source: text.source,
            start: record.start,
            text: text.text.get(record.start..record.end).unwrap_or(""),
        };
        if let Some(fault) = too_long(piece) {
            intake.bad(Some(fault));
            continue;
        }
        let cells = match record.cells {
            Ok(cells) => cells,
            Err(quote) => {
                intake.bad(Some(events::broken_quotes(text.character_at(quote))));
                continue;
            }
        };
        if cells.len() != columns.len() {
            let fault = events::cells_and_columns(cells.len(), columns.len(), span, header_span);
            intake.bad(Some(fault));
            continue;
        }
        entries.clear();
        let mut has_unknown = false;
        for (cell, column) in cells.into_iter().zip(&columns) {
            if cell.text.is_empty() {
                continue;
            }
            if column.unknown {
                has_unknown = true;
                continue;
            }
            let place = text.between(cell.start, cell.end);
            entries.push(Entry {
                name: column.name.as_str().into(),
                // In a table the name stands far away: what is wrong with it on this line is seen at the cell.
                name_span: place,
                value: Given::Cell { text: cell.text, splits },
                span: place,
            });
        }
        if has_unknown {
            intake.bad(None);
            continue;
        }
        let number = source.line_of(span.start);
        intake.take(&Line { number, span, entries: &entries, form: Form::Cell, header });
    }
}

/// The columns of a table; nothing when the header is of no use, which has been reported.
fn columns(intake: &mut Intake<'_>, text: Piece<'_>, header: &csv::Record<'_>) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut usable = true;
    let mut report = |intake: &mut Intake<'_>, fault: Diagnostic| {
        intake.diagnostics.push(fault);
        usable = false;
    };
    let cells = match &header.cells {
        Ok(cells) => cells.as_slice(),
        Err(quote) => {
            intake.bad(Some(events::broken_quotes(text.character_at(*quote))));
            return None;
        }
    };
    for cell in cells {
        let name = nfc(cell.text.trim()).into_owned();
        let span = text.between(cell.start, cell.end);
        if let Some(first) = columns.iter().find(|column| column.name == name && !name.is_empty()) {
            report(intake, events::repeated_name(&name, span, first.span));
        }
        let known = KEYS.contains(&name.as_str())
            || fields(intake.program).any(|field| field == name)
            || intake.options.elsewhere.names_field(&name);
        let unknown = !known && !name.is_empty() && !intake.options.allow_extra_fields;
        columns.push(Column { name, span, unknown });
    }
    let header_span = text.between(header.start, header.end);
    let has = |key: &str| columns.iter().any(|column| column.name == key);
    let mut needed = vec!["event", "date"];
    if intake.program.municipality_kind().is_none() {
        needed.push("case");
    }
    let missing: Vec<&str> = needed.into_iter().filter(|key| !has(key)).collect();
    for key in &missing {
        // A misspelt key is reported as what stands there.
        if !columns.iter().any(|column| column.unknown && nearest(&column.name, KEYS) == Some(key)) {
            report(intake, events::missing_key(key, header_span, true));
        }
    }
    for column in columns.iter().filter(|column| column.unknown) {
        let near = nearest(&column.name, fields(intake.program).chain(KEYS));
        intake.diagnostics.push(events::unknown_field(&column.name, column.span, None, near));
    }
    if !usable || !missing.is_empty() {
        intake.bad(None);
        return None;
    }
    Some(columns)
}

/// The names of all fields of all events.
fn fields(program: &Program) -> impl Iterator<Item = &str> {
    program.events.iter().flat_map(|event| event.fields.iter().map(|field| field.named.name.as_str()))
}
