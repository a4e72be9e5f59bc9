//! Guarantees: what they speak of must be something that the rule brings.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::{Words, guarantees as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, Expr, ExprKind, ItemKind, Name};

use super::brings::Brings;
use super::names::is_date_word;
use super::rules::Work;
use super::scope::Scope;
use super::state::Checker;
use super::walk::parts;

impl<'a> Checker<'a> {
    /// The guarantees of all rules and of the ruleset.
    pub(super) fn guarantees(&mut self, work: &mut [Work<'a>]) {
        let mut any = Brings::default();
        for one in work.iter_mut() {
            let Some(rule) = &mut one.rule else { continue };
            any.add(rule, &self.out.duties);
            let mut own = Brings::default();
            own.add(rule, &self.out.duties);
            let scope = one.scope.clone().unwrap_or_default();
            for guarantee in &one.tree.guarantees {
                rule.guarantees.extend(self.guarantee(&scope, guarantee, &own, one.tree.name.span));
            }
        }
        let scope = Scope { has_date: true, ..Scope::default() };
        for (_, item) in self.items() {
            let ItemKind::Guarantee(guarantee) = &item.kind else { continue };
            let header = self.out.header.span;
            let made = self.guarantee(&scope, guarantee, &any, header);
            self.out.guarantees.extend(made);
        }
    }

    fn guarantee(
        &mut self,
        scope: &Scope,
        guarantee: &tree::Guarantee,
        brings: &Brings,
        rule: Span,
    ) -> Option<Guarantee> {
        let kind = match &guarantee.kind {
            tree::GuaranteeKind::LaterNeverEarlier { date, of } => {
                let field = self.moved_date(scope, date.as_ref(), guarantee.span)?;
                let fact = self.guaranteed_fact(of.as_ref(), brings, guarantee.span, rule)?;
                GuaranteeKind::LaterNeverEarlier { field, fact }
            }
            tree::GuaranteeKind::Holds(condition) => {
                let scope = Scope { in_guarantee: true, ..scope.clone() };
                let lowered = self.condition(&scope, condition)?;
                let named = effective_day(condition);
                let fact = match named {
                    Some(of) => self.guaranteed_fact(of, brings, guarantee.span, rule)?,
                    None => None,
                };
                GuaranteeKind::Holds { condition: lowered, fact }
            }
        };
        Some(Guarantee { kind, span: guarantee.span })
    }

    /// The field that is moved; `Some(None)` is the event's own day.
    fn moved_date(&mut self, scope: &Scope, date: Option<&Name>, span: Span) -> Option<Option<u16>> {
        let (name, at) = date.map_or(("datum", span), |name| (name.text.as_str(), name.span));
        if is_date_word(name) && !scope.events.is_empty() {
            return Some(None);
        }
        match scope.field(name) {
            Some(field) if field.ty == Type::Date => Some(Some(field.slot)),
            // Over a whole ruleset it is the day of whatever event starts each rule.
            None if is_date_word(name) && scope.kinds.is_none() => Some(None),
            _ => {
                self.report(report::no_date_to_move(at, name));
                None
            }
        }
    }

    fn guaranteed_fact(
        &mut self,
        of: Option<&Name>,
        brings: &Brings,
        span: Span,
        rule: Span,
    ) -> Option<Option<FactId>> {
        match of {
            Some(name) => {
                let fact = FactId::at(self.find(NameSpace::Fact, name)?);
                if !brings.sets(fact) {
                    let what =
                        Words::new(format!("uppgiften `{}`", name.text), format!("the fact `{}`", name.text));
                    self.report(report::nothing_to_guarantee(name.span, rule, &what));
                    return None;
                }
                Some(Some(fact))
            }
            None if brings.sets_any() => Some(None),
            None => {
                let what = Words::new("en dag då något börjar gälla", "a day when something begins to apply");
                self.report(report::nothing_to_guarantee(span, rule, &what));
                None
            }
        }
    }
}

/// The first `ikraftträdande` of a condition: the fact it names, if any.
fn effective_day(condition: &Expr) -> Option<Option<&Name>> {
    let mut waiting = vec![condition];
    while let Some(e) = waiting.pop() {
        if let ExprKind::EffectiveDay(of) = &*e.kind {
            return Some(of.as_ref());
        }
        waiting.extend(parts(e));
    }
    None
}
