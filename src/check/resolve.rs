//! What a name in an expression means.

use crate::diagnostics::Words;
use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::program::code::Op;
use crate::program::{ConstantId, EventId, FactId, Kinds, Type, TypeId};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, FactRef, Name};
use crate::value::{ChoiceId, Value};

use super::flat::Node;
use super::lower::{Lower, Want};
use super::scope::{Local, Scope, ScopeField};
use super::state::Checker;

/// What a bare name means.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// A field of the event looked at: its slot, type, whether it is optional.
    Candidate(u16, Type, bool),
    /// What `låt` named.
    Local(Local),
    /// A field of the trigger.
    Field(ScopeField),
    /// A fact.
    Fact(FactId),
    /// A constant.
    Constant(ConstantId),
}

impl Checker<'_> {
    /// What a bare name means where it stands; enumeration values are not among it.
    pub(super) fn meaning(&self, scope: &Scope, name: &str) -> Option<Meaning> {
        if let Some((slot, field)) = scope.candidate.and_then(|event| self.field_of(event, name)) {
            return Some(Meaning::Candidate(slot, field.ty, field.optional));
        }
        if let Some(local) = scope.local(name) {
            return Some(Meaning::Local(local.clone()));
        }
        if scope.candidate.is_none()
            && let Some(field) = scope.field(name)
        {
            return Some(Meaning::Field(field.clone()));
        }
        if let Some(fact) = self.names.facts.get(name) {
            return Some(Meaning::Fact(FactId::at(fact)));
        }
        self.names.constants.get(name).map(|id| Meaning::Constant(ConstantId::at(id)))
    }

    /// A field of an event by its name.
    pub(super) fn field_of(&self, event: EventId, name: &str) -> Option<(u16, &crate::program::Field)> {
        let fields = self.fields(event);
        let place = fields.iter().position(|field| field.named.name == name)?;
        Some((u16::try_from(place).ok()?, fields.get(place)?))
    }

    /// A field of an event; says so if there is none.
    pub(super) fn find_field(&mut self, event: EventId, name: &Name) -> Option<(u16, Type, bool)> {
        if let Some((slot, field)) = self.field_of(event, &name.text) {
            return Some((slot, field.ty, field.optional));
        }
        let near = nearest(&name.text, self.fields(event).iter().map(|field| field.named.name.as_str()));
        let diagnostic = report_names::unknown_field(
            &self.event_name(event),
            &name.text,
            name.span,
            self.event_span(event),
            near,
        );
        self.report(diagnostic);
        None
    }

    /// A value that a name has by the type that is asked for.
    pub(super) fn value_named(&self, ty: Type, name: &str) -> Option<Value> {
        match ty {
            Type::Choice(id) => self.choice(id, name),
            Type::Role => self.names.roles.get(name).and_then(|id| u16::try_from(id).ok()).map(Value::Role),
            Type::Word => self.names.words.get(name).and_then(|id| u16::try_from(id).ok()).map(Value::Word),
            _ => None,
        }
    }

    fn choice(&self, id: TypeId, name: &str) -> Option<Value> {
        let of = self.out.types.get(id.index())?;
        let place = of.values.iter().position(|value| value.name == name)?;
        Some(Value::Choice(ChoiceId { of: u16::try_from(id.0).ok()?, value: u16::try_from(place).ok()? }))
    }
}

