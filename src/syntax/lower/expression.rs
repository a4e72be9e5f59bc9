//! Expressions: from flat lists of operands and operators to trees, and every kind of operand.

use super::climb::Climb;
use super::literal::{calendar_unit, expr};
use super::*;

impl Lowering<'_> {
    /// `expr`, `value` or `date`.
    pub(super) fn expression(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let span = self.span(&pair);
        let operators = pair.clone().into_inner().filter(|part| part.as_rule() != Rule::operand).count();
        self.deeper(operators, span, |lowering| {
            let mut climb = Climb::new(pair);
            climb.expression(lowering, 0)
        })
    }

    /// `låt`, a requirement, a condition: the next expression of a list of parts.
    pub(super) fn next_expression(&mut self, parts: &mut Parts<'_>) -> Lowered<Expr> {
        let pair = parts.must_next(self)?;
        self.expression(pair)
    }

    pub(super) fn operand(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        let atom = parts.must_next(self)?;
        self.deeper(1, span, |lowering| lowering.atom(atom))
    }

    /// `per vecka`, `per tillfälle`: the `per` inside a pair.
    pub(super) fn per(&mut self, pair: Pair<'_>) -> Lowered<Per> {
        let Some(per) = pair.clone().into_inner().find(|part| part.as_rule() == Rule::per) else {
            return self.unreadable(&pair);
        };
        let mut parts = Parts::new(per);
        let inner = parts.must_next(self)?;
        Ok(match inner.as_rule() {
            Rule::calendar_unit => Per::Unit(calendar_unit(&inner)),
            _ => Per::Word(self.name(&inner)),
        })
    }

    pub(super) fn atom(&mut self, pair: Pair<'_>) -> Lowered<Expr> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::day => ExprKind::Day(self.day(&pair)?.day),
            Rule::moment => ExprKind::Moment(self.moment(&pair)?),
            Rule::clock => ExprKind::Clock(self.clock(&pair)?),
            Rule::amount => return self.amount(pair),
            Rule::negative => return self.negative(pair),
            Rule::text => {
                let mut parts = Parts::new(pair);
                let letters = parts.must(self, Rule::string)?;
                ExprKind::Text(self.quoted(&letters))
            }
            Rule::paren => return self.paren(pair, span),
            Rule::set => ExprKind::Set(self.expressions(pair)?),
            Rule::k_yes => ExprKind::YesNo(true),
            Rule::k_no => ExprKind::YesNo(false),
            Rule::k_nothing => ExprKind::Nothing,
            Rule::k_date => ExprKind::Date,
            Rule::k_last_day if self.in_failing || self.in_guarantee => ExprKind::LastDay,
            Rule::k_recipient if self.in_pattern_of_duty => ExprKind::Recipient,
            Rule::k_bearer if self.in_pattern_of_duty => ExprKind::Bearer,
            Rule::k_last_day | Rule::k_recipient | Rule::k_bearer | Rule::name => {
                ExprKind::Name(self.name(&pair))
            }
            Rule::effective_day => ExprKind::EffectiveDay(self.names(pair).into_iter().next()),
            Rule::named => self.named(pair)?,
            Rule::current => ExprKind::Current(self.inner_fact_ref(pair)?),
            Rule::previous => ExprKind::Previous(self.inner_fact_ref(pair)?),
            Rule::events_field => {
                let mut parts = Parts::new(pair);
                parts.take(Rule::k_events);
                let field = parts.must(self, Rule::field_name)?;
                let field = self.field_name(&field);
                if field.text == DATE { ExprKind::EventsDate } else { ExprKind::EventsField(field) }
            }
            Rule::all_of => {
                let mut parts = Parts::new(pair);
                parts.take(Rule::k_all);
                let name = parts.must(self, Rule::name)?;
                ExprKind::AllOf(self.name(&name))
            }
            Rule::count_in | Rule::those_in => {
                let counting = pair.as_rule() == Rule::count_in;
                let mut sets = self.operands(pair)?.into_iter();
                match (counting, sets.next(), sets.next()) {
                    (false, Some(demanded), Some(had)) => ExprKind::MissingFrom(demanded, had),
                    (_, Some(set), _) => ExprKind::CountIn(set),
                    _ => return Err(Broken),
                }
            }
            Rule::reading_is => {
                let negated = pair.clone().into_inner().any(|part| part.as_rule() == Rule::k_not);
                let mut names = self.names(pair).into_iter();
                let (Some(question), Some(answer)) = (names.next(), names.next()) else { return Err(Broken) };
                let is = ExprKind::ReadingIs(question, answer);
                if negated { ExprKind::Not(expr(is, span)) } else { is }
            }
            Rule::latest | Rule::exists | Rule::aggregate => ExprKind::LookBack(self.look_back(pair)?),
            _ => return self.date_form(pair, span),
        };
        Ok(expr(kind, span))
    }

    /// `(X)` or `(X om C annars Y)`. The brackets belong to the place of what they hold.
    fn paren(&mut self, pair: Pair<'_>, span: Span) -> Lowered<Expr> {
        let mut parts = Parts::new(pair);
        let value = self.next_expression(&mut parts)?;
        let kind = if parts.has(Rule::k_if) {
            let condition = self.next_expression(&mut parts)?;
            parts.take(Rule::k_otherwise);
            let other = self.next_expression(&mut parts)?;
            ExprKind::Conditional(value, condition, other)
        } else {
            *value.kind
        };
        Ok(expr(kind, span))
    }

    /// `x`, `f(x, y)`, `schablon(x).tid`, `valbar för service`.
    fn named(&mut self, pair: Pair<'_>) -> Lowered<ExprKind> {
        let mut parts = Parts::new(pair.clone());
        let name = parts.must(self, Rule::name)?;
        let name = self.name(&name);
        if let Some(arguments) = parts.take(Rule::arguments) {
            let arguments = self.expressions(arguments)?;
            return Ok(match parts.take(Rule::field_name) {
                Some(field) => ExprKind::Answer(name, arguments, self.field_name(&field)),
                None => ExprKind::Call(name, arguments),
            });
        }
        Ok(match parts.peek() {
            Some(Rule::k_for) => ExprKind::FactFor(self.fact_ref(pair)?),
            _ => ExprKind::Name(name),
        })
    }

    /// All expressions directly inside a pair.
    pub(super) fn expressions(&mut self, pair: Pair<'_>) -> Lowered<Vec<Expr>> {
        let inner = pair.into_inner();
        let found = inner.filter(|part| matches!(part.as_rule(), Rule::expr | Rule::value | Rule::date));
        found.map(|part| self.expression(part)).collect()
    }

    /// All operands directly inside a pair.
    pub(super) fn operands(&mut self, pair: Pair<'_>) -> Lowered<Vec<Expr>> {
        let found = pair.into_inner().filter(|part| part.as_rule() == Rule::operand);
        found.map(|part| self.operand(part)).collect()
    }

    /// `avtal`, `valbar för service`.
    pub(super) fn fact_ref(&mut self, pair: Pair<'_>) -> Lowered<FactRef> {
        let mut parts = Parts::new(pair);
        let name = parts.must(self, Rule::name)?;
        let name = self.name(&name);
        let parameter = match parts.after(Rule::k_for) {
            Some(parameter) => {
                let span = self.span(&parameter);
                let mut parts = Parts::new(parameter);
                let atom = parts.must_next(self)?;
                Some(self.deeper(1, span, |lowering| lowering.atom(atom))?)
            }
            None => None,
        };
        Ok(FactRef { name, parameter })
    }

    fn inner_fact_ref(&mut self, pair: Pair<'_>) -> Lowered<FactRef> {
        let mut parts = Parts::new(pair);
        parts.next();
        let fact = parts.must(self, Rule::fact_ref)?;
        self.fact_ref(fact)
    }
}
