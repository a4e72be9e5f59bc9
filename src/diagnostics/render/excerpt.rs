//! The lines of a text that are drawn, as the drawing library wants them.
//!
//! The library would scan the whole text for every label, count columns in bytes, and print a line of a megabyte as
//! it stands. So it is given an excerpt: lines keep their numbers, long ones are cut around their labels, and nothing in
//! them can steer the terminal.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::safe::safe;
use crate::source::Source;

/// Longer lines than this, in bytes, are cut.
const LONGEST_LINE: usize = 160;
/// How much of a cut line stays on either side of a label.
const AROUND: usize = 50;
/// How much of a long label stays.
const LONGEST_LABEL: usize = 80;
/// What stands for the rest of a cut line.
const ELLIPSIS: &str = "…";

/// The lines of a text that are drawn.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// The number, from 0, of the first line.
    first: usize,
    /// Where each line begins, and at last where the text ends.
    lines: Vec<usize>,
    /// For the beginning of each place its column in the whole text, from 0.
    columns: Vec<(usize, usize)>,
}

impl Excerpt {
    /// The lines from the first place to the last and so many around them, and the places within the excerpt. The
    /// places lie near each other: see `frames`.
    pub(super) fn new(
        source: &Source,
        places: &[Range<usize>],
        context: usize,
    ) -> (Excerpt, Vec<Range<usize>>) {
        let line_of = |byte: usize| source.line_of(byte_number(byte));
        let around = u32::try_from(context).unwrap_or(u32::MAX);
        let first = places.iter().map(|place| line_of(place.start)).min().unwrap_or(1);
        let last = places.iter().map(|place| line_of(place.end.saturating_sub(1).max(place.start))).max();
        let first = first.saturating_sub(around).max(1);
        let last = last.unwrap_or(1).saturating_add(around).min(source.line_count());
        let mut excerpt = Excerpt {
            name: safe(source.name()),
            text: String::new(),
            first: (first as usize).saturating_sub(1),
            lines: vec![0],
            columns: Vec::new(),
        };
        let mut moved = places.to_vec();
        for number in first..=last {
            let begin = source.line_start(number) as usize;
            let end = source.line_start(number.saturating_add(1)) as usize;
            let visible = source.line(number);
            let kept = kept(visible, begin, places);
            let base = excerpt.text.len();
            excerpt.take_in(visible, &kept);
            let view = |byte: usize| base.saturating_add(view(&kept, byte.saturating_sub(begin)));
            for (place, moved) in places.iter().zip(&mut moved) {
                if begin <= place.start && (place.start < end || begin == end) {
                    *moved = view(place.start)..view(place.start);
                }
                if begin < place.end && place.end <= end {
                    moved.end = view(place.end);
                }
            }
            excerpt.text.push('\n');
            excerpt.lines.push(excerpt.text.len());
        }
        for (place, moved) in places.iter().zip(&mut moved) {
            moved.end = moved.end.max(moved.start);
            let position = source.position(byte_number(place.start));
            excerpt.columns.push((moved.start, (position.column as usize).saturating_sub(1)));
        }
        (excerpt, moved)
    }

    /// The column in characters, from 0, at which a place of the excerpt is drawn.
    pub(super) fn drawn_column(&self, byte: usize) -> usize {
        let begin = self.lines.get(self.line_at(byte)).copied().unwrap_or(0);
        self.text.get(begin..byte).map_or(0, |before| before.chars().count())
    }

    /// Whether a place lies on one line.
    pub(super) fn on_one_line(&self, place: &Range<usize>) -> bool {
        self.line_at(place.start) == self.line_at(place.end.saturating_sub(1).max(place.start))
    }

    /// Puts the kept parts of a line at the end of the excerpt.
    fn take_in(&mut self, line: &str, kept: &[Range<usize>]) {
        let mut last = 0;
        for part in kept {
            if part.start > last {
                self.text.push_str(ELLIPSIS);
            }
            self.text.push_str(&safe(line.get(part.clone()).unwrap_or("")));
            last = part.end;
        }
        if last < line.len() {
            self.text.push_str(ELLIPSIS);
        }
    }

