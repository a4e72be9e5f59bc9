//! Operations as texts: equal texts are equal expressions.

use crate::program::ExprId;
use crate::program::code::{At, Op};
use crate::value::Value;

use super::solver::Subjects;

impl Subjects<'_> {
    pub(super) fn op(&self, id: ExprId, at: At) -> Option<Op> {
        self.code.ops(id).get(at.0 as usize).copied()
    }

    pub(super) fn value(&self, id: ExprId, at: At) -> Option<Value> {
        match self.op(id, at) {
            Some(Op::Constant(value)) => Some(value),
            _ => None,
        }
    }

    /// The operations under a place as a text: equal texts are equal expressions.
    pub(super) fn key(&self, id: ExprId, at: At) -> String {
        let Some(op) = self.op(id, at) else { return String::new() };
        let mut key = match op {
            Op::LookBack(place) => match self.code.look_backs.get(place as usize) {
                Some(look) => {
                    let inner = look.where_.map(|condition| self.whole_key(condition)).unwrap_or_default();
                    let since = look.since.map(|at| self.key(id, at)).unwrap_or_default();
                    format!(
                        "{:?} {:?} {:?} {:?} {:?} [{inner}] [{since}]",
                        look.kind, look.event, look.field, look.window, look.group
                    )
                }
                None => String::new(),
            },
            _ => blank(op),
        };
        for operand in op.reads(self.code) {
            key.push('(');
            key.push_str(&self.key(id, operand));
            key.push(')');
        }
        key
    }

    pub(super) fn whole_key(&self, id: ExprId) -> String {
        let last = self.code.ops(id).len().saturating_sub(1);
        self.key(id, At(u16::try_from(last).unwrap_or(0)))
    }
}

/// An operation without its operands.
fn blank(op: Op) -> String {
    let none = At(0);
    let op = match op {
        Op::FactFor(f, _) => Op::FactFor(f, none),
        Op::PreviousFor(f, _) => Op::PreviousFor(f, none),
        Op::ConstantOn(c, _) => Op::ConstantOn(c, none),
        Op::Not(_) => Op::Not(none),
        Op::IsGiven(_) => Op::IsGiven(none),
        Op::IsUnknown(_) => Op::IsUnknown(none),
        Op::Rounded(_, r, u) => Op::Rounded(none, r, u),
        Op::PerOf(_, p) => Op::PerOf(none, p),
        Op::DayOfMonth(n, w, _) => Op::DayOfMonth(n, w, none),
        Op::LastDayOfMonth(_) => Op::LastDayOfMonth(none),
        Op::DayAfter(_) => Op::DayAfter(none),
        Op::DayBefore(_) => Op::DayBefore(none),
        Op::FirstIn(c, _) => Op::FirstIn(c, none),
        Op::Moved(_, d) => Op::Moved(none, d),
        Op::DayOfMonthIs(r, _, n, d) => Op::DayOfMonthIs(r, none, n, d),
        Op::DayIs(_, k) => Op::DayIs(none, k),
        Op::IsEmpty(_) => Op::IsEmpty(none),
        Op::CountIn(_) => Op::CountIn(none),
        Op::And(..) => Op::And(none, none),
        Op::Or(..) => Op::Or(none, none),
        Op::Compare(c, ..) => Op::Compare(c, none, none),
        Op::Arithmetic(o, ..) => Op::Arithmetic(o, none, none),
        Op::After(..) => Op::After(none, none),
        Op::Before(..) => Op::Before(none, none),
        Op::WorkingDays(_, a, _) => Op::WorkingDays(none, a, none),
        Op::LastAtLeastBefore(..) => Op::LastAtLeastBefore(none, none),
        Op::DaysBetween(..) => Op::DaysBetween(none, none),
        Op::DateIs(r, ..) => Op::DateIs(r, none, none),
        Op::In(..) => Op::In(none, none),
        Op::Within(..) => Op::Within(none, none),
        Op::MissingFrom(..) => Op::MissingFrom(none, none),
        Op::Between(..) => Op::Between(none, none, none),
        Op::Choose(..) => Op::Choose(none, none, none),
        Op::AtLeastBefore(..) => Op::AtLeastBefore(none, none, none),
        Op::ClockIs(..) => Op::ClockIs(none, none, none),
        Op::Call(f, _) => return format!("call {}", f.0),
        Op::Answer(t, c, _) => return format!("answer {} {c}", t.0),
        Op::LaterOf(_) => return "later".to_owned(),
        Op::EarlierOf(_) => return "earlier".to_owned(),
        Op::MakeSet(_) => return "set".to_owned(),
        other => other,
    };
    format!("{op:?}")
}
