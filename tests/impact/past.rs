//! What a change alters before it comes into force.

use serde_json::json;

use super::compare::{Compared, Rules, compared, compared_as};

const OLD: &str = r#"regelverk prov "Prov" en "Trial"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll kommunen "kommunen" en "the municipality"
åtgärd svara "svara" en "answer"
händelse fråga
händelse svar
regel svar "Svar" en "Answer"
  när fråga
  kommunen ska svara senast 5 dagar efter datum uppfylls av svar
"#;

const EVENTS: &str = r#"{"case":"a","event":"fråga","date":"2025-06-30"}
{"case":"b","event":"fråga","date":"2025-07-01"}
"#;

/// The rule in two versions, the first of which ends on 30 June.
fn versions(first: &str, second: &str) -> Rules {
    let (head, rule) = OLD.split_at(OLD.find("regel svar").unwrap());
    let version = |in_force: &str, days: &str| {
        rule.replace("  när fråga", &format!("  gäller från {in_force}\n  när fråga"))
            .replace("5 dagar", days)
    };
    let first = version("2025-01-01 till och med 2025-06-30", first);
    Rules::of(&format!("{head}{first}{}", version("2025-07-01", second)))
}

fn codes(found: &Compared) -> Vec<String> {
    found.past.iter().map(|one| one.code.to_string()).collect()
}

#[test]
fn a_version_from_a_day_leaves_what_is_before_it() {
    let found = compared(&Rules::of(OLD), &versions("5 dagar", "3 dagar"), &[EVENTS]);
    assert_eq!(found.short(), ["b moved svar 2025-07-01 -2 by"]);
    assert!(found.past.is_empty());
    assert_eq!(found.count("before_in_force"), 0);
    // The outcome of the first version now names it; that is all.
    assert_eq!(found.summary["aside"], json!({ "version": 1 }));
}

#[test]
fn a_version_altered_beside_the_new_one_alters_the_past() {
    let found = compared(&Rules::of(OLD), &versions("4 dagar", "3 dagar"), &[EVENTS]);
    assert_eq!(found.short(), ["a moved svar 2025-06-30 -1 by", "b moved svar 2025-07-01 -2 by"]);
    assert_eq!(found.differences[0]["before"], "2025-07-01");
    assert!(found.differences[1].get("before").is_none());
    assert_eq!(codes(&found), ["F0910"]);
    let said = &found.past[0];
    let words: Vec<&str> = said.labels.iter().map(|label| found.sources.slice(label.span)).collect();
    assert_eq!(words, ["gäller från 2025-07-01", "svar", "\"2025-06-30\""]);
    assert!(said.labels.iter().map(|label| label.span.source).is_sorted_by(|a, b| a != b), "three texts");
}

#[test]
fn a_new_version_without_the_old_one_alters_the_past() {
    let new = Rules::of(OLD)
        .with("  när fråga", "  gäller från 2025-07-01\n  när fråga")
        .with("5 dagar", "3 dagar");
    let found = compared(&Rules::of(OLD), &new, &[EVENTS]);
    assert_eq!(found.short(), ["a lost svar 2025-06-30", "b moved svar 2025-07-01 -2 by"]);
    assert_eq!(codes(&found), ["F0910"]);
    assert_eq!(found.count("before_in_force"), 1);
}

#[test]
fn a_third_version_is_new_and_the_second_is_not() {
    let old = versions("5 dagar", "3 dagar");
    let new = Rules::of(
        &old.files[0]
            .1
            .replace("gäller från 2025-07-01", "gäller från 2025-08-01")
            .replace("2025-06-30", "2025-07-31"),
    );
    let found = compared(&old, &new, &[EVENTS]);
    // b had three days by the version of July, and has five by that of January.
    assert_eq!(found.short(), ["b moved svar 2025-07-01 +2 by"]);
    assert_eq!(found.differences[0]["before"], "2025-08-01");
    assert_eq!(codes(&found), ["F0910"]);
}

#[test]
fn a_ruleset_in_force_later_forgets_what_is_before_it() {
    let new =
        Rules::of(OLD).with("gäller från 2025-01-01", "gäller från 2025-07-01").with("5 dagar", "3 dagar");
    let found = compared(&Rules::of(OLD), &new, &[EVENTS]);
    assert_eq!(found.short(), ["a lost svar 2025-06-30", "b moved svar 2025-07-01 -2 by"]);
    assert_eq!(codes(&found), ["F0911"]);
    let words: Vec<&str> = found.past[0].labels.iter().map(|label| found.sources.slice(label.span)).collect();
    assert_eq!(words, ["gäller från 2025-07-01", "gäller från 2025-01-01", "\"2025-06-30\""]);
}

#[test]
fn a_ruleset_that_follows_upon_another_leaves_it_what_was() {
    let old = Rules::of(OLD).with("gäller från 2025-01-01", "gäller från 2025-01-01 till och med 2025-06-30");
    let new =
        Rules::of(OLD).with("gäller från 2025-01-01", "gäller från 2025-07-01").with("5 dagar", "3 dagar");
    let found = compared(&old, &new, &[EVENTS]);
    // The old ruleset as if it had gone on: what it would have brought in July is compared.
    assert_eq!(found.short(), ["b moved svar 2025-07-01 -2 by"]);
    assert_eq!((found.count("left_to_old"), found.count("before_in_force")), (1, 0));
    assert!(found.past.is_empty());
}

#[test]
fn a_timer_of_the_old_time_is_left_to_it_though_it_fires_in_the_new() {
    let timer = OLD.replace("när fråga", "när 3 månader har gått sedan fråga");
    let old =
        Rules::of(&timer).with("gäller från 2025-01-01", "gäller från 2025-01-01 till och med 2025-06-30");
    let new = Rules::of(&timer).with("gäller från 2025-01-01", "gäller från 2025-07-01");
    let found = compared_as(&old, &new, &[EVENTS], Some("2025-12-31"));
    assert!(found.is_nothing(), "{:#?}", found.short());
    assert_eq!((found.count("left_to_old"), found.count("alike")), (1, 1));
}

#[test]
fn what_is_corrected_from_the_first_day_is_no_alteration_of_the_past() {
    let found = compared(&Rules::of(OLD), &Rules::of(OLD).with("5 dagar", "3 dagar"), &[EVENTS]);
    assert_eq!(found.count("differences"), 2);
    assert!(found.past.is_empty());
}
