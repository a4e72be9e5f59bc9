//! What an officer sees who makes one mistake in a real rule file: the code, the words it underlines, and no noise.
//!
//! The mistakes stand in `tests/fixtures/wrong_rules.txt`. Each is made in `tests/fixtures/wrong_rules.frist`, nine of Ljungby's rules, which the built
//! command then checks; what it says is kept for reading in a snapshot.
#![cfg(feature = "cli")]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// More diagnostics than this about one mistake are noise.
const MOST: usize = 2;

struct Mistake {
    name: String,
    right: String,
    wrong: String,
    /// The codes that it brings, with the words that they underline.
    said: Vec<String>,
}

impl Mistake {
    /// A text with the mistake made in it; nothing when the place is not there.
    fn made_in(&self, text: &str) -> Option<String> {
        (text.matches(self.right.as_str()).count() == 1).then(|| text.replace(&self.right, &self.wrong))
    }
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn rules() -> String {
    read("tests/fixtures/wrong_rules.frist")
}

fn mistakes() -> Vec<Mistake> {
    let text = read("tests/fixtures/wrong_rules.txt");
    let blocks = text.split("\n== ").skip(1);
    blocks
        .map(|block| {
            let (name, rest) = block.split_once('\n').unwrap();
            let marked = |mark: &str| -> Vec<&str> {
                rest.lines().filter_map(|line| line.strip_prefix(mark)).collect()
            };
            let (right, wrong) = (marked("-").join("\n"), marked("+"));
            let said = marked("? ").into_iter().map(str::to_owned).collect();
            let name = name.to_owned();
            match wrong.is_empty() {
                true => Mistake { name, right: right + "\n", wrong: String::new(), said },
                false => Mistake { name, right, wrong: wrong.join("\n"), said },
            }
        })
        .collect()
}

/// Checks a text as a person does who runs `frist check`; what is said, and whether it was found sound.
fn check(text: &str, format: &str) -> (String, bool) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_frist"))
        .args(["check", "-", "--lang", "sv", "--format", format])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    (String::from_utf8(done.stderr).unwrap(), done.status.success())
}

/// The code of each diagnostic with the words that it underlines first.
fn said(text: &str) -> Vec<String> {
    let (lines, sound) = check(text, "json");
    let found: Vec<String> = lines
        .lines()
        .map(|line| {
            let diagnostic: Json = serde_json::from_str(line).unwrap();
            let words = diagnostic.pointer("/labels/0/text").and_then(Json::as_str).unwrap_or_default();
            format!("{} {words}", diagnostic.get("code").and_then(Json::as_str).unwrap())
        })
        .collect();
    assert_eq!(sound, found.is_empty());
    found
}

#[test]
fn the_rules_themselves_are_right() {
    assert_eq!(said(&rules()), Vec::<String>::new());
}

#[test]
fn one_mistake_is_said_once_at_its_words() {
    let (rules, all) = (rules(), mistakes());
    assert!(all.len() > 80);
    let mut wrong = Vec::new();
    for mistake in &all {
        let text = mistake.made_in(&rules).unwrap_or_else(|| panic!("no place for: {}", mistake.name));
        let said = said(&text);
        assert!((1..=MOST).contains(&mistake.said.len()), "{}", mistake.name);
        if said != mistake.said {
            wrong.push(format!("{}\n  expected {:?}\n  said     {said:?}", mistake.name, mistake.said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One broken part does not hide what is wrong in the others.
#[test]
fn of_two_mistakes_both_are_said() {
    let (rules, all) = (rules(), mistakes());
    let mut wrong = Vec::new();
    let mut pairs = 0;
    for partner in ["felstavad roll", "felstavat senast", "felstavad åtgärd"] {
        let partner = all.iter().find(|mistake| mistake.name == partner).expect("the partner");
        let once = partner.made_in(&rules).unwrap();
        let home = rule_of(&rules, &partner.right);
        for mistake in &all {
            // Of one rule the parser says the first thing that it cannot read.
            if rule_of(&rules, &mistake.right) == home {
                continue;
            }
            let Some(text) = mistake.made_in(&once) else { continue };
            let said = said(&text);
            pairs += 1;
            for expected in mistake.said.iter().chain(&partner.said) {
                // Examples are run when all else is right, and what names an item that could not be read is let be.
                let waits = expected.starts_with("F0601")
                    || ["dubbel regel", "dubbel händelse"].contains(&mistake.name.as_str());
                if !waits && !said.contains(expected) {
                    wrong.push(format!("{} and {}: no {expected} in {said:?}", mistake.name, partner.name));
                }
            }
        }
    }
    assert!(pairs > 200, "{pairs}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The beginning of the item that a text stands in.
fn rule_of<'t>(rules: &'t str, text: &str) -> Option<&'t str> {
    let at = rules.find(text)?;
    let mut start = 0;
    for (place, _) in rules.match_indices('\n') {
        let next = place.checked_add(1)?;
        let begins = rules.get(next..)?.starts_with(|sign: char| !sign.is_whitespace());
        if next <= at && begins {
            start = next;
        }
    }
    rules.get(start..)?.lines().next()
}

#[test]
fn what_the_officer_reads() {
    let rules = rules();
    let mut page = String::new();
    for mistake in mistakes() {
        let (said, _) = check(&mistake.made_in(&rules).unwrap(), "text");
        page.push_str(&format!("== {}\n{said}\n", mistake.name));
    }
    insta::assert_snapshot!(page);
}
