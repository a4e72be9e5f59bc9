//! `id`, `replaces`, `known`.

use frist::record::ReadOptions;
use frist::value::Value;

use crate::program::{self, day};
use crate::{Read, jsonl, read_as};

fn tak(id: &str, date: &str, hours: u32, more: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"case\":\"a\",\"event\":\"kapacitetstak_anmält\",\"date\":\"{date}\",\"nytt_tak\":\"{hours} timmar\"{more}}}\n"
    )
}

/// The hours of the one case's events, in order, with their lines.
fn hours(read: &Read) -> Vec<(i64, u32)> {
    let hours = |value: Value| match value {
        Value::Duration(seconds) => seconds / 3_600,
        other => panic!("{other:?}"),
    };
    let case = read.input.history.cases.first();
    case.map_or(Vec::new(), |case| case.events.iter().map(|e| (hours(e.fields[0]), e.line)).collect())
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let text = [
        tak("1", "2025-03-01", 100, ""),
        tak("2", "2025-03-01", 200, ""),
        tak("3", "2025-03-01", 150, ",\"replaces\":\"1\""),
        tak("3", "2025-03-01", 175, ",\"replaces\":\"3\""),
    ]
    .concat();
    let read = jsonl(&text);
    assert_eq!(read.input.diagnostics, []);
    assert_eq!(hours(&read), [(175, 4), (200, 2)]);
}

#[test]
fn a_correction_without_fields_withdraws() {
    for withdrawal in [
        r#"{"replaces":"1"}"#,
        r#"{"id":"3","case":"a","date":"2025-04-01","replaces":"1","known":"2025-04-02"}"#,
    ] {
        let text =
            format!("{}{}{withdrawal}", tak("1", "2025-03-01", 100, ""), tak("2", "2025-03-02", 200, ""));
        let read = jsonl(&text);
        assert_eq!(read.input.diagnostics, []);
        assert_eq!(hours(&read), [(200, 2)]);
        assert_eq!(read.input.latest_date, Some(day("2025-03-02")));
    }
    let read = jsonl(&format!("{}{{\"replaces\":\"1\"}}", tak("1", "2025-03-01", 100, "")));
    assert!(read.input.history.cases.is_empty());
    assert_eq!(read.input.latest_date, Some(day("2025-03-01")));
    // Fields without an event are not a withdrawal but a forgotten key.
    let read = jsonl(&format!(
        "{}{{\"replaces\":\"1\",\"case\":\"a\",\"date\":\"2025-03-01\",\"nytt_tak\":60}}",
        tak("1", "2025-03-01", 100, "")
    ));
    assert_eq!(read.only().0, "F0707");
    assert_eq!(hours(&read), [(100, 1)]);
}

#[test]
fn a_bad_line_can_be_corrected() {
    let bad = tak("1", "2025-02-30", 100, "");
    let read = jsonl(&format!("{bad}{}", tak("2", "2025-03-01", 150, ",\"replaces\":\"1\"")));
    assert_eq!(read.only().0, "F0712");
    assert_eq!(hours(&read), [(150, 2)]);
}

#[test]
fn ids_are_used_once_and_known_before() {
    let read = jsonl(&[tak("1", "2025-03-01", 100, ""), tak("1", "2025-03-02", 200, "")].concat());
    assert_eq!(read.only(), ("F0719".into(), "\"1\""));
    assert_eq!(hours(&read), [(100, 1)]);
    let read = jsonl(
        &[tak("rad-1", "2025-03-01", 100, ""), tak("x", "2025-03-01", 150, ",\"replaces\":\"rd-1\"")]
            .concat(),
    );
    assert_eq!(read.only(), ("F0720".into(), "\"rd-1\""));
    assert_eq!(read.input.diagnostics[0].help.as_ref().unwrap().en, "did you mean `rad-1`?");
    let read = jsonl(&tak("1", "2025-03-01", 100, ",\"replaces\":\"1\""));
    assert_eq!(read.only().0, "F0720");
}

#[test]
fn a_replacement_has_all_its_fields() {
    let text = format!(
        "{}{{\"replaces\":\"1\",\"case\":\"a\",\"event\":\"kapacitetstak_anmält\",\"date\":\"2025-03-01\"}}",
        tak("1", "2025-03-01", 100, "")
    );
    let read = jsonl(&text);
    assert_eq!(read.only().0, "F0710");
    assert!(read.input.diagnostics[0].help.as_ref().unwrap().en.contains("has no `event`"));
}

#[test]
fn what_was_known_on_a_day_is_what_counts() {
    let text = [
        tak("1", "2025-03-01", 100, ""),
        tak("2", "2025-03-02", 200, ",\"known\":\"2025-03-20\""),
        tak("3", "2025-03-01", 150, ",\"replaces\":\"1\",\"known\":\"2025-03-10\""),
    ]
    .concat();
    let as_known = |by: &str| {
        let options = ReadOptions { known_by: Some(day(by)), ..ReadOptions::default() };
        hours(&read_as(&program::program(), "e.jsonl", &text, &options))
    };
    assert_eq!(as_known("2025-02-28"), []);
    assert_eq!(as_known("2025-03-09"), [(100, 1)]);
    assert_eq!(as_known("2025-03-10"), [(150, 3)]);
    assert_eq!(as_known("2025-03-20"), [(150, 3), (200, 2)]);
}
