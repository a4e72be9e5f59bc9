//! Then and now drawn: the two outcomes, the line or the day at which they part, what follows, both derivations.

use super::super::{Difference, PartedCase, Parting, Point, Told, What};
use super::{Showing, words};
use crate::Language;
use crate::diagnostics::render::{Look, indented, snippet};
use crate::explain::render as explanations;
use crate::program::Program;
use crate::source::{Sources, Span};

/// How wide the headings of the rows are.
const HEADING: usize = 14;

/// What the two days mean: said once, before the cases.
pub fn text_days(showing: Showing<'_>, look: Look) -> String {
    indented("", &words::days(showing.parted, showing.language), look.width)
}

/// What is said of all cases together in which nothing differs and no line does. `cases` says how many there are in all.
pub fn text_quiet(showing: Showing<'_>, quiet: &[&PartedCase], cases: usize, look: Look) -> String {
    indented("", &super::quiet(showing, quiet, cases), look.width)
}

/// What is said of a case before its outcomes: the lines that differ, and how many outcomes do. `shown` are
/// those asked about, `unchanged` how many of these are the same.
pub fn text_summary(
    showing: Showing<'_>,
    case: &PartedCase,
    shown: &[&Difference],
    unchanged: usize,
    look: Look,
) -> String {
    let Showing { sources, ledger, language, .. } = showing;
    let mut out = indented("  ", &words::entries_head(case, language), look.width);
    for entry in &case.entries {
        let text = words::entry(ledger, sources, entry, language);
        out.push_str(&indented("    · ", &text, look.width));
    }
    out.push_str(&indented("  ", &words::counted(shown, unchanged, language), look.width));
    out
}

/// An outcome that differs, drawn. `again` says that the lines at which it parts have been drawn already.
pub fn text(
    showing: Showing<'_>,
    parting: &Parting,
    difference: &Difference,
    again: bool,
    look: Look,
) -> String {
    let Showing { program, sources, language, .. } = showing;
    let head = format!("≠ {}. ", words::change(difference, language));
    let mut out = indented("", &format!("{head}{}", words::because(difference, language)), look.width);
    let outcome = parting.points.iter().find(|point| point.what == What::Outcome);
    for (heading, side) in [
        (language.choose("Då", "Then"), outcome.and_then(|point| point.then.as_ref())),
        (language.choose("Nu", "Now"), outcome.and_then(|point| point.now.as_ref())),
    ] {
        let text = side.map_or(words::nothing(language), |told| told.words.get(language));
        out.push_str(&row(heading, text, look));
    }
    let head = language.choose("Här skiljs de åt", "Here they part");
    match parting.points.iter().find(|point| point.what == What::Line).and_then(|point| point.now.as_ref()) {
        Some(line) if again => {
            let as_above = language.choose("som ovan", "as above");
            out.push_str(&format!("\n  {head}: {as_above} ({})\n", line.words.get(language)));
        }
        _ => {
            let mut head = head;
            for origin in origins(&parting.points) {
                out.push_str(&format!("\n  {head}\n"));
                out.push_str(&parts_at(sources, origin, language, look));
                head = language.choose("Dessutom", "And also");
            }
        }
    }
    for point in parting.points.iter().filter(|point| !is_origin(point) && point.what != What::Outcome) {
        out.push_str(&follows(sources, point, language, look));
    }
    out.push_str(&derivations(program, sources, parting, language, look));
    out
}

/// A point that follows from where they part: what it is, how it was, how it is.
fn follows(sources: &Sources, point: &Point, language: Language, look: Look) -> String {
    let side = |heading: &str, told: &Option<Told>| {
        let words = told.as_ref().map_or("–", |told| told.words.get(language));
        format!("{heading} {words}")
    };
    let then = side(language.choose("då:", "then:"), &point.then);
    let now = side(language.choose("nu:", "now:"), &point.now);
    let place = point.now.as_ref().or(point.then.as_ref()).and_then(|told| told.place);
    let name = match (point.what, point.name.get(language), place) {
        // The heading names them.
        (What::Branch | What::Rule, ..) => String::new(),
        (_, "", Some(span)) => explanations::words_of(sources, span),
        (_, name, _) => name.to_owned(),
    };
    let mut rows: Vec<String> = vec![name, then, now];
    rows.retain(|row| !row.is_empty());
    let mut heading = heading(point.what, language);
    let mut out = String::new();
    for text in rows {
        out.push_str(&row(heading, &text, look));
        heading = "";
    }
    out
}

