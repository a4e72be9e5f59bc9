//! A case on a day: what every fact was and who set it, what was owed, what was to come, and how it is shown.
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

use frist::diagnostics::render::Look;
use frist::run::{Case, OutcomeKind, Settings, Status};
use frist::state::{SetBy, State, Subject, render};
use frist::value::Value;
use frist::{Draft, Language, Ruleset};
use serde_json::Value as Json;
use support::{Dice, day, root};

/// A ruleset and the texts it and its events came from.
struct Loaded {
    ruleset: Ruleset,
    sources: frist::source::Sources,
}

fn load(rules: &str) -> Loaded {
    let loaded = Ruleset::load([("avtal.frist", rules)]);
    let wrong: Vec<String> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.is_error())
        .map(|found| format!("{} {}", loaded.sources.place(found.span().unwrap()), found.message.en))
        .collect();
    Loaded { ruleset: loaded.ruleset.unwrap_or_else(|| panic!("{wrong:?}")), sources: loaded.sources }
}

/// The contract with all that a state can hold: facts of each kind, permissions, duties that are met late, overdue, open
/// and recurring, an end that is scheduled.
fn contract() -> (Loaded, String) {
    let read = |name: &str| std::fs::read_to_string(root().join("tests/fixtures/state").join(name)).unwrap();
    (load(&read("avtal.frist")), read("avtal.jsonl"))
}

impl Loaded {
    fn history(&mut self, events: &str) -> frist::run::History {
        let file = self.sources.add("avtal.jsonl", events);
        let input = self.ruleset.read(&self.sources, &[file], &Default::default());
        let said: Vec<&str> = input.diagnostics.iter().map(|found| found.message.en.as_str()).collect();
        assert_eq!(input.bad_lines, 0, "{said:?}");
        input.history
    }

    fn state(&mut self, events: &str, on: &str, as_of: &str) -> (State, Case) {
        let history = self.history(events);
        let case = history.cases[0].clone();
        let settings = Settings::as_of(day(as_of));
        (self.ruleset.state(&history, &settings, &case.id, day(on)).unwrap(), case)
    }

    fn json(&mut self, events: &str, on: &str, as_of: &str) -> Json {
        let (state, case) = self.state(events, on, as_of);
        let mut line = Vec::new();
        self.ruleset.write_state(&case, &state, Language::English, &mut line).unwrap();
        serde_json::from_slice(&line).unwrap()
    }

    fn text(&mut self, events: &str, on: &str, as_of: &str, language: Language, look: Look) -> String {
        let (state, case) = self.state(events, on, as_of);
        render::text(self.ruleset.program(), &self.sources, &case, &state, language, look)
    }

    fn narrated(&mut self, events: &str, on: &str, as_of: &str, language: Language) -> String {
        let (state, case) = self.state(events, on, as_of);
        render::narrated(self.ruleset.program(), &self.sources, &case, &state, language)
    }

    fn svg(&mut self, events: &str, on: &str, as_of: &str, language: Language) -> String {
        let (state, case) = self.state(events, on, as_of);
        render::svg(self.ruleset.program(), &self.sources, &case, &state, language)
    }
}

/// A fact of a state as JSON, by its name.
fn fact<'j>(state: &'j Json, name: &str) -> &'j Json {
    state["facts"].as_array().unwrap().iter().find(|fact| fact["subject"] == name).unwrap()
}

#[test]
fn a_state_is_listed_and_drawn() {
    let (mut loaded, events) = contract();
    for (name, on, as_of) in [
        ("looked_back", "2025-07-20", "2025-08-25"),
        ("same_day", "2025-08-25", "2025-08-25"),
        ("looked_ahead", "2025-11-15", "2025-08-25"),
    ] {
        for (code, language) in [("sv", Language::Swedish), ("en", Language::English)] {
            let text = loaded.text(&events, on, as_of, language, Look::PLAIN);
            insta::assert_snapshot!(format!("{name}_{code}"), text);
        }
    }
}

#[test]
fn a_state_is_told() {
    let (mut loaded, events) = contract();
    for (code, language) in [("sv", Language::Swedish), ("en", Language::English)] {
        let text = loaded.narrated(&events, "2025-07-20", "2025-08-25", language);
        insta::assert_snapshot!(format!("narrated_{code}"), text);
        for sign in ['█', '▒', '╞', '○', '●', '│', '→', '✔'] {
            assert!(!text.contains(sign), "{sign} is no word");
        }
    }
}

#[test]
fn a_state_is_data() {
    let (mut loaded, events) = contract();
    let json = loaded.json(&events, "2025-07-20", "2025-08-25");
    insta::assert_snapshot!("json", format!("{json:#}"));
}

