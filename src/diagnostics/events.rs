//! Diagnostics `F07xx`: events and files.

use super::codes::codes;

codes! {}
