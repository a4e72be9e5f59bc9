//! The vocabulary as a table, read from `grammar/words.pest`: there is no second list of words.
//!
//! A word is known by the name of its rule (`k_rule`). It has spellings in both languages; the first one is printed,
//! the others are accepted. Of units the first is the singular and the second the plural.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::Language;

/// The grammar of the words, as it stands in the file.
const WORDS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/words.pest"));

/// The rule that lists the reserved words; it is no word itself.
const RESERVED: &str = "reserved";

/// A word with its spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The name of its rule in the grammar.
    pub rule: String,
    /// Its Swedish spellings, the one to print first.
    pub swedish: Vec<String>,
    /// Its English spellings, the one to print first.
    pub english: Vec<String>,
}

impl Word {
    /// Its spellings in a language, the one to print first.
    pub fn spellings(&self, language: Language) -> &[String] {
        match language {
            Language::Swedish => &self.swedish,
            Language::English => &self.english,
        }
    }

    /// The spelling that is printed.
    pub fn canonical(&self, language: Language) -> &str {
        self.spellings(language).first().map_or("", String::as_str)
    }

    /// The plural that is printed; the canonical spelling where there is only one.
    pub fn plural(&self, language: Language) -> &str {
        self.spellings(language).get(1).map_or(self.canonical(language), String::as_str)
    }

    fn has(&self, language: Language, text: &str) -> bool {
        self.spellings(language).iter().any(|spelling| spelling == text)
    }
}

/// All words, in the order of the file.
pub fn all() -> &'static [Word] {
    &table().words
}

/// The word of a rule.
pub fn of_rule(rule: &str) -> Option<&'static Word> {
    static RULES: OnceLock<HashMap<&'static str, &'static Word>> = OnceLock::new();
    let rules = RULES.get_or_init(|| all().iter().map(|word| (word.rule.as_str(), word)).collect());
    rules.get(rule).copied()
}

/// How the word of a rule is printed in a language; empty for a rule that is no word.
///
/// ```
/// use frist::{Language, syntax::words::word};
/// assert_eq!(word("k_rule", Language::Swedish), "regel");
/// assert_eq!(word("k_through", Language::English), "through");
/// ```
pub fn word(rule: &str, language: Language) -> &'static str {
    of_rule(rule).map_or("", |word| word.canonical(language))
}

/// How the word of a unit is printed after a number that is not one.
///
/// ```
/// use frist::{Language, syntax::words::plural};
/// assert_eq!(plural("u_month", Language::Swedish), "månader");
/// ```
pub fn plural(rule: &str, language: Language) -> &'static str {
    of_rule(rule).map_or("", |word| word.plural(language))
}

/// The words that are spelt so in a language; several when the meaning hangs on the place (`roll` is an item and a
/// type).
pub fn spelt<'a>(text: &'a str, language: Language) -> impl Iterator<Item = &'static Word> + 'a {
    all().iter().filter(move |word| word.has(language, text))
}

/// What a word of one language is called in the other one.
///
/// ```
/// use frist::{Language, syntax::words::twin};
/// assert_eq!(twin("annars", Language::Swedish), Some("otherwise"));
/// assert_eq!(twin("otherwise", Language::English), Some("annars"));
/// ```
pub fn twin(text: &str, language: Language) -> Option<&'static str> {
    spelt(text, language).next().map(|word| word.canonical(language.other()))
}

/// The language that a spelling of a word belongs to; nothing when it is alike in both.
pub fn language_of(word: &Word, text: &str) -> Option<Language> {
    match (word.has(Language::Swedish, text), word.has(Language::English, text)) {
        (true, false) => Some(Language::Swedish),
        (false, true) => Some(Language::English),
        _ => None,
    }
}

/// Whether a name may not be spelt so, in a file of either language.
///
/// ```
/// use frist::syntax::words::is_reserved;
/// assert!(is_reserved("regel") && is_reserved("rule"));
/// assert!(!is_reserved("antal"));
/// ```
pub fn is_reserved(name: &str) -> bool {
    let reserved = &table().reserved;
    reserved.has(Language::Swedish, name) || reserved.has(Language::English, name)
}

/// The reserved words of a language.
pub fn reserved(language: Language) -> impl Iterator<Item = &'static str> {
    table().reserved.spellings(language).iter().map(String::as_str)
}

/// How a word is spelt that stands in a text, without the line breaks and comments between its parts.
///
/// ```
/// use frist::syntax::words::spelling;
/// assert_eq!(spelling("till # så här\n  och med"), "till och med");
/// ```
pub fn spelling(text: &str) -> String {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or(line));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// An ordinal number as it is printed: `1:a`, `15:e`, `21:a`; `1st`, `2nd`, `15th`.
///
/// ```
/// use frist::{Language, syntax::words::ordinal};
/// assert_eq!([1, 11, 22].map(|n| ordinal(n, Language::Swedish)), ["1:a", "11:e", "22:a"]);
/// assert_eq!([1, 12, 23].map(|n| ordinal(n, Language::English)), ["1st", "12th", "23rd"]);
/// ```
pub fn ordinal(number: u32, language: Language) -> String {
    let teen = matches!(number % 100, 11..=13);
    let suffix = match (language, number % 10) {
        (Language::Swedish, 1 | 2) if !teen => ":a",
        (Language::Swedish, _) => ":e",
        (Language::English, 1) if !teen => "st",
        (Language::English, 2) if !teen => "nd",
        (Language::English, 3) if !teen => "rd",
        (Language::English, _) => "th",
    };
    format!("{number}{suffix}")
}

