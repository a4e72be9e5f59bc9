//! Two rules of one trigger: whether they can say different things of one fact from one day, or permit and forbid one
//! thing at once.

use std::ops::ControlFlow;

use crate::program::{EffectKind, Program, Rule, RuleId, Trigger};
use crate::run::Settings;
use crate::situations::{
    Brought, Course, EffectShape, Focus, Ground, Judge, Occasion, Size, TooLarge, Wanted, occasions, together,
};
use crate::source::Span;
use crate::value::Value;

use super::counterexample::describe;
use super::pass::Found;

/// What came of two rules.
pub(super) struct Clash {
    /// The earliest situation in which they contradict each other.
    pub found: Found,
    /// What was gone through.
    pub size: Size,
    /// Where trying was no proof.
    pub sampled: Option<Span>,
}

/// The pairs of rules that one trigger can set off together and that could contradict each other.
pub(super) fn pairs(program: &Program) -> Vec<(RuleId, RuleId)> {
    let mut all = Vec::new();
    for (one, first) in program.rules.iter().enumerate() {
        for (other, second) in program.rules.iter().enumerate().skip(one.saturating_add(1)) {
            if one_trigger(first, second) && !excepted(one, first, other, second) && meet(first, second) {
                let contradict =
                    effects(first).any(|a| effects(second).any(|b| could_contradict(&a.kind, &b.kind)));
                if contradict {
                    all.push((RuleId::at(one), RuleId::at(other)));
                }
            }
        }
    }
    all
}

fn one_trigger(first: &Rule, second: &Rule) -> bool {
    match (&first.trigger, &second.trigger) {
        (Trigger::Events { events: one, .. }, Trigger::Events { events: other, .. }) => {
            one.iter().any(|a| other.iter().any(|b| a.event == b.event))
        }
        (Trigger::Decided { event: a, granted: x, .. }, Trigger::Decided { event: b, granted: y, .. }) => {
            a == b && x == y
        }
        _ => false,
    }
}

fn excepted(one: usize, first: &Rule, other: usize, second: &Rule) -> bool {
    let to = |rule: &Rule, id: usize| {
        rule.exception.as_ref().is_some_and(|exception| exception.to.contains(&RuleId::at(id)))
    };
    to(first, other) || to(second, one)
}

/// Whether there are days on which both are in force.
fn meet(first: &Rule, second: &Rule) -> bool {
    match (first.in_force, second.in_force) {
        (Some(a), Some(b)) => {
            a.through.is_none_or(|last| b.from <= last) && b.through.is_none_or(|last| a.from <= last)
        }
        _ => true,
    }
}

fn effects(rule: &Rule) -> impl Iterator<Item = &crate::program::Effect> {
    rule.always.iter().chain(rule.branches.iter().flat_map(|branch| &branch.effects))
}

fn could_contradict(one: &EffectKind, other: &EffectKind) -> bool {
    use EffectKind::{Applies, Becomes, Ends, Permission};
    match (one, other) {
        (Applies { fact: a, .. }, Ends { fact: b, .. }) | (Ends { fact: a, .. }, Applies { fact: b, .. }) => {
            a == b
        }
        (Becomes { fact: a, .. }, Becomes { fact: b, .. } | Ends { fact: b, .. })
        | (Ends { fact: a, .. }, Becomes { fact: b, .. }) => a == b,
        (
            Permission { roles: r, allowed: x, action: a, .. },
            Permission { roles: s, allowed: y, action: b, .. },
        ) => a == b && x != y && r.iter().any(|role| s.contains(role)),
        _ => false,
    }
}

/// Goes through the situations of two rules.
pub(super) fn clash(
    program: &Program,
    settings: &Settings,
    one: RuleId,
    other: RuleId,
) -> Result<Clash, TooLarge> {
    let mut all = Clash { found: None, size: Size::default(), sampled: None };
    let rules = (program.rules.get(one.index()), program.rules.get(other.index()));
    let (Some(first), Some(second)) = rules else { return Ok(all) };
    for here in occasions(first) {
        for there in occasions(second).into_iter().filter(|there| there.event == here.event) {
            on(program, settings, (one, here), (other, there), &mut all)?;
        }
    }
    Ok(all)
}

