//! A run that is gone on with brings what running the whole at once brings: cut anywhere, cut every night.
//!
//! The events are made up from what each ruleset declares, so that what is added to a ruleset is tried too.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::fs;

use frist::program::{CalendarId, Element, Field, KindId, Program, Type};
use frist::run::{CannotResume, Case, CaseState, Happening, History};
use frist::time::{Day, Moment, NamedCalendar, Period};
use frist::value::{ChoiceId, Pool, RateBase, Value};
use frist::{Draft, Language, Ruleset, Settings};
use support::{Dice, day, root};

const RULESETS: [&str; 6] =
    ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020", "made up"];

/// What the rulesets of the project hardly do: rules that clash, conditions that look back long after.
const MADE_UP: &str = r#"regelverk demo "Demo"
  gäller från 2025-01-01
roll staden "staden"
åtgärd göra "göra"
åtgärd svara "svara"
händelse start
händelse gjort
händelse besök
  vem: text
uppgift läge: antal
regel ett "Ett"
  när start
  läge blir 1 från datum
regel två "Två"
  när start där finns besök
  läge blir 2 från datum
regel tre "Tre"
  när 20 dagar har gått sedan start
  medan (antal av besök under senaste 60 dagar) > 2
  läge blir 3 från datum
regel fyra "Fyra"
  när besök
  staden ska göra senast 10 dagar efter datum uppfylls av gjort
    uteblir det staden ska svara senast (5 dagar efter datum om (antal olika besök.vem) > 1 annars 9 dagar efter datum)
regel fem "Fem"
  när läge ändras
  notering "läget har ändrats"
"#;

fn load(name: &str) -> Ruleset {
    if name == "made up" {
        return draft(&[("demo.frist".into(), MADE_UP.into())], |_| String::new());
    }
    let folder = root().join("rulesets").join(name);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "frist"));
    files.sort();
    let texts: Vec<(String, String)> =
        files.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    draft(&texts, |needed| fs::read_to_string(folder.join(needed)).unwrap())
}

