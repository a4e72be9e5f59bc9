//! Diagnostics `F08xx`: sources and citations.

use super::codes::codes;

codes! {}
