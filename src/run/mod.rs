//! Program + case → outcomes.

pub mod history;
pub mod outcome;

pub use history::*;
pub use outcome::*;
