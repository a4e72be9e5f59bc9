//! `frist decide`: events run through rules; a summary for each case, or JSON Lines.

use std::io;

use frist::diagnostics::render::indented;
use frist::explain::{capital, render, sentence, standing};
use frist::missing::render as missing;
use frist::run::{CaseOutcomes, Outcome};
use frist::time::date_in_words;
use frist::{Language, Words};

use super::Verdict;
use super::arguments::{Decide, Format};
use super::output::Output;
use super::run::{Run, run as run_events};
use super::stream;

pub(super) fn run(asked: &Decide, output: &mut Output) -> io::Result<Verdict> {
    if matches!(output.format, Format::Json | Format::Csv | Format::Parquet) && !asked.missing {
        return stream::run(asked, output);
    }
    let run = match run_events(&asked.rules, &asked.events, &asked.how, output)? {
        Ok(run) => run,
        Err(verdict) => return Ok(verdict),
    };
    if asked.missing {
        return missing(&run, output);
    }
    for (number, case) in run.decisions.cases.iter().enumerate() {
        if number > 0 {
            output.print("\n")?;
        }
        summarize(&run, case, output)?;
    }
    Ok(run.verdict())
}

/// What is missing, over all cases.
fn missing(run: &Run, output: &mut Output) -> io::Result<Verdict> {
    let missing = run.ruleset.missing(&run.decisions);
    let (program, cases, language) = (run.ruleset.program(), &run.decisions.cases, output.language);
    let text = if output.is_json() {
        missing::json(program, cases, &missing, language)
    } else if output.narrated {
        missing::narrated(program, cases, &missing, language)
    } else {
        missing::text(program, cases, &missing, language, output.look.width)
    };
    output.print(&text)?;
    Ok(run.verdict())
}

/// A case as a heading and a sentence for each outcome.
fn summarize(run: &Run, case: &CaseOutcomes, output: &mut Output) -> io::Result<()> {
    output.heading(&render::heading(run.ruleset.program(), &case.id, output.language))?;
    if case.outcomes.is_empty() {
        let nothing = output.language.choose(
            "Inget har hänt som reglerna säger något om.",
            "Nothing has happened that the rules speak of.",
        );
        output.line(&format!("  {nothing}"))?;
    }
    for outcome in &case.outcomes {
        let text = told(run, outcome, output.language);
        let line = if output.narrated {
            match outcome.fired {
                Some(day) => format!("{}: {text}\n", capital(&date_in_words(day, output.language))),
                None => format!("{text}\n"),
            }
        } else {
            let day = outcome.fired.map_or_else(|| " ".repeat(10), |day| day.to_string());
            indented(&format!("  {} {day}  ", render::sign(outcome)), &text, output.look.width)
        };
        output.print(&line)?;
    }
    Ok(())
}

/// The outcome in one sentence, how a duty stands, and that something later took its place.
fn told(run: &Run, outcome: &Outcome, language: Language) -> String {
    let mut text = sentence(run.ruleset.program(), &run.decisions.pool, outcome).get(language).to_owned();
    let mut add = |words: &Words| {
        text.push(' ');
        text.push_str(words.get(language));
    };
    if let Some(standing) = standing(run.ruleset.program(), &run.decisions.pool, outcome, run.decisions.as_of)
    {
        add(&standing);
    }
    if let Some((_, day)) = outcome.remarks.superseded_by {
        add(&Words::new(
            format!("Ersattes {}.", date_in_words(day, Language::Swedish)),
            format!("Replaced on {}.", date_in_words(day, Language::English)),
        ));
    }
    text
}
