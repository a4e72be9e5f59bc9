//! What differs between two days, which clock told on it, and where the derivations part.

use frist::diagnostics::clocks::THEN_AFTER_NOW;
use frist::explain::clocks::{Clock, EntryKind, PartsAt, ThenAndNow, What};

use crate::asked::Asked;
use crate::support::day;

/// A duty, a condition on a fact and on a look back, and a rule in two versions.
const RULES: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll staden "staden" en "the city"
åtgärd svara "svara" en "answer"
åtgärd stänga "stänga" en "close"
händelse fråga "En fråga" en "A question"
händelse svar "Ett svar" en "An answer"
händelse antal_meddelat "Antalet meddelas" en "The number is told"
  antal: antal
händelse avstämning "Avstämning" en "Reconciliation"
uppgift kunder "antalet kunder" en "the number of customers": antal från antal_meddelat.antal
regel svara "Svar" en "Answers"
  gäller från 2025-01-01 till och med 2025-06-30
  när fråga
  staden ska svara senast 10 dagar efter datum uppfylls av svar
regel svara "Svar" en "Answers"
  gäller från 2025-07-01
  när fråga
  staden ska svara senast 5 dagar efter datum uppfylls av svar
regel få "Få kunder" en "Few customers"
  när avstämning
  om kunder < 6
    staden ska stänga senast 30 dagar efter datum
  annars
    notering "många" en "many"
regel frågor "Många frågor" en "Many questions"
  när avstämning
  om (antal av fråga) > 1
    notering "flera frågor" en "several questions"
"#;

fn asked(lines: &[&str]) -> Asked {
    Asked::rules(RULES, &lines.join("\n"))
}

/// The points at which the one outcome that differs does.
fn points(asked: &Asked, then: &str, now: &str) -> Vec<(What, String, String)> {
    let parted = asked.parted(then, now, None);
    let case = &parted.cases[0];
    let [one] = case.differing.as_slice() else { panic!("{:#?}", asked.told(then, now, None)) };
    let words = |told: Option<&frist::explain::clocks::Told>| {
        told.map_or(String::new(), |told| told.words.en.clone())
    };
    let points = asked.parting(&parted, case, one).points;
    points.iter().map(|point| (point.what, words(point.then.as_ref()), words(point.now.as_ref()))).collect()
}

fn point(what: What, then: &str, now: &str) -> (What, String, String) {
    (what, then.to_owned(), now.to_owned())
}

