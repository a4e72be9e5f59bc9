//! What finds a planted fault: check, the examples, verifying, the tour; or the proof that there is nothing to find.

use std::collections::{BTreeMap, BTreeSet};

use frist::program::Program;
use frist::verify::{Options, Settled, Verdict, verify};

use super::plant::Fault;
use super::rules_in_hand::{Rules, failing};

/// What became of a fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Check has an error.
    Check(String),
    /// An example in the rule file does not hold.
    Example(String),
    /// Verifying gives a verdict that it does not give of the rules as they are.
    Verify(String),
    /// An example that the tour makes of the rules as they are does not hold.
    Tour(String),
    /// No outcome differs, which is proved.
    Equal,
    /// Nothing found it.
    Survived(String),
}

impl Fate {
    /// The heading of its column.
    pub const HEADINGS: [&'static str; 6] = ["check", "examples", "verify", "tour", "proved equal", "survived"];

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

/// What verifying says of one rule: each question with its verdict.
type Said = BTreeSet<String>;

/// Finds the faults of one ruleset.
pub struct Finder<'a> {
    rules: &'a Rules,
    said: BTreeMap<String, Said>,
}

impl<'a> Finder<'a> {
    pub fn new(rules: &'a Rules) -> Finder<'a> {
        Finder { rules, said: BTreeMap::new() }
    }

    /// What finds a fault, or that nothing does.
    pub fn fate(&mut self, number: usize) -> Fate {
        let fault = &self.rules.faults[number];
        let wrong = match self.rules.plant(number) {
            Ok(program) => program,
            Err(code) => return Fate::Check(code),
        };
        let own = |name: &str| fault.rule.as_deref() == Some(name);
        if let Some(example) = failing(&wrong, own).or_else(|| failing(&wrong, |name| !own(name))) {
            return Fate::Example(example);
        }
        if let Some(verdict) = self.verify(fault, &wrong) {
            return Fate::Verify(verdict);
        }
        Fate::Survived(String::new())
    }

    /// A verdict on the wrong rules that is not given of the right ones.
    fn verify(&mut self, fault: &Fault, wrong: &Program) -> Option<String> {
        let name = fault.rule.as_ref()?;
        let right = &self.rules.program;
        let before = self.said.entry(name.clone()).or_insert_with(|| said(right, name));
        said(wrong, name).into_iter().find(|one| !before.contains(one))
    }
}

fn said(program: &Program, rule: &str) -> Said {
    let options = Options { threads: 2, rule: Some(rule.to_owned()), ..Options::default() };
    let found = verify(program, &options);
    let name = |id: frist::program::RuleId| program.rules[id.index()].named.name.as_str();
    found
        .answers
        .iter()
        .map(|answer| {
            let asked = &answer.asked;
            let other = asked.other.map(name).unwrap_or_default();
            let of = asked.guarantee.map(|span| span.start).unwrap_or_default();
            let question = asked.question.as_str();
            let verdict = match &answer.verdict {
                Verdict::Settled(Settled::Order, _) => "settled by the order".to_owned(),
                Verdict::Settled(Settled::Header { .. }, _) => "settled by the header".to_owned(),
                verdict => verdict.as_str().to_owned(),
            };
            format!("{question} {} {other} {of}: {verdict}", name(asked.rule))
        })
        .collect()
}
