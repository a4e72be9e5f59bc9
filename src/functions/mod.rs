//! Functions written in Rhai: pure, typed at the border, limited.
//!
//! A ruleset names a script beside it (`funktion f(x: datum) ger datum = rhai "f.rhai"`). Check compiles it once
//! ([`Loader`], [`Script`]); a call carries values over the border, runs the script within the limits of
//! [`limits`], and carries the answer back ([`call`]). A call that gives no answer says why ([`Failure`]) and never
//! stops a run. Without the feature `functions` a script cannot be made, and check says so.
//!
//! A script sees its arguments and nothing else: no file, network, clock, chance, output, other script or earlier call.

#[cfg(feature = "functions")]
mod border;
#[cfg(feature = "functions")]
mod calendar;
#[cfg(feature = "functions")]
mod engine;
#[cfg(feature = "functions")]
mod exact;
#[cfg(feature = "functions")]
mod failure;
pub mod limits;
#[cfg(feature = "functions")]
mod script;
#[cfg(not(feature = "functions"))]
#[path = "absent.rs"]
mod script;

pub use script::{Loader, Script, call};

use crate::Words;
use crate::source::Span;

/// Why a script cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: FaultKind,
    /// Where in the script.
    pub at: Span,
}

/// What is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It is no Rhai, or uses what is turned off; in Rhai's own English words.
    Syntax(String),
    /// Something stands outside its functions, where it would never be run.
    OutsideFunctions,
    /// It has no function of the name; these are the ones it has.
    Missing(Vec<String>),
    /// The function of the name takes another number of parameters.
    Parameters(usize),
}

/// Why a call gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// It answered, but not with what its declaration says, rather than stopping.
    pub wrong_answer: bool,
    /// What happened, in words that can stand after a colon.
    pub reason: Words,
    /// Where in the script.
    pub at: Span,
}
