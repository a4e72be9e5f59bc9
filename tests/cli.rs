//! The built command on files: exit statuses, streams, and what people and programs see.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic: it fails then")]
#![allow(clippy::disallowed_methods, reason = "the test prepares files")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the command beside the files of these tests, in a plain environment.
fn frist(arguments: &[&str], input: &str) -> Output {
    let mut child = command(arguments).spawn().unwrap();
    // A command that reads no input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frist"));
    command
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"))
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The command, its exit status and both streams, as one text.
fn shown(arguments: &[&str]) -> String {
    shown_with(arguments, "")
}

fn shown_with(arguments: &[&str], input: &str) -> String {
    let done = frist(arguments, input);
    format!(
        "$ frist {}\n[status {}]\n[stdout]\n{}[stderr]\n{}",
        arguments.join(" "),
        done.status.code().unwrap(),
        text(&done.stdout),
        text(&done.stderr)
    )
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn status(arguments: &[&str]) -> i32 {
    frist(arguments, "").status.code().unwrap()
}

const RUN: [&str; 3] = ["decide", "regler", "händelser.jsonl"];

#[test]
fn help_and_wrong_use() {
    insta::assert_snapshot!(shown(&["--help"]));
    assert_eq!(status(&["--version"]), 0);
    assert_eq!(status(&[]), 2);
    assert_eq!(status(&["decide", "regler"]), 2);
    assert_eq!(status(&["decide", "regler", "händelser.jsonl", "--as-of", "2025-02-30"]), 2);
    assert_eq!(status(&["decide", "regler", "händelser.jsonl", "--calendar", "arbetsutskott"]), 2);
    assert_eq!(status(&["check", "regler", "--lang", "no"]), 2);
}

#[test]
fn check() {
    insta::assert_snapshot!(
        "check_sv",
        shown(&["check", "regler", "--lang", "sv", "--left-out", "--as-of", "2026-03-01"])
    );
    insta::assert_snapshot!("check_json", shown(&["check", "regler", "--format", "json", "--left-out"]));
    insta::assert_snapshot!("check_wrong_en", shown(&["check", "fel.frist", "--lang", "en"]));
    insta::assert_snapshot!(
        "check_wrong_narrated",
        shown(&["check", "fel.frist", "--lang", "sv", "--narrated"])
    );
    insta::assert_snapshot!("check_wrong_concise", shown(&["check", "fel.frist", "--format", "concise"]));
    insta::assert_snapshot!("check_failing_example", shown(&["check", "exempel.frist", "--lang", "sv"]));
}

#[test]
fn check_judges_each_path_by_itself_and_the_worst_one_counts() {
    let done = frist(&["check", "regler", "fel.frist", "saknas.frist"], "");
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stdout).starts_with("ljungby: 2 rules"), "{}", text(&done.stdout));
    assert!(text(&done.stderr).contains("F0780"));
    assert_eq!(status(&["check", "regler", "fel.frist"]), 1);
    assert_eq!(status(&["check", "regler"]), 0);
}

#[test]
fn decide() {
    insta::assert_snapshot!(
        "decide_sv",
        shown(&[&RUN[..], &["--lang", "sv", "--calendar", "arbetsutskott=au.csv"]].concat())
    );
    insta::assert_snapshot!(
        "decide_en",
        shown(&[&RUN[..], &["--lang", "en", "--as-of", "2025-09-22"]].concat())
    );
    insta::assert_snapshot!(
        "decide_json",
        shown(&[&RUN[..], &["--lang", "sv", "--format", "json"]].concat())
    );
    insta::assert_snapshot!("decide_narrated", shown(&[&RUN[..], &["--lang", "sv", "--narrated"]].concat()));
    let other = ["--lang", "sv", "--reading", "sen_anmälan=samma_månad"];
    insta::assert_snapshot!("decide_other_reading", shown(&[&RUN[..], &other].concat()));
}

#[test]
fn what_is_missing() {
    insta::assert_snapshot!("missing_sv", shown(&[&RUN[..], &["--missing", "--lang", "sv"]].concat()));
    let json = frist(&[&RUN[..], &["--missing", "--format", "json"]].concat(), "");
    let line: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&line["missing"], &line["subject"]), (&"calendar".into(), &"arbetsutskott".into()));
    let filled = ["--missing", "--calendar", "arbetsutskott=au.csv", "--lang", "en"];
    let filled = frist(&[&RUN[..], &filled].concat(), "");
    assert_eq!(text(&filled.stdout), "Nothing is missing: every outcome is determined.\n");
}

