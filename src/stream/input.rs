//! The inputs, and what is read of them: block by block in their order, and a line again when something is to be said of it.

use std::fmt;
use std::io::{self, Read, SeekFrom};

use memchr::memchr_iter;

use super::place::{LineAt, Located};
use super::scratch::Text;
use crate::documents::{Decoded, decode};
use crate::record::MAX_LINE_BYTES;

/// How much is read at a time.
const BLOCK_BYTES: usize = 1 << 18;
/// How far ahead one must see to know where a line ends that may still be read.
pub(super) const AHEAD_BYTES: usize = MAX_LINE_BYTES + (1 << 12);
/// A line that is longer is not read whole when something is wrong with it, but this much on either side of the words.
const LONG_BYTES: u32 = 1 << 14;
const AROUND_BYTES: u32 = 1 << 11;
/// How far apart the places of a long line are up to which its characters have been counted.
const COUNTED_BYTES: u32 = 1 << 12;
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
    /// The long line of which something was last said.
    counted: Counted,
}

/// What stands before places of a long line, a fixed number of bytes apart: lines, where an event takes several, and
/// characters on the last of them. So a line with very many faults is counted through only once.
#[derive(Debug, Default)]
struct Counted {
    /// Where the line begins.
    position: u64,
    before: Vec<(u32, u32)>,
}

/// The text of a line as far as it is shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub text: String,
    /// The bytes, lines and characters of the line before it: characters on the last of the lines.
    pub bytes: u32,
    pub lines: u32,
    pub columns: u32,
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Input {
    /// An input of UTF-8 text.
    pub fn new(name: &str, text: Box<dyn Text>) -> Input {
        Input { name: name.to_owned(), text, mark: 0, counted: Counted::default() }
    }

    /// Reads so many bytes from a place, counted from the first letter, and adds them to others. How many it was: fewer only at
    /// the end.
    fn read_at(&mut self, position: u64, bytes: usize, into: &mut Vec<u8>) -> io::Result<usize> {
        self.text.seek(SeekFrom::Start(position.saturating_add(self.mark)))?;
        into.reserve(bytes);
        self.text.by_ref().take(bytes as u64).read_to_end(into)
    }

    /// The line of some words, or of a long one what is around them.
    pub(super) fn shown(&mut self, words: Located) -> io::Result<Shown> {
        let at = words.at;
        if at.length <= LONG_BYTES {
            let text = self.text_at(at.position, at.length)?;
            return Ok(Shown { text: String::from_utf8_lossy(&text).into_owned(), ..Shown::default() });
        }
        let step = words.start.saturating_sub(AROUND_BYTES).checked_div(COUNTED_BYTES).unwrap_or(0);
        let from = step.saturating_mul(COUNTED_BYTES);
        let to = words.end.saturating_add(AROUND_BYTES).min(at.length);
        let (lines, columns) = self.counted(at, step as usize)?;
        let place = at.position.saturating_add(u64::from(from));
        let text = self.text_at(place, to.saturating_sub(from))?;
        // A character that the edge cuts was counted before it.
        let cut = text.iter().take_while(|byte| !begins_character(**byte)).count();
        let text = text.get(cut..).unwrap_or_default();
        let whole = std::str::from_utf8(text).map_or_else(|error| error.valid_up_to(), str::len);
        let text = String::from_utf8_lossy(text.get(..whole).unwrap_or_default()).into_owned();
        let bytes = from.saturating_add(u32::try_from(cut).unwrap_or(0));
        Ok(Shown { text, bytes, lines, columns })
    }

    /// So many bytes from a place on, fewer at the end.
    fn text_at(&mut self, position: u64, length: u32) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_at(position, length as usize, &mut bytes)?;
        Ok(bytes)
    }

    /// The lines and characters before a place of a long line, so many steps from its beginning.
    fn counted(&mut self, at: LineAt, step: usize) -> io::Result<(u32, u32)> {
        if self.counted.before.is_empty() || self.counted.position != at.position {
            self.counted = Counted { position: at.position, before: vec![(0, 0)] };
        }
        while self.counted.before.len() <= step {
            let (mut lines, mut columns) = self.counted.before.last().copied().unwrap_or_default();
            let passed = (self.counted.before.len() as u64).saturating_sub(1);
            let passed = passed.saturating_mul(u64::from(COUNTED_BYTES));
            for byte in self.text_at(at.position.saturating_add(passed), COUNTED_BYTES)? {
                if byte == b'\n' {
                    (lines, columns) = (lines.saturating_add(1), 0);
                } else if begins_character(byte) {
                    columns = columns.saturating_add(1);
                }
            }
            self.counted.before.push((lines, columns));
        }
        Ok(self.counted.before.get(step).copied().unwrap_or_default())
    }
}

/// Whether a byte of UTF-8 is the first one of a character.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
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
    /// beginning, without its break, and the rest of it is passed over.
    pub fn lines(&mut self, input: &mut Input) -> Result<Option<Lines>, Unreadable> {
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
        let rest = self.held.split_off(end);
        let bytes = std::mem::replace(&mut self.held, rest);
        let lines = Lines { position: self.position, line: self.line, bytes };
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
