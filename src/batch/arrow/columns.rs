//! Record batches in: a batch as columns of events.

use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;

use super::super::columns::{Column, ColumnError, Columns};
use super::super::graph::Kind;
use super::BatchError;
use crate::program::{Field, Program, Type};
use crate::record::{CellValues, Found, cast, fits, is_whole, letters, nfc, whole};
use crate::value::{Value, scale};

/// Columns that name a row, or say when it was entered: nothing in them bears on what the rules say.
const NAMES: [&str; 3] = ["case", "id", "known"];

impl Columns {
    /// The rows of a record batch as events of one name.
    ///
    /// Columns are named like the keys of an event: `date`, which there must be, and the event's fields. A null, or an empty
    /// text, says nothing: the field has its default there, else it is none when it is optional, else unknown; so has every
    /// row of a field without a column. `case`, `id` and `known` are passed over: each row is a case of its own, and is
    /// joined with what it brings by its number.
    ///
    /// | field | columns |
    /// | --- | --- |
    /// | date | `Date32`; `Date64`, `Timestamp` without a zone, on a midnight; texts |
    /// | yes/no | `Boolean` |
    /// | count, number | whole and decimal numbers |
    /// | money, work time, share | whole and decimal numbers (kronor, minutes, of one), texts with units |
    /// | enumerations, roles, texts, periods, rates | texts: `Utf8`, `LargeUtf8`, `Utf8View`; whole numbers for texts |
    /// | time of day, moment | `Time32`, `Time64`; `Timestamp` without a zone; texts |
    /// | sets | `List`, `LargeList`, `FixedSizeList` of those; texts with `;` between the members |
    ///
    /// Any of them may be a `Dictionary`. Binary fractions (`Float64`) are refused: they are not exact.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow_array::{Date32Array, Decimal128Array, RecordBatch, StringArray, cast::AsArray, types::Date32Type};
    /// use frist::{Language, Ruleset, batch::Columns};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// type place: home | town
    /// event billed
    ///   sum: amount
    ///   by: place
    /// fact paid: yes/no
    /// rule large_sums
    ///   when billed
    ///   if sum > 500 kr and by is town
    ///     paid applies from day 1 of the next month after date
    /// "#;
    /// let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
    /// let program = ruleset.program();
    /// // 14 and 15 April 2025.
    /// let batch = RecordBatch::try_from_iter([
    ///     ("date", Arc::new(Date32Array::from(vec![20192, 20193])) as _),
    ///     ("sum", Arc::new(Decimal128Array::from(vec![50_000, 50_001]).with_precision_and_scale(12, 2)?) as _),
    ///     ("by", Arc::new(StringArray::from(vec!["town", "town"])) as _),
    /// ])?;
    /// let columns = Columns::from_record_batch(program, "billed", &batch)?;
    /// let outcomes = program.decide_batch(&columns);
    /// let brought = outcomes.to_record_batch(program, &columns, Language::English)?;
    /// assert_eq!(brought.num_rows(), 1);
    /// let from = brought.column_by_name("from").ok_or("a column")?.as_primitive::<Date32Type>();
    /// assert_eq!(from.value(0), 20209, "1 May 2025");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`BatchError`] names the column, and the row where there is one.
    pub fn from_record_batch(
        program: &Program,
        event: &str,
        batch: &RecordBatch,
    ) -> Result<Columns, BatchError> {
        let dates = batch.column_by_name("date").ok_or(BatchError::NoDates)?;
        let mut values = CellValues::new(program);
        let days = match column(&mut values, "date", Type::Date, dates, None)? {
            (Column::Days(days), None) => days,
            (_, valid) => {
                let row = valid.and_then(|valid| valid.iter().position(|valid| !valid)).unwrap_or(0);
                return Err(BatchError::NoDay { row });
            }
        };
        let mut columns = Columns::new(program, event, days)?;
        let id = columns.event;
        let declared = program.events.get(id.index()).map_or(&[][..], |event| &event.fields);
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let name = nfc(field.name());
            match &*name {
                "date" => {}
                "event" => of_event(program, &columns, array)?,
                "replaces" => {
                    let stated = |row: &usize| letters(array, *row).is_some_and(|text| !text.is_empty());
                    if let Some(row) = (0..array.len()).find(stated) {
                        return Err(BatchError::Correction { row });
                    }
                }
                name if NAMES.contains(&name) => {}
                name => {
                    let Some(field) = declared.iter().find(|field| field.named.name == *name) else {
                        return Err(ColumnError::NoSuchField(name.to_owned()).into());
                    };
                    let Field { ty, default, .. } = field;
                    let (column, valid) = column(&mut values, name, *ty, array, *default)?;
                    columns = columns.with(program, name, column, valid)?;
                }
            }
        }
        columns.pool = Some(values.into_pool());
        Ok(columns)
    }
}

