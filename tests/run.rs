//! What a run does, one small ruleset at a time: the order within a day, exceptions, conflicts, changes of facts,
//! duties that come back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod support;

use serde_json::{Value as Json, json};
use support::load_texts;

/// The head that every small ruleset begins with.
const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

källa rutin "Rutin" en "Routine"

roll chef "chefen" en "the head"
roll kontaktman "kontaktmannen" en "the contact"

åtgärd svara "svara" en "answer"
åtgärd läsa "läsa journalen" en "read the journal"

händelse start "Start" en "Start"
  antal "antalet" en "the number": antal = 0
händelse slut "Slut" en "End"
händelse svar "Svar" en "Answer"
händelse läst "Journalen är läst" en "The journal is read"

uppgift aktiv "perioden" en "the period": ja/nej
uppgift nivå "nivån" en "the level": antal
"#;

fn run(rules: &str, events: &[Json], as_of: &str) -> Vec<Json> {
    let text = format!("{HEAD}{rules}");
    let mut loaded = load_texts([("demo.frist", text.as_str())]);
    let lines: String = events
        .iter()
        .map(|event| {
            let mut event = event.clone();
            event["case"] = json!("a");
            format!("{event}\n")
        })
        .collect();
    loaded.decide(&lines, as_of)
}

/// The kinds of the outcomes, each with its rule and day.
fn kinds(outcomes: &[Json]) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    outcomes
        .iter()
        .map(|o| format!("{} {} {}", text(&o["fired"]), text(&o["rule"]), text(&o["kind"])))
        .collect()
}

#[test]
fn an_exception_withholds_its_rule_and_says_so() {
    let rules = r#"
regel huvudregel "Huvudregel" en "Main rule"
  när start
  aktiv gäller från datum

regel undantaget "Undantag" en "Exception" undantag från huvudregel
  när start
  om antal > 5
    notering "för många" en "too many"
"#;
    let few = run(rules, &[json!({"event": "start", "date": "2025-03-01", "antal": 5})], "2025-03-31");
    assert_eq!(kinds(&few), ["2025-03-01 huvudregel begins"]);
    let many = run(rules, &[json!({"event": "start", "date": "2025-03-01", "antal": 6})], "2025-03-31");
    assert_eq!(kinds(&many), ["2025-03-01 undantaget note"]);
    assert_eq!(many[0]["yielded"], json!(["huvudregel"]));
}

#[test]
fn two_rules_of_one_trigger_that_disagree_are_a_conflict() {
    let rules = r#"
regel ett "Ett" en "One"
  när start
  nivå blir 1 från datum

regel två "Två" en "Two"
  när start
  nivå blir 2 från datum

regel läser "Läser" en "Reads"
  när svar
  om nivå = 1
    notering "ett" en "one"
  annars
    notering "annat" en "other"
"#;
    let outcomes = run(
        rules,
        &[json!({"event": "start", "date": "2025-03-01"}), json!({"event": "svar", "date": "2025-03-02"})],
        "2025-03-31",
    );
    assert_eq!(kinds(&outcomes), ["2025-03-01 ett conflict", "2025-03-02 läser undetermined"]);
    assert_eq!(outcomes[0]["rules"], json!(["ett", "två"]));
    assert_eq!(outcomes[0]["subject"], json!("nivå"));
}

#[test]
fn a_rule_reads_the_world_before_its_trigger_and_a_change_rule_after_it() {
    let rules = r#"
regel höj "Höj" en "Raise"
  när start
  nivå blir antal från datum
  om nivå är okänt
    notering "första gången" en "the first time"

regel ändrad "Ändrad" en "Changed"
  när nivå ändras
  om nivå > 3
    notering "över tre" en "over three"
"#;
    let outcomes = run(
        rules,
        &[
            json!({"event": "start", "date": "2025-03-01", "antal": 2}),
            json!({"event": "start", "date": "2025-03-05", "antal": 9}),
        ],
        "2025-03-31",
    );
    assert_eq!(
        kinds(&outcomes),
        ["2025-03-01 höj becomes", "2025-03-01 höj note", "2025-03-05 höj becomes", "2025-03-05 ändrad note",]
    );
    assert_eq!(outcomes[3]["trigger"], json!({"fact": "nivå", "date": "2025-03-05"}));
}

