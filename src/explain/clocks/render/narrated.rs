//! Then and now in plain sentences, in reading order.

use super::super::{Difference, PartedCase, Parting, Point, Told, What};
use super::{Showing, words};
use crate::Language;
use crate::explain::{capital, render as explanations};
use crate::source::Sources;

/// What the two days mean: said once, before the cases.
pub fn narrated_days(showing: Showing<'_>) -> String {
    format!("{}\n", words::days(showing.parted, showing.language))
}

/// What is said of all cases together in which nothing differs and no line does. `cases` says how many there are in all.
pub fn narrated_quiet(showing: Showing<'_>, quiet: &[&PartedCase], cases: usize) -> String {
    format!("{}\n", super::quiet(showing, quiet, cases))
}

/// What is said of a case before its outcomes. `shown` are those asked about, `unchanged` how many of these are the same.
pub fn narrated_summary(
    showing: Showing<'_>,
    case: &PartedCase,
    shown: &[&Difference],
    unchanged: usize,
) -> String {
    let Showing { sources, ledger, language, .. } = showing;
    let mut out = format!("{}\n", words::entries_head(case, language));
    for entry in &case.entries {
        out.push_str(&format!("{}.\n", capital(&words::entry(ledger, sources, entry, language))));
    }
    out.push_str(&format!("{}\n", words::counted(shown, unchanged, language)));
    out
}

/// An outcome that differs, in plain sentences.
pub fn narrated(showing: Showing<'_>, parting: &Parting, difference: &Difference) -> String {
    let Showing { program, sources, language, .. } = showing;
    let mut out =
        format!("{}. {}\n", words::change(difference, language), words::because(difference, language));
    let (then, now) = (language.choose("Då", "Then"), language.choose("Nu", "Now"));
    let mut say = |heading: &str, text: &str| {
        let stop = if text.ends_with('.') { "" } else { "." };
        out.push_str(&format!("{heading}: {text}{stop}\n"));
    };
    let nothing = words::nothing(language);
    let outcome = parting.points.iter().find(|point| point.what == What::Outcome);
    let said = |told: Option<&Told>| told.map_or(nothing, |told| told.words.get(language)).to_owned();
    say(then, &said(outcome.and_then(|point| point.then.as_ref())));
    say(now, &said(outcome.and_then(|point| point.now.as_ref())));
    for (number, point) in parting.points.iter().filter(|point| point.what != What::Outcome).enumerate() {
        let heading = match number {
            0 => language.choose("Här skiljs de åt", "Here they part"),
            _ if matches!(point.what, What::Line | What::Day) => language.choose("Dessutom", "And also"),
            _ if point.what == What::Field => language.choose("På raden", "On the line"),
            _ => language.choose("Därav", "Hence"),
        };
        say(heading, &sentence(sources, point, language));
    }
    let mut derivation = |heading: &str, text: String| out.push_str(&format!("{heading}\n{text}"));
    if let (true, Some(now)) = (parting.same_way(), &parting.now) {
        let heading =
            language.choose("Härledningen, densamma då som nu.", "The derivation, the same then as now.");
        derivation(heading, explanations::narrated(program, sources, now, language));
        return out;
    }
    for (heading, side) in [
        (language.choose("Härledningen då.", "The derivation then."), &parting.then),
        (language.choose("Härledningen nu.", "The derivation now."), &parting.now),
    ] {
        match (side, &parting.why_not) {
            (Some(explanation), _) => {
                derivation(heading, explanations::narrated(program, sources, explanation, language));
            }
            (None, Some(why)) => derivation(heading, explanations::narrated_why_not(sources, why, language)),
            (None, None) => {}
        }
    }
    out
}

/// A point in a sentence: what it is about, how it was, how it is.
fn sentence(sources: &Sources, point: &Point, language: Language) -> String {
    let place = point.now.as_ref().or(point.then.as_ref()).and_then(|told| told.place);
    let name = match (point.name.get(language), place) {
        ("", Some(span)) => format!("”{}”", explanations::words_of(sources, span)),
        (name, Some(span)) if point.what == What::Line => {
            format!("{}{name}” ({})", language.choose("”", "“"), sources.place(span))
        }
        (name, _) => name.to_owned(),
    };
    let spoken =
        |told: &Told| told.words.get(language).replace(" → ", language.choose(", alltså ", ", that is, "));
    // Only a line can be missing on a side.
    let side = |heading: &str, told: &Option<Told>, missing: &str| match told {
        Some(told) => format!("{heading} {}", spoken(told)),
        None => missing.to_owned(),
    };
    let then = side(
        language.choose("då", "then"),
        &point.then,
        language.choose("då fanns den inte", "which was not there then"),
    );
    let now = side(
        language.choose("nu", "now"),
        &point.now,
        language.choose("nu finns den inte", "which is not there now"),
    );
    format!("{name}, {then}; {now}")
}
