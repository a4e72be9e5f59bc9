//! Lanes: the values of one operation for a stretch of rows, as plain numbers.

use super::columns::{Column, Filled};
use super::graph::{Graph, Kind};
use super::number::{
    NONE, SMALL_NONE, SMALL_UNKNOWN, UNKNOWN, is_ordered, is_wide, narrow, number, value, widen,
};
use crate::program::Header;
use crate::program::code::{At, Op, Operands};
use crate::run::{Parts, plain};
use crate::syntax::tree::{Comparison, DateRelation, Operator};
use crate::value::Value;

/// How many rows are worked out together: so few that the lanes of a rule stay in the nearest memory.
pub(super) const STRETCH: usize = 1024;

/// The numbers of a lane.
#[derive(Clone, Debug)]
pub(super) enum Numbers {
    /// Days, yes or no, values of enumerations, roles.
    Small(Vec<i32>),
    /// Whole numbers.
    Wide(Vec<i64>),
}

/// The values of one operation.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub numbers: Numbers,
    /// Whether some may be unknown or none.
    pub gaps: bool,
}

impl Lane {
    /// A lane of unknowns.
    pub(super) fn new(kind: Kind) -> Lane {
        let numbers = if is_wide(kind) {
            Numbers::Wide(vec![UNKNOWN; STRETCH])
        } else {
            Numbers::Small(vec![SMALL_UNKNOWN; STRETCH])
        };
        Lane { numbers, gaps: true }
    }

    /// The small numbers; none of a lane of whole numbers.
    pub(super) fn small(&self) -> &[i32] {
        match &self.numbers {
            Numbers::Small(values) => values,
            Numbers::Wide(_) => &[],
        }
    }

    /// The whole numbers; none of a lane of small ones.
    pub(super) fn wide(&self) -> &[i64] {
        match &self.numbers {
            Numbers::Wide(values) => values,
            Numbers::Small(_) => &[],
        }
    }

    /// Takes small numbers that are all values.
    pub(super) fn fill(&mut self, numbers: &[i32]) -> Option<()> {
        self.fill_with(numbers, |number| *number)
    }

    /// Takes what small numbers are made of; all are values.
    pub(super) fn fill_with<T>(&mut self, from: &[T], number: impl Fn(&T) -> i32) -> Option<()> {
        let own = first(self, from.len())?;
        for (own, from) in own.iter_mut().zip(from) {
            *own = number(from);
        }
        self.gaps = false;
        Some(())
    }

    /// The value of a row.
    pub(super) fn value(&self, kind: Kind, row: usize) -> Value {
        let number = match &self.numbers {
            Numbers::Small(small) => small.get(row).map(|small| widen(*small)),
            Numbers::Wide(wide) => wide.get(row).copied(),
        };
        value(kind, number.unwrap_or(UNKNOWN))
    }

    /// Sets the value of a row; nothing when it has no number.
    pub(super) fn set(&mut self, row: usize, value: Value) -> Option<()> {
        let number = number(value)?;
        match &mut self.numbers {
            Numbers::Small(small) => *small.get_mut(row)? = narrow(number)?,
            Numbers::Wide(wide) => *wide.get_mut(row)? = number,
        }
        Some(())
    }
}

/// Whether a lane has a value in every one of the first rows.
pub(super) fn is_whole(lane: &Lane, rows: usize) -> bool {
    match &lane.numbers {
        Numbers::Small(values) => values.iter().take(rows).all(|value| *value > SMALL_NONE),
        Numbers::Wide(values) => values.iter().take(rows).all(|value| *value > NONE),
    }
}

/// A lane with one value in every row.
pub(super) fn constant(kind: Kind, value: Value) -> Lane {
    let mut lane = Lane::new(kind);
    let filled = (0..STRETCH).try_for_each(|row| lane.set(row, value));
    lane.gaps = filled.is_none() || !is_whole(&lane, STRETCH);
    lane
}

