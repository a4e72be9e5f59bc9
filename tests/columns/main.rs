//! Files of columns: Parquet and Arrow IPC as events, Parquet as outcomes, and what is said of broken ones.
#![cfg(feature = "parquet")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod broken;
#[cfg(feature = "cli")]
mod command;
mod convert;
mod fixtures;
mod rows;
#[cfg(feature = "cli")]
mod written;

#[path = "../support/mod.rs"]
mod support;
