//! Check: fixtures with the mistake they hold, and the pages of the codes.

use std::fs;
use std::path::{Path, PathBuf};

use frist::check::{CheckOptions, check};
use frist::diagnostics::{Diagnostic, Severity, codes};
use frist::program::Program;
use frist::source::{SourceId, Sources};
use frist::syntax;

/// What came of one text.
struct Checked {
    sources: Sources,
    program: Option<Program>,
    found: Vec<Diagnostic>,
}

fn checked(name: &str, text: &str, tables: &[(&str, &str)]) -> Checked {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let tables: Vec<(String, SourceId)> =
        tables.iter().map(|(name, text)| ((*name).to_owned(), sources.add(name, text))).collect();
    let (file, mut found) = syntax::parse(&sources, id);
    let options = CheckOptions { tables, ..CheckOptions::default() };
    let (program, more) = check(&sources, &[file], &options);
    found.extend(more);
    Checked { sources, program, found }
}

impl Checked {
    /// The code and the underlined words of what is worth at least a warning.
    fn said(&self) -> Vec<String> {
        self.found
            .iter()
            .filter(|diagnostic| diagnostic.severity != Severity::Advice)
            .map(|diagnostic| {
                let words = diagnostic.span().map_or("", |span| self.sources.slice(span));
                format!("{} at \"{words}\"", diagnostic.code)
            })
            .collect()
    }
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "frist"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

#[test]
fn every_mistake_is_found_at_its_words() {
    let mut wrong = Vec::new();
    for path in fixtures("err") {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        let expected = first.strip_prefix("# expect: ").expect("the first line says what is expected");
        let said = checked("fixture.frist", &text, &[]).said().join("; ");
        if said != expected {
            wrong.push(format!("{}\n  expected {expected}\n  said     {said}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sound_rules_give_no_warning() {
    for path in fixtures("ok") {
        let text = fs::read_to_string(&path).unwrap();
        let checked = checked("fixture.frist", &text, &[]);
        assert_eq!(checked.said(), Vec::<String>::new(), "{}", path.display());
        assert!(checked.program.is_some_and(|program| !program.rules.is_empty()), "{}", path.display());
    }
}

/// The blocks of a page with an info string.
fn blocks(page: &str, info: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.trim() == format!("```{info}") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push(block.join("\n") + "\n");
        }
    }
    found
}

#[test]
fn pages_of_check_show_what_is_wrong_and_what_is_right() {
    let mut failures = Vec::new();
    // These need a day, or a text too long for a page.
    let without_wrong = ["F0315", "F0403"];
    for info in codes::ALL.iter().copied().flatten() {
        let code = info.code.to_string();
        if !["F02", "F03", "F04", "F05", "F08", "F09"].iter().any(|block| code.starts_with(block)) {
            continue;
        }
        let title = format!("# {code} {}", info.slug);
        let whole = info.page.starts_with(&title)
            && info.page.contains("## Svenska")
            && info.page.contains("## English");
        if !whole {
            failures.push(format!("{code}: the page lacks a heading"));
        }
        let (wrong, right) = (blocks(info.page, "frist wrong"), blocks(info.page, "frist right"));
        if wrong.is_empty() != without_wrong.contains(&code.as_str()) || right.len() != 1 {
            failures.push(format!("{code}: {} wrong and {} right blocks", wrong.len(), right.len()));
        }
        for text in &wrong {
            let checked = checked("wrong.frist", text, &[]);
            let codes: Vec<String> = checked
                .found
                .iter()
                .filter(|d| d.severity != Severity::Advice || d.code == info.code)
                .map(|d| d.code.to_string())
                .collect();
            if codes != [code.clone()] {
                failures.push(format!("{code}: wrong says {codes:?}"));
            }
        }
        for text in &right {
            let checked = checked("right.frist", text, &[]);
            let said = checked.said();
            if !said.is_empty() || checked.found.iter().any(|d| d.code == info.code) {
                failures.push(format!("{code}: right says {said:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
