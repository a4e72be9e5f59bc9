//! Whether a later date ever gives an earlier first day.

use std::ops::ControlFlow;

use crate::program::{FactId, Program, RuleId};
use crate::run::Settings;
use crate::situations::{Course, Focus, Ground, Judge, Needs, Occasion, Size, TooLarge, Wanted, What};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;

use super::counterexample::describe;
use super::pass::Found;

/// What came of moving a date.
pub(super) struct Moved {
    /// The earliest later date that gives an earlier first day.
    pub found: Found,
    /// What was gone through.
    pub size: Size,
    /// Where trying was no proof.
    pub sampled: Option<Span>,
}

/// Moves the day of the event, everything else being equal; or one of its fields, by its place among those the event
/// declares.
pub(super) fn moved(
    program: &Program,
    settings: &Settings,
    rule: RuleId,
    occasion: Occasion<'_>,
    field: Option<u16>,
    fact: Option<FactId>,
) -> Option<Result<Moved, TooLarge>> {
    let mut ground = Ground::new(program, settings.clone());
    let wanted = Wanted { focus: Focus::Course, unknown: false };
    let mut sweep = match ground.sweep(program, rule, occasion, wanted)? {
        Ok(sweep) => sweep,
        Err(too_large) => return Some(Err(too_large)),
    };
    let mut all = Moved { found: None, size: Size::default(), sampled: sweep.sampled() };
    let days = sweep.days();
    let subject = field.and_then(|field| {
        let place = occasion.place(field)?;
        sweep.judge()?.subjects().iter().position(|subject| subject.what == What::Field(place))
    });
    match (field, subject, days) {
        // The field plays no part, or there is no day: nothing can move.
        (Some(_), None, _) | (_, _, None) => {}
        (Some(_), Some(subject), Some(days)) => {
            let cells = sweep.cells().to_vec();
            let judge = sweep.judge()?;
            // Where the event's own day plays a part beside the field, each is tried against the other nearby.
            let alone = stands_alone(judge, subject);
            if !alone {
                all.sampled = all.sampled.or(judge.subjects().get(subject).map(|subject| subject.span));
            }
            let offsets: &[i64] = if alone { &[0] } else { &[-400, -100, -31, -1, 0, 1, 31, 100, 400] };
            all.size.days = u64::try_from(days.from.days_until(days.through)).unwrap_or(0).saturating_add(1);
            all.size.combinations = cells.len() as u64;
            for (number, cell) in cells.iter().enumerate() {
                for offset in offsets {
                    let mut values = cell.values.clone();
                    for (place, value) in values.iter().enumerate() {
                        judge.suppose(place, *value);
                    }
                    let mut last: Option<Day> = None;
                    let mut next = Some(days.from);
                    while let Some(day) = next.filter(|day| *day <= days.through) {
                        next = day.next().ok();
                        let Ok(fires) = day.plus_days(*offset) else { continue };
                        judge.suppose(subject, Value::Day(day));
                        if let Some(slot) = values.get_mut(subject) {
                            *slot = Value::Day(day);
                        }
                        judge.judge(if alone { days.from } else { fires });
                        all.size.situations = all.size.situations.saturating_add(1);
                        let situation = crate::situations::Situation {
                            day: if alone { days.from } else { fires },
                            values: &values,
                            cell: number,
                            stands_for: 1,
                        };
                        step(judge, &situation, fact, &mut last, &mut all.found);
                    }
                }
            }
        }
        (None, _, Some(_)) => {
            // Another date that is compared with the event's own stays where it is while that one moves.
            let days = sweep.judge()?.dependencies().days;
            let shape = sweep.judge()?.shape().clone();
            let judge = sweep.judge()?;
            let given = Needs(days.0 & !Needs::DAY.0);
            let also = shape.days().chain(shape.conditions()).any(|expr| judge.needs(expr).meets(given));
            if also {
                all.sampled = all.sampled.or(Some(shape.rule.named.span));
            }
            let mut last: Option<Day> = None;
            let mut cell = usize::MAX;
            let mut held: Vec<Value> = Vec::new();
            all.size = sweep.each(|situation, judge| {
                if cell != situation.cell || (also && held != situation.values) {
                    (cell, last) = (situation.cell, None);
                    held = situation.values.to_vec();
                }
                step(judge, situation, fact, &mut last, &mut all.found);
                ControlFlow::Continue(())
            });
        }
    }
    Some(Ok(all))
}

/// Compares the first day with that of the date before.
fn step(
    judge: &Judge<'_>,
    situation: &crate::situations::Situation<'_>,
    fact: Option<FactId>,
    last: &mut Option<Day>,
    found: &mut Found,
) {
    let judged = judge.judged();
    if judged.course != Course::Applies {
        return;
    }
    let shape = judge.shape();
    for one in &judged.brought {
        let Some(effect) = shape.effects.get(one.effect).filter(|effect| effect.failing_of.is_none()) else {
            continue;
        };
        let asked = effect.fact().is_some() && fact.is_none_or(|fact| effect.fact() == Some(fact));
        let (true, Value::Day(first)) = (asked, one.first) else { continue };
        if let Some(before) = last.filter(|before| first < *before)
            && found.as_ref().is_none_or(|known| situation.day < known.day)
        {
            let span = effect.effect.span;
            *found = Some(Box::new(describe(judge, situation, Some(first), Some(before), &[span])));
        }
        *last = Some(last.map_or(first, |before| before.max(first)));
        return;
    }
}

/// Whether conditions and days depend on a field and on no other day.
fn stands_alone(judge: &Judge<'_>, subject: usize) -> bool {
    let days = judge.dependencies().days;
    let others = Needs(days.0 & !Needs::subject(subject).0);
    let shape = judge.shape();
    !shape.days().chain(shape.conditions()).any(|expr| judge.needs(expr).meets(others))
}
