//! Quotation marks, numbers and brackets that are written another way or stand alone.

use super::grammar::Rule;
use super::recovery::{Scene, plain_number};
use super::tokens::{Kind, Token};
use super::words;
use crate::Language;
use crate::diagnostics::{Diagnostic, syntax};

impl Scene<'_> {
    pub(super) fn quotation_mark(&self) -> Option<Diagnostic> {
        let here = self.token(0)?;
        if here.is(Kind::OpenText) {
            return Some(syntax::unclosed_text(self.span(here), false));
        }
        if matches!(here.text, "“" | "”" | "„" | "»" | "«") {
            return Some(syntax::unclosed_text(self.span(here), true));
        }
        // `"a en "b"`: the first text ends where the second was to begin, and the line ends inside another.
        let rest = self.tokens.get(self.here..)?;
        let line = rest.iter().enumerate().take_while(|(at, token)| *at == 0 || !token.first);
        let open = line.map(|(_, token)| token).any(|token| token.is(Kind::OpenText));
        let text = self.line_before().iter().rev().find(|token| token.is(Kind::Text));
        let text = text.filter(|_| open && !here.first)?;
        Some(syntax::odd_quotation_marks(self.span(text)))
    }

    /// `ankare 95b6b2bd`, `skäl texten kräver båda`: a text without quotation marks.
    pub(super) fn unquoted(&self) -> Option<Diagnostic> {
        let takes_text = [
            "k_anchor",
            "k_section",
            "k_reason",
            "k_version",
            "k_publisher",
            "k_file",
            "k_sha256",
            "k_municipality",
        ];
        let here = self.token(0).filter(|here| matches!(here.kind, Kind::Word | Kind::Number))?;
        let texts = |rule: &Rule| matches!(rule, Rule::string | Rule::title);
        let wanted = self.is_word(self.token(-1), &takes_text) && self.expected.iter().any(texts);
        // `0077a88f` is a number and a word to the eye of an error.
        let next = self.token(1).filter(|next| next.start == here.end());
        (wanted && !here.first).then(|| syntax::unquoted(self.across(here, next.unwrap_or(here))))
    }

    /// `4,5`, `1 000`, `3månader`.
    pub(super) fn number(&self) -> Option<Diagnostic> {
        let before = self.token(-1).filter(|token| plain_number(token));
        let here = self.token(0)?;
        if let Some(before) = before
            && plain_number(here)
            && here.text.len() == 3
            && !here.first
        {
            let text = self.text.get(before.start..here.end()).unwrap_or("");
            let span = self.across(before, here);
            return Some(syntax::number_format(span, text, &format!("{}{}", before.text, here.text)));
        }
        let next = self.token(1)?;
        let named = self.is_word(self.token(-1), words::ITEMS);
        if !named
            && here.is(Kind::Number)
            && next.is(Kind::Word)
            && here.end() == next.start
            && here.text != "0"
        {
            let span = self.across(here, next);
            let text = format!("{}{}", here.text, next.text);
            // `15e` is a day of the month without its colon.
            let instead = match (here.text.parse(), next.text) {
                (Ok(number), "a" | "e") => words::ordinal(number, Language::Swedish),
                _ => format!("{} {}", here.text, next.text),
            };
            return Some(syntax::number_format(span, &text, &instead));
        }
        let last = self.token(2)?;
        let comma = plain_number(here) && next.text == "," && last.is(Kind::Number);
        (comma && here.end() == next.start && next.end() == last.start).then(|| {
            let text = format!("{},{}", here.text, last.text);
            syntax::number_format(self.across(here, last), &text, &format!("{}.{}", here.text, last.text))
        })
    }

    /// A bracket that is open where a line or the item begins anew, or one that closes nothing.
    pub(super) fn bracket(&self) -> Option<Diagnostic> {
        let here = self.token(0);
        let mut open: Vec<&Token<'_>> = Vec::new();
        for token in self.tokens.get(..self.here).unwrap_or(&[]) {
            match token.text {
                "(" | "{" => open.push(token),
                ")" | "}" => {
                    open.pop();
                }
                _ => {}
            }
        }
        match (here, open.pop()) {
            (Some(here), None) if matches!(here.text, ")" | "}") => {
                Some(syntax::unclosed_bracket(self.span(here), here.text.chars().next()?))
            }
            (here, Some(bracket))
                if here.is_none_or(|here| here.first || self.is_word(Some(here), &["k_otherwise"])) =>
            {
                Some(syntax::unclosed_bracket(self.span(bracket), bracket.text.chars().next()?))
            }
            _ => None,
        }
    }
}
