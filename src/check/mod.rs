//! Tree → program: names, types and units, versions, exceptions, coverage, cycles, the shape of examples.
//!
//! [`check`] declares what the files declare (`declare`, `events`, `constants`, `tables`), works out which kinds of
//! case everything lives in (`kinds`), lowers expressions to flat operations while judging their types (`lower` and
//! its neighbours), then rules (`rules`, `triggers`, `effects`, `duties`), and last judges the rules against each
//! other (`coverage`, `exceptions`, `versions`, `cycles`, `examples`, `guarantees`).
//!
//! An expression that is wrong is reported once: what is built on it has no type and says nothing more.

mod brings;
mod calls;
mod citations;
mod constants;
mod coverage;
mod csv_rows;
mod cycles;
mod dates;
mod declare;
mod duties;
mod effects;
mod events;
mod examples;
mod exceptions;
mod expected;
mod fit;
mod flat;
mod fold;
mod functions;
mod guarantees;
mod guards;
mod header;
mod keys;
mod kinds;
mod literal;
mod lookback;
mod lost;
mod lower;
mod names;
mod operators;
mod questions;
mod resolve;
mod rows;
mod rules;
mod scope;
mod sets;
mod solver;
mod state;
mod tables;
mod templates;
mod translations;
mod triggers;
mod unknown;
mod versions;
mod walk;
mod whole;
mod words;

use crate::diagnostics::{self, Diagnostic, names as report_names};
use crate::program::Program;
use crate::source::{SourceId, Sources};
use crate::syntax::tree;
use crate::time::{Day, NamedCalendar};

/// What check is told beside the rule files.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The day on which a passed revision day is judged; without one it is not.
    pub as_of: Option<Day>,
    /// Files beside the rules that tables, calendars and functions may name: the file name as a rule file writes it, the text.
    pub tables: Vec<(String, SourceId)>,
    /// Calendars that the caller supplies, by name; they go before those of the ruleset.
    pub calendars: Vec<(String, NamedCalendar)>,
}

/// Checks rule files, in file-name order, and makes the program.
///
/// There is a program whenever there is a header: a broken rule is left out of it, and its diagnostics say why.
pub fn check(
    sources: &Sources,
    files: &[tree::File],
    options: &CheckOptions,
) -> (Option<Program>, Vec<Diagnostic>) {
    let mut checker = state::Checker::new(sources, files, options);
    let has_header = checker.whole();
    let mut found = checker.diagnostics;
    diagnostics::sort(&mut found);
    // An exception reads its rule's trigger once more, and so would say the same again.
    found.dedup();
    let found = said_once(sources, found);
    (has_header.then_some(checker.out), found)
}

/// One diagnostic for a name that is unknown in several places: the first, which names the lines of the others.
fn said_once(sources: &Sources, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, Vec<u32>)> = Vec::new();
    for diagnostic in found {
        let of_names = matches!(diagnostic.code, report_names::UNKNOWN_NAME | report_names::UNKNOWN_FIELD);
        let same = |(first, _): &&mut (Diagnostic, Vec<u32>)| {
            first.code == diagnostic.code
                && first.message == diagnostic.message
                && first.span().map(|span| span.source) == diagnostic.span().map(|span| span.source)
        };
        match kept.iter_mut().find(same).filter(|_| of_names) {
            Some((first, lines)) => {
                let line = |found: &Diagnostic| {
                    let span = found.span()?;
                    Some(sources.get(span.source)?.line_of(span.start))
                };
                if let Some(at) = line(&diagnostic)
                    && line(first) != Some(at)
                    && !lines.contains(&at)
                {
                    lines.push(at);
                }
            }
            None => kept.push((diagnostic, Vec::new())),
        }
    }
    let said = |(found, lines): (Diagnostic, Vec<u32>)| {
        if lines.is_empty() { found } else { report_names::also_on(found, &lines) }
    };
    kept.into_iter().map(said).collect()
}
