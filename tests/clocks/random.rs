//! What must hold of any lines: made of the events that stand beside the rulesets, entered late, corrected, withdrawn.

use std::collections::BTreeMap;
use std::fs;

use frist::explain::clocks::{Clock, EntryKind, Parted, pairs};
use frist::{Ruleset, Settings};
use serde_json::{Value as Json, json};

use crate::asked::{Asked, load, without_lines};
use crate::support::{Dice, day, root};

const FILES: [(&str, &str); 6] = [
    ("ljungby", "utforare"),
    ("ljungby", "omsorgstagare"),
    ("stockholm", "utforare"),
    ("norrkoping", "hemtjansttagare"),
    ("kristianstad", "kund"),
    ("uppfoljning-2020", "uppfoljning"),
];

/// The lines of a file of events, without the corrections among them.
fn lines(ruleset: &str, file: &str) -> Vec<Json> {
    let path = root().join("rulesets").join(ruleset).join("events").join(format!("{file}.jsonl"));
    let text = fs::read_to_string(path).unwrap();
    let mut lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.retain(|line| line.get("replaces").is_none());
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("id");
    }
    lines
}

fn text(lines: &[Json]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A day some days after another, or before.
fn moved(date: &str, days: i64) -> String {
    day(date).plus_days(days).unwrap().to_string()
}

fn date(line: &Json) -> &str {
    line["date"].as_str().unwrap()
}

/// Lines of which some were entered late and some are corrected or withdrawn afterwards.
fn shuffled(lines: &[Json], dice: &mut Dice) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let mut line = line.clone();
        line["id"] = json!(format!("{number}"));
        if dice.below(3) == 0 {
            line["known"] = json!(moved(date(&line), i64::try_from(dice.below(90)).unwrap() - 10));
        }
        let entered = line.get("known").and_then(Json::as_str).unwrap_or(date(&line)).to_owned();
        all.push(line.clone());
        for _ in 0..dice.below(3) {
            let known = moved(&entered, i64::try_from(dice.below(120)).unwrap() - 5);
            if dice.below(4) == 0 {
                all.push(json!({"replaces": number.to_string(), "known": known}));
                continue;
            }
            let mut correction = line.clone();
            correction.as_object_mut().unwrap().remove("id");
            correction["replaces"] = json!(number.to_string());
            correction["known"] = json!(known);
            correction["date"] = json!(moved(date(&line), i64::try_from(dice.below(7)).unwrap() - 3));
            all.push(correction);
        }
    }
    all
}

/// What was known by the end of a day, written as plain lines: worked out by the letter of the rule. Of each line and
/// those that replace it the last one entered by then, in the place of the first.
fn plainly(lines: &[Json], by: &str) -> Vec<Json> {
    let mut places: Vec<(String, Option<Json>)> = Vec::new();
    for line in lines {
        let entered = line.get("known").or(line.get("date")).and_then(Json::as_str);
        let name = line.get("replaces").or(line.get("id")).and_then(Json::as_str).unwrap().to_owned();
        if !places.iter().any(|(known, _)| *known == name) {
            places.push((name.clone(), None));
        }
        if entered.is_some_and(|entered| entered > by) {
            continue;
        }
        let mut plain = line.clone();
        for key in ["id", "replaces", "known"] {
            plain.as_object_mut().unwrap().remove(key);
        }
        let place = places.iter_mut().find(|(known, _)| *known == name).unwrap();
        place.1 = plain.get("event").is_some().then_some(plain);
    }
    places.into_iter().filter_map(|(_, line)| line).collect()
}

fn decided(ruleset: &Ruleset, lines: &[Json], as_of: &str) -> BTreeMap<String, Vec<Json>> {
    let mut sources = frist::source::Sources::default();
    let file = sources.add("plain.jsonl", &text(lines));
    let input = ruleset.read(&sources, &[file], &Default::default());
    assert_eq!(input.bad_lines, 0, "{:#?}", input.diagnostics);
    let decisions = ruleset.decide(&input.history, &Settings::as_of(day(as_of)));
    let mut out = Vec::new();
    let language = frist::Language::English;
    frist::record::write_outcomes(ruleset.program(), &input.history, &decisions, language, &mut out);
    let mut cases: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for line in String::from_utf8(out).unwrap().lines() {
        let outcome = without_lines(serde_json::from_str(line).unwrap());
        cases.entry(outcome["case"].as_str().unwrap().to_owned()).or_default().push(outcome);
    }
    cases
}

