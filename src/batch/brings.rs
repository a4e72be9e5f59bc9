//! What can be told of an effect before any event: the pattern of its outcomes, and what fills them in.

use super::plan::{RulePlan, Step, What};
use super::row::Brought;
use crate::Words;
use crate::program::{
    Branch, Effect, EffectKind, EventId, Fact, FactSource, Grounds, Program, Rule, RuleId, Template,
    TemplatePart, Type,
};
use crate::record::{Filling, Pattern};
use crate::run::{Cause, Outcome, OutcomeKind, Remarks, gather};
use crate::time::Day;
use crate::value::Value;

/// What an effect is known to bring.
#[derive(Debug)]
pub(super) struct Brings {
    /// Where it stands among all effects.
    pub place: u64,
    what: What,
    /// The number of the pattern.
    pattern: usize,
    /// Whether it is a fact that it speaks of.
    of_fact: bool,
    /// Whether it says, in every case, that its fact is what it is from the start.
    says_start: bool,
    /// What its fact is from the start, where a value says what it becomes.
    start: Option<Value>,
    /// The first day on which the ruleset's revision is overdue.
    overdue_from: Option<Day>,
}

impl RulePlan {
    /// All that its ways bring, in their order.
    pub(super) fn steps(&self) -> impl Iterator<Item = &Step> {
        std::iter::once(&self.always).chain(&self.ways).flat_map(|way| &way.steps)
    }
}

impl Brings {
    /// What a step of a rule on an event brings, and the pattern of its outcomes; nothing when there is more to be said.
    pub(super) fn of(
        program: &Program,
        event: EventId,
        step: &Step,
        number: usize,
    ) -> Option<(Brings, Pattern)> {
        let Brought { rule: id, branch: branch_number, effect: effect_number, what, .. } = step.frame;
        let rule = program.rules.get(id.index())?;
        let (branch, effect) = effect(rule, &step.frame)?;
        let fact = match what {
            What::Begins(fact) | What::Ends(fact) | What::Becomes(fact) => program.facts.get(fact.index()),
            _ => None,
        };
        let says = match what {
            What::Begins(_) => Some(Value::YesNo(true)),
            What::Ends(_) if fact.is_some_and(|fact| fact.ty == Type::YesNo) => Some(Value::YesNo(false)),
            What::Ends(_) => Some(Value::None),
            _ => None,
        };
        let overdue_from = program.header.revise_by.and_then(|day| day.next().ok());
        let grounds: [Option<&Grounds>; 3] =
            [Some(&effect.grounds), branch.map(|branch| &branch.grounds), Some(&rule.grounds)];
        let outcome = Outcome {
            rule: Some(id),
            branch: branch_number,
            effect: effect_number,
            trigger: Cause::Event(0),
            fired: Some(Day::MIN),
            kind: kind(step, effect)?,
            citations: gather(&grounds),
            remarks: Remarks {
                version: rule.in_force.map(|range| range.from),
                revision_overdue_since: overdue_from,
                ..Remarks::default()
            },
            firing: 0,
        };
        let place = place(id, branch_number, effect_number);
        let start = fact.map(start);
        let brings = Brings {
            place,
            what,
            pattern: number,
            of_fact: fact.is_some(),
            says_start: says.is_some() && says == start,
            start: start.filter(|_| says.is_none()),
            overdue_from,
        };
        Some((brings, Pattern { event, outcome }))
    }

    /// What an effect is known to bring, among all that stand in the order of their places.
    #[inline]
    pub(super) fn find<'b>(all: &'b [Brings], brought: &Brought) -> Option<&'b Brings> {
        let place = place(brought.rule, brought.branch, brought.effect);
        let from = all.partition_point(|one| one.place < place);
        let mut same = all.get(from..)?.iter().take_while(|one| one.place == place);
        // A permission is brought for each of its holders.
        same.find(|one| one.what == brought.what)
    }

    /// The number of the pattern and what fills it in for one event; nothing when there is more to be said.
    #[inline]
    pub(super) fn filled(&self, brought: &Brought) -> Option<(usize, Filling)> {
        let Brought { from, through, value, fired, .. } = *brought;
        if matches!(self.what, What::Begins(_))
            && let (Some(first), Some(last)) = (from, through)
            && last < first
        {
            // It never holds, which is odd.
            return None;
        }
        // With a last day it says two things.
        let changes_back = through.is_some_and(|last| last < Day::MAX);
        let filling = Filling {
            value,
            from,
            until: through,
            no_change: match self.start {
                Some(start) => value == Some(start),
                None => self.says_start && !changes_back,
            },
            retroactive: self.of_fact && from.is_some_and(|from| from < fired),
            overdue: self.overdue_from.is_some_and(|from| fired >= from),
        };
        Some((self.pattern, filling))
    }
}

/// A number that is in order of rules, then of branches, then of effects.
fn place(rule: RuleId, branch: u16, effect: u16) -> u64 {
    u64::from(rule.0).rotate_left(32) | u64::from(branch).rotate_left(16) | u64::from(effect)
}

/// What an outcome is, with some day and value wherever it has one.
fn kind(step: &Step, effect: &Effect) -> Option<OutcomeKind> {
    let (from, until) = (step.from.map(|_| Day::MIN), step.through.map(|_| Day::MIN));
    Some(match step.frame.what {
        What::Begins(fact) => OutcomeKind::Begins { fact, of: None, from: from?, until },
        What::Ends(fact) => OutcomeKind::Ends { fact, of: None, on: from? },
        What::Becomes(fact) => OutcomeKind::Becomes { fact, of: None, value: Value::None, from: from? },
        What::May(role, action) => OutcomeKind::Permission { allowed: true, role, action, from, until },
        What::MustNot(role, action) => OutcomeKind::Permission { allowed: false, role, action, from, until },
        What::Finding | What::Note => {
            let (EffectKind::Finding(text) | EffectKind::Note(text)) = &effect.kind else { return None };
            let mild = step.frame.what == What::Note;
            OutcomeKind::Finding { mild, text: words(text), missing: Vec::new() }
        }
        What::Value(result) => OutcomeKind::Value { result, value: Value::None },
        What::Duty(..) => return None,
    })
}

fn effect<'p>(rule: &'p Rule, brought: &Brought) -> Option<(Option<&'p Branch>, &'p Effect)> {
    let place = usize::from(brought.effect);
    match brought.branch.checked_sub(1) {
        None => Some((None, rule.always.get(place)?)),
        Some(branch) => {
            let branch = rule.branches.get(usize::from(branch))?;
            Some((Some(branch), branch.effects.get(place)?))
        }
    }
}

/// What a fact is before anything has been said of it.
fn start(fact: &Fact) -> Value {
    match fact.source {
        FactSource::Set(initial) | FactSource::Taken { initial, .. } => initial,
        _ => Value::Unknown,
    }
}

fn words(text: &Template) -> Words {
    let written = |parts: &[TemplatePart]| {
        let literal = |part: &TemplatePart| match part {
            TemplatePart::Literal(letters) => letters.clone(),
            TemplatePart::Hole(_) => String::new(),
        };
        parts.iter().map(literal).collect::<String>()
    };
    Words::new(written(&text.sv), written(&text.en))
}
