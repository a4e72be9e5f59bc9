//! What a rule can bring: what its examples may expect and its guarantees may speak of.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::*;
use crate::syntax::tree::RequirementsOutcome;

/// What one or more rules can bring.
#[derive(Clone, Debug, Default)]
pub(super) struct Brings {
    pub(super) begins: BTreeSet<FactId>,
    pub(super) ends: BTreeSet<FactId>,
    pub(super) changes: BTreeSet<FactId>,
    pub(super) duties: BTreeMap<ActionId, BTreeSet<RoleId>>,
    pub(super) permissions: BTreeSet<(ActionId, bool)>,
    pub(super) results: BTreeSet<ResultId>,
    pub(super) grants: bool,
    pub(super) denies: bool,
    pub(super) finds: bool,
    pub(super) notes: bool,
    /// A duty with a last day, or one that comes back.
    pub(super) last_days: bool,
    /// A permission or a prohibition from a day on.
    pub(super) permits_from: bool,
    /// A rule with branches.
    pub(super) branches: bool,
    /// A rule with branches of which two or more have conditions.
    pub(super) rival_branches: bool,
}

impl Brings {
    /// What a rule can bring, when its duties are missed too.
    pub(super) fn add(&mut self, rule: &Rule, duties: &[Duty]) {
        if let Some(requirements) = &rule.requirements {
            match requirements.outcome {
                RequirementsOutcome::GrantedOrDenied => {
                    self.grants = true;
                    self.denies = true;
                }
                RequirementsOutcome::Finding => self.finds = true,
            }
        }
        self.branches |= !rule.branches.is_empty();
        self.rival_branches |= rule.branches.iter().filter(|branch| branch.condition.is_some()).count() > 1;
        let effects = rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects));
        let mut waiting: Vec<&Effect> = effects.collect();
        while let Some(effect) = waiting.pop() {
            match &effect.kind {
                EffectKind::Applies { fact, .. } => {
                    self.begins.insert(*fact);
                }
                EffectKind::Ends { fact, .. } => {
                    self.ends.insert(*fact);
                }
                EffectKind::Becomes { fact, .. } => {
                    self.changes.insert(*fact);
                }
                EffectKind::Duty(id) => {
                    if let Some(duty) = duties.get(id.index()) {
                        let dated = matches!(duty.limit, Limit::By(_) | Limit::On(_));
                        self.last_days |= dated || duty.recurrence.is_some();
                        self.duties.entry(duty.action).or_default().extend(&duty.bearers);
                        waiting.extend(&duty.failing);
                    }
                }
                EffectKind::Permission { action, allowed, from, .. } => {
                    self.permits_from |= from.is_some();
                    self.permissions.insert((*action, *allowed));
                }
                EffectKind::Granted => self.grants = true,
                EffectKind::Denied(_) => self.denies = true,
                EffectKind::Finding(_) => self.finds = true,
                EffectKind::Note(_) => self.notes = true,
                EffectKind::Gives { result, .. } => {
                    self.results.insert(*result);
                }
            }
        }
    }

    /// Whether it sets a fact from a day on.
    pub(super) fn sets(&self, fact: FactId) -> bool {
        self.begins.contains(&fact) || self.ends.contains(&fact) || self.changes.contains(&fact)
    }

    /// Whether it has an effect of any sort.
    pub(super) fn anything(&self) -> bool {
        self.sets_any()
            || self.grants
            || self.denies
            || self.finds
            || self.notes
            || !(self.duties.is_empty() && self.permissions.is_empty() && self.results.is_empty())
    }

    /// Whether it sets any fact from a day on.
    pub(super) fn sets_any(&self) -> bool {
        !(self.begins.is_empty() && self.ends.is_empty() && self.changes.is_empty())
    }
}
