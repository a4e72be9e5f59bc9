//! Every page in `docs/errors` runs: what it calls wrong gives its code, what it calls right gives nothing worse than
//! advice. Every code has a page, every page a code, and each page speaks both languages.
#![cfg(feature = "cli")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic: it fails then"
)]
#![allow(clippy::disallowed_methods, reason = "the pages are files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use frist::diagnostics::codes::{ALL, Code, CodeInfo};
use frist::diagnostics::{Diagnostic, Severity};
use frist::documents::Documents;
use frist::{Draft, Loaded, ReadOptions, Settings};

/// Codes whose mistake cannot stand on a page, and why.
const WITHOUT_EXAMPLE: &[(&str, &str)] = &[
    ("F0001", "it takes a file of many megabytes"),
    ("F0315", "it takes an expression of sixty thousand parts"),
    ("F0528", "it takes a program without the feature `functions`"),
    ("F0704", "it takes a line of a megabyte"),
    ("F0784", "it takes a file that nobody may write"),
    ("F1101", "it takes a full disk"),
    ("F0950", "what checking lets through leaves no situation out"),
];

/// An example: the words after the fence, and what stands inside.
struct Example {
    words: Vec<String>,
    text: String,
}

impl Example {
    fn is(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }

    /// A setting such as `file=tabell.csv`.
    fn setting(&self, name: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            inside = !inside;
            if inside {
                let words = fence.split_whitespace().map(str::to_owned).collect();
                found.push(Example { words, text: String::new() });
            }
        } else if inside {
            let text = &mut found.last_mut().unwrap().text;
            text.push_str(line);
            text.push('\n');
        }
    }
    found
}

fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    ALL.iter().copied().flatten()
}

/// What is wrong with a page; the empty text when nothing is.
fn faults(info: &CodeInfo) -> String {
    let mut faults = String::new();
    let mut fault = |what: &str| writeln!(faults, "{}: {what}", info.code).unwrap();
    if !info.page.starts_with(&format!("# {} {}\n", info.code, info.slug)) {
        fault("its heading is not its code and name");
    }
    for part in ["## Svenska", "## English"] {
        let prose = info.page.split_once(part).map_or("", |(_, rest)| rest.split("\n#").next().unwrap_or(""));
        if prose.trim().len() < 40 {
            fault(&format!("it has no text under {part}"));
        }
    }
    let examples = examples(info.page);
    let mut rules: Vec<&Example> = Vec::new();
    let mut seen = BTreeMap::from([("wrong", 0), ("right", 0)]);
    for (number, example) in examples.iter().enumerate() {
        if example.is("rules") || example.is("beside") {
            rules.push(example);
            continue;
        }
        let role = if example.is("wrong") { "wrong" } else { "right" };
        if !example.is(role) {
            fault(&format!("example {number} is neither wrong nor right"));
            continue;
        }
        *seen.get_mut(role).unwrap() += 1;
        let found = match example.words.first().map(String::as_str) {
            Some("frist") => Ok(of_rules(example, &rules)),
            Some("jsonl" | "json" | "csv") => of_events(example, &rules),
            Some("text") => of_document(example, &rules),
            Some("console") => Ok(of_command(example)),
            other => Err(format!("nobody knows what to do with {other:?}")),
        };
        let found = match found {
            Ok(found) => found,
            Err(why) => {
                fault(&format!("example {number} cannot be tried: {why}"));
                continue;
            }
        };
        let named = found.iter().any(|(code, _)| *code == info.code);
        let bad: Vec<_> = found.iter().filter(|(_, severity)| *severity < Severity::Advice).collect();
        match role {
            "wrong" if !named => fault(&format!("example {number} gives {found:?} instead")),
            "right" if named || !bad.is_empty() => fault(&format!("example {number} gives {found:?}")),
            _ => {}
        }
    }
    let excused = WITHOUT_EXAMPLE.iter().any(|(code, _)| *code == info.code.to_string());
    if !excused && seen.values().any(|count| *count == 0) {
        fault("it needs a wrong example and a right one");
    }
    faults
}

type Found = Vec<(Code, Severity)>;

fn found(diagnostics: &[Diagnostic]) -> Found {
    diagnostics.iter().map(|one| (one.code, one.severity)).collect()
}

/// Loads the rules of a page, with the files beside them.
fn load(rules: &Example, beside: &[&Example]) -> Loaded {
    let mut draft = Draft::new([("page.frist", rules.text.as_str())]);
    for file in beside {
        if let Some(name) = file.setting("file") {
            draft.supply(name, name, &file.text);
        }
    }
    if let Some(day) = rules.setting("as-of") {
        draft.as_of(day.parse().unwrap());
    }
    draft.check()
}

