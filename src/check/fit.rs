//! Whether a part has the type that its place asks for, and two parts one type in common.

use crate::diagnostics::{Words, types as report};
use crate::program::code::{At, Op};
use crate::program::{Element, Type};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Operator};
use crate::value::{Value, scale};

use super::flat::Node;
use super::lower::{Lower, Want};
use super::words::unit_examples;

impl Lower<'_, '_> {
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
            let cure =
                Words::new("skriv ett värde, eller fråga `är angivet`", "write a value, or ask `is given`");
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
            (Type::Set(_), Type::Set(Element::Any)) => {
                return Node { ty: Some(want.ty), ..node };
            }
            (Type::Number, Type::Count) => return self.as_number(node),
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
        let wanted = match want.ty {
            // Where any set would do, it need not be the empty one.
            Type::Set(Element::Any) => Words::new("en mängd", "a set"),
            ty => self.c.type_words(ty),
        };
        let found_words = self.c.type_words(found);
        let because = want.because.map(|place| (place, &wanted));
        let mut diagnostic = report::wrong_type(&wanted, &found_words, at, because);
        let cure = match (want.ty, found) {
            (Type::Duration, Type::Period) | (Type::Period, Type::Duration) => Some((
                "dagar, veckor, månader och år är tid i kalendern; timmar och minuter är arbetad tid",
                "days, weeks, months and years are time in the calendar; hours and minutes are time worked",
            )),
            (Type::Count, Type::Period) | (Type::Period, Type::Count) => Some((
                "jämför datum i stället, till exempel `datum är minst 3 månader före slut`",
                "compare dates instead, for example `date is at least 3 months before end`",
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
        if let Some(Value::Count(n)) = self.value_at(node.at)
            && let Some(n) = n.checked_mul(scale::NUMBER)
        {
            self.change(node.at, Value::Number(n));
            return Node { ty: Some(Type::Number), ..node };
        }
        // The table of types makes a count plus a decimal number a decimal number.
        let zero = self.flat.push(Op::Constant(Value::Number(0)), node.span);
        let at = self.flat.push(Op::Arithmetic(Operator::Add, node.at, zero), node.span);
        Node { at, ty: Some(Type::Number), ..node }
    }

    /// Brings two parts to one type; says so if they have none in common.
    pub(super) fn unify(
        &mut self,
        a: &Expr,
        left: Node,
        b: &Expr,
        right: Node,
    ) -> Option<((Node, Node), Type)> {
        let (l, r) = (left.ty?, right.ty?);
        match (l, r) {
            _ if l == r => Some(((left, right), l)),
            (Type::Nothing, ty) | (ty, Type::Nothing) => Some(((left, right), ty)),
            (Type::Set(Element::Any), ty @ Type::Set(_)) | (ty @ Type::Set(_), Type::Set(Element::Any)) => {
                Some(((left, right), ty))
            }
            (Type::Count, Type::Number) => Some(((self.as_number(left), right), Type::Number)),
            (Type::Number, Type::Count) => Some(((left, self.as_number(right)), Type::Number)),
            (Type::Rate(x, p), Type::Rate(y, q)) if x == y && p != q => {
                let (lw, rw) = (self.c.type_words(l), self.c.type_words(r));
                self.c.report(report::rates_differ(&rw, b.span, &lw, a.span));
                None
            }
            _ => {
                let said = self.report_missing_unit(b, l, Some(a.span))
                    || self.report_missing_unit(a, r, Some(b.span));
                if !said {
                    self.report_wrong_type(Want::from(l, a.span), r, b.span);
                }
                None
            }
        }
    }
}
