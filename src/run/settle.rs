//! What rules said of one trigger, put together: exceptions, the decision, conflicts, and then the changes.

use super::case::CaseRun;
use super::conflict::{Claim, Contested};
use super::firing::Firing;
use super::outcome::{Outcome, OutcomeKind, Remarks};
use super::timeline::{Parts, Setter, Stretch};
use crate::program::{FactId, Program, RuleId};
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// Applies all that was said of one trigger together.
    pub(super) fn settle(&mut self, firings: Vec<Firing>, decision: Option<Outcome>, today: Day) {
        if firings.is_empty() && decision.is_none() {
            return;
        }
        let line = self.world.line;
        let mut changes: Vec<(u32, FactId, Option<Value>, Parts)> = Vec::new();
        let first = self.arisen.len();
        let mut doubts = Vec::new();
        let mut duties = Vec::new();
        // Requirements stand before effects.
        if let Some(decision) = decision {
            self.arisen.push(decision);
        }
        for mut firing in firings {
            if !firing.yielded.is_empty() && firing.outcomes.is_empty() && firing.decisions.is_empty() {
                for rule in &firing.yielded {
                    let mut outcome =
                        bare(self.world.program, &firing, OutcomeKind::Withheld { by: firing.rule }, today);
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
        self.clashing_permissions(first, today);
        let changes = self.clashing_changes(changes);
        let mut done: Vec<(FactId, Option<Value>, Option<Day>, bool)> = Vec::new();
        for (id, fact, of, parts) in changes {
            self.world.lines_read.clear();
            let laid = self.lay(fact, of, parts.all(), Some(id));
            // Several that say the same change what one of them changes.
            let from = Some(parts.first.from);
            let alike = done.iter().find(|(f, o, day, _)| (*f, *o, *day) == (fact, of, from));
            let changed = alike.map_or(laid, |(_, _, _, changed)| *changed);
            done.push((fact, of, from, changed));
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
            // One that could be about any parameter is about them all.
            let all = if of.is_none() { self.world.parameters(fact) } else { Vec::new() };
            for of in all.into_iter().map(Some).chain([of]) {
                if let Some(timeline) = self.world.timeline_mut(fact, of) {
                    timeline.doubt(from, rule, today);
                }
            }
            // What depends on the fact is uncertain from that day on.
            if self.fact_days() {
                self.schedule(Some(from));
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
    ) -> Option<(FactId, Option<Value>, Parts)> {
        let part = |from, value| Stretch { from, value, setter: Setter::Outcome(id), laid: today, line };
        match kind {
            OutcomeKind::Begins { fact, of, from, until } => {
                let after = until.and_then(|until| until.next().ok());
                let parts = match after {
                    None => Parts::one(part(*from, Value::YesNo(true))),
                    // An end before the beginning leaves no day on which it holds.
                    Some(after) if after <= *from => Parts::one(part(*from, Value::YesNo(false))),
                    Some(after) => {
                        Parts::two(part(*from, Value::YesNo(true)), part(after, Value::YesNo(false)))
                    }
                };
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
                Some((*fact, *of, Parts::one(part(*on, value))))
            }
            OutcomeKind::Becomes { fact, of, value, from } => {
                Some((*fact, *of, Parts::one(part(*from, *value))))
            }
            _ => None,
        }
    }

    /// Changes in the order of their first days; those that give one fact different values from one day become one
    /// conflict each, and the fact is unknown from that day.
    fn clashing_changes(
        &mut self,
        mut changes: Vec<(u32, FactId, Option<Value>, Parts)>,
    ) -> Vec<(u32, FactId, Option<Value>, Parts)> {
        if changes.len() < 2 {
            return changes;
        }
        let key = |parts: &Parts| parts.first.from;
        changes.sort_by_key(|(id, fact, _, parts)| (*fact, key(parts), *id));
        let mut kept: Vec<(u32, FactId, Option<Value>, Parts)> = Vec::new();
        while let Some((id, fact, of, parts)) = changes.first().copied() {
            let (same, rest): (Vec<_>, Vec<_>) =
                changes.into_iter().partition(|(_, f, o, p)| *f == fact && *o == of && key(p) == key(&parts));
            changes = rest;
            // What they say of the days after counts too: `gäller` with a last day and without one do not agree.
            let alike = |other: &Parts| {
                let said = |part: &Stretch| (part.from, part.value);
                other.all().iter().map(said).eq(parts.all().iter().map(said))
            };
            if same.iter().all(|(_, _, _, p)| alike(p)) {
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
                .map(|(rule, (_, _, _, parts))| {
                    let until = parts.then().and_then(|after| after.from.previous().ok());
                    Claim { rule: *rule, row: None, value: parts.first.value, until }
                })
                .collect();
            rules.sort_unstable();
            rules.dedup();
            for (other, ..) in same.iter().skip(1) {
                self.clashed.insert(*other);
            }
            if let Some(outcome) = self.arisen.get_mut(id as usize) {
                let from = key(&parts);
                let over = Contested::Fact { fact, of, from };
                clash(outcome, OutcomeKind::Conflict { rules, over, claims });
            }
            let unknown = Parts::one(Stretch { value: Value::Unknown, ..parts.first });
            kept.push((id, fact, of, unknown));
        }
        kept.sort_by_key(|(id, _, _, parts)| (key(parts), *id));
        kept
    }

    /// `får` and `får inte` of one role and action: by one trigger with days in common they clash; a later trigger's
    /// replaces an earlier one's.
    fn clashing_permissions(&mut self, first: usize, today: Day) {
        let new: Vec<usize> =
            (first..self.arisen.len()).filter(|at| self.permission(*at).is_some()).collect();
        if new.is_empty() {
            return;
        }
        for at in &new {
            let place = u32::try_from(*at).unwrap_or(u32::MAX);
            if let Some(OutcomeKind::Permission { role, action, .. }) =
                self.arisen.get(*at).map(|outcome| &outcome.kind)
            {
                self.permissions.entry((*role, *action)).or_default().push(place);
            }
        }
        let mut replaced: Vec<(usize, Option<RuleId>)> = Vec::new();
        let mut conflicts: Vec<(usize, OutcomeKind)> = Vec::new();
        let mut clashed: Vec<usize> = Vec::new();
        for at in new {
            let Some((rule, allowed)) = self.permission(at) else { continue };
            let against = self.against(at, today);
            replaced.extend(against.iter().filter(|other| **other < first).map(|other| (*other, rule)));
            let clashing: Vec<usize> = against.into_iter().filter(|other| *other >= first).collect();
            if allowed && !clashing.is_empty() {
                let claims: Vec<Claim> = std::iter::once(&at)
                    .chain(&clashing)
                    .filter_map(|place| {
                        let (rule, allowed) = self.permission(*place)?;
                        Some(Claim { rule: rule?, row: None, value: Value::YesNo(allowed), until: None })
                    })
                    .collect();
                conflicts.extend(self.contradiction(at, claims).map(|kind| (at, kind)));
                clashed.extend(clashing);
            }
        }
        self.clashed.extend(clashed.into_iter().map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
        for (at, kind) in conflicts {
            if let Some(outcome) = self.arisen.get_mut(at) {
                clash(outcome, kind);
            }
        }
        for (at, rule) in replaced {
            if let Some(outcome) = self.arisen.get_mut(at) {
                outcome.remarks.superseded_by = Some((rule, today));
            }
        }
    }

    /// The permissions and prohibitions that one of them is opposed to, those that have clashed left out.
    fn against(&self, at: usize, today: Day) -> Vec<usize> {
        let Some(OutcomeKind::Permission { role, action, .. }) =
            self.arisen.get(at).map(|outcome| &outcome.kind)
        else {
            return Vec::new();
        };
        let alike = self.permissions.get(&(*role, *action)).map_or(&[][..], Vec::as_slice);
        let standing = alike.iter().filter(|other| !self.clashed.contains(other));
        standing.map(|other| *other as usize).filter(|other| self.opposed(at, *other, today)).collect()
    }

    /// The conflict that a permission is in.
    fn contradiction(&self, at: usize, claims: Vec<Claim>) -> Option<OutcomeKind> {
        let OutcomeKind::Permission { role, action, .. } = self.arisen.get(at)?.kind else { return None };
        let mut rules: Vec<RuleId> = claims.iter().map(|claim| claim.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        Some(OutcomeKind::Conflict { rules, over: Contested::Permission { role, action }, claims })
    }

    /// The rule of a permission or prohibition, and which of the two it is.
    fn permission(&self, at: usize) -> Option<(Option<RuleId>, bool)> {
        let outcome = self.arisen.get(at)?;
        let OutcomeKind::Permission { allowed, .. } = outcome.kind else { return None };
        Some((outcome.rule, allowed))
    }

    /// Whether one permits what the other forbids, on some day that the first speaks of.
    fn opposed(&self, at: usize, other: usize, today: Day) -> bool {
        let (Some(one), Some(two)) = (self.arisen.get(at), self.arisen.get(other)) else { return false };
        let (
            OutcomeKind::Permission { allowed, role, action, from, until },
            OutcomeKind::Permission { allowed: a, role: r, action: c, from: f, until: u },
        ) = (&one.kind, &two.kind)
        else {
            return false;
        };
        let first = from.or(one.fired).unwrap_or(today).max(f.or(two.fired).unwrap_or(today));
        let ends = [*until, *u];
        let met = ends.iter().flatten().all(|last| first <= *last);
        met && (role, action) == (r, c) && allowed != a
    }
}

/// Turns an outcome into a conflict: what was to be said of its own effect no longer is.
fn clash(outcome: &mut Outcome, kind: OutcomeKind) {
    outcome.kind = kind;
    let remarks = std::mem::take(&mut outcome.remarks);
    outcome.remarks = Remarks { retroactive: false, moved: None, version: None, ..remarks };
}

/// An outcome of a firing with nothing but its kind.
pub(super) fn bare(program: &Program, firing: &Firing, kind: OutcomeKind, day: Day) -> Outcome {
    Outcome {
        rule: Some(firing.rule),
        branch: 0,
        effect: 0,
        trigger: firing.cause,
        fired: Some(day),
        kind,
        citations: program
            .rules
            .get(firing.rule.index())
            .map(|rule| rule.grounds.citations.clone())
            .unwrap_or_default(),
        remarks: Remarks::default(),
        firing: firing.number,
    }
}
