//! When rules fire: on days, at the ends of periods, when a time has gone, when a fact turns, also by the mere passing of days.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use serde_json::Value as Json;
use support::load_texts;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

typ sida: vänster | höger

händelse besök "Besök" en "Visit"
  viktigt: ja/nej valfri
händelse öppnat "Öppnat" en "Opened"
  sidan: sida
händelse stängt "Stängt" en "Closed"
  sidan: sida
händelse mätt "Mätt" en "Measured"
  värde: antal

uppgift öppen per sida: ja/nej från början nej
uppgift nivå: antal från mätt.värde
uppgift nyss = finns besök under senaste 14 dagar
uppgift dyrt = avgift > 5 kronor
värde avgift: belopp gäller från 2025-01-01 till och med 2025-06-30 = 5 kronor
värde avgift: belopp gäller från 2025-07-01 = 6 kronor

regel öppnas "Öppnas"
  när öppnat
  öppen för sidan gäller från datum
regel stängs "Stängs"
  när stängt
  öppen för sidan upphör från och med datum
"#;

/// The days on which a rule with a trigger fires, each with its kind.
fn fired(trigger: &str, events: &[(&str, &str)], as_of: &str) -> Vec<(String, String)> {
    let rules = format!("{HEAD}regel prövas \"Prövas\"\n  {trigger}\n  notering \"x\"\n");
    let mut loaded = load_texts([("demo.frist", rules.as_str())]);
    let line = |(event, date): &(&str, &str)| {
        let (event, field) = event.split_once(' ').unwrap_or((event, ""));
        let comma = if field.is_empty() { "" } else { "," };
        format!(r#"{{"case":"a","event":"{event}","date":"{date}"{comma}{field}}}"#)
    };
    let lines: Vec<String> = events.iter().map(line).collect();
    let outcomes = loaded.decide(&lines.join("\n"), as_of);
    let ours = outcomes.iter().filter(|outcome| outcome["rule"] == "prövas");
    let text = |outcome: &Json, key: &str| outcome[key].as_str().unwrap_or_default().to_owned();
    ours.map(|outcome| (text(outcome, "kind"), text(outcome, "fired"))).collect()
}

/// The days on which it brings a note, and nothing else than notes.
fn notes(trigger: &str, events: &[(&str, &str)], as_of: &str) -> Vec<String> {
    let all = fired(trigger, events, as_of);
    assert!(all.iter().all(|(kind, _)| kind == "note"), "{trigger}: {all:?}");
    all.into_iter().map(|(_, day)| day).collect()
}

const VISIT: (&str, &str) = ("besök", "2025-02-10");
const LATER: (&str, &str) = ("besök", "2025-02-20");

#[test]
fn on_days_and_at_the_ends_of_periods() {
    let from_visit = |trigger: &str| notes(trigger, &[VISIT], "2026-01-31");
    assert_eq!(from_visit("den 2025-04-10"), ["2025-04-10"]);
    assert_eq!(from_visit("den 2025-02-10"), ["2025-02-10"]);
    assert!(from_visit("den 2025-02-09").is_empty(), "the case had not begun");
    assert!(notes("den 2025-04-10", &[VISIT], "2025-04-09").is_empty());
    assert_eq!(from_visit("varje år den 31 mars"), ["2025-03-31"]);
    assert_eq!(from_visit("varje år den 10 februari"), ["2025-02-10"]);
    assert_eq!(from_visit("när kvartalet är slut"), ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]);
    assert_eq!(from_visit("när året är slut"), ["2025-12-31"]);
    let weeks = notes("när veckan är slut", &[VISIT], "2025-03-03");
    assert_eq!(weeks, ["2025-02-16", "2025-02-23", "2025-03-02"]);
    assert_eq!(
        notes("när månaden är slut", &[VISIT], "2025-04-30"),
        ["2025-02-28", "2025-03-31", "2025-04-30"]
    );
}