#[test]
fn a_missed_duty_has_its_consequence_before_the_events_of_the_day_after() {
    let rules = r#"
regel svara_i_tid "Svara i tid" en "Answer in time"
  när start
  chef ska svara senast 3 dagar efter datum uppfylls av svar uteblir det aktiv gäller från dagen efter sista_dagen

regel svar_avslutar "Svar avslutar" en "An answer ends it"
  när svar
  medan aktiv
  aktiv upphör från och med datum
"#;
    let late = run(
        rules,
        &[json!({"event": "start", "date": "2025-04-14"}), json!({"event": "svar", "date": "2025-04-18"})],
        "2025-04-30",
    );
    assert_eq!(
        kinds(&late),
        ["2025-04-14 svara_i_tid duty", "2025-04-18 svara_i_tid begins", "2025-04-18 svar_avslutar ends"]
    );
    assert_eq!(late[0]["status"], "met_late");
    assert_eq!(late[1]["missed_on"], "2025-04-17");
    // On the last day it is in time: nothing follows, and whether the period holds is not known.
    let in_time = run(
        rules,
        &[json!({"event": "start", "date": "2025-04-14"}), json!({"event": "svar", "date": "2025-04-17"})],
        "2025-04-30",
    );
    assert_eq!(kinds(&in_time), ["2025-04-14 svara_i_tid duty", "2025-04-17 svar_avslutar undetermined"]);
    assert_eq!(in_time[0]["status"], "met");
}

#[test]
fn the_order_of_lines_within_a_day_does_not_matter_to_what_meets_a_duty() {
    let rules = r#"
regel svara_i_tid "Svara i tid" en "Answer in time"
  när start
  chef ska svara senast 3 dagar efter datum uppfylls av svar
"#;
    for turned in [false, true] {
        let mut events = vec![
            json!({"event": "start", "date": "2025-04-14"}),
            json!({"event": "svar", "date": "2025-04-14"}),
        ];
        if turned {
            events.reverse();
        }
        let outcomes = run(rules, &events, "2025-04-30");
        assert_eq!(outcomes[0]["status"], "met", "turned: {turned}");
    }
}

#[test]
fn a_duty_that_comes_back_counts_whole_months_while_its_ground_holds() {
    let rules = r#"
regel läs "Läs varje månad" en "Read every month"
  när start
  aktiv gäller från datum
  kontaktman ska läsa minst 1 gång per hel kalendermånad uppfylls av läst så länge aktiv

regel slut_nu "Slut" en "End"
  när slut
  aktiv upphör från och med datum
"#;
    let outcomes = run(
        rules,
        &[
            json!({"event": "start", "date": "2025-01-17"}),
            json!({"event": "läst", "date": "2025-02-28"}),
            json!({"event": "läst", "date": "2025-04-01"}),
            json!({"event": "slut", "date": "2025-06-15"}),
        ],
        "2025-08-31",
    );
    let duty = outcomes.iter().find(|outcome| outcome["kind"] == "recurring_duty").unwrap();
    // January and June are not whole; July comes after the end.
    assert_eq!(duty["missed"], json!(["2025-03", "2025-05"]));
    assert_eq!(duty["status"], "lapsed");
}

#[test]
fn a_version_is_chosen_by_the_day_of_the_event_that_started_it() {
    let rules = r#"
regel efter_tid "Efter en tid" en "After a time"
  gäller från 2025-01-01 till och med 2025-06-30
  när 12 månader har gått sedan start
  notering "tolv" en "twelve"

regel efter_tid "Efter en tid" en "After a time"
  gäller från 2025-07-01
  när 18 månader har gått sedan start
  notering "arton" en "eighteen"
"#;
    for (start, fired, version) in
        [("2025-06-30", "2026-06-30", "2025-01-01"), ("2025-07-01", "2027-01-01", "2025-07-01")]
    {
        let outcomes = run(rules, &[json!({"event": "start", "date": start})], "2028-01-01");
        assert_eq!(outcomes.len(), 1, "each start fires exactly once");
        assert_eq!((&outcomes[0]["fired"], &outcomes[0]["version"]), (&json!(fired), &json!(version)));
    }
}

