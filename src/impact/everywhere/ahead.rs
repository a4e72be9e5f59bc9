//! Days that never lie before the day a rule fires, as can be seen from how they are reckoned.

use crate::program::code::{At, Op};
use crate::program::{Duty, EffectKind, ExprId, Limit, Program, Rule};
use crate::syntax::tree::{Direction, WhichMonth};
use crate::value::Value;

/// Whether nothing that happens before a duty arises can meet it: it counts from a day that is not before that.
pub(super) fn counts_ahead(program: &Program, rule: Option<&Rule>, duty: &Duty) -> bool {
    // What follows a missed duty arises after the day that its dates are reckoned from.
    let follows = program.duties.iter().flat_map(|other| &other.failing).any(|effect| match effect.kind {
        EffectKind::Duty(id) => program.duties.get(id.index()).is_some_and(|one| std::ptr::eq(one, duty)),
        _ => false,
    });
    let on = match duty.limit {
        Limit::On(day) => Some(day),
        _ => None,
    };
    !follows && [duty.not_before, on].into_iter().flatten().any(|day| is_ahead(program, rule, day))
}

fn is_ahead(program: &Program, rule: Option<&Rule>, expr: ExprId) -> bool {
    let last = program.code.ops(expr).len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
    last.is_some_and(|last| part_is_ahead(program, rule, expr, At(last)))
}

fn part_is_ahead(program: &Program, rule: Option<&Rule>, expr: ExprId, at: At) -> bool {
    let ahead = |at: At| part_is_ahead(program, rule, expr, at);
    let op = |at: At| program.code.ops(expr).get(usize::from(at.0)).copied();
    let not_negative = |at: At| match op(at) {
        Some(Op::Constant(Value::Period(period))) => period.months >= 0 && period.days >= 0,
        Some(Op::Constant(Value::Count(count))) => count >= 0,
        _ => false,
    };
    match op(at) {
        Some(Op::FireDate) => true,
        Some(Op::Local(local)) => {
            let branches =
                rule.into_iter().flat_map(|rule| rule.branches.iter().flat_map(|branch| &branch.lets));
            let mut lets = rule.into_iter().flat_map(|rule| &rule.lets).chain(branches);
            lets.find(|one| one.local == local).is_some_and(|one| is_ahead(program, rule, one.value))
        }
        Some(Op::After(period, from)) => not_negative(period) && ahead(from),
        Some(Op::WorkingDays(count, true, from)) => not_negative(count) && ahead(from),
        Some(Op::DayOfMonth(_, WhichMonth::Next | WhichMonth::Nth(_), from)) => ahead(from),
        Some(Op::LastDayOfMonth(from) | Op::DayAfter(from) | Op::FirstIn(_, from)) => ahead(from),
        Some(Op::Moved(from, Direction::Next)) => ahead(from),
        Some(Op::LaterOf(operands)) => program.code.operands(operands).iter().any(|at| ahead(*at)),
        Some(Op::Choose(_, one, other)) => ahead(one) && ahead(other),
        _ => false,
    }
}
