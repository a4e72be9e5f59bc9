//! Faults in what rules bring: effects and duties.

use frist::syntax::tree::{
    CalendarUnit, Duty, DutyLimit, Effect, EffectKind, EndBound, ExprKind, RecurrenceKind,
};

use super::expressions::{count, expression};
use super::kind::Kind;
use super::plant::Planter;

/// Offers what can go wrong in effects; `dropped` is what it is called when one of them is left out.
pub fn effects(planter: &mut Planter, all: &mut Vec<Effect>, dropped: Kind) {
    planter.less_one(dropped, all, 0, |effect| effect.span, "left out");
    all.iter_mut().for_each(|one| effect(planter, one));
}

fn effect(planter: &mut Planter, effect: &mut Effect) {
    let span = effect.span;
    match &mut effect.kind {
        EffectKind::Applies { from, through, .. } => {
            planter.leave_out(Kind::LastDayDropped, span, through, "without a last day");
            from.iter_mut().chain(through).for_each(|day| expression(planter, day));
        }
        EffectKind::Ends { when, .. } => {
            planter.offer(Kind::EndBound, span, "the other bound", || {
                *when = when.take().map(|when| match when {
                    EndBound::AsOf(day) => EndBound::After(day),
                    EndBound::After(day) => EndBound::AsOf(day),
                });
            });
            if let Some(EndBound::AsOf(day) | EndBound::After(day)) = when {
                expression(planter, day);
            }
        }
        EffectKind::Becomes { value, from, .. } => {
            value.iter_mut().chain(from).for_each(|part| expression(planter, part));
        }
        EffectKind::Duty(of) => duty(planter, of, span),
        EffectKind::Permission { allowed, from, through, .. } => {
            let other = !*allowed;
            planter.change(Kind::Permission, span, allowed, &[(other, "the opposite")]);
            planter.leave_out(Kind::LastDayDropped, span, through, "without a last day");
            from.iter_mut().chain(through).for_each(|day| expression(planter, day));
        }
        EffectKind::Gives { value, .. } => {
            value.iter_mut().for_each(|value| expression(planter, value));
        }
        EffectKind::Granted | EffectKind::Denied(_) | EffectKind::Finding(_) | EffectKind::Note(_) => {}
    }
}

fn duty(planter: &mut Planter, duty: &mut Duty, span: frist::source::Span) {
    planter.less_one(Kind::DutyWho, &mut duty.bearers, 1, |name| name.span, "left out");
    let other = !duty.soft;
    planter.change(Kind::DutyWho, span, &mut duty.soft, &[(other, "`bör` for `ska`, or the opposite")]);
    if let Some(recipients) = &mut duty.recipients {
        if let ExprKind::Set(parts) = &mut *recipients.kind {
            planter.less_one(Kind::DutyWho, parts, 1, |part| part.span, "left out");
        } else {
            expression(planter, recipients);
        }
    }
    pace(planter, duty, span);
    if let Some(day) = &mut duty.not_before {
        expression(planter, day);
    }
    planter.leave_out(Kind::DutyLimit, span, &mut duty.not_before, "without its first day");
    limit(planter, duty, span);
    recurrence(planter, duty);
    let comes_back = duty.recurrence.is_some();
    for met in &mut duty.met_by {
        let place = met.pattern.event.span;
        if let Some(condition) = &mut met.pattern.where_ {
            planter.negate(Kind::DutyMetBy, condition, "negated");
            expression(planter, condition);
        }
        planter.leave_out(Kind::DutyMetBy, place, &mut met.pattern.where_, "without `där`");
        // What comes back is met in each period anew: nothing is too early for it.
        if !comes_back {
            let other = !met.even_earlier;
            planter.change(
                Kind::DutyMetBy,
                place,
                &mut met.even_earlier,
                &[(other, "`även tidigare` or not")],
            );
        }
    }
    planter.less_one(Kind::DutyMetBy, &mut duty.met_by, 0, |met| met.pattern.event.span, "left out");
    ends(planter, duty, span);
    effects(planter, &mut duty.failing, Kind::DutyFailing);
}

