//! Values in words (placeholder until the room of words is merged).
#![allow(missing_docs)]
use crate::Language;
pub fn value(_p: &crate::program::Program, _pool: &crate::value::Pool, v: crate::value::Value, _l: Language) -> String { format!("{v:?}") }
pub fn list(all: &[String], _l: Language) -> String { all.join(", ") }
pub fn days(n: i64, _l: Language) -> String { n.to_string() }
pub fn ordinal(n: i64, _l: Language) -> String { n.to_string() }
pub fn period(p: crate::time::Period, _l: Language) -> String { format!("{p:?}") }
