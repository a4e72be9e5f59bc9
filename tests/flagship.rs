//! The flagship rules against an independent reference: thousands of random dates, reckoned with another library.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Value as Json, json};
use support::{Dice, Loaded, ruleset};

const CASES: usize = 2_000;
const AS_OF: &str = "2060-12-31";

fn iso(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

fn date(dice: &mut Dice, first_year: i32, years: u64) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(first_year, 1, 1).unwrap();
    let any = start.checked_add_days(Days::new(dice.below(years * 365))).unwrap();
    // Every fourth date lies at a month's end or beside a cut-off, where rules differ.
    match dice.below(4) {
        0 => {
            let first = any.with_day(1).unwrap();
            let last = first.checked_add_months(Months::new(1)).unwrap().pred_opt().unwrap();
            let wanted = *dice.pick(&[1, 14, 15, 16, 20, 21, 28, 29, 30, 31]);
            first.with_day(wanted).unwrap_or(last)
        }
        _ => any,
    }
}

fn months(day: NaiveDate, n: u32) -> NaiveDate {
    day.checked_add_months(Months::new(n)).unwrap()
}

fn first_of_month_after(day: NaiveDate, n: u32) -> NaiveDate {
    months(day.with_day(1).unwrap(), n)
}

/// The rules whose outcomes the fixed names speak of, and the events that may be denied in their own name. Ljungby's other
/// rules hang on the same events and bring more.
const LJUNGBY: &[&str] = &[
    "avtal_börjar",
    "ändrade_villkor_börjar",
    "uppsägning_från_kommunen",
    "höja_eller_sänka_tak",
    "trygghetslarm_börjar",
    "tillfälligt_ansvarig",
    "avveckla_verksamheten",
    "val_av_servicetjänster",
    "omval_av_utförare",
    "avveckling_anmäld",
    "villkorsändring_meddelad",
    "uppsägning",
];

/// Runs one event per case and holds each case's outcomes to what the reference expects of them: those of some rules, or
/// all.
fn hold(loaded: &mut Loaded, rules: Option<&[&str]>, events: Vec<(Vec<Json>, Vec<Json>)>) {
    let mut lines = String::new();
    for (number, (case, _)) in events.iter().enumerate() {
        for event in case {
            let mut event = event.clone();
            event["case"] = json!(format!("c{number}"));
            lines.push_str(&event.to_string());
            lines.push('\n');
        }
    }
    let mut by_case: HashMap<String, Vec<Json>> = HashMap::new();
    for outcome in loaded.decide(&lines, AS_OF) {
        if rules.is_some_and(|rules| !rules.contains(&outcome["rule"].as_str().unwrap_or_default())) {
            continue;
        }
        by_case.entry(outcome["case"].as_str().unwrap().to_owned()).or_default().push(essence(&outcome));
    }
    for (number, (case, expected)) in events.iter().enumerate() {
        let bare = by_case.remove(&format!("c{number}")).unwrap_or_default();
        for wanted in expected {
            assert!(bare.iter().any(|got| contains(got, wanted)), "{case:?}\nwanted {wanted}\ngot {bare:#?}");
        }
        assert_eq!(bare.len(), expected.len(), "{case:?}\nwanted {expected:#?}\ngot {bare:#?}");
    }
}

fn essence(outcome: &Json) -> Json {
    let keys = [
        "kind",
        "subject",
        "from",
        "on",
        "by",
        "role",
        "action",
        "amount",
        "unit",
        "until",
        "status",
        "pace",
        "fulfilled_on",
        "of",
    ];
    let mut bare = serde_json::Map::new();
    for key in keys {
        if let Some(value) = outcome.get(key) {
            bare.insert(key.to_owned(), value.clone());
        }
    }
    Json::Object(bare)
}

/// Whether an outcome has all the keys that are wanted, with their values.
fn contains(got: &Json, wanted: &Json) -> bool {
    wanted.as_object().unwrap().iter().all(|(key, value)| got.get(key) == Some(value))
}

