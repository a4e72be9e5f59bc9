//! Norms that nothing sets off but time: standing ones, timers and turns of the calendar, and exceptions to them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod support;

use serde_json::{Value as Json, json};
use support::load_texts;

/// The head that every small ruleset begins with.
const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2020-01-01
  månader räknas enligt SFS 1930:173

ärende utförare

roll staden "staden" en "the city"
åtgärd hålla_möte "hålla möte" en "hold a meeting"
åtgärd granska "granska" en "review"

händelse möte_hållet "Mötet är hållet" en "The meeting is held" i ärende kommunen
händelse start "Start" en "Start" i ärende utförare
  liten: ja/nej = nej
"#;

fn run(rules: &str, lines: &[Json], as_of: &str) -> Vec<Json> {
    let text = format!("{HEAD}{rules}");
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    load_texts([("demo.frist", text.as_str())]).decide(&lines, as_of)
}

fn met(day: &str) -> Json {
    json!({"event": "möte_hållet", "date": day})
}

const TWO_VERSIONS: &str = r#"
regel möten "Möten" en "Meetings"
  gäller från 2021-01-01 till och med 2021-12-31
  i ärende kommunen
  alltid
  staden ska hålla_möte minst 1 gång per hel kalendermånad uppfylls av möte_hållet

regel möten "Möten" en "Meetings"
  gäller från 2022-01-01
  i ärende kommunen
  alltid
  staden ska hålla_möte minst 1 gång per helt kalenderkvartal uppfylls av möte_hållet
"#;

#[test]
fn a_standing_norm_stands_from_the_first_day_of_its_version_to_the_last() {
    let all = run(TWO_VERSIONS, &[met("2021-11-30")], "2022-02-01");
    let told: Vec<_> =
        all.iter().map(|o| (&o["fired"], &o["status"], o["missed"].as_array().map(Vec::len))).collect();
    assert_eq!(told[0], (&json!("2021-01-01"), &json!("lapsed"), Some(11)));
    assert_eq!(told[1], (&json!("2022-01-01"), &json!("open"), Some(0)));
    assert_eq!(told.len(), 2);
    // On its last day the first version still stands, and the second does not yet.
    let all = run(TWO_VERSIONS, &[met("2021-11-30")], "2021-12-31");
    assert_eq!((all.len(), &all[0]["status"]), (1, &json!("open")));
}

#[test]
fn an_exception_withholds_a_timer_too() {
    let rules = r#"
regel granskning "Granskning" en "Review"
  när 6 månader har gått sedan start
  staden ska granska omgående

regel små "Små granskas inte" en "Small ones are not reviewed" undantag från granskning
  medan liten
  notering "ingen granskning av små" en "no review of small ones"
"#;
    let start = |case: &str, small: bool| json!({"case": case, "event": "start", "date": "2024-08-31", "liten": small});
    let all = run(rules, &[start("a", false), start("b", true)], "2025-02-28");
    let told: Vec<_> = all.iter().map(|o| (&o["case"], &o["kind"], &o["fired"])).collect();
    let day = json!("2025-02-28");
    assert_eq!(told, [(&json!("a"), &json!("duty"), &day), (&json!("b"), &json!("note"), &day)]);
    assert_eq!(all[1]["yielded"], json!(["granskning"]));
}

#[test]
fn a_last_day_that_falls_in_a_pause_is_not_missed_and_the_next_period_starts_after_it() {
    let rules = r#"
uppgift paus "pausen" en "the pause": ja/nej från början nej i ärende kommunen
händelse paus_börjar "Paus" en "Pause" i ärende kommunen
  slutar: datum

regel pausen "Pausen" en "The pause"
  när paus_börjar
  paus gäller från datum
  paus upphör från och med slutar

regel möten "Möten" en "Meetings"
  i ärende kommunen
  alltid
  staden ska hålla_möte senast 1 månad efter senaste möte_hållet utom medan paus
"#;
    let events =
        [met("2020-01-15"), json!({"event": "paus_börjar", "date": "2020-02-01", "slutar": "2020-04-10"})];
    let missed = |as_of: &str| {
        let all = run(rules, &events, as_of);
        let duty = all.iter().find(|outcome| outcome["kind"] == "recurring_duty").unwrap();
        (duty["missed"].clone(), duty["by"].clone(), duty["status"].clone())
    };
    // The last day, 15 February, lies in the pause.
    assert_eq!(missed("2020-04-09"), (json!([]), Json::Null, json!("open")));
    assert_eq!(missed("2020-05-10"), (json!([]), json!("2020-05-10"), json!("open")));
    assert_eq!(missed("2020-05-11"), (json!(["2020-05-10"]), json!("2020-05-10"), json!("overdue")));
}

#[test]
fn each_of_the_texts_named_in_an_event_is_owed_a_duty_of_its_own() {
    let rules = r#"
ärende kommunen
åtgärd informera "informera" en "inform"
händelse beslutad "Ändringen är beslutad" en "The change is decided" i ärende kommunen
  befintliga "de befintliga" en "the existing": flera text
händelse informerade "De är informerade" en "They are informed" i ärende kommunen
  vilka "de informerade" en "the informed": flera text

regel alla "Alla informeras" en "All are told"
  när beslutad
  staden ska informera till var och en av befintliga utan angiven tid
    uppfylls av informerade där mottagaren ingår i vilka

regel kvar "De som är kvar" en "Those left"
  när informerade
  ger kvar = antal i det i (senaste beslutad.befintliga) som saknas i mängden av informerade.vilka
"#;
    let told = |day: &str, who: &[&str]| json!({"event": "informerade", "date": day, "vilka": who});
    let decided = json!({"event": "beslutad", "date": "2025-03-01", "befintliga": ["u1", "u2", "u3"]});
    let all =
        run(rules, &[decided, told("2025-03-02", &["u1"]), told("2025-03-03", &["u3", "u1"])], "2025-03-04");
    let duties: Vec<_> =
        all.iter().filter(|o| o["kind"] == "duty").map(|o| (&o["to"], &o["status"])).collect();
    let wanted =
        [("u1", "met"), ("u2", "open"), ("u3", "met")].map(|(to, status)| (json!(to), json!(status)));
    assert_eq!(duties, wanted.iter().map(|(to, status)| (to, status)).collect::<Vec<_>>());
    let left: Vec<_> = all.iter().filter(|o| o["kind"] == "value").map(|o| &o["amount"]).collect();
    assert_eq!(left, [&json!(2), &json!(1)]);
}
