//! Expressions: from the tree to flat operations, with types judged on the way.

use crate::diagnostics::types as report;
use crate::program::code::{At, Op};
use crate::program::{ExprId, Type};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind};
use crate::value::Value;

use super::flat::{Flat, Node};
use super::scope::Scope;
use super::state::Checker;

/// The type that a place asks for, and what says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    pub(super) ty: Type,
    pub(super) because: Option<Span>,
}

impl Want {
    /// A type that the construct itself asks for.
    pub(super) fn just(ty: Type) -> Want {
        Want { ty, because: None }
    }

    /// A type that a declaration or another operand asks for.
    pub(super) fn from(ty: Type, because: Span) -> Want {
        Want { ty, because: Some(because) }
    }
}

/// An expression that is in its place in the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lowered {
    pub(super) id: ExprId,
    pub(super) ty: Type,
    pub(super) optional: bool,
}

/// One expression being made flat.
pub(super) struct Lower<'c, 'a> {
    pub(super) c: &'c mut Checker<'a>,
    pub(super) scope: &'c Scope,
    pub(super) flat: Flat,
    /// Optional values known to be given where the work stands.
    pub(super) given: Vec<String>,
    /// Whether an enclosing rounding takes care of what does not come out even.
    pub(super) rounded: bool,
}

impl<'a> Checker<'a> {
    /// Makes an expression flat with a function that builds its result.
    pub(super) fn build(
        &mut self,
        scope: &Scope,
        span: Span,
        make: impl FnOnce(&mut Lower<'_, 'a>) -> Node,
    ) -> Option<Lowered> {
        let given = scope.given.clone();
        let mut lower = Lower { c: self, scope, flat: Flat::default(), given, rounded: false };
        let node = make(&mut lower);
        let flat = lower.flat;
        if flat.is_full() {
            self.report(report::too_large(span));
            return None;
        }
        let Some(ty) = node.ty.filter(|_| !flat.broken) else {
            // What is wrong may lie elsewhere: a field of no known type. The rule is not sound all the same.
            self.said();
            return None;
        };
        let id = flat.place(ty, &mut self.out.code);
        Some(Lowered { id, ty, optional: node.optional })
    }

    /// An expression of a wanted type.
    pub(super) fn expression(&mut self, scope: &Scope, e: &Expr, want: Option<Want>) -> Option<Lowered> {
        self.build(scope, e.span, |lower| match want {
            Some(want) => lower.fitted(e, want),
            None => lower.node(e, None),
        })
    }

    /// A condition.
    pub(super) fn condition(&mut self, scope: &Scope, e: &Expr) -> Option<ExprId> {
        self.build(scope, e.span, |lower| lower.used(e, Want::just(Type::YesNo))).map(|lowered| lowered.id)
    }

    /// A date that must be there.
    pub(super) fn date(&mut self, scope: &Scope, e: &Expr) -> Option<ExprId> {
        self.build(scope, e.span, |lower| lower.used(e, Want::just(Type::Date))).map(|lowered| lowered.id)
    }

    /// A last day: moved to a working day if the header says so.
    pub(super) fn last_day(&mut self, scope: &Scope, e: &Expr) -> Option<ExprId> {
        self.build(scope, e.span, |lower| lower.last_day(e)).map(|lowered| lowered.id)
    }
}

impl Lower<'_, '_> {
    /// Adds an operation whose result has a type.
    pub(super) fn push(&mut self, op: Op, ty: Type, span: Span) -> Node {
        Node { at: self.flat.push(op, span), ty: Some(ty), optional: false, span }
    }

    /// Stands in for a part that is wrong and has been reported.
    pub(super) fn broken(&mut self, span: Span) -> Node {
        self.flat.broken = true;
        Node { at: self.flat.push(Op::Constant(Value::Unknown), span), ty: None, optional: false, span }
    }

    /// A value as it stands.
    pub(super) fn constant(&mut self, value: Value, ty: Type, span: Span) -> Node {
        self.push(Op::Constant(value), ty, span)
    }

    /// The value of a part, if it is a value as it stands.
    pub(super) fn value_at(&self, at: At) -> Option<Value> {
        match self.flat.op(at) {
            Some(Op::Constant(value)) => Some(value),
            _ => None,
        }
    }

    /// An expression; `hint` helps to find enumeration values and to read numbers.
    pub(super) fn node(&mut self, e: &Expr, hint: Option<Want>) -> Node {
        // A rounding reaches the arithmetic under it, not what stands inside calls and tests.
        let reaches = matches!(&*e.kind, ExprKind::Arithmetic(..) | ExprKind::Conditional(..));
        let before = self.rounded;
        self.rounded = before && reaches;
        let node = self.node_of(e, hint);
        self.rounded = before;
        node
    }

