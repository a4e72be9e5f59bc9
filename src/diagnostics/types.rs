//! Diagnostics `F03xx`: types and units.

use super::codes::codes;

codes! {}