#[test]
fn ljungby_capacity_cap() {
    let mut loaded = ruleset("ljungby");
    let mut dice = Dice(0x5eed_0001);
    let mut events = Vec::new();
    for _ in 0..CASES {
        let signed = date(&mut dice, 2025, 30).max(NaiveDate::from_ymd_opt(2025, 2, 17).unwrap());
        let start = signed.checked_add_days(Days::new(dice.below(90))).unwrap();
        let notice = start.checked_add_days(Days::new(dice.below(400))).unwrap();
        let (old, new) = (dice.below(500) + 1, dice.below(500) + 1);
        let affected = dice.below(3).saturating_sub(1);
        let first = json!({"event": "avtal_tecknat", "date": iso(signed), "avtalsstart": iso(start),
            "kapacitetstak": format!("{old} timmar")});
        let second = json!({"event": "kapacitetstak_anmält", "date": iso(notice), "nytt_tak": format!("{new} timmar"),
            "berörda_omval": affected});
        let mut expected = vec![
            json!({"kind": "begins", "subject": "avtal", "from": iso(start)}),
            json!({"kind": "becomes", "subject": "kapacitetstak", "amount": old * 60, "unit": "minutes", "from": iso(start)}),
        ];
        if new < old && affected > 0 {
            expected.push(json!({"kind": "denied"}));
        } else {
            let from = first_of_month_after(notice, if notice.day() <= 15 { 1 } else { 2 });
            expected.push(
                json!({"kind": "becomes", "subject": "kapacitetstak", "amount": new * 60, "from": iso(from)}),
            );
        }
        events.push((vec![first, second], expected));
    }
    hold(&mut loaded, Some(LJUNGBY), events);
}

#[test]
fn ljungby_switch_and_service_choice() {
    let mut loaded = ruleset("ljungby");
    let mut dice = Dice(0x5eed_0002);
    let mut events = Vec::new();
    let first = NaiveDate::from_ymd_opt(2025, 2, 17).unwrap();
    for _ in 0..CASES {
        let registered = date(&mut dice, 2025, 30).max(first);
        let told = registered
            .checked_add_days(Days::new(dice.below(40)))
            .unwrap()
            .checked_sub_days(Days::new(dice.below(40)))
            .unwrap();
        let duty = json!({"kind": "duty", "role": "tillträdande_utförare", "action": "överta_insatserna"});
        if dice.below(5) == 0 {
            let mut expected = duty.clone();
            expected["pace"] = json!("no_time_stated");
            expected["status"] = json!("open");
            events
                .push((vec![json!({"event": "omval_registrerat", "date": iso(registered)})], vec![expected]));
            continue;
        }
        let by = registered.max(told).checked_add_days(Days::new(14)).unwrap();
        let done = registered.checked_add_days(Days::new(1 + dice.below(60))).unwrap();
        let mut expected = duty;
        expected["by"] = json!(iso(by));
        expected["fulfilled_on"] = json!(iso(done));
        expected["status"] = json!(if done <= by { "met" } else { "met_late" });
        events.push((
            vec![
                json!({"event": "omval_registrerat", "date": iso(registered), "meddelat": iso(told)}),
                json!({"event": "utförarbyte_genomfört", "date": iso(done)}),
            ],
            vec![expected],
        ));
    }
    for _ in 0..CASES {
        let told = date(&mut dice, 2025, 30).max(first);
        let by = told.checked_add_days(Days::new(3)).unwrap();
        let mut case = vec![json!({"event": "servicebeslut_meddelat", "date": iso(told)})];
        let mut duty =
            json!({"kind": "duty", "role": "omsorgstagare", "action": "välja_utförare", "by": iso(by)});
        let mut expected = Vec::new();
        let after = by.succ_opt().unwrap();
        let lapse = json!({"kind": "begins", "subject": "ickeval", "from": iso(after)});
        match dice.below(3) {
            0 => {
                duty["status"] = json!("overdue");
                expected.push(lapse);
            }
            _ => {
                let chosen = told.checked_add_days(Days::new(dice.below(8))).unwrap();
                case.push(json!({"event": "utförare_vald", "date": iso(chosen)}));
                duty["fulfilled_on"] = json!(iso(chosen));
                duty["status"] = json!(if chosen <= by { "met" } else { "met_late" });
                if chosen > by {
                    expected.push(lapse);
                }
            }
        }
        expected.push(duty);
        events.push((case, expected));
    }
    hold(&mut loaded, Some(LJUNGBY), events);
}

