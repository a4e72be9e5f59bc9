//! What binds tighter: from a flat list of operands and operators to a tree.
//!
//! From loose to tight: `eller`; `och`; `inte`; comparisons and tests, which do not chain; `flyttad till`, `utan
//! flytt` and `avrundat`; `efter` and `före`, to the right; `+ −`; `× /`; `per`.

use super::date::day_relation;
use super::literal::expr;
use super::*;

const OR: u8 = 10;
const AND: u8 = 20;
const NOT: u8 = 30;
const COMPARE: u8 = 40;
const SUFFIX: u8 = 50;
const DATE_STEP: u8 = 60;
const SUM: u8 = 70;
const PRODUCT: u8 = 80;
const RATE: u8 = 90;

/// What an operator does.
#[derive(Clone, Copy)]
enum Infix {
    Or,
    And,
    Compare(Comparison),
    Relation(DateRelation),
    In,
    After,
    Before,
    Arithmetic(Operator),
}

/// Climbs over the parts of one `expr`, `value` or `date`.
pub(super) struct Climb<'i> {
    parts: Parts<'i>,
}

impl<'i> Climb<'i> {
    pub(super) fn new(pair: Pair<'i>) -> Climb<'i> {
        Climb { parts: Parts::new(pair) }
    }

    /// Builds an expression of operators that bind at least so tightly.
    pub(super) fn expression(&mut self, lowering: &mut Lowering<'_>, least: u8) -> Lowered<Expr> {
        let mut left = self.prefixed(lowering)?;
        let mut compared: Option<Span> = None;
        while let Some(next) = self.parts.inner.peek().cloned() {
            let (infix, negated) = match next.as_rule() {
                Rule::suffix if least <= suffix_binding(&next) => {
                    self.parts.next();
                    left = suffix(lowering, left, next)?;
                    continue;
                }
                Rule::is_predicate if least <= COMPARE => {
                    let span = lowering.span(&next);
                    if let Some(first) = compared.replace(span) {
                        return lowering.fail(syntax::chained_comparison(span, first, lowering.language));
                    }
                    self.parts.next();
                    left = lowering.predicate(left, next)?;
                    continue;
                }
                Rule::suffix | Rule::is_predicate => break,
                _ => infix(&next),
            };
            let (power, right) = binding(infix);
            if power < least {
                break;
            }
            let at = lowering.span(&next);
            if power == COMPARE
                && let Some(first) = compared.replace(at)
            {
                return lowering.fail(syntax::chained_comparison(at, first, lowering.language));
            }
            self.parts.next();
            let right = self.expression(lowering, right)?;
            let worded = next.into_inner().next().is_some_and(|inner| inner.as_rule() == Rule::is_relation);
            left = join(lowering, infix, worded, left, right, at)?;
            if negated {
                left = negate(left);
            }
        }
        Ok(left)
    }

    /// An operand with the `inte` before it.
    fn prefixed(&mut self, lowering: &mut Lowering<'_>) -> Lowered<Expr> {
        match self.parts.take(Rule::k_not) {
            Some(not) => {
                let from = lowering.span(&not);
                let inner = self.expression(lowering, NOT)?;
                let span = from.to(inner.span);
                Ok(expr(ExprKind::Not(inner), span))
            }
            None => {
                let operand = self.parts.must(lowering, Rule::operand)?;
                lowering.operand(operand)
            }
        }
    }
}

/// `per vecka` belongs to the number before it, the other suffixes to all that is to their left.
fn suffix_binding(pair: &Pair<'_>) -> u8 {
    let rate = pair.clone().into_inner().any(|inner| inner.as_rule() == Rule::rate);
    if rate { RATE } else { SUFFIX }
}

/// How tightly an operator binds, and how tightly its right side must.
fn binding(infix: Infix) -> (u8, u8) {
    match infix {
        Infix::Or => (OR, AND),
        Infix::And => (AND, NOT),
        Infix::Compare(_) | Infix::Relation(_) | Infix::In => (COMPARE, SUFFIX),
        Infix::After | Infix::Before => (DATE_STEP, DATE_STEP),
        Infix::Arithmetic(Operator::Add | Operator::Subtract) => (SUM, PRODUCT),
        Infix::Arithmetic(_) => (PRODUCT, PRODUCT.saturating_add(1)),
    }
}

/// The operator of a pair, and whether `inte` stands in it.
fn infix(pair: &Pair<'_>) -> (Infix, bool) {
    let mut negated = false;
    let mut infix = Infix::Compare(Comparison::Equal);
    for part in pair.clone().into_inner().flatten() {
        infix = match part.as_rule() {
            Rule::k_not => {
                negated = true;
                continue;
            }
            Rule::k_or => Infix::Or,
            Rule::k_and => Infix::And,
            Rule::k_is_in => Infix::In,
            Rule::k_at_least => Infix::Compare(Comparison::AtLeast),
            Rule::k_at_most => Infix::Compare(Comparison::AtMost),
            Rule::relation => match day_relation(&part) {
                Some(relation) => return (Infix::Relation(relation), negated),
                None => infix,
            },
            Rule::k_after => Infix::After,
            Rule::k_before => Infix::Before,
            Rule::sign | Rule::sum_sign => sign(part.as_str()),
            _ => infix,
        };
    }
    (infix, negated)
}

fn sign(sign: &str) -> Infix {
    match sign {
        "=" => Infix::Compare(Comparison::Equal),
        "≠" | "!=" => Infix::Compare(Comparison::NotEqual),
        "<" => Infix::Compare(Comparison::Less),
        "≤" | "<=" => Infix::Compare(Comparison::AtMost),
        ">" => Infix::Compare(Comparison::Greater),
        "≥" | ">=" => Infix::Compare(Comparison::AtLeast),
        "+" => Infix::Arithmetic(Operator::Add),
        "−" | "-" => Infix::Arithmetic(Operator::Subtract),
        "×" | "*" => Infix::Arithmetic(Operator::Multiply),
        _ => Infix::Arithmetic(Operator::Divide),
    }
}

/// Puts two sides together. Only words (`är minst`), not signs, make `minst P före D` of a date before a date.
fn join(
    lowering: &mut Lowering<'_>,
    infix: Infix,
    worded: bool,
    left: Expr,
    right: Expr,
    at: Span,
) -> Lowered<Expr> {
    let span = left.span.to(right.span);
    let kind = match infix {
        Infix::Or => ExprKind::Or(left, right),
        Infix::And => ExprKind::And(left, right),
        Infix::In => ExprKind::In(left, right),
        Infix::Relation(relation) => ExprKind::DateIs(relation, left, right),
        Infix::Arithmetic(operator) => ExprKind::Arithmetic(operator, left, right),
        Infix::After | Infix::Before => {
            let period = lowering.period(left)?;
            super::date::step(period, matches!(infix, Infix::After), right)
        }
        Infix::Compare(comparison) => match (comparison, worded, super::date::bare_before(&right)) {
            (Comparison::AtLeast, true, Some((period, date))) => ExprKind::AtLeastBefore(left, period, date),
            (Comparison::AtMost, true, Some(_)) => {
                return lowering.fail(syntax::ambiguous_before(at.to(right.span), lowering.language));
            }
            _ => ExprKind::Compare(comparison, left, right),
        },
    };
    Ok(expr(kind, span))
}

/// `är inte X` is `≠`; every other negated test is `inte` of the test.
fn negate(test: Expr) -> Expr {
    let span = test.span;
    let kind = match *test.kind {
        ExprKind::Compare(Comparison::Equal, left, right) => {
            ExprKind::Compare(Comparison::NotEqual, left, right)
        }
        kind => ExprKind::Not(expr(kind, span)),
    };
    expr(kind, span)
}

fn suffix(lowering: &mut Lowering<'_>, left: Expr, pair: Pair<'_>) -> Lowered<Expr> {
    let span = left.span.to(lowering.span(&pair));
    let mut parts = Parts::new(pair);
    let inner = parts.must_next(lowering)?;
    let kind = match inner.as_rule() {
        Rule::moved => ExprKind::Moved(left, super::date::direction(&inner)),
        Rule::k_unmoved => ExprKind::Unmoved(left),
        Rule::rate => ExprKind::Rate(left, lowering.per(inner)?),
        _ => {
            let mut way = Rounding::Nearest;
            let mut to = RoundingUnit::Whole;
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::k_up => way = Rounding::Up,
                    Rule::k_down => way = Rounding::Down,
                    Rule::rounding_unit => to = rounding_unit(&part),
                    _ => {}
                }
            }
            ExprKind::Rounded(left, way, to)
        }
    };
    Ok(expr(kind, span))
}

fn rounding_unit(pair: &Pair<'_>) -> RoundingUnit {
    match pair.clone().into_inner().next().map(|unit| unit.as_rule()) {
        Some(Rule::u_hour) => RoundingUnit::Hour,
        Some(Rule::u_minute) => RoundingUnit::Minute,
        Some(Rule::u_second) => RoundingUnit::Second,
        Some(Rule::u_krona) => RoundingUnit::Krona,
        Some(Rule::u_ore) => RoundingUnit::Ore,
        _ => RoundingUnit::Percent,
    }
}
