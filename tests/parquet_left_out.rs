//! A build without the feature `parquet`: files of columns are known for what they are, whatever they are called.
#![cfg(all(feature = "cli", not(feature = "parquet")))]
#![allow(clippy::unwrap_used, reason = "a test may panic: it fails then")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn frist(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_frist"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"))
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read on has ended already.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn said(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

#[test]
fn a_file_of_columns_is_named_and_nothing_is_read() {
    for (command, more) in [
        ("decide", &[][..]),
        ("decide", &["--format", "json"]),
        ("decide", &["--format", "csv", "--encoding", "windows-1252"]),
        ("explain", &[]),
        ("state", &["--case", "utf-017", "--on", "2025-05-01"]),
    ] {
        let arguments: Vec<&str> =
            [command, "regler", "avkortad.parquet"].into_iter().chain(more.iter().copied()).collect();
        let done = frist(&arguments, b"");
        assert_eq!(done.status.code(), Some(2), "{command}");
        assert!(said(&done).contains("F1120") && done.stdout.is_empty(), "{command}: {}", said(&done));
    }
    let done = frist(&["impact", "regler", "regler", "avkortad.parquet"], b"");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("F1120"), "{}", said(&done));
}

#[test]
fn it_is_known_by_its_first_bytes() {
    let beginnings: [(&[u8], &str); 5] = [
        (b"PAR1\x15\x04", "Parquet"),
        (b"PARE\x15\x04", "Parquet"),
        (b"ARROW1\0\0\xff\xff\xff\xff", "Arrow IPC"),
        (b"\xff\xff\xff\xff\x10\0\0\0", "Arrow IPC"),
        (b"FEA1\0\0", "Feather"),
    ];
    for (bytes, format) in beginnings {
        let done = frist(&["decide", "regler", "-", "--format", "csv", "--lang", "sv"], bytes);
        assert_eq!(done.status.code(), Some(2), "{format}");
        assert!(said(&done).contains("F1120"), "{}", said(&done));
        assert!(said(&done).contains(format), "{}", said(&done));
    }
}

#[test]
fn text_under_such_a_name_is_not_read_either() {
    let done = frist(&["decide", "regler", "felnamn.parquet", "--format", "json"], b"");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("F1121") && done.stdout.is_empty(), "{}", said(&done));
}

#[test]
fn no_file_is_written() {
    let done = frist(&["decide", "regler", "händelser.jsonl", "--format", "parquet"], b"");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("F1120") && done.stdout.is_empty(), "{}", said(&done));
    let done = frist(&["explain", "regler", "händelser.jsonl", "--format", "parquet"], b"");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("F1125") && done.stdout.is_empty(), "{}", said(&done));
}

#[test]
fn both_languages_say_how_to_go_on() {
    let shown =
        |language: &str| said(&frist(&["decide", "regler", "avkortad.parquet", "--lang", language], b""));
    insta::assert_snapshot!(format!("{}\n{}", shown("sv"), shown("en")));
}
