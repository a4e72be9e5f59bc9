//! Stability: events dated after a day change no outcome fired on or before it, but for the keys that say so.
//!
//! And what follows from it: cases do not touch each other, events after the as-of day change nothing, the same input
//! gives the same bytes.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use serde_json::{Value as Json, json};
use support::{Dice, day, ruleset};

/// The keys of an outcome that later events may change.
const MAY_CHANGE: [&str; 5] = ["status", "fulfilled_on", "missed", "superseded_by", "readings"];

fn settled(outcome: &Json) -> Json {
    let mut outcome = outcome.clone();
    let keys = outcome.as_object_mut().unwrap();
    for key in MAY_CHANGE {
        keys.remove(key);
    }
    if keys["kind"] == "recurring_duty" {
        // The current last day: that of the period in which the as-of day lies.
        keys.remove("by");
    }
    outcome
}

/// The outcomes fired on or before a day, without what later events may change.
fn fired_through(outcomes: &[Json], last: &str) -> Vec<Json> {
    outcomes
        .iter()
        .filter(|outcome| outcome["kind"] != "upcoming")
        .filter(|outcome| outcome["fired"].as_str().is_some_and(|fired| fired <= last))
        .map(settled)
        .collect()
}

/// An event with random fields, of those a ruleset's cases of one kind can have.
fn event(dice: &mut Dice, ruleset: &str, date: &str, other: &str) -> Json {
    let yes = dice.below(3) > 0;
    let n = dice.below(8);
    let all: Vec<Json> = match ruleset {
        "stockholm" => vec![
            json!({"event": "avtal_tecknat", "avtalsstart": other}),
            json!({"event": "kundantal", "antal": n}),
            json!({"event": "kundantal", "antal": n}),
            json!({"event": "uppsägning", "av": if yes { "staden" } else { "utförare" }}),
            json!({"event": "tillstånd_upphört"}),
            json!({"event": "uppföljning_genomförd"}),
            json!({"event": "kontraktsvillkor_kontrollerade", "lokal": yes, "anställningsvillkor": n > 2}),
            json!({"event": "allvarlig_brist_konstaterad", "brist": format!("b{}", n / 4), "rättas_senast": other}),
            json!({"event": "brist_rättad", "brist": format!("b{}", n / 4)}),
            json!({"event": "hävning_beslutad", "brist": format!("b{}", n / 4)}),
        ],
        "hemtjänsttagare" => vec![
            json!({"event": "byte_begärt", "av": if yes { "hemtjänsttagare" } else { "utförare" }}),
            json!({"event": "utförare_börjat"}),
            json!({"event": "utförare_vald", "slag": "privat", "godkänd": yes, "bor_i": n, "verkar_i": [1, 2, 3, 4]}),
            json!({"event": "hemtjänst_beställd"}),
        ],
        "ljungby" => vec![
            json!({"event": "avtal_tecknat", "avtalsstart": other, "kapacitetstak": format!("{} timmar", 100 + n)}),
            json!({"event": "kapacitetstak_anmält", "nytt_tak": format!("{} timmar", 98 + 2 * n), "berörda_omval": n / 5}),
            json!({"event": "avveckling_anmäld", "upphör": other, "skriftligt": yes}),
            json!({"event": "villkorsändring_meddelad", "beslutad_från": other, "skriftligt": yes}),
            json!({"event": "uppsägning", "av": if yes { "kommunen" } else { "utförare" }}),
            json!({"event": "valbarhet_borttagen"}),
            json!({"event": "tillfällig_verksamhetsansvarig"}),
            json!({"event": "verksamhetsansvarig_godkänd"}),
            json!({"event": "trygghetslarm_beslutat", "protokoll_justerat": other}),
        ],
        "klient" => vec![
            json!({"event": "servicebeslut_meddelat"}),
            json!({"event": "utförare_vald"}),
            json!({"event": "omval_registrerat", "meddelat": other}),
            json!({"event": "omval_registrerat"}),
            json!({"event": "utförarbyte_genomfört"}),
        ],
        _ => unreachable!("an unknown ruleset"),
    };
    let mut event = dice.pick(&all).clone();
    event["date"] = json!(date);
    event
}

