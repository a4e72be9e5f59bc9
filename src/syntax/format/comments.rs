//! The comments that are still to be printed, and the author's line breaks around them.

use crate::syntax::tree::{Comment, File};

/// A cursor over the comments of a file: each is handed out once, in text order.
pub(super) struct Comments<'a> {
    rest: &'a [Comment],
    lines: &'a [u32],
}

impl<'a> Comments<'a> {
    pub(super) fn of(file: &'a File) -> Comments<'a> {
        Comments { rest: &file.comments, lines: &file.lines }
    }

    /// Nothing to print.
    pub(super) fn none() -> Comments<'a> {
        Comments { rest: &[], lines: &[] }
    }

    /// The next comment if it begins before a byte; it is handed out.
    pub(super) fn before(&mut self, end: u32) -> Option<&'a Comment> {
        let comment = self.peek(end)?;
        self.rest = self.rest.split_first().map_or(&[], |(_, rest)| rest);
        Some(comment)
    }

    /// The next comment if it begins before a byte; it stays.
    pub(super) fn peek(&self, end: u32) -> Option<&'a Comment> {
        self.rest.first().filter(|comment| comment.span.start < end)
    }

    /// Whether what stands next, at a byte, follows its comments without a blank line: those that are still to be
    /// printed before it.
    pub(super) fn lead_up_to(&self, next: u32) -> bool {
        let comments = self.rest.iter().take_while(|comment| comment.span.start < next);
        let ends = comments.clone().map(|comment| comment.span.end);
        let starts = comments.skip(1).map(|comment| comment.span.start).chain([next]);
        ends.zip(starts).all(|(end, start)| !self.blank_between(end, start))
    }

    /// Whether the author left a line blank between two places with nothing between them.
    pub(super) fn blank_between(&self, end: u32, start: u32) -> bool {
        self.lines_until(start).saturating_sub(self.lines_until(end)) > 1
    }

    /// Whether a comment stands further in than the first column, and by how many bytes.
    pub(super) fn column(&self, comment: &Comment) -> u32 {
        let line = self.lines_until(comment.span.start).checked_sub(1).and_then(|line| self.lines.get(line));
        comment.span.start.saturating_sub(line.copied().unwrap_or(0))
    }

    /// How many lines begin at or before a byte.
    fn lines_until(&self, byte: u32) -> usize {
        self.lines.partition_point(|line| *line <= byte)
    }
}
