//! The mutants that are explained instead of caught: each entry of `tests/mutants/explained.txt` speaks of what is still
//! there, and after `cargo mutants` the list is what the tests have let through, no more and no less.
//!
//! `FRIST_MUTANTS` names the folder in which `cargo mutants` left its findings; without it only the first is looked at.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = include_str!("mutants/explained.txt");

/// The rooms whose mutants are caught or explained; `.cargo/mutants.toml` names them too.
const ROOMS: [&str; 3] = ["src/time/", "src/run/", "src/check/"];

/// What `cargo mutants` writes where it has changed something.
const CHANGED: &str = "~ changed by cargo-mutants ~";

/// A mutant that no test can tell from the original.
#[derive(Debug)]
struct Entry<'a> {
    file: &'a str,
    /// What is changed, and in which function.
    change: &'a str,
    /// The line it begins on, without its indentation.
    line: &'a str,
    reason: &'a str,
}

/// The entries of a list, or the first that is none.
fn entries(list: &str) -> Result<Vec<Entry<'_>>, String> {
    let parts = list.split("\n\n").map(str::trim).filter(|part| !part.is_empty() && !part.starts_with('#'));
    parts.map(|part| entry(part).ok_or_else(|| format!("no entry:\n{part}"))).collect()
}

fn entry(part: &str) -> Option<Entry<'_>> {
    let (name, rest) = part.split_once("\n| ")?;
    let (line, reason) = rest.split_once('\n')?;
    let (file, change) = name.split_once(": ")?;
    Some(Entry { file, change, line, reason })
}

