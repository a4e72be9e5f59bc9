//! The values of a rule's graph for one event, as numbers where they have one.

use super::graph::{Graph, Kind};
use super::number::{NONE, UNKNOWN, is_ordered, number, value};
use crate::program::Header;
use crate::program::code::{At, Op, Operands};
use crate::run::{Parts, plain};
use crate::syntax::tree::{Comparison, DateRelation};
use crate::time::Day;
use crate::value::Value;

/// What one event does next with the values of its graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Turn {
    /// Compares two numbers of one kind.
    Compare(Comparison, At, At, At),
    /// Whether both hold.
    Both(At, At, At),
    /// Whether one of two holds.
    Either(At, At, At),
    /// One of two values, by a condition.
    Choose(At, At, At, At),
    /// Works an operation out on values.
    WorkOut(At),
}

impl Turn {
    /// The turn that works an operation out.
    pub(super) fn of(graph: &Graph, at: At) -> Turn {
        let alike = |a: At, b: At| graph.kind(a) == graph.kind(b) && graph.kind(a) != Kind::Other;
        let is = |at: At, kind: Kind| graph.kind(at) == kind;
        match graph.op(at) {
            Op::DateIs(relation, a, b) if is(a, Kind::Day) && is(b, Kind::Day) => {
                let comparison = match relation {
                    DateRelation::By => Comparison::AtMost,
                    DateRelation::NoEarlier => Comparison::AtLeast,
                    DateRelation::Before => Comparison::Less,
                    DateRelation::After => Comparison::Greater,
                };
                Turn::Compare(comparison, a, b, at)
            }
            Op::Compare(comparison, a, b)
                if alike(a, b)
                    && (is_ordered(graph.kind(a))
                        || matches!(comparison, Comparison::Equal | Comparison::NotEqual)) =>
            {
                Turn::Compare(comparison, a, b, at)
            }
            Op::And(a, b) if is(a, Kind::YesNo) && is(b, Kind::YesNo) => Turn::Both(a, b, at),
            Op::Or(a, b) if is(a, Kind::YesNo) && is(b, Kind::YesNo) => Turn::Either(a, b, at),
            Op::Choose(condition, a, b) if is(condition, Kind::YesNo) && alike(a, b) => {
                Turn::Choose(condition, a, b, at)
            }
            _ => Turn::WorkOut(at),
        }
    }
}

/// The values of a graph for one event, as far as they have been worked out.
pub(super) struct Row<'a> {
    pub graph: &'a Graph,
    pub header: &'a Header,
    pub numbers: &'a mut [i64],
    /// The values that have no number.
    pub others: &'a mut [Value],
}

impl Row<'_> {
    /// The number of a value; unknown for one that has none.
    #[inline]
    pub(super) fn number(&self, at: At) -> i64 {
        self.numbers.get(usize::from(at.0)).copied().unwrap_or(UNKNOWN)
    }

    #[inline]
    pub(super) fn set_number(&mut self, at: At, number: i64) {
        if let Some(place) = self.numbers.get_mut(usize::from(at.0)) {
            *place = number;
        }
    }

    /// A value.
    #[inline]
    pub(super) fn get(&self, at: At) -> Value {
        Worked { graph: self.graph, numbers: self.numbers, others: self.others }.value(at)
    }

    /// Sets a value; nothing when it ought to have a number and has none.
    fn set(&mut self, at: At, value: Value) -> Option<()> {
        if self.graph.kind(at) == Kind::Other {
            *self.others.get_mut(usize::from(at.0))? = value;
        } else {
            self.set_number(at, number(value)?);
        }
        Some(())
    }

    /// Takes in an event by what reads its day (`None`) and its fields.
    #[inline]
    pub(super) fn load(&mut self, sources: &[(At, Option<u16>)], date: Day, fields: &[Value]) -> Option<()> {
        for (at, field) in sources {
            match field {
                None => self.set_number(*at, i64::from(date.number())),
                Some(field) => {
                    let value = fields.get(usize::from(*field)).copied().unwrap_or(Value::Unknown);
                    self.set(*at, value)?;
                }
            }
        }
        Some(())
    }

    /// Works out values whose operands are known, in order; nothing when one has no number.
    pub(super) fn work_out(&mut self, order: &[At]) -> Option<()> {
        order.iter().try_for_each(|at| self.work_out_one(*at))
    }

    fn work_out_one(&mut self, at: At) -> Option<()> {
        let worked = Worked { graph: self.graph, numbers: self.numbers, others: self.others };
        let value = plain(self.graph.op(at), self.header, &worked).unwrap_or(Value::Unknown);
        self.set(at, value)
    }

    /// Takes turns, one after the other.
    pub(super) fn take_all(&mut self, turns: &[Turn]) -> Option<()> {
        turns.iter().try_for_each(|turn| self.take(*turn))
    }

    #[inline]
    fn take(&mut self, turn: Turn) -> Option<()> {
        let (at, number) = match turn {
            Turn::Compare(comparison, a, b, at) => (at, compared(comparison, self.number(a), self.number(b))),
            Turn::Both(a, b, at) => match (self.number(a), self.number(b)) {
                (0, _) | (_, 0) => (at, 0),
                (1, 1) => (at, 1),
                _ => (at, UNKNOWN),
            },
            Turn::Either(a, b, at) => match (self.number(a), self.number(b)) {
                (1, _) | (_, 1) => (at, 1),
                (0, 0) => (at, 0),
                _ => (at, UNKNOWN),
            },
            Turn::Choose(condition, a, b, at) => match self.number(condition) {
                1 => (at, self.number(a)),
                0 => (at, self.number(b)),
                _ => return self.work_out_one(at),
            },
            Turn::WorkOut(at) => return self.work_out_one(at),
        };
        self.set_number(at, number);
        Some(())
    }
}

/// Compares two numbers of one kind; unknown when either is unknown or none.
#[inline]
fn compared(comparison: Comparison, a: i64, b: i64) -> i64 {
    if a <= NONE || b <= NONE {
        return UNKNOWN;
    }
    i64::from(match comparison {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::Less => a < b,
        Comparison::AtMost => a <= b,
        Comparison::Greater => a > b,
        Comparison::AtLeast => a >= b,
    })
}

struct Worked<'a> {
    graph: &'a Graph,
    numbers: &'a [i64],
    others: &'a [Value],
}

impl Parts for Worked<'_> {
    #[inline]
    fn value(&self, at: At) -> Value {
        let place = usize::from(at.0);
        match self.graph.kind(at) {
            Kind::Other => self.others.get(place).copied().unwrap_or(Value::Unknown),
            kind => value(kind, self.numbers.get(place).copied().unwrap_or(UNKNOWN)),
        }
    }

    #[inline]
    fn operation(&self, at: At) -> Option<Op> {
        Some(self.graph.op(at))
    }

    #[inline]
    fn several(&self, operands: Operands) -> &[At] {
        self.graph.several(operands)
    }
}