/// Takes a stretch of a column into a lane.
pub(super) fn load(filled: &Result<Filled, Value>, lane: &mut Lane, start: usize, rows: usize) -> Option<()> {
    let stretch = start..start.checked_add(rows)?;
    match filled {
        Ok(Filled { column: Column::Days(days), valid: None, .. }) => lane.fill(days.get(stretch)?),
        Ok(Filled { column: Column::Whole(whole), valid: None, .. }) => {
            let Numbers::Wide(own) = &mut lane.numbers else { return None };
            own.get_mut(..rows)?.copy_from_slice(whole.get(stretch)?);
            lane.gaps = false;
            Some(())
        }
        Ok(Filled { column: Column::YesNo(yes), valid: None, .. }) => {
            lane.fill_with(yes.get(stretch)?, |yes| i32::from(*yes))
        }
        Ok(Filled { column: Column::Choices(all) | Column::Roles(all), valid: None, .. }) => {
            lane.fill_with(all.get(stretch)?, |number| i32::from(*number))
        }
        Ok(filled) => {
            for (place, row) in stretch.enumerate() {
                lane.set(place, filled.value(row))?;
            }
            lane.gaps = !is_whole(lane, rows);
            Some(())
        }
        Err(value) => {
            for place in 0..rows {
                lane.set(place, *value)?;
            }
            lane.gaps = !is_whole(lane, rows);
            Some(())
        }
    }
}

/// The lanes of a rule.
pub(super) struct Lanes<'a> {
    pub graph: &'a Graph,
    pub header: &'a Header,
    pub lanes: Vec<Lane>,
}

impl Lanes<'_> {
    pub(super) fn get(&self, at: At) -> Option<&Lane> {
        self.lanes.get(usize::from(at.0))
    }

    /// Works out an operation for the first rows; nothing when a value has no number.
    pub(super) fn work_out(&mut self, at: At, rows: usize) -> Option<()> {
        let (before, rest) = self.lanes.split_at_mut_checked(usize::from(at.0))?;
        let own = rest.first_mut()?;
        let op = self.graph.op(at);
        if quick(op, self.graph, before, own, rows).is_some() {
            own.gaps = false;
            return Some(());
        }
        for row in 0..rows {
            let one = One { graph: self.graph, lanes: before, row };
            let value = plain(op, self.header, &one)?;
            own.set(row, value)?;
        }
        own.gaps = !is_whole(own, rows);
        Some(())
    }
}

/// The operation without a look at each row's value: for operands that all have one.
fn quick(op: Op, graph: &Graph, lanes: &[Lane], own: &mut Lane, rows: usize) -> Option<()> {
    let lane = |at: At| lanes.get(usize::from(at.0)).filter(|lane| !lane.gaps);
    let alike = |a: At, b: At| graph.kind(a) == graph.kind(b);
    match op {
        Op::DateIs(relation, a, b) => {
            let (a, b) = (lane(a)?.small(), lane(b)?.small());
            let out = first(own, rows)?;
            match relation {
                DateRelation::By => pairs(out, a, b, |a, b| i32::from(a <= b)),
                DateRelation::NoEarlier => pairs(out, a, b, |a, b| i32::from(a >= b)),
                DateRelation::Before => pairs(out, a, b, |a, b| i32::from(a < b)),
                DateRelation::After => pairs(out, a, b, |a, b| i32::from(a > b)),
            }
        }
        Op::Compare(comparison, a, b) if alike(a, b) => {
            if !is_ordered(graph.kind(a)) && !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                return None;
            }
            let (a, b) = (lane(a)?, lane(b)?);
            let out = first(own, rows)?;
            match (&a.numbers, &b.numbers) {
                (Numbers::Small(a), Numbers::Small(b)) => compare(out, a, b, comparison),
                (Numbers::Wide(a), Numbers::Wide(b)) => compare(out, a, b, comparison),
                _ => return None,
            }
        }
        Op::And(a, b) => pairs(first(own, rows)?, lane(a)?.small(), lane(b)?.small(), |a, b| a & b),
        Op::Or(a, b) => pairs(first(own, rows)?, lane(a)?.small(), lane(b)?.small(), |a, b| a | b),
        Op::Not(a) => {
            let a = lane(a)?.small();
            pairs(first(own, rows)?, a, a, |a, _| i32::from(a == 0));
        }
        Op::LaterOf(all) | Op::EarlierOf(all) => {
            let latest = matches!(op, Op::LaterOf(_));
            let [a, b] = graph.several(all) else { return None };
            let (a, b) = (lane(*a)?.small(), lane(*b)?.small());
            pairs(first(own, rows)?, a, b, |a, b| if latest { a.max(b) } else { a.min(b) });
        }
        Op::Choose(condition, then, otherwise) if alike(then, otherwise) => {
            let condition = lane(condition)?.small();
            let (a, b) = (lane(then)?, lane(otherwise)?);
            match (&mut own.numbers, &a.numbers, &b.numbers) {
                (Numbers::Small(out), Numbers::Small(a), Numbers::Small(b)) => {
                    choose(out.get_mut(..rows)?, condition, a, b);
                }
                (Numbers::Wide(out), Numbers::Wide(a), Numbers::Wide(b)) => {
                    choose(out.get_mut(..rows)?, condition, a, b);
                }
                _ => return None,
            }
        }
        Op::DaysBetween(a, b) => {
            let (a, b) = (lane(a)?.small(), lane(b)?.small());
            let Numbers::Wide(out) = &mut own.numbers else { return None };
            for ((out, a), b) in out.get_mut(..rows)?.iter_mut().zip(a).zip(b) {
                *out = i64::from(*b).wrapping_sub(i64::from(*a));
            }
        }
        Op::Arithmetic(operator @ (Operator::Add | Operator::Subtract), a, b) if alike(a, b) => {
            let (a, b) = (lane(a)?.wide(), lane(b)?.wide());
            let Numbers::Wide(out) = &mut own.numbers else { return None };
            let mut sound = true;
            for ((out, a), b) in out.get_mut(..rows)?.iter_mut().zip(a).zip(b) {
                let (sum, over) = match operator {
                    Operator::Add => a.overflowing_add(*b),
                    _ => a.overflowing_sub(*b),
                };
                sound &= !over & (sum > NONE);
                *out = sum;
            }
            if !sound {
                return None;
            }
        }
        _ => return None,
    }
    Some(())
}

