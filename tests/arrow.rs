//! Record batches in and out: what they say is what the same events say as JSON Lines, and what comes of them is what a run
//! brings.
#![cfg(feature = "arrow")]
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

use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, LargeStringBuilder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, UInt16Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray, Float64Array,
    Int8Array, Int64Array, LargeStringArray, NullArray, RecordBatch, StringArray, StringViewArray,
    Time64MicrosecondArray, TimestampMicrosecondArray, TimestampNanosecondArray, TimestampSecondArray,
    UInt64Array,
};
use frist::Language;
use frist::batch::{BatchError, ColumnError, Columns, OutcomeColumns};
use frist::program::Program;
use frist::time::Day;
use serde_json::{Value as Json, json};
use support::{Dice, Loaded, load_texts};

const EVERY_TYPE: &str = include_str!("batch/varje_typ.frist");
const ALONE: &str = include_str!("batch/alone.frist");

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .unwrap()
}

fn of<A: Array + 'static>(array: A) -> ArrayRef {
    Arc::new(array)
}

fn texts(values: &[Option<&str>]) -> ArrayRef {
    of(StringArray::from(values.to_vec()))
}

fn decided(program: &Program, event: &str, batch: &RecordBatch) -> (OutcomeColumns, RecordBatch) {
    let columns = Columns::from_record_batch(program, event, batch).unwrap();
    let outcomes = program.decide_batch(&columns);
    let brought = outcomes.to_record_batch(program, &columns, Language::Swedish).unwrap();
    assert_eq!(brought.schema(), OutcomeColumns::schema());
    assert_eq!(brought.num_rows(), outcomes.len());
    (outcomes, brought)
}

/// The cell of a column as text; nothing for null.
fn cell(batch: &RecordBatch, column: &str, row: usize) -> Option<String> {
    let array = batch.column_by_name(column).unwrap();
    if array.is_null(row) {
        return None;
    }
    let day = |days: i32| Day::from_number(days).unwrap().to_string();
    Some(match column {
        "row" => array.as_primitive::<UInt32Type>().value(row).to_string(),
        "branch" | "effect" => array.as_primitive::<UInt16Type>().value(row).to_string(),
        "fired" | "from" | "through" => day(array.as_primitive::<Date32Type>().value(row)),
        "amount" => {
            let millionths = array.as_primitive::<Decimal128Type>().value(row);
            format!("{:.6}", millionths as f64 / 1e6)
        }
        "of" | "value" | "outcome" => array.as_string::<i32>().value(row).to_owned(),
        "needs" => {
            format!("{:?}", array.as_list::<i32>().value(row).as_string::<i32>().iter().collect::<Vec<_>>())
        }
        _ => {
            let names = array.as_dictionary::<Int32Type>();
            names.values().as_string::<i32>().value(names.key(row)?).to_owned()
        }
    })
}

const TOLD: [&str; 13] = [
    "row", "rule", "branch", "kind", "subject", "of", "role", "action", "value", "amount", "unit", "fired",
    "from",
];

fn told(batch: &RecordBatch) -> Vec<String> {
    let mut all: Vec<String> = (0..batch.num_rows())
        .map(|row| {
            let cells = TOLD.map(|column| cell(batch, column, row).unwrap_or_default());
            format!("{} {}", cells.join("|"), cell(batch, "through", row).unwrap_or_default())
        })
        .collect();
    all.sort();
    all
}

/// What a run says of the same, in the same words. `line` 1 is row 0.
fn told_by_a_run(outcomes: &[Json]) -> Vec<String> {
    let mut all: Vec<String> = outcomes
        .iter()
        .map(|outcome| {
            let text = |key: &str| match &outcome[key] {
                Json::String(text) => text.clone(),
                Json::Null => String::new(),
                other => other.to_string(),
            };
            let kind = text("kind");
            let cells = TOLD.map(|column| match column {
                "row" => (outcome["trigger"]["line"].as_u64().unwrap() - 1).to_string(),
                "amount" => outcome["amount"].as_f64().map_or(String::new(), |n| format!("{n:.6}")),
                "from" if kind == "ends" => text("on"),
                "from" if kind == "duty" => text("not_before"),
                other => text(other),
            });
            let through = match kind.as_str() {
                "duty" if outcome["by"].is_null() => text("on"),
                "duty" => text("by"),
                _ => text("until"),
            };
            format!("{} {through}", cells.join("|"))
        })
        .collect();
    all.sort();
    all
}