#[test]
fn what_was_scheduled_is_replaced_and_says_by_what() {
    let rules = r#"
regel börja "Börja" en "Begin"
  när start
  aktiv gäller från datum

regel sluta "Sluta" en "Stop"
  när slut
  aktiv upphör från och med 1 månad efter datum
"#;
    let outcomes = run(
        rules,
        &[
            json!({"event": "start", "date": "2025-01-10"}),
            json!({"event": "slut", "date": "2025-02-01"}),
            json!({"event": "start", "date": "2025-02-10"}),
        ],
        "2025-02-28",
    );
    assert_eq!(outcomes[1]["on"], "2025-03-01");
    assert_eq!(outcomes[1]["superseded_by"], json!({"rule": "börja", "day": "2025-02-10"}));
    assert!(outcomes[2].get("no_change").is_none());
}

#[test]
fn an_event_whose_own_requirement_is_unknown_leaves_its_rules_undetermined() {
    let rules = r#"
händelse begäran "Begäran" en "A request"
  kräver nivå > 1 annars avslås "för låg nivå" en "too low a level"

regel begäran_gäller "Begäran gäller" en "The request applies"
  när begäran
  aktiv gäller från datum

regel nivå_sätts "Nivån sätts" en "The level is set"
  när start
  nivå blir antal från datum

regel läser "Läser" en "Reads"
  när svar
  om aktiv är okänt
    notering "okänt" en "unknown"
"#;
    let asked = json!({"event": "begäran", "date": "2025-03-05"});
    let answered = json!({"event": "svar", "date": "2025-03-06"});
    let unknown = run(rules, &[asked.clone(), answered.clone()], "2025-03-31");
    assert_eq!(
        kinds(&unknown),
        [
            "2025-03-05 begäran undetermined",
            "2025-03-05 begäran_gäller undetermined",
            "2025-03-06 läser note",
        ]
    );
    assert_eq!(unknown[2]["assumes"], json!([{"rule": "begäran_gäller", "day": "2025-03-05"}]));
    // Known to fail: the event is denied and no rule looks at it. Known to hold: the rule does.
    for (level, expected) in [(1, "2025-03-05 begäran denied"), (2, "2025-03-05 begäran_gäller begins")] {
        let start = json!({"event": "start", "date": "2025-03-01", "antal": level});
        let outcomes = run(rules, &[start, asked.clone()], "2025-03-31");
        assert_eq!(kinds(&outcomes), ["2025-03-01 nivå_sätts becomes", expected]);
    }
}

#[test]
fn an_exception_withholds_a_timer_and_a_turn_of_the_calendar_too() {
    let rules = r#"
regel varnar "Varnar" en "Warns"
  när 5 dagar har gått sedan start
  notering "dags" en "time"

regel skonar "Skonar" en "Spares" undantag från varnar
  om antal > 5
    anmärkning "sent" en "late"

regel månad "Månad" en "Month"
  när månaden är slut i ärende sak
  notering "slut" en "over"

regel mars "Mars" en "March" undantag från månad
  om nivå är okänt
    inget
"#;
    let rules = format!("ärende sak\n{rules}");
    for (number, kind) in [(5, "varnar note"), (6, "skonar finding")] {
        let start = json!({"event": "start", "date": "2025-03-01", "antal": number});
        let outcomes = run(&rules, &[start], "2025-03-31");
        assert_eq!(kinds(&outcomes), [format!("2025-03-06 {kind}"), "2025-03-31 månad withheld".to_owned()]);
    }
}

#[test]
fn an_exception_applies_although_one_of_its_effects_is_unknown() {
    let rules = r#"
regel vanlig "Vanlig" en "Usual"
  när start
  notering "vanlig" en "usual"

regel udda "Udda" en "Odd" undantag från vanlig
  nivå blir nivå från datum
"#;
    let outcomes = run(rules, &[json!({"event": "start", "date": "2025-03-01"})], "2025-03-31");
    assert_eq!(kinds(&outcomes), ["2025-03-01 udda undetermined"]);
    assert_eq!(outcomes[0]["yielded"], json!(["vanlig"]));
}

