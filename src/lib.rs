//! Frist: a rules engine for policies made of dates.

pub mod diagnostics;
mod language;
pub mod source;
pub mod syntax;
pub mod time;

pub use language::Language;
