//! Date expressions: counting, numbered days, moves, and tests of dates.

use crate::diagnostics::{names::NameSpace, time as report};
use crate::program::code::{At, Op};
use crate::program::{CalendarId, Type};
use crate::source::Span;
use crate::syntax::tree::{DateRelation, DayKind, Direction, Expr, ExprKind};
use crate::time::{Day, MonthPolicy, Period, plus_months};
use crate::value::Value;

use super::flat::{Node, operands};
use super::lower::{Lower, Want};

const DATE: Want = Want { ty: Type::Date, because: None };
const PERIOD: Want = Want { ty: Type::Period, because: None };

impl Lower<'_, '_> {
    /// A date expression or a test of dates.
    pub(super) fn dates(&mut self, e: &Expr) -> Node {
        let span = e.span;
        match &*e.kind {
            ExprKind::After(period, date) => {
                let (p, d) = (self.used(period, PERIOD), self.used(date, DATE));
                self.counts_months(p, d, true, span);
                self.push(Op::After(p.at, d.at), Type::Date, span)
            }
            ExprKind::Before(period, date) => {
                let (p, d) = (self.used(period, PERIOD), self.used(date, DATE));
                self.counts_months(p, d, false, span);
                self.push(Op::Before(p.at, d.at), Type::Date, span)
            }
            ExprKind::WorkingDays(number, after, date) => {
                let number = self.used(number, Want::just(Type::Count));
                let date = self.used(date, DATE);
                self.push(Op::WorkingDays(number.at, *after, date.at), Type::Date, span)
            }
            ExprKind::DayOfMonth(day, which, date) => {
                let date = self.used(date, DATE);
                if *day > 28 && self.c.out.header.months.is_none() {
                    let header = self.c.out.header.span;
                    self.c.report(report::months_not_stated(span, header, None));
                }
                self.push(Op::DayOfMonth(*day, *which, date.at), Type::Date, span)
            }
            ExprKind::LastDayOfMonth(date) => self.of_date(date, span, Op::LastDayOfMonth),
            ExprKind::DayAfter(date) => self.of_date(date, span, Op::DayAfter),
            ExprKind::DayBefore(date) => self.of_date(date, span, Op::DayBefore),
            ExprKind::LaterOf(dates) => self.pick(dates, true, span),
            ExprKind::EarlierOf(dates) => self.pick(dates, false, span),
            ExprKind::FirstIn(calendar, date) => {
                let date = self.used(date, DATE);
                let Some(id) = self.c.find(NameSpace::Calendar, calendar) else { return self.broken(span) };
                self.push(Op::FirstIn(CalendarId::at(id), date.at), Type::Date, span)
            }
            ExprKind::Moved(date, direction) => {
                let date = self.used(date, DATE);
                self.push(Op::Moved(date.at, *direction), Type::Date, span)
            }
            // It says what a last day must not do; elsewhere nothing moves anyway.
            ExprKind::Unmoved(date) => self.used(date, DATE),
            ExprKind::DaysBetween(a, b) => {
                let (a, b) = (self.used(a, DATE), self.used(b, DATE));
                self.push(Op::DaysBetween(a.at, b.at), Type::Count, span)
            }
            ExprKind::DateIs(relation, a, b) => self.date_is(*relation, a, b, span),
            ExprKind::DayOfMonthIs(relation, date, day) => {
                let date = self.used(date, DATE);
                let moved = self.moves(*relation);
                self.push(Op::DayOfMonthIs(*relation, date.at, *day, moved), Type::YesNo, span)
            }
            ExprKind::AtLeastBefore(date, period, target) => {
                let (d, p, t) = (self.used(date, DATE), self.used(period, PERIOD), self.used(target, DATE));
                self.counts_months(p, d, true, span);
                self.push(Op::AtLeastBefore(d.at, p.at, t.at), Type::YesNo, span)
            }
            ExprKind::DayIs(date, kind) => self.day_is(date, *kind, span),
            ExprKind::ClockIs(time, from, before) => {
                let node = self.node(time, None);
                let node = self.needed(time, node);
                match node.ty {
                    Some(Type::Moment | Type::Clock) => {}
                    Some(found) => {
                        self.report_wrong_type(Want::just(Type::Moment), found, time.span);
                        return self.broken(span);
                    }
                    None => return self.broken(span),
                }
                let clock = Want::just(Type::Clock);
                let (from_node, before_node) = (self.used(from, clock), self.used(before, clock));
                if let (Some(Value::Clock(a)), Some(Value::Clock(b))) =
                    (self.value_at(from_node.at), self.value_at(before_node.at))
                    && a >= b
                {
                    self.c.report(report::reversed(from.span.to(before.span)));
                    return self.broken(span);
                }
                self.push(Op::ClockIs(node.at, from_node.at, before_node.at), Type::YesNo, span)
            }
            _ => self.broken(span),
        }
    }

    fn of_date(&mut self, date: &Expr, span: Span, op: impl FnOnce(At) -> Op) -> Node {
        let date = self.used(date, DATE);
        self.push(op(date.at), Type::Date, span)
    }

