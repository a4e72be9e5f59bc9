//! What is missing as people and programs read it.

use serde_json::json;

use super::{Missing, kind, subject, words};
use crate::Language;
use crate::diagnostics::render::indented;
use crate::explain::capital;
use crate::program::Program;
use crate::run::CaseOutcomes;

/// What is missing, listed: each thing with what it would settle and, case by case, what is needed.
pub fn text(
    program: &Program,
    cases: &[CaseOutcomes],
    missing: &[Missing],
    language: Language,
    width: usize,
) -> String {
    if missing.is_empty() {
        return nothing(language);
    }
    let mut out = String::new();
    let widest = cases.iter().map(|case| case.id.chars().count()).max().unwrap_or(0).min(width / 3);
    for (number, one) in (1_usize..).zip(missing) {
        if number > 1 {
            out.push('\n');
        }
        let head = format!("{number:>2}. ");
        out.push_str(&indented(&head, &capital(words(program, one.of).get(language)), width));
        out.push_str(&indented("    ", &settles(one, language), width));
        for (case, need) in &one.needs {
            let id = cases.get(*case).map_or("?", |case| case.id.as_str());
            let head = format!("      {id:<widest$}  ");
            out.push_str(&indented(&head, need.get(language), width));
        }
    }
    out
}

/// What is missing, in plain sentences.
pub fn narrated(
    program: &Program,
    cases: &[CaseOutcomes],
    missing: &[Missing],
    language: Language,
) -> String {
    if missing.is_empty() {
        return nothing(language);
    }
    let mut out = String::new();
    for (number, one) in (1_usize..).zip(missing) {
        let what = capital(words(program, one.of).get(language));
        out.push_str(&format!("{number}: {what}. {}\n", settles(one, language)));
        for (case, need) in &one.needs {
            let id = cases.get(*case).map_or("?", |case| case.id.as_str());
            let need = need.get(language);
            out.push_str(&match language {
                Language::Swedish => format!("I ärendet {id} saknas {need}.\n"),
                Language::English => format!("The case {id} lacks {need}.\n"),
            });
        }
    }
    out
}

/// What is missing as JSON Lines, one thing a line, in order.
pub fn json(program: &Program, cases: &[CaseOutcomes], missing: &[Missing], language: Language) -> String {
    let id = |case: usize| cases.get(case).map_or("?", |case| case.id.as_str());
    let line = |one: &Missing| {
        let (name, field) = subject(program, one.of);
        let mut line = json!({
            "missing": kind(one.of),
            "text": words(program, one.of).get(language),
            "alone": one.alone,
            "together": one.together,
            "assuming": one.assuming,
            "cases": one.cases().into_iter().map(id).collect::<Vec<_>>(),
            "needs": one.needs.iter().map(|(case, need)| json!({
                "case": id(*case),
                "text": need.get(language),
            })).collect::<Vec<_>>(),
        });
        if let Some(line) = line.as_object_mut() {
            // A key without a value is absent.
            line.extend(name.map(|name| (String::from("subject"), name.into())));
            line.extend(field.map(|field| (String::from("field"), field.into())));
        }
        format!("{line}\n")
    };
    missing.iter().map(line).collect()
}

fn nothing(language: Language) -> String {
    let (sv, en) =
        ("Inget saknas: alla utfall är avgjorda.", "Nothing is missing: every outcome is determined.");
    format!("{}\n", language.choose(sv, en))
}

/// What it would bring to know it, in one sentence.
fn settles(missing: &Missing, language: Language) -> String {
    let outcomes = |number: usize| match (language, number) {
        (Language::Swedish, _) => format!("{number} utfall"),
        (Language::English, 1) => String::from("1 outcome"),
        (Language::English, _) => format!("{number} outcomes"),
    };
    let mut parts = Vec::new();
    if missing.alone > 0 {
        let alone = outcomes(missing.alone);
        parts.push(match language {
            Language::Swedish => format!("avgör ensamt {alone}"),
            Language::English => format!("settles {alone} by itself"),
        });
    }
    if missing.together > 0 {
        let together = outcomes(missing.together);
        parts.push(match language {
            Language::Swedish => format!("bidrar till {together} där också annat saknas"),
            Language::English => format!("contributes to {together} that lack other things, too"),
        });
    }
    if missing.assuming > 0 {
        let assuming = outcomes(missing.assuming);
        parts.push(match language {
            Language::Swedish => format!("prövar det antagande som {assuming} bygger på"),
            Language::English => format!("puts to the test what {assuming} assumed"),
        });
    }
    let cases = missing.cases().len();
    let within = match (language, cases) {
        (Language::Swedish, 1) => String::from("i 1 ärende"),
        (Language::Swedish, _) => format!("i {cases} ärenden"),
        (Language::English, 1) => String::from("in 1 case"),
        (Language::English, _) => format!("in {cases} cases"),
    };
    format!("{} ({within}).", capital(&crate::words::list(&parts, language)))
}
