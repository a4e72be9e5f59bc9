//! What examples expect: the effects that are written after `ger`.

use crate::Language;
use crate::diagnostics::names::NameSpace;
use crate::diagnostics::rules as report;
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, DutyLimit, EffectKind as Kind, EndBound, FactRef};

use super::brings::Brings;
use super::effects::{Target, Verb};
use super::lower::Want;
use super::scope::Scope;
use super::state::Checker;

impl Checker<'_> {
    /// What an example expects, if it is something that can follow.
    pub(super) fn expected(
        &mut self,
        scope: &Scope,
        language: Language,
        expected: &tree::Expected,
        brings: Option<&Brings>,
        rule: Option<Span>,
    ) -> Option<Expected> {
        let (kind, span, possible) = match expected {
            tree::Expected::Undetermined(span) => (ExpectedKind::Undetermined, *span, true),
            tree::Expected::Conflict(span) => (ExpectedKind::Conflict, *span, true),
            tree::Expected::DutyStatus { action, status, span } => {
                let action = ActionId::at(self.find(NameSpace::Action, action)?);
                let possible = brings.is_none_or(|brings| brings.duties.contains_key(&action));
                (ExpectedKind::DutyStatus(action, *status), *span, possible)
            }
            tree::Expected::Effect(effect) => {
                let (kind, possible) = self.expected_effect(scope, language, effect, brings)?;
                (kind, effect.span, possible)
            }
        };
        if !possible {
            self.report(report::expects_the_impossible(span, rule));
            return None;
        }
        Some(Expected { kind, span })
    }

    fn expected_fact(&mut self, scope: &Scope, fact: &FactRef, at: Span, verb: Verb) -> Option<Target> {
        let target = self.target(scope, fact, at, true)?;
        self.suits_verb(&target, fact, at, verb)?;
        Some(target)
    }

    fn expected_effect(
        &mut self,
        scope: &Scope,
        language: Language,
        effect: &tree::Effect,
        brings: Option<&Brings>,
    ) -> Option<(ExpectedKind, bool)> {
        let span = effect.span;
        let can = |test: &dyn Fn(&Brings) -> bool| brings.is_none_or(test);
        Some(match &effect.kind {
            Kind::Applies { fact, from, through } => {
                let target = self.expected_fact(scope, fact, span, Verb::Applies)?;
                let from = self.optional_date(scope, from.as_ref())?;
                let until = self.optional_date(scope, through.as_ref())?;
                let possible = can(&|brings| brings.begins.contains(&target.id));
                (ExpectedKind::Begins { fact: target.id, parameter: target.parameter, from, until }, possible)
            }
            Kind::Ends { fact, when } => {
                let target = self.expected_fact(scope, fact, span, Verb::Ends)?;
                let (day, after) = match when {
                    Some(EndBound::AsOf(day)) => (Some(day), false),
                    Some(EndBound::After(day)) => (Some(day), true),
                    None => (None, false),
                };
                let when = self.optional_date(scope, day)?;
                let possible = can(&|brings| brings.ends.contains(&target.id));
                (ExpectedKind::Ends { fact: target.id, parameter: target.parameter, when, after }, possible)
            }
            Kind::Becomes { fact, value, from } => {
                let target = self.expected_fact(scope, fact, span, Verb::Becomes)?;
                let want = Want::from(target.ty, target.span);
                let value = match value {
                    Some(value) => Some(self.expression(scope, value, Some(want))?.id),
                    None => None,
                };
                let from = self.optional_date(scope, from.as_ref())?;
                let possible = can(&|brings| brings.changes.contains(&target.id));
                (
                    ExpectedKind::Becomes { fact: target.id, parameter: target.parameter, value, from },
                    possible,
                )
            }
            Kind::Duty(duty) => self.expected_duty(scope, duty, brings)?,
            Kind::Permission { roles, allowed, action, from, through } => {
                let roles = self.roles_named(roles)?;
                let action = ActionId::at(self.find(NameSpace::Action, action)?);
                let from = self.optional_date(scope, from.as_ref())?;
                let through = self.optional_date(scope, through.as_ref())?;
                let allowed = *allowed;
                let possible = can(&|brings| brings.permissions.contains(&(action, allowed)));
                (ExpectedKind::Permission { roles, allowed, action, from, through }, possible)
            }
            Kind::Granted => (ExpectedKind::Granted, can(&|brings| brings.grants)),
            Kind::Denied(text) => {
                let text = self.expected_text(scope, language, text.as_ref())?;
                (ExpectedKind::Denied(text), can(&|brings| brings.denies))
            }
            Kind::Finding(text) => {
                let text = self.expected_text(scope, language, text.as_ref())?;
                (ExpectedKind::Finding(text), can(&|brings| brings.finds))
            }
            Kind::Note(text) => {
                let text = self.expected_text(scope, language, text.as_ref())?;
                (ExpectedKind::Note(text), can(&|brings| brings.notes))
            }
            Kind::Gives { name, value, .. } => {
                let Some(place) = self.names.results.get(&name.text) else {
                    self.report(report::expects_the_impossible(span, None));
                    return None;
                };
                let declared = self.names.results.span(place).unwrap_or(name.span);
                let want = self
                    .results
                    .get(place)
                    .copied()
                    .flatten()
                    .filter(|ty| *ty != Type::Nothing)
                    .map(|ty| Want::from(ty, declared));
                let value = match value {
                    Some(value) => Some(self.expression(scope, value, want)?.id),
                    None => None,
                };
                let result = ResultId::at(place);
                (ExpectedKind::Gives { result, value }, can(&|brings| brings.results.contains(&result)))
            }
        })
    }

    fn expected_duty(
        &mut self,
        scope: &Scope,
        duty: &tree::Duty,
        brings: Option<&Brings>,
    ) -> Option<(ExpectedKind, bool)> {
        let roles = self.roles_named(&duty.bearers)?;
        let action = ActionId::at(self.find(NameSpace::Action, &duty.action)?);
        // What is written is the day as it stands: it has been moved already.
        let (by, on) = match &duty.limit {
            Some(DutyLimit::By(day)) => (Some(self.date(scope, day)?), None),
            Some(DutyLimit::On(day)) => (None, Some(self.date(scope, day)?)),
            _ => (None, None),
        };
        let not_before = self.optional_date(scope, duty.not_before.as_ref())?;
        let recurrence = match &duty.recurrence {
            Some(recurrence) => Some(self.recurrence(scope, scope, recurrence)?),
            None => None,
        };
        let recipients = match &duty.recipients {
            Some(recipients) => Some(self.recipients(scope, recipients)?.0),
            None => None,
        };
        let possible = brings.is_none_or(|brings| {
            brings.duties.get(&action).is_some_and(|bearers| roles.iter().any(|role| bearers.contains(role)))
        });
        let kind = ExpectedKind::Duty {
            roles,
            soft: duty.soft,
            action,
            recipients,
            by,
            on,
            not_before,
            recurrence,
            without_delay: duty.without_delay.is_some(),
            no_time_stated: duty.no_time_stated.is_some(),
        };
        Some((kind, possible))
    }

    /// `None` when it is wrong, `Some(None)` when it is not written.
    fn expected_text(
        &mut self,
        scope: &Scope,
        language: Language,
        text: Option<&tree::Template>,
    ) -> Option<Option<Template>> {
        match text {
            Some(text) => self.template(scope, language, text).map(Some),
            None => Some(None),
        }
    }
}
