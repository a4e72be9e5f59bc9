//! Runs programs and cases through both evaluators, and makes a difference as small as it can before it shows it.

use std::collections::BTreeMap;

use frist::Language;
use frist::run::Settings;
use frist::source::Sources;
use serde_json::Value as Json;

use crate::evaluate;
use crate::facts::Facts;
use crate::program::*;
use crate::{days, text};

/// A program that was checked.
pub struct Checked {
    sources: Sources,
    program: frist::program::Program,
}

/// Checks a program; what is wrong with it when it is.
pub fn check(program: &Program) -> Result<Checked, String> {
    let mut sources = Sources::default();
    let id = sources.add("slump.frist", &text::write(program));
    let (file, mut diagnostics) = frist::syntax::parse(&sources, id);
    let (checked, found) = frist::check::check(&sources, &[file], &frist::check::CheckOptions::default());
    diagnostics.extend(found);
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| {
            let place = diagnostic.span().map(|span| sources.place(span)).unwrap_or_default();
            format!("{place}: {} {}", diagnostic.code, diagnostic.message.en)
        })
        .collect();
    match checked {
        Some(program) if errors.is_empty() => Ok(Checked { sources, program }),
        _ => Err(errors.join("\n")),
    }
}

fn case_name(place: usize) -> String {
    format!("c{place:03}")
}

/// What the engine says of some cases, case by case, without what depends on wording.
pub fn engine(checked: &mut Checked, program: &Program, cases: &[Vec<Line>], as_of: Day) -> Vec<Vec<Json>> {
    let mut lines = String::new();
    for (place, case) in cases.iter().enumerate() {
        lines.push_str(&text::lines(program, &case_name(place), case));
    }
    let id = checked.sources.add("events.jsonl", &lines);
    let input = frist::record::read_events(&checked.program, &checked.sources, &[id], &Default::default());
    let bad: Vec<&str> = input
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| diagnostic.message.en.as_str())
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
    let settings = Settings::as_of(days::iso(as_of).parse().unwrap());
    let decisions = frist::run::run(&checked.program, &input.history, &settings);
    let mut out = Vec::new();
    frist::record::write_outcomes(&checked.program, &input.history, &decisions, Language::Swedish, &mut out);
    let mut by_case: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for line in String::from_utf8(out).unwrap().lines() {
        let mut outcome: Json = serde_json::from_str(line).unwrap();
        let keys = outcome.as_object_mut().unwrap();
        keys.remove("ruleset");
        if keys["kind"] == "undetermined" {
            let needs = keys.remove("needs").expect("what is missing");
            assert!(!needs.as_array().unwrap().is_empty(), "an undetermined outcome says what is missing");
        }
        if let Some(reasons) = keys.get_mut("reasons") {
            for reason in reasons.as_array_mut().unwrap() {
                reason.as_object_mut().unwrap().remove("missing");
            }
        }
        keys.remove("missing");
        by_case.entry(keys["case"].as_str().unwrap().to_owned()).or_default().push(outcome);
    }
    (0..cases.len()).map(|place| by_case.remove(&case_name(place)).unwrap_or_default()).collect()
}

/// What the slow evaluator says; nothing for a case that leaves its days.
pub fn slow(program: &Program, cases: &[Vec<Line>], as_of: Day) -> Vec<Option<Vec<Json>>> {
    let start = Facts::new(program);
    let mut number = 1;
    let mut all = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        all.push(evaluate::run(program, &start, &case_name(place), case, number, as_of));
        number += case.len();
    }
    all
}

/// Whether one case of a program is judged differently.
fn differs(program: &Program, case: &[Line], as_of: Day) -> bool {
    let Ok(mut checked) = check(program) else { return false };
    let cases = [case.to_vec()];
    let fast = engine(&mut checked, program, &cases, as_of);
    let slow = slow(program, &cases, as_of);
    slow[0].as_ref().is_some_and(|slow| *slow != fast[0])
}

/// Leaves out rules, branches, effects and events while the difference stays.
pub fn shrink(program: &Program, case: &[Line], as_of: Day) -> (Program, Vec<Line>) {
    let (mut program, mut case) = (program.clone(), case.to_vec());
    loop {
        let mut smaller = false;
        for place in (0..case.len()).rev() {
            let mut fewer = case.clone();
            fewer.remove(place);
            if !fewer.is_empty() && differs(&program, &fewer, as_of) {
                case = fewer;
                smaller = true;
            }
        }
        let mut step = 0;
        while let Some(candidate) = smaller_program(&program, step) {
            if differs(&candidate, &case, as_of) {
                program = candidate;
                smaller = true;
            } else {
                step += 1;
            }
        }
        if !smaller {
            return (program, case);
        }
    }
}

