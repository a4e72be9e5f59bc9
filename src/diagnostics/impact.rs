//! Diagnostics `F091x`: what a change of the rules changes.

use super::Diagnostic;
use super::codes::codes;
use crate::source::Span;
use crate::time::Day;

codes! {
    ALTERS_THE_PAST = "0910" "alters-the-past" Error;
    FORGETS_THE_PAST = "0911" "forgets-the-past" Error;
    DECLARED_BY_ONE = "0912" "declared-by-one-ruleset" Advice;
    NOT_COMPARED = "0913" "case-not-compared" Warning;
}

/// `F0910`: a rule has a new version, and outcomes dated before its first day are not what they were.
///
/// `new` is the new version, `old` the rule as it was; `example` the case and the day of the earliest, `event` its event.
pub fn alters_the_past(
    rule: &str,
    outcomes: usize,
    day: Day,
    new: Span,
    old: Option<Span>,
    example: Option<(&str, Day)>,
    event: Option<Span>,
) -> Diagnostic {
    let found = Diagnostic::new(
        ALTERS_THE_PAST,
        format!("ändringen av `{rule}` gäller från {day} men rör {} före den dagen", dated(outcomes)),
        format!(
            "the change of `{rule}` is in force from {day} but alters {} dated before that day",
            counted(outcomes)
        ),
    )
    .at(
        new,
        format!("den nya versionen gäller från {day}"),
        format!("the new version is in force from {day}"),
    );
    let found = match old {
        Some(old) => found.at(old, "så här löd regeln", "the rule as it was"),
        None => found,
    };
    keep_the_earlier(for_example(found, example, event), day)
}

/// `F0911`: outcomes dated before the new ruleset is in force are not what they were, and the old one has no last day.
///
/// `new` and `old` are the headers; `example` the case and the day of the earliest, `event` its event.
pub fn forgets_the_past(
    outcomes: usize,
    day: Day,
    new: Span,
    old: Span,
    example: Option<(&str, Day)>,
    event: Option<Span>,
) -> Diagnostic {
    let found = Diagnostic::new(
        FORGETS_THE_PAST,
        format!("det nya regelverket gäller från {day}; {} före den dagen uteblir", dated(outcomes)),
        format!(
            "the new ruleset is in force from {day} and does not bring {} dated before that day",
            counted(outcomes)
        ),
    )
    .at(new, format!("gäller från {day}"), format!("in force from {day}"))
    .at(old, "gäller redan tidigare, och tills vidare", "in force before that, and without a last day");
    follow_upon(for_example(found, example, event), day)
}

/// `F0910`, found without events: a rule has a new version, and brings something else on days before its first day.
///
/// `dated` is the first such day; `new` the new version, `old` the rule as it was.
pub fn alters_past_days(rule: &str, dated: Day, day: Day, new: Span, old: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(
        ALTERS_THE_PAST,
        format!("ändringen av `{rule}` gäller från {day} men ger annat redan {dated}"),
        format!(
            "the change of `{rule}` is in force from {day} but brings something else as early as {dated}"
        ),
    )
    .at(
        new,
        format!("den nya versionen gäller från {day}"),
        format!("the new version is in force from {day}"),
    );
    let found = match old {
        Some(old) => found.at(old, "så här löd regeln", "the rule as it was"),
        None => found,
    };
    keep_the_earlier(found, day)
}

/// `F0911`, found without events: the new ruleset begins after the old one, which has no last day.
///
/// `new` and `old` are the headers.
pub fn forgets_days(day: Day, new: Span, old: Span) -> Diagnostic {
    let found = Diagnostic::new(
        FORGETS_THE_PAST,
        format!("det nya regelverket gäller från {day} och säger inget om dagarna före"),
        format!("the new ruleset is in force from {day} and says nothing of the days before"),
    )
    .at(new, format!("gäller från {day}"), format!("in force from {day}"))
    .at(old, "gäller redan tidigare, och tills vidare", "in force before that, and without a last day");
    follow_upon(found, day)
}

