//! Last days that fall on a day off, where the header moves them: what moves, what stays, and what the rule says itself.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use serde_json::Value as Json;
use support::load_texts;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
  frister på helgdag flyttas till nästa arbetsdag

roll chef "chefen" en "the head"
åtgärd svara "svara" en "answer"
händelse start "Start" en "Start"
  klart: ja/nej = ja
händelse svar "Svar" en "Answer"
"#;

fn decided(rule: &str, day: &str) -> Vec<Json> {
    let text = format!("{HEAD}regel r \"R\"\n  när start\n{rule}");
    let mut loaded = load_texts([("demo.frist", text.as_str())]);
    loaded.decide(&format!(r#"{{"case":"a","event":"start","date":"{day}"}}"#), day)
}

/// 1 March 2025 is a Saturday: tests of days, and whether they hold on the Saturday and on the Monday after.
const TESTS: &[(&str, [bool; 2])] = &[
    ("datum är senast 2025-03-01", [true, true]),
    ("datum är senast 2025-02-28", [false, false]),
    ("datum är senast 2025-03-01 utan flytt", [true, false]),
    ("datum är senast (2025-03-01 om klart annars 2025-04-01)", [true, true]),
    ("datum är senast (2025-03-01 utan flytt om klart annars 2025-04-01)", [true, false]),
    ("datum är senast (2025-04-01 om inte klart annars 2025-03-01)", [true, true]),
    ("datum är senast 2025-03-01 flyttad till föregående arbetsdag", [false, false]),
    ("datum är senast den 1:a i månaden", [true, true]),
    ("datum är tidigast 2025-03-01", [true, true]),
    ("datum är efter 2025-03-01", [false, true]),
    ("datum är före 2025-03-02", [true, false]),
    ("datum är tidigast 2025-03-02", [false, true]),
];

#[test]
fn a_last_day_in_a_test_moves_and_no_other_day() {
    for (test, wanted) in TESTS {
        let rule = format!("  om {test}\n    notering \"x\" en \"x\"\n");
        let got = ["2025-03-01", "2025-03-03"].map(|day| !decided(&rule, day).is_empty());
        assert_eq!(&got, wanted, "{test}");
    }
}

/// Limits of a duty that arises on Friday 28 February, and its last day.
const LIMITS: &[(&str, &str)] = &[
    ("senast 2025-03-01", "2025-03-03"),
    ("senast 2025-03-01 utan flytt", "2025-03-01"),
    ("senast (2025-03-01 om klart annars 2025-04-01)", "2025-03-03"),
    ("senast (2025-03-01 utan flytt om klart annars 2025-04-01)", "2025-03-01"),
    ("senast 2025-03-01 flyttad till föregående arbetsdag", "2025-02-28"),
    ("senast 2 dagar efter datum", "2025-03-03"),
    ("senast 3 dagar efter datum", "2025-03-03"),
];

#[test]
fn a_last_day_of_a_duty_moves() {
    for (limit, wanted) in LIMITS {
        let rule = format!("  chef ska svara {limit} uppfylls av svar\n");
        let outcomes = decided(&rule, "2025-02-28");
        assert_eq!(outcomes[0]["by"], *wanted, "{limit}");
    }
    let begins = "  ger dag = 2025-03-01\n";
    assert_eq!(decided(begins, "2025-02-28")[0]["value"], "2025-03-01", "a date handed out is no last day");
}
