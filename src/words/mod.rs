//! Values in words (placeholder until the room of words is merged).
#![allow(missing_docs)]
pub fn value(_p: &crate::program::Program, _pool: &crate::value::Pool, v: crate::value::Value, _l: crate::Language) -> String { format!("{v:?}") }
