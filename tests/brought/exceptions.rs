//! Exceptions and branches: who yields to whom, and what is left open when it is not known.

use super::{Case, list};

const COMMON: &str = r#"händelse start
  stämmer: ja/nej = ja
  nivå: antal = 5
  namnen: flera text = {}
händelse sätt
  nivå_nu: antal
uppgift läge: antal
uppgift fri: ja/nej från början ja
regel sätts
  när sätt
  läge blir nivå_nu från datum
"#;

const CASES: &[Case] = &[
    // The exception of an exception: the rule stands again, wherever each is written.
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  medan stämmer\n  notering \"e\"\n\
         regel f undantag från e\n  medan stämmer\n  notering \"f\"",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel f undantag från e\n  medan stämmer\n  notering \"f\"\nregel e undantag från huvud\n  medan stämmer\n  notering \"e\"\n\
         regel huvud\n  när start\n  notering \"huvud\"",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  medan stämmer\n  notering \"e\"\n\
         regel f undantag från e\n  medan stämmer\n  notering \"f\"\nregel g undantag från f\n  medan stämmer\n  notering \"g\"",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    // Whether the exception applies is not known: an end is as open as a beginning.
    (
        "regel huvud\n  när start\n  fri upphör från och med datum\nregel e undantag från huvud\n  medan läge > 3\n  notering \"e\"\n\
         regel frågar\n  när 3 dagar har gått sedan start\n  om fri\n    notering \"fri\"",
        &["2025-03-01 start"],
        "2025-03-09",
    ),
    // An exception that brings nothing of its own.
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  medan läge > 3",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  medan läge > 3",
        &["2025-02-01 sätt {\"nivå_nu\":4}", "2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  medan läge > 3\n  om stämmer\n    inget",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    // A rule that brings nothing leaves nothing open.
    ("regel tom\n  när start\n  medan läge > 3", &["2025-03-01 start"], "2025-03-02"),
    ("regel tom\n  när start\n  om läge > 3\n    inget", &["2025-03-01 start"], "2025-03-02"),
    (
        "regel e undantag från huvud\n  om läge > 3\n    inget\nregel huvud\n  när start\n  notering \"huvud\"",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    // A branch that is chosen and brings nothing all the same.
    (
        "roll chef\nåtgärd svara\nhändelse svar\nregel huvud\n  när start\n  notering \"huvud\"\n\
         regel e undantag från huvud\n  om stämmer\n    chef ska svara till var och en av namnen utan angiven tid uppfylls av svar",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    // What it always brings is not known, and the branch taken brings nothing.
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  ger svar = läge\n  om stämmer\n    inget",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
    (
        "regel huvud\n  när start\n  notering \"huvud\"\nregel e undantag från huvud\n  om stämmer\n    inget",
        &["2025-03-01 start"],
        "2025-03-02",
    ),
];

#[test]
fn of_exceptions() {
    insta::assert_snapshot!(list(COMMON, "", CASES));
}
