//! One clause as a line: words with the places where it may be broken when it is too long.

use super::text::Speech;
use crate::source::Span;
use crate::syntax::tree::{DayLiteral, Grounds, Name, Quoted};
use crate::syntax::words;

/// The longest line, in characters.
const WIDTH: usize = 110;

/// How much further in the rest of a broken line stands.
pub(super) const HANG: usize = 2;

/// A clause that is printed on one line, or on several when it is too long.
pub(super) struct Line {
    /// Which words it is printed with.
    pub(super) speech: Speech,
    pieces: Vec<Piece>,
    /// What the next text does with the one before.
    next: Next,
    /// How deep the parts stand that are written now: the deeper, the later a line is broken there.
    depth: u8,
    /// Where the clause stands in the text that was read; none before anything was written.
    start: Option<u32>,
    end: u32,
    /// Whether it is broken at its outermost places even when it is short enough.
    pub(super) broken: bool,
}

/// Text between two places where a line may be broken.
struct Piece {
    /// How deep the place before it is.
    depth: u8,
    /// How many spaces stand before it when the line is not broken there.
    gap: usize,
    /// Whether as many as fit are put on a line, rather than each on its own.
    fill: bool,
    text: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Next {
    /// A space and the text.
    Spaced,
    /// The text alone.
    Glued,
    /// A place where the line may be broken.
    Piece { depth: u8, gap: usize, fill: bool },
}

impl Line {
    pub(super) fn new(speech: Speech) -> Line {
        Line { speech, pieces: Vec::new(), next: Next::Glued, depth: 0, start: None, end: 0, broken: false }
    }

    /// A line whose clause begins at a byte, wherever its first name may stand.
    pub(super) fn starting(speech: Speech, start: u32) -> Line {
        let mut line = Line::new(speech);
        line.begin(start);
        line
    }

    /// Notes that the clause begins at a byte.
    pub(super) fn begin(&mut self, start: u32) {
        self.start = Some(self.start.map_or(start, |known| known.min(start)));
        self.end = self.end.max(start.saturating_add(1));
    }

    /// Notes that a part of the clause stands there.
    pub(super) fn touch(&mut self, span: Span) {
        self.begin(span.start);
        self.end = self.end.max(span.end);
    }

    /// Notes that the clause stands there, unless what it rests on does too: that has clauses of its own.
    pub(super) fn whole(&mut self, span: Span, grounds: &Grounds) {
        if *grounds == Grounds::default() {
            self.touch(span);
        }
    }

    /// Where the clause stands in the text that was read.
    pub(super) fn place(&self) -> Option<(u32, u32)> {
        self.start.map(|start| (start, self.end))
    }

    /// Adds text after a space.
    pub(super) fn text(&mut self, text: &str) {
        let next = std::mem::replace(&mut self.next, Next::Spaced);
        match (self.pieces.last_mut(), next) {
            (Some(_), Next::Piece { depth, gap, fill }) => {
                self.pieces.push(Piece { depth, gap, fill, text: text.to_owned() });
            }
            (Some(last), Next::Spaced) => {
                last.text.push(' ');
                last.text.push_str(text);
            }
            (Some(last), Next::Glued) => last.text.push_str(text),
            (None, _) => self.pieces.push(Piece { depth: 0, gap: 0, fill: false, text: text.to_owned() }),
        }
    }

    /// Adds text right after the one before.
    pub(super) fn glue(&mut self, text: &str) {
        self.next = Next::Glued;
        self.text(text);
    }

    /// Adds text right between the one before and the one after.
    pub(super) fn join(&mut self, text: &str) {
        self.glue(text);
        self.next = Next::Glued;
    }

    /// Adds text that the next one follows without a space.
    pub(super) fn open(&mut self, text: &str) {
        self.text(text);
        self.next = Next::Glued;
    }

    /// Adds the word of a rule of `words.pest`.
    pub(super) fn word(&mut self, rule: &str) {
        self.text(words::word(rule, self.speech.printed));
    }

    /// Adds the plural of a unit's word.
    pub(super) fn plural(&mut self, rule: &str) {
        self.text(words::plural(rule, self.speech.printed));
    }

    /// Adds a name.
    pub(super) fn name(&mut self, name: &Name) {
        self.touch(name.span);
        self.text(&name.text);
    }

    /// Adds the name of a field.
    pub(super) fn field(&mut self, name: &Name) {
        self.touch(name.span);
        self.text(self.speech.field(name));
    }

