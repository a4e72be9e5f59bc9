//! An expression while it is being made flat, and its place among the program's expressions.

use crate::program::code::{At, Code, Op, Operands, Stretch};
use crate::program::{ExprId, Type};
use crate::source::Span;

/// A part of an expression that has been made flat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Its place.
    pub(super) at: At,
    /// Its type; `None` when it is wrong and has been reported.
    pub(super) ty: Option<Type>,
    /// Whether it may be none without anything having asked.
    pub(super) optional: bool,
    /// Where it stands.
    pub(super) span: Span,
}

impl Node {
    /// Whether nothing is wrong with it.
    pub(super) fn is(&self, ty: Type) -> bool {
        self.ty == Some(ty)
    }
}

/// Operations in evaluation order with their spans.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub(super) ops: Vec<Op>,
    pub(super) spans: Vec<Span>,
    /// Set when something in it is wrong.
    pub(super) broken: bool,
}

/// More operations than an expression may have: places are 16 bits.
pub(super) const MOST_OPS: usize = 60_000;

impl Flat {
    /// Adds an operation.
    pub(super) fn push(&mut self, op: Op, span: Span) -> At {
        let at = At(u16::try_from(self.ops.len()).unwrap_or(u16::MAX));
        if self.ops.len() < MOST_OPS {
            self.ops.push(op);
            self.spans.push(span);
        }
        at
    }

    /// Whether it has as many operations as it may.
    pub(super) fn is_full(&self) -> bool {
        self.ops.len() >= MOST_OPS
    }

    /// The operation at a place.
    pub(super) fn op(&self, at: At) -> Option<Op> {
        self.ops.get(at.0 as usize).copied()
    }

    /// Makes it one of the program's expressions.
    pub(super) fn place(self, ty: Type, code: &mut Code) -> ExprId {
        let start = u32::try_from(code.ops.len()).unwrap_or(u32::MAX);
        let len = u16::try_from(self.ops.len()).unwrap_or(u16::MAX);
        code.ops.extend(self.ops);
        code.spans.extend(self.spans);
        let id = ExprId::at(code.expressions.len());
        code.expressions.push(Stretch { start, len, ty });
        id
    }
}

/// Takes in several operands.
pub(super) fn operands(code: &mut Code, places: &[At]) -> Operands {
    let start = u32::try_from(code.operands.len()).unwrap_or(u32::MAX);
    code.operands.extend_from_slice(places);
    Operands { start, len: u16::try_from(places.len()).unwrap_or(u16::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::value::Value;

    #[test]
    fn there_is_room_for_so_many_operations() {
        let mut flat = Flat::default();
        for n in 0..MOST_OPS {
            assert!(!flat.is_full(), "{n}");
            let at = flat.push(Op::Constant(Value::None), Span::new(SourceId(0), 0, 0));
            assert_eq!(usize::from(at.0), n);
        }
        assert!(flat.is_full());
        flat.push(Op::Constant(Value::None), Span::new(SourceId(0), 0, 0));
        assert_eq!((flat.ops.len(), flat.spans.len()), (MOST_OPS, MOST_OPS));
    }
}
