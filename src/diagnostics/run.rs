//! Diagnostics `F06xx`: what happens when rules are run.

use super::Diagnostic;
use super::codes::codes;
use crate::Words;
use crate::functions::Failure;
use crate::source::Span;
use crate::time::Day;

codes! {
    EXAMPLE_FAILS = "0601" "example-fails" Error;
    EXAMPLE_BRINGS_SOMETHING = "0602" "example-brings-something" Error;
    CALL_STOPPED = "0603" "call-stopped" Error;
    WRONG_ANSWER = "0604" "wrong-answer" Error;
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

/// `F0603`, `F0604`: a call of a function that gave no answer, or another one than the function is declared to give.
///
/// `called` is the call with its arguments, `event` the line of the event that the rule looked at.
pub fn call_failed(
    name: &str,
    called: &Words,
    failure: &Failure,
    call: Span,
    event: Option<Span>,
) -> Diagnostic {
    let reason = &failure.reason;
    let found = if failure.wrong_answer {
        Diagnostic::new(
            WRONG_ANSWER,
            format!("funktionen `{name}` svarar fel: {}", reason.sv),
            format!("the function `{name}` answers wrongly: {}", reason.en),
        )
    } else {
        Diagnostic::new(
            CALL_STOPPED,
            format!("funktionen `{name}` gav inget svar: {}", reason.sv),
            format!("the function `{name}` gave no answer: {}", reason.en),
        )
    };
    let found = found.at(call, format!("anropades så: {}", called.sv), format!("called so: {}", called.en));
    let found = if failure.wrong_answer {
        found.at(failure.at, "svaret kommer härifrån", "the answer comes from here")
    } else {
        found.at(failure.at, "stannade här", "stopped here")
    };
    match event {
        Some(event) => found.at(event, "för den här händelsen", "for this event"),
        None => found,
    }
}
