//! Faults in expressions: numbers, dates, conditions, looks back.

use frist::syntax::tree::{
    CalendarUnit, Comparison, DateRelation, DayKind, Direction, Expr, ExprKind, LookBack, LookBackKind,
    Operator, Rounding, Unit, WhichMonth, WindowKind,
};

use super::kind::Kind;
use super::plant::{Planter, taken};

/// Offers what can go wrong in an expression.
pub fn expression(planter: &mut Planter, expr: &mut Expr) {
    let span = expr.span;
    match &mut *expr.kind {
        ExprKind::Day(_) => {
            literal(planter, Kind::Date, expr);
        }
        ExprKind::Number(_) | ExprKind::Quantity(_) | ExprKind::Clock(_) => {
            literal(planter, Kind::Amount, expr);
        }
        ExprKind::YesNo(yes) => {
            let other = !*yes;
            planter.change(Kind::Amount, span, yes, &[(other, "the opposite")]);
        }
        ExprKind::Not(inner) => expression(planter, inner),
        ExprKind::Set(parts) => {
            planter.less_one(Kind::SetLess, parts, 1, |part| part.span, "left out");
            parts.iter_mut().for_each(|part| expression(planter, part));
        }
        ExprKind::And(..) | ExprKind::Or(..) => junction(planter, expr),
        ExprKind::Compare(comparison, one, other) => {
            let (instead, what) = beside(*comparison);
            planter.change(Kind::Inclusive, span, comparison, &[(instead, what)]);
            for side in [one, other] {
                if !literal(planter, Kind::Bound, side) {
                    expression(planter, side);
                }
            }
        }
        ExprKind::Between(of, low, high) => {
            expression(planter, of);
            for side in [low, high] {
                if !literal(planter, Kind::Bound, side) {
                    expression(planter, side);
                }
            }
        }
        ExprKind::Conditional(one, condition, other) => {
            planter.offer(Kind::Conditional, span, "exchanged", || std::mem::swap(one, other));
            for part in [one, condition, other] {
                expression(planter, part);
            }
        }
        ExprKind::Arithmetic(operator, one, other) => {
            match operator {
                Operator::Add => planter.change(Kind::Sign, span, operator, &[(Operator::Subtract, "−")]),
                Operator::Subtract => planter.change(Kind::Sign, span, operator, &[(Operator::Add, "+")]),
                _ => {}
            }
            expression(planter, one);
            expression(planter, other);
        }
        ExprKind::Rounded(of, rounding, _) => {
            let other = if *rounding == Rounding::Up { Rounding::Down } else { Rounding::Up };
            planter.change(Kind::Sign, span, rounding, &[(other, "rounded the other way")]);
            expression(planter, of);
        }
        ExprKind::LookBack(look) => look_back(planter, look, span),
        ExprKind::Call(_, given) | ExprKind::Answer(_, given, _) => {
            given.iter_mut().for_each(|one| expression(planter, one));
        }
        ExprKind::ConstantOn(_, of)
        | ExprKind::IsEmpty(of)
        | ExprKind::CountIn(of)
        | ExprKind::IsGiven(of)
        | ExprKind::IsUnknown(of)
        | ExprKind::Rate(of, _) => expression(planter, of),
        ExprKind::In(one, other) | ExprKind::MissingFrom(one, other) | ExprKind::DaysBetween(one, other) => {
            expression(planter, one);
            expression(planter, other);
        }
        ExprKind::ClockIs(of, from, before) => {
            expression(planter, of);
            expression(planter, from);
            expression(planter, before);
        }
        _ => date(planter, expr),
    }
}

