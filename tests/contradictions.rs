//! Events that contradict each other, and rules that do: each is decided as it stands, and said with both its places.
#![cfg(feature = "cli")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use frist::diagnostics::render::{Look, Style, render};
use frist::diagnostics::{Diagnostic, Severity};
use frist::run::OutcomeKind;
use frist::source::Sources;
use frist::{Language, Ruleset, Settings};

const RULES: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

roll staden "staden" en "the city"
åtgärd svara "svara" en "answer"
åtgärd ringa "ringa" en "call"
åtgärd sova "sova" en "sleep"

händelse tecknat
  start: datum
  slut: datum valfri
händelse uppsagt
  upphör_den: datum
händelse tak_anmält
  tak: antal
händelse fråga
händelse svar
händelse nämnt
händelse ringt
händelse kundantal
  antal: antal

uppgift avtal: ja/nej
uppgift tak: antal
uppgift samtal: antal från början 0
uppgift kunder: antal från kundantal.antal

regel börjar "Avtalet börjar" en "The contract begins"
  när tecknat
  om slut är angivet
    avtal gäller från start till och med slut
  annars
    avtal gäller från start
regel upphör "Avtalet upphör" en "The contract ends"
  när uppsagt
  avtal upphör från och med upphör_den
regel nytt_tak "Nytt tak" en "New cap"
  när tak_anmält
  tak blir händelsens tak från datum
regel högst_hundra "Högst hundra" en "At most a hundred"
  när tak_anmält
  om händelsens tak > 100
    tak blir 100 från datum
regel räkna "Räkna" en "Count"
  när ringt
  samtal blir gällande samtal + 1 från datum
regel svar_ska_ges "Svar ska ges" en "An answer is due"
  när fråga
  staden ska svara senast 5 dagar efter datum uppfylls av svar
regel nämnt_räknas "Nämnt" en "Mentioned"
  när nämnt
  staden ska ringa senast 5 dagar efter datum uppfylls av svar även tidigare
  staden får sova
regel får_inte_sova "Inte sova" en "No sleep"
  när nämnt där finns fråga
  staden får inte sova
"#;

/// A run of some lines, and what is odd in it.
struct Odd {
    sources: Sources,
    ruleset: Ruleset,
    read: Vec<Diagnostic>,
    anomalies: Vec<Diagnostic>,
    outcomes: Vec<(String, OutcomeKind)>,
}

/// What days bring as well as events, and duties with a first day, with periods, beside timers.
const BY_THE_CALENDAR: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

roll staden "staden" en "the city"
åtgärd svara "svara" en "answer"
åtgärd ringa "ringa" en "call"
åtgärd skriva "skriva" en "write"

händelse öppnat
händelse stängt
händelse bytt
händelse fråga
händelse svar
händelse påminnelse
händelse brev

uppgift öppet: ja/nej
uppgift bokat: ja/nej
uppgift utlånat: ja/nej

regel stängs_vid_årets_slut "Årets slut"
  den 2025-02-01
  öppet upphör från och med datum
regel bokas "Bokas"
  den 2025-02-01
  bokat gäller från 2025-08-01
regel öppnas "Öppnas"
  när öppnat
  öppet gäller från 30 dagar efter datum
regel stängs "Stängs"
  när stängt
  bokat upphör från och med datum
regel lämnas "Lämnas"
  när bytt
  utlånat upphör från och med datum
regel lånas "Lånas"
  när bytt
  utlånat gäller från 30 dagar efter datum
regel svar_ges "Svar ges"
  när fråga
  staden ska svara tidigast 10 dagar efter datum senast 60 dagar efter datum uppfylls av svar
regel ringa_efter "Ringa"
  när fråga
  staden ska ringa senast 5 dagar efter datum uppfylls av påminnelse
regel brev_väntas "Brev väntas"
  när fråga
  staden ska skriva senast 5 dagar efter datum uppfylls av brev
regel skriva_ofta "Skriva"
  när öppnat
  staden ska skriva minst 1 gång per kalendermånad till och med 2025-12-31 uppfylls av brev
regel efter_påminnelse "Efter påminnelsen"
  när 18 månader har gått sedan påminnelse
  notering "det har gått en tid" en "some time has passed"
"#;

fn odd(lines: &[&str]) -> Odd {
    odd_under(RULES, lines)
}

