//! Events and facts: their fields and types, and where a fact's value comes from.

use std::collections::BTreeSet;

use crate::Language;
use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::{Words, types as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, FactBody, FieldDeclaration, ItemKind, Name, TypeExpr, TypeExprKind};
use crate::value::{ChoiceId, Value};

use super::declare::MOST;
use super::lower::Want;
use super::sets::{element, rate_base};
use super::state::{Checker, FactState, NOT_SAID, Progress};

impl<'a> Checker<'a> {
    /// The type that is written; says so if there is none such.
    pub(super) fn type_of(&mut self, language: Language, owner: &Name, ty: &TypeExpr) -> Option<Type> {
        Some(match &ty.kind {
            TypeExprKind::Date => Type::Date,
            TypeExprKind::Moment => Type::Moment,
            TypeExprKind::Clock => Type::Clock,
            TypeExprKind::YesNo => Type::YesNo,
            TypeExprKind::Count => Type::Count,
            TypeExprKind::Number => Type::Number,
            TypeExprKind::Amount => Type::Amount,
            TypeExprKind::Share => Type::Share,
            TypeExprKind::Duration => Type::Duration,
            TypeExprKind::Period => Type::Period,
            TypeExprKind::Text => Type::Text,
            TypeExprKind::Role => Type::Role,
            TypeExprKind::CountingWord => Type::Word,
            TypeExprKind::Named(name) => Type::Choice(TypeId::at(self.find(NameSpace::Type, name)?)),
            TypeExprKind::Choice(values) => Type::Choice(self.choice_in_place(language, owner, values)),
            TypeExprKind::SetOf(inner) => {
                let inner_ty = self.type_of(language, owner, inner)?;
                match element(inner_ty) {
                    Some(element) => Type::Set(element),
                    None => {
                        let words = self.type_words(inner_ty);
                        self.report(report::set_element(&words, inner.span, false));
                        return None;
                    }
                }
            }
            TypeExprKind::Rate(inner, per) => {
                let inner_ty = self.type_of(language, owner, inner)?;
                let per = self.per(per)?;
                match rate_base(inner_ty) {
                    Some(base) => Type::Rate(base, per),
                    None => {
                        let words = self.type_words(inner_ty);
                        self.report(report::set_element(&words, inner.span, true));
                        return None;
                    }
                }
            }
        })
    }

    /// Fields of an event, or parameters of a table or function. A field of an unknown type keeps its slot.
    pub(super) fn fields_of(&mut self, language: Language, declared: &[FieldDeclaration]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for field in declared {
            let name = &field.name;
            if let Some(first) = fields.iter().find(|known| known.named.name == name.text) {
                let first = first.named.span;
                let found = report_names::duplicate_name(NameSpace::Field, &name.text, name.span, first);
                self.report(found);
                continue;
            }
            if fields.len() >= MOST {
                let what = Words::new("fält i en händelse", "fields of an event");
                self.report(report_names::too_many(&what, MOST, name.span));
                break;
            }
            let ty = self.type_of(language, name, &field.ty);
            let default = match (&field.default, ty) {
                (Some(value), Some(ty)) => {
                    self.held_value(value, Want::from(ty, field.ty.span), field.optional)
                }
                _ => None,
            };
            let named = self.named(language, name, &field.title);
            fields.push(Field { named, ty: ty.unwrap_or(Type::Nothing), optional: field.optional, default });
        }
        fields
    }

    /// A fixed value for something that may hold none only if it is optional.
    pub(super) fn held_value(&mut self, value: &tree::Expr, want: Want, optional: bool) -> Option<Value> {
        let (found, _) = self.fixed(value, Some(want))?;
        if found == Value::None && !optional {
            let cure =
                Words::new("skriv ett värde, eller gör den `valfri`", "write a value, or make it `optional`");
            self.report(report::none_not_allowed(value.span, want.because, &cure));
            return None;
        }
        Some(found)
    }

