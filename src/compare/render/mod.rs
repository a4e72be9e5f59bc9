//! A comparison as people and programs read it: a table, plain sentences, CSV, JSON.

#[cfg(feature = "cli")]
mod cell;
mod csv;
mod glossary;
mod json;
mod narrated;
mod say;
#[cfg(feature = "cli")]
mod text;

pub use csv::csv;
pub use json::json;
pub use narrated::narrated;
#[cfg(feature = "cli")]
pub use text::text;
