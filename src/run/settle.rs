//! What rules said of one trigger, put together: exceptions, the decision, conflicts, and then the changes.

use std::collections::BTreeMap;

use super::case::CaseRun;
use super::evaluate::Frame;
use super::fire::{Firing, FiringState, Opinion, cite, event_frame, gather};
use super::history::Happening;
use super::observer::Part;
use super::outcome::{Cause, KindName, Outcome, OutcomeKind, Reason, Remarks};
use super::timeline::{Setter, Stretch};
use super::world::site;
use crate::Words;
use crate::program::{CitationId, FactId, RuleId, Trigger};
use crate::time::Day;
use crate::value::Value;

impl<'a> CaseRun<'a> {
    /// An event is judged: its own requirements, the rules on it, the decision, the rules on the decision.
    pub(super) fn decide(&mut self, place: u32, happening: &'a Happening) {
        let program = self.world.program;
        let today = happening.date;
        let cause = Cause::Event(place);
        let Some(event) = program.events.get(happening.event.index()) else { return };
        let mut own: Option<Opinion> = None;
        if !event.requirements.is_empty() {
            own = self.own_requirements(happening, event);
        }
        let stopped = own.as_ref().is_some_and(|opinion| opinion.granted != Some(true));
        let mut firings = Vec::new();
        if !stopped && let Some(rules) = program.index.on_event.get(happening.event.index()) {
            for id in rules {
                let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, today)) else {
                    continue;
                };
                let Trigger::Events { events, .. } = &rule.trigger else { continue };
                let fields =
                    events.iter().find(|t| t.event == happening.event).and_then(|t| t.fields.as_deref());
                let number = self.next_firing();
                firings.push(self.world.fire(*id, rule, cause, number, &event_frame(happening, fields)));
            }
        }
        self.yield_to_exceptions(&mut firings);
        let decision = self.combine(own.filter(|_| stopped), &firings, cause, today);
        let verdict = decision.as_ref().map(|outcome| match outcome.kind {
            OutcomeKind::Decision { granted, .. } => Some(granted),
            _ => None,
        });
        if let (Some(verdict), Some(rules)) =
            (verdict, program.index.on_decision.get(happening.event.index()))
        {
            let mut second = Vec::new();
            for id in rules {
                let Some(rule) = program.rules.get(id.index()).filter(|rule| self.looks(rule, today)) else {
                    continue;
                };
                let Trigger::Decided { granted, .. } = rule.trigger else { continue };
                match verdict {
                    Some(verdict) if verdict != granted => continue,
                    Some(_) => {
                        let number = self.next_firing();
                        second.push(self.world.fire(*id, rule, cause, number, &event_frame(happening, None)));
                    }
                    None => {
                        let number = self.next_firing();
                        let mut firing =
                            self.world.fire(*id, rule, cause, number, &event_frame(happening, None));
                        if firing.state != FiringState::Silent {
                            let needs = match decision.as_ref().map(|outcome| &outcome.kind) {
                                Some(OutcomeKind::Undetermined { needs, .. }) => needs.clone(),
                                _ => Vec::new(),
                            };
                            make_undetermined(&mut firing, &needs);
                            second.push(firing);
                        }
                    }
                }
            }
            self.yield_to_exceptions(&mut second);
            firings.extend(second);
        }
        self.meet_duties(place, happening);
        self.settle(firings, decision, today);
        if let Some(verdict) = verdict {
            self.world.decided.insert(happening.event, verdict);
        }
    }

    /// `kräver` on the event itself, judged before any rule.
    fn own_requirements(
        &mut self,
        happening: &'a Happening,
        event: &'a crate::program::Event,
    ) -> Option<Opinion> {
        let frame = event_frame(happening, None);
        let number = self.next_firing();
        self.world.assumed.clear();
        self.world.lines_read.clear();
        if let Some(observer) = self.world.observer.as_deref_mut() {
            observer.firing(number, None, happening.date);
        }
        let mut reasons = Vec::new();
        let mut needs: Vec<Words> = Vec::new();
        let mut citations: Vec<CitationId> = Vec::new();
        for (place, line) in event.requirements.iter().enumerate() {
            let part = Part::Requirement(u16::try_from(place).unwrap_or(u16::MAX));
            match self.world.evaluate_at(site(part), line.condition, &frame) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    let text = self.world.fill(&line.otherwise, &frame);
                    let missing = match line.missing.map(|missing| self.world.evaluate(missing, &frame)) {
                        Some(Value::Set(set)) => self.world.pool.members(set).to_vec(),
                        _ => Vec::new(),
                    };
                    let all = gather(&[Some(&line.grounds), Some(&event.grounds)]);
                    let citation = all.first().copied();
                    citations.extend(all);
                    reasons.push(Reason { rule: None, text: Some(text), citation, missing });
                }
                _ => needs.extend(self.world.needs(line.condition, &frame)),
            }
        }
        let granted = match (reasons.is_empty(), needs.is_empty()) {
            (false, _) => Some(false),
            (true, false) => None,
            (true, true) => return None,
        };
        if granted.is_none() {
            citations.extend(&event.grounds.citations);
        }
        Some(Opinion {
            granted,
            reasons,
            branch: 0,
            effect: 0,
            citations,
            needs,
            assumes: self.world.assumed.clone(),
            same_day_order: Vec::new(),
        })
    }

    /// One decision for one event: denied if anything denies, else undetermined if anything is, else granted.
    fn combine(
        &mut self,
        own: Option<Opinion>,
        firings: &[Firing],
        cause: Cause,
        today: Day,
    ) -> Option<Outcome> {
        let from_rules = firings
            .iter()
            .flat_map(|firing| firing.decisions.iter().map(move |opinion| (Some(firing), opinion)));
        let all: Vec<(Option<&Firing>, &Opinion)> =
            own.iter().map(|opinion| (None, opinion)).chain(from_rules).collect();
        let verdict = if all.iter().any(|(_, opinion)| opinion.granted == Some(false)) {
            Some(false)
        } else if all.iter().any(|(_, opinion)| opinion.granted.is_none()) {
            None
        } else {
            Some(true)
        };
        let mut same = all.iter().filter(|(_, opinion)| opinion.granted == verdict);
        let (firing, first) = same.clone().next()?;
        let mut citations: Vec<CitationId> = Vec::new();
        for (_, opinion) in same.clone() {
            cite(&mut citations, &opinion.citations);
        }
        let kind = match verdict {
            Some(granted) => OutcomeKind::Decision {
                granted,
                reasons: same.by_ref().flat_map(|(_, opinion)| opinion.reasons.iter().cloned()).collect(),
            },
            None => {
                let mut needs: Vec<Words> =
                    same.by_ref().flat_map(|(_, opinion)| opinion.needs.iter().cloned()).collect();
                needs.dedup();
                OutcomeKind::Undetermined { needs, of: KindName::Granted }
            }
        };
        let mut remarks = Remarks::default();
        for (firing, opinion) in all.iter().filter(|(_, opinion)| opinion.granted == verdict) {
            remarks.assumes.extend(&opinion.assumes);
            remarks.same_day_order.extend(&opinion.same_day_order);
            remarks.yielded.extend(firing.iter().flat_map(|firing| firing.yielded.iter().copied()));
        }
        remarks.assumes.dedup();
        remarks.same_day_order.sort_unstable();
        remarks.same_day_order.dedup();
        let rule = firing.map(|firing| firing.rule);
        remarks.version = rule
            .and_then(|rule| self.world.program.rules.get(rule.index()))
            .and_then(|rule| rule.in_force)
            .map(|range| range.from);
        Some(Outcome {
            rule,
            branch: first.branch,
            effect: first.effect,
            trigger: cause,
            fired: Some(today),
            kind,
            citations,
            remarks,
            firing: firing.map_or(self.firings, |firing| firing.number),
        })
    }

    /// Withholds rules whose exceptions apply.
    fn yield_to_exceptions(&mut self, firings: &mut [Firing]) {
        if firings.len() < 2 {
            return;
        }
        let program = self.world.program;
        let places: BTreeMap<RuleId, usize> =
            firings.iter().enumerate().map(|(at, firing)| (firing.rule, at)).collect();
        let mut settled: Vec<bool> = vec![false; firings.len()];
        // An exception comes before what it excepts from; check refuses cycles, so this ends.
        for _ in 0..firings.len() {
            for at in 0..firings.len() {
                let Some(rule) = firings.get(at).map(|firing| firing.rule) else { continue };
                let exceptions: Vec<usize> = program
                    .index
                    .exceptions
                    .get(rule.index())
                    .map(|all| all.iter().filter_map(|id| places.get(id).copied()).collect())
                    .unwrap_or_default();
                let ready = exceptions.iter().all(|other| settled.get(*other) == Some(&true));
                if !ready || settled.get(at) == Some(&true) {
                    continue;
                }
                if let Some(done) = settled.get_mut(at) {
                    *done = true;
                }
                self.withhold(firings, at, &exceptions);
            }
        }
    }

    fn withhold(&mut self, firings: &mut [Firing], at: usize, exceptions: &[usize]) {
        let program = self.world.program;
        let state = |other: &usize| firings.get(*other).map(|firing| firing.state);
        let applying: Vec<usize> =
            exceptions.iter().copied().filter(|other| state(other) == Some(FiringState::Fired)).collect();
        let unknown =
            exceptions.iter().copied().find(|other| state(other) == Some(FiringState::Undetermined));
        let rule_of = |other: usize| firings.get(other).map(|firing| firing.rule);
        let outranked = |other: usize| {
            applying.iter().any(|winner| {
                let ahead = rule_of(*winner)
                    .and_then(|rule| program.rules.get(rule.index()))
                    .and_then(|rule| rule.exception.as_ref());
                ahead.is_some_and(|ahead| rule_of(other).is_some_and(|rule| ahead.ahead_of.contains(&rule)))
            })
        };
        let (lost, won): (Vec<usize>, Vec<usize>) =
            applying.iter().copied().partition(|other| outranked(*other));
        let Some(withheld) = firings.get(at).map(|firing| (firing.rule, firing.state)) else { return };
        let (rule, was) = withheld;
        match won.as_slice() {
            [] => {
                if let Some(unknown) = unknown
                    && matches!(was, FiringState::Fired | FiringState::Undetermined)
                {
                    let needs = firings.get(unknown).map(needs_of).unwrap_or_default();
                    if let Some(firing) = firings.get_mut(at) {
                        make_undetermined(firing, &needs);
                    }
                }
            }
            [winner] => {
                let mut yielded: Vec<RuleId> = lost.iter().filter_map(|other| rule_of(*other)).collect();
                if was != FiringState::Silent {
                    yielded.push(rule);
                }
                for other in lost.iter().chain([&at]) {
                    if let Some(firing) = firings.get_mut(*other) {
                        silence(firing);
                    }
                }
                if let Some(firing) = firings.get_mut(*winner) {
                    firing.yielded.extend(yielded);
                }
            }
            several => {
                let mut rules: Vec<RuleId> = several.iter().filter_map(|other| rule_of(*other)).collect();
                rules.sort_unstable();
                for other in several {
                    if let Some(firing) = firings.get_mut(*other) {
                        silence(firing);
                    }
                }
                if let Some(firing) = firings.get_mut(at) {
                    let kind = OutcomeKind::Conflict { rules, fact: None };
                    let day = self.world.today;
                    let outcome = bare(firing, kind, day);
                    silence(firing);
                    firing.outcomes.push(outcome);
                    firing.state = FiringState::Fired;
                }
            }
        }
    }

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
        self.clashing_permissions(first, today);
        let changes = self.clashing_changes(changes, today);
        for (id, fact, of, parts) in changes {
            self.world.lines_read.clear();
            let changed = self.lay(fact, of, &parts, Some(id));
            let mut lines = std::mem::take(&mut self.world.lines_read);
            if let Some(outcome) = self.arisen.get_mut(id as usize) {
                outcome.remarks.no_change = !changed;
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
            rules.sort_unstable();
            rules.dedup();
            for (other, ..) in same.iter().skip(1) {
                self.clashed.push(*other);
            }
            if let Some(outcome) = self.arisen.get_mut(id as usize) {
                outcome.kind = OutcomeKind::Conflict { rules, fact: Some(fact) };
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
    fn clashing_permissions(&mut self, first: usize, _today: Day) {
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
                let mut rules: Vec<RuleId> = rule.iter().chain(other_rule).copied().collect();
                rules.sort_unstable();
                rules.dedup();
                if let Some(outcome) = self.arisen.get_mut(*at) {
                    outcome.kind = OutcomeKind::Conflict { rules, fact: None };
                }
                self.clashed.push(u32::try_from(*other_at).unwrap_or(u32::MAX));
            }
        }
    }
}

