//! Guarantees and standard questions, decided over every day there is.
//!
//! Each rule is judged in every situation it can tell apart ([`crate::situations`]): on every day of a 400-year Gregorian
//! cycle, or of all years that the statutory calendar is known for when the rule asks about holidays. Of each situation
//! the standard questions are asked ([`Question::STANDARD`]), and whether the guarantees hold. A verdict says that
//! something is *proved*, gives the earliest situation in which it is not so, or says that it was tested only, and why.

mod beyond;
mod certificate;
mod clash;
mod counterexample;
mod monotone;
mod month_ends;
mod pass;
mod question;
pub mod render;
mod report;
mod rule;
mod verdict;
mod work;

pub use beyond::beyond_proof;
pub use certificate::{Certificate, Certified, Outcomes};
pub use question::{Asked, Question};
pub use verdict::{Answer, Counterexample, Given, Limit, Settled, Verdict};
pub use work::{Options, Verification, verify};
