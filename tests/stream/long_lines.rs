//! Many faults on one line: each is said as if the line were held whole, and the line is not read anew for each.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use frist::diagnostics::render::{Style, render};
use frist::stream::{Input, Options, ScratchFile, decide};
use frist::{Language, Loaded, ReadOptions, Ruleset};

const RULES: &str = "regelverk långt \"Långa rader\"\n  gäller från 2025-01-01\nhändelse anmäld\n  kunder: antal\n\
                     regel r \"R\"\n  när anmäld\n  om kunder > 3\n    notering \"många\"\n";

/// An array on one line in which every entry but some is bad, each in one of several ways.
fn array(entries: usize) -> String {
    let entry = |number: usize| match number % 5 {
        0 => format!(r#"{{"case":"ärende {number}","event":"anmäld","date":"2025-02-30","kunder":1}}"#),
        1 => format!(r#"{{"case":"ärende {number}","event":"anmält","date":"2025-03-01","kunder":1}}"#),
        2 => {
            format!(r#"{{"case":"ärende {number}","event":"anmäld","date":"2025-03-01","kunder":"åtta €"}}"#)
        }
        3 => format!(r#"{{"case":"ärende {number}","event":"anmäld","date":"2025-03-01","kunder":4}}"#),
        _ => format!(r#"{{"ärende":"nr {number}","kundér":1,"event":"anmäld"}}"#),
    };
    let entries: Vec<String> = (0..entries).map(entry).collect();
    format!("[{}]\n", entries.join(","))
}

/// A text that counts the bytes that are read of it.
struct Counting {
    text: Cursor<String>,
    read: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(into)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Counting {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.text.seek(to)
    }
}

/// What a stream says of a file, and how many bytes it read for that.
fn said(text: &str, style: Style) -> (Vec<String>, u64) {
    let Loaded { ruleset, sources, .. } = Ruleset::load([("rules.frist", RULES)]);
    let ruleset = ruleset.unwrap();
    let options = Options {
        read: &ReadOptions::default(),
        as_of: None,
        readings: Default::default(),
        standing: false,
        form: Default::default(),
        language: Language::English,
        threads: 1,
        memory: 1 << 26,
        scratch: &|| Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn ScratchFile>),
        render: &|one, sources| render(std::slice::from_ref(one), sources, Language::English, style),
        progress: &|_| {},
    };
    let read = Arc::new(AtomicU64::new(0));
    let counting = Counting { text: Cursor::new(text.to_owned()), read: Arc::clone(&read) };
    let inputs = vec![Input::new("e.json", Box::new(counting))];
    let done = decide(&ruleset, &sources, inputs, &options, &mut Vec::new()).unwrap();
    let mut said = Vec::new();
    let push = |_, _, text: &str| {
        said.push(text.to_owned());
        Ok(())
    };
    done.said.each(push).unwrap();
    (said, read.load(Ordering::Relaxed))
}

#[test]
fn faults_on_one_long_line_are_said_as_of_the_whole() {
    let text = array(600);
    assert!(text.len() > 1 << 15);
    let Loaded { ruleset, mut sources, .. } = Ruleset::load([("rules.frist", RULES)]);
    let file = sources.add("e.json", &text);
    let found = ruleset.unwrap().read(&sources, &[file], &ReadOptions::default()).diagnostics;
    assert!(found.len() > 450, "four of five entries are bad");
    for style in [Style::Json, Style::Narrated, Style::Concise] {
        let show = |one| render(std::slice::from_ref(one), &sources, Language::English, style);
        let whole: Vec<String> = found.iter().map(show).collect();
        let (streamed, _) = said(&text, style);
        assert_eq!(streamed.len(), whole.len());
        for (streamed, whole) in streamed.iter().zip(&whole) {
            assert_eq!(streamed, whole);
        }
    }
}

#[test]
fn what_is_read_for_the_faults_of_a_line_is_in_step_with_their_number() {
    let read = |entries: usize| said(&array(entries), Style::Concise).1;
    let (few, many) = (read(1_000), read(8_000));
    assert!(many < few * 10, "{few} bytes for a thousand entries and {many} for eight thousand");
}

#[test]
fn a_line_of_many_letters_is_read_out_around_the_words() {
    let (streamed, _) = said(&array(400), Style::Narrated);
    let late = streamed.iter().rev().find(|one| one.contains("2025-02-30")).unwrap();
    let line = late.lines().find(|line| line.starts_with("From the line: …")).unwrap();
    assert!(line.contains(r#","date":"2025-02-30","kunder":1},{"#), "{line}");
}