fn keep_the_earlier(found: Diagnostic, day: Day) -> Diagnostic {
    found.help(
        format!("låt den tidigare versionen stå kvar oförändrad med `till och med` dagen före {day}; ska ändringen verka bakåt, säg det med `--retroactive`"),
        format!("keep the earlier version as it was with `through` the day before {day}; if the change is to reach back, say so with `--retroactive`"),
    )
}

fn follow_upon(found: Diagnostic, day: Day) -> Diagnostic {
    found.help(
        format!("tar det nya regelverket vid efter det gamla, ge det gamla en sista dag: `till och med` dagen före {day}; är det samma regelverk med ändrade regler, behåll dess `gäller från` och ge reglerna versioner; ska ändringen verka bakåt, säg det med `--retroactive`"),
        format!("if the new ruleset follows upon the old, give the old one a last day: `through` the day before {day}; if it is the same ruleset with changed rules, keep its `in force from` and give the rules versions; if the change is to reach back, say so with `--retroactive`"),
    )
}

/// `F0912`: an event, or a field of it, that only one of two rulesets declares; the other passes it over.
pub fn declared_by_one(event: &str, field: Option<&str>, at: Span, lines: usize, by_new: bool) -> Diagnostic {
    let (sv, en) = match field {
        Some(field) => (format!("fältet `{field}` i `{event}`"), format!("the field `{field}` of `{event}`")),
        None => (format!("händelsen `{event}`"), format!("the event `{event}`")),
    };
    let (by_sv, by_en) = match by_new {
        true => ("det nya regelverket", "the new ruleset"),
        false => ("det gamla regelverket", "the old ruleset"),
    };
    let (sv_lines, en_lines) = match lines {
        1 => (String::from("1 rad"), String::from("1 line")),
        _ => (format!("{lines} rader"), format!("{lines} lines")),
    };
    Diagnostic::new(
        DECLARED_BY_ONE,
        format!("{sv} finns inte i {by_sv}, som går förbi {sv_lines}"),
        format!("{en} is not in {by_en}, which passes over {en_lines}"),
    )
    .at(at, "bara här", "only here")
}

/// `F0913`: lines that only one of two rulesets can read; the cases they belong to are not compared.
pub fn not_compared(first: Span, lines: usize, cases: usize, by_new: bool) -> Diagnostic {
    let (sv, en) = match by_new {
        true => ("det nya regelverket", "the new ruleset"),
        false => ("det gamla regelverket", "the old ruleset"),
    };
    let (sv_lines, en_lines) = match lines {
        1 => (String::from("1 rad går inte"), String::from("1 line cannot")),
        _ => (format!("{lines} rader går inte"), format!("{lines} lines cannot")),
    };
    let (sv_cases, en_cases) = match cases {
        1 => (String::from("1 ärende jämförs inte"), String::from("1 case is not compared")),
        _ => (format!("{cases} ärenden jämförs inte"), format!("{cases} cases are not compared")),
    };
    Diagnostic::new(
        NOT_COMPARED,
        format!("{sv_lines} att läsa med {sv}: {sv_cases}"),
        format!("{en_lines} be read under {en}: {en_cases}"),
    )
    .at(first, "den första", "the first one")
    .help(
        "ett utfall som saknas för att raden saknas säger inget om reglerna: rätta raden, eller låt fältet ha ett värde om inget anges",
        "an outcome that is lacking because the line is says nothing of the rules: mend the line, or give the field a default",
    )
}

fn dated(outcomes: usize) -> String {
    match outcomes {
        1 => String::from("1 utfall daterat"),
        _ => format!("{outcomes} utfall daterade"),
    }
}

fn counted(outcomes: usize) -> String {
    match outcomes {
        1 => String::from("1 outcome"),
        _ => format!("{outcomes} outcomes"),
    }
}

fn for_example(found: Diagnostic, example: Option<(&str, Day)>, event: Option<Span>) -> Diagnostic {
    let (Some((case, day)), Some(event)) = (example, event) else { return found };
    found.at(
        event,
        format!("till exempel `{case}`: utfall daterat {day}"),
        format!("`{case}`, for example: an outcome dated {day}"),
    )
}
