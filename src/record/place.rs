//! Where a piece of a text stands in it.

use crate::source::{SourceId, Span};

/// A stretch of a source that is being read, and where it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'a> {
    /// The source.
    pub source: SourceId,
    /// The byte of the source at which `text` begins.
    pub start: usize,
    /// The stretch.
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    /// The whole stretch as a span.
    pub fn span(&self) -> Span {
        self.between(0, self.text.len())
    }

    /// A part of it, counted from its beginning.
    pub fn between(&self, start: usize, end: usize) -> Span {
        Span::new(
            self.source,
            number(self.start.saturating_add(start)),
            number(self.start.saturating_add(end)),
        )
    }

    /// The one character at a byte of it; nothing but a place at its end.
    pub fn character_at(&self, byte: usize) -> Span {
        let mut start = byte.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start = start.saturating_sub(1);
        }
        let length = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.between(start, start.saturating_add(length))
    }

    /// The piece that a borrowed part of its text is.
    ///
    /// Parsers hand out parts of the text they were given without saying where; their addresses say it. A part that
    /// is not borrowed from this text (an unescaped string) has no place.
    pub fn part<'b>(&self, part: &'b str) -> Option<Piece<'b>> {
        let offset = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = offset.checked_add(part.len())?;
        (self.text.get(offset..end)? == part).then(|| Piece {
            source: self.source,
            start: self.start.saturating_add(offset),
            text: part,
        })
    }

    /// Its text without white space around it.
    pub fn trimmed(&self) -> Piece<'a> {
        let text = self.text.trim();
        let before = self.text.len().saturating_sub(self.text.trim_start().len());
        Piece { source: self.source, start: self.start.saturating_add(before), text }
    }
}

fn number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_borrowed_part_knows_its_place() {
        let text = String::from("åäö abc");
        let piece = Piece { source: SourceId(0), start: 10, text: &text };
        let last = text.split(' ').next_back().unwrap();
        assert_eq!(piece.part(last).map(|part| part.span()), Some(Span::new(SourceId(0), 17, 20)));
        assert!(piece.part("elsewhere").is_none());
        assert_eq!(piece.character_at(1), Span::new(SourceId(0), 10, 12));
        assert_eq!(piece.character_at(99), Span::new(SourceId(0), 20, 20));
    }

    #[test]
    fn white_space_around_is_left_out() {
        let piece = Piece { source: SourceId(0), start: 0, text: "  å\r" };
        assert_eq!((piece.trimmed().start, piece.trimmed().text), (2, "å"));
    }
}
