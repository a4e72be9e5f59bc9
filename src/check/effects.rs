//! Effects: facts that begin, end and change, permissions, decisions, remarks, values handed out.

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::{Words, rules as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, EffectKind as Kind, EndBound, Expr, FactRef, Name};

use super::lower::Want;
use super::rules::Context;
use super::scope::Scope;
use super::state::{Checker, untitled};
use super::triggers::decides;

/// A fact that an effect sets.
pub(super) struct Target {
    pub(super) id: FactId,
    pub(super) ty: Type,
    pub(super) optional: bool,
    pub(super) span: Span,
    pub(super) parameter: Option<ExprId>,
}

impl Checker<'_> {
    /// A list of effects that apply together.
    pub(super) fn effects(
        &mut self,
        context: Context<'_>,
        scope: &Scope,
        effects: &[tree::Effect],
    ) -> Vec<Effect> {
        let lowered: Vec<Effect> =
            effects.iter().filter_map(|effect| self.effect(context, scope, effect)).collect();
        self.clashing_permissions(&lowered);
        lowered
    }

    fn effect(&mut self, context: Context<'_>, scope: &Scope, effect: &tree::Effect) -> Option<Effect> {
        let grounds = self.grounds(&effect.grounds);
        let kind = match &effect.kind {
            Kind::Applies { fact, from, through } => {
                let target = self.target(scope, fact, effect.span, true);
                let from = self.stated_date(scope, from.as_ref(), effect.span);
                let through = self.optional_date(scope, through.as_ref());
                let (target, from, through) = (target?, from?, through?);
                self.suits_verb(&target, fact, effect.span, Verb::Applies)?;
                EffectKind::Applies { fact: target.id, parameter: target.parameter, from, through }
            }
            Kind::Ends { fact, when } => {
                let target = self.target(scope, fact, effect.span, true);
                let (day, after) = match when {
                    Some(EndBound::AsOf(day)) => (Some(day), false),
                    Some(EndBound::After(day)) => (Some(day), true),
                    None => (None, false),
                };
                let when = self.stated_date(scope, day, effect.span);
                let (target, when) = (target?, when?);
                self.suits_verb(&target, fact, effect.span, Verb::Ends)?;
                EffectKind::Ends { fact: target.id, parameter: target.parameter, when, after }
            }
            Kind::Becomes { fact, value, from } => {
                let target = self.target(scope, fact, effect.span, true);
                let from = self.stated_date(scope, from.as_ref(), effect.span);
                let target = target?;
                self.suits_verb(&target, fact, effect.span, Verb::Becomes)?;
                let Some(value) = value else {
                    self.said();
                    return None;
                };
                let want = Want::from(target.ty, target.span);
                let value = self.build(scope, value.span, |lower| {
                    if target.optional { lower.fitted(value, want) } else { lower.used(value, want) }
                });
                let (value, from) = (value?, from?);
                EffectKind::Becomes { fact: target.id, parameter: target.parameter, value: value.id, from }
            }
            Kind::Duty(duty) => EffectKind::Duty(self.duty(context, scope, duty, effect.span)?),
            Kind::Permission { roles, allowed, action, from, through } => {
                let roles = self.roles_named(roles);
                let action = self.find(NameSpace::Action, action).map(ActionId::at);
                let from = self.optional_date(scope, from.as_ref());
                let through = self.optional_date(scope, through.as_ref());
                let (roles, action) = (roles?, action?);
                EffectKind::Permission { roles, allowed: *allowed, action, from: from?, through: through? }
            }
            Kind::Granted => {
                self.may_decide(context, effect.span)?;
                EffectKind::Granted
            }
            Kind::Denied(reason) => {
                let reason = self.stated_text(context, scope, reason.as_ref(), effect.span);
                self.may_decide(context, effect.span)?;
                EffectKind::Denied(reason?)
            }
            Kind::Finding(text) => {
                EffectKind::Finding(self.stated_text(context, scope, text.as_ref(), effect.span)?)
            }
            Kind::Note(text) => {
                EffectKind::Note(self.stated_text(context, scope, text.as_ref(), effect.span)?)
            }
            Kind::Gives { name, title, value } => {
                let Some(value) = value else {
                    self.said();
                    return None;
                };
                let known = self.names.results.get(&name.text);
                let want = known.and_then(|at| {
                    let ty = self.results.get(at).copied().flatten().filter(|ty| *ty != Type::Nothing)?;
                    Some(Want { ty, because: self.names.results.span(at) })
                });
                let value = self.expression(scope, value, want)?;
                EffectKind::Gives { result: self.result(name, title, value.ty), value: value.id }
            }
        };
        Some(Effect { kind, grounds, span: effect.span })
    }

    /// The number of a value handed out; its type is that of the first that has one, and so is its title.
    fn result(&mut self, name: &Name, title: &tree::Title, ty: Type) -> ResultId {
        let named = self.named(self.language_of(name.span), name, title);
        if let Some(at) = self.names.results.get(&name.text) {
            if let Some(known) = self.results.get_mut(at) {
                *known = known.filter(|known| *known != Type::Nothing).or(Some(ty));
            }
            if let Some(known) = self.out.results.get_mut(at)
                && known.title == untitled(&known.name)
            {
                known.title = named.title;
            }
            return ResultId::at(at);
        }
        let at = self.names.results.add(&name.text, name.span).unwrap_or(0);
        self.results.push(Some(ty));
        self.out.results.push(named);
        ResultId::at(at)
    }

    /// The fact that an effect names; with `set`, one that rules may set.
    pub(super) fn target(&mut self, scope: &Scope, fact: &FactRef, at: Span, set: bool) -> Option<Target> {
        let place = self.find(NameSpace::Fact, &fact.name)?;
        let declared = self.out.facts.get(place)?;
        let (span, kinds, wanted, optional, source) =
            (declared.named.span, declared.kinds, declared.parameter, declared.optional, declared.source);
        let computed = matches!(
            self.facts.get(place).map(|state| &state.declaration.1.body),
            Some(tree::FactBody::Computed(_))
        );
        if set && (computed || matches!(source, FactSource::Taken { .. })) {
            let found = report::fact_not_set_by_rules(&fact.name.text, fact.name.span, span, computed);
            self.report(found);
            return None;
        }
        if let Some((rule_kinds, because)) = scope.kinds
            && !self.share_kind(NameSpace::Fact, &fact.name, span, kinds, rule_kinds, because)
        {
            return None;
        }
        let parameter = match (wanted, &fact.parameter) {
            (None, None) => None,
            (Some(wanted), Some(value)) => {
                let want = Want::from(wanted, span);
                Some(self.build(scope, value.span, |lower| lower.used(value, want))?.id)
            }
            (wanted, _) => {
                self.report(report_names::fact_parameter(&fact.name.text, at, span, wanted.is_some()));
                return None;
            }
        };
        // A fact whose type is wrong has been reported where it is declared.
        let Some(ty) = self.facts.get(place).and_then(|state| state.ty) else {
            self.said();
            return None;
        };
        Some(Target { id: FactId::at(place), ty, optional, span, parameter })
    }

    /// Says so if a fact does not change in the way that a verb says.
    pub(super) fn suits_verb(&mut self, target: &Target, fact: &FactRef, at: Span, verb: Verb) -> Option<()> {
        let name = &fact.name.text;
        let yes_no = target.ty == Type::YesNo;
        let cure = match verb {
            Verb::Applies if !yes_no => Words::new(
                format!("skriv `{name} blir … från D`"),
                format!("write `{name} becomes … from D`"),
            ),
            Verb::Ends if !yes_no && !target.optional => Words::new(
                format!("gör `{name}` `valfri`, eller skriv `{name} blir … från D`"),
                format!("make `{name}` `optional`, or write `{name} becomes … from D`"),
            ),
            Verb::Becomes if yes_no => Words::new(
                format!("skriv `{name} gäller från D` eller `{name} upphör från och med D`"),
                format!("write `{name} applies from D` or `{name} ends as of D`"),
            ),
            _ => return Some(()),
        };
        self.report(report::wrong_verb(name, at, target.span, &cure));
        None
    }

    fn stated_date(&mut self, scope: &Scope, day: Option<&Expr>, _effect: Span) -> Option<ExprId> {
        let Some(day) = day else {
            self.said();
            return None;
        };
        self.date(scope, day)
    }

    /// `None` when it is wrong, `Some(None)` when it is not stated.
    pub(super) fn optional_date(&mut self, scope: &Scope, day: Option<&Expr>) -> Option<Option<ExprId>> {
        match day {
            Some(day) => self.date(scope, day).map(Some),
            None => Some(None),
        }
    }

    fn stated_text(
        &mut self,
        context: Context<'_>,
        scope: &Scope,
        text: Option<&tree::Template>,
        _effect: Span,
    ) -> Option<Template> {
        let Some(text) = text else {
            self.said();
            return None;
        };
        self.template(scope, context.language, text)
    }

    pub(super) fn roles_named(&mut self, names: &[Name]) -> Option<Vec<RoleId>> {
        let found: Vec<Option<usize>> = names.iter().map(|name| self.find(NameSpace::Role, name)).collect();
        found.into_iter().map(|at| at.map(RoleId::at)).collect()
    }

    /// Says so if there is no event here that a rule may decide.
    pub(super) fn may_decide(&mut self, context: Context<'_>, at: Span) -> Option<()> {
        if let Trigger::Decided { .. } = context.trigger {
            self.report(report::decides_its_own_trigger(at, context.trigger_span));
            return None;
        }
        if decides(context.trigger).is_empty() || context.after_missed {
            self.report(report::no_event_to_decide(at, context.trigger_span));
            return None;
        }
        Some(())
    }

    /// Says so if effects that apply together allow and forbid one action.
    fn clashing_permissions(&mut self, effects: &[Effect]) {
        let mut found = Vec::new();
        for (place, effect) in effects.iter().enumerate() {
            let EffectKind::Permission { roles, allowed, action, from, through } = &effect.kind else {
                continue;
            };
            for earlier in effects.iter().take(place) {
                let EffectKind::Permission {
                    roles: other_roles,
                    allowed: other,
                    action: other_action,
                    from: other_from,
                    through: other_through,
                } = &earlier.kind
                else {
                    continue;
                };
                let shared = roles.iter().any(|role| other_roles.contains(role));
                // One that ends and one that begins may follow each other.
                let apart = (through.is_some() && other_from.is_some())
                    || (other_through.is_some() && from.is_some());
                if allowed != other && action == other_action && shared && !apart {
                    let name = self.out.actions.get(action.index()).map_or("", |action| action.name.as_str());
                    found.push(report::allowed_and_forbidden(name, effect.span, earlier.span));
                }
            }
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }
}

/// How a fact is said to change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// `gäller`.
    Applies,
    /// `upphör`.
    Ends,
    /// `blir`.
    Becomes,
}
