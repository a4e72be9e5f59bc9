//! Where two rulesets part whatever happens, as people and programs read it.

mod json;
mod text;
mod words;

pub use json::json;
pub use text::{narrated, text};
