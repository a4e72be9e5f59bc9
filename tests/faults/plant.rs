//! Faults offered one after another, and the one that is wanted made.

use frist::source::Span;
use frist::syntax::tree::{Expr, ExprKind};

use super::kind::Kind;

/// A fault that can be planted.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Of which kind.
    pub kind: Kind,
    /// Where: the words that are made wrong.
    pub span: Span,
    /// The rule it stands in; nothing outside rules.
    pub rule: Option<String>,
    /// What is made of them, in a few words.
    pub what: String,
}

/// Goes along through a tree: lists the faults that can be planted, or plants the one that is wanted.
#[derive(Default)]
pub struct Planter {
    /// The faults offered so far.
    pub offered: Vec<Fault>,
    /// The rule that is being gone through.
    pub rule: Option<String>,
    /// The fault to plant, by its number.
    pub wanted: Option<usize>,
    /// Whether it was planted: the tree is no longer the one that was gone through.
    pub planted: bool,
}

impl Planter {
    /// Offers a fault; when it is the wanted one, makes it.
    pub fn offer(&mut self, kind: Kind, span: Span, what: impl Into<String>, make: impl FnOnce()) {
        if self.planted {
            return;
        }
        if self.wanted == Some(self.offered.len()) {
            make();
            self.planted = true;
        }
        self.offered.push(Fault { kind, span, rule: self.rule.clone(), what: what.into() });
    }

    /// Offers to change a value into others.
    pub fn change<T: Clone>(&mut self, kind: Kind, span: Span, place: &mut T, others: &[(T, &str)]) {
        for (other, what) in others {
            self.offer(kind, span, *what, || *place = other.clone());
        }
    }

    /// Offers to leave out an optional part.
    pub fn leave_out<T>(&mut self, kind: Kind, span: Span, part: &mut Option<T>, what: &str) {
        if part.is_some() {
            self.offer(kind, span, what, || *part = None);
        }
    }

    /// Offers to leave out each of several, one at a time, unless fewer than so many would be left.
    pub fn less_one<T>(
        &mut self,
        kind: Kind,
        parts: &mut Vec<T>,
        least: usize,
        span: impl Fn(&T) -> Span,
        what: &str,
    ) {
        for place in 0..parts.len() {
            if parts.len() > least && !self.planted {
                let span = span(&parts[place]);
                self.offer(kind, span, what, || {
                    parts.remove(place);
                });
            }
        }
    }

    /// Offers to negate a condition.
    pub fn negate(&mut self, kind: Kind, condition: &mut Expr, what: &str) {
        let span = condition.span;
        self.offer(kind, span, what, || negate(condition));
    }
}

/// Takes an expression out and leaves nothing in its place.
pub fn taken(expr: &mut Expr) -> Expr {
    let span = expr.span;
    std::mem::replace(expr, Expr { kind: Box::new(ExprKind::Nothing), span })
}

fn negate(condition: &mut Expr) {
    let (span, old) = (condition.span, taken(condition));
    *condition = match *old.kind {
        ExprKind::Not(inner) => inner,
        _ => Expr { kind: Box::new(ExprKind::Not(old)), span },
    };
}
