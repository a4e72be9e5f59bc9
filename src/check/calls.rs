//! Calls of functions, and answers of tables.

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Words, types as report};
use crate::program::code::Op;
use crate::program::{FunctionId, TableId, Type};
use crate::source::Span;
use crate::syntax::tree::{Expr, Name};

use super::flat::{Node, operands};
use super::lower::{Lower, Want};

impl Lower<'_, '_> {
    fn arguments(
        &mut self,
        parameters: &[(Type, Span, bool)],
        given: &[Expr],
        declared: Span,
        span: Span,
    ) -> Option<Vec<Node>> {
        if parameters.len() != given.len() {
            let what = Words::new("argument", "arguments");
            self.c.report(report::wrong_count(&what, parameters.len(), given.len(), span, declared));
            return None;
        }
        let mut nodes = Vec::new();
        for ((ty, place, optional), argument) in parameters.iter().zip(given) {
            if *ty == Type::Nothing {
                nodes.push(self.broken(argument.span));
                continue;
            }
            let want = Want::from(*ty, *place);
            nodes.push(if *optional { self.fitted(argument, want) } else { self.used(argument, want) });
        }
        Some(nodes)
    }

    pub(super) fn call(&mut self, e: &Expr, name: &Name, given: &[Expr]) -> Node {
        let span = e.span;
        let Some(id) = self.c.find(NameSpace::Function, name) else { return self.broken(span) };
        let Some(function) = self.c.out.functions.get(id) else { return self.broken(span) };
        let (gives, may_be_none, declared) = (function.gives, function.optional, function.named.span);
        let parameters: Vec<(Type, Span, bool)> =
            function.parameters.iter().map(|field| (field.ty, field.named.span, field.optional)).collect();
        let Some(nodes) = self.arguments(&parameters, given, declared, span) else {
            return self.broken(span);
        };
        let places: Vec<_> = nodes.iter().map(|node| node.at).collect();
        let places = operands(&mut self.c.out.code, &places);
        if gives == Type::Nothing {
            return self.broken(span);
        }
        let optional = may_be_none && !self.is_given(e);
        Node { optional, ..self.push(Op::Call(FunctionId::at(id), places), gives, span) }
    }

    pub(super) fn answer(&mut self, e: &Expr, name: &Name, given: &[Expr], column: &Name) -> Node {
        let span = e.span;
        let Some(id) = self.c.find(NameSpace::Table, name) else { return self.broken(span) };
        let Some(table) = self.c.out.tables.get(id) else { return self.broken(span) };
        let declared = table.named.span;
        let answers = &table.answers;
        let Some(place) = answers.iter().position(|answer| answer.named.name == column.text) else {
            let near = nearest(&column.text, answers.iter().map(|answer| answer.named.name.as_str()));
            let found = report_names::unknown_name(NameSpace::Column, &column.text, column.span, near, None)
                .at(declared, "tabellen deklareras här", "the table is declared here");
            self.c.report(found);
            return self.broken(span);
        };
        let ty = answers.get(place).map_or(Type::Nothing, |answer| answer.ty);
        let always = table.versions.iter().all(|version| {
            version.rows.last().is_some_and(|row| {
                row.asks.is_empty() && !matches!(row.answers, crate::program::Answers::Nothing)
            })
        });
        let may_be_none = answers.get(place).is_some_and(|answer| answer.optional) || !always;
        let parameters: Vec<(Type, Span, bool)> =
            table.asks.iter().map(|field| (field.ty, field.named.span, field.optional)).collect();
        let Some(nodes) = self.arguments(&parameters, given, declared, span) else {
            return self.broken(span);
        };
        let places: Vec<_> = nodes.iter().map(|node| node.at).collect();
        let places = operands(&mut self.c.out.code, &places);
        let column = u16::try_from(place).unwrap_or(u16::MAX);
        if ty == Type::Nothing {
            return self.broken(span);
        }
        let optional = may_be_none && !self.is_given(e);
        Node { optional, ..self.push(Op::Answer(TableId::at(id), column, places), ty, span) }
    }
}
