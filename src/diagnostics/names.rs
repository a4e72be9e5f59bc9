//! Diagnostics `F02xx`: names.

use super::codes::codes;

codes! {}
