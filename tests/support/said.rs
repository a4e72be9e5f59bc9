//! What is said of a rule file, as a list of codes, words and labels.

use std::fmt::Write as _;

use frist::check::{CheckOptions, check};
use frist::diagnostics::{Diagnostic, Severity};
use frist::source::Sources;
use frist::syntax;

/// Everything but advice that is said of a text.
pub fn said_of(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("demo.frist", text);
    let (file, mut found) = syntax::parse(&sources, id);
    let (_, more) = check(&sources, &[file], &CheckOptions::default());
    found.extend(more);
    listed(&sources, &found)
}

/// Everything but advice among what was found: the words that are underlined, what is wrong with them, the cure.
pub fn listed(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut all = String::new();
    for said in found.iter().filter(|said| said.severity != Severity::Advice) {
        let words = said.span().map_or("", |span| sources.slice(span));
        writeln!(all, "  {} at `{words}`: {}", said.code, said.message.sv).unwrap();
        for (place, label) in said.labels.iter().enumerate() {
            match place {
                0 => writeln!(all, "    {}", label.words.sv).unwrap(),
                _ => writeln!(all, "    `{}`: {}", sources.slice(label.span), label.words.sv).unwrap(),
            }
        }
        if let Some(help) = &said.help {
            writeln!(all, "    {}", help.sv).unwrap();
        }
    }
    all
}
