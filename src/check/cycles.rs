//! Facts that depend on each other: the order to work them out in, and circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::rules as report;
use crate::diagnostics::types as report_types;
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::FactBody;

use super::scope::Scope;
use super::state::{Checker, Progress};

/// What each fact depends on, with the place that says so.
type Graph = BTreeMap<FactId, BTreeMap<FactId, Span>>;

/// Facts in an order in which each comes after what it depends on, and the circles.
struct Sorted {
    order: Vec<FactId>,
    circles: Vec<Vec<FactId>>,
}

/// A walk without recursion: a chain of facts may be long.
fn sort(graph: &Graph, count: usize) -> Sorted {
    let mut state = vec![Progress::Waiting; count];
    let mut sorted = Sorted { order: Vec::new(), circles: Vec::new() };
    for start in (0..count).map(FactId::at) {
        if state.get(start.index()) != Some(&Progress::Waiting) {
            continue;
        }
        let mut path: Vec<(FactId, Vec<FactId>)> = vec![(start, needs(graph, start))];
        mark(&mut state, start, Progress::Underway);
        while let Some((fact, waiting)) = path.last_mut() {
            let fact = *fact;
            match waiting.pop() {
                Some(next) => match state.get(next.index()) {
                    Some(Progress::Waiting) => {
                        mark(&mut state, next, Progress::Underway);
                        path.push((next, needs(graph, next)));
                    }
                    Some(Progress::Underway) => {
                        let circle: Vec<FactId> =
                            path.iter().map(|(id, _)| *id).skip_while(|id| *id != next).collect();
                        sorted.circles.push(circle);
                    }
                    _ => {}
                },
                None => {
                    mark(&mut state, fact, Progress::Done);
                    sorted.order.push(fact);
                    path.pop();
                }
            }
        }
    }
    sorted
}

fn needs(graph: &Graph, fact: FactId) -> Vec<FactId> {
    graph.get(&fact).map(|needs| needs.keys().rev().copied().collect()).unwrap_or_default()
}

fn mark(state: &mut [Progress], fact: FactId, progress: Progress) {
    if let Some(slot) = state.get_mut(fact.index()) {
        *slot = progress;
    }
}

impl Checker<'_> {
    /// Works out the computed facts, each after those it reads.
    pub(super) fn computed_facts(&mut self) {
        let mut graph = Graph::new();
        for (place, state) in self.facts.iter().enumerate() {
            let (_, fact) = state.declaration;
            let FactBody::Computed(value) = &fact.body else { continue };
            let named = self.facts_named(value).into_iter().map(|id| (id, fact.name.span)).collect();
            graph.insert(FactId::at(place), named);
        }
        let sorted = sort(&graph, self.facts.len());
        let in_circle: BTreeSet<FactId> = sorted.circles.iter().flatten().copied().collect();
        for circle in &sorted.circles {
            let chain = self.chain(circle, &graph);
            self.report(report::fact_cycle(&chain));
        }
        for id in sorted.order {
            if !in_circle.contains(&id) {
                self.computed_fact(id);
            }
        }
    }

    fn computed_fact(&mut self, id: FactId) {
        let Some(state) = self.facts.get(id.index()) else { return };
        let (_, fact) = state.declaration;
        let FactBody::Computed(value) = &fact.body else { return };
        let kinds = self.out.facts.get(id.index()).map_or(Kinds::ALL, |fact| fact.kinds);
        let scope = Scope { kinds: Some((kinds, fact.name.span)), has_date: true, ..Scope::default() };
        self.reading.clear();
        let lowered = self.expression(&scope, value, None);
        let reads = std::mem::take(&mut self.reading);
        let lowered = match lowered {
            Some(lowered) if lowered.ty == Type::Nothing => {
                self.report(report_types::type_not_known(value.span));
                None
            }
            lowered => lowered,
        };
        if let Some(state) = self.facts.get_mut(id.index()) {
            state.ty = lowered.map(|lowered| lowered.ty);
            state.progress = Progress::Done;
            state.reads = reads;
        }
        if let (Some(lowered), Some(out)) = (lowered, self.out.facts.get_mut(id.index())) {
            out.ty = lowered.ty;
            out.optional = lowered.optional;
            out.source = FactSource::Computed(lowered.id);
        }
    }

    fn chain(&self, circle: &[FactId], graph: &Graph) -> Vec<(String, Span)> {
        circle
            .iter()
            .enumerate()
            .map(|(at, id)| {
                let next = circle.get(at.saturating_add(1)).or(circle.first()).copied().unwrap_or(*id);
                let name = self.names.facts.names().nth(id.index()).unwrap_or("").to_owned();
                let place = graph.get(id).and_then(|needs| needs.get(&next)).copied();
                let span = place.or(self.names.facts.span(id.index())).unwrap_or(self.out.header.span);
                (name, span)
            })
            .collect()
    }

    /// Gives facts their rank, and says so if rules that fire on changes go round.
    /// Gives back the facts that are in such a circle.
    pub(super) fn rank_facts(&mut self, rules: &[Rule]) -> BTreeSet<FactId> {
        let mut graph = Graph::new();
        for (place, state) in self.facts.iter().enumerate() {
            let span = state.declaration.1.name.span;
            let edges = graph.entry(FactId::at(place)).or_default();
            edges.extend(state.reads.iter().map(|read| (*read, span)));
            // A fact that ends with another depends on it.
            if let Some(other) = self.out.facts.get(place).and_then(|fact| fact.ends_with) {
                edges.insert(other, span);
            }
        }
        for rule in rules {
            let (Trigger::Becomes { fact, .. } | Trigger::Changes { fact, .. }) = rule.trigger else {
                continue;
            };
            let effects = rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects));
            for effect in effects {
                if let EffectKind::Applies { fact: set, .. }
                | EffectKind::Ends { fact: set, .. }
                | EffectKind::Becomes { fact: set, .. } = effect.kind
                {
                    graph.entry(set).or_default().insert(fact, effect.span);
                }
            }
        }
        let sorted = sort(&graph, self.facts.len());
        for circle in &sorted.circles {
            let chain = self.chain(circle, &graph);
            self.report(report::fact_cycle(&chain));
        }
        for (rank, id) in sorted.order.iter().enumerate() {
            if let Some(fact) = self.out.facts.get_mut(id.index()) {
                fact.rank = u32::try_from(rank).unwrap_or(u32::MAX);
            }
        }
        sorted.circles.into_iter().flatten().collect()
    }
}
