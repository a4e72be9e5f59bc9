//! Streams: what is decided bit by bit is what is decided of the whole, for every input, memory and number of threads.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod agree;
mod alone;
mod benchmarks;
#[cfg(feature = "cli")]
mod command;
mod generate;
mod long_lines;
mod million;
mod rulesets;
mod shapes;
mod whole;

#[path = "../../benches/generator/mod.rs"]
#[allow(dead_code, reason = "others use the rest")]
mod generator;
#[path = "../support/mod.rs"]
mod support;
