//! Limits, at the limit and one past it.

use frist::record::{MAX_DEPTH, MAX_LINE_BYTES, ReadOptions};

use crate::program;
use crate::{Read, jsonl, read_as};

fn with_extras(text: &str) -> Read {
    let options = ReadOptions { allow_extra_fields: true, ..ReadOptions::default() };
    read_as(&program::program(), "e.jsonl", text, &options)
}

#[test]
fn a_line_is_read_up_to_its_limit() {
    let line = |length: usize| {
        let start = r#"{"case":"a","event":"allt","date":"2025-03-01","fritext":""#;
        format!("{start}{}\"}}", "x".repeat(length - start.len() - 2))
    };
    assert!(jsonl(&line(MAX_LINE_BYTES)).all().is_empty());
    let read = jsonl(&line(MAX_LINE_BYTES + 1));
    assert_eq!(read.only(), ("F0704".into(), "{"));
    assert_eq!(read.input.bad_lines, 1);
}

#[test]
fn nesting_is_read_up_to_its_limit() {
    let line = |depth: usize| {
        let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
        format!(r#"{{"case":"a","event":"samtal","date":"2025-03-01","x":{open}"]["{close}}}"#)
    };
    assert!(with_extras(&line(MAX_DEPTH)).all().is_empty());
    assert_eq!(with_extras(&line(MAX_DEPTH + 1)).only(), ("F0705".into(), "["));
    assert_eq!(with_extras(&line(100_000)).only(), ("F0705".into(), "["));
}
