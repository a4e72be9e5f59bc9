//! Then and now as people and programs read it: drawn, in plain sentences, as JSON.

mod json;
mod narrated;
#[cfg(feature = "cli")]
mod text;
mod words;

pub use json::json;
pub use narrated::{narrated, narrated_days, narrated_quiet, narrated_summary};
#[cfg(feature = "cli")]
pub use text::{text, text_days, text_quiet, text_summary};

use super::{Parted, PartedCase};
use crate::Language;
use crate::program::Program;
use crate::record::Ledger;
use crate::source::Sources;

/// What it takes to show then and now.
#[derive(Clone, Copy)]
pub struct Showing<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The texts of rules and events.
    pub sources: &'a Sources,
    /// The lines.
    pub ledger: &'a Ledger,
    /// What was found.
    pub parted: &'a Parted,
    /// The language of words.
    pub language: Language,
}

fn quiet(showing: Showing<'_>, quiet: &[&PartedCase], cases: usize) -> String {
    let outcomes = quiet.iter().map(|case| case.unchanged.len()).sum();
    words::quiet(quiet.len(), cases, outcomes, showing.language)
}