/// What is wrong with an entry, seen against the text of its file.
fn stale(entry: &Entry<'_>, text: &str) -> Option<&'static str> {
    let bodies = bodies(text, function(entry.change));
    if bodies.is_empty() {
        return Some("there is no such function");
    }
    let holds = |body: &&String| body.lines().any(|line| line.trim() == entry.line);
    let Some(body) = bodies.iter().find(holds) else { return Some("the function has no such line") };
    let there = match original(entry.change) {
        Original::Body => true,
        Original::InLine(sign) => entry.line.contains(sign),
        Original::InBody(pattern) => folded(body).contains(&folded(pattern)),
    };
    if !there {
        return Some("what it changes is not there");
    }
    (entry.reason.split_whitespace().count() < 5).then_some("it gives no reason")
}

/// What a mutant changes.
enum Original<'a> {
    Body,
    InLine(&'a str),
    InBody(&'a str),
}

fn original(change: &str) -> Original<'_> {
    let what = change.rsplit_once(" in ").map_or(change, |(what, _)| what);
    if let Some(pattern) = what.strip_prefix("delete match arm ") {
        Original::InBody(pattern)
    } else if let Some((guard, _)) =
        what.strip_prefix("replace match guard ").and_then(|g| g.rsplit_once(" with "))
    {
        Original::InBody(guard)
    } else if let Some((field, _)) = what.strip_prefix("delete field ").and_then(|f| f.split_once(" from ")) {
        Original::InLine(field)
    } else if let Some(sign) = what.strip_prefix("delete ") {
        Original::InLine(sign)
    } else if change.contains(" in ") {
        let sign = what.strip_prefix("replace ").and_then(|signs| signs.split_once(" with "));
        sign.map_or(Original::Body, |(sign, _)| Original::InLine(sign))
    } else {
        Original::Body
    }
}

/// The bare name of the function that a mutant is in, or whose body it replaces.
fn function(change: &str) -> &str {
    let path = match change.rsplit_once(" in ") {
        Some((_, path)) => path,
        None => {
            let rest = change.strip_prefix("replace ").unwrap_or(change);
            rest.split(" -> ").next().unwrap_or(rest).split(" with ").next().unwrap_or(rest)
        }
    };
    path.rsplit("::").next().unwrap_or(path)
}

/// The functions of a name in a file, from the first line to the brace that ends it.
fn bodies(text: &str, name: &str) -> Vec<String> {
    let (call, generic) = (format!("fn {name}("), format!("fn {name}<"));
    let lines: Vec<&str> = text.lines().collect();
    let starts = (0..lines.len()).filter(|at| lines[*at].contains(&call) || lines[*at].contains(&generic));
    starts
        .map(|at| {
            let indent = lines[at].len() - lines[at].trim_start().len();
            let end = format!("{:indent$}}}", "");
            let last = lines[at..].iter().position(|line| *line == end).unwrap_or(0);
            lines[at..=at + last].join("\n")
        })
        .collect()
}

/// A text without its white space and the commas that only a line break asks for.
fn folded(text: &str) -> String {
    let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    [(",}", "}"), (",)", ")")].iter().fold(bare, |text, (from, to)| text.replace(from, to))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> Option<String> {
    fs::read_to_string(root().join(file)).ok()
}

#[test]
fn every_entry_speaks_of_what_is_there() {
    let mut wrong = Vec::new();
    let all = entries(LIST).unwrap();
    for entry in &all {
        assert!(ROOMS.iter().any(|room| entry.file.starts_with(room)), "{entry:?}");
        match read(entry.file) {
            None => wrong.push(format!("{entry:#?}: there is no such file")),
            // The list speaks of the code as it is, not of a mutant of it.
            Some(text) if text.contains(CHANGED) => {}
            Some(text) => wrong.extend(stale(entry, &text).map(|what| format!("{entry:#?}: {what}"))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let files: Vec<&str> = all.iter().map(|entry| entry.file).collect();
    assert!(files.is_sorted(), "the entries are in the order of their files");
    let different: BTreeSet<(&str, &str, &str)> = all.iter().map(|e| (e.file, e.change, e.line)).collect();
    assert_eq!(different.len(), all.len(), "an entry is there twice");
}

#[test]
fn an_entry_goes_stale_with_what_it_speaks_of() {
    let text = "fn first() {\n    if a == b || c {}\n    match d {\n        Some(\n            e,\n        ) if f => {}\n    }\n}\n\
                fn second() {\n    if a && b {}\n}\n";
    let said = |change: &str, line: &str, reason: &str| {
        let list = format!("src/time/demo.rs: {change}\n| {line}\n{reason}\n");
        stale(&entries(&list).unwrap()[0], text)
    };
    let why = "because it comes to the same";
    let fresh = [
        ("replace == with != in first", "if a == b || c {}"),
        ("replace || with && in Demo<'_>::first", "if a == b || c {}"),
        ("delete match arm Some(e) in first", "Some("),
        ("replace match guard f with true in first", ") if f => {}"),
        ("replace first with ()", "if a == b || c {}"),
        ("replace Demo<'a>::first -> Option<u8> with None", "if a == b || c {}"),
        ("replace && with || in second", "if a && b {}"),
    ];
    for (change, line) in fresh {
        assert_eq!(said(change, line, why), None, "{change}");
    }
    let gone = [
        ("replace == with != in third", "if a == b || c {}", "there is no such function"),
        ("replace third with ()", "if a == b || c {}", "there is no such function"),
        ("replace && with || in first", "if a && b {}", "the function has no such line"),
        ("replace == with != in first", "if a == b {}", "the function has no such line"),
        ("replace != with == in first", "if a == b || c {}", "what it changes is not there"),
        ("delete ! in first", "if a == b || c {}", "what it changes is not there"),
        ("delete match arm Some(g) in first", "Some(", "what it changes is not there"),
        ("replace match guard g with true in first", ") if f => {}", "what it changes is not there"),
    ];
    for (change, line, what) in gone {
        assert_eq!(said(change, line, why), Some(what), "{change}");
    }
    assert_eq!(said("replace first with ()", "if a == b || c {}", "no"), Some("it gives no reason"));
    assert!(entries("src/time/demo.rs: replace first with ()\nno line\n").is_err());
}

/// The mutants that `cargo mutants` put into one of its lists: file, change, and the line it begins on.
fn listed(folder: &Path, name: &str) -> BTreeSet<(String, String, String)> {
    let list = fs::read_to_string(folder.join(name)).unwrap();
    list.lines()
        .map(|mutant| {
            let (place, change) = mutant.split_once(": ").unwrap();
            let mut place = place.split(':');
            let (file, line) = (place.next().unwrap(), place.next().unwrap());
            let text = read(file).unwrap();
            let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
            (file.to_owned(), change.to_owned(), line.trim().to_owned())
        })
        .collect()
}

#[test]
fn the_tests_let_through_what_is_explained_and_nothing_else() {
    let Some(folder) = std::env::var_os("FRIST_MUTANTS").map(PathBuf::from) else { return };
    let (missed, caught) = (listed(&folder, "missed.txt"), listed(&folder, "caught.txt"));
    let of = |e: &Entry<'_>| (e.file.to_owned(), e.change.to_owned(), e.line.to_owned());
    let explained: BTreeSet<_> = entries(LIST).unwrap().iter().map(of).collect();
    let unexplained: Vec<_> = missed.difference(&explained).collect();
    assert!(unexplained.is_empty(), "neither caught nor explained: {unexplained:#?}");
    // Two mutants of one line can be called alike; where one lives the explanation is needed.
    let needless: Vec<_> =
        explained.intersection(&caught).filter(|mutant| !missed.contains(*mutant)).collect();
    assert!(needless.is_empty(), "explained, but caught: {needless:#?}");
}
