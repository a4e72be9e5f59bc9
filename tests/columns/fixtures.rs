//! The files of columns that the pages on errors show: made here, with `FRIST_UPDATE=1`, and held against what they are for.

use std::fs;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array};
use parquet::basic::Compression;

use super::convert;
use super::rows::lines;
use super::support::root;

#[test]
fn the_files_beside_the_command_line_are_what_their_names_say() {
    let folder = root().join("tests/cli");
    let given = fs::read_to_string(folder.join("händelser.jsonl")).unwrap();
    let batch = convert::batch(&given);
    let plain = convert::parquet(&batch, Compression::SNAPPY, 100);
    if std::env::var_os("FRIST_UPDATE").is_some() {
        let mut encrypted = plain.clone();
        let end = encrypted.len() - 4;
        encrypted[end..].copy_from_slice(b"PARE");
        let floats = Float64Array::from(vec![Some(400.0), Some(450.5), None, None]);
        let place = batch.schema().index_of("nytt_tak").unwrap();
        let names = batch.schema().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>();
        let mut columns: Vec<(String, ArrayRef)> = names.into_iter().zip(batch.columns().to_vec()).collect();
        let mut dated = columns.clone();
        dated.retain(|(name, _)| name != "date");
        let dateless = arrow_array::RecordBatch::try_from_iter(dated).unwrap();
        columns[place].1 = Arc::new(floats);
        let floats = arrow_array::RecordBatch::try_from_iter(columns).unwrap();
        for (name, bytes) in [
            ("händelser.parquet", &plain),
            ("händelser.arrow", &convert::arrow(&batch, None, 100)),
            ("krypterad.parquet", &encrypted),
            ("flyttal.parquet", &convert::parquet(&floats, Compression::SNAPPY, 100)),
            ("utan-datum.parquet", &convert::parquet(&dateless, Compression::SNAPPY, 100)),
        ] {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
    let rules = fs::read_to_string(folder.join("regler/ljungby.frist")).unwrap();
    let ruleset = frist::Ruleset::load([("ljungby.frist", rules.as_str())]).ruleset.unwrap();
    let of = |name: &str| lines(&ruleset, &fs::read(folder.join(name)).unwrap());
    let expected = lines(&ruleset, &plain).unwrap();
    assert_eq!(of("händelser.parquet").unwrap(), expected);
    assert_eq!(of("händelser.arrow").unwrap(), expected);
    for (name, code) in [
        ("krypterad.parquet", "F1122"),
        ("flyttal.parquet", "F1123"),
        ("utan-datum.parquet", "F1124"),
        ("avkortad.parquet", "F1121"),
    ] {
        assert_eq!(of(name).unwrap_err().code.to_string(), code, "{name}");
    }
}
