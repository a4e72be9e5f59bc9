//! How a duty stands, asked by a rule on a day and written in its outcome at the end: from open to met, met late, overdue or
//! lapsed.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use serde_json::Value as Json;
use support::load_texts;

const RULES: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

roll chef "chefen" en "the head"
åtgärd svara "svara" en "answer"

händelse fråga "Fråga" en "Question"
händelse svar "Svar" en "Answer"
händelse återtagen "Återtagen" en "Withdrawn"
händelse annat "Annat" en "Something else"
händelse pausat "Pausat" en "Paused"
händelse läget "Läget" en "The state"

uppgift pågår "arbetet" en "the work": ja/nej från början ja

regel paus "Paus" en "Pause"
  när pausat
  pågår upphör från och med datum

regel svar_ges "Svar ges" en "An answer is given"
  när fråga
  chef ska svara senast 5 dagar efter datum uppfylls av svar så länge pågår bortfaller vid återtagen

regel är_öppen "Öppen"
  när läget
  om svara är öppen
    notering "öppen"
regel är_uppfylld "Uppfylld"
  när läget
  om svara är uppfylld
    notering "uppfylld"
regel är_uppfylld_sent "Uppfylld sent"
  när läget
  om svara är uppfylld sent
    notering "uppfylld sent"
regel är_försenad "Försenad"
  när läget
  om svara är försenad
    notering "försenad"
regel är_bortfallen "Bortfallen"
  när läget
  om svara är bortfallen
    notering "bortfallen"
"#;

/// Events with their days, the day asked about, what a rule hears on it, the status.
type History = (&'static [(&'static str, &'static str)], &'static str, &'static [&'static str], &'static str);

/// What happens after the question of 1 March, to be answered by 6 March; what a rule hears on the day the state is asked
/// about; and the status as of that day.
const HISTORIES: &[History] = &[
    (&[], "2025-03-01", &["öppen"], "open"),
    (&[], "2025-03-06", &["öppen"], "open"),
    (&[], "2025-03-07", &["försenad"], "overdue"),
    (&[("svar", "2025-03-01")], "2025-03-03", &["uppfylld"], "met"),
    (&[("svar", "2025-03-06")], "2025-03-06", &["uppfylld"], "met"),
    (&[("svar", "2025-03-06")], "2025-03-05", &["öppen"], "open"),
    (&[("svar", "2025-03-07")], "2025-03-07", &["uppfylld", "uppfylld sent"], "met_late"),
    (&[("svar", "2025-04-01")], "2025-05-01", &["uppfylld", "uppfylld sent"], "met_late"),
    (&[("återtagen", "2025-03-01")], "2025-03-02", &["bortfallen"], "lapsed"),
    (&[("återtagen", "2025-03-06")], "2025-03-06", &["bortfallen"], "lapsed"),
    (&[("återtagen", "2025-03-07")], "2025-03-07", &["försenad"], "overdue"),
    // On one day what meets it goes first, wherever the lines stand.
    (&[("återtagen", "2025-03-03"), ("svar", "2025-03-03")], "2025-03-04", &["uppfylld"], "met"),
    (&[("återtagen", "2025-03-03"), ("svar", "2025-03-04")], "2025-03-05", &["bortfallen"], "lapsed"),
    (&[("svar", "2025-03-03"), ("återtagen", "2025-03-04")], "2025-03-05", &["uppfylld"], "met"),
    (&[("svar", "2025-03-03"), ("svar", "2025-03-09")], "2025-03-10", &["uppfylld"], "met"),
    // Something else that day neither meets it nor makes it fall away.
    (&[("annat", "2025-03-01")], "2025-03-02", &["öppen"], "open"),
    (&[("annat", "2025-03-06")], "2025-03-06", &["öppen"], "open"),
    // The work it belongs to ends on its last day, or on the day after.
    (&[("pausat", "2025-03-06")], "2025-03-06", &["öppen"], "lapsed"),
    (&[("pausat", "2025-03-06")], "2025-03-07", &["bortfallen"], "lapsed"),
    (&[("pausat", "2025-03-07")], "2025-03-07", &["försenad"], "overdue"),
    (&[("pausat", "2025-03-07")], "2025-03-09", &["försenad"], "overdue"),
    // What is no question's answer changes nothing of a question that comes later that day.
    (&[("svar", "2025-02-28"), ("återtagen", "2025-02-28")], "2025-03-02", &["öppen"], "open"),
];

