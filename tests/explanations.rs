//! Explanations as people read them: a dozen and more, in both languages, each reviewed before it was accepted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise"
)]

mod support;

use frist::Language;
use frist::diagnostics::render::Look;
use frist::explain::{self, render};
use frist::run::Settings;
use support::{Loaded, day, ruleset};

/// A case of which some outcomes are explained.
struct Scenario {
    name: &'static str,
    ruleset: &'static str,
    events: &'static str,
    as_of: &'static str,
    /// Which of the case's outcomes, from 0.
    outcome: usize,
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "cap_notified_on_the_14th",
        ruleset: "ljungby",
        events: r#"{"case":"utf-017","event":"avtal_tecknat","date":"2025-02-20","avtalsstart":"2025-03-01","kapacitetstak":"350 timmar"}
{"case":"utf-017","event":"kapacitetstak_anmält","date":"2025-04-14","nytt_tak":"400 timmar","berörda_omval":0}
"#,
        as_of: "2025-04-30",
        outcome: 2,
    },
    Scenario {
        name: "cap_notified_on_the_16th",
        ruleset: "ljungby",
        events: r#"{"case":"utf-018","event":"avtal_tecknat","date":"2025-02-20","avtalsstart":"2025-03-01","kapacitetstak":"350 timmar"}
{"case":"utf-018","event":"kapacitetstak_anmält","date":"2025-12-16","nytt_tak":"300 timmar"}
"#,
        as_of: "2025-12-31",
        outcome: 2,
    },
    Scenario {
        name: "cap_lowered_too_far_is_denied",
        ruleset: "ljungby",
        events: r#"{"case":"utf-019","event":"avtal_tecknat","date":"2025-02-20","avtalsstart":"2025-03-01","kapacitetstak":"350 timmar"}
{"case":"utf-019","event":"kapacitetstak_anmält","date":"2025-09-10","nytt_tak":"300 timmar","berörda_omval":2}
"#,
        as_of: "2025-09-30",
        outcome: 2,
    },
    Scenario {
        name: "cap_unknown_is_undetermined",
        ruleset: "ljungby",
        events: r#"{"case":"utf-020","event":"kapacitetstak_anmält","date":"2025-09-10","nytt_tak":"300 timmar","berörda_omval":2}
"#,
        as_of: "2025-09-30",
        outcome: 0,
    },
    Scenario {
        name: "winding_down_three_months_to_the_day",
        ruleset: "ljungby",
        events: r#"{"case":"utf-021","event":"avveckling_anmäld","date":"2025-11-30","upphör":"2026-02-28"}
{"case":"utf-021","event":"valbarhet_borttagen","date":"2025-12-05"}
"#,
        as_of: "2026-01-31",
        outcome: 2,
    },
    Scenario {
        name: "winding_down_told_too_late",
        ruleset: "ljungby",
        events: r#"{"case":"utf-022","event":"avveckling_anmäld","date":"2025-12-01","upphör":"2026-02-28"}
"#,
        as_of: "2025-12-31",
        outcome: 1,
    },
    Scenario {
        name: "winding_down_not_in_writing",
        ruleset: "ljungby",
        events: r#"{"case":"utf-023","event":"avveckling_anmäld","date":"2025-09-15","upphör":"2026-03-31","skriftligt":false}
"#,
        as_of: "2025-12-31",
        outcome: 0,
    },
    Scenario {
        name: "switch_done_late",
        ruleset: "ljungby",
        events: r#"{"case":"omt-001","event":"omval_registrerat","date":"2025-05-28","meddelat":"2025-05-30"}
{"case":"omt-001","event":"utförarbyte_genomfört","date":"2025-06-16"}
"#,
        as_of: "2025-06-30",
        outcome: 0,
    },
    Scenario {
        name: "no_choice_in_three_days",
        ruleset: "ljungby",
        events: r#"{"case":"omt-002","event":"servicebeslut_meddelat","date":"2025-04-14"}
"#,
        as_of: "2025-04-30",
        outcome: 1,
    },
    Scenario {
        name: "switch_by_the_20th_read_by_the_examples",
        ruleset: "norrkoping",
        events: r#"{"case":"htt-001","event":"byte_begärt","date":"2018-06-20"}
"#,
        as_of: "2018-07-01",
        outcome: 0,
    },
    Scenario {
        name: "application_that_fails_twice",
        ruleset: "norrkoping",
        events: r#"{"case":"sok-001","event":"ansökan_inkommen","date":"2018-08-01","kanal":"annan","fullständig":true}
"#,
        as_of: "2018-08-31",
        outcome: 0,
    },
    Scenario {
        name: "home_care_without_a_permit",
        ruleset: "norrkoping",
        events: r#"{"case":"utf-301","event":"hemtjänst_utförd","date":"2019-01-01","tillstånd":false}
"#,
        as_of: "2019-01-31",
        outcome: 0,
    },
    Scenario {
        name: "contract_lapses_without_customers",
        ruleset: "stockholm",
        events: r#"{"case":"utf-401","event":"avtal_tecknat","date":"2024-02-10","avtalsstart":"2024-02-29"}
{"case":"utf-401","event":"kundantal","date":"2025-02-01","antal":0}
"#,
        as_of: "2025-03-31",
        outcome: 3,
    },
    Scenario {
        name: "customers_never_reported",
        ruleset: "stockholm",
        events: r#"{"case":"utf-402","event":"avtal_tecknat","date":"2024-02-10","avtalsstart":"2024-03-01"}
"#,
        as_of: "2025-03-31",
        outcome: 3,
    },
    Scenario {
        name: "few_customers_after_two_years",
        ruleset: "stockholm",
        events: r#"{"case":"utf-403","event":"avtal_tecknat","date":"2023-02-10","avtalsstart":"2023-03-01"}
{"case":"utf-403","event":"kundantal","date":"2024-02-01","antal":4}
"#,
        as_of: "2025-03-31",
        outcome: 3,
    },
    Scenario {
        name: "second_notice_changes_nothing",
        ruleset: "stockholm",
        events: r#"{"case":"utf-404","event":"avtal_tecknat","date":"2023-02-10","avtalsstart":"2023-03-01"}
{"case":"utf-404","event":"uppsägning","date":"2023-08-31","av":"utförare"}
{"case":"utf-404","event":"uppsägning","date":"2023-09-15","av":"staden"}
"#,
        as_of: "2023-09-30",
        outcome: 4,
    },
];

