//! Diagnostics `F06xx`: what happens when cases are run.

use super::codes::codes;

codes! {}
