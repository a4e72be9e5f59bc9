//! Logic, comparisons and arithmetic, by a closed table of types.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Words, names as report_names, rules as report_rules, types as report};
use crate::program::code::{At, Op};
use crate::program::{ActionId, EventId, ReadingId, Type};
use crate::source::Span;
use crate::syntax::tree::{Comparison, Expr, ExprKind, Name, Operator, Rounding, RoundingUnit};
use crate::value::{PerId, RateBase, Value};

use super::flat::Node;
use super::lower::{Lower, Want};
use super::state::Question;

/// The type of a result, and whether it always comes out even.
fn table(operator: Operator, a: Type, b: Type) -> Option<(Type, bool)> {
    use Operator::{Add, Divide, Multiply, Subtract};
    use Type::{Amount, Count, Duration, Number, Period, Rate, Share};
    let exact = |ty| Some((ty, true));
    let uneven = |ty| Some((ty, false));
    match (operator, a, b) {
        (Add | Subtract, Count | Number | Amount | Duration | Period | Rate(..), _) if a == b => exact(a),
        (Add | Subtract | Multiply, Count | Number, Count | Number) => {
            exact(if a == Count && b == Count { Count } else { Number })
        }
        (Multiply, Amount | Duration | Period | Rate(..), Count) => exact(a),
        (Multiply, Count, Amount | Duration | Period | Rate(..)) => exact(b),
        (Multiply, Amount | Duration, Number | Share) => uneven(a),
        (Multiply, Number | Share, Amount | Duration) => uneven(b),
        (Multiply, Amount | Duration, Rate(RateBase::Count, per)) => exact(rate_of(a, per)?),
        (Multiply, Rate(RateBase::Count, per), Amount | Duration) => exact(rate_of(b, per)?),
        (Multiply, Count, Share) | (Multiply, Share, Count) => uneven(Number),
        (Divide, Amount, Amount) | (Divide, Duration, Duration) | (Divide, Count, Count) => exact(Share),
        (Divide, Rate(..), Rate(..)) if a == b => exact(Share),
        (Divide, Number, Number | Count) | (Divide, Count, Number) => uneven(Number),
        (Divide, Amount | Duration, Count | Number) => uneven(a),
        _ => None,
    }
}

/// So much each time, so many times per something.
fn rate_of(ty: Type, per: PerId) -> Option<Type> {
    match ty {
        Type::Amount => Some(Type::Rate(RateBase::Amount, per)),
        Type::Duration => Some(Type::Rate(RateBase::Duration, per)),
        _ => None,
    }
}

/// Whether values of a type have an order.
pub(super) fn is_ordered(ty: Type) -> bool {
    use Type::{Amount, Clock, Count, Date, Duration, Moment, Number, Period, Rate, Share};
    matches!(ty, Date | Moment | Clock | Count | Number | Amount | Share | Duration | Period | Rate(..))
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "−",
        Operator::Multiply => "×",
        Operator::Divide => "/",
    }
}

fn comparison_sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Greater => ">",
        Comparison::AtLeast => "≥",
    }
}

impl Lower<'_, '_> {
    /// `och`, `eller`, `inte`, comparisons and tests.
    pub(super) fn logic(&mut self, e: &Expr) -> Node {
        let yes_no = Want::just(Type::YesNo);
        let span = e.span;
        match &*e.kind {
            ExprKind::Not(inner) => {
                let inner = self.used(inner, yes_no);
                self.push(Op::Not(inner.at), Type::YesNo, span)
            }
            ExprKind::And(a, b) => self.joined(a, b, true, span),
            ExprKind::Or(a, b) => self.joined(a, b, false, span),
            ExprKind::Compare(comparison, a, b) => self.compare(*comparison, a, b, span),
            ExprKind::Between(x, low, high) => self.between(x, low, high, span),
            ExprKind::IsGiven(value) => {
                let value = self.node(value, None);
                self.push(Op::IsGiven(value.at), Type::YesNo, span)
            }
            ExprKind::IsUnknown(value) => {
                let value = self.node(value, None);
                self.push(Op::IsUnknown(value.at), Type::YesNo, span)
            }
            ExprKind::ReadingIs(reading, answer) => self.reading_is(reading, answer, span),
            ExprKind::DutyIs(action, state) => {
                let Some(id) = self.c.find(NameSpace::Action, action) else { return self.broken(span) };
                let id = ActionId::at(id);
                self.c.questions.push(Question::Duty(id, span));
                self.push(Op::DutyIs(id, *state), Type::YesNo, span)
            }
            ExprKind::DecisionIs(event, granted) => {
                let Some(id) = self.event(event) else { return self.broken(span) };
                self.c.questions.push(Question::Decides(id, span));
                self.push(Op::DecisionIs(id, *granted), Type::YesNo, span)
            }
            _ => self.broken(span),
        }
    }

