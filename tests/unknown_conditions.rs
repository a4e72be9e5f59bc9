//! What an unknown condition leaves open: not what every branch would bring alike, but whether an exception applies, and
//! duties that differ in anything at all.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use support::load_texts;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

roll chef "chefen" en "the head"
åtgärd svara "svara" en "answer"

händelse start "Start" en "Start"
  yta: antal valfri
  nummer: antal = 1
händelse svar "Svar" en "Answer"
  bra: ja/nej = ja
händelse annat "Annat" en "Something else"

uppgift aktiv "arbetet" en "the work": ja/nej från början ja
uppgift vilar "vilan" en "the rest": ja/nej från början nej
uppgift okänd "det okända" en "the unknown": ja/nej

regel sätts "Sätts"
  när annat
  aktiv upphör från och med datum
  vilar gäller från datum
  okänd gäller från datum
"#;

/// The kinds of what each rule brings on a start of which only the number is known.
fn kinds(rules: &str, number: i64) -> Vec<(String, String)> {
    let mut loaded = load_texts([("demo.frist", format!("{HEAD}{rules}").as_str())]);
    let line = format!(r#"{{"case":"a","event":"start","date":"2025-03-01","nummer":{number}}}"#);
    let outcomes = loaded.decide(&line, "2025-03-01");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    outcomes.iter().map(|outcome| (text(&outcome["rule"]), text(&outcome["kind"]))).collect()
}

/// What two branches oblige to, and whether that is the same.
const DUTIES: &[(&str, &str, bool)] = &[
    ("uppfylls av svar", "uppfylls av svar", true),
    ("uppfylls av svar", "uppfylls av annat", false),
    ("uppfylls av svar där bra", "uppfylls av svar där bra", true),
    ("uppfylls av svar", "uppfylls av svar där bra", false),
    ("uppfylls av svar där inte bra", "uppfylls av svar där bra", false),
    ("uppfylls av svar", "uppfylls av svar även tidigare", false),
    ("uppfylls av svar eller annat", "uppfylls av svar eller annat", true),
    ("uppfylls av svar eller annat", "uppfylls av svar", false),
    ("uppfylls av svar bortfaller vid annat", "uppfylls av svar bortfaller vid annat", true),
    ("uppfylls av svar bortfaller vid annat", "uppfylls av svar", false),
    ("uppfylls av svar", "uppfylls av svar bortfaller vid annat", false),
    ("uppfylls av annat bortfaller vid svar där bra", "uppfylls av annat bortfaller vid svar", false),
    ("uppfylls av svar så länge aktiv", "uppfylls av svar så länge aktiv", true),
    ("uppfylls av svar så länge aktiv", "uppfylls av svar", false),
    ("uppfylls av svar så länge aktiv", "uppfylls av svar så länge inte vilar", false),
    ("uppfylls av svar uteblir det notering \"a\"", "uppfylls av svar uteblir det notering \"a\"", false),
    ("uppfylls av svar uteblir det notering \"a\"", "uppfylls av svar", false),
    ("uppfylls av svar", "uppfylls av svar uteblir det notering \"a\"", false),
];

/// The same of duties that come back.
const RECURRING: &[(&str, &str, bool)] = &[
    ("till och med 2025-12-31", "till och med 2025-12-31", true),
    ("till och med 2025-12-31", "till och med 2025-11-30", false),
    ("så länge aktiv", "så länge aktiv", true),
    ("så länge aktiv", "till och med 2025-12-31", false),
    ("så länge aktiv", "så länge aktiv utom medan vilar", false),
    ("så länge aktiv utom medan vilar", "så länge aktiv utom medan vilar", true),
    ("så länge aktiv utom medan vilar", "så länge aktiv utom medan okänd", false),
];

#[test]
fn a_duty_is_known_where_every_branch_brings_the_same() {
    let mut wrong = Vec::new();
    let mut try_one = |duty: &str, kind: &str, (one, other, same): &(&str, &str, bool)| {
        let rules = format!(
            "regel r \"R\"\n  när start\n  om yta > 3\n    chef ska svara {duty} {one}\n  annars\n    \
             chef ska svara {duty} {other}\n"
        );
        let wanted = if *same { kind } else { "undetermined" };
        let got = kinds(&rules, 1);
        if got != [("r".to_owned(), wanted.to_owned())] {
            wrong.push(format!("{one} | {other}: {got:?}"));
        }
    };
    for row in DUTIES {
        try_one("senast 5 dagar efter datum", "duty", row);
    }
    for row in RECURRING {
        try_one("minst 1 gång per kalendermånad uppfylls av svar", "recurring_duty", row);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_always_applies_has_no_say_in_whether_the_branches_are_alike() {
    for always in
        ["ger svar = yta + 1", "chef ska svara senast datum uppfylls av annat uteblir det notering \"a\""]
    {
        let rules = format!(
            "regel r \"R\"\n  när start\n  {always}\n  om yta > 3\n    notering \"b\"\n  annars\n    notering \"b\"\n"
        );
        let got: Vec<String> = kinds(&rules, 1).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(got[1..], ["note"], "{always}");
    }
}

/// Rules, and the kinds of what they bring.
type Brought = &'static [(&'static str, &'static str)];

/// Exceptions to a rule that brings a note, and what comes of both for the numbers 1 and 2.
const EXCEPTIONS: &[(&str, [Brought; 2])] = &[
    // Granted or denied, it applies.
    (
        "  kräver\n    nummer = 1 annars \"fel\"\n  godkänns annars avslås",
        [&[("undantag", "granted")], &[("undantag", "denied")]],
    ),
    // A follow-up with nothing to remark on does not.
    (
        "  kräver\n    nummer = 1 annars \"fel\"\n  annars anmärkning",
        [&[("huvud", "note")], &[("undantag", "finding")]],
    ),
    ("  om nummer = 1\n    notering \"b\"", [&[("undantag", "note")], &[("huvud", "note")]]),
    // To bring nothing in a branch is to apply.
    (
        "  om nummer = 1\n    notering \"b\"\n  annars inget",
        [&[("undantag", "note")], &[("huvud", "withheld")]],
    ),
    (
        "  om okänd\n    inget\n  annars om inte okänd\n    inget",
        [
            &[("huvud", "undetermined"), ("undantag", "undetermined")],
            &[("huvud", "undetermined"), ("undantag", "undetermined")],
        ],
    ),
    ("  medan aktiv\n  notering \"b\"", [&[("undantag", "note")], &[("undantag", "note")]]),
    ("  medan vilar\n  notering \"b\"", [&[("huvud", "note")], &[("huvud", "note")]]),
    (
        "  medan okänd\n  notering \"b\"",
        [
            &[("huvud", "undetermined"), ("undantag", "undetermined")],
            &[("huvud", "undetermined"), ("undantag", "undetermined")],
        ],
    ),
];

#[test]
fn an_exception_applies_or_does_not_or_nobody_knows() {
    let mut wrong = Vec::new();
    for (exception, wanted) in EXCEPTIONS {
        let rules = format!(
            "regel huvud \"H\"\n  när start\n  notering \"a\"\nregel undantag_en \"U\"\n  undantag från huvud\n{exception}\n"
        )
        .replace("undantag_en", "undantaget");
        for (number, wanted) in [1, 2].into_iter().zip(wanted) {
            let wanted: Vec<(String, String)> = wanted
                .iter()
                .map(|(rule, kind)| (rule.replace("undantag", "undantaget"), (*kind).to_owned()))
                .collect();
            let got = kinds(&rules, number);
            if got != wanted {
                wrong.push(format!("{exception}, {number}: {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_an_unknown_exception_leaves_open_stands_in_the_order_of_the_text() {
    let rules = r#"
uppgift tak: antal
regel r "R"
  när start
  tak blir nummer från datum
  godkänns
  om okänd
    inget
  annars
    godkänns
regel u "U" undantag från r
  medan okänd
  notering "u"
"#;
    let mut loaded = load_texts([("demo.frist", format!("{HEAD}{rules}").as_str())]);
    let outcomes = loaded.decide(r#"{"case":"a","event":"start","date":"2025-03-01"}"#, "2025-03-01");
    let said =
        outcomes.iter().map(|outcome| (outcome["rule"].as_str().unwrap(), outcome["of"].as_str().unwrap()));
    assert_eq!(said.collect::<Vec<_>>(), [("r", "becomes"), ("r", "granted"), ("u", "note")]);
}
