//! Four clocks: what was known on a day, and what was said then beside what is said now.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

#[path = "clocks/asked.rs"]
mod asked;
#[path = "clocks/known.rs"]
mod known;
#[path = "clocks/parting.rs"]
mod parting;
#[path = "clocks/random.rs"]
mod random;
mod support;

use frist::Language;
use frist::explain::clocks::render::{self, Showing};

use asked::Asked;

/// Everything that is shown of then and now, as the command shows it.
fn shown(
    asked: &Asked,
    then: &str,
    now: &str,
    rule: Option<&str>,
    language: Language,
    narrated: bool,
) -> String {
    let parted = asked.parted(then, now, None);
    let showing = Showing {
        program: asked.ruleset.program(),
        sources: &asked.sources,
        ledger: &asked.ledger,
        parted: &parted,
        language,
    };
    let look = frist::diagnostics::render::Look { color: false, unicode: true, width: 80 };
    let mut out = if narrated { render::narrated_days(showing) } else { render::text_days(showing, look) };
    for case in &parted.cases {
        let wanted = |one: &&frist::explain::clocks::Difference| {
            rule.is_none_or(|rule| asked.rule_of(&parted, case, one) == rule)
        };
        let differing: Vec<_> = case.differing.iter().filter(wanted).collect();
        // The other outcomes of the cases of these tests come of other rules.
        let unchanged = if rule.is_some() { 0 } else { case.unchanged.len() };
        assert!(!differing.is_empty() || rule.is_none());
        out.push_str(&format!("\n{}\n", case.id));
        out.push_str(&if narrated {
            render::narrated_summary(showing, case, &differing, unchanged)
        } else {
            render::text_summary(showing, case, &differing, unchanged, look)
        });
        for difference in differing {
            let parting = asked.ruleset.parting(&asked.ledger, &parted, case, difference);
            out.push('\n');
            out.push_str(&if narrated {
                render::narrated(showing, &parting, difference)
            } else {
                render::text(showing, &parting, difference, false, look)
            });
        }
    }
    out
}

#[test]
fn a_cap_notice_entered_late_and_then_corrected() {
    let cap = Asked::fixture("ljungby", "cap.jsonl");
    let rule = Some("höja_eller_sänka_tak");
    insta::assert_snapshot!(
        "cap_corrected_sv",
        shown(&cap, "2025-04-30", "2025-05-31", rule, Language::Swedish, false)
    );
    insta::assert_snapshot!(
        "cap_corrected_narrated_en",
        shown(&cap, "2025-04-30", "2025-05-31", rule, Language::English, true)
    );
    insta::assert_snapshot!(
        "cap_entered_late_en",
        shown(&cap, "2025-04-18", "2025-04-30", rule, Language::English, false)
    );
}

#[test]
fn a_number_of_customers_corrected() {
    let customers = Asked::fixture("stockholm", "customers.jsonl");
    let rule = Some("saknar_kunder_efter_12_månader");
    insta::assert_snapshot!(
        "customers_en",
        shown(&customers, "2025-03-31", "2025-04-30", rule, Language::English, false)
    );
    insta::assert_snapshot!(
        "customers_narrated_sv",
        shown(&customers, "2025-03-31", "2025-04-30", rule, Language::Swedish, true)
    );
}

#[test]
fn nothing_differs_and_it_says_so() {
    let cap = Asked::fixture("ljungby", "cap.jsonl");
    insta::assert_snapshot!(
        "nothing_differs",
        [
            shown(&cap, "2025-05-31", "2025-05-31", None, Language::Swedish, false),
            shown(&cap, "2025-05-31", "2025-06-30", None, Language::English, false),
        ]
        .join("\n")
    );
}

#[test]
fn a_case_is_one_object_with_stable_keys() {
    let cap = Asked::fixture("ljungby", "cap.jsonl");
    let parted = cap.parted("2025-04-30", "2025-05-31", None);
    let case = &parted.cases[0];
    let showing = Showing {
        program: cap.ruleset.program(),
        sources: &cap.sources,
        ledger: &cap.ledger,
        parted: &parted,
        language: Language::English,
    };
    let partings: Vec<_> = case
        .differing
        .iter()
        .map(|one| (one, cap.ruleset.parting(&cap.ledger, &parted, case, one)))
        .collect();
    let mut json = render::json(showing, case, &partings[..1], case.unchanged.len());
    let whole = json["differing"][0]["now"].take();
    assert_eq!(whole["outcome"]["from"], "2025-06-01");
    assert_eq!(whole["sentence"], "The capacity cap becomes 400 hours from 1 June 2025.");
    let whole = json["differing"][0]["then"].take();
    assert_eq!(whole["outcome"]["from"], "2025-05-01");
    insta::assert_snapshot!("cap_json", serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn the_page_for_auditors_shows_what_is_shown() {
    let page = std::fs::read_to_string(support::root().join("docs/auditors.md")).unwrap();
    let (_, section) = page.split_once("## Why did you say something else then?").unwrap();
    let fences: Vec<&str> = section.split("\n```").collect();
    let lines = fences.iter().find_map(|fence| fence.strip_prefix("json\n")).unwrap();
    let excerpt = fences.iter().find_map(|fence| fence.strip_prefix("text\n")).unwrap();
    let command = fences.iter().find_map(|fence| fence.strip_prefix("console\n")).unwrap();
    assert_eq!(command.split(" --").nth(3), Some("rule höja_eller_sänka_tak"));
    let asked = Asked::new("ljungby", lines);
    let rule = Some("höja_eller_sänka_tak");
    let shown = shown(&asked, "2025-04-30", "2025-05-31", rule, Language::English, false);
    let shown = shown.replace("events.jsonl", "tak.jsonl");
    // Above it stands the heading of the case, beneath it both derivations.
    assert!(shown.contains(excerpt.trim_end()), "{shown}");
}