/// Random events of one case, a few days apart, many on one day.
fn history(dice: &mut Dice, kind: &str, case: &str) -> Vec<Json> {
    let mut at = day("2025-03-01").plus_days(i64::try_from(dice.below(200)).unwrap()).unwrap();
    let mut events = Vec::new();
    for _ in 0..2 + dice.below(9) {
        let other = at.plus_days(i64::try_from(dice.below(200)).unwrap() - 60).unwrap();
        let mut next = event(dice, kind, &at.to_string(), &other.to_string());
        next["case"] = json!(case);
        events.push(next);
        at = at.plus_days(i64::try_from(dice.below(4) * dice.below(40)).unwrap()).unwrap();
    }
    events
}

fn lines(events: &[Json]) -> String {
    events.iter().map(|event| format!("{event}\n")).collect()
}

fn hold(ruleset_name: &str, kind: &str, seed: u64, rounds: usize) {
    let mut loaded = ruleset(ruleset_name);
    let mut dice = Dice(seed);
    for round in 0..rounds {
        let events = history(&mut dice, kind, "c");
        let last = "2030-12-31";
        let whole = loaded.decide(&lines(&events), last);
        let again = loaded.decide(&lines(&events), last);
        assert_eq!(whole, again, "the same input gives the same outcomes");
        for event in &events {
            let t = event["date"].as_str().unwrap();
            let early = loaded.decide(&lines(&events), t);
            assert_eq!(
                fired_through(&early, t),
                fired_through(&whole, t),
                "round {round}, seed {seed:#x}, as of {t}\n{}",
                lines(&events)
            );
            let seen: Vec<Json> =
                events.iter().filter(|event| event["date"].as_str().unwrap() <= t).cloned().collect();
            let cut = loaded.decide(&lines(&seen), t);
            assert_eq!(
                early,
                cut,
                "events after the as-of day change nothing, as of {t}\n{}",
                lines(&events)
            );
        }
    }
}

#[test]
fn stockholm_is_stable() {
    hold("stockholm", "stockholm", 0x57ab_0001, 400);
}

#[test]
fn norrköping_recipients_are_stable() {
    hold("norrkoping", "hemtjänsttagare", 0x57ab_0005, 400);
}

#[test]
fn ljungby_providers_are_stable() {
    hold("ljungby", "ljungby", 0x57ab_0002, 400);
}

#[test]
fn ljungby_clients_are_stable() {
    hold("ljungby", "klient", 0x57ab_0003, 400);
}

#[test]
fn cases_do_not_touch_each_other() {
    let mut loaded = ruleset("ljungby");
    let mut dice = Dice(0x57ab_0004);
    let last = "2030-12-31";
    for _ in 0..100 {
        let one = history(&mut dice, "ljungby", "a");
        let other = history(&mut dice, "klient", "b");
        let without_lines = |outcomes: Vec<Json>| -> Vec<Json> {
            let own = outcomes.into_iter().filter(|outcome| outcome["case"] == "a");
            own.map(|mut outcome| {
                outcome["trigger"].as_object_mut().unwrap().remove("line");
                outcome.as_object_mut().unwrap().remove("same_day_order");
                outcome
            })
            .collect()
        };
        let alone = without_lines(loaded.decide(&lines(&one), last));
        let mut mixed = Vec::new();
        for place in 0..one.len().max(other.len()) {
            mixed.extend(other.get(place).cloned());
            mixed.extend(one.get(place).cloned());
        }
        let together = without_lines(loaded.decide(&lines(&mixed), last));
        assert_eq!(alone, together);
    }
}