fn draft(texts: &[(String, String)], file: impl Fn(&str) -> String) -> Ruleset {
    let mut sources = frist::source::Sources::default();
    for (name, text) in texts {
        sources.add(name, text);
    }
    let mut draft = Draft::new(sources);
    for (needed, _) in draft.needs() {
        draft.supply(&needed, &needed, &file(&needed));
    }
    let loaded = draft.check();
    loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// A value of a type, near a day.
fn value(dice: &mut Dice, program: &Program, ty: Type, near: Day, pool: &mut Pool) -> Value {
    let small = i64::try_from(dice.below(9)).unwrap();
    let day = near.plus_days(i64::try_from(dice.below(160)).unwrap() - 60).unwrap();
    match ty {
        Type::Nothing => Value::None,
        Type::Date => Value::Day(day),
        Type::Clock => Value::Clock("09:30".parse().unwrap()),
        Type::Moment => Value::Moment(Moment { day, clock: "15:59".parse().unwrap() }),
        Type::YesNo => Value::YesNo(small > 2),
        Type::Count => Value::Count(small),
        Type::Number => Value::Number(small * 1_500_000),
        Type::Amount => Value::Amount(small * 12_345),
        Type::Share => Value::Share { part: small.min(8), whole: 8 },
        Type::Duration => Value::Duration(small * 5_400),
        Type::Period => Value::Period(Period { months: 0, days: i32::try_from(small).unwrap() }),
        Type::Text => Value::Text(pool.text(["ett", "två", "tre"][usize::try_from(small % 3).unwrap()])),
        Type::Choice(of) => {
            let count = program.types[of.index()].values.len() as u64;
            Value::Choice(ChoiceId {
                of: u16::try_from(of.index()).unwrap(),
                value: u16::try_from(dice.below(count)).unwrap(),
            })
        }
        Type::Role => Value::Role(u16::try_from(dice.below(program.roles.len() as u64)).unwrap()),
        Type::Word => Value::Word(0),
        Type::Set(of) => {
            let of = match of {
                Element::Date => Type::Date,
                Element::Count => Type::Count,
                Element::Text => Type::Text,
                Element::Choice(of) => Type::Choice(of),
                Element::Role => Type::Role,
                Element::Any => return Value::Set(pool.set(Vec::new())),
            };
            let members = (0..small).map(|_| value(dice, program, of, near, pool)).collect();
            Value::Set(pool.set(members))
        }
        Type::Rate(base, per) => {
            let amount = if base == RateBase::Duration { small * 3_600 } else { small };
            Value::Rate { base, per, amount }
        }
    }
}

fn field(
    dice: &mut Dice,
    program: &Program,
    field: &Field,
    opening: bool,
    near: Day,
    pool: &mut Pool,
) -> Value {
    match (dice.below(5), field.default) {
        _ if opening && dice.below(4) > 0 => Value::Unknown,
        (0, Some(default)) => default,
        (1, _) if field.optional && !opening => Value::None,
        _ => value(dice, program, field.ty, near, pool),
    }
}

/// Events that can stand in a case of a kind, in date order, often several on a day.
fn history(dice: &mut Dice, ruleset: &Ruleset, kind: KindId, length: u64) -> (Case, Pool) {
    let program = ruleset.program();
    let mut pool = program.pool.clone();
    // A pool of some other run's texts: their numbers are not those that a resumed run gives them.
    pool.text(&format!("annan {}", dice.below(3)));
    let fits: Vec<usize> = (0..program.events.len())
        .filter(|place| {
            let kinds = program.events[*place].kinds;
            kinds.0 == 0 || kinds.has(kind)
        })
        .collect();
    let from = program.header.in_force.from;
    let span = program.header.in_force.through.map_or(900, |last| from.days_until(last));
    let mut at =
        from.plus_days(i64::try_from(dice.below(u64::try_from(span).unwrap())).unwrap() - 20).unwrap();
    let mut events = Vec::new();
    // A few of the events only, so that they meet: a duty's trigger and what meets it.
    let few: Vec<usize> = (0..5).map(|_| *dice.pick(&fits)).collect();
    for line in 1..=u32::try_from(length).unwrap() {
        let place = if dice.below(3) == 0 { *dice.pick(&fits) } else { *dice.pick(&few) };
        let event = frist::program::EventId(u32::try_from(place).unwrap());
        let opening = event == program.opening_state;
        let declared = &program.events[place].fields;
        let fields = declared.iter().map(|known| field(dice, program, known, opening, at, &mut pool));
        events.push(Happening {
            event,
            date: at,
            fields: fields.collect(),
            line,
            span: None,
            field_spans: Box::default(),
            date_span: None,
        });
        at = at.plus_days(i64::try_from(dice.below(3) * dice.below(50)).unwrap()).unwrap();
    }
    (Case::new("ärendet", kind, events), pool)
}

fn settings(program: &Program, as_of: Day) -> Settings {
    let mut settings = Settings::as_of(as_of);
    for (place, calendar) in program.calendars.iter().enumerate() {
        if calendar.days.is_none() {
            let from = program.header.in_force.from;
            let days = (0..60).map(|n| from.plus_days(n * 23).unwrap()).collect();
            settings.calendars.insert(CalendarId(u32::try_from(place).unwrap()), NamedCalendar::new(days));
        }
    }
    settings
}

/// What a history brings, as the interface writes it.
fn whole(ruleset: &Ruleset, case: &Case, pool: &Pool, settings: &Settings, readings: bool) -> String {
    let history = History { cases: vec![case.clone()], pool: pool.clone() };
    let decisions = ruleset.decide(&history, settings);
    written(ruleset, &history, settings, &decisions, readings)
}

fn resumed(ruleset: &Ruleset, state: &CaseState, readings: bool) -> String {
    written(ruleset, state.history(), state.settings(), &ruleset.decisions(state), readings)
}

fn written(
    ruleset: &Ruleset,
    history: &History,
    settings: &Settings,
    decisions: &frist::run::Decisions,
    readings: bool,
) -> String {
    let mut out = Vec::new();
    if readings {
        ruleset.write(history, settings, decisions, Language::Swedish, &mut out).unwrap();
    } else {
        frist::record::write_outcomes(ruleset.program(), history, decisions, Language::Swedish, &mut out);
    }
    for case in &decisions.cases {
        out.extend(format!("{} later, {:?} early\n", case.later_events, case.early_lines).into_bytes());
        // Explanations find an outcome again by the number of its firing.
        let firings: Vec<u32> = case.outcomes.iter().map(|outcome| outcome.firing).collect();
        out.extend(format!("{firings:?} {:?}\n", case.diagnostics).into_bytes());
    }
    for odd in ruleset.anomalies(history, decisions) {
        out.extend(format!("{} {}\n", odd.code, odd.message.sv).into_bytes());
    }
    String::from_utf8(out).unwrap()
}

/// Events after one day and through another, as another run would have read them: their texts numbered otherwise.
fn between(
    case: &Case,
    pool: &Pool,
    program: &Program,
    after: Option<Day>,
    through: Day,
) -> (Vec<Happening>, Pool) {
    let mut own = program.pool.clone();
    own.text("läst en annan natt");
    let chosen =
        case.events.iter().filter(|event| after.is_none_or(|day| event.date > day) && event.date <= through);
    let events = chosen.map(|event| Happening {
        fields: event.fields.iter().map(|value| own.adopt(*value, pool)).collect(),
        ..event.clone()
    });
    (events.collect(), own)
}

#[test]
fn two_halves_are_the_whole() {
    for (number, name) in (0_u64..).zip(RULESETS) {
        let ruleset = load(name);
        let program = ruleset.program();
        let mut dice = Dice(0x5eed_0001 + number);
        let mut brought = 0;
        for round in 0..90 {
            let kind = KindId(u32::try_from(dice.below(program.kinds.len() as u64)).unwrap());
            let length = 2 + dice.below(14);
            let (case, pool) = history(&mut dice, &ruleset, kind, length);
            let (first, last) = (case.events[0].date, case.events.last().unwrap().date);
            let end = last.plus_days(i64::try_from(dice.below(500)).unwrap()).unwrap();
            let days = u64::try_from(first.days_until(end)).unwrap();
            let cut = first.plus_days(i64::try_from(dice.below(days + 1)).unwrap()).unwrap();
            let readings = round % 15 == 0;
            let expected = whole(&ruleset, &case, &pool, &settings(program, end), readings);
            brought += expected.lines().count() - 2;

            let (early, early_pool) = between(&case, &pool, program, None, cut);
            let half = Case::new(case.id.clone(), kind, early);
            let mut state = ruleset.begin(&half, &early_pool, &settings(program, cut));
            assert_eq!(
                resumed(&ruleset, &state, readings),
                whole(&ruleset, &half, &early_pool, &settings(program, cut), readings),
                "{name}, round {round}: the first half through {cut}"
            );
            let (later, later_pool) = between(&case, &pool, program, Some(cut), Day::MAX);
            ruleset.resume(&mut state, &later, &later_pool, end).unwrap();
            assert_eq!(
                resumed(&ruleset, &state, readings),
                expected,
                "{name}, round {round}: cut after {cut}"
            );

            // What was given at first but lies after the day counts when a later run reaches it.
            let mut state = ruleset.begin(&case, &pool, &settings(program, cut));
            assert_eq!(
                resumed(&ruleset, &state, false),
                whole(&ruleset, &case, &pool, &settings(program, cut), false)
            );
            ruleset.resume(&mut state, &[], &Pool::default(), end).unwrap();
            assert_eq!(resumed(&ruleset, &state, readings), expected, "{name}, round {round}: from {cut}");
        }
        assert!(brought > 300, "{name}: {brought} outcomes are too few to say anything");
    }
}

#[test]
fn every_night_is_the_whole_so_far() {
    for (number, name) in (0_u64..).zip(RULESETS) {
        let ruleset = load(name);
        let program = ruleset.program();
        let mut dice = Dice(0x5eed_0101 + number);
        for round in 0..6 {
            let kind = KindId(u32::try_from(dice.below(program.kinds.len() as u64)).unwrap());
            let length = 2 + dice.below(5);
            let (case, pool) = history(&mut dice, &ruleset, kind, length);
            let mut night = case.events[0].date;
            let end = case.events.last().unwrap().date.plus_days(70).unwrap();
            let (early, early_pool) = between(&case, &pool, program, None, night);
            let half = Case::new(case.id.clone(), kind, early);
            let mut state = ruleset.begin(&half, &early_pool, &settings(program, night));
            while night < end {
                let next = night.next().unwrap();
                let (later, later_pool) = between(&case, &pool, program, Some(night), next);
                ruleset.resume(&mut state, &later, &later_pool, next).unwrap();
                night = next;
                let so_far = whole(
                    &ruleset,
                    state.history().cases.first().unwrap(),
                    &state.history().pool,
                    &settings(program, night),
                    false,
                );
                assert_eq!(resumed(&ruleset, &state, false), so_far, "{name}, round {round}, {night}");
            }
            assert_eq!(
                resumed(&ruleset, &state, true),
                whole(&ruleset, &case, &pool, &settings(program, end), true),
                "{name}, round {round}"
            );
        }
    }
}

#[test]
fn explanations_of_a_resumed_run_are_those_of_the_whole() {
    let ruleset = load("ljungby");
    let program = ruleset.program();
    let mut dice = Dice(0x5eed_0201);
    let mut explained = 0;
    for _ in 0..4 {
        let kind = KindId(u32::try_from(dice.below(program.kinds.len() as u64)).unwrap());
        let (case, pool) = history(&mut dice, &ruleset, kind, 6);
        let end = case.events.last().unwrap().date.plus_days(30).unwrap();
        let cut = case.events[3].date;
        let mut state = ruleset.begin(&case, &pool, &settings(program, cut));
        ruleset.resume(&mut state, &[], &pool, end).unwrap();
        let decisions = ruleset.decisions(&state);
        let history = History { cases: vec![case], pool };
        let at_once = ruleset.decide(&history, &settings(program, end));
        let (there, here) = (&at_once.cases[0], &decisions.cases[0]);
        for (a, b) in there.outcomes.iter().zip(&here.outcomes).take(6) {
            let a = ruleset.explain(&history, &settings(program, end), &at_once, there, a).unwrap();
            let b = ruleset.explain(state.history(), state.settings(), &decisions, here, b).unwrap();
            assert_eq!((a.sentence, a.because), (b.sentence, b.because));
            explained += 1;
        }
    }
    assert!(explained > 5, "{explained} outcomes");
}

/// A contract that begins, and a duty that is met.
const SMALL: &str = r#"regelverk demo "Demo"
  gäller från 2025-01-01
ärende utförare, klient
händelse tecknat i ärende utförare
händelse bytt i ärende klient
uppgift avtal: ja/nej i ärende utförare
regel börjar "Avtalet börjar"
  när tecknat
  avtal gäller från 1 månad efter datum
"#;

#[test]
fn what_has_been_run_is_not_run_again_in_silence() {
    let rules = SMALL.replace("2025-01-01\n", "2025-01-01\n  månader räknas enligt SFS 1930:173\n");
    let ruleset = draft(&[("demo.frist".into(), rules)], |_| String::new());
    let mut sources = frist::source::Sources::default();
    let mut read = |lines: &str| {
        let file = sources.add("events.jsonl", lines);
        ruleset.read(&sources, &[file], &Default::default()).history
    };
    let first = read(r#"{"case":"a","event":"tecknat","date":"2025-03-01"}"#);
    let mut state = ruleset.begin(&first.cases[0], &first.pool, &Settings::as_of(day("2025-03-10")));
    let before = resumed(&ruleset, &state, true);

    let late = read(r#"{"case":"a","event":"tecknat","date":"2025-03-10"}"#);
    let refused =
        ruleset.resume(&mut state, &late.cases[0].events, &late.pool, day("2025-03-11")).unwrap_err();
    assert_eq!(
        refused,
        CannotResume::AlreadyRun {
            event: "tecknat".into(),
            date: day("2025-03-10"),
            line: 1,
            as_of: day("2025-03-10")
        }
    );
    assert!(refused.to_string().ends_with("run the case anew"), "{refused}");

    let other = read(r#"{"case":"a","event":"bytt","date":"2025-03-11"}"#);
    let refused =
        ruleset.resume(&mut state, &other.cases[0].events, &other.pool, day("2025-03-11")).unwrap_err();
    assert!(matches!(refused, CannotResume::OtherKind { .. }), "{refused}");
    assert!(ruleset.begin_anew(&mut state, &other.cases[0].events, &other.pool, day("2025-03-11")).is_err());

    let refused = ruleset.resume(&mut state, &[], &Pool::default(), day("2025-03-09")).unwrap_err();
    assert_eq!(refused, CannotResume::EarlierDay { asked: day("2025-03-09"), as_of: day("2025-03-10") });
    assert_eq!(resumed(&ruleset, &state, true), before, "a refusal leaves the state as it was");

    ruleset.begin_anew(&mut state, &late.cases[0].events, &late.pool, day("2025-03-11")).unwrap();
    let all =
        Case::new("a", first.cases[0].kind, [&first.cases[0].events[..], &late.cases[0].events[..]].concat());
    assert_eq!(
        resumed(&ruleset, &state, true),
        whole(&ruleset, &all, &first.pool, &Settings::as_of(day("2025-03-11")), true)
    );
    assert_eq!(state.as_of(), day("2025-03-11"));
}
