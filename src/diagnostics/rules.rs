//! Diagnostics `F05xx`: rules against each other.

mod functions;
mod parts;

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;
use crate::time::Day;

pub use functions::*;
pub use parts::*;

codes! {
    VERSIONS_OVERLAP = "0501" "versions-overlap" Error;
    VERSIONS_GAP = "0502" "versions-gap" Error;
    UNREACHABLE_BRANCH = "0503" "unreachable-branch" Warning;
    NOT_COVERED = "0504" "not-covered" Error;
    EXCEPTION_TRIGGER = "0505" "exception-trigger" Error;
    EXCEPTION_NEVER = "0506" "exception-never" Warning;
    EXCEPTION_CYCLE = "0507" "exception-cycle" Error;
    EXCEPTIONS_UNORDERED = "0508" "exceptions-unordered" Warning;
    FACT_CYCLE = "0509" "fact-cycle" Error;
    FACT_NOT_SET_BY_RULES = "0510" "fact-not-set-by-rules" Error;
    NO_EVENT_TO_DECIDE = "0511" "no-event-to-decide" Error;
    DECIDES_ITS_OWN_TRIGGER = "0512" "decides-its-own-trigger" Error;
    DUTY_NOTHING_MEETS = "0513" "duty-nothing-meets" Warning;
    RECURS_WITHOUT_END = "0514" "recurs-without-end" Error;
    ALLOWED_AND_FORBIDDEN = "0515" "allowed-and-forbidden" Error;
    DUTY_TIMES_CLASH = "0516" "duty-times-clash" Error;
    NO_TRIGGER = "0517" "no-trigger" Error;
    NOTHING_DECIDES = "0518" "nothing-decides" Warning;
    NO_SUCH_DUTY = "0519" "no-such-duty" Warning;
    ROWS_OVERLAP = "0520" "rows-overlap" Error;
    ROWS_MISSING = "0521" "rows-missing" Warning;
    READING_CHOICE = "0522" "reading-choice" Error;
    TEXT_ONLY_ANSWER = "0523" "text-only-answer" Warning;
    EXPECTS_THE_IMPOSSIBLE = "0524" "expects-the-impossible" Error;
    EXAMPLE_SHAPE = "0525" "example-shape" Error;
    WRONG_VERB = "0526" "wrong-verb" Error;
    EMPTY_RULE = "0527" "empty-rule" Warning;
    FUNCTIONS_NOT_BUILT_IN = "0528" "functions-not-built-in" Error;
    SCRIPT_UNREADABLE = "0529" "script-unreadable" Error;
    NOT_IN_SCRIPT = "0530" "not-in-script" Error;
    SCRIPT_PARAMETERS = "0531" "script-parameters" Error;
    OUTSIDE_FUNCTIONS = "0532" "outside-functions" Error;
    STAYS_OUTSIDE = "0533" "stays-outside" Error;
    ROW_NEVER_ANSWERS = "0534" "row-never-answers" Warning;
    OTHERWISE_NOT_LAST = "0535" "otherwise-not-last" Warning;
}

/// `F0501`: two versions on one day.
pub fn versions_overlap(name: &str, at: Span, earlier: Span, day: Option<Day>) -> Diagnostic {
    let found = Diagnostic::new(
        VERSIONS_OVERLAP,
        format!("två versioner av `{name}` gäller samma dag"),
        format!("two versions of `{name}` are in force on the same day"),
    );
    let found = match day {
        Some(day) => found.at(at, format!("gäller redan {day}"), format!("is in force already on {day}")),
        None => found.at(at, "den ena versionen", "one version"),
    };
    found.at(earlier, "den andra versionen", "the other version").help(
        "ge den tidigare versionen en sista dag: `gäller från D till och med D`",
        "give the earlier version a last day: `in force from D through D`",
    )
}

/// `F0502`: no version on some days.
pub fn versions_gap(name: &str, at: Span, earlier: Span, first: Day, last: Day) -> Diagnostic {
    Diagnostic::new(
        VERSIONS_GAP,
        format!("ingen version av `{name}` gäller {first} till och med {last}"),
        format!("no version of `{name}` is in force from {first} through {last}"),
    )
    .at(at, "den senare versionen", "the later version")
    .at(earlier, "den tidigare versionen", "the earlier version")
    .help("låt den ena börja dagen efter att den andra slutar", "let one begin the day after the other ends")
}

/// `F0503`: a branch that is never chosen.
pub fn unreachable_branch(at: Span, taken: Option<Span>, never_true: bool) -> Diagnostic {
    let found = Diagnostic::new(UNREACHABLE_BRANCH, "grenen väljs aldrig", "the branch is never chosen");
    let found = if never_true {
        found.at(at, "villkoret är aldrig sant", "the condition is never true")
    } else {
        found.at(
            at,
            "allt som når hit har redan valt en annan gren",
            "all that comes here has chosen another branch",
        )
    };
    match taken {
        Some(place) => found.at(place, "till exempel den här", "this one, for example"),
        None => found,
    }
    .help("ta bort grenen, eller rätta villkoret", "remove the branch, or correct the condition")
}

