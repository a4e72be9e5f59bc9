//! Which outcome of now stands where one of then stood, and what of it differs.

use super::super::counterparts::counterparts;
use super::Journey;
use crate::program::Program;
use crate::run::{Case, Cause, Outcome, OutcomeKind, Remarks};

/// What of an outcome can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Another rule brought it, such as an exception.
    Rule,
    /// Another version of the rule.
    Version,
    /// Another branch.
    Branch,
    /// It is of another kind: what was undetermined is a new value.
    Kind,
    /// Another value, or other words.
    Value,
    /// Other reasons for a decision.
    Reasons,
    /// Something else is needed to know.
    Needs,
    /// Another date.
    Date,
    /// It stands otherwise: met, overdue, missed, or what counts towards it.
    Status,
    /// It fired on another day.
    Fired,
    /// A later outcome replaces it, or no longer does.
    Superseded,
    /// What else there is to say of it: what it assumes, what it yielded, what it rests on.
    Remarks,
}

impl Aspect {
    /// The name as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Aspect::Rule => "rule",
            Aspect::Version => "version",
            Aspect::Branch => "branch",
            Aspect::Kind => "kind",
            Aspect::Value => "value",
            Aspect::Reasons => "reasons",
            Aspect::Needs => "needs",
            Aspect::Date => "date",
            Aspect::Status => "status",
            Aspect::Fired => "fired",
            Aspect::Superseded => "superseded_by",
            Aspect::Remarks => "remarks",
        }
    }
}

impl Journey<'_> {
    /// The outcomes of a case, naming events by what their lines speak of: so that those of two runs can be compared.
    pub(super) fn comparable(&self, case: &Case, outcomes: &[Outcome]) -> Vec<Outcome> {
        let subject = |place: u32| {
            let span = case.events.get(place as usize).and_then(|event| event.span);
            let subject = span.and_then(|span| self.subjects.get(&span)).copied();
            subject.and_then(|subject| u32::try_from(subject).ok()).unwrap_or(u32::MAX)
        };
        let comparable = |outcome: &Outcome| {
            let mut outcome = outcome.clone();
            if let Cause::Event(place) = &mut outcome.trigger {
                *place = subject(*place);
            }
            match &mut outcome.kind {
                OutcomeKind::Duty(duty) => duty.fulfilled_by = duty.fulfilled_by.map(subject),
                OutcomeKind::RecurringDuty(duty) => {
                    duty.counted.iter_mut().for_each(|counted| counted.event = subject(counted.event));
                }
                _ => {}
            }
            // Lines have other numbers where one was corrected; the order of outcomes says no more of them.
            outcome.remarks.same_day_order.clear();
            outcome.firing = 0;
            outcome
        };
        outcomes.iter().map(comparable).collect()
    }
}

/// Whether two outcomes, made comparable, say the same.
pub(super) fn same(one: &Outcome, other: &Outcome) -> bool {
    aspects(one, other).is_empty()
}

/// For each outcome of then the place of the one that stands for it now. Events are to be named alike in both.
///
/// An event has one decision, whichever rule bears it. Other outcomes are paired within their rule and trigger (see
/// where readings are compared); what follows from the change of a fact also when the fact changed on another day.
pub fn pairs(program: &Program, then: &[Outcome], now: &[Outcome]) -> Vec<Option<usize>> {
    let found = counterparts(program, then, now);
    let place = |other: &Outcome| now.iter().position(|outcome| std::ptr::eq(outcome, other));
    let mut pairs: Vec<Option<usize>> = found.into_iter().map(|other| other.and_then(place)).collect();
    for (pair, outcome) in then.iter().enumerate() {
        let Cause::Fact(fact, _) = outcome.trigger else { continue };
        if pairs.get(pair).copied().flatten().is_some() {
            continue;
        }
        let alike = |other: &Outcome| {
            matches!(other.trigger, Cause::Fact(of, _) if of == fact)
                && (other.rule, other.kind.name()) == (outcome.rule, outcome.kind.name())
        };
        let free = |place: &usize| !pairs.contains(&Some(*place));
        let other = (0..now.len()).filter(free).find(|place| now.get(*place).is_some_and(alike));
        if let Some(pair) = pairs.get_mut(pair) {
            *pair = other;
        }
    }
    pairs
}