    /// Adds names joined by commas.
    pub(super) fn names(&mut self, names: &[Name]) {
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                self.comma();
            }
            self.name(name);
        }
    }

    /// Adds a quoted text without holes.
    pub(super) fn quoted(&mut self, quoted: &Quoted) {
        self.touch(quoted.span);
        self.text(&format!("\"{}\"", quoted.text));
    }

    /// Adds a day.
    pub(super) fn day(&mut self, day: DayLiteral) {
        self.touch(day.span);
        self.text(&day.day.to_string());
    }

    /// Adds a comma, after which the line may be broken.
    pub(super) fn comma(&mut self) {
        self.glue(",");
        self.may_fill();
    }

    /// Lets the line be broken before the next text.
    pub(super) fn may_break(&mut self) {
        self.break_after(1);
    }

    /// Lets the line be broken before the next text when what stands before it fills a line.
    pub(super) fn may_fill(&mut self) {
        if !self.pieces.is_empty() {
            self.next = Next::Piece { depth: self.depth.saturating_add(1), gap: 1, fill: true };
        }
    }

    /// Lets the line be broken before the next text, which so many spaces precede when it is not.
    pub(super) fn break_after(&mut self, gap: usize) {
        if !self.pieces.is_empty() {
            self.next = Next::Piece { depth: self.depth, gap, fill: false };
        }
    }

    /// Writes parts at which the line is only broken when breaking around them is not enough.
    pub(super) fn deeper(&mut self, by: u8, write: impl FnOnce(&mut Line)) {
        let before = self.depth;
        self.depth = before.saturating_add(by);
        write(self);
        self.depth = before;
    }

    /// The whole line on one.
    pub(super) fn flat(&self) -> String {
        flat(&self.pieces)
    }

    /// How many characters the whole line has.
    pub(super) fn width(&self) -> usize {
        width(&self.pieces)
    }

    /// The lines that are printed: how far in, and what.
    pub(super) fn lay_out(&self, indent: usize, hang: usize) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        lay_out(&self.pieces, indent, hang, self.broken, &mut lines);
        lines
    }

    /// Whether it fits on one line.
    pub(super) fn fits(&self, indent: usize) -> bool {
        indent.saturating_add(self.width()) <= WIDTH
    }
}

fn flat(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            text.extend(std::iter::repeat_n(' ', piece.gap));
        }
        text.push_str(&piece.text);
    }
    text
}

fn width(pieces: &[Piece]) -> usize {
    let gaps = pieces.iter().skip(1).map(|piece| piece.gap).fold(0, usize::saturating_add);
    pieces.iter().map(|piece| piece.text.chars().count()).fold(gaps, usize::saturating_add)
}

/// Breaks at the outermost places first; what is still too long is broken further in.
fn lay_out(pieces: &[Piece], indent: usize, hang: usize, broken: bool, lines: &mut Vec<(usize, String)>) {
    let outermost = pieces.iter().skip(1).map(|piece| piece.depth).min();
    let (Some(outermost), false) = (outermost, !broken && indent.saturating_add(width(pieces)) <= WIDTH)
    else {
        lines.push((indent, flat(pieces)));
        return;
    };
    let further = indent.saturating_add(hang);
    let mut rest = pieces;
    let mut first = true;
    while !rest.is_empty() {
        let at = if first { indent } else { further };
        let (now, after) = rest.split_at(taken(rest, outermost, at));
        // The rest of the first part stands further in than the parts that follow it.
        let hang = if first && !after.is_empty() { hang.saturating_add(HANG) } else { HANG };
        lay_out(now, at, hang, false, lines);
        rest = after;
        first = false;
    }
}

/// How many pieces stand on the next line, or group of lines.
fn taken(pieces: &[Piece], outermost: u8, indent: usize) -> usize {
    let mut fits: usize = 0;
    for (at, piece) in pieces.iter().enumerate().skip(1) {
        if piece.depth != outermost {
            continue;
        }
        let (now, _) = pieces.split_at(at);
        let too_long = indent.saturating_add(width(now)) > WIDTH;
        match (piece.fill, too_long, fits) {
            (false, ..) => return at,
            (true, true, 0) => return at,
            (true, true, _) => return fits,
            (true, false, _) => fits = at,
        }
    }
    let whole = indent.saturating_add(width(pieces)) <= WIDTH;
    if whole || fits == 0 { pieces.len() } else { fits }
}
