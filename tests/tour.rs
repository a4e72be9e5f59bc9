//! Tours of rules: their rows hold when they are pasted under their rules, and show what they say they show.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

#[path = "support/paste.rs"]
mod paste;

use std::collections::BTreeSet;

use frist::program::RuleId;
use frist::source::Sources;
use frist::tour::{RuleTour, render, tour};
use frist::{Language, Ruleset};
use paste::{Texts, shown};

fn tours(ruleset: &Ruleset) -> Vec<RuleTour> {
    let all = 0..ruleset.program().rules.len();
    all.map(|place| tour(ruleset.program(), RuleId::at(place)).unwrap()).collect()
}

fn tour_of(ruleset: &Ruleset, name: &str) -> RuleTour {
    let place = ruleset.program().rules.iter().position(|rule| rule.named.name == name).unwrap();
    tour(ruleset.program(), RuleId::at(place)).unwrap()
}

/// The days and the text of each row.
fn lines(tour: &RuleTour) -> String {
    tour.rows.iter().map(|row| row.text.as_str()).collect()
}

/// All rows of all rules, pasted under their rules, hold, and together they reach every branch; what they do not show is
/// as expected: the rule, what it is and its words.
fn hold(name: &str, unshown: &[&str]) {
    let texts = Texts::of(name);
    let (ruleset, sources) = texts.load();
    let tours = tours(&ruleset);
    let rows =
        |tour: &RuleTour| tour.rows.iter().map(|row| (tour.rule, row.text.clone())).collect::<Vec<_>>();
    let lines: Vec<(RuleId, String)> = tours.iter().flat_map(rows).collect();
    assert!(lines.len() > ruleset.program().rules.len());
    let (pasted, after) = texts.with(&ruleset, &sources, &lines).load();
    let before: usize = ruleset.program().rules.iter().map(|rule| rule.examples.len()).sum();
    let results = pasted.test();
    assert_eq!(results.len(), before + lines.len());
    let failures: Vec<_> = results.into_iter().flat_map(|result| result.failures).collect();
    assert!(failures.is_empty(), "{}", shown(&failures, &after));

    let mut found = Vec::new();
    for tour in &tours {
        let rule = &ruleset.program().rules[tour.rule.index()];
        assert_eq!(tour.coverage.branches.0, tour.coverage.branches.1, "{}", rule.named.name);
        assert!(!tour.rows.is_empty(), "{}", rule.named.name);
        for unreached in &tour.unreached {
            found.push(format!("{}: {}", rule.named.name, unreached.words(&sources).sv));
        }
    }
    assert_eq!(found, unshown, "{found:#?}");
}

#[test]
fn the_rows_hold_in_kristianstad() {
    hold("kristianstad", &[]);
}

#[test]
fn the_rows_hold_in_ljungby() {
    // That a cap becomes what it was is no change, so the rule does not look.
    let unshown = "sänkt_tak_stoppar_intag: gränsen i `kapacitetstak < föregående kapacitetstak` hittas inte";
    hold("ljungby", &[unshown]);
}

#[test]
fn the_rows_hold_in_norrköping() {
    hold("norrkoping", &[]);
}

#[test]
fn the_rows_hold_in_stockholm() {
    hold("stockholm", &[]);
}

#[test]
fn the_rows_hold_in_the_follow_up_of_2020() {
    hold("uppfoljning-2020", &[]);
}

/// The rules of these tests.
fn rules() -> (Texts, Ruleset, Sources) {
    let texts = Texts::alone(include_str!("tour/regler.frist"));
    let (ruleset, sources) = texts.load();
    (texts, ruleset, sources)
}

#[test]
fn a_table_for_people() {
    let (_, ruleset, sources) = rules();
    let all = tours(&ruleset).into_iter();
    let text: Vec<String> =
        all.map(|tour| render::text(ruleset.program(), &sources, &tour, Language::Swedish, 100)).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn sentences_and_lines_for_programs() {
    let (_, ruleset, sources) = rules();
    let tour = tour_of(&ruleset, "avveckling");
    let program = ruleset.program();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        render::narrated(program, &sources, &tour, Language::English),
        render::json(program, &sources, &tour, Language::English)
    ));
}

#[test]
fn both_sides_of_each_limit_are_rows() {
    let (_, ruleset, _) = rules();
    let cap = lines(&tour_of(&ruleset, "nytt_tak"));
    // The last day in time and the first too late, in one month.
    let day = |wanted: &str| cap.lines().any(|line| line.contains("datum = ") && line.contains(wanted));
    assert!(day("-15,") && day("-16,"), "{cap}");
    assert!(cap.contains("nytt_tak = 1 timme 59 minuter, berörda = 1"), "{cap}");
    assert!(cap.contains("nytt_tak = 2 timmar, berörda = 1"), "{cap}");

    let winding_down = lines(&tour_of(&ruleset, "avveckling"));
    assert!(winding_down.contains("datum = 2025-02-01, upphör = 2025-04-30 ger inget"), "{winding_down}");
    assert!(
        winding_down.contains("datum = 2025-02-01, upphör = 2025-05-01 ger avtal upphör"),
        "{winding_down}"
    );
}

