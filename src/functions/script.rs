//! A script compiled once, and a function of it called.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, Position, Scope};
use unicode_normalization::UnicodeNormalization;

use super::{Failure, Fault, FaultKind, border, engine, failure};
use crate::program::{Function, Header, Program};
use crate::source::{SourceId, Span};
use crate::value::{Pool, Value};

/// Makes scripts: one engine for a whole ruleset, each file compiled once.
pub struct Loader {
    engine: Arc<Engine>,
    compiled: BTreeMap<SourceId, Result<Arc<Compiled>, Fault>>,
}

/// A file, compiled.
struct Compiled {
    ast: AST,
    text: Arc<str>,
    source: SourceId,
}

/// A function of a compiled script. Cloning shares it.
#[derive(Clone)]
pub struct Script {
    engine: Arc<Engine>,
    compiled: Arc<Compiled>,
    /// The function's name as the script spells it.
    name: String,
}

impl fmt::Debug for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").field("files", &self.compiled.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Script {
    /// The whole script, as it was written.
    pub fn text(&self) -> &str {
        &self.compiled.text
    }
}

impl Loader {
    /// A loader for a ruleset, whose header says how months are counted and what a weekday is. Nothing in a build
    /// without scripts.
    pub fn new(header: &Header) -> Option<Loader> {
        let engine = Arc::new(engine::engine(header.month_policy(), header.weekday));
        Some(Loader { engine, compiled: BTreeMap::new() })
    }

    /// A function of a script by its name (in NFC) and its number of parameters.
    ///
    /// # Errors
    /// What is wrong with the script.
    pub fn function(
        &mut self,
        source: SourceId,
        text: Arc<str>,
        name: &str,
        parameters: usize,
    ) -> Result<Script, Fault> {
        let engine = &self.engine;
        let compiled =
            self.compiled.entry(source).or_insert_with(|| compile(engine, source, text).map(Arc::new));
        let compiled = Arc::clone(compiled.as_ref().map_err(Clone::clone)?);
        let named = |known: &str| known.nfc().eq(name.chars());
        let declared: Vec<_> = compiled.ast.iter_functions().collect();
        if let Some(found) =
            declared.iter().find(|known| named(known.name) && known.params.len() == parameters)
        {
            let name = found.name.to_owned();
            return Ok(Script { engine: Arc::clone(engine), compiled, name });
        }
        let what = match declared.iter().find(|known| named(known.name)) {
            Some(other) => FaultKind::Parameters(other.params.len()),
            None => FaultKind::Missing(declared.iter().map(|known| known.name.nfc().collect()).collect()),
        };
        // Rhai does not tell where a function stands: it is the name after the word that begins one.
        let spelt = declared.iter().find(|known| named(known.name)).map(|known| known.name);
        let at = spelt.and_then(|spelt| compiled.opening_of(spelt)).unwrap_or_else(|| compiled.beginning());
        Err(Fault { what, at })
    }
}

fn compile(engine: &Engine, source: SourceId, text: Arc<str>) -> Result<Compiled, Fault> {
    let parsed = engine.compile(text.as_ref());
    let (ast, wrong) = match parsed {
        Ok(ast) => (ast, None),
        Err(error) => (AST::empty(), Some(error)),
    };
    let compiled = Compiled { ast, text, source };
    if let Some(error) = wrong {
        let what = FaultKind::Syntax(error.err_type().to_string());
        return Err(Fault { what, at: compiled.span(error.position()) });
    }
    // What stands outside functions is what a run that may take no step is stopped at.
    if let Err(stopped) = engine::standing_still().run_ast(&compiled.ast) {
        let at = compiled.span(stopped.position());
        return Err(Fault { what: FaultKind::OutsideFunctions, at });
    }
    Ok(compiled)
}

impl Compiled {
    /// The word or sign at a position. One that is nowhere is the first line's beginning.
    fn span(&self, position: Position) -> Span {
        let start = position
            .line()
            .and_then(|line| {
                self.text.split_inclusive('\n').nth(line.checked_sub(1)?).map(|text| (line, text))
            })
            .map(|(line, text)| {
                let before: usize =
                    self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
                let skipped = position.position().unwrap_or(1).saturating_sub(1);
                let within: usize = text.chars().take(skipped).map(char::len_utf8).sum();
                before.saturating_add(within)
            });
        start.map_or_else(|| self.beginning(), |start| self.word(start))
    }

    fn beginning(&self) -> Span {
        let skipped = self.text.len().saturating_sub(self.text.trim_start().len());
        self.word(if skipped < self.text.len() { skipped } else { 0 })
    }

    /// The stretch of the word, or else the sign, that begins at a byte; at the very end, the last sign there is.
    fn word(&self, start: usize) -> Span {
        let rest = self.text.get(start..).unwrap_or("");
        let letters = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        let byte = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        if length > 0 && !rest.starts_with(['\n', '\r']) {
            return Span::new(self.source, byte(start), byte(start.saturating_add(length)));
        }
        let before = self.text.get(..start).unwrap_or("").trim_end();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        Span::new(self.source, byte(before.len().saturating_sub(last)), byte(before.len()))
    }

    /// The name of a function where the script begins it.
    fn opening_of(&self, name: &str) -> Option<Span> {
        let mut from = 0_usize;
        while let Some(found) = self.text.get(from..).and_then(|rest| rest.find(name)) {
            let at = from.saturating_add(found);
            let before = self.text.get(..at).unwrap_or("");
            let word = before.trim_end();
            if word.len() < before.len() && word.ends_with("fn") {
                return Some(self.word(at));
            }
            from = at.saturating_add(name.len());
        }
        None
    }
}

/// Calls a function. Unknown when an argument is, or when one that may not be none is; an optional none goes in as `()`.
///
/// # Errors
/// Why it gave no answer.
pub fn call(
    program: &Program,
    pool: &mut Pool,
    function: &Function,
    given: &[Value],
) -> Result<Value, Failure> {
    let Some(script) = &function.script else { return Ok(Value::Unknown) };
    let mut arguments: Vec<Dynamic> = Vec::with_capacity(given.len());
    for (field, value) in function.parameters.iter().zip(given) {
        match value {
            Value::Unknown => return Ok(Value::Unknown),
            Value::None if !field.optional => return Ok(Value::Unknown),
            known => arguments.push(border::inward(program, pool, *known)),
        }
    }
    let answer = script.run(arguments).map_err(|error| Failure {
        wrong_answer: false,
        reason: failure::reason(&error),
        at: script.compiled.span(failure::place(&error)),
    })?;
    border::outward(program, pool, function, &answer).map_err(|reason| Failure {
        wrong_answer: true,
        reason,
        at: script.opening(),
    })
}

impl Script {
    fn run(&self, arguments: Vec<Dynamic>) -> Result<Dynamic, Box<EvalAltResult>> {
        let options = CallFnOptions::new().eval_ast(false);
        let mut scope = Scope::new();
        self.engine.call_fn_with_options(options, &mut scope, &self.compiled.ast, &self.name, arguments)
    }

    fn opening(&self) -> Span {
        self.compiled.opening_of(&self.name).unwrap_or_else(|| self.compiled.beginning())
    }
}
