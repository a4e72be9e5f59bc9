//! What a rule made of a trigger, before anything of it is applied.

use super::duty::LiveDuty;
use super::need::Need;
use super::outcome::{Cause, KindName, Outcome, OutcomeKind, Reason};
use crate::program::{CitationId, DutyId, EventPattern, ExprId, FactId, Grounds, Program, RuleId};
use crate::time::Day;
use crate::value::Value;

/// What a rule made of a trigger.
#[derive(Clone, Debug)]
pub struct Firing {
    /// The rule.
    pub rule: RuleId,
    /// Its number in the case.
    pub number: u32,
    /// What set it off.
    pub cause: Cause,
    /// How it went.
    pub state: FiringState,
    /// What it brings, decisions aside.
    pub outcomes: Vec<Outcome>,
    /// The duties among the outcomes: the place of the outcome, and the duty.
    pub duties: Vec<(usize, LiveDuty)>,
    /// What it says of the event's decision.
    pub decisions: Vec<Opinion>,
    /// The facts that an undetermined part could have changed, and from when.
    pub doubts: Vec<(FactId, Option<Value>, Day)>,
    /// The rules it withheld, being an exception to them.
    pub yielded: Vec<RuleId>,
}

impl Firing {
    /// Whether it has nothing to apply.
    pub(super) fn brings_nothing(&self) -> bool {
        let Firing { outcomes, decisions, doubts, yielded, .. } = self;
        outcomes.is_empty() && decisions.is_empty() && doubts.is_empty() && yielded.is_empty()
    }

    /// A rule that has not looked yet.
    pub(super) fn new(rule: RuleId, number: u32, cause: Cause, state: FiringState) -> Firing {
        Firing {
            rule,
            number,
            cause,
            state,
            outcomes: Vec::new(),
            duties: Vec::new(),
            decisions: Vec::new(),
            doubts: Vec::new(),
            yielded: Vec::new(),
        }
    }
}

/// How a firing went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiringState {
    /// It does not look at this trigger: `där` or `medan` is no, or it is not in force.
    Silent,
    /// It looked, and no branch was chosen and nothing always applies.
    Empty,
    /// It brings something.
    Fired,
    /// It is not known what it brings.
    Undetermined,
}

/// What a rule says of the decision on an event.
#[derive(Clone, Debug)]
pub struct Opinion {
    /// Granted, denied, or (none) undetermined.
    pub granted: Option<bool>,
    /// What it would have been, when it is undetermined.
    pub of: KindName,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The branch.
    pub branch: u16,
    /// Which effect.
    pub effect: u16,
    /// All it rests on.
    pub citations: Vec<CitationId>,
    /// What is missing, when it is undetermined.
    pub needs: Vec<Need>,
    /// Undetermined firings it depends on.
    pub assumes: Vec<(RuleId, Day)>,
    /// Lines of the same day it depends on.
    pub same_day_order: Vec<u32>,
}

/// All citations, the nearest first, each once.
pub(crate) fn gather(grounds: &[Option<&Grounds>]) -> Vec<CitationId> {
    let mut all: Vec<CitationId> = Vec::new();
    for grounds in grounds.iter().flatten() {
        cite(&mut all, &grounds.citations);
    }
    all
}

/// Adds those citations that are not there yet.
pub(super) fn cite(citations: &mut Vec<CitationId>, more: &[CitationId]) {
    for citation in more {
        if !citations.contains(citation) {
            citations.push(*citation);
        }
    }
}

/// Whether two ways through a rule come to the same.
pub(super) fn same_effects(program: &Program, left: &Firing, right: &Firing) -> bool {
    let kinds =
        |firing: &Firing| firing.outcomes.iter().map(|outcome| outcome.kind.clone()).collect::<Vec<_>>();
    let decisions = |firing: &Firing| {
        firing
            .decisions
            .iter()
            .map(|opinion| {
                (opinion.granted, opinion.reasons.iter().map(|r| r.text.clone()).collect::<Vec<_>>())
            })
            .collect::<Vec<_>>()
    };
    // Two that are unknown are not known to be the same.
    let known = |firing: &Firing| {
        firing.outcomes.iter().all(|outcome| !matches!(outcome.kind, OutcomeKind::Undetermined { .. }))
    };
    let duties = |firing: &Firing| firing.duties.iter().map(|(_, duty)| duty.duty).collect::<Vec<_>>();
    let (left_duties, right_duties) = (duties(left), duties(right));
    known(left)
        && kinds(left) == kinds(right)
        && decisions(left) == decisions(right)
        && left_duties.iter().zip(&right_duties).all(|(left, right)| same_duty(program, *left, *right))
}

/// Whether what meets and ends two duties is the same; one of which something follows is like no other.
fn same_duty(program: &Program, left: DutyId, right: DutyId) -> bool {
    let (Some(left), Some(right)) = (program.duties.get(left.index()), program.duties.get(right.index()))
    else {
        return false;
    };
    let code = |expr: Option<ExprId>| expr.map(|expr| program.code.ops(expr));
    let alike = |one: &EventPattern, other: &EventPattern| {
        one.event == other.event && code(one.where_) == code(other.where_)
    };
    left.failing.is_empty()
        && right.failing.is_empty()
        && left.met_by.len() == right.met_by.len()
        && left.falls_away.len() == right.falls_away.len()
        && left
            .met_by
            .iter()
            .zip(&right.met_by)
            .all(|(one, other)| one.even_earlier == other.even_earlier && alike(&one.pattern, &other.pattern))
        && left.falls_away.iter().zip(&right.falls_away).all(|(one, other)| alike(one, other))
        && code(left.as_long_as) == code(right.as_long_as)
        && code(left.through) == code(right.through)
        && code(left.except_while) == code(right.except_while)
}