/// Offers what can go wrong in a date, or a condition on dates.
fn date(planter: &mut Planter, expr: &mut Expr) {
    let span = expr.span;
    match &mut *expr.kind {
        ExprKind::After(period, of) | ExprKind::Before(period, of) => {
            count(planter, period);
            expression(planter, of);
            let turned = |expr: &mut Expr| {
                let old = taken(expr);
                *expr.kind = match *old.kind {
                    ExprKind::After(period, of) => ExprKind::Before(period, of),
                    ExprKind::Before(period, of) => ExprKind::After(period, of),
                    other => other,
                };
            };
            planter.offer(Kind::Direction, span, "the other way", || turned(expr));
        }
        ExprKind::WorkingDays(number, after, of) => {
            literal(planter, Kind::Count, number);
            expression(planter, of);
            let other = !*after;
            planter.change(Kind::Direction, span, after, &[(other, "the other way")]);
        }
        ExprKind::DayOfMonth(day, which, of) => {
            let around = neighbours(*day);
            planter.change(Kind::DayOfMonth, span, day, &around);
            let others: &[(WhichMonth, &str)] = match *which {
                WhichMonth::Same => &[(WhichMonth::Next, "the next month")],
                WhichMonth::Next => {
                    &[(WhichMonth::Same, "the same month"), (WhichMonth::Nth(2), "the 2nd month after")]
                }
                WhichMonth::Nth(2) => {
                    &[(WhichMonth::Next, "the next month"), (WhichMonth::Nth(3), "the 3rd month")]
                }
                WhichMonth::Nth(_) => &[(WhichMonth::Nth(2), "the 2nd month after")],
            };
            planter.change(Kind::WhichMonth, span, which, others);
            expression(planter, of);
        }
        ExprKind::LastDayOfMonth(of) | ExprKind::FirstIn(_, of) => expression(planter, of),
        ExprKind::DayAfter(of) | ExprKind::DayBefore(of) => {
            expression(planter, of);
            planter.offer(Kind::Count, span, "the day itself", || {
                let old = taken(expr);
                if let ExprKind::DayAfter(of) | ExprKind::DayBefore(of) = *old.kind {
                    *expr = of;
                }
            });
        }
        ExprKind::LaterOf(of) | ExprKind::EarlierOf(of) => {
            planter.less_one(Kind::LaterOf, of, 2, |one| one.span, "left out");
            of.iter_mut().for_each(|one| expression(planter, one));
            let alone = of.len();
            for place in 0..alone {
                planter.offer(Kind::LaterOf, span, format!("number {} alone", place + 1), || {
                    if let ExprKind::LaterOf(mut of) | ExprKind::EarlierOf(mut of) = *taken(expr).kind {
                        *expr = of.swap_remove(place);
                    }
                });
            }
            planter.offer(Kind::LaterOf, span, "the other one", || {
                *expr.kind = match *taken(expr).kind {
                    ExprKind::LaterOf(of) => ExprKind::EarlierOf(of),
                    ExprKind::EarlierOf(of) => ExprKind::LaterOf(of),
                    other => other,
                };
            });
        }
        ExprKind::Moved(of, direction) => {
            let other = match direction {
                Direction::Next => Direction::Previous,
                Direction::Previous => Direction::Next,
            };
            planter.change(Kind::Moved, span, direction, &[(other, "the other way")]);
            expression(planter, of);
            planter.offer(Kind::Moved, span, "not moved", || {
                if let ExprKind::Moved(of, _) = *taken(expr).kind {
                    *expr = of;
                }
            });
        }
        ExprKind::DateIs(relation, one, other) => {
            related(planter, relation, span);
            expression(planter, one);
            expression(planter, other);
        }
        ExprKind::DayOfMonthIs(relation, of, day) => {
            related(planter, relation, span);
            planter.change(Kind::DayOfMonth, span, day, &neighbours(*day));
            expression(planter, of);
        }
        ExprKind::AtLeastBefore(one, period, other) => {
            count(planter, period);
            expression(planter, one);
            expression(planter, other);
        }
        ExprKind::DayIs(of, kind) => {
            let (other, what) = match kind {
                DayKind::WorkingDay => (DayKind::Weekday, "vardag"),
                DayKind::Weekday => (DayKind::WorkingDay, "arbetsdag"),
                DayKind::Holiday => (DayKind::On(frist::time::Weekday::Sunday), "söndag"),
                DayKind::On(_) => (DayKind::Holiday, "helgdag"),
            };
            planter.change(Kind::OfDay, span, kind, &[(other, what)]);
            expression(planter, of);
        }
        _ => {}
    }
}

/// `och` and `eller`: the other one, one half alone, one half negated.
fn junction(planter: &mut Planter, expr: &mut Expr) {
    let span = expr.span;
    planter.offer(Kind::Junction, span, "the other one", || {
        *expr.kind = match *taken(expr).kind {
            ExprKind::And(one, other) => ExprKind::Or(one, other),
            ExprKind::Or(one, other) => ExprKind::And(one, other),
            other => other,
        };
    });
    for first in [true, false] {
        let what = if first { "only the first half" } else { "only the second half" };
        planter.offer(Kind::PartDropped, span, what, || {
            if let ExprKind::And(one, other) | ExprKind::Or(one, other) = *taken(expr).kind {
                *expr = if first { one } else { other };
            }
        });
    }
    if let ExprKind::And(one, other) | ExprKind::Or(one, other) = &mut *expr.kind {
        for half in [one, other] {
            if !matches!(*half.kind, ExprKind::And(..) | ExprKind::Or(..)) {
                planter.negate(Kind::Negated, half, "negated");
            }
            expression(planter, half);
        }
    }
}

