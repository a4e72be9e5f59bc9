//! The rules of the house, as far as a machine can see them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file longer than this does more than one thing. What stands after `#[cfg(test)]` does not count.
const LONGEST: usize = 450;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder and its folders, with their paths from the root, in order.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.strip_prefix(root()).unwrap().display().to_string(), path));
            }
        }
    }
    found.sort();
    found
}

/// The Rust files of a folder with their texts.
fn code(folder: &str) -> Vec<(String, String)> {
    let all = files(folder).into_iter().filter(|(name, _)| name.ends_with(".rs"));
    all.map(|(name, path)| (name, fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let all: Vec<(String, String)> = ["src", "tests", "examples"].into_iter().flat_map(code).collect();
    let silent: Vec<&String> =
        all.iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn no_file_is_too_long_to_read_at_a_sitting() {
    let mut longer = Vec::new();
    for (name, text) in code("src") {
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        if lines > LONGEST {
            longer.push((name, lines));
        }
    }
    assert!(longer.is_empty(), "{longer:?}");
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not hold them.
    let words = ["TO-DO", "FIX-ME", "X-X-X"].map(|word| word.replace('-', ""));
    let mut found = Vec::new();
    for folder in ["src", "tests", "examples", "grammar", "docs", "rulesets"] {
        for (name, path) in files(folder) {
            if name.ends_with(".snap.new") || name.ends_with(".pending-snap") {
                found.push(format!("{name}: a snapshot that nobody has looked at"));
            }
            // Some files that tests read are no text.
            let Ok(text) = fs::read_to_string(path) else { continue };
            for (number, line) in text.lines().enumerate() {
                if words.iter().any(|word| line.contains(word.as_str())) {
                    found.push(format!("{name}:{}: {line}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_front_page_of_the_library_names_every_room() {
    let front = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let named: BTreeSet<&str> =
        front.lines().filter_map(|line| line.strip_prefix("//! - `")?.split('`').next()).collect();
    let public: BTreeSet<&str> =
        front.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(named, public);
    let mut folders = BTreeSet::new();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            folders.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    let rooms = public.into_iter().chain(["cli"]);
    let rooms: BTreeSet<String> = rooms.map(str::to_owned).collect();
    assert!(folders.is_subset(&rooms), "{folders:?} {rooms:?}");
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let tests: BTreeSet<String> = fs::read_dir(root().join("tests"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().path().file_stem()?.to_str().map(str::to_owned))
        .collect();
    for (name, path) in files("tests/snapshots") {
        let file = path.file_name().unwrap().to_str().unwrap();
        let test = file.split("__").next().unwrap();
        assert!(tests.contains(test), "{name} belongs to no test");
    }
}
