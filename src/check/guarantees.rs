//! Guarantees: what they speak of must be something that the rule has.

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

/// What a guarantee is about.
#[derive(Clone, Copy)]
struct About<'b> {
    /// What can come of it.
    brings: &'b Brings,
    /// The rule; none when it is the whole ruleset.
    rule: Option<Span>,
}

impl<'a> Checker<'a> {
    /// The guarantees of all rules and of the ruleset.
    pub(super) fn guarantees(&mut self, work: &mut [Work<'a>]) {
        let mut any = Brings::default();
        for one in work.iter_mut() {
            let Some(rule) = &mut one.rule else { continue };
            any.add(rule, &self.out.duties);
            let mut own = Brings::default();
            own.add(rule, &self.out.duties);
            let about = About { brings: &own, rule: Some(one.tree.name.span) };
            let scope = one.scope.clone().unwrap_or_default();
            for guarantee in &one.tree.guarantees {
                rule.guarantees.extend(self.guarantee(&scope, guarantee, about));
            }
        }
        let scope = Scope { has_date: true, ..Scope::default() };
        let about = About { brings: &any, rule: None };
        for (_, item) in self.items() {
            let ItemKind::Guarantee(guarantee) = &item.kind else { continue };
            let made = self.guarantee(&scope, guarantee, about);
            self.out.guarantees.extend(made);
        }
    }

    fn guarantee(
        &mut self,
        scope: &Scope,
        guarantee: &tree::Guarantee,
        about: About<'_>,
    ) -> Option<Guarantee> {
        let span = guarantee.span;
        let Brings { branches, rival_branches, permits_from, .. } = *about.brings;
        let kind = match &guarantee.kind {
            tree::GuaranteeKind::LaterNeverEarlier { date, of } => {
                let field = self.moved_date(scope, date.as_ref(), span)?;
                let fact = self.dated_fact(of.as_ref(), about, span)?;
                GuaranteeKind::LaterNeverEarlier { field, fact }
            }
            tree::GuaranteeKind::Holds(condition) => self.holds(scope, condition, about, span)?,
            tree::GuaranteeKind::Count { how, of } => {
                GuaranteeKind::Count { how: *how, of: self.counted(of, about, span)? }
            }
            tree::GuaranteeKind::NoGaps => {
                self.must_have(branches, about, span, "grenar", "branches")?;
                GuaranteeKind::NoGaps
            }
            tree::GuaranteeKind::NoOverlaps => {
                let (sv, en) = ("två grenar med var sitt villkor", "two branches with a condition each");
                self.must_have(rival_branches, about, span, sv, en)?;
                GuaranteeKind::NoOverlaps
            }
            tree::GuaranteeKind::NeverMissedWithoutConsequence(action) => {
                let id = ActionId::at(self.find(NameSpace::Action, action)?);
                let has = about.brings.duties.contains_key(&id);
                let (sv, en) =
                    (format!("skyldigheten `{}`", action.text), format!("the duty `{}`", action.text));
                self.must_have(has, about, action.span, &sv, &en)?;
                GuaranteeKind::NeverMissedWithoutConsequence(id)
            }
            tree::GuaranteeKind::MayBeRetroactive => {
                if about.rule.is_none() {
                    let words = self.text(span);
                    let words = words.split_once(':').map_or("", |(_, words)| words.trim());
                    self.report(report::only_of_a_rule(span, words));
                    return None;
                }
                self.must_bring_a_day(about.brings.sets_any() || permits_from, about, span)?;
                GuaranteeKind::MayBeRetroactive
            }
        };
        Some(Guarantee { kind, span })
    }

    /// A condition, and the day that it speaks of.
    fn holds(
        &mut self,
        scope: &Scope,
        condition: &Expr,
        about: About<'_>,
        span: Span,
    ) -> Option<GuaranteeKind> {
        let scope = Scope { in_guarantee: true, ..scope.clone() };
        let lowered = self.condition(&scope, condition)?;
        let days = promised_days(condition);
        let Some((first, day)) = days.first().copied() else {
            return Some(GuaranteeKind::Holds { condition: lowered, fact: None, of: Promised::Neither });
        };
        if let Some((other, _)) = days.iter().find(|(_, other)| *other != day) {
            self.report(report::several_days(*other, first));
            return None;
        }
        let (fact, of) = match day {
            Day::First(fact) => (self.dated_fact(fact, about, span)?, Promised::EffectiveDay),
            Day::Last => {
                let (sv, en) = ("sista dagen för en skyldighet", "the last day of a duty");
                self.must_have(about.brings.last_days, about, first, sv, en)?;
                (None, Promised::LastDay)
            }
        };
        Some(GuaranteeKind::Holds { condition: lowered, fact, of })
    }

    fn counted(&mut self, of: &tree::Counted, about: About<'_>, span: Span) -> Option<Counted> {
        let brings = about.brings;
        let (counted, has, sv, en) = match of {
            tree::Counted::Outcomes => (Counted::Outcomes, brings.anything(), "utfall", "outcomes"),
            tree::Counted::Decisions => {
                (Counted::Decisions, brings.grants || brings.denies, "beslut", "decisions")
            }
            tree::Counted::Duties => (Counted::Duties, !brings.duties.is_empty(), "skyldigheter", "duties"),
            tree::Counted::Findings => (Counted::Findings, brings.finds, "anmärkningar", "findings"),
            tree::Counted::Values => {
                (Counted::Values, !brings.results.is_empty(), "värden som lämnas ut", "values handed out")
            }
            tree::Counted::Changes(fact) => {
                let fact = self.dated_fact(Some(fact), about, span)??;
                return Some(Counted::Changes(fact));
            }
        };
        self.must_have(has, about, span, sv, en)?;
        Some(counted)
    }

    /// Says so, and gives up, if there is nothing to guarantee.
    fn must_have(&mut self, has: bool, about: About<'_>, at: Span, sv: &str, en: &str) -> Option<()> {
        if !has {
            self.report(report::nothing_to_guarantee(at, about.rule, &Words::new(sv, en)));
        }
        has.then_some(())
    }

    fn must_bring_a_day(&mut self, has: bool, about: About<'_>, at: Span) -> Option<()> {
        let (sv, en) = ("en dag då något börjar gälla", "a day when something begins to apply");
        self.must_have(has, about, at, sv, en)
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

    /// The fact whose first day is meant, any when none is named.
    fn dated_fact(&mut self, of: Option<&Name>, about: About<'_>, span: Span) -> Option<Option<FactId>> {
        let Some(name) = of else {
            self.must_bring_a_day(about.brings.sets_any(), about, span)?;
            return Some(None);
        };
        let fact = FactId::at(self.find(NameSpace::Fact, name)?);
        let (sv, en) = (format!("uppgiften `{}`", name.text), format!("the fact `{}`", name.text));
        self.must_have(about.brings.sets(fact), about, name.span, &sv, &en)?;
        Some(Some(fact))
    }
}

/// A day that only a rule's effects have.
#[derive(Clone, Copy, PartialEq)]
enum Day<'e> {
    /// The first day of an effect on the fact, if one is named.
    First(Option<&'e Name>),
    /// The last day of a duty.
    Last,
}

/// Each `ikraftträdande` and `sista_dagen` of a condition, in text order.
fn promised_days(condition: &Expr) -> Vec<(Span, Day<'_>)> {
    let mut days = Vec::new();
    let mut waiting = vec![condition];
    while let Some(e) = waiting.pop() {
        match &*e.kind {
            ExprKind::EffectiveDay(of) => days.push((e.span, Day::First(of.as_ref()))),
            ExprKind::LastDay => days.push((e.span, Day::Last)),
            ExprKind::LookBack(look) => waiting.extend(look.pattern.where_.iter().chain(&look.since)),
            ExprKind::Current(fact) | ExprKind::FactFor(fact) | ExprKind::Previous(fact) => {
                waiting.extend(&fact.parameter);
            }
            _ => waiting.extend(parts(e)),
        }
    }
    days.sort_by_key(|(span, _)| span.start);
    days
}