#[test]
fn a_state_is_drawn_as_svg() {
    let (mut loaded, events) = contract();
    let svg = loaded.svg(&events, "2025-07-20", "2025-08-25", Language::English);
    insta::assert_snapshot!("svg", svg);
}

#[test]
fn a_change_shows_from_its_day_and_not_the_day_before() {
    let (mut loaded, events) = contract();
    let expected = [
        ("avtal", "2025-02-01", Json::Null, Json::from("yes")),
        ("tak", "2025-06-01", Json::from("300 hours"), Json::from("420 hours")),
        ("avtal", "2025-11-15", Json::from("yes"), Json::from("no")),
        ("tak", "2025-11-15", Json::from("420 hours"), Json::Null),
        ("valbar", "2025-02-03", Json::Null, Json::from("yes")),
        ("antal_kunder", "2025-03-01", Json::Null, Json::from("3")),
        ("antal_kunder", "2025-06-11", Json::from("3"), Json::from("9")),
        ("liten", "2025-06-11", Json::from("yes"), Json::from("no")),
    ];
    for (name, on, before, after) in expected {
        let the_day = day(on);
        let (eve, next) = (the_day.previous().unwrap().to_string(), the_day.next().unwrap().to_string());
        let then = loaded.json(&events, &eve, "2025-08-25");
        assert_eq!(fact(&then, name)["value"], before, "{name} on {eve}");
        assert_eq!(fact(&then, name)["until"], eve.as_str(), "{name} on {eve}");
        for later in [on, &next] {
            let now = loaded.json(&events, later, "2025-08-25");
            assert_eq!(fact(&now, name)["value"], after, "{name} on {later}");
            assert_eq!(fact(&now, name)["from"], on, "{name} on {later}");
        }
    }
    // What is not known and what is known to be none are told apart.
    let before = loaded.json(&events, "2025-01-31", "2025-08-25");
    let after = loaded.json(&events, "2025-11-15", "2025-08-25");
    assert_eq!(
        (&fact(&before, "tak")["unknown"], &fact(&before, "tak")["none"]),
        (&true.into(), &Json::Null)
    );
    assert_eq!((&fact(&after, "tak")["unknown"], &fact(&after, "tak")["none"]), (&Json::Null, &true.into()));
    assert_eq!(fact(&after, "tak")["with"], "avtal", "the cap ended with the contract");
    assert_eq!(fact(&after, "tak")["rule"], "slut", "and it is the termination that ended that");
}

/// The duties that stand on a day, by action, with how they stood then and how they stand now.
fn owed(state: &Json) -> Vec<(String, String, String)> {
    let word = |value: &Json| value.as_str().unwrap_or("").to_owned();
    let duties = state["duties"].as_array().unwrap();
    duties.iter().map(|duty| (word(&duty["action"]), word(&duty["stood"]), word(&duty["status"]))).collect()
}

#[test]
fn a_duty_is_owed_from_the_day_it_arises_until_it_is_met() {
    let (mut loaded, events) = contract();
    let mut answer = |on: &str| {
        let state = loaded.json(&events, on, "2025-08-19");
        owed(&state).into_iter().find(|(action, ..)| action == "svara").map(|(_, stood, now)| (stood, now))
    };
    let says = |stood: &str, now: &str| Some((stood.to_owned(), now.to_owned()));
    assert_eq!(answer("2025-03-09"), None);
    assert_eq!(answer("2025-03-10"), says("open", "met_late"));
    assert_eq!(answer("2025-03-24"), says("open", "met_late"), "its last day");
    assert_eq!(answer("2025-03-25"), says("overdue", "met_late"));
    assert_eq!(answer("2025-04-06"), says("overdue", "met_late"));
    assert_eq!(answer("2025-04-07"), None, "met that day");
}

#[test]
fn a_recurring_duty_shows_the_period_of_the_day() {
    let (mut loaded, events) = contract();
    let mut report = |on: &str, as_of: &str| {
        let state = loaded.json(&events, on, as_of);
        let duties = state["duties"].as_array().unwrap().clone();
        duties.into_iter().find(|duty| duty["action"] == "lämna_rapport").unwrap()
    };
    let may = report("2025-05-11", "2025-08-25");
    assert_eq!(
        (&may["period"]["from"], &may["period"]["until"]),
        (&"2025-05-01".into(), &"2025-05-31".into())
    );
    assert_eq!((&may["stood"], &may["status"]), (&"met".into(), &"open".into()));
    assert_eq!(report("2025-05-10", "2025-08-25")["stood"], "open");
    assert_eq!(may["missed"].as_array().unwrap().len(), 3);
}