/// `F0504`: `annars om` without a branch for what remains.
pub fn not_covered(at: Span, example: Option<&Words>) -> Diagnostic {
    let found =
        Diagnostic::new(NOT_COVERED, "grenarna täcker inte allt", "the branches do not cover everything");
    match example {
        Some(words) => found.at(
            at,
            format!("ingen gren tar hand om {}", words.sv),
            format!("no branch takes care of {}", words.en),
        ),
        None => {
            found.at(at, "efter den här grenen saknas `annars`", "there is no `otherwise` after this branch")
        }
    }
    .help(
        "lägg till `annars` sist, eller `annars inget` om ingenting ska följa",
        "add `otherwise` last, or `otherwise nothing` if nothing is to follow",
    )
}

/// `F0505`: an exception with a trigger of its own.
pub fn exception_trigger(at: Span, rule_at: Span) -> Diagnostic {
    Diagnostic::new(
        EXCEPTION_TRIGGER,
        "undantaget utgår från något annat än sin regel",
        "the exception fires on something else than its rule",
    )
    .at(at, "undantaget", "the exception")
    .at(rule_at, "regeln", "the rule")
    .help(
        "ett undantag har samma utgångspunkt som sin regel: ta bort `när`",
        "an exception has its rule's trigger: remove `when`",
    )
}

/// `F0505`: an exception that narrows its rule's trigger with `där`.
pub fn exception_narrows(at: Span, rule_at: Span) -> Diagnostic {
    Diagnostic::new(
        EXCEPTION_TRIGGER,
        "undantaget utgår från något snävare än sin regel",
        "the exception fires on something narrower than its rule",
    )
    .at(at, "undantaget", "the exception")
    .at(rule_at, "regeln", "the rule")
    .help(
        "ta bort `när`, och skriv efter `medan` eller `om` när undantaget gäller",
        "remove `when`, and write after `while` or `if` when the exception applies",
    )
}

/// `F0506`: an exception that can never apply.
pub fn exception_never(at: Span, rule_at: Span, kinds: bool) -> Diagnostic {
    let (sv, en) = if kinds {
        ("regeln gäller andra slags ärenden", "the rule concerns other kinds of case")
    } else {
        ("regeln gäller under en annan tid", "the rule is in force at another time")
    };
    Diagnostic::new(EXCEPTION_NEVER, "undantaget kan aldrig bli tillämpligt", "the exception can never apply")
        .at(at, "undantaget", "the exception")
        .at(rule_at, sv, en)
        .help("rätta undantaget, eller ta bort det", "correct the exception, or remove it")
}

/// `F0507`: exceptions that go round.
pub fn exception_cycle(chain: &[(String, Span)]) -> Diagnostic {
    let names = joined(chain);
    let mut found = Diagnostic::new(
        EXCEPTION_CYCLE,
        format!("undantagen går i en ring: {names}"),
        format!("the exceptions go round in a circle: {names}"),
    );
    for (name, place) in chain {
        found = found.at(*place, format!("`{name}`"), format!("`{name}`"));
    }
    found.help("ta bort ett av leden", "remove one of the links")
}

/// `F0508`: two exceptions that may meet, and neither goes first.
pub fn exceptions_unordered(first: &str, first_at: Span, second: &str, second_at: Span) -> Diagnostic {
    Diagnostic::new(
        EXCEPTIONS_UNORDERED,
        format!("undantagen `{first}` och `{second}` kan mötas, och inget av dem går före"),
        format!("the exceptions `{first}` and `{second}` may meet, and neither goes ahead"),
    )
    .at(second_at, "det ena", "one of them")
    .at(first_at, "det andra", "the other one")
    .help(
        format!("skriv `undantag från …, går före {first}` i det ena"),
        format!("write `exception to …, ahead of {first}` in one of them"),
    )
}

/// `F0509`: facts that depend on themselves.
pub fn fact_cycle(chain: &[(String, Span)]) -> Diagnostic {
    let names = joined(chain);
    let mut found = Diagnostic::new(
        FACT_CYCLE,
        format!("uppgifterna beror av varandra i en ring: {names}"),
        format!("the facts depend on each other in a circle: {names}"),
    );
    for (name, place) in chain {
        found = found.at(*place, format!("`{name}` beror av nästa"), format!("`{name}` depends on the next"));
    }
    found.help(
        "bryt ringen: låt en av dem komma från en händelse",
        "break the circle: let one of them come from an event",
    )
}