fn look_back(planter: &mut Planter, look: &mut LookBack, span: frist::source::Span) {
    if look.kind != LookBackKind::Share {
        planter.leave_out(Kind::LookBack, span, &mut look.pattern.where_, "without `där`");
    }
    planter.leave_out(Kind::LookBack, span, &mut look.since, "without `sedan`");
    let other = match look.kind {
        LookBackKind::Least => Some((LookBackKind::Greatest, "största")),
        LookBackKind::Greatest => Some((LookBackKind::Least, "minsta")),
        LookBackKind::Count => Some((LookBackKind::Exists, "finns")),
        LookBackKind::CountDistinct => Some((LookBackKind::Count, "alla i stället för olika")),
        LookBackKind::Sum => Some((LookBackKind::Greatest, "största")),
        LookBackKind::Mean => Some((LookBackKind::Median, "median")),
        LookBackKind::Latest => Some((LookBackKind::Greatest, "största")),
        _ => None,
    };
    if let Some(other) = other {
        planter.change(Kind::LookBack, span, &mut look.kind, &[other]);
    }
    if let Some(condition) = &mut look.pattern.where_ {
        expression(planter, condition);
    }
    if let Some(since) = &mut look.since {
        expression(planter, since);
    }
    if let Some(window) = &mut look.window {
        match &mut window.kind {
            WindowKind::Last(period) => count(planter, period),
            WindowKind::Same(unit) => {
                let other =
                    if *unit == CalendarUnit::Month { CalendarUnit::Year } else { CalendarUnit::Month };
                planter.change(Kind::LookBack, window.span, unit, &[(other, "another window")]);
            }
        }
    }
    planter.leave_out(Kind::LookBack, span, &mut look.window, "without its window");
}

/// A period: one more or less, and in another unit.
pub fn count(planter: &mut Planter, period: &mut Expr) {
    if !literal(planter, Kind::Count, period) {
        expression(planter, period);
    }
    let span = period.span;
    if let ExprKind::Quantity(parts) = &mut *period.kind
        && let [part] = parts.as_mut_slice()
    {
        let other = match part.unit {
            Unit::Day | Unit::Week => (Unit::Month, "months"),
            Unit::Month | Unit::Year => (Unit::Day, "days"),
            _ => return,
        };
        planter.change(Kind::Unit, span, &mut part.unit, &[other]);
    }
}

/// A number, a quantity or a day as written: one more and one less. Says whether it was one.
pub fn literal(planter: &mut Planter, kind: Kind, expr: &mut Expr) -> bool {
    let span = expr.span;
    match &mut *expr.kind {
        ExprKind::Number(number) => stepped(planter, kind, span, number),
        ExprKind::Quantity(parts) => {
            if let Some(last) = parts.last_mut() {
                stepped(planter, kind, span, &mut last.number);
            }
        }
        ExprKind::Day(day) => {
            let others = [(day.previous(), "the day before"), (day.next(), "the day after")];
            let others: Vec<_> =
                others.into_iter().filter_map(|(day, what)| Some((day.ok()?, what))).collect();
            planter.change(Kind::Date, span, day, &others);
        }
        ExprKind::Clock(_) => {}
        _ => return false,
    }
    true
}

/// A number as written, with its last digit one less and one more.
fn stepped(planter: &mut Planter, kind: Kind, span: frist::source::Span, number: &mut String) {
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let Ok(value) = digits.parse::<i64>() else { return };
    for other in [value - 1, value + 1] {
        if other < 0 {
            continue;
        }
        let mut text = format!("{other:0width$}", width = decimals + 1);
        if decimals > 0 {
            text.insert(text.len() - decimals, '.');
        }
        planter.offer(kind, span, text.clone(), || *number = text);
    }
}

/// The days of the month before and after one.
fn neighbours(day: u8) -> Vec<(u8, &'static str)> {
    let around = [(day.saturating_sub(1), "the day before"), (day + 1, "the day after")];
    around.into_iter().filter(|(day, _)| (1..=31).contains(day)).collect()
}

fn related(planter: &mut Planter, relation: &mut DateRelation, span: frist::source::Span) {
    let other = match relation {
        DateRelation::By => (DateRelation::Before, "före"),
        DateRelation::Before => (DateRelation::By, "senast"),
        DateRelation::NoEarlier => (DateRelation::After, "efter"),
        DateRelation::After => (DateRelation::NoEarlier, "tidigast"),
    };
    planter.change(Kind::Relation, span, relation, &[other]);
}

/// The comparison that differs from one where both sides are equal.
fn beside(comparison: Comparison) -> (Comparison, &'static str) {
    match comparison {
        Comparison::Equal => (Comparison::NotEqual, "≠"),
        Comparison::NotEqual => (Comparison::Equal, "="),
        Comparison::Less => (Comparison::AtMost, "≤"),
        Comparison::AtMost => (Comparison::Less, "<"),
        Comparison::Greater => (Comparison::AtLeast, "≥"),
        Comparison::AtLeast => (Comparison::Greater, ">"),
    }
}
