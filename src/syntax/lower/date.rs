//! Date forms (`den 1:a i nästa månad efter D`), steps (`P efter D`) and the tests that follow `är`.

use super::literal::expr;
use super::*;
use crate::time::Weekday;

impl Lowering<'_> {
    /// The operands that are dates, or count days.
    pub(super) fn date_form(&mut self, pair: Pair<'_>, span: Span) -> Lowered<Expr> {
        let rule = pair.as_rule();
        let kind = match rule {
            Rule::day_of_month => self.day_of_month(pair)?,
            Rule::later_of => ExprKind::LaterOf(self.expressions(pair)?),
            Rule::earlier_of => ExprKind::EarlierOf(self.expressions(pair)?),
            Rule::first_in => {
                let names = self.names(pair.clone());
                match (names.into_iter().next(), self.expressions(pair)?.pop()) {
                    (Some(calendar), Some(date)) => ExprKind::FirstIn(calendar, date),
                    _ => return Err(Broken),
                }
            }
            Rule::constant_on => {
                let names = self.names(pair.clone());
                match (names.into_iter().next(), self.expressions(pair)?.pop()) {
                    (Some(constant), Some(date)) => ExprKind::ConstantOn(constant, date),
                    _ => return Err(Broken),
                }
            }
            Rule::clock_in => {
                let mut operands = self.operands(pair)?.into_iter();
                match (operands.next(), operands.next(), operands.next()) {
                    (Some(moment), Some(from), Some(before)) => ExprKind::ClockIs(moment, from, before),
                    _ => return Err(Broken),
                }
            }
            _ => {
                let unknown = pair.clone();
                let mut dates = self.expressions(pair)?.into_iter();
                match (rule, dates.next(), dates.next()) {
                    (Rule::days_between, Some(from), Some(to)) => ExprKind::DaysBetween(from, to),
                    (Rule::day_after, Some(date), _) => ExprKind::DayAfter(date),
                    (Rule::day_before, Some(date), _) => ExprKind::DayBefore(date),
                    (Rule::last_day_of_month, Some(date), _) => ExprKind::LastDayOfMonth(date),
                    _ => return self.unreadable(&unknown),
                }
            }
        };
        Ok(expr(kind, span))
    }

    fn day_of_month(&mut self, pair: Pair<'_>) -> Lowered<ExprKind> {
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_day_number);
        let number = parts.must(self, Rule::ordinal)?;
        let number = self.day_number(&number)?;
        let which = parts.must(self, Rule::which_month)?;
        let mut which = Parts::new(which);
        let month = match which.peek() {
            Some(Rule::k_in_the_same_month_as) => WhichMonth::Same,
            Some(Rule::k_in_the_next_month_after) => WhichMonth::Next,
            _ => {
                which.take(Rule::k_in_the);
                let ordinal = which.must(self, Rule::ordinal)?;
                WhichMonth::Nth(self.count(&ordinal)?)
            }
        };
        let date = self.next_expression(&mut parts)?;
        Ok(ExprKind::DayOfMonth(number, month, date))
    }

    /// What stands after `är` when it is a test and not a value.
    pub(super) fn predicate(&mut self, left: Expr, pair: Pair<'_>) -> Lowered<Expr> {
        let span = left.span.to(self.span(&pair));
        let at = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_is);
        let negated = parts.has(Rule::k_not);
        let test = parts.must_next(self)?;
        let kind = match test.as_rule() {
            Rule::k_given => ExprKind::IsGiven(left),
            Rule::k_unknown => ExprKind::IsUnknown(left),
            Rule::k_empty => ExprKind::IsEmpty(left),
            Rule::between => {
                let mut ends = self.expressions(test)?.into_iter();
                match (ends.next(), ends.next()) {
                    (Some(from), Some(to)) => ExprKind::Between(left, from, to),
                    _ => return Err(Broken),
                }
            }
            Rule::day_of_own_month => {
                let mut parts = Parts::new(test);
                let relation = parts.take(Rule::relation).and_then(|relation| day_relation(&relation));
                parts.take(Rule::k_day_number);
                let number = parts.must(self, Rule::ordinal)?;
                let number = self.day_number(&number)?;
                match relation {
                    Some(relation) => ExprKind::DayOfMonthIs(relation, left, number),
                    None => return self.fail(syntax::day_of_month(at, number, self.language)),
                }
            }
            Rule::status => {
                let state = duty_state(&test);
                match *left.kind {
                    ExprKind::Name(action) => ExprKind::DutyIs(action, state),
                    kind => self.equal_to_word(expr(kind, left.span), &test),
                }
            }
            Rule::decision => {
                let granted = test.clone().into_inner().any(|word| word.as_rule() == Rule::d_granted);
                match *left.kind {
                    ExprKind::Name(event) => ExprKind::DecisionIs(event, granted),
                    kind => self.equal_to_word(expr(kind, left.span), &test),
                }
            }
            _ => ExprKind::DayIs(left, day_kind(&test)),
        };
        let built = expr(kind, span);
        Ok(if negated { expr(ExprKind::Not(built), span) } else { built })
    }

    /// `senaste H.status är öppen`: not a duty, so the word is a value.
    fn equal_to_word(&mut self, left: Expr, word: &Pair<'_>) -> ExprKind {
        let name = self.name(word);
        let right = expr(ExprKind::Name(name.clone()), name.span);
        ExprKind::Compare(Comparison::Equal, left, right)
    }
}

