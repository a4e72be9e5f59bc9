//! Diagnostics `F05xx`: rules against each other.

use super::codes::codes;

codes! {}
