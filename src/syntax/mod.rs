//! Text → tree.

pub mod tree;
pub mod words;
