//! The rulesets of the project: sound, exemplified throughout, in the one layout, alike in both languages, and what
//! they decide of their worked cases.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use frist::diagnostics::{Diagnostic, Severity};
use frist::examples::unreached;
use frist::program::Rule;
use frist::source::{SourceId, Sources};
use frist::syntax::{format, parse};
use frist::time::Day;
use frist::{Draft, Language, Loaded, Ruleset, Settings};

/// The folders of the rulesets, by name.
fn folders() -> Vec<PathBuf> {
    let all = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rulesets"));
    assert_eq!(all.len(), 5);
    all
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The rule files of a folder with their texts.
fn rule_files(folder: &Path) -> Vec<(String, String)> {
    let all = entries(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "frist"));
    all.map(|path| (name(&path).to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// The worked cases of a folder with their texts.
fn events(folder: &Path) -> Vec<(String, String)> {
    let all = entries(&folder.join("events"));
    assert!(!all.is_empty(), "{}", folder.display());
    all.into_iter().map(|path| (name(&path).to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// Loads a ruleset with the files it names; nothing at the level of a warning may be said of it.
fn load(folder: &Path, files: &[(String, String)]) -> (Ruleset, Sources) {
    let mut sources = Sources::default();
    for (file, text) in files {
        sources.add(file, text);
    }
    let mut draft = Draft::new(sources);
    for (needed, _) in draft.needs() {
        let text = fs::read_to_string(folder.join(&needed)).unwrap();
        draft.supply(&needed, &needed, &text);
    }
    let Loaded { ruleset, diagnostics, sources } = draft.check();
    let said = told(&diagnostics, &sources, Severity::Warning);
    assert!(said.is_empty(), "{}\n{said}", folder.display());
    (ruleset.expect("a ruleset"), sources)
}

#[test]
fn a_question_is_the_same_in_every_ruleset_that_answers_it() {
    let mut asked: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
    for folder in folders() {
        let (ruleset, _) = load(&folder, &rule_files(&folder));
        let program = ruleset.program();
        for (place, question) in program.questions.iter().enumerate() {
            let answers = |rule: &&Rule| rule.answers.iter().any(|answer| answer.index() == place);
            let first = program.rules.iter().find(answers);
            assert!(first.is_some(), "{}: no rule answers {}", folder.display(), question.name);
            let (sv, en) = (question.title.sv.clone(), question.title.en.clone());
            asked.entry(question.name.clone()).or_default().push((name(&folder).to_owned(), sv, en));
        }
    }
    for (question, places) in &asked {
        let (_, sv, en) = &places[0];
        assert!(sv.ends_with('?') && en.ends_with('?') && sv != en, "{question}: {sv} {en}");
        assert!(places.iter().all(|(_, s, e)| (s, e) == (sv, en)), "{question}: {places:?}");
    }
    let shared = asked.values().filter(|places| places.len() > 1).count();
    assert!(shared >= 8, "{asked:?}");
}

/// What diagnostics say, a line each, but for those that are milder than a severity.
fn told(diagnostics: &[Diagnostic], sources: &Sources, mildest: Severity) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity <= mildest) {
        let place = diagnostic.span().map(|span| sources.place(span)).unwrap_or_default();
        lines.push_str(&format!("{place}: {} {}\n", diagnostic.code, diagnostic.message.en));
    }
    lines
}

/// The outcomes of one events file, through its last day, as JSON Lines. Every line of it must be readable, and none may
/// contradict another; that some stand out of order is how they came in.
fn decide(ruleset: &Ruleset, mut sources: Sources, text: &str) -> String {
    let file: SourceId = sources.add("events.jsonl", text);
    let input = ruleset.read(&sources, &[file], &frist::ReadOptions::default());
    let said = told(&input.diagnostics, &sources, Severity::Warning);
    assert!(said.is_empty(), "{said}");
    let history = &input.history;
    let last: Day =
        history.cases.iter().flat_map(|case| &case.events).map(|event| event.date).max().expect("a day");
    let settings = Settings::as_of(last);
    let decisions = ruleset.decide(history, &settings);
    let odd = told(&ruleset.anomalies(history, &decisions), &sources, Severity::Advice);
    assert!(odd.is_empty(), "{odd}");
    let mut out = Vec::new();
    ruleset.write(history, &settings, &decisions, Language::Swedish, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A rule file printed in a language.
fn printed(file: &str, text: &str, language: Language) -> String {
    let mut sources = Sources::default();
    let id = sources.add(file, text);
    let (tree, diagnostics) = parse(&sources, id);
    assert_eq!(told(&diagnostics, &sources, Severity::Advice), "", "{file}");
    format(&tree, language)
}

#[test]
fn a_ruleset_is_sound_and_called_like_its_folder() {
    for folder in folders() {
        let (ruleset, _) = load(&folder, &rule_files(&folder));
        let program = ruleset.program();
        assert_eq!(program.header.name, name(&folder));
        assert!(program.rules.len() >= 4);
    }
}

#[test]
fn every_example_holds_and_every_branch_has_one() {
    for folder in folders() {
        let (ruleset, sources) = load(&folder, &rule_files(&folder));
        let results = ruleset.test();
        for result in &results {
            assert_eq!(told(&result.failures, &sources, Severity::Advice), "", "{}", folder.display());
        }
        let program = ruleset.program();
        for rule in &program.rules {
            assert!(!rule.examples.is_empty(), "{} has no example", rule.named.name);
        }
        let missing: Vec<String> = unreached(program, &results)
            .iter()
            .map(|(rule, branch)| format!("{} branch {branch}", program.rules[rule.index()].named.name))
            .collect();
        assert!(missing.is_empty(), "{}: no example reaches {}", folder.display(), missing.join(", "));
    }
}

#[test]
fn a_rule_file_is_in_the_one_layout_and_comes_back_from_english_unchanged() {
    for folder in folders() {
        for (file, text) in rule_files(&folder) {
            assert!(printed(&file, &text, Language::Swedish) == text, "{file}: frist fmt would change it");
            let english = printed(&file, &text, Language::English);
            assert!(english.contains("\nruleset ") && english.contains("\nrule "), "{file}");
            assert!(printed(&file, &english, Language::English) == english, "{file}: English is not stable");
            assert!(printed(&file, &english, Language::Swedish) == text, "{file}: English loses something");
        }
    }
}

#[test]
fn the_worked_cases_are_decided_alike_whatever_the_language_of_the_rules() {
    for folder in folders() {
        let files = rule_files(&folder);
        let english: Vec<(String, String)> =
            files.iter().map(|(file, text)| (file.clone(), printed(file, text, Language::English))).collect();
        let (swedish, english) = (load(&folder, &files), load(&folder, &english));
        for (file, text) in events(&folder) {
            let one = decide(&swedish.0, swedish.1.clone(), &text);
            let other = decide(&english.0, english.1.clone(), &text);
            assert!(!one.is_empty(), "{}/{file}", folder.display());
            assert_eq!(one, other, "{}/{file}", folder.display());
        }
    }
}

#[test]
fn what_the_worked_cases_come_to() {
    for folder in folders() {
        let (ruleset, sources) = load(&folder, &rule_files(&folder));
        for (file, text) in events(&folder) {
            let case_kind = file.trim_end_matches(".jsonl");
            let outcomes = decide(&ruleset, sources.clone(), &text);
            insta::assert_snapshot!(format!("{}_{case_kind}", name(&folder)), outcomes);
        }
    }
}