/// The fields of `varje_typ.frist` as columns, and the same as lines.
fn every_type() -> (Vec<(&'static str, ArrayRef)>, String) {
    let day = |text: &str| text.parse::<Day>().unwrap().number();
    let lines = [
        json!({"dag":"2025-03-01","stund":"2025-03-01T08:30","klockan_var":"08:30","klart":true,"kunder":12,
            "vikt":2.5,"avgift":"500.50","del":0.25,"arbetad":90,"varsel":"3 månader","ord":"å \"ä\"\nö",
            "sort":"borta","vem":"chef","takt":"4 timmar per vecka","platser":["syd","nord"]}),
        json!({"dag":"1999-12-31","stund":"2025-12-31T00:00","klockan_var":"23:59","klart":false,"kunder":-3,
            "vikt":0.000001,"avgift":"7","del":1,"arbetad":0,"varsel":"90 dagar","ord":"2",
            "sort":"hemma","vem":"handläggare","takt":"2 timmar 30 minuter per vecka","platser":[]}),
        json!({}),
    ];
    let lines: Vec<String> = lines
        .into_iter()
        .enumerate()
        .map(|(number, mut line)| {
            line["case"] = json!(format!("{number}"));
            line["event"] = json!("angett");
            line["date"] = json!("2025-04-14");
            line.to_string()
        })
        .collect();
    let minutes = |day: i64, minute: i64| Some((day * 1440 + minute) * 60 * 1_000_000);
    let mut places = ListBuilder::new(StringBuilder::new());
    places.append_value([Some("syd"), Some("nord")]);
    places.append_value::<[Option<&str>; 0], _>([]);
    places.append_null();
    let decimals = |values: [Option<i128>; 3], scale: i8| {
        of(Decimal128Array::from(values.to_vec()).with_precision_and_scale(38, scale).unwrap())
    };
    let columns = vec![
        ("date", of(Date32Array::from(vec![day("2025-04-14"); 3]))),
        ("case", of(Int64Array::from(vec![0, 1, 2]))),
        ("event", of(DictionaryArray::<Int32Type>::from_iter(["angett"; 3]))),
        ("dag", of(Date32Array::from(vec![Some(day("2025-03-01")), Some(day("1999-12-31")), None]))),
        (
            "stund",
            of(TimestampMicrosecondArray::from(vec![
                minutes(i64::from(day("2025-03-01")), 510),
                minutes(i64::from(day("2025-12-31")), 0),
                None,
            ])),
        ),
        ("klockan_var", of(Time64MicrosecondArray::from(vec![minutes(0, 510), minutes(0, 1439), None]))),
        ("klart", of(BooleanArray::from(vec![Some(true), Some(false), None]))),
        ("kunder", of(Int64Array::from(vec![Some(12), Some(-3), None]))),
        ("vikt", decimals([Some(2_500_000), Some(1), None], 6)),
        ("avgift", decimals([Some(50_050), Some(700), None], 2)),
        ("del", decimals([Some(25), Some(100), None], 2)),
        ("arbetad", of(Int64Array::from(vec![Some(90), Some(0), None]))),
        ("varsel", texts(&[Some("3 månader"), Some("90 dagar"), None])),
        ("ord", texts(&[Some("å \"ä\"\nö"), Some("2"), None])),
        ("sort", texts(&[Some("borta"), Some("hemma"), None])),
        ("vem", texts(&[Some("chef"), Some("handläggare"), Some("")])),
        ("takt", texts(&[Some("4 timmar per vecka"), Some("2 timmar 30 minuter per vecka"), None])),
        ("platser", of(places.finish())),
    ];
    (columns, lines.join("\n"))
}

#[test]
fn every_type_means_what_it_means_as_json() {
    let mut loaded = load_texts([("varje_typ.frist", EVERY_TYPE)]);
    let (columns, lines) = every_type();
    let (outcomes, brought) = decided(&loaded.program, "angett", &batch(columns));
    assert!(outcomes.left_out.is_empty() && outcomes.others.is_empty());
    let by_a_run = told_by_a_run(&loaded.decide(&lines, "2025-12-31"));
    assert_eq!(by_a_run.len(), 30, "every type twice");
    assert_eq!(told(&brought), by_a_run);
}

#[test]
fn the_same_in_other_types_is_the_same() {
    let loaded = load_texts([("varje_typ.frist", EVERY_TYPE)]);
    let (columns, _) = every_type();
    let plain = told(&decided(&loaded.program, "angett", &batch(columns.clone())).1);
    let seconds = |day: &str| Some(i64::from(day.parse::<Day>().unwrap().number()) * 86_400);
    let small = |values: [Option<i128>; 3]| {
        let mut numbers = Decimal128Builder::new().with_precision_and_scale(38, 3).unwrap();
        values.into_iter().for_each(|value| numbers.append_option(value));
        of(numbers.finish())
    };
    let mut large = ListBuilder::new(LargeStringBuilder::new());
    large.append_value([Some("nord"), Some("syd")]);
    large.append_value::<[Option<&str>; 0], _>([]);
    large.append_null();
    let words = [Some("borta"), Some("hemma"), None];
    let others: Vec<(&str, ArrayRef)> = vec![
        ("date", texts(&[Some("2025-04-14"); 3])),
        ("date", of(Date64Array::from(vec![seconds("2025-04-14").unwrap() * 1_000; 3]))),
        ("dag", of(TimestampSecondArray::from(vec![seconds("2025-03-01"), seconds("1999-12-31"), None]))),
        ("dag", texts(&[Some("2025-03-01"), Some("1999-12-31"), None])),
        (
            "stund",
            of(TimestampNanosecondArray::from(vec![
                seconds("2025-03-01").map(|second| (second + 510 * 60) * 1_000_000_000),
                seconds("2025-12-31").map(|second| second * 1_000_000_000),
                None,
            ])),
        ),
        ("kunder", of(Int8Array::from(vec![Some(12), Some(-3), None]))),
        ("kunder", small([Some(12_000), Some(-3_000), None])),
        ("avgift", texts(&[Some("500,50 kr"), Some("7"), None])),
        ("avgift", small([Some(500_500), Some(7_000), None])),
        ("arbetad", texts(&[Some("1 timme 30 minuter"), Some("0 minuter"), None])),
        ("arbetad", small([Some(90_000), Some(0), None])),
        ("del", texts(&[Some("25 %"), Some("100 %"), None])),
        ("sort", of(LargeStringArray::from(words.to_vec()))),
        ("sort", of(StringViewArray::from(words.to_vec()))),
        ("sort", of(DictionaryArray::<Int32Type>::from_iter(words))),
        ("platser", of(large.finish())),
        ("platser", texts(&[Some("syd; nord"), Some(";"), None])),
    ];
    for (name, array) in others {
        let holds = array.data_type().clone();
        let changed = columns
            .iter()
            .map(|(own, column)| (*own, if *own == name { Arc::clone(&array) } else { Arc::clone(column) }))
            .collect();
        assert_eq!(told(&decided(&loaded.program, "angett", &batch(changed)).1), plain, "{name} as {holds}");
    }
}

#[test]
fn what_rules_bring_is_what_a_run_brings() {
    let mut loaded = load_texts([("alone.frist", ALONE)]);
    let mut dice = Dice(0x5eed);
    let count = 400;
    let maybe =
        |dice: &mut Dice, bound: u64| (dice.below(4) > 0).then(|| i64::try_from(dice.below(bound)).unwrap());
    let first = "2020-01-01".parse::<Day>().unwrap().number();
    let (mut lines, mut days, mut caps, mut wanted, mut how, mut moves, mut fees, mut shares) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in 0..count {
        let day = first + i32::try_from(dice.below(2_000)).unwrap();
        let cap = i64::try_from(dice.below(500)).unwrap() * 60;
        let want = maybe(&mut dice, 300).map(|more| day + i32::try_from(more).unwrap());
        let kind = *dice.pick(&["höjning", "sänkning", "oförändrat"]);
        let moved = i64::try_from(dice.below(9)).unwrap();
        let (fee, share) = (maybe(&mut dice, 40_000), maybe(&mut dice, 101));
        let mut line = json!({"case": format!("{row}"), "event": "anmält",
            "date": Day::from_number(day).unwrap().to_string(), "nytt_tak": cap, "hur": kind, "antal_omval": moved});
        if let Some(day) = want {
            line["önskat"] = json!(Day::from_number(day).unwrap().to_string());
        }
        if let Some(fee) = fee {
            line["avgift"] = json!(format!("{}.{:02}", fee / 100, fee % 100));
        }
        if let Some(share) = share {
            line["andel_kvar"] = json!(format!("{share} %"));
        }
        lines.push(line.to_string());
        days.push(day);
        caps.push(cap);
        wanted.push(want);
        how.push(kind);
        moves.push(moved);
        fees.push(fee.map(i128::from));
        shares.push(share.map(|share| format!("{share} %")));
    }
    let batch = batch(vec![
        ("date", of(Date32Array::from(days))),
        ("nytt_tak", of(Int64Array::from(caps))),
        ("önskat", of(Date32Array::from(wanted))),
        ("hur", of(StringArray::from(how))),
        ("antal_omval", of(Int64Array::from(moves))),
        ("avgift", of(Decimal128Array::from(fees).with_precision_and_scale(9, 2).unwrap())),
        ("andel_kvar", of(StringArray::from(shares))),
    ]);
    let (outcomes, brought) = decided(&loaded.program, "anmält", &batch);
    assert!(outcomes.left_out.is_empty() && !outcomes.others.is_empty());
    assert_eq!(told(&brought), told_by_a_run(&loaded.decide(&lines.join("\n"), "9999-12-31")));
}

const SMALL: &str = r#"ruleset a "A"
  in force from 2025-01-01
type place: home | town
event billed
  sum: amount
  at: place = town
event closed
  sum: amount
fact paid: yes/no
rule large
  when billed
  if sum > 500 kr and at is town
    paid applies from date
"#;

fn small() -> Loaded {
    load_texts([("small.frist", SMALL)])
}

#[test]
fn what_is_not_there_is_the_default_or_unknown() {
    let program = small().program;
    let kronor = of(Int64Array::from(vec![Some(501), None, Some(501)]));
    let places = texts(&[None, Some("town"), Some("home")]);
    let given =
        batch(vec![("date", of(Date32Array::from(vec![20_192; 3]))), ("sum", kronor), ("at", places)]);
    let (_, brought) = decided(&program, "billed", &given);
    let rows: Vec<_> = (0..brought.num_rows())
        .map(|row| {
            ["row", "kind", "effect", "needs"].map(|column| cell(&brought, column, row).unwrap_or_default())
        })
        .collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[0], ["0", "begins", "0", ""]);
    assert_eq!(rows[1][..3], ["1", "undetermined", ""]);
    assert!(rows[1][3].contains("sum"), "{rows:?}");
    let whole: Json = serde_json::from_str(&cell(&brought, "outcome", 1).unwrap()).unwrap();
    assert_eq!((&whole["kind"], &whole["rule"]), (&json!("undetermined"), &json!("large")));
    // Without the column it is the same.
    let given = batch(vec![("date", of(Date32Array::from(vec![20_192]))), ("sum", of(NullArray::new(1)))]);
    assert_eq!(decided(&program, "billed", &given).0.others.len(), 1);
}