#[test]
fn a_later_day_shows_what_is_settled_and_leaves_duties_as_they_stand() {
    let (mut loaded, events) = contract();
    let ahead = loaded.json(&events, "2026-03-01", "2025-08-25");
    assert_eq!(fact(&ahead, "avtal")["holds"], false);
    let answer = owed(&ahead).into_iter().find(|(action, ..)| action == "svara").unwrap();
    assert_eq!(
        answer,
        ("svara".into(), String::new(), "open".into()),
        "nothing is said of how it will stand"
    );
}

#[test]
fn what_later_days_bring_is_listed_after_the_day() {
    let (mut loaded, events) = contract();
    let coming = |state: &Json| -> Vec<(String, String)> {
        let all = state["coming"].as_array().unwrap();
        let name = |one: &Json| one["subject"].as_str().or(one["rule"].as_str()).unwrap_or("?").to_owned();
        all.iter().map(|one| (one["on"].as_str().unwrap().to_owned(), name(one))).collect()
    };
    let early = loaded.json(&events, "2025-02-10", "2025-02-10");
    assert_eq!(coming(&early), [("2026-02-01".to_owned(), "ett_år".to_owned())], "the timer will look");
    let late = loaded.json(&events, "2025-08-25", "2025-08-25");
    let expected =
        [("2025-11-15".to_owned(), "avtal".to_owned()), ("2025-11-15".to_owned(), "tak".to_owned())];
    assert_eq!(coming(&late), expected, "the timer no longer looks: the contract will have ended");
    assert_eq!(coming(&loaded.json(&events, "2025-11-15", "2025-08-25")), []);
}

/// What the contract does not show: facts that change by the calendar, that ask how duties stand, that are set twice, that
/// nobody can know, that an opening state gives.
const ODD: &str = r#"regelverk udda "Udda" en "Odd"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll kontoret "kontoret" en "the office"
åtgärd svara "svara" en "answer"
händelse frågat
händelse svarat
händelse besök
händelse sagt
  jakande: ja/nej
händelse mätt
  mått: antal
uppgift aktiv "aktiv" en "active" = (antal av besök under senaste 14 dagar) > 0
uppgift sen "sen" en "late" = svara är försenad
uppgift öppet "öppet" en "open": ja/nej från början nej
uppgift storlek "storleken" en "the size": antal från mätt.mått
uppgift liten "liten" en "small": ja/nej
regel svar "Svar" en "Answer"
  när frågat
  kontoret ska svara senast 2 veckor efter datum uppfylls av svarat
regel mindre "Mindre" en "Smaller"
  när sagt
  om storlek < 5
    liten gäller från datum
regel sagt_så "Sagt" en "Said"
  när sagt
  om jakande
    öppet gäller från datum
  annars
    öppet upphör från och med 10 dagar efter datum
"#;

#[test]
fn a_fact_that_depends_on_the_calendar_ends_on_its_own_day() {
    let mut loaded = load(ODD);
    let visit = r#"{"case":"a","event":"besök","date":"2025-03-01"}
{"case":"a","event":"besök","date":"2025-05-01"}"#;
    let mut active = |on: &str| {
        let state = loaded.json(visit, on, "2025-05-20");
        let fact = fact(&state, "aktiv");
        (fact["holds"].clone(), fact["from"].clone(), fact["until"].clone())
    };
    let is = |yes: bool, from: &str, until: &str| (yes.into(), from.into(), until.into());
    assert_eq!(active("2025-03-01"), is(true, "2025-03-01", "2025-03-14"));
    assert_eq!(active("2025-03-14"), is(true, "2025-03-01", "2025-03-14"));
    assert_eq!(active("2025-03-15"), is(false, "2025-03-15", "2025-04-30"));
    assert_eq!(active("2025-05-14"), is(true, "2025-05-01", "2025-05-14"));
}

#[test]
fn a_fact_that_asks_of_a_duty_sees_the_duty_as_it_was() {
    let mut loaded = load(ODD);
    let lines = r#"{"case":"a","event":"frågat","date":"2025-03-01"}
{"case":"a","event":"svarat","date":"2025-03-20"}"#;
    let mut late = |on: &str| fact(&loaded.json(lines, on, "2025-04-30"), "sen")["holds"].clone();
    assert_eq!(late("2025-03-15"), false, "its last day");
    assert_eq!(late("2025-03-16"), true);
    assert_eq!(late("2025-03-19"), true, "the answer came the day after");
    assert_eq!(late("2025-03-20"), false);
}

