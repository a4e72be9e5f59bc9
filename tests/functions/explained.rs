//! Calls in explanations: their arguments, what came of them, and the script that they are in.

use frist::Language;
use frist::explain::{Explanation, render};

use super::{Run, event, rules};

/// The explanation of an outcome of a rule that asks whether the function's answer is more than 3, with a date for it.
fn explained(script: &str, rule: &str, x: &str) -> (Run, Explanation) {
    let rules = rules("antal", "f(x: antal) ger antal", "x + 1").replace(
        "regel lugn",
        "uppgift öppet \"öppet\" en \"open\": ja/nej\n
funktion dag(x: antal) ger datum = rhai \"f.rhai\"
funktion jämn(x: antal) ger ja/nej = rhai \"f.rhai\"

regel öppna \"Öppna\" en \"Open\"
  enligt rutin avsnitt \"A\" ankare \"7c1e09aa\"
  när in
  om f(x) > 3 och jämn(x)
    öppet gäller från 1 vecka efter dag(x)

regel lugn",
    );
    let run = Run::new(&rules, script, &event(x));
    let case = &run.decisions.cases[0];
    let outcome = case
        .outcomes
        .iter()
        .find(|outcome| {
            let id = outcome.rule.expect("a rule");
            run.ruleset.program().rules[id.index()].named.name == rule
        })
        .expect("an outcome");
    let explanation = run
        .ruleset
        .explain(&run.history, &run.settings, &run.decisions, case, outcome)
        .expect("a case of the history");
    (run, explanation)
}

const SCRIPT: &str = "fn f(x) { if x > 90 { throw \"too much\" } x * 2 }
fn dag(x) { date(2025, 4, x) }
fn jämn(x) { x % 2 == 0 }";

#[test]
fn a_value_shows_its_call() {
    let (_, explanation) = explained(SCRIPT, "svara", "4");
    assert_eq!(explanation.steps.len(), 1);
    assert_eq!(explanation.steps[0].en, ["x (4) + 1 → 5", "f(5) → 10 (f.rhai)"]);
    assert_eq!(explanation.steps[0].sv, ["x (4) + 1 → 5", "f(5) → 10 (f.rhai)"]);
}

#[test]
fn a_condition_and_a_date_show_their_calls() {
    let (run, explanation) = explained(SCRIPT, "öppna", "4");
    let notes: Vec<&str> =
        explanation.asked[0].condition.leaves().iter().map(|leaf| leaf.note.en.as_str()).collect();
    assert_eq!(
        notes,
        ["8 (the function f(4) in f.rhai) is more than 3", "the function jämn(4) in f.rhai: yes"]
    );
    assert_eq!(explanation.steps[0].en, ["dag(4) → 2025-04-04 (f.rhai)", "2025-04-04 + 7 days → 2025-04-11"]);
    let text = render::narrated(run.ruleset.program(), &run.loaded.sources, &explanation, Language::Swedish);
    assert!(text.contains("funktionen jämn(4) i f.rhai: ja"), "{text}");
}

#[test]
fn an_undetermined_outcome_says_why_its_call_failed() {
    let (_, explanation) = explained(SCRIPT, "öppna", "92");
    let sentence = &explanation.sentence.en;
    let needed = "Needed: the answer to f(92) in f.rhai: the script says `too much`";
    assert!(sentence.contains(needed), "{sentence}");
    let leaves = explanation.asked[0].condition.leaves();
    assert_eq!(leaves[0].note.en, "the function f(92) in f.rhai: no answer: the script says `too much`");
    let (_, explanation) = explained(SCRIPT, "svara", "92");
    assert_eq!(
        explanation.steps[0].en.last().unwrap(),
        "f(93) → no answer: the script says `too much` (f.rhai)"
    );
}

/// One failure is said once, however often the rules ask; a branch that may not be taken has not failed.
#[test]
fn a_failure_is_said_once_and_only_where_it_matters() {
    let (run, _) = explained(SCRIPT, "öppna", "92");
    let called: Vec<String> =
        run.decisions.diagnostics().map(|found| found.labels[0].words.en.clone()).collect();
    assert_eq!(called, ["called so: f(93)", "called so: f(92)"]);
}