#[test]
fn ljungby_notices_terms_alarm_and_interim_manager() {
    let mut loaded = ruleset("ljungby");
    let mut dice = Dice(0x5eed_0003);
    let mut events = Vec::new();
    let first = NaiveDate::from_ymd_opt(2025, 2, 17).unwrap();
    for _ in 0..CASES {
        let told = date(&mut dice, 2025, 30).max(first);
        let written = dice.below(5) > 0;
        let near = months(told, 3);
        let wanted = near
            .checked_add_days(Days::new(dice.below(20)))
            .unwrap()
            .checked_sub_days(Days::new(dice.below(20)))
            .unwrap();
        match dice.below(5) {
            0 => {
                let event = json!({"event": "avveckling_anmäld", "date": iso(told), "upphör": iso(wanted), "skriftligt": written});
                let week = told.checked_add_days(Days::new(7)).unwrap();
                let duty = json!({"kind": "duty", "role": "arbetsgrupp_LOV", "action": "ta_bort_valbarhet",
                    "by": iso(week), "status": "overdue"});
                let expected = match (written, near <= wanted) {
                    (false, _) => vec![json!({"kind": "denied"})],
                    (true, true) => vec![
                        json!({"kind": "granted"}),
                        json!({"kind": "ends", "subject": "avtal", "on": iso(wanted)}),
                        duty,
                    ],
                    (true, false) => vec![json!({"kind": "denied"}), duty],
                };
                events.push((vec![event], expected));
            }
            1 => {
                let event = json!({"event": "villkorsändring_meddelad", "date": iso(told),
                    "beslutad_från": iso(wanted), "skriftligt": written});
                let expected = match written {
                    false => json!({"kind": "denied"}),
                    true => {
                        json!({"kind": "begins", "subject": "ändrade_villkor", "from": iso(wanted.max(near))})
                    }
                };
                events.push((vec![event], vec![expected]));
            }
            2 => {
                let by = *dice.pick(&["kommunen", "utförare"]);
                let event =
                    json!({"event": "uppsägning", "date": iso(told), "av": by, "skriftligt": written});
                let expected = match (by, written) {
                    ("kommunen", true) => {
                        vec![json!({"kind": "ends", "subject": "avtal", "on": iso(months(told, 12))})]
                    }
                    ("kommunen", false) => vec![json!({"kind": "denied"})],
                    _ => Vec::new(),
                };
                events.push((vec![event], expected));
            }
            3 => {
                let event = json!({"event": "trygghetslarm_beslutat", "date": iso(told), "protokoll_justerat": iso(wanted)});
                let expected =
                    json!({"kind": "begins", "subject": "trygghetslarm", "from": iso(months(wanted, 2))});
                events.push((vec![event], vec![expected]));
            }
            _ => {
                let done = near
                    .checked_add_days(Days::new(dice.below(3)))
                    .unwrap()
                    .checked_sub_days(Days::new(dice.below(3)))
                    .unwrap();
                let case = vec![
                    json!({"event": "tillfällig_verksamhetsansvarig", "date": iso(told)}),
                    json!({"event": "verksamhetsansvarig_godkänd", "date": iso(done)}),
                ];
                let expected = json!({"kind": "duty", "role": "utförare", "action": "ha_behörig_ansvarig",
                    "by": iso(near), "fulfilled_on": iso(done), "status": if done <= near { "met" } else { "met_late" }});
                events.push((case, vec![expected]));
            }
        }
    }
    hold(&mut loaded, Some(LJUNGBY), events);
}

#[test]
fn norrköping_switches_applications_and_permits() {
    let mut loaded = ruleset("norrkoping");
    let mut dice = Dice(0x5eed_0004);
    let mut events = Vec::new();
    let deadline = NaiveDate::from_ymd_opt(2018, 7, 31).unwrap();
    for _ in 0..CASES {
        let asked = date(&mut dice, 2016, 30);
        match dice.below(3) {
            0 => {
                let by = *dice.pick(&["hemtjänsttagare", "utförare"]);
                let event = json!({"event": "byte_begärt", "date": iso(asked), "av": by});
                let expected = match by {
                    "utförare" => json!({"kind": "denied"}),
                    _ => {
                        let start = first_of_month_after(asked, if asked.day() <= 20 { 2 } else { 3 });
                        json!({"kind": "duty", "role": "tillträdande_utförare", "action": "börja_utföra", "by": iso(start)})
                    }
                };
                events.push((vec![event], vec![expected]));
            }
            1 => {
                let asked = deadline
                    .checked_add_days(Days::new(dice.below(5)))
                    .unwrap()
                    .checked_sub_days(Days::new(dice.below(40)))
                    .unwrap();
                let (channel, complete) = (*dice.pick(&["e_avrop", "annan"]), dice.below(4) > 0);
                let granted = asked <= deadline && channel == "e_avrop" && complete;
                let approved = asked.checked_add_days(Days::new(30)).unwrap();
                let case = vec![
                    json!({"event": "ansökan_inkommen", "date": iso(asked), "kanal": channel, "fullständig": complete}),
                    json!({"event": "ansökan_godkänd", "date": iso(approved)}),
                ];
                let expected = match granted {
                    true => vec![
                        json!({"kind": "granted"}),
                        json!({"kind": "begins", "subject": "avtal", "from": "2018-11-01"}),
                    ],
                    false => vec![json!({"kind": "denied"})],
                };
                events.push((case, expected));
            }
            _ => {
                let done = NaiveDate::from_ymd_opt(2018, 12, 20).unwrap() + Days::new(dice.below(30));
                let permit = dice.below(2) == 0;
                let event = json!({"event": "hemtjänst_utförd", "date": iso(done), "tillstånd": permit});
                let breach = !permit && done.year() >= 2019;
                events
                    .push((vec![event], if breach { vec![json!({"kind": "finding"})] } else { Vec::new() }));
            }
        }
    }
    hold(&mut loaded, None, events);
}