fn pace(planter: &mut Planter, duty: &mut Duty, span: frist::source::Span) {
    planter.leave_out(Kind::DutyPace, span, &mut duty.without_delay, "without `omgående`");
    if let Some(place) = duty.no_time_stated {
        planter.offer(Kind::DutyPace, place, "`omgående`", || {
            (duty.without_delay, duty.no_time_stated) = (Some(place), None);
        });
    }
}

fn limit(planter: &mut Planter, duty: &mut Duty, span: frist::source::Span) {
    match &mut duty.limit {
        Some(DutyLimit::By(day) | DutyLimit::On(day)) => expression(planter, day),
        Some(DutyLimit::AtLeastBefore { period, date, .. }) => {
            count(planter, period);
            expression(planter, date);
        }
        Some(DutyLimit::BeforeEvent(_)) | None => {}
    }
    let limit = &mut duty.limit;
    if let Some(DutyLimit::By(_) | DutyLimit::On(_)) = limit {
        planter.offer(Kind::DutyLimit, span, "`den` for `senast`, or the opposite", || {
            *limit = limit.take().map(|limit| match limit {
                DutyLimit::By(day) => DutyLimit::On(day),
                DutyLimit::On(day) => DutyLimit::By(day),
                other => other,
            });
        });
    }
    if limit.is_some() {
        planter.offer(Kind::DutyLimit, span, "`utan angiven tid`", || {
            *limit = None;
            duty.no_time_stated = Some(span);
        });
    }
}

fn recurrence(planter: &mut Planter, duty: &mut Duty) {
    let Some(recurrence) = &mut duty.recurrence else { return };
    let span = recurrence.span;
    match &mut recurrence.kind {
        RecurrenceKind::Times { times, whole, per, .. } => {
            for other in [times.saturating_sub(1), *times + 1] {
                if other > 0 {
                    planter.offer(Kind::Recurrence, span, format!("{other} times"), || *times = other);
                }
            }
            let turned = !*whole;
            planter.change(Kind::Recurrence, span, whole, &[(turned, "whole periods only, or any")]);
            per_another(planter, per, span);
        }
        RecurrenceKind::Amount { amount, per, .. } => {
            expression(planter, amount);
            per_another(planter, per, span);
        }
        RecurrenceKind::AfterLatest { period, event } => {
            count(planter, period);
            planter.leave_out(Kind::Recurrence, span, &mut event.where_, "without `där`");
            if let Some(condition) = &mut event.where_ {
                expression(planter, condition);
            }
        }
    }
}

fn per_another(planter: &mut Planter, per: &mut CalendarUnit, span: frist::source::Span) {
    let other = match per {
        CalendarUnit::Day => (CalendarUnit::Week, "per week"),
        CalendarUnit::Week => (CalendarUnit::Month, "per month"),
        CalendarUnit::Month => (CalendarUnit::Quarter, "per quarter"),
        CalendarUnit::Quarter | CalendarUnit::Year => (CalendarUnit::Month, "per month"),
    };
    planter.change(Kind::Recurrence, span, per, &[other]);
}

fn ends(planter: &mut Planter, duty: &mut Duty, span: frist::source::Span) {
    for condition in [&mut duty.as_long_as, &mut duty.except_while] {
        if let Some(condition) = condition {
            planter.negate(Kind::DutyEnds, condition, "negated");
            expression(planter, condition);
        }
        planter.leave_out(Kind::DutyEnds, span, condition, "left out");
    }
    if let Some(day) = &mut duty.through {
        expression(planter, day);
    }
    for event in &mut duty.falls_away {
        if let Some(condition) = &mut event.where_ {
            expression(planter, condition);
        }
        planter.leave_out(Kind::DutyEnds, event.event.span, &mut event.where_, "without `där`");
    }
    planter.less_one(Kind::DutyEnds, &mut duty.falls_away, 0, |event| event.event.span, "left out");
}