#[test]
fn a_bad_line_is_said_and_left_out() {
    insta::assert_snapshot!(shown(&["decide", "regler", "fel.jsonl", "--lang", "sv"]));
    let strict = frist(&["decide", "regler", "fel.jsonl", "--strict"], "");
    assert_eq!(strict.status.code(), Some(1));
    assert_eq!(text(&strict.stdout), "");
    assert_eq!(text(&strict.stderr).matches("error[").count(), 1, "only the first bad line");
    let extra = frist(&["decide", "regler", "-", "--allow-extra-fields"], EXTRA);
    assert_eq!(extra.status.code(), Some(0), "{}", text(&extra.stderr));
}

const EXTRA: &str = r#"{"case":"a","event":"avveckling_anmäld","date":"2025-09-15","handläggare":"x"}"#;

#[test]
fn a_folder_is_one_ruleset_with_the_tables_it_names() {
    assert_eq!(status(&["check", "tabell"]), 0);
    let event = r#"{"case":"a","event":"beslut","date":"2025-03-02","kod":100120}"#;
    insta::assert_snapshot!(shown_with(&["decide", "tabell", "-", "--lang", "sv"], event));
    // A file by itself is only that file: what stands in the other is not declared there.
    let alone = frist(&["check", "tabell/b.frist"], "");
    assert_eq!(alone.status.code(), Some(1));
    assert!(text(&alone.stderr).contains("F0207"), "{}", text(&alone.stderr));
}

#[test]
fn a_table_from_standard_input_is_known_by_its_header() {
    let table = "case;event;date;nytt_tak\nutf-1;kapacitetstak_anmält;2025-04-14;400 timmar\n";
    let done = frist(&["decide", "regler", "-", "--format", "json"], table);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("\"from\":\"2025-05-01\""));
}

#[test]
fn early_events_are_advice_and_no_reason_to_fail() {
    insta::assert_snapshot!(shown(&["decide", "regler", "tidig.jsonl", "--lang", "en"]));
}

#[test]
fn contradictions_are_said_and_decided_as_they_stand() {
    insta::assert_snapshot!(shown(&["decide", "regler", "motsägelse.jsonl", "--lang", "sv"]));
    for command in [&["explain", "regler", "motsägelse.jsonl"][..], &STATE_OF_CONTRADICTIONS] {
        let said = shown(command);
        assert!(said.contains("F0607") && said.contains("F0724"), "{said}");
    }
}

/// The state of the case in which two lines of one day differ.
const STATE_OF_CONTRADICTIONS: [&str; 7] =
    ["state", "regler", "motsägelse.jsonl", "--case", "utf-001", "--on", "2025-05-01"];

#[test]
fn explain() {
    insta::assert_snapshot!(
        "explain_sv",
        shown(&[
            "explain",
            "regler",
            "händelser.jsonl",
            "--lang",
            "sv",
            "--case",
            "utf-017",
            "--rule",
            "höja_eller_sänka_tak"
        ])
    );
    insta::assert_snapshot!(
        "explain_narrated",
        shown(&["explain", "regler", "händelser.jsonl", "--lang", "en", "--case", "utf-031", "--narrated"])
    );
    insta::assert_snapshot!(
        "why_not",
        shown(&[
            "explain",
            "regler",
            "händelser.jsonl",
            "--lang",
            "sv",
            "--case",
            "utf-031",
            "--why-not",
            "höja_eller_sänka_tak"
        ])
    );
    let json = frist(&["explain", "regler", "händelser.jsonl", "--format", "json"], "");
    for line in text(&json.stdout).lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    assert_eq!(text(&json.stdout).lines().count(), 4);
}

const STATE: [&str; 5] = ["state", "regler", "händelser.jsonl", "--case", "utf-031"];

#[test]
fn state() {
    let on = |day: &'static str, rest: &[&'static str]| shown(&[&STATE[..], &["--on", day], rest].concat());
    insta::assert_snapshot!("state_sv", on("2025-09-20", &["--lang", "sv"]));
    insta::assert_snapshot!("state_ahead", on("2025-12-24", &["--lang", "en", "--as-of", "2025-09-20"]));
    insta::assert_snapshot!("state_narrated", on("2025-09-20", &["--lang", "en", "--narrated"]));
    let json = frist(&[&STATE[..], &["--on", "2025-09-20", "--format", "json"]].concat(), "");
    let state: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&state["on"], &state["as_of"]), (&"2025-09-20".into(), &"2025-09-23".into()));
    let svg = frist(&[&STATE[..], &["--on", "2025-09-20", "--format", "svg"]].concat(), "");
    assert!(text(&svg.stdout).starts_with("<svg ") && text(&svg.stdout).ends_with("</svg>\n"));
}

