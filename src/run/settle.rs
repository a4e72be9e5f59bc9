//! What rules said of one trigger, put together: exceptions, the decision, conflicts, and then the changes.

use super::case::CaseRun;
use super::conflict::{Claim, Contested};
use super::firing::Firing;
use super::outcome::{Outcome, OutcomeKind, Remarks};
use super::timeline::{Setter, Stretch};
use crate::program::{FactId, RuleId};
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// Applies all that was said of one trigger together.
    pub(super) fn settle(&mut self, firings: Vec<Firing>, decision: Option<Outcome>, today: Day) {
        if firings.is_empty() && decision.is_none() {
            return;
        }
        let line = self.world.line;
        let mut changes: Vec<(u32, FactId, Option<Value>, Vec<Stretch>)> = Vec::new();
        let first = self.arisen.len();
        let mut doubts = Vec::new();
        let mut duties = Vec::new();
        for mut firing in firings {
            if !firing.yielded.is_empty() && firing.outcomes.is_empty() && firing.decisions.is_empty() {
                for rule in &firing.yielded {
                    let mut outcome = bare(&firing, OutcomeKind::Withheld { by: firing.rule }, today);
                    outcome.rule = Some(*rule);
                    self.arisen.push(outcome);
                }
            }
            let base = self.arisen.len();
            for mut outcome in std::mem::take(&mut firing.outcomes) {
                outcome.remarks.yielded.extend(&firing.yielded);
                let id = u32::try_from(self.arisen.len()).unwrap_or(u32::MAX);
                if let Some((fact, of, parts)) = self.change(&outcome.kind, id, today, line) {
                    changes.push((id, fact, of, parts));
                }
                self.arisen.push(outcome);
            }
            for (place, mut duty) in std::mem::take(&mut firing.duties) {
                duty.outcome = base.saturating_add(place);
                duties.push(duty);
            }
            doubts.extend(firing.doubts.iter().map(|(fact, of, from)| (*fact, *of, *from, firing.rule)));
        }
        if let Some(decision) = decision {
            self.arisen.push(decision);
        }
        self.clashing_permissions(first);
        let changes = self.clashing_changes(changes, today);
        for (id, fact, of, parts) in changes {
            self.world.lines_read.clear();
            let changed = self.lay(fact, of, &parts, Some(id));
            let mut lines = std::mem::take(&mut self.world.lines_read);
            if let Some(outcome) = self.arisen.get_mut(id as usize) {
                // Rules that contradict each other say something new, even of what was unknown before.
                let conflict = matches!(outcome.kind, OutcomeKind::Conflict { .. });
                outcome.remarks.no_change = !changed && !conflict;
                if !lines.is_empty() {
                    lines.extend(&outcome.remarks.same_day_order);
                    lines.push(line);
                    lines.sort_unstable();
                    lines.dedup();
                    outcome.remarks.same_day_order = lines;
                }
            }
        }
        for (fact, of, from, rule) in doubts {
            if let Some(timeline) = self.world.timeline_mut(fact, of) {
                timeline.doubt(from, rule, today);
            }
        }
        for duty in duties {
            self.begin_duty(duty);
        }
    }

    /// What an outcome lays down on a fact's timeline.
    fn change(
        &self,
        kind: &OutcomeKind,
        id: u32,
        today: Day,
        line: u32,
    ) -> Option<(FactId, Option<Value>, Vec<Stretch>)> {
        let part = |from, value| Stretch { from, value, setter: Setter::Outcome(id), laid: today, line };
        match kind {
            OutcomeKind::Begins { fact, of, from, until } => {
                let mut parts = vec![part(*from, Value::YesNo(true))];
                if let Some(after) = until.and_then(|until| until.next().ok()) {
                    parts.push(part(after, Value::YesNo(false)));
                }
                Some((*fact, *of, parts))
            }
            OutcomeKind::Ends { fact, of, on } => {
                let yes_no = self
                    .world
                    .program
                    .facts
                    .get(fact.index())
                    .is_none_or(|fact| fact.ty == crate::program::Type::YesNo);
                let value = if yes_no { Value::YesNo(false) } else { Value::None };
                Some((*fact, *of, vec![part(*on, value)]))
            }
            OutcomeKind::Becomes { fact, of, value, from } => Some((*fact, *of, vec![part(*from, *value)])),
            _ => None,
        }
    }

    /// Changes in the order of their first days; those that give one fact different values from one day become one
    /// conflict each, and the fact is unknown from that day.
    fn clashing_changes(
        &mut self,
        mut changes: Vec<(u32, FactId, Option<Value>, Vec<Stretch>)>,
        today: Day,
    ) -> Vec<(u32, FactId, Option<Value>, Vec<Stretch>)> {
        if changes.len() < 2 {
            return changes;
        }
        let key = |parts: &[Stretch]| parts.first().map(|part| part.from);
        changes.sort_by_key(|(id, fact, _, parts)| (*fact, key(parts), *id));
        let mut kept: Vec<(u32, FactId, Option<Value>, Vec<Stretch>)> = Vec::new();
        while let Some((id, fact, of, parts)) = changes.first().cloned() {
            let (same, rest): (Vec<_>, Vec<_>) =
                changes.into_iter().partition(|(_, f, o, p)| *f == fact && *o == of && key(p) == key(&parts));
            changes = rest;
            let value = |parts: &[Stretch]| parts.first().map(|part| part.value);
            if same.iter().all(|(_, _, _, p)| value(p) == value(&parts)) {
                kept.extend(same);
                continue;
            }
            let mut rules: Vec<RuleId> = same
                .iter()
                .filter_map(|(id, ..)| self.arisen.get(*id as usize).and_then(|outcome| outcome.rule))
                .collect();
            let claims = rules
                .iter()
                .zip(&same)
                .filter_map(|(rule, (_, _, _, parts))| {
                    value(parts).map(|value| Claim { rule: *rule, row: None, value })
                })
                .collect();
            rules.sort_unstable();
            rules.dedup();
            for (other, ..) in same.iter().skip(1) {
                self.clashed.push(*other);
            }
            if let Some(outcome) = self.arisen.get_mut(id as usize) {
                let from = key(&parts).unwrap_or(today);
                let over = Contested::Fact { fact, of, from };
                outcome.kind = OutcomeKind::Conflict { rules, over, claims };
                outcome.remarks = Remarks::default();
            }
            let unknown = parts
                .first()
                .map(|part| Stretch { value: Value::Unknown, laid: today, ..*part })
                .into_iter()
                .collect::<Vec<_>>();
            kept.push((id, fact, of, unknown));
        }
        kept.sort_by_key(|(id, _, _, parts)| (key(parts), *id));
        kept
    }

    /// `får` and `får inte` of one role and action by one trigger, with days in common.
    fn clashing_permissions(&mut self, first: usize) {
        let new: Vec<(usize, OutcomeKind, Option<RuleId>)> = self
            .arisen
            .iter()
            .enumerate()
            .skip(first)
            .filter(|(_, outcome)| matches!(outcome.kind, OutcomeKind::Permission { .. }))
            .map(|(at, outcome)| (at, outcome.kind.clone(), outcome.rule))
            .collect();
        for (at, kind, rule) in &new {
            let OutcomeKind::Permission { allowed: true, role, action, from, until } = kind else { continue };
            for (other_at, other, other_rule) in &new {
                let OutcomeKind::Permission { allowed: false, role: r, action: a, from: f, until: u } = other
                else {
                    continue;
                };
                let apart = until.is_some_and(|until| f.is_some_and(|f| until < f))
                    || u.is_some_and(|u| from.is_some_and(|from| u < from));
                if role != r || action != a || apart {
                    continue;
                }
                let claim =
                    |yes| move |rule: &RuleId| Claim { rule: *rule, row: None, value: Value::YesNo(yes) };
                let claims =
                    rule.iter().map(claim(true)).chain(other_rule.iter().map(claim(false))).collect();
                let mut rules: Vec<RuleId> = rule.iter().chain(other_rule).copied().collect();
                rules.sort_unstable();
                rules.dedup();
                if let Some(outcome) = self.arisen.get_mut(*at) {
                    let over = Contested::Permission { role: *role, action: *action };
                    outcome.kind = OutcomeKind::Conflict { rules, over, claims };
                }
                self.clashed.push(u32::try_from(*other_at).unwrap_or(u32::MAX));
            }
        }
    }
}

/// An outcome of a firing with nothing but its kind.
pub(super) fn bare(firing: &Firing, kind: OutcomeKind, day: Day) -> Outcome {
    Outcome {
        rule: Some(firing.rule),
        branch: 0,
        effect: 0,
        trigger: firing.cause,
        fired: Some(day),
        kind,
        citations: firing.citations.clone(),
        remarks: Remarks::default(),
        firing: firing.number,
    }
}