/// The first rows of a lane of small numbers.
fn first(lane: &mut Lane, rows: usize) -> Option<&mut [i32]> {
    match &mut lane.numbers {
        Numbers::Small(values) => values.get_mut(..rows),
        Numbers::Wide(_) => None,
    }
}

fn pairs(out: &mut [i32], a: &[i32], b: &[i32], of: impl Fn(i32, i32) -> i32) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = of(*a, *b);
    }
}

fn choose<T: Copy>(out: &mut [T], condition: &[i32], then: &[T], otherwise: &[T]) {
    for (((out, condition), then), otherwise) in out.iter_mut().zip(condition).zip(then).zip(otherwise) {
        *out = if *condition == 1 { *then } else { *otherwise };
    }
}

fn compare<T: Copy + Ord>(out: &mut [i32], a: &[T], b: &[T], comparison: Comparison) {
    fn each<T: Copy>(out: &mut [i32], a: &[T], b: &[T], holds: impl Fn(T, T) -> bool) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = i32::from(holds(*a, *b));
        }
    }
    match comparison {
        Comparison::Equal => each(out, a, b, |a, b| a == b),
        Comparison::NotEqual => each(out, a, b, |a, b| a != b),
        Comparison::Less => each(out, a, b, |a, b| a < b),
        Comparison::AtMost => each(out, a, b, |a, b| a <= b),
        Comparison::Greater => each(out, a, b, |a, b| a > b),
        Comparison::AtLeast => each(out, a, b, |a, b| a >= b),
    }
}

/// The values of one row.
struct One<'a> {
    graph: &'a Graph,
    lanes: &'a [Lane],
    row: usize,
}

impl Parts for One<'_> {
    fn value(&self, at: At) -> Value {
        match self.graph.constant(at) {
            Some(value) => value,
            None => {
                let lane = self.lanes.get(usize::from(at.0));
                lane.map_or(Value::Unknown, |lane| lane.value(self.graph.kind(at), self.row))
            }
        }
    }

    fn operation(&self, at: At) -> Option<Op> {
        Some(self.graph.op(at))
    }

    fn several(&self, operands: Operands) -> &[At] {
        self.graph.several(operands)
    }
}
