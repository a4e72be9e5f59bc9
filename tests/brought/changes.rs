//! Changes of facts: conflicts, opening states, permissions that replace each other, what is odd about an order.

use super::{Case, list};

const COMMON: &str = r#"roll chef "chefen", handläggare "handläggaren"
åtgärd svara "svara"
typ sida: vänster | höger
typ rutin: a | b
händelse start
händelse slut
händelse fråga
uppgift lugnt: ja/nej från början nej
uppgift avtal: ja/nej
uppgift öppen per sida: ja/nej från början nej
uppgift antalet per roll: antal från början 0
uppgift rutiner per sida: flera rutin
"#;

const CASES: &[Case] = &[
    // Of a conflict nothing is said that was to be said of its own effect.
    (
        "regel ett\n  gäller från 2025-01-01\n  när start\n  lugnt gäller från 2025-02-01\n\
         regel två\n  när start\n  lugnt upphör från och med 2025-02-01",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel ett\n  när start\n  lugnt gäller från datum\nregel två\n  när start där finns slut\n  lugnt upphör från och med datum",
        &["2025-03-01 start", "2025-03-03 slut", "2025-03-05 start"],
        "2025-03-06",
    ),
    (
        "regel ett\n  när start\n  lugnt gäller från datum flyttad till nästa arbetsdag\n\
         regel två\n  när start\n  lugnt upphör från och med datum flyttad till nästa arbetsdag",
        &["2025-03-01 start"],
        "2025-03-04",
    ),
    (
        "regel ett\n  när start\n  lugnt gäller från datum\nregel två\n  när start\n  lugnt upphör från och med datum\n\
         regel frågar\n  när fråga\n  ger svar = (1 om lugnt annars 2)",
        &["2025-03-01 start", "2025-03-02 fråga"],
        "2025-03-06",
    ),
    // One beginning that is moved to a working day, and one that need not be.
    (
        "regel ett\n  när start\n  lugnt gäller från datum flyttad till nästa arbetsdag",
        &["2025-03-01 start"],
        "2025-03-04",
    ),
    (
        "regel ett\n  när start\n  lugnt gäller från datum flyttad till nästa arbetsdag",
        &["2025-03-03 start"],
        "2025-03-04",
    ),
    // What a role may, and from when it may not.
    (
        "regel ett\n  när start\n  chef får svara till och med 2025-03-31\nregel två\n  när slut\n  chef får inte svara",
        &["2025-03-01 start", "2025-03-31 slut"],
        "2025-04-09",
    ),
    (
        "regel ett\n  när start\n  chef får svara till och med 2025-03-31\nregel två\n  när slut\n  chef får inte svara",
        &["2025-03-01 start", "2025-04-01 slut"],
        "2025-04-09",
    ),
    (
        "regel ett\n  när start\n  chef får svara\nregel två\n  när start\n  chef får inte svara",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel ett\n  när start\n  chef får svara\nregel två\n  när start\n  handläggare får inte svara\nregel tre\n  när start\n  chef får inte svara",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    // An opening state says of which values a fact holds, and thereby of which not.
    (
        "regel r\n  när fråga\n  om öppen för vänster\n    notering \"vänster\"\nregel s\n  när fråga\n  om öppen för höger\n    notering \"höger\"",
        &[
            "2025-02-01 ingående_läge {\"öppen\":[\"höger\"]}",
            "2025-02-02 fråga",
            "2025-02-03 ingående_läge {\"öppen\":[\"vänster\"]}",
            "2025-02-04 fråga",
        ],
        "2025-03-02",
    ),
    (
        "regel r\n  när fråga\n  ger chefens = antalet för chef\n  ger handläggarens = antalet för handläggare",
        &["2025-02-01 ingående_läge {\"antalet för handläggare\":3}", "2025-02-02 fråga"],
        "2025-03-02",
    ),
    (
        "regel r\n  när fråga\n  ger vänster = rutiner för vänster\n  ger höger = rutiner för höger",
        &["2025-02-01 ingående_läge {\"rutiner för vänster\":[\"a\"]}", "2025-02-02 fråga"],
        "2025-03-02",
    ),
    // An end that stands before any beginning is odd when two events say so, and not when one does.
    (
        "regel ett\n  när start\n  avtal upphör från och med datum\nregel två\n  när start\n  avtal gäller från 2 dagar efter datum",
        &["2025-03-01 start"],
        "2025-03-09",
    ),
    (
        "regel ett\n  när slut\n  avtal upphör från och med datum\nregel två\n  när start\n  avtal gäller från 2 dagar efter datum",
        &["2025-03-01 slut", "2025-03-02 start"],
        "2025-03-09",
    ),
    (
        "regel ett\n  den 2025-03-01\n  avtal upphör från och med datum\nregel två\n  när start\n  avtal gäller från 2 dagar efter datum",
        &["2025-02-01 slut", "2025-03-02 start"],
        "2025-03-09",
    ),
    (
        "regel ett\n  när slut\n  avtal upphör från och med datum\nregel två\n  den 2025-03-02\n  avtal gäller från 2 dagar efter datum",
        &["2025-03-01 slut"],
        "2025-03-09",
    ),
];

#[test]
fn of_changes() {
    insta::assert_snapshot!(list(COMMON, "", CASES));
}