#[test]
fn what_is_said_again_is_told_and_does_not_move_the_beginning() {
    let mut loaded = load(ODD);
    let lines = r#"{"case":"a","event":"mätt","date":"2025-01-02","mått":9}
{"case":"a","event":"sagt","date":"2025-03-01","jakande":true}
{"case":"a","event":"sagt","date":"2025-03-05","jakande":false}
{"case":"a","event":"sagt","date":"2025-03-10","jakande":true}"#;
    let state = loaded.json(lines, "2025-03-12", "2025-03-12");
    let open = fact(&state, "öppet");
    assert_eq!((&open["from"], &open["until"]), (&"2025-03-01".into(), &Json::Null), "the end was withdrawn");
    assert_eq!(open["trigger"]["line"], 2);
    assert_eq!(open["again"][0]["from"], "2025-03-10");
    assert_eq!(open["again"][0]["trigger"]["line"], 4);
    let start = loaded.json(lines, "2025-02-28", "2025-03-12");
    let drawn = start["timeline"]["courses"].as_array().unwrap();
    assert!(drawn.iter().all(|course| course["subject"] != "liten"), "what nothing ever set is not drawn");
    assert_eq!(fact(&start, "öppet")["holds"], false, "it was so from the start");
    assert_eq!(fact(&start, "öppet")["rule"], Json::Null);
}

#[test]
fn a_fact_that_an_undetermined_rule_could_have_changed_says_so() {
    let mut loaded = load(ODD);
    let lines = r#"{"case":"a","event":"sagt","date":"2025-03-01","jakande":true}"#;
    let small = |state: &Json| fact(state, "liten").clone();
    let before = small(&loaded.json(lines, "2025-02-28", "2025-03-12"));
    let after = small(&loaded.json(lines, "2025-03-01", "2025-03-12"));
    assert_eq!((&before["unknown"], &before["assumes"]), (&true.into(), &Json::Null));
    assert_eq!(after["assumes"][0]["rule"], "mindre");
    assert_eq!(after["assumes"][0]["day"], "2025-03-01");
    let text = loaded.text(lines, "2025-03-12", "2025-03-12", Language::English, Look::PLAIN);
    assert!(text.contains("may be otherwise: “Smaller” 2025-03-01 is undetermined"), "{text}");
}

#[test]
fn an_opening_state_is_named_as_what_set_a_fact() {
    let mut loaded = load(ODD);
    let lines = r#"{"case":"a","event":"ingående_läge","date":"2024-12-01","öppet":true}
{"case":"a","event":"mätt","date":"2025-01-02","mått":9}"#;
    let state = loaded.json(lines, "2025-01-02", "2025-01-02");
    let open = fact(&state, "öppet");
    assert_eq!((&open["holds"], &open["from"]), (&true.into(), &"2024-12-01".into()));
    assert_eq!(open["trigger"]["event"], "ingående_läge");
}

#[test]
fn what_an_opening_state_says_of_all_values_is_told_of_the_others() {
    let (mut loaded, _) = contract();
    let lines = r#"{"case":"a","event":"ingående_läge","date":"2025-01-01","valbar":["service"]}
{"case":"a","event":"rapport","date":"2025-01-02"}"#;
    let state = loaded.json(lines, "2025-01-02", "2025-01-02");
    let all = state["facts"].as_array().unwrap();
    let eligible: Vec<(&Json, &Json)> = all
        .iter()
        .filter(|fact| fact["subject"] == "valbar")
        .map(|fact| (&fact["of"], &fact["holds"]))
        .collect();
    assert_eq!(eligible, [(&Json::Null, &false.into()), (&"service".into(), &true.into())]);
    let text = loaded.text(lines, "2025-01-02", "2025-01-02", Language::English, Look::PLAIN);
    assert!(
        text.contains("eligible (all others)  no") && text.contains("eligible for Service   yes"),
        "{text}"
    );
}

#[test]
fn a_timer_that_will_look_stands_on_the_timeline() {
    let (mut loaded, events) = contract();
    let timer = loaded.json(&events, "2025-02-10", "2025-02-10")["timeline"]["timers"].clone();
    assert_eq!(timer, serde_json::json!([{"on": "2026-02-01", "rule": "ett_år"}]));
    let text = loaded.text(&events, "2025-02-10", "2025-02-10", Language::Swedish, Look::PLAIN);
    let row = text.lines().find(|line| line.starts_with("  händelser")).unwrap();
    assert!(row.ends_with('◇'), "{row}");
    assert!(text.contains("◇ prövas"), "{text}");
}

