//! Rules of two rulesets paired: by name, and where only the name changed.

use std::collections::BTreeSet;

use super::days::DaySet;
use super::form::rule_form;
use crate::program::{Effect, Forms, Program, Rule, RuleId};
use crate::time::Day;

/// A rule by its name in both rulesets, in all its versions.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub old: Option<&'a str>,
    pub new: Option<&'a str>,
}

impl Pair<'_> {
    /// The name in the old ruleset; in the new one when only that has it.
    pub fn name(&self) -> &str {
        self.old.or(self.new).unwrap_or("")
    }
}

/// Whether a rule of the old ruleset and one of the new are one.
type Alike<'s> = &'s dyn Fn(&Rule, &Rule) -> bool;

/// The rules of two rulesets: those of the old one in their order, then what only the new one has.
pub(super) fn pairs<'a>(old: &'a Program, new: &'a Program) -> Vec<Pair<'a>> {
    let (ours, theirs) = (names(old), names(new));
    let mut left: Vec<&str> = theirs.iter().copied().filter(|name| !ours.contains(name)).collect();
    let mut gone: Vec<&str> = ours.iter().copied().filter(|name| !theirs.contains(name)).collect();
    let mut renamed: Vec<(&str, &str)> = Vec::new();
    // What says the same is the same; then what is called the same for people; then what is about the same, alone.
    let alike: [Alike<'_>; 3] = [
        &|one, other| rule_form(old, one) == rule_form(new, other),
        &|one, other| one.named.title == other.named.title && one.named.title.sv != one.named.name,
        &|one, other| about(old, one) == about(new, other),
    ];
    for alike in alike {
        gone.retain(|name| {
            let Some(one) = first(old, name) else { return true };
            let fits: Vec<&str> = left
                .iter()
                .copied()
                .filter(|other| first(new, other).is_some_and(|other| alike(one, other)))
                .collect();
            let [only] = fits.as_slice() else { return true };
            renamed.push((name, only));
            left.retain(|other| other != only);
            false
        });
    }
    let new_name = |name: &str| renamed.iter().find(|(was, _)| *was == name).map(|(_, is)| *is);
    let both = ours.iter().map(|name| {
        let new = if theirs.contains(name) { Some(*name) } else { new_name(name) };
        Pair { old: Some(name), new }
    });
    let only_new = left.iter().map(|name| Pair { old: None, new: Some(name) });
    both.chain(only_new).collect()
}

fn names(program: &Program) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let all = program.rules.iter().map(|rule| rule.named.name.as_str());
    all.filter(|name| seen.insert(*name)).collect()
}

fn first<'a>(program: &'a Program, name: &str) -> Option<&'a Rule> {
    program.rules.iter().find(|rule| rule.named.name == name)
}

/// What sets a rule off and what it is about.
fn about(program: &Program, rule: &Rule) -> (String, BTreeSet<String>) {
    let forms = Forms::of_rule(program, rule);
    let occasions = crate::situations::occasions(rule);
    let occasions = occasions.iter().map(|one| super::form::occasion_form(program, rule, one.event));
    let effects = rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects));
    let what = |effect: &Effect| super::form::what_form(program, &forms, effect);
    (occasions.collect(), effects.map(what).collect())
}

/// The versions of a rule and the days on which each is in force, within a stretch.
pub(super) fn versions(program: &Program, name: &str, within: (Day, Day)) -> Vec<(RuleId, (Day, Day))> {
    let rules = program.rules.iter().enumerate().filter(|(_, rule)| rule.named.name == name);
    rules
        .filter_map(|(place, rule)| {
            let own = rule.in_force.unwrap_or(program.header.in_force);
            let days =
                (own.from.max(within.0), own.through.map_or(within.1, |through| through.min(within.1)));
            (days.0 <= days.1).then_some((RuleId::at(place), days))
        })
        .collect()
}

/// What is left of a stretch without others.
pub(super) fn without(days: (Day, Day), others: &[(RuleId, (Day, Day))]) -> DaySet {
    let mut left = DaySet::new(days);
    let mut next = Some(days.0);
    let mut others: Vec<(Day, Day)> = others.iter().map(|(_, days)| *days).collect();
    others.sort_unstable();
    for (from, through) in others {
        let Some(start) = next.filter(|start| *start <= days.1) else { break };
        if let Ok(last) = from.previous()
            && start <= last
        {
            left.ranges.push((start, last.min(days.1)));
        }
        if through >= start {
            next = through.next().ok();
        }
    }
    if let Some(start) = next.filter(|start| *start <= days.1) {
        left.ranges.push((start, days.1));
    }
    left
}
