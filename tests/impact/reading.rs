//! The same lines read for two rulesets that declare different things.

use super::compare::{Rules, compared};

const OLD: &str = r#"regelverk prov "Prov" en "Trial"
  gäller från 2025-01-01
händelse fråga
  antal: antal
regel r "R" en "R"
  när fråga
  om antal > 3
    notering "många" en "many"
"#;

fn old() -> Rules {
    Rules::of(OLD)
}

const MANY: &str = r#"{"case":"a","event":"fråga","date":"2025-03-01","antal":4,"kanal":"post"}
{"case":"b","event":"fråga","date":"2025-03-02","antal":5,"kanal":"e-post"}
{"case":"c","event":"samtal","date":"2025-03-03"}
{"case":"c","event":"samtal","date":"2025-03-04"}
"#;

#[test]
fn what_only_one_declares_is_passed_over_and_said_once() {
    let new = old().with("  antal: antal\n", "  antal: antal\n  kanal: text valfri\nhändelse samtal\n");
    let found = compared(&old(), &new, &[MANY]);
    assert_eq!(found.said(), [("F0912".to_owned(), "kanal"), ("F0912".to_owned(), "samtal")]);
    assert!(found.of_events[0].message.en.ends_with("is not in the old ruleset, which passes over 2 lines"));
    assert!(found.is_nothing());
    // The other way about it is the new one that passes them over.
    let found = compared(&new, &old(), &[MANY]);
    assert!(found.of_events[1].message.en.starts_with("the event `samtal` is not in the new ruleset"));
    assert!(found.is_nothing());
}

#[test]
fn what_a_new_event_brings_is_gained_in_cases_that_the_old_rules_do_not_see() {
    let rule = "regel s \"S\" en \"S\"\n  när samtal\n  notering \"ringt\" en \"called\"\n";
    let new = old().with("  antal: antal\n", "  antal: antal\n  kanal: text valfri\nhändelse samtal\n");
    let new = new.with("regel r ", &format!("{rule}regel r "));
    let found = compared(&old(), &new, &[MANY]);
    assert_eq!(found.short(), ["c gained s 2025-03-03", "c gained s 2025-03-04"]);
}

#[test]
fn a_field_of_a_table_that_only_one_declares_is_passed_over() {
    let new = old().with("  antal: antal\n", "  antal: antal\n  kanal: text valfri\n");
    let table = "case;event;date;antal;kanal\na;fråga;2025-03-01;4;post\nb;fråga;2025-03-02;5;\n";
    let found = compared(&old(), &new, &[table]);
    assert_eq!(found.said(), [("F0912".to_owned(), "kanal")]);
    assert_eq!(found.count("alike"), 2);
}

#[test]
fn what_neither_declares_is_an_error_and_said_once() {
    let line = r#"{"case":"a","event":"fråga","date":"2025-03-01","antal":4,"antl":1}
{"case":"b","event":"fråga","date":"2025-03-01","antal":4}
"#;
    let found = compared(&old(), &old(), &[line]);
    assert_eq!(found.said(), [("F0709".to_owned(), "antl")]);
    assert_eq!(found.count("alike"), 1);
}

#[test]
fn a_case_with_a_line_that_only_one_can_read_is_not_compared() {
    let new = old().with("  antal: antal\n", "  antal: antal\n  kanal: text\n");
    let lines = r#"{"case":"a","event":"fråga","date":"2025-03-01","antal":4,"kanal":"post"}
{"case":"b","event":"fråga","date":"2025-03-02","antal":5}
{"case":"c","event":"fråga","date":"2025-03-02","antal":5}
{"case":"c","event":"fråga","date":"2025-03-03","antal":6,"kanal":"post"}
"#;
    let found = compared(&old(), &new, &[lines]);
    let codes: Vec<String> = found.said().into_iter().map(|(code, _)| code).collect();
    // What is lacking is said once, not for each line that lacks it.
    assert_eq!(codes, ["F0912", "F0913", "F0710"]);
    assert!(
        found.of_events[1].message.en.contains("2 cases are not compared"),
        "{}",
        found.of_events[1].message.en
    );
    assert_eq!(found.summary["not_compared"], serde_json::json!(["b", "c"]));
    assert_eq!((found.count("cases"), found.count("alike"), found.count("differences")), (1, 1, 0));
}
