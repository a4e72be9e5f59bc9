//! What the names in a rule's own words mean: fields, facts and values by their titles.

use std::collections::BTreeSet;

use super::say::Teller;
use crate::Words;
use crate::compare::{Condition, RuleAnswer, Standing, When};
use crate::program::Named;

/// The names that stand in the words of an answer, in the order in which they come, each with its title where that says
/// more than the name.
pub(super) fn glossary(teller: &Teller<'_>, answer: &RuleAnswer<'_>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for words in written(answer) {
        // A word of the language differs from its twin; what is alike in both is a name.
        let other: BTreeSet<&str> = names(&words.en).collect();
        for name in names(&words.sv).filter(|name| other.contains(name)) {
            if found.iter().any(|(known, _)| known == name) {
                continue;
            }
            let title = named(teller, answer, name).map(|named| teller.get(&named.title).to_owned());
            let says_more = |title: &String| title.to_lowercase() != name.replace('_', " ").to_lowercase();
            found.extend(title.filter(says_more).map(|title| (name.to_owned(), title)));
        }
    }
    found
}

/// Everything in an answer that is in the rule's own words.
fn written<'a>(answer: &'a RuleAnswer<'_>) -> Vec<&'a Words> {
    let mut all: Vec<&Words> = answer.narrowed.iter().collect();
    for (_, standing) in &answer.days {
        let Standing::Goes { ways, not_then } = standing else { continue };
        let conditions = ways.iter().map(|way| &way.condition).chain(not_then);
        for condition in conditions {
            if let Condition::If(words) | Condition::OtherwiseIf(words) = condition {
                all.push(words);
            }
        }
        for brings in ways.iter().flat_map(|way| &way.brings) {
            all.extend(brings.value.iter().chain(&brings.of));
            all.extend(brings.days.iter().filter_map(|(_, when)| match when {
                When::Written(words) => Some(words),
                _ => None,
            }));
        }
    }
    all
}

/// The words of a text that could be names.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// What a name names: a field of the rule's events, a fact, a value of an enumeration.
fn named<'a>(teller: &Teller<'a>, answer: &RuleAnswer<'_>, name: &str) -> Option<&'a Named> {
    let program = teller.side.program;
    let events = answer.events.iter().filter_map(|id| program.events.get(id.index()));
    let fields = events.flat_map(|event| &event.fields).map(|field| &field.named);
    let facts = program.facts.iter().map(|fact| &fact.named);
    let values = program.types.iter().flat_map(|of| &of.values);
    fields.chain(facts).chain(values).find(|named| named.name == name)
}
