//! Known causes of errors, found among the words around the place where the grammar stopped.
//!
//! The grammar stops at the first word that cannot follow. Often that is not the word that is wrong: a misspelt
//! `annars` is a fine name until the next word comes. So each cause is a small question about the words before and
//! after, asked in order, the surest first.

use super::grammar::Rule;
use super::lower::Place;
use super::tokens::{Kind, Token};
use super::words;
use crate::Language;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, syntax};
use crate::source::Span;

/// The words of an item and the place where the grammar stopped.
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) place: Place<'a>,
    pub(crate) language: Language,
    pub(crate) tokens: &'a [Token<'a>],
    /// The index of the first word that was not read.
    pub(crate) here: usize,
    pub(crate) expected: &'a [Rule],
}

impl<'a> Scene<'a> {
    /// The word so many steps after the place; before it when negative.
    pub(crate) fn token(&self, steps: isize) -> Option<&'a Token<'a>> {
        self.tokens.get(self.here.checked_add_signed(steps)?)
    }

    pub(crate) fn span(&self, token: &Token<'_>) -> Span {
        self.place.span(token.start, token.end())
    }

    pub(super) fn across(&self, from: &Token<'_>, to: &Token<'_>) -> Span {
        self.place.span(from.start, to.end())
    }

    /// Whether a token is the word of a rule, or its first part, in either language.
    pub(super) fn is_word(&self, token: Option<&Token<'_>>, names: &[&str]) -> bool {
        let Some(token) = token.filter(|token| token.is(Kind::Word)) else { return false };
        names.iter().filter_map(|name| words::of_rule(name)).any(|word| begins(word, token.text))
    }

    /// Whether a token may be a name: a word that begins nothing in the language of the file.
    fn is_name(&self, token: Option<&Token<'_>>) -> bool {
        token.is_some_and(|token| token.is(Kind::Word) && !words::is_reserved(token.text))
    }

    /// Whether the item is a rule.
    fn in_rule(&self) -> bool {
        self.is_word(self.tokens.first(), &["k_rule"])
    }

