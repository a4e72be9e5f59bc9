//! Columns, single events and a run: three ways to decide the same events, one meaning.
//!
//! `FRIST_CASES` sets how many events of each kind are tried.
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

use frist::batch::{
    BatchDecider, Brought, Column, ColumnError, Columns, Decider, OutcomeColumns, Plan, What,
};
use frist::program::{DutyId, EventId, Program};
use frist::run::{Case, Cause, Happening, History, Outcome, OutcomeKind, Settings, run};
use frist::time::Day;
use frist::value::Value;
use support::fields::{any, column};
use support::{Dice, Loaded, day, load_texts};

const ALONE: &str = include_str!("batch/alone.frist");

fn alone() -> Loaded {
    load_texts([("alone.frist", ALONE)])
}

fn cases() -> usize {
    std::env::var("FRIST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(3000)
}

/// What is compared of an outcome.
fn told(outcome: &Outcome) -> String {
    let kind = match &outcome.kind {
        OutcomeKind::Begins { fact, of, from, until } => {
            said(What::Begins(*fact), Some(*from), *until, None, *of)
        }
        OutcomeKind::Ends { fact, of, on } => said(What::Ends(*fact), Some(*on), None, None, *of),
        OutcomeKind::Becomes { fact, of, value, from } => {
            said(What::Becomes(*fact), Some(*from), None, Some(*value), *of)
        }
        OutcomeKind::Duty(duty) => {
            // Which of the rule's duties it is, the branch and the effect say.
            let what = What::Duty(DutyId(0), duty.role, duty.action);
            said(what, None, duty.by.or(duty.on), None, None)
        }
        OutcomeKind::Permission { allowed, role, action, from, until } => {
            let what = if *allowed { What::May(*role, *action) } else { What::MustNot(*role, *action) };
            said(what, *from, *until, None, None)
        }
        OutcomeKind::Finding { mild: true, .. } => said(What::Note, None, None, None, None),
        OutcomeKind::Finding { mild: false, .. } => said(What::Finding, None, None, None, None),
        OutcomeKind::Value { result, value } => said(What::Value(*result), None, None, Some(*value), None),
        other => format!("{other:?}"),
    };
    format!("{:?} {} {} {} {kind}", outcome.rule, outcome.branch, outcome.effect, outcome.fired.unwrap())
}

fn said(
    what: What,
    from: Option<Day>,
    through: Option<Day>,
    value: Option<Value>,
    of: Option<Value>,
) -> String {
    let (what, from) = match what {
        // A run shows the first day that counts only where it is not the duty's only day.
        What::Duty(_, role, action) => (What::Duty(DutyId(0), role, action), None),
        what => (what, from),
    };
    format!("{what:?} {from:?} {through:?} {value:?} {of:?}")
}

fn told_brought(one: &Brought) -> String {
    let kind = said(one.what, one.from, one.through, one.value, one.of);
    format!("{:?} {} {} {} {kind}", Some(one.rule), one.branch, one.effect, one.fired)
}

/// What the columns say of each row.
fn by_row(columns: &Columns, dates: &[i32], outcomes: &OutcomeColumns) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new(); columns.len()];
    let at = |days: &Option<Vec<i32>>, place: usize| {
        days.as_ref().map(|days| Day::from_number(days[place]).unwrap())
    };
    for group in &outcomes.groups {
        assert!(group.rows.is_sorted(), "rows rise");
        for (place, row) in group.rows.iter().enumerate() {
            let fired = at(&group.fired, place).or(Day::from_number(dates[*row as usize]));
            let one = Brought {
                rule: group.rule,
                branch: group.branch,
                effect: group.effect,
                what: group.what,
                fired: fired.unwrap(),
                from: at(&group.from, place),
                through: at(&group.through, place),
                value: group.values.as_ref().and_then(|values| values.get(place)),
                of: group.of.as_ref().and_then(|values| values.get(place)),
            };
            rows[*row as usize].push(told_brought(&one));
        }
    }
    for (row, outcome) in &outcomes.others {
        rows[*row as usize].push(told(outcome));
    }
    rows.iter_mut().for_each(|row| row.sort());
    rows
}

/// Events with random fields, and their columns.
struct Events {
    dates: Vec<Day>,
    fields: Vec<Vec<Value>>,
    columns: Columns,
}