fn on(
    program: &Program,
    settings: &Settings,
    one: (RuleId, Occasion<'_>),
    other: (RuleId, Occasion<'_>),
    all: &mut Clash,
) -> Result<(), TooLarge> {
    let (mut ours, mut theirs) =
        (Ground::new(program, settings.clone()), Ground::new(program, settings.clone()));
    let wanted = Wanted { focus: Focus::Brought { values: true }, ..Wanted::default() };
    let sweep = together((&mut ours, &mut theirs), (program, program), (one, other), wanted);
    let Some(sweep) = sweep else { return Ok(()) };
    let mut sweep = match sweep {
        Ok(sweep) => sweep,
        // Where the values they bring make too many situations, one of each is tried.
        Err(_) => {
            all.sampled = all.sampled.or(program.rules.get(one.0.index()).map(|rule| rule.named.span));
            (ours, theirs) = (Ground::new(program, settings.clone()), Ground::new(program, settings.clone()));
            let wanted = Wanted { focus: Focus::Course, ..Wanted::default() };
            match together((&mut ours, &mut theirs), (program, program), (one, other), wanted) {
                Some(sweep) => sweep?,
                None => return Ok(()),
            }
        }
    };
    all.sampled = all.sampled.or(sweep.sampled());
    // Where no day decides whether they apply, combinations in which they do not both are not worth going through.
    let timeless = |judge: &Judge<'_>| {
        let shape = judge.shape();
        let mut asked = shape.narrowed_by.iter().copied().chain(shape.branch_conditions());
        !asked.any(|expr| judge.depends_on_days(expr))
    };
    if sweep.panel().judges().iter().all(timeless) {
        sweep.retain(|judges| match judges {
            [first, second] => {
                let kinds = |judge: &Judge<'_>| -> Vec<EffectKind> {
                    let brought = judge.judged().brought.iter();
                    let effects = brought.filter_map(|one| judge.shape().effects.get(one.effect));
                    effects.map(|effect| effect.effect.kind.clone()).collect()
                };
                let applies = |judge: &Judge<'_>| judge.judged().course == Course::Applies;
                let others = kinds(second);
                let mut own = kinds(first).into_iter();
                applies(first)
                    && applies(second)
                    && own.any(|one| others.iter().any(|other| could_contradict(&one, other)))
            }
            _ => true,
        });
    }
    let size = sweep.each_together(|situation, judges| {
        if let [first, second] = judges
            && let Some((a, b)) = contradiction(first, second)
            && all.found.as_ref().is_none_or(|known| situation.day < known.day)
        {
            let mut found = describe(first, situation, None, None, &[a, b]);
            let more = describe(second, situation, None, None, &[]).given;
            for one in more {
                if found.given.iter().all(|known| known.name != one.name) {
                    found.given.push(one);
                }
            }
            all.found = Some(Box::new(found));
        }
        ControlFlow::Continue(())
    });
    all.size.days = all.size.days.max(size.days);
    all.size.situations = all.size.situations.saturating_add(size.situations);
    all.size.combinations = all.size.combinations.saturating_add(size.combinations);
    Ok(())
}

/// Where two rules contradict each other in the situation that both just judged.
fn contradiction(first: &mut Judge<'_>, second: &mut Judge<'_>) -> Option<(Span, Span)> {
    if first.judged().course != Course::Applies || second.judged().course != Course::Applies {
        return None;
    }
    for a in 0..first.judged().brought.len() {
        for b in 0..second.judged().brought.len() {
            let (one, other) =
                (first.judged().brought.get(a).copied()?, second.judged().brought.get(b).copied()?);
            let shapes = (
                first.shape().effects.get(one.effect)?.clone(),
                second.shape().effects.get(other.effect)?.clone(),
            );
            let follow = shapes.0.failing_of.is_some() || shapes.1.failing_of.is_some();
            if !follow
                && could_contradict(&shapes.0.effect.kind, &shapes.1.effect.kind)
                && differ(first, second, (&shapes.0, one), (&shapes.1, other))
            {
                return Some((shapes.0.effect.span, shapes.1.effect.span));
            }
        }
    }
    None
}

fn differ(
    first: &mut Judge<'_>,
    second: &mut Judge<'_>,
    (one, brought): (&EffectShape<'_>, Brought),
    (other, there): (&EffectShape<'_>, Brought),
) -> bool {
    // Days in common are what permissions contradict each other in.
    if matches!(one.effect.kind, EffectKind::Permission { .. }) {
        let before = |until: Value, first: Value| match (until, first) {
            (Value::Day(until), Value::Day(first)) => until < first,
            _ => false,
        };
        return !before(brought.until, there.first) && !before(there.until, brought.first);
    }
    let (Value::Day(a), Value::Day(b)) = (brought.first, there.first) else { return false };
    if a != b {
        return false;
    }
    let of = |judge: &mut Judge<'_>, shape: &EffectShape<'_>| shape.of.map(|of| judge.value(of));
    if of(first, one) != of(second, other) {
        return false;
    }
    match (one.value, other.value) {
        (Some(x), Some(y)) => {
            let (x, y) = (first.value(x), second.value(y));
            x != y && x != Value::Unknown && y != Value::Unknown
        }
        _ => true,
    }
}