    fn node_of(&mut self, e: &Expr, hint: Option<Want>) -> Node {
        let span = e.span;
        match &*e.kind {
            ExprKind::Day(day) => self.constant(Value::Day(*day), Type::Date, span),
            ExprKind::Moment(moment) => self.constant(Value::Moment(*moment), Type::Moment, span),
            ExprKind::Clock(clock) => self.constant(Value::Clock(*clock), Type::Clock, span),
            ExprKind::YesNo(yes) => self.constant(Value::YesNo(*yes), Type::YesNo, span),
            ExprKind::Number(text) => self.number(text, span),
            ExprKind::Quantity(parts) => match self.c.quantity(parts, span) {
                Some((value, ty)) => self.constant(value, ty, span),
                None => self.broken(span),
            },
            ExprKind::Text(letters) => {
                let id = self.c.out.pool.text(&letters.text);
                self.constant(Value::Text(id), Type::Text, span)
            }
            ExprKind::Nothing => Node { optional: true, ..self.constant(Value::None, Type::Nothing, span) },
            ExprKind::Conditional(value, condition, other) => {
                self.conditional(value, condition, other, hint, span)
            }
            ExprKind::Rate(..)
            | ExprKind::Set(_)
            | ExprKind::AllOf(_)
            | ExprKind::In(..)
            | ExprKind::MissingFrom(..)
            | ExprKind::IsEmpty(_)
            | ExprKind::CountIn(_) => self.set(e, hint),
            ExprKind::Date
            | ExprKind::EventsDate
            | ExprKind::LastDay
            | ExprKind::EffectiveDay(_)
            | ExprKind::Recipient
            | ExprKind::Bearer
            | ExprKind::Name(_)
            | ExprKind::EventsField(_)
            | ExprKind::Current(_)
            | ExprKind::Previous(_)
            | ExprKind::FactFor(_)
            | ExprKind::ConstantOn(..)
            | ExprKind::Call(..)
            | ExprKind::Answer(..) => self.reference(e, hint),
            ExprKind::Not(_)
            | ExprKind::And(..)
            | ExprKind::Or(..)
            | ExprKind::Compare(..)
            | ExprKind::Between(..)
            | ExprKind::IsGiven(_)
            | ExprKind::IsUnknown(_)
            | ExprKind::ReadingIs(..)
            | ExprKind::DutyIs(..)
            | ExprKind::DecisionIs(..) => self.logic(e),
            ExprKind::Arithmetic(operator, left, right) => {
                self.arithmetic(*operator, left, right, hint, span)
            }
            ExprKind::Rounded(value, rounding, unit) => self.rounding(value, *rounding, *unit, span),
            ExprKind::LookBack(look_back) => self.look_back(look_back, span),
            _ => self.dates(e),
        }
    }

    fn number(&mut self, text: &str, span: Span) -> Node {
        match super::literal::number(text) {
            Ok(value @ Value::Number(_)) => self.constant(value, Type::Number, span),
            Ok(value) => self.constant(value, Type::Count, span),
            Err(misfit) => {
                self.c.report(report::bad_number(text, span, &misfit.words()));
                self.broken(span)
            }
        }
    }

    fn conditional(
        &mut self,
        value: &Expr,
        condition: &Expr,
        other: &Expr,
        hint: Option<Want>,
        span: Span,
    ) -> Node {
        let asked = self.used(condition, Want::just(Type::YesNo));
        let first = self.with_given(condition, true, |lower| lower.node(value, hint));
        let hint = hint.or(first.ty.map(|ty| Want::from(ty, value.span)));
        let second = self.with_given(condition, false, |lower| lower.node(other, hint));
        let Some(((first, second), ty)) = self.unify(value, first, other, second) else {
            return self.broken(span);
        };
        let mut node = self.push(Op::Choose(asked.at, first.at, second.at), ty, span);
        node.optional = first.optional || second.optional;
        node
    }

    /// Works on a part knowing that a condition is true, or false.
    pub(super) fn with_given(
        &mut self,
        condition: &Expr,
        truth: bool,
        work: impl FnOnce(&mut Self) -> Node,
    ) -> Node {
        let before = self.given.len();
        let more = self.givens(condition, truth);
        self.given.extend(more);
        let node = work(self);
        self.given.truncate(before);
        node
    }
}
