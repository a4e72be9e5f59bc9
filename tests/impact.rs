//! Two rulesets on the same histories: what is gained, lost, moved and changed, calculated by hand.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

#[path = "impact/compare.rs"]
mod compare;
#[path = "impact/everywhere.rs"]
mod everywhere;
#[path = "impact/ljungby.rs"]
mod ljungby;
#[path = "impact/matching.rs"]
mod matching;
#[path = "impact/past.rs"]
mod past;
#[path = "impact/reading.rs"]
mod reading;
#[path = "impact/rulesets.rs"]
mod rulesets;

#[cfg(feature = "cli")]
use std::path::Path;
#[cfg(feature = "cli")]
use std::process::{Command, Output};

use compare::{Rules, compared, compared_as};

const RULES: &str = r#"regelverk prov "Prov" en "Trial"
  kommun "Provköpings kommun"
  gäller från 2024-01-01
  version "1"
  månader räknas enligt SFS 1930:173
roll kommunen "kommunen" en "the municipality"
åtgärd svara "svara" en "answer"
åtgärd betala "betala ut ersättningen" en "pay the compensation"
händelse fråga "En fråga kommer in" en "A question comes in"
händelse svar "Kommunen svarar" en "The municipality answers"
uppgift tak "taket" en "the cap": antal
regel svarstid "Svarstid" en "Time to answer"
  när fråga
  kommunen ska svara senast 14 dagar efter datum uppfylls av svar
regel taket "Taket" en "The cap"
  när svar
  tak blir 3 från den 1:a i nästa månad efter datum
regel utbetalning "Utbetalning" en "Payment"
  när svar
  kommunen ska betala senast 30 dagar efter datum
"#;

fn changed() -> Rules {
    let payment = &RULES[RULES.find("regel utbetalning").unwrap()..];
    Rules::of(RULES)
        .with("version \"1\"", "version \"2\"")
        .with("14 dagar", "7 dagar")
        .with("tak blir 3", "tak blir 4")
        .with(payment, "regel påminnelse \"Påminnelse\" en \"Reminder\"\n  när fråga\n  notering \"påminn\" en \"remind\"\n")
}

const EVENTS: &str = r#"{"case":"ärende-1","event":"fråga","date":"2025-03-03"}
{"case":"ärende-1","event":"svar","date":"2025-03-13"}
{"case":"ärende-2","event":"fråga","date":"2025-04-01"}
"#;

#[test]
fn listed_told_and_written() {
    let rules = Rules::of(RULES);
    let found = compared(&rules, &changed(), &[EVENTS]);
    insta::assert_snapshot!("text_sv", found.texts[0]);
    insta::assert_snapshot!("text_en", found.texts[1]);
    insta::assert_snapshot!("narrated_sv", found.told[0]);
    insta::assert_snapshot!("narrated_en", found.told[1]);
    insta::assert_snapshot!("json", found.json);
}

#[test]
fn no_line_is_wider_than_asked_for_and_every_difference_counts() {
    let rules = Rules::of(RULES);
    // A case a day: more than are listed, and each moves by its own number of days.
    let months: String = (0..120)
        .map(|number| {
            let (month, day) = (number / 28 + 1, number % 28 + 1);
            format!("{{\"case\":\"{number}\",\"event\":\"svar\",\"date\":\"2025-{month:02}-{day:02}\"}}\n")
        })
        .collect();
    let later = rules.with("den 1:a i nästa månad efter datum", "2 månader efter datum");
    let found = compared(&rules, &later, &[&months]);
    assert_eq!(found.count("moved"), 120);
    assert!(found.summary["days"].as_array().unwrap().len() > 12);
    for text in &found.texts {
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains("70"), "the seventy that are not listed are counted: {text}");
    }
    let bars: usize = found.texts[1].matches('█').count();
    assert!(bars >= 40, "{}", found.texts[1]);
    insta::assert_snapshot!("ranges", histogram(&found.texts[1]));
}

/// The part of a listing with the bars.
fn histogram(text: &str) -> &str {
    let start = text.find("Moved by").unwrap();
    text[start..].split("\n\n").next().unwrap()
}

#[test]
fn nothing_different_is_said_in_one_line() {
    let rules = Rules::of(RULES);
    let found = compared_as(&rules, &rules, &[EVENTS], Some("2025-12-31"));
    assert!(found.texts[0].ends_with("Inget utfall skiljer sig.\n"), "{}", found.texts[0]);
    assert!(found.told[1].ends_with("No outcome differs.\n"), "{}", found.told[1]);
}

/// Runs the built command beside the files of the command line's tests.
#[cfg(feature = "cli")]
fn frist(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_frist"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"))
        .env_clear()
        .output()
        .unwrap()
}

#[cfg(feature = "cli")]
fn shown(arguments: &[&str]) -> String {
    let done = frist(arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!(
        "$ frist {}\n[status {}]\n[stdout]\n{}[stderr]\n{}",
        arguments.join(" "),
        done.status.code().unwrap(),
        text(&done.stdout),
        text(&done.stderr)
    )
}

#[cfg(feature = "cli")]
#[test]
fn the_command_says_whether_the_past_is_altered() {
    let of = |new: &str, more: &[&str]| {
        let new = format!("ändring/{new}.frist");
        let arguments = [&["impact", "ändring/förr.frist", &new, "ändring/händelser.jsonl"], more].concat();
        frist(&arguments).status.code().unwrap()
    };
    assert_eq!(of("förr", &[]), 0, "no difference");
    assert_eq!(of("version", &[]), 0, "differences alone");
    assert_eq!(of("utan_förra", &[]), 1, "the past is altered");
    assert_eq!(of("utan_förra", &["--retroactive"]), 0, "and is meant to be");
    assert_eq!(of("nytt", &[]), 1);
    assert_eq!(of("finns_inte", &[]), 2);
    assert_eq!(of("version", &["--reading", "x=y"]), 2, "neither has such a question");
    assert_eq!(of("version", &["--calendar", "x=au.csv"]), 2, "neither has such a calendar");
    insta::assert_snapshot!(
        "past_sv",
        shown(&[
            "impact",
            "ändring/förr.frist",
            "ändring/utan_förra.frist",
            "ändring/händelser.jsonl",
            "--lang",
            "sv"
        ])
    );
    insta::assert_snapshot!(
        "follows_en",
        shown(&[
            "impact",
            "ändring/avslutat.frist",
            "ändring/nytt.frist",
            "ändring/händelser.jsonl",
            "--lang",
            "en"
        ])
    );
}

#[cfg(feature = "cli")]
#[test]
fn the_command_needs_no_events() {
    let of = |new: &str, more: &[&str]| {
        let new = format!("ändring/{new}.frist");
        frist(&[&["impact", "ändring/förr.frist", &new], more].concat()).status.code().unwrap()
    };
    assert_eq!(of("förr", &[]), 0, "proved equal");
    assert_eq!(of("version", &["--rule", "återbetalning"]), 0, "differences alone");
    assert_eq!(of("version", &["--rule", "finns_inte"]), 2, "neither has such a rule");
    assert_eq!(of("utan_förra", &["--retroactive"]), 0, "meant to reach back");
    assert_eq!(of("nytt", &[]), 1, "the days before are forgotten");
    insta::assert_snapshot!(
        "past_without_events_en",
        shown(&["impact", "ändring/förr.frist", "ändring/utan_förra.frist", "--lang", "en"])
    );
}
