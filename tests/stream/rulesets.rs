//! Streams of the project's own event files, grouped and mixed, against the same decided whole.

use std::fs;

use frist::Ruleset;
use frist::record::OUTCOME_COLUMNS;

use super::support::{Dice, day, root};
use super::whole::{Asked, How, agree};

fn ruleset(name: &str) -> frist::Loaded {
    let folder = root().join("rulesets").join(name);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text = |path: &std::path::PathBuf| fs::read_to_string(path).unwrap();
    let ends = |path: &std::path::PathBuf, end: &str| path.extension().is_some_and(|known| known == end);
    let rules = paths.iter().filter(|path| ends(path, "frist"));
    let mut draft = frist::Draft::new(
        rules.map(|path| (path.display().to_string(), text(path))).collect::<frist::source::Sources>(),
    );
    for path in paths.iter().filter(|path| ends(path, "csv") || ends(path, "rhai")) {
        draft.supply(path.file_name().unwrap().to_str().unwrap(), &path.display().to_string(), &text(path));
    }
    draft.check()
}

#[test]
fn the_events_of_every_ruleset_stream() {
    let mut dice = Dice(7);
    for name in ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"] {
        let loaded = ruleset(name);
        let ruleset: Ruleset = loaded.ruleset.unwrap();
        let text = fs::read_to_string(root().join(format!("tests/reference/{name}.jsonl"))).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        let asked = Asked { as_of: Some(day("2025-12-31")), ..Asked::default() };
        let hows = [How { threads: 2, memory: 1 << 14 }];
        let given = agree(&ruleset, &loaded.sources, &[("e.jsonl", &text)], &asked, &hows);
        assert!(given.out.lines().count() > 50, "{name}");
        for line in given.out.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            for (key, value) in line.as_object().unwrap() {
                let inner =
                    value.as_object().into_iter().flatten().map(|(inner, _)| format!("{key}_{inner}"));
                let names = if value.is_object() { inner.collect() } else { vec![key.clone()] };
                for name in names {
                    assert!(OUTCOME_COLUMNS.contains(&name.as_str()), "no column holds `{name}`");
                }
            }
        }
        for place in (1..lines.len()).rev() {
            lines.swap(place, usize::try_from(dice.below(place as u64 + 1)).unwrap());
        }
        let asked = Asked { standing: true, ..Asked::default() };
        agree(&ruleset, &loaded.sources, &[("e.jsonl", &lines.join("\n"))], &asked, &hows);
    }
}
