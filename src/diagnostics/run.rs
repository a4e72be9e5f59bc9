//! Diagnostics `F06xx`: what happens when rules are run.

use super::Diagnostic;
use super::codes::codes;
use crate::Words;
use crate::source::Span;
use crate::time::Day;

codes! {
    EXAMPLE_FAILS = "0601" "example-fails" Error;
    EXAMPLE_BRINGS_SOMETHING = "0602" "example-brings-something" Error;
}

/// What an example expects is not among what its rule brings.
///
/// `not_before` is the first day in force when the example's event comes before it.
pub fn example_fails(expected: Span, example: Span, got: &[Words], not_before: Option<Day>) -> Diagnostic {
    let diagnostic = Diagnostic::new(EXAMPLE_FAILS, "exemplet håller inte", "the example does not hold")
        .at(expected, "regeln medför inte detta", "the rule does not bring this")
        .at(example, "i detta exempel", "in this example");
    match (got, not_before) {
        ([], Some(first)) => diagnostic.help(
            format!("händelsen är daterad före {first}, då reglerna börjar gälla, och startar ingenting"),
            format!("the event is dated before {first}, when the rules come into force, and starts nothing"),
        ),
        ([], None) => diagnostic.help(
            "regeln medför ingenting här: skriv `ger inget`, eller rätta regeln",
            "the rule brings nothing here: write `gives nothing`, or mend the rule",
        ),
        (got, _) => {
            let join = |words: Vec<&str>| words.join(" ");
            diagnostic.help(
                format!("regeln medför: {}", join(got.iter().map(|words| words.sv.as_str()).collect())),
                format!("the rule brings: {}", join(got.iter().map(|words| words.en.as_str()).collect())),
            )
        }
    }
}

/// An example says that its rule brings nothing, and it brings something.
pub fn example_brings_something(example: Span, got: &[Words]) -> Diagnostic {
    let join = |words: Vec<&str>| words.join(" ");
    Diagnostic::new(
        EXAMPLE_BRINGS_SOMETHING,
        "exemplet säger att regeln inte medför något, men det gör den",
        "the example says that the rule brings nothing, but it does",
    )
    .at(example, "`ger inget`", "`gives nothing`")
    .help(
        format!("regeln medför: {}", join(got.iter().map(|words| words.sv.as_str()).collect())),
        format!("the rule brings: {}", join(got.iter().map(|words| words.en.as_str()).collect())),
    )
}