#[test]
fn stockholm_contracts_timers_and_notices() {
    let mut loaded = ruleset("stockholm");
    let mut dice = Dice(0x5eed_0005);
    let mut events = Vec::new();
    for _ in 0..CASES {
        let signed = date(&mut dice, 2009, 30);
        let start = signed.checked_add_days(Days::new(dice.below(60))).unwrap();
        let followed = months(start, 6);
        let (year, two) = (months(start, 12), months(start, 24));
        let mut case =
            vec![json!({"event": "avtal_tecknat", "date": iso(signed), "avtalsstart": iso(start)})];
        let mut expected = vec![
            json!({"kind": "begins", "subject": "särskilda_villkor", "from": iso(signed)}),
            json!({"kind": "begins", "subject": "avtal", "from": iso(start)}),
            json!({"kind": "duty", "role": "staden", "action": "följa_upp", "by": iso(followed), "status": "overdue"}),
        ];
        // The number of customers as last reported on or before each test day.
        let mut reported: Vec<(NaiveDate, u64)> = Vec::new();
        for around in [year, two] {
            if dice.below(3) > 0 {
                let day =
                    around.checked_add_days(Days::new(dice.below(3))).unwrap() - Days::new(1 + dice.below(3));
                let count = *dice.pick(&[0, 0, 1, 3, 5, 6, 20]);
                reported.push((day, count));
                case.push(json!({"event": "kundantal", "date": iso(day), "antal": count}));
            }
        }
        let known = |day: NaiveDate| reported.iter().rfind(|(on, _)| *on <= day).map(|(_, count)| *count);
        let mut ended: Option<NaiveDate> = None;
        let lost = dice.below(6) == 0;
        if lost {
            let day = start.checked_add_days(Days::new(1 + dice.below(1_000))).unwrap();
            case.push(json!({"event": "tillstånd_upphört", "date": iso(day)}));
            ended = Some(day);
        }
        let in_force = |day: NaiveDate, ended: Option<NaiveDate>| ended.is_none_or(|end| day < end);
        if in_force(year, ended) {
            match known(year) {
                None => expected.push(json!({"kind": "undetermined", "of": "ends"})),
                Some(0) => {
                    expected.push(json!({"kind": "ends", "subject": "avtal", "on": iso(year)}));
                    ended = Some(year);
                }
                Some(_) => {}
            }
        }
        if in_force(two, ended) {
            match known(two) {
                None => expected.push(json!({"kind": "undetermined", "of": "duty"})),
                Some(1..=5) => expected
                    .push(json!({"kind": "duty", "role": "staden", "action": "säga_upp_avtalet",
                    "pace": "without_delay", "status": "open"})),
                Some(_) => {}
            }
        }
        if lost {
            let day = case.iter().find(|e| e["event"] == json!("tillstånd_upphört")).unwrap()["date"].clone();
            expected.push(json!({"kind": "ends", "subject": "avtal", "on": day}));
        }
        events.push((case, expected));
    }
    for _ in 0..CASES {
        let told = date(&mut dice, 2009, 30);
        let (by, wait) = *dice.pick(&[("utförare", 3), ("staden", 6)]);
        let event = json!({"event": "uppsägning", "date": iso(told), "av": by});
        events.push((
            vec![event],
            vec![json!({"kind": "ends", "subject": "avtal", "on": iso(months(told, wait))})],
        ));
    }
    hold(&mut loaded, None, events);
}