/// A day near those of the lines.
fn some_day(lines: &[Json], dice: &mut Dice) -> String {
    let near = dice.pick(lines);
    let near = near.get("date").or(near.get("known")).and_then(Json::as_str).unwrap();
    moved(near, i64::try_from(dice.below(150)).unwrap() - 20)
}

/// That every outcome is told once: as the same, changed, come or gone; and that those told to be the same are.
fn accounted_for(asked: &Asked, parted: &Parted) {
    for case in &parted.cases {
        let written =
            |side, place: Option<usize>| place.map_or(Vec::new(), |place| asked.written(side, place));
        let (then, now) = (written(&parted.then, case.then), written(&parted.now, case.now));
        let mut places: Vec<usize> = case.unchanged.iter().map(|(then, _)| *then).collect();
        places.extend(case.differing.iter().filter_map(|one| one.then));
        places.sort_unstable();
        assert_eq!(places, (0..then.len()).collect::<Vec<_>>());
        let mut places: Vec<usize> = case.unchanged.iter().map(|(_, now)| *now).collect();
        places.extend(case.differing.iter().filter_map(|one| one.now));
        places.sort_unstable();
        assert_eq!(places, (0..now.len()).collect::<Vec<_>>());
        for (was, is) in &case.unchanged {
            let plain = |outcome: &Json| {
                let mut outcome = outcome.clone();
                // The day of a corrected line that fires nothing anew is no part of what is said.
                outcome["trigger"] = Json::Null;
                outcome
            };
            assert_eq!(plain(&then[*was]), plain(&now[*is]));
        }
        for one in &case.differing {
            assert!(!one.clocks.is_empty() && !one.at.is_empty());
            assert_eq!(one.aspects.is_empty(), one.then.is_none() || one.now.is_none());
        }
    }
}

#[test]
fn what_was_known_is_what_plain_lines_of_that_day_bring() {
    let mut dice = Dice(0x5eed);
    for (name, file) in FILES {
        let lines = lines(name, file);
        let (ruleset, sources) = load(name);
        for _ in 0..4 {
            let lines = shuffled(&lines, &mut dice);
            let asked = Asked::of(ruleset.clone(), sources.clone(), &text(&lines));
            let (a, b) = (some_day(&lines, &mut dice), some_day(&lines, &mut dice));
            let (then, now) = (a.clone().min(b.clone()), a.max(b));
            let parted = asked.parted(&then, &now, None);
            for (side, by) in [(&parted.then, &then), (&parted.now, &now)] {
                let plain = decided(&ruleset, &plainly(&lines, by), by);
                for (place, case) in side.history.cases.iter().enumerate() {
                    let expected = plain.get(&case.id).cloned().unwrap_or_default();
                    assert_eq!(asked.written(side, place), expected, "{name} {} by {by}", case.id);
                }
            }
            accounted_for(&asked, &parted);
        }
    }
}

#[test]
fn then_and_now_on_one_day_nothing_parts() {
    let mut dice = Dice(0xda7e);
    for (name, file) in FILES {
        let lines = lines(name, file);
        let (ruleset, sources) = load(name);
        for lines in [lines.clone(), shuffled(&lines, &mut dice)] {
            let asked = Asked::of(ruleset.clone(), sources.clone(), &text(&lines));
            for _ in 0..4 {
                let by = some_day(&lines, &mut dice);
                let parted = asked.parted(&by, &by, None);
                accounted_for(&asked, &parted);
                for case in &parted.cases {
                    assert!(
                        case.differing.is_empty() && case.entries.is_empty(),
                        "{name} {} on {by}",
                        case.id
                    );
                }
            }
        }
    }
}

#[test]
fn without_known_and_replaces_only_time_and_what_happens_in_it_tell() {
    let mut dice = Dice(0xc10c);
    for (name, file) in FILES {
        let lines = lines(name, file);
        let asked = Asked::new(name, &text(&lines));
        for _ in 0..4 {
            let (a, b) = (some_day(&lines, &mut dice), some_day(&lines, &mut dice));
            let parted = asked.parted(a.as_str().min(&b), a.as_str().max(&b), None);
            accounted_for(&asked, &parted);
            for case in &parted.cases {
                assert!(case.entries.iter().all(|entry| entry.kind == EntryKind::Happened));
                assert!(case.differing.iter().all(|one| !one.clocks.contains(&Clock::Known)));
            }
        }
    }
}

