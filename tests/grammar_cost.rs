//! The grammar's cost: how many calls pest makes per byte. The limit it counts against is global to the process, so
//! this test is a binary of its own and holds one test.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test may panic: it fails then; and it reads its fixtures"
)]

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use frist::source::Sources;
use frist::syntax::parse;

/// The most calls per byte that a grammar without a ladder needs.
const GATE: usize = 20;

/// Whether a text is read whole when pest may make so many calls for each item.
fn reads(text: &str, calls: usize) -> bool {
    pest::set_call_limit(NonZeroUsize::new(calls));
    let mut sources = Sources::default();
    let id = sources.add("cost.frist", text);
    parse(&sources, id).1.is_empty()
}

fn calls(item: &str) -> usize {
    let (mut low, mut high) = (1, 1024);
    while !reads(item, high) {
        (low, high) = (high, high * 2);
        assert!(high < 1 << 30, "not read at all: {item}");
    }
    while low + 1 < high {
        let middle = (low + high) / 2;
        if reads(item, middle) { high = middle } else { low = middle }
    }
    high
}

/// Brackets in brackets, calls in calls, and a condition without any: what a ladder of rules is slow at.
fn heavy() -> String {
    let brackets = format!("uppgift a = {}x + 1{}", "(".repeat(40), ")".repeat(40));
    let calls = format!("uppgift b = {}x{}", "f(y, ".repeat(40), ")".repeat(40));
    let flat = format!("uppgift c = {}a", "a_name = 3 och inte (b < 4 eller c) eller ".repeat(15));
    let dates = format!("uppgift d = {}datum", "3 månader efter ".repeat(60));
    [brackets, calls, flat, dates].join("\n")
}

#[test]
fn reading_costs_few_calls_per_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/syntax/ok");
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.extend(heavy().lines().map(|line| (line.chars().take(20).collect(), line.to_owned())));
    for (name, text) in texts {
        // A header in front makes every item a file in the right language.
        let header = if text.contains("regelverk") || text.contains("uppgift") || text.contains("regel ") {
            "regelverk x\n"
        } else {
            "ruleset x\n"
        };
        let mut items: Vec<String> = Vec::new();
        for line in text.lines() {
            match items.last_mut() {
                Some(item) if line.starts_with([' ', '#']) || line.is_empty() => {
                    item.push_str(line);
                    item.push('\n');
                }
                _ => items.push(format!("{line}\n")),
            }
        }
        let header_calls = calls(header);
        let bytes: usize = items.iter().map(String::len).sum();
        let total: usize = items
            .iter()
            .filter(|item| {
                !item.starts_with(['#', 'r']) || item.starts_with("regel ") || item.starts_with("rule ")
            })
            .map(|item| calls(&format!("{header}{item}")).max(header_calls))
            .sum();
        let per_byte = total as f64 / bytes as f64;
        println!("{name}: {per_byte:.1} calls per byte");
        assert!(per_byte <= GATE as f64, "{name}: {per_byte:.1} calls per byte, at most {GATE} are wanted");
    }
}
