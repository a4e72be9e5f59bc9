//! How large and how deeply nested a rule file may be.

use super::lower::Place;
use super::tokens;
use crate::diagnostics::{Diagnostic, text};

/// The largest text, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How many brackets may be open at once.
pub const MAX_BRACKETS: usize = 64;

/// How many expressions and operators may stand around each other in one item.
pub const MAX_DEPTH: usize = 256;

/// Too many brackets open at once, if so.
pub(super) fn too_deep(text: &str, place: Place<'_>) -> Option<Diagnostic> {
    let brackets = text.bytes().filter(|byte| matches!(byte, b'(' | b'{')).count();
    if brackets <= MAX_BRACKETS {
        return None;
    }
    let mut open: usize = 0;
    for token in tokens::tokens(text) {
        match token.text {
            "(" | "{" => open = open.saturating_add(1),
            ")" | "}" => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MAX_BRACKETS {
            return Some(text::too_deep(place.span(token.start, token.end()), MAX_BRACKETS));
        }
    }
    None
}