fn events(random: &mut Dice, program: &Program, event: EventId, count: usize, gaps: bool) -> Events {
    let declared = &program.events[event.index()];
    let first = program.header.in_force.from.plus_days(-40).unwrap();
    let dates: Vec<Day> = (0..count).map(|_| first.plus_days(random.below(2500) as i64).unwrap()).collect();
    let mut fields = vec![Vec::new(); count];
    for (row, date) in dates.iter().enumerate() {
        for field in &declared.fields {
            let mut value = any(random, program, field.ty, *date, field.optional && gaps);
            if gaps && !field.optional && random.below(20) == 0 {
                value = Value::Unknown;
            }
            fields[row].push(value);
        }
    }
    let numbers = dates.iter().map(|date| date.number()).collect();
    let mut columns = Columns::new(program, &declared.named.name, numbers).unwrap();
    for (place, field) in declared.fields.iter().enumerate() {
        let values: Vec<Value> = fields.iter().map(|row| row[place]).collect();
        let valid: Vec<bool> =
            values.iter().map(|value| !matches!(value, Value::Unknown | Value::None)).collect();
        let whole = valid.iter().all(|valid| *valid);
        let column = column(field.ty, &values);
        let Some(column) = column else { continue };
        columns = columns.with(program, &field.named.name, column, (!whole).then_some(valid)).unwrap();
    }
    Events { dates, fields, columns }
}

/// Decides the events in all three ways and compares what each says of each row. How many outcomes there were.
fn agree(program: &Program, event: EventId, events: &Events) -> usize {
    let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
    let rules: Vec<_> = plan.rules().collect();
    let kinds = program.events[event.index()].kinds;
    let kind =
        (0..program.kinds.len()).map(frist::program::KindId::at).find(|kind| kinds.has(*kind)).unwrap();
    let dates: Vec<i32> = events.dates.iter().map(|day| day.number()).collect();
    let columns = plan.decide(&events.columns);
    assert_eq!(
        columns.len(),
        columns.others.len() + columns.groups.iter().map(|g| g.rows.len()).sum::<usize>()
    );
    let columns = by_row(&events.columns, &dates, &columns);
    let mut decider = Decider::new(&plan);
    let mut outcomes = 0;
    for (row, (date, fields)) in events.dates.iter().zip(&events.fields).enumerate() {
        let happening = Happening {
            event,
            date: *date,
            fields: fields.clone().into_boxed_slice(),
            line: 1,
            span: None,
            field_spans: Box::default(),
            date_span: None,
        };
        let history =
            History { cases: vec![Case::new("a", kind, vec![happening])], pool: program.pool.clone() };
        // So late that every timer has run out.
        let settings = Settings::as_of(date.plus_days(1500).unwrap_or(Day::MAX));
        let ran = run(program, &history, &settings);
        let mut expected: Vec<(Option<frist::program::RuleId>, String)> = ran.cases[0]
            .outcomes
            .iter()
            .filter(|one| one.trigger == Cause::Event(0) && one.rule.is_some_and(|id| rules.contains(&id)))
            .map(|one| (one.rule, told(one)))
            .collect();
        expected.sort_by(|a, b| a.1.cmp(&b.1));
        outcomes += expected.len();
        let of_columns = &columns[row];
        let lines: Vec<&String> = expected.iter().map(|(_, line)| line).collect();
        assert_eq!(of_columns.iter().collect::<Vec<_>>(), lines, "row {row} on {date}: {fields:?}");

        let mut alone: Vec<String> = decider.decide(*date, fields).iter().map(told_brought).collect();
        alone.sort();
        let settled: Vec<&String> = expected
            .iter()
            .filter(|(rule, _)| rule.is_some_and(|rule| !decider.unsettled().contains(&rule)))
            .map(|(_, line)| line)
            .collect();
        assert_eq!(alone.iter().collect::<Vec<_>>(), settled, "alone, row {row} on {date}: {fields:?}");
    }
    outcomes
}

#[test]
fn columns_and_single_events_say_what_a_run_says() {
    each_way(cases());
}

/// `cargo test --release --test batch -- --ignored`
#[test]
#[ignore = "takes a minute"]
fn a_million_events_come_to_the_same_in_columns_and_alone() {
    each_way(250_000);
}