fn of_rules(example: &Example, beside: &[&Example]) -> Found {
    let loaded = load(example, beside);
    let mut all = found(&loaded.diagnostics);
    if let Some(ruleset) = &loaded.ruleset {
        all.extend(ruleset.test().iter().flat_map(|result| found(&result.failures)));
        if example.is("verify") {
            let program = ruleset.program();
            let verified = frist::verify::verify(program, &Default::default());
            all.extend(found(&verified.diagnostics(program)));
        }
    }
    all
}

fn of_events(example: &Example, rules: &[&Example]) -> Result<Found, String> {
    let main = rules.iter().find(|rules| rules.is("frist")).ok_or("no rules stand before it")?;
    let mut loaded = load(main, rules);
    let Some(ruleset) = &loaded.ruleset else {
        return Err(format!("the rules before it give {:?}", found(&loaded.diagnostics)));
    };
    let name = format!("page.{}", example.words[0]);
    let id = loaded.sources.add(&name, example.text.trim_end_matches('\n'));
    let input = ruleset.read(&loaded.sources, &[id], &ReadOptions::default());
    let mut all = found(&input.diagnostics);
    if let Some(day) = input.latest_date {
        let decisions = ruleset.decide(&input.history, &Settings::as_of(day));
        all.extend(found(&ruleset.anomalies(&input.history, &decisions)));
    }
    Ok(all)
}

/// Compares the citations of the last rules before a document with it.
fn of_document(example: &Example, rules: &[&Example]) -> Result<Found, String> {
    let main = rules.iter().rfind(|rules| rules.is("frist")).ok_or("no rules stand before it")?;
    let mut loaded = load(main, &[]);
    let Some(ruleset) = &loaded.ruleset else {
        return Err(format!("the rules before it give {:?}", found(&loaded.diagnostics)));
    };
    let bytes = match example.setting("encoding") {
        Some("windows-1252") => example.text.chars().map(|letter| u8::try_from(letter).unwrap()).collect(),
        Some(other) => return Err(format!("nobody knows the encoding {other}")),
        None => example.text.clone().into_bytes(),
    };
    let name = example.setting("file").ok_or("it has no name")?;
    let documents = Documents::read([(name, bytes)], &mut loaded.sources);
    let mut all = found(&documents.diagnostics());
    all.extend(found(&ruleset.trace(&documents).diagnostics(ruleset.program(), &documents, &loaded.sources)));
    Ok(all)
}

/// Runs a command beside the files of the command line's tests.
fn of_command(example: &Example) -> Found {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let arguments = example.text.trim().strip_prefix("$ frist ").expect("a line that begins with $ frist");
    // A command that asks for a form of its own says its diagnostics drawn.
    let drawn = arguments.contains("--format");
    let form: &[&str] = if drawn { &[] } else { &["--format", "json"] };
    let mut child = Command::new(env!("CARGO_BIN_EXE_frist"))
        .args(arguments.split_whitespace())
        .args(form)
        .current_dir(&folder)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = std::fs::read(folder.join("händelser.jsonl")).unwrap();
    let _ = child.stdin.take().unwrap().write_all(&input);
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    if drawn {
        let codes = said.split('[').skip(1).filter_map(|part| Code::parse(part.split_once(']')?.0));
        return codes.map(|code| (code, code.severity())).collect();
    }
    said.lines()
        .filter_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
            let code = Code::parse(line["code"].as_str()?)?;
            Some((code, code.severity()))
        })
        .collect()
}

#[test]
fn every_page_does_what_it_says() {
    let of_scripts = |code: &str| ("F0528".."F0534").contains(&code) || ["F0603", "F0604"].contains(&code);
    let can_run = |info: &&CodeInfo| {
        let code = info.code.to_string();
        let here = match code.as_str() {
            "F1120" => !cfg!(feature = "parquet"),
            "F1122" | "F1123" | "F1124" => cfg!(feature = "parquet"),
            _ => true,
        };
        here && (cfg!(feature = "functions") || !of_scripts(&code))
    };
    let faults: String = codes().filter(can_run).map(faults).collect();
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_page_has_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.strip_suffix(".md").and_then(Code::parse);
        assert!(code.is_some() || name == "README.md", "{name} is the page of no code");
    }
}

#[test]
fn codes_and_their_names_are_used_once() {
    let mut known = BTreeMap::new();
    for info in codes() {
        assert_eq!(known.insert(info.code.to_string(), info.slug), None, "{} stands twice", info.code);
        let named = codes().filter(|other| other.slug == info.slug).count();
        assert_eq!(named, 1, "`{}` names several codes", info.slug);
    }
}