#[test]
fn what_cannot_be_taken_names_the_column_and_the_row() {
    let program = small().program;
    let refused = |columns: Vec<(&str, ArrayRef)>| {
        let error = Columns::from_record_batch(&program, "billed", &batch(columns)).unwrap_err();
        (error.to_string(), error)
    };
    let dates = || ("date", of(Date32Array::from(vec![20_192, 20_193])));
    assert_eq!(refused(vec![("sum", of(Int64Array::from(vec![1])))]).1, BatchError::NoDates);
    let (said, _) = refused(vec![dates(), ("sum", of(Float64Array::from(vec![1.0, 2.0])))]);
    assert_eq!(
        said,
        "the column `sum` is of the type Float64, which the field does not take: cast it to `decimal(18, 2)`"
    );
    let zoned = TimestampSecondArray::from(vec![0, 1]).with_timezone("UTC");
    let (said, _) = refused(vec![("date", of(zoned))]);
    assert!(said.contains("`date`") && said.ends_with("cast it to `date`"), "{said}");
    let (said, _) = refused(vec![("date", of(TimestampSecondArray::from(vec![0, 60])))]);
    assert_eq!(said, "row 1 of `date` says \"1970-01-01T00:01\", which is no value of the field");
    assert_eq!(
        refused(vec![("date", of(Date32Array::from(vec![Some(1), None])))]).1,
        BatchError::NoDay { row: 1 }
    );
    let far = ColumnError::Value { field: String::from("date"), row: 0 };
    assert_eq!(refused(vec![("date", of(Date32Array::from(vec![i32::MAX])))]).1, BatchError::Column(far));
    let (said, _) = refused(vec![dates(), ("at", texts(&[Some("home"), Some("Town")]))]);
    assert_eq!(said, "row 1 of `at` says \"Town\", which is no value of the field");
    let (said, _) = refused(vec![dates(), ("sum", of(UInt64Array::from(vec![1, u64::MAX])))]);
    assert_eq!(said, "row 1 of `sum` says 18446744073709551615, which is no value of the field");
    let fine = Decimal128Array::from(vec![Some(5), None]).with_precision_and_scale(38, 3).unwrap();
    let (said, _) = refused(vec![dates(), ("sum", of(fine))]);
    assert_eq!(said, "row 0 of `sum` says 0.005, which is no value of the field");
    let (said, _) = refused(vec![dates(), ("event", texts(&[Some("billed"), Some("closed")]))]);
    assert_eq!(said, "row 1 is of the event `closed`, not of the one asked for");
    let (_, error) = refused(vec![dates(), ("replaces", texts(&[None, Some("7")]))]);
    assert_eq!(error, BatchError::Correction { row: 1 });
    let (_, error) = refused(vec![dates(), ("summa", of(Int64Array::from(vec![1, 2])))]);
    assert_eq!(error, BatchError::Column(ColumnError::NoSuchField(String::from("summa"))));
    let error = Columns::from_record_batch(&program, "bills", &batch(vec![dates()])).unwrap_err();
    assert_eq!(error, BatchError::Column(ColumnError::NoSuchEvent(String::from("bills"))));
}
