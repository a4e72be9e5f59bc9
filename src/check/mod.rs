//! Tree → program (stands in until the room is merged).
#![allow(missing_docs)]
use crate::diagnostics::Diagnostic;
use crate::program::Program;
use crate::source::{SourceId, Sources};
use crate::syntax::tree::File;
use crate::time::{Day, NamedCalendar};

#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    pub as_of: Option<Day>,
    pub tables: Vec<(String, SourceId)>,
    pub calendars: Vec<(String, NamedCalendar)>,
}

pub fn check(
    _sources: &Sources,
    _files: &[File],
    _options: &CheckOptions,
) -> (Option<Program>, Vec<Diagnostic>) {
    (None, Vec::new())
}