impl Lower<'_, '_> {
    /// A name or another word that refers to something.
    pub(super) fn reference(&mut self, e: &Expr, hint: Option<Want>) -> Node {
        let span = e.span;
        match &*e.kind {
            ExprKind::Name(name) => self.name(e, name, hint),
            ExprKind::EventsField(name) => self.events_field(e, name),
            ExprKind::Current(fact) | ExprKind::FactFor(fact) => self.fact(e, fact, false),
            ExprKind::Previous(fact) => self.fact(e, fact, true),
            ExprKind::Date => match self.scope.candidate {
                Some(_) => self.push(Op::CandidateDate, Type::Date, span),
                None if self.scope.has_date => self.push(Op::FireDate, Type::Date, span),
                None => self.out_of_place(span, "i en regel", "in a rule"),
            },
            ExprKind::EventsDate if !self.scope.events.is_empty() => {
                self.push(Op::EventDate, Type::Date, span)
            }
            ExprKind::EventsDate => self.out_of_place(
                span,
                "i en regel som utgår från en händelse",
                "in a rule that fires on an event",
            ),
            // These words stand in the tree only where they mean something.
            ExprKind::LastDay => self.push(Op::LastDay, Type::Date, span),
            ExprKind::Recipient => self.push(Op::Recipient, self.scope.recipient.unwrap_or(Type::Role), span),
            ExprKind::Bearer => self.push(Op::Bearer, Type::Role, span),
            ExprKind::EffectiveDay(fact) if self.scope.in_guarantee => {
                if let Some(fact) = fact
                    && self.c.find(NameSpace::Fact, fact).is_none()
                {
                    return self.broken(span);
                }
                self.push(Op::EffectiveDay, Type::Date, span)
            }
            ExprKind::EffectiveDay(_) => self.out_of_place(span, "i en garanti", "in a guarantee"),
            ExprKind::ConstantOn(name, date) => {
                let Some(id) = self.c.find(NameSpace::Constant, name) else { return self.broken(span) };
                let Some(ty) = self.c.constant_type(ConstantId::at(id)) else { return self.broken(span) };
                let date = self.used(date, Want::just(Type::Date));
                self.push(Op::ConstantOn(ConstantId::at(id), date.at), ty, span)
            }
            ExprKind::Call(name, arguments) => self.call(e, name, arguments),
            ExprKind::Answer(name, arguments, column) => self.answer(e, name, arguments, column),
            _ => self.broken(span),
        }
    }

    fn out_of_place(&mut self, span: Span, sv: &str, en: &str) -> Node {
        let word = self.c.text(span);
        self.c.report(report_names::name_out_of_place(&word, span, &Words::new(sv, en)));
        self.broken(span)
    }

    fn name(&mut self, e: &Expr, name: &Name, hint: Option<Want>) -> Node {
        let span = e.span;
        let meaning = self.c.meaning(self.scope, &name.text);
        if let Some(want) = hint {
            // A value of the type asked for goes before a variable of another type.
            let fits = match &meaning {
                Some(meaning) => self.type_of(meaning).is_none_or(|ty| ty == want.ty),
                None => false,
            };
            if !fits && let Some(value) = self.c.value_named(want.ty, &name.text) {
                return self.constant(value, want.ty, span);
            }
        }
        match meaning {
            // A field whose type is wrong has been reported where it is declared.
            Some(Meaning::Candidate(_, Type::Nothing, _)) => self.broken(span),
            Some(Meaning::Candidate(slot, ty, optional)) => {
                let optional = optional && !self.is_given(e);
                Node { optional, ..self.push(Op::CandidateField(slot), ty, span) }
            }
            Some(Meaning::Local(local)) => match local.ty {
                Some(ty) => {
                    let optional = local.optional && !self.is_given(e);
                    Node { optional, ..self.push(Op::Local(local.slot), ty, span) }
                }
                None => self.broken(span),
            },
            Some(Meaning::Field(field)) => {
                if let Some(fact) = self.c.names.facts.get(&name.text) {
                    let fact_at = self.c.names.facts.span(fact).unwrap_or(span);
                    let found = report_names::ambiguous_name(&name.text, span, field.span, fact_at);
                    self.c.report(found);
                    return self.broken(span);
                }
                self.field_node(e, &field)
            }
            Some(Meaning::Fact(id)) => self.fact_node(e, id, name, None, false),
            Some(Meaning::Constant(id)) => match self.c.constant_type(id) {
                Some(ty) => self.push(Op::ConstantNow(id), ty, span),
                None => self.broken(span),
            },
            None => {
                self.unknown(name, hint);
                self.broken(span)
            }
        }
    }