#[test]
fn rules_that_contradict_each_other_are_named() {
    let rules = r#"regelverk k "K"
  gäller från 2025-01-01
händelse h
uppgift u "läget" en "the state": antal från början 0
regel ett "Ett" en "One"
  när h
  u blir 1 från datum
regel två "Två" en "Two"
  när h
  u blir 2 från datum
"#;
    let mut loaded = load(rules);
    let lines = r#"{"case":"a","event":"h","date":"2025-03-01"}"#;
    let state = loaded.json(lines, "2025-03-01", "2025-03-01");
    assert_eq!(fact(&state, "u")["unknown"], true);
    assert_eq!(fact(&state, "u")["conflict"], serde_json::json!(["ett", "två"]));
    let text = loaded.text(lines, "2025-03-01", "2025-03-01", Language::English, Look::PLAIN);
    assert!(text.contains("“One” and “Two” contradict each other about the state"), "{text}");
    // Of a fact that nobody had spoken of before, too.
    let mut loaded = load(&rules.replace(" från början 0", ""));
    let undetermined = loaded.json(lines, "2025-03-01", "2025-03-01")["undetermined"].clone();
    assert_eq!(undetermined[0]["rules"], serde_json::json!(["ett", "två"]));
}

#[test]
fn what_cannot_be_determined_is_no_silence() {
    let mut loaded = load(ODD);
    let lines = r#"{"case":"a","event":"sagt","date":"2025-03-01","jakande":true}"#;
    let undetermined = |state: &Json| state["undetermined"].as_array().unwrap().len();
    assert_eq!(undetermined(&loaded.json(lines, "2025-02-28", "2025-03-12")), 0);
    let state = loaded.json(lines, "2025-03-01", "2025-03-12");
    assert_eq!(undetermined(&state), 1);
    assert_eq!(state["undetermined"][0]["needs"].as_array().unwrap().len(), 1);
    let text = loaded.text(lines, "2025-03-01", "2025-03-12", Language::Swedish, Look::PLAIN);
    assert!(text.contains("Går inte att avgöra\n  ? Vad som följer av ”Mindre”"), "{text}");
    let told = loaded.narrated(lines, "2025-03-01", "2025-03-12", Language::Swedish);
    assert!(told.contains("Vad som följer av ”Mindre”"), "{told}");
}

/// An event of the contract with random fields.
fn random_event(dice: &mut Dice, date: &str, other: &str) -> Json {
    let n = dice.below(9);
    let all = [
        serde_json::json!({"event": "avtal_tecknat", "start": other, "första_tak": format!("{} timmar", 100 + n)}),
        serde_json::json!({"event": "tak_ändrat", "nytt": format!("{} timmar", 99 + n), "verkan": other}),
        serde_json::json!({"event": "valt", "uppdrag": if n > 4 { "omvårdnad" } else { "service" }}),
        serde_json::json!({"event": "kundantal", "antal": n}),
        serde_json::json!({"event": "kundantal", "antal": n}),
        serde_json::json!({"event": "uppsägning"}),
        serde_json::json!({"event": "uppföljning"}),
        serde_json::json!({"event": "rapport"}),
        serde_json::json!({"event": "anmälan"}),
        serde_json::json!({"event": "svar"}),
    ];
    let mut event = dice.pick(&all).clone();
    event["case"] = "c".into();
    event["date"] = date.into();
    event
}

fn random_history(dice: &mut Dice) -> Vec<Json> {
    let mut at = day("2025-01-10").plus_days(i64::try_from(dice.below(100)).unwrap()).unwrap();
    let mut events = Vec::new();
    for _ in 0..2 + dice.below(9) {
        let other = at.plus_days(i64::try_from(dice.below(160)).unwrap() - 40).unwrap();
        events.push(random_event(dice, &at.to_string(), &other.to_string()));
        at = at.plus_days(i64::try_from(dice.below(4) * dice.below(40)).unwrap()).unwrap();
    }
    events
}

/// A fact on a day as the outcomes tell it: what begins, ends or becomes, laid down in the order of the lines. What the
/// rules of one line say of one fact never differs here.
fn told(outcomes: &[Json], subject: &str, of: Option<&str>, on: &str) -> Option<(Json, String)> {
    let mut changes: Vec<&Json> = outcomes
        .iter()
        .filter(|one| one["subject"] == subject && one["of"].as_str() == of)
        .filter(|one| one["no_change"] != true)
        .collect();
    // Timers look after the events of their day, whatever line they count from.
    let timer = |one: &Json| one["fired"] != one["trigger"]["date"];
    changes.sort_by_key(|one| (one["fired"].to_string(), timer(one), one["trigger"]["line"].as_u64()));
    let mut laid: Vec<(String, Json)> = Vec::new();
    for change in changes {
        let from = change["from"].as_str().or(change["on"].as_str()).unwrap().to_owned();
        let value = match change["kind"].as_str().unwrap() {
            "begins" => Json::from("ja"),
            "ends" => Json::from("nej"),
            _ => change["value"].clone(),
        };
        laid.retain(|(day, _)| *day < from);
        laid.push((from, value));
    }
    let last = laid.into_iter().rfind(|(day, _)| day.as_str() <= on);
    last.map(|(day, value)| (value, day))
}

