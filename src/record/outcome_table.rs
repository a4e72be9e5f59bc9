//! Outcomes as CSV (RFC 4180): one row for each, one column for each key of the interface.

use std::borrow::Cow;

use super::json::{self, Shape};
use super::line::{Entry, Given};
use super::place::Piece;
use crate::source::SourceId;

/// The columns. A key of an object within an outcome follows the object's name: `trigger_date`, `citation_anchor`.
pub const OUTCOME_COLUMNS: [&str; 62] = [
    "case",
    "ruleset",
    "ruleset_version",
    "rule",
    "branch",
    "trigger_event",
    "trigger_date",
    "trigger_line",
    "trigger_always",
    "trigger_calendar",
    "trigger_fact",
    "fired",
    "kind",
    "subject",
    "of",
    "role",
    "action",
    "to",
    "value",
    "amount",
    "unit",
    "per",
    "part",
    "whole",
    "members",
    "from",
    "until",
    "on",
    "by",
    "not_before",
    "before",
    "every",
    "times",
    "pace",
    "status",
    "fulfilled_on",
    "soft",
    "missed",
    "reasons",
    "text",
    "missing",
    "needs",
    "rules",
    "claims",
    "citation_source",
    "citation_section",
    "citation_anchor",
    "citation_number",
    "yielded",
    "moved_from",
    "moved_because",
    "no_change",
    "retroactive",
    "superseded_by_rule",
    "superseded_by_day",
    "assumes",
    "same_day_order",
    "version",
    "readings",
    "citations",
    "revision_overdue_since",
    "missed_on",
];

/// Writes the header.
pub fn write_outcome_header(out: &mut Vec<u8>) {
    out.extend_from_slice(OUTCOME_COLUMNS.join(",").as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// Writes an outcome that was written as a line of JSON as a row. Texts, numbers and days stand as they are, `true` as
/// `true`, lists as JSON; a key without a value is an empty cell.
pub fn write_outcome_row(line: &str, out: &mut Vec<u8>) {
    let cells = outcome_cells(line);
    for (number, column) in OUTCOME_COLUMNS.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        if let Some((_, text)) = cells.iter().find(|(name, _)| name == column) {
            cell(text, out);
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// The cells of an outcome that was written as a line of JSON, each with its column: texts without their marks, anything else
/// as JSON.
pub(crate) fn outcome_cells(line: &str) -> Vec<(String, Cow<'_, str>)> {
    let mut cells = Vec::new();
    collect("", line, &mut cells);
    cells
}

/// The cells of an object, and of the objects in it.
fn collect<'l>(prefix: &str, line: &'l str, cells: &mut Vec<(String, Cow<'l, str>)>) {
    let mut entries: Vec<Entry<'l>> = Vec::new();
    // What was just written is JSON.
    let _ = json::object(Piece { source: SourceId(0), start: 0, text: line }, &mut entries);
    for Entry { name, value, .. } in entries {
        let Given::Json(raw) = value else { continue };
        let name = format!("{prefix}{name}");
        match json::shape(raw) {
            Shape::Object => collect(&format!("{name}_"), raw, cells),
            Shape::Text => cells.push((name, json::letters(raw).unwrap_or(Cow::Borrowed(raw)))),
            _ => cells.push((name, Cow::Borrowed(raw))),
        }
    }
}

fn cell(text: &str, out: &mut Vec<u8>) {
    if !text.contains(['"', ',', '\r', '\n']) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_a_row() {
        let mut out = Vec::new();
        write_outcome_header(&mut out);
        let columns = String::from_utf8(std::mem::take(&mut out)).unwrap();
        let line = r#"{"case":"a, \"b\"","trigger":{"event":"e","line":3},"soft":true,"missed":["2025-01"],"amount":12.5}"#;
        write_outcome_row(line, &mut out);
        let row = String::from_utf8(out).unwrap();
        let cells = |text: &str| -> Vec<String> {
            let piece = Piece { source: SourceId(0), start: 0, text };
            let record = super::super::csv::records(piece, ',').next().unwrap();
            record.cells.unwrap().into_iter().map(|cell| cell.text.into_owned()).collect()
        };
        let (columns, row) = (cells(&columns), cells(&row));
        let filled: Vec<(&str, &str)> = columns
            .iter()
            .zip(&row)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column.as_str(), cell.as_str()))
            .collect();
        assert_eq!(
            filled,
            [
                ("case", "a, \"b\""),
                ("trigger_event", "e"),
                ("trigger_line", "3"),
                ("amount", "12.5"),
                ("soft", "true"),
                ("missed", "[\"2025-01\"]")
            ]
        );
    }
}