    /// An event that a rule looks at; says so if it is of another kind of case.
    pub(super) fn event(&mut self, name: &Name) -> Option<EventId> {
        let id = EventId::at(self.c.find(NameSpace::Event, name)?);
        let (kinds, declared) = (self.c.event_kinds(id), self.c.event_span(id));
        self.of_kinds(NameSpace::Event, name, declared, kinds).then_some(id)
    }

    fn joined(&mut self, a: &Expr, b: &Expr, and: bool, span: Span) -> Node {
        let yes_no = Want::just(Type::YesNo);
        // What one side asks holds for the other, whichever stands first.
        let left = self.with_given(b, and, |lower| lower.used(a, yes_no));
        let right = self.with_given(a, and, |lower| lower.used(b, yes_no));
        let op = if and { Op::And(left.at, right.at) } else { Op::Or(left.at, right.at) };
        self.push(op, Type::YesNo, span)
    }

    /// Two sides that help each other to be read: what is known goes first.
    pub(super) fn both(&mut self, a: &Expr, b: &Expr) -> (Node, Node) {
        let hint = |node: &Node| node.ty.map(|ty| Want::from(ty, node.span));
        if self.needs_help(a) && !self.needs_help(b) {
            let right = self.node(b, None);
            let left = self.node(a, hint(&right));
            return (left, right);
        }
        let left = self.node(a, None);
        // A wrong side is reported once; the other one cannot be judged without it.
        if left.ty.is_none() && self.needs_help(b) {
            return (left, self.broken(b.span));
        }
        let right = self.node(b, hint(&left));
        (left, right)
    }

    /// Whether an expression can only be read when the type of the other side is known.
    fn needs_help(&self, e: &Expr) -> bool {
        match &*e.kind {
            ExprKind::Name(name) => self.c.meaning(self.scope, &name.text).is_none(),
            ExprKind::Set(members) => members.first().is_none_or(|member| self.needs_help(member)),
            _ => false,
        }
    }

    fn compare(&mut self, comparison: Comparison, a: &Expr, b: &Expr, span: Span) -> Node {
        let (left, right) = self.both(a, b);
        for (side, node) in [(a, left), (b, right)] {
            if node.is(Type::Nothing) {
                let cure = Words::new(
                    "skriv `är angivet` eller `inte … är angivet`",
                    "write `is given` or `not … is given`",
                );
                self.c.report(report::none_not_allowed(side.span, None, &cure));
                return self.broken(span);
            }
        }
        let Some(((left, right), ty)) = self.unify(a, left, b, right) else { return self.broken(span) };
        let (left, right) = (self.needed(a, left), self.needed(b, right));
        let ordering = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if ordering && !is_ordered(ty) {
            let words = self.c.type_words(ty);
            let cure = Words::new("skriv `=` eller `≠`", "write `=` or `≠`");
            self.c.report(report::no_such_operation(
                comparison_sign(comparison),
                &words,
                span,
                None,
                Some(&cure),
            ));
            return self.broken(span);
        }
        if ty == Type::Period && self.periods_part(left.at, right.at, a.span, b.span) {
            return self.broken(span);
        }
        if self.key(a) == self.key(b) {
            let always = matches!(comparison, Comparison::Equal | Comparison::AtMost | Comparison::AtLeast);
            self.c.report(report::self_comparison(span, Some(always)));
        }
        self.push(Op::Compare(comparison, left.at, right.at), Type::YesNo, span)
    }

