//! Where the words of an event stand in files too large to hold: the line, and the place in it.

use crate::diagnostics::Diagnostic;
use crate::source::{SourceId, Span};

/// What spans name that count from the beginning of a stretch of text being read, or of the lines of one case.
pub(super) const HERE: SourceId = SourceId(u16::MAX);
/// What spans name that stand in the header of a table.
pub(super) const HEADER: SourceId = SourceId(u16::MAX - 1);

/// A line of an input, or several when an event takes several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LineAt {
    /// The number of the input.
    pub file: u16,
    /// The number of the line, from 1.
    pub line: u32,
    /// Its first byte.
    pub position: u64,
    /// Its bytes, without the break at its end.
    pub length: u32,
}

/// Words on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Located {
    /// The line.
    pub at: LineAt,
    /// The first byte, counted from the line's.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// How the place of a byte among all inputs is written as one number.
const FILE_SHIFT: u32 = 48;
const MOST_POSITION: u64 = (1 << FILE_SHIFT) - 1;

impl LineAt {
    /// The place of a byte of it among all inputs: later bytes have larger places, and so have later inputs.
    pub fn place(&self, byte: u32) -> u64 {
        let file = u64::from(self.file).saturating_add(1).wrapping_shl(FILE_SHIFT);
        file.saturating_add(self.position).saturating_add(u64::from(byte))
    }

    /// The line that begins at a place among all inputs, but for its number and length.
    pub fn at(place: u64) -> LineAt {
        let file = place.wrapping_shr(FILE_SHIFT).wrapping_sub(1) as u16;
        LineAt { file, position: place & MOST_POSITION, ..LineAt::default() }
    }
}

impl Located {
    /// Where it begins among all inputs.
    pub fn place(&self) -> u64 {
        self.at.place(self.start)
    }
}

/// A diagnostic whose places were found: one for each label, none for those in the rules.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub diagnostic: Diagnostic,
    pub places: Vec<Option<Located>>,
}

impl Told {
    /// Finds the places of a diagnostic.
    pub fn new(diagnostic: Diagnostic, locate: impl Fn(Span) -> Option<Located>) -> Told {
        let places = diagnostic.labels.iter().map(|label| locate(label.span)).collect();
        Told { diagnostic, places }
    }

    /// Where its first label stands among all inputs; 0 when it has none there.
    pub fn place(&self) -> u64 {
        self.places.first().copied().flatten().map_or(0, |located| located.place())
    }
}

/// A stretch of an input that is in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'t> {
    /// The number of the input.
    pub file: u16,
    /// Where it begins in the input.
    pub position: u64,
    /// The number of its first line.
    pub line: u32,
    /// Its text, which begins with a line.
    pub text: &'t [u8],
}

impl Stretch<'_> {
    /// The line that holds a part of the stretch, with its number, and where it begins in the stretch.
    pub fn line(&self, start: usize, end: usize, number: u32) -> (LineAt, u32) {
        let bytes = self.text;
        let is_break = |byte: &u8| *byte == b'\n';
        let before = bytes.get(..start).unwrap_or(bytes);
        let first = before.iter().rposition(is_break).map_or(0, |at| at.saturating_add(1));
        let after = bytes.get(end..).unwrap_or_default();
        let last = end.saturating_add(after.iter().position(is_break).unwrap_or(after.len()));
        let at = LineAt {
            file: self.file,
            line: number,
            position: self.position.saturating_add(first as u64),
            length: small(last.saturating_sub(first)),
        };
        (at, small(first))
    }

    /// Where a part of the stretch stands. It counts the lines before it.
    pub fn locate(&self, span: Span) -> Located {
        let (start, end) = (span.start as usize, span.end as usize);
        let before = self.text.get(..start).unwrap_or_default();
        let breaks = small(before.iter().filter(|byte| **byte == b'\n').count());
        let (at, first) = self.line(start, end, self.line.saturating_add(breaks));
        Located { at, start: span.start.saturating_sub(first), end: span.end.saturating_sub(first) }
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