#[test]
fn as_of_one_day_time_tells_nothing() {
    let mut dice = Dice(0x0a50f);
    let mut parted_at_all = 0;
    for (name, file) in FILES {
        let lines = shuffled(&lines(name, file), &mut dice);
        let asked = Asked::new(name, &text(&lines));
        for _ in 0..4 {
            let (a, b) = (some_day(&lines, &mut dice), some_day(&lines, &mut dice));
            let as_of = some_day(&lines, &mut dice);
            let parted = asked.parted(a.as_str().min(&b), a.as_str().max(&b), Some(&as_of));
            accounted_for(&asked, &parted);
            let all = parted.cases.iter().flat_map(|case| &case.differing);
            parted_at_all += all.clone().count();
            assert!(all.into_iter().all(|one| !one.clocks.contains(&Clock::AsOf)));
        }
    }
    assert!(parted_at_all > 50, "{parted_at_all}: the lines hardly differ");
}

/// Lines and corrections of them, and the same the other way about: what was corrected now stood there first.
#[test]
fn with_the_roles_exchanged_what_came_went() {
    let mut dice = Dice(0x3140);
    let (mut came_at_all, mut went_at_all) = (0, 0);
    for (name, file) in FILES {
        let lines = lines(name, file);
        let (ruleset, sources) = load(name);
        let (early, late, as_of) = ("2000-01-01", "2000-02-01", "2030-01-01");
        for _ in 0..3 {
            let (mut there, mut back) = (Vec::new(), Vec::new());
            for (number, line) in lines.iter().enumerate() {
                let stamped = |mut line: Json, known: &str, key: &str| {
                    line["known"] = json!(known);
                    line[key] = json!(number.to_string());
                    line
                };
                let mut corrected = line.clone();
                corrected["date"] = json!(moved(date(line), i64::try_from(dice.below(40)).unwrap() - 20));
                match dice.below(6) {
                    0 => {
                        there.push(stamped(line.clone(), early, "id"));
                        there.push(stamped(corrected.clone(), late, "replaces"));
                        back.push(stamped(corrected, early, "id"));
                        back.push(stamped(line.clone(), late, "replaces"));
                    }
                    1 => {
                        there.push(stamped(line.clone(), late, "id"));
                        back.push(stamped(line.clone(), early, "id"));
                        back.push(json!({"replaces": number.to_string(), "known": late}));
                    }
                    2 => {
                        there.push(stamped(line.clone(), early, "id"));
                        there.push(json!({"replaces": number.to_string(), "known": late}));
                        back.push(stamped(line.clone(), late, "id"));
                    }
                    _ => {
                        there.push(stamped(line.clone(), early, "id"));
                        back.push(stamped(line.clone(), early, "id"));
                    }
                }
            }
            let parted = |lines: &[Json]| {
                let asked = Asked::of(ruleset.clone(), sources.clone(), &text(lines));
                let parted = asked.parted("2000-01-15", "2000-02-15", Some(as_of));
                let mut counted: BTreeMap<(String, &str), usize> = BTreeMap::new();
                for case in &parted.cases {
                    for one in &case.differing {
                        *counted.entry((case.id.clone(), one.change())).or_default() += 1;
                    }
                }
                counted
            };
            let (there, back) = (parted(&there), parted(&back));
            let mirrored: BTreeMap<(String, &str), usize> = back
                .into_iter()
                .map(|((case, change), count)| {
                    let change = match change {
                        "came" => "went",
                        "went" => "came",
                        other => other,
                    };
                    ((case, change), count)
                })
                .collect();
            assert_eq!(there, mirrored, "{name}");
            came_at_all += there.keys().filter(|(_, change)| *change == "came").count();
            went_at_all += there.keys().filter(|(_, change)| *change == "went").count();
        }
    }
    assert!(came_at_all > 5 && went_at_all > 5, "{came_at_all} {went_at_all}");
}

#[test]
fn pairs_are_the_same_from_either_side() {
    for (name, file) in FILES {
        let lines = lines(name, file);
        let asked = Asked::new(name, &text(&lines));
        let last = lines.iter().map(date).max().unwrap();
        let parted = asked.parted(&moved(last, -200), last, None);
        for case in &parted.cases {
            let (Some(then), Some(now)) = (case.then, case.now) else { continue };
            let then = &parted.then.decisions.cases[then].outcomes;
            let now = &parted.now.decisions.cases[now].outcomes;
            // Without corrections the events of both sides have the same places.
            let program = asked.ruleset.program();
            let there = pairs(program, then, now);
            let back = pairs(program, now, then);
            for (place, pair) in there.iter().enumerate() {
                assert!(pair.is_none_or(|pair| back[pair] == Some(place)), "{name} {}", case.id);
            }
        }
    }
}