/// An outcome of a firing with nothing but its kind.
fn bare(firing: &Firing, kind: OutcomeKind, day: Day) -> Outcome {
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

/// A rule that is withheld as a whole.
fn silence(firing: &mut Firing) {
    firing.state = FiringState::Silent;
    firing.outcomes.clear();
    firing.duties.clear();
    firing.decisions.clear();
    firing.doubts.clear();
    firing.yielded.clear();
}

/// What an undetermined firing lacks.
fn needs_of(firing: &Firing) -> Vec<Words> {
    let outcomes = firing.outcomes.iter().flat_map(|outcome| match &outcome.kind {
        OutcomeKind::Undetermined { needs, .. } => needs.clone(),
        _ => Vec::new(),
    });
    outcomes.chain(firing.decisions.iter().flat_map(|opinion| opinion.needs.clone())).collect()
}

/// A rule of which it is not known whether it applies: each thing it would have brought is undetermined.
fn make_undetermined(firing: &mut Firing, needs: &[Words]) {
    firing.state = FiringState::Undetermined;
    firing.duties.clear();
    let mut doubts = Vec::new();
    for outcome in &mut firing.outcomes {
        match outcome.kind {
            OutcomeKind::Begins { fact, of, from, .. } | OutcomeKind::Becomes { fact, of, from, .. } => {
                doubts.push((fact, of, from));
            }
            OutcomeKind::Ends { fact, of, on } => doubts.push((fact, of, on)),
            _ => {}
        }
        let of = outcome.kind.name();
        if of != KindName::Undetermined {
            outcome.kind = OutcomeKind::Undetermined { needs: needs.to_vec(), of };
        }
    }
    firing.doubts.extend(doubts);
    for opinion in &mut firing.decisions {
        opinion.granted = None;
        opinion.needs.extend_from_slice(needs);
    }
}

/// The frame of a duty, in which its conditions and what follows from it are evaluated.
pub(super) fn duty_frame<'e>(
    trigger: Option<&'e Happening>,
    fields: Option<&'e [u16]>,
    duty: &super::duty::LiveDuty,
    now: Day,
) -> Frame<'e> {
    Frame {
        date: duty.date,
        event: trigger,
        fields,
        last_day: duty.by,
        recipient: duty.recipient,
        bearer: duty.bearer,
        ..Frame::on(now)
    }
}
