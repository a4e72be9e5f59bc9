//! Text → tree.

mod grammar;
pub mod tree;
pub mod words;