    /// Whether a line of the excerpt, from 0, has no words.
    fn is_blank(&self, line: usize) -> bool {
        let edge = |line: usize| self.lines.get(line).copied().unwrap_or(self.text.len());
        self.text.get(edge(line)..edge(line.saturating_add(1))).is_none_or(|words| words.trim().is_empty())
    }

    /// The line of the excerpt, from 0, that holds a byte.
    fn line_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte).saturating_sub(1)
    }
}

/// The parts of a line that are shown: all of a short one, the surroundings of the labels of a long one.
fn kept(line: &str, begin: usize, places: &[Range<usize>]) -> Vec<Range<usize>> {
    if line.len() <= LONGEST_LINE {
        return std::iter::once(0..line.len()).collect();
    }
    let mut wanted: Vec<Range<usize>> = Vec::new();
    for place in
        places.iter().filter(|place| place.start <= begin.saturating_add(line.len()) && begin <= place.end)
    {
        let start = place.start.saturating_sub(begin);
        let end = place.end.saturating_sub(begin).min(start.saturating_add(LONGEST_LABEL));
        wanted.push(start.saturating_sub(AROUND)..end.saturating_add(AROUND));
        if place.start < begin {
            // Its end is on this line, too: that is where its words are written.
            let end = place.end.saturating_sub(begin);
            wanted.push(end.saturating_sub(AROUND)..end.saturating_add(AROUND));
        }
    }
    if wanted.is_empty() {
        wanted.push(0..LONGEST_LINE);
    }
    wanted.sort_by_key(|part| part.start);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in wanted {
        let start = boundary(line, part.start);
        let end = boundary(line, part.end);
        match parts.last_mut() {
            // A gap that is no longer than the sign for it is not worth the sign.
            Some(last) if start <= last.end.saturating_add(ELLIPSIS.len()) => last.end = last.end.max(end),
            _ => parts.push(start..end),
        }
    }
    parts
}

/// Where a byte of a line has come to lie; one in a gap lies at the gap.
fn view(kept: &[Range<usize>], byte: usize) -> usize {
    let mut at = 0_usize;
    let mut last = 0;
    for part in kept {
        if part.start > last {
            if byte < part.start {
                return at;
            }
            at = at.saturating_add(ELLIPSIS.len());
        }
        if byte <= part.end {
            return at.saturating_add(byte.saturating_sub(part.start));
        }
        at = at.saturating_add(part.len());
        last = part.end;
    }
    at
}

fn byte_number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

fn boundary(line: &str, byte: usize) -> usize {
    let mut at = byte.min(line.len());
    while !line.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().saturating_add(span.len());
        // A place without width that begins a line lies on that line, though its end is the end of the one before.
        let begun = self.columns.iter().map(|(at, _)| *at).filter(|at| (span.offset()..=end).contains(at));
        let last_of_own = begun.chain([end.saturating_sub(1).max(span.offset())]).max().unwrap_or(end);
        let own = self.line_at(span.offset())..self.line_at(last_of_own);
        let mut first = own.start.saturating_sub(before);
        let mut last = own.end.saturating_add(after).min(self.lines.len().saturating_sub(2));
        while first < own.start && self.is_blank(first) {
            first = first.saturating_add(1);
        }
        while last > own.end && self.is_blank(last) {
            last = last.saturating_sub(1);
        }
        let start = self.lines.get(first).copied().ok_or(MietteError::OutOfBounds)?;
        let stop = self.lines.get(last.saturating_add(1)).copied().ok_or(MietteError::OutOfBounds)?;
        let data = self.text.get(start..stop).ok_or(MietteError::OutOfBounds)?;
        // The library asks without context when it wants to know where a label begins.
        let column = match before {
            0 => self.columns.iter().find(|(at, _)| *at == span.offset()).map_or(0, |(_, column)| *column),
            _ => 0,
        };
        let lines = last.saturating_sub(first).saturating_add(1);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (start, data.len()).into(),
            self.first.saturating_add(first),
            column,
            lines,
        )))
    }
}
