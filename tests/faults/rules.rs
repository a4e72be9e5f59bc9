//! Faults in rules: triggers, requirements, branches, exceptions, versions.

use frist::source::Span;
use frist::syntax::tree::{
    CalendarUnit, DayLiteral, ExprKind, InForce, Requirements, RequirementsOutcome, Rule, Trigger,
    TriggerKind,
};

use super::effects::effects;
use super::expressions::{count, expression};
use super::kind::Kind;
use super::plant::Planter;

/// Offers what can go wrong in a rule; `inherited` is the trigger that an exception has from its rule.
pub fn rule(planter: &mut Planter, rule: &mut Rule, inherited: Option<&Trigger>) {
    let name = rule.name.span;
    if let (Some(exception), Some(trigger)) = (&rule.exception, inherited) {
        let span = exception.span;
        planter.offer(Kind::ExceptionDropped, span, "an ordinary rule of the same trigger", || {
            rule.exception = None;
            rule.trigger = Some(trigger.clone());
        });
    }
    if let Some(range) = &mut rule.in_force {
        in_force(planter, Kind::Version, range);
    }
    if let Some(of) = &mut rule.trigger {
        trigger(planter, of);
    }
    if let Some(condition) = &mut rule.while_ {
        planter.negate(Kind::WhileNegated, condition, "negated");
        expression(planter, condition);
    }
    planter.leave_out(Kind::WhileDropped, name, &mut rule.while_, "without `medan`");
    if let Some(list) = &mut rule.requirements {
        requirements(planter, list);
    }
    for set in &mut rule.lets {
        expression(planter, &mut set.value);
    }
    effects(planter, &mut rule.always, Kind::EffectDropped);
    branches(planter, rule);
}

/// Offers other first and last days.
pub fn in_force(planter: &mut Planter, kind: Kind, range: &mut InForce) {
    let InForce { from, through, .. } = range;
    for of in std::iter::once(from).chain(through) {
        day(planter, kind, of);
    }
}

fn day(planter: &mut Planter, kind: Kind, of: &mut DayLiteral) {
    let span = of.span;
    let others = [(of.day.previous(), "the day before"), (of.day.next(), "the day after")];
    let others: Vec<_> = others.into_iter().filter_map(|(day, what)| Some((day.ok()?, what))).collect();
    planter.change(kind, span, &mut of.day, &others);
}

fn trigger(planter: &mut Planter, trigger: &mut Trigger) {
    let span = trigger.span;
    match &mut trigger.kind {
        TriggerKind::Events { events, where_ } => {
            planter.less_one(Kind::Trigger, events, 1, |event| event.span, "left out");
            narrowed(planter, where_, span);
        }
        TriggerKind::Decided { granted, where_, .. } => {
            let other = !*granted;
            planter.change(Kind::Trigger, span, granted, &[(other, "denied for granted, or the opposite")]);
            narrowed(planter, where_, span);
        }
        TriggerKind::Timer { period, where_, field, .. } => {
            count(planter, period);
            planter.leave_out(Kind::Trigger, span, field, "from the event's own day");
            narrowed(planter, where_, span);
        }
        TriggerKind::Becomes { value, .. } => {
            if let ExprKind::YesNo(yes) = &mut *value.kind {
                let other = !*yes;
                planter.change(Kind::Trigger, span, yes, &[(other, "the opposite")]);
            }
        }
        TriggerKind::PeriodOver(unit) => {
            let other = match unit {
                CalendarUnit::Month => (CalendarUnit::Quarter, "the quarter"),
                CalendarUnit::Week => (CalendarUnit::Month, "the month"),
                _ => (CalendarUnit::Month, "the month"),
            };
            planter.change(Kind::Trigger, span, unit, &[other]);
        }
        TriggerKind::EveryYear { month, day } => {
            let other = if *day > 1 { *day - 1 } else { *day + 1 };
            planter.change(Kind::Trigger, span, day, &[(other, "one day off")]);
            let other = if *month > 1 { *month - 1 } else { *month + 1 };
            planter.change(Kind::Trigger, span, month, &[(other, "one month off")]);
        }
        TriggerKind::OnDay(of) => day(planter, Kind::Trigger, of),
        TriggerKind::Changes { .. } | TriggerKind::Always => {}
    }
}

fn narrowed(planter: &mut Planter, condition: &mut Option<frist::syntax::tree::Expr>, span: Span) {
    if let Some(condition) = condition {
        planter.negate(Kind::Trigger, condition, "`där` negated");
        expression(planter, condition);
    }
    planter.leave_out(Kind::Trigger, span, condition, "without `där`");
}

fn requirements(planter: &mut Planter, list: &mut Requirements) {
    planter.less_one(Kind::RequirementDropped, &mut list.lines, 1, |line| line.span, "left out");
    for line in &mut list.lines {
        planter.negate(Kind::RequirementNegated, &mut line.condition, "negated");
        expression(planter, &mut line.condition);
    }
    let other = match list.outcome {
        RequirementsOutcome::GrantedOrDenied => (RequirementsOutcome::Finding, "a finding"),
        RequirementsOutcome::Finding => (RequirementsOutcome::GrantedOrDenied, "a denial"),
    };
    planter.change(Kind::RequirementsOutcome, list.span, &mut list.outcome, &[other]);
}

fn branches(planter: &mut Planter, rule: &mut Rule) {
    for place in 0..rule.branches.len() {
        if planter.planted {
            return;
        }
        let branch = &mut rule.branches[place];
        let opening = branch.opening;
        if let Some(condition) = &mut branch.condition {
            planter.negate(Kind::BranchNegated, condition, "negated");
            expression(planter, condition);
        }
        for set in &mut branch.lets {
            expression(planter, &mut set.value);
        }
        effects(planter, &mut branch.effects, Kind::EffectDropped);
        planter.offer(Kind::BranchDropped, opening, "left out", || without(rule, place));
        if planter.planted || place + 1 >= rule.branches.len() {
            continue;
        }
        let next = &rule.branches[place + 1];
        let conditions = next.condition.is_some() && rule.branches[place].condition.is_some();
        if conditions {
            planter
                .offer(Kind::BranchOrder, opening, "after the next", || rule.branches.swap(place, place + 1));
        }
        planter.offer(Kind::BranchEffects, opening, "exchanged with the next", || {
            let (before, after) = rule.branches.split_at_mut(place + 1);
            let (one, other) = (&mut before[place], &mut after[0]);
            std::mem::swap(&mut one.effects, &mut other.effects);
            std::mem::swap(&mut one.lets, &mut other.lets);
        });
    }
}

/// Leaves a branch out. An `annars` that is left alone always applies.
fn without(rule: &mut Rule, place: usize) {
    rule.branches.remove(place);
    if rule.branches.first().is_some_and(|first| first.condition.is_none()) {
        let rest = rule.branches.remove(0);
        rule.lets.extend(rest.lets);
        rule.always.extend(rest.effects);
    }
}
