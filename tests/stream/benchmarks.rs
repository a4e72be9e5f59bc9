//! The events of the benchmarks: the same bytes for ever, or figures could not be compared, and events that the rules take.

use std::collections::BTreeSet;

use frist::Ruleset;
use sha2::{Digest, Sha256};

use crate::generator::{Events, Kind, SEED, rules};
use crate::whole::{Asked, whole};

const ALONE: Events = Events { kind: Kind::Alone, count: 10_000, per_case: 1, shuffled: false, seed: SEED };
const HISTORIES: Events = Events { kind: Kind::Histories, per_case: 50, ..ALONE };

fn text(events: &Events) -> String {
    let mut out = Vec::new();
    events.write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn a_seed_gives_the_same_bytes_on_every_machine() {
    assert_eq!(digest(&text(&ALONE)), "d077d7bc20afe20c");
    assert_eq!(digest(&text(&Events { shuffled: true, per_case: 50, ..ALONE })), "2cb7bb10d389b2a8");
    assert_eq!(digest(&text(&HISTORIES)), "687a72b2857c5b46");
}

#[test]
fn another_seed_gives_other_events() {
    assert_ne!(text(&ALONE), text(&Events { seed: SEED + 1, ..ALONE }));
}

#[test]
fn shuffling_moves_lines_and_neither_loses_nor_doubles_any() {
    for count in [1, 2, 3, 1000, 1025] {
        let events = Events { count, per_case: 7, ..ALONE };
        let (plain, shuffled) = (text(&events), text(&Events { shuffled: true, ..events }));
        assert_eq!(sorted(&plain), sorted(&shuffled), "{count} lines");
        let kept = plain.lines().zip(shuffled.lines()).filter(|(a, b)| a == b).count() as u64;
        assert!(count < 100 || kept * 20 < count, "{kept} of {count} lines stand where they stood");
    }
}

#[test]
fn the_days_of_a_case_ascend() {
    let text = text(&Events { count: 1000, per_case: 40, ..ALONE });
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let key =
        |line: &serde_json::Value| (line["case"].as_str().unwrap().to_owned(), line["date"].to_string());
    assert!(lines.is_sorted_by_key(key));
    assert_eq!(lines.iter().map(|line| key(line).0).collect::<BTreeSet<_>>().len(), 25);
}

#[test]
fn the_rules_take_every_event_and_every_branch_has_some() {
    let loaded = Ruleset::load([("alone.frist", include_str!("../../benches/alone.frist"))]);
    let events = text(&Events { count: 1000, ..ALONE });
    let ruleset = loaded.ruleset.as_ref().unwrap();
    let given = whole(ruleset, &loaded.sources, &[("events.jsonl", &events)], &Asked::default());
    assert_eq!((given.bad_lines, given.later), (0, 0), "{:?}", given.said);
    assert_eq!(given.out.lines().count(), 1000);
    let outcomes = given.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let branches: BTreeSet<(String, u64)> = outcomes
        .map(|one| (one["rule"].as_str().unwrap().to_owned(), one["branch"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("takändring", 1),
        ("takändring", 2),
        ("uppsägning", 1),
        ("uppsägning", 2),
        ("utan_kunder", 1),
        ("utan_kunder", 2),
        ("utan_kunder", 3),
    ];
    assert_eq!(branches, expected.map(|(rule, branch)| (rule.to_owned(), branch)).into());
}

#[test]
fn the_rules_on_histories_take_every_event_and_each_has_something_to_say() {
    let loaded = Ruleset::load([("histories.frist", include_str!("../../benches/histories.frist"))]);
    let events = text(&Events { count: 1000, ..HISTORIES });
    let ruleset = loaded.ruleset.as_ref().unwrap();
    let given = whole(ruleset, &loaded.sources, &[("events.jsonl", &events)], &Asked::default());
    assert_eq!(given.bad_lines, 0, "{:?}", given.said);
    let silent = ruleset.program().rules.iter().map(|rule| &rule.named.name);
    let silent: Vec<&String> =
        silent.filter(|name| !given.out.contains(&format!(r#""rule":"{name}""#))).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn rules_of_any_number_are_sound_and_an_edit_changes_one_number() {
    let text = rules::rules(30);
    let loaded = Ruleset::load([("rules.frist", text.as_str())]);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.ruleset.unwrap().program().rules.len(), 30);
    let edited = rules::edited(&text, 30);
    assert_eq!(text.lines().zip(edited.lines()).filter(|(a, b)| a != b).count(), 1);
    let stairs = Ruleset::load([("rules.frist", rules::branches(20))]);
    assert!(stairs.ruleset.is_some(), "{:?}", stairs.diagnostics);
}
