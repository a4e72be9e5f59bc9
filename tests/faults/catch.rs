//! What finds a planted fault: check, the examples, verifying, the tour; or the proof that there is nothing to find.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use frist::Ruleset;
use frist::impact::{Everywhere, Options, Weighing, everywhere};
use frist::program::RuleId;
use frist::verify::{Settled, Verdict, verify};

use super::plant::Fault;
use super::rules_in_hand::{Rules, Toured, failing};

/// What became of a fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Check has an error.
    Check(String),
    /// An example in the rule file does not hold.
    Example(String),
    /// Verifying gives a verdict that it does not give of the rules as they are.
    Verify(String),
    /// An example that the tour makes of the rules as they are does not hold, or the tour says that something else comes
    /// of it.
    Tour(String),
    /// No outcome differs, which is proved.
    Equal,
    /// Nothing found it.
    Survived(String),
}

impl Fate {
    /// The headings of the columns.
    pub const HEADINGS: [&'static str; 6] =
        ["check", "examples", "verify", "tour", "proved equal", "survived"];

    /// Its column.
    pub fn column(&self) -> usize {
        match self {
            Fate::Check(_) => 0,
            Fate::Example(_) => 1,
            Fate::Verify(_) => 2,
            Fate::Tour(_) => 3,
            Fate::Equal => 4,
            Fate::Survived(_) => 5,
        }
    }
}

/// What verifying says of rules of one name: each question with its verdict.
type Said = BTreeSet<String>;

/// What is worked out once for the rules of each name, by whichever thread comes first.
type Known<T> = Mutex<BTreeMap<String, Arc<OnceLock<T>>>>;

fn known<T>(all: &Known<T>, name: &str) -> Arc<OnceLock<T>> {
    Arc::clone(all.lock().unwrap().entry(name.to_owned()).or_default())
}

/// Finds the faults of one ruleset.
pub struct Finder<'a> {
    rules: &'a Rules,
    said: Known<Said>,
    toured: Known<Toured>,
}

