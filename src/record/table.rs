//! CSV with a header: the columns once, then row by row.

use super::csv;
use super::expected::Form;
use super::line::{Entry, Given, Header, Line};
use super::place::Piece;
use super::read::{LineNumbers, TakesLines, too_long};
use super::reading::KEYS;
use super::typed::nfc;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, events};
use crate::program::Program;
use crate::source::Span;

/// A table: how it is cut, and its columns.
#[derive(Debug)]
pub(crate) struct Table {
    separator: char,
    columns: Vec<Column>,
    header: Span,
}

/// A column of a table.
#[derive(Debug)]
struct Column {
    name: String,
    span: Span,
    /// Nothing declares it: lines with something in it are left out, and the header has been reported.
    unknown: bool,
}

/// Reads a whole table.
pub(super) fn read<'p>(taker: &mut impl TakesLines<'p>, text: Piece<'_>) {
    let (table, after) = Table::headed(taker, text);
    if let Some(table) = table {
        let piece = text.text.get(after..).unwrap_or("");
        let first = LineNumbers::default().at(text.text, after);
        let rows = Piece { source: text.source, start: text.start.saturating_add(after), text: piece };
        table.rows(taker, rows, first, piece.len());
    }
}

impl Table {
    /// Reads the header of a text, and says where the rows begin. Nothing comes of one that is of no use, which has been
    /// reported, or of an empty text.
    pub fn headed<'p>(taker: &mut impl TakesLines<'p>, text: Piece<'_>) -> (Option<Table>, usize) {
        let separator = csv::separator(text.text);
        let mut records = csv::records(text, separator);
        let Some(header) = records.next() else { return (None, text.text.len()) };
        let columns = columns(taker, text, &header);
        let table = columns.map(|columns| Table {
            separator,
            columns,
            header: text.between(header.start, header.end),
        });
        (table, records.at())
    }

    /// Reads the rows that begin before a byte of a text, and says where the next one begins. The text's first line has
    /// a number of its own when others came before.
    pub fn rows<'p>(
        &self,
        taker: &mut impl TakesLines<'p>,
        text: Piece<'_>,
        first: u32,
        before: usize,
    ) -> usize {
        let splits: &'static [char] = if self.separator == ';' { &[';', '|'] } else { &[';'] };
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let header = Some(Header { span: self.header, names: &names });
        let mut records = csv::records(text, self.separator);
        let mut numbers = LineNumbers::from(first);
        let mut entries = Vec::new();
        while records.at() < before && taker.goes_on() {
            let Some(record) = records.next() else { break };
            let number = numbers.at(text.text, record.start);
            if let Some(span) = self.row(taker, text, record, splits, &mut entries) {
                taker.take(&Line { number, span, text: None, entries: &entries, form: Form::Cell, header });
            }
        }
        records.at()
    }

    /// The entries of a row, and where it stands; nothing when it is bad, which has been reported.
    fn row<'a, 'p>(
        &'a self,
        taker: &mut impl TakesLines<'p>,
        text: Piece<'a>,
        record: csv::Record<'a>,
        splits: &'static [char],
        entries: &mut Vec<Entry<'a>>,
    ) -> Option<Span> {
        let span = text.between(record.start, record.end);
        let piece = Piece {
            source: text.source,
            start: text.start.saturating_add(record.start),
            text: text.text.get(record.start..record.end).unwrap_or(""),
        };
        if let Some(fault) = too_long(piece) {
            taker.bad(Some(fault));
            return None;
        }
        let cells = match record.cells {
            Ok(cells) => cells,
            Err(quote) => {
                taker.bad(Some(events::broken_quotes(text.character_at(quote))));
                return None;
            }
        };
        if cells.len() != self.columns.len() {
            let fault = events::cells_and_columns(cells.len(), self.columns.len(), span, self.header);
            taker.bad(Some(fault));
            return None;
        }
        entries.clear();
        let mut has_unknown = false;
        for (cell, column) in cells.into_iter().zip(&self.columns) {
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
            taker.bad(None);
            return None;
        }
        Some(span)
    }
}

/// The columns of a table; nothing when the header is of no use, which has been reported.
fn columns<'p, T: TakesLines<'p>>(
    taker: &mut T,
    text: Piece<'_>,
    header: &csv::Record<'_>,
) -> Option<Vec<Column>> {
    let (program, options) = (taker.reading().program, taker.reading().options);
    let mut columns: Vec<Column> = Vec::new();
    let mut usable = true;
    let mut report = |taker: &mut T, fault: Diagnostic| {
        taker.reading().diagnostics.push(fault);
        usable = false;
    };
    let cells = match &header.cells {
        Ok(cells) => cells.as_slice(),
        Err(quote) => {
            taker.bad(Some(events::broken_quotes(text.character_at(*quote))));
            return None;
        }
    };
    for cell in cells {
        let name = nfc(cell.text.trim()).into_owned();
        let span = text.between(cell.start, cell.end);
        if let Some(first) = columns.iter().find(|column| column.name == name && !name.is_empty()) {
            report(taker, events::repeated_name(&name, span, first.span));
        }
        let known = KEYS.contains(&name.as_str())
            || fields(program).any(|field| field == name)
            || options.elsewhere.names_field(&name);
        let unknown = !known && !name.is_empty() && !options.allow_extra_fields;
        columns.push(Column { name, span, unknown });
    }
    let header_span = text.between(header.start, header.end);
    let has = |key: &str| columns.iter().any(|column| column.name == key);
    let mut needed = vec!["event", "date"];
    if program.municipality_kind().is_none() {
        needed.push("case");
    }
    let missing: Vec<&str> = needed.into_iter().filter(|key| !has(key)).collect();
    for key in &missing {
        // A misspelt key is reported as what stands there.
        if !columns.iter().any(|column| column.unknown && nearest(&column.name, KEYS) == Some(key)) {
            report(taker, events::missing_key(key, header_span, true));
        }
    }
    for column in columns.iter().filter(|column| column.unknown) {
        let near = nearest(&column.name, fields(program).chain(KEYS));
        taker.reading().diagnostics.push(events::unknown_field(&column.name, column.span, None, near));
    }
    if !usable || !missing.is_empty() {
        taker.bad(None);
        return None;
    }
    Some(columns)
}

/// The names of all fields of all events.
fn fields(program: &Program) -> impl Iterator<Item = &str> {
    program.events.iter().flat_map(|event| event.fields.iter().map(|field| field.named.name.as_str()))
}
