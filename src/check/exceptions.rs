//! Exceptions: which rule they except from, whether they can apply, and who goes first.

use std::collections::{BTreeMap, BTreeSet};

use crate::Language;
use crate::diagnostics::names::NameSpace;
use crate::diagnostics::rules as report;
use crate::program::code::Op;
use crate::program::*;
use crate::source::Span;
use crate::syntax::{format_expression, tree};

use super::rules::Work;
use super::state::Checker;
use super::triggers::place_of;

/// Whether two stretches of time have a day in common.
fn meet(a: Option<DayRange>, b: Option<DayRange>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    a.through.is_none_or(|last| b.from <= last) && b.through.is_none_or(|last| a.from <= last)
}

impl Checker<'_> {
    /// Judges exceptions, and tells each rule which rules it excepts from.
    pub(super) fn exceptions(&mut self, work: &mut [Work<'_>]) {
        self.exception_circles(work);
        let trees: Vec<&tree::Rule> = work.iter().map(|one| one.tree).collect();
        let mut found: Vec<(usize, Exception)> = Vec::new();
        for (place, tree) in trees.iter().enumerate() {
            let Some(exception) = &tree.exception else { continue };
            if self.find(NameSpace::Rule, &exception.rule).is_none() {
                continue;
            }
            let versions = named(&trees, &exception.rule.text);
            if let (Some(own), Some(base)) =
                (&tree.trigger, versions.first().and_then(|at| trees.get(*at)).copied())
            {
                let trigger = self.trigger_of(base).filter(|trigger| same_trigger(own, trigger));
                let narrowed = |of: &tree::Trigger| where_of(of).map(written);
                match (trigger, where_of(own)) {
                    (Some(trigger), own) if narrowed(trigger) == own.map(written) => {}
                    (Some(_), Some(condition)) => {
                        self.report(report::exception_narrows(condition.span, place_of(base)));
                    }
                    _ => self.report(report::exception_trigger(own.span, place_of(base))),
                }
            }
            let mut ahead_of = Vec::new();
            for name in &exception.ahead_of {
                if self.find(NameSpace::Rule, name).is_some() {
                    ahead_of.extend(named(&trees, &name.text).into_iter().map(RuleId::at));
                }
            }
            self.can_apply(place, exception.span, &versions, work);
            let to = versions.into_iter().map(RuleId::at).collect();
            found.push((place, Exception { to, ahead_of }));
        }
        self.unordered(work, &found);
        for (place, exception) in found {
            if let Some(rule) = work.get_mut(place).and_then(|one| one.rule.as_mut()) {
                rule.exception = Some(exception);
            }
        }
    }

    /// Says so if an exception meets no version of its rule.
    fn can_apply(&mut self, place: usize, at: Span, versions: &[usize], work: &[Work<'_>]) {
        let Some(own) = work.get(place).and_then(|one| one.rule.as_ref()) else { return };
        let bases: Vec<&Rule> =
            versions.iter().filter_map(|at| work.get(*at).and_then(|one| one.rule.as_ref())).collect();
        let Some(first) = bases.first() else { return };
        let in_time = bases.iter().any(|base| meet(own.in_force, base.in_force));
        let in_kind = bases.iter().any(|base| own.kinds.and(base.kinds) != Kinds::default());
        if !in_time || !in_kind {
            let found = report::exception_never(at, first.named.span, in_time);
            self.report(found);
        }
    }

    /// Says so of two exceptions to one rule of which neither goes first.
    fn unordered(&mut self, work: &[Work<'_>], found: &[(usize, Exception)]) {
        let mut reports = Vec::new();
        for (at, (place, exception)) in found.iter().enumerate() {
            for (other_place, other) in found.iter().take(at) {
                let rule = |place: usize| work.get(place).and_then(|one| one.rule.as_ref());
                let (Some(a), Some(b)) = (rule(*place), rule(*other_place)) else { continue };
                if a.named.name == b.named.name {
                    continue;
                }
                let shared = exception.to.iter().any(|to| other.to.contains(to));
                let ordered = exception.ahead_of.contains(&RuleId::at(*other_place))
                    || other.ahead_of.contains(&RuleId::at(*place));
                let kinds = a.kinds.and(b.kinds) != Kinds::default();
                let apart = self.ask_for_different_answers(a.while_, b.while_);
                if shared && !ordered && kinds && !apart && meet(a.in_force, b.in_force) {
                    reports.push(report::exceptions_unordered(
                        &b.named.name,
                        b.named.span,
                        &a.named.name,
                        a.named.span,
                    ));
                }
            }
        }
        for diagnostic in reports {
            self.report(diagnostic);
        }
    }

    /// Whether two conditions hold under different answers to one question of interpretation: then never together.
    fn ask_for_different_answers(&self, a: Option<ExprId>, b: Option<ExprId>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let (a, b) = (self.answers_asked_for(a), self.answers_asked_for(b));
        a.iter()
            .any(|(question, answer)| b.iter().any(|(other, another)| question == other && answer != another))
    }

    /// The answers without which a condition does not hold.
    fn answers_asked_for(&self, condition: ExprId) -> Vec<(ReadingId, u16)> {
        let ops = self.out.code.ops(condition);
        let mut waiting: Vec<usize> = ops.len().checked_sub(1).into_iter().collect();
        let mut answers = Vec::new();
        while let Some(op) = waiting.pop().and_then(|at| ops.get(at)) {
            match op {
                Op::And(a, b) => waiting.extend([usize::from(a.0), usize::from(b.0)]),
                Op::ReadingIs(question, answer) => answers.push((*question, *answer)),
                _ => {}
            }
        }
        answers
    }

    /// Says so of exceptions that lead back to themselves, by rule or by who goes first.
    fn exception_circles(&mut self, work: &[Work<'_>]) {
        let mut base: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
        for one in work {
            if let Some(exception) = &one.tree.exception {
                base.entry(&one.tree.name.text).or_insert((&exception.rule.text, exception.span));
            }
        }
        let mut said: BTreeSet<&str> = BTreeSet::new();
        let mut reports = Vec::new();
        for start in base.keys() {
            let mut chain: Vec<(String, Span)> = Vec::new();
            let mut seen: Vec<&str> = Vec::new();
            let mut name: &str = start;
            while let Some((next, span)) = base.get(name) {
                chain.push((name.to_owned(), *span));
                seen.push(name);
                name = next;
                if seen.contains(&name) {
                    break;
                }
            }
            if name == *start && !seen.is_empty() && !said.contains(start) {
                said.extend(&seen);
                reports.push(report::exception_cycle(&chain));
            }
        }
        for one in work {
            let Some(exception) = &one.tree.exception else { continue };
            for ahead in &exception.ahead_of {
                let back = work.iter().find(|other| {
                    other.tree.name.text == ahead.text
                        && other.tree.exception.as_ref().is_some_and(|theirs| {
                            theirs.ahead_of.iter().any(|name| name.text == one.tree.name.text)
                        })
                });
                let own = &one.tree.name;
                if let Some(other) = back.filter(|_| own.text <= ahead.text) {
                    let theirs = other.tree.name.clone();
                    let chain = [(own.text.clone(), own.span), (theirs.text, theirs.span)];
                    reports.push(report::exception_cycle(&chain));
                }
            }
        }
        for diagnostic in reports {
            self.report(diagnostic);
        }
    }
}

/// The places of all versions of a rule.
fn named(trees: &[&tree::Rule], name: &str) -> Vec<usize> {
    trees.iter().enumerate().filter(|(_, tree)| tree.name.text == name).map(|(place, _)| place).collect()
}

/// Whether two triggers fire on the same things, what narrows them left aside.
fn same_trigger(a: &tree::Trigger, b: &tree::Trigger) -> bool {
    use tree::TriggerKind as Kind;
    match (&a.kind, &b.kind) {
        (Kind::Events { events: x, .. }, Kind::Events { events: y, .. }) => {
            x.len() == y.len() && x.iter().all(|name| y.contains(name))
        }
        (Kind::Decided { event: x, granted: p, .. }, Kind::Decided { event: y, granted: q, .. }) => {
            x == y && p == q
        }
        (
            Kind::Timer { period: m, event: x, field: p, .. },
            Kind::Timer { period: n, event: y, field: q, .. },
        ) => x == y && p == q && written(m) == written(n),
        (Kind::Becomes { fact: x, value: p }, Kind::Becomes { fact: y, value: q }) => {
            same_fact(x, y) && written(p) == written(q)
        }
        (Kind::Changes { fact: x }, Kind::Changes { fact: y }) => same_fact(x, y),
        (Kind::PeriodOver(x), Kind::PeriodOver(y)) => x == y,
        (Kind::EveryYear { month: m, day: d }, Kind::EveryYear { month: n, day: e }) => m == n && d == e,
        (Kind::OnDay(x), Kind::OnDay(y)) => x.day == y.day,
        (Kind::Always, Kind::Always) => true,
        _ => false,
    }
}

/// Whether two name one fact, for one value of its parameter.
fn same_fact(a: &tree::FactRef, b: &tree::FactRef) -> bool {
    let of = |fact: &tree::FactRef| fact.parameter.as_ref().map(written);
    a.name == b.name && of(a) == of(b)
}

/// What narrows a trigger.
fn where_of(trigger: &tree::Trigger) -> Option<&tree::Expr> {
    use tree::TriggerKind as Kind;
    match &trigger.kind {
        Kind::Events { where_, .. } | Kind::Decided { where_, .. } | Kind::Timer { where_, .. } => {
            where_.as_ref()
        }
        _ => None,
    }
}

/// An expression in the one layout and in one language: however it is written, it reads alike.
fn written(e: &tree::Expr) -> String {
    format_expression(e, Language::Swedish)
}
