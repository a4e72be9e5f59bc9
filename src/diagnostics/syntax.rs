//! Diagnostics `F01xx`: syntax.

use super::codes::codes;

codes! {}
