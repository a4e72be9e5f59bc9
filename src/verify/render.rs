//! What came of verifying, for people and for programs.

use serde_json::{Value as Json, json};

use crate::diagnostics::render::indented;
use crate::program::{Program, RuleId};
use crate::source::{Sources, Span};
use crate::words::grouped;
use crate::{Language, Words};

use super::report::told;
use super::verdict::{Answer, Counterexample, Limit, Settled, Verdict};
use super::{Question, Verification};

/// Text, no line of it wider than `width`: how many answers there are of each kind for each question, then every one that is
/// not simply proved; with `all`, those too.
pub fn text(
    program: &Program,
    sources: &Sources,
    verification: &Verification,
    language: Language,
    all: bool,
    width: usize,
) -> String {
    let mut text = format!("{}\n", heading(program, verification, language));
    let questions = Question::STANDARD.into_iter().chain([Question::Guarantee]);
    for question in questions {
        let own: Vec<&Answer> =
            verification.answers.iter().filter(|answer| answer.asked.question == question).collect();
        if own.is_empty() {
            continue;
        }
        let count = |name: &str| own.iter().filter(|answer| answer.verdict.as_str() == name).count();
        let kinds = [
            ("proved", language.choose("bevisat", "proved")),
            ("settled", language.choose("avgjort", "settled")),
            ("tested_only", language.choose("endast prövat", "tested only")),
            ("too_large", language.choose("för stort", "too large")),
            ("refuted", language.choose("motbevisat", "refuted")),
        ];
        let parts: Vec<String> = kinds
            .into_iter()
            .map(|(name, word)| (count(name), word))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let question = format!("  {:<40}", question.words().get(language));
        text.push_str(&indented(&question, &parts.join(", "), width));
        for answer in own {
            if all || !matches!(answer.verdict, Verdict::Proved) {
                let (about, verdict) = said(program, sources, answer, language);
                text.push_str(&indented("    ", &about, width));
                text.push_str(&indented("      ", &verdict, width));
            }
        }
    }
    text
}

fn heading(program: &Program, verification: &Verification, language: Language) -> String {
    let rules = verification.digests.len();
    let answers = verification.answers.len();
    let situations = verification.situations();
    let name = &program.header.name;
    let count = grouped(situations, language);
    let many = |count: usize, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    match language {
        Language::Swedish => {
            let (a, b) = (many(rules, "regel", "regler"), many(answers, "fråga", "frågor"));
            format!("{name}: {rules} {a}, {answers} {b}, {count} lägen")
        }
        Language::English => {
            let (a, b) = (many(rules, "rule", "rules"), many(answers, "question", "questions"));
            format!("{name}: {rules} {a}, {answers} {b}, {count} situations")
        }
    }
}

/// What an answer is about, and the answer.
fn said(program: &Program, sources: &Sources, answer: &Answer, language: Language) -> (String, String) {
    let names = names(program, answer);
    let place = sources.place(place(program, answer));
    let verdict = verdict(answer).get(language).to_owned();
    let size = match answer.size.situations {
        0 => String::new(),
        situations => {
            let number = |n: u64| grouped(n, language);
            match language {
                Language::Swedish => {
                    format!(" ({} dagar, {} lägen)", number(answer.size.days), number(situations))
                }
                Language::English => {
                    format!(" ({} days, {} situations)", number(answer.size.days), number(situations))
                }
            }
        }
    };
    (format!("{names} {place}"), format!("{verdict}{size}"))
}

fn names(program: &Program, answer: &Answer) -> String {
    let name = |id: RuleId| program.rules.get(id.index()).map_or("", |rule| rule.named.name.as_str());
    match answer.asked.other {
        Some(other) => format!("{} + {}", name(answer.asked.rule), name(other)),
        None => name(answer.asked.rule).to_owned(),
    }
}

/// Where an answer is about.
fn place(program: &Program, answer: &Answer) -> Span {
    let own = match &answer.verdict {
        Verdict::Refuted(found) | Verdict::Settled(_, found) => found.places.first().copied(),
        _ => None,
    };
    let rule = program.rules.get(answer.asked.rule.index());
    own.or(answer.asked.guarantee).or(rule.map(|rule| rule.named.span)).unwrap_or(program.header.span)
}

