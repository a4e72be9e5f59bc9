//! Differences in plain sentences, for those who listen.

use super::SHOWN;
use super::words::Teller;
use crate::Language;
use crate::explain::capital;
use crate::impact::summary::Tally;
use crate::impact::{Difference, Impact};
use crate::time::date_in_words;

/// The differences in plain sentences, one to a line.
pub fn narrated(impact: &Impact<'_>, language: Language) -> String {
    let teller = Teller { impact, language };
    let mut out = String::new();
    let mut say = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let (old, new) = (
        teller.choose("De gamla reglerna", "The old rules"),
        teller.choose("De nya reglerna", "The new rules"),
    );
    for (name, side) in [(old, impact.old), (new, impact.new)] {
        say(&format!("{}.", teller.ruleset(name, side).replace(" · ", ": ")));
    }
    say(&teller.extent());
    say(&teller.total());
    let mut case = None;
    for difference in impact.differences.iter().take(SHOWN) {
        if case != Some(difference.case) {
            case = Some(difference.case);
            say(&format!("{} {}.", teller.choose("Ärendet", "The case"), difference.case));
        }
        say(&told(&teller, difference));
    }
    let left = impact.differences.len().saturating_sub(SHOWN);
    if left > 0 {
        say(&match language {
            Language::Swedish => format!("{left} skillnader till är inte uppräknade."),
            Language::English => format!("{left} more differences are not listed."),
        });
    }
    for (name, tally) in impact.summary.rules.iter().take(SHOWN) {
        say(&counted(&teller, teller.choose("Regeln", "The rule"), name, tally));
    }
    for (name, tally) in impact.summary.by_case.iter().take(SHOWN) {
        say(&counted(&teller, teller.choose("Ärendet", "The case"), name, tally));
    }
    for (days, count) in teller.histogram() {
        let outcomes = teller.outcomes(count);
        say(&match language {
            Language::Swedish => format!("{outcomes} kommer {}.", days.replace('–', " till ")),
            Language::English => format!(
                "{outcomes} {} {}.",
                if count == 1 { "comes" } else { "come" },
                days.replace('–', " to ")
            ),
        });
    }
    for remark in teller.remarks() {
        say(&remark);
    }
    out
}

/// A difference: its day, its rule, what became of it, what it was and what it is.
fn told(teller: &Teller<'_>, difference: &Difference<'_>) -> String {
    let day = difference.dated.map(|day| date_in_words(day, teller.language)).unwrap_or_default();
    let what = teller.what(difference).replace(" → ", teller.choose(" blir ", " becomes "));
    let mut text = format!("{}, {}: {what}.", capital(&day), difference.rule());
    let (old, new) = teller.both(difference);
    match (old, new) {
        (Some(old), Some(new)) => {
            let (was, is) = (teller.choose("Förr", "Before"), teller.choose("Nu", "Now"));
            text.push_str(&format!(" {was}: {old} {is}: {new}"));
        }
        (Some(one), None) | (None, Some(one)) => text.push_str(&format!(" {one}")),
        (None, None) => {}
    }
    text
}

/// What a tally says, in one sentence; what there is none of is not said.
fn counted(teller: &Teller<'_>, what: &str, name: &str, tally: &Tally) -> String {
    let counts = [
        (tally.gained, "tillkommer", "gained"),
        (tally.lost, "faller bort", "lost"),
        (tally.moved, "flyttas", "moved"),
        (tally.value, "får annat innehåll", "with other content"),
        (tally.status, "står på annat sätt", "standing otherwise"),
        (tally.branch, "kommer av en annan gren eller regel", "by another branch or rule"),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, sv, en)| format!("{count} {}", teller.choose(sv, en)))
        .collect();
    format!("{what} {name}: {}.", crate::words::list(&said, teller.language))
}
