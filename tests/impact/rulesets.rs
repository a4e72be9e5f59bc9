//! The rulesets of the project compared with themselves, in other layouts, and with versions of themselves in which a
//! number is another.

use std::collections::BTreeSet;

use frist::Language;
use frist::source::Sources;
use frist::syntax::{format, parse};

use super::compare::{Rules, compared, events_of};

const NAMES: [&str; 5] = ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"];

#[test]
fn a_ruleset_differs_in_nothing_from_itself_in_either_language() {
    for name in NAMES {
        let rules = Rules::named(name);
        let mut sources = Sources::default();
        let (file, text) = &rules.files[0];
        let id = sources.add(file, text);
        let (tree, _) = parse(&sources, id);
        let english = format(&tree, Language::English);
        let english = Rules { files: vec![(file.clone(), english)], ..rules.clone() };
        let events = events_of(name);
        let events: Vec<&str> = events.iter().map(|(_, text)| text.as_str()).collect();
        for other in [&rules, &english] {
            let found = compared(&rules, other, &events);
            assert!(found.is_nothing(), "{name}: {:#?}", found.short());
            assert_eq!(found.summary["aside"], serde_json::json!({}), "{name}");
            assert_eq!(found.of_events.iter().filter(|one| one.is_error()).count(), 0, "{name}");
            assert!(found.past.is_empty());
        }
    }
}

/// A rule file with its rules in the opposite order, after everything else.
fn with_rules_reversed(rules: &Rules) -> Rules {
    let (file, text) = &rules.files[0];
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        let begins = !line.is_empty() && !line.starts_with([' ', '#']);
        match items.last_mut().filter(|_| !begins) {
            Some(item) => item.push_str(&format!("{line}\n")),
            None => items.push(format!("{line}\n")),
        }
    }
    let (mut of_rules, others): (Vec<String>, Vec<String>) =
        items.into_iter().partition(|item| item.starts_with("regel "));
    of_rules.reverse();
    let text = [others, of_rules].concat().concat();
    Rules { files: vec![(file.clone(), text)], ..rules.clone() }
}

#[test]
fn where_rules_stand_in_the_text_makes_no_difference() {
    for name in NAMES {
        let rules = Rules::named(name);
        let events = events_of(name);
        let events: Vec<&str> = events.iter().map(|(_, text)| text.as_str()).collect();
        let reversed = with_rules_reversed(&rules);
        assert_ne!(rules.files, reversed.files);
        let found = compared(&rules, &reversed, &events);
        assert!(found.is_nothing(), "{name}: {:#?}", found.short());
    }
}

/// How many changes of a ruleset are tried.
const FEW: usize = 3;

/// The rule files with one number in a rule one larger, of days, weeks, months or years or of a day of the month, for
/// a few such numbers from the whole of the text.
fn with_another_number(rules: &Rules) -> Vec<Rules> {
    let (file, text) = &rules.files[0];
    let units =
        [" dagar efter", " veckor efter", " månader efter", " arbetsdagar efter", " dagar före", ":e i"];
    let mut found = Vec::new();
    let mut inside = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        inside = if line.starts_with(' ') { inside } else { line.starts_with("regel ") };
        let told = ["exempel", "förlopp", "enligt", "ger ", "per ", "#"];
        if !inside || line.contains('"') || told.iter().any(|word| line.trim_start().starts_with(word)) {
            continue;
        }
        for unit in units {
            let Some(end) = line.find(unit) else { continue };
            let digits = line[..end].chars().rev().take_while(char::is_ascii_digit).count();
            let Ok(number) = line[end - digits..end].parse::<u32>() else { continue };
            let changed = format!("{}{}{}", &text[..at + end - digits], number + 1, &text[at + end..]);
            found.push(Rules { files: vec![(file.clone(), changed)], ..rules.clone() });
        }
    }
    let step = found.len().div_ceil(FEW).max(1);
    found.into_iter().step_by(step).collect()
}

#[test]
fn every_change_of_a_number_is_the_same_seen_from_either_side() {
    let (mut tried, mut moved) = (0, 0);
    for name in NAMES {
        let rules = Rules::named(name);
        let events = events_of(name);
        let events: Vec<&str> = events.iter().map(|(_, text)| text.as_str()).collect();
        let changed = with_another_number(&rules);
        tried += changed.len();
        for other in &changed {
            let (there, back) = (compared(&rules, other, &events), compared(other, &rules, &events));
            assert_eq!(there.count("gained"), back.count("lost"), "{name}");
            assert_eq!(there.count("lost"), back.count("gained"), "{name}");
            assert_eq!(there.count("moved"), back.count("moved"), "{name}");
            let days = |found: &super::compare::Compared| -> BTreeSet<i64> {
                found.differences.iter().filter_map(|line| line["days"].as_i64()).collect()
            };
            assert_eq!(days(&there), days(&back).into_iter().map(|days| -days).collect(), "{name}");
            moved += there.count("moved");
        }
    }
    assert!(tried >= 3 * FEW && moved >= tried as u64, "{moved} moved by {tried} changes");
}
