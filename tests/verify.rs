//! Verification: what is proved is so, what is not is found, and a certificate confirms only what it is of.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic: it fails then"
)]

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use frist::program::RuleId;
use frist::run::Settings;
use frist::situations::{Focus, Ground, Wanted, occasions};
use frist::source::Sources;
use frist::time::Day;
use frist::value::Value;
use frist::verify::{Certificate, Options, Question, Settled, Verdict, Verification, render, verify};
use frist::{Language, Ruleset};

const HEAD: &str = "regelverk demo \"Demo\"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

händelse anmälan
  nytt: tid
  start: datum
  antal: antal = 0
uppgift tak: tid
uppgift avtal: ja/nej
roll kommunen
åtgärd svara
händelse svar
";

fn load(rules: &str) -> (Ruleset, Sources) {
    let loaded = Ruleset::load([("demo.frist", format!("{HEAD}{rules}"))]);
    let wrong: Vec<_> = loaded.diagnostics.iter().filter(|one| one.is_error()).collect();
    (loaded.ruleset.unwrap_or_else(|| panic!("{wrong:#?}")), loaded.sources)
}

fn verified(rules: &str) -> Verification {
    verify(load(rules).0.program(), &Options { threads: 2, ..Options::default() })
}

/// The verdict on a question, of the first rule that was asked.
fn of(found: &Verification, question: Question) -> &Verdict {
    &found.answers.iter().find(|answer| answer.asked.question == question).expect("it is asked").verdict
}

fn earliest(verdict: &Verdict) -> (String, BTreeMap<String, String>) {
    let (Verdict::Refuted(found) | Verdict::Settled(_, found)) = verdict else { panic!("{verdict:?}") };
    let given = found.given.iter().map(|given| (given.name.clone(), given.words.sv.clone())).collect();
    (found.day.to_string(), given)
}

const CAP: &str = "regel tak_ändras
  när anmälan
  om nytt < gällande tak och antal > 0
    notering \"nej\" en \"no\"
  annars om datum är senast den 15:e i månaden
    tak blir nytt från den 1:a i nästa månad efter datum
  annars
    tak blir nytt från den 1:a i 2:a månaden efter datum
";

#[test]
fn a_promise_that_holds_on_every_day_is_proved() {
    let found = verified(&format!(
        "{CAP}  garanti: senare datum ger aldrig tidigare ikraftträdande
  garanti: ikraftträdande är efter datum
  garanti: ikraftträdande är senast 47 dagar efter datum
  garanti: alltid exakt ett utfall
"
    ));
    let promises: Vec<_> =
        found.answers.iter().filter(|answer| answer.asked.question == Question::Guarantee).collect();
    assert_eq!(promises.len(), 4);
    for answer in &promises {
        assert_eq!(answer.verdict, Verdict::Proved, "{answer:?}");
        assert_eq!(answer.size.days, 146_097);
    }
    assert_eq!(*of(&found, Question::Gap), Verdict::Proved);
    assert_eq!(*of(&found, Question::Masked), Verdict::Proved);
    assert!(!found.is_no());
}

#[test]
fn a_promise_that_fails_by_a_day_is_refuted_on_the_earliest_day() {
    // From the 16th of a month of 31 days before one of 31 days (July, December) it is 47 days; never 48.
    let found = verified(&format!("{CAP}  garanti: ikraftträdande är senast 46 dagar efter datum\n"));
    let (day, given) = earliest(of(&found, Question::Guarantee));
    assert_eq!(day, "2025-07-16");
    assert!(given.contains_key("nytt"), "{given:?}");
    assert!(found.is_no());
}

#[test]
fn a_later_date_that_gives_an_earlier_day_is_found() {
    let found = verified(
        "regel börja
  när anmälan
  om datum är senast den 10:e i månaden
    avtal gäller från den 1:a i 2:a månaden efter datum
  annars
    avtal gäller från den 1:a i nästa månad efter datum
  garanti: senare datum ger aldrig tidigare ikraftträdande
",
    );
    let Verdict::Refuted(found) = of(&found, Question::Guarantee) else { panic!("it does not hold") };
    let days = [Some(found.day), found.found, found.instead].map(|day| day.unwrap().to_string());
    assert_eq!(days, ["2025-01-11", "2025-02-01", "2025-03-01"]);
}

