//! Diagnostics drawn beside the text they speak of.
//!
//! The library that draws takes one text per diagnostic and knows English only, so it draws the parts: the message,
//! then a frame for each text. What overlaps in one frame is drawn in another below it, since the library would
//! otherwise push the second mark beneath words it does not mean.

use std::fmt;
use std::ops::Range;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, ThemeCharacters};

use super::excerpt::Excerpt;
use super::place::fit;
use super::safe::safe;
use super::severity_word;
use super::wrap::{indented, wrap};
use crate::diagnostics::{Diagnostic, Severity};
use crate::language::Language;
use crate::source::{Source, Sources, Span};

/// A label over more lines than this is drawn at its first line.
const TALLEST: usize = 6;

/// A label is not broken more narrowly than this, however far to the right it stands.
const NARROWEST_LABEL: usize = 36;

/// How a drawing looks: what the caller knows of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With colours.
    pub color: bool,
    /// With signs beyond ASCII.
    pub unicode: bool,
    /// How many characters fit on a line.
    pub width: usize,
}

impl Look {
    /// As tests and files want it: no colour, 80 characters.
    pub const PLAIN: Look = Look { color: false, unicode: true, width: 80 };

    fn handler(self, context: usize) -> GraphicalReportHandler {
        let theme = match (self.color, self.unicode) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::ascii(),
            (false, true) => GraphicalTheme::unicode_nocolor(),
            (false, false) => {
                GraphicalTheme { characters: ThemeCharacters::ascii(), ..GraphicalTheme::none() }
            }
        };
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.width)
            .with_links(false)
            .with_context_lines(context)
            .without_syntax_highlighting()
    }
}

/// One diagnostic: code and message, a frame for each text, the cure.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, language: Language, look: Look) -> String {
    let severity = severity_word(diagnostic.severity, language);
    let mut out = draw(
        &Drawing {
            code: Some(format!("{severity}[{}]", diagnostic.code)),
            message: safe(diagnostic.message.get(language)),
            severity: diagnostic.severity,
            source: None,
            labels: Vec::new(),
        },
        look.handler(0),
    );
    let mut drawn = Vec::new();
    for label in &diagnostic.labels {
        let id = label.span.source;
        if drawn.contains(&id) {
            continue;
        }
        drawn.push(id);
        let Some(source) = sources.get(id) else { continue };
        let labels: Vec<(Span, String)> = diagnostic
            .labels
            .iter()
            .filter(|label| label.span.source == id)
            .map(|label| (label.span, label.words.get(language).to_owned()))
            .collect();
        out.push_str(&snippet(source, &labels, look, context(source)));
    }
    if let Some(help) = &diagnostic.help {
        let heading = language.choose("  hjälp: ", "  help: ");
        let text = indented(heading, &safe(help.get(language)), look.width);
        out.push_str(&if look.color {
            text.replacen(heading, &format!("\u{1b}[36m{heading}\u{1b}[0m"), 1)
        } else {
            text
        });
    }
    out
}

/// How many lines around a label are shown: a line of rules is read with its neighbours, one of data by itself.
fn context(source: &Source) -> usize {
    let ending = source.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    let data = ["jsonl", "json", "csv"].iter().any(|known| known.eq_ignore_ascii_case(ending));
    usize::from(!data)
}

/// A frame of a text: the lines that hold the labels, so many around them, and the labels beneath their exact words.
///
/// The first label's place stands in the frame's heading. Labels that overlap come in frames of their own.
pub fn snippet(source: &Source, labels: &[(Span, String)], look: Look, context: usize) -> String {
    let places: Vec<Range<usize>> =
        labels.iter().map(|(span, _)| short(source, fit(source, *span))).collect();
    let mut out = String::new();
    for frame in frames(source, &places, context) {
        let own: Vec<Range<usize>> = frame.iter().filter_map(|index| places.get(*index).cloned()).collect();
        let (excerpt, moved) = Excerpt::new(source, &own, context);
        let labels = frame
            .iter()
            .zip(&moved)
            .enumerate()
            .map(|(order, (index, place))| {
                let words = labels.get(*index).map_or("", |(_, words)| words);
                let words = (!words.is_empty()).then(|| fold(words, &excerpt, place, look.width));
                let span = (place.start, place.len());
                if order == 0 {
                    LabeledSpan::new_primary_with_span(words, span)
                } else {
                    LabeledSpan::new_with_span(words, span)
                }
            })
            .collect();
        let drawn = draw(
            &Drawing {
                code: None,
                message: String::new(),
                severity: Severity::Error,
                source: Some(excerpt),
                labels,
            },
            look.handler(context),
        );
        // The first line is the sign before the message, which is empty.
        out.push_str(drawn.split_once('\n').map_or("", |(_, frame)| frame));
    }
    out
}