#[test]
fn when_a_time_has_gone() {
    let month = "när 1 månad har gått sedan besök";
    assert_eq!(notes(month, &[VISIT, LATER], "2025-12-31"), ["2025-03-10", "2025-03-20"]);
    assert_eq!(fired(month, &[VISIT], "2025-03-09")[0].0, "upcoming");
    let important = "när 1 månad har gått sedan besök där viktigt";
    assert_eq!(notes(important, &[("besök \"viktigt\":true", "2025-02-10")], "2025-12-31"), ["2025-03-10"]);
    assert!(notes(important, &[("besök \"viktigt\":false", "2025-02-10")], "2025-12-31").is_empty());
    let unknown = fired(important, &[VISIT], "2025-12-31");
    assert_eq!(unknown, [("undetermined".to_owned(), "2025-03-10".to_owned())]);
}

#[test]
fn a_timer_is_started_by_what_was_so_just_before_its_event() {
    let opened = ("öppnat \"sidan\":\"vänster\"", "2025-02-10");
    let again = ("öppnat \"sidan\":\"vänster\"", "2025-02-12");
    // The event opens the side itself.
    let open = "när 10 dagar har gått sedan öppnat där öppen för sidan";
    assert_eq!(notes(open, &[opened, again], "2025-12-31"), ["2025-02-22"]);
    let shut = "när 10 dagar har gått sedan öppnat där inte öppen för sidan";
    assert_eq!(notes(shut, &[opened, again], "2025-12-31"), ["2025-02-20"]);
    // It is seen itself when looking back.
    let twice = "när 10 dagar har gått sedan öppnat där (antal av öppnat under senaste 5 dagar) ≥ 2";
    assert_eq!(notes(twice, &[opened, again], "2025-12-31"), ["2025-02-22"]);
}

#[test]
fn when_a_fact_turns() {
    let left = |event: &'static str| {
        if event == "o" { "öppnat \"sidan\":\"vänster\"" } else { "stängt \"sidan\":\"vänster\"" }
    };
    let right = "öppnat \"sidan\":\"höger\"";
    let events = [
        (left("o"), "2025-02-01"),
        (right, "2025-03-01"),
        (left("o"), "2025-04-01"),
        (left("s"), "2025-05-01"),
        (left("s"), "2025-06-01"),
        (left("o"), "2025-07-01"),
    ];
    let on = |trigger: &str| notes(trigger, &events, "2025-12-31");
    assert_eq!(on("när öppen för vänster blir ja"), ["2025-02-01", "2025-07-01"]);
    assert_eq!(on("när öppen för vänster blir nej"), ["2025-05-01"]);
    assert_eq!(on("när öppen för höger blir ja"), ["2025-03-01"]);
    assert!(on("när öppen för höger blir nej").is_empty());
    assert_eq!(on("när öppen för vänster ändras"), ["2025-02-01", "2025-05-01", "2025-07-01"]);
    let measured = |value: &'static str, day: &'static str| (value, day);
    let events = [
        measured("mätt \"värde\":3", "2025-02-01"),
        measured("mätt \"värde\":3", "2025-03-01"),
        VISIT,
        measured("mätt \"värde\":4", "2025-04-01"),
    ];
    assert_eq!(notes("när nivå ändras", &events, "2025-12-31"), ["2025-02-01", "2025-04-01"]);
}

#[test]
fn when_nothing_happens_but_the_passing_of_days() {
    // Fourteen days that end with the 23rd hold the 10th, those that end with the 24th do not.
    assert_eq!(notes("när nyss blir nej", &[VISIT], "2025-12-31"), ["2025-02-24"]);
    assert_eq!(notes("när nyss blir nej", &[VISIT, LATER], "2025-12-31"), ["2025-03-06"]);
    assert_eq!(notes("när nyss blir ja", &[VISIT, LATER], "2025-12-31"), ["2025-02-10"]);
    assert_eq!(notes("när dyrt blir ja", &[VISIT], "2025-12-31"), ["2025-07-01"]);
    let both = fired("när nyss blir nej", &[VISIT, ("besök", "2025-03-10")], "2025-12-31");
    assert_eq!(both.len(), 2, "{both:?}");
}
