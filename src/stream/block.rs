//! A stretch of an input read line by line: events as bytes, and what is wrong.

use super::kept::{self, Written};
use super::place::{HEADER, HERE, LineAt, Located, Stretch, Told};
use super::runs::RunWriter;
use crate::diagnostics::Diagnostic;
use crate::record::{Alike, Extent, Line, Piece, Reading, TakesLines};
use crate::source::Span;
use crate::time::Day;
use crate::value::Pool;

/// A line of which there is more to be said than its event.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// The lines between the one before it and itself.
    pub before: Passage,
    /// Where its case and its event stand among the bytes of the block; an event of no bytes is none.
    pub case: (usize, usize),
    pub event: (usize, usize),
    /// Where it stands among all inputs.
    pub place: u64,
    /// Its date.
    pub date: Option<Day>,
    /// Whether it was known on the day asked for.
    pub counts: bool,
    /// Whether something is wrong with it, and what.
    pub bad: bool,
    pub told: Vec<Told>,
    /// How it refers to others, and they to it.
    pub marks: Option<Box<Marks>>,
}

/// Lines on end of which there is nothing to be said but their events, which are among the runs of the block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passage {
    /// How many they are.
    pub lines: u64,
    /// The latest of their dates.
    pub latest: Option<Day>,
    /// Where their runs stand, and the name of the last case.
    pub runs: (usize, usize),
    pub last_case: (usize, usize),
}

/// How a line refers to other lines.
#[derive(Debug)]
pub(super) struct Marks {
    pub id: Option<(String, Located)>,
    pub replaces: Option<(String, Located)>,
    /// Where its date stands, and whether it says when it was entered.
    pub date: Located,
    pub known_stated: bool,
}

/// What was read of a block.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Events of lines of which there is no more to be said, case by case.
    pub runs: RunWriter,
    /// The other lines, and what comes after the last of them.
    pub items: Vec<Item>,
    pub rest: Passage,
    /// The cases and events of those lines.
    pub bytes: Vec<u8>,
    /// What is wrong with the header, if one was read.
    pub header: Vec<Told>,
}

/// Reads a block.
pub(super) struct Block<'b, 'p> {
    reading: &'b mut Reading<'p>,
    stretch: Stretch<'b>,
    /// The stretch that holds the header of a table.
    header: Option<Stretch<'b>>,
    read: Read,
    /// The last place asked for, and the number of its line.
    reached: (usize, u32),
    /// The last line found, and where it begins in the stretch: an array of very many events may be one.
    line: Option<(LineAt, u32)>,
}

impl<'b, 'p> Block<'b, 'p> {
    /// Begins a stretch.
    pub fn new(
        reading: &'b mut Reading<'p>,
        stretch: Stretch<'b>,
        header: Option<Stretch<'b>>,
    ) -> Block<'b, 'p> {
        // An event takes fewer bytes than its line.
        let read = Read { runs: RunWriter::with_room(stretch.text.len()), ..Read::default() };
        Block { reading, stretch, header, read, reached: (0, stretch.line), line: None }
    }

    /// What was read.
    pub fn end(mut self) -> Read {
        let rest = self.told(None);
        self.read.header.extend(rest);
        self.read.rest = self.read.end_passage();
        self.read
    }

    /// Takes a line in that is like one that was read before, where the stretch has it from a byte on. Says how many bytes it
    /// takes with its break; nothing when it is not like any, or must be looked at all the same.
    pub fn take_line(&mut self, number: u32, first: usize) -> Option<usize> {
        let text = self.stretch.text.get(first..)?;
        let Stretch { file, position, .. } = self.stretch;
        self.take_like(text, |alike| {
            let Extent { words, line, .. } = alike.extent;
            let position = position.saturating_add(first as u64);
            Located {
                at: LineAt { file, line: number, position, length: line as u32 },
                start: 0,
                end: words as u32,
            }
        })
    }

