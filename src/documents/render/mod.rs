//! Traces and drifts as people and programs read them.

mod json;
mod text;

pub use json::{drift_json, trace_json};
pub use text::{Shape, drift_text, summary};
