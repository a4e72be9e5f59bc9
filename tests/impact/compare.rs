//! What these tests share: two rulesets compared, and what came of it as data.

use std::fs;
use std::path::{Path, PathBuf};

use frist::diagnostics::Diagnostic;
use frist::impact::{self, Side, render};
use frist::source::Sources;
use frist::time::Day;
use frist::{Draft, Language, ReadOptions, Ruleset, Settings};
use serde_json::{Value as Json, json};

/// What came of a comparison.
pub(crate) struct Compared {
    /// The differences as JSON.
    pub differences: Vec<Json>,
    /// All of it as it is written, in Swedish.
    pub json: String,
    /// The summary.
    pub summary: Json,
    /// What was said of the events.
    pub of_events: Vec<Diagnostic>,
    /// What is altered before the change is in force.
    pub past: Vec<Diagnostic>,
    /// The texts.
    pub sources: Sources,
    /// In both languages: listed, and told.
    pub texts: [String; 2],
    pub told: [String; 2],
}

/// A ruleset as it is loaded: its rule files, and the folder of what they name.
#[derive(Clone)]
pub(crate) struct Rules {
    pub files: Vec<(String, String)>,
    pub folder: PathBuf,
}

impl Rules {
    /// One file that names no others.
    pub fn of(text: &str) -> Rules {
        Rules { files: vec![("rules.frist".to_owned(), text.to_owned())], folder: PathBuf::new() }
    }

    /// A ruleset of the project.
    pub fn named(name: &str) -> Rules {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulesets").join(name);
        let file = format!("{name}.frist");
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        Rules { files: vec![(file, text)], folder }
    }

    /// The same with some words replaced, which must stand in it exactly once.
    pub fn with(&self, old: &str, new: &str) -> Rules {
        let mut changed = self.clone();
        let [(_, text)] = changed.files.as_mut_slice() else { panic!("one file") };
        assert_eq!(text.matches(old).count(), 1, "{old}");
        *text = text.replace(old, new);
        changed
    }

    pub fn load(&self, mut sources: Sources) -> (Ruleset, Sources) {
        let ids: Vec<_> = self.files.iter().map(|(name, text)| sources.add(name, text)).collect();
        let mut draft = Draft::of(sources, &ids);
        for (needed, _) in draft.needs() {
            let text = fs::read_to_string(self.folder.join(&needed)).unwrap();
            draft.supply(&needed, &needed, &text);
        }
        let loaded = draft.check();
        let said: Vec<&str> = loaded.diagnostics.iter().map(|found| found.message.en.as_str()).collect();
        (loaded.ruleset.unwrap_or_else(|| panic!("{said:?}")), loaded.sources)
    }
}

/// The event files of a ruleset of the project, each with its name.
pub(crate) fn events_of(name: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulesets").join(name).join("events");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// Compares two rulesets on events, through the last day among them.
pub(crate) fn compared(old: &Rules, new: &Rules, events: &[&str]) -> Compared {
    compared_as(old, new, events, None)
}

/// Compares two rulesets on events, through a day.
pub(crate) fn compared_as(old: &Rules, new: &Rules, events: &[&str], as_of: Option<&str>) -> Compared {
    let (old, sources) = old.load(Sources::default());
    let (new, mut sources) = new.load(sources);
    let files: Vec<_> =
        events.iter().enumerate().map(|(n, text)| sources.add(&format!("{n}.jsonl"), text)).collect();
    let both = impact::read(&old, &new, &sources, &files, &ReadOptions::default());
    let day: Day = as_of.map_or_else(|| both.latest_date().unwrap(), |day| day.parse().unwrap());
    let going_on = if impact::follows(&old, &new) { old.without_last_day() } else { old.clone() };
    let was = going_on.decide(&both.old.history, &Settings::as_of(day));
    let is = new.decide(&both.new.history, &Settings::as_of(day));
    let was = Side { ruleset: &old, history: &both.old.history, decisions: &was };
    let is = Side { ruleset: &new, history: &both.new.history, decisions: &is };
    let found = impact::impact(was, is, &both.apart);
    let json = render::json(&found, Language::Swedish);
    let mut lines: Vec<Json> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let summary = lines.pop().unwrap()["summary"].take();
    assert_eq!(lines.len(), found.differences.len());
    adds_up(&lines, &summary);
    let languages = [Language::Swedish, Language::English];
    Compared {
        differences: lines,
        json,
        summary,
        of_events: both.diagnostics,
        past: found.alters_the_past(),
        texts: languages.map(|language| render::text(&found, language, 80)),
        told: languages.map(|language| render::narrated(&found, language)),
        sources,
    }
}

/// What holds of every summary: each outcome is alike, different or left, and the parts come to the whole.
fn adds_up(lines: &[Json], summary: &Json) {
    let number = |key: &str| summary[key].as_u64().unwrap();
    let old = summary["old"]["outcomes"].as_u64().unwrap();
    let new = summary["new"]["outcomes"].as_u64().unwrap();
    let both = number("differences") - number("gained") - number("lost");
    assert_eq!(old, number("alike") + both + number("lost") + number("left_to_old"));
    assert_eq!(new, number("alike") + both + number("gained"));
    assert_eq!(number("differences"), lines.len() as u64);
    for rows in ["rules", "by_case"] {
        for key in ["differences", "gained", "lost", "moved", "value", "status", "branch"] {
            let sum: u64 =
                summary[rows].as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum();
            assert_eq!(sum, number(key), "{rows} {key}");
        }
    }
    let moved: u64 =
        summary["days"].as_array().unwrap().iter().map(|row| row["outcomes"].as_u64().unwrap()).sum();
    assert_eq!(moved, lines.iter().filter(|line| line.get("days").is_some()).count() as u64);
}

impl Compared {
    /// The differences in short: case, what became of it, rule, day, days moved and keys changed.
    pub fn short(&self) -> Vec<String> {
        self.differences.iter().map(short).collect()
    }

    /// A count of the summary.
    pub fn count(&self, key: &str) -> u64 {
        self.summary[key].as_u64().unwrap()
    }

    /// That nothing differs.
    pub fn is_nothing(&self) -> bool {
        self.differences.is_empty() && self.count("alike") > 0 && self.summary["renamed"] == json!([])
    }

    /// The codes of what was said of the events, and the words each is about.
    pub fn said(&self) -> Vec<(String, &str)> {
        self.of_events
            .iter()
            .map(|found| (found.code.to_string(), self.sources.slice(found.span().unwrap())))
            .collect()
    }
}

fn short(line: &Json) -> String {
    let text = |key: &str| line[key].as_str().unwrap_or("").to_owned();
    let mut parts = vec![text("case"), text("difference"), text("rule"), text("dated")];
    if let Some(days) = line["days"].as_i64() {
        parts.push(format!("{days:+}"));
    }
    let changes: Vec<&str> =
        line["changes"].as_array().into_iter().flatten().map(|key| key.as_str().unwrap()).collect();
    if !changes.is_empty() {
        parts.push(changes.join(","));
    }
    parts.join(" ")
}