    /// Says so if one period is in months and the other in days.
    fn periods_part(&mut self, a: At, b: At, a_span: Span, b_span: Span) -> bool {
        let (Some(Value::Period(p)), Some(Value::Period(q))) = (self.value_at(a), self.value_at(b)) else {
            return false;
        };
        let alike = (p.months == q.months) || (p.days == 0 && q.days == 0);
        if !alike {
            let (months, days) = if p.months != 0 { (a_span, b_span) } else { (b_span, a_span) };
            self.c.report(report::months_against_days(months, days));
        }
        !alike
    }

    fn between(&mut self, x: &Expr, low: &Expr, high: &Expr, span: Span) -> Node {
        let value = self.node(x, None);
        let hint = value.ty.map(|ty| Want::from(ty, x.span));
        let first = self.node(low, hint);
        let Some(((value, first), _)) = self.unify(x, value, low, first) else { return self.broken(span) };
        let last = self.node(high, hint);
        let Some(((value, last), ty)) = self.unify(x, value, high, last) else { return self.broken(span) };
        let (value, first, last) = (self.needed(x, value), self.needed(low, first), self.needed(high, last));
        if !is_ordered(ty) {
            let words = self.c.type_words(ty);
            self.c.report(report::no_such_operation("mellan", &words, x.span, None, None));
            return self.broken(span);
        }
        if ty == Type::Period
            && (self.periods_part(value.at, first.at, x.span, low.span)
                || self.periods_part(value.at, last.at, x.span, high.span))
        {
            return self.broken(span);
        }
        if super::fold::reversed(self.value_at(first.at), self.value_at(last.at)) {
            self.c.report(crate::diagnostics::time::reversed(low.span.to(high.span)));
            return self.broken(span);
        }
        self.push(Op::Between(value.at, first.at, last.at), Type::YesNo, span)
    }

    fn reading_is(&mut self, reading: &Name, answer: &Name, span: Span) -> Node {
        let Some(id) = self.c.find(NameSpace::Reading, reading) else { return self.broken(span) };
        let answers = self.c.out.readings.get(id).map_or(&[][..], |reading| &reading.answers);
        let found = answers.iter().position(|known| known.named.name == answer.text);
        let Some(place) = found else {
            let near = nearest(&answer.text, answers.iter().map(|known| known.named.name.as_str()));
            let near = near.map(str::to_owned);
            let elsewhere = self.c.names.readings.span(id).map(|at| (NameSpace::Reading, at));
            let mut unknown = report_names::unknown_name(
                NameSpace::Answer,
                &answer.text,
                answer.span,
                near.as_deref(),
                None,
            );
            if let Some((_, at)) = elsewhere {
                unknown = unknown.at(at, "tolkningen deklareras här", "the reading is declared here");
            }
            self.c.report(unknown);
            return self.broken(span);
        };
        let declared = answers.get(place).filter(|answer| answer.text_only).map(|answer| answer.named.span);
        if let Some(declared) = declared {
            self.c.report(report_rules::text_only_answer(&answer.text, answer.span, declared));
        }
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        self.push(Op::ReadingIs(ReadingId::at(id), place), Type::YesNo, span)
    }

