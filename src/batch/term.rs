//! What must hold for a branch to be taken, part by part: told without parting ways.

use super::once;
use super::plan::RulePlan;
use super::registers::Turn;
use super::slot::{Numbers, Slot};
use crate::program::code::At;
use crate::syntax::tree::Comparison;

/// Something that must hold for a branch to be taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    a: Slot,
    b: Slot,
    /// The bits of the ways in which the first may stand to the second: less, equal, greater.
    relations: u8,
    /// The branch, from 0 in text order.
    pub way: u8,
}

impl Term {
    /// What a condition asks for, each part of its own.
    pub(super) fn add(terms: &mut Vec<Term>, rule: &RulePlan, condition: At, way: u8) -> Option<()> {
        let graph = &rule.graph;
        // What follows from one date is looked up whole.
        let whole = once::source(graph, condition).is_some();
        let (a, b, relations) = match Turn::of(graph, condition) {
            Turn::Both(a, b, _) if !whole => {
                Term::add(terms, rule, a, way)?;
                return Term::add(terms, rule, b, way);
            }
            Turn::Compare(comparison, a, b, _) if !whole => {
                (Slot::of(a)?, Slot::of(b)?, relations(comparison))
            }
            _ => (Slot::of(condition)?, Slot::ONE, relations(Comparison::Equal)),
        };
        terms.push(Term { a, b, relations, way });
        Some(())
    }

    /// The operations that it reads.
    pub(super) fn reads(&self) -> impl Iterator<Item = At> {
        [self.a, self.b].into_iter().filter(|slot| *slot != Slot::ONE).map(At::from)
    }

    /// Whether it holds.
    #[inline]
    pub(super) fn holds(self, numbers: &Numbers) -> bool {
        let (a, b) = (self.a.get(numbers), self.b.get(numbers));
        // None when it is less, one when equal, two when greater.
        let relation = u32::from(a >= b).wrapping_add(u32::from(a > b));
        self.relations.wrapping_shr(relation) & 1 == 1
    }
}

fn relations(comparison: Comparison) -> u8 {
    match comparison {
        Comparison::Less => 0b001,
        Comparison::Equal => 0b010,
        Comparison::Greater => 0b100,
        Comparison::AtMost => 0b011,
        Comparison::NotEqual => 0b101,
        Comparison::AtLeast => 0b110,
    }
}
