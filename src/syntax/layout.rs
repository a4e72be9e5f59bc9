//! Lines in the wrong column, and first words that begin no item.
//!
//! The first column is what lets every item be read by itself. These are the mistakes that would hide an item, or a
//! clause, from the cut in `slices`; each is reported, and then the item is read as it was meant.

use pest::error::Error;

use super::grammar::Rule;
use super::lower::Place;
use super::recovery::{OPENERS, begins};
use super::slices::Slice;
use super::tokens::{Kind, tokens};
use super::{expectation, words};
use crate::Language;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, syntax};

/// The item word that a text nearly begins with, and its language when only one has it.
pub(crate) fn nearly_item(text: &str) -> Option<(&'static str, Option<Language>)> {
    let first = text.split_whitespace().next()?;
    let languages = [Language::Swedish, Language::English];
    let spelt = languages.into_iter().flat_map(|language| {
        words::ITEMS
            .iter()
            .filter_map(|name| words::of_rule(name))
            .map(move |word| (word.canonical(language), language))
    });
    let all: Vec<(&'static str, Language)> = spelt.collect();
    let near = nearest(first, all.iter().map(|(spelling, _)| *spelling))?;
    let language = all.iter().find(|(spelling, _)| *spelling == near).map(|(_, language)| *language);
    Some((near, language))
}

/// How the first line of a slice stands in the wrong column, and how long its first word is. `item` is the item's word that it
/// begins with, if it does.
pub(crate) fn misplaced(
    text: &str,
    slice: &Slice,
    item: Option<(&'static words::Word, &'static str)>,
) -> Option<(usize, syntax::Misplaced)> {
    if !slice.first_column {
        return Some((
            item.map_or_else(|| first_token(text), |(_, spelling)| spelling.len()),
            syntax::Misplaced::IndentedItem,
        ));
    }
    if item.is_some() {
        return None;
    }
    if let Some((_, spelling)) = words::leading(text, words::CLAUSES) {
        return Some((spelling.len(), syntax::Misplaced::Clause));
    }
    let others = [
        "k_chosen",
        "k_other",
        "k_municipality",
        "k_version",
        "k_publisher",
        "k_revised_by",
        "k_months_are_counted",
    ];
    if let Some((_, spelling)) = words::leading(text, OPENERS).or_else(|| words::leading(text, &others)) {
        return Some((spelling.len(), syntax::Misplaced::Clause));
    }
    // `avtal upphör …`, `tid: …`, `| …` in the first column.
    let all = tokens(text);
    let (first, second) = (all.first()?, all.get(1));
    let effect = second.is_some_and(|verb| {
        !verb.first
            && words::VERBS.iter().filter_map(|name| words::of_rule(name)).any(|word| begins(word, verb.text))
    });
    let field = second.is_some_and(|sign| sign.text == ":");
    (first.text == "|" || first.is(Kind::Word) && (effect || field))
        .then_some((first.text.len(), syntax::Misplaced::Clause))
}

fn first_token(text: &str) -> usize {
    tokens(text).first().map_or(0, |token| token.text.len())
}

/// How far past the place of an error its words are looked at: a file may hold a great many indented items, and each
/// is looked for in all that follows it.
const WINDOW: usize = 400;

/// An item that begins inside another one because its line is indented: its place and its word.
pub(crate) fn indented_item<'t>(text: &'t str, error: &Error<Rule>) -> Option<(usize, &'t str)> {
    let at = expectation::position(error);
    let window =
        text.char_indices().map(|(start, _)| start).find(|start| *start >= at.saturating_add(WINDOW));
    let all = tokens(window.and_then(|end| text.get(..end)).unwrap_or(text));
    let here = all.iter().position(|token| token.end() > at).unwrap_or(all.len());
    for index in [here, here.checked_sub(1)?] {
        let Some(token) = all.get(index).filter(|token| token.first && index > 0) else { continue };
        let rest = text.get(token.start..)?;
        let Some((word, spelling)) = words::leading(rest, words::ITEMS) else { continue };
        // A guarantee may stand inside a rule, and a name must follow every other word.
        let named = all.get(index.saturating_add(spelling.split(' ').count()));
        let verb =
            |name: &str| words::VERBS.iter().filter_map(|rule| words::of_rule(rule)).any(|w| begins(w, name));
        let name = named.is_some_and(|name| name.is(Kind::Word) && !name.first && !verb(name.text));
        if name && word.rule != "k_guarantee" {
            return text
                .get(token.start..)
                .map(|rest| (token.start, rest.get(..spelling.len()).unwrap_or("")));
        }
    }
    None
}

/// The slice begins with no item's word.
pub(crate) fn unknown_item(text: &str, place: Place<'_>, language: Language) -> Diagnostic {
    let length = first_token(text);
    let word = text.get(..length).unwrap_or("");
    let near = nearly_item(text).map(|(near, _)| near);
    syntax::unknown_item(place.span(0, length), word, near, language)
}
