//! Calls of functions: with their arguments, what came of them, and the script that they are in.

use super::parts::Taking;
use crate::Language;
use crate::program::Function;
use crate::program::code::{At, Op};
use crate::run::{called, why_not_answered};
use crate::value::Value;
use crate::words;

impl Taking<'_> {
    /// A call as a step: `påskdag(2025) → 2025-04-20 (påskdag.rhai)`. Nothing for what is no call.
    pub(super) fn call_step(&self, at: At, language: Language) -> Option<String> {
        let (function, given) = self.call(at)?;
        let came = match (self.value(at), self.call_failure(at, language)) {
            (Value::Unknown, Some(failure)) => failure,
            (value, _) => words::value(self.program, self.pool, value, language),
        };
        let called = called(self.program, self.pool, function, &given);
        Some(format!("{} → {came} ({})", called.get(language), function.file))
    }

    /// What a call is called: `the function påskdag(2025) in påskdag.rhai`. Nothing for what is no call.
    pub(super) fn call_name(&self, at: At, language: Language) -> Option<String> {
        let (function, given) = self.call(at)?;
        let called = called(self.program, self.pool, function, &given);
        Some(match language {
            Language::Swedish => format!("funktionen {} i {}", called.sv, function.file),
            Language::English => format!("the function {} in {}", called.en, function.file),
        })
    }

    /// Why a call has no answer: nothing when it has one, or when an argument is not known.
    pub(super) fn call_failure(&self, at: At, language: Language) -> Option<String> {
        if self.value(at) != Value::Unknown {
            return None;
        }
        let (function, given) = self.call(at)?;
        let failure = why_not_answered(self.program, &mut self.pool.clone(), function, &given)?;
        let none = language.choose("inget svar", "no answer");
        Some(format!("{none}: {}", failure.reason.get(language)))
    }

    fn call(&self, at: At) -> Option<(&Function, Vec<Value>)> {
        let Some(Op::Call(function, operands)) = self.op(at) else { return None };
        let function = self.program.functions.get(function.index())?;
        let given = self.program.code.operands(operands).iter().map(|at| self.value(*at)).collect();
        Some((function, given))
    }
}