    /// The words from the beginning of the line of the place up to the place.
    pub(super) fn line_before(&self) -> &'a [Token<'a>] {
        let before = self.tokens.get(..self.here).unwrap_or(&[]);
        let start = before.iter().rposition(|token| token.first).unwrap_or(0);
        before.get(start..).unwrap_or(&[])
    }

    /// The cause, if it is one of the known ones.
    pub(crate) fn cause(&self) -> Option<Diagnostic> {
        self.quotation_mark()
            .or_else(|| self.unquoted())
            .or_else(|| self.habit())
            .or_else(|| self.number())
            .or_else(|| self.promise())
            .or_else(|| self.bracket())
            .or_else(|| self.not_a_duty())
            .or_else(|| self.missing_at_line_end())
            .or_else(|| self.bare_end())
            .or_else(|| self.bare_till())
            .or_else(|| self.unit())
            .or_else(|| self.misspelt_before())
            .or_else(|| self.misspelt_tail())
            .or_else(|| self.bare_conditional())
            .or_else(|| self.stray_otherwise())
            .or_else(|| self.order())
            .or_else(|| self.connective())
            .or_else(|| self.reserved())
            .or_else(|| self.chain())
            .or_else(|| self.misspelt_here())
    }

    /// `ska inte`.
    fn not_a_duty(&self) -> Option<Diagnostic> {
        let (verb, not) = (self.token(-1)?, self.token(0)?);
        let duty = self.is_word(Some(verb), &["k_must", "k_should"]) && self.is_word(Some(not), &["k_not"]);
        duty.then(|| {
            let text = format!("{} {}", verb.text, not.text);
            syntax::must_not(self.across(verb, not), &text, self.language)
        })
    }

    /// A line ends in a word that needs a date or a value, and the next line's fact was taken for it.
    fn missing_at_line_end(&self) -> Option<Diagnostic> {
        let needy = [
            "k_by",
            "k_from",
            "k_becomes",
            "k_after",
            "k_before",
            "k_no_earlier_than",
            "k_and",
            "k_or",
            "k_if",
            "k_while",
            "k_where",
            "k_since",
            "k_not",
            "k_at_most",
            "k_at_least",
        ];
        let last_parts = ["k_through", "k_as_of", "k_as_long_as", "k_fulfilled_by"];
        let last = self.token(-1);
        if self.token(0).is_none() && self.is_word(last, &needy) {
            return last
                .map(|end| syntax::missing(self.span(end), syntax::Missing::AtLineEnd, self.language));
        }
        // What comes next begins another part: `senast uppfylls av …`, or `från` and then the examples.
        let next_part = self.is_word(self.token(0), OPENERS)
            || self.is_word(self.token(0), words::CLAUSES)
                && self.token(0).is_some_and(|here| here.first || words::is_reserved(here.text));
        if next_part && self.is_word(last, &["k_by", "k_from", "k_no_earlier_than", "k_as_of", "k_through"]) {
            return last
                .map(|end| syntax::missing(self.span(end), syntax::Missing::AtLineEnd, self.language));
        }
        for steps in [0, -1, -2, -3, -4] {
            let Some(name) = self.token(steps).filter(|token| token.first && self.is_name(Some(token)))
            else {
                continue;
            };
            let verb = self.token(steps.saturating_add(1));
            if !self.is_word(verb, words::VERBS) && !self.is_word(verb, &["k_for"]) {
                continue;
            }
            let end = self.tokens.iter().rev().find(|token| token.start < name.start)?;
            let sign = matches!(end.text, "=" | "<" | ">" | "≤" | "≥" | "≠" | "+" | "−" | "×" | "/");
            let ends_word =
                last_parts.iter().filter_map(|rule| words::of_rule(rule)).any(|word| ends(word, end.text));
            if sign || ends_word || self.is_word(Some(end), &needy) {
                return Some(syntax::missing(self.span(end), syntax::Missing::AtLineEnd, self.language));
            }
        }
        None
    }

    /// `upphör D`, `upphör från D`.
    fn bare_end(&self) -> Option<Diagnostic> {
        for steps in [-1, -2] {
            let Some(ends) = self.token(steps).filter(|token| self.is_word(Some(token), &["k_ends"])) else {
                continue;
            };
            let day = self.token(steps.saturating_add(1))?;
            if day.first
                || matches!(day.text, ":" | "=" | ".")
                || self.is_word(Some(day), words::CLAUSES) && !self.is_word(Some(day), &["k_from"])
            {
                continue;
            }
            return Some(syntax::ambiguous_end(self.across(ends, day), self.language));
        }
        None
    }

    /// `till D`.
    fn bare_till(&self) -> Option<Diagnostic> {
        let here = self.token(0)?;
        let bare = matches!(here.text, "till" | "until" | "to") && !self.is_word(self.token(1), &["k_and"]);
        let named = self.is_word(self.token(-1), words::ITEMS)
            || self.token(-1).is_some_and(|before| before.text == ",");
        (bare && !here.first && !named).then(|| syntax::bare_till(self.span(here), self.language))
    }

    /// A number followed by a name: a unit that nobody knows.
    fn unit(&self) -> Option<Diagnostic> {
        for steps in [0, -1] {
            let Some(unit) = self.token(steps).filter(|token| self.is_name(Some(token)) && !token.first)
            else {
                continue;
            };
            let number = self.token(steps.checked_sub(1)?).filter(|token| plain_number(token));
            if number.is_none() || self.any_word(unit.text) {
                continue;
            }
            let units = words::all().iter().filter(|word| word.rule.starts_with("u_"));
            let spellings = units.flat_map(|word| word.spellings(self.language)).map(String::as_str);
            // `år` is not what someone meant who wrote something twice as long.
            let near =
                nearest(unit.text, spellings.filter(|s| s.chars().count() > unit.text.chars().count() / 2));
            let one = number.is_some_and(|number| number.text == "1");
            let near = near.map(|near| if one { near } else { self.plural_of(near) });
            let stepped = self
                .is_word(self.token(steps.saturating_add(1)), &["k_after", "k_before", "k_has_passed_since"]);
            if near.is_some() || stepped {
                return Some(syntax::unknown_unit(self.span(unit), unit.text, near, self.language));
            }
        }
        None
    }

    /// A unit as it is written after a number that is not one.
    fn plural_of(&self, unit: &'a str) -> &'a str {
        let mut units = words::all().iter().filter(|word| word.rule.starts_with("u_"));
        let found = units.find(|word| word.canonical(self.language) == unit);
        found.map_or(unit, |word| word.plural(self.language))
    }

    /// Whether the text is a whole word of the file's language, or the first part of one.
    fn any_word(&self, text: &str) -> bool {
        let first = |spelling: &String| spelling.split(' ').next() == Some(text);
        words::all().iter().any(|word| word.spellings(self.language).iter().any(first))
    }

    /// A name before the place that is nearly a word which begins a clause: `annrs godkänns`.
    fn misspelt_before(&self) -> Option<Diagnostic> {
        let before =
            self.token(-1).filter(|token| self.is_name(Some(token)) && !self.any_word(token.text))?;
        // Right after the item's word stands its name, whatever it looks like.
        if self.here < 3 && !before.first {
            return None;
        }
        let starts_clause = before.first || self.token(0).is_some_and(|here| here.text == ":");
        if !starts_clause {
            return None;
        }
        let near = nearest(before.text, self.first_parts(words::CLAUSES).chain(self.first_parts(OPENERS)))?;
        Some(syntax::misspelt(self.span(before), before.text, near))
    }

    /// A name inside a line that was taken for the fact of another effect, and is nearly a word of this one:
    /// `utförare ska x senas 3 månader efter datum`.
    fn misspelt_tail(&self) -> Option<Diagnostic> {
        let before = self.token(-1).filter(|token| self.is_name(Some(token)) && !token.first)?;
        let taken = self.expected.contains(&Rule::k_applies) && !self.any_word(before.text);
        let near = nearest(before.text, self.first_parts(TAILS).chain(self.first_parts(OPENERS)));
        near.filter(|_| taken).map(|near| syntax::misspelt(self.span(before), before.text, near))
    }

    /// The first parts of some words; whole words come first, so that they win when two are equally near.
    fn first_parts(&self, names: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
        let language = self.language;
        let all = move || {
            names.iter().filter_map(|name| words::of_rule(name)).map(move |word| word.canonical(language))
        };
        let whole = all().filter(|spelling| !spelling.contains(' '));
        whole.chain(all().filter_map(|spelling| spelling.split(' ').next()))
    }

    /// `X om C annars Y` without brackets.
    fn bare_conditional(&self) -> Option<Diagnostic> {
        let line = self.line_before();
        let (at, if_) =
            line.iter().enumerate().find(|(at, token)| *at > 0 && self.is_word(Some(token), &["k_if"]))?;
        let after_otherwise = self.is_word(at.checked_sub(1).and_then(|i| line.get(i)), &["k_otherwise"]);
        let otherwise = line.iter().skip(at).any(|token| self.is_word(Some(token), &["k_otherwise"]))
            || self.is_word(self.token(0), &["k_otherwise"]);
        (!after_otherwise && otherwise).then(|| syntax::bare_conditional(self.span(if_), self.language))
    }

    /// `annars` where no `om` is open.
    fn stray_otherwise(&self) -> Option<Diagnostic> {
        let here = self.token(0).filter(|here| self.is_word(Some(here), &["k_otherwise"]))?;
        self.in_rule().then(|| syntax::stray_otherwise(self.span(here), self.language))
    }

    /// A clause that the rule has had its place for. Where its word is no reserved one it was taken for a name.
    fn order(&self) -> Option<Diagnostic> {
        [0, -1].into_iter().find_map(|steps: isize| {
            let first = self.token(steps).filter(|token| token.first && self.in_rule())?;
            let (_, spelling) = words::leading(self.text.get(first.start..)?, words::CLAUSES)?;
            let length = isize::try_from(spelling.split(' ').count()).ok()?;
            let last = self.token(steps.saturating_add(length).saturating_sub(1))?;
            let taken = steps == 0 || !words::is_reserved(first.text);
            taken.then(|| syntax::clause_order(self.across(first, last), spelling, self.language))
        })
    }

    /// `om a b`: two conditions side by side.
    fn connective(&self) -> Option<Diagnostic> {
        let (left, right) = (self.token(-2)?, self.token(-1)?);
        let asks = ["k_if", "k_while", "k_where", "k_requires"];
        let line = self.line_before();
        let asked = line.iter().any(|token| self.is_word(Some(token), &asks));
        let side_by_side = self.is_operand(left) && self.is_name(Some(right)) && !right.first;
        let negated = self.token(0).filter(|here| self.is_word(Some(here), &["k_not"]) && !here.first);
        if let Some(not) = negated.filter(|_| asked && self.is_operand(right)) {
            return Some(syntax::missing_connective(self.span(not), not.text, self.language));
        }
        (asked && side_by_side && !self.any_word(right.text))
            .then(|| syntax::missing_connective(self.span(right), right.text, self.language))
            .or_else(|| {
                let (left, right) = (right, self.token(0)?);
                let side_by_side = self.is_operand(left) && self.is_operand(right) && !right.first;
                (asked && side_by_side && !self.any_word(right.text))
                    .then(|| syntax::missing_connective(self.span(right), right.text, self.language))
            })
    }

    fn is_operand(&self, token: &Token<'_>) -> bool {
        match token.kind {
            Kind::Word => self.is_name(Some(token)) || self.is_word(Some(token), &["k_yes", "k_no"]),
            Kind::Sign => token.text == ")",
            _ => true,
        }
    }

    /// A word of the language where a name must stand.
    fn reserved(&self) -> Option<Diagnostic> {
        let here = self.token(0).filter(|here| here.is(Kind::Word) && words::is_reserved(here.text))?;
        let before = self.token(-1);
        let declares = before.is_some_and(|token| token.first) && self.is_word(before, words::ITEMS)
            || self.is_word(before, words::VERBS)
            || self.is_word(before, &["k_let"]);
        let field = here.first && self.token(1).is_some_and(|next| next.text == ":");
        let listed = before.is_some_and(|token| token.text == ",")
            && self.is_word(self.tokens.first(), &["k_role", "k_action", "k_case", "k_counting_word"]);
        let named = self
            .expected
            .iter()
            .all(|rule| matches!(rule, Rule::name | Rule::ruleset_name | Rule::field_name | Rule::declared));
        (declares || field || listed || named && !self.expected.is_empty())
            .then(|| syntax::reserved_name(self.span(here), here.text))
    }

    /// `==`.
    fn chain(&self) -> Option<Diagnostic> {
        let (before, here) = (self.token(-1)?, self.token(0)?);
        let doubled =
            before.text == here.text && before.end() == here.start && matches!(here.text, "=" | "&" | "|");
        doubled.then(|| {
            syntax::misspelt(self.across(before, here), &format!("{}{}", before.text, here.text), before.text)
        })
    }

    /// A word at the place that is nearly one of those that could stand there, or else any word of the language.
    fn misspelt_here(&self) -> Option<Diagnostic> {
        let here = self.token(0).filter(|here| here.is(Kind::Word) && !self.any_word(here.text))?;
        let rules: Vec<String> = self.expected.iter().map(|tried| format!("{tried:?}")).collect();
        let among = |word: &&words::Word| {
            rules.iter().any(|tried| {
                let part = match tried.as_str() {
                    "status" => "s_",
                    "decision" | "day_kind" => "d_",
                    "type_word" | "type_core" | "type_expr" => "t_",
                    "month" => "m_",
                    _ => return *tried == word.rule,
                };
                word.rule.starts_with(part)
            })
        };
        let likely = words::all().iter().filter(among).flat_map(|word| word.spellings(self.language));
        let likely = likely.filter_map(|spelling| spelling.split(' ').next());
        let near = nearest(here.text, likely).or_else(|| {
            let verb = self.is_name(self.token(-1)) && self.token(-1).is_some_and(|before| before.first);
            let near = if verb { nearest(here.text, self.first_parts(words::VERBS)) } else { None };
            near.or_else(|| {
                let starts = self
                    .first_parts(words::CLAUSES)
                    .chain(self.first_parts(OPENERS))
                    .chain(self.first_parts(TAILS));
                nearest(here.text, starts.filter(|word| word.chars().count() > 3))
            })
        })?;
        Some(syntax::misspelt(self.span(here), here.text, near))
    }
}

