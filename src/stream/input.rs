//! The inputs, and what is read of them: block by block in their order, and a line again when something is to be said of it.

use std::fmt;
use std::io::{self, Read, SeekFrom};

use memchr::memchr_iter;

use super::place::LineAt;
use super::scratch::Text;
use crate::documents::{Decoded, decode};
use crate::record::MAX_LINE_BYTES;

/// How much is read at a time.
const BLOCK_BYTES: usize = 1 << 18;
/// How far ahead one must see to know where a line ends that may still be read.
pub(super) const AHEAD_BYTES: usize = MAX_LINE_BYTES + (1 << 12);
/// As much of a line as is shown when something is wrong with it.
const SHOWN_BYTES: u32 = 1 << 16;
/// The mark that some programs put before the first letter.
const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// An input: a text and what it is called.
pub struct Input {
    /// What it is called in diagnostics, usually its path.
    pub name: String,
    /// Its bytes.
    pub text: Box<dyn Text>,
    /// How many bytes the mark before its first letter takes.
    mark: u64,
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Input {
    /// An input of UTF-8 text.
    pub fn new(name: &str, text: Box<dyn Text>) -> Input {
        Input { name: name.to_owned(), text, mark: 0 }
    }

    /// Reads so many bytes from a place, counted from the first letter, and adds them to others. How many it was: fewer only at
    /// the end.
    fn read_at(&mut self, position: u64, bytes: usize, into: &mut Vec<u8>) -> io::Result<usize> {
        self.text.seek(SeekFrom::Start(position.saturating_add(self.mark)))?;
        into.reserve(bytes);
        self.text.by_ref().take(bytes as u64).read_to_end(into)
    }

    /// The text of a line, or the beginning of a very long one.
    pub(super) fn line(&mut self, at: LineAt, through: u32) -> io::Result<String> {
        let length = at.length.min(SHOWN_BYTES.max(through.saturating_add(4)));
        let mut bytes = Vec::new();
        self.read_at(at.position, length as usize, &mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A byte that is not UTF-8.
#[derive(Debug)]
pub(super) struct NotUtf8 {
    /// Where the text below begins: lines and bytes before it.
    pub before: (u32, usize),
    /// The text around it as far as it is legible, and what is wrong there.
    pub decoded: Decoded,
}

impl NotUtf8 {
    /// What is said of a byte among others that begin at a position and with a line.
    fn at(bytes: &[u8], fault: usize, position: u64, line: u32) -> NotUtf8 {
        let passed = bytes.get(..fault).unwrap_or_default();
        let start = passed.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
        let lines = line.saturating_sub(1).saturating_add(breaks(passed));
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let decoded = decode(bytes.get(start..).unwrap_or_default());
        NotUtf8 { before: (lines, position.saturating_add(start)), decoded }
    }
}

/// Why an input cannot be read on.
#[derive(Debug)]
pub(super) enum Unreadable {
    Io(io::Error),
    NotUtf8(Box<NotUtf8>),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Unreadable {
        Unreadable::Io(error)
    }
}

/// Walks through an input.
#[derive(Debug)]
pub(super) struct Walk {
    /// What was read and is not passed yet, and how much of it is known to be UTF-8.
    held: Vec<u8>,
    valid: usize,
    /// Where it begins, and the number of the line that begins there.
    pub position: u64,
    pub line: u32,
    /// Whether everything is read.
    pub ended: bool,
}

impl Walk {
    /// Begins an input.
    pub fn begin(input: &mut Input) -> Result<Walk, Unreadable> {
        let mut mark = Vec::new();
        input.mark = 0;
        if input.read_at(0, MARK.len(), &mut mark)? == MARK.len() && mark == MARK {
            input.mark = MARK.len() as u64;
        }
        Ok(Walk { held: Vec::new(), valid: 0, position: 0, line: 1, ended: false })
    }

    /// Reads on until so many bytes are held, or to the end.
    pub fn see(&mut self, input: &mut Input, bytes: usize) -> Result<(), Unreadable> {
        self.hold(input, bytes)?;
        self.check()
    }

    /// Reads on, whatever it is that is read.
    fn hold(&mut self, input: &mut Input, bytes: usize) -> io::Result<()> {
        while !self.ended && self.held.len() < bytes {
            let before = self.held.len();
            let more = bytes.saturating_sub(before).max(BLOCK_BYTES);
            let at = self.position.saturating_add(before as u64);
            let count = input.read_at(at, more, &mut self.held)?;
            self.ended = count < more;
        }
        Ok(())
    }

    /// Reads on by a block more than is held.
    pub fn see_more(&mut self, input: &mut Input) -> Result<(), Unreadable> {
        self.see(input, self.held.len().saturating_add(BLOCK_BYTES))
    }

    /// What is held as text; a letter that is not all there yet is left out.
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.held.get(..self.valid).unwrap_or_default()).unwrap_or("")
    }

    /// Sees to it that what is held is UTF-8.
    fn check(&mut self) -> Result<(), Unreadable> {
        let unseen = self.held.get(self.valid..).unwrap_or_default();
        let Err(error) = std::str::from_utf8(unseen) else {
            self.valid = self.held.len();
            return Ok(());
        };
        let cut = error.error_len().is_none() && !self.ended;
        let fault = self.valid.saturating_add(error.valid_up_to());
        if cut {
            self.valid = fault;
            return Ok(());
        }
        Err(Unreadable::NotUtf8(Box::new(NotUtf8::at(&self.held, fault, self.position, self.line))))
    }

    /// Passes what was held, up to a byte.
    pub fn pass(&mut self, bytes: usize) {
        let bytes = bytes.min(self.held.len());
        let breaks = breaks(self.held.get(..bytes).unwrap_or_default());
        self.held.drain(..bytes);
        self.stand_after(bytes, breaks);
    }

    /// Stands so many bytes and lines further on.
    fn stand_after(&mut self, bytes: usize, breaks: u32) {
        self.line = self.line.saturating_add(breaks);
        self.position = self.position.saturating_add(bytes as u64);
        self.valid = self.valid.saturating_sub(bytes);
    }

    /// Passes the rest of a line that is too long to be held.
    pub fn pass_line(&mut self, input: &mut Input) -> Result<(), Unreadable> {
        loop {
            if let Some(at) = self.held.iter().position(|byte| *byte == b'\n') {
                self.pass(at.saturating_add(1));
                return Ok(());
            }
            self.pass(self.valid);
            if self.ended {
                return Ok(());
            }
            self.see_more(input)?;
        }
    }

    /// Whole lines, as many as a block holds, whether they are UTF-8 or not. A line that is too long to be held comes by its
    /// beginning, without its break, and the rest of it is passed over. What is read next goes into a buffer that was used
    /// before, if there is one.
    pub fn lines(
        &mut self,
        input: &mut Input,
        spare: &mut Vec<Vec<u8>>,
    ) -> Result<Option<Lines>, Unreadable> {
        self.hold(input, BLOCK_BYTES)?;
        let mut end = self.last_break();
        if end.is_none() && !self.ended {
            self.see(input, AHEAD_BYTES)?;
            end = self.last_break();
        }
        let too_long = end.is_none() && !self.ended;
        let end = if self.ended { self.held.len() } else { end.unwrap_or(self.valid) };
        if end == 0 {
            return Ok(None);
        }
        let mut rest = spare.pop().unwrap_or_default();
        rest.clear();
        rest.extend_from_slice(self.held.get(end..).unwrap_or_default());
        self.held.truncate(end);
        let bytes = std::mem::replace(&mut self.held, rest);
        let room = spare.pop().unwrap_or_default();
        let lines = Lines { position: self.position, line: self.line, bytes, room };
        self.stand_after(end, breaks(&lines.bytes));
        if too_long {
            self.pass_line(input)?;
        }
        Ok(Some(lines))
    }

    /// One past the last break.
    fn last_break(&self) -> Option<usize> {
        self.held.iter().rposition(|byte| *byte == b'\n').map(|at| at.saturating_add(1))
    }
}

/// How many lines end in a text.
fn breaks(text: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', text).count()).unwrap_or(u32::MAX)
}

/// Lines of an input.
#[derive(Debug)]
pub(super) struct Lines {
    pub bytes: Vec<u8>,
    /// Where they begin.
    pub position: u64,
    /// The number of the first.
    pub line: u32,
    /// A buffer for what is read of them.
    pub room: Vec<u8>,
}

impl Lines {
    /// Some of them as text.
    pub fn text(&self, from: usize, to: usize) -> Result<&str, Box<NotUtf8>> {
        let bytes = self.bytes.get(from..to).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|error| {
            let fault = from.saturating_add(error.valid_up_to());
            Box::new(NotUtf8::at(&self.bytes, fault, self.position, self.line))
        })
    }
}