#[test]
fn a_day_that_the_event_gives_is_the_events_and_a_day_reckoned_is_the_rules() {
    let given = verified("regel börja\n  när anmälan\n  avtal gäller från start\n");
    let Verdict::Settled(Settled::Given, found) = of(&given, Question::Retroactive) else { panic!() };
    assert_eq!(
        (found.day.to_string(), found.found.unwrap().to_string()),
        ("2025-01-01".into(), "2024-12-31".into())
    );
    let reckoned = verified("regel börja\n  när anmälan\n  avtal gäller från 1 månad före datum\n");
    assert!(of(&reckoned, Question::Retroactive).is_no());
    let allowed = verified(
        "regel börja\n  när anmälan\n  avtal gäller från 1 månad före datum\n  garanti: får verka bakåt\n",
    );
    assert!(matches!(of(&allowed, Question::Retroactive), Verdict::Settled(Settled::Declared(_), _)));
    let never = verified("regel börja\n  när anmälan\n  avtal gäller från den senare av start och datum\n");
    assert_eq!(*of(&never, Question::Retroactive), Verdict::Proved);
}

#[test]
fn another_date_is_tried_on_both_sides_of_every_limit() {
    let rule = |bound: &str| {
        verified(&format!(
            "regel svara
  när anmälan
  om datum är minst 3 månader före start
    kommunen ska svara senast start uppfylls av svar
  garanti: sista_dagen är tidigast {bound} efter datum
"
        ))
    };
    // Three months are 89 days at the least: from 31 January or 1 February, say, outside leap years.
    assert_eq!(*of(&rule("89 dagar"), Question::Guarantee), Verdict::Proved);
    let found = rule("90 dagar");
    let (day, given) = earliest(of(&found, Question::Guarantee));
    assert_eq!((day.as_str(), given["start"].as_str()), ("2025-01-31", "2025-04-30"));
    assert_eq!(*of(&rule("3 månader"), Question::Guarantee), Verdict::Proved);
}

#[test]
fn rules_of_one_trigger_that_contradict_each_other_are_found() {
    let rules = |second: &str| {
        verified(&format!(
            "regel en
  när anmälan där antal > 3
  tak blir nytt från den 1:a i nästa månad efter datum
regel annan
  när anmälan där antal {second}
  tak blir 1 timme från 1 månad efter datum
"
        ))
    };
    let found = rules("< 5");
    let (day, given) = earliest(of(&found, Question::Clash));
    assert_eq!(day, "2025-01-01", "a month after the first of a month is the first of the next");
    assert_eq!(given["antal"], "4");
    assert_eq!(*of(&rules("< 4"), Question::Clash), Verdict::Proved);
}

#[test]
fn branches_that_meet_are_settled_by_their_order_and_promised_apart() {
    let rule = "regel märk
  när anmälan
  om antal > 2
    notering \"a\" en \"a\"
  annars om antal > 1
    notering \"b\" en \"b\"
  annars
    notering \"c\" en \"c\"
";
    assert!(matches!(of(&verified(rule), Question::Overlap), Verdict::Settled(Settled::Order, _)));
    let promised = verified(&format!("{rule}  garanti: inga överlapp\n"));
    assert_eq!(earliest(of(&promised, Question::Guarantee)).1["antal"], "3");
    let lone = verified(
        "regel märk\n  när anmälan\n  om antal > 2\n    notering \"a\" en \"a\"\n  garanti: inga luckor\n",
    );
    assert!(of(&lone, Question::Guarantee).is_no());
}

#[test]
fn a_duty_without_a_consequence_breaks_the_promise_that_it_has_one() {
    let rule = |failing: &str| {
        verified(&format!(
            "regel svara
  när anmälan
  kommunen ska svara senast 14 dagar efter datum uppfylls av svar{failing}
garanti: svara uteblir aldrig utan följd
"
        ))
    };
    assert!(of(&rule(""), Question::Guarantee).is_no());
    let with = rule(" uteblir det avtal upphör från och med datum");
    assert_eq!(*of(&with, Question::Guarantee), Verdict::Proved);
}

#[test]
fn what_cannot_be_exhausted_is_tested_only_and_said_when_checked() {
    let rules = format!(
        "{HEAD}regel mäta\n  när anmälan\n  om antal * 3 > 7\n    avtal gäller från datum\n  garanti: ikraftträdande är tidigast datum\n"
    );
    let loaded = Ruleset::load([("demo.frist", rules.as_str())]);
    let said = loaded.diagnostics.iter().any(|one| one.code.to_string() == "F0957");
    assert!(said, "{:?}", loaded.diagnostics);
    let found = verify(loaded.ruleset.unwrap().program(), &Options::default());
    assert!(matches!(of(&found, Question::Guarantee), Verdict::TestedOnly(_)));
}

