//! Invented cases and what must come of them, worked out from the documents and reckoned apart from the engine.
//!
//! `reference/X.jsonl` holds the events, `reference/X.expected.jsonl` the expectations: for a case as of a day, one rule
//! brings these outcomes and no others. An expected outcome names the keys that matter; a key that is null must be absent.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use frist::run::Settings;
use frist::time::NamedCalendar;
use serde_json::Value as Json;
use support::{Loaded, day, root, ruleset};

/// The days on which the working committee of the invented cases meets.
const COMMITTEE: &str =
    "2025-06-11\n2025-09-10\n2025-10-08\n2025-11-12\n2026-01-14\n2026-03-11\n2028-03-21\n";

/// One line of the expectations.
struct Expectation {
    case: String,
    as_of: String,
    /// The item of the list of rules in the documents that the case is about.
    item: String,
    rule: String,
    outcomes: Vec<Json>,
}

fn lines(name: &str) -> Vec<Json> {
    let text = fs::read_to_string(root().join("tests/reference").join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text(line: &Json, key: &str) -> String {
    line[key].as_str().unwrap_or_else(|| panic!("{key} in {line}")).to_owned()
}

fn expectations(set: &str) -> Vec<Expectation> {
    let read = |line: Json| Expectation {
        case: text(&line, "case"),
        as_of: text(&line, "as_of"),
        item: text(&line, "item"),
        rule: text(&line, "rule"),
        outcomes: line["outcomes"].as_array().unwrap().clone(),
    };
    lines(&format!("{set}.expected.jsonl")).into_iter().map(read).collect()
}

/// Runs events as of a day, with the committee's calendar where the ruleset asks for one.
fn decide(loaded: &mut Loaded, events: &str, as_of: &str) -> Vec<Json> {
    let history = loaded.read(events);
    let mut settings = Settings::as_of(day(as_of));
    for (place, _) in loaded.program.calendars.iter().enumerate() {
        let days = NamedCalendar::parse(COMMITTEE).unwrap();
        settings.calendars.insert(frist::program::CalendarId::at(place), days);
    }
    let decisions = frist::run::run(&loaded.program, &history, &settings);
    loaded.write(&history, &decisions)
}

/// Whether an outcome has what is wanted of it: the keys named, nothing under those that are null, lists of one length.
fn has(got: &Json, wanted: &Json) -> bool {
    match (got, wanted) {
        (Json::Object(got), Json::Object(wanted)) => wanted.iter().all(|(key, wanted)| match got.get(key) {
            None => wanted.is_null(),
            Some(got) => has(got, wanted),
        }),
        (Json::Array(got), Json::Array(wanted)) => {
            got.len() == wanted.len() && wanted.iter().all(|wanted| got.iter().any(|got| has(got, wanted)))
        }
        (Json::Number(got), Json::Number(wanted)) => got.as_f64() == wanted.as_f64(),
        _ => got == wanted,
    }
}

/// Whether some of the outcomes can be given to those wanted, each to one.
fn pair(got: &[&Json], wanted: &[Json]) -> bool {
    let Some((first, rest)) = wanted.split_first() else { return true };
    (0..got.len()).any(|place| {
        let mut left = got.to_vec();
        has(left.remove(place), first) && pair(&left, rest)
    })
}

/// Holds a ruleset to the expectations of one set; says how many outcomes were expected.
fn hold(set: &str, folder: &str) -> usize {
    let mut loaded = ruleset(folder);
    let events = lines(&format!("{set}.jsonl"));
    let mut by_day: BTreeMap<String, Vec<Expectation>> = BTreeMap::new();
    for expectation in expectations(set) {
        by_day.entry(expectation.as_of.clone()).or_default().push(expectation);
    }
    let mut faults = Vec::new();
    let mut count = 0;
    for (as_of, expectations) in by_day {
        let cases: BTreeSet<&str> = expectations.iter().map(|wanted| wanted.case.as_str()).collect();
        let of_cases = events.iter().filter(|event| cases.contains(event["case"].as_str().unwrap()));
        let input: Vec<String> = of_cases.map(Json::to_string).collect();
        let outcomes = decide(&mut loaded, &input.join("\n"), &as_of);
        for Expectation { case, item, rule, outcomes: wanted, .. } in &expectations {
            let of_rule =
                |outcome: &&Json| outcome["case"] == case.as_str() && outcome["rule"] == rule.as_str();
            let got: Vec<&Json> = outcomes.iter().filter(of_rule).collect();
            count += wanted.len();
            if got.len() != wanted.len() || !pair(&got, wanted) {
                faults.push(format!(
                    "{item}: {rule} in {case} as of {as_of}\nwanted {wanted:#?}\ngot {got:#?}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{} differ\n{}", faults.len(), faults.join("\n"));
    count
}

#[test]
fn stockholm() {
    assert!(hold("stockholm", "stockholm") >= 200);
}

#[test]
fn norrkoping() {
    assert!(hold("norrkoping", "norrkoping") >= 80);
}

#[test]
fn ljungby() {
    assert!(hold("ljungby", "ljungby") >= 400);
}

/// What is decided for all providers at once, in the municipality's own case.
#[test]
fn ljungbys_municipality() {
    assert!(hold("ljungby-kommunen", "ljungby") >= 15);
}

#[test]
fn kristianstad() {
    assert!(hold("kristianstad", "kristianstad") >= 250);
}

#[test]
fn the_follow_up_of_2020() {
    assert!(hold("uppfoljning-2020", "uppfoljning-2020") >= 60);
}

/// An expectation speaks of an event of its case, and of a rule or an event of its ruleset: otherwise "brings nothing"
/// would hold of a misspelt name.
#[test]
fn every_expectation_names_a_case_and_a_rule_that_there_are() {
    let sets = [
        ("stockholm", "stockholm"),
        ("norrkoping", "norrkoping"),
        ("ljungby", "ljungby"),
        ("ljungby-kommunen", "ljungby"),
        ("kristianstad", "kristianstad"),
        ("uppfoljning-2020", "uppfoljning-2020"),
    ];
    for (set, folder) in sets {
        let program = ruleset(folder).program;
        let rules = program.rules.iter().map(|rule| rule.named.name.as_str());
        let names: BTreeSet<&str> =
            rules.chain(program.events.iter().map(|event| event.named.name.as_str())).collect();
        let covered = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
        let events = lines(&format!("{set}.jsonl"));
        let cases: BTreeSet<&str> = events.iter().map(|event| event["case"].as_str().unwrap()).collect();
        for wanted in expectations(set) {
            assert!(names.contains(wanted.rule.as_str()), "{set}: {} is no rule", wanted.rule);
            assert!(cases.contains(wanted.case.as_str()), "{set}: {} has no events", wanted.case);
            assert!(covered.contains(&format!("`{}`", wanted.item)), "{set}: {} is no item", wanted.item);
        }
    }
}
