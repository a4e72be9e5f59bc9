//! Whether a later date ever gives an earlier first day.

use std::ops::ControlFlow;

use crate::program::code::{At, Op};
use crate::program::{ExprId, FactId, Program, RuleId};
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
    let wanted = Wanted { focus: Focus::Course, ..Wanted::default() };
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
    // What rises with the date step by step needs no trying: another date may stand anywhere.
    let moving = subject.map_or(Needs::DAY, Needs::subject);
    let proved = sweep.judge().is_some_and(|judge| rises_throughout(judge, moving, fact));
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
    if proved {
        all.sampled = None;
    }
    Some(Ok(all))
}

/// Whether the branch taken does not depend on the moving date, and every first day asked about rises with it.
fn rises_throughout(judge: &Judge<'_>, moving: Needs, fact: Option<FactId>) -> bool {
    let shape = judge.shape();
    let strict = judge.program().header.month_policy() == crate::time::MonthPolicy::Strict;
    let mut conditions = shape.narrowed_by.iter().copied().chain(shape.branch_conditions());
    let mut asked = shape.effects.iter().filter(|effect| {
        effect.failing_of.is_none()
            && effect.fact().is_some()
            && fact.is_none_or(|f| effect.fact() == Some(f))
    });
    !strict
        && shape.due.is_none()
        && !conditions.any(|expr| judge.needs(expr).meets(moving))
        && asked.all(|effect| effect.first.is_some_and(|expr| rises(judge, moving, expr)))
}

/// Whether an expression rises, or stays, as a date moves on: it is made of steps each of which does.
fn rises(judge: &Judge<'_>, moving: Needs, expr: ExprId) -> bool {
    let ops = judge.program().code.ops(expr);
    let parts = judge.dependencies().parts(expr);
    let mut known: Vec<bool> = Vec::new();
    for (place, op) in ops.iter().enumerate() {
        let still = |at: At| parts.get(at.0 as usize).is_some_and(|needs| !needs.meets(moving));
        let risen = |at: At| known.get(at.0 as usize).copied().unwrap_or(false);
        let rises = parts.get(place).is_some_and(|needs| !needs.meets(moving))
            || match *op {
                Op::FireDate | Op::EventDate | Op::Field(_) => true,
                Op::After(by, date) | Op::Before(by, date) | Op::LastAtLeastBefore(by, date) => {
                    still(by) && risen(date)
                }
                Op::WorkingDays(by, _, date) => still(by) && risen(date),
                Op::DayOfMonth(_, _, date)
                | Op::LastDayOfMonth(date)
                | Op::DayAfter(date)
                | Op::DayBefore(date)
                | Op::FirstIn(_, date)
                | Op::Moved(date, _) => risen(date),
                Op::LaterOf(dates) | Op::EarlierOf(dates) => {
                    judge.program().code.operands(dates).iter().all(|at| risen(*at))
                }
                Op::Choose(condition, a, b) => still(condition) && risen(a) && risen(b),
                Op::Local(local) => {
                    let named = judge.shape().lets().find(|one| one.local == local);
                    named.is_some_and(|one| self::rises(judge, moving, one.value))
                }
                _ => false,
            };
        known.push(rises);
    }
    known.last().copied().unwrap_or(false)
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
