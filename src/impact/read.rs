//! The same event files read for two rulesets, each by its own declarations.

use std::collections::BTreeSet;

use crate::Ruleset;
use crate::diagnostics::{Diagnostic, impact as diagnostics, sort};
use crate::program::Program;
use crate::record::{Declared, Input, ReadOptions};
use crate::source::{SourceId, Sources, Span};
use crate::time::Day;

/// What event files hold for two rulesets.
#[derive(Clone, Debug)]
pub struct Both {
    /// As the old ruleset reads them.
    pub old: Input,
    /// As the new ruleset reads them.
    pub new: Input,
    /// What is wrong with lines, each said once; what only one of the rulesets declares, once for each such thing; and
    /// that cases are not compared.
    pub diagnostics: Vec<Diagnostic>,
    /// The cases that cannot be compared: one of the rulesets cannot read a line of theirs that the other can.
    pub apart: BTreeSet<String>,
}

impl Both {
    /// Whether a line was left out under either ruleset because something is wrong with it.
    pub fn has_bad_lines(&self) -> bool {
        self.old.bad_lines > 0 || self.new.bad_lines > 0
    }

    /// The latest date among the lines that count under either ruleset.
    pub fn latest_date(&self) -> Option<Day> {
        self.old.latest_date.max(self.new.latest_date)
    }
}

/// Reads event files that are among the sources, for both rulesets. Events and fields that only one of them declares are
/// passed over by the other.
pub fn read(
    old: &Ruleset,
    new: &Ruleset,
    sources: &Sources,
    files: &[SourceId],
    options: &ReadOptions,
) -> Both {
    let for_one = |one: &Ruleset, other: &Ruleset| {
        let options = ReadOptions { elsewhere: Declared::by(other.program()), ..options.clone() };
        one.read(sources, files, &options)
    };
    let (was, is) = (for_one(old, new), for_one(new, old));
    let mut apart = BTreeSet::new();
    let mut said = once(&was.diagnostics, &is.diagnostics);
    said.extend(passed_over(new.program(), &was, false));
    said.extend(passed_over(old.program(), &is, true));
    said.extend(unread(old.program(), &was, new.program(), &is, false, &mut apart));
    said.extend(unread(new.program(), &is, old.program(), &was, true, &mut apart));
    sort(&mut said);
    Both { old: was, new: is, diagnostics: said, apart }
}

/// What both say once, and of what only one says, that which says the same of many lines once.
fn once(old: &[Diagnostic], new: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut said: Vec<Diagnostic> = old.iter().filter(|one| new.contains(one)).cloned().collect();
    for (one, other) in [(old, new), (new, old)] {
        let mut known: BTreeSet<(u16, &str)> = BTreeSet::new();
        for diagnostic in one.iter().filter(|diagnostic| !other.contains(diagnostic)) {
            if known.insert((diagnostic.code.0, &diagnostic.message.en)) {
                said.push(diagnostic.clone());
            }
        }
    }
    said
}

/// What only one of the rulesets declares, at its declaration there. `by_new`: it is the new one that passes it over.
fn passed_over(declares: &Program, input: &Input, by_new: bool) -> Vec<Diagnostic> {
    let said = input.passed_over.iter().filter_map(|((event, field), lines)| {
        let event = declares.events.iter().find(|known| known.named.name == *event)?;
        let at = match field {
            None => event.named.span,
            Some(field) => event.fields.iter().find(|known| known.named.name == *field)?.named.span,
        };
        Some(diagnostics::declared_by_one(&event.named.name, field.as_deref(), at, *lines, by_new))
    });
    said.collect()
}

/// The lines that one ruleset reads and the other, which declares their events, does not; their cases come to stand
/// apart. `by_new`: it is the new one that cannot read them.
fn unread(
    without: &Program,
    lacking: &Input,
    with: &Program,
    full: &Input,
    by_new: bool,
    apart: &mut BTreeSet<String>,
) -> Option<Diagnostic> {
    let events = lacking.history.cases.iter().flat_map(|case| &case.events);
    let read: BTreeSet<Span> = events.filter_map(|event| event.span).collect();
    let (mut lines, mut cases, mut first) = (0_usize, BTreeSet::new(), None::<Span>);
    for case in &full.history.cases {
        for event in &case.events {
            let Some(span) = event.span else { continue };
            let name = with.events.get(event.event.index()).map_or("", |event| event.named.name.as_str());
            if read.contains(&span) || without.event_named(name).is_none() {
                continue;
            }
            lines = lines.saturating_add(1);
            cases.insert(case.id.clone());
            first = Some(first.map_or(span, |first| first.min(span)));
        }
    }
    let said = first.map(|first| diagnostics::not_compared(first, lines, cases.len(), by_new));
    apart.extend(cases);
    said
}
