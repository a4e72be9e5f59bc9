//! Examples: what they may give and expect, and that a wrong one is found when it is run.

use frist::Ruleset;

use super::{HEAD, list};

const COMMON: &str = r#"roll chef, handläggare
åtgärd svara
händelse start
  noll: antal
  yta: antal valfri
  öppet: datum valfri
händelse krav
  skriftligt: ja/nej = ja
  kräver skriftligt annars avslås "inte skriftligt"
uppgift nivå: antal från början 0
uppgift ort: antal valfri från början 7
regel läser
  när krav
  om ort är angivet och nivå > 9
    notering "läst"
regel beviljar
  när start
  om noll > 3
    godkänns
"#;

/// Examples, each at the end of a rule that fires on `start` and brings something.
const EXAMPLES: &[&str] = &[
    // Decisions are made by all rules on an event together.
    "exempel: noll = 4 ger godkänns",
    "exempel: noll = 4 ger avslås \"nej\"",
    "förlopp: 2025-03-01 start noll = 4 ger godkänns",
    "förlopp: 2025-03-01 krav skriftligt = nej ger avslås \"inte skriftligt\"",
    // A course has several events, so that the words of one mean nothing.
    "förlopp: 2025-03-01 start noll = 4 ger nivå blir 4 från 2025-03-01",
    "förlopp: 2025-03-01 start noll = 4 ger nivå blir noll från 2025-03-01",
    "förlopp: 2025-03-01 start noll = 4 ger nivå blir 4 från händelsens datum",
    "exempel: noll = 4 ger nivå blir noll från datum",
    "exempel: noll = 4, yta = 4 ger nivå blir yta från datum",
    "exempel: noll = 4, yta = inget ger inget",
    "exempel: noll = inget ger inget",
    "exempel: noll = 4 med uppgift ort = inget ger nivå blir 4",
    "exempel: noll = 4 med uppgift nivå = inget ger nivå blir 4",
    "exempel: noll = 4 ger notering \"a\"",
    "exempel: noll = 4, noll = 5 ger inget",
];

/// The rule of a calendar has no fields to give.
const OTHERS: &[&str] = &[
    "regel r\n  alltid\n  notering \"a\"\n  exempel: noll = 4 ger notering \"a\"",
    "regel r\n  alltid\n  notering \"a\"\nregel s\n  när månaden är slut\n  notering \"b\"\n  exempel: noll = 4 ger notering \"b\"",
    "regel s\n  när månaden är slut\n  notering \"b\"\nregel r undantag från s\n  medan nivå > 3\n  notering \"a\"\n  exempel: noll = 4 ger notering \"a\"",
    "regel r\n  när start\n  notering \"a\"\n  förlopp: 2025-03-01 start noll = 4 ger avslås \"nej\"",
];

const NO_DENIALS: &str = "händelse start\n  noll: antal\n";

const WITHOUT_DENIALS: &[&str] = &[
    "regel r\n  när start\n  godkänns\n  förlopp: 2025-03-01 start noll = 4 ger godkänns",
    "regel r\n  när start\n  godkänns\n  förlopp: 2025-03-01 start noll = 4 ger avslås \"nej\"",
    "regel r\n  när start\n  avslås \"nej\"\n  förlopp: 2025-03-01 start noll = 4 ger avslås \"nej\"",
];

#[test]
fn what_they_may_say() {
    let rule = "regel r\n  när start\n  nivå blir noll från datum\n  ";
    let cases: Vec<String> = EXAMPLES.iter().map(|example| format!("{rule}{example}")).collect();
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    insta::assert_snapshot!(list(COMMON, &cases, &[]));
}

#[test]
fn of_rules_without_an_event() {
    insta::assert_snapshot!(list(COMMON, OTHERS, &[]));
}

#[test]
fn where_nothing_is_denied() {
    insta::assert_snapshot!(list(NO_DENIALS, WITHOUT_DENIALS, &[]));
}

/// A rule, an example of it that holds, and others that do not.
const RUN: &[(&str, &str, &[&str])] = &[
    (
        "chef ska svara senast 3 dagar efter datum uppfylls av krav",
        "exempel: datum = 2025-03-01, noll = 1 ger chef ska svara senast 2025-03-04",
        &[
            "exempel: datum = 2025-03-01, noll = 1 ger chef ska svara senast 2025-03-05",
            "exempel: datum = 2025-03-01, noll = 1 ger chef ska svara den 2025-03-04",
            "exempel: datum = 2025-03-01, noll = 1 ger inget",
        ],
    ),
    (
        "chef ska svara den 2025-03-09 uppfylls av krav",
        "exempel: datum = 2025-03-01, noll = 1 ger chef ska svara den 2025-03-09",
        &[
            "exempel: datum = 2025-03-01, noll = 1 ger chef ska svara den 2025-03-08",
            "exempel: datum = 2025-03-01, noll = 1 ger chef ska svara senast 2025-03-09",
        ],
    ),
    (
        "nivå blir noll från datum",
        "exempel: datum = 2025-03-01, noll = 4 ger nivå blir noll från datum",
        &["exempel: datum = 2025-03-01, noll = 4 ger nivå blir noll + 1 från datum"],
    ),
    (
        "notering \"ett\"",
        "exempel: noll = 1 ger notering \"ett\"",
        &["exempel: noll = 1 ger notering \"två\""],
    ),
    (
        "om noll = 1\n    notering \"ett\"\n  annars\n    notering \"annat\"",
        "exempel: noll = 1 ger notering",
        &["exempel: noll = 2 ger notering \"ett\"", "exempel: noll = 1 ger notering \"annat\""],
    ),
    // What is left out of an event is not known, what may be left out is none.
    (
        "om noll är okänt\n    notering \"okänt\"\n  annars om inte yta är angivet\n    notering \"inget\"\n  annars inget",
        "exempel: yta = 1 ger notering \"okänt\"",
        &["exempel: noll = 1, yta = 1 ger notering \"okänt\"", "exempel: yta = 1 ger notering \"inget\""],
    ),
    (
        "om inte yta är angivet\n    notering \"inget\"",
        "exempel: noll = 1 ger notering \"inget\"",
        &["exempel: noll = 1, yta = 1 ger notering \"inget\""],
    ),
    // An opening state says nothing of what it leaves out.
    (
        "om ort är angivet\n    ger svar = ort",
        "förlopp: 2025-02-01 ingående_läge nivå = 3; 2025-03-01 start noll = 1 ger ger svar = 7",
        &[
            "förlopp: 2025-02-01 ingående_läge ort = 3; 2025-03-01 start noll = 1 ger ger svar = 7",
            "förlopp: 2025-02-01 ingående_läge ort = inget; 2025-03-01 start noll = 1 ger ger svar = 7",
        ],
    ),
];

#[test]
fn that_are_wrong_do_not_hold() {
    for (rule, right, wrong) in RUN {
        let holds = |example: &str| {
            let text = format!("{HEAD}{COMMON}regel r\n  när start\n  {rule}\n  {example}\n");
            let loaded = Ruleset::load([("demo.frist", text.as_str())]);
            let errors: Vec<_> = loaded.diagnostics.iter().filter(|said| said.is_error()).collect();
            assert!(errors.is_empty(), "{example}: {errors:?}");
            let results = loaded.ruleset.unwrap().test();
            assert_eq!(results.len(), 1, "{example}");
            results.iter().all(|result| result.failures.is_empty())
        };
        assert!(holds(right), "{right}");
        for example in *wrong {
            assert!(!holds(example), "{example}");
        }
    }
}