    /// The later or the earlier of several dates: one that is none is left out.
    fn pick(&mut self, dates: &[Expr], later: bool, span: Span) -> Node {
        let nodes: Vec<Node> = dates.iter().map(|date| self.fitted(date, DATE)).collect();
        if nodes.iter().any(|node| node.ty.is_none()) {
            return self.broken(span);
        }
        let places: Vec<At> = nodes.iter().map(|node| node.at).collect();
        let places = operands(&mut self.c.out.code, &places);
        let op = if later { Op::LaterOf(places) } else { Op::EarlierOf(places) };
        // It is none only if every one of them is.
        let optional = nodes.iter().all(|node| node.optional);
        Node { optional, ..self.push(op, Type::Date, span) }
    }

    /// Which way a last day moves, if the header moves them.
    fn moves(&self, relation: DateRelation) -> Option<Direction> {
        let direction = self.c.out.header.move_last_days.as_ref().map(|(direction, _)| *direction);
        direction.filter(|_| relation == DateRelation::By)
    }

    fn date_is(&mut self, relation: DateRelation, a: &Expr, b: &Expr, span: Span) -> Node {
        let left = self.used(a, DATE);
        let right = if relation == DateRelation::By { self.last_day(b) } else { self.used(b, DATE) };
        if left.ty.is_some() && self.key(a) == self.key(b) {
            let always = matches!(relation, DateRelation::By | DateRelation::NoEarlier);
            self.c.report(crate::diagnostics::types::self_comparison(span, Some(always)));
        }
        self.push(Op::DateIs(relation, left.at, right.at), Type::YesNo, span)
    }

    /// A last day to act: moved to a working day if the header says so and nothing here speaks against it.
    pub(super) fn last_day(&mut self, e: &Expr) -> Node {
        let Some(direction) = self.moves(DateRelation::By) else { return self.used(e, DATE) };
        match &*e.kind {
            ExprKind::Unmoved(date) => self.used(date, DATE),
            ExprKind::Moved(..) => self.used(e, DATE),
            ExprKind::Conditional(value, condition, other) => {
                let asked = self.used(condition, Want::just(Type::YesNo));
                let first = self.with_given(condition, true, |lower| lower.last_day(value));
                let second = self.with_given(condition, false, |lower| lower.last_day(other));
                self.push(Op::Choose(asked.at, first.at, second.at), Type::Date, e.span)
            }
            _ => {
                let day = self.used(e, DATE);
                if day.ty.is_none() {
                    return day;
                }
                self.push(Op::Moved(day.at, direction), Type::Date, e.span)
            }
        }
    }

    fn day_is(&mut self, date: &Expr, kind: DayKind, span: Span) -> Node {
        let node = self.node(date, None);
        let node = self.needed(date, node);
        match node.ty {
            Some(Type::Date | Type::Moment) => {}
            Some(found) => {
                self.report_wrong_type(DATE, found, date.span);
                return self.broken(span);
            }
            None => return self.broken(span),
        }
        if kind == DayKind::Weekday && self.c.out.header.weekday.is_none() {
            let header = self.c.out.header.span;
            self.c.report(report::weekday_not_stated(span, header));
            return self.broken(span);
        }
        self.push(Op::DayIs(node.at, kind), Type::YesNo, span)
    }

    /// The last day d such that d plus a period is on or before a date.
    pub(super) fn last_at_least_before(&mut self, period: &Expr, date: &Expr, span: Span) -> Node {
        let (p, d) = (self.used(period, PERIOD), self.used(date, DATE));
        self.counts_months(p, d, true, span);
        self.push(Op::LastAtLeastBefore(p.at, d.at), Type::Date, span)
    }

    /// Warns of month arithmetic that the header does not settle, and of steps that are chained.
    pub(super) fn counts_months(&mut self, period: Node, date: Node, forward: bool, span: Span) {
        if period.ty.is_none() || date.ty.is_none() {
            return;
        }
        let months = match self.value_at(period.at) {
            Some(Value::Period(Period { months, .. })) => months,
            _ => 1,
        };
        if months == 0 {
            return;
        }
        let inner = match self.flat.op(date.at) {
            Some(Op::After(p, _) | Op::Before(p, _)) => Some(p),
            _ => None,
        };
        let chained = inner.is_some_and(|p| match self.value_at(p) {
            Some(Value::Period(period)) => period.months != 0,
            _ => false,
        });
        if chained {
            self.c.report(report::chained_months(span, date.span));
        }
        let safe = match self.flat.op(date.at) {
            Some(Op::Constant(Value::Day(day))) => day.day_of_month() <= 28,
            Some(Op::DayOfMonth(day, ..)) => day <= 28,
            _ => false,
        };
        if !safe && self.c.out.header.months.is_none() {
            let header = self.c.out.header.span;
            let months = i64::from(months);
            let parting = parting(if forward { months } else { months.saturating_neg() });
            self.c.report(report::months_not_stated(span, header, parting));
        }
    }
}

/// A day from which two ways to count so many months part, and where they lead.
fn parting(months: i64) -> Option<(Day, Day, Day)> {
    let mut day = Day::from_ymd(2025, 1, 29)?;
    for _ in 0..1_500 {
        let last = plus_months(day, months, MonthPolicy::Sfs1930_173).ok()?.day;
        let next = plus_months(day, months, MonthPolicy::FirstOfNext).ok()?.day;
        if last != next {
            return Some((day, last, next));
        }
        day = day.next().ok()?;
    }
    None
}
