//! How large and how deeply nested a rule file may be.

/// The largest text, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How many brackets may be open at once.
pub const MAX_BRACKETS: usize = 64;

/// How many expressions and operators may stand around each other in one item.
pub const MAX_DEPTH: usize = 256;
