//! Rules withheld by their exceptions: by name, never by position.

use super::need::Need;
use super::settle::bare;
use std::collections::BTreeMap;

use super::case::CaseRun;
use super::conflict::Contested;
use super::firing::{Firing, FiringState};
use super::outcome::{KindName, OutcomeKind};
use crate::program::RuleId;

impl<'a> CaseRun<'a> {
    /// Withholds rules whose exceptions apply, each trigger by itself: on one day timers of several events may fire.
    pub(super) fn yield_by_trigger(&mut self, firings: Vec<Firing>) -> Vec<Firing> {
        if !self.any_excepted(&firings) {
            return firings;
        }
        let mut rest = firings;
        let mut settled = Vec::with_capacity(rest.len());
        while let Some(cause) = rest.first().map(|firing| firing.cause) {
            let (mut of_one, others): (Vec<Firing>, Vec<Firing>) =
                rest.into_iter().partition(|firing| firing.cause == cause);
            rest = others;
            self.yield_to_exceptions(&mut of_one);
            settled.append(&mut of_one);
        }
        settled
    }

    /// Withholds rules whose exceptions apply.
    pub(super) fn yield_to_exceptions(&mut self, firings: &mut [Firing]) {
        if firings.len() < 2 || !self.any_excepted(firings) {
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

    /// Whether any of the rules is an exception or has exceptions.
    fn any_excepted(&self, firings: &[Firing]) -> bool {
        firings.iter().any(|firing| self.world.program.index.is_excepted(firing.rule))
    }

    pub(super) fn withhold(&mut self, firings: &mut [Firing], at: usize, exceptions: &[usize]) {
        let program = self.world.program;
        let state = |other: &usize| firings.get(*other).map(|firing| firing.state);
        let applying: Vec<usize> =
            exceptions.iter().copied().filter(|other| state(other) == Some(FiringState::Fired)).collect();
        let rule_of = |other: usize| firings.get(other).map(|firing| firing.rule);
        let outranked = |other: usize| {
            applying.iter().any(|winner| {
                let ahead = rule_of(*winner)
                    .and_then(|rule| program.rules.get(rule.index()))
                    .and_then(|rule| rule.exception.as_ref());
                ahead.is_some_and(|ahead| rule_of(other).is_some_and(|rule| ahead.ahead_of.contains(&rule)))
            })
        };
        let (mut lost, won): (Vec<usize>, Vec<usize>) =
            applying.iter().copied().partition(|other| outranked(*other));
        // Of those that may apply, some lose even if they do.
        let (beaten, rivals): (Vec<usize>, Vec<usize>) = exceptions
            .iter()
            .copied()
            .filter(|other| state(other) == Some(FiringState::Undetermined))
            .partition(|other| outranked(*other));
        lost.extend(beaten);
        let Some(withheld) = firings.get(at).map(|firing| (firing.rule, firing.state)) else { return };
        let (rule, was) = withheld;
        match won.as_slice() {
            [] => {
                if let Some(unknown) = rivals.first().copied()
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
                // The rule is withheld either way; which exception withholds it is not known.
                let needs = rivals.first().and_then(|rival| firings.get(*rival)).map(needs_of);
                if let Some(firing) = firings.get_mut(*winner) {
                    firing.yielded.extend(yielded);
                    if let Some(needs) = needs {
                        make_undetermined(firing, &needs);
                    }
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
                    let kind =
                        OutcomeKind::Conflict { rules, over: Contested::Exception, claims: Vec::new() };
                    let day = self.world.today;
                    let outcome = bare(program, firing, kind, day);
                    silence(firing);
                    firing.outcomes.push(outcome);
                    firing.state = FiringState::Fired;
                }
            }
        }
    }
}

/// A rule that is withheld as a whole.
pub(super) fn silence(firing: &mut Firing) {
    firing.state = FiringState::Silent;
    firing.outcomes.clear();
    firing.duties.clear();
    firing.decisions.clear();
    firing.doubts.clear();
    firing.yielded.clear();
}

/// What an undetermined firing lacks.
pub(super) fn needs_of(firing: &Firing) -> Vec<Need> {
    let outcomes = firing.outcomes.iter().flat_map(|outcome| match &outcome.kind {
        OutcomeKind::Undetermined { needs, .. } => needs.clone(),
        _ => Vec::new(),
    });
    outcomes.chain(firing.decisions.iter().flat_map(|opinion| opinion.needs.clone())).collect()
}

/// A rule of which it is not known whether it applies: each thing it would have brought is undetermined.
pub(super) fn make_undetermined(firing: &mut Firing, needs: &[Need]) {
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
            outcome.remarks.retroactive = false;
            outcome.remarks.moved = None;
        }
    }
    firing.doubts.extend(doubts);
    for opinion in &mut firing.decisions {
        opinion.granted = None;
        opinion.needs.extend_from_slice(needs);
    }
}
