//! Diagnostics `F09xx`: guarantees.

use super::codes::codes;

codes! {}
