//! Diagnostics as people and programs read them.
//!
//! Four forms of the same data: drawn beside the text ([`Style::Graphical`], only with the feature `cli`), in plain
//! sentences for a screen reader, one line each, and JSON Lines. All of them count columns in characters, and none
//! ever drops a place: one that lies outside its text is drawn at the nearest character ([`place`]).

mod concise;
#[cfg(feature = "cli")]
mod excerpt;
#[cfg(feature = "cli")]
mod graphical;
mod json;
mod narrated;
mod place;
mod safe;
mod wrap;

#[cfg(feature = "cli")]
pub use graphical::{Look, snippet};
pub use place::{Place, place};
pub use wrap::{indented, wrap};

use super::{Diagnostic, Severity};
use crate::language::Language;
use crate::source::Sources;

/// How many diagnostics are shown to a person; a program that reads JSON gets them all.
pub const SHOWN: usize = 50;

/// The form of a rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Drawn beside the text, with marks beneath the exact words.
    #[cfg(feature = "cli")]
    Graphical(Look),
    /// Plain sentences in reading order, with words and no drawing.
    Narrated,
    /// One line each: `file:line:column: error[F0201]: message`.
    Concise,
    /// JSON Lines.
    Json,
}

/// Diagnostics as text, in the order given.
///
/// At most [`SHOWN`] are shown to a person, errors before warnings before advice, and a last line says how many more
/// there are.
///
/// ```
/// use frist::diagnostics::render::{Style, render};
/// use frist::diagnostics::{Diagnostic, Code};
/// use frist::source::{Sources, Span};
/// use frist::Language;
/// let mut sources = Sources::default();
/// let id = sources.add("a.frist", "annrs godkänns");
/// let wrong = Diagnostic::new(Code(201), "okänt ord `annrs`", "unknown word `annrs`").at(Span::new(id, 0, 5), "", "");
/// let text = render(&[wrong], &sources, Language::English, Style::Concise);
/// assert_eq!(text, "a.frist:1:1: error[F0201]: unknown word `annrs`\n");
/// ```
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, language: Language, style: Style) -> String {
    let mut out = String::new();
    if style == Style::Json {
        for diagnostic in diagnostics {
            out.push_str(&json::render(diagnostic, sources, language));
        }
        return out;
    }
    let (shown, left) = choose(diagnostics);
    for (number, diagnostic) in shown.into_iter().enumerate() {
        if number > 0 && style != Style::Concise {
            out.push('\n');
        }
        match style {
            #[cfg(feature = "cli")]
            Style::Graphical(look) => out.push_str(&graphical::render(diagnostic, sources, language, look)),
            Style::Narrated => out.push_str(&narrated::render(diagnostic, sources, language)),
            Style::Concise | Style::Json => out.push_str(&concise::render(diagnostic, sources, language)),
        }
    }
    if left > 0 {
        if style != Style::Concise {
            out.push('\n');
        }
        out.push_str(&not_shown(left, language));
    }
    out
}

/// How many diagnostics are not shown, on a line of its own.
pub fn not_shown(left: usize, language: Language) -> String {
    match language {
        Language::Swedish => format!("… och {left} till som inte visas\n"),
        Language::English => format!("… and {left} more that are not shown\n"),
    }
}

/// The ones that are shown, in their own order, and how many are not: the gravest are kept.
fn choose(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, usize) {
    let left = diagnostics.len().saturating_sub(SHOWN);
    if left == 0 {
        return (diagnostics.iter().collect(), 0);
    }
    let mut ranked: Vec<(usize, &Diagnostic)> = diagnostics.iter().enumerate().collect();
    ranked.sort_by_key(|(order, diagnostic)| (diagnostic.severity, *order));
    ranked.truncate(SHOWN);
    ranked.sort_by_key(|(order, _)| *order);
    (ranked.into_iter().map(|(_, diagnostic)| diagnostic).collect(), left)
}

/// The word for a severity.
pub fn severity_word(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => language.choose("fel", "error"),
        Severity::Warning => language.choose("varning", "warning"),
        Severity::Advice => language.choose("råd", "advice"),
    }
}

/// A word with its first letter as a capital.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