#[test]
fn only_time_has_passed() {
    let asked = asked(&[r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#]);
    // The last day is 11 March: through its end nothing differs.
    assert!(asked.told("2025-03-05", "2025-03-11", None).is_empty());
    assert_eq!(asked.told("2025-03-11", "2025-03-12", None), ["a svara: changed status by as_of"]);
    assert_eq!(
        points(&asked, "2025-03-05", "2025-03-12"),
        [
            point(What::Day, "5 March 2025", "12 March 2025"),
            point(
                What::Outcome,
                "The city must answer by 11 March 2025. Not yet done on 5 March 2025: 6 days left.",
                "The city must answer by 11 March 2025. Overdue: the last day was 11 March 2025, 1 day before 12 March 2025."
            ),
        ]
    );
    // As of one day, then and now are the same.
    assert!(asked.told("2025-03-05", "2025-03-12", Some("2025-03-12")).is_empty());
}

#[test]
fn something_has_happened_since() {
    let asked = asked(&[
        r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#,
        r#"{"case":"a","event":"svar","date":"2025-03-10"}"#,
    ]);
    assert_eq!(asked.told("2025-03-09", "2025-03-10", None), ["a svara: changed status by event"]);
    // An answer after the last day: on the eve of it the duty was overdue, if there were days in between.
    let late = Asked::rules(
        RULES,
        concat!(
            r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#,
            "\n",
            r#"{"case":"a","event":"svar","date":"2025-03-20"}"#
        ),
    );
    assert_eq!(late.told("2025-03-05", "2025-03-31", None), ["a svara: changed status by as_of+event"]);
    assert_eq!(late.told("2025-03-19", "2025-03-20", None), ["a svara: changed status by event"]);
}

#[test]
fn something_became_known_later() {
    let asked = asked(&[
        r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#,
        r#"{"case":"a","event":"svar","date":"2025-03-10","known":"2025-03-20"}"#,
    ]);
    // What is dated on or before the earlier day and was entered after it was known later …
    assert_eq!(asked.told("2025-03-19", "2025-03-20", None), ["a svara: changed status by known"]);
    assert_eq!(asked.told("2025-03-10", "2025-03-20", None), ["a svara: changed status by known"]);
    // … and what is dated after it has happened since, whenever it was entered.
    assert_eq!(asked.told("2025-03-09", "2025-03-20", None), ["a svara: changed status by event"]);
    // Known by the end of the day is known.
    assert!(asked.told("2025-03-20", "2025-03-21", None).is_empty());
    let parted = asked.parted("2025-03-10", "2025-03-20", None);
    let entry = parted.cases[0].entries[0];
    assert_eq!((entry.kind, entry.on), (EntryKind::Late, Some(day("2025-03-20"))));
}

#[test]
fn another_version_of_the_rule_applies_to_the_corrected_date() {
    let asked = asked(&[
        r#"{"id":"1","case":"a","event":"fråga","date":"2025-06-30"}"#,
        r#"{"replaces":"1","case":"a","event":"fråga","date":"2025-07-01","known":"2025-07-10"}"#,
    ]);
    assert_eq!(
        asked.told("2025-07-05", "2025-07-12", Some("2025-07-05")),
        ["a svara: changed version+date+fired by known+version"]
    );
    let points = points(&asked, "2025-07-05", "2025-07-12");
    let what: Vec<What> = points.iter().map(|(what, ..)| *what).collect();
    assert_eq!(what, [What::Line, What::Field, What::Day, What::Rule, What::Outcome]);
    assert_eq!(points[1], point(What::Field, "30 June 2025", "1 July 2025"));
    assert_eq!(
        points[3],
        point(
            What::Rule,
            "“Answers” in the version from 1 January 2025",
            "“Answers” in the version from 1 July 2025"
        )
    );
}

#[test]
fn the_difference_is_followed_from_the_line_through_fact_and_condition_to_the_branch() {
    let asked = asked(&[
        r#"{"id":"n","case":"a","event":"antal_meddelat","date":"2025-02-01","antal":5}"#,
        r#"{"case":"a","event":"avstämning","date":"2025-03-01"}"#,
        r#"{"replaces":"n","case":"a","event":"antal_meddelat","date":"2025-02-01","antal":6,"known":"2025-03-15"}"#,
    ]);
    assert_eq!(
        asked.told("2025-03-10", "2025-03-20", Some("2025-03-10")),
        ["a få: changed branch+kind by known"]
    );
    assert_eq!(
        points(&asked, "2025-03-10", "2025-03-20"),
        [
            point(What::Line, "known since 1 February 2025", "corrected on 15 March 2025"),
            point(What::Field, "5", "6"),
            point(
                What::Fact,
                "5, since 1 February 2025 (“The number is told”)",
                "6, since 1 February 2025 (“The number is told”)"
            ),
            point(
                What::Condition,
                "true: the number of customers (5) is less than 6",
                "false: the number of customers (6) is not less than 6"
            ),
            point(What::Branch, "number 1", "number 2"),
            point(
                What::Outcome,
                "The city must close by 31 March 2025. Not yet done on 10 March 2025: 21 days left.",
                "Note: many."
            ),
        ]
    );
}

#[test]
fn a_rule_that_brought_nothing_then_shows_the_condition_that_did_not_hold() {
    let asked = asked(&[
        r#"{"case":"a","event":"fråga","date":"2025-02-01"}"#,
        r#"{"case":"a","event":"svar","date":"2025-02-01"}"#,
        r#"{"case":"a","event":"antal_meddelat","date":"2025-02-01","antal":9}"#,
        r#"{"id":"r","case":"a","event":"fråga","date":"2025-02-15","known":"2025-03-15"}"#,
        r#"{"case":"a","event":"svar","date":"2025-02-15","known":"2025-03-15"}"#,
        r#"{"case":"a","event":"avstämning","date":"2025-03-01"}"#,
    ]);
    assert_eq!(
        asked.told("2025-03-10", "2025-03-20", None),
        ["a svara: came by known", "a frågor: came by known"]
    );
    let parted = asked.parted("2025-03-10", "2025-03-20", None);
    let case = &parted.cases[0];
    // Of the two lines it is the question that the count goes by.
    assert_eq!(case.entries.len(), 2);
    assert_eq!(case.differing[1].at, [PartsAt::Lines(vec![0])]);
    let parting = asked.parting(&parted, case, &case.differing[1]);
    let what: Vec<What> = parting.points.iter().map(|point| point.what).collect();
    assert_eq!(what, [What::Line, What::LookBack, What::Condition, What::Outcome]);
    let condition = &parting.points[2];
    assert_eq!(
        condition.then.as_ref().unwrap().words.en,
        "false: the number of “A question” (1) is not more than 1"
    );
    assert!(parting.then.is_none() && parting.now.is_some() && parting.why_not.is_some());
    // Where the event itself was not there, there is nothing more to say.
    assert!(asked.parting(&parted, case, &case.differing[0]).why_not.is_none());
}

#[test]
fn of_an_outcome_that_went_with_a_corrected_line_both_ways_are_followed() {
    let rules = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
händelse gräns "Gränsen sätts" en "The limit is set"
  n: antal
händelse mätt "Något mättes" en "Something was measured"
  n: antal
uppgift gränsen "gränsen" en "the limit": antal från gräns.n
regel för_mycket "För mycket" en "Too much"
  när mätt
  om n > gränsen
    anmärkning "för mycket" en "too much"
"#;
    let lines = [
        r#"{"id":"g","case":"a","event":"gräns","date":"2025-02-01","n":5}"#,
        r#"{"id":"m","case":"a","event":"mätt","date":"2025-03-01","n":7}"#,
        r#"{"replaces":"g","case":"a","event":"gräns","date":"2025-02-01","n":6,"known":"2025-03-14"}"#,
        r#"{"replaces":"m","case":"a","event":"mätt","date":"2025-03-02","n":6,"known":"2025-03-15"}"#,
    ];
    let asked = Asked::rules(rules, &lines.join("\n"));
    assert_eq!(asked.told("2025-03-10", "2025-03-20", None), ["a för_mycket: went by known"]);
    assert_eq!(
        points(&asked, "2025-03-10", "2025-03-20"),
        [
            point(What::Line, "known since 1 March 2025", "corrected on 15 March 2025"),
            point(What::Field, "1 March 2025", "2 March 2025"),
            point(What::Field, "7", "6"),
            point(
                What::Fact,
                "5, since 1 February 2025 (“The limit is set”)",
                "6, since 1 February 2025 (“The limit is set”)"
            ),
            point(What::Condition, "true: n (7) is more than 5", "false: n (6) is not more than 6"),
            point(What::Outcome, "Finding: too much.", ""),
        ]
    );
}

#[test]
fn a_line_withdrawn_takes_its_outcomes_with_it_and_one_moved_to_another_case_takes_them_there() {
    let withdrawn = asked(&[
        r#"{"id":"1","case":"a","event":"fråga","date":"2025-03-01"}"#,
        r#"{"replaces":"1","known":"2025-03-05"}"#,
    ]);
    assert_eq!(withdrawn.told("2025-03-04", "2025-03-05", None), ["a svara: went by known"]);
    let parted = withdrawn.parted("2025-03-04", "2025-03-05", None);
    assert_eq!(parted.cases[0].now, None, "with its only line the case is gone");
    assert_eq!(parted.cases[0].entries[0].kind, EntryKind::Withdrawn);
    let moved = asked(&[
        r#"{"id":"1","case":"a","event":"fråga","date":"2025-03-01"}"#,
        r#"{"replaces":"1","case":"b","event":"fråga","date":"2025-03-01","known":"2025-03-05"}"#,
    ]);
    assert_eq!(
        moved.told("2025-03-04", "2025-03-05", None),
        ["b svara: came by known", "a svara: went by known"]
    );
}

#[test]
fn what_was_entered_and_withdrawn_in_between_leaves_no_trace() {
    let asked = asked(&[
        r#"{"case":"a","event":"avstämning","date":"2025-02-01"}"#,
        r#"{"id":"1","case":"a","event":"fråga","date":"2025-03-01"}"#,
        r#"{"replaces":"1","known":"2025-03-05"}"#,
    ]);
    let parted = asked.parted("2025-02-20", "2025-03-20", None);
    assert!(parted.cases[0].entries.is_empty() && parted.cases[0].differing.is_empty());
}

#[test]
fn the_point_where_they_part_is_the_last_departure() {
    // Corrected to six and back to five, and then to seven: only the last correction counts, and it is one line.
    let asked = asked(&[
        r#"{"id":"n","case":"a","event":"antal_meddelat","date":"2025-02-01","antal":5}"#,
        r#"{"case":"a","event":"antal_meddelat","date":"2025-02-10","antal":4,"known":"2025-03-12"}"#,
        r#"{"case":"a","event":"antal_meddelat","date":"2025-02-11","antal":8,"known":"2025-03-13"}"#,
        r#"{"case":"a","event":"avstämning","date":"2025-03-01"}"#,
    ]);
    let parted = asked.parted("2025-03-10", "2025-03-20", Some("2025-03-10"));
    let case = &parted.cases[0];
    assert_eq!(case.differing.len(), 1);
    assert_eq!(
        case.differing[0].at,
        [PartsAt::Lines(vec![1])],
        "with four customers it was what it had been"
    );
}

#[test]
fn more_lines_than_can_be_taken_one_by_one_are_named_together() {
    let mut lines = vec![r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#.to_owned()];
    for number in 0..400 {
        let date = day("2024-01-01").plus_days(number).unwrap();
        lines.push(format!(
            r#"{{"case":"a","event":"antal_meddelat","date":"{date}","antal":{number},"known":"2025-03-15"}}"#
        ));
    }
    lines.push(r#"{"case":"a","event":"svar","date":"2025-03-02","known":"2025-03-16"}"#.to_owned());
    let asked = Asked::rules(RULES, &lines.join("\n"));
    let parted = asked.parted("2025-03-10", "2025-03-20", Some("2025-03-10"));
    let case = &parted.cases[0];
    assert_eq!((case.entries.len(), case.differing.len()), (401, 1));
    assert_eq!(case.differing[0].at, [PartsAt::Lines(vec![400])]);
    assert_eq!(case.differing[0].clocks, [Clock::Known]);
}

#[test]
fn then_is_no_later_than_now() {
    let wrong = ThenAndNow::new(day("2025-03-02"), day("2025-03-01")).unwrap_err();
    assert_eq!(wrong.code, THEN_AFTER_NOW);
    assert!(ThenAndNow::new(day("2025-03-01"), day("2025-03-01")).is_ok());
}
