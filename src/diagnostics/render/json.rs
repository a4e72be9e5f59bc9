//! Diagnostics as JSON Lines for programs; the keys are part of the interface.

use serde::Serialize;

use super::place;
use crate::diagnostics::{Diagnostic, Severity};
use crate::language::Language;
use crate::source::Sources;

#[derive(Serialize)]
struct Line<'a> {
    code: String,
    slug: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
}

/// Lines and columns from 1, columns in characters; `start` and `end` in bytes; each end is the first place after.
#[derive(Serialize)]
struct Label<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: usize,
    end: usize,
    text: &'a str,
    label: &'a str,
}

/// One line of JSON.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let labels = diagnostic.labels.iter().filter_map(|label| {
        let place = place(label.span, sources)?;
        Some(Label {
            file: place.file,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            start: place.start_byte,
            end: place.end_byte,
            text: place.text,
            label: label.words.get(language),
        })
    });
    let line = Line {
        code: diagnostic.code.to_string(),
        slug: diagnostic.code.info().map_or("", |info| info.slug),
        // Words for programs do not change with the language.
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        },
        message: diagnostic.message.get(language),
        help: diagnostic.help.as_ref().map(|help| help.get(language)),
        labels: labels.collect(),
    };
    // Nothing in the line can fail to be written as JSON: it holds texts and numbers only.
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}
