//! Functions written in Rhai, called.

use super::Frame;
use crate::Words;
use crate::diagnostics::Diagnostic;
use crate::functions::{self, Failure};
use crate::language::Language;
use crate::program::{Function, FunctionId, Program};
use crate::run::world::World;
use crate::source::Span;
use crate::value::{Pool, Value};
use crate::words;

impl World<'_> {
    /// What a function answers; a call that fails is noted once, and its answer is unknown.
    pub(super) fn call(
        &mut self,
        id: FunctionId,
        given: &[Value],
        at: Option<Span>,
        frame: &Frame<'_>,
    ) -> Value {
        let program = self.program;
        let Some(function) = program.functions.get(id.index()) else { return Value::Unknown };
        let failure = match functions::call(program, self.pool, function, given) {
            Ok(value) => return value,
            Err(failure) => failure,
        };
        let called = called(program, self.pool, function, given);
        let name = &function.named.name;
        let call = at.unwrap_or(function.named.span);
        let event = frame.event.and_then(|event| event.span);
        let found = crate::diagnostics::run::call_failed(name, &called, &failure, call, event);
        if !self.failed.iter().any(|known| same_failure(known, &found)) {
            self.failed.push(found);
        }
        Value::Unknown
    }
}

/// Whether two diagnostics are of one failure: the same call for the same event, wherever in the rules it stands.
fn same_failure(one: &Diagnostic, other: &Diagnostic) -> bool {
    let words = |found: &Diagnostic| found.labels.first().map(|label| label.words.clone());
    let places = |found: &Diagnostic| found.labels.iter().skip(1).map(|label| label.span).collect::<Vec<_>>();
    one.message == other.message && words(one) == words(other) && places(one) == places(other)
}

/// A call as it would be written, with the values of its arguments: `påskdag(2025)`.
pub fn called(program: &Program, pool: &Pool, function: &Function, given: &[Value]) -> Words {
    let say = |language: Language| {
        let arguments: Vec<String> =
            given.iter().map(|value| words::value(program, pool, *value, language)).collect();
        format!("{}({})", function.named.name, arguments.join("; "))
    };
    Words::new(say(Language::Swedish), say(Language::English))
}

/// Why a call with known arguments has no answer; nothing when it has one or was not made.
pub fn why_not_answered(
    program: &Program,
    pool: &mut Pool,
    function: &Function,
    given: &[Value],
) -> Option<Failure> {
    functions::call(program, pool, function, given).err()
}
