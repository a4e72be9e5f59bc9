//! What a run keeps from one night to the next, and what it says of the readings that an outcome rests on.

use frist::{Language, Settings};

use super::{HEAD, lines, load, outcomes};

const READING: &str = "tolkning q \"Q?\"\n  vald a \"a\"\n  annan b \"b\"\n";

const COMMON: &str = r#"händelse start
händelse fråga
funktion kanske(x: antal) ger antal = rhai "f.rhai"
regel beslut
  när start
  godkänns
regel räknar
  när start
  ger svar = kanske(1)
regel frågar
  när fråga
  om start är godkänd
    notering "godkänd"
  annars
    notering "inte godkänd"
"#;

/// Decisions and failures of the first night are known in the second.
#[test]
fn from_one_night_to_the_next() {
    let mut loaded = load(&format!("{HEAD}{COMMON}"), "fn kanske(x) { throw \"nej\" }\n");
    let ruleset = loaded.ruleset.take().unwrap();
    let events = ["2025-03-01 start", "2025-03-05 fråga"];
    let at_once = outcomes(&ruleset, &mut loaded.sources, &events, "2025-03-06");
    assert!(at_once.contains("\"text\":\"godkänd\"") && at_once.contains("F0603"), "{at_once}");
    assert!(!at_once.contains("\"text\":\"inte godkänd\""), "{at_once}");

    let mut read = |name: &str, events: &[&str]| {
        let file = loaded.sources.add(name, &lines(events));
        ruleset.read(&loaded.sources, &[file], &Default::default()).history
    };
    let (first, second) = (read("first.jsonl", &events[..1]), read("second.jsonl", &events[1..]));
    let day = |text: &str| text.parse().unwrap();
    let mut state = ruleset.begin(&first.cases[0], &first.pool, &Settings::as_of(day("2025-03-02")));
    ruleset.resume(&mut state, &second.cases[0].events, &second.pool, day("2025-03-06")).unwrap();
    let decisions = ruleset.decisions(&state);
    let mut out = Vec::new();
    ruleset.write(state.history(), state.settings(), &decisions, Language::Swedish, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains("\"text\":\"inte godkänd\""), "{text}");
    let failures: Vec<String> = decisions.diagnostics().map(|found| found.code.to_string()).collect();
    assert_eq!(failures, ["F0603"]);
}

/// An outcome rests on the readings that its effect, its branch and its rule name.
#[test]
fn readings_that_are_named_are_rested_on() {
    for (rule, rests) in [
        ("regel r\n  med tolkning q\n  när start\n  notering \"a\"", true),
        ("regel r\n  när start\n  notering \"a\"", false),
    ] {
        let mut loaded = load(&format!("{HEAD}{READING}{COMMON}{rule}\n"), "fn kanske(x) { x }\n");
        let ruleset = loaded.ruleset.take().unwrap();
        let file = loaded.sources.add("events.jsonl", &lines(&["2025-03-01 start"]));
        let input = ruleset.read(&loaded.sources, &[file], &Default::default());
        let decisions = ruleset.decide(&input.history, &Settings::as_of("2025-03-02".parse().unwrap()));
        let name = |rule: frist::program::RuleId| ruleset.program().rules[rule.index()].named.name.clone();
        let of_rule = |outcome: &frist::run::Outcome| outcome.rule.map(name).as_deref() == Some("r");
        let note = decisions.outcomes().map(|(_, outcome)| outcome).find(|outcome| of_rule(outcome)).unwrap();
        assert_eq!(!note.remarks.rests_on_readings.is_empty(), rests, "{rule}");
    }
}