#[test]
fn a_state_of_no_case_names_the_nearest() {
    let unknown =
        ["state", "regler", "händelser.jsonl", "--case", "utf-13", "--on", "2025-09-20", "--lang", "sv"];
    insta::assert_snapshot!("state_unknown_case", shown(&unknown));
    assert_eq!(status(&STATE), 2, "a day is asked for");
    let drawn = [&RUN[..], &["--format", "svg", "--lang", "sv"]].concat();
    insta::assert_snapshot!("not_drawn", shown(&drawn));
}

#[test]
fn the_page_on_a_code() {
    insta::assert_snapshot!("page_sv", shown(&["explain", "F0792", "--lang", "sv"]));
    insta::assert_snapshot!("page_en", shown(&["explain", "f0792", "--lang", "en"]));
    insta::assert_snapshot!("page_unknown", shown(&["explain", "F9999", "--lang", "en"]));
}

#[test]
fn test() {
    insta::assert_snapshot!(
        "test_sv",
        shown(&["test", "regler", "exempel.frist", "--lang", "sv", "--coverage"])
    );
    insta::assert_snapshot!(
        "test_json",
        shown(&["test", "regler", "exempel.frist", "--format", "json", "--coverage"])
    );
}

#[test]
fn schema_is_json() {
    let done = frist(&["schema", "regler"], "");
    assert_eq!(done.status.code(), Some(0));
    let schema: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(schema["$schema"].is_string(), "{schema}");
}

const UNTIDY: &str = "regelverk   a \"A\"\n  gäller från 2025-01-01 # nu\nroll   b\n";

#[test]
fn fmt_of_standard_input() {
    insta::assert_snapshot!("fmt_sv", shown_with(&["fmt", "-"], UNTIDY));
    insta::assert_snapshot!("fmt_en", shown_with(&["fmt", "-", "--language", "en"], UNTIDY));
    insta::assert_snapshot!("fmt_check", shown_with(&["fmt", "-", "--check"], UNTIDY));
    insta::assert_snapshot!("fmt_wrong", shown_with(&["fmt", "-", "--lang", "sv"], "regel\n"));
}

#[test]
fn fmt_rewrites_in_place_and_then_has_nothing_more_to_do() {
    let folder = std::env::temp_dir().join(format!("frist-fmt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("a.frist");
    std::fs::write(&file, UNTIDY).unwrap();
    std::fs::write(folder.join("läs-mig.txt"), "annat").unwrap();
    let path = folder.to_str().unwrap();
    assert_eq!(status(&["fmt", "--check", path]), 1);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), UNTIDY, "--check changes nothing");
    assert_eq!(status(&["fmt", path]), 0);
    let once = std::fs::read_to_string(&file).unwrap();
    assert_ne!(once, UNTIDY);
    assert!(once.contains("# nu"));
    assert_eq!(status(&["fmt", "--check", path]), 0);
    assert_eq!(status(&["fmt", path]), 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), once);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn unreadable_input() {
    insta::assert_snapshot!("missing_file", shown(&["check", "regler/ljungbu.frist", "--lang", "sv"]));
    insta::assert_snapshot!("windows_1252", shown(&["decide", "regler", "ansi.csv", "--lang", "sv"]));
    insta::assert_snapshot!("no_rule_files", shown(&["check", "..", "--lang", "en"]));
    insta::assert_snapshot!(
        "bad_calendar",
        shown(&[&RUN[..], &["--lang", "sv", "--calendar", "arbetsutskott=trasig.csv"]].concat())
    );
    insta::assert_snapshot!("no_day", shown(&["decide", "regler", "tom.jsonl", "--lang", "sv"]));
    insta::assert_snapshot!(
        "broken_rules",
        shown(&["decide", "fel.frist", "händelser.jsonl", "--lang", "sv"])
    );
}

#[test]
fn the_language_is_that_of_the_environment_unless_asked_for() {
    let with = |lang: &str, arguments: &[&str]| {
        let done = command(arguments).env("LANG", lang).output().unwrap();
        text(&done.stdout)
    };
    assert!(with("sv_SE.UTF-8", &["check", "regler"]).contains("regler"));
    assert!(with("de_DE.UTF-8", &["check", "regler"]).contains("rules"));
    assert!(with("sv_SE.UTF-8", &["check", "regler", "--lang", "en"]).contains("rules"));
}

#[test]
fn what_is_no_terminal_gets_no_colour() {
    for arguments in [&["check", "fel.frist"][..], &["explain", "regler", "händelser.jsonl"]] {
        let done = frist(arguments, "");
        assert!(!done.stdout.contains(&0x1b) && !done.stderr.contains(&0x1b));
    }
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let mut child = command(&["schema", "regler"]).spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(text(&done.stderr), "");
}