/// `F0510`: an effect on a fact that is computed or taken from events.
pub fn fact_not_set_by_rules(name: &str, at: Span, declared: Span, computed: bool) -> Diagnostic {
    let (sv, en) = if computed {
        ("beräknas", "is computed")
    } else {
        ("hämtas ur händelser", "is taken from events")
    };
    Diagnostic::new(
        FACT_NOT_SET_BY_RULES,
        format!("uppgiften `{name}` {sv} och kan inte sättas"),
        format!("the fact `{name}` {en} and cannot be set"),
    )
    .at(at, "sätts här", "set here")
    .at(declared, format!("{sv} här"), format!("{en} here"))
    .help("sätt en annan uppgift, eller ändra deklarationen", "set another fact, or change the declaration")
}

/// `F0511`: a decision in a rule that no event starts.
pub fn no_event_to_decide(at: Span, trigger: Span) -> Diagnostic {
    Diagnostic::new(
        NO_EVENT_TO_DECIDE,
        "det finns ingen händelse att bevilja eller avslå",
        "there is no event to grant or deny",
    )
    .at(at, "ett beslut", "a decision")
    .at(trigger, "regeln utgår inte från en händelse", "the rule does not fire on an event")
    .help(
        "skriv en `anmärkning`, eller låt regeln utgå från en händelse",
        "write a `finding`, or let the rule fire on an event",
    )
}

/// `F0512`: a rule that fires on a decision and decides the same event.
pub fn decides_its_own_trigger(at: Span, trigger: Span) -> Diagnostic {
    Diagnostic::new(
        DECIDES_ITS_OWN_TRIGGER,
        "regeln utgår från ett beslut och fattar samma beslut",
        "the rule fires on a decision and makes the same decision",
    )
    .at(at, "beslutar om händelsen", "decides the event")
    .at(trigger, "utgår från att den är avgjord", "fires once it is decided")
    .help("låt regeln utgå från händelsen: `när H`", "let the rule fire on the event: `when H`")
}

/// `F0513`: a duty without anything that meets it.
pub fn duty_nothing_meets(action: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        DUTY_NOTHING_MEETS,
        format!("inget uppfyller plikten `{action}`"),
        format!("nothing meets the duty `{action}`"),
    )
    .at(at, "utan `uppfylls av` blir den aldrig uppfylld", "without `fulfilled by` it is never met")
    .help("lägg till `uppfylls av` och händelsen", "add `fulfilled by` and the event")
}

/// `F0514`: a recurring duty that never stops.
pub fn recurs_without_end(at: Span) -> Diagnostic {
    Diagnostic::new(RECURS_WITHOUT_END, "plikten återkommer utan slut", "the duty comes back without end")
        .at(at, "återkommer", "comes back")
        .help("lägg till `så länge F` eller `till och med D`", "add `as long as F` or `through D`")
}

/// `F0515`: one action both allowed and forbidden.
pub fn allowed_and_forbidden(action: &str, at: Span, other: Span) -> Diagnostic {
    Diagnostic::new(
        ALLOWED_AND_FORBIDDEN,
        format!("`{action}` är både tillåtet och förbjudet"),
        format!("`{action}` is both allowed and forbidden"),
    )
    .at(at, "det ena", "one of them")
    .at(other, "det andra", "the other one")
    .help("ta bort det ena, eller skilj dem åt med villkor", "remove one, or part them by conditions")
}

/// `F0516`: times of a duty that do not go together.
pub fn duty_times_clash(at: Span, other: Span, why: &Words) -> Diagnostic {
    Diagnostic::new(
        DUTY_TIMES_CLASH,
        format!("pliktens tider går inte ihop: {}", why.sv),
        format!("the times of the duty do not go together: {}", why.en),
    )
    .at(at, "det ena", "one of them")
    .at(other, "det andra", "the other one")
    .help("behåll det som källan säger", "keep what the source says")
}

/// `F0517`: a rule that nothing starts.
pub fn no_trigger(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        NO_TRIGGER,
        format!("inget startar regeln `{name}`"),
        format!("nothing starts the rule `{name}`"),
    )
    .at(
        at,
        "regeln har varken `när`, `alltid` eller `undantag från`",
        "the rule has no `when`, `always` or `exception to`",
    )
    .help("lägg till `när` och en händelse", "add `when` and an event")
}

/// `F0518`: a question about a decision that nobody makes.
pub fn nothing_decides(event: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        NOTHING_DECIDES,
        format!("ingen regel beviljar eller avslår `{event}`"),
        format!("no rule grants or denies `{event}`"),
    )
    .at(at, "blir aldrig sant", "never becomes true")
    .help("skriv regeln som fattar beslutet", "write the rule that makes the decision")
}

/// `F0519`: a question about a duty that no rule lays down.
pub fn no_such_duty(action: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        NO_SUCH_DUTY,
        format!("ingen regel ålägger någon att `{action}`"),
        format!("no rule lays down a duty to `{action}`"),
    )
    .at(at, "blir aldrig sant", "never becomes true")
    .help("skriv regeln med plikten, eller rätta namnet", "write the rule with the duty, or correct the name")
}

fn joined(chain: &[(String, Span)]) -> String {
    let mut names: Vec<String> = chain.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.extend(names.first().cloned());
    names.join(" → ")
}