/// Two events, so many times each with all that is asked known, and with gaps.
fn each_way(count: usize) {
    let loaded = alone();
    let program = &loaded.program;
    let mut random = Dice(5);
    for name in ["anmält", "tecknat"] {
        let event = program.event_named(name).unwrap();
        for gaps in [false, true] {
            let events = events(&mut random, program, event, count, gaps);
            let outcomes = agree(program, event, &events);
            assert!(outcomes > count, "{outcomes} outcomes of {name}");
        }
    }
}

/// Every event of every ruleset, as far as its rules look at it alone.
#[test]
fn the_rulesets_too() {
    let mut random = Dice(8);
    let mut rules = 0;
    for name in ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"] {
        let loaded = support::ruleset(name);
        let program = &loaded.program;
        for place in 0..program.events.len() {
            let event = EventId::at(place);
            let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
            let found = plan.rules().count();
            if found == 0 {
                continue;
            }
            rules += found;
            let gaps = random.below(2) == 0;
            let events = events(&mut random, program, event, 12, gaps);
            agree(program, event, &events);
        }
    }
    assert!(rules > 60, "{rules} rules that look at their event alone");
}

/// What a stretch of rows ends with must not show.
#[test]
fn the_length_of_the_columns_makes_no_difference() {
    let loaded = alone();
    let program = &loaded.program;
    let event = program.event_named("anmält").unwrap();
    for count in [0, 1, 1023, 1024, 1025, 2049] {
        let events = events(&mut Dice(3), program, event, count, false);
        let dates: Vec<i32> = events.dates.iter().map(|day| day.number()).collect();
        let outcomes = program.decide_batch(&events.columns);
        let rows = by_row(&events.columns, &dates, &outcomes);
        let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
        let mut decider = Decider::new(&plan);
        for (row, (date, fields)) in events.dates.iter().zip(&events.fields).enumerate() {
            let mut alone: Vec<String> = decider.decide(*date, fields).iter().map(told_brought).collect();
            alone.sort();
            assert_eq!(rows[row], alone, "{count}: row {row}");
        }
    }
}

/// Days far from today, what lies far from its day, and more branches than there are bits in a word.
#[test]
fn what_is_far_or_much_comes_to_the_same() {
    let branches: Vec<String> = (1..=80)
        .map(|n| format!("  annars om kunder = {n}\n    golv gäller från {n} dagar efter datum\n"))
        .collect();
    let few = branches.iter().take(40).map(|branch| branch.replace("golv", "dörr")).collect::<String>();
    let rules = format!(
        r#"regelverk fjärran "Fjärran"
  gäller från 1600-01-01
  månader räknas enligt SFS 1930:173
händelse sagt
  kunder: antal
  annan: datum
uppgift tak: ja/nej
uppgift golv: ja/nej
uppgift dörr: ja/nej
uppgift vägg: antal
regel långt
  när sagt
  om datum är före 1200 månader efter annan
    tak gäller från 1200 månader efter annan till och med dagen efter annan
  annars
    tak gäller från dagen efter datum
regel många
  när sagt
  om kunder = 0
    golv gäller från dagen före datum
{}  annars
    inget
regel färre
  när sagt
  om kunder = 0
    ger först = annan
{few}  annars om inte (kunder = 41 eller annan = datum)
    vägg blir kunder − 1 från den senare av annan och datum
  annars
    ger sist = dagar mellan annan och datum
"#,
        branches.concat()
    );
    let loaded = load_texts([("fjärran.frist", rules.as_str())]);
    let program = &loaded.program;
    let event = program.event_named("sagt").unwrap();
    let edges =
        ["1600-01-01", "1919-12-31", "1920-01-01", "2099-12-31", "2100-01-01", "9999-12-30", "9999-12-31"];
    let mut random = Dice(11);
    let mut dates = Vec::new();
    let mut fields = Vec::new();
    for date in edges.map(day) {
        for around in edges.map(day) {
            for kunder in [0, 1, 39, 40, 41, 63, 64, 65, 80, 81] {
                dates.push(date);
                fields.push(vec![Value::Count(kunder), Value::Day(around)]);
            }
        }
    }
    while dates.len() < 2000 {
        let any = |random: &mut Dice| day("1600-01-01").plus_days(random.below(300_000) as i64).unwrap();
        dates.push(any(&mut random));
        fields.push(vec![Value::Count(random.below(90) as i64), Value::Day(any(&mut random))]);
    }
    let columns = Columns::new(program, "sagt", dates.iter().map(|date| date.number()).collect()).unwrap();
    let column = |place: usize| {
        let values: Vec<Value> = fields.iter().map(|row| row[place]).collect();
        column(program.events[event.index()].fields[place].ty, &values).unwrap()
    };
    let columns = columns.with(program, "kunder", column(0), None).unwrap();
    let columns = columns.with(program, "annan", column(1), None).unwrap();
    assert!(agree(program, event, &Events { dates, fields, columns }) > 2000);
}

