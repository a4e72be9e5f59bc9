//! Events of one case that stand together in the input: the pieces of which cases are put together.

use std::io::{self, BufRead};

use super::bytes::{Bytes, put_number, put_text, read_text};
use super::scratch::Spool;
use super::sorter::Sorted;

/// A run as bytes: events of one case, in the order in which they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'b> {
    /// The case's name.
    pub case: &'b [u8],
    /// Where the first event counts as standing: a correction stands where the line it corrects stood.
    pub place: u64,
    /// Whether it is one correction.
    pub corrects: bool,
    /// The events.
    pub events: Bytes<'b>,
}

impl<'b> Run<'b> {
    /// Takes a run apart.
    pub fn of(bytes: &'b [u8]) -> Run<'b> {
        let mut bytes = Bytes(bytes);
        let (case, place) = (bytes.text(), bytes.number());
        let corrects = bytes.byte() == 1;
        Run { case, place, corrects, events: bytes }
    }

    /// The next event.
    pub fn next_event(&mut self) -> Option<Bytes<'b>> {
        (!self.events.0.is_empty()).then(|| Bytes(self.events.text()))
    }
}

/// The most bytes of a run: a case of very many events is several.
const LONGEST: usize = 1 << 18;

/// Writes runs.
#[derive(Debug, Default)]
pub(super) struct RunWriter {
    case: Vec<u8>,
    place: u64,
    corrects: bool,
    events: Vec<u8>,
    head: Vec<u8>,
    length: Vec<u8>,
    /// Whether each case's name comes after all before it, so that none can come twice.
    pub ascending: bool,
}

impl RunWriter {
    /// No run yet.
    pub fn new() -> RunWriter {
        RunWriter { ascending: true, ..RunWriter::default() }
    }

    /// Adds an event. `corrects` is where the line stands that it corrects.
    pub fn add(
        &mut self,
        case: &[u8],
        place: u64,
        corrects: Option<u64>,
        event: &[u8],
        into: &mut Spool<'_>,
    ) -> io::Result<()> {
        let goes_on = !self.events.is_empty()
            && !self.corrects
            && corrects.is_none()
            && self.events.len() < LONGEST
            && self.case == case;
        if !goes_on {
            self.end(into)?;
            self.ascending &= self.case.as_slice() <= case;
            self.case.clear();
            self.case.extend_from_slice(case);
            (self.place, self.corrects) = (corrects.unwrap_or(place), corrects.is_some());
        }
        put_text(&mut self.events, event);
        Ok(())
    }

    /// Ends the run that is being written.
    pub fn end(&mut self, into: &mut Spool<'_>) -> io::Result<()> {
        if self.events.is_empty() {
            return Ok(());
        }
        self.head.clear();
        put_text(&mut self.head, &self.case);
        put_number(&mut self.head, self.place);
        self.head.push(u8::from(self.corrects));
        let length = self.head.len().saturating_add(self.events.len());
        self.length.clear();
        put_number(&mut self.length, length as u64);
        into.append(&self.length)?;
        into.append(&self.head)?;
        into.append(&self.events)?;
        self.events.clear();
        Ok(())
    }
}

/// All runs, those of each case together, cases in the order of their first appearance.
#[derive(Debug)]
pub(super) enum Runs<'m> {
    /// As they came.
    AsRead(Spool<'m>),
    /// Put in order.
    Sorted(Sorted<'m>),
}

impl<'m> Runs<'m> {
    /// Reads them from the first on.
    pub fn read(&mut self) -> io::Result<RunReader<'_, 'm>> {
        Ok(match self {
            Runs::AsRead(spool) => RunReader::AsRead(Box::new(spool.read()?)),
            Runs::Sorted(sorted) => {
                sorted.rewind()?;
                RunReader::Sorted(sorted)
            }
        })
    }
}

/// Reads runs one by one.
pub(super) enum RunReader<'r, 'm> {
    AsRead(Box<dyn BufRead + 'r>),
    Sorted(&'r mut Sorted<'m>),
}

impl RunReader<'_, '_> {
    /// The next run; false at the end.
    pub fn next(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        match self {
            RunReader::AsRead(reader) => read_text(reader, into),
            RunReader::Sorted(sorted) => Ok(sorted.next(into)?.is_some()),
        }
    }
}
