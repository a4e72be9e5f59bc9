//! Diagnostics `F093x`: rulesets compared.

use super::Diagnostic;
use super::codes::codes;
use super::nearest::nearest;
use crate::language::Language;
use crate::source::Span;
use crate::words::list;

codes! {
    NEARLY_THE_SAME_QUESTION = "0930" "nearly-the-same-question" Advice;
    UNKNOWN_QUESTION = "0931" "unknown-question" Error;
    NOTHING_TO_COMPARE = "0932" "nothing-to-compare" Error;
    NOT_A_TABLE = "0933" "not-a-table" Error;
}

/// `F0930`: a question that only one ruleset asks, under nearly the name of one that another asks.
pub fn nearly_the_same_question(at: Span, name: &str, near: &str, ruleset: &str) -> Diagnostic {
    Diagnostic::new(
        NEARLY_THE_SAME_QUESTION,
        format!("inget annat regelverk har frågan `{name}`; i {ruleset} heter en fråga `{near}`"),
        format!("no other ruleset asks `{name}`; one in {ruleset} is called `{near}`"),
    )
    .at(at, "jämförs för sig", "compared by itself")
    .help(
        format!("är det samma fråga, skriv `{near}` här"),
        format!("if it is the same question, write `{near}` here"),
    )
}

/// `F0931`: a question that none of the rulesets asks; `known` are those that they do.
pub fn unknown_question(name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_QUESTION,
        format!("inget av regelverken har frågan `{name}`"),
        format!("none of the rulesets asks the question `{name}`"),
    );
    if let Some(near) = nearest(name, known.iter().copied()) {
        return diagnostic.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?"));
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    diagnostic.help(
        format!("frågorna är {}", list(&known, Language::Swedish)),
        format!("the questions are {}", list(&known, Language::English)),
    )
}

/// `F0932`: rulesets that ask no question.
pub fn nothing_to_compare() -> Diagnostic {
    Diagnostic::new(
        NOTHING_TO_COMPARE,
        "inget av regelverken ställer någon fråga: det finns inget att jämföra",
        "none of the rulesets asks a question: there is nothing to compare",
    )
    .help(
        "skriv `fråga NAMN \"…\"` i regelverken, under samma namn, och `besvarar NAMN` i reglerna som svarar",
        "write `question NAME \"…\"` in the rulesets, under the same name, and `answers NAME` in the rules that do",
    )
}

/// `F0933`: CSV asked of a command whose results are no table.
pub fn not_a_table() -> Diagnostic {
    Diagnostic::new(
        NOT_A_TABLE,
        "bara `frist compare` och `frist decide` ger en tabell: `--format csv` går inte här",
        "only `frist compare` and `frist decide` give a table: `--format csv` cannot be had here",
    )
    .help("skriv `--format json`, eller utelämna den", "write `--format json`, or leave it out")
}