#[test]
fn rules_and_outcomes_agree_on_how_it_stands() {
    let mut loaded = load_texts([("demo.frist", RULES)]);
    for (events, day, heard, status) in HISTORIES {
        let line = |event: &str, date: &str| format!(r#"{{"case":"a","event":"{event}","date":"{date}"}}"#);
        let mut lines = vec![line("fråga", "2025-03-01")];
        lines.extend(events.iter().map(|(event, date)| line(event, date)));
        for _ in 0..2 {
            // What a rule asks on a day is answered by the lines before it.
            lines.reverse();
            let asked = [&lines[..], &[line("läget", day)]].concat();
            let outcomes = loaded.decide(&asked.join("\n"), day);
            let notes = outcomes.iter().filter(|outcome| outcome["kind"] == "note");
            let said: Vec<&str> = notes.map(|note| note["text"].as_str().unwrap()).collect();
            let duty = outcomes.iter().find(|outcome| outcome["kind"] == "duty").unwrap();
            assert_eq!((said, &duty["status"]), (heard.to_vec(), &Json::from(*status)), "{asked:#?}");
        }
    }
}

/// The two events have the number in different places.
const NUMBERED: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

roll chef "chefen" en "the head"
åtgärd svara "svara" en "answer"

händelse brev "Brev" en "Letter"
  sidor: antal
  nummer: antal
händelse samtal "Samtal" en "Call"
  nummer: antal
  minuter: antal
händelse svar "Svar" en "Answer"
  på: antal
händelse återtagen "Återtagen" en "Withdrawn"
  nummer: antal

regel svar_ges "Svar ges" en "An answer is given"
  när brev eller samtal
  chef ska svara senast 5 dagar efter datum
    uppfylls av svar där på = händelsens nummer
    bortfaller vid återtagen där nummer = händelsens nummer
"#;

#[test]
fn what_meets_it_may_be_asked_of_the_event_it_came_of() {
    let mut loaded = load_texts([("demo.frist", NUMBERED)]);
    let lines = [
        r#"{"case":"a","event":"brev","date":"2025-03-01","sidor":9,"nummer":1}"#,
        r#"{"case":"a","event":"samtal","date":"2025-03-01","nummer":2,"minuter":1}"#,
        r#"{"case":"a","event":"samtal","date":"2025-03-01","nummer":3,"minuter":7}"#,
        r#"{"case":"a","event":"svar","date":"2025-03-02","på":1}"#,
        r#"{"case":"a","event":"svar","date":"2025-03-03","på":7}"#,
        r#"{"case":"a","event":"återtagen","date":"2025-03-04","nummer":3}"#,
    ];
    let outcomes = loaded.decide(&lines.join("\n"), "2025-03-05");
    let statuses: Vec<&str> = outcomes.iter().map(|outcome| outcome["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["met", "open", "lapsed"]);
}

/// Two bearers and three recipients, listed otherwise than they are declared; an answer meets the duty to the one it names.
const SEVERAL: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01

roll chef "chefen" en "the head"
roll vakt "vakten" en "the guard"
roll kock "kocken" en "the cook"
åtgärd svara "svara" en "answer"

händelse fråga "Fråga" en "Question"
händelse svar "Svar" en "Answer"
  från_vem: roll
  till_vem: roll
händelse läget "Läget" en "The state"

regel svar_ges "Svar ges" en "An answer is given"
  när fråga
  vakt, chef ska svara till var och en av {kock, vakt, chef} senast 5 dagar efter datum
    uppfylls av svar där till_vem = mottagaren och från_vem = bäraren

regel är_uppfylld "Uppfylld"
  när läget
  om svara är uppfylld
    notering "uppfylld"
"#;

#[test]
fn of_several_duties_of_one_trigger_the_last_bearers_to_the_recipient_declared_last_is_asked_about() {
    let mut loaded = load_texts([("demo.frist", SEVERAL)]);
    let roles = ["chef", "vakt", "kock"];
    for (from, to) in roles.iter().flat_map(|from| roles.iter().map(move |to| (*from, *to))) {
        let lines = [
            r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#.to_owned(),
            format!(
                r#"{{"case":"a","event":"svar","date":"2025-03-02","från_vem":"{from}","till_vem":"{to}"}}"#
            ),
            r#"{"case":"a","event":"läget","date":"2025-03-03"}"#.to_owned(),
        ];
        let outcomes = loaded.decide(&lines.join("\n"), "2025-03-03");
        let heard = outcomes.iter().any(|outcome| outcome["kind"] == "note");
        assert_eq!(heard, (from, to) == ("chef", "kock"), "{from} to {to}");
    }
}