    /// `+`, `−`, `×`, `/`.
    pub(super) fn arithmetic(
        &mut self,
        operator: Operator,
        a: &Expr,
        b: &Expr,
        hint: Option<Want>,
        span: Span,
    ) -> Node {
        let hint = hint.filter(|want| matches!(want.ty, Type::Count | Type::Number));
        let (left, right) = (self.node(a, hint), self.node(b, hint));
        if left.ty.is_none() || right.ty.is_none() {
            return self.broken(span);
        }
        let (left, right) = (self.needed(a, left), self.needed(b, right));
        let (Some(l), Some(r)) = (left.ty, right.ty) else { return self.broken(span) };
        let Some((ty, even)) = table(operator, l, r) else {
            let same = matches!(operator, Operator::Add | Operator::Subtract);
            let said = same
                && (self.report_missing_unit(b, l, Some(a.span))
                    || self.report_missing_unit(a, r, Some(b.span)));
            if !said {
                self.report_no_operation(operator, (l, a.span), (r, b.span));
            }
            return self.broken(span);
        };
        if !even && !self.rounded {
            self.c.report(report::rounding_needed(span, &rounding_example(ty)));
            return self.broken(span);
        }
        self.push(Op::Arithmetic(operator, left.at, right.at), ty, span)
    }

    fn report_no_operation(&mut self, operator: Operator, left: (Type, Span), right: (Type, Span)) {
        let cure = match (operator, left.0, right.0) {
            (Operator::Subtract, Type::Date, Type::Date) => {
                Some(Words::new("skriv `dagar mellan A och B`", "write `days between A and B`"))
            }
            (Operator::Add, Type::Date, Type::Period) => {
                Some(Words::new("skriv `P efter D`", "write `P after D`"))
            }
            (Operator::Subtract, Type::Date, Type::Period) => {
                Some(Words::new("skriv `P före D`", "write `P before D`"))
            }
            _ => None,
        };
        let (l, r) = (self.c.type_words(left.0), self.c.type_words(right.0));
        let found = report::no_such_operation(sign(operator), &l, left.1, Some((&r, right.1)), cure.as_ref());
        self.c.report(found);
    }

    /// `X avrundat uppåt till hela minuter`.
    pub(super) fn rounding(
        &mut self,
        value: &Expr,
        rounding: Rounding,
        unit: RoundingUnit,
        span: Span,
    ) -> Node {
        let before = std::mem::replace(&mut self.rounded, true);
        let node = self.node(value, None);
        self.rounded = before;
        let Some(found) = node.ty else { return self.broken(span) };
        let node = self.needed(value, node);
        let ty = match (unit, found) {
            (RoundingUnit::Hour | RoundingUnit::Minute | RoundingUnit::Second, Type::Duration) => {
                Type::Duration
            }
            (RoundingUnit::Krona | RoundingUnit::Ore, Type::Amount) => Type::Amount,
            (RoundingUnit::Whole, Type::Number | Type::Count | Type::Share) => Type::Count,
            (RoundingUnit::Percent, Type::Share) => Type::Share,
            _ => {
                let words = self.c.type_words(found);
                let found = report::no_such_operation(
                    "avrundat",
                    &words,
                    value.span,
                    None,
                    Some(&rounding_help(unit)),
                );
                self.c.report(found);
                return self.broken(span);
            }
        };
        self.push(Op::Rounded(node.at, rounding, unit), ty, span)
    }
}

fn rounding_example(ty: Type) -> Words {
    match ty {
        Type::Duration => Words::new("avrundat uppåt till hela minuter", "rounded up to whole minutes"),
        Type::Amount => Words::new("avrundat nedåt till hela öre", "rounded down to whole öre"),
        _ => Words::new("avrundat till heltal", "rounded to a whole number"),
    }
}

fn rounding_help(unit: RoundingUnit) -> Words {
    match unit {
        RoundingUnit::Hour | RoundingUnit::Minute | RoundingUnit::Second => Words::new(
            "tid avrundas till timmar, minuter eller sekunder",
            "durations are rounded to hours, minutes or seconds",
        ),
        RoundingUnit::Krona | RoundingUnit::Ore => {
            Words::new("belopp avrundas till kronor eller öre", "amounts are rounded to kronor or öre")
        }
        RoundingUnit::Whole => Words::new("tal avrundas till heltal", "numbers are rounded to whole numbers"),
        RoundingUnit::Percent => {
            Words::new("andelar avrundas till procent", "shares are rounded to per cent")
        }
    }
}