    /// Takes in the events.
    pub(super) fn events(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Event(event) = &item.kind else { continue };
            if OPENING_STATE.contains(&event.name.text.as_str()) {
                self.report(report_names::built_in_name(&event.name.text, event.name.span));
                continue;
            }
            if self.declare(NameSpace::Event, &event.name).is_none() {
                continue;
            }
            let kinds = self.kinds_named(&event.kinds);
            let fields = self.fields_of(language, &event.fields);
            let grounds = self.grounds(&event.grounds);
            let named = self.named(language, &event.name, &event.title);
            self.out.events.push(Event { named, kinds, fields, requirements: Vec::new(), grounds });
        }
    }

    /// Takes in the facts; computed ones have no type yet.
    pub(super) fn declare_facts(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Fact(fact) = &item.kind else { continue };
            if self.declare(NameSpace::Fact, &fact.name).is_none() {
                continue;
            }
            let named = self.named(language, &fact.name, &fact.title);
            let grounds = self.grounds(&fact.grounds);
            let parameter = fact
                .parameter
                .as_ref()
                .map(|ty| self.type_of(language, &fact.name, ty).unwrap_or(Type::Nothing));
            let stated = (!fact.kinds.is_empty()).then(|| self.kinds_named(&fact.kinds));
            self.out.facts.push(Fact {
                named,
                ty: Type::Nothing,
                optional: false,
                parameter,
                kinds: stated.unwrap_or_default(),
                source: FactSource::Set(NOT_SAID),
                ends_with: None,
                grounds,
                rank: 0,
            });
            self.facts.push(FactState {
                declaration: (language, fact),
                ty: None,
                progress: Progress::Waiting,
                reads: BTreeSet::new(),
                is_read: false,
                is_set: false,
                stated,
            });
        }
        for place in 0..self.facts.len() {
            self.held_fact(place);
        }
    }

    /// The type and source of a fact that rules set or events bring.
    fn held_fact(&mut self, place: usize) {
        let Some(state) = self.facts.get(place) else { return };
        let (language, fact) = state.declaration;
        let FactBody::Held { ty, optional, initial, taken_from, ends_with } = &fact.body else { return };
        let found = self.type_of(language, &fact.name, ty);
        let first = match (initial, found) {
            (Some(value), Some(found)) => {
                self.held_value(value, Want::from(found, ty.span), *optional).unwrap_or(NOT_SAID)
            }
            _ => NOT_SAID,
        };
        let source = match taken_from {
            Some((event, field)) => self.taken(place, event, field, found, ty.span, first),
            None => Some(FactSource::Set(first)),
        };
        let ends_with = ends_with.as_ref().and_then(|name| self.find(NameSpace::Fact, name)).map(FactId::at);
        if let Some(state) = self.facts.get_mut(place) {
            state.ty = found;
            state.progress = Progress::Done;
        }
        if let Some(other) = ends_with.and_then(|id| self.facts.get_mut(id.index())) {
            other.is_read = true;
        }
        if let Some(out) = self.out.facts.get_mut(place) {
            out.ty = found.unwrap_or(Type::Nothing);
            out.optional = *optional;
            out.source = source.unwrap_or(FactSource::Set(NOT_SAID));
            out.ends_with = ends_with;
        }
    }

    fn taken(
        &mut self,
        place: usize,
        event: &Name,
        field: &Name,
        found: Option<Type>,
        ty_span: Span,
        initial: Value,
    ) -> Option<FactSource> {
        let event = EventId::at(self.find(NameSpace::Event, event)?);
        let (slot, ty, field_optional) = self.find_field(event, field)?;
        let optional = matches!(
            self.facts.get(place).map(|state| &state.declaration.1.body),
            Some(FactBody::Held { optional: true, .. })
        );
        if let Some(found) = found
            && found != ty
        {
            let (wanted, other) = (self.type_words(found), self.type_words(ty));
            self.report(report::wrong_type(&wanted, &other, field.span, Some((ty_span, &wanted))));
            return None;
        }
        if field_optional && !optional {
            let cure = Words::new("gör uppgiften `valfri`", "make the fact `optional`");
            self.report(report::none_not_allowed(field.span, Some(ty_span), &cure));
            return None;
        }
        let kinds = self.event_kinds(event);
        if let Some(fact) = self.out.facts.get_mut(place) {
            fact.kinds = fact.kinds.or(kinds);
        }
        if let Some(state) = self.facts.get_mut(place) {
            state.is_set = true;
            // Its kinds are the event's unless somebody states others.
            state.stated = state.stated.or(Some(kinds));
        }
        Some(FactSource::Taken { event, field: slot, initial })
    }

    /// Adds the built-in event that sets stored facts: one optional field per stored fact, in their order, and of one
    /// with a parameter that is not yes/no one per value of the parameter.
    pub(super) fn opening_state(&mut self) {
        let span = self.out.header.span;
        let mut fields = Vec::new();
        let mut opening = Vec::new();
        for (place, fact) in self.out.facts.iter().enumerate() {
            if matches!(fact.source, FactSource::Computed(_)) {
                continue;
            }
            let mut add = |named: Named, ty, of| {
                fields.push(Field { named, ty, optional: true, default: None });
                opening.push(OpeningField { fact: FactId::at(place), of, optional: fact.optional });
            };
            match fact.parameter {
                None => add(fact.named.clone(), fact.ty, None),
                Some(parameter) if fact.ty == Type::YesNo => {
                    add(fact.named.clone(), element(parameter).map_or(Type::Nothing, Type::Set), None);
                }
                Some(parameter) => {
                    for (value, name) in self.values_of(parameter) {
                        let named = Named {
                            name: format!("{} för {}", fact.named.name, name.name),
                            title: Words::new(
                                format!("{} för {}", fact.named.title.sv, name.title.sv),
                                format!("{} for {}", fact.named.title.en, name.title.en),
                            ),
                            span: fact.named.span,
                        };
                        add(named, fact.ty, Some(value));
                    }
                }
            }
        }
        self.out.opening = opening;
        let all = Kinds::ALL.0.checked_shl(u32::try_from(self.out.kinds.len()).unwrap_or(32));
        let kinds = all.map_or(Kinds::ALL, |past| Kinds(!past));
        self.out.opening_state = EventId::at(self.out.events.len());
        let title = Words::new("Ingående läge", "Opening state");
        let named = Named {
            name: OPENING_STATE.first().map_or(String::new(), |name| (*name).to_owned()),
            title,
            span,
        };
        // Only a run may bring it: no rule names it, so it is in no name space.
        self.out.events.push(Event {
            named,
            kinds,
            fields,
            requirements: Vec::new(),
            grounds: Grounds::default(),
        });
    }

    /// The values of a type that names them all.
    fn values_of(&self, ty: Type) -> Vec<(Value, &Named)> {
        match ty {
            Type::Choice(id) => {
                let values = self.out.types.get(id.index()).map_or(&[][..], |ty| &ty.values);
                let of = u16::try_from(id.index()).unwrap_or(u16::MAX);
                (0..)
                    .zip(values)
                    .map(|(value, named)| (Value::Choice(ChoiceId { of, value }), named))
                    .collect()
            }
            Type::Role => (0..).map(Value::Role).zip(&self.out.roles).collect(),
            _ => Vec::new(),
        }
    }
}
