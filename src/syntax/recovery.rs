//! Known causes of errors, found among the words around the place where the grammar stopped.
use super::grammar::Rule;
use super::lower::Place;
use super::slices::Slice;
use super::tokens::{self, Kind, Token};
use super::words;
use crate::Language;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, syntax};
use crate::source::Span;
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) place: Place<'a>,
    pub(crate) language: Language,
    pub(crate) tokens: &'a [Token<'a>],
    pub(crate) at: usize,
    pub(crate) expected: &'a [Rule],
}
impl<'a> Scene<'a> {
    pub(crate) fn token(&self, _by: isize) -> Option<&'a Token<'a>> {
        self.tokens.iter().find(|t| t.end() > self.at)
    }
    pub(crate) fn span(&self, t: &Token<'_>) -> Span {
        self.place.span(t.start, t.end())
    }
    pub(crate) fn cause(&self) -> Option<Diagnostic> {
        None
    }
}
pub(crate) fn nearly_item(_text: &str) -> Option<(&'static str, Option<Language>)> {
    None
}
pub(crate) fn misplaced(_text: &str, _slice: &Slice) -> Option<(usize, syntax::Misplaced)> {
    None
}
pub(crate) fn indented_item<'t>(
    _text: &'t str,
    _error: &pest::error::Error<Rule>,
) -> Option<(usize, &'t str)> {
    None
}
