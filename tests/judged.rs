//! What check makes of small rulesets: all that is said of each, and the rules that are left in the program, with the kinds of case
//! that they look at. One list of cases for each of its parts.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::fmt::Write as _;

use frist::check::{CheckOptions, check};
use frist::program::{KindId, Kinds, Program};
use frist::source::Sources;
use frist::syntax;
use support::said::listed;

#[path = "judged/examples.rs"]
mod examples;
#[path = "judged/items.rs"]
mod items;
#[path = "judged/kinds.rs"]
mod kinds;
#[path = "judged/optional.rs"]
mod optional;
#[path = "judged/rules.rs"]
mod rules;
#[path = "judged/tables.rs"]
mod tables;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

"#;

/// The program of a text with the files beside it, and what is said of it, advice left out.
fn judged(text: &str, files: &[(&str, &str)]) -> (Option<Program>, String) {
    let mut sources = Sources::default();
    let id = sources.add("demo.frist", text);
    let tables = files.iter().map(|(name, text)| ((*name).to_owned(), sources.add(name, text))).collect();
    let (file, mut found) = syntax::parse(&sources, id);
    let (program, more) = check(&sources, &[file], &CheckOptions { tables, ..CheckOptions::default() });
    found.extend(more);
    (program, listed(&sources, &found))
}

/// The rules of a program with their kinds, where there are several.
fn kept(program: &Program) -> String {
    let named = |kinds: Kinds| -> Vec<&str> {
        let all = program.kinds.iter().enumerate().filter(|(at, _)| kinds.has(KindId::at(*at)));
        all.map(|(_, kind)| kind.name.as_str()).collect()
    };
    let rules = program.rules.iter().map(|rule| match program.kinds.len() {
        1 => rule.named.name.clone(),
        _ => format!("{} ({})", rule.named.name, named(rule.kinds).join(" ")),
    });
    rules.collect::<Vec<_>>().join(", ")
}

/// Each case after what all of them begin with: the case itself, what is said, which rules are left.
fn list(common: &str, cases: &[&str], files: &[(&str, &str)]) -> String {
    let mut all = String::new();
    for case in cases {
        let (program, said) = judged(&format!("{HEAD}{common}{case}\n"), files);
        let kept = program.as_ref().map(kept).expect("a header");
        writeln!(all, "{case}\n{said}  → {kept}\n").unwrap();
    }
    all
}
