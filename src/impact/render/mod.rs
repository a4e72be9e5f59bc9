//! Differences as people and programs read them: listed with tables and bars, in plain sentences, as JSON Lines.

pub mod everywhere;
mod json;
mod narrated;
mod text;
mod words;

pub use json::json;
pub use narrated::narrated;
pub use text::text;

/// As many differences are told to a person; JSON has them all.
pub const SHOWN: usize = 50;