    /// Takes in what a text begins with when it is like a line that was read before, and can be told where it stands.
    fn take_like(&mut self, text: &[u8], place: impl FnOnce(&Alike<'_>) -> Located) -> Option<usize> {
        // Who asks what was known when must be told of every line's days.
        if self.reading.options.known_by.is_some() || !self.reading.diagnostics.is_empty() {
            return None;
        }
        let alike = self.reading.alike(text)?;
        let written = Written::alike(&alike, place(&alike));
        self.read.add(alike.case, &written, alike.pool);
        Some(alike.extent.end)
    }

    /// Takes in a line of which there is more to be said.
    fn push(&mut self, item: Item) {
        let before = self.read.end_passage();
        self.read.items.push(Item { before, ..item });
    }

    /// What was found to be wrong since this was last asked.
    fn told(&mut self, line: Option<(LineAt, u32)>) -> Vec<Told> {
        let found = std::mem::take(&mut self.reading.diagnostics);
        found.into_iter().map(|diagnostic| self.locate_all(diagnostic, line)).collect()
    }

    fn locate_all(&mut self, diagnostic: Diagnostic, line: Option<(LineAt, u32)>) -> Told {
        let places = diagnostic.labels.iter().map(|label| self.locate(label.span, line)).collect();
        Told { diagnostic, places }
    }

    /// The line that holds a span.
    fn line(&mut self, span: Span, number: u32) -> (LineAt, u32) {
        let holds = |(at, first): &(LineAt, u32)| {
            at.line == number && *first <= span.start && span.end <= first.saturating_add(at.length)
        };
        let known = self.line.filter(holds);
        let line = known.unwrap_or_else(|| self.stretch.line(span.start as usize, span.end as usize, number));
        self.line = Some(line);
        line
    }

    /// Where a span stands; probably on the line given, which begins at a byte of the stretch.
    fn locate(&mut self, span: Span, line: Option<(LineAt, u32)>) -> Option<Located> {
        if span.source == HEADER {
            return self.header.map(|header| header.locate(span));
        }
        if span.source != HERE {
            return None;
        }
        if let Some((at, first)) = line
            && first <= span.start
            && span.end <= first.saturating_add(at.length)
        {
            return Some(Located {
                at,
                start: span.start.saturating_sub(first),
                end: span.end.saturating_sub(first),
            });
        }
        let (start, (reached, number)) = (span.start as usize, self.reached);
        let Some(passed) = self.stretch.text.get(reached..start) else {
            return Some(self.stretch.locate(span));
        };
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.reached = (start, number.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)));
        let (at, first) = self.line(span, self.reached.1);
        Some(Located { at, start: span.start.saturating_sub(first), end: span.end.saturating_sub(first) })
    }
}

impl<'p> TakesLines<'p> for Block<'_, 'p> {
    fn reading(&mut self) -> &mut Reading<'p> {
        self.reading
    }

    fn goes_on(&self) -> bool {
        // With `strict`, whoever puts the blocks together stops at the first bad line.
        true
    }

    fn bad(&mut self, diagnostic: Option<Diagnostic>) {
        let mut told = if self.read.items.is_empty() {
            let before = self.told(None);
            self.read.header.extend(before);
            Vec::new()
        } else {
            self.told(None)
        };
        let place = diagnostic.map(|diagnostic| self.locate_all(diagnostic, None));
        told.extend(place);
        self.push(Item { bad: true, told, ..Item::default() });
    }

    fn take(&mut self, line: &Line<'_, '_>) {
        if !self.reading.diagnostics.is_empty() {
            let before = self.told(None);
            self.read.header.extend(before);
        }
        let said = self.reading.line(line);
        let known_by = self.reading.options.known_by;
        let here = self.line(line.span, line.number);
        let (at, first) = here;
        let mut item = Item {
            place: at.place(line.span.start.saturating_sub(first)),
            date: said.date.map(|(day, _)| day),
            counts: said.known_by(known_by),
            ..Item::default()
        };
        if said.id.is_some() || said.replaces.is_some() || known_by.is_some() {
            let located = |span: Span| Located {
                at,
                start: span.start.saturating_sub(first),
                end: span.end.saturating_sub(first),
            };
            let mark = |named: &Option<crate::record::NamedAt<'_>>| {
                named.as_ref().map(|(name, span)| (name.clone().into_owned(), located(*span)))
            };
            item.marks = Some(Box::new(Marks {
                id: mark(&said.id),
                replaces: mark(&said.replaces),
                date: located(said.date_place()),
                known_stated: said.known_stated,
            }));
        }
        if !self.reading.diagnostics.is_empty() {
            item.bad = true;
            item.told = self.told(Some(here));
        } else {
            self.reading.remember(line, &said);
        }
        if item.bad {
            // Nothing of it counts.
        } else if let (Some(kept), true) = (said.kept, item.counts) {
            let written = Written::of(&kept, at, first);
            if item.marks.is_none() {
                return self.read.add(kept.case.as_bytes(), &written, self.reading.pool());
            }
            let bytes = &mut self.read.bytes;
            let start = bytes.len();
            bytes.extend_from_slice(kept.case.as_bytes());
            let middle = bytes.len();
            kept::put(bytes, &written, self.reading.pool());
            (item.case, item.event) = ((start, middle), (middle, bytes.len()));
        }
        self.push(item);
    }

    fn take_alike(&mut self, number: u32, element: Piece<'_>) -> bool {
        let span = element.span();
        let (at, first) = self.line(span, number);
        let start = span.start.saturating_sub(first);
        let own =
            |alike: &Alike<'_>| Located { at, start, end: start.saturating_add(alike.extent.words as u32) };
        self.take_like(element.text.as_bytes(), own).is_some()
    }
}

impl Read {
    /// Takes in the event of a line of which there is no more to be said.
    fn add(&mut self, case: &[u8], event: &Written<'_>, pool: &Pool) {
        self.rest.lines = self.rest.lines.saturating_add(1);
        self.rest.latest = self.rest.latest.max(Some(event.heading.date));
        self.runs.add(case, None, |bytes| kept::put(bytes, event, pool));
    }

    /// Ends a passage: what comes next begins another.
    fn end_passage(&mut self) -> Passage {
        self.runs.end();
        self.rest.runs.1 = self.runs.bytes.len();
        self.rest.last_case = self.runs.last;
        let next = Passage { runs: (self.rest.runs.1, self.rest.runs.1), ..Passage::default() };
        std::mem::replace(&mut self.rest, next)
    }
}
