//! `known` and `replaces` together: what counts by the end of each day, in every command that asks.

use frist::record::ReadOptions;
use frist::value::Value;
use frist::{Ruleset, Settings};

use crate::support::day;

const RULES: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
roll staden "staden" en "the city"
åtgärd svara "svara" en "answer"
händelse mätt "Något mättes" en "Something was measured"
  n: antal
händelse fråga "En fråga" en "A question"
uppgift nivå "nivån" en "the level": antal från mätt.n
regel svara "Svar" en "Answers"
  när fråga
  om nivå > 3
    staden ska svara senast 10 dagar efter datum
"#;

/// A line: id, date, number, what it replaces, when it was known; a number of 0 withdraws.
fn line(id: &str, date: &str, n: u32, replaces: &str, known: &str) -> String {
    let mut keys = Vec::new();
    for (key, value) in [("id", id), ("replaces", replaces), ("known", known), ("date", date)] {
        if !value.is_empty() {
            keys.push(format!(r#""{key}":"{value}""#));
        }
    }
    if n > 0 {
        keys.push(format!(r#""case":"a","event":"mätt","n":{n}"#));
    }
    format!("{{{}}}\n", keys.join(","))
}

/// No line counts.
const NONE: [i64; 0] = [];

/// The numbers that count by the end of a day, by date.
fn known_by(lines: &[String], by: &str) -> Vec<i64> {
    let mut loaded = Ruleset::load([("rules.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap();
    let file = loaded.sources.add("events.jsonl", &lines.concat());
    let options = ReadOptions { known_by: Some(day(by)), ..ReadOptions::default() };
    let input = ruleset.read(&loaded.sources, &[file], &options);
    assert_eq!(input.bad_lines, 0, "{:#?}", input.diagnostics);
    let ledger = ruleset.read_ledger(&loaded.sources, &[file], &ReadOptions::default());
    let again = ledger.known_by(ruleset.program(), day(by));
    assert_eq!(again.latest_date, input.latest_date);
    let numbers = |input: &frist::Input| {
        let events = input.history.cases.iter().flat_map(|case| &case.events);
        let number = |event: &frist::run::Happening| match event.fields[0] {
            Value::Count(n) => n,
            other => panic!("{other:?}"),
        };
        events.map(number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&again), numbers(&input), "read at once or from a ledger");
    numbers(&input)
}

#[test]
fn a_line_counts_from_the_day_it_was_entered() {
    let lines = [line("", "2025-03-10", 1, "", ""), line("", "2025-03-01", 2, "", "2025-03-20")];
    assert_eq!(known_by(&lines, "2025-03-09"), NONE);
    assert_eq!(known_by(&lines, "2025-03-10"), [1], "by the end of its date");
    assert_eq!(known_by(&lines, "2025-03-19"), [1]);
    assert_eq!(known_by(&lines, "2025-03-20"), [2, 1], "by the end of the day it was entered");
}

#[test]
fn a_line_may_be_known_before_its_date() {
    let lines = [line("", "2025-03-10", 1, "", "2025-03-01")];
    assert_eq!(known_by(&lines, "2025-02-28"), NONE);
    assert_eq!(known_by(&lines, "2025-03-01"), [1]);
    // It is known, but its day has not come.
    let mut loaded = Ruleset::load([("rules.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap();
    let file = loaded.sources.add("events.jsonl", &lines.concat());
    let options = ReadOptions { known_by: Some(day("2025-03-05")), ..ReadOptions::default() };
    let input = ruleset.read(&loaded.sources, &[file], &options);
    let later =
        |as_of: &str| ruleset.decide(&input.history, &Settings::as_of(day(as_of))).cases[0].later_events;
    assert_eq!((later("2025-03-09"), later("2025-03-10")), (1, 0));
}

#[test]
fn a_chain_of_corrections_counts_as_far_as_it_was_known() {
    let lines = [
        line("1", "2025-03-01", 1, "", ""),
        line("2", "2025-03-01", 2, "1", "2025-03-10"),
        line("3", "2025-03-01", 3, "2", "2025-03-20"),
        line("3", "2025-03-01", 4, "3", "2025-03-30"),
    ];
    let at = |by| known_by(&lines, by);
    assert_eq!([at("2025-03-09"), at("2025-03-10"), at("2025-03-19")], [[1], [2], [2]]);
    assert_eq!([at("2025-03-20"), at("2025-03-29"), at("2025-03-30")], [[3], [3], [4]]);
}

#[test]
fn a_correction_of_a_correction_that_was_not_yet_known_stands_in_its_place() {
    let lines = [
        line("1", "2025-03-01", 1, "", ""),
        line("2", "2025-03-01", 2, "1", "2025-03-20"),
        line("3", "2025-03-01", 3, "2", "2025-03-10"),
    ];
    let at = |by| known_by(&lines, by);
    assert_eq!([at("2025-03-09"), at("2025-03-10"), at("2025-03-20")], [[1], [3], [3]]);
}

#[test]
fn a_correction_entered_before_what_it_corrects_counts_from_then_on() {
    let lines = [line("1", "2025-03-01", 1, "", "2025-03-20"), line("2", "2025-03-02", 2, "1", "2025-03-10")];
    assert_eq!(known_by(&lines, "2025-03-09"), NONE);
    assert_eq!(known_by(&lines, "2025-03-10"), [2]);
    assert_eq!(known_by(&lines, "2025-03-20"), [2], "what it corrects does not come back");
}

#[test]
fn of_two_corrections_of_one_line_the_last_in_the_input_counts_among_those_known() {
    let one = line("2", "2025-03-01", 2, "1", "2025-03-10");
    let other = line("3", "2025-03-01", 3, "1", "2025-03-20");
    let first = line("1", "2025-03-01", 1, "", "");
    let at = |lines: &[String], by| known_by(lines, by);
    let lines = [first.clone(), one.clone(), other.clone()];
    assert_eq!(
        [at(&lines, "2025-03-09"), at(&lines, "2025-03-10"), at(&lines, "2025-03-20")],
        [[1], [2], [3]]
    );
    let lines = [first, other, one];
    assert_eq!(
        [at(&lines, "2025-03-09"), at(&lines, "2025-03-10"), at(&lines, "2025-03-20")],
        [[1], [2], [2]]
    );
}

#[test]
fn a_withdrawal_counts_from_its_day_and_can_be_taken_back() {
    let lines = [
        line("1", "2025-03-01", 1, "", ""),
        line("2", "", 0, "1", "2025-03-10"),
        line("3", "2025-03-01", 3, "2", "2025-03-20"),
    ];
    assert_eq!(known_by(&lines, "2025-03-09"), [1]);
    assert_eq!(known_by(&lines, "2025-03-10"), NONE);
    assert_eq!(known_by(&lines, "2025-03-19"), NONE);
    assert_eq!(known_by(&lines, "2025-03-20"), [3]);
    // With a date and no `known` it counts from its date, and with neither it always did.
    let dated = [line("1", "2025-03-01", 1, "", ""), line("2", "2025-03-05", 0, "1", "")];
    assert_eq!(known_by(&dated, "2025-03-04"), [1]);
    assert_eq!(known_by(&dated, "2025-03-05"), NONE);
    let bare = [line("1", "2025-03-01", 1, "", ""), line("", "", 0, "1", "")];
    assert_eq!(known_by(&bare, "2025-03-01"), NONE);
}

#[test]
fn a_line_withdrawn_before_it_was_entered_never_counts() {
    let lines = [line("1", "2025-03-01", 1, "", "2025-03-20"), line("", "", 0, "1", "2025-03-10")];
    for by in ["2025-03-09", "2025-03-10", "2025-03-20"] {
        assert_eq!(known_by(&lines, by), NONE, "{by}");
    }
}

/// What each command says of lines of which one was entered late, by the end of the day before that and of that day.
#[cfg(feature = "cli")]
mod commands {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use serde_json::Value as Json;

    use super::RULES;

    const LINES: &str = r#"{"case":"a","event":"mätt","date":"2025-03-01","known":"2025-03-20","n":5}
{"id":"f","case":"a","event":"fråga","date":"2025-03-05"}
{"replaces":"f","known":"2025-03-25","case":"a","event":"fråga","date":"2025-03-07"}
"#;

    /// The command on these lines, known by the end of a day, as of 30 March.
    fn frist(command: &str, known_by: &str, more: &[&str]) -> Vec<Json> {
        let folder = std::env::temp_dir().join(format!("frist-clocks-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let rules = folder.join("rules.frist");
        // Tests run beside each other: each finds the file whole.
        let own = folder.join(format!("{command}-{known_by}-{}.new", more.len()));
        std::fs::write(&own, RULES).unwrap();
        std::fs::rename(&own, &rules).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_frist"))
            .args([command, rules.to_str().unwrap(), "-", "--format", "json", "--as-of", "2025-03-30"])
            .args(["--known-by", known_by])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(LINES.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success());
        let text = String::from_utf8(done.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn decide() {
        let kind = |by: &str| frist("decide", by, &[])[0]["kind"].clone();
        assert_eq!([kind("2025-03-19"), kind("2025-03-20")], ["undetermined", "duty"]);
        let last = |by: &str| frist("decide", by, &[])[0]["by"].clone();
        assert_eq!([last("2025-03-24"), last("2025-03-25")], ["2025-03-15", "2025-03-17"]);
        assert!(frist("decide", "2025-03-04", &[]).is_empty());
        assert_eq!(frist("decide", "2025-03-05", &[]).len(), 1);
    }

    #[test]
    fn what_is_missing() {
        let missing = |by: &str| frist("decide", by, &["--missing"]);
        assert_eq!(missing("2025-03-19")[0]["subject"], "mätt");
        assert!(missing("2025-03-20").is_empty());
    }

    #[test]
    fn explain() {
        let explained = |by: &str| frist("explain", by, &[])[0]["event"]["line"].clone();
        assert_eq!([explained("2025-03-24"), explained("2025-03-25")], [2, 3]);
        let value = |by: &str| frist("explain", by, &[])[0]["facts"][0]["value"].clone();
        assert_eq!([value("2025-03-19"), value("2025-03-20")], ["unknown", "5"]);
    }

    #[test]
    fn state() {
        let level = |by: &str| {
            frist("state", by, &["--case", "a", "--on", "2025-03-10"])[0]["facts"][0]["value"].clone()
        };
        assert_eq!([level("2025-03-19"), level("2025-03-20")], [Json::Null, Json::from("5")]);
    }
}
