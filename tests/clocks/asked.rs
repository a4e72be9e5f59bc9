//! A ruleset, lines read into a ledger, and what differs between two days.

use std::fs;

use frist::explain::clocks::{Clock, Difference, Parted, PartedCase, Parting, Side, ThenAndNow};
use frist::record::Ledger;
use frist::run::Outcome;
use frist::source::Sources;
use frist::{Draft, Ruleset, Settings};
use serde_json::Value as Json;

use crate::support::{day, root};

pub struct Asked {
    pub ruleset: Ruleset,
    pub sources: Sources,
    pub ledger: Ledger,
}

/// A ruleset of the project with the texts it was read from.
pub fn load(name: &str) -> (Ruleset, Sources) {
    let folder = root().join("rulesets").join(name);
    let file = format!("rulesets/{name}/{name}.frist");
    let text = fs::read_to_string(root().join(&file)).unwrap();
    let mut draft = Draft::new([(file.as_str(), text.as_str())]);
    for (needed, _) in draft.needs() {
        draft.supply(&needed, &needed, &fs::read_to_string(folder.join(&needed)).unwrap());
    }
    let loaded = draft.check();
    (loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics)), loaded.sources)
}

impl Asked {
    pub fn new(ruleset: &str, lines: &str) -> Asked {
        let (ruleset, sources) = load(ruleset);
        Asked::of(ruleset, sources, lines)
    }

    /// Rules made up for a test.
    pub fn rules(rules: &str, lines: &str) -> Asked {
        let loaded = Ruleset::load([("rules.frist", rules)]);
        let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
        Asked::of(ruleset, loaded.sources, lines)
    }

    pub fn fixture(ruleset: &str, file: &str) -> Asked {
        let lines = fs::read_to_string(root().join("tests/fixtures/clocks").join(file)).unwrap();
        Asked::new(ruleset, &lines)
    }

    pub fn of(ruleset: Ruleset, mut sources: Sources, lines: &str) -> Asked {
        let file = sources.add("events.jsonl", lines);
        let ledger = ruleset.read_ledger(&sources, &[file], &Default::default());
        assert_eq!(ledger.bad_lines, 0, "{:#?}", ledger.diagnostics);
        Asked { ruleset, sources, ledger }
    }

    pub fn parted(&self, then: &str, now: &str, as_of: Option<&str>) -> Parted {
        let mut days = ThenAndNow::new(day(then), day(now)).unwrap();
        if let Some(day_) = as_of {
            days = days.as_of(day(day_));
        }
        self.ruleset.then_and_now(&self.ledger, &days, &Settings::as_of(day(now)))
    }

    /// The rule of an outcome that differs.
    pub fn rule_of<'a>(&'a self, parted: &Parted, case: &PartedCase, one: &Difference) -> &'a str {
        let outcome = side(&parted.now, case.now, one.now).or(side(&parted.then, case.then, one.then));
        let rule = outcome.and_then(|outcome| outcome.rule);
        rule.map_or("", |rule| &self.ruleset.program().rules[rule.index()].named.name)
    }

    pub fn parting(&self, parted: &Parted, case: &PartedCase, one: &Difference) -> Parting {
        self.ruleset.parting(&self.ledger, parted, case, one)
    }

    /// What differs, each in a line: the rule, what became of it, the clocks.
    pub fn told(&self, then: &str, now: &str, as_of: Option<&str>) -> Vec<String> {
        let parted = self.parted(then, now, as_of);
        let mut all = Vec::new();
        for case in &parted.cases {
            for one in &case.differing {
                let clocks: Vec<&str> = one.clocks.iter().copied().map(Clock::as_str).collect();
                let aspects: Vec<&str> = one.aspects.iter().map(|aspect| aspect.as_str()).collect();
                let rule = self.rule_of(&parted, case, one);
                let mut told = format!("{} {rule}: {}", case.id, one.change());
                if !aspects.is_empty() {
                    told.push_str(&format!(" {}", aspects.join("+")));
                }
                told.push_str(&format!(" by {}", clocks.join("+")));
                all.push(told);
            }
        }
        all
    }

    /// The outcomes of a case on one side, as the interface writes them, without what names lines.
    pub fn written(&self, side: &Side, case: usize) -> Vec<Json> {
        let mut out = Vec::new();
        let of_case = &side.decisions.cases[case];
        for outcome in &of_case.outcomes {
            frist::record::write_outcome(
                self.ruleset.program(),
                &side.history.cases[case],
                outcome,
                &side.decisions.pool,
                &[],
                frist::Language::English,
                &mut out,
            );
        }
        let text = String::from_utf8(out).unwrap();
        text.lines().map(|line| without_lines(serde_json::from_str(line).unwrap())).collect()
    }
}

fn side(side: &Side, case: Option<usize>, outcome: Option<usize>) -> Option<&Outcome> {
    side.outcome(case?, outcome?).map(|(_, outcome)| outcome)
}

/// An outcome without the numbers of lines.
pub fn without_lines(mut outcome: Json) -> Json {
    let object = outcome.as_object_mut().unwrap();
    object.remove("same_day_order");
    if let Some(trigger) = object.get_mut("trigger").and_then(Json::as_object_mut) {
        trigger.remove("line");
    }
    outcome
}
