//! The formatter, held to rule files: what it prints, and that printing loses and changes nothing.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic: it fails then"
)]

use std::fs;
use std::path::{Path, PathBuf};

use frist::source::Sources;
use frist::syntax::{format, parse, tree};
use proptest::prelude::*;

fn files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(files(path.to_str().unwrap()));
        } else if path.extension().is_some_and(|ending| ending == "frist") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

/// Files with every form of the language.
const FIXTURES: [&str; 2] = ["tests/fixtures/format", "tests/fixtures/syntax/ok"];

/// The rule files in some folders.
fn texts(folders: &[&str]) -> Vec<(String, String)> {
    let paths = folders.iter().flat_map(|folder| files(folder));
    paths.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

/// Reads a text in which nothing is wrong.
fn read(text: &str) -> Result<tree::File, String> {
    let mut sources = Sources::default();
    let id = sources.add("test.frist", text);
    let (file, found) = parse(&sources, id);
    match found.first() {
        None => Ok(file),
        Some(first) => {
            let place = first.span().map_or(String::new(), |span| sources.place(span));
            Err(format!("{place}: {} {}\n{text}", first.code, first.message.en))
        }
    }
}

/// A tree as text without places.
fn shape(file: &tree::File) -> String {
    let text = format!("{:#?}", file.items);
    let mut lines = Vec::new();
    let mut span: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        match span {
            Some(depth) if indent > depth => continue,
            Some(depth) if indent == depth && line.trim().starts_with('}') => continue,
            _ => span = None,
        }
        if line.trim_start().ends_with("Span {") {
            span = Some(indent);
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}

fn comments(file: &tree::File) -> Vec<&str> {
    let mut texts: Vec<&str> = file.comments.iter().map(|comment| comment.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

fn same<T: PartialEq>(what: &str, left: &T, right: &T, show: &str) -> Result<(), String> {
    if left == right { Ok(()) } else { Err(format!("{what}:\n{show}")) }
}

/// All that must hold of a print, whatever the file.
fn hold(text: &str) -> Result<(), String> {
    let file = read(text)?;
    let (own, other) = (file.language, file.language.other());
    let first = format(&file, own);
    let again = read(&first)?;
    // A text tagged with the file's own language loses the tag, which is another tree.
    let tree: String = shape(&file).split_whitespace().collect();
    let tagged = tree.contains(&format!("tagged:Some(({own:?},"));
    if !tagged && shape(&file) != shape(&again) {
        let (left, right) = (shape(&file), shape(&again));
        let line = left.lines().zip(right.lines()).find(|(left, right)| left != right);
        return Err(format!("another tree, {line:?}:\n{first}"));
    }
    let second = format(&again, own);
    same("not the same bytes again", &first, &second, &format!("{first}\n---\n{second}"))?;
    same("other comments", &comments(&file), &comments(&again), &first)?;

    let translated = format(&file, other);
    let foreign = read(&translated)?;
    same("the language of the print", &foreign.language, &other, &translated)?;
    same("other comments when translated", &comments(&file), &comments(&foreign), &translated)?;
    let twice = format(&foreign, other);
    same("not the same translation again", &translated, &twice, &format!("{translated}\n---\n{twice}"))?;
    let back = format(&foreign, own);
    same("not the same bytes on the way back", &first, &back, &format!("{first}\n---\n{back}"))?;

    for line in first.lines().chain(translated.lines()) {
        if line.trim_end() != line || line.contains('\t') {
            return Err(format!("white space in {line:?}"));
        }
        let breakable = !line.contains(['"', '#']);
        if breakable && line.chars().count() > 110 {
            return Err(format!("too long: {line}"));
        }
    }
    Ok(())
}

#[test]
fn printing_changes_nothing_but_the_layout() {
    let mut failures = Vec::new();
    for (path, text) in texts(&[&FIXTURES[..], &["rulesets"]].concat()) {
        if let Err(why) = hold(&text) {
            failures.push(format!("{path}\n{why}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn fixtures() {
    insta::glob!("fixtures/format/*.frist", |path| {
        let text = fs::read_to_string(path).unwrap();
        let file = read(&text).unwrap();
        let own = format(&file, file.language);
        let other = format(&file, file.language.other());
        let shown = format!(
            "{text}\n──── {} ────\n{own}\n──── {} ────\n{other}",
            file.language,
            file.language.other()
        );
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(shown);
        });
    });
}

#[test]
fn line_ends_of_windows_are_line_ends() {
    for (path, text) in texts(&FIXTURES) {
        let file = read(&text.replace('\n', "\r\n")).unwrap();
        assert_eq!(format(&file, file.language), format(&read(&text).unwrap(), file.language), "{path}");
    }
}

/// Words that begin an item in two parts; the parser looks for them on one line.
const PARTED: [&str; 2] = ["counting ", "left "];

/// The places between words where a comment may stand: white space outside quotation marks and table rows.
fn gaps(text: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split('#').next().unwrap();
        if line.contains("||") || code.len() < line.len() {
            start += line.len();
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let parted = PARTED.iter().find(|word| line.starts_with(*word));
        let from = parted.map_or(indent, |word| word.len());
        let mut quoted = false;
        for (at, sign) in line.char_indices() {
            quoted ^= sign == '"';
            if at >= from && !quoted && (sign == ' ' || sign == '\n') {
                gaps.push(start + at);
            }
        }
        start += line.len();
    }
    gaps
}

fn with_comments(text: &str, at: &[usize]) -> String {
    let gaps = gaps(text);
    if gaps.is_empty() {
        return text.to_owned();
    }
    let mut chosen: Vec<usize> = at.iter().map(|index| gaps[index % gaps.len()]).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let mut result = String::new();
    let mut from = 0;
    for (number, gap) in chosen.into_iter().enumerate() {
        result.push_str(&text[from..gap]);
        let own_line = if number % 3 == 0 { "\n   " } else { "" };
        let rest = if text[gap..].starts_with(' ') { "\n  " } else { "" };
        result.push_str(&format!("{own_line} # note {number}{rest}"));
        from = gap;
    }
    result.push_str(&text[from..]);
    result
}

#[test]
fn no_gap_between_two_words_loses_a_comment() {
    for (path, text) in texts(&FIXTURES) {
        let every: Vec<usize> = (0..gaps(&text).len()).collect();
        for chosen in every.chunks(53).chain([every.as_slice()]) {
            let noted = with_comments(&text, chosen);
            if let Err(why) = hold(&noted) {
                panic!("{path}\n{noted}\n---\n{why}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn comments_anywhere_survive(which in any::<prop::sample::Index>(), at in prop::collection::vec(any::<u16>(), 1..12)) {
        let texts = texts(&FIXTURES);
        let (path, text) = which.get(&texts);
        let at: Vec<usize> = at.into_iter().map(usize::from).collect();
        let noted = with_comments(text, &at);
        let held = hold(&noted);
        prop_assert!(held.is_ok(), "{path}\n{noted}\n---\n{}", held.unwrap_err());
    }
}