/// The words that begin an item.
pub const ITEMS: &[&str] = &[
    "k_ruleset",
    "k_source",
    "k_case",
    "k_role",
    "k_action",
    "k_counting_word",
    "k_question",
    "k_type",
    "k_event",
    "k_fact",
    "k_constant",
    "k_calendar",
    "k_table",
    "k_function",
    "k_reading",
    "k_rule",
    "k_left_out",
    "k_guarantee",
];

/// The words that begin a clause inside a rule, in the order that the clauses have.
pub const CLAUSES: &[&str] = &[
    "k_exception_to",
    "k_in_force_from",
    "k_in_case",
    "k_according_to",
    "k_with_reading",
    "k_answers",
    "k_when",
    "k_every_year_on",
    "k_always",
    "k_while",
    "k_requires",
    "k_let",
    "k_if",
    "k_otherwise",
    "k_example",
    "k_course",
    "k_guarantee",
];

/// The verbs of effects.
pub const VERBS: &[&str] = &[
    "k_applies",
    "k_ends",
    "k_becomes",
    "k_must",
    "k_should",
    "k_must_not",
    "k_may",
    "k_granted",
    "k_denied",
    "k_finding",
    "k_note",
    "k_gives",
];

/// The word among some rules that a text begins with, and its spelling there; the longest one.
pub fn leading(text: &str, rules: &[&str]) -> Option<(&'static Word, &'static str)> {
    let mut given = text.split_whitespace();
    let parts = [given.next(), given.next(), given.next()];
    let fits = |spelling: &str| {
        let mut rest = parts.iter().flatten();
        spelling.split(' ').all(|part| {
            let after = rest.next().and_then(|given| given.strip_prefix(part));
            after.is_some_and(|after| !after.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_'))
        })
    };
    let first = text.trim_start().as_bytes().first();
    let words = rules.iter().filter_map(|rule| of_rule(rule));
    let spelt =
        words.flat_map(|word| word.swedish.iter().chain(&word.english).map(move |s| (word, s.as_str())));
    let near = spelt.filter(|(_, spelling)| spelling.as_bytes().first() == first);
    near.filter(|(_, spelling)| fits(spelling)).max_by_key(|(_, spelling)| spelling.len())
}

/// Whether a role, fact, action or calendar called so would be read as a unit, a verb or a date.
///
/// ```
/// use frist::syntax::words::misleads;
/// assert!(misleads("timmar") && misleads("becomes") && misleads("datum"));
/// assert!(!misleads("avtal"));
/// ```
pub fn misleads(name: &str) -> bool {
    let special = ["k_date", "k_effective_day"];
    let among = |word: &Word| {
        VERBS.contains(&word.rule.as_str())
            || special.contains(&word.rule.as_str())
            || word.rule.starts_with("u_")
    };
    [Language::Swedish, Language::English].iter().any(|language| spelt(name, *language).any(among))
}

struct Table {
    words: Vec<Word>,
    reserved: Word,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut words = read(WORDS);
        let at = words.iter().position(|word| word.rule == RESERVED);
        let reserved = at.map(|at| words.remove(at));
        let none = Word { rule: String::new(), swedish: Vec::new(), english: Vec::new() };
        Table { words, reserved: reserved.unwrap_or(none) }
    })
}

/// Reads the three strict forms that the head of `words.pest` describes.
fn read(grammar: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut lines = grammar.lines().filter(|line| !line.starts_with("//"));
    while let Some(line) = lines.next() {
        let Some((rule, body)) = line.split_once(" = @{").or_else(|| line.split_once(" = _{ (")) else {
            continue;
        };
        let (swedish, english) = match body.trim().strip_suffix('}') {
            Some(body) => match body.split_once(" | ") {
                Some((swedish, english)) => (spellings(swedish), spellings(english)),
                None => (spellings(body), spellings(body)),
            },
            None => (spellings(lines.next().unwrap_or("")), spellings(lines.next().unwrap_or(""))),
        };
        words.push(Word { rule: rule.to_owned(), swedish, english });
    }
    words
}

/// Reads `"a" ~ sp ~ "b" ~ !idc | …`: the quoted parts of an alternative, joined by spaces.
fn spellings(alternatives: &str) -> Vec<String> {
    let each = alternatives.trim().trim_start_matches("| ").split(" | ");
    each.map(|one| one.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" "))
        .filter(|spelling| !spelling.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
