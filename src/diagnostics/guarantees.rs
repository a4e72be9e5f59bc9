//! Diagnostics `F09xx`: guarantees.

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;

codes! {
    NOTHING_TO_GUARANTEE = "0901" "nothing-to-guarantee" Error;
    NO_DATE_TO_MOVE = "0902" "no-date-to-move" Error;
    SEVERAL_DAYS = "0903" "several-days-in-guarantee" Error;
    ONLY_OF_A_RULE = "0904" "only-of-a-rule" Error;
    UNKNOWN_GUARANTEE = "0905" "unknown-guarantee" Error;
}

/// `F0901`: a guarantee about something that the rule does not have; without a rule it is about the whole ruleset.
pub fn nothing_to_guarantee(at: Span, rule: Option<Span>, what: &Words) -> Diagnostic {
    let (sv, en) = match rule {
        Some(_) => ("regeln har inget sådant", "the rule has no such thing"),
        None => ("ingen regel har något sådant", "no rule has such a thing"),
    };
    let found = Diagnostic::new(
        NOTHING_TO_GUARANTEE,
        format!("garantin handlar om {}, men {sv}", what.sv),
        format!("the guarantee is about {}, but {en}", what.en),
    )
    .at(at, "det finns inget att pröva", "there is nothing to try");
    let found = match rule {
        Some(rule) => found.at(rule, "regeln", "the rule"),
        None => found,
    };
    found.help(
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

/// `F0903`: a condition of a guarantee that speaks of two days at once.
pub fn several_days(at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        SEVERAL_DAYS,
        "garantin talar om två olika dagar som regeln ger",
        "the guarantee speaks of two different days that the rule brings",
    )
    .at(at, "här menas en annan dag", "another day is meant here")
    .at(first, "här menas den första", "the first one is meant here")
    .help(
        "skriv en garanti för varje dag, och jämför den med `datum` eller ett fält",
        "write a guarantee for each day, and compare it with `date` or a field",
    )
}

/// `F0904`: something that only a rule can say of itself, said of the whole ruleset.
pub fn only_of_a_rule(at: Span, words: &str) -> Diagnostic {
    Diagnostic::new(
        ONLY_OF_A_RULE,
        format!("`{words}` kan bara sägas om en regel"),
        format!("`{words}` can only be said of a rule"),
    )
    .at(at, "det här gäller hela regelverket", "this is about the whole ruleset")
    .help(
        "flytta raden in i den regel vars verkningar får börja före händelsen",
        "move the line into the rule whose effects may begin before the event",
    )
}

/// `F0905`: a guarantee that is nearly written in one of its forms.
pub fn unknown_guarantee(at: Span, text: &str, form: &str) -> Diagnostic {
    Diagnostic::new(
        UNKNOWN_GUARANTEE,
        format!("det finns ingen garanti som heter `{text}`"),
        format!("there is no guarantee called `{text}`"),
    )
    .at(at, format!("menas `{form}`?"), format!("is `{form}` meant?"))
    .help(format!("skriv `{form}`, eller ett villkor"), format!("write `{form}`, or a condition"))
}
