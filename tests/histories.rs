//! Cases whose events stand in columns come to what a run says of the same events.
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

use std::collections::BTreeMap;

use frist::batch::{ColumnError, Columns, Histories, RowOf};
use frist::program::{EventId, KindId, Program};
use frist::run::{Case, Happening, History, Outcome, Settings, run};
use frist::time::Day;
use frist::value::Value;
use support::fields::{any, column};
use support::{Dice, day, load_texts, ruleset};

/// What comes of the cases in columns, and of the same in a run: as many cases with outcomes.
fn agree(program: &Program, random: &mut Dice, cases: u64, rows: usize) -> usize {
    let settings = Settings::as_of(day("2026-06-30"));
    let mut histories = Histories::new();
    let mut by_case: BTreeMap<u32, Vec<(Day, RowOf, Happening)>> = BTreeMap::new();
    let common: Vec<usize> =
        (0..program.events.len()).filter(|place| program.events[*place].kinds.has(KindId(0))).collect();
    for (table, place) in (0_u32..).zip(common) {
        let (event, declared) = (EventId::at(place), &program.events[place]);
        let first = day("2024-01-01");
        let dates: Vec<Day> = (0..rows).map(|_| first.plus_days(random.below(900) as i64).unwrap()).collect();
        let numbers: Vec<u32> = (0..rows).map(|_| random.below(cases) as u32).collect();
        let mut columns =
            Columns::new(program, &declared.named.name, dates.iter().map(|date| date.number()).collect())
                .unwrap();
        columns = columns.of_kind(KindId(0));
        let mut fields: Vec<Vec<Value>> = vec![Vec::new(); rows];
        for field in &declared.fields {
            let absent = if field.optional { Value::None } else { Value::Unknown };
            let mut values: Vec<Value> =
                dates.iter().map(|date| any(random, program, field.ty, *date, field.optional)).collect();
            let valid = values.iter().map(|value| !matches!(value, Value::Unknown | Value::None)).collect();
            match column(field.ty, &values).filter(|_| random.below(6) > 0) {
                Some(column) => {
                    columns = columns.with(program, &field.named.name, column, Some(valid)).unwrap();
                }
                None => values.fill(field.default.unwrap_or(absent)),
            }
            for (row, value) in fields.iter_mut().zip(values) {
                row.push(value);
            }
        }
        for (row, (date, number)) in dates.iter().zip(&numbers).enumerate() {
            let happening = Happening {
                event,
                date: *date,
                fields: std::mem::take(&mut fields[row]).into_boxed_slice(),
                line: 0,
                span: None,
                field_spans: Box::default(),
                date_span: None,
            };
            let at = RowOf { table, row: row as u32 };
            by_case.entry(*number).or_default().push((*date, at, happening));
        }
        histories = histories.with(columns, numbers).unwrap();
    }
    let mut expected: Vec<(u32, Vec<RowOf>, Vec<Outcome>)> = Vec::new();
    for (number, mut events) in by_case {
        events.sort_by_key(|(date, at, _)| (*date, *at));
        let rows = events.iter().map(|(_, at, _)| *at).collect();
        let events = (1..).zip(events).map(|(line, (_, _, event))| Happening { line, ..event }).collect();
        let history = History { cases: vec![Case::new("", KindId(0), events)], pool: program.pool.clone() };
        let outcomes = run(program, &history, &settings).cases.remove(0).outcomes;
        expected.push((number, rows, outcomes));
    }
    let mut found = Vec::new();
    program.decide_histories(&histories, &settings, |decided| {
        assert_eq!(decided.left_out, []);
        found.push((decided.case, decided.events.to_vec(), decided.outcomes.outcomes.clone()));
    });
    assert_eq!(found, expected);
    found.iter().filter(|(_, _, outcomes)| !outcomes.is_empty()).count()
}

#[test]
fn cases_in_columns_come_to_what_a_run_says() {
    let mut random = Dice(21);
    for name in ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"] {
        let loaded = ruleset(name);
        let decided = agree(&loaded.program, &mut random, 6, 9);
        assert!(decided >= 5, "{name}: {decided} cases of 6 with outcomes");
    }
}

const TWO_KINDS: &str = r#"regelverk två "Två slags ärenden"
  gäller från 2024-01-01
ärende avtal, person
händelse tecknat i ärende avtal
händelse flyttat i ärende person
händelse noterat
regel noteras
  när noterat
  notering "noterat" en "noted"
"#;

#[test]
fn events_of_another_kind_of_case_are_left_out_by_name() {
    let loaded = load_texts([("två.frist", TWO_KINDS)]);
    let program = &loaded.program;
    let on = |event: &str, dates: &[&str]| {
        Columns::new(program, event, dates.iter().map(|date| day(date).number()).collect()).unwrap()
    };
    let histories = Histories::new()
        .with(on("noterat", &["2024-03-02", "2024-03-02"]), vec![5, 5])
        .and_then(|all| all.with(on("flyttat", &["2024-03-03"]), vec![5]))
        .and_then(|all| all.with(on("tecknat", &["2024-03-01", "2024-03-01"]), vec![5, 4]))
        .unwrap();
    let mut found = Vec::new();
    program.decide_histories(&histories, &Settings::as_of(day("2024-12-31")), |decided| {
        let places = |rows: &[RowOf]| rows.iter().map(|at| (at.table, at.row)).collect::<Vec<_>>();
        let lines: Vec<_> = decided.outcomes.outcomes.iter().map(|outcome| outcome.trigger).collect();
        found.push((decided.case, places(decided.events), places(decided.left_out), lines.len()));
    });
    // In case 5 the first event that says of which kind the case is was a contract's.
    assert_eq!(found, [(4, vec![(2, 1)], vec![], 0), (5, vec![(2, 0), (0, 0), (0, 1)], vec![(1, 0)], 2)]);
}

#[test]
fn as_many_cases_as_events_are_asked_for() {
    let loaded = load_texts([("två.frist", TWO_KINDS)]);
    let columns = Columns::new(&loaded.program, "noterat", vec![20_000, 20_001]).unwrap();
    let refused = Histories::new().with(columns, vec![1]).unwrap_err();
    assert_eq!(refused, ColumnError::Length { field: "case".to_owned(), given: 1, wanted: 2 });
}
