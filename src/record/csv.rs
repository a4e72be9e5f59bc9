//! CSV cut into records and cells, with the place of each cell.
//!
//! Cells are cut here rather than by a library because a diagnostic underlines the very cell. A cell may stand in
//! double quotes, with a doubled quote inside for one; it may then hold separators and line breaks. A quote that is not
//! closed within the longest line there may be is never closed.

use std::borrow::Cow;

use super::line::MAX_LINE_BYTES;
use super::place::Piece;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// What it says, without quotes.
    pub text: Cow<'a, str>,
    /// Its first byte in the text, quotes left out.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// A record: a line, or several when a quoted cell has line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte, the line break left out.
    pub end: usize,
    /// Its cells, or where the quote stands that is never closed or that something follows.
    pub cells: Result<Vec<Cell<'a>>, usize>,
}

/// The separator of a text: semicolon when its first line has more of them outside quotes than commas.
pub(super) fn separator(text: &str) -> char {
    let (mut commas, mut semicolons, mut quoted) = (0_usize, 0_usize, false);
    for letter in text.trim_start().chars().take_while(|letter| !matches!(letter, '\n' | '\r')) {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => commas = commas.saturating_add(1),
            ';' if !quoted => semicolons = semicolons.saturating_add(1),
            _ => {}
        }
    }
    if semicolons > commas { ';' } else { ',' }
}

/// The records of a text; lines with nothing in them are passed over.
pub(super) fn records<'a>(text: Piece<'a>, separator: char) -> Records<'a> {
    Records { text: text.text, separator, at: 0, limit: 0 }
}

impl Records<'_> {
    /// Where the next record, or an empty line before it, begins.
    pub fn at(&self) -> usize {
        self.at
    }
}

/// Walks through the records of a text.
pub(super) struct Records<'a> {
    text: &'a str,
    separator: char,
    at: usize,
    /// Where a quote of the record must have been closed.
    limit: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let line = rest.split_inclusive('\n').next().unwrap_or(rest);
            if !line.trim().is_empty() {
                break;
            }
            self.at = self.at.saturating_add(line.len());
        }
        let start = self.at;
        self.limit = start.saturating_add(MAX_LINE_BYTES);
        let mut cells = Vec::new();
        let fault = loop {
            match self.cell() {
                Ok((cell, last)) => {
                    cells.push(cell);
                    if last {
                        break None;
                    }
                }
                Err(at) => {
                    // What a broken quote holds cannot be known: the record ends with its line.
                    let rest = self.text.get(at..).unwrap_or("");
                    self.at = at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
                    break Some(at);
                }
            }
        };
        let end = start
            .saturating_add(self.text.get(start..self.at).unwrap_or("").trim_end_matches(['\r', '\n']).len());
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with('\n')) {
            self.at = self.at.saturating_add(1);
        }
        Some(Record { start, end, cells: fault.map_or(Ok(cells), Err) })
    }
}

impl<'a> Records<'a> {
    /// The next cell, and whether it is the last one of its record. Stands before the line break after the last.
    fn cell(&mut self) -> Result<(Cell<'a>, bool), usize> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let before = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t']).len());
        let open = self.at.saturating_add(before);
        let Some(inner) = rest.get(before..).and_then(|rest| rest.strip_prefix('"')) else {
            let length = rest.find([self.separator, '\n']).unwrap_or(rest.len());
            let raw = rest.get(..length).unwrap_or("");
            let text = raw.trim();
            let from = self.at.saturating_add(raw.len().saturating_sub(raw.trim_start().len()));
            self.at = self.at.saturating_add(length);
            let last = self.pass_separator();
            return Ok((
                Cell { text: Cow::Borrowed(text), start: from, end: from.saturating_add(text.len()) },
                last,
            ));
        };
        let start = open.saturating_add(1);
        let close = closing_quote(inner, self.limit.saturating_sub(start)).ok_or(open)?;
        let raw = inner.get(..close).unwrap_or("");
        let end = start.saturating_add(close);
        let text = if raw.contains('"') { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) };
        let after = inner.get(close.saturating_add(1)..).unwrap_or("");
        let spaces = after.len().saturating_sub(after.trim_start_matches([' ', '\t', '\r']).len());
        self.at = end.saturating_add(1).saturating_add(spaces);
        let follows = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        if follows.is_some_and(|letter| letter != self.separator && letter != '\n') {
            return Err(open);
        }
        let last = self.pass_separator();
        Ok((Cell { text, start, end }, last))
    }

    /// Passes the separator; true when there is none, so that the record ends here.
    fn pass_separator(&mut self) -> bool {
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(self.separator));
        if found {
            self.at = self.at.saturating_add(self.separator.len_utf8());
        }
        !found
    }
}

/// Where the quote stands that ends a quoted cell: the first one that is not doubled, within so many bytes.
fn closing_quote(inner: &str, within: usize) -> Option<usize> {
    let mut bytes = inner.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next().filter(|(at, _)| *at < within) {
        if byte == b'"' && bytes.next_if(|(_, next)| *next == b'"').is_none() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use proptest::prelude::*;

    fn cut(text: &str, separator: char) -> Vec<Result<Vec<String>, usize>> {
        let piece = Piece { source: SourceId(0), start: 0, text };
        records(piece, separator)
            .map(|record| {
                record.cells.map(|cells| cells.into_iter().map(|cell| cell.text.into_owned()).collect())
            })
            .collect()
    }

    fn row(cells: &[&str]) -> Result<Vec<String>, usize> {
        Ok(cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn cells_are_cut_and_unquoted() {
        assert_eq!(
            cut("a,b\r\n\r\n1, \"x, \"\"y\"\"\" ,\n", ','),
            [row(&["a", "b"]), row(&["1", "x, \"y\"", ""])]
        );
        assert_eq!(cut("a;\"två\nrader\";c", ';'), [row(&["a", "två\nrader", "c"])]);
        assert_eq!(cut("a,\n,b", ','), [row(&["a", ""]), row(&["", "b"])]);
    }

    #[test]
    fn a_broken_quote_costs_its_line_only() {
        assert_eq!(cut("a,\"b\nc,d", ','), [Err(2), row(&["c", "d"])]);
        assert_eq!(cut("\"a\"b,c\nd", ','), [Err(0), row(&["d"])]);
    }

    #[test]
    fn the_separator_is_seen_in_the_first_line() {
        assert_eq!(separator("case;event;date\n1,2,3,4,5"), ';');
        assert_eq!(separator("case,\"a;b;c\",date"), ',');
        assert_eq!(separator("event"), ',');
    }

    proptest! {
        #[test]
        fn any_text_is_cut_to_its_end(text: String) {
            let piece = Piece { source: SourceId(0), start: 0, text: &text };
            for record in records(piece, separator(&text)) {
                prop_assert!(record.start < record.end && record.end <= text.len());
                for cell in record.cells.unwrap_or_default() {
                    prop_assert!(text.get(cell.start..cell.end).is_some());
                }
            }
        }

        #[test]
        fn quoted_cells_are_read_back(cells in proptest::collection::vec("[a-zåäö\", ;\n]*", 1..5)) {
            let line: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            prop_assert_eq!(cut(&line.join(","), ','), vec![Ok(cells)]);
        }
    }
}
