//! Clauses and comments → text. The printer knows what was printed last, so that a comment at a clause's end stays
//! there.

use super::comments::Comments;
use super::item::is_block;
use super::line::{HANG, Line};
use super::text::Speech;
use crate::syntax::tree::{Citation, Comment, File, Grounds, InForce, Item};

/// The text so far and the comments to come.
pub(super) struct Printer<'a> {
    pub(super) speech: Speech,
    out: String,
    comments: Comments<'a>,
    last: Last,
}

/// What was printed last.
struct Last {
    /// Where it ended in the text that was read.
    end: u32,
    /// How far in it stands.
    indent: usize,
    /// Whether a comment may still follow on its line.
    open: bool,
    /// Whether it is an item that stands apart from its neighbours.
    apart: bool,
    /// Whether it is a comment between items.
    comment: bool,
}

impl<'a> Printer<'a> {
    /// A printer of a file.
    pub(super) fn new(file: &'a File, speech: Speech) -> Printer<'a> {
        Printer::with(Comments::of(file), speech)
    }

    fn with(comments: Comments<'a>, speech: Speech) -> Printer<'a> {
        let last = Last { end: 0, indent: 0, open: false, apart: false, comment: false };
        Printer { speech, out: String::new(), comments, last }
    }

    /// A line to be filled in.
    pub(super) fn line(&self) -> Line {
        Line::new(self.speech)
    }

    /// A line whose clause begins at a byte.
    pub(super) fn line_at(&self, start: u32) -> Line {
        Line::starting(self.speech, start)
    }

    /// Prints a clause, after the comments that stand before or in it.
    pub(super) fn clause(&mut self, indent: usize, line: &Line) {
        self.hanging_clause(indent, HANG, line);
    }

    /// Prints a clause whose rest, when it is broken, stands so much further in.
    pub(super) fn hanging_clause(&mut self, indent: usize, hang: usize, line: &Line) {
        if let Some((start, end)) = line.place() {
            while let Some(comment) = self.comments.before(end) {
                self.comment(comment, start, indent);
            }
            self.last.end = end;
        }
        for (indent, text) in line.lay_out(indent, hang) {
            self.begin_line(indent);
            self.out.push_str(&text);
        }
        self.last.indent = indent;
        self.last.open = true;
        self.last.comment = false;
    }

    /// Prints a comment at the end of the last clause, if it stood there, or on a line of its own.
    fn comment(&mut self, comment: &Comment, before: u32, indent: usize) {
        let follows = comment.trailing && comment.span.start >= self.last.end && comment.span.start < before;
        if follows && self.last.open {
            self.out.push_str("  ");
        } else {
            self.begin_line(indent);
        }
        self.out.push_str(&comment.text);
        self.last.open = false;
    }

    fn begin_line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Prints an item with the comments before it.
    pub(super) fn spaced_item(&mut self, item: &Item) {
        let apart = self.stands_apart(item);
        let start = item.span.start;
        self.comments_between_items(start, apart);
        let alone = !self.last.comment && (apart || self.last.apart);
        if alone || self.comments.blank_between(self.last.end, start) {
            self.blank_line();
        }
        self.item(item);
        self.last.end = self.last.end.max(item.span.end);
        self.last.apart = apart;
    }

    /// Prints the comments between the last item and a byte, where the next item begins.
    fn comments_between_items(&mut self, next: u32, apart: bool) {
        while let Some(comment) = self.comments.peek(next) {
            if self.belongs_to_item(comment) {
                self.comments.before(next);
                let column = usize::try_from(self.comments.column(comment)).unwrap_or(usize::MAX);
                let indent = if column < self.last.indent { HANG } else { self.last.indent.max(HANG) };
                self.comment(comment, next, indent);
                self.last.end = self.last.end.max(comment.span.end);
                continue;
            }
            let leads = apart && self.comments.lead_up_to(next);
            let alone = !self.last.comment && (self.last.apart || leads);
            if alone || self.comments.blank_between(self.last.end, comment.span.start) {
                self.blank_line();
            }
            self.comments.before(next);
            self.comment(comment, 0, 0);
            self.last.end = comment.span.end;
            self.last.comment = true;
            self.last.apart = false;
        }
    }

    /// Whether a comment after the last item is part of it: in it, at the end of its last line, or further in than
    /// the first column.
    fn belongs_to_item(&self, comment: &Comment) -> bool {
        let within = comment.span.start < self.last.end;
        let at_its_end = if comment.trailing { self.last.open } else { self.comments.column(comment) > 0 };
        !self.out.is_empty() && !self.last.comment && (within || at_its_end)
    }

    /// Whether blank lines stand around an item: whenever it takes more than one line, in either language, so that a
    /// translation has the same ones.
    fn stands_apart(&self, item: &Item) -> bool {
        let takes_more = |printed| {
            let mut alone = Printer::with(Comments::none(), Speech { printed, ..self.speech });
            alone.item(item);
            alone.out.contains('\n')
        };
        is_block(&item.kind) || takes_more(self.speech.printed) || takes_more(self.speech.printed.other())
    }

    /// Prints what is left and gives the text.
    pub(super) fn finish(mut self) -> String {
        self.comments_between_items(u32::MAX, false);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Prints what a part rests on, a clause each.
    pub(super) fn grounds(&mut self, indent: usize, grounds: &Grounds) {
        for citation in &grounds.citations {
            let mut line = self.line();
            line.citation(citation);
            self.clause(indent, &line);
        }
        for reading in &grounds.readings {
            let mut line = self.line();
            line.word("k_with_reading");
            line.name(reading);
            self.clause(indent, &line);
        }
    }
}

impl Line {
    /// Adds a citation.
    pub(super) fn citation(&mut self, citation: &Citation) {
        self.touch(citation.span);
        self.word("k_according_to");
        self.name(&citation.source);
        if let Some(section) = &citation.section {
            self.word("k_section");
            self.quoted(section);
        }
        if let Some(anchor) = &citation.anchor {
            self.word("k_anchor");
            self.quoted(anchor);
        }
        if let Some((number, span)) = &citation.number {
            self.touch(*span);
            self.word("k_number");
            self.text(&number.to_string());
        }
    }

    /// Adds `gäller från D till och med E`.
    pub(super) fn in_force(&mut self, in_force: &InForce) {
        self.touch(in_force.span);
        self.word("k_in_force_from");
        self.day(in_force.from);
        if let Some(through) = in_force.through {
            self.word("k_through");
            self.day(through);
        }
    }
}
