//! Duties: who must do what by when, what meets them, and what follows when they are missed.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::{Words, rules as report, time as report_time, types as report_types};
use crate::program::code::Op;
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, DutyLimit, Expr, ExprKind, RecurrenceKind};
use crate::value::Value;

use super::lower::Want;
use super::rules::Context;
use super::scope::Scope;
use super::sets::{member, rate_base};
use super::state::Checker;

impl Checker<'_> {
    /// Those to whom a duty is owed, and what they are: roles where they are listed, or the members of any set.
    pub(super) fn recipients(&mut self, scope: &Scope, recipients: &Expr) -> Option<(ExprId, Type)> {
        let roles = Want::just(Type::Set(Element::Role));
        // Texts may be recipients too: those that an event names.
        let listed = match &*recipients.kind {
            ExprKind::Set(parts) => !parts.iter().any(|part| matches!(*part.kind, ExprKind::Text(_))),
            _ => false,
        };
        let lowered = self.expression(scope, recipients, listed.then_some(roles))?;
        match lowered.ty {
            Type::Set(element) => Some((lowered.id, member(element))),
            other => {
                let (wanted, found) = (self.type_words(Type::Set(Element::Role)), self.type_words(other));
                self.report(report_types::wrong_type(&wanted, &found, recipients.span, None));
                None
            }
        }
    }

    /// A duty.
    pub(super) fn duty(
        &mut self,
        context: Context<'_>,
        scope: &Scope,
        duty: &tree::Duty,
        span: Span,
    ) -> Option<DutyId> {
        let errors = self.errors;
        let bearers = self.roles_named(&duty.bearers);
        let action = self.find(NameSpace::Action, &duty.action).map(ActionId::at);
        let recipients = duty.recipients.as_ref().and_then(|recipients| self.recipients(scope, recipients));
        let (recipients, recipient) = recipients.unzip();
        let not_before = duty.not_before.as_ref().and_then(|day| self.date(scope, day));
        let limit = self.limit(scope, duty.limit.as_ref());
        let of_duty = Scope { recipient, ..scope.clone() };
        let recurrence =
            duty.recurrence.as_ref().and_then(|recurrence| self.recurrence(scope, &of_duty, recurrence));
        let mut met_by = Vec::new();
        for met in &duty.met_by {
            if let Some((event, where_)) = self.pattern(&of_duty, &met.pattern) {
                met_by
                    .push(MetBy { pattern: EventPattern { event, where_ }, even_earlier: met.even_earlier });
            }
        }
        let as_long_as = duty.as_long_as.as_ref().and_then(|condition| self.condition(scope, condition));
        let through = duty.through.as_ref().and_then(|day| self.date(scope, day));
        let except_while = duty.except_while.as_ref().and_then(|condition| self.condition(scope, condition));
        let mut falls_away = Vec::new();
        for pattern in &duty.falls_away {
            if let Some((event, where_)) = self.pattern(&of_duty, pattern) {
                falls_away.push(EventPattern { event, where_ });
            }
        }
        let failing = self.effects(Context { after_missed: true, ..context }, scope, &duty.failing);
        self.duty_times(scope, duty, span);
        self.reversed_limit(not_before, limit, duty);
        if self.errors != errors {
            return None;
        }
        let lowered = Duty {
            bearers: bearers?,
            soft: duty.soft,
            action: action?,
            recipients,
            without_delay: duty.without_delay.is_some(),
            no_time_stated: duty.no_time_stated.is_some(),
            not_before,
            limit,
            recurrence,
            met_by,
            as_long_as,
            through,
            except_while,
            falls_away,
            failing,
            span,
        };
        let id = DutyId::at(self.out.duties.len());
        self.out.duties.push(lowered);
        Some(id)
    }

    fn limit(&mut self, scope: &Scope, limit: Option<&DutyLimit>) -> Limit {
        match limit {
            None => Limit::Open,
            Some(DutyLimit::By(day)) => self.last_day(scope, day).map_or(Limit::Open, Limit::By),
            Some(DutyLimit::On(day)) => self.last_day(scope, day).map_or(Limit::Open, Limit::On),
            Some(DutyLimit::AtLeastBefore { period, date, span }) => self
                .build(scope, *span, |lower| lower.last_at_least_before(period, date, *span))
                .map_or(Limit::Open, |lowered| Limit::By(lowered.id)),
            Some(DutyLimit::BeforeEvent(event)) => {
                let pattern = tree::EventPattern { event: event.clone(), where_: None };
                self.pattern(scope, &pattern).map_or(Limit::Open, |(event, _)| Limit::BeforeEvent(event))
            }
        }
    }

    /// How often a duty comes back; `of_duty` knows what its recipients are.
    pub(super) fn recurrence(
        &mut self,
        scope: &Scope,
        of_duty: &Scope,
        recurrence: &tree::Recurrence,
    ) -> Option<Recurrence> {
        match &recurrence.kind {
            RecurrenceKind::Times { times: 0, .. } => {
                let why = Words::new("minst 1 gång", "at least once");
                self.report(report_types::bad_number("0", recurrence.span, &why));
                None
            }
            RecurrenceKind::Times { times, per, whole, .. } => {
                Some(Recurrence::Times { times: *times, per: *per, whole: *whole })
            }
            RecurrenceKind::Amount { amount, per, event, field } => {
                let pattern = tree::EventPattern { event: event.clone(), where_: None };
                let (event, _) = self.pattern(scope, &pattern)?;
                let (slot, ty, _) = self.find_field(event, field)?;
                if rate_base(ty).is_none() {
                    let words = self.type_words(ty);
                    self.report(report_types::set_element(&words, field.span, true));
                    return None;
                }
                let want = Want::from(ty, field.span);
                let amount = self.build(scope, amount.span, |lower| lower.used(amount, want))?.id;
                Some(Recurrence::Amount { amount, per: *per, event, field: slot })
            }
            RecurrenceKind::AfterLatest { period, event } => {
                let pattern = self.pattern(of_duty, event);
                // `datum` stands for the day that the run counts from.
                let from = Expr { kind: Box::new(ExprKind::Date), span: event.event.span };
                let due = ExprKind::After(period.clone(), from);
                let due = Expr { kind: Box::new(due), span: recurrence.span };
                let due = self.last_day(scope, &due)?;
                let (event, where_) = pattern?;
                let want = Want::just(Type::Period);
                let period = self.build(scope, period.span, |lower| lower.used(period, want))?.id;
                Some(Recurrence::AfterLatest { due, period, event: EventPattern { event, where_ } })
            }
        }
    }

    /// Judges the times of a duty against each other.
    fn duty_times(&mut self, scope: &Scope, duty: &tree::Duty, span: Span) {
        let limit_at = duty.limit.as_ref().map(limit_span);
        if let Some(untimed) = duty.no_time_stated {
            let clash = [
                (limit_at, ("en sista dag är angiven", "a last day is stated")),
                (duty.without_delay, ("`omgående` är en tid", "`without delay` is a time")),
                (duty.recurrence.as_ref().map(|r| r.span), ("plikten återkommer", "the duty comes back")),
                (
                    duty.failing.first().map(|e| e.span),
                    (
                        "utan sista dag kan plikten inte utebli",
                        "without a last day the duty cannot be missed",
                    ),
                ),
            ];
            for (other, (sv, en)) in clash {
                if let Some(other) = other {
                    self.report(report::duty_times_clash(untimed, other, &Words::new(sv, en)));
                    return;
                }
            }
        }
        if let (Some(failing), None, None) = (duty.failing.first(), &duty.limit, &duty.recurrence) {
            let why = Words::new(
                "utan sista dag kan plikten inte utebli",
                "without a last day the duty cannot be missed",
            );
            if duty.no_time_stated.is_none() {
                self.report(report::duty_times_clash(failing.span, duty.action.span, &why));
            }
        }
        if let Some(recurrence) = &duty.recurrence {
            if let Some(limit) = limit_at {
                let why = Words::new(
                    "den återkommer och har en enda sista dag",
                    "it comes back and has one last day",
                );
                self.report(report::duty_times_clash(recurrence.span, limit, &why));
            }
            let standing = scope.kinds.is_some_and(|(kinds, _)| self.is_municipality_only(kinds));
            if duty.as_long_as.is_none() && duty.through.is_none() && !standing {
                self.report(report::recurs_without_end(recurrence.span));
            }
        }
        let met_otherwise = matches!(
            duty.recurrence.as_ref().map(|recurrence| &recurrence.kind),
            Some(RecurrenceKind::Amount { .. } | RecurrenceKind::AfterLatest { .. })
        );
        if duty.met_by.is_empty() && !met_otherwise && !duty.soft {
            let head = duty.bearers.first().map_or(span, |bearer| bearer.span.to(duty.action.span));
            self.report(report::duty_nothing_meets(&duty.action.text, head));
        }
    }

    /// Says so if a duty's last day comes before its first, where both are written out.
    fn reversed_limit(&mut self, not_before: Option<ExprId>, limit: Limit, duty: &tree::Duty) {
        let (Some(first), Limit::By(last) | Limit::On(last)) = (not_before, limit) else { return };
        let day = |id: ExprId| match self.out.code.ops(id) {
            [Op::Constant(Value::Day(day))] => Some(*day),
            _ => None,
        };
        if let (Some(first_day), Some(last_day)) = (day(first), day(last))
            && last_day < first_day
        {
            let at = duty.limit.as_ref().map_or(duty.action.span, limit_span);
            self.report(report_time::reversed(at));
        }
    }
}

fn limit_span(limit: &DutyLimit) -> Span {
    match limit {
        DutyLimit::By(day) | DutyLimit::On(day) => day.span,
        DutyLimit::AtLeastBefore { span, .. } => *span,
        DutyLimit::BeforeEvent(event) => event.span,
    }
}