#[test]
fn months_are_settled_by_the_header_on_the_days_where_ways_of_counting_part() {
    let found = verified("regel börja\n  när anmälan\n  avtal gäller från 1 månad efter datum\n");
    let Verdict::Settled(Settled::Header { days }, found) = of(&found, Question::MonthEnds) else { panic!() };
    // The 31st of January, March, May, August and October; the 30th of January, and its 29th outside leap years.
    assert_eq!(*days, 400 * 5 + 400 + 303);
    assert_eq!(found.day.to_string(), "2025-01-29");
}

/// Combinations of values that are treated alike come together; each of them by itself must come to the same.
#[test]
fn what_comes_together_is_alike() {
    let rules = format!(
        "{CAP}regel fler
  när anmälan där start är efter datum
  låt snart = dagar mellan datum och start
  om antal ≥ 2 och (snart < 10 eller nytt > 5 timmar)
    avtal gäller från 1 månad efter start
  annars om finns anmälan där antal > 4
    kommunen ska svara senast 2 arbetsdagar efter datum uppfylls av svar
  annars inget
"
    );
    let head = HEAD.replace("från 2025-01-01", "från 2025-01-20 till och med 2025-03-02");
    let loaded = Ruleset::load([("demo.frist", format!("{head}{rules}"))]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let program = ruleset.program();
    for rule in (0..program.rules.len()).map(RuleId::at) {
        for occasion in occasions(&program.rules[rule.index()]) {
            let all = |focus| {
                let mut ground = Ground::new(program, Settings::as_of(Day::MAX));
                let wanted = Wanted { focus, ..Wanted::default() };
                let mut sweep = ground.sweep(program, rule, occasion, wanted).unwrap().unwrap();
                let cells = sweep.cells().len();
                let mut seen: BTreeMap<(i32, u16, Vec<Option<i32>>), u64> = BTreeMap::new();
                sweep.each(|situation, judge| {
                    let judged = judge.judged();
                    let days = judged.brought.iter().flat_map(|one| [one.first, one.last_day]);
                    let days = days.map(|day| day.as_day().map(Day::number)).collect();
                    *seen.entry((situation.day.number(), judged.branch, days)).or_default() +=
                        situation.stands_for;
                    ControlFlow::Continue(())
                });
                (cells, seen)
            };
            let (merged, together) = all(Focus::Course);
            let (every, apart) = all(Focus::Everything);
            assert!(merged < every, "something comes together");
            let keys =
                |seen: &BTreeMap<_, u64>| seen.keys().cloned().collect::<Vec<(i32, u16, Vec<Option<i32>>)>>();
            assert_eq!(keys(&together), keys(&apart));
        }
    }
}

/// The judge and the engine say the same of an event.
#[test]
fn the_judge_says_what_a_run_says() {
    let (ruleset, mut sources) = load(CAP);
    let program = ruleset.program();
    let occasion = occasions(&program.rules[0])[0];
    let mut ground = Ground::new(program, Settings::as_of(Day::MAX));
    let mut judge = ground.judge(program, RuleId::at(0), occasion).unwrap();
    let names: Vec<String> = judge.subjects().iter().map(|one| one.name(program).to_owned()).collect();
    let mut day: Day = "2027-12-25".parse().unwrap();
    for round in 0..80_i64 {
        let (nytt, tak, antal) = (60 * (round % 3), 60, round % 2);
        for (place, name) in names.iter().enumerate() {
            let value = match name.as_str() {
                "nytt" => Value::Duration(60 * nytt),
                "tak" => Value::Duration(60 * tak),
                _ => Value::Count(antal),
            };
            judge.suppose(place, value);
        }
        let judged = judge.judge(day).clone();
        let lines = format!(
            "{{\"case\":\"a\",\"event\":\"ingående_läge\",\"date\":\"2025-01-01\",\"tak\":{tak}}}\n\
             {{\"case\":\"a\",\"event\":\"anmälan\",\"date\":\"{day}\",\"nytt\":{nytt},\"start\":\"2025-01-01\",\"antal\":{antal}}}"
        );
        let file = sources.add("events.jsonl", &lines);
        let input = ruleset.read(&sources, &[file], &Default::default());
        assert_eq!(input.bad_lines, 0, "{:?}", input.diagnostics);
        let run = ruleset.decide(&input.history, &Settings::as_of(day));
        let outcomes: Vec<_> = run.outcomes().map(|(_, outcome)| outcome.clone()).collect();
        assert_eq!(outcomes.len(), 1);
        assert_eq!(outcomes[0].branch, judged.branch);
        if let frist::run::OutcomeKind::Becomes { from, .. } = outcomes[0].kind {
            assert_eq!(judged.first_day(), Some(from));
        }
        day = day.plus_days(1).unwrap();
    }
}

#[test]
fn threads_change_nothing() {
    let rules =
        format!("{CAP}regel svara\n  när anmälan\n  kommunen ska svara senast start uppfylls av svar\n");
    let (ruleset, _) = load(&rules);
    let one = verify(ruleset.program(), &Options { threads: 1, ..Options::default() });
    let three = verify(ruleset.program(), &Options { threads: 3, ..Options::default() });
    assert_eq!(one, three);
}

#[test]
fn a_certificate_confirms_what_it_is_of_and_nothing_else() {
    let (ruleset, sources) = load(CAP);
    let program = ruleset.program();
    let found = verify(program, &Options::default());
    let written = Certificate::new(program, &sources, &found);
    let read = Certificate::read("intyg.json", &written.write()).unwrap();
    assert_eq!(read, written);
    assert!(read.refused(program, &sources).is_none());
    assert!(read.differences(program, &sources, &found).is_empty());

    // The same rules with another limit: refused, and named.
    let (other, texts) = load(&CAP.replace("15:e", "20:e"));
    let refused = read.refused(other.program(), &texts).expect("other rules");
    assert_eq!(refused.code.to_string(), "F0961");
    assert!(refused.message.sv.contains("demo.frist"), "{}", refused.message.sv);
    // Were the hashes not looked at, the outcomes would tell.
    let now = verify(other.program(), &Options::default());
    assert!(!read.differences(other.program(), &sources, &now).is_empty());

    let mut altered = read.clone();
    altered.answers[0].verdict = String::from("refuted");
    assert_eq!(altered.differences(program, &sources, &found)[0].code.to_string(), "F0963");
    let mut older = read;
    older.engine = String::from("0.0.1");
    assert_eq!(older.refused(program, &sources).unwrap().code.to_string(), "F0962");
}

/// What a person reads of rules with one fault of each sort.
#[test]
fn faults_are_shown_with_their_situation() {
    let rules = format!(
        "{CAP}  garanti: ikraftträdande är senast 46 dagar efter datum
regel åter
  när anmälan
  tak blir 2 timmar från den 1:a i nästa månad efter datum
regel bakåt
  när anmälan
  avtal gäller från dagen före datum
regel svara
  när anmälan
  kommunen ska svara senast dagen före start uppfylls av svar
"
    );
    let (ruleset, sources) = load(&rules);
    let program = ruleset.program();
    let found = verify(program, &Options { threads: 2, ..Options::default() });
    for language in [Language::Swedish, Language::English] {
        let lines = render::text(program, &sources, &found, language, true, 80);
        let said: String = found
            .diagnostics(program)
            .iter()
            .map(|one| {
                let help = one.help.as_ref().map_or("", |help| help.get(language));
                format!("{} {}\n    {}\n", one.code, one.message.get(language), help.replace('\n', "\n    "))
            })
            .collect();
        insta::assert_snapshot!(
            format!("faults_{}", language.choose("sv", "en")),
            format!("{lines}\n{said}")
        );
    }
}

/// The certificates that the error pages confirm; `FRIST_UPDATE=1` writes them anew.
#[test]
#[allow(clippy::disallowed_methods, reason = "the certificates are files")]
fn the_certificates_on_the_pages_are_of_this_engine() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let rules = std::fs::read_to_string(folder.join("exempel.frist")).unwrap();
    let loaded = Ruleset::load([("exempel.frist", rules)]);
    let ruleset = loaded.ruleset.unwrap();
    let program = ruleset.program();
    let right = Certificate::new(program, &loaded.sources, &verify(program, &Options::default()));
    let mut other = right.clone();
    other.files.insert(String::from("exempel.frist"), "0".repeat(64));
    let mut older = right.clone();
    older.engine = String::from("0.0.9");
    let mut wrong = right.clone();
    wrong.answers[0].verdict = String::from("refuted");
    wrong.outcomes[0].digest = "0".repeat(64);
    let files = [
        ("intyg.json", right.write()),
        ("intyg-avkortat.json", right.write()[..200].to_owned()),
        ("intyg-annat.json", other.write()),
        ("intyg-version.json", older.write()),
        ("intyg-fel.json", wrong.write()),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        if std::env::var_os("FRIST_UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            text,
            "{name}: run with FRIST_UPDATE=1"
        );
    }
}
