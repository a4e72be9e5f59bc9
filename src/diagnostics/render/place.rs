//! Places made fit to be drawn: inside their text, on whole characters, never on nothing at its end.

use std::ops::Range;

use crate::source::{Position, Source, Sources, Span};

/// A place in a text as people and programs name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The name of the text.
    pub file: &'a str,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the first character after it.
    pub end: Position,
    /// The first byte.
    pub start_byte: usize,
    /// One past the last byte.
    pub end_byte: usize,
    /// The words themselves.
    pub text: &'a str,
    /// The whole line on which it begins.
    pub line: &'a str,
}

/// A place in one of the texts; nothing when there is no such text.
pub fn place(span: Span, sources: &Sources) -> Option<Place<'_>> {
    let source = sources.get(span.source)?;
    let range = fit(source, span);
    let start = source.position(number(range.start));
    Some(Place {
        file: source.name(),
        start,
        end: source.position(number(range.end)),
        start_byte: range.start.saturating_add(source.bytes_before()),
        end_byte: range.end.saturating_add(source.bytes_before()),
        text: source.text().get(range.clone()).unwrap_or(""),
        line: source.line(start.line),
    })
}

/// The bytes of a span, moved to whole characters within its text. White space that a span of several lines swallowed
/// at its end is given back, and a place after all words is put on the last character that can be seen.
pub(super) fn fit(source: &Source, span: Span) -> Range<usize> {
    let text = source.text();
    let start = floor(text, span.start as usize);
    let end = ceil(text, (span.end as usize).max(start)).max(start);
    let words = text.get(start..end).unwrap_or("");
    let seen = words.trim_end();
    if !seen.is_empty() {
        let end = if words.contains('\n') { start.saturating_add(seen.len()) } else { end };
        return start..end;
    }
    if text.get(start..).is_some_and(|rest| rest.trim().is_empty()) {
        let seen = text.trim_end();
        if let Some((at, last)) = seen.char_indices().next_back() {
            return at..at.saturating_add(last.len_utf8());
        }
        return 0..0;
    }
    start..end
}

/// The beginning of the character that holds a byte, or the text's end.
fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

/// The byte, or the end of the character that it would cut in two.
fn ceil(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_add(1);
    }
    at
}

fn number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