/// Batch after batch, of any lengths and years, what comes is what comes of each by itself.
#[test]
fn one_batch_after_another_is_decided_like_each_by_itself() {
    let loaded = alone();
    let program = &loaded.program;
    let mut random = Dice(4);
    for (name, field) in [("anmält", "önskat"), ("tecknat", "avtalsstart")] {
        let event = program.event_named(name).unwrap();
        let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
        let mut decider = BatchDecider::new(&plan);
        // Few rows, as many as there are days, more; days all near, a day far off among them, near again.
        for (count, gaps, far) in [
            (40, false, false),
            (2600, true, false),
            (900, false, false),
            (700, false, true),
            (1100, true, false),
            (0, false, false),
        ] {
            let mut columns = events(&mut random, program, event, count, gaps).columns;
            if far {
                let days = (0..count as i32).map(|row| 20_000 + if row == 7 { 3_000 } else { row % 300 });
                columns = columns.with(program, field, Column::Days(days.collect()), None).unwrap();
            }
            let (again, fresh) = (decider.decide(&columns), plan.decide(&columns));
            assert_eq!(again.groups, fresh.groups, "{name} {count}");
            assert_eq!(again.others, fresh.others, "{name} {count}");
            assert_eq!(again.left_out, fresh.left_out, "{name} {count}");
            assert!(count == 0 || !again.is_empty(), "{name} {count}");
        }
    }
}

#[test]
fn what_is_left_out_says_why() {
    let loaded = alone();
    let program = &loaded.program;
    let event = program.event_named("tecknat").unwrap();
    let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
    let why: Vec<String> =
        plan.left_out().map(|(rule, why)| format!("{rule} {}", why.words(program).sv)).collect();
    assert_eq!(why, ["undantagen läser uppgiften `avtal`"]);
}

#[test]
fn wrong_columns_are_refused() {
    let loaded = alone();
    let program = &loaded.program;
    let today = day("2025-04-14").number();
    let new = |event: &str| Columns::new(program, event, vec![today, today]);
    assert_eq!(new("anmäl").unwrap_err(), ColumnError::NoSuchEvent("anmäl".to_owned()));
    let far = Columns::new(program, "anmält", vec![today, i32::MAX]).unwrap_err();
    assert_eq!(far, ColumnError::Value { field: "date".to_owned(), row: 1 });
    let with = |field: &str, column: Column, valid: Option<Vec<bool>>| {
        new("anmält").unwrap().with(program, field, column, valid).map(|columns| columns.len())
    };
    assert_eq!(
        with("antal", Column::Whole(vec![1, 2]), None),
        Err(ColumnError::NoSuchField("antal".to_owned()))
    );
    let short = ColumnError::Length { field: "antal_omval".to_owned(), given: 1, wanted: 2 };
    assert_eq!(with("antal_omval", Column::Whole(vec![1]), None), Err(short));
    let type_ = Err(ColumnError::Type("antal_omval".to_owned()));
    assert_eq!(with("antal_omval", Column::Days(vec![1, 2]), None), type_);
    let value = |field: &str, row| Err(ColumnError::Value { field: field.to_owned(), row });
    assert_eq!(with("hur", Column::Choices(vec![2, 3]), None), value("hur", 1));
    assert_eq!(
        with("hur", Column::Choices(vec![2, 3]), Some(vec![true, false])),
        Ok(2),
        "no value, no matter"
    );
    assert_eq!(with("antal_omval", Column::Whole(vec![i64::MIN, 0]), None), value("antal_omval", 0));
    assert_eq!(with("önskat", Column::Days(vec![0, i32::MIN]), None), value("önskat", 1));
    assert_eq!(with("önskat", Column::Days(vec![0, i32::MIN]), Some(vec![true, false])), Ok(2));
}