/// `P efter D` (or `före D`); working days are counted, not added.
pub(super) fn step(period: Expr, after: bool, date: Expr) -> ExprKind {
    if let ExprKind::Quantity(quantities) = &*period.kind
        && let [Quantity { number, unit: Unit::WorkingDay, span }] = quantities.as_slice()
    {
        let count = expr(ExprKind::Number(number.clone()), *span);
        return ExprKind::WorkingDays(count, after, date);
    }
    if after { ExprKind::After(period, date) } else { ExprKind::Before(period, date) }
}

/// The period and the date of `P före D` when no brackets stand around it.
pub(super) fn bare_before(date: &Expr) -> Option<(Expr, Expr)> {
    let (period, from) = match &*date.kind {
        ExprKind::Before(period, from) => (period.clone(), from.clone()),
        ExprKind::WorkingDays(count, false, from) => {
            let ExprKind::Number(number) = &*count.kind else { return None };
            let quantity = Quantity { number: number.clone(), unit: Unit::WorkingDay, span: count.span };
            (expr(ExprKind::Quantity(vec![quantity]), count.span), from.clone())
        }
        _ => return None,
    };
    (period.span.start == date.span.start).then_some((period, from))
}

/// The direction of a `moved` or `move_last_days` pair.
pub(super) fn direction(pair: &Pair<'_>) -> Direction {
    let next = pair.clone().into_inner().any(|word| word.as_rule() == Rule::k_next_working_day);
    if next { Direction::Next } else { Direction::Previous }
}

/// The relation of a `relation` pair.
pub(super) fn day_relation(pair: &Pair<'_>) -> Option<DateRelation> {
    Some(match pair.clone().into_inner().next()?.as_rule() {
        Rule::k_by => DateRelation::By,
        Rule::k_no_earlier_than => DateRelation::NoEarlier,
        Rule::k_before => DateRelation::Before,
        Rule::k_after => DateRelation::After,
        _ => return None,
    })
}

/// The state of a `status` pair.
pub(super) fn duty_state(pair: &Pair<'_>) -> DutyState {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::s_met) => DutyState::Met,
        Some(Rule::s_met_late) => DutyState::MetLate,
        Some(Rule::s_overdue) => DutyState::Overdue,
        Some(Rule::s_lapsed) => DutyState::Lapsed,
        _ => DutyState::Open,
    }
}

fn day_kind(pair: &Pair<'_>) -> DayKind {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::d_weekday) => DayKind::Weekday,
        Some(Rule::d_holiday) => DayKind::Holiday,
        Some(Rule::d_monday) => DayKind::On(Weekday::Monday),
        Some(Rule::d_tuesday) => DayKind::On(Weekday::Tuesday),
        Some(Rule::d_wednesday) => DayKind::On(Weekday::Wednesday),
        Some(Rule::d_thursday) => DayKind::On(Weekday::Thursday),
        Some(Rule::d_friday) => DayKind::On(Weekday::Friday),
        Some(Rule::d_saturday) => DayKind::On(Weekday::Saturday),
        Some(Rule::d_sunday) => DayKind::On(Weekday::Sunday),
        _ => DayKind::WorkingDay,
    }
}
