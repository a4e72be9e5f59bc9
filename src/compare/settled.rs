//! Expressions as written, with what is settled beforehand put in: the answers to questions of interpretation, what
//! `låt` names, and for a timer the day it fires.

use crate::Words;
use crate::program::Program;
use crate::run::Settings;
use crate::syntax::format_expression;
use crate::syntax::tree::{self, Expr, ExprKind, TriggerKind};
use crate::{Language, program};

/// What is settled for a rule.
pub(super) struct Settled<'a> {
    program: &'a Program,
    settings: &'a Settings,
    lets: Vec<(&'a str, &'a Expr)>,
    fires: Option<Expr>,
}

impl<'a> Settled<'a> {
    /// What is settled for a rule as it is written.
    pub fn of(
        program: &'a Program,
        settings: &'a Settings,
        rule: Option<&'a tree::Rule>,
        trigger: Option<&tree::Trigger>,
    ) -> Settled<'a> {
        let own = rule.into_iter().flat_map(|rule| &rule.lets);
        let branches = rule.into_iter().flat_map(|rule| rule.branches.iter().flat_map(|one| &one.lets));
        let lets = own.chain(branches).map(|one| (one.name.text.as_str(), &one.value)).collect();
        Settled { program, settings, lets, fires: trigger.and_then(fires) }
    }

    /// An expression with what is settled put in, as it would be written in each language.
    pub fn words(&self, expr: &Expr) -> Words {
        let settled = self.expr(expr);
        let say = |language| format_expression(&settled, language);
        Words::new(say(Language::Swedish), say(Language::English))
    }

    /// A condition with what is settled put in; whether it holds, when that is settled too.
    pub fn condition(&self, expr: &Expr) -> Result<Words, bool> {
        match &*self.expr(expr).kind {
            ExprKind::YesNo(holds) => Err(*holds),
            _ => Ok(self.words(expr)),
        }
    }

    /// Whether a question of interpretation is answered so, as it is run.
    fn answered(&self, question: &str, answer: &str) -> Option<bool> {
        let readings = &self.program.readings;
        let place = readings.iter().position(|reading| reading.named.name == question)?;
        let number = self.settings.answer(self.program, program::ReadingId::at(place));
        let chosen = readings.get(place)?.answers.get(usize::from(number))?;
        Some(chosen.named.name == answer)
    }

    fn expr(&self, expr: &Expr) -> Expr {
        use ExprKind::*;
        let again = |kind: ExprKind| Expr { kind: Box::new(kind), span: expr.span };
        let of = |inner: &Expr| self.expr(inner);
        let each = |all: &[Expr]| all.iter().map(of).collect();
        match &*expr.kind {
            ReadingIs(question, answer) => match self.answered(&question.text, &answer.text) {
                Some(holds) => again(YesNo(holds)),
                None => expr.clone(),
            },
            Conditional(value, condition, other) => {
                let condition = of(condition);
                match *condition.kind {
                    YesNo(true) => of(value),
                    YesNo(false) => of(other),
                    _ => again(Conditional(of(value), condition, of(other))),
                }
            }
            Not(inner) => {
                let inner = of(inner);
                match *inner.kind {
                    YesNo(holds) => again(YesNo(!holds)),
                    _ => again(Not(inner)),
                }
            }
            And(a, b) => self.joined(expr, (a, b), false),
            Or(a, b) => self.joined(expr, (a, b), true),
            Name(name) => match self.lets.iter().find(|(known, _)| *known == name.text) {
                Some((_, value)) => of(value),
                None => expr.clone(),
            },
            Date => self.fires.clone().unwrap_or_else(|| expr.clone()),
            After(period, date) => again(After(of(period), of(date))),
            Before(period, date) => again(Before(of(period), of(date))),
            WorkingDays(count, after, date) => again(WorkingDays(of(count), *after, of(date))),
            DayOfMonth(day, which, date) => again(DayOfMonth(*day, *which, of(date))),
            LastDayOfMonth(date) => again(LastDayOfMonth(of(date))),
            DayAfter(date) => again(DayAfter(of(date))),
            DayBefore(date) => again(DayBefore(of(date))),
            LaterOf(all) => again(LaterOf(each(all))),
            EarlierOf(all) => again(EarlierOf(each(all))),
            FirstIn(calendar, date) => again(FirstIn(calendar.clone(), of(date))),
            Moved(date, direction) => again(Moved(of(date), *direction)),
            Unmoved(date) => again(Unmoved(of(date))),
            Compare(comparison, a, b) => again(Compare(*comparison, of(a), of(b))),
            Between(x, a, b) => again(Between(of(x), of(a), of(b))),
            DateIs(relation, a, b) => again(DateIs(*relation, of(a), of(b))),
            DayOfMonthIs(relation, date, day) => again(DayOfMonthIs(*relation, of(date), *day)),
            AtLeastBefore(a, period, b) => again(AtLeastBefore(of(a), of(period), of(b))),
            DayIs(date, kind) => again(DayIs(of(date), *kind)),
            Arithmetic(operator, a, b) => again(Arithmetic(*operator, of(a), of(b))),
            _ => expr.clone(),
        }
    }

    /// `och` and `eller` without the side that is settled; all of it when that side decides.
    fn joined(&self, expr: &Expr, (a, b): (&Expr, &Expr), or: bool) -> Expr {
        let (a, b) = (self.expr(a), self.expr(b));
        match (&*a.kind, &*b.kind) {
            (ExprKind::YesNo(holds), _) => {
                if *holds == or {
                    a
                } else {
                    b
                }
            }
            (_, ExprKind::YesNo(holds)) => {
                if *holds == or {
                    b
                } else {
                    a
                }
            }
            _ => {
                let kind = if or { ExprKind::Or(a, b) } else { ExprKind::And(a, b) };
                Expr { kind: Box::new(kind), span: expr.span }
            }
        }
    }
}

/// The day a timer fires: so long after its start.
fn fires(trigger: &tree::Trigger) -> Option<Expr> {
    let TriggerKind::Timer { period, event, field, .. } = &trigger.kind else { return None };
    let start = match field {
        Some(field) => Expr { kind: Box::new(ExprKind::Name(field.clone())), span: field.span },
        None => Expr { kind: Box::new(ExprKind::EventsDate), span: event.span },
    };
    Some(Expr { kind: Box::new(ExprKind::After(period.clone(), start)), span: trigger.span })
}
