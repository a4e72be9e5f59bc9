//! What the tests share: rulesets loaded from files, events run through them, a small seeded generator.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

pub mod fields;
pub mod said;

use std::path::{Path, PathBuf};

use frist::Language;
use frist::program::Program;
use frist::run::{Decisions, History, Settings};
use frist::source::Sources;
use frist::time::Day;
use serde_json::Value as Json;

/// The folder of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A ruleset read from its folder, with the texts it was read from.
pub struct Loaded {
    pub sources: Sources,
    pub program: Program,
}

/// Reads, parses and checks every rule file of a folder; an error in one of them fails the test.
pub fn load_folder(folder: &Path) -> Loaded {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "frist"))
        .collect();
    names.sort();
    let texts: Vec<(String, String)> = names
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap_or(path).display().to_string();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    load_with(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())), folder)
}

/// A ruleset of the project by its name.
pub fn ruleset(name: &str) -> Loaded {
    load_folder(&root().join("rulesets").join(name))
}

/// Parses and checks texts; an error in one of them fails the test.
pub fn load_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Loaded {
    load_with(texts, Path::new(""))
}

/// Parses and checks texts that may name tables and calendars in a folder.
fn load_with<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>, folder: &Path) -> Loaded {
    let mut sources = Sources::default();
    let mut files = Vec::new();
    let mut diagnostics = Vec::new();
    for (name, text) in texts {
        let id = sources.add(name, text);
        let (file, mut found) = frist::syntax::parse(&sources, id);
        diagnostics.append(&mut found);
        files.push(file);
    }
    let mut options = frist::check::CheckOptions::default();
    for path in beside(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        options.tables.push((name, sources.add(&shown, &std::fs::read_to_string(&path).unwrap())));
    }
    let (program, mut found) = frist::check::check(&sources, &files, &options);
    diagnostics.append(&mut found);
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| {
            let place = diagnostic.span().map(|span| sources.place(span)).unwrap_or_default();
            format!("{place}: {} {}", diagnostic.code, diagnostic.message.en)
        })
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    Loaded { sources, program: program.expect("a program") }
}

/// The tables, calendars and functions beside the rule files of a folder.
fn beside(folder: &Path) -> Vec<PathBuf> {
    if folder.as_os_str().is_empty() {
        return Vec::new();
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "rhai"))
        .collect();
    paths.sort();
    paths
}

impl Loaded {
    /// Reads JSON Lines; a bad line fails the test.
    pub fn read(&mut self, lines: &str) -> History {
        let id = self.sources.add("events.jsonl", lines);
        let input = frist::record::read_events(&self.program, &self.sources, &[id], &Default::default());
        let bad: Vec<&str> = input
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .map(|diagnostic| diagnostic.message.en.as_str())
            .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
        input.history
    }

    /// Runs events as of a day and gives the outcomes as the interface writes them.
    pub fn decide(&mut self, lines: &str, as_of: &str) -> Vec<Json> {
        let history = self.read(lines);
        let settings = Settings::as_of(day(as_of));
        let decisions = frist::run::run(&self.program, &history, &settings);
        self.write(&history, &decisions)
    }

    /// Outcomes as JSON objects.
    pub fn write(&self, history: &History, decisions: &Decisions) -> Vec<Json> {
        let mut out = Vec::new();
        frist::record::write_outcomes(&self.program, history, decisions, Language::Swedish, &mut out);
        let text = String::from_utf8(out).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A day written out.
pub fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|_| panic!("not a day: {text}"))
}

/// A small generator with a seed, so that a failure can be repeated.
pub struct Dice(pub u64);

impl Dice {
    /// The next number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}
