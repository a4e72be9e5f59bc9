//! Explanations as people read them: a dozen and more, in both languages, each reviewed before it was accepted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise"
)]

#[path = "explanations/scenarios.rs"]
mod scenarios;
mod support;

use frist::Language;
use frist::diagnostics::render::Look;
use frist::explain::{self, render};
use frist::program::RuleId;
use frist::run::{Outcome, OutcomeKind, Settings};
use scenarios::{SCENARIOS, Scenario, Which};
use support::{Loaded, day, ruleset};

/// A ruleset of the project, or `prov`, made for what the documents do not have.
fn load(name: &str) -> Loaded {
    match name {
        "prov" => support::load_folder(&support::root().join("tests/fixtures/explanations")),
        name => ruleset(name),
    }
}

/// Explains the outcome of a scenario and hands the explanation on.
fn explained(
    scenario: &Scenario,
    show: impl Fn(&Loaded, &frist::run::Case, &explain::Explanation) -> String,
) -> String {
    let mut loaded = load(scenario.ruleset);
    let history = loaded.read(scenario.events);
    let settings = Settings::as_of(day(scenario.as_of));
    let decisions = frist::run::run(&loaded.program, &history, &settings);
    let outcomes = &decisions.cases[0].outcomes;
    let outcome = match scenario.which {
        Which::Place(place) => outcomes.get(place),
        Which::Rule(rule, nth) => {
            let of_rule = |outcome: &&frist::run::Outcome| {
                outcome.rule.is_some_and(|id| loaded.program.rules[id.index()].named.name == rule)
            };
            outcomes.iter().filter(of_rule).nth(nth)
        }
    };
    let outcome = outcome.unwrap_or_else(|| {
        panic!("{}: {:#?}", scenario.name, outcomes.iter().map(|o| (&o.rule, &o.kind)).collect::<Vec<_>>())
    });
    let explanation =
        explain::explain(&loaded.program, &settings, &history.cases[0], &decisions.pool, outcome);
    show(&loaded, &history.cases[0], &explanation)
}

#[test]
fn drawn_in_both_languages() {
    for scenario in SCENARIOS {
        for language in [Language::Swedish, Language::English] {
            let text = explained(scenario, |loaded, _, explanation| {
                render::text(&loaded.program, &loaded.sources, explanation, language, Look::PLAIN)
            });
            insta::with_settings!({ description => scenario.events, omit_expression => true }, {
                insta::assert_snapshot!(format!("{}_{}", scenario.name, language.code()), text);
            });
        }
    }
}

#[test]
fn narrated_in_both_languages() {
    for scenario in SCENARIOS
        .iter()
        .filter(|s| ["cap_notified_on_the_14th", "customers_never_reported"].contains(&s.name))
    {
        for language in [Language::Swedish, Language::English] {
            let text = explained(scenario, |loaded, _, explanation| {
                render::narrated(&loaded.program, &loaded.sources, explanation, language)
            });
            for sign in ["→", "✔", "│", "·"] {
                assert!(!text.contains(sign), "a sign in the narrated form: {sign}\n{text}");
            }
            insta::assert_snapshot!(format!("narrated_{}_{}", scenario.name, language.code()), text);
        }
    }
}

#[test]
fn as_json() {
    let scenario = &SCENARIOS[0];
    let text = explained(scenario, |loaded, case, explanation| {
        let json = render::json(&loaded.program, &loaded.sources, case, explanation, Language::English);
        serde_json::to_string_pretty(&json).unwrap()
    });
    insta::assert_snapshot!("json_cap_notified_on_the_14th", text);
}

#[test]
fn why_not_in_both_languages() {
    let mut loaded = ruleset("ljungby");
    let history = loaded.read(SCENARIOS[1].events);
    let settings = Settings::as_of(day("2025-12-31"));
    let asked = [
        ("avveckla_verksamheten", "another_event"),
        ("uppsägning_från_kommunen", "no_notice"),
        ("höja_eller_sänka_tak", "it_applied"),
        ("omval_av_utförare", "another_kind_of_case"),
    ];
    for (rule, name) in asked {
        let why = explain::why_not(&loaded.program, &settings, &history.cases[0], &history.pool, rule)
            .unwrap_or_else(|| panic!("no rule {rule}"));
        for language in [Language::Swedish, Language::English] {
            let text = render::why_not_text(&loaded.sources, &why, language, Look::PLAIN);
            insta::assert_snapshot!(format!("why_not_{name}_{}", language.code()), text);
        }
    }
}

/// The excerpt in the README and the one for auditors are what the program says. Where snapshots are to be accepted as they
/// come (`INSTA_UPDATE=always`), so are these.
#[test]
fn the_excerpts_in_the_documentation_are_real() {
    let mut loaded = ruleset("ljungby");
    let path = "rulesets/ljungby/events/utforare.jsonl";
    let lines = std::fs::read_to_string(support::root().join(path)).unwrap();
    let id = loaded.sources.add(path, &lines);
    let input = frist::record::read_events(&loaded.program, &loaded.sources, &[id], &Default::default());
    let settings = Settings::as_of(input.latest_date.unwrap());
    let decisions = frist::run::run(&loaded.program, &input.history, &settings);
    let case = &input.history.cases[0];
    let rule =
        loaded.program.rules.iter().position(|rule| rule.named.name == "höja_eller_sänka_tak").unwrap();
    let raised = |outcome: &&Outcome| {
        outcome.rule == Some(RuleId::at(rule)) && matches!(outcome.kind, OutcomeKind::Becomes { .. })
    };
    let outcome = decisions.cases[0].outcomes.iter().find(raised).unwrap();
    let explanation = explain::explain(&loaded.program, &settings, case, &decisions.pool, outcome);
    let text = render::text(&loaded.program, &loaded.sources, &explanation, Language::English, Look::PLAIN);
    for page in ["README.md", "docs/auditors.md"] {
        let path = support::root().join(page);
        let page_text = std::fs::read_to_string(&path).unwrap();
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            let (before, rest) = page_text.split_once("```text\n✔ The capacity cap becomes").unwrap();
            let (_, after) = rest.split_once("\n```\n").unwrap();
            std::fs::write(&path, format!("{before}```text\n{}\n```\n{after}", text.trim_end())).unwrap();
            continue;
        }
        assert!(page_text.contains(text.trim_end()), "{page} should hold\n{text}");
    }
}
