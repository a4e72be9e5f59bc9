//! Diagnostics `F00xx`: text and limits.

use super::codes::codes;

codes! {}
