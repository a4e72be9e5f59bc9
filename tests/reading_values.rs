//! What rules read: tables and their hit policies, groups in look-backs, shares, facts that an opening state sets.
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
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

källa rutin "Rutin" en "Routine"

ärende utförare

typ område: norr "Norr" en "North" | söder "Söder" en "South"
typ uppdrag: service "service" en "service" | omvårdnad "omvårdnad" en "care"

händelse nyckel "En nyckelkod anges" en "A key code is given" i ärende utförare
  kod: antal
  tid: tid = 0 minuter
  vem: text valfri
"#;

fn run(rules: &str, lines: &[Json]) -> Vec<Json> {
    let text = format!("{HEAD}{rules}");
    let mut loaded = load_texts([("demo.frist", text.as_str())]);
    let lines: String = lines
        .iter()
        .map(|line| {
            let mut line = line.clone();
            line["case"] = json!("a");
            format!("{line}\n")
        })
        .collect();
    loaded.decide(&lines, "2025-12-31")
}

fn key(day: &str, code: i64) -> Json {
    json!({"event": "nyckel", "date": day, "kod": code})
}

const CODES: &str = r#"
tabell nyckelområde "nyckelområden" en "key areas"(kod: antal) ger område: område träff HIT
  101000..101009 || norr enligt rutin avsnitt "Norr" ankare "11111111"
  101009..101020 || söder
  200000 || norr
  200000 || norr
  annars || obestämt "koden finns inte i listan" en "the code is not in the list"

regel hör_till "Området" en "The area"
  enligt rutin avsnitt "Koder" ankare "22222222"
  när nyckel
  ger område = nyckelområde(kod).område
"#;

#[test]
fn rows_that_may_clash_are_a_conflict_only_where_they_do() {
    let rules = CODES.replace("HIT", "konflikt");
    let answers =
        run(&rules, &[key("2025-02-01", 101008), key("2025-02-02", 101009), key("2025-02-03", 200000)]);
    assert_eq!(answers[0]["value"], "norr");
    assert_eq!(answers[1]["kind"], "conflict");
    assert_eq!(answers[1]["subject"], "nyckelområde");
    assert_eq!(answers[1]["rules"], json!(["hör_till"]));
    // The row that has a source cites it, beside the rule's.
    assert_eq!(answers[1]["citations"][1]["anchor"], "11111111");
    let claims: Vec<&Json> =
        answers[1]["claims"].as_array().unwrap().iter().map(|claim| &claim["value"]).collect();
    assert_eq!(claims, ["norr", "söder"]);
    // Rows that answer alike do not clash.
    assert_eq!(answers[2]["value"], "norr");
}

#[test]
fn a_row_that_says_why_there_is_no_answer_is_heard() {
    let answers = run(&CODES.replace("HIT", "konflikt"), &[key("2025-02-01", 5)]);
    assert_eq!(answers[0]["kind"], "undetermined");
    assert_eq!(answers[0]["needs"], json!(["koden finns inte i listan"]));
}