/// Words that begin a part of a duty or of another sentence.
const TAILS: &[&str] = &[
    "k_by",
    "k_no_earlier_than",
    "k_without_delay",
    "k_before_event",
    "k_even_earlier",
    "k_as_long_as",
    "k_except_while",
    "k_falls_away_on",
    "k_through",
    "k_from",
    "k_at_least",
    "k_section",
    "k_anchor",
    "k_reason",
    "k_where",
    "k_since",
    "k_during_the_last",
    "k_moved_to",
    "k_optional",
];

/// Words that begin an effect or a line without being a clause of their own.
pub(super) const OPENERS: &[&str] =
    &["k_granted", "k_denied", "k_finding", "k_note", "k_fulfilled_by", "k_failing_which"];

pub(super) fn begins(word: &words::Word, text: &str) -> bool {
    word.swedish.iter().chain(&word.english).any(|spelling| spelling.split(' ').next() == Some(text))
}

pub(super) fn ends(word: &words::Word, text: &str) -> bool {
    word.swedish.iter().chain(&word.english).any(|spelling| spelling.split(' ').next_back() == Some(text))
}

pub(super) fn plain_number(token: &Token<'_>) -> bool {
    token.is(Kind::Number) && token.text.chars().all(|sign| sign.is_ascii_digit())
}
