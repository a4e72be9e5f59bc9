//! `frist test`: the examples in rule files.

use std::io;

use frist::diagnostics::Diagnostic;
use frist::examples::{ExampleResult, unreached};
use frist::{Language, Ruleset};

use super::Verdict;
use super::arguments::Test;
use super::check::counted;
use super::files::Files;
use super::output::Output;
use super::rules::{Asked, load_sound};

pub(super) fn run(asked: &Test, output: &mut Output) -> io::Result<Verdict> {
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        let mut files = Files::default();
        let found = match load_sound(path, &mut files, Asked::default(), output)? {
            Ok(ruleset) => one(&ruleset, asked, &files, output)?,
            Err(verdict) => verdict,
        };
        verdict = verdict.max(found);
    }
    Ok(verdict)
}

fn one(ruleset: &Ruleset, asked: &Test, files: &Files, output: &mut Output) -> io::Result<Verdict> {
    let results = ruleset.test();
    let failures: Vec<Diagnostic> = results.iter().flat_map(|result| result.failures.clone()).collect();
    output.report(&failures, &files.sources)?;
    let failed = results.iter().filter(|result| !result.failures.is_empty()).count();
    let name = &ruleset.program().header.name;
    if output.is_json() {
        let line = serde_json::json!({ "ruleset": name, "examples": results.len(), "failed": failed });
        output.line(&line.to_string())?;
    } else {
        let all = counted(results.len(), ("exempel", "exempel"), ("example", "examples"), output.language);
        let outcome = match (output.language, failed) {
            (Language::Swedish, 0) => String::from("alla håller"),
            (Language::Swedish, _) => format!("{failed} håller inte"),
            (Language::English, 0) => String::from("all hold"),
            (Language::English, _) => format!("{failed} failed"),
        };
        output.line(&format!("{name}: {all}, {outcome}"))?;
    }
    if asked.coverage {
        coverage(ruleset, &results, files, output)?;
    }
    Ok(if failed > 0 { Verdict::No } else { Verdict::Fine })
}

/// The rules and branches that no example reaches, a line each.
fn coverage(
    ruleset: &Ruleset,
    results: &[ExampleResult],
    files: &Files,
    output: &mut Output,
) -> io::Result<()> {
    let program = ruleset.program();
    for (id, branch) in unreached(program, results) {
        let Some(rule) = program.rules.get(id.index()) else { continue };
        let found = (branch as usize).checked_sub(1).and_then(|place| rule.branches.get(place));
        let place = files.sources.place(found.map_or(rule.named.span, |branch| branch.opening));
        let name = &rule.named.name;
        let line = if output.is_json() {
            serde_json::json!({ "unreached": { "rule": name, "branch": branch, "place": place } }).to_string()
        } else {
            match (output.language, branch) {
                (Language::Swedish, 0) => format!("  {place}: inget exempel når `{name}`"),
                (Language::Swedish, _) => format!("  {place}: inget exempel når gren {branch} i `{name}`"),
                (Language::English, 0) => format!("  {place}: no example reaches `{name}`"),
                (Language::English, _) => {
                    format!("  {place}: no example reaches branch {branch} of `{name}`")
                }
            }
        };
        output.line(&line)?;
    }
    Ok(())
}
