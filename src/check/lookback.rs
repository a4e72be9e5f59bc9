//! Looking back over the events of a case.

use crate::diagnostics::{Words, time as report_time, types as report};
use crate::program::code::{self, Op};
use crate::program::{EventId, ExprId, Type};
use crate::source::Span;
use crate::syntax::tree::{self, EventPattern, LookBackKind, WindowKind};
use crate::value::{PerId, Value};

use super::flat::Node;
use super::lower::{Lower, Want};
use super::operators::is_ordered;
use super::scope::Scope;
use super::sets::{element, rate_base};
use super::state::Checker;

/// What a question is called, in Swedish as it is written.
fn word(kind: LookBackKind) -> &'static str {
    match kind {
        LookBackKind::Latest => "senaste",
        LookBackKind::Exists => "finns",
        LookBackKind::Count => "antal av",
        LookBackKind::CountDistinct => "antal olika",
        LookBackKind::Sum => "summa av",
        LookBackKind::Mean => "medel av",
        LookBackKind::Median => "median av",
        LookBackKind::Least => "minsta av",
        LookBackKind::Greatest => "största av",
        LookBackKind::Share => "andel av",
        LookBackKind::SetOf => "mängden av",
    }
}

/// The type of an answer over values of a type.
fn answer(kind: LookBackKind, of: Option<Type>) -> Option<Type> {
    Some(match (kind, of) {
        (LookBackKind::Exists, _) => Type::YesNo,
        (LookBackKind::Count | LookBackKind::CountDistinct, _) => Type::Count,
        (LookBackKind::Share, _) => Type::Share,
        (LookBackKind::Latest, Some(ty)) => ty,
        (LookBackKind::Sum, Some(ty)) => rate_base(ty).map(|_| ty)?,
        (LookBackKind::Mean | LookBackKind::Median, Some(Type::Count)) => Type::Number,
        (
            LookBackKind::Mean | LookBackKind::Median,
            Some(ty @ (Type::Number | Type::Amount | Type::Duration | Type::Share)),
        ) => ty,
        (LookBackKind::Least | LookBackKind::Greatest, Some(ty)) if is_ordered(ty) => ty,
        // Of sets, what is in any of them.
        (LookBackKind::SetOf, Some(ty @ Type::Set(_))) => ty,
        (LookBackKind::SetOf, Some(ty)) => Type::Set(element(ty)?),
        _ => return None,
    })
}

impl Checker<'_> {
    /// An event with a condition on it.
    pub(super) fn pattern(
        &mut self,
        scope: &Scope,
        pattern: &EventPattern,
    ) -> Option<(EventId, Option<ExprId>)> {
        let name = &pattern.event;
        let id = EventId::at(self.find(crate::diagnostics::names::NameSpace::Event, name)?);
        if let Some((kinds, because)) = scope.kinds {
            let (declared, has) = (self.event_span(id), self.event_kinds(id));
            let space = crate::diagnostics::names::NameSpace::Event;
            if !self.share_kind(space, name, declared, has, kinds, because) {
                return None;
            }
        }
        let inner = scope.looking_at(id);
        let where_ = match &pattern.where_ {
            Some(condition) => Some(self.condition(&inner, condition)?),
            None => None,
        };
        Some((id, where_))
    }
}

impl Lower<'_, '_> {
    /// A look back.
    pub(super) fn look_back(&mut self, look: &tree::LookBack, span: Span) -> Node {
        let scope = self.scope.knowing(self.given.iter().cloned());
        let Some((event, where_)) = self.c.pattern(&scope, &look.pattern) else { return self.broken(span) };
        let Some((field, of)) = self.looked_at(event, look) else { return self.broken(span) };
        let mut since = None;
        if let Some(date) = &look.since {
            let node = self.used(date, Want::just(Type::Date));
            since = Some(node.at);
        }
        let window = match &look.window {
            Some(window) => match self.window(window) {
                Some(window) => Some(window),
                None => return self.broken(span),
            },
            None => None,
        };
        let group = match &look.group {
            Some(group) => {
                let Some((slot, ..)) = self.c.find_field(event, &group.by) else { return self.broken(span) };
                Some((group.outer, slot))
            }
            None => None,
        };
        let Some(mut ty) = self.judged(look.kind, of, span) else { return self.broken(span) };
        if let Some((outer, _)) = group {
            let Some(of_groups) = self.judged(outer, Some(ty), span) else { return self.broken(span) };
            ty = of_groups;
        }
        if let (LookBackKind::Sum, Some(code::Window::Same(unit)), None) = (look.kind, window, group)
            && let Some(base) = rate_base(ty)
        {
            ty = Type::Rate(base, PerId::Unit(unit));
        }
        let code = &mut self.c.out.code;
        let place = u32::try_from(code.look_backs.len()).unwrap_or(u32::MAX);
        code.look_backs.push(code::LookBack { kind: look.kind, event, field, where_, since, window, group });
        self.push(Op::LookBack(place), ty, span)
    }

    fn judged(&mut self, kind: LookBackKind, of: Option<Type>, span: Span) -> Option<Type> {
        let found = answer(kind, of);
        if found.is_none() {
            let words = match of {
                Some(of) => self.c.type_words(of),
                None => Words::new("en händelse utan fält", "an event without a field"),
            };
            let cure = of.is_none().then(|| Words::new("skriv `händelse.fält`", "write `event.field`"));
            self.c.report(report::no_such_operation(word(kind), &words, span, None, cure.as_ref()));
        }
        found
    }

    /// The field that is read, and its type.
    fn looked_at(
        &mut self,
        event: EventId,
        look: &tree::LookBack,
    ) -> Option<(code::LookBackField, Option<Type>)> {
        match &look.field {
            None => Some((code::LookBackField::Nothing, None)),
            Some(tree::LookBackField::Date(_)) => Some((code::LookBackField::Date, Some(Type::Date))),
            Some(tree::LookBackField::Field(name)) => {
                let (slot, ty, _) = self.c.find_field(event, name)?;
                if ty == Type::Nothing {
                    return None;
                }
                Some((code::LookBackField::Field(slot), Some(ty)))
            }
        }
    }

    fn window(&mut self, window: &tree::Window) -> Option<code::Window> {
        match &window.kind {
            WindowKind::Same(unit) => Some(code::Window::Same(*unit)),
            WindowKind::Last(length) => {
                let node = self.used(length, Want::just(Type::Period));
                node.ty?;
                if let Some(Value::Period(period)) = self.value_at(node.at)
                    && (period.months != 0 || period.days <= 0)
                {
                    self.c.report(report_time::window_of_days(length.span));
                    return None;
                }
                Some(code::Window::Last(node.at))
            }
        }
    }
}
