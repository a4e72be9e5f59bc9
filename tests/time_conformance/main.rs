//! Dates against vectors that others wrote: Catala's `dates-calc`, the DMN test kit, two Python holiday packages.
//!
//! The vectors lie outside the project, in `../shared/conformance` or in `$FRIST_SHARED/conformance`.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic: it fails then")]
#![allow(
    clippy::disallowed_methods,
    reason = "the vectors are files, and where they lie is in the environment"
)]
#![allow(clippy::print_stdout, reason = "the counts are the report")]

mod dates_calc;
mod dmn_test_kit;
mod swedish_holidays;
mod vectors;