#[test]
fn an_event_denied_by_its_own_requirement_starts_no_timer() {
    let rules = r#"
händelse begäran "Begäran" en "A request"
  skriftligt "skriftligt" en "in writing": ja/nej
  kräver skriftligt annars avslås "inte skriftlig" en "not in writing"

regel senare "Senare" en "Later"
  när 5 dagar har gått sedan begäran
  notering "nu" en "now"
"#;
    for (written, expected) in [(false, "2025-03-01 begäran denied"), (true, "2025-03-06 senare note")] {
        let asked = json!({"event": "begäran", "date": "2025-03-01", "skriftligt": written});
        assert_eq!(kinds(&run(rules, &[asked], "2025-03-31")), [expected]);
    }
}

#[test]
fn what_does_not_hold_settles_a_trigger_whatever_is_unknown_of_the_rest() {
    let rules = r#"
regel provad "Prövad" en "Tried"
  när start där nivå > 3
  medan antal > 5
  notering "prövad" en "tried"
"#;
    for (number, expected) in [(5, &[][..]), (6, &["2025-03-01 provad undetermined"])] {
        let start = json!({"event": "start", "date": "2025-03-01", "antal": number});
        assert_eq!(kinds(&run(rules, &[start], "2025-03-31")), expected);
    }
}

#[test]
fn two_that_begin_alike_and_end_apart_are_a_conflict_wherever_they_stand() {
    let one = "regel ett\n  när start\n  aktiv gäller från datum till och med 2025-03-10\n";
    let other = "regel två\n  när start\n  aktiv gäller från datum\n";
    for rules in [format!("{one}{other}"), format!("{other}{one}")] {
        let outcomes = run(&rules, &[json!({"event": "start", "date": "2025-03-01"})], "2025-03-31");
        assert_eq!(outcomes.len(), 1, "{outcomes:?}");
        assert_eq!(outcomes[0]["kind"], "conflict");
    }
}

#[test]
fn an_end_before_the_beginning_leaves_no_day() {
    let rules = r#"
regel bakvänd "Bakvänd" en "Backwards"
  när start
  aktiv gäller från datum till och med dagen före datum

regel läser "Läser" en "Reads"
  när svar
  om aktiv
    notering "gäller" en "holds"
  annars
    notering "gäller inte" en "does not hold"
"#;
    let events =
        [json!({"event": "start", "date": "2025-03-01"}), json!({"event": "svar", "date": "2025-03-02"})];
    assert_eq!(run(rules, &events, "2025-03-31")[1]["text"], "gäller inte");
}

#[test]
fn what_falls_away_and_is_met_on_one_day_is_met_in_either_order() {
    let rules = r#"
regel svara_i_tid "Svara i tid" en "Answer in time"
  när start
  chef ska svara senast 9 dagar efter datum uppfylls av svar bortfaller vid slut
"#;
    for turned in [false, true] {
        let mut events = vec![
            json!({"event": "start", "date": "2025-04-14"}),
            json!({"event": "slut", "date": "2025-04-15"}),
            json!({"event": "svar", "date": "2025-04-15"}),
        ];
        if turned {
            events.swap(1, 2);
        }
        assert_eq!(run(rules, &events, "2025-04-30")[0]["status"], "met", "turned: {turned}");
    }
}

#[test]
fn too_early_an_event_does_not_meet_a_duty_but_can_make_it_fall_away() {
    let rules = r#"
regel svara_senare "Svara senare" en "Answer later"
  när start
  chef ska svara tidigast 5 dagar efter datum senast 9 dagar efter datum uppfylls av svar bortfaller vid svar
"#;
    let events =
        [json!({"event": "start", "date": "2025-04-14"}), json!({"event": "svar", "date": "2025-04-15"})];
    assert_eq!(run(rules, &events, "2025-04-30")[0]["status"], "lapsed");
}

