//! Runs taken together, so many that a thread has something to do; a case is never parted.

use std::io::BufRead;

use super::bytes::{Bytes, put_text};
use super::runs::{Run, RunReader};
use super::{Failure, TooMuch};

/// So many bytes of events are worth handing to a thread.
const BATCH_BYTES: usize = 1 << 16;
/// So many bytes of a case are held in the least memory.
const CASE_BYTES: usize = 1 << 15;

/// Cuts runs into batches.
pub(super) struct Batches<'r, 'm> {
    reader: RunReader<'r, 'm>,
    /// The run that comes after the last batch, if it has been read.
    next: Vec<u8>,
    /// The most that the events of one case may take.
    most: usize,
}

impl<'r, 'm> Batches<'r, 'm> {
    /// Of these runs. `most` is how many bytes the events of one case may take.
    pub fn new(reader: RunReader<'r, 'm>, most: usize) -> Batches<'r, 'm> {
        Batches { reader, next: Vec::new(), most: most.max(CASE_BYTES) }
    }

    /// The next batch: runs, each after its length.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let mut batch = Batch { full: self.most.min(BATCH_BYTES), ..Batch::default() };
        if !self.next.is_empty() {
            batch.add(&self.next);
        }
        loop {
            if let RunReader::AsRead(reader) = &mut self.reader
                && !batch.is_full()
            {
                // Mostly many runs have been read ahead.
                let taken = batch.take(reader.fill_buf().map_err(Failure::Scratch)?);
                reader.consume(taken);
            }
            self.next.clear();
            if !self.reader.next(&mut self.next).map_err(Failure::Scratch)?
                || (batch.is_full() && !batch.goes_on(&self.next))
            {
                break;
            }
            batch.add(&self.next);
            if batch.runs.len() > self.most && batch.bytes_of_last_case() > self.most {
                let case = String::from_utf8_lossy(batch.last_case()).into_owned();
                return Err(Failure::TooMuch(TooMuch::Case(case)));
            }
        }
        Ok((!batch.runs.is_empty()).then_some(batch.runs))
    }
}

/// A batch that is being put together.
#[derive(Default)]
struct Batch {
    /// With how many bytes it is full.
    full: usize,
    runs: Vec<u8>,
    /// Where the last run begins.
    last: usize,
    /// The bytes of the last case, once they have been asked for: no other case comes after that.
    of_case: Option<usize>,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.runs.len() >= self.full
    }

    /// Adds a run.
    fn add(&mut self, run: &[u8]) {
        self.of_case = self.of_case.map(|bytes| bytes.saturating_add(run.len()));
        put_text(&mut self.runs, run);
        self.last = self.runs.len().saturating_sub(run.len());
    }

    /// Adds the whole runs that stand one after another, each after its length, until the batch is full. Says how many
    /// bytes they take.
    fn take(&mut self, ahead: &[u8]) -> usize {
        let room = self.full.saturating_sub(self.runs.len());
        let (mut left, mut taken) = (Bytes(ahead), 0);
        while taken < room {
            let Some(length) = left.whole_number().and_then(|length| usize::try_from(length).ok()) else {
                break;
            };
            let Some(after) = left.0.get(length..) else { break };
            left = Bytes(after);
            taken = ahead.len().saturating_sub(after.len());
            self.last = self.runs.len().saturating_add(taken).saturating_sub(length);
        }
        self.runs.extend_from_slice(ahead.get(..taken).unwrap_or_default());
        taken
    }

    fn last_case(&self) -> &[u8] {
        Run::of(self.runs.get(self.last..).unwrap_or_default()).case
    }

    /// Whether a run is of the last case.
    fn goes_on(&self, run: &[u8]) -> bool {
        Run::of(run).case == self.last_case()
    }

    fn bytes_of_last_case(&mut self) -> usize {
        let known = self.of_case.unwrap_or_else(|| {
            let (mut left, case) = (Bytes(&self.runs), self.last_case());
            let mut bytes = 0_usize;
            while !left.0.is_empty() {
                let run = left.text();
                if Run::of(run).case == case {
                    bytes = bytes.saturating_add(run.len());
                }
            }
            bytes
        });
        *self.of_case.insert(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::bytes::put_number;
    use crate::stream::runs::Runs;
    use crate::stream::scratch::{ScratchFile, Spool};
    use std::io::Cursor;

    fn run(case: &str, event: &[u8]) -> Vec<u8> {
        let mut run = Vec::new();
        put_text(&mut run, case.as_bytes());
        put_number(&mut run, 7);
        run.push(0);
        put_text(&mut run, event);
        run
    }

    /// The batches of runs, as the cases of each with how many bytes their runs take.
    fn batches(
        runs: &[(&str, usize)],
        held: usize,
        most: usize,
    ) -> Result<Vec<Vec<(String, usize)>>, Failure> {
        let make = || Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn ScratchFile>);
        let mut spool = Spool::new(&make, held);
        for (case, bytes) in runs {
            let mut text = Vec::new();
            put_text(&mut text, &run(case, &vec![b'e'; *bytes]));
            spool.append(&text).unwrap();
        }
        let mut runs = Runs::AsRead(spool);
        let mut batches = Batches::new(runs.read().unwrap(), most);
        let mut all = Vec::new();
        while let Some(batch) = batches.next()? {
            let (mut left, mut cases) = (Bytes(&batch), Vec::new());
            while !left.0.is_empty() {
                let text = left.text();
                cases.push((String::from_utf8_lossy(Run::of(text).case).into_owned(), text.len()));
            }
            all.push(cases);
        }
        Ok(all)
    }

    #[test]
    fn batches_hold_all_runs_and_part_no_case() {
        // The second length makes runs straddle what is read ahead.
        for (bytes, held) in [(40, 1 << 24), (9_001, 1 << 24), (40, 1 << 10), (200_000, 1 << 24)] {
            let names: Vec<String> = (0..6_000_usize).map(|place| format!("{}", place / 3)).collect();
            let runs: Vec<(&str, usize)> =
                names.iter().take(18_000_000 / (bytes * 100)).map(|name| (name.as_str(), bytes)).collect();
            let all = batches(&runs, held, 1 << 20).unwrap();
            let flat: Vec<&str> = all.iter().flatten().map(|(case, _)| case.as_str()).collect();
            assert_eq!(flat, runs.iter().map(|(case, _)| *case).collect::<Vec<_>>(), "{bytes}");
            for pair in all.windows(2) {
                assert_ne!(pair[0].last().unwrap().0, pair[1].first().unwrap().0, "{bytes}");
                let first: usize = pair[0].iter().map(|(_, bytes)| bytes).sum();
                assert!(first + pair[0].len() >= BATCH_BYTES, "{bytes}");
            }
        }
    }

    #[test]
    fn a_case_of_too_many_bytes_is_named() {
        let most = 50_000;
        let of = |last: usize| {
            let runs = [("0", 12_000), ("a", 100), ("b", 20_000), ("b", 20_000), ("b", last), ("c", 100)];
            batches(&runs, 1 << 24, most)
        };
        let bytes = |event: usize| run("b", &vec![b'e'; event]).len();
        let last = (9_000..10_000).find(|last| 2 * bytes(20_000) + bytes(*last) == most).unwrap();
        assert!(of(last).is_ok());
        let failed = of(last + 1);
        assert!(matches!(failed, Err(Failure::TooMuch(TooMuch::Case(case))) if case == "b"));
    }
}
