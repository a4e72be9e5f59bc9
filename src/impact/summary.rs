//! What the differences come to: counted in all, by rule, by case and by days moved.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::difference::{Aspect, Difference, Nature};
use super::matching::{Pair, Renames};
use crate::time::Day;

/// The differences, counted.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The day as of whose end both were decided.
    pub as_of: Option<Day>,
    /// How many cases were compared.
    pub cases: usize,
    /// The cases that were not, by name.
    pub not_compared: Vec<String>,
    /// How many outcomes the old ruleset brought in the cases compared.
    pub old_outcomes: usize,
    /// How many outcomes the new ruleset brought in them.
    pub new_outcomes: usize,
    /// How many outcomes are alike under both.
    pub alike: usize,
    /// How many outcomes of the old ruleset remain its own, because its last day is before the new one's first.
    pub left_to_old: usize,
    /// How many differences are dated before the change comes into force.
    pub before_in_force: usize,
    /// The differences in all.
    pub all: Tally,
    /// By rule, in the order of the old ruleset's text, then of the new one's; only those with differences.
    pub rules: Vec<(String, Tally)>,
    /// By case, in their order; only those with differences.
    pub by_case: Vec<(String, Tally)>,
    /// How many outcomes moved by how many days, positive when they come later, from the earliest to the latest.
    pub days: BTreeMap<i64, usize>,
    /// Rules that have another name and are otherwise the same: the old name, the new one, and how many outcomes are
    /// alike but for it.
    pub renamed: Vec<(String, String, usize)>,
    /// Keys that alone make no difference, and in how many outcomes that are otherwise alike they differ.
    pub aside: BTreeMap<&'static str, usize>,
}

/// Differences counted by what became of the outcome. One outcome may have moved and changed in several ways; `all`
/// counts it once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub all: usize,
    /// Brought by the new ruleset only.
    pub gained: usize,
    /// Brought by the old ruleset only.
    pub lost: usize,
    /// Moved to another day.
    pub moved: usize,
    /// Another kind, value or text.
    pub value: usize,
    /// A duty that stands otherwise.
    pub status: usize,
    /// Brought by another rule or branch.
    pub branch: usize,
}

impl Tally {
    fn count(&mut self, difference: &Difference<'_>) {
        let add = |count: &mut usize, is: bool| add(count, usize::from(is));
        let nature = difference.nature();
        add(&mut self.all, true);
        add(&mut self.gained, nature == Nature::Gained);
        add(&mut self.lost, nature == Nature::Lost);
        add(&mut self.moved, difference.concerns(Aspect::Days));
        add(&mut self.value, difference.concerns(Aspect::Value));
        add(&mut self.status, difference.concerns(Aspect::Status));
        add(&mut self.branch, difference.concerns(Aspect::Branch));
    }
}

impl Summary {
    /// Nothing counted yet.
    pub(super) fn new(apart: &BTreeSet<String>, old: Side<'_>, new: Side<'_>) -> Summary {
        let mut rules: Vec<(String, Tally)> = Vec::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for rule in old.program().rules.iter().chain(&new.program().rules) {
            if known.insert(&rule.named.name) {
                rules.push((rule.named.name.clone(), Tally::default()));
            }
        }
        Summary {
            as_of: Some(old.decisions.as_of),
            not_compared: apart.iter().cloned().collect(),
            rules,
            ..Summary::default()
        }
    }

    /// Counts a case and its outcomes.
    pub(super) fn case(&mut self, old: usize, new: usize) {
        add(&mut self.cases, 1);
        add(&mut self.old_outcomes, old);
        add(&mut self.new_outcomes, new);
    }

    /// Counts outcomes that are left to the old ruleset.
    pub(super) fn left(&mut self, outcomes: usize) {
        add(&mut self.left_to_old, outcomes);
        add(&mut self.old_outcomes, outcomes);
    }

    /// Counts a difference.
    pub(super) fn different(&mut self, difference: &Difference<'_>) {
        self.all.count(difference);
        let name = difference.rule();
        match self.rules.iter_mut().find(|(known, _)| known == name) {
            Some((_, tally)) => tally.count(difference),
            // An event whose own requirement denied it.
            None => {
                let mut tally = Tally::default();
                tally.count(difference);
                self.rules.push((name.to_owned(), tally));
            }
        }
        match self.by_case.last_mut().filter(|(case, _)| case == difference.case) {
            Some((_, tally)) => tally.count(difference),
            None => {
                let mut tally = Tally::default();
                tally.count(difference);
                self.by_case.push((difference.case.to_owned(), tally));
            }
        }
        if let Some(days) = difference.days {
            add(self.days.entry(days).or_default(), 1);
        }
        add(&mut self.before_in_force, usize::from(difference.before.is_some()));
    }

    /// Counts two outcomes that are alike.
    pub(super) fn alike(&mut self, pair: &Pair<'_>, renames: &Renames) {
        let (Some(old), Some(new)) = pair else { return };
        add(&mut self.alike, 1);
        if renames.has(old.rule(), new.rule()) {
            match self.renamed.iter_mut().find(|(name, _, _)| name == old.rule()) {
                Some((_, _, count)) => add(count, 1),
                None => self.renamed.push((old.rule().to_owned(), new.rule().to_owned(), 1)),
            }
        }
        for key in old.aside(new) {
            add(self.aside.entry(key).or_default(), 1);
        }
    }

    /// Leaves out the rules without differences, and names the renamed of which nothing is alike.
    pub(super) fn finish(&mut self, renames: &Renames) {
        self.rules.retain(|(_, tally)| tally.all > 0);
        for (old, new) in renames.iter() {
            if !self.renamed.iter().any(|(name, _, _)| name == old) {
                self.renamed.push((old.to_owned(), new.to_owned(), 0));
            }
        }
        self.renamed.sort();
    }
}

fn add(count: &mut usize, more: usize) {
    *count = count.saturating_add(more);
}