/// Sees to it that every row is of the event asked for.
fn of_event(program: &Program, columns: &Columns, array: &ArrayRef) -> Result<(), BatchError> {
    for row in 0..array.len() {
        let named = letters(array, row).unwrap_or("");
        if program.event_named(&nfc(named)) != Some(columns.event) {
            return Err(BatchError::OtherEvent { row, event: named.to_owned() });
        }
    }
    Ok(())
}

/// An array as the column of a field, and where it has values; every row has one without.
fn column(
    values: &mut CellValues<'_>,
    name: &str,
    ty: Type,
    array: &ArrayRef,
    default: Option<Value>,
) -> Result<(Column, Option<Vec<bool>>), BatchError> {
    let holds = array.data_type();
    if !fits(holds, ty) {
        let holds = holds.to_string();
        return Err(BatchError::Type { column: name.to_owned(), holds, cast: cast(ty) });
    }
    let nowhere = array.null_count() == 0;
    match (ty, holds) {
        (Type::Date, DataType::Date32) if nowhere => {
            if let Some(days) = array.as_primitive_opt::<Date32Type>() {
                return Ok((Column::Days(days.values().to_vec()), None));
            }
        }
        (Type::YesNo, DataType::Boolean) if nowhere => {
            if let Some(yes) = array.as_boolean_opt() {
                return Ok((Column::YesNo(yes.values().iter().collect()), None));
            }
        }
        (Type::Count | Type::Number | Type::Amount | Type::Duration, holds) if nowhere && is_whole(holds) => {
            return Ok((Column::Whole(wholes(name, ty, array)?), None));
        }
        _ => {}
    }
    let found = values.column(array, ty);
    let found = found.map_err(|(row, says)| BatchError::Cell { column: name.to_owned(), row, says })?;
    Ok(filled(ty, found, default))
}

/// Whole numbers in the smallest parts of a type.
fn wholes(name: &str, ty: Type, array: &ArrayRef) -> Result<Vec<i64>, BatchError> {
    let parts = i128::from(match ty {
        Type::Number => scale::NUMBER,
        Type::Amount => scale::KRONA,
        Type::Duration => scale::MINUTE,
        _ => 1,
    });
    let rows = (0..array.len()).map(|row| {
        let given = whole(array, row).unwrap_or(0);
        let number = given.checked_mul(parts).and_then(|number| i64::try_from(number).ok());
        let says = given.to_string();
        number.ok_or_else(|| BatchError::Cell { column: name.to_owned(), row, says })
    });
    rows.collect()
}

/// Values found as a column of a type.
fn filled(ty: Type, found: Vec<Found>, default: Option<Value>) -> (Column, Option<Vec<bool>>) {
    let found: Vec<Found> = found.into_iter().map(|value| value.or(default)).collect();
    let valid =
        found.iter().any(Option::is_none).then(|| found.iter().map(Option::is_some).collect::<Vec<bool>>());
    // Where there is no value, any does.
    let numbers = || found.iter().map(|value| value.map_or(0, plain));
    let small = || numbers().map(|number| u16::try_from(number).unwrap_or(0)).collect();
    let column = match Kind::of_type(ty) {
        Kind::Day => Column::Days(numbers().map(|number| i32::try_from(number).unwrap_or(0)).collect()),
        Kind::YesNo => Column::YesNo(numbers().map(|number| number == 1).collect()),
        Kind::Choice(_) => Column::Choices(small()),
        Kind::Role => Column::Roles(small()),
        Kind::Count | Kind::Number | Kind::Amount | Kind::Duration => Column::Whole(numbers().collect()),
        Kind::Other => Column::Values(found.iter().map(|value| value.unwrap_or(Value::Unknown)).collect()),
    };
    (column, valid)
}

/// The number of a value, whatever it stands for in columns; one that stands for something else there is refused later.
fn plain(value: Value) -> i64 {
    match value {
        Value::Day(day) => i64::from(day.number()),
        Value::YesNo(yes) => i64::from(yes),
        Value::Choice(choice) => i64::from(choice.value),
        Value::Role(role) => i64::from(role),
        Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n) => n,
        _ => 0,
    }
}
