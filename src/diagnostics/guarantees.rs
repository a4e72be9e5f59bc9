//! Diagnostics `F09xx`: guarantees.

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;

codes! {
    NOTHING_TO_GUARANTEE = "0901" "nothing-to-guarantee" Error;
    NO_DATE_TO_MOVE = "0902" "no-date-to-move" Error;
}

/// `F0901`: a guarantee about something that the rule does not bring.
pub fn nothing_to_guarantee(at: Span, rule: Span, what: &Words) -> Diagnostic {
    Diagnostic::new(
        NOTHING_TO_GUARANTEE,
        format!("garantin handlar om {}, men regeln ger inget sådant", what.sv),
        format!("the guarantee is about {}, but the rule brings no such thing", what.en),
    )
    .at(at, "det finns inget att pröva", "there is nothing to try")
    .at(rule, "regeln", "the rule")
    .help(
        "flytta garantin till regeln som den gäller, eller ta bort den",
        "move the guarantee to its rule, or remove it",
    )
}

/// `F0902`: a guarantee that moves a date which the rule does not have.
pub fn no_date_to_move(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        NO_DATE_TO_MOVE,
        format!("`{name}` är inget datum som kan flyttas"),
        format!("`{name}` is not a date that can be moved"),
    )
    .at(
        at,
        "här behövs `datum` eller ett datumfält i händelsen",
        "`date` or a date field of the event is needed here",
    )
    .help(
        "skriv `senare datum ger aldrig tidigare ikraftträdande`",
        "write `a later date never gives an earlier effective_day`",
    )
}