#[test]
fn rules_from_standard_input() {
    let rules =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/fel.frist")).unwrap();
    let done = frist(&["check", "-", "--format", "concise"], &rules);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).starts_with("-:13:7: error[F0201]"), "{}", text(&done.stderr));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for form in ["text", "json"] {
        let arguments = ["explain", "regler", "händelser.jsonl", "--format", form];
        assert_eq!(frist(&arguments, "").stdout, frist(&arguments, "").stdout);
    }
}

#[test]
fn compare() {
    let all = ["compare", "jämför/alfa.frist", "jämför/beta.frist", "jämför/gamma.frist"];
    insta::assert_snapshot!(
        "compare_sv",
        shown(&[&all[..], &["--lang", "sv", "--question", "uppsagningstid"]].concat())
    );
    let csv = frist(&[&all[..], &["--on", "2025-04-14", "--format", "csv"]].concat(), "");
    assert_eq!(csv.status.code(), Some(0));
    let lines = text(&csv.stdout);
    assert!(lines.starts_with("question,question_title,ruleset,") && lines.ends_with("\r\n"), "{lines}");
    let json = frist(&[&all[..], &["--on", "2025-04-14", "--format", "json"]].concat(), "");
    let object: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(object["days"][0], "2025-04-14");
}

#[test]
fn a_table_that_would_lack_a_ruleset_is_not_shown() {
    let done = frist(&["compare", "jämför/alfa.frist", "saknas.frist", "fel.frist"], "");
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(text(&done.stdout), "");
    let said = text(&done.stderr);
    assert!(said.contains("F0780") && said.contains("fel.frist"), "{said}");
    assert_eq!(status(&["compare", "jämför/alfa.frist", "--question", "ikeval"]), 2);
    assert_eq!(status(&["test", "jämför/alfa.frist", "--format", "csv"]), 2);
}

#[test]
fn tour() {
    let one = ["tour", "regler", "--rule", "höja_eller_sänka_tak", "--lang", "sv"];
    insta::assert_snapshot!(shown(&one));
    insta::assert_snapshot!("tour_as_examples", shown(&[&one[..], &["--examples"]].concat()));
    let misspelt = shown(&["tour", "regler", "--rule", "höja_eler_sänka_tak", "--lang", "en"]);
    assert!(misspelt.contains("[status 2]"), "{misspelt}");
    assert!(misspelt.contains("did you mean `höja_eller_sänka_tak`"), "{misspelt}");
    let all = frist(&["tour", "regler", "--narrated", "--lang", "en"], "");
    assert_eq!(all.status.code(), Some(0));
    assert!(text(&all.stdout).lines().last().unwrap().starts_with("Together, "), "{}", text(&all.stdout));
}

#[test]
fn then_and_now() {
    let asked =
        |more: &[&'static str]| [&["explain", "regler", "rättad.jsonl", "--lang", "sv"], more].concat();
    insta::assert_snapshot!(
        "then_and_now_sv",
        shown(&asked(&["--case", "utf-031", "--then", "2025-09-18", "--now", "2025-10-05"]))
    );
    // Without a later day it is that of the latest entry; without a rule's outcomes it says so.
    insta::assert_snapshot!(
        "then_and_now_rule_narrated",
        shown(&asked(&["--then", "2025-09-30", "--rule", "höja_eller_sänka_tak", "--narrated"]))
    );
    insta::assert_snapshot!(
        "then_after_now",
        shown(&asked(&["--then", "2025-10-31", "--now", "2025-09-16"]))
    );
    insta::assert_snapshot!(
        "then_and_now_undated",
        shown(&[
            "explain",
            "regler",
            "odaterad.jsonl",
            "--case",
            "utf-017",
            "--then",
            "2025-04-13",
            "--lang",
            "en"
        ])
    );
    for wrong in [
        &["--now", "2025-10-05"][..],
        &["--then", "2025-09-30", "--known-by", "2025-09-30"],
        &["--then", "2025-09-30", "--why-not", "avveckla"],
        &["--then", "2025-09-31"],
        &["--then", "2025-09-30", "--case", "utf-030"],
        &["--then", "2025-09-30", "--rule", "avveckling"],
    ] {
        assert_eq!(status(&asked(wrong)), 2, "{wrong:?}");
    }
    assert_eq!(status(&asked(&["--then", "2025-09-30", "--now", "2025-09-30"])), 0);
    // A bad line is said and left out; with --strict it is the end.
    let bad = ["explain", "regler", "fel.jsonl", "--then", "2025-01-01", "--now", "2025-12-31"];
    let done = frist(&bad, "");
    assert_eq!((done.status.code(), done.stdout.is_empty()), (Some(1), false));
    let done = frist(&[&bad[..], &["--strict"]].concat(), "");
    assert_eq!((done.status.code(), done.stdout.is_empty()), (Some(1), true));
    assert_eq!(status(&["explain", "regler", "tom.jsonl", "--then", "2025-01-01"]), 2);
}
