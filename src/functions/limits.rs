//! How far a script may go: the same in every build, whatever Rhai's own defaults are.

/// Steps of one call.
pub const OPERATIONS: u64 = 50_000;
/// Calls within calls.
pub const CALL_LEVELS: usize = 8;
/// Expressions within expressions, inside functions and outside.
pub const EXPRESSION_DEPTH: usize = 24;
/// Bytes of a text.
pub const TEXT_BYTES: usize = 20_000;
/// Members of an array, those of arrays in it included.
pub const ARRAY_MEMBERS: usize = 256;
/// Members of an object map. Maps cannot be written at all; this holds should one arise all the same.
pub const MAP_MEMBERS: usize = 1;
/// Variables that live at once in one call of a function.
pub const VARIABLES: usize = 32;
/// Functions of one script.
pub const FUNCTIONS: usize = 64;
