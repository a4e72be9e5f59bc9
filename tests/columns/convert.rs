//! Events written as JSON Lines turned into record batches, and those into files.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use frist::time::Day;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value as Json};

/// The lines as rows: a column for each key, of the type of its values. Days are days.
pub fn batch(lines: &str) -> RecordBatch {
    let rows: Vec<Map<String, Json>> = lines
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut names: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(Map::keys) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let columns = names.into_iter().map(|name| {
        let values = rows.iter().map(|row| row.get(name).filter(|value| !value.is_null()));
        (name, column(name, &values.collect::<Vec<_>>()), true)
    });
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn column(name: &str, values: &[Option<&Json>]) -> ArrayRef {
    let all = |is: fn(&Json) -> bool| values.iter().flatten().all(|value| is(value));
    let day = |value: &Json| value.as_str()?.parse::<Day>().ok();
    if all(Json::is_boolean) {
        Arc::new(
            values.iter().map(|value| value.map(|value| value.as_bool().unwrap())).collect::<BooleanArray>(),
        )
    } else if all(Json::is_i64) {
        Arc::new(
            values.iter().map(|value| value.map(|value| value.as_i64().unwrap())).collect::<Int64Array>(),
        )
    } else if values.iter().flatten().all(|value| is_of(value, Json::is_i64)) {
        let mut lists = ListBuilder::new(Int64Builder::new());
        for value in values {
            match value {
                Some(list) => lists.append_value(list.as_array().unwrap().iter().map(Json::as_i64)),
                None => lists.append_null(),
            }
        }
        Arc::new(lists.finish())
    } else if values.iter().flatten().all(|value| is_of(value, Json::is_string)) {
        let mut lists = ListBuilder::new(StringBuilder::new());
        for value in values {
            match value {
                Some(list) => lists.append_value(list.as_array().unwrap().iter().map(Json::as_str)),
                None => lists.append_null(),
            }
        }
        Arc::new(lists.finish())
    } else if values.iter().flatten().all(|value| day(value).is_some()) {
        Arc::new(
            values
                .iter()
                .map(|value| value.map(|value| day(value).unwrap().number()))
                .collect::<Date32Array>(),
        )
    } else if all(Json::is_string) {
        Arc::new(
            values.iter().map(|value| value.map(|value| value.as_str().unwrap())).collect::<StringArray>(),
        )
    } else {
        panic!("`{name}` is of several types")
    }
}

/// Whether a value is a list of what something is.
fn is_of(value: &Json, is: fn(&Json) -> bool) -> bool {
    value.as_array().is_some_and(|members| members.iter().all(is))
}

/// A Parquet file with so many rows in a group.
pub fn parquet(batch: &RecordBatch, compression: Compression, rows: usize) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(Some(rows))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

/// An Arrow IPC file with so many rows in a batch.
pub fn arrow(batch: &RecordBatch, compression: Option<CompressionType>, rows: usize) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
    let mut start = 0;
    while start < batch.num_rows() {
        let count = rows.min(batch.num_rows() - start);
        writer.write(&batch.slice(start, count)).unwrap();
        start += count;
    }
    writer.finish().unwrap();
    writer.into_inner().unwrap()
}
