//! Sets and rates.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::types as report;
use crate::program::code::{At, Op};
use crate::program::{Element, Type, TypeId};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Name, Per};
use crate::value::{ChoiceId, PerId, RateBase, Value};

use super::flat::{Node, operands};
use super::lower::{Lower, Want};
use super::state::Checker;

/// What a set of values of a type holds, if there can be one.
pub(super) fn element(ty: Type) -> Option<Element> {
    Some(match ty {
        Type::Date => Element::Date,
        Type::Count => Element::Count,
        Type::Text => Element::Text,
        Type::Choice(id) => Element::Choice(id),
        Type::Role => Element::Role,
        _ => return None,
    })
}

/// The type of a set's members.
pub(super) fn member(element: Element) -> Type {
    match element {
        Element::Any => Type::Nothing,
        Element::Date => Type::Date,
        Element::Count => Type::Count,
        Element::Text => Type::Text,
        Element::Choice(id) => Type::Choice(id),
        Element::Role => Type::Role,
    }
}

/// What the amount of a rate counts, if it can be counted per something.
pub(super) fn rate_base(ty: Type) -> Option<RateBase> {
    Some(match ty {
        Type::Count => RateBase::Count,
        Type::Number => RateBase::Number,
        Type::Amount => RateBase::Amount,
        Type::Duration => RateBase::Duration,
        _ => return None,
    })
}

impl Checker<'_> {
    /// What a rate is per; says so if the counting word is not declared.
    pub(super) fn per(&mut self, per: &Per) -> Option<PerId> {
        match per {
            Per::Unit(unit) => Some(PerId::Unit(*unit)),
            Per::Word(name) => {
                let id = self.find(NameSpace::CountingWord, name)?;
                Some(PerId::Word(u16::try_from(id).ok()?))
            }
        }
    }

    /// All values of an enumeration.
    fn all_of(&self, id: TypeId) -> Vec<Value> {
        let count = self.out.types.get(id.index()).map_or(0, |of| of.values.len());
        let of = u16::try_from(id.0).unwrap_or(u16::MAX);
        (0..u16::try_from(count).unwrap_or(u16::MAX))
            .map(|value| Value::Choice(ChoiceId { of, value }))
            .collect()
    }

    /// An enumeration by its name, one written in place too.
    fn enumeration(&mut self, name: &Name) -> Option<TypeId> {
        if let Some(id) = self.names.types.get(&name.text) {
            return Some(TypeId::at(id));
        }
        if let Some(id) = self.out.types.iter().position(|of| of.named.name == name.text) {
            return Some(TypeId::at(id));
        }
        self.report_unknown(NameSpace::Type, name);
        None
    }
}

impl Lower<'_, '_> {
    /// A set, a rate, or a test of sets.
    pub(super) fn set(&mut self, e: &Expr, hint: Option<Want>) -> Node {
        let span = e.span;
        match &*e.kind {
            ExprKind::Rate(value, per) => self.rate(value, per, hint, span),
            ExprKind::Set(members) => self.members(members, hint, span),
            ExprKind::AllOf(name) => {
                let Some(id) = self.c.enumeration(name) else { return self.broken(span) };
                let all = self.c.all_of(id);
                let set = self.c.out.pool.set(all);
                self.constant(Value::Set(set), Type::Set(Element::Choice(id)), span)
            }
            ExprKind::In(a, b) => self.in_set(a, b, span),
            ExprKind::MissingFrom(a, b) => {
                let (left, right) = self.both(a, b);
                let (left, right) = (self.needed(a, left), self.needed(b, right));
                if !self.are_sets(&[(a, left), (b, right)]) {
                    return self.broken(span);
                }
                match self.unify(a, left, b, right) {
                    Some(((left, right), ty)) => self.push(Op::MissingFrom(left.at, right.at), ty, span),
                    None => self.broken(span),
                }
            }
            ExprKind::IsEmpty(set) => self.of_set(set, Type::YesNo, span, Op::IsEmpty),
            ExprKind::CountIn(set) => self.of_set(set, Type::Count, span, Op::CountIn),
            _ => self.broken(span),
        }
    }

    fn are_sets(&mut self, sides: &[(&Expr, Node)]) -> bool {
        for (side, node) in sides {
            match node.ty {
                Some(Type::Set(_)) => {}
                Some(found) => {
                    self.report_wrong_type(Want::just(Type::Set(Element::Any)), found, side.span);
                    return false;
                }
                None => return false,
            }
        }
        true
    }

    fn of_set(&mut self, set: &Expr, ty: Type, span: Span, op: impl FnOnce(At) -> Op) -> Node {
        let node = self.node(set, None);
        let node = self.needed(set, node);
        if !self.are_sets(&[(set, node)]) {
            return self.broken(span);
        }
        self.push(op(node.at), ty, span)
    }

