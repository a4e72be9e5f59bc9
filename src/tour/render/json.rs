//! A tour as JSON Lines: the rule with what its rows show together, then its rows.

use serde_json::{Value, json};

use crate::Language;
use crate::program::Program;
use crate::source::Sources;
use crate::tour::RuleTour;

/// A tour as JSON Lines: first the rule and what is covered, then a line for each row.
pub fn json(program: &Program, sources: &Sources, tour: &RuleTour, language: Language) -> String {
    let Some(rule) = program.rules.get(tour.rule.index()) else { return String::new() };
    let (ruleset, name) = (&program.header.name, &rule.named.name);
    let of = |(reached, all): (usize, usize)| json!({ "reached": reached, "of": all });
    let unreached: Vec<Value> = tour
        .unreached
        .iter()
        .map(|one| json!({ "what": one.name(), "text": one.words(sources).get(language) }))
        .collect();
    let mut head = json!({
        "ruleset": ruleset,
        "rule": name,
        "rows": tour.rows.len(),
        "tried": tour.tried,
        "coverage": {
            "branches": of(tour.coverage.branches),
            "answers": of(tour.coverage.answers),
            "alone": of(tour.coverage.alone),
            "limits": of(tour.coverage.limits),
        },
        "unreached": unreached,
    });
    if let (Some(head), Some(range)) = (head.as_object_mut(), rule.in_force) {
        head.insert(String::from("version"), json!(range.from.to_string()));
    }
    let mut out = format!("{head}\n");
    for row in &tour.rows {
        let shows: Vec<Value> = row
            .shows
            .iter()
            .map(|note| json!({ "what": note.name(), "text": note.words(program, sources).get(language) }))
            .collect();
        let outcomes: Vec<&str> = row.outcomes.iter().map(|outcome| outcome.get(language)).collect();
        let mut line = json!({
            "ruleset": ruleset,
            "rule": name,
            "outcomes": outcomes,
            "shows": shows,
            "example": row.text.trim_end_matches('\n'),
            "present": row.present.is_some(),
        });
        if let Some(line) = line.as_object_mut() {
            // A key without a value is absent.
            line.extend(row.day.map(|day| (String::from("day"), json!(day.to_string()))));
            line.extend(row.branch.map(|branch| (String::from("branch"), json!(branch))));
        }
        out.push_str(&format!("{line}\n"));
    }
    out
}
