//! Frist: a rules engine for policies made of dates.

pub mod check;
pub mod diagnostics;
pub mod examples;
pub mod explain;
mod language;
pub mod program;
pub mod record;
mod ruleset;
pub mod run;
pub mod source;
pub mod syntax;
pub mod time;
pub mod value;
pub mod words;

pub use language::{Language, Words};
pub use record::{Input, ReadOptions};
pub use ruleset::{Draft, Loaded, Ruleset};
pub use run::Settings;
