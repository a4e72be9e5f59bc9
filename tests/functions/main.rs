//! Functions in Rhai: what goes in and comes out, every way in which one can fail, and how far a script may go.
#![cfg(feature = "functions")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod explained;
mod failing;
mod limits;
mod odd_texts;
mod values;

use frist::diagnostics::Diagnostic;
use frist::run::{Decisions, History};
use frist::{Draft, Language, Loaded, Ruleset, Settings};
use serde_json::Value as Json;

/// Rules around one function: an event `in` with a field `x`, and a value `svar` that is the function's answer.
fn rules(x: &str, declaration: &str, arguments: &str) -> String {
    format!(
        r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
  vardag är måndag–fredag

typ vikt: lätt "lätt" en "light" | tung "tung" en "heavy"
roll utförare "utföraren" en "the provider"

källa rutin "Rutin" en "Routine"

händelse in "Det kom in" en "It came in"
  x "x" en "x": {x}

funktion {declaration} = rhai "f.rhai"

regel svara "Svara" en "Answer"
  enligt rutin avsnitt "A" ankare "7c1e09aa"
  när in
  ger svar = f({arguments})

regel lugn "Lugn" en "Calm"
  enligt rutin avsnitt "A" ankare "7c1e09aa"
  när in
  ger lugn = 7
"#
    )
}

fn load(rules: &str, script: &str) -> Loaded {
    let mut draft = Draft::new([("r.frist", rules)]);
    assert_eq!(draft.needs().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["f.rhai"]);
    draft.supply("f.rhai", "f.rhai", script);
    draft.check()
}

/// A ruleset and what it made of some events.
struct Run {
    loaded: Loaded,
    ruleset: Ruleset,
    history: History,
    settings: Settings,
    decisions: Decisions,
}

impl Run {
    fn new(rules: &str, script: &str, lines: &str) -> Run {
        let mut loaded = load(rules, script);
        let found: Vec<String> = loaded.diagnostics.iter().map(|one| shown(&loaded, one)).collect();
        let ruleset = loaded.ruleset.clone().unwrap_or_else(|| panic!("{}", found.join("\n")));
        let file = loaded.sources.add("e.jsonl", lines);
        let input = ruleset.read(&loaded.sources, &[file], &Default::default());
        assert!(input.diagnostics.is_empty(), "{:?}", input.diagnostics);
        let history = input.history;
        let settings = Settings::as_of("2026-12-31".parse().unwrap());
        let decisions = ruleset.decide(&history, &settings);
        Run { loaded, ruleset, history, settings, decisions }
    }

    fn outcomes(&self) -> Vec<Json> {
        let mut out = Vec::new();
        self.ruleset
            .write(&self.history, &self.settings, &self.decisions, Language::English, &mut out)
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The outcome of the rule that asks the function.
    fn answer(&self) -> Json {
        self.outcomes().into_iter().find(|outcome| outcome["rule"] == "svara").expect("an outcome")
    }

    fn failures(&self) -> Vec<String> {
        self.decisions.diagnostics().map(|one| shown(&self.loaded, one)).collect()
    }
}

/// A diagnostic in English: its code and message, then its labels, each with its place and the words underlined.
fn shown(loaded: &Loaded, found: &Diagnostic) -> String {
    let mut text = format!("{}: {}", found.code, found.message.en);
    for label in &found.labels {
        let (place, words) = (loaded.sources.place(label.span), loaded.sources.slice(label.span));
        text.push_str(&format!("\n  {place} [{words}] {}", label.words.en));
    }
    text
}

fn event(x: &str) -> String {
    format!(r#"{{"case":"a","event":"in","date":"2025-03-05","x":{x}}}"#)
}

/// The value that a function of one argument answers, as the interface writes it.
fn answered(x: &str, gives: &str, body: &str, given: &str) -> Json {
    let rules = rules(x, &format!("f(x: {x}) ger {gives}"), "x");
    let run = Run::new(&rules, &format!("fn f(x) {{ {body} }}"), &event(given));
    assert_eq!(run.failures(), [""; 0]);
    run.answer()
}

/// How a function of a count that gives a count fails: at check or at the call.
fn failure(script: &str) -> String {
    let rules = rules("antal", "f(x: antal) ger antal", "x");
    let loaded = load(&rules, script);
    if loaded.ruleset.is_none() {
        return loaded.diagnostics.iter().map(|one| shown(&loaded, one)).collect::<Vec<_>>().join("\n");
    }
    let run = Run::new(&rules, script, &event("3"));
    let outcomes = run.outcomes();
    assert_eq!(run.answer()["kind"], "undetermined", "{:?}", run.answer());
    let calm = outcomes.iter().find(|outcome| outcome["rule"] == "lugn").expect("the other rule's outcome");
    assert_eq!(calm["kind"], "value", "nothing else is lost");
    run.failures().join("\n")
}
