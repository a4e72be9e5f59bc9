//! Expressions: from the tree to flat operations, with types judged on the way.

use crate::diagnostics::{Words, types as report};
use crate::program::code::{At, Op};
use crate::program::{ExprId, Type};
use crate::source::Span;
use crate::syntax::tree::{self, Expr, ExprKind, Operator, TemplatePart as Part};
use crate::value::{RateBase, Value, scale};

use super::flat::{Flat, Node};
use super::scope::Scope;
use super::state::Checker;
use super::words::unit_examples;

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
        let ty = node.ty.filter(|_| !flat.broken)?;
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

    /// An expression of a wanted type that may be none.
    pub(super) fn fitted(&mut self, e: &Expr, want: Want) -> Node {
        let node = self.node(e, Some(want));
        self.fit(e, node, want)
    }

    /// An expression of a wanted type whose value is needed: says so if it may be none.
    pub(super) fn used(&mut self, e: &Expr, want: Want) -> Node {
        let node = self.fitted(e, want);
        self.needed(e, node)
    }

    /// Says so if a value that is needed may be none.
    pub(super) fn needed(&mut self, e: &Expr, node: Node) -> Node {
        if node.is(Type::Nothing) {
            let cure = Words::new("skriv ett värde, eller fråga `är angivet`", "write a value, or ask `is given`");
            self.c.report(report::none_not_allowed(e.span, None, &cure));
            return self.broken(e.span);
        }
        if node.optional && !self.scope.lenient {
            let key = self.key(e);
            let text = self.c.text(e.span);
            self.c.report(report::unguarded_optional(&text, e.span));
            // Said once: what follows on this path takes it as given.
            self.given.push(key);
        }
        Node { optional: false, ..node }
    }

    /// Judges whether a part has the wanted type.
    pub(super) fn fit(&mut self, e: &Expr, node: Node, want: Want) -> Node {
        let Some(found) = node.ty else { return node };
        if found == want.ty || found == Type::Nothing {
            return node;
        }
        match (want.ty, found) {
            (Type::Set(_), Type::Set(crate::program::Element::Any)) => return Node { ty: Some(want.ty), ..node },
            (Type::Number, Type::Count) => return self.as_number(node),
            (Type::Rate(RateBase::Number, per), Type::Rate(RateBase::Count, other)) if per == other => {
                if let Some(Value::Rate { amount, .. }) = self.value_at(node.at) {
                    if let Some(amount) = amount.checked_mul(scale::NUMBER) {
                        self.change(node.at, Value::Rate { base: RateBase::Number, per, amount });
                        return Node { ty: Some(want.ty), ..node };
                    }
                }
            }
            (Type::Rate(a, p), Type::Rate(b, q)) if a == b && p != q => {
                let (left, right) = (self.c.type_words(want.ty), self.c.type_words(found));
                if let Some(because) = want.because {
                    self.c.report(report::rates_differ(&right, e.span, &left, because));
                    return self.broken(e.span);
                }
            }
            _ => {}
        }
        if self.report_missing_unit(e, want.ty, want.because) {
            return self.broken(e.span);
        }
        self.report_wrong_type(want, found, e.span);
        self.broken(e.span)
    }

    /// Says that a part has the wrong type.
    pub(super) fn report_wrong_type(&mut self, want: Want, found: Type, at: Span) {
        let (wanted, found_words) = (self.c.type_words(want.ty), self.c.type_words(found));
        let because = want.because.map(|place| (place, &wanted));
        let mut diagnostic = report::wrong_type(&wanted, &found_words, at, because);
        let cure = match (want.ty, found) {
            (Type::Duration, Type::Period) | (Type::Period, Type::Duration) => Some((
                "dagar, veckor, månader och år är tid i kalendern; timmar och minuter är arbetad tid",
                "days, weeks, months and years are time in the calendar; hours and minutes are time worked",
            )),
            (Type::Date, Type::Period) => Some((
                "räkna från ett datum, till exempel `3 månader efter datum`",
                "count from a date, for example `3 months after date`",
            )),
            (Type::Date, Type::Moment) => Some((
                "en tidpunkt har även klockslag; lägg dagen i ett fält av typen `datum`",
                "it has a time of day too; put the day in a field of type `date`",
            )),
            (Type::YesNo, Type::Choice(_)) => {
                Some(("jämför med ett av typens värden", "compare it with one of the type's values"))
            }
            _ => None,
        };
        if let Some((sv, en)) = cure {
            diagnostic = diagnostic.help(sv, en);
        }
        self.c.report(diagnostic);
    }

    /// If a bare number stands where a unit is needed, says so.
    pub(super) fn report_missing_unit(&mut self, e: &Expr, ty: Type, because: Option<Span>) -> bool {
        let ExprKind::Number(number) = &*e.kind else { return false };
        let Some(units) = unit_examples(ty, number) else { return false };
        let wanted = self.c.type_words(ty);
        self.c.report(report::missing_unit(number, &wanted, &units, e.span, because));
        true
    }

    /// Replaces a value as it stands.
    pub(super) fn change(&mut self, at: At, value: Value) {
        if let Some(op) = self.flat.ops.get_mut(at.0 as usize) {
            *op = Op::Constant(value);
        }
    }

    /// A count made a decimal number.
    pub(super) fn as_number(&mut self, node: Node) -> Node {
        if let Some(Value::Count(n)) = self.value_at(node.at) {
            if let Some(n) = n.checked_mul(scale::NUMBER) {
                self.change(node.at, Value::Number(n));
                return Node { ty: Some(Type::Number), ..node };
            }
        }
        // The table of types makes a count plus a decimal number a decimal number.
        let zero = self.flat.push(Op::Constant(Value::Number(0)), node.span);
        let at = self.flat.push(Op::Arithmetic(Operator::Add, node.at, zero), node.span);
        Node { at, ty: Some(Type::Number), ..node }
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
            ExprKind::Text(template) => self.text(template, span),
            ExprKind::Nothing => {
                Node { optional: true, ..self.constant(Value::None, Type::Nothing, span) }
            }
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
            ExprKind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, hint, span),
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

    fn text(&mut self, template: &tree::Template, span: Span) -> Node {
        let mut letters = String::new();
        for part in &template.parts {
            match part {
                Part::Literal(text) => letters.push_str(text),
                Part::Hole(hole) => {
                    self.c.report(report::not_fixed(hole.span));
                    return self.broken(span);
                }
            }
        }
        let id = self.c.out.pool.text(&letters);
        self.constant(Value::Text(id), Type::Text, span)
    }

    fn conditional(&mut self, value: &Expr, condition: &Expr, other: &Expr, hint: Option<Want>, span: Span) -> Node {
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

    /// Brings two parts to one type; says so if they have none in common.
    pub(super) fn unify(&mut self, a: &Expr, left: Node, b: &Expr, right: Node) -> Option<((Node, Node), Type)> {
        use crate::program::Element::Any;
        let (l, r) = (left.ty?, right.ty?);
        match (l, r) {
            _ if l == r => Some(((left, right), l)),
            (Type::Nothing, ty) | (ty, Type::Nothing) => Some(((left, right), ty)),
            (Type::Set(Any), ty @ Type::Set(_)) | (ty @ Type::Set(_), Type::Set(Any)) => Some(((left, right), ty)),
            (Type::Count, Type::Number) => Some(((self.as_number(left), right), Type::Number)),
            (Type::Number, Type::Count) => Some(((left, self.as_number(right)), Type::Number)),
            (Type::Rate(x, p), Type::Rate(y, q)) if x == y && p != q => {
                let (lw, rw) = (self.c.type_words(l), self.c.type_words(r));
                self.c.report(report::rates_differ(&rw, b.span, &lw, a.span));
                None
            }
            _ => {
                let said = self.report_missing_unit(b, l, Some(a.span)) || self.report_missing_unit(a, r, Some(b.span));
                if !said {
                    self.report_wrong_type(Want::from(l, a.span), r, b.span);
                }
                None
            }
        }
    }
}