#[test]
fn what_a_value_rests_on_includes_the_row_it_stands_in() {
    let answers =
        run(&CODES.replace("HIT", "första"), &[key("2025-02-01", 101008), key("2025-02-02", 101020)]);
    let anchors = |outcome: &Json| -> Vec<String> {
        let all = outcome["citations"].as_array().cloned().unwrap_or_default();
        all.iter().map(|citation| citation["anchor"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(anchors(&answers[0]), ["22222222", "11111111"]);
    assert_eq!(answers[0]["citation"]["anchor"], "22222222");
    assert!(anchors(&answers[1]).is_empty(), "one citation only: {}", answers[1]);
}

#[test]
fn the_latest_of_each_group_is_asked_of() {
    let given =
        |who: &str, code: i64| json!({"event": "nyckel", "date": "2025-02-01", "kod": code, "vem": who});
    let answers = run(
        r#"
regel sist "Sist" en "Last"
  när nyckel
  ger mitt = median av (senaste nyckel.kod per vem)
  ger alla = summa av (senaste nyckel.kod per vem)
"#,
        &[given("A", 100), given("B", 8), given("A", 5)],
    );
    let last = &answers[answers.len() - 2..];
    assert_eq!(last[0]["amount"], json!(6.5));
    assert_eq!(last[1]["amount"], json!(13));
}

#[test]
fn a_share_of_work_time_is_told_in_minutes() {
    let given = |minutes: i64| json!({"event": "nyckel", "date": "2025-02-01", "kod": 1, "tid": minutes});
    let answers = run(
        r#"
regel andelen "Andelen" en "The share"
  när nyckel
  ger andelen = tid / (summa av nyckel.tid)
"#,
        &[given(120), given(240)],
    );
    assert_eq!((&answers[1]["part"], &answers[1]["whole"]), (&json!(240), &json!(360)));
}

#[test]
fn an_opening_state_sets_facts_with_a_parameter() {
    let rules = r#"
uppgift valbar "valbar" en "eligible" per uppdrag: ja/nej i ärende utförare
uppgift tak "taket" en "the cap" per uppdrag: antal i ärende utförare

regel valbara "Valbara" en "Eligible"
  när nyckel
  ger för_service = (valbar för service)
  ger för_omvårdnad = (valbar för omvårdnad)
  ger tak_service = (tak för service)
"#;
    let opening = json!({
        "event": "ingående_läge", "date": "2024-06-01", "valbar": ["service"], "tak för service": 7,
    });
    let answers = run(rules, &[opening, key("2025-02-01", 1)]);
    let values: Vec<&Json> = answers.iter().map(|outcome| &outcome["value"]).collect();
    assert_eq!(values, ["ja", "nej", "7"]);
    let answers = run(rules, &[key("2025-02-01", 1)]);
    assert!(answers.iter().all(|outcome| outcome["kind"] == "undetermined"));
}

#[test]
fn a_value_handed_out_is_called_by_its_title() {
    let rules = r#"
regel andelen "Andelen" en "The share"
  när nyckel
  om kod = 1
    ger andel_nycklar "andelen nycklar" en "the share of keys" = kod / 1
  annars
    ger andel_nycklar = 1 / kod
  exempel: kod = 1 ger ger andel_nycklar = 100 %
  exempel: kod = 3 ger ger andel_nycklar = 2 / 6
"#;
    let mut loaded = load_texts([("demo.frist", format!("{HEAD}{rules}").as_str())]);
    let failing = frist::examples::run_examples(&loaded.program)
        .iter()
        .filter(|result| !result.failures.is_empty())
        .count();
    assert_eq!(failing, 0, "100 % is 1 of 1, and 2/6 is 1/3");
    let history = loaded.read("{\"case\":\"a\",\"event\":\"nyckel\",\"date\":\"2025-02-01\",\"kod\":3}\n");
    let decisions =
        frist::run::run(&loaded.program, &history, &frist::run::Settings::as_of(support::day("2025-03-01")));
    let sentence =
        frist::explain::sentence(&loaded.program, &decisions.pool, &decisions.cases[0].outcomes[0]);
    assert_eq!(sentence.en, "The share of keys is about 33.3 % (1 of 3).");
    assert_eq!(sentence.sv, "Andelen nycklar är cirka 33,3 % (1 av 3).");
}

/// A program that asks "what if" gives a fact, stored or worked out, of one value of its parameter or of all.
#[test]
fn a_given_fact_takes_the_place_of_what_would_be_worked_out() {
    use frist::program::FactId;
    use frist::value::Value;
    let rules = r#"
uppgift dubbla "de dubbla" en "the double" i ärende utförare = (antal av nyckel) × 2
uppgift nycklar "antalet nycklar" en "the number of keys" i ärende utförare = antal av nyckel
uppgift tak "taket" en "the cap": antal i ärende utförare
regel summan "Summan" en "The sum"
  när nyckel
  ger summa = dubbla + nycklar + tak
"#;
    let mut loaded = load_texts([("demo.frist", format!("{HEAD}{rules}").as_str())]);
    let history = loaded.read("{\"case\":\"a\",\"event\":\"nyckel\",\"date\":\"2025-02-01\",\"kod\":3}\n");
    let fact =
        |name: &str| FactId::at(loaded.program.facts.iter().position(|f| f.named.name == name).unwrap());
    let sum = |given: &[(&str, i64)]| {
        let mut settings = frist::run::Settings::as_of(support::day("2025-03-01"));
        settings.given = given.iter().map(|(name, n)| (fact(name), None, Value::Count(*n))).collect();
        let decisions = frist::run::run(&loaded.program, &history, &settings);
        loaded.write(&history, &decisions)[0]["amount"].clone()
    };
    assert_eq!(sum(&[("tak", 100)]), 103);
    assert_eq!(sum(&[("tak", 100), ("dubbla", 40)]), 141);
    assert_eq!(sum(&[("nycklar", 7), ("tak", 100), ("dubbla", 40)]), 147);
    assert_eq!(sum(&[("nycklar", 7)]), Json::Null);
}

#[test]
fn what_is_not_counted_is_told() {
    let loaded = load_texts([(
        "demo.frist",
        format!("{HEAD}regel r \"R\"\n  när nyckel\n  ger svar = kod\n").as_str(),
    )]);
    let mut loaded = loaded;
    let lines: Vec<String> =
        ["2024-12-30", "2024-12-31", "2025-01-01", "2025-03-01", "2025-03-02", "2025-03-03"]
            .iter()
            .map(|day| format!(r#"{{"case":"a","event":"nyckel","date":"{day}","kod":1}}"#))
            .chain([r#"{"case":"a","event":"ingående_läge","date":"2024-12-31"}"#.to_owned()])
            .collect();
    let history = loaded.read(&lines.join("\n"));
    let decisions =
        frist::run::run(&loaded.program, &history, &frist::run::Settings::as_of(support::day("2025-03-01")));
    let case = &decisions.cases[0];
    assert_eq!(case.early_lines, [1, 2], "before the ruleset, and no opening state");
    assert_eq!(case.later_events, 2, "after the day asked about");
    assert_eq!(case.outcomes.len(), 2);
}

/// A single value goes before a range; a row goes by single values when each of its cells does.
#[test]
fn a_single_value_goes_before_a_range() {
    let rules = r#"
tabell avgift "avgiften" en "the fee"(kod: antal, annan: antal) ger kr: antal träff enskild före intervall
  1..9 | 1..9 || 1
  3, 12..14 | 4 || 2
  4 | 4 || 3
  annars || 4

regel avgiften "Avgiften" en "The fee"
  när nyckel
  ger avgift = avgift(kod, 4).kr
"#;
    for (code, fee) in [(1, 1), (3, 2), (4, 3), (5, 1), (13, 2), (20, 4)] {
        let answers = run(rules, &[key("2025-02-01", code)]);
        let got = answers[0]["amount"].as_i64();
        assert_eq!(got, Some(fee), "{code}: {:?}", answers[0]);
    }
}