/// A verdict in words, with its situation.
fn verdict(answer: &Answer) -> Words {
    let with = |sv: &str, en: &str, found: &Counterexample| {
        let told = told(found).words;
        Words::new(format!("{sv}: {}", told.sv), format!("{en}: {}", told.en))
    };
    match &answer.verdict {
        Verdict::Proved => Words::new("bevisat", "proved"),
        Verdict::TestedOnly(Limit::Reckoned(_)) => Words::new(
            "endast prövat: regeln räknar med värden som inte kan uttömmas",
            "tested only: the rule reckons with values that cannot be exhausted",
        ),
        Verdict::TestedOnly(Limit::Missing(_)) => Words::new(
            "endast prövat: kalendern har inga dagar; ge dem med --calendar",
            "tested only: the calendar has no days; give them with --calendar",
        ),
        Verdict::Settled(Settled::Order, found) => with(
            "två villkor är uppfyllda och det första gäller",
            "two conditions hold and the first counts",
            found,
        ),
        Verdict::Settled(Settled::Header { days }, found) => {
            let count = |language| grouped(*days, language);
            let (sv, en) = (count(Language::Swedish), count(Language::English));
            with(
                &format!("sätten att räkna månader skiljer på {sv} dagar, huvudet avgör"),
                &format!("the ways of counting months part on {en} days, the header settles it"),
                found,
            )
        }
        Verdict::Settled(Settled::Given, found) => {
            with("beror på dagen som händelsen ger", "depends on the day that the event gives", found)
        }
        Verdict::Settled(Settled::Declared(_), found) => {
            with("regeln får verka bakåt", "the rule may be retroactive", found)
        }
        Verdict::Refuted(found) => with("motbevisat", "refuted", found),
        Verdict::TooLarge { .. } => Words::new("för många lägen", "too many situations"),
    }
}

/// One JSON object for each answer, then one for the whole.
pub fn json(
    program: &Program,
    sources: &Sources,
    verification: &Verification,
    language: Language,
) -> Vec<Json> {
    let ruleset = &program.header.name;
    let name = |id: RuleId| program.rules.get(id.index()).map(|rule| rule.named.name.clone());
    let mut lines: Vec<Json> = Vec::new();
    for answer in &verification.answers {
        let mut line = json!({
            "ruleset": ruleset, "rule": name(answer.asked.rule), "question": answer.asked.question.as_str(),
            "verdict": answer.verdict.as_str(), "words": verdict(answer).get(language),
            "place": sources.place(place(program, answer)), "days": answer.size.days,
            "situations": answer.size.situations, "combinations": answer.size.combinations,
            "readings": answer.readings,
        });
        let Some(object) = line.as_object_mut() else { continue };
        if let Some(other) = answer.asked.other.and_then(name) {
            object.insert(String::from("other_rule"), other.into());
        }
        if let Some(version) = program.rules.get(answer.asked.rule.index()).and_then(|rule| rule.in_force) {
            object.insert(String::from("rule_version"), version.from.to_string().into());
        }
        match &answer.verdict {
            Verdict::Refuted(found) => {
                object.insert(String::from("counterexample"), situation(found, language));
            }
            Verdict::Settled(by, found) => {
                let by = match by {
                    Settled::Order => "order",
                    Settled::Header { .. } => "header",
                    Settled::Given => "given_day",
                    Settled::Declared(_) => "declared",
                };
                object.insert(String::from("settled_by"), by.into());
                object.insert(String::from("situation"), situation(found, language));
            }
            Verdict::TestedOnly(limit) => {
                let (why, at) = match limit {
                    Limit::Reckoned(at) => ("reckoned", at),
                    Limit::Missing(at) => ("calendar_without_days", at),
                };
                object.insert(String::from("because"), json!({ "why": why, "place": sources.place(*at) }));
            }
            Verdict::TooLarge { .. } | Verdict::Proved => {}
        }
        lines.push(line);
    }
    let count = |name: &str| verification.answers.iter().filter(|one| one.verdict.as_str() == name).count();
    lines.push(json!({
        "summary": {
            "ruleset": ruleset, "rules": verification.digests.len(), "answers": verification.answers.len(),
            "proved": count("proved"), "settled": count("settled"), "tested_only": count("tested_only"),
            "too_large": count("too_large"), "refuted": count("refuted"),
        },
    }));
    lines
}

fn situation(found: &Counterexample, language: Language) -> Json {
    let given: serde_json::Map<String, Json> = found
        .given
        .iter()
        .map(|given| (given.name.clone(), given.words.get(language).to_owned().into()))
        .collect();
    json!({
        "date": found.day.to_string(), "given": given,
        "gives": found.found.map(|day| day.to_string()),
        "instead_of": found.instead.map(|day| day.to_string()),
        "readings": found.readings.iter().map(|(q, a)| format!("{q}={a}")).collect::<Vec<_>>(),
        "example": found.example,
    })
}
