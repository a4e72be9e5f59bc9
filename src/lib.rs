//! Frist: a rules engine for policies made of dates.

pub mod diagnostics;
mod language;
pub mod program;
pub mod run;
pub mod source;
pub mod syntax;
pub mod time;
pub mod value;

pub use language::{Language, Words};