    fn rate(&mut self, value: &Expr, per: &Per, hint: Option<Want>, span: Span) -> Node {
        let inner = match hint.map(|want| want.ty) {
            Some(Type::Rate(RateBase::Number, _)) => Some(Want::just(Type::Number)),
            _ => None,
        };
        let node = match inner {
            Some(want) => self.used(value, want),
            None => self.node(value, None),
        };
        let node = self.needed(value, node);
        let (Some(found), Some(per)) = (node.ty, self.c.per(per)) else { return self.broken(span) };
        let Some(base) = rate_base(found) else {
            let words = self.c.type_words(found);
            self.c.report(report::set_element(&words, value.span, true));
            return self.broken(span);
        };
        let ty = Type::Rate(base, per);
        let amount = match self.value_at(node.at) {
            Some(Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n)) => n,
            _ => return self.push(Op::PerOf(node.at, per), ty, span),
        };
        self.drop_last(1);
        self.constant(Value::Rate { base, per, amount }, ty, span)
    }

    /// Takes back operations that were only values as they stand.
    fn drop_last(&mut self, count: usize) {
        let keep = self.flat.ops.len().saturating_sub(count);
        self.flat.ops.truncate(keep);
        self.flat.spans.truncate(keep);
    }

    fn members(&mut self, members: &[Expr], hint: Option<Want>, span: Span) -> Node {
        let mut want = match hint {
            Some(Want { ty: Type::Set(kind), because }) if kind != Element::Any => {
                Some(Want { ty: member(kind), because })
            }
            // `x ingår i {a, b}` and the like: the members are of the other side's type.
            Some(want) if element(want.ty).is_some() => Some(want),
            _ => None,
        };
        let before = self.flat.ops.len();
        let mut nodes: Vec<Node> = Vec::new();
        let mut kind = want.and_then(|want| element(want.ty)).unwrap_or(Element::Any);
        for e in members {
            let node = match want {
                Some(want) => self.used(e, want),
                None => {
                    let node = self.node(e, None);
                    self.needed(e, node)
                }
            };
            let Some(found) = node.ty else { return self.broken(span) };
            let Some(found_kind) = element(found) else {
                let words = self.c.type_words(found);
                self.c.report(report::set_element(&words, e.span, false));
                return self.broken(span);
            };
            kind = found_kind;
            want = want.or(Some(Want::from(found, e.span)));
            nodes.push(node);
        }
        let ty = Type::Set(kind);
        let values: Option<Vec<Value>> = nodes.iter().map(|node| self.value_at(node.at)).collect();
        if let Some(values) = values {
            let made = self.flat.ops.len().saturating_sub(before);
            self.drop_last(made);
            let set = self.c.out.pool.set(values);
            return self.constant(Value::Set(set), ty, span);
        }
        let places: Vec<At> = nodes.iter().map(|node| node.at).collect();
        let places = operands(&mut self.c.out.code, &places);
        self.push(Op::MakeSet(places), ty, span)
    }

    fn in_set(&mut self, a: &Expr, b: &Expr, span: Span) -> Node {
        let alone =
            matches!(&*a.kind, ExprKind::Name(name) if self.c.meaning(self.scope, &name.text).is_none());
        let listed = matches!(&*a.kind, ExprKind::Set(_));
        let (left, right) = if alone || listed {
            // The set is known first; a lone name is one of its members.
            let right = self.node(b, None);
            let hint = right.ty.map(|ty| match ty {
                // In a set the members are read alike.
                Type::Set(kind) => Want::from(member(kind), b.span),
                ty => Want::from(ty, b.span),
            });
            let left = if right.ty.is_some() { self.node(a, hint) } else { self.broken(a.span) };
            (left, right)
        } else {
            let left = self.node(a, None);
            let hint = left.ty.map(|ty| Want::from(ty, a.span));
            let right = self.node(b, hint);
            (left, right)
        };
        let (left, right) = (self.needed(a, left), self.needed(b, right));
        if left.ty.is_none() || !self.are_sets(&[(b, right)]) {
            return self.broken(span);
        }
        let Some(Type::Set(kind)) = right.ty else { return self.broken(span) };
        let fits = match left.ty {
            Some(Type::Set(Element::Any)) => true,
            Some(Type::Set(inner)) => inner == kind || kind == Element::Any,
            Some(ty) => kind == Element::Any || ty == member(kind),
            None => true,
        };
        if !fits {
            let wanted = match left.ty {
                Some(Type::Set(_)) => Type::Set(kind),
                _ => member(kind),
            };
            if let Some(found) = left.ty {
                self.report_wrong_type(Want::from(wanted, b.span), found, a.span);
            }
            return self.broken(span);
        }
        let op = match left.ty {
            Some(Type::Set(_)) => Op::Within(left.at, right.at),
            _ => Op::In(left.at, right.at),
        };
        self.push(op, Type::YesNo, span)
    }
}
