//! Events of one case that stand together in the input: the pieces of which cases are put together.

use std::io::{self, BufRead};

use super::bytes::{Bytes, put_number, read_text};
use super::kept;
use super::scratch::Spool;
use super::sorter::Sorted;

/// A run as bytes: events of one case, in the order in which they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'b> {
    /// The case's name.
    pub case: &'b [u8],
    /// Where the line stands that its one event corrects.
    pub corrects: Option<u64>,
    /// The events.
    pub events: Bytes<'b>,
}

impl<'b> Run<'b> {
    /// Takes a run apart.
    pub fn of(bytes: &'b [u8]) -> Run<'b> {
        let mut bytes = Bytes(bytes);
        let (case, corrects) = (bytes.text(), bytes.byte() == 1);
        Run { case, corrects: corrects.then(|| bytes.number()), events: bytes }
    }

    /// The next event.
    pub fn next_event(&mut self) -> Option<Bytes<'b>> {
        (!self.events.0.is_empty()).then(|| Bytes(self.events.text()))
    }

    /// Where the first event counts as standing: a correction stands where the line it corrects stood.
    pub fn place(mut self) -> u64 {
        let first = |bytes: Option<Bytes<'_>>| bytes.map_or(0, |bytes| kept::place(bytes).place());
        self.corrects.unwrap_or_else(|| first(self.next_event()))
    }
}

/// The most bytes of a run: a case of very many events is several.
const LONGEST: usize = 1 << 18;

/// Writes runs one after another, each after its length.
#[derive(Debug)]
pub(super) struct RunWriter {
    pub bytes: Vec<u8>,
    /// The run that is being written.
    open: Option<Open>,
    /// Where the name of the last case stands.
    pub last: (usize, usize),
    /// Whether no case's name comes before one that was written earlier.
    pub ascending: bool,
}

/// A run that is being written: where it begins, and whether its one event corrects another.
#[derive(Clone, Copy, Debug)]
struct Open {
    start: usize,
    corrects: bool,
}

impl Default for RunWriter {
    /// No run yet.
    fn default() -> RunWriter {
        RunWriter { bytes: Vec::new(), open: None, last: (0, 0), ascending: true }
    }
}

impl RunWriter {
    /// None yet, and room for so many bytes.
    pub fn with_room(bytes: usize) -> RunWriter {
        RunWriter { bytes: Vec::with_capacity(bytes), ..RunWriter::default() }
    }

    /// Adds an event, which is written by `put`. `corrects` is where the line stands that it corrects.
    #[inline]
    pub fn add(&mut self, case: &[u8], corrects: Option<u64>, put: impl FnOnce(&mut Vec<u8>)) {
        let after = self.last_case().cmp(case);
        let goes_on = after.is_eq()
            && self.open.is_some_and(|open| {
                let short = self.bytes.len() < open.start.saturating_add(LONGEST);
                short && !open.corrects && corrects.is_none()
            });
        if !goes_on {
            self.end();
            self.ascending &= after.is_le();
            self.begin(case, corrects);
        }
        let start = self.bytes.len();
        self.bytes.push(0);
        put(&mut self.bytes);
        put_length(&mut self.bytes, start);
    }

    fn begin(&mut self, case: &[u8], corrects: Option<u64>) {
        let start = self.bytes.len();
        self.open = Some(Open { start, corrects: corrects.is_some() });
        self.bytes.push(0);
        put_number(&mut self.bytes, case.len() as u64);
        let first = self.bytes.len();
        self.bytes.extend_from_slice(case);
        self.last = (first, self.bytes.len());
        self.bytes.push(u8::from(corrects.is_some()));
        if let Some(place) = corrects {
            put_number(&mut self.bytes, place);
        }
    }

    /// Ends the run that is being written: the next event begins another.
    pub fn end(&mut self) {
        if let Some(Open { start, .. }) = self.open.take() {
            let moved = put_length(&mut self.bytes, start);
            self.last = (self.last.0.saturating_add(moved), self.last.1.saturating_add(moved));
        }
    }

    /// The name of the last case.
    pub fn last_case(&self) -> &[u8] {
        self.bytes.get(self.last.0..self.last.1).unwrap_or_default()
    }
}

/// Writes how many bytes follow a byte that was left free for it. Where one does not suffice, they move on: by how many bytes.
#[inline]
fn put_length(bytes: &mut Vec<u8>, free: usize) -> usize {
    let length = bytes.len().wrapping_sub(free).wrapping_sub(1);
    if length < 0x80
        && let Some(byte) = bytes.get_mut(free)
    {
        *byte = length as u8;
        return 0;
    }
    put_long_length(bytes, free, length)
}

fn put_long_length(bytes: &mut Vec<u8>, free: usize, length: usize) -> usize {
    let mut number = Vec::new();
    put_number(&mut number, length as u64);
    let moved = number.len().saturating_sub(1);
    bytes.splice(free..=free, number);
    moved
}

/// All runs as they come in.
#[derive(Debug)]
pub(super) struct Incoming<'m> {
    spool: Spool<'m>,
    /// Events that come one by one.
    single: RunWriter,
    /// The name of the last case.
    last: Vec<u8>,
    ascending: bool,
}

