//! A tour as a table, and in sentences.

use super::{coverage, heading};
use crate::Language;
use crate::diagnostics::render::indented;
use crate::program::Program;
use crate::source::Sources;
use crate::tour::{Row, RuleTour};

/// More of what a row shows is not said beside it.
const MOST_NOTES: usize = 3;

/// A tour as a table: the day, what is given, what comes of it, what the row shows.
pub fn text(
    program: &Program,
    sources: &Sources,
    tour: &RuleTour,
    language: Language,
    width: usize,
) -> String {
    let Some(rule) = program.rules.get(tour.rule.index()) else { return String::new() };
    let mut out = format!("{}\n", heading(rule, language));
    out.push_str(&indented("  ", &summary(tour, language), width));
    for row in &tour.rows {
        out.push('\n');
        let day = row.day.map_or_else(|| String::from("–"), |day| day.to_string());
        out.push_str(&indented(&format!("  {day:<10}  "), &given(row, language), width));
        for outcome in outcomes(row, language) {
            out.push_str(&indented("              → ", &outcome, width));
        }
        let notes = notes(program, sources, row, language);
        if !notes.is_empty() {
            out.push_str(&indented("              · ", &notes.join("; "), width));
        }
    }
    for unreached in &tour.unreached {
        let words = unreached.words(sources);
        let lead = language.choose("  Inte visat: ", "  Not shown: ");
        out.push('\n');
        out.push_str(&indented(lead, words.get(language), width));
    }
    out
}

/// A tour in plain sentences.
pub fn narrated(program: &Program, sources: &Sources, tour: &RuleTour, language: Language) -> String {
    let Some(rule) = program.rules.get(tour.rule.index()) else { return String::new() };
    let mut out = format!("{}.\n", heading(rule, language).replace(" · ", ": "));
    out.push_str(&format!("{}.\n", summary(tour, language)));
    for (number, row) in (1_usize..).zip(&tour.rows) {
        let day = row.day.map(|day| format!("{day}: ")).unwrap_or_default();
        out.push_str(&format!(
            "{} {number}, {day}{}. {}",
            language.choose("Rad", "Row"),
            given(row, language),
            outcomes(row, language).join(" "),
        ));
        let notes = notes(program, sources, row, language);
        if !notes.is_empty() {
            let lead = language.choose("Raden visar:", "The row shows:");
            out.push_str(&format!(" {lead} {}.", notes.join("; ")));
        }
        out.push('\n');
    }
    for unreached in &tour.unreached {
        let lead = language.choose("Inte visat:", "Not shown:");
        out.push_str(&format!("{lead} {}.\n", unreached.words(sources).get(language)));
    }
    out
}

fn summary(tour: &RuleTour, language: Language) -> String {
    let rows = match (language, tour.rows.len()) {
        (Language::Swedish, 1) => String::from("1 rad"),
        (Language::Swedish, number) => format!("{number} rader"),
        (Language::English, 1) => String::from("1 row"),
        (Language::English, number) => format!("{number} rows"),
    };
    let tried = tour.tried;
    let tried = match language {
        Language::Swedish => format!("av {tried} prövade exempel"),
        Language::English => format!("of {tried} examples tried"),
    };
    let coverage = coverage(tour.coverage, language);
    if coverage.is_empty() { format!("{rows} {tried}") } else { format!("{rows} {tried}: {coverage}") }
}

/// What is given beside the day, without the word that introduces it.
fn given(row: &Row, language: Language) -> String {
    // Behind the word that introduces it stands the reading, if it is another one.
    let (head, after) = row.given.split_once(": ").unwrap_or((row.given.trim_end_matches(':'), ""));
    let reading = head.split_once(' ').map(|(_, reading)| format!("{reading}: ")).unwrap_or_default();
    let date = row.day.map(|day| format!(" = {day}"));
    let rest = date.and_then(|date| {
        let (name, rest) = after.split_once(date.as_str())?;
        (!name.contains([' ', ';'])).then(|| rest.trim_start_matches([',', ' ']).to_owned())
    });
    let rest = rest.unwrap_or_else(|| after.to_owned());
    let given = if rest.is_empty() { language.choose("inget mer", "nothing more").to_owned() } else { rest };
    match row.present {
        Some(_) => format!("{reading}{given} ({})", language.choose("finns", "present")),
        None => format!("{reading}{given}"),
    }
}

fn outcomes(row: &Row, language: Language) -> Vec<String> {
    if row.outcomes.is_empty() {
        return vec![language.choose("Inget.", "Nothing.").to_owned()];
    }
    let mut all: Vec<String> = Vec::new();
    for outcome in &row.outcomes {
        let outcome = outcome.get(language).to_owned();
        if !all.contains(&outcome) {
            all.push(outcome);
        }
    }
    all
}

fn notes(program: &Program, sources: &Sources, row: &Row, language: Language) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for note in &row.shows {
        let words = note.words(program, sources).get(language).to_owned();
        if !all.contains(&words) && all.len() < MOST_NOTES {
            all.push(words);
        }
    }
    all
}
