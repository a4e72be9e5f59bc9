//! Citations against documents: the five real ones, whole, altered and set otherwise, and small ones made up for a point.
//!
//! The real documents are no part of the project. Where they are not at hand, the tests that need them say so and pass.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic: it fails then"
)]

mod altered;
#[cfg(feature = "cli")]
mod command_line;
mod real;
mod set_otherwise;
mod small;