#[test]
fn a_state_agrees_with_the_outcomes() {
    let (mut loaded, _) = contract();
    let seed = 0x57a7_0001;
    let mut dice = Dice(seed);
    for round in 0..150 {
        let events = random_history(&mut dice);
        let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
        let as_of = events[events.len() - 1]["date"].as_str().unwrap();
        let at = |days: u64| day(as_of).plus_days(i64::try_from(days).unwrap() - 200).unwrap();
        let history = loaded.history(&lines);
        let decide = |ruleset: &Ruleset, as_of: frist::time::Day| -> Vec<Json> {
            let settings = Settings::as_of(as_of);
            let decisions = ruleset.decide(&history, &settings);
            let mut out = Vec::new();
            ruleset.write(&history, &settings, &decisions, Language::Swedish, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let outcomes = decide(&loaded.ruleset, day(as_of));
        for _ in 0..12 {
            let on = at(dice.below(400));
            let context = format!("round {round}, seed {seed:#x}, on {on}, as of {as_of}\n{lines}");
            let settings = Settings::as_of(day(as_of));
            let state = loaded.ruleset.state(&history, &settings, "c", on).unwrap();
            let mut line = Vec::new();
            loaded.ruleset.write_state(&history.cases[0], &state, Language::Swedish, &mut line).unwrap();
            let json: Json = serde_json::from_slice(&line).unwrap();
            let on = on.to_string();
            let contract = told(&outcomes, "avtal", None, &on).map(|(value, _)| value);
            assert_eq!(fact(&json, "avtal")["value"], contract.unwrap_or(Json::Null), "avtal, {context}");
            for valbar in json["facts"].as_array().unwrap().iter().filter(|one| one["subject"] == "valbar") {
                let of = valbar["of"].as_str();
                let value = told(&outcomes, "valbar", of, &on).map_or(Json::Null, |(value, _)| value);
                assert_eq!(valbar["value"], value, "valbar {of:?}, {context}");
            }
            // The cap ends with the contract: when it has ended since the cap was set, there is none.
            let cap = told(&outcomes, "tak", None, &on).map(|(value, since)| {
                let mut ended = false;
                let mut at = day(&since);
                let is_no = |at: frist::time::Day| {
                    told(&outcomes, "avtal", None, &at.to_string()).is_some_and(|(value, _)| value == "nej")
                };
                while at.to_string() < on {
                    let next = at.next().unwrap();
                    ended |= !is_no(at) && is_no(next);
                    at = next;
                }
                if ended { Json::Null } else { value }
            });
            assert_eq!(fact(&json, "tak")["value"], cap.unwrap_or(Json::Null), "tak, {context}");
            let reports = events.iter().filter(|one| one["event"] == "kundantal");
            let mut reported = reports.filter(|one| one["date"].as_str().unwrap() <= on.as_str());
            // Of several on one day, the last line counts.
            let clients = reported.next_back().map_or(Json::Null, |one| one["antal"].clone());
            assert_eq!(fact(&json, "antal_kunder")["amount"], clients, "antal_kunder, {context}");
            let few = clients.as_u64().map_or(Json::Null, |clients| Json::from(clients < 6));
            assert_eq!(fact(&json, "liten")["holds"], few, "liten, {context}");
            if day(&on) <= day(as_of) {
                let then = decide(&loaded.ruleset, day(&on));
                let open: Vec<Json> = then
                    .iter()
                    .filter(|one| match one["kind"].as_str() {
                        Some("duty") => one["status"] == "open" || one["status"] == "overdue",
                        Some("recurring_duty") => one["status"] != "lapsed",
                        _ => false,
                    })
                    .map(|one| serde_json::json!([one["action"], one["trigger"]["line"], one["status"]]))
                    .collect();
                let mut shown: Vec<Json> = json["duties"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| serde_json::json!([one["action"], one["trigger"]["line"], one["stood"]]))
                    .collect();
                let mut open = open;
                shown.sort_by_key(Json::to_string);
                open.sort_by_key(Json::to_string);
                assert_eq!(shown, open, "duties, {context}");
            }
        }
    }
}

#[test]
fn the_day_asked_about_does_not_change_what_any_day_was() {
    let (mut loaded, _) = contract();
    let mut dice = Dice(0x57a7_0002);
    for _ in 0..60 {
        let lines: String = random_history(&mut dice).iter().map(|event| format!("{event}\n")).collect();
        let history = loaded.history(&lines);
        let settings = Settings::as_of(day("2025-12-31"));
        let state = |on: &str| loaded.ruleset.state(&history, &settings, "c", day(on)).unwrap();
        let (early, late) = (state("2025-03-01"), state("2026-03-01"));
        for (a, b) in early.facts.iter().zip(&late.facts) {
            assert_eq!(a.course, b.course, "{lines}");
        }
        for fact in &early.facts {
            let Subject::Fact(..) = fact.course.subject else { panic!("a fact") };
            // The stretches of a course follow on each other without gap or overlap, and each differs from the last.
            for pair in fact.course.held.windows(2) {
                assert_eq!(pair[0].until.map(|until| until.next().unwrap()), pair[1].from, "{lines}");
                assert_ne!(pair[0].value, pair[1].value, "{lines}");
            }
            assert_eq!(fact.course.held[0].from, None);
            assert_eq!(fact.course.held[fact.course.held.len() - 1].until, None);
        }
    }
}

#[test]
fn the_library_tells_who_set_a_fact() {
    let (mut loaded, events) = contract();
    let (state, case) = loaded.state(&events, "2025-07-20", "2025-08-25");
    let cap = state.facts.iter().find(|fact| matches!(fact.held.value, Value::Duration(_))).unwrap();
    let SetBy::Outcome(place) = cap.held.set_by else { panic!("a rule set it") };
    assert!(matches!(state.outcome(place).unwrap().kind, OutcomeKind::Becomes { .. }));
    assert_eq!(cap.next().unwrap().from, Some(day("2025-11-15")));
    let overdue = state.standing().find(|duty| duty.last == Some(day("2025-08-01"))).unwrap();
    assert_eq!((overdue.stood, overdue.born), (Some(Status::Open), case.events[0].date));
    let unknown = loaded.history(&events);
    let settings = Settings::as_of(day("2025-08-25"));
    let wrong = loaded.ruleset.state(&unknown, &settings, "p-l", day("2025-08-25")).unwrap_err();
    assert_eq!(wrong.code.to_string(), "F0790");
    assert!(wrong.help.unwrap().en.contains("p-1"));
}

#[test]
fn a_drawing_keeps_to_its_width_and_its_signs() {
    let (mut loaded, events) = contract();
    for width in [40, 60, 80, 100, 120] {
        for unicode in [true, false] {
            let look = Look { color: false, unicode, width };
            let text = loaded.text(&events, "2025-07-20", "2025-08-25", Language::English, look);
            let drawing = text.split_once("Timeline\n").unwrap().1;
            for line in drawing.lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
                assert!(unicode || line.is_ascii(), "{line}");
            }
            assert_eq!(drawing.contains('█'), unicode);
        }
    }
    let painted = Look { color: true, unicode: true, width: 80 };
    let painted = loaded.text(&events, "2025-07-20", "2025-08-25", Language::English, painted);
    let plain = loaded.text(&events, "2025-07-20", "2025-08-25", Language::English, Look::PLAIN);
    let mut stripped = String::new();
    for (number, part) in painted.split('\u{1b}').enumerate() {
        stripped.push_str(if number == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain, "colours are all that differs");
}

/// The timelines in the documentation are what the program draws of the project's own rules. Where snapshots are to be
/// accepted as they come (`INSTA_UPDATE=always`), so are these.
#[test]
fn the_timelines_in_the_documentation_are_real() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let rules = "rulesets/ljungby/ljungby.frist";
    let mut draft = Draft::new([(rules, read(rules).as_str())]);
    for (name, _) in draft.needs() {
        let path = format!("rulesets/ljungby/{name}");
        draft.supply(&name, &path, &read(&path));
    }
    let loaded = draft.check();
    let mut loaded = Loaded { ruleset: loaded.ruleset.unwrap(), sources: loaded.sources };
    let events = "rulesets/ljungby/events/utforare.jsonl";
    let file = loaded.sources.add(events, &read(events));
    let history = loaded.ruleset.read(&loaded.sources, &[file], &Default::default()).history;
    let settings = Settings::as_of(day("2026-02-06"));
    let state = loaded.ruleset.state(&history, &settings, "utf-002", day("2025-12-24")).unwrap();
    let case = history.cases.iter().find(|case| case.id == "utf-002").unwrap();
    let (program, sources) = (loaded.ruleset.program(), &loaded.sources);
    let text = render::text(program, sources, case, &state, Language::English, Look::PLAIN);
    let drawn = text.split_once("Timeline\n").unwrap().1.trim_end();
    let svg = render::svg(program, sources, case, &state, Language::English);
    let page = read("docs/auditors.md");
    let fence = "Last stands the timeline:\n\n```text\n";
    let (before, rest) = page.split_once(fence).unwrap();
    let (shown, after) = rest.split_once("\n```\n").unwrap();
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        std::fs::write(root().join("docs/auditors.md"), format!("{before}{fence}{drawn}\n```\n{after}"))
            .unwrap();
        std::fs::write(root().join("docs/timeline.svg"), &svg).unwrap();
        return;
    }
    assert_eq!(shown, drawn, "docs/auditors.md");
    assert_eq!(read("docs/timeline.svg"), svg, "docs/timeline.svg");
}

