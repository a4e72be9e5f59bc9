//! `frist compare`: the same questions put to several rulesets.

use std::io;

use frist::compare::{Side, advice, compare, render};
use frist::source::Sources;
use frist::time::Day;
use frist::{Ruleset, Words};

use super::Verdict;
use super::arguments::{Compare, Format};
use super::files::Files;
use super::output::Output;
use super::rules::{Asked, load_sound};

pub(super) fn run(asked: &Compare, output: &mut Output) -> io::Result<Verdict> {
    let mut loaded: Vec<(Ruleset, Sources)> = Vec::new();
    let mut verdict = Verdict::Fine;
    for path in &asked.rules {
        let mut files = Files::default();
        match load_sound(path, &mut files, Asked::default(), output)? {
            Ok(ruleset) => loaded.push((ruleset, files.sources)),
            Err(worse) => verdict = verdict.max(worse),
        }
    }
    // A table that lacks a municipality would look whole.
    if verdict != Verdict::Fine {
        return Ok(verdict);
    }
    let sides: Vec<Side<'_>> =
        loaded.iter().map(|(ruleset, sources)| Side { program: ruleset.program(), sources }).collect();
    let days = match asked.on.as_slice() {
        [] => vec![usual_day(&sides, output)?],
        days => days.to_vec(),
    };
    let comparison = match compare(&sides, &days, &asked.question) {
        Ok(comparison) => comparison,
        Err(wrong) => {
            output.report_one(&wrong, &Sources::default())?;
            return Ok(Verdict::Unusable);
        }
    };
    let language = output.language;
    let text = match output.format {
        Format::Json => render::json(&comparison, language),
        Format::Csv => render::csv(&comparison, language),
        _ if output.narrated => render::narrated(&comparison, language),
        _ => render::text(&comparison, language, output.look),
    };
    output.print(&text)?;
    for (place, nearly) in advice(&sides) {
        if let Some((_, sources)) = loaded.get(place) {
            output.report_one(&nearly, sources)?;
        }
    }
    Ok(Verdict::Fine)
}

/// The first day on which all rulesets have come into force, said to be taken.
fn usual_day(sides: &[Side<'_>], output: &mut Output) -> io::Result<Day> {
    let first = sides.iter().map(|side| side.program.header.in_force.from).max().unwrap_or(Day::MIN);
    output.note(&Words::new(
        format!("Utlösande dag: {first}, den första dagen då alla regelverken har börjat gälla. Välj andra med --on."),
        format!("Trigger day: {first}, the first day on which all the rulesets have come into force. Choose others with --on."),
    ))?;
    Ok(first)
}