/// Leaves something out of a program.
type Less = Box<dyn Fn(&mut Program)>;

/// The program with one thing left out, the `step`-th that can be.
fn smaller_program(program: &Program, step: usize) -> Option<Program> {
    let mut left = step;
    let mut all: Vec<Less> = Vec::new();
    for (place, rule) in program.rules.iter().enumerate() {
        all.push(Box::new(move |p| {
            p.rules.remove(place);
        }));
        if rule.medan.is_some() {
            all.push(Box::new(move |p| p.rules[place].medan = None));
        }
        if rule.requires.is_some() {
            all.push(Box::new(move |p| p.rules[place].requires = None));
        }
        if let Trigger::Events { filter: Some(_), .. } = &rule.trigger {
            all.push(Box::new(move |p| {
                let name = p.rules[place].name;
                for rule in &mut p.rules {
                    if let (Trigger::Events { filter, .. }, true) =
                        (&mut rule.trigger, rule.name == name || rule.exception_to == Some(name))
                    {
                        *filter = None;
                    }
                }
            }));
        }
        for effect in 0..rule.always.len() {
            all.push(Box::new(move |p| {
                p.rules[place].always.remove(effect);
            }));
        }
        if !rule.branches.is_empty() {
            all.push(Box::new(move |p| {
                p.rules[place].branches.clear();
                p.rules[place].otherwise = None;
            }));
        }
        if rule.otherwise.is_some() {
            all.push(Box::new(move |p| p.rules[place].otherwise = None));
        }
        for (branch, (_, effects)) in rule.branches.iter().enumerate() {
            if rule.branches.len() > 1 {
                all.push(Box::new(move |p| {
                    p.rules[place].branches.remove(branch);
                }));
            }
            for effect in 0..effects.len() {
                all.push(Box::new(move |p| {
                    p.rules[place].branches[branch].1.remove(effect);
                }));
            }
        }
        for effect in 0..rule.otherwise.as_ref().map_or(0, Vec::len) {
            all.push(Box::new(move |p| {
                p.rules[place].otherwise.as_mut().unwrap().remove(effect);
            }));
        }
        for (effect, brought) in rule.always.iter().enumerate() {
            if let Effect::Duty(_) = brought {
                for part in 0..6 {
                    all.push(Box::new(move |p| {
                        if let Effect::Duty(duty) = &mut p.rules[place].always[effect] {
                            simplify(duty, part);
                        }
                    }));
                }
            }
        }
    }
    for event in 0..program.events.len() {
        if !program.events[event].requires.is_empty() {
            all.push(Box::new(move |p| p.events[event].requires.clear()));
        }
    }
    while let Some(change) = all.get(left) {
        let mut candidate = program.clone();
        change(&mut candidate);
        let idle =
            |rule: &Rule| rule.always.is_empty() && rule.branches.is_empty() && rule.requires.is_none();
        if !candidate.rules.iter().any(idle) && text::write(&candidate) != text::write(program) {
            return Some(candidate);
        }
        left += 1;
    }
    None
}

fn simplify(duty: &mut Duty, part: usize) {
    match part {
        0 => duty.as_long_as = None,
        1 => duty.falls_away.clear(),
        2 => duty.failing.clear(),
        3 => duty.to.clear(),
        4 => duty.bearers.truncate(1),
        _ => duty.not_before = None,
    }
}

/// A difference, ready to paste.
pub fn report(program: &Program, case: &[Line], as_of: Day) -> String {
    let (program, case) = shrink(program, case, as_of);
    let mut checked = check(&program).expect("a program that was checked");
    let cases = [case.clone()];
    let fast = engine(&mut checked, &program, &cases, as_of).remove(0);
    let slow = slow(&program, &cases, as_of).remove(0).unwrap_or_default();
    let list = |all: &[Json], other: &[Json]| -> String {
        all.iter().map(|one| format!("{} {one}\n", if other.contains(one) { ' ' } else { '!' })).collect()
    };
    format!(
        "{}\n{}\nas of {}\nthe engine:\n{}\nthe slow evaluator:\n{}",
        text::write(&program),
        text::lines(&program, &case_name(0), &case),
        days::iso(as_of),
        list(&fast, &slow),
        list(&slow, &fast)
    )
}
