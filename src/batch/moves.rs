//! Moves of a tape: numbers made of others, all of which are known.

use super::graph::{Graph, Kind};
use super::number::NONE;
use super::registers::Turn;
use super::slot::{Numbers, Slot, Worked};
use crate::program::code::{At, Op};
use crate::syntax::tree::{Comparison, Operator};
use crate::time::Day;

/// A number made of others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    what: What,
    a: Slot,
    b: Slot,
    c: Slot,
    pub to: Slot,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Both,
    Either,
    Not,
    /// The second if the first holds, else the third.
    Choose,
    Later,
    Earlier,
    /// The second less the first.
    Difference,
    Sum,
    /// The day after, and the day before.
    Next,
    Last,
    /// The operation itself, by its meaning.
    Itself,
}

const FIRST_DAY: i64 = Day::MIN.number() as i64;
const LAST_DAY: i64 = Day::MAX.number() as i64;

impl Move {
    /// The move that works an operation out.
    pub(super) fn of(graph: &Graph, at: At) -> Option<Move> {
        let (what, a, b, c) = match Turn::of(graph, at) {
            Turn::Compare(comparison, a, b, _) => match comparison {
                Comparison::Equal => (What::Equal, a, b, b),
                Comparison::NotEqual => (What::NotEqual, a, b, b),
                Comparison::Less => (What::Less, a, b, b),
                Comparison::AtMost => (What::AtMost, a, b, b),
                Comparison::Greater => (What::Less, b, a, a),
                Comparison::AtLeast => (What::AtMost, b, a, a),
            },
            Turn::Both(a, b, _) => (What::Both, a, b, b),
            Turn::Either(a, b, _) => (What::Either, a, b, b),
            Turn::Choose(condition, a, b, _) => (What::Choose, condition, a, b),
            Turn::WorkOut(_) => Move::otherwise(graph, at),
        };
        Some(Move { what, a: Slot::of(a)?, b: Slot::of(b)?, c: Slot::of(c)?, to: Slot::of(at)? })
    }

    /// What has no turn of its own.
    fn otherwise(graph: &Graph, at: At) -> (What, At, At, At) {
        let is = |at: At, kind: Kind| graph.kind(at) == kind;
        let alike = |a: At, b: At| is(a, graph.kind(at)) && is(b, graph.kind(at));
        let extreme = |all, what| match graph.several(all) {
            [a, b] if is(*a, Kind::Day) && is(*b, Kind::Day) => (what, *a, *b, *b),
            _ => (What::Itself, at, at, at),
        };
        match graph.op(at) {
            Op::Not(a) if is(a, Kind::YesNo) => (What::Not, a, a, a),
            Op::DayAfter(a) if is(a, Kind::Day) => (What::Next, a, a, a),
            Op::DayBefore(a) if is(a, Kind::Day) => (What::Last, a, a, a),
            Op::LaterOf(all) => extreme(all, What::Later),
            Op::EarlierOf(all) => extreme(all, What::Earlier),
            Op::DaysBetween(a, b) if is(a, Kind::Day) && is(b, Kind::Day) => (What::Difference, a, b, b),
            Op::Arithmetic(Operator::Add, a, b) if alike(a, b) => (What::Sum, a, b, b),
            Op::Arithmetic(Operator::Subtract, a, b) if alike(a, b) => (What::Difference, b, a, a),
            _ => (What::Itself, at, at, at),
        }
    }

    /// What it comes to; nothing when the operation itself must tell.
    #[inline]
    pub(super) fn number(self, numbers: &Numbers) -> Option<i64> {
        let (a, b) = (self.a.get(numbers), self.b.get(numbers));
        Some(match self.what {
            What::Equal => i64::from(a == b),
            What::NotEqual => i64::from(a != b),
            What::Less => i64::from(a < b),
            What::AtMost => i64::from(a <= b),
            What::Both => a & b,
            What::Either => a | b,
            What::Not => a ^ 1,
            What::Choose => {
                let otherwise = self.c.get(numbers);
                if a == 1 { b } else { otherwise }
            }
            What::Later => a.max(b),
            What::Earlier => a.min(b),
            What::Difference => b.checked_sub(a).filter(|number| *number > NONE)?,
            What::Sum => a.checked_add(b).filter(|number| *number > NONE)?,
            What::Next => a.checked_add(1).filter(|day| *day <= LAST_DAY)?,
            What::Last => a.checked_sub(1).filter(|day| *day >= FIRST_DAY)?,
            What::Itself => return None,
        })
    }

    /// Works the operation out by its meaning; nothing when its value is not known.
    #[cold]
    pub(super) fn work_out(self, worked: &mut Worked<'_>) -> Option<()> {
        worked.row().work_out(&[At::from(self.to)])?;
        (self.to.get(worked.numbers) > NONE).then_some(())
    }
}

/// Whether an operation is the day beside a date of the event, which is sooner reckoned than looked up.
pub(super) fn is_beside(graph: &Graph, at: At) -> bool {
    matches!(graph.op(at), Op::DayAfter(date) | Op::DayBefore(date)
        if matches!(graph.op(date), Op::EventDate | Op::Field(_)))
}
