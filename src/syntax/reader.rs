//! Reads slice after slice, and puts together what they hold.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use pest::Parser;
use pest::error::Error;

use super::grammar::{FristParser, Rule};
use super::known::{Known, Words};
use super::limits::too_deep;
use super::lower::{Lowering, Place};
use super::slices::Slice;
use super::tree::{Item, move_to};
use super::{Means, expectation, layout, words};
use crate::Language;
use crate::diagnostics::{Diagnostic, syntax};

/// So many bytes of items are worth a thread.
const WORTH_A_THREAD: usize = 1 << 16;

/// The room for calls that a thread has: as much as a program's own has nearly everywhere, so that what lies too deep for
/// one does for the other.
const STACK_BYTES: usize = 8 << 20;

/// What a reader works on.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub place: Place<'a>,
    /// The text as it was given.
    pub given: &'a Arc<str>,
    pub language: Language,
}

/// Items, and what is wrong with others.
#[derive(Default)]
pub(super) struct Read {
    pub items: Vec<Arc<Item>>,
    pub found: Vec<Diagnostic>,
}

impl Read {
    fn add(&mut self, mut more: Read) {
        self.items.append(&mut more.items);
        self.found.append(&mut more.found);
    }
}

impl<'a> Reader<'a> {
    fn text(&self, range: Range<usize>) -> &'a str {
        self.place.normal.text.get(range).unwrap_or("")
    }

    /// Reads the slices of a file. One that begins with a clause belongs to the one before it and is read with it.
    pub fn slices(&self, slices: Vec<Slice>, means: &mut Means<'_>) -> Read {
        let mut read = Read::default();
        let mut whole: Vec<Range<usize>> = Vec::new();
        for slice in slices {
            let text = self.text(slice.range.clone());
            let item = words::leading(text, words::ITEMS);
            match layout::misplaced(text, &slice, item) {
                Some((length, how)) => {
                    let from = slice.range.start;
                    let word = text.get(..length).unwrap_or("");
                    let span = self.place.later(from).span(0, length);
                    read.found.push(syntax::misplaced_line(span, word, how));
                    match whole.last_mut() {
                        Some(last) if how == syntax::Misplaced::Clause => last.end = slice.range.end,
                        _ if how == syntax::Misplaced::IndentedItem => whole.push(slice.range),
                        _ => {}
                    }
                }
                None if item.is_none() => {
                    let place = self.place.later(slice.range.start);
                    read.found.push(layout::unknown_item(text, place, self.language));
                }
                None => whole.push(slice.range),
            }
        }
        let mut todo: Vec<(Range<usize>, Option<Read>)> = Vec::new();
        for range in whole {
            let item = means.known.as_mut().and_then(|known| self.known(known, range.clone()));
            todo.push((range, item.map(|item| Read { items: vec![item], found: Vec::new() })));
        }
        self.items(&mut todo, means.threads);
        for (range, done) in todo {
            let done = done.unwrap_or_default();
            if let Some(known) = &mut means.known
                && let ([item], []) = (done.items.as_slice(), done.found.as_slice())
            {
                known.keep(self.language, self.words(range), Arc::clone(item));
            }
            read.add(done);
        }
        read
    }

    /// The words of a part as they were given, and where they stand.
    fn words(&self, range: Range<usize>) -> Words {
        let span = self.place.span(range.start, range.end);
        Words { text: Arc::clone(self.given), span }
    }

    /// The item that stood in the same words in an earlier reading, moved here.
    fn known(&self, known: &mut Known, range: Range<usize>) -> Option<Arc<Item>> {
        let words = self.words(range);
        let mut item = known.take(self.language, &words)?;
        move_to(&mut item, words.span);
        Some(item)
    }

    /// Reads the items that are not there yet, on some threads.
    fn items(&self, todo: &mut [(Range<usize>, Option<Read>)], threads: usize) {
        let left: Vec<_> = todo.iter_mut().filter(|(_, done)| done.is_none()).collect();
        let bytes: usize = left.iter().map(|(range, _)| range.len()).sum();
        let threads = threads.min(bytes.checked_div(WORTH_A_THREAD).unwrap_or(0));
        let left = Mutex::new(left.into_iter());
        let work = || {
            while let Some((range, done)) = next(&left) {
                *done = Some(self.item(range.clone()));
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                // Where there is no thread to be had, this one does all.
                let _ = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
            }
            work();
        });
    }

    /// Reads one item. Items that are only indented are found inside it, reported, and read by themselves.
    fn item(&self, range: Range<usize>) -> Read {
        let mut read = Read::default();
        if let Some(diagnostic) = too_deep(self.text(range.clone()), self.place.later(range.start)) {
            read.found.push(diagnostic);
            return read;
        }
        let mut start = range.start;
        while let Err(error) = self.one(start..range.end, &mut read) {
            let text = self.text(start..range.end);
            let place = self.place.later(start);
            let Some((at, word)) = layout::indented_item(text, &error).filter(|(at, _)| *at > 0) else {
                read.found.push(expectation::explain(text, place, self.language, &error));
                break;
            };
            let span = place.span(at, at.saturating_add(word.len()));
            read.found.push(syntax::misplaced_line(span, word, syntax::Misplaced::IndentedItem));
            let end = start.saturating_add(at);
            if let Err(error) = self.one(start..end, &mut read) {
                let before = self.text(start..end);
                read.found.push(expectation::explain(before, place, self.language, &error));
            }
            start = end;
        }
        read
    }

    /// Reads a text that the grammar takes for one item.
    fn one(&self, range: Range<usize>, read: &mut Read) -> Result<(), Error<Rule>> {
        let mut pairs = FristParser::parse(Rule::one_item, self.text(range.clone()))?;
        let mut lowering = Lowering::new(self.place.later(range.start), self.language);
        let item = pairs.next().and_then(|whole| whole.into_inner().next());
        if let Some(Ok(item)) = item.map(|pair| lowering.item(pair)) {
            read.items.push(Arc::new(item));
        }
        read.found.append(&mut lowering.found);
        Ok(())
    }
}

/// The next of what several take from.
fn next<T>(left: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    left.lock().unwrap_or_else(PoisonError::into_inner).next()
}