/// A place, or its first line when it is a tall one.
fn short(source: &Source, place: Range<usize>) -> Range<usize> {
    let words = source.text().get(place.clone()).unwrap_or("");
    if words.lines().count() <= TALLEST {
        return place;
    }
    let first = words.lines().next().map_or(0, |line| line.trim_end().len());
    place.start..place.start.saturating_add(first)
}

/// The places by number, one group a frame. Places on lines that meet share a frame, unless two on one line overlap.
/// The group that holds the first place comes first, since its heading is where a reader will go.
fn frames(source: &Source, places: &[Range<usize>], context: usize) -> Vec<Vec<usize>> {
    let line = |byte: usize| source.line_of(u32::try_from(byte).unwrap_or(u32::MAX)) as usize;
    let lines =
        |place: &Range<usize>| (line(place.start), line(place.end.saturating_sub(1).max(place.start)));
    let gap = context.saturating_mul(2).saturating_add(1);
    let meet = |a: &Range<usize>, b: &Range<usize>| {
        let ((a_first, a_last), (b_first, b_last)) = (lines(a), lines(b));
        a_first <= b_last.saturating_add(gap) && b_first <= a_last.saturating_add(gap)
    };
    let tall = |place: &Range<usize>| lines(place).0 != lines(place).1;
    let overlap = |a: &Range<usize>, b: &Range<usize>| {
        let end = |place: &Range<usize>| place.end.max(place.start.saturating_add(1));
        !tall(a) && !tall(b) && a.start < end(b) && b.start < end(a)
    };
    let mut frames: Vec<Vec<usize>> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let at = |other: &usize| places.get(*other);
        let (mut joined, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut frames).into_iter().partition(|frame| {
                frame.iter().filter_map(at).any(|other| meet(place, other))
                    && !frame.iter().filter_map(at).any(|other| overlap(place, other))
            });
        frames = rest;
        // A place between two frames joins them, unless they are two because they overlap.
        let mut frame = if joined.is_empty() { Vec::new() } else { joined.remove(0) };
        for other in joined {
            let clash =
                other.iter().filter_map(at).any(|a| frame.iter().filter_map(at).any(|b| overlap(a, b)));
            if clash { frames.push(other) } else { frame.extend(other) }
        }
        frame.push(index);
        frame.sort_unstable();
        frames.push(frame);
    }
    frames.sort();
    frames
}

/// A label's words broken so that they stay within the width; the library does not do that.
fn fold(words: &str, excerpt: &Excerpt, place: &Range<usize>, width: usize) -> String {
    let words = safe(words);
    if !excerpt.on_one_line(place) {
        return words;
    }
    let column = excerpt.drawn_column(place.start).midpoint(excerpt.drawn_column(place.end));
    // The margin with the line numbers, and the hook that leads to the words.
    let taken = column.saturating_add(12);
    wrap(&words, width.saturating_sub(taken).max(NARROWEST_LABEL)).join("\n")
}

fn draw(drawing: &Drawing, handler: GraphicalReportHandler) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail, and every place was made to fit its excerpt.
    let _ = handler.render_report(&mut out, drawing);
    out
}

/// What the library draws at a time.
#[derive(Debug)]
struct Drawing {
    code: Option<String>,
    message: String,
    severity: Severity,
    source: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}