fn odd_under(rules: &str, lines: &[&str]) -> Odd {
    let mut loaded = Ruleset::load([("demo.frist", rules)]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let file = loaded.sources.add("events.jsonl", &lines.join("\n"));
    let input = ruleset.read(&loaded.sources, &[file], &Default::default());
    let decisions = ruleset.decide(&input.history, &Settings::as_of("2025-12-31".parse().unwrap()));
    let anomalies = ruleset.anomalies(&input.history, &decisions);
    let outcomes = decisions.outcomes().map(|(case, outcome)| (case.id.clone(), outcome.kind.clone()));
    let outcomes = outcomes.collect();
    Odd { sources: loaded.sources, ruleset, read: input.diagnostics, anomalies, outcomes }
}

impl Odd {
    /// The code, and of each label the words it underlines and what it says.
    fn only(&self) -> (String, Vec<(&str, &str)>) {
        assert_eq!(self.anomalies.len(), 1, "{:#?}", self.anomalies);
        let found = &self.anomalies[0];
        assert_eq!(found.severity, Severity::Warning);
        let labels =
            found.labels.iter().map(|label| (self.sources.slice(label.span), label.words.en.as_str()));
        (found.code.to_string(), labels.collect())
    }

    fn quiet(&self) -> bool {
        self.anomalies.is_empty()
    }
}

const SIGNED: &str = r#"{"case":"a","event":"tecknat","date":"2025-02-10","start":"2025-06-01"}"#;

#[test]
fn an_end_before_the_start_that_was_planned() {
    let told =
        odd(&[SIGNED, r#"{"case":"a","event":"uppsagt","date":"2025-03-03","upphör_den":"2025-06-01"}"#]);
    assert_eq!(
        told.only(),
        (
            "F0605".into(),
            vec![
                ("\"2025-06-01\"", "ends as of 2025-06-01"),
                ("\"2025-06-01\"", "was to begin on 2025-06-01"),
                ("avtal upphör från och med upphör_den", "ends it"),
                ("avtal gäller från start", "begins it"),
            ]
        )
    );
}

#[test]
fn an_end_on_a_day_on_which_it_has_held_is_as_it_should_be() {
    assert!(
        odd(&[SIGNED, r#"{"case":"a","event":"uppsagt","date":"2025-03-03","upphör_den":"2025-06-02"}"#])
            .quiet()
    );
    let late = r#"{"case":"a","event":"uppsagt","date":"2025-08-03","upphör_den":"2025-09-01"}"#;
    assert!(odd(&[SIGNED, late]).quiet());
    let once_more = r#"{"case":"a","event":"tecknat","date":"2025-08-02","start":"2025-10-01"}"#;
    assert!(odd(&[SIGNED, once_more, late]).quiet(), "it was said twice, and had begun");
    let again = r#"{"case":"a","event":"tecknat","date":"2025-10-10","start":"2025-11-01"}"#;
    assert!(odd(&[SIGNED, late, again]).quiet(), "a new contract after the old one");
    assert!(odd(&[late]).quiet(), "what began before the events set in is not for them to say");
}

#[test]
fn a_last_day_before_the_first() {
    let told = odd(&[
        r#"{"case":"a","event":"tecknat","date":"2025-02-10","start":"2025-06-01","slut":"2025-05-31"}"#,
    ]);
    assert_eq!(
        told.only(),
        (
            "F0605".into(),
            vec![
                ("\"2025-05-31\"", "by this event"),
                ("avtal gäller från start till och med slut", "by this rule")
            ]
        )
    );
    let one_day =
        r#"{"case":"a","event":"tecknat","date":"2025-02-10","start":"2025-06-01","slut":"2025-06-01"}"#;
    assert!(odd(&[one_day]).quiet(), "one day is a day");
}

#[test]
fn an_end_told_before_any_start() {
    let ended = r#"{"case":"a","event":"uppsagt","date":"2025-01-10","upphör_den":"2025-05-01"}"#;
    let told = odd(&[ended, SIGNED]);
    let (code, labels) = told.only();
    assert_eq!(code, "F0606");
    assert_eq!(labels[0], ("\"2025-05-01\"", "ends as of 2025-05-01"));
    assert_eq!(labels[1], ("\"2025-06-01\"", "begins only here, on 2025-06-01"));
    let again = r#"{"case":"a","event":"tecknat","date":"2025-10-10","start":"2025-11-01"}"#;
    assert_eq!(odd(&[ended, SIGNED, again]).only(), told.only(), "only the first beginning is late");
    let opening = r#"{"case":"a","event":"ingående_läge","date":"2025-01-01","avtal":true}"#;
    assert!(odd(&[opening, ended, SIGNED]).quiet());
}

#[test]
fn two_values_of_one_day() {
    let cap =
        |tak: u32, date: &str| format!(r#"{{"case":"a","event":"tak_anmält","date":"{date}","tak":{tak}}}"#);
    let told = odd(&[&cap(40, "2025-03-01"), &cap(50, "2025-03-01")]);
    assert_eq!(
        told.only(),
        (
            "F0607".into(),
            vec![
                ("40", "first 40; it is replaced"),
                ("50", "then 50; it stands"),
                ("tak blir händelsens tak från datum", "both times by this rule"),
            ]
        )
    );
    assert_eq!(told.outcomes.len(), 2, "both are decided");
    assert!(odd(&[&cap(40, "2025-03-01"), &cap(50, "2025-03-02")]).quiet(), "another day");
    let same = odd(&[&cap(40, "2025-03-01"), &cap(40, "2025-03-01")]);
    assert!(same.quiet(), "they agree");
    assert_eq!(same.read.iter().map(|found| found.code.to_string()).collect::<Vec<_>>(), ["F0721"]);

    let clashed = odd(&[&cap(200, "2025-03-01"), &cap(40, "2025-03-01")]);
    assert_eq!(clashed.only().0, "F0609", "no value stood before the second");

    let called = r#"{"case":"a","event":"ringt","date":"2025-03-01"}"#;
    assert!(odd(&[called, called]).quiet(), "the second reckons on from the first");

    let count =
        |antal: u32| format!(r#"{{"case":"a","event":"kundantal","date":"2025-03-01","antal":{antal}}}"#);
    let taken = odd(&[&count(4), &count(5)]);
    assert_eq!(taken.only().0, "F0607");
    assert_eq!(taken.only().1.len(), 2, "a fact that is taken from an event has no rule");
}

#[test]
fn a_duty_met_before_it_arose() {
    let answer = |date: &str| format!(r#"{{"case":"a","event":"svar","date":"{date}"}}"#);
    let question = r#"{"case":"a","event":"fråga","date":"2025-03-10"}"#;
    let told = odd(&[&answer("2025-03-09"), question]);
    assert_eq!(
        told.only(),
        (
            "F0608".into(),
            vec![
                ("\"2025-03-09\"", "counts only from 2025-03-10"),
                ("\"2025-03-10\"", "the duty arose here"),
                ("staden ska svara senast 5 dagar efter datum uppfylls av svar", "by this rule"),
            ]
        )
    );
    assert!(odd(&[&answer("2025-03-10"), question]).quiet(), "on the day itself it counts");
    assert!(
        odd(&[&answer("2025-03-09"), question, &answer("2025-04-01")]).quiet(),
        "it was answered, if late"
    );
    let before = r#"{"case":"a","event":"fråga","date":"2025-03-08"}"#;
    assert!(odd(&[before, &answer("2025-03-09"), question]).quiet(), "it answered the question before");
    let mentioned = r#"{"case":"a","event":"nämnt","date":"2025-03-10"}"#;
    assert!(odd(&[&answer("2025-03-09"), mentioned]).quiet(), "the rule lets it come earlier");
    assert!(odd(&[&answer("2024-12-09"), question]).quiet(), "before the ruleset: that is said already");
}

/// What a day brings is no report that somebody may have got wrong.
#[test]
fn events_contradict_each_other_and_no_days() {
    let event = |name: &str, date: &str| format!(r#"{{"case":"a","event":"{name}","date":"{date}"}}"#);
    let told = |lines: &[&str]| odd_under(BY_THE_CALENDAR, lines);
    let opened = event("öppnat", "2025-04-10");
    assert!(told(&[&opened]).quiet(), "a day ended it before the event began it");
    let early = event("öppnat", "2025-01-06");
    assert!(told(&[&early]).quiet(), "a day ended what the event was to begin");
    assert!(
        told(&[&event("bytt", "2025-01-06"), &event("stängt", "2025-06-01")]).quiet(),
        "a day was to begin it"
    );
    assert!(told(&[&event("bytt", "2025-03-01")]).quiet(), "one event ends a loan and begins the next");
}

#[test]
fn an_event_that_did_something_did_not_come_too_soon() {
    let event = |name: &str, date: &str| format!(r#"{{"case":"a","event":"{name}","date":"{date}"}}"#);
    let told = |lines: &[&str]| odd_under(BY_THE_CALENDAR, lines);
    let (question, opened) = (event("fråga", "2025-01-10"), event("öppnat", "2025-01-05"));
    let before_the_first_day = told(&[&question, &event("svar", "2025-01-19")]);
    assert_eq!(before_the_first_day.only().1[0], ("\"2025-01-19\"", "counts only from 2025-01-20"));
    assert!(told(&[&question, &event("svar", "2025-01-20")]).quiet());
    assert!(told(&[&event("påminnelse", "2025-01-05"), &question]).quiet(), "a time runs from it");
    assert!(told(&[&opened, &event("brev", "2025-01-05"), &question]).quiet(), "it counts for the month");
    let answered = told(&[&opened, &event("svar", "2025-01-07"), &question]);
    assert_eq!(answered.only().0, "F0608");
}

#[test]
fn rules_that_clash() {
    let told = odd(&[r#"{"case":"a","event":"tak_anmält","date":"2025-03-01","tak":200}"#]);
    let (code, labels) = told.only();
    assert_eq!(code, "F0609");
    assert_eq!(
        labels,
        [("nytt_tak", "says 200"), ("högst_hundra", "says 100"), ("\"2025-03-01\"", "on this event")]
    );
    let told = odd(&[
        r#"{"case":"a","event":"fråga","date":"2025-03-01"}"#,
        r#"{"case":"a","event":"svar","date":"2025-03-02"}"#,
        r#"{"case":"a","event":"nämnt","date":"2025-03-03"}"#,
    ]);
    let (code, labels) = told.only();
    assert_eq!((code.as_str(), labels[0].0, labels[1].0), ("F0609", "nämnt_räknas", "får_inte_sova"));
}

#[test]
fn the_other_cases_are_decided_and_each_is_told_in_both_languages() {
    let told = odd(&[
        r#"{"case":"a","event":"tecknat","date":"2025-02-10","start":"2025-06-01"}"#,
        r#"{"case":"a","event":"uppsagt","date":"2025-03-03","upphör_den":"2025-05-01"}"#,
        r#"{"case":"b","event":"svar","date":"2025-03-03"}"#,
        r#"{"case":"b","event":"fråga","date":"2025-03-10"}"#,
        r#"{"case":"c","event":"tak_anmält","date":"2025-03-01","tak":200}"#,
        r#"{"case":"d","event":"tak_anmält","date":"2025-03-01","tak":20}"#,
        r#"{"case":"d","event":"tak_anmält","date":"2025-03-01","tak":30}"#,
        r#"{"case":"e","event":"tecknat","date":"2025-02-10","start":"2025-06-01"}"#,
        r#"{"case":"e","event":"tak_anmält","date":"2025-01-10","tak":20}"#,
    ]);
    let cases: Vec<&str> = told.outcomes.iter().map(|(case, _)| case.as_str()).collect();
    assert_eq!(cases, ["a", "a", "b", "c", "d", "d", "e", "e"]);
    assert_eq!(told.ruleset.program().header.name, "demo");
    let all: Vec<Diagnostic> = told.read.iter().chain(&told.anomalies).cloned().collect();
    for (name, language) in [("sv", Language::Swedish), ("en", Language::English)] {
        let drawn = render(&all, &told.sources, language, Style::Graphical(Look::PLAIN));
        insta::assert_snapshot!(format!("all_{name}"), drawn);
    }
}

#[test]
fn an_empty_window_is_named_by_its_two_ends() {
    let rules = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
händelse besök "Besök" en "Visit"
  längd: antal
  sent: ja/nej = nej
händelse granskning
regel mått "Mått" en "Measure"
  när granskning
  ger snitt = (medel av besök.längd under senaste 14 dagar)
  ger sena = (andel av besök där sent under samma månad)
  ger längst = (största av besök.längd sedan 2025-01-10)
"#;
    let needs = |lines: &str| {
        let mut loaded = Ruleset::load([("demo.frist", rules)]);
        let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
        let file = loaded.sources.add("events.jsonl", lines);
        let input = ruleset.read(&loaded.sources, &[file], &Default::default());
        let decisions = ruleset.decide(&input.history, &Settings::as_of("2025-12-31".parse().unwrap()));
        let needs = decisions.outcomes().filter_map(|(_, outcome)| match &outcome.kind {
            OutcomeKind::Undetermined { needs, .. } => Some(needs[0].words.clone()),
            _ => None,
        });
        needs.collect::<Vec<_>>()
    };
    let none = needs(r#"{"case":"a","event":"granskning","date":"2025-01-14"}"#);
    assert_eq!(
        none.iter().map(|words| words.en.as_str()).collect::<Vec<_>>(),
        [
            "the event “Visit” from 1 January 2025 through 14 January 2025",
            "the event “Visit” from 1 January 2025 through 14 January 2025",
            "the event “Visit” from 10 January 2025 through 14 January 2025",
        ]
    );
    assert_eq!(
        none[0].sv,
        "händelsen ”Besök” från och med den 1 januari 2025 till och med den 14 januari 2025"
    );
    let old = needs(concat!(
        r#"{"case":"a","event":"besök","date":"2025-01-03","längd":4}"#,
        "\n",
        r#"{"case":"a","event":"granskning","date":"2025-02-01"}"#,
    ));
    assert_eq!(
        old.iter().map(|words| words.en.as_str()).collect::<Vec<_>>(),
        [
            "the event “Visit” from 19 January 2025 through 1 February 2025",
            "the event “Visit” on 1 February 2025",
            "the event “Visit” from 10 January 2025 through 1 February 2025",
        ],
        "what lies before the window does not count"
    );
}
