//! From which day a change is in force, and what it alters before that day.

use std::collections::{BTreeMap, BTreeSet};

use super::told::Told;
use super::{Difference, Impact};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::impact as diagnostics;
use crate::program::{Program, RuleId};
use crate::time::Day;

/// Since when a change is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// The first day of the new ruleset.
    Ruleset(Day),
    /// The first day of a version of the rule that the old ruleset does not have; the version, in the new ruleset.
    Version(Day, RuleId),
}

impl Since {
    /// The day.
    pub const fn day(self) -> Day {
        match self {
            Since::Ruleset(day) | Since::Version(day, _) => day,
        }
    }
}

/// Since when the change of each rule is in force.
pub(super) struct InForce<'a> {
    old: &'a Program,
    new: &'a Program,
    /// For each rule the first new version, where there is one.
    versions: BTreeMap<&'a str, Since>,
}

impl<'a> InForce<'a> {
    pub fn new(old: &'a Program, new: &'a Program) -> InForce<'a> {
        let known: BTreeSet<(&str, Day)> = first_days(old).map(|(name, day, _)| (name, day)).collect();
        let mut versions: BTreeMap<&str, Since> = BTreeMap::new();
        for (name, day, rule) in first_days(new) {
            if day <= new.header.in_force.from || known.contains(&(name, day)) {
                continue;
            }
            let since = Since::Version(day, rule);
            let first = versions.entry(name).or_insert(since);
            *first = (*first).min(since);
        }
        InForce { old, new, versions }
    }

    /// Whether the new ruleset follows upon the old one, and an outcome of the old one was set off before the new one's
    /// first day.
    pub fn before_new(&self, told: &Told<'_>) -> bool {
        let from = self.new.header.in_force.from;
        let follows = self.old.header.in_force.through.is_some_and(|last| last < from);
        follows && told.set_off().is_some_and(|day| day < from)
    }

    /// Whether an outcome was set off while the old ruleset was in force.
    pub fn in_old_time(&self, told: &Told<'_>) -> bool {
        told.set_off().is_none_or(|day| self.old.header.in_force.has(day))
    }

    /// Since when a change of a rule is in force.
    pub fn since(&self, rule: &str) -> Since {
        self.versions.get(rule).copied().unwrap_or(Since::Ruleset(self.new.header.in_force.from))
    }

    /// Since when a change is in force that alters this outcome, when the outcome is dated before that day.
    pub fn altered(&self, old: Option<&Told<'_>>, new: Option<&Told<'_>>) -> Option<Since> {
        let dated = [old, new].into_iter().flatten().filter_map(Told::dated).min()?;
        let version = [new, old].into_iter().flatten().find_map(|told| {
            told.rule_id()?;
            self.versions.get(told.rule()).copied()
        });
        let since = version.unwrap_or(Since::Ruleset(self.new.header.in_force.from));
        (dated < since.day()).then_some(since)
    }
}

/// The first day of each version of each rule; an undated one's is the ruleset's.
fn first_days(program: &Program) -> impl Iterator<Item = (&str, Day, RuleId)> {
    let from = program.header.in_force.from;
    program.rules.iter().enumerate().map(move |(place, rule)| {
        let day = rule.in_force.map_or(from, |days| days.from.max(from));
        (rule.named.name.as_str(), day, RuleId::at(place))
    })
}

/// What there is to say of a change that alters outcomes dated before it is in force: once for each rule with a new
/// version, and once for the new ruleset.
pub(super) fn alters_the_past(impact: &Impact<'_>) -> Vec<Diagnostic> {
    let mut altered: BTreeMap<Since, Vec<&Difference<'_>>> = BTreeMap::new();
    for difference in &impact.differences {
        if let Some(since) = difference.before {
            altered.entry(since).or_default().push(difference);
        }
    }
    altered.iter().map(|(since, differences)| said(impact, *since, differences)).collect()
}

fn said(impact: &Impact<'_>, since: Since, differences: &[&Difference<'_>]) -> Diagnostic {
    let (old, new) = (impact.old.ruleset.program(), impact.new.ruleset.program());
    let first = differences.iter().min_by_key(|difference| difference.dated);
    let event = first.and_then(|difference| {
        let placed = difference.old.or(difference.new)?;
        let crate::run::Cause::Event(place) = placed.outcome.trigger else { return None };
        let event = placed.case.events.get(place as usize)?;
        event.date_span.or(event.span)
    });
    let example = first.and_then(|difference| Some((difference.case, difference.dated?)));
    match since {
        Since::Ruleset(day) => diagnostics::forgets_the_past(
            differences.len(),
            day,
            new.header.in_force_span.unwrap_or(new.header.span),
            old.header.in_force_span.unwrap_or(old.header.span),
            example,
            event,
        ),
        Since::Version(day, version) => {
            let version = new.rules.get(version.index());
            let name = version.map_or("", |rule| rule.named.name.as_str());
            let before = old.rules.iter().find(|rule| rule.named.name == name);
            diagnostics::alters_the_past(
                name,
                differences.len(),
                day,
                version.map_or(new.header.span, |rule| rule.in_force_span.unwrap_or(rule.named.span)),
                before.map(|rule| rule.named.span),
                example,
                event,
            )
        }
    }
}