/// The tags of a document, each closed in its order.
fn balanced(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let style = svg.split_once("<style>").unwrap().1.split_once("</style>").unwrap();
    assert!(!style.0.contains('<'));
    for tag in svg.split('<').skip(1).map(|part| part.split_once('>').unwrap().0) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split_whitespace().next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn an_svg_is_whole_says_what_it_shows_and_runs_nothing() {
    let rules = r#"regelverk a "A"
  kommun "<script>alert(1)</script> & \"C\""
  gäller från 2025-01-01
händelse h
  namn: text
uppgift u "läget <b>" en "the state <b>": text från h.namn
"#
    .replace("\\\"", "’");
    let mut loaded = load(&rules);
    let lines = r#"{"case":"a<!--","event":"h","date":"2025-03-01","namn":"]]></svg><script>\u0001"}"#;
    let svg = loaded.svg(lines, "2025-03-02", "2025-03-02", Language::Swedish);
    balanced(&svg);
    assert!(!svg.contains("<script") && !svg.contains("<!--") && !svg.contains('\u{1}'), "{svg}");
    assert!(svg.contains("&lt;script&gt;alert(1)"));
    for asked in [
        "role=\"img\"",
        "lang=\"sv\"",
        "<title id=\"frist-title\">",
        "<desc id=\"frist-desc\">",
        "prefers-color-scheme: dark",
    ] {
        assert!(svg.contains(asked), "{asked}");
    }
    assert!(!svg.contains("href") && !svg.contains("url("), "nothing is fetched");
    let (mut loaded, events) = contract();
    for on in ["2025-01-01", "2025-07-20", "2025-08-24", "2027-01-01"] {
        let svg = loaded.svg(&events, on, "2025-08-25", Language::English);
        balanced(&svg);
        for key in [" x=\"", " x1=\"", " x2=\"", " cx=\""] {
            for at in svg.split(key).skip(1).map(|part| part.split_once('"').unwrap().0) {
                let x: f64 = at.parse().unwrap();
                assert!((0.0..=960.0).contains(&x), "{key}{x}");
            }
        }
    }
}

#[test]
fn a_case_of_which_nothing_is_known_has_a_state() {
    let mut loaded = load(ODD);
    let lines = r#"{"case":"a","event":"besök","date":"2025-03-01"}"#;
    let text = loaded.text(lines, "2024-01-01", "2025-03-01", Language::Swedish, Look::PLAIN);
    assert!(text.contains("Okänt: "), "{text}");
    assert!(text.contains("Inga."), "{text}");
    balanced(&loaded.svg(lines, "9999-12-31", "2025-03-01", Language::Swedish));
}

const FALLING: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll chef "chefen" en "the head"
åtgärd svara "svara" en "answer"
åtgärd läsa "läsa" en "read"
händelse fråga "Fråga" en "Question"
händelse svar "Svar" en "Answer"
händelse återtagen "Återtagen" en "Withdrawn"
regel svar_ges "Svar ges" en "An answer is given"
  när fråga
  chef ska läsa senast 9 dagar efter datum uppfylls av återtagen
  chef ska svara senast 5 dagar efter datum uppfylls av svar bortfaller vid återtagen
"#;

#[test]
fn a_duty_that_fell_away_says_when() {
    let mut loaded = load(FALLING);
    let line =
        |event: &str, date: &str| format!("{{\"case\":\"a\",\"event\":\"{event}\",\"date\":\"{date}\"}}\n");
    let lapsed = |loaded: &mut Loaded, events: &str| {
        let json = loaded.json(events, "2025-03-31", "2025-03-31");
        let duties = json["timeline"]["duties"].as_array().unwrap().clone();
        let of =
            |action: &str| duties.iter().find(|duty| duty["action"] == action).unwrap()["lapsed_on"].clone();
        (of("läsa"), of("svara"))
    };
    let question = line("fråga", "2025-03-01");
    let withdrawn = [question.clone(), line("återtagen", "2025-03-04")].concat();
    assert_eq!(lapsed(&mut loaded, &withdrawn), (Json::Null, Json::from("2025-03-04")));
    let answered = [question.clone(), line("svar", "2025-03-03"), line("återtagen", "2025-03-04")].concat();
    assert_eq!(lapsed(&mut loaded, &answered), (Json::Null, Json::Null));
    assert_eq!(lapsed(&mut loaded, &question), (Json::Null, Json::Null));
    let late = [question, line("återtagen", "2025-03-07")].concat();
    assert_eq!(lapsed(&mut loaded, &late), (Json::Null, Json::Null), "it was overdue by then");
}
