//! An explanation in plain sentences, in reading order, with words for every sign: what a screen reader reads.

use super::super::{Explanation, WhyNot};
use super::rows::{failed, rows, truth, words_of};
use crate::Language;
use crate::program::Program;
use crate::source::Sources;

/// An explanation in plain sentences.
pub fn narrated(
    program: &Program,
    sources: &Sources,
    explanation: &Explanation,
    language: Language,
) -> String {
    let mut out = String::new();
    let mut say = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    say(explanation.sentence.get(language));
    for words in [&explanation.standing, &explanation.because].into_iter().flatten() {
        say(words.get(language));
    }
    if let Some(rule) = explanation.outcome.rule.and_then(|rule| program.rules.get(rule.index())) {
        let place = sources.place(rule.named.span);
        say(&format!("{}: {} ({place}).", language.choose("Regel", "Rule"), rule.named.title.get(language)));
    }
    for asked in explanation.asked.iter().filter(|asked| asked.decided || failed(asked)) {
        for leaf in asked.condition.leaves() {
            let words = words_of(sources, leaf.span);
            let value = truth(leaf.value, language);
            say(&format!(
                "{} ”{words}”: {value}. {}.",
                language.choose("Villkoret", "The condition"),
                super::super::capital(leaf.note.get(language))
            ));
        }
    }
    for steps in &explanation.steps {
        let words = words_of(sources, steps.span);
        let spoken =
            |steps: &[String]| steps.iter().map(|step| spoken(step, language)).collect::<Vec<_>>().join("; ");
        let arithmetic = spoken(if language == Language::Swedish { &steps.sv } else { &steps.en });
        say(&format!("{} ”{words}”: {arithmetic}.", language.choose("Uträkningen av", "The arithmetic of")));
    }
    if let Some(event) = &explanation.event {
        say(&format!(
            "{} {}.",
            language.choose("Händelsen står i", "The event stands in"),
            sources.place(event.line)
        ));
    }
    if let Some(event) = &explanation.met_by {
        let head = language.choose("Händelsen som uppfyllde den står i", "The event that met it stands in");
        say(&format!("{head} {}.", sources.place(event.line)));
    }
    for row in rows(program, sources, explanation, language) {
        let text = row.text.replace(" → ", language.choose(" ger: ", " gives: "));
        let stop = if text.ends_with('.') { "" } else { "." };
        say(&format!("{}: {text}{stop}", row.heading));
    }
    out
}

/// Why a rule brought nothing, in plain sentences.
pub fn narrated_why_not(sources: &Sources, why: &WhyNot, language: Language) -> String {
    let mut out = format!("{}\n", why.sentence.get(language));
    for look in &why.looks {
        let mut line = String::new();
        if let Some(day) = look.day {
            line.push_str(&format!("{} {day}. ", language.choose("Prövad", "Looked at")));
        }
        match &look.condition {
            Some(condition) => {
                for leaf in condition.leaves() {
                    line.push_str(&format!(
                        "{} ”{}”: {}. {}. ",
                        language.choose("Villkoret", "The condition"),
                        words_of(sources, leaf.span),
                        truth(leaf.value, language),
                        super::super::capital(leaf.note.get(language))
                    ));
                }
            }
            None => line.push_str(&format!(
                "{} {}; {}.",
                language.choose("Den kräver", "It asks for"),
                look.asks.get(language),
                look.here.get(language)
            )),
        }
        if let Some(change) = &look.change {
            let change = change.get(language).replace(" → ", language.choose(" ger: ", " gives: "));
            line.push_str(&format!("{}: {change}", language.choose("Ändring", "Change")));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if let Some(nearest) = &why.nearest {
        out.push_str(&format!("{}: {}\n", language.choose("Närmast", "Nearest"), nearest.get(language)));
    }
    out
}

/// A step of arithmetic in words: the arrows on the way are pauses, the last one is *that is*.
fn spoken(step: &str, language: Language) -> String {
    match step.rsplit_once(" → ") {
        Some((way, result)) => {
            format!("{}{}{result}", way.replace(" → ", ", "), language.choose(", alltså ", ", that is, "))
        }
        None => step.to_owned(),
    }
}
