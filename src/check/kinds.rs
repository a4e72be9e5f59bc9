//! Kinds of case: which rules, facts and events meet in one case.

use crate::diagnostics::Words;
use crate::diagnostics::names::{self as report, NameSpace};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, Effect, EffectKind, FactBody, ItemKind, Name, TriggerKind};

use super::state::Checker;

/// The kind that every ruleset has without declaring it.
const MUNICIPALITY: &str = "kommunen";
/// Kinds are bits of 32.
const MOST_KINDS: usize = 32;

impl Checker<'_> {
    /// Takes in the kinds of case.
    pub(super) fn kinds(&mut self) {
        let mut asked = None;
        for (language, item) in self.items() {
            let named: &[Name] = match &item.kind {
                ItemKind::CaseKinds(kinds) => {
                    for kind in kinds {
                        self.kind(language, kind);
                    }
                    &[]
                }
                ItemKind::Event(event) => &event.kinds,
                ItemKind::Fact(fact) => &fact.kinds,
                ItemKind::Rule(rule) => &rule.kinds,
                _ => &[],
            };
            asked = asked.or(named.iter().find(|name| name.text == MUNICIPALITY));
        }
        if self.out.kinds.iter().all(|kind| kind.name == MUNICIPALITY) {
            // Without any declared, there is one kind and it needs no name.
            let span = self.out.header.span;
            let unnamed = Named { name: String::new(), title: Words::new("", ""), span };
            self.out.kinds.push(unnamed);
            let _ = self.names.kinds.add("", span);
        }
        let count = u32::try_from(self.out.kinds.len()).unwrap_or(u32::MAX);
        let mut declared = Kinds::ALL.0.checked_shl(count).map_or(Kinds::ALL, |past| Kinds(!past));
        if let Some(at) = self.names.kinds.get(MUNICIPALITY) {
            declared = Kinds(declared.0 & !Kinds::one(KindId::at(at)).0);
        } else if let Some(name) = asked {
            let title = Words::new(MUNICIPALITY, "the municipality");
            let _ = self.names.kinds.add(MUNICIPALITY, name.span);
            self.out.kinds.push(Named { name: MUNICIPALITY.to_owned(), title, span: name.span });
        }
        self.declared_kinds = declared;
    }

    fn kind(&mut self, language: crate::Language, kind: &tree::Declared) {
        if self.out.kinds.len() >= MOST_KINDS {
            let what = Words::new("slags ärenden", "kinds of case");
            self.report(report::too_many(&what, MOST_KINDS, kind.name.span));
            return;
        }
        if self.declare(NameSpace::Kind, &kind.name).is_some() {
            let named = self.named(language, &kind.name, &kind.title);
            self.out.kinds.push(named);
        }
    }

    /// The kinds that some names name; all declared ones when there are none.
    pub(super) fn kinds_named(&mut self, names: &[Name]) -> Kinds {
        if names.is_empty() {
            return self.declared_kinds;
        }
        let mut kinds = Kinds::default();
        for name in names {
            if let Some(at) = self.find(NameSpace::Kind, name) {
                kinds = kinds.or(Kinds::one(KindId::at(at)));
            }
        }
        // An unknown kind has been reported: it shuts nothing out.
        if kinds == Kinds::default() { Kinds::ALL } else { kinds }
    }

    /// The kind of the built-in case, if it is used.
    pub(super) fn is_municipality_only(&self, kinds: Kinds) -> bool {
        self.out.municipality_kind().is_some_and(|kind| kinds == Kinds::one(kind))
    }

    /// Whether the ruleset has more than one kind beside the built-in one.
    pub(super) fn has_several_kinds(&self) -> bool {
        self.declared_kinds.0.count_ones() > 1
    }

    /// Says so if two things share no kind of case.
    pub(super) fn share_kind(
        &mut self,
        space: NameSpace,
        name: &Name,
        declared: Span,
        has: Kinds,
        kinds: Kinds,
        because: Span,
    ) -> bool {
        if has.and(kinds) != Kinds::default() || has == Kinds::default() || kinds == Kinds::default() {
            return true;
        }
        let rule = Some((because, self.kind_names(kinds)));
        let found =
            report::other_kind_of_case(space, &name.text, name.span, declared, &self.kind_names(has), rule);
        self.report(found);
        false
    }

    /// Works out the kinds of facts and rules: what sets a fact gives it its kinds, and a rule that fires on a fact
    /// has the fact's, so this goes on until nothing changes.
    pub(super) fn spread_kinds(&mut self) {
        let rules = self.rules.clone();
        self.rule_kinds = vec![Kinds::default(); rules.len()];
        let stated: Vec<Option<Kinds>> = rules
            .iter()
            .map(|(_, rule)| (!rule.kinds.is_empty()).then(|| self.kinds_named(&rule.kinds)))
            .collect();
        let sets: Vec<Vec<usize>> = rules.iter().map(|(_, rule)| self.facts_set(rule)).collect();
        for facts in &sets {
            for fact in facts {
                if let Some(state) = self.facts.get_mut(*fact) {
                    state.is_set = true;
                }
            }
        }
        // Each round but the last adds a kind to something.
        for _ in 0..=rules.len().saturating_add(self.facts.len()).saturating_mul(MOST_KINDS) {
            let mut changed = false;
            for (place, (_, rule)) in rules.iter().enumerate() {
                let stated = stated.get(place).copied().flatten();
                let kinds = self.kinds_of_rule(rule, stated);
                if self.rule_kinds.get(place) != Some(&kinds) {
                    changed = true;
                    if let Some(slot) = self.rule_kinds.get_mut(place) {
                        *slot = kinds;
                    }
                }
                for fact in sets.get(place).map_or(&[][..], Vec::as_slice) {
                    changed |= self.widen(*fact, kinds);
                }
            }
            if !changed {
                break;
            }
        }
        for place in 0..self.facts.len() {
            let kinds = self.declared_kinds;
            if self.out.facts.get(place).is_some_and(|fact| fact.kinds == Kinds::default()) {
                self.widen(place, kinds);
            }
        }
        for kinds in &mut self.rule_kinds {
            if *kinds == Kinds::default() {
                *kinds = self.declared_kinds;
            }
        }
    }

    fn widen(&mut self, fact: usize, kinds: Kinds) -> bool {
        if self.facts.get(fact).is_some_and(|state| state.stated.is_some()) {
            return false;
        }
        let Some(fact) = self.out.facts.get_mut(fact) else { return false };
        let wider = fact.kinds.or(kinds);
        let changed = wider != fact.kinds;
        fact.kinds = wider;
        changed
    }

    /// The kinds of what a rule fires on, or of the rule that it is an exception to, as far as they are known by now; of
    /// those it may state some.
    fn kinds_of_rule(&self, rule: &tree::Rule, stated: Option<Kinds>) -> Kinds {
        let of_event = |name: &Name| {
            self.names.events.get(&name.text).map_or(Kinds::default(), |at| self.event_kinds(EventId::at(at)))
        };
        let base = rule.exception.as_ref().and_then(|exception| self.rule_named(&exception.rule));
        let kinds = match (base, rule.trigger.as_ref().map(|trigger| &trigger.kind)) {
            (Some(base), _) => self.rule_kinds.get(base).copied().unwrap_or_default(),
            (None, Some(TriggerKind::Events { events, .. })) => {
                events.iter().fold(Kinds::default(), |kinds, name| kinds.or(of_event(name)))
            }
            (None, Some(TriggerKind::Decided { event, .. } | TriggerKind::Timer { event, .. })) => {
                of_event(event)
            }
            (None, Some(TriggerKind::Becomes { fact, .. } | TriggerKind::Changes { fact })) => self
                .names
                .facts
                .get(&fact.name.text)
                .and_then(|at| self.out.facts.get(at))
                .map_or(Kinds::default(), |fact| fact.kinds),
            (None, Some(_)) => return stated.unwrap_or(self.declared_kinds),
            (None, None) => self.declared_kinds,
        };
        // A narrowing that leaves nothing is reported with the rule.
        match stated {
            Some(stated) if kinds.and(stated) != Kinds::default() => kinds.and(stated),
            _ => kinds,
        }
    }

    /// The place of the first version of the rule with a name.
    fn rule_named(&self, name: &Name) -> Option<usize> {
        self.rules.iter().position(|(_, rule)| rule.name.text == name.text)
    }

    /// The facts that a rule's effects set, by their places.
    pub(super) fn facts_set(&self, rule: &tree::Rule) -> Vec<usize> {
        let mut places = Vec::new();
        let mut waiting: Vec<&Effect> =
            rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects)).collect();
        while let Some(effect) = waiting.pop() {
            match &effect.kind {
                EffectKind::Applies { fact, .. }
                | EffectKind::Ends { fact, .. }
                | EffectKind::Becomes { fact, .. } => places.extend(self.names.facts.get(&fact.name.text)),
                EffectKind::Duty(duty) => waiting.extend(&duty.failing),
                _ => {}
            }
        }
        places
    }

    /// Says so of facts and rules that must state their kind and do not.
    pub(super) fn unstated_kinds(&mut self) {
        if !self.has_several_kinds() || !self.lost.is_empty() {
            return;
        }
        let kinds = self.kind_names(self.declared_kinds);
        let mut found = Vec::new();
        for state in &self.facts {
            let (_, fact) = state.declaration;
            let computed = matches!(fact.body, FactBody::Computed(_));
            let taken = matches!(&fact.body, FactBody::Held { taken_from: Some(_), .. });
            let opened = !computed && !taken && !state.is_set && state.is_read;
            if state.stated.is_none() && (computed || opened) {
                let what = Words::new("uppgiften", "fact");
                found.push(report::kind_not_stated(&what, &fact.name.text, fact.name.span, &kinds));
            }
        }
        for (_, rule) in &self.rules {
            let by_calendar = matches!(
                rule.trigger.as_ref().map(|trigger| &trigger.kind),
                Some(
                    TriggerKind::PeriodOver(_)
                        | TriggerKind::EveryYear { .. }
                        | TriggerKind::OnDay(_)
                        | TriggerKind::Always
                )
            );
            if by_calendar && rule.kinds.is_empty() {
                let what = Words::new("regeln", "rule");
                found.push(report::kind_not_stated(&what, &rule.name.text, rule.name.span, &kinds));
            }
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }
}
