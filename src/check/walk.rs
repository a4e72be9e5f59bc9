//! Which facts an expression names, before anything is resolved.

use std::collections::BTreeSet;

use crate::program::{EventId, FactId};
use crate::syntax::tree::{Expr, ExprKind, WindowKind};

use super::state::Checker;

/// The parts of an expression, those inside `där` excepted.
pub(super) fn parts(e: &Expr) -> Vec<&Expr> {
    match &*e.kind {
        ExprKind::Rate(a, _)
        | ExprKind::ConstantOn(_, a)
        | ExprKind::Not(a)
        | ExprKind::IsGiven(a)
        | ExprKind::IsUnknown(a)
        | ExprKind::Rounded(a, ..)
        | ExprKind::DayOfMonth(_, _, a)
        | ExprKind::LastDayOfMonth(a)
        | ExprKind::DayAfter(a)
        | ExprKind::DayBefore(a)
        | ExprKind::FirstIn(_, a)
        | ExprKind::Moved(a, _)
        | ExprKind::Unmoved(a)
        | ExprKind::DayOfMonthIs(_, a, _)
        | ExprKind::DayIs(a, _)
        | ExprKind::IsEmpty(a)
        | ExprKind::CountIn(a) => vec![a],
        ExprKind::And(a, b)
        | ExprKind::Or(a, b)
        | ExprKind::Compare(_, a, b)
        | ExprKind::Arithmetic(_, a, b)
        | ExprKind::After(a, b)
        | ExprKind::Before(a, b)
        | ExprKind::WorkingDays(a, _, b)
        | ExprKind::DaysBetween(a, b)
        | ExprKind::DateIs(_, a, b)
        | ExprKind::In(a, b)
        | ExprKind::MissingFrom(a, b) => vec![a, b],
        ExprKind::Between(a, b, c)
        | ExprKind::Conditional(a, b, c)
        | ExprKind::AtLeastBefore(a, b, c)
        | ExprKind::ClockIs(a, b, c) => vec![a, b, c],
        ExprKind::Set(all) | ExprKind::LaterOf(all) | ExprKind::EarlierOf(all) => all.iter().collect(),
        ExprKind::Call(_, all) | ExprKind::Answer(_, all, _) => all.iter().collect(),
        _ => Vec::new(),
    }
}

impl Checker<'_> {
    /// The facts that an expression names.
    pub(super) fn facts_named(&self, e: &Expr) -> BTreeSet<FactId> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<(&Expr, Option<EventId>)> = vec![(e, None)];
        while let Some((e, looked_at)) = waiting.pop() {
            let name = match &*e.kind {
                ExprKind::Name(name) => {
                    let is_field = looked_at.is_some_and(|event| self.field_of(event, &name.text).is_some());
                    (!is_field).then_some(name)
                }
                ExprKind::Current(fact) | ExprKind::FactFor(fact) | ExprKind::Previous(fact) => {
                    waiting.extend(fact.parameter.iter().map(|value| (value, looked_at)));
                    Some(&fact.name)
                }
                ExprKind::LookBack(look) => {
                    let event = self.names.events.get(&look.pattern.event.text).map(EventId::at);
                    waiting.extend(look.pattern.where_.iter().map(|condition| (condition, event)));
                    waiting.extend(look.since.iter().map(|date| (date, looked_at)));
                    if let Some(WindowKind::Last(length)) = look.window.as_ref().map(|window| &window.kind) {
                        waiting.push((length, looked_at));
                    }
                    None
                }
                _ => None,
            };
            found.extend(name.and_then(|name| self.names.facts.get(&name.text)).map(FactId::at));
            waiting.extend(parts(e).into_iter().map(|part| (part, looked_at)));
        }
        found
    }
}
