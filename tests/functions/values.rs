//! Values on their way into a script and back, and what a script can do with them.

use serde_json::Value as Json;

use super::{Run, answered, event, rules};

#[test]
fn easter() {
    let rules = rules("antal", "f(x: antal) ger datum", "x");
    let script = "
        // The Gregorian computus.
        fn f(year) {
            let a = year % 19;
            let b = year / 100;
            let c = year % 100;
            let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
            let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
            let m = (a + 11 * h + 22 * l) / 451;
            let n = h + l - 7 * m + 114;
            date(year, n / 31, n % 31 + 1)
        }";
    let lines: Vec<String> = (1700..2300)
        .map(|year| format!(r#"{{"case":"{year}","event":"in","date":"2025-03-05","x":{year}}}"#))
        .collect();
    let run = Run::new(&rules, script, &lines.join("\n"));
    assert_eq!(run.failures(), [""; 0]);
    let answers: Vec<Json> =
        run.outcomes().into_iter().filter(|outcome| outcome["rule"] == "svara").collect();
    assert_eq!(answers.len(), 600);
    for answer in answers {
        let year: i32 = answer["case"].as_str().unwrap().parse().unwrap();
        let easter = frist::time::easter_sunday(year).unwrap();
        assert_eq!(answer["value"], easter.to_string());
    }
}

#[test]
fn every_type_goes_in_and_comes_out() {
    for (ty, given, value) in [
        ("datum", "\"2025-02-28\"", "2025-02-28"),
        ("tidpunkt", "\"2025-02-28T09:30\"", "2025-02-28T09:30"),
        ("klockslag", "\"09:30\"", "09:30"),
        ("ja/nej", "true", "yes"),
        ("antal", "-12", "-12"),
        ("tal", "1.25", "1.25"),
        ("belopp", "\"12.50 kronor\"", "SEK 12.50"),
        ("andel", "\"6/9\"", "about 66.7 % (6 of 9)"),
        ("tid", "\"2 timmar 15 minuter\"", "2 hours 15 minutes"),
        ("period", "\"3 månader\"", "3 months"),
        ("text", "\"Åsa\"", "Åsa"),
        ("vikt", "\"tung\"", "tung"),
        ("roll", "\"utförare\"", "utförare"),
    ] {
        let answer = answered(ty, ty, "x", given);
        let found = match &answer["value"] {
            Json::String(text) => text.replace('\u{a0}', " "),
            other => other.to_string(),
        };
        let found = found.replace("true", "yes").replace('−', "-");
        assert!(found.starts_with(value), "{ty}: {answer}");
    }
    let set = answered("flera text", "flera text", "x", r#"["b","a"]"#);
    assert_eq!(set["value"], answered("flera text", "flera text", r#"["a", "b", "a"]"#, r#"[]"#)["value"]);
}

#[test]
fn whole_numbers_serve_as_numbers() {
    assert_eq!(answered("antal", "tal", "x / 2", "7")["value"], answered("tal", "tal", "3", "0")["value"]);
    assert_eq!(answered("antal", "antal", "(number(x) / 2).rounded_up()", "7")["value"], "4");
}

#[test]
fn dates_reckon_as_the_ruleset_does() {
    for (body, value) in [
        ("x.plus_months(1)", "2025-02-28"),
        ("x.plus(months(1)).plus(days(1))", "2025-03-01"),
        ("x.plus_days(-31)", "2024-12-31"),
        ("x.plus_working_days(1)", "2025-02-03"),
        ("x.plus_days(1).next_working_day()", "2025-02-03"),
        ("x.plus_days(1).previous_working_day()", "2025-01-31"),
        ("date(x.year, 2, 1).last_of_month()", "2025-02-28"),
        ("x.plus_days(x.days_until(date(2025, 2, 10)))", "2025-02-10"),
        ("x.plus_days(x.weekday)", "2025-02-05"),
        (
            "if x.is_working_day() && x.is_weekday() && !x.is_public_holiday() { x } else { date(2000, 1, 1) }",
            "2025-01-31",
        ),
        (
            "if x > date(2025, 1, 30) && x <= x && x != date(x.year, x.month, 1) { x } else { date(2000, 1, 1) }",
            "2025-01-31",
        ),
    ] {
        assert_eq!(answered("datum", "datum", body, "\"2025-01-31\"")["value"], value, "{body}");
    }
    let clock =
        answered("tidpunkt", "klockslag", "clock(x.clock.hour + 1, x.clock.minute)", "\"2025-01-31T08:05\"");
    assert_eq!(clock["value"], "09:05");
    let moment =
        answered("tidpunkt", "tidpunkt", "moment(x.date.plus_days(1), x.clock)", "\"2025-01-31T08:05\"");
    assert_eq!(moment["value"], "2025-02-01T08:05");
}

#[test]
fn money_and_time_are_exact() {
    // A tenth ten times is one; a third three times is one: neither would hold in floating point.
    for (gives, body, amount) in [
        ("belopp", "let sum = kronor(0); for i in 0..10 { sum += kronor(number(\"0.1\")); } sum", 100),
        ("belopp", "kronor(x) / 3 * 3 + kronor(1)", 800),
        ("belopp", "(kronor(x) / 2).rounded()", 400),
        ("belopp", "(kronor(x) / 2).rounded_down()", 300),
        ("belopp", "(kronor(-x) / 2).rounded_up()", -400),
        ("belopp", "kronor(hours(x) / minutes(30) * 2)", 2800),
        (
            "belopp",
            "if kronor(x) > kronor(6) && kronor(x) == kronor(7) { kronor(x) } else { kronor(0) }",
            700,
        ),
        ("belopp", "kronor(hours(x).minutes)", 42000),
        ("belopp", "kronor(share(x, 14).value)", 50),
        ("tid", "hours(x) - minutes(30)", 390 * 60),
        ("tid", "minutes(x * 3).hours * minutes(60)", 21 * 60),
    ] {
        let answer = answered("antal", gives, body, "7");
        let scale = if gives == "tid" { 60 } else { 100 };
        let found = match &answer["amount"] {
            Json::String(text) => text.parse::<f64>().unwrap(),
            number => number.as_f64().unwrap(),
        };
        assert_eq!((found * f64::from(scale)).round() as i64, amount, "{body}: {answer}");
    }
}

#[test]
fn none_goes_in_and_comes_out_as_unit() {
    let rules = rules("datum valfri", "f(x: datum valfri) ger antal valfri", "x");
    let script = "fn f(x) { if x == () { 1 } else { () } }";
    let without = Run::new(&rules, script, r#"{"case":"a","event":"in","date":"2025-03-05"}"#);
    assert_eq!(
        (without.answer()["kind"].as_str(), without.answer()["value"].as_str()),
        (Some("value"), Some("1"))
    );
    let with = Run::new(&rules, script, &event("\"2025-01-31\""));
    assert_eq!(with.answer()["kind"], "value");
    assert_eq!(with.answer().get("value"), None, "a value without a value");
}

#[test]
fn an_unknown_argument_is_not_handed_over() {
    let rules = rules("antal", "f(x: antal) ger antal", "okänd")
        .replace("funktion f", "uppgift okänd \"okänd\" en \"unknown\": antal\n\nfunktion f")
        .replace("  ger lugn = 7", "  okänd blir 7 från datum");
    let run = Run::new(&rules, "fn f(x) { throw \"called\" }", &event("1"));
    assert_eq!(run.failures(), [""; 0]);
    assert_eq!(run.answer()["kind"], "undetermined");
    assert_eq!(run.answer()["needs"], serde_json::json!(["unknown on 2025-03-05"]));
}

#[test]
fn nothing_is_kept_between_calls() {
    let rules = rules("antal", "f(x: antal) ger antal", "x");
    let script = "fn f(x) { let seen = []; seen.push(x); x = x + seen.len; x }";
    let lines: Vec<String> =
        (0..50).map(|n| format!(r#"{{"case":"{n}","event":"in","date":"2025-03-05","x":3}}"#)).collect();
    let run = Run::new(&rules, script, &lines.join("\n"));
    let answers: Vec<Json> = run.outcomes().into_iter().filter(|one| one["rule"] == "svara").collect();
    assert_eq!(answers.len(), 50);
    assert!(answers.iter().all(|answer| answer["value"] == "4"), "{answers:?}");
    let again = Run::new(&rules, script, &lines.join("\n"));
    assert_eq!(run.outcomes(), again.outcomes());
}

#[test]
fn a_ruleset_with_functions_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let rules = rules("antal", "f(x: antal) ger antal", "x");
    let run = Run::new(&rules, "fn f(x) { x * 2 }", &event("4"));
    shared(&run.ruleset);
    let value = std::thread::scope(|scope| {
        scope.spawn(|| run.ruleset.decide(&run.history, &run.settings)).join().unwrap()
    });
    assert_eq!(value.cases[0].outcomes, run.decisions.cases[0].outcomes);
}
