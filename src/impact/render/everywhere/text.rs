//! Where two rulesets part, listed for a terminal and told in plain sentences.

use super::words::Teller;
use crate::Language;
use crate::diagnostics::render::indented;
use crate::explain::capital;
use crate::impact::{Everywhere, Region, Weighing};
use crate::source::Sources;

/// Rule by rule where the rulesets part, in lines of at most `width` characters, and in how much they are alike.
///
/// The sources are those that both rulesets were read from.
pub fn text(found: &Everywhere, sources: &Sources, language: Language, width: usize) -> String {
    let teller = Teller { found, sources, language };
    let mut out = String::new();
    let mut line = |head: &str, text: &str| out.push_str(&indented(head, text, width));
    line("", &teller.total());
    for words in &found.declared {
        line("  ! ", words.get(language));
    }
    for rule in told(found) {
        line("", "");
        line("", &teller.rule(rule));
        for words in &rule.beside {
            let differs = teller.choose("skiljer sig i", "differs in");
            line("  ! ", &format!("{differs} {}", words.get(language)));
        }
        for region in &rule.regions {
            let mut first = true;
            for (label, said) in parts(&teller, region) {
                let head = if first { "  * " } else { "    " };
                first = false;
                line(&format!("{head}{label:<10} "), &said);
            }
        }
        if let Some(limit) = rule.limit {
            line("  ! ", &teller.limit(limit));
        }
    }
    out
}

/// The same in plain sentences, without layout.
pub fn narrated(found: &Everywhere, sources: &Sources, language: Language) -> String {
    let teller = Teller { found, sources, language };
    let mut out = format!("{}\n", teller.total());
    for words in &found.declared {
        out.push_str(&format!("{}\n", words.get(language)));
    }
    for rule in told(found) {
        let name = teller.rule(rule);
        out.push_str(&format!("\n{} {name}.\n", teller.choose("Regeln", "The rule")));
        for words in &rule.beside {
            let differs = teller.choose("Den skiljer sig i", "It differs in");
            out.push_str(&format!("{differs} {}.\n", words.get(language)));
        }
        for region in &rule.regions {
            for (label, said) in parts(&teller, region) {
                out.push_str(&format!("{}: {}\n", capital(label), ended(&said)));
            }
        }
        if let Some(limit) = rule.limit {
            out.push_str(&format!("{}\n", ended(&capital(&teller.limit(limit)))));
        }
    }
    out
}

fn ended(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// The rules of which there is something to tell.
fn told(found: &Everywhere) -> impl Iterator<Item = &Weighing> {
    found.rules.iter().filter(|rule| !rule.is_alike() || rule.limit.is_some())
}

/// What there is to tell of a region, under a heading each.
fn parts(teller: &Teller<'_>, region: &Region) -> Vec<(&'static str, String)> {
    let choose = |sv, en| teller.language.choose(sv, en);
    let mut all = Vec::new();
    let mut days = teller.days(&region.days);
    if let Some(event) = &region.event {
        days = format!("{event}, {days}");
    }
    all.push((choose("dagar", "days"), days));
    for (question, answer) in &region.readings {
        all.push((choose("tolkning", "reading"), format!("{question} = {answer}")));
    }
    let when = teller.when(region);
    for (place, said) in when.iter().enumerate() {
        all.push((
            if place == 0 { choose("när", "when") } else { choose("eller när", "or when") },
            said.clone(),
        ));
    }
    all.extend(teller.dates(region).into_iter().map(|said| (choose("och", "and"), said)));
    all.extend(teller.changes(region).into_iter().map(|said| (choose("ändring", "change"), said)));
    match &region.example {
        Some(example) => {
            for (head, played) in [(choose("förr", "old"), &example.old), (choose("nu", "new"), &example.new)]
            {
                let outcomes: Vec<&str> =
                    played.outcomes.iter().map(|outcome| outcome.get(teller.language)).collect();
                let came = if outcomes.is_empty() {
                    choose("inget", "nothing").to_owned()
                } else {
                    outcomes.join(" ")
                };
                // What can be pasted says it all.
                all.push((
                    head,
                    played.written.as_ref().map_or(came, |line| line.get(teller.language).to_owned()),
                ));
            }
        }
        None => all.push((choose("till ex.", "e.g."), teller.given(region))),
    }
    all
}