/// Explains the outcome of a scenario and hands the explanation on.
fn explained(
    scenario: &Scenario,
    show: impl Fn(&Loaded, &frist::run::Case, &explain::Explanation) -> String,
) -> String {
    let mut loaded = ruleset(scenario.ruleset);
    let history = loaded.read(scenario.events);
    let settings = Settings::as_of(day(scenario.as_of));
    let decisions = frist::run::run(&loaded.program, &history, &settings);
    let outcomes = &decisions.cases[0].outcomes;
    let outcome = outcomes.get(scenario.outcome).unwrap_or_else(|| {
        panic!("{}: {:#?}", scenario.name, outcomes.iter().map(|o| &o.kind).collect::<Vec<_>>())
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

/// The excerpt in the README and the one for auditors are what the program says.
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
    let outcome = &decisions.cases[0].outcomes[2];
    let explanation = explain::explain(&loaded.program, &settings, case, &decisions.pool, outcome);
    let text = render::text(&loaded.program, &loaded.sources, &explanation, Language::English, Look::PLAIN);
    for page in ["README.md", "docs/auditors.md"] {
        let page_text = std::fs::read_to_string(support::root().join(page)).unwrap();
        assert!(page_text.contains(text.trim_end()), "{page} should hold\n{text}");
    }
}