#[test]
fn a_duty_lapses_on_the_day_that_time_alone_ends_its_ground() {
    let rules = r#"
uppgift nyss "nyss läst" en "read lately" = finns läst under senaste 5 dagar

regel svara_medan "Svara medan" en "Answer while"
  när start
  chef ska svara senast 20 dagar efter datum uppfylls av svar så länge nyss
"#;
    let events =
        [json!({"event": "läst", "date": "2025-04-14"}), json!({"event": "start", "date": "2025-04-14"})];
    assert_eq!(run(rules, &events, "2025-04-18")[0]["status"], "open");
    assert_eq!(run(rules, &events, "2025-05-31")[0]["status"], "lapsed");
}

#[test]
fn an_outcome_assumes_what_it_read_and_not_what_its_neighbours_did() {
    let rules = r#"
regel höj "Höj" en "Raise"
  när start där aktiv
  nivå blir antal från datum

regel läser "Läser" en "Reads"
  när svar
  ger x = antal av svar
  ger y = nivå + 1
  ger z = antal av start
"#;
    let events =
        [json!({"event": "start", "date": "2025-03-01"}), json!({"event": "svar", "date": "2025-03-02"})];
    let outcomes = run(rules, &events, "2025-03-31");
    let assuming: Vec<bool> = outcomes[1..].iter().map(|outcome| outcome.get("assumes").is_some()).collect();
    assert_eq!(assuming, [false, true, false]);
}

#[test]
fn a_later_prohibition_replaces_an_earlier_permission() {
    let rules = r#"
regel får "Får" en "May"
  när start
  chef får svara

regel får_inte "Får inte" en "Must not"
  när slut
  chef får inte svara från dagen efter datum
"#;
    let events =
        [json!({"event": "start", "date": "2025-03-01"}), json!({"event": "slut", "date": "2025-03-05"})];
    let outcomes = run(rules, &events, "2025-03-31");
    assert_eq!(outcomes[0]["superseded_by"], json!({"rule": "får_inte", "day": "2025-03-05"}));
}

#[test]
fn looking_back_at_an_earlier_line_of_the_day_is_said() {
    let rules = r#"
regel räknar "Räknar" en "Counts"
  när svar
  om antal av läst > 0
    notering "läst" en "read"
"#;
    let events =
        [json!({"event": "läst", "date": "2025-03-01"}), json!({"event": "svar", "date": "2025-03-01"})];
    assert_eq!(run(rules, &events, "2025-03-31")[0]["same_day_order"], json!([1, 2]));
}

#[test]
fn none_is_unknown_in_a_sum_and_where_a_fact_cannot_be_none() {
    let rules = r#"
händelse mätt "Mätt" en "Measured"
  värdet "värdet" en "the value": antal valfri

regel summerar "Summerar" en "Adds up"
  när mätt
  ger x = summa av mätt.värdet
  nivå blir värdet från datum
"#;
    let outcomes = run(rules, &[json!({"event": "mätt", "date": "2025-03-01"})], "2025-03-31");
    let all = ["2025-03-01 summerar undetermined", "2025-03-01 summerar undetermined"];
    assert_eq!(kinds(&outcomes), all);
}

#[test]
fn two_that_begin_on_one_day_and_end_on_different_ones_say_which() {
    let text = format!(
        "{HEAD}{}",
        r#"
regel ett "Ett" en "One"
  när start
  aktiv gäller från datum till och med 2025-03-31

regel två "Två" en "Two"
  när start
  aktiv gäller från datum
"#
    );
    let mut loaded = load_texts([("demo.frist", text.as_str())]);
    let history = loaded.read("{\"case\":\"a\",\"event\":\"start\",\"date\":\"2025-03-01\"}\n");
    let settings = frist::run::Settings::as_of(support::day("2025-03-01"));
    let decisions = frist::run::run(&loaded.program, &history, &settings);
    let sentence =
        frist::explain::sentence(&loaded.program, &decisions.pool, &decisions.cases[0].outcomes[0]).en;
    assert!(sentence.contains("“One” says that it applies through 31 March 2025"), "{sentence}");
    assert!(sentence.contains("“Two” says that it applies. "), "{sentence}");
}
