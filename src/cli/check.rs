//! `frist check`: everything that can be known of rules before they run, examples included.

use std::io;

use frist::diagnostics::Severity;
use frist::program::Program;
use frist::{Language, Ruleset};

use super::Verdict;
use super::arguments::Check;
use super::files::Files;
use super::output::Output;
use super::rules::{Asked, load};

pub(super) fn run(asked: &Check, output: &mut Output) -> io::Result<Verdict> {
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        verdict = verdict.max(one(path, asked, output)?);
    }
    Ok(verdict)
}

fn one(path: &str, asked: &Check, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let with = Asked { as_of: asked.as_of, ..Asked::default() };
    let loaded = match load(path, &mut files, with, output)? {
        Ok(loaded) => loaded,
        Err(verdict) => return Ok(verdict),
    };
    let mut found = loaded.diagnostics;
    if let Some(ruleset) = &loaded.ruleset {
        found.extend(ruleset.test().into_iter().flat_map(|result| result.failures));
    }
    output.report(&found, &files.sources)?;
    let count = |severity| found.iter().filter(|one| one.severity == severity).count();
    let errors = count(Severity::Error);
    let warnings = count(Severity::Warning);
    let summary =
        Summary { path, ruleset: loaded.ruleset.as_ref(), errors, warnings, advice: count(Severity::Advice) };
    output.line(&summary.say(output.language, output.is_json()))?;
    if asked.left_out
        && let Some(ruleset) = &loaded.ruleset
    {
        left_out(ruleset.program(), output)?;
    }
    Ok(if errors > 0 { Verdict::No } else { Verdict::Fine })
}

/// What there is to say of a whole ruleset.
struct Summary<'a> {
    path: &'a str,
    ruleset: Option<&'a Ruleset>,
    errors: usize,
    warnings: usize,
    advice: usize,
}

impl Summary<'_> {
    fn say(&self, language: Language, json: bool) -> String {
        let program = self.ruleset.map(Ruleset::program);
        let name = program.map(|program| program.header.name.as_str()).filter(|name| !name.is_empty());
        let rules = program.map(|program| program.rules.len());
        let examples = program.map(examples);
        if json {
            let mut line = serde_json::json!({
                "path": self.path, "errors": self.errors, "warnings": self.warnings, "advice": self.advice,
            });
            if let (Some(line), Some(rules), Some(examples)) = (line.as_object_mut(), rules, examples) {
                line.insert(String::from("ruleset"), name.into());
                line.insert(String::from("rules"), rules.into());
                line.insert(String::from("examples"), examples.into());
            }
            return line.to_string();
        }
        let mut parts = Vec::new();
        if let (Some(rules), Some(examples)) = (rules, examples) {
            parts.push(counted(rules, ("regel", "regler"), ("rule", "rules"), language));
            parts.push(counted(examples, ("exempel", "exempel"), ("example", "examples"), language));
        }
        let promised = program.map_or(0, guarantees);
        if promised > 0 {
            let guarantees =
                counted(promised, ("garanti", "garantier"), ("guarantee", "guarantees"), language);
            parts.push(guarantees);
        }
        parts.push(counted(self.errors, ("fel", "fel"), ("error", "errors"), language));
        if self.warnings > 0 {
            parts.push(counted(self.warnings, ("varning", "varningar"), ("warning", "warnings"), language));
        }
        format!("{}: {}", name.unwrap_or(self.path), parts.join(", "))
    }
}

/// How many guarantees a ruleset gives.
fn guarantees(program: &Program) -> usize {
    let in_rules = program.rules.iter().map(|rule| rule.guarantees.len());
    in_rules.fold(program.guarantees.len(), usize::saturating_add)
}

/// How many examples a ruleset has.
pub(super) fn examples(program: &Program) -> usize {
    program.rules.iter().map(|rule| rule.examples.len()).sum()
}

/// A number of things, with "inga" and "no" for none.
pub(super) fn counted(number: usize, sv: (&str, &str), en: (&str, &str), language: Language) -> String {
    let (one, many) = match language {
        Language::Swedish => sv,
        Language::English => en,
    };
    match number {
        0 => format!("{} {many}", language.choose("inga", "no")),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// The sentences that no rule expresses, one a line: where they stand, and why they were left out.
fn left_out(program: &Program, output: &mut Output) -> io::Result<()> {
    for left in &program.left_out {
        let reason = left.reason.get(output.language).to_owned();
        for citation in left.grounds.citations.iter().filter_map(|id| program.citations.get(id.index())) {
            let document = program.documents.get(citation.document.index());
            let name = document.map_or("", |document| document.named.name.as_str());
            let (section, anchor) = (citation.section.as_deref(), citation.anchor.as_deref());
            let line = if output.is_json() {
                let line = serde_json::json!({
                    "left_out": {
                        "source": name, "section": section, "anchor": anchor, "number": citation.number,
                        "reason": reason,
                    },
                });
                line.to_string()
            } else {
                let section = section.map_or_else(String::new, |section| format!(", \"{section}\""));
                let number = citation.number.map_or_else(String::new, |number| format!(" nr {number}"));
                let anchor = anchor.map_or_else(String::new, |anchor| format!(" [{anchor}{number}]"));
                format!("  {name}{section}{anchor}: {reason}")
            };
            output.line(&line)?;
        }
    }
    Ok(())
}
