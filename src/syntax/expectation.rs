//! From the place where the grammar stopped to a diagnostic that a policy officer can act on.
//!
//! First `recovery` looks for a known cause among the words around the place. If it finds none, the message says what
//! could have stood there, in words from the table below, and at most four things of them.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::grammar::Rule;
use super::lower::Place;
use super::{recovery, slices, tokens, words};
use crate::Language;
use crate::diagnostics::{Diagnostic, Words, syntax, text};

/// At most so many things are said to be possible.
const MOST: usize = 4;

/// What is wrong with a text that the grammar refused.
pub(crate) fn explain(item: &str, place: Place<'_>, language: Language, error: &Error<Rule>) -> Diagnostic {
    let at = position(error);
    if let ErrorVariant::CustomError { .. } = error.variant {
        return text::too_deep(last_sign(item, place), super::limits::MAX_DEPTH);
    }
    let tokens = tokens::tokens(item);
    let here = tokens.iter().position(|token| token.end() > at).unwrap_or(tokens.len());
    let scene =
        recovery::Scene { text: item, place, language, tokens: &tokens, here, expected: expected(error) };
    scene.cause().unwrap_or_else(|| general(&scene))
}

/// How far the grammar came.
pub(crate) fn position(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// The rules that the grammar tried where it stopped.
pub(crate) fn expected(error: &Error<Rule>) -> &[Rule] {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    }
}

/// Says what could have stood there.
fn general(scene: &recovery::Scene<'_>) -> Diagnostic {
    let mut said: Vec<Words> = Vec::new();
    // What continues the sentence is likelier meant than what begins another one.
    let (near, far): (Vec<Rule>, Vec<Rule>) = scene.expected.iter().partition(|tried| !begins_anew(**tried));
    for tried in near.iter().chain(&far) {
        if let Some(words) = friendly(*tried, scene.language)
            && !said.contains(&words)
        {
            said.push(words);
        }
    }
    said.truncate(MOST);
    match scene.token(0) {
        Some(token) => syntax::unexpected(scene.span(token), token.text, &said),
        None => syntax::unexpected(last_sign(scene.text, scene.place), "", &said),
    }
}

/// The last word or sign of a text: errors at the end are shown there.
pub(crate) fn last_sign(item: &str, place: Place<'_>) -> crate::source::Span {
    let end = slices::trimmed(item);
    let start = tokens::tokens(item.get(..end).unwrap_or(item)).last().map_or(0, |token| token.start);
    place.span(start, end)
}

/// Whether a rule begins a clause, an item or nothing at all.
fn begins_anew(tried: Rule) -> bool {
    let name = format!("{tried:?}");
    let parts =
        [Rule::example, Rule::guarantee, Rule::course_example, Rule::grounds, Rule::citation, Rule::EOI];
    words::CLAUSES.contains(&name.as_str()) || parts.contains(&tried)
}

/// What a rule of the grammar is called; nothing for rules that would only add noise.
fn friendly(rule: Rule, language: Language) -> Option<Words> {
    let quoted = |word: &str| Some(Words::new(format!("`{word}`"), format!("`{word}`")));
    let (sv, en) = match rule {
        Rule::name | Rule::ruleset_name | Rule::field_name | Rule::declared | Rule::path => {
            ("ett namn", "a name")
        }
        Rule::expr | Rule::value | Rule::operand | Rule::date => ("ett värde", "a value"),
        Rule::fact_ref | Rule::fact_effect => ("en uppgift", "a fact"),
        Rule::string | Rule::title => ("en text inom citattecken", "a text in quotation marks"),
        Rule::day => ("ett datum som 2025-02-17", "a date such as 2025-02-17"),
        Rule::number | Rule::whole | Rule::amount | Rule::ordinal => ("ett tal", "a number"),
        Rule::unit | Rule::calendar_unit => ("en enhet", "a unit"),
        Rule::type_expr | Rule::type_core | Rule::type_word => ("en typ", "a type"),
        Rule::effect | Rule::duty | Rule::permission => ("en verkan", "an effect"),
        Rule::expected | Rule::status_expected => ("en väntad verkan", "an expected effect"),
        Rule::field => ("ett fält som `namn: typ`", "a field such as `name: type`"),
        Rule::operator | Rule::sign | Rule::sum_sign | Rule::value_operator | Rule::date_operator => {
            ("en jämförelse eller `+ − × /`", "a comparison or `+ − × /`")
        }
        Rule::is_predicate | Rule::is_relation => return quoted(words::word("k_is", language)),
        Rule::row => ("en tabellrad", "a table row"),
        Rule::cell | Rule::row_answers => ("en cell", "a cell"),
        Rule::header_line => ("en rad i huvudet", "a line of the header"),
        Rule::answer => ("ett svar med `vald` eller `annan`", "an answer with `chosen` or `other`"),
        Rule::trigger => return quoted(words::word("k_when", language)),
        Rule::grounds | Rule::citation => return quoted(words::word("k_according_to", language)),
        Rule::where_ => return quoted(words::word("k_where", language)),
        Rule::from => return quoted(words::word("k_from", language)),
        Rule::through => return quoted(words::word("k_through", language)),
        Rule::example => return quoted(words::word("k_example", language)),
        Rule::guarantee => return quoted(words::word("k_guarantee", language)),
        Rule::first_branch => return quoted(words::word("k_if", language)),
        Rule::next_branch | Rule::last_branch => return quoted(words::word("k_otherwise", language)),
        Rule::EOI => ("slutet", "the end"),
        _ => {
            let word = words::of_rule(&format!("{rule:?}"))?;
            return quoted(word.canonical(language));
        }
    };
    Some(Words::new(sv, en))
}
