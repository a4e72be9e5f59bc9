//! Diagnostics `F00xx`: text and limits.

use super::Diagnostic;
use super::codes::codes;
use crate::source::Span;

codes! {
    TOO_LARGE = "0001" "text-too-large" Error;
    TOO_DEEP = "0002" "nested-too-deeply" Error;
}

/// The text is larger than Frist reads.
pub fn too_large(span: Span, limit: usize) -> Diagnostic {
    let megabytes = limit / (1024 * 1024);
    Diagnostic::new(TOO_LARGE, "filen är för stor för att läsas", "the file is too large to be read")
        .at(span, format!("mer än {megabytes} MiB"), format!("more than {megabytes} MiB"))
        .help(
            "dela upp filen, eller lägg tabeller i egna CSV-filer",
            "split the file, or put tables into CSV files of their own",
        )
}

/// Brackets, or expressions in expressions, lie deeper than Frist follows.
pub fn too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(TOO_DEEP, "uttrycket är för djupt nästlat", "the expression is nested too deeply")
        .at(span, format!("djupare än {limit} nivåer"), format!("deeper than {limit} levels"))
        .help("ge delarna namn med `låt`, eller dela regeln", "name the parts with `let`, or split the rule")
}
