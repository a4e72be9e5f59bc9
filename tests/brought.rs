//! What small rulesets bring on a few events: every outcome as the interface writes it, in one list of cases for each part of a run.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::fmt::Write as _;

use frist::{Draft, Ruleset, Settings};

#[path = "brought/changes.rs"]
mod changes;
#[path = "brought/duties.rs"]
mod duties;
#[path = "brought/exceptions.rs"]
mod exceptions;
#[path = "brought/kept.rs"]
mod kept;
#[path = "brought/values.rs"]
mod values;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
"#;

/// A ruleset, which must be without errors, with the script beside it.
fn load(rules: &str, script: &str) -> frist::Loaded {
    let mut draft = Draft::new([("demo.frist", rules)]);
    if !script.is_empty() {
        draft.supply("f.rhai", "f.rhai", script);
    }
    let loaded = draft.check();
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|said| said.is_error()).collect();
    assert!(errors.is_empty(), "{rules}\n{errors:#?}");
    loaded
}

/// The events of a case, written `2025-03-01 start {"fält": 3}`, as JSON Lines.
fn lines(events: &[&str]) -> String {
    let mut all = String::new();
    for event in events {
        let (date, rest) = event.split_once(' ').unwrap();
        let (name, fields) = rest.split_once(' ').unwrap_or((rest, "{}"));
        let fields = fields.trim_start_matches('{').trim_end_matches('}');
        let comma = if fields.is_empty() { "" } else { "," };
        writeln!(all, "{{\"case\":\"a\",\"event\":\"{name}\",\"date\":\"{date}\"{comma}{fields}}}").unwrap();
    }
    all
}

/// The outcomes of a run, without the keys that say the same of all of them.
fn outcomes(ruleset: &Ruleset, sources: &mut frist::source::Sources, events: &[&str], as_of: &str) -> String {
    let file = sources.add("events.jsonl", &lines(events));
    let input = ruleset.read(sources, &[file], &Default::default());
    assert_eq!(input.bad_lines, 0, "{events:?}: {:?}", input.diagnostics);
    let settings = Settings::as_of(as_of.parse().unwrap());
    let decisions = ruleset.decide(&input.history, &settings);
    let mut out = Vec::new();
    ruleset.write(&input.history, &settings, &decisions, frist::Language::Swedish, &mut out).unwrap();
    let mut all = String::new();
    for line in String::from_utf8(out).unwrap().lines() {
        let mut outcome: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        for key in ["case", "ruleset", "ruleset_version", "trigger"] {
            outcome.remove(key);
        }
        writeln!(all, "  {}", serde_json::to_string(&outcome).unwrap()).unwrap();
    }
    for found in decisions.diagnostics() {
        writeln!(all, "  {}: {}", found.code, found.message.sv).unwrap();
    }
    for found in ruleset.anomalies(&input.history, &decisions) {
        writeln!(all, "  {}: {}", found.code, found.message.sv).unwrap();
    }
    all
}

/// A case: rules, events, the day as of which they are decided.
type Case = (&'static str, &'static [&'static str], &'static str);

/// Each case after the rules that all of them have.
fn list(common: &str, script: &str, cases: &[Case]) -> String {
    let mut all = String::new();
    for (rules, events, as_of) in cases {
        let mut loaded = load(&format!("{HEAD}{common}{rules}\n"), script);
        let ruleset = loaded.ruleset.take().expect("a ruleset");
        let brought = outcomes(&ruleset, &mut loaded.sources, events, as_of);
        writeln!(all, "{rules}\n  | {}\n{brought}", events.join("\n  | ")).unwrap();
    }
    all
}
