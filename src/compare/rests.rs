//! What a day rests on: the trigger's own day alone, or something besides.

use crate::program::code::{At, Op};
use crate::program::{ExprId, Program};
use crate::situations::{Judge, Needs};
use crate::time::{Day, MonthPolicy, plus_months};
use crate::value::Value;

use super::{Distance, When};
use crate::Words;

/// What an expression rests on, with questions of interpretation answered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rests {
    /// The subjects, and the trigger's day.
    pub needs: Needs,
    /// It counts in months.
    pub months: bool,
}

impl Rests {
    /// What an expression rests on; `last_day` gives the last day of the duty that it follows when missed. The judge has
    /// been set on a day.
    pub fn of(program: &Program, judge: &mut Judge<'_>, expr: ExprId, last_day: Option<ExprId>) -> Rests {
        let mut rests = Rests::default();
        let mut waiting: Vec<ExprId> = vec![expr];
        let mut seen: Vec<ExprId> = Vec::new();
        while let Some(expr) = waiting.pop() {
            if !seen.contains(&expr) {
                seen.push(expr);
                rests.read(program, judge, expr, last_day, &mut waiting);
            }
        }
        rests
    }

    /// Reads one expression; those that it refers to come to wait.
    fn read(
        &mut self,
        program: &Program,
        judge: &mut Judge<'_>,
        expr: ExprId,
        last_day: Option<ExprId>,
        waiting: &mut Vec<ExprId>,
    ) {
        let ops = program.code.ops(expr);
        let last = ops.len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
        let mut parts: Vec<At> = last.map(At).into_iter().collect();
        while let Some(at) = parts.pop() {
            let place = usize::from(at.0);
            let Some(op) = ops.get(place).copied() else { continue };
            let needs = judge.dependencies().parts(expr).get(place).copied().unwrap_or_default();
            match op {
                Op::Choose(condition, then, otherwise) => {
                    let part = usize::from(condition.0);
                    let settled = judge.dependencies().parts(expr).get(part) == Some(&Needs::default());
                    match judge.part(expr, part) {
                        Value::YesNo(true) if settled => parts.push(then),
                        Value::YesNo(false) if settled => parts.push(otherwise),
                        _ => parts.extend([condition, then, otherwise]),
                    }
                }
                Op::FireDate => match judge.shape().due {
                    Some(due) => waiting.push(due),
                    None => self.needs = self.needs.and(needs),
                },
                Op::LastDay => waiting.extend(last_day),
                Op::Local(local) => {
                    let value = judge.shape().lets().find(|one| one.local == local).map(|one| one.value);
                    waiting.extend(value);
                }
                Op::Constant(Value::Period(period)) => self.months |= period.months != 0,
                Op::ConstantNow(_) => {
                    self.needs = self.needs.and(needs);
                    let value = judge.part(expr, place);
                    self.months |= matches!(value, Value::Period(period) if period.months != 0);
                }
                // What these read they also need: it cannot be told apart any further.
                Op::LookBack(_) | Op::Answer(..) | Op::Call(..) => self.needs = self.needs.and(needs),
                op => {
                    let read = op.reads(&program.code);
                    if read.is_empty() {
                        self.needs = self.needs.and(needs);
                    }
                    parts.extend(read);
                }
            }
        }
    }

    /// Whether nothing but the trigger's day matters.
    pub fn follows(self) -> bool {
        self.needs.within(Needs::DAY)
    }
}

/// How far a day lies from another.
pub(super) fn distance(from: Day, to: Day, in_months: bool, policy: MonthPolicy) -> Distance {
    let days = from.days_until(to);
    let years = i64::from(to.year()).saturating_sub(from.year().into());
    let months =
        years.saturating_mul(12).saturating_add(to.month().into()).saturating_sub(from.month().into());
    let whole = (in_months && months > 0)
        .then(|| plus_months(from, months, policy).ok())
        .flatten()
        .filter(|landing| landing.day == to);
    Distance { days, months: whole.and(i32::try_from(months).ok()) }
}

/// A day, as far as the trigger's day settles it: `value` is what it came to.
pub(super) fn when(rests: Rests, value: Value, on: Day, policy: MonthPolicy, written: Words) -> When {
    match value {
        Value::Day(day) if rests.needs == Needs::default() => When::Fixed(day),
        Value::Day(day) if rests.follows() => When::Follows(day, distance(on, day, rests.months, policy)),
        _ => When::Written(written),
    }
}