/// Both derivations in full; once, when both sides come to the outcome in the same way.
fn derivations(
    program: &Program,
    sources: &Sources,
    parting: &Parting,
    language: Language,
    look: Look,
) -> String {
    let mut out = String::new();
    let mut add = |heading: &str, text: String| out.push_str(&format!("\n  ── {heading}\n{text}"));
    let explained = |explanation: &crate::explain::Explanation| {
        explanations::text(program, sources, explanation, language, look)
    };
    if let (true, Some(now)) = (parting.same_way(), &parting.now) {
        add(
            language.choose("Härledningen, densamma då som nu", "The derivation, the same then as now"),
            explained(now),
        );
        return out;
    }
    for (heading, side) in [
        (language.choose("Härledningen då", "The derivation then"), &parting.then),
        (language.choose("Härledningen nu", "The derivation now"), &parting.now),
    ] {
        match (side, &parting.why_not) {
            (Some(explanation), _) => add(heading, explained(explanation)),
            (None, Some(why)) => add(heading, explanations::why_not_text(sources, why, language, look)),
            (None, None) => {}
        }
    }
    out
}

fn is_origin(point: &Point) -> bool {
    matches!(point.what, What::Line | What::Day | What::Field)
}

/// The points where the two part, line by line: each with what is new in it.
fn origins(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    let origin = points.iter().take_while(|point| is_origin(point)).count();
    let origin = points.get(..origin).unwrap_or_default();
    origin.chunk_by(|_, next| next.what == What::Field)
}

/// The line at which the two part, with the words that differ; or the two days.
fn parts_at(sources: &Sources, points: &[Point], language: Language, look: Look) -> String {
    let mut out = String::new();
    let mut labels: Vec<(Span, String)> = Vec::new();
    for point in points {
        let (then, now) = (&point.then, &point.now);
        let words = |told: &Told| told.words.get(language).to_owned();
        match point.what {
            What::Day => {
                let name = point.name.get(language);
                for (heading, side) in
                    [(language.choose("Då", "Then"), then), (language.choose("Nu", "Now"), now)]
                {
                    if let Some(told) = side {
                        out.push_str(&row(heading, &format!("{name} {}", words(told)), look));
                    }
                }
            }
            What::Field => {
                let (was, is) = (language.choose("då", "then"), language.choose("nu", "now"));
                let sides = [(then, was), (now, is)];
                let placed = sides.iter().filter_map(|(side, heading)| {
                    let told = side.as_ref()?;
                    Some((told.place?, format!("{heading}: {}", words(told))))
                });
                labels.extend(placed);
            }
            _ => {
                let sides = [then, now].into_iter().flatten();
                labels.extend(sides.filter_map(|told| Some((told.place?, words(told)))));
            }
        }
    }
    // That a line was known is no news where its date is shown to be another.
    let mut seen: Vec<Span> = Vec::new();
    labels.reverse();
    labels.retain(|(span, _)| {
        let new = !seen.contains(span);
        seen.push(*span);
        new
    });
    labels.sort_by_key(|(span, _)| (span.source, span.start));
    let mut rest = labels.as_slice();
    while let Some((first, _)) = rest.first() {
        let same = rest.iter().take_while(|(span, _)| span.source == first.source).count();
        let (here, later) = rest.split_at(same);
        rest = later;
        if let Some(source) = sources.get(first.source) {
            out.push_str(&snippet(source, here, look, 0));
        }
    }
    out
}

fn heading(what: What, language: Language) -> &'static str {
    let (sv, en) = match what {
        What::Line => ("Rad", "Line"),
        What::Day => ("Dag", "Day"),
        What::Field => ("Fält", "Field"),
        What::Rule => ("Regel", "Rule"),
        What::Fact => ("Uppgift", "Fact"),
        What::LookBack => ("Tillbakablick", "Look back"),
        What::Condition => ("Villkor", "Condition"),
        What::Branch => ("Gren", "Branch"),
        What::Reckoning => ("Uträkning", "Reckoning"),
        What::Outcome => ("Utfall", "Outcome"),
    };
    language.choose(sv, en)
}

fn row(heading: &str, text: &str, look: Look) -> String {
    let pad = HEADING.saturating_sub(heading.chars().count());
    indented(&format!("  {heading}{}", " ".repeat(pad)), text, look.width)
}
