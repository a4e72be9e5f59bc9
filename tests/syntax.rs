//! The parser against fixtures: what it reads, and where it says what is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use frist::Language;
use frist::diagnostics::{Diagnostic, codes};
use frist::source::{SourceId, Sources, Span};
use frist::syntax::{limits, parse, tree, words};

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/syntax").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "frist"));
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn read(text: &str) -> (Sources, SourceId, tree::File, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add("test.frist", text);
    let (file, diagnostics) = parse(&sources, id);
    (sources, id, file, diagnostics)
}

/// `F0104 at "upphör datum"` for each diagnostic, by place.
fn said(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let words = |d: &Diagnostic| d.span().map_or("", |span| sources.slice(span)).to_owned();
    diagnostics.iter().map(|d| format!("{} at \"{}\"", d.code, words(d))).collect()
}

/// A tree as text without places, and without the forms that differ between the two languages.
fn shape(file: &tree::File) -> String {
    let text = format!("{:#?}", file.items);
    let mut lines = Vec::new();
    let mut depth_of_span = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if let Some(depth) = depth_of_span {
            if indent > depth || line.trim() == "}," && indent == depth {
                continue;
            }
            depth_of_span = None;
        }
        if line.trim_start().ends_with("Span {") {
            depth_of_span = Some(indent);
            continue;
        }
        lines.push(line.to_owned());
    }
    lines.join("\n")
}

#[test]
fn every_good_fixture_is_read_without_complaint() {
    for path in fixtures("ok") {
        let (sources, _, file, diagnostics) = read(&fs::read_to_string(&path).unwrap());
        assert_eq!(said(&sources, &diagnostics), [""; 0], "{}", path.display());
        assert!(!file.items.is_empty());
    }
}

#[test]
fn swedish_and_english_are_one_tree() {
    let mut pairs = 0;
    for swedish in fixtures("ok") {
        let name = swedish.to_str().unwrap();
        if !name.ends_with(".sv.frist") {
            continue;
        }
        let english = name.replace(".sv.frist", ".en.frist");
        let (_, _, sv, _) = read(&fs::read_to_string(&swedish).unwrap());
        let (_, _, en, _) = read(&fs::read_to_string(&english).unwrap());
        assert_eq!((sv.language, en.language), (Language::Swedish, Language::English), "{name}");
        let (sv, en) = (shape(&sv), shape(&en));
        for (number, (left, right)) in sv.lines().zip(en.lines()).enumerate() {
            assert_eq!(left, right, "{name}, line {number} of the tree");
        }
        assert_eq!(sv.lines().count(), en.lines().count(), "{name}");
        pairs += 1;
    }
    assert!(pairs >= 5);
}

#[test]
fn every_bad_fixture_says_what_is_wrong_at_the_right_words() {
    let mut failures = Vec::new();
    for path in fixtures("err") {
        let text = fs::read_to_string(&path).unwrap();
        let expected: Vec<&str> =
            text.lines().map_while(|line| line.strip_prefix("# expect: ")).map(str::trim).collect();
        let (sources, _, _, diagnostics) = read(&text);
        let said = said(&sources, &diagnostics);
        if said != expected {
            failures.push(format!("{}\n  expected {expected:?}\n  said     {said:?}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