    fn type_of(&self, meaning: &Meaning) -> Option<Type> {
        match meaning {
            Meaning::Candidate(_, ty, _) => Some(*ty),
            Meaning::Local(local) => local.ty,
            Meaning::Field(field) => Some(field.ty),
            Meaning::Fact(id) => self.c.facts.get(id.index()).and_then(|fact| fact.ty),
            Meaning::Constant(id) => self.c.constant_type(*id),
        }
    }

    fn field_node(&mut self, e: &Expr, field: &ScopeField) -> Node {
        if field.ty == Type::Nothing {
            return self.broken(e.span);
        }
        let optional = field.optional && !self.is_given(e);
        Node { optional, ..self.push(Op::Field(field.slot), field.ty, e.span) }
    }

    fn events_field(&mut self, e: &Expr, name: &Name) -> Node {
        if let Some(field) = self.scope.field(&name.text).cloned() {
            return self.field_node(e, &field);
        }
        match self.scope.events.as_slice() {
            [] => self.out_of_place(
                e.span,
                "i en regel som utgår från en händelse",
                "in a rule that fires on an event",
            ),
            [only] => {
                let only = *only;
                self.c.find_field(only, name);
                self.broken(e.span)
            }
            several => {
                let lacking =
                    several.iter().copied().find(|event| self.c.field_of(*event, &name.text).is_none());
                if let Some(event) = lacking.or(several.last().copied()) {
                    let (event_name, place) = (self.c.event_name(event), self.c.event_span(event));
                    let found = report_names::field_not_shared(&name.text, name.span, &event_name, place);
                    self.c.report(found);
                }
                self.broken(e.span)
            }
        }
    }

    fn fact(&mut self, e: &Expr, fact: &FactRef, previous: bool) -> Node {
        let Some(id) = self.c.find(NameSpace::Fact, &fact.name) else { return self.broken(e.span) };
        self.fact_node(e, FactId::at(id), &fact.name, fact.parameter.as_ref(), previous)
    }

    fn fact_node(
        &mut self,
        e: &Expr,
        id: FactId,
        name: &Name,
        parameter: Option<&Expr>,
        previous: bool,
    ) -> Node {
        let span = e.span;
        self.c.reading.insert(id);
        let Some(declared) = self.c.out.facts.get(id.index()) else { return self.broken(span) };
        let (place, kinds, wanted, optional) =
            (declared.named.span, declared.kinds, declared.parameter, declared.optional);
        if let Some(state) = self.c.facts.get_mut(id.index()) {
            state.is_read = true;
        }
        if !self.of_kinds(NameSpace::Fact, name, place, kinds) {
            return self.broken(span);
        }
        let Some(ty) = self.c.facts.get(id.index()).and_then(|fact| fact.ty) else {
            return self.broken(span);
        };
        let op = match (wanted, parameter) {
            (None, None) if previous => Op::Previous(id),
            (None, None) => Op::Fact(id),
            (Some(wanted), Some(parameter)) => {
                let at = self.used(parameter, Want::from(wanted, place)).at;
                if previous { Op::PreviousFor(id, at) } else { Op::FactFor(id, at) }
            }
            (wanted, _) => {
                let found = report_names::fact_parameter(&name.text, span, place, wanted.is_some());
                self.c.report(found);
                return self.broken(span);
            }
        };
        let optional = optional && !self.is_given(e);
        Node { optional, ..self.push(op, ty, span) }
    }

    /// Says so if something is of no kind of case that the place looks at.
    pub(super) fn of_kinds(&mut self, space: NameSpace, name: &Name, declared: Span, has: Kinds) -> bool {
        let Some((kinds, because)) = self.scope.kinds else { return true };
        self.c.share_kind(space, name, declared, has, kinds, because)
    }
}
