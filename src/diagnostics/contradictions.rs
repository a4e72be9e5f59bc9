//! Diagnostics `F0605` and on: events, and rules, that contradict each other when they are run.
//!
//! The run has taken each event as it stands; these are for a person to look at.

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;
use crate::time::Day;

codes! {
    NEVER_HOLDS = "0605" "never-holds" Warning;
    ENDS_FIRST = "0606" "ends-first" Warning;
    TWO_VALUES = "0607" "two-values-on-one-day" Warning;
    MET_TOO_SOON = "0608" "met-too-soon" Warning;
    RULES_CLASH = "0609" "rules-clash" Warning;
}

/// Where something was said: in an event, as far as it was read from a text, and in a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words of the event.
    pub event: Option<Span>,
    /// The words of the rule; none for a fact that is taken from the event.
    pub rule: Option<Span>,
}

/// Adds the places of what two events said: the events first, then the rules that made that of them.
fn from_two(mut diagnostic: Diagnostic, sides: [(Said, Words); 2], by: [Words; 2]) -> Diagnostic {
    for (said, words) in &sides {
        if let Some(event) = said.event {
            diagnostic = diagnostic.at(event, words.sv.clone(), words.en.clone());
        }
    }
    let [first, second] = sides.map(|(said, _)| said.rule);
    if let (Some(rule), true) = (first, first == second) {
        return diagnostic.at(rule, "båda gångerna genom den här regeln", "both times by this rule");
    }
    for (rule, words) in [first, second].into_iter().zip(by) {
        if let Some(rule) = rule {
            diagnostic = diagnostic.at(rule, words.sv, words.en);
        }
    }
    diagnostic
}

/// What is said of the rule that ends a fact, and of the one that begins it.
fn ends_and_begins() -> [Words; 2] {
    [Words::new("avslutar det", "ends it"), Words::new("inleder det", "begins it")]
}

/// A fact that was to begin is ended from that day or an earlier one.
pub fn never_begins(fact: &str, case: &str, begun: Said, from: Day, ended: Said, on: Day) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        NEVER_HOLDS,
        format!("`{fact}` upphör i `{case}` innan det har hunnit börja"),
        format!("`{fact}` ends in `{case}` before it has come to begin"),
    );
    from_two(
        diagnostic,
        [
            (ended, Words::new(format!("upphör från och med {on}"), format!("ends as of {on}"))),
            (begun, Words::new(format!("skulle ha börjat {from}"), format!("was to begin on {from}"))),
        ],
        ends_and_begins(),
    )
    .help(
        "det gäller ingen dag; rätta dagen som är fel, om någon är det",
        "it holds on no day; correct the day that is wrong, if one is",
    )
}

/// A fact that begins after its own last day.
pub fn ends_before_it_begins(fact: &str, case: &str, said: Said, from: Day, until: Day) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        NEVER_HOLDS,
        format!("`{fact}` slutar i `{case}` {until}, innan det börjar {from}"),
        format!("`{fact}` ends in `{case}` on {until}, before it begins on {from}"),
    );
    if let Some(event) = said.event {
        diagnostic = diagnostic.at(event, "av den här händelsen", "by this event");
    }
    if let Some(rule) = said.rule {
        diagnostic = diagnostic.at(rule, "genom den här regeln", "by this rule");
    }
    diagnostic.help(
        "det gäller ingen dag; rätta dagen som är fel",
        "it holds on no day; correct the day that is wrong",
    )
}

/// The first that is said of a fact is that it ends.
pub fn ends_first(fact: &str, case: &str, ended: Said, on: Day, begun: Said, from: Day) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        ENDS_FIRST,
        format!("`{fact}` upphör i `{case}` innan någon händelse har sagt att det börjat"),
        format!("`{fact}` ends in `{case}` before any event has said that it began"),
    );
    from_two(
        diagnostic,
        [
            (ended, Words::new(format!("upphör från och med {on}"), format!("ends as of {on}"))),
            (begun, Words::new(format!("börjar först här, {from}"), format!("begins only here, on {from}"))),
        ],
        ends_and_begins(),
    )
    .help(
        "rätta datumen om händelserna hör ihop; gällde det sedan tidigare, säg det med `ingående_läge`",
        "correct the dates if the events belong together; if it held from before, say so with `opening_state`",
    )
}

/// Two events of one day give a fact different values from the same day.
pub fn two_values(
    fact: &str,
    case: &str,
    from: Day,
    (first, first_value): (Said, &Words),
    (second, second_value): (Said, &Words),
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        TWO_VALUES,
        format!("två händelser samma dag säger olika om `{fact}` i `{case}` från och med {from}"),
        format!("two events of one day say different things of `{fact}` in `{case}` from {from}"),
    );
    let (first_sv, second_sv) = (&first_value.sv, &second_value.sv);
    let (first_en, second_en) = (&first_value.en, &second_value.en);
    let replaced =
        Words::new(format!("först {first_sv}; det ersätts"), format!("first {first_en}; it is replaced"));
    let stands = Words::new(format!("sedan {second_sv}; det gäller"), format!("then {second_en}; it stands"));
    let by = [
        Words::new("det första genom den här regeln", "the first by this rule"),
        Words::new("det andra genom den här regeln", "the second by this rule"),
    ];
    from_two(diagnostic, [(first, replaced), (second, stands)], by).help(
        "den senare raden gäller; ta bort den som är fel, eller byt plats på dem",
        "the later line stands; remove the one that is wrong, or let them change places",
    )
}

/// An event that a duty asks for came before the duty.
pub fn met_too_soon(
    event: &str,
    case: &str,
    at: Option<Span>,
    duty: Said,
    action: &str,
    counts_from: Day,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        MET_TOO_SOON,
        format!("`{event}` i `{case}` kom för tidigt för att uppfylla `{action}`"),
        format!("`{event}` in `{case}` came too soon to satisfy `{action}`"),
    );
    if let Some(at) = at {
        let (sv, en) =
            (format!("räknas först från {counts_from}"), format!("counts only from {counts_from}"));
        diagnostic = diagnostic.at(at, sv, en);
    }
    if let Some(event) = duty.event {
        diagnostic = diagnostic.at(event, "skyldigheten uppkom här", "the duty arose here");
    }
    if let Some(rule) = duty.rule {
        diagnostic = diagnostic.at(rule, "genom den här regeln", "by this rule");
    }
    diagnostic.help(
        "skyldigheten är inte uppfylld; rätta dagen om det gjordes senare",
        "the duty has not been satisfied; correct the day if it was done later",
    )
}

/// Rules, or rows of a table, that say different things of one thing.
pub fn rules_clash(
    over: &Words,
    case: &str,
    at: Option<Span>,
    sides: impl IntoIterator<Item = (Span, Words)>,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        RULES_CLASH,
        format!("reglerna säger emot varandra om {} i `{case}`", over.sv),
        format!("the rules contradict each other on {} in `{case}`", over.en),
    );
    for (span, says) in sides {
        diagnostic = diagnostic.at(span, says.sv, says.en);
    }
    if let Some(at) = at {
        diagnostic = diagnostic.at(at, "vid den här händelsen", "on this event");
    }
    diagnostic.help(
        "låt den ena vara undantag från den andra, eller skilj deras villkor åt; till dess är svaret okänt",
        "let one be an exception to the other, or part their conditions; until then the answer is unknown",
    )
}