/// What differs between two outcomes, made comparable.
pub(super) fn aspects(then: &Outcome, now: &Outcome) -> Vec<Aspect> {
    let mut aspects = Vec::new();
    let mut differ = |differ: bool, aspect| {
        if differ {
            aspects.push(aspect);
        }
    };
    let versions = (then.remarks.version, now.remarks.version);
    differ(then.rule != now.rule && versions.0 == versions.1, Aspect::Rule);
    differ(versions.0 != versions.1, Aspect::Version);
    differ(then.branch != now.branch, Aspect::Branch);
    if then.kind.name() != now.kind.name() {
        differ(true, Aspect::Kind);
    } else {
        kinds(&then.kind, &now.kind, &mut differ);
    }
    differ(then.fired != now.fired, Aspect::Fired);
    differ(then.remarks.superseded_by != now.remarks.superseded_by, Aspect::Superseded);
    let rest = |remarks: &Remarks| Remarks { version: None, superseded_by: None, ..remarks.clone() };
    let cited = then.citations != now.citations;
    differ(cited || rest(&then.remarks) != rest(&now.remarks), Aspect::Remarks);
    aspects
}

/// What differs between two of one kind.
fn kinds(then: &OutcomeKind, now: &OutcomeKind, differ: &mut impl FnMut(bool, Aspect)) {
    use OutcomeKind as K;
    match (then, now) {
        (K::Begins { fact, of, from, until }, K::Begins { fact: f, of: o, from: fr, until: u }) => {
            differ((fact, of) != (f, o), Aspect::Value);
            differ((from, until) != (fr, u), Aspect::Date);
        }
        (K::Ends { fact, of, on }, K::Ends { fact: f, of: o, on: d }) => {
            differ((fact, of) != (f, o), Aspect::Value);
            differ(on != d, Aspect::Date);
        }
        (K::Becomes { fact, of, value, from }, K::Becomes { fact: f, of: o, value: v, from: fr }) => {
            differ((fact, of, value) != (f, o, v), Aspect::Value);
            differ(from != fr, Aspect::Date);
        }
        (K::Duty(then), K::Duty(now)) => {
            let owed = |duty: &crate::run::DutyOutcome| {
                (duty.role, duty.action, duty.to, duty.before, duty.pace, duty.soft)
            };
            let dates = |duty: &crate::run::DutyOutcome| (duty.by, duty.on, duty.not_before);
            let stands = |duty: &crate::run::DutyOutcome| {
                (duty.status, duty.fulfilled_on, duty.fulfilled_by, duty.lapsed_on)
            };
            differ(owed(then) != owed(now), Aspect::Value);
            differ(dates(then) != dates(now), Aspect::Date);
            differ(stands(then) != stands(now), Aspect::Status);
        }
        (K::RecurringDuty(then), K::RecurringDuty(now)) => {
            let owed = |duty: &crate::run::RecurringOutcome| {
                (duty.role, duty.action, duty.to, duty.rhythm, duty.soft)
            };
            differ(owed(then) != owed(now), Aspect::Value);
            differ(then.by != now.by, Aspect::Date);
            let status = then.status != now.status || then.missed != now.missed;
            differ(status || then.counted != now.counted || then.reached != now.reached, Aspect::Status);
        }
        (
            K::Permission { allowed, role, action, from, until },
            K::Permission { allowed: al, role: r, action: ac, from: fr, until: u },
        ) => {
            differ((allowed, role, action) != (al, r, ac), Aspect::Value);
            differ((from, until) != (fr, u), Aspect::Date);
        }
        (K::Upcoming { on, of }, K::Upcoming { on: d, of: o }) => {
            differ(of != o, Aspect::Value);
            differ(on != d, Aspect::Date);
        }
        (K::Decision { .. }, K::Decision { .. }) => differ(then != now, Aspect::Reasons),
        (K::Undetermined { .. }, K::Undetermined { .. }) => differ(then != now, Aspect::Needs),
        (then, now) => differ(then != now, Aspect::Value),
    }
}
