//! Frist: a rules engine for policies made of dates.

mod language;
pub mod time;

pub use language::Language;
