//! Diagnostics `F08xx`: sources and citations.

use super::Diagnostic;
use super::codes::codes;
use crate::source::Span;

codes! {
    RULE_WITHOUT_CITATION = "0801" "rule-without-citation" Advice;
    MALFORMED_ANCHOR = "0802" "malformed-anchor" Error;
    MALFORMED_CHECKSUM = "0803" "malformed-checksum" Error;
}

/// `F0801`: a rule that says nothing of what it rests on.
pub fn rule_without_citation(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        RULE_WITHOUT_CITATION,
        format!("regeln `{name}` säger inte vad den grundas på"),
        format!("the rule `{name}` does not say what it rests on"),
    )
    .at(at, "ingen `enligt`", "no `according to`")
    .help(
        "lägg till `enligt källa avsnitt \"…\" ankare \"…\"`",
        "add `according to source section \"…\" anchor \"…\"`",
    )
}

/// `F0802`: an anchor that no sentence can have.
pub fn malformed_anchor(anchor: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        MALFORMED_ANCHOR,
        format!("`{anchor}` är inget ankare"),
        format!("`{anchor}` is not an anchor"),
    )
    .at(at, "fel form", "wrong form")
    .help(
        "ett ankare är 8 hexadecimala siffror (0–9, a–f), och eventuellt punkt och 16 till; `frist sources` räknar fram det",
        "an anchor is 8 hexadecimal digits (0–9, a–f), and possibly a dot and 16 more; `frist sources` computes it",
    )
}

/// `F0803`: a checksum of the wrong form.
pub fn malformed_checksum(at: Span) -> Diagnostic {
    Diagnostic::new(MALFORMED_CHECKSUM, "kontrollsumman har fel form", "the checksum has the wrong form")
        .at(at, "inte 64 hexadecimala siffror", "not 64 hexadecimal digits")
        .help("räkna om filens SHA-256", "compute the SHA-256 of the file again")
}
