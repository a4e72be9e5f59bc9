//! Text → tree.
//!
//! [`parse`] never fails: it gives the items that can be read and a diagnostic for each that cannot. The way there:
//! `normal` (one form for every letter), `slices` (one slice per item), the grammar in `grammar/*.pest`, `lower` (the
//! tree); `reader` puts it together, and only moves an item that is `known` from an earlier reading. When the grammar stops,
//! `layout`, `recovery`, `promises`, `signs` and `habits` look for the cause among the `tokens` around it, and `expectation`
//! says what could have stood there. The vocabulary is in [`words`]. [`format()`] goes the other way.

mod expectation;
mod format;
mod grammar;
mod habits;
mod known;
mod layout;
pub mod limits;
mod lower;
mod normal;
mod promises;
mod reader;
mod recovery;
mod signs;
mod slices;
mod tokens;
pub mod tree;
pub mod words;

use std::sync::Arc;

use crate::Language;
use crate::diagnostics::{self, Diagnostic, text};
use crate::source::{Source, SourceId, Sources, Span};
use limits::MAX_BYTES;
use lower::Place;
use normal::Normal;
use reader::Reader;
use slices::Slice;
use tree::{Comment, File};

pub use format::{format, format_expression};
pub(crate) use known::Known;

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
    parse_by(sources, id, &mut Means { threads: 1, known: None })
}

/// By what means a rule file is read. They change nothing of what comes out.
#[derive(Debug)]
pub(crate) struct Means<'k> {
    /// On how many threads.
    pub(crate) threads: usize,
    /// The items that were read before, if they are kept.
    pub(crate) known: Option<&'k mut Known>,
}

/// Reads a rule file by some means.
pub(crate) fn parse_by(sources: &Sources, id: SourceId, means: &mut Means<'_>) -> (File, Vec<Diagnostic>) {
    let shared = sources.get(id).map_or_else(|| Arc::from(""), Source::shared_text);
    let given: &str = &shared;
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
    let reader = Reader { place, given: &shared, language: file.language };
    let mut read = reader.slices(slices, means);
    file.items = read.items;
    diagnostics::sort(&mut read.found);
    (file, read.found)
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
