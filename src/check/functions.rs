//! Functions written in Rhai: their types, and whether their scripts hold what they declare.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::rules as report_rules;
use crate::functions::{FaultKind, Loader, Script};
use crate::program::{Function, Type};
use crate::source::Span;
use crate::syntax::tree::{FunctionDeclaration, ItemKind};

use super::state::Checker;

impl Checker<'_> {
    /// Takes in the functions.
    pub(super) fn functions(&mut self) {
        let mut loader = Loader::new(&self.out.header);
        let mut unreadable: Vec<Span> = Vec::new();
        for (language, item) in self.items() {
            let ItemKind::Function(function) = &item.kind else { continue };
            if self.declare(NameSpace::Function, &function.name).is_none() {
                continue;
            }
            let parameters = self.fields_of(language, &function.parameters);
            for (field, declared) in parameters.iter().zip(&function.parameters) {
                self.crosses(field.ty, declared.ty.span);
            }
            let gives = self.type_of(language, &function.name, &function.gives).unwrap_or(Type::Nothing);
            self.crosses(gives, function.gives.span);
            let gives_words = self.type_words(gives);
            let named = self.named(language, &function.name, &function.title);
            let script = match &mut loader {
                Some(loader) => self.script(loader, function, &mut unreadable),
                None => {
                    let at = function.name.span;
                    self.report(report_rules::functions_not_built_in(&function.name.text, at));
                    None
                }
            };
            let (optional, file) = (function.optional, function.file.text.clone());
            self.out.functions.push(Function {
                named,
                parameters,
                gives,
                gives_words,
                optional,
                file,
                script,
            });
        }
    }

    /// Says so if values of a type cannot go into a script or come out of it.
    fn crosses(&mut self, ty: Type, at: Span) {
        if matches!(ty, Type::Rate(..)) {
            let words = self.type_words(ty);
            self.report(report_rules::stays_outside(&words, at));
        }
    }

    /// The compiled function; says what is wrong with it. What is wrong with a whole file is said once.
    fn script(
        &mut self,
        loader: &mut Loader,
        function: &FunctionDeclaration,
        unreadable: &mut Vec<Span>,
    ) -> Option<Script> {
        let (name, named) = (&function.name.text, function.file.span);
        let source = self.file(&function.file.text, named)?;
        let text = self.sources.get(source)?.shared_text();
        let wanted = function.parameters.len();
        let fault = match loader.function(source, text, name, wanted) {
            Ok(script) => return Some(script),
            Err(fault) => fault,
        };
        let at = fault.at;
        let found = match &fault.what {
            FaultKind::Syntax(_) | FaultKind::OutsideFunctions if unreadable.contains(&at) => return None,
            FaultKind::Syntax(words) => {
                unreadable.push(at);
                report_rules::script_unreadable(&function.file.text, words, at, named)
            }
            FaultKind::OutsideFunctions => {
                unreadable.push(at);
                report_rules::outside_functions(&function.file.text, at, named)
            }
            FaultKind::Missing(known) => {
                let near = nearest(name, known.iter().map(String::as_str));
                report_rules::not_in_script(&function.file.text, name, function.name.span, at, near, wanted)
            }
            FaultKind::Parameters(count) => {
                report_rules::script_parameters(name, wanted, *count, at, function.name.span)
            }
        };
        self.report(found);
        None
    }
}