impl<'a> Finder<'a> {
    pub fn new(rules: &'a Rules) -> Finder<'a> {
        Finder { rules, said: Mutex::default(), toured: Mutex::default() }
    }

    /// What finds a fault, or that nothing does.
    pub fn fate(&self, number: usize) -> Fate {
        let fault = &self.rules.faults[number];
        let wrong = match self.rules.plant(number) {
            Ok(wrong) => wrong,
            Err(code) => return Fate::Check(code),
        };
        let own = |name: &str| fault.rule.as_deref() == Some(name);
        let example = failing(wrong.program(), own).or_else(|| failing(wrong.program(), |name| !own(name)));
        if let Some(example) = example {
            return Fate::Example(example);
        }
        // Of its own rule, or of those that read it, this is soon said; what becomes of all rules takes longer to find out.
        let near = fault.rule.as_ref().map_or_else(|| self.rules.readers(fault), |own| vec![own.clone()]);
        if let Some(found) = near.iter().find_map(|name| self.found(name, number, &wrong)) {
            return found;
        }
        let whole = Options { whole_events: true, ..Options::default() };
        let parted = everywhere(&self.rules.ruleset, &wrong, &whole);
        // What is declared otherwise and read by nothing changes nothing either.
        let concerned = self.concerned(fault, &parted);
        if parted.is_proved() || concerned.is_empty() {
            return Fate::Equal;
        }
        let mut others = concerned.iter().filter(|name| !near.contains(name));
        let found = others.find_map(|name| self.found(name, number, &wrong));
        found.unwrap_or_else(|| Fate::Survived(self.told(&parted)))
    }

    /// What the tour of the rules of one name finds, or verifying them, which takes longer.
    fn found(&self, name: &str, number: usize, wrong: &Ruleset) -> Option<Fate> {
        let row = self.tour(name, number).map(Fate::Tour);
        row.or_else(|| self.verify(name, wrong).map(Fate::Verify))
    }

    /// The rules that may bring something else: the fault's own first, then those that differ, or those that read what is
    /// declared otherwise.
    fn concerned(&self, fault: &Fault, parted: &Everywhere) -> Vec<String> {
        let differing = parted.rules.iter().filter(|rule| !rule.is_proved()).map(|rule| rule.name.clone());
        let mut names: Vec<String> = fault.rule.iter().cloned().chain(differing).collect();
        // What an exception brings, its rule does not, and the other way about.
        let program = self.rules.ruleset.program();
        for (base, exceptions) in program.index.exceptions.iter().enumerate() {
            let mut family: Vec<&str> =
                exceptions.iter().map(|id| program.rules[id.index()].named.name.as_str()).collect();
            family.push(&program.rules[base].named.name);
            if !exceptions.is_empty() && family.iter().any(|name| names.iter().any(|known| known == name)) {
                names.extend(family.into_iter().map(str::to_owned));
            }
        }
        if names.is_empty() {
            names = self.rules.readers(fault);
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    /// A verdict on the wrong rules that is not given of the right ones.
    fn verify(&self, name: &str, wrong: &Ruleset) -> Option<String> {
        let right = &self.rules.ruleset;
        let before = known(&self.said, name);
        let before = before.get_or_init(|| said(right, name));
        said(wrong, name).into_iter().find(|one| !before.contains(one))
    }

    /// A row of the tour of the right rules that is not one of the wrong ones: its example does not hold, or it says that
    /// something else comes of it.
    fn tour(&self, name: &str, number: usize) -> Option<String> {
        let rules = self.rules;
        let toured = known(&self.toured, name);
        let toured = toured.get_or_init(|| rules.tour(name));
        match rules.plant_in(toured, number) {
            Ok(wrong) => failing(wrong.program(), |other| other == name).or_else(|| {
                let row = toured.otherwise(wrong.program())?;
                Some(format!("row {} of {name}", row + 1))
            }),
            Err(code) => Some(format!("{code} in the tour of {name}")),
        }
    }

    /// What is said to part, in words.
    fn told(&self, parted: &Everywhere) -> String {
        let declared = parted.declared.iter().map(|words| words.en.clone());
        let unproved = parted.rules.iter().filter(|rule| !rule.is_proved());
        declared.chain(unproved.map(told_of_rule)).collect::<Vec<_>>().join("; ")
    }
}

fn told_of_rule(rule: &Weighing) -> String {
    let mut parts: Vec<String> = rule.beside.iter().map(|words| words.en.clone()).collect();
    if let Some(region) = rule.regions.first() {
        let given: Vec<String> =
            region.given.iter().map(|given| format!("{} = {}", given.name, given.words.sv)).collect();
        parts.push(format!("parts on {} with {} {:?}", region.day, given.join(", "), region.readings));
        let example = region.example.as_ref().and_then(|example| example.old.written.as_ref());
        parts.extend(example.map(|example| format!("as in `{}`", example.sv)));
    }
    if rule.is_alike() {
        parts.push(format!("not proved: {:?}", rule.limit));
    }
    format!("{}: {}", rule.name, parts.join(", "))
}

fn said(ruleset: &Ruleset, rule: &str) -> Said {
    let options = frist::verify::Options { threads: 1, rule: Some(rule.to_owned()) };
    let program = ruleset.program();
    let found = verify(program, &options);
    let name = |id: RuleId| program.rules[id.index()].named.name.as_str();
    let answers = found.answers.iter().map(|answer| {
        let asked = &answer.asked;
        let other = asked.other.map(name).unwrap_or_default();
        let of = asked.guarantee.map(|span| span.start).unwrap_or_default();
        let verdict = match &answer.verdict {
            Verdict::Settled(Settled::Order, _) => "settled by the order",
            Verdict::Settled(Settled::Header { .. }, _) => "settled by the header",
            verdict => verdict.as_str(),
        };
        format!("{} of {} {other} {of}: {verdict}", asked.question.as_str(), name(asked.rule))
    });
    answers.collect()
}
