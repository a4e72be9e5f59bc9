//! Tours of rules: their rows hold when they are pasted under their rules, and show what they say they show.
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

use std::collections::BTreeSet;

use frist::program::RuleId;
use frist::source::Sources;
use frist::tour::{RuleTour, render, tour};
use frist::{Language, Ruleset};
use paste::{Texts, shown};

fn tours(ruleset: &Ruleset) -> Vec<RuleTour> {
    let all = 0..ruleset.program().rules.len();
    all.map(|place| tour(ruleset.program(), RuleId::at(place)).unwrap()).collect()
}

fn tour_of(ruleset: &Ruleset, name: &str) -> RuleTour {
    let place = ruleset.program().rules.iter().position(|rule| rule.named.name == name).unwrap();
    tour(ruleset.program(), RuleId::at(place)).unwrap()
}

/// The days and the text of each row.
fn lines(tour: &RuleTour) -> String {
    tour.rows.iter().map(|row| row.text.as_str()).collect()
}

/// All rows of all rules, pasted under their rules, hold, and together they reach every branch; what they do not show is
/// as expected: the rule, what it is and its words.
fn hold(name: &str, unshown: &[&str]) {
    let texts = Texts::of(name);
    let (ruleset, sources) = texts.load();
    let tours = tours(&ruleset);
    let rows =
        |tour: &RuleTour| tour.rows.iter().map(|row| (tour.rule, row.text.clone())).collect::<Vec<_>>();
    let lines: Vec<(RuleId, String)> = tours.iter().flat_map(rows).collect();
    assert!(lines.len() > ruleset.program().rules.len());
    let (pasted, after) = texts.with(&ruleset, &sources, &lines).load();
    let before: usize = ruleset.program().rules.iter().map(|rule| rule.examples.len()).sum();
    let results = pasted.test();
    assert_eq!(results.len(), before + lines.len());
    let failures: Vec<_> = results.into_iter().flat_map(|result| result.failures).collect();
    assert!(failures.is_empty(), "{}", shown(&failures, &after));

    let mut found = Vec::new();
    for tour in &tours {
        let rule = &ruleset.program().rules[tour.rule.index()];
        assert_eq!(tour.coverage.branches.0, tour.coverage.branches.1, "{}", rule.named.name);
        assert!(!tour.rows.is_empty(), "{}", rule.named.name);
        for unreached in &tour.unreached {
            found.push(format!("{}: {}", rule.named.name, unreached.words(&sources).sv));
        }
    }
    assert_eq!(found, unshown, "{found:#?}");
}

#[test]
fn the_rows_hold_in_kristianstad() {
    hold("kristianstad", &[]);
}

#[test]
fn the_rows_hold_in_ljungby() {
    hold("ljungby", &[]);
}

#[test]
fn the_rows_hold_in_norrköping() {
    hold("norrkoping", &[]);
}

#[test]
fn the_rows_hold_in_stockholm() {
    hold("stockholm", &[]);
}

#[test]
fn the_rows_hold_in_the_follow_up_of_2020() {
    hold("uppfoljning-2020", &[]);
}
