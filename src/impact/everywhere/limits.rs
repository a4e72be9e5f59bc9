//! Where trying everything that can be tried proves nothing.

use std::collections::BTreeSet;

use crate::program::code::{At, Op};
use crate::program::{ExprId, Forms, Program};
use crate::run::Settings;
use crate::situations::Shape;
use crate::source::Span;

/// Where a rule reads a calendar that has no days.
pub(super) fn missing(program: &Program, settings: &Settings, shape: &Shape<'_>) -> Option<Span> {
    parts(program, shape).into_iter().find_map(|(_, _, op, span)| match op {
        Op::FirstIn(calendar, _) => {
            let days = program.calendars.get(calendar.index()).and_then(|known| known.days.as_ref());
            (days.is_none() && !settings.calendars.contains_key(&calendar)).then_some(span)
        }
        _ => None,
    })
}

/// Where a rule reads a fact for a value of its parameter for which its counterpart does not: a situation has one value
/// for all of them.
pub(super) fn asked_otherwise(
    (old, ours): (&Program, &Shape<'_>),
    (new, theirs): (&Program, &Shape<'_>),
) -> Option<Span> {
    let (was, is) = (asked(old, ours), asked(new, theirs));
    let forms = |all: &[(String, Span)]| all.iter().map(|(form, _)| form.clone()).collect::<BTreeSet<_>>();
    let (known, other) = (forms(&was), forms(&is));
    let mut unlike = is.iter().filter(|(form, _)| !known.contains(form));
    let mut gone = was.iter().filter(|(form, _)| !other.contains(form));
    unlike.next().or(gone.next()).map(|(_, span)| *span)
}

fn asked(program: &Program, shape: &Shape<'_>) -> Vec<(String, Span)> {
    let forms = Forms::of_rule(program, shape.rule);
    let parts = parts(program, shape).into_iter();
    let of = parts.filter(|(_, _, op, _)| matches!(op, Op::FactFor(..) | Op::PreviousFor(..)));
    of.map(|(expr, at, _, span)| (forms.part(expr, at, None), span)).collect()
}

/// Where a rule reckons a day or a value that its counterpart reckons in other words, in a way of which the values and
/// days that were tried are but samples.
pub(super) fn reckoned(
    (old, ours): (&Program, &Shape<'_>),
    (new, theirs): (&Program, &Shape<'_>),
) -> Option<Span> {
    let all = |program, shape: &Shape<'_>| -> Vec<(String, ExprId)> {
        let forms = Forms::of_rule(program, shape.rule);
        let exprs = shape.days().chain(shape.values());
        exprs.map(|expr| (forms.expression(expr), expr)).collect()
    };
    let (was, is) = (all(old, ours), all(new, theirs));
    let own =
        |program: &Program, shape: &Shape<'_>, these: &[(String, ExprId)], others: &[(String, ExprId)]| {
            these.iter().filter(|(form, _)| others.iter().all(|(other, _)| other != form)).find_map(
                |(_, expr)| {
                    let samples = program.code.ops(*expr).iter().any(|op| is_sampled(program, shape, *op));
                    samples.then(|| program.code.span(*expr)).flatten()
                },
            )
        };
    own(old, ours, &was, &is).or_else(|| own(new, theirs, &is, &was))
}

/// Whether an operation makes of values or of given days what their thresholds do not exhaust.
fn is_sampled(program: &Program, shape: &Shape<'_>, op: Op) -> bool {
    let is_date = |ty: crate::program::Type| ty == crate::program::Type::Date;
    match op {
        Op::Arithmetic(..) | Op::Rounded(..) | Op::Call(..) | Op::CountIn(_) | Op::MissingFrom(..) => true,
        Op::Fact(fact) | Op::FactFor(fact, _) => {
            program.facts.get(fact.index()).is_some_and(|fact| is_date(fact.ty))
        }
        Op::Field(slot) => crate::situations::occasions(shape.rule).iter().any(|occasion| {
            let event = occasion.event.and_then(|event| program.events.get(event.index()));
            let place = occasion.place(slot).map(usize::from);
            event.zip(place).and_then(|(event, place)| event.fields.get(place)).is_some_and(|f| is_date(f.ty))
        }),
        Op::LookBack(_) => true,
        Op::Local(local) => shape
            .lets()
            .filter(|one| one.local == local)
            .any(|one| program.code.ops(one.value).iter().any(|op| is_sampled(program, shape, *op))),
        _ => false,
    }
}

/// Every part of every expression of a rule, computed facts included.
fn parts(program: &Program, shape: &Shape<'_>) -> Vec<(ExprId, At, Op, Span)> {
    let mut all = Vec::new();
    let mut waiting = shape.expressions();
    let mut seen = BTreeSet::new();
    while let Some(expr) = waiting.pop() {
        if !seen.insert(expr) {
            continue;
        }
        let ops = program.code.ops(expr).iter().zip(program.code.spans(expr));
        for (place, (op, span)) in (0u16..).zip(ops) {
            all.push((expr, At(place), *op, *span));
            if let Op::Fact(fact) | Op::FactFor(fact, _) = op
                && let Some(crate::program::FactSource::Computed(inner)) =
                    program.facts.get(fact.index()).map(|fact| fact.source)
            {
                waiting.push(inner);
            }
        }
    }
    all
}

/// The questions of interpretation that a rule asks, by name.
pub(super) fn readings(program: &Program, shape: &Shape<'_>) -> BTreeSet<String> {
    let asked = parts(program, shape).into_iter().filter_map(|(_, _, op, _)| match op {
        Op::ReadingIs(reading, _) => program.readings.get(reading.index()),
        _ => None,
    });
    asked.map(|reading| reading.named.name.clone()).collect()
}
