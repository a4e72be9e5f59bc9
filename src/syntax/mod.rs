//! Text → tree.

mod format;
mod grammar;
pub mod tree;
pub mod words;

pub use format::format;
