//! Outcomes as Parquet: the cells that CSV has, each of its own type, in a file that is whole or none.

use std::collections::BTreeMap;
use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use bytes::Bytes;
use frist::record::{OUTCOME_COLUMNS, OutcomeFile};
use frist::time::Day;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::command::{Folder, rules, text};
use super::rows::{events, shuffled};

fn read(bytes: &[u8]) -> Result<Vec<RecordBatch>, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::copy_from_slice(bytes));
    let reader =
        builder.and_then(ParquetRecordBatchReaderBuilder::build).map_err(|error| error.to_string())?;
    reader.collect::<Result<_, _>>().map_err(|error| error.to_string())
}

/// The cells of a row that say something, as CSV writes them.
fn cells(batch: &RecordBatch, row: usize) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        if array.is_null(row) {
            continue;
        }
        let text = match array.data_type() {
            DataType::Date32 => {
                Day::from_number(array.as_primitive::<Date32Type>().value(row)).unwrap().to_string()
            }
            DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
            DataType::Boolean => array.as_boolean().value(row).to_string(),
            DataType::Decimal128(25, 6) => {
                let text = array.as_primitive::<Decimal128Type>().value_as_string(row);
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            _ => array.as_string::<i32>().value(row).to_owned(),
        };
        let name = if field.name() == "by_rule" { "by" } else { field.name() };
        assert_eq!(found.insert(name.to_owned(), text), None, "two cells for `{name}`");
    }
    found
}

#[test]
fn a_file_has_the_cells_that_csv_has() {
    for name in ["stockholm", "uppfoljning-2020", "ljungby"] {
        let folder = Folder::new(&format!("written-{name}"));
        let rules = rules(name);
        folder.write("e.jsonl", shuffled(&events(name)));
        let table = folder.run(&["decide", &rules, "e.jsonl", "--format", "csv"], b"");
        let arguments = ["decide", &rules, "e.jsonl", "--format", "parquet"];
        let file = folder.run(&arguments, b"");
        assert_eq!((file.status.code(), &file.stderr), (table.status.code(), &table.stderr), "{name}");
        let batches = read(&file.stdout).unwrap();
        let mut rows =
            batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| cells(batch, row)));
        let mut count = 0;
        for record in csv::Reader::from_reader(&table.stdout[..]).records() {
            let record = record.unwrap();
            let said = OUTCOME_COLUMNS.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
            let said: BTreeMap<String, String> =
                said.map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect();
            assert_eq!(rows.next().unwrap(), said, "{name}");
            count += 1;
        }
        assert!(count > 50 && rows.next().is_none(), "{name}");
        for how in [["--threads", "1"], ["--memory", "64KiB"]] {
            assert!(
                folder.run(&[&arguments[..], &how].concat(), b"").stdout == file.stdout,
                "{name} {how:?}"
            );
        }
    }
}

#[test]
fn each_column_is_of_its_own_type() {
    let mut file = OutcomeFile::new(Vec::new());
    let lines = "{\"case\":\"å \\\"1\\\"\",\"branch\":2,\"trigger\":{\"event\":\"e\",\"date\":\"2025-04-14\",\"line\":12},\
        \"kind\":\"becomes\",\"amount\":12.5,\"by\":\"2025-05-01\",\"soft\":true,\"missed\":[\"2025-01\"]}\n\
        {\"case\":\"2\",\"kind\":\"withheld\",\"by\":\"2025-05-01\"}\n";
    // A line may come in pieces, a letter too.
    for byte in lines.as_bytes() {
        file.write_all(&[*byte]).unwrap();
    }
    let batches = read(&file.finish().unwrap()).unwrap();
    let schema = batches[0].schema();
    assert_eq!(schema.fields().len(), OUTCOME_COLUMNS.len() + 1);
    let types: Vec<String> =
        ["case", "branch", "trigger_date", "trigger_line", "amount", "by", "by_rule", "soft", "missed"]
            .iter()
            .map(|name| schema.field_with_name(name).unwrap().data_type().to_string())
            .collect();
    assert_eq!(
        types,
        ["Utf8", "Int64", "Date32", "Int64", "Decimal128(25, 6)", "Date32", "Utf8", "Boolean", "Utf8"]
    );
    let said: Vec<(String, String)> = cells(&batches[0], 0).into_iter().collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(
        said,
        [
            ("amount", "12.5"),
            ("branch", "2"),
            ("by", "2025-05-01"),
            ("case", "å \"1\""),
            ("kind", "becomes"),
            ("missed", "[\"2025-01\"]"),
            ("soft", "true"),
            ("trigger_date", "2025-04-14"),
            ("trigger_event", "e"),
            ("trigger_line", "12")
        ]
    );
    // What has the form of a day is a rule's name all the same.
    assert!(batches[0].column_by_name("by").unwrap().is_null(1));
    assert_eq!(batches[0].column_by_name("by_rule").unwrap().as_string::<i32>().value(1), "2025-05-01");
}

