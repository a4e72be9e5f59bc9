//! Duties: what ends them on their first day, those that come back, what an event itself requires.

use frist::run::{OutcomeKind, Status};
use frist::{Ruleset, Settings};

use super::{Case, HEAD, lines, list, load};

const COMMON: &str = r#"roll ö "österut", a "anna"
åtgärd svara "svara"
typ rutin: en | två | tre
händelse start
händelse slut
händelse besök
  tid: tid = 30 minuter
  godkänt: ja/nej = ja
  vem: roll = a
händelse anmälan
  rutiner: flera rutin
  kräver {en, två} ingår i rutiner annars avslås "rutiner saknas"
uppgift igång: ja/nej från början ja
uppgift vila: ja/nej från början nej
uppgift läge: antal
regel stannar
  när slut
  igång upphör från och med datum
"#;

const CASES: &[Case] = &[
    // The order of a day's lines does not matter, but only what is said to end a duty ends it.
    (
        "regel r\n  när start\n  a ska svara senast 9 dagar efter datum uppfylls av anmälan bortfaller vid slut",
        &["2025-03-01 besök", "2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel r\n  när start\n  a ska svara senast 9 dagar efter datum uppfylls av anmälan bortfaller vid slut",
        &["2025-03-01 slut", "2025-03-01 start"],
        "2025-03-02",
    ),
    // So many times in each period: those wholly inside count, from the day of birth and through the last.
    (
        "regel r\n  när start\n  a ska svara minst 1 gång per dag uppfylls av besök till och med 2025-03-04 uteblir det notering \"{sista_dagen}\"",
        &["2025-03-01 start", "2025-03-02 besök"],
        "2025-03-09",
    ),
    (
        "regel r\n  när start\n  a ska svara minst 1 gång per månad uppfylls av besök till och med 2025-03-31",
        &["2025-02-01 start"],
        "2025-05-09",
    ),
    (
        "regel r\n  när start\n  a ska svara minst 1 gång per månad uppfylls av besök till och med 2025-03-30",
        &["2025-02-01 start"],
        "2025-05-09",
    ),
    // Counted on a field of those events that satisfy the condition.
    (
        "regel r\n  när start\n  a ska svara minst 60 minuter per vecka räknat på besök.tid uppfylls av besök där godkänt så länge igång",
        &[
            "2025-03-02 start",
            "2025-03-03 besök",
            "2025-03-04 besök {\"godkänt\":false}",
            "2025-03-10 besök",
            "2025-03-11 besök",
        ],
        "2025-03-18",
    ),
    // A time after the latest: each starts the next, a pause puts it off, and whom the duty is for counts.
    (
        "regel r\n  när start\n  a ska svara senast 5 dagar efter senaste besök så länge igång",
        &["2025-03-01 start", "2025-03-04 besök"],
        "2025-03-12",
    ),
    (
        "regel vilar\n  den 2025-03-03\n  vila gäller från datum till och med 2025-03-10\n\
         regel r\n  när start\n  a ska svara senast 5 dagar efter senaste besök utom medan vila så länge igång",
        &["2025-03-01 start"],
        "2025-03-18",
    ),
    (
        "regel r\n  när start\n  a ska svara till var och en av {ö, a} senast 5 dagar efter senaste besök där vem = mottagaren så länge igång",
        &["2025-03-01 start", "2025-03-04 besök", "2025-03-09 slut"],
        "2025-03-12",
    ),
    (
        "regel r\n  när start\n  a ska svara till var och en av {ö, a} senast 9 dagar efter datum uppfylls av anmälan bortfaller vid besök där vem = mottagaren",
        &["2025-03-01 start", "2025-03-04 besök"],
        "2025-03-05",
    ),
    // What it would have been when it is not known.
    (
        "regel r\n  när start\n  medan läge > 3\n  a ska svara minst 1 gång per månad uppfylls av besök så länge igång",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    // What an event lacks that it requires itself.
    ("", &["2025-03-01 anmälan {\"rutiner\":[\"två\",\"tre\"]}"], "2025-03-02"),
    ("", &["2025-03-01 anmälan {\"rutiner\":[\"en\",\"två\"]}"], "2025-03-02"),
];

#[test]
fn of_duties() {
    insta::assert_snapshot!(list(COMMON, "", CASES));
}

/// A last day that says itself where it moves is moved once, and tells from where.
#[test]
fn a_last_day_that_moves_by_itself_is_moved_once() {
    let head = HEAD.to_owned() + "  frister på helgdag flyttas till föregående arbetsdag\n";
    for (last, by, from) in [
        ("2025-03-01", "2025-02-28", "2025-03-01"),
        ("2025-03-01 flyttad till nästa arbetsdag", "2025-03-03", "2025-03-01"),
    ] {
        let rule = format!("regel r\n  när start\n  a ska svara senast {last} uppfylls av besök\n");
        let mut loaded = load(&format!("{head}{COMMON}{rule}"), "");
        let ruleset = loaded.ruleset.take().unwrap();
        let brought = super::outcomes(&ruleset, &mut loaded.sources, &["2025-02-20 start"], "2025-02-21");
        assert!(brought.contains(&format!("\"by\":\"{by}\"")), "{brought}");
        assert!(brought.contains(&format!("\"moved_from\":\"{from}\"")), "{brought}");
    }
}

fn decided(rules: &str, events: &[&str], as_of: &str) -> (Ruleset, frist::run::Decisions) {
    let mut loaded = load(&format!("{HEAD}{COMMON}{rules}\n"), "");
    let ruleset = loaded.ruleset.take().unwrap();
    let file = loaded.sources.add("events.jsonl", &lines(events));
    let input = ruleset.read(&loaded.sources, &[file], &Default::default());
    let decisions = ruleset.decide(&input.history, &Settings::as_of(as_of.parse().unwrap()));
    (ruleset, decisions)
}

/// A duty that lapsed says on which day; one that was overdue by then, or is open, says none.
#[test]
fn only_a_lapsed_duty_has_a_day_on_which_it_lapsed() {
    let rule =
        "regel r\n  när start\n  a ska svara senast 5 dagar efter datum uppfylls av besök så länge igång";
    for (end, status, lapsed) in
        [("2025-03-04", Status::Lapsed, Some("2025-03-04")), ("2025-03-20", Status::Overdue, None)]
    {
        let (_, decisions) = decided(rule, &["2025-03-01 start", &format!("{end} slut")], "2025-03-31");
        let duty = decisions.outcomes().find_map(|(_, outcome)| match &outcome.kind {
            OutcomeKind::Duty(duty) => Some(duty.clone()),
            _ => None,
        });
        let duty = duty.unwrap();
        assert_eq!((duty.status, duty.lapsed_on), (status, lapsed.map(|day| day.parse().unwrap())), "{end}");
    }
}

/// A duty that is counted on a field says how far the period has come.
#[test]
fn a_counted_duty_says_what_has_been_reached() {
    let rule =
        "regel r\n  när start\n  a ska svara minst 60 minuter per vecka räknat på besök.tid så länge igång";
    let events = ["2025-03-02 start", "2025-03-03 besök", "2025-03-04 besök {\"tid\":15}"];
    for (as_of, reached) in [("2025-03-03", Some(30)), ("2025-03-05", Some(45)), ("2025-03-12", None)] {
        let (_, decisions) = decided(rule, &events, as_of);
        let found = decisions.outcomes().find_map(|(_, outcome)| match &outcome.kind {
            OutcomeKind::RecurringDuty(duty) => Some(duty.reached),
            _ => None,
        });
        let minutes = |n: i64| frist::value::Value::Duration(n * 60);
        assert_eq!(found, Some(reached.map(minutes)), "{as_of}");
    }
}
