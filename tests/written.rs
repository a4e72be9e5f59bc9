//! Examples written out with all that their rules bring: pasted into the rulesets of the project, they hold.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

#[path = "support/paste.rs"]
mod paste;

use frist::Ruleset;
use frist::examples::{expectations, play, written};
use frist::program::{Example, RuleId};
use paste::{Texts, shown};

/// Every example of a ruleset written anew, its undated events on the rule's first day.
fn written_anew(ruleset: &Ruleset) -> Vec<(RuleId, String)> {
    let program = ruleset.program();
    let mut lines = Vec::new();
    for (place, rule) in program.rules.iter().enumerate() {
        let id = RuleId::at(place);
        let day =
            program.header.in_force.from.max(rule.in_force.map_or(program.header.in_force.from, |r| r.from));
        for example in &rule.examples {
            let mut dated: Example = example.clone();
            for event in &mut dated.events {
                event.date = event.date.or(Some(day));
            }
            let mut pool = program.pool.clone();
            let played = play(program, id, &dated, day, &mut pool).unwrap();
            let statuses = dated.as_of.is_some();
            let expected = expectations(program, id, &played.run, &pool, statuses, rule.language).unwrap();
            lines.push((id, written(program, id, &dated, &expected, &pool, rule.language).unwrap()));
        }
    }
    lines
}

fn hold(name: &str) {
    let texts = Texts::of(name);
    let (ruleset, sources) = texts.load();
    let lines = written_anew(&ruleset);
    assert!(!lines.is_empty());
    let (pasted, sources) = texts.with(&ruleset, &sources, &lines).load();
    let results = pasted.test();
    assert_eq!(results.len(), 2 * lines.len());
    let failures: Vec<_> = results.into_iter().flat_map(|result| result.failures).collect();
    assert!(failures.is_empty(), "{}", shown(&failures, &sources));
}

#[test]
fn in_kristianstad() {
    hold("kristianstad");
}

#[test]
fn in_ljungby() {
    hold("ljungby");
}

#[test]
fn in_norrköping() {
    hold("norrkoping");
}

#[test]
fn in_stockholm() {
    hold("stockholm");
}

#[test]
fn in_the_follow_up_of_2020() {
    hold("uppfoljning-2020");
}