#[test]
fn short_months_leap_days_and_moved_days_are_rows() {
    let (_, ruleset, _) = rules();
    let notice = lines(&tour_of(&ruleset, "vanlig_uppsägning"));
    assert!(notice.contains("datum = 2025-08-31 ger avtal upphör från och med 2026-02-28"), "{notice}");
    assert!(notice.contains("datum = 2028-02-29 ger avtal upphör från och med 2028-08-29"), "{notice}");
    let answers: Vec<RuleTour> = tours(&ruleset);
    let moved = answers.iter().flat_map(|tour| &tour.rows);
    let moved: BTreeSet<&str> = moved.flat_map(|row| row.shows.iter().map(|note| note.name())).collect();
    for what in ["moved", "not_moved", "first_day", "last_day", "day_before_first", "day_after_last"] {
        assert!(moved.contains(what), "{what}: {moved:?}");
    }
    for what in ["yields", "barred", "no_branch", "stands", "month_end", "other_year"] {
        assert!(moved.contains(what), "{what}: {moved:?}");
    }
}

#[test]
fn every_answer_is_given_and_decides_by_itself() {
    let (_, ruleset, _) = rules();
    for tour in tours(&ruleset) {
        let full = |(reached, all): (usize, usize)| assert_eq!(reached, all, "{:?}", tour.rule);
        full(tour.coverage.branches);
        full(tour.coverage.answers);
        full(tour.coverage.alone);
        full(tour.coverage.limits);
        assert_eq!(tour.unreached, []);
    }
}

#[test]
fn the_same_rules_give_the_same_tour() {
    let (_, ruleset, _) = rules();
    for (one, other) in tours(&ruleset).iter().zip(&tours(&ruleset)) {
        assert_eq!(lines(one), lines(other));
    }
}

/// A tour taken of the rules as they are notices when they become others.
#[test]
fn a_tour_notices_a_changed_rule() {
    let (texts, ruleset, sources) = rules();
    let rows =
        |tour: &RuleTour| tour.rows.iter().map(|row| (tour.rule, row.text.clone())).collect::<Vec<_>>();
    let kept: Vec<(RuleId, String)> = tours(&ruleset).iter().flat_map(rows).collect();
    let with_rows = texts.with(&ruleset, &sources, &kept);
    let failing = |from: &str, to: &str| {
        let (name, text) = &with_rows.files[0];
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let changed = Texts::alone(&text.replace(from, to));
        assert_eq!(name, &changed.files[0].0);
        let (ruleset, _) = changed.load();
        ruleset.test().iter().filter(|result| !result.failures.is_empty()).count()
    };
    assert_eq!(failing("regelverk prov \"Prov\"", "regelverk prov \"Provet\""), 0);
    let faults = [
        ("senast den 15:e i månaden", "senast den 14:e i månaden"),
        ("senast den 15:e i månaden", "senast den 16:e i månaden"),
        ("senast den 15:e i månaden", "före den 15:e i månaden"),
        ("nytt_tak < gällande tak", "nytt_tak ≤ gällande tak"),
        ("och berörda > 0", "eller berörda > 0"),
        ("och berörda > 0", "och berörda > 1"),
        ("från den 1:a i 2:a månaden efter datum", "från den 1:a i 3:e månaden efter datum"),
        ("minst 3 månader före upphör", "minst 2 månader före upphör"),
        ("minst 3 månader före upphör", "minst 90 dagar före upphör"),
        ("senast 2 månader efter datum", "senast 8 veckor efter datum"),
        ("flyttad till nästa arbetsdag", "flyttad till föregående arbetsdag"),
        ("6 månader efter datum", "180 dagar efter datum"),
        ("  medan vite", "  medan inte vite"),
        ("skriftligt annars avslås", "inte skriftligt annars avslås"),
    ];
    for (from, to) in &faults {
        assert!(failing(from, to) > 0, "{from} → {to}");
    }
}

#[test]
fn examples_that_the_rule_has_are_not_printed_again() {
    let (texts, ruleset, sources) = rules();
    let tour = tour_of(&ruleset, "avveckling");
    let rows: Vec<(RuleId, String)> = tour.rows.iter().map(|row| (tour.rule, row.text.clone())).collect();
    assert!(!render::examples(ruleset.program(), &tour).is_empty());
    let (pasted, _) = texts.with(&ruleset, &sources, &rows).load();
    let again = tour_of(&pasted, "avveckling");
    assert!(again.rows.iter().all(|row| row.present.is_some()), "{}", lines(&again));
    assert_eq!(render::examples(pasted.program(), &again), "");
}

#[test]
fn the_lines_are_in_the_language_of_the_rule_file() {
    let text = "ruleset trial \"Trial\"\n  in force from 2025-01-01\n  months are counted according to SFS 1930:173\n\n\
        event noticed \"Noticed\"\n  written: yes/no = yes\n\nfact cap \"the cap\": yes/no\n\n\
        rule raise \"Raise\"\n  when noticed\n  if written\n    cap applies from 1 month after date\n  otherwise\n    denied \"not in writing\"\n";
    let texts = Texts::alone(text);
    let (ruleset, sources) = texts.load();
    let tour = tour_of(&ruleset, "raise");
    let all = lines(&tour);
    assert!(all.contains("example: date = ") && all.contains("gives denied \"not in writing\""), "{all}");
    let rows: Vec<(RuleId, String)> = tour.rows.iter().map(|row| (tour.rule, row.text.clone())).collect();
    let (pasted, _) = texts.with(&ruleset, &sources, &rows).load();
    assert!(pasted.test().iter().all(|result| result.failures.is_empty()));
}
