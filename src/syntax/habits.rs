//! What people write out of habit: words, dates and signs of other languages, of law and of letters.

use super::recovery::{Scene, begins, ends};
use super::tokens::{Kind, Token};
use super::words;
use crate::diagnostics::{Diagnostic, Words, syntax};

/// Words that mean what a word of the language means.
const SYNONYMS: &[(&str, &str)] = &[
    ("måste", "k_must"),
    ("skall", "k_must"),
    ("shall", "k_must"),
    ("kan", "k_may"),
    ("can", "k_may"),
    ("inom", "k_by"),
    ("within", "k_by"),
    ("eljest", "k_otherwise"),
    ("else", "k_otherwise"),
    ("ifall", "k_if"),
    ("förutsatt", "k_if"),
    ("provided", "k_if"),
    ("samtidigt", "k_while"),
];

/// The numbers from one on, as people write them out.
const NUMBERS_SV: &[&str] =
    &["en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
const NUMBERS_EN: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

impl Scene<'_> {
    /// The cause, if it is a habit.
    pub(super) fn habit(&self) -> Option<Diagnostic> {
        self.synonym()
            .or_else(|| self.abbreviation())
            .or_else(|| self.filler())
            .or_else(|| self.number_in_words())
            .or_else(|| self.date_in_words())
            .or_else(|| self.short_date())
            .or_else(|| self.hyphen())
            .or_else(|| self.separator())
    }

    fn synonym(&self) -> Option<Diagnostic> {
        [-1, 0].into_iter().find_map(|steps| {
            let token = self.token(steps)?;
            let (_, meant) = SYNONYMS.iter().find(|(habit, _)| *habit == token.text)?;
            Some(syntax::misspelt(self.span(token), token.text, words::word(meant, self.language)))
        })
    }

    /// `fr.o.m.`, `t.o.m.`
    fn abbreviation(&self) -> Option<Diagnostic> {
        [-2, -1, 0].into_iter().find_map(|steps: isize| {
            let all: Vec<&Token<'_>> =
                (0..5).map_while(|more| self.token(steps.saturating_add(more))).collect();
            let [first, dot, o, _, m] = all.as_slice() else { return None };
            let ends = self.is_word(self.token(steps.saturating_sub(1)), &["k_ends"]);
            let meant = match (first.text, dot.text, o.text, m.text) {
                ("fr", ".", "o", "m") if ends => "k_as_of",
                ("fr", ".", "o", "m") => "k_from",
                ("t", ".", "o", "m") => "k_through",
                _ => return None,
            };
            let last = self.token(steps.saturating_add(5)).filter(|dot| dot.text == ".").unwrap_or(m);
            let text = self.text.get(first.start..last.end()).unwrap_or("");
            Some(syntax::misspelt(self.across(first, last), text, words::word(meant, self.language)))
        })
    }

    /// `om a då …`, `om a är större än b`.
    fn filler(&self) -> Option<Diagnostic> {
        [-2, -1, 0].into_iter().find_map(|steps: isize| {
            let token = self.token(steps)?;
            let next = self.token(steps.saturating_add(1));
            let than = next.filter(|next| matches!(next.text, "än" | "than"));
            match (token.text, than) {
                ("då" | "then" | "så", _) if steps > -2 => {
                    let strike = syntax::unexpected(self.span(token), token.text, &[]);
                    Some(strike.help("stryk ordet", "strike the word"))
                }
                ("större" | "mer" | "fler" | "greater" | "more", Some(than)) => {
                    Some(self.sign(token, than, ">"))
                }
                ("mindre" | "färre" | "less" | "fewer", Some(than)) => Some(self.sign(token, than, "<")),
                _ => None,
            }
        })
    }

    /// `är större än`: the words, with the `är` before them.
    fn sign(&self, token: &Token<'_>, than: &Token<'_>, sign: &str) -> Diagnostic {
        let before = self.tokens.iter().rev().find(|before| before.end() <= token.start);
        let from = before.filter(|before| matches!(before.text, "är" | "is")).unwrap_or(token);
        let text = self.text.get(from.start..than.end()).unwrap_or("");
        syntax::misspelt(self.across(from, than), text, sign)
    }

    /// `tre månader`.
    fn number_in_words(&self) -> Option<Diagnostic> {
        [-2, -1, 0].into_iter().find_map(|steps: isize| {
            let (token, unit) = (self.token(steps)?, self.token(steps.saturating_add(1))?);
            let known = |list: &[&str]| list.iter().position(|number| *number == token.text);
            let number = known(NUMBERS_SV).or_else(|| known(NUMBERS_EN))?.saturating_add(1);
            let mut units = words::all().iter().filter(|word| word.rule.starts_with("u_"));
            units.find(|word| begins(word, unit.text))?;
            Some(syntax::number_format(self.span(token), token.text, &number.to_string()))
        })
    }

    /// `1 januari 2025`.
    fn date_in_words(&self) -> Option<Diagnostic> {
        [-2, -1, 0].into_iter().find_map(|steps: isize| {
            let at = |more: isize| self.token(steps.saturating_add(more));
            let (day, month, year) = (at(0)?, at(1)?, at(2)?);
            let months = words::all().iter().filter(|word| word.rule.starts_with("m_"));
            let named =
                |word: &words::Word| word.swedish.iter().chain(&word.english).any(|name| name == month.text);
            let number = months.enumerate().find(|(_, word)| named(word))?.0.saturating_add(1);
            let (day_number, year_number): (u8, u16) = (day.text.parse().ok()?, year.text.parse().ok()?);
            let text = self.text.get(day.start..year.end()).unwrap_or("");
            let instead = format!("{year_number:04}-{number:02}-{day_number:02}");
            Some(syntax::number_format(self.across(day, year), text, &instead))
        })
    }

    /// `2025-1-1`, `20250101-1`: digits and dashes that are no date.
    fn short_date(&self) -> Option<Diagnostic> {
        let here = self.token(0).filter(|here| here.is(Kind::Number) && here.text.contains('-'))?;
        Some(syntax::impossible_date(self.span(here), here.text))
    }

    /// `höja-tak`: names are joined with `_`.
    fn hyphen(&self) -> Option<Diagnostic> {
        let (before, here, after) = (self.token(-1)?, self.token(0)?, self.token(1)?);
        let joined = here.text == "-" && before.end() == here.start && here.end() == after.start;
        (joined && before.is(Kind::Word)).then(|| {
            let text = self.text.get(before.start..after.end()).unwrap_or("");
            syntax::misspelt(self.across(before, after), text, &text.replace('-', "_"))
        })
    }

    /// The word after a field's name and title where its colon was to be: `tak "taket" en "the cap" tid`.
    fn after_titled_name(&self) -> Option<&Token<'_>> {
        self.token(0).filter(|name| name.first && name.is(Kind::Word))?;
        let mut rest = self.tokens.get(self.here.saturating_add(1)..)?.iter();
        let titled = |token: &&Token<'_>| token.is(Kind::Text) || matches!(token.text, "en" | "sv");
        let title = rest.clone().take_while(titled).count();
        rest.nth(title).filter(|ty| title > 0 && ty.is(Kind::Word) && !ty.first)
    }

    /// `tid tid` for `tid: tid`, `typ t: a, b` for `a | b`, `| 1 | 2 |` for `| 1 || 2 |`.
    fn separator(&self) -> Option<Diagnostic> {
        let item = self.tokens.first()?;
        let expects = |token: &Token<'_>, sign: &str| {
            let sign = Words::new(format!("`{sign}`"), format!("`{sign}`"));
            Some(syntax::unexpected(self.span(token), token.text, &[sign]))
        };
        if self.is_word(Some(item), &["k_type"]) {
            return expects(self.token(0).filter(|here| here.text == ",")?, "|");
        }
        let asks_colon = ["k_example", "k_from_the_source", "k_course", "k_guarantee"];
        let last = self.token(-1).filter(|before| ends_one_of(&asks_colon, before.text));
        if let Some(here) = self.token(0).filter(|here| here.text != ":")
            && last.is_some()
            && self.line_before().first().is_some_and(|first| self.is_word(Some(first), &asks_colon))
        {
            return expects(here, ":");
        }
        if self.is_word(Some(item), &["k_event"]) {
            if let Some(ty) = self.after_titled_name() {
                return expects(ty, ":");
            }
            let name = self.token(-1).filter(|before| before.first && before.start > item.start);
            let named = name.is_some_and(|name| name.is(Kind::Word));
            return expects(self.token(0).filter(|here| here.is(Kind::Word) && !here.first && named)?, ":");
        }
        let row = self.line_before();
        let starts = row.first().is_some_and(|token| token.text == "|");
        let doubled = row.windows(2).any(|two| {
            matches!(two, [left, right] if left.text == "|" && right.text == "|" && left.end() == right.start)
        });
        let over = self.token(0).is_none_or(|here| here.first);
        (self.is_word(Some(item), &["k_table"]) && starts && !doubled && over)
            .then(|| row.last().and_then(|last| expects(last, "||")))
            .flatten()
    }
}

/// Whether a text is the last part of a word among some rules.
fn ends_one_of(rules: &[&str], text: &str) -> bool {
    rules.iter().filter_map(|rule| words::of_rule(rule)).any(|word| ends(word, text))
}
