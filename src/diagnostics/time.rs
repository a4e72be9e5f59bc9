//! Diagnostics `F04xx`: time.

use super::codes::codes;

codes! {}
