//! What rules fire on, and which fields that brings into scope.

use crate::diagnostics::names as report_names;
use crate::diagnostics::names::NameSpace;
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, Expr, ExprKind, FactRef, Name, TriggerKind};
use crate::time::Day;
use crate::value::Value;

use super::lower::Want;
use super::scope::{Scope, ScopeField};
use super::state::{Checker, Question};

impl Checker<'_> {
    /// A trigger, and the scope of a rule that fires on it.
    pub(super) fn trigger(&mut self, kinds: Kinds, trigger: &tree::Trigger) -> Option<(Trigger, Scope)> {
        let mut scope = Scope { kinds: Some((kinds, trigger.span)), has_date: true, ..Scope::default() };
        let lowered = match &trigger.kind {
            TriggerKind::Events { events, where_ } => self.on_events(events, where_.as_ref(), &mut scope)?,
            TriggerKind::Decided { event, granted, where_ } => {
                let id = self.only_event(event, &mut scope)?;
                self.questions.push(Question::Decides(id, trigger.span));
                let where_ = self.narrowed(where_.as_ref(), &mut scope)?;
                Trigger::Decided { event: id, granted: *granted, where_ }
            }
            TriggerKind::Timer { period, event, field, where_ } => {
                let id = self.only_event(event, &mut scope)?;
                let where_ = self.narrowed(where_.as_ref(), &mut scope)?;
                // The day it fires is the period after the event's own day or the field named.
                let from = match field {
                    Some(name) => {
                        Expr { kind: Box::new(ExprKind::EventsField(name.clone())), span: name.span }
                    }
                    None => Expr { kind: Box::new(ExprKind::EventsDate), span: event.span },
                };
                let due = ExprKind::After(period.clone(), from);
                let due = Expr { kind: Box::new(due), span: trigger.span };
                Trigger::Timer { event: id, due: self.date(&scope, &due)?, where_ }
            }
            TriggerKind::Becomes { fact, value } => {
                let (id, parameter, ty) = self.watched(fact, &scope)?;
                let span = self.names.facts.span(id.index()).unwrap_or(fact.name.span);
                let (value, _) = self.fixed(value, Some(Want::from(ty, span)))?;
                Trigger::Becomes { fact: id, parameter, value }
            }
            TriggerKind::Changes { fact } => {
                let (id, parameter, _) = self.watched(fact, &scope)?;
                Trigger::Changes { fact: id, parameter }
            }
            TriggerKind::PeriodOver(unit) => Trigger::PeriodOver(*unit),
            TriggerKind::EveryYear { month, day } => {
                // A leap year has every day that any year has; the parser has said so if this is none.
                if Day::from_ymd(2024, *month, *day).is_none() {
                    self.said();
                    return None;
                }
                Trigger::EveryYear { month: *month, day: *day }
            }
            TriggerKind::OnDay(day) => Trigger::OnDay(day.day),
            TriggerKind::Always => Trigger::Always,
        };
        Some((lowered, scope))
    }

    fn only_event(&mut self, name: &Name, scope: &mut Scope) -> Option<EventId> {
        let id = EventId::at(self.find(NameSpace::Event, name)?);
        self.within_kinds(name, id, scope)?;
        scope.events = vec![id];
        scope.fields = self.scope_fields(id).into();
        Some(id)
    }

    fn within_kinds(&mut self, name: &Name, id: EventId, scope: &Scope) -> Option<()> {
        let (kinds, because) = scope.kinds?;
        let (has, declared) = (self.event_kinds(id), self.event_span(id));
        self.share_kind(NameSpace::Event, name, declared, has, kinds, because).then_some(())
    }

    fn scope_fields(&self, event: EventId) -> Vec<ScopeField> {
        self.fields(event)
            .iter()
            .enumerate()
            .map(|(place, field)| ScopeField {
                name: field.named.name.clone(),
                span: field.named.span,
                ty: field.ty,
                optional: field.optional && field.default.is_none(),
                slot: u16::try_from(place).unwrap_or(u16::MAX),
            })
            .collect()
    }

    /// `där`: what it shows to be given is given in the whole rule. `None` when it is wrong.
    fn narrowed(&mut self, where_: Option<&Expr>, scope: &mut Scope) -> Option<Option<ExprId>> {
        let Some(condition) = where_ else { return Some(None) };
        let id = self.condition(scope, condition)?;
        let given = self.givens(scope, condition, true);
        scope.given.extend(given);
        Some(Some(id))
    }

    fn on_events(&mut self, names: &[Name], where_: Option<&Expr>, scope: &mut Scope) -> Option<Trigger> {
        let mut ids: Vec<EventId> = Vec::new();
        let mut sound = true;
        for name in names {
            match self.find(NameSpace::Event, name).map(EventId::at) {
                Some(id) if ids.contains(&id) => {
                    let first = names.first().map_or(name.span, |first| first.span);
                    let found = report_names::duplicate_name(NameSpace::Event, &name.text, name.span, first);
                    self.report(found);
                }
                Some(id) => {
                    sound &= self.within_kinds(name, id, scope).is_some();
                    ids.push(id);
                }
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let first = *ids.first()?;
        let mut fields = self.scope_fields(first);
        let several = ids.len() > 1;
        if several {
            fields.retain(|field| {
                ids.iter()
                    .all(|id| self.field_of(*id, &field.name).is_some_and(|(_, other)| other.ty == field.ty))
            });
            for (slot, field) in fields.iter_mut().enumerate() {
                field.slot = u16::try_from(slot).unwrap_or(u16::MAX);
                field.optional = ids.iter().any(|id| {
                    self.field_of(*id, &field.name)
                        .is_some_and(|(_, other)| other.optional && other.default.is_none())
                });
            }
        }
        let events = ids
            .iter()
            .map(|id| {
                let slots =
                    fields.iter().filter_map(|field| Some(self.field_of(*id, &field.name)?.0)).collect();
                TriggerEvent { event: *id, fields: several.then_some(slots) }
            })
            .collect();
        scope.events = ids;
        scope.fields = fields.into();
        let where_ = self.narrowed(where_, scope)?;
        Some(Trigger::Events { events, where_ })
    }

    /// A fact that a rule watches, with the value of its parameter.
    fn watched(&mut self, fact: &FactRef, scope: &Scope) -> Option<(FactId, Option<Value>, Type)> {
        let place = self.find(NameSpace::Fact, &fact.name)?;
        let id = FactId::at(place);
        if let Some(state) = self.facts.get_mut(place) {
            state.is_read = true;
        }
        let declared = self.out.facts.get(place)?;
        let (span, kinds, wanted) = (declared.named.span, declared.kinds, declared.parameter);
        if let Some((rule_kinds, because)) = scope.kinds {
            self.share_kind(NameSpace::Fact, &fact.name, span, kinds, rule_kinds, because).then_some(())?;
        }
        let ty = self.facts.get(place).and_then(|state| state.ty)?;
        let parameter = match (wanted, &fact.parameter) {
            (None, None) => None,
            // Without one, any of its values will do.
            (Some(_), None) => None,
            (Some(wanted), Some(value)) => Some(self.fixed(value, Some(Want::from(wanted, span)))?.0),
            (None, Some(value)) => {
                let found = report_names::fact_parameter(&fact.name.text, value.span, span, false);
                self.report(found);
                return None;
            }
        };
        Some((id, parameter, ty))
    }
}

/// The event whose decision a rule may take part in: only a rule that fires on events at once.
pub(super) fn decides(trigger: &Trigger) -> Vec<EventId> {
    match trigger {
        Trigger::Events { events, .. } => events.iter().map(|event| event.event).collect(),
        _ => Vec::new(),
    }
}

/// Where a rule's trigger stands, or its name when it has none.
pub(super) fn place_of(rule: &tree::Rule) -> Span {
    rule.trigger.as_ref().map_or(rule.name.span, |trigger| trigger.span)
}
