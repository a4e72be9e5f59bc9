//! Diagnostics in plain sentences, in the order in which one would say them aloud: no drawing, no signs.

use super::safe::safe;
use super::{capital, place, severity_word};
use crate::diagnostics::{Diagnostic, Label};
use crate::language::Language;
use crate::source::Sources;

/// How many characters of a line are read out; a longer one is cut around the words.
const LONGEST_LINE: usize = 200;
/// How many of them stand before the words, if so many do.
const BEFORE: usize = 50;

/// What is wrong, where, how the line reads, and the cure: each a sentence on a line of its own.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let mut out = String::new();
    let severity = capital(severity_word(diagnostic.severity, language));
    sentence(
        &mut out,
        &format!("{severity} {}: {}", diagnostic.code, quoted(diagnostic.message.get(language), language)),
    );
    let mut read = Vec::new();
    for (number, label) in diagnostic.labels.iter().enumerate() {
        let Some(place) = place(label.span, sources) else { continue };
        sentence(&mut out, &whereabouts(label, &place, number > 0, language));
        let line = (label.span.source, place.start.line);
        if !read.contains(&line) && !place.line.trim().is_empty() && place.line.trim() != place.text {
            let begins =
                sources.get(label.span.source).map_or(0, |source| source.line_start(line.1) as usize);
            let words = (label.span.start as usize).saturating_sub(begins);
            let (cut, shown) = around(place.line, words);
            out.push_str(match cut {
                false => language.choose("Hela raden är: ", "The whole line is: "),
                true => language.choose("Ur raden: ", "From the line: "),
            });
            // The line is the file's own: it gets no full stop that it does not have.
            out.push_str(&safe(&shown));
            out.push('\n');
            read.push(line);
        }
    }
    if let Some(help) = &diagnostic.help {
        let opening = language.choose("Hjälp", "Help");
        sentence(&mut out, &format!("{opening}: {}", quoted(help.get(language), language)));
    }
    out
}

fn whereabouts(label: &Label, place: &super::Place, further: bool, language: Language) -> String {
    let (line, column) = (place.start.line, place.start.column);
    let file = place.file;
    let mut text = match (language, further) {
        (Language::Swedish, false) => format!("I {file}, rad {line}, kolumn {column}"),
        (Language::Swedish, true) => format!("Se även {file}, rad {line}, kolumn {column}"),
        (Language::English, false) => format!("In {file}, line {line}, column {column}"),
        (Language::English, true) => format!("See also {file}, line {line}, column {column}"),
    };
    if place.start.line < place.end.line {
        let last = place.end.line;
        text.push_str(&match language {
            Language::Swedish => format!(", till och med rad {last}"),
            Language::English => format!(", through line {last}"),
        });
    } else if !place.text.trim().is_empty() {
        let words = shortened(place.text.trim(), LONGEST_LINE);
        text.push_str(&match language {
            Language::Swedish => format!(", vid ”{words}”"),
            Language::English => format!(", at “{words}”"),
        });
    }
    let words = label.words.get(language);
    if !words.is_empty() {
        text.push_str(": ");
        text.push_str(&quoted(words, language));
    }
    text
}

fn sentence(out: &mut String, text: &str) {
    out.push_str(&safe(text));
    if !text.ends_with(['.', '!', '?', ':']) {
        out.push('.');
    }
    out.push('\n');
}

/// Backticks are read out as "grave accent"; quotation marks are heard as a pause.
fn quoted(text: &str, language: Language) -> String {
    let mut open = false;
    text.chars()
        .map(|letter| match letter {
            '`' => {
                open = !open;
                match (language, open) {
                    (Language::English, true) => '“',
                    _ => '”',
                }
            }
            other => other,
        })
        .collect()
}

/// Whether a line is too long to be read out, and if so what stands around the words that begin at a byte of it.
fn around(line: &str, words: usize) -> (bool, String) {
    let whole = line.trim();
    if whole.chars().nth(LONGEST_LINE).is_none() {
        return (false, whole.to_owned());
    }
    let before = line.get(..words).unwrap_or("").trim_start();
    let cut = before.char_indices().rev().nth(BEFORE.saturating_sub(1)).map_or(0, |(at, _)| at);
    let from = line.len().saturating_sub(line.trim_start().len()).saturating_add(cut);
    let shown = shortened(line.get(from..).unwrap_or("").trim_end(), LONGEST_LINE);
    (true, if cut > 0 { format!("…{shown}") } else { shown })
}

fn shortened(text: &str, longest: usize) -> String {
    let mut letters = text.chars();
    let mut out: String = letters.by_ref().take(longest).collect();
    if letters.next().is_some() {
        out.push('…');
    }
    out
}
