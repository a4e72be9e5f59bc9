//! A comparison in plain sentences.

use super::glossary::glossary;
use super::say::Teller;
use crate::Language;
use crate::compare::{Comparison, RuleAnswer, Standing, Way};
use crate::explain::capital;
use crate::time::date_in_words;
use crate::words::list;

/// A comparison in plain sentences, question by question, ruleset by ruleset.
pub fn narrated(comparison: &Comparison<'_>, language: Language) -> String {
    let mut out = String::new();
    let days: Vec<String> = comparison.days.iter().map(|day| date_in_words(*day, language)).collect();
    let names: Vec<String> =
        comparison.sides.iter().map(|side| side.called().get(language).to_owned()).collect();
    let (days, names) = (list(&days, language), list(&names, language));
    out.push_str(&match language {
        Language::Swedish => format!("{names} jämförs. Utlösande dag: {days}.\n"),
        Language::English => format!("{names} are compared. Trigger day: {days}.\n"),
    });
    for question in &comparison.questions {
        let title = question.named.title.get(language);
        out.push_str(&format!("\n{}: {title}\n", language.choose("Fråga", "Question")));
        for (side, answer) in comparison.sides.iter().zip(&question.answers) {
            let teller = Teller { side: *side, language, in_words: true };
            let called = side.called();
            let called = called.get(language);
            if answer.rules.is_empty() {
                out.push_str(&format!("{called} {}.\n", teller.nothing()));
            }
            for rule in &answer.rules {
                out.push_str(&one(&teller, called, rule));
            }
        }
    }
    out
}

fn one(teller: &Teller<'_>, called: &str, answer: &RuleAnswer<'_>) -> String {
    let title = teller.get(&answer.rule.named.title);
    let mut text = match teller.language {
        Language::Swedish => format!("{called}, regeln ”{title}”"),
        Language::English => format!("{called}, the rule “{title}”"),
    };
    if let Some(to) = answer.exception_to {
        let to = teller.get(&to.named.title);
        text.push_str(&match teller.language {
            Language::Swedish => format!(", ett undantag från ”{to}”"),
            Language::English => format!(", an exception to “{to}”"),
        });
    }
    text.push_str(".\n");
    let applies = answer.days.iter().any(|(_, standing)| matches!(standing, Standing::Goes { .. }));
    if applies {
        text.push_str(&format!("{}: {}", teller.choose("När", "When"), teller.get(&answer.when)));
        if let Some(narrowed) = &answer.narrowed {
            text.push_str(&format!(", {}", teller.get(narrowed)));
        }
        text.push_str(".\n");
    }
    for (day, standing) in &answer.days {
        let on = match teller.language {
            Language::Swedish => format!("Utlöst {}", teller.day(*day)),
            Language::English => format!("Set off on {}", teller.day(*day)),
        };
        if let Some(why) = teller.silence(standing) {
            text.push_str(&match teller.language {
                Language::Swedish => format!("{on}: regeln {why}.\n"),
                Language::English => format!("{on}: the rule {why}.\n"),
            });
        }
        let Standing::Goes { ways, .. } = standing else { continue };
        for way in ways {
            text.push_str(&format!("{on}: {}.\n", self::way(teller, way)));
        }
        for condition in teller.not_then(standing) {
            let not = teller.choose("inte aktuellt den dagen", "not to the point on that day");
            text.push_str(&format!("{on}, {not}: {condition}.\n"));
        }
    }
    for (name, title) in glossary(teller, answer) {
        text.push_str(&format!("{name} {} {title}.\n", teller.choose("står för", "stands for")));
    }
    let citations = teller.citations(&answer.citations());
    if !citations.is_empty() {
        let head = teller.choose("Det står i", "It is written in");
        text.push_str(&format!("{head} {}.\n", citations.join("; ")));
    }
    capital(&text)
}

fn way(teller: &Teller<'_>, way: &Way<'_>) -> String {
    let outcome = teller.outcome(way).join("; ");
    let Some(mut condition) = teller.condition(&way.condition) else { return outcome };
    if let Some(window) = &way.window {
        condition.push_str(&format!(", {} {}", teller.choose("alltså", "that is"), teller.window(window)));
    }
    format!("{condition}: {outcome}")
}
