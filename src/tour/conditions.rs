//! The conditions of a rule, taken apart: what they ask, and whether an answer decides by itself.

use crate::program::code::{At, Op};
use crate::program::{ExprId, Program, RuleId, Trigger};
use crate::situations::Shape;
use crate::source::Span;
use crate::syntax::tree::{Comparison, DateRelation};
use crate::value::Value;

/// A condition: of a rule's trigger, `medan`, a requirement, a branch, or of a value that is chosen.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The expression it stands in.
    pub(super) expr: ExprId,
    /// Its place there.
    root: At,
    /// The questions it is put together from by `och`, `eller` and `inte`.
    pub(super) asks: Vec<Question>,
}

/// A question that is put together from no others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    /// Its place in the expression.
    place: At,
    /// Its words.
    pub(super) span: Option<Span>,
    /// It asks on which side of something a day or a number lies.
    pub(super) is_limit: bool,
    /// It compares, so that its answer may change from one day or number to the next.
    pub(super) compares: bool,
    /// Of a numbered day of the month: whether yes turns to no as days pass. Where months meet it turns the other way,
    /// and that is no limit.
    pub(super) ends: Option<bool>,
}

/// The conditions of a rule in the order of their expressions.
pub(super) fn conditions(program: &Program, rule: RuleId) -> Vec<Condition> {
    let Some(shape) = Shape::of(program, rule) else { return Vec::new() };
    // What narrows a timer is judged when it starts, and not seen.
    let unseen = match &shape.rule.trigger {
        Trigger::Timer { where_, .. } => *where_,
        _ => None,
    };
    let mut all = Vec::new();
    for expr in shape.conditions().filter(|expr| Some(*expr) != unseen) {
        let last = program.code.ops(expr).len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
        all.extend(last.and_then(|last| condition(program, expr, At(last))));
    }
    for expr in shape.expressions() {
        for op in program.code.ops(expr) {
            if let Op::Choose(root, ..) = op {
                all.extend(condition(program, expr, *root));
            }
        }
    }
    all
}

fn condition(program: &Program, expr: ExprId, root: At) -> Option<Condition> {
    let ops = program.code.ops(expr);
    let mut asks: Vec<Question> = Vec::new();
    let mut waiting = vec![root];
    while let Some(place) = waiting.pop() {
        match ops.get(usize::from(place.0))? {
            Op::And(a, b) | Op::Or(a, b) => waiting.extend([*b, *a]),
            Op::Not(a) => waiting.push(*a),
            Op::Constant(_) => {}
            op => {
                let span = program.code.spans(expr).get(usize::from(place.0)).copied();
                let is_limit = match op {
                    Op::Compare(comparison, ..) => {
                        !matches!(comparison, Comparison::Equal | Comparison::NotEqual)
                    }
                    Op::DateIs(..)
                    | Op::Between(..)
                    | Op::AtLeastBefore(..)
                    | Op::DayOfMonthIs(..)
                    | Op::ClockIs(..) => true,
                    _ => false,
                };
                let compares = is_limit || matches!(op, Op::Compare(..));
                let ends = match op {
                    Op::DayOfMonthIs(relation, ..) => {
                        Some(matches!(relation, DateRelation::By | DateRelation::Before))
                    }
                    _ => None,
                };
                if asks.iter().all(|known| known.place != place) {
                    asks.push(Question { place, span, is_limit, compares, ends });
                }
            }
        }
    }
    Some(Condition { expr, root, asks })
}

/// An answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Yes or no.
    pub(super) yes: bool,
    /// With the other answer, and all else the same, the condition would have come out otherwise.
    pub(super) alone: bool,
}

impl Condition {
    /// The answers to its questions, given the values of all parts of its expression; nothing for one that is unknown.
    pub(super) fn answers(&self, program: &Program, parts: &[Value]) -> Vec<Option<Answer>> {
        let ops = program.code.ops(self.expr);
        let answer = |question: &Question| {
            let yes = match parts.get(usize::from(question.place.0)) {
                Some(Value::YesNo(yes)) => *yes,
                _ => return None,
            };
            let come_out = |supposed: bool| truth(ops, parts, self.root, question.place, supposed);
            // A no where it would not be known decides, too.
            let alone = come_out(true) != come_out(false);
            Some(Answer { yes, alone })
        };
        self.asks.iter().map(answer).collect()
    }
}

/// What a part comes to when one question is supposed to be answered so.
fn truth(ops: &[Op], parts: &[Value], at: At, question: At, supposed: bool) -> Option<bool> {
    if at == question {
        return Some(supposed);
    }
    let part = |at: At| truth(ops, parts, at, question, supposed);
    match ops.get(usize::from(at.0))? {
        Op::Not(a) => part(*a).map(|yes| !yes),
        Op::And(a, b) => match (part(*a), part(*b)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Op::Or(a, b) => match (part(*a), part(*b)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        _ => match parts.get(usize::from(at.0)) {
            Some(Value::YesNo(yes)) => Some(*yes),
            _ => None,
        },
    }
}