impl<'m> Incoming<'m> {
    /// None yet; the spool is where they go.
    pub fn new(spool: Spool<'m>) -> Incoming<'m> {
        Incoming { spool, single: RunWriter::default(), last: Vec::new(), ascending: true }
    }

    /// Takes in an event. `corrects` is where the line stands that it corrects.
    pub fn add(&mut self, case: &[u8], corrects: Option<u64>, event: &[u8]) -> io::Result<()> {
        if self.single.bytes.len() >= LONGEST {
            self.append_singles()?;
        }
        self.single.add(case, corrects, |bytes| bytes.extend_from_slice(event));
        Ok(())
    }

    /// Takes in runs that were written elsewhere, each after its length. `last` is the name of their last case, and
    /// `ascending` whether none comes before an earlier one.
    pub fn append(&mut self, runs: &[u8], last: &[u8], ascending: bool) -> io::Result<()> {
        self.append_singles()?;
        self.append_runs(runs, last, ascending)
    }

    fn append_singles(&mut self) -> io::Result<()> {
        let mut single = std::mem::take(&mut self.single);
        single.end();
        self.append_runs(&single.bytes, single.last_case(), single.ascending)
    }

    fn append_runs(&mut self, runs: &[u8], last: &[u8], ascending: bool) -> io::Result<()> {
        if runs.is_empty() {
            return Ok(());
        }
        let first = Run::of(Bytes(runs).text()).case;
        self.ascending &= ascending && self.last.as_slice() <= first;
        self.last.clear();
        self.last.extend_from_slice(last);
        self.spool.append(runs)
    }

    /// All of them, and whether each case's name comes after all before it, so that none can come twice.
    pub fn end(mut self) -> io::Result<(Spool<'m>, bool)> {
        self.append_singles()?;
        Ok((self.spool, self.ascending))
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
            Runs::AsRead(spool) => RunReader::AsRead(spool.read()?),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::scratch::ScratchFile;
    use proptest::prelude::*;
    use std::io::Cursor;

    /// An event of a case: which line it corrects, and its bytes.
    type Added = (String, Option<u64>, Vec<u8>);

    fn events() -> impl Strategy<Value = Vec<Added>> {
        let length = prop_oneof![0..3_usize, 120..135_usize, 16_380..16_390_usize];
        let event = ("[ab]{0,2}", proptest::option::weighted(0.2, any::<u64>()), length);
        let event = event.prop_map(|(case, corrects, length)| (case, corrects, vec![7; length]));
        proptest::collection::vec(event, 0..20)
    }

    fn read(runs: &[u8]) -> Vec<Added> {
        let (mut left, mut all) = (Bytes(runs), Vec::new());
        while !left.0.is_empty() {
            let mut run = Run::of(left.text());
            while let Some(event) = run.next_event() {
                all.push((String::from_utf8(run.case.to_vec()).unwrap(), run.corrects, event.0.to_vec()));
            }
        }
        all
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(events in events()) {
            let mut writer = RunWriter::default();
            for (case, corrects, event) in &events {
                writer.add(case.as_bytes(), *corrects, |bytes| bytes.extend_from_slice(event));
            }
            writer.end();
            prop_assert_eq!(read(&writer.bytes), events.clone());
            prop_assert_eq!(writer.ascending, events.is_sorted_by_key(|(case, ..)| case));
            let last = events.last().map_or("", |(case, ..)| case);
            prop_assert_eq!(writer.last_case(), last.as_bytes());
        }

        #[test]
        fn what_comes_in_one_by_one_and_together_stays_in_order(parts: Vec<bool>, events in events()) {
            let make = || Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn ScratchFile>);
            let mut incoming = Incoming::new(Spool::new(&make, 1 << 10));
            let size = events.len().div_ceil(parts.len().max(1)).max(1);
            for (part, together) in events.chunks(size).zip(parts.iter().chain(std::iter::repeat(&true))) {
                let mut writer = RunWriter::default();
                for (case, corrects, event) in part {
                    if *together {
                        writer.add(case.as_bytes(), *corrects, |bytes| bytes.extend_from_slice(event));
                    } else {
                        incoming.add(case.as_bytes(), *corrects, event).unwrap();
                    }
                }
                writer.end();
                incoming.append(&writer.bytes, writer.last_case(), writer.ascending).unwrap();
            }
            let (mut spool, ascending) = incoming.end().unwrap();
            let mut runs = Vec::new();
            io::Read::read_to_end(&mut spool.read().unwrap(), &mut runs).unwrap();
            prop_assert_eq!(ascending, events.is_sorted_by_key(|(case, ..)| case));
            prop_assert_eq!(read(&runs), events);
        }
    }

    #[test]
    fn a_run_of_very_many_events_is_cut() {
        let mut writer = RunWriter::default();
        for _ in 0..1_000 {
            writer.add(b"a", None, |bytes| bytes.extend_from_slice(&[7; 1_000]));
        }
        writer.end();
        let (mut left, mut runs) = (Bytes(&writer.bytes), Vec::new());
        while !left.0.is_empty() {
            runs.push(left.text().len());
        }
        assert_eq!(runs.len(), 4);
        assert!(runs.iter().all(|length| *length < LONGEST + 2_000), "{runs:?}");
    }
}
