//! `frist tour`: the days that matter to a rule, what it says on each, and the same as examples to paste.

use std::io;

use frist::Language;
use frist::diagnostics::files as diagnostics;
use frist::program::RuleId;
use frist::tour::{Coverage, RuleTour, render, tour};

use super::Verdict;
use super::arguments::Tour;
use super::files::Files;
use super::output::Output;
use super::rules::{Asked, load_sound};

pub(super) fn run(asked: &Tour, output: &mut Output) -> io::Result<Verdict> {
    let mut files = Files::default();
    let ruleset = match load_sound(&asked.rules, &mut files, Asked::default(), output)? {
        Ok(ruleset) => ruleset,
        Err(verdict) => return Ok(verdict),
    };
    let program = ruleset.program();
    let names = program.rules.iter().map(|rule| rule.named.name.as_str());
    let wanted: Vec<RuleId> = (0..program.rules.len())
        .map(RuleId::at)
        .zip(names.clone())
        .filter(|(_, name)| asked.rule.as_ref().is_none_or(|wanted| wanted == name))
        .map(|(id, _)| id)
        .collect();
    if let (Some(rule), []) = (&asked.rule, wanted.as_slice()) {
        output.report_one(&diagnostics::unknown_rule(rule, names), &files.sources)?;
        return Ok(Verdict::Unusable);
    }
    let language = output.language;
    let mut all = Coverage::default();
    let mut first = true;
    for rule in wanted.iter().copied() {
        let Some(toured) = tour(program, rule) else { continue };
        all = all.and(toured.coverage);
        let text = shown(asked, output, &files, program, &toured);
        if !text.is_empty() {
            if !first && !output.is_json() && !output.narrated {
                output.line("")?;
            }
            first = false;
            output.print(&text)?;
        }
    }
    if wanted.len() > 1 && !asked.examples && !output.is_json() {
        let lead = match language {
            Language::Swedish => format!("Tillsammans, {} regler", wanted.len()),
            Language::English => format!("Together, {} rules", wanted.len()),
        };
        output.line(&format!("\n{lead}: {}", render::coverage(all, language)))?;
    }
    Ok(Verdict::Fine)
}

fn shown(
    asked: &Tour,
    output: &Output,
    files: &Files,
    program: &frist::program::Program,
    toured: &RuleTour,
) -> String {
    let (sources, language) = (&files.sources, output.language);
    if asked.examples {
        render::examples(program, toured)
    } else if output.is_json() {
        render::json(program, sources, toured, language)
    } else if output.narrated {
        render::narrated(program, sources, toured, language)
    } else {
        render::text(program, sources, toured, language, output.look.width)
    }
}
