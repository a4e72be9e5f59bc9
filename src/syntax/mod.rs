//! Text → tree.
//!
//! [`parse`] never fails: it gives the items that can be read and a diagnostic for each that cannot. The way there:
//! `normal` (one form for every letter), `slices` (one slice per item), the grammar in `grammar/*.pest`, `lower` (the
//! tree). When the grammar stops, `layout`, `recovery`, `promises`, `signs` and `habits` look for the cause among the `tokens`
//! around it, and `expectation` says what could have stood there. The vocabulary is in [`words`]. [`format()`] goes the
//! other way.

mod expectation;
mod format;
mod grammar;
mod habits;
mod layout;
pub mod limits;
mod lower;
mod normal;
mod promises;
mod recovery;
mod signs;
mod slices;
mod tokens;
pub mod tree;
pub mod words;

use std::ops::Range;

use pest::Parser;
use pest::error::Error;

use crate::Language;
use crate::diagnostics::{self, Diagnostic, syntax, text};
use crate::source::{SourceId, Sources, Span};
use grammar::{FristParser, Rule};
use limits::{MAX_BRACKETS, MAX_BYTES};
use lower::{Lowering, Place};
use normal::Normal;
use slices::Slice;
use tree::{Comment, File, Item};

pub use format::{format, format_expression};

/// Reads a rule file.
///
/// ```
/// use frist::source::Sources;
/// let mut sources = Sources::default();
/// let id = sources.add("demo.frist", "roll kommunen\nregel r\n  annrs\n");
/// let (file, diagnostics) = frist::syntax::parse(&sources, id);
/// assert_eq!(file.items.len(), 1);
/// assert_eq!(sources.slice(diagnostics[0].span().unwrap()), "annrs");
/// ```
pub fn parse(sources: &Sources, id: SourceId) -> (File, Vec<Diagnostic>) {
    let given = sources.get(id).map_or("", |source| source.text());
    let end = u32::try_from(given.len()).unwrap_or(u32::MAX);
    let span = Span::new(id, 0, end);
    let lines = lines(given);
    let mut file =
        File { language: Language::default(), items: Vec::new(), comments: Vec::new(), lines, span };
    if given.len() > MAX_BYTES {
        let first = given.chars().next().map_or(0, char::len_utf8);
        let first = Span::new(id, 0, u32::try_from(first).unwrap_or(0));
        return (file, vec![text::too_large(first, MAX_BYTES)]);
    }
    let normal = Normal::new(given);
    let place = Place { source: id, normal: &normal, base: 0 };
    let (slices, comments) = slices::cut(&normal.text);
    file.comments = comments
        .into_iter()
        .map(|found| Comment {
            text: normal.text.get(found.range.clone()).unwrap_or("").to_owned(),
            span: place.span(found.range.start, found.range.end),
            trailing: found.trailing,
        })
        .collect();
    file.language = language(&normal.text, &slices);
    let mut reader = Reader { place, language: file.language, items: Vec::new(), found: Vec::new() };
    reader.slices(slices);
    file.items = reader.items;
    let mut found = reader.found;
    diagnostics::sort(&mut found);
    (file, found)
}

/// Where the lines of a text begin.
fn lines(text: &str) -> Vec<u32> {
    let ends = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
    std::iter::once(0).chain(ends).collect()
}

/// The language of the first word that begins an item, or nearly does.
fn language(text: &str, slices: &[Slice]) -> Language {
    let mut nearly = None;
    for slice in slices {
        let item = text.get(slice.range.clone()).unwrap_or("");
        if let Some((word, spelling)) = words::leading(item, words::ITEMS) {
            return nearly.or_else(|| words::language_of(word, spelling)).unwrap_or_default();
        }
        nearly = nearly.or_else(|| layout::nearly_item(item).and_then(|(_, language)| language));
    }
    nearly.unwrap_or_default()
}

/// Too many brackets open at once, if so.
fn too_deep(text: &str, place: Place<'_>) -> Option<Diagnostic> {
    let brackets = text.bytes().filter(|byte| matches!(byte, b'(' | b'{')).count();
    if brackets <= MAX_BRACKETS {
        return None;
    }
    let mut open: usize = 0;
    for token in tokens::tokens(text) {
        match token.text {
            "(" | "{" => open = open.saturating_add(1),
            ")" | "}" => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MAX_BRACKETS {
            return Some(text::too_deep(place.span(token.start, token.end()), MAX_BRACKETS));
        }
    }
    None
}

/// Reads slice after slice.
struct Reader<'a> {
    place: Place<'a>,
    language: Language,
    items: Vec<Item>,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn text(&self, range: Range<usize>) -> &'a str {
        self.place.normal.text.get(range).unwrap_or("")
    }

    /// Reads the slices of a file. One that begins with a clause belongs to the one before it and is read with it.
    fn slices(&mut self, slices: Vec<Slice>) {
        let mut whole: Vec<Range<usize>> = Vec::new();
        for slice in slices {
            let text = self.text(slice.range.clone());
            let item = words::leading(text, words::ITEMS);
            match layout::misplaced(text, &slice, item) {
                Some((length, how)) => {
                    let from = slice.range.start;
                    let word = text.get(..length).unwrap_or("");
                    let span = self.place.later(from).span(0, length);
                    self.found.push(syntax::misplaced_line(span, word, how));
                    match whole.last_mut() {
                        Some(last) if how == syntax::Misplaced::Clause => last.end = slice.range.end,
                        _ if how == syntax::Misplaced::IndentedItem => whole.push(slice.range),
                        _ => {}
                    }
                }
                None if item.is_none() => {
                    let place = self.place.later(slice.range.start);
                    self.found.push(layout::unknown_item(text, place, self.language));
                }
                None => whole.push(slice.range),
            }
        }
        for range in whole {
            self.item(range);
        }
    }

    /// Reads one item. Items that are only indented are found inside it, reported, and read by themselves.
    fn item(&mut self, range: Range<usize>) {
        if let Some(diagnostic) = too_deep(self.text(range.clone()), self.place.later(range.start)) {
            self.found.push(diagnostic);
            return;
        }
        let mut start = range.start;
        while let Err(error) = self.read(start..range.end) {
            let text = self.text(start..range.end);
            let place = self.place.later(start);
            let Some((at, word)) = layout::indented_item(text, &error).filter(|(at, _)| *at > 0) else {
                self.found.push(expectation::explain(text, place, self.language, &error));
                return;
            };
            let span = place.span(at, at.saturating_add(word.len()));
            self.found.push(syntax::misplaced_line(span, word, syntax::Misplaced::IndentedItem));
            let end = start.saturating_add(at);
            if let Err(error) = self.read(start..end) {
                let before = self.text(start..end);
                self.found.push(expectation::explain(before, place, self.language, &error));
            }
            start = end;
        }
    }

    /// Reads a text that the grammar takes for one item.
    fn read(&mut self, range: Range<usize>) -> Result<(), Error<Rule>> {
        let mut pairs = FristParser::parse(Rule::one_item, self.text(range.clone()))?;
        let mut lowering = Lowering::new(self.place.later(range.start), self.language);
        let item = pairs.next().and_then(|whole| whole.into_inner().next());
        if let Some(Ok(item)) = item.map(|pair| lowering.item(pair)) {
            self.items.push(item);
        }
        self.found.append(&mut lowering.found);
        Ok(())
    }
}
