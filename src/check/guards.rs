//! Which optional values a path has shown to be given.

use crate::syntax::tree::{Expr, ExprKind};

use super::lower::Lower;
use super::resolve::Meaning;
use super::scope::Scope;
use super::state::Checker;

impl Checker<'_> {
    /// The values that are given when a condition is true, or false.
    pub(super) fn givens(&self, scope: &Scope, condition: &Expr, truth: bool) -> Vec<String> {
        match (&*condition.kind, truth) {
            (ExprKind::IsGiven(value), true) => vec![self.key(scope, value)],
            (ExprKind::Not(inner), _) => self.givens(scope, inner, !truth),
            (ExprKind::And(a, b), true) | (ExprKind::Or(a, b), false) => {
                let mut all = self.givens(scope, a, truth);
                all.extend(self.givens(scope, b, truth));
                all
            }
            _ => Vec::new(),
        }
    }

    /// What tells one value from another on a path.
    pub(super) fn key(&self, scope: &Scope, e: &Expr) -> String {
        match &*e.kind {
            ExprKind::Name(name) => match self.meaning(scope, &name.text) {
                Some(Meaning::Candidate(..)) => format!("candidate {}", name.text),
                Some(Meaning::Field(_)) => format!("field {}", name.text),
                Some(Meaning::Fact(_)) => format!("fact {}", name.text),
                _ => format!("name {}", name.text),
            },
            ExprKind::EventsField(name) => format!("field {}", name.text),
            ExprKind::Current(fact) if fact.parameter.is_none() => format!("fact {}", fact.name.text),
            _ => self.text(e.span),
        }
    }
}

impl Lower<'_, '_> {
    /// The values that are given when a condition is true, or false.
    pub(super) fn givens(&self, condition: &Expr, truth: bool) -> Vec<String> {
        self.c.givens(self.scope, condition, truth)
    }

    /// What tells one value from another on a path.
    pub(super) fn key(&self, e: &Expr) -> String {
        self.c.key(self.scope, e)
    }

    /// Whether a value is known to be given here.
    pub(super) fn is_given(&self, e: &Expr) -> bool {
        let key = self.key(e);
        self.given.contains(&key)
    }
}
