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

use frist::batch::{Column, ColumnError, Columns, Histories, RowOf};
use frist::program::{EventId, KindId, Program, Type};
use frist::run::{Case, Happening, History, Outcome, Settings, run};
use frist::time::Day;
use frist::value::{ChoiceId, Value};
use support::{Dice, day, load_texts, ruleset};

/// A value of a field, where its type has a column of numbers.
fn any(random: &mut Dice, program: &Program, ty: Type, date: Day) -> Option<Value> {
    Some(match ty {
        Type::Date => Value::Day(date.plus_days(random.below(500) as i64 - 250).unwrap()),
        Type::YesNo => Value::YesNo(random.below(2) == 0),
        Type::Count => Value::Count(random.below(40) as i64),
        Type::Number => Value::Number(random.below(40) as i64 * 250_000),
        Type::Amount => Value::Amount(random.below(40) as i64 * 5_000),
        Type::Duration => Value::Duration(random.below(100) as i64 * 1_800),
        Type::Choice(id) => {
            let values = program.types[id.index()].values.len() as u64;
            Value::Choice(ChoiceId { of: id.0 as u16, value: random.below(values) as u16 })
        }
        Type::Role => Value::Role(random.below(program.roles.len() as u64) as u16),
        _ => return None,
    })
}

fn column(ty: Type, values: &[Option<Value>]) -> Column {
    let number = |value: &Option<Value>| match value {
        Some(Value::Day(day)) => i64::from(day.number()),
        Some(Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n)) => *n,
        Some(Value::YesNo(yes)) => i64::from(*yes),
        Some(Value::Choice(choice)) => i64::from(choice.value),
        Some(Value::Role(role)) => i64::from(*role),
        _ => 0,
    };
    let numbers = values.iter().map(number);
    match ty {
        Type::Date => Column::Days(numbers.map(|n| n as i32).collect()),
        Type::YesNo => Column::YesNo(numbers.map(|n| n == 1).collect()),
        Type::Choice(_) => Column::Choices(numbers.map(|n| n as u16).collect()),
        Type::Role => Column::Roles(numbers.map(|n| n as u16).collect()),
        _ => Column::Whole(numbers.collect()),
    }
}

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
            let known = any(random, program, field.ty, dates[0]).is_some();
            let values: Vec<Option<Value>> = dates
                .iter()
                .map(|date| any(random, program, field.ty, *date).filter(|_| random.below(9) > 0))
                .collect();
            let given = random.below(6) > 0 && known;
            if given {
                let valid = values.iter().map(Option::is_some).collect();
                columns =
                    columns.with(program, &field.named.name, column(field.ty, &values), Some(valid)).unwrap();
            }
            for (row, value) in values.iter().enumerate() {
                fields[row].push(if given {
                    value.unwrap_or(absent)
                } else {
                    field.default.unwrap_or(absent)
                });
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
