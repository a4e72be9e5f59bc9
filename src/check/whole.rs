//! The whole check, in order, and what can only be judged when all rules are known.

use std::collections::BTreeMap;

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::rules as report;
use crate::program::*;
use crate::syntax::tree::{FactBody, ItemKind};

use super::brings::Brings;
use super::rules::Work;
use super::state::{Checker, Question};
use super::triggers::decides;
use super::versions::Version;

impl<'a> Checker<'a> {
    /// Checks everything. False when there is no header.
    pub(super) fn whole(&mut self) -> bool {
        self.documents();
        self.readings();
        let has_header = self.header();
        if !has_header && self.lost.is_empty() {
            return false;
        }
        self.kinds();
        self.simple_names();
        self.declare_questions();
        self.enumerations();
        self.calendars();
        self.events();
        self.declare_facts();
        self.constants();
        self.tables();
        self.functions();
        self.collect_rules();
        self.spread_kinds();
        self.computed_facts();
        self.opening_state();
        self.event_requirements();
        let mut work = self.lower_rules();
        self.exceptions(&mut work);
        for one in &work {
            if let Some(rule) = &one.rule {
                self.judge_branches(one.tree, rule);
            }
        }
        self.examples(&mut work);
        self.guarantees(&mut work);
        self.left_out();
        self.answer_questions(&work);
        self.unused_facts();
        self.unanswered_questions();
        self.unstated_kinds();
        self.translations();
        self.keep_rules(work);
        has_header
    }

    /// Takes in the names of rules: rules of one name are versions of one.
    fn collect_rules(&mut self) {
        let mut groups: BTreeMap<&str, Vec<(Version, crate::source::Span)>> = BTreeMap::new();
        for (language, item) in self.items() {
            let ItemKind::Rule(rule) = &item.kind else { continue };
            self.rules.push((language, rule));
            self.rule_spans.push(item.span);
            if self.names.rules.get(&rule.name.text).is_none() {
                let _ = self.names.rules.add(&rule.name.text, rule.name.span);
            }
            let in_force = rule.in_force.as_ref().map(|range| DayRange {
                from: range.from.day,
                through: range.through.map(|through| through.day),
            });
            let span = rule.in_force.as_ref().map_or(rule.name.span, |range| range.span);
            groups.entry(&rule.name.text).or_default().push((Version { in_force, span }, rule.name.span));
        }
        for (name, group) in groups {
            let undated: Vec<_> = group.iter().filter(|(version, _)| version.in_force.is_none()).collect();
            if let [(_, first), (_, second), ..] = undated.as_slice() {
                let (first, second) = (*first, *second);
                self.report(report_names::duplicate_name(NameSpace::Rule, name, second, first));
                continue;
            }
            let versions: Vec<Version> = group.iter().map(|(version, _)| *version).collect();
            self.versions(name, &versions);
        }
    }

    /// Judges what was asked of all rules together.
    fn answer_questions(&mut self, work: &[Work<'a>]) {
        // With broken rules nobody knows what they would have brought.
        if work.iter().any(|one| one.rule.is_none()) || !self.lost.is_empty() {
            return;
        }
        let mut brings = Brings::default();
        let mut decided: Vec<EventId> = Vec::new();
        for rule in work.iter().filter_map(|one| one.rule.as_ref()) {
            (brings.grants, brings.denies) = (false, false);
            brings.add(rule, &self.out.duties);
            if brings.grants || brings.denies {
                decided.extend(decides(&rule.trigger));
            }
        }
        for question in std::mem::take(&mut self.questions) {
            match question {
                Question::Decides(event, at) => {
                    let requires = self
                        .out
                        .events
                        .get(event.index())
                        .is_some_and(|event| !event.requirements.is_empty());
                    if !requires && !decided.contains(&event) {
                        let name = self.event_name(event);
                        self.report(report::nothing_decides(&name, at));
                    }
                }
                Question::Duty(action, at) => {
                    if !brings.duties.contains_key(&action) {
                        let name = self
                            .out
                            .actions
                            .get(action.index())
                            .map_or("", |action| action.name.as_str())
                            .to_owned();
                        self.report(report::no_such_duty(&name, at));
                    }
                }
            }
        }
    }

    fn unused_facts(&mut self) {
        // A name that is wrong somewhere may be why.
        if !self.lost.is_empty() || self.errors > 0 {
            return;
        }
        let mut found = Vec::new();
        for state in &self.facts {
            let (_, fact) = state.declaration;
            let held = matches!(&fact.body, FactBody::Held { taken_from: None, .. });
            if held && !state.is_set && !state.is_read {
                found.push(report_names::unused_fact(&fact.name.text, fact.name.span));
            }
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// Keeps the sound rules, numbered anew.
    fn keep_rules(&mut self, work: Vec<Work<'a>>) {
        let sound: Vec<Rule> = work.iter().filter_map(|one| one.rule.clone()).collect();
        let circular = self.rank_facts(&sound);
        let keeps = |one: &Work<'a>| {
            one.rule.as_ref().is_some_and(|rule| {
                let excepts = rule.exception.as_ref().is_some_and(|exception| {
                    exception.to.iter().any(|to| work.get(to.index()).is_some_and(|base| base.rule.is_some()))
                });
                let turns = match rule.trigger {
                    Trigger::Becomes { fact, .. } | Trigger::Changes { fact, .. } => circular.contains(&fact),
                    _ => false,
                };
                (one.tree.exception.is_none() || excepts) && !turns
            })
        };
        let kept: Vec<bool> = work.iter().map(keeps).collect();
        let mut next = 0usize;
        let new_ids: Vec<Option<RuleId>> = kept
            .iter()
            .map(|kept| {
                let id = kept.then(|| RuleId::at(next));
                next = next.saturating_add(usize::from(*kept));
                id
            })
            .collect();
        let renumber = |ids: &[RuleId]| -> Vec<RuleId> {
            ids.iter().filter_map(|id| new_ids.get(id.index()).copied().flatten()).collect()
        };
        for (one, kept) in work.into_iter().zip(&kept) {
            let Some(mut rule) = one.rule.filter(|_| *kept) else { continue };
            if let Some(exception) = &mut rule.exception {
                exception.to = renumber(&exception.to);
                exception.ahead_of = renumber(&exception.ahead_of);
            }
            self.out.rules.push(rule);
        }
        self.out.index = Index::of(&self.out);
    }
}