#[test]
fn what_is_of_another_type_is_no_cell() {
    let mut file = OutcomeFile::new(Vec::new());
    let error = file.write_all(b"{\"case\":\"1\",\"branch\":\"two\"}\n").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("`branch`"), "{error}");
}

/// Counts what goes through.
#[derive(Default)]
struct Counted(Vec<u8>);

impl Write for &mut Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_file_that_is_not_finished_cannot_be_read() {
    let line = |number: u32| format!("{{\"case\":\"{number}\",\"rule\":\"r\",\"fired\":\"2025-05-01\"}}\n");
    let lines: String = (0..66_000).map(line).collect();
    let mut unfinished = Counted::default();
    let mut file = OutcomeFile::new(&mut unfinished);
    file.write_all(lines.as_bytes()).unwrap();
    drop(file);
    assert!(unfinished.0.len() > 50_000, "rows go out before the last has come");
    assert!(read(&unfinished.0).is_err());

    let mut finished = Counted::default();
    let mut file = OutcomeFile::new(&mut finished);
    file.write_all(lines.as_bytes()).unwrap();
    file.finish().unwrap();
    assert!(finished.0.starts_with(&unfinished.0));
    let rows: usize = read(&finished.0).unwrap().iter().map(RecordBatch::num_rows).sum();
    assert_eq!(rows, 66_000);
    for end in [4, unfinished.0.len(), finished.0.len() - 9, finished.0.len() - 1] {
        assert!(read(&finished.0[..end]).is_err(), "the first {end} bytes");
    }
}

#[test]
fn there_is_a_file_or_a_reason() {
    let folder = Folder::new("reason");
    let rules = rules("stockholm");
    folder.write("e.jsonl", events("stockholm"));
    folder.write("bad.jsonl", "{\"case\":\"1\"}\n");
    folder.write("none.jsonl", "");
    for (arguments, status, code) in [
        (&["explain", &rules, "e.jsonl"][..], 2, "F1125"),
        (&["decide", &rules, "e.jsonl", "--missing"], 2, "F1125"),
        (&["check", &rules], 2, "F1125"),
        (&["decide", &rules, "bad.jsonl"], 2, "F0792"),
        (&["decide", &rules, "bad.jsonl", "--strict"], 1, "F0707"),
    ] {
        let done = folder.run(&[arguments, &["--format", "parquet"]].concat(), b"");
        assert_eq!(done.status.code(), Some(status), "{arguments:?}");
        assert!(done.stdout.is_empty() && text(&done.stderr).contains(code), "{}", text(&done.stderr));
    }
    // Nothing came of it, which is something to say.
    let done =
        folder.run(&["decide", &rules, "none.jsonl", "--as-of", "2025-01-01", "--format", "parquet"], b"");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(read(&done.stdout).unwrap().iter().map(RecordBatch::num_rows).sum::<usize>(), 0);
}
