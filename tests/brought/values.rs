//! Values on their way into tables, facts and sets: what is equal stays equal.

use frist::Settings;

use super::{Case, HEAD, lines, list, load};

const COMMON: &str = r#"typ rutin: en | två | tre
händelse start
  vikt: tal = 3
  antal_nu: antal = 3
  takt: antal = 4
  rutiner: flera rutin = {en}
  okänd: antal valfri
händelse besök
uppgift vikten: tal
uppgift takten: tal per vecka
uppgift mängden: flera rutin
uppgift läge: antal
tabell efter_vikt(vikt: tal) ger svar: antal
  3 || 1
  3.5 || 2
  annars || 3
tabell efter_läge(a: antal, b: antal) ger svar: antal träff enskild före intervall
  * | 2 || 1
  1..5 | 2 || 2
  3 | 2 || 1
  annars || 9
tabell krock(a: antal) ger svar: antal träff konflikt
  1..3 || 1
  2..4 || 2
  annars || 9
funktion kanske(x: antal valfri) ger antal = rhai "f.rhai"
"#;

const SCRIPT: &str = "fn kanske(x) { throw \"nej\" }\n";

const CASES: &[Case] = &[
    (
        "regel r\n  när start\n  ger svar = efter_vikt(vikt).svar",
        &["2025-03-01 start", "2025-03-02 start {\"vikt\":3.5}"],
        "2025-03-03",
    ),
    (
        "regel r\n  när start\n  ger svar = efter_vikt(3).svar\n  ger annat = efter_vikt(antal_nu).svar",
        &["2025-03-01 start"],
        "2025-03-03",
    ),
    (
        "regel r\n  när start\n  vikten blir antal_nu från datum\nregel s\n  när besök\n  ger svar = efter_vikt(vikten).svar",
        &["2025-03-01 start", "2025-03-02 besök"],
        "2025-03-03",
    ),
    (
        "regel r\n  när start\n  takten blir (händelsens takt per vecka) från datum\nregel s\n  när besök\n  om takten = 4 per vecka\n    notering \"lika\"\n  annars\n    notering \"olika\"",
        &["2025-03-01 start", "2025-03-02 besök"],
        "2025-03-03",
    ),
    (
        "regel r\n  när start\n  mängden blir det i {} som saknas i {} från datum\nregel s\n  när besök\n  om mängden är tom\n    notering \"tom\"",
        &["2025-03-01 start", "2025-03-02 besök"],
        "2025-03-03",
    ),
    // One of the values that are asked is not known: what every row that could answer says, and which those are.
    ("regel r\n  när start\n  ger svar = efter_läge(läge, 2).svar", &["2025-03-01 start"], "2025-03-03"),
    ("regel r\n  när start\n  ger svar = efter_läge(läge, 3).svar", &["2025-03-01 start"], "2025-03-03"),
    ("regel r\n  när start\n  ger svar = krock(2).svar", &["2025-03-01 start"], "2025-03-03"),
    ("regel r\n  när start\n  ger svar = krock(2).svar + läge", &["2025-03-01 start"], "2025-03-03"),
    ("regel r\n  när start\n  ger svar = krock(läge).svar", &["2025-03-01 start"], "2025-03-03"),
    // A call that fails is said once, of each event and of each argument.
    (
        "regel r\n  när start\n  ger svar = kanske(okänd)\n  ger annat = kanske(okänd)",
        &["2025-03-01 start"],
        "2025-03-03",
    ),
    (
        "regel r\n  när start\n  ger svar = kanske(okänd)\n  ger annat = kanske(okänd)",
        &["2025-03-01 start", "2025-03-02 start"],
        "2025-03-03",
    ),
    (
        "regel r\n  när start\n  ger svar = kanske(1)\n  ger annat = kanske(2)",
        &["2025-03-01 start"],
        "2025-03-03",
    ),
];

#[test]
fn of_values() {
    insta::assert_snapshot!(list(COMMON, SCRIPT, CASES));
}

/// A row is only shown as the one that answered when all that was asked is known.
#[test]
fn the_row_that_answered() {
    for (asked, shown) in [("5", true), ("läge", false)] {
        let rule = format!("regel r\n  när start\n  ger svar = efter_läge({asked}, 2).svar\n");
        let mut loaded = load(&format!("{HEAD}{COMMON}{rule}"), SCRIPT);
        let ruleset = loaded.ruleset.take().unwrap();
        let file = loaded.sources.add("events.jsonl", &lines(&["2025-03-01 start"]));
        let input = ruleset.read(&loaded.sources, &[file], &Default::default());
        let settings = Settings::as_of("2025-03-02".parse().unwrap());
        let decisions = ruleset.decide(&input.history, &settings);
        let (case, outcome) = decisions.outcomes().next().unwrap();
        let explanation = ruleset.explain(&input.history, &settings, &decisions, case, outcome).unwrap();
        let steps: Vec<&String> = explanation.steps.iter().flat_map(|steps| &steps.sv).collect();
        let row = steps.iter().any(|step| step.contains("som passar") || step.contains("raden passar"));
        assert_eq!(row, shown, "{asked}: {steps:?}");
    }
}
