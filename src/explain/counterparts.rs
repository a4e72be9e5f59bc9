//! Which outcome stands where another stood, when a case is run again with something changed.

use crate::Words;
use crate::program::{ActionId, FactId, Program, ResultId, RoleId, RuleId};
use crate::run::{Cause, Contested, KindName, Outcome, OutcomeKind};
use crate::value::Value;

/// For each outcome of one run the one that stands in its place in another run of the same case, if there is one.
///
/// An event has one decision, whichever rule bears it. Other outcomes are paired within their rule and trigger (a rule
/// together with its exceptions, for those take its place): what is the same first, then what is said of the same
/// thing, then what comes of the same place in the rule, then kind by kind in order.
pub(super) fn counterparts<'o>(
    program: &Program,
    base: &[Outcome],
    others: &'o [Outcome],
) -> Vec<Option<&'o Outcome>> {
    let mut pairing = Pairing {
        base: base.iter().map(|outcome| (Group::of(program, outcome), outcome)).collect(),
        others: others.iter().map(|outcome| (Group::of(program, outcome), outcome)).collect(),
        found: vec![None; base.len()],
        taken: vec![false; others.len()],
    };
    pairing.pass(|a, b| a.kind == b.kind);
    pairing.pass(|a, b| about(a).is_some_and(|a| about(b) == Some(a)));
    pairing.pass(|a, b| {
        (a.branch, a.effect) == (b.branch, b.effect)
            && a.kind.name() == b.kind.name()
            && name(program, a.rule) == name(program, b.rule)
    });
    pairing.pass(|a, b| what(a) == what(b));
    // Effects of one branch stand beside each other, not in each other's place.
    pairing.pass(|a, b| (a.rule, a.branch) != (b.rule, b.branch));
    // What is decided with one answer may with another be left to the rule's other effects.
    pairing.base.iter_mut().for_each(|(group, outcome)| group.family = family(program, outcome.rule));
    pairing.others.iter_mut().for_each(|(group, outcome)| group.family = family(program, outcome.rule));
    pairing.pass(|a, b| is_decision(a) != is_decision(b));
    pairing.found
}

struct Pairing<'p, 'b, 'o> {
    base: Vec<(Group<'p>, &'b Outcome)>,
    others: Vec<(Group<'p>, &'o Outcome)>,
    found: Vec<Option<&'o Outcome>>,
    taken: Vec<bool>,
}

impl Pairing<'_, '_, '_> {
    /// Pairs those of one group that are left and belong together.
    fn pass(&mut self, together: impl Fn(&Outcome, &Outcome) -> bool) {
        for ((group, outcome), found) in self.base.iter().zip(&mut self.found) {
            if found.is_some() {
                continue;
            }
            let mut left = self.others.iter().zip(&mut self.taken);
            let other = left.find(|((other_group, other), taken)| {
                !**taken && other_group == group && together(outcome, other)
            });
            if let Some(((_, other), taken)) = other {
                *found = Some(*other);
                *taken = true;
            }
        }
    }
}

/// Those among which an outcome may have its counterpart.
#[derive(Clone, Copy, PartialEq)]
struct Group<'p> {
    trigger: Cause,
    /// The rule by name, and for an exception that of the rule it excepts from; none for the decision on an event.
    family: Option<&'p str>,
}

impl<'p> Group<'p> {
    fn of(program: &'p Program, outcome: &Outcome) -> Group<'p> {
        let family = if is_decision(outcome) { None } else { family(program, outcome.rule) };
        Group { trigger: outcome.trigger, family }
    }
}

fn is_decision(outcome: &Outcome) -> bool {
    matches!(what(outcome), KindName::Granted | KindName::Denied)
}

/// The kind an outcome is of, or would have been of were it not undetermined.
fn what(outcome: &Outcome) -> KindName {
    match &outcome.kind {
        OutcomeKind::Undetermined { of, .. } | OutcomeKind::Upcoming { of, .. } => *of,
        kind => kind.name(),
    }
}

/// What an outcome is about.
#[derive(PartialEq)]
enum About<'o> {
    Fact(FactId, Option<Value>),
    Duty(RoleId, ActionId, Option<Value>),
    Permission(RoleId, ActionId),
    Result(ResultId),
    Text(&'o Words),
    Decision,
}

fn about(outcome: &Outcome) -> Option<About<'_>> {
    Some(match &outcome.kind {
        _ if is_decision(outcome) => About::Decision,
        OutcomeKind::Begins { fact, of, .. }
        | OutcomeKind::Ends { fact, of, .. }
        | OutcomeKind::Becomes { fact, of, .. }
        | OutcomeKind::Conflict { over: Contested::Fact { fact, of, .. }, .. } => About::Fact(*fact, *of),
        OutcomeKind::Duty(duty) => About::Duty(duty.role, duty.action, duty.to),
        OutcomeKind::RecurringDuty(duty) => About::Duty(duty.role, duty.action, duty.to),
        OutcomeKind::Permission { role, action, .. }
        | OutcomeKind::Conflict { over: Contested::Permission { role, action }, .. } => {
            About::Permission(*role, *action)
        }
        OutcomeKind::Value { result, .. } => About::Result(*result),
        OutcomeKind::Finding { text, .. } => About::Text(text),
        _ => return None,
    })
}

fn name(program: &Program, rule: Option<RuleId>) -> Option<&str> {
    rule.and_then(|rule| program.rules.get(rule.index())).map(|rule| rule.named.name.as_str())
}

/// The rule that a rule is at last an exception to, by name; most rules are none, and their own.
fn family(program: &Program, rule: Option<RuleId>) -> Option<&str> {
    let mut rule = program.rules.get(rule?.index())?;
    // Check refuses cycles; the bound only keeps this loop from depending on it.
    for _ in 0..program.rules.len() {
        let above = rule.exception.as_ref().and_then(|exception| exception.to.first());
        match above.and_then(|above| program.rules.get(above.index())) {
            Some(above) => rule = above,
            None => break,
        }
    }
    Some(&rule.named.name)
}
