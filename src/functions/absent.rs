//! What stands in for scripts in a build without them.

use super::{Failure, Fault};
use crate::program::{Function, Header, Program};
use crate::source::SourceId;
use crate::value::{Pool, Value};

/// Makes scripts, in a build that has them.
#[derive(Debug)]
pub enum Loader {}

impl Loader {
    /// Nobody: this build has no scripts.
    pub fn new(_: &Header) -> Option<Loader> {
        None
    }

    /// A function of a script.
    ///
    /// # Errors
    /// What is wrong with the script.
    pub fn function(
        &mut self,
        _: SourceId,
        _: std::sync::Arc<str>,
        _: &str,
        _: usize,
    ) -> Result<Script, Fault> {
        match *self {}
    }
}

/// A compiled function, of which this build has none.
#[derive(Clone, Debug)]
pub enum Script {}

impl Script {
    /// The whole script, as it was written.
    pub fn text(&self) -> &str {
        match *self {}
    }
}

/// Calls a function, which in this build has no answer.
///
/// # Errors
/// None here.
pub fn call(_: &Program, _: &mut Pool, _: &Function, _: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Unknown)
}
