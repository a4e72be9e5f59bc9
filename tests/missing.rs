//! What is missing over all cases: gathered, counted, the most useful first.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use frist::missing::{Missing, render};
use frist::run::{Decisions, Settings};
use frist::{Language, Ruleset};

/// Rules that ask for customers, for a size and for the committee's days, one at a time and together.
const RULES: &str = r#"regelverk brist "Brist" en "Lack"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll nämnden "nämnden" en "the committee"
åtgärd pröva "pröva ärendet" en "examine the matter"
kalender sammanträden
händelse kundantal
  antal: antal
händelse avstämning
händelse ansökan
  yta: antal valfri
uppgift antal_kunder "antalet kunder" en "the number of customers": antal från kundantal.antal
uppgift storlek "storleken" en "the size": antal
uppgift liten "liten" en "small": ja/nej från början nej
regel få "Få kunder" en "Few customers"
  när avstämning
  om antal_kunder < 6
    liten gäller från datum
regel små "Små" en "Small ones"
  när avstämning
  om antal_kunder < 6 och storlek < 3
    notering "litet" en "small"
regel pröva_ärendet "Prövning" en "Examination"
  när ansökan
  nämnden ska pröva senast första sammanträden tidigast datum uppfylls av avstämning
regel yta "Yta" en "Area"
  när ansökan
  om inte liten
    notering "vanlig" en "usual"
regel stor "Stor yta" en "Large area"
  när ansökan
  om yta > 100
    notering "stor" en "large"
"#;

const EVENTS: &str = r#"{"case":"a","event":"avstämning","date":"2025-02-01"}
{"case":"b","event":"avstämning","date":"2025-03-01"}
{"case":"b","event":"ansökan","date":"2025-03-02","yta":120}
{"case":"c","event":"kundantal","date":"2025-02-01","antal":9}
{"case":"c","event":"avstämning","date":"2025-03-01"}
{"case":"d","event":"ansökan","date":"2025-03-02"}
"#;

fn decided(events: &str) -> (Ruleset, Decisions) {
    let mut loaded = Ruleset::load([("brist.frist", RULES)]);
    let said: Vec<&str> = loaded.diagnostics.iter().map(|found| found.message.en.as_str()).collect();
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{said:?}"));
    let file = loaded.sources.add("events.jsonl", events);
    let input = ruleset.read(&loaded.sources, &[file], &Default::default());
    assert_eq!(input.bad_lines, 0);
    let decisions = ruleset.decide(&input.history, &Settings::as_of("2025-12-31".parse().unwrap()));
    (ruleset, decisions)
}

fn named(ruleset: &Ruleset, missing: &Missing) -> String {
    frist::missing::words(ruleset.program(), missing.of).en
}

#[test]
fn what_settles_the_most_comes_first() {
    let (ruleset, decisions) = decided(EVENTS);
    let missing = ruleset.missing(&decisions);
    let counts: Vec<(String, usize, usize, usize, usize)> = missing
        .iter()
        .map(|one| (named(&ruleset, one), one.alone, one.together, one.assuming, one.cases().len()))
        .collect();
    let row =
        |name: &str, alone, together, assuming, cases| (name.to_owned(), alone, together, assuming, cases);
    assert_eq!(
        counts,
        [
            // Few customers in a and b; in both, Small ones lacks the size, too; in b, Area assumes that it is not small.
            row("the event kundantal", 2, 2, 1, 2),
            row("days of the calendar sammanträden", 2, 0, 0, 2),
            row("the field yta of the event ansökan", 1, 0, 0, 1),
            row("the size", 0, 2, 0, 2),
        ]
    );
}

#[test]
fn what_is_known_settles_what_was_said_to_be_settled() {
    let known = r#"{"case":"a","event":"kundantal","date":"2025-01-15","antal":9}
{"case":"b","event":"kundantal","date":"2025-01-15","antal":9}
"#;
    let open = |decisions: &Decisions| {
        let kinds = decisions.outcomes().map(|(_, outcome)| outcome.kind.name().as_str());
        kinds.filter(|kind| *kind == "undetermined").count()
    };
    let (ruleset, before) = decided(EVENTS);
    let (_, after) = decided(&format!("{known}{EVENTS}"));
    let first = &ruleset.missing(&before)[0];
    // With nine customers the size does not matter: those it contributes to are settled, too.
    assert_eq!(open(&before) - open(&after), first.alone + first.together);
    let assumes = after.outcomes().any(|(_, outcome)| !outcome.remarks.assumes.is_empty());
    assert!(!assumes);
    assert!(ruleset.missing(&after).iter().all(|one| named(&ruleset, one) != "the event kundantal"));
}

#[test]
fn what_is_missing_is_listed_told_and_data() {
    let (ruleset, decisions) = decided(EVENTS);
    let missing = ruleset.missing(&decisions);
    let (program, cases) = (ruleset.program(), &decisions.cases);
    for (code, language) in [("sv", Language::Swedish), ("en", Language::English)] {
        insta::assert_snapshot!(format!("text_{code}"), render::text(program, cases, &missing, language, 80));
        insta::assert_snapshot!(
            format!("narrated_{code}"),
            render::narrated(program, cases, &missing, language)
        );
    }
    insta::assert_snapshot!("json", render::json(program, cases, &missing, Language::English));
    assert_eq!(
        render::text(program, cases, &[], Language::Swedish, 80),
        "Inget saknas: alla utfall är avgjorda.\n"
    );
}
