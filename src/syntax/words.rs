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
    "k_ruleset", "k_source", "k_case", "k_role", "k_action", "k_counting_word", "k_type", "k_event", "k_fact",
    "k_constant", "k_calendar", "k_table", "k_function", "k_reading", "k_rule", "k_left_out", "k_guarantee",
];

/// The words that begin a clause inside a rule, in the order that the clauses have.
pub const CLAUSES: &[&str] = &[
    "k_exception_to", "k_in_force_from", "k_in_case", "k_according_to", "k_with_reading", "k_when", "k_every_year_on",
    "k_always", "k_while", "k_requires", "k_let", "k_if", "k_otherwise", "k_example", "k_course", "k_guarantee",
];

/// The verbs of effects.
pub const VERBS: &[&str] = &[
    "k_applies", "k_ends", "k_becomes", "k_must", "k_should", "k_must_not", "k_may", "k_granted", "k_denied",
    "k_finding", "k_note", "k_gives",
];

/// The word among some rules that a text begins with, and its spelling there.
pub fn leading(text: &str, rules: &[&str]) -> Option<(&'static Word, &'static str)> {
    let mut parts = text.split_whitespace();
    let first = parts.next()?;
    let second = parts.next().unwrap_or("");
    let two = format!("{first} {second}");
    let words = rules.iter().filter_map(|rule| of_rule(rule));
    let spelt = words.flat_map(|word| word.swedish.iter().chain(&word.english).map(move |s| (word, s.as_str())));
    let fits = |spelling: &str| spelling == first || two.starts_with(spelling) && spelling.contains(' ');
    spelt.filter(|(_, spelling)| fits(spelling)).max_by_key(|(_, spelling)| spelling.len())
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
        VERBS.contains(&word.rule.as_str()) || special.contains(&word.rule.as_str()) || word.rule.starts_with("u_")
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
        let Some((rule, body)) = line.split_once(" = @{") else { continue };
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
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Writes an alternative as the head of the file prescribes.
    fn strict(spelling: &str) -> String {
        let parts: Vec<String> = spelling.split(' ').map(|part| format!("\"{part}\"")).collect();
        format!("{} ~ !idc", parts.join(" ~ sp ~ "))
    }

    #[test]
    fn the_file_keeps_to_the_strict_form() {
        let mut expected = Vec::new();
        for word in read(WORDS) {
            let line = |spellings: &[String]| spellings.iter().map(|s| strict(s)).collect::<Vec<_>>().join(" | ");
            let (sv, en) = (line(&word.swedish), line(&word.english));
            if word.rule == RESERVED {
                let bare = |line: String| line.replace(" ~ !idc", "");
                expected.push(format!("{RESERVED} = @{{ (\n    {}\n  | {}\n) ~ !idc }}", bare(sv), bare(en)));
            } else if word.swedish.len() == 1 && word.english.len() == 1 {
                let body = if sv == en { sv } else { format!("{sv} | {en}") };
                expected.push(format!("{} = @{{ {body} }}", word.rule));
            } else {
                expected.push(format!("{} = @{{\n    {sv}\n  | {en}\n}}", word.rule));
            }
        }
        let rules: Vec<&str> =
            WORDS.lines().filter(|l| !l.is_empty() && !l.starts_with("//") && !l.contains("= _{")).collect();
        for (line, strict) in rules.iter().zip(expected.join("\n").lines()) {
            assert_eq!(*line, strict);
        }
        assert_eq!(rules.len(), expected.join("\n").lines().count());
    }

    #[test]
    fn rules_are_named_once_and_every_word_is_spelt_in_both_languages() {
        let mut seen = BTreeSet::new();
        for word in all() {
            assert!(seen.insert(&word.rule), "{} twice", word.rule);
            assert!(!word.swedish.is_empty() && !word.english.is_empty(), "{word:?}");
        }
        assert!(seen.len() > 200);
    }

    #[test]
    fn no_spelling_hides_a_longer_one_of_its_own_word() {
        for word in read(WORDS) {
            let spellings: Vec<&String> = word.swedish.iter().chain(&word.english).collect();
            for (at, short) in spellings.iter().enumerate() {
                for long in &spellings[at + 1..] {
                    let apart = if word.rule == RESERVED { "" } else { " " };
                    let hidden = long.starts_with(&format!("{short}{apart}")) && short != long;
                    assert!(!hidden, "{short} hides {long} in {}", word.rule);
                }
            }
        }
    }

    /// The guards of `frist.pest` say which words can come next before any rule is tried.
    #[test]
    fn the_guards_know_the_first_part_of_every_word_behind_them() {
        let grammar = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/frist.pest"));
        let rule = |name: &str| {
            let start = grammar.find(&format!("\n{name} = ")).unwrap_or_else(|| panic!("no rule {name}"));
            let rest = &grammar[start + 1..];
            &rest[..rest.find("\n\n").unwrap_or(rest.len()).min(rest.find("}\n").unwrap_or(rest.len()) + 1)]
        };
        let starts = |rules: &[&str], guard: &str| {
            for name in rules {
                let body = rule(name).split_once('{').unwrap().1.trim_start();
                let first: String = body.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let words: Vec<&str> = match first.as_str() {
                    "" => vec![],
                    word if of_rule(word).is_some() => vec![word],
                    _ => continue,
                };
                for word in words {
                    let word = of_rule(word).unwrap();
                    for spelling in word.swedish.iter().chain(&word.english) {
                        let part = spelling.split(' ').next().unwrap();
                        let quoted = format!("\"{part}\"");
                        assert!(rule(guard).contains(&quoted), "{guard} lacks {quoted} of {name}");
                    }
                }
            }
        };
        starts(
            &[
                "day_of_month", "later_of", "earlier_of", "day_after", "day_before", "last_day_of_month",
                "days_between", "first_in", "latest", "exists", "count_in", "those_in", "all_of", "events_field",
                "current", "previous", "reading_is", "constant_on", "clock_in",
            ],
            "worded_ahead",
        );
        starts(&["is_relation", "is_predicate", "moved", "rounded"], "operator_ahead");
        for (guard, rules) in [
            ("operator_ahead", &["k_and", "k_or", "k_after", "k_before", "k_is_in", "k_unmoved"][..]),
            (
                "worded_ahead",
                &[
                    "k_count_of", "k_share_of", "k_count_of_distinct", "k_sum_of", "k_mean_of", "k_median_of",
                    "k_least_of", "k_greatest_of", "k_the_set_of",
                ][..],
            ),
            (
                "special_ahead",
                &["k_yes", "k_no", "k_nothing", "k_date", "k_last_day", "k_effective_day", "k_recipient", "k_bearer"][..],
            ),
        ] {
            for word in rules.iter().map(|name| of_rule(name).unwrap()) {
                for spelling in word.swedish.iter().chain(&word.english) {
                    let quoted = format!("\"{}\"", spelling.split(' ').next().unwrap());
                    assert!(rule(guard).contains(&quoted), "{guard} lacks {quoted}");
                }
            }
        }
    }

    #[test]
    fn a_spelling_tells_its_language() {
        let hour = of_rule("u_hour").unwrap();
        assert_eq!(language_of(hour, "timmar"), Some(Language::Swedish));
        assert_eq!(language_of(hour, "hours"), Some(Language::English));
        assert_eq!(language_of(hour, "h"), None);
        assert_eq!(reserved(Language::Swedish).count(), 31);
        assert_eq!(reserved(Language::English).count(), 29);
    }
}
