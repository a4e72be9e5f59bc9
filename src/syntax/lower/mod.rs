//! Pairs of the grammar → the tree.
//!
//! [`Lowering`] knows where its text stands in the file, in which language the file is, and what was found wrong. A
//! function that cannot build its part says why in `found` and returns [`Broken`]; the whole item is then left out.

mod climb;
mod date;
mod duty;
mod effect;
mod example;
mod expression;
mod guarantee;
mod item;
mod literal;
mod look;
mod rule;
mod table;

use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::grammar::Rule;
use super::limits::MAX_DEPTH;
use super::normal::Normal;
use super::tree::*;
use super::{slices, words};
use crate::Language;
use crate::diagnostics::{Diagnostic, syntax, text};
use crate::source::{SourceId, Span};

pub(crate) type Pair<'i> = pest::iterators::Pair<'i, Rule>;

/// The part cannot be built; what is wrong was already said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken;

pub(crate) type Lowered<T> = Result<T, Broken>;

/// Where a text that pest parsed stands: in which file, and after how many bytes.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) source: SourceId,
    pub(crate) normal: &'a Normal<'a>,
    pub(crate) base: usize,
}

impl Place<'_> {
    pub(crate) fn span(self, start: usize, end: usize) -> Span {
        let at = |offset: usize| self.normal.given(self.base.saturating_add(offset));
        Span::new(self.source, at(start), at(end))
    }

    pub(crate) fn later(self, by: usize) -> Self {
        Place { base: self.base.saturating_add(by), ..self }
    }
}

/// Builds the tree of one item.
pub(crate) struct Lowering<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) language: Language,
    pub(crate) found: Vec<Diagnostic>,
    /// How many expressions and operators are around what is built now.
    depth: usize,
    /// Inside `uppfylls av … där`, where `mottagaren` and `bäraren` mean the duty's own.
    in_pattern_of_duty: bool,
    /// Inside `uteblir det`, where `sista_dagen` means the missed one.
    in_failing: bool,
    /// Inside a guarantee, where `sista_dagen` means that of each duty.
    in_guarantee: bool,
    /// Inside an example's expectation, where tails of effects may be left out.
    in_expected: bool,
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(place: Place<'a>, language: Language) -> Lowering<'a> {
        Lowering {
            place,
            language,
            found: Vec::new(),
            depth: 0,
            in_pattern_of_duty: false,
            in_failing: false,
            in_guarantee: false,
            in_expected: false,
        }
    }

    /// Builds the item of a slice that the grammar accepted.
    pub(crate) fn item(&mut self, pair: Pair<'_>) -> Lowered<Item> {
        self.check_language(&pair);
        let span = self.span(&pair);
        let kind = item::kind(self, pair)?;
        Ok(Item { kind, span })
    }

    /// Where a pair stands, without the white space and comments that pest leaves at its end.
    fn span(&self, pair: &Pair<'_>) -> Span {
        let start = pair.as_span().start();
        self.place.span(start, start.saturating_add(slices::trimmed(pair.as_str())))
    }

    /// Says what is wrong and gives the part up.
    fn fail<T>(&mut self, diagnostic: Diagnostic) -> Lowered<T> {
        self.found.push(diagnostic);
        Err(Broken)
    }

    /// Gives a part up that the grammar accepted and the tree has no place for.
    fn unreadable<T>(&mut self, pair: &Pair<'_>) -> Lowered<T> {
        let span = self.span(pair);
        self.fail(syntax::unexpected(span, pair.as_str(), &[]))
    }

    /// Builds a part inside another one, unless it lies too deep.
    fn deeper<T>(
        &mut self,
        by: usize,
        span: Span,
        build: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<T> {
        let before = self.depth;
        self.depth = before.saturating_add(by);
        let built =
            if self.depth > MAX_DEPTH { self.fail(text::too_deep(span, MAX_DEPTH)) } else { build(self) };
        self.depth = before;
        built
    }

    /// Reports the words that belong to the other language.
    pub(crate) fn check_language(&mut self, pair: &Pair<'_>) {
        for part in pair.clone().into_inner().flatten() {
            let rule = part.as_rule();
            if matches!(rule, Rule::k_recipient | Rule::k_bearer | Rule::k_last_day) {
                continue; // names outside their own contexts
            }
            let Some(word) = word_of(rule) else { continue };
            if word.spellings(self.language).iter().any(|spelling| spelling == part.as_str()) {
                continue;
            }
            let spelling = words::spelling(part.as_str());
            if words::language_of(word, &spelling) == Some(self.language.other()) {
                let span = self.span(&part);
                let unit = word.rule.starts_with("u_") && spelling == word.plural(self.language.other());
                let twin = if unit { word.plural(self.language) } else { word.canonical(self.language) };
                self.found.push(syntax::other_language(span, &spelling, self.language, twin));
            }
        }
    }

    fn name(&mut self, pair: &Pair<'_>) -> Name {
        let text = pair.as_str();
        let text = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            text.to_owned()
        } else {
            text.nfc().collect()
        };
        Name { text, span: self.span(pair) }
    }

    /// A field's name; `datum` and `date` are one name in files of both languages.
    fn field_name(&mut self, pair: &Pair<'_>) -> Name {
        let mut name = self.name(pair);
        if is_date(&name.text) {
            name.text = String::from(DATE);
        }
        name
    }

    pub(super) fn quoted(&mut self, pair: &Pair<'_>) -> Quoted {
        Quoted { text: inside(pair.as_str()).to_owned(), span: self.span(pair) }
    }

    pub(super) fn title(&mut self, pair: Option<Pair<'_>>) -> Title {
        let mut title = Title::default();
        let mut tag = None;
        for part in pair.into_iter().flat_map(Pair::into_inner) {
            match part.as_rule() {
                Rule::tag => tag = Some(tag_language(part.as_str())),
                _ => match tag {
                    Some(language) => title.tagged = Some((language, self.quoted(&part))),
                    None => title.own = Some(self.quoted(&part)),
                },
            }
        }
        title
    }

    fn declared(&mut self, pair: Pair<'_>) -> Lowered<Declared> {
        let mut parts = Parts::new(pair);
        let name = parts.must(self, Rule::name)?;
        let name = self.name(&name);
        let title = self.title(parts.take(Rule::title));
        Ok(Declared { name, title })
    }

    fn citation(&mut self, pair: Pair<'_>) -> Lowered<Citation> {
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_according_to);
        let source = parts.must(self, Rule::name)?;
        let source = self.name(&source);
        let section = parts.after(Rule::k_section).map(|part| self.quoted(&part));
        let anchor = parts.after(Rule::k_anchor).map(|part| self.quoted(&part));
        let number = match parts.after(Rule::k_number) {
            Some(part) => Some((self.count(&part)?, self.span(&part))),
            None => None,
        };
        Ok(Citation { source, section, anchor, number, span })
    }

    fn grounds(&mut self, pair: Option<Pair<'_>>) -> Lowered<Grounds> {
        let mut grounds = Grounds::default();
        if let Some(pair) = pair {
            self.add_grounds(&mut grounds, pair)?;
        }
        Ok(grounds)
    }

    fn add_grounds(&mut self, grounds: &mut Grounds, pair: Pair<'_>) -> Lowered<()> {
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::citation => grounds.citations.push(self.citation(part)?),
                _ => grounds.readings.extend(self.names(part)),
            }
        }
        Ok(())
    }

    /// All names directly inside a pair.
    fn names(&mut self, pair: Pair<'_>) -> Vec<Name> {
        pair.into_inner().filter(|part| part.as_rule() == Rule::name).map(|part| self.name(&part)).collect()
    }

    fn in_force(&mut self, pair: Option<Pair<'_>>) -> Lowered<Option<InForce>> {
        let Some(pair) = pair else { return Ok(None) };
        let span = self.span(&pair);
        let mut parts = Parts::new(pair);
        parts.take(Rule::k_in_force_from);
        let from = parts.must(self, Rule::day)?;
        let from = self.day(&from)?;
        let through = match parts.after(Rule::k_through) {
            Some(part) => Some(self.day(&part)?),
            None => None,
        };
        Ok(Some(InForce { from, through, span }))
    }
}

/// How the tree writes the field `datum`, whatever the file's language.
pub(crate) const DATE: &str = "datum";

/// Whether a name is the event's own day, in either language.
pub(crate) fn is_date(name: &str) -> bool {
    words::of_rule("k_date").is_some_and(|word| word.swedish.iter().chain(&word.english).any(|w| w == name))
}

/// The word of a rule of the grammar; nothing for a rule that is no word.
fn word_of(rule: Rule) -> Option<&'static words::Word> {
    static WORDS: OnceLock<Vec<Option<&'static words::Word>>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let rules = Rule::all_rules();
        let most = rules.iter().map(|rule| *rule as usize).max().unwrap_or(0);
        let mut words = vec![None; most.saturating_add(1)];
        for rule in rules {
            if let Some(place) = words.get_mut(*rule as usize) {
                *place = words::of_rule(&format!("{rule:?}"));
            }
        }
        words
    });
    words.get(rule as usize).copied().flatten()
}

/// What stands between quotation marks, in NFC (the whole text is).
fn inside(string: &str) -> &str {
    string.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(string)
}

fn tag_language(tag: &str) -> Language {
    if tag == Language::English.code() { Language::English } else { Language::Swedish }
}

/// The pairs inside a pair, taken one after the other.
pub(crate) struct Parts<'i> {
    inner: std::iter::Peekable<pest::iterators::Pairs<'i, Rule>>,
    whole: Pair<'i>,
}

impl<'i> Parts<'i> {
    fn new(pair: Pair<'i>) -> Parts<'i> {
        Parts { inner: pair.clone().into_inner().peekable(), whole: pair }
    }

    /// The next pair if it is of this rule.
    fn take(&mut self, rule: Rule) -> Option<Pair<'i>> {
        self.inner.next_if(|pair| pair.as_rule() == rule)
    }

    /// Whether the next pair is of this rule; it is taken.
    fn has(&mut self, rule: Rule) -> bool {
        self.take(rule).is_some()
    }

    /// The pair after a word, if the word comes next.
    fn after(&mut self, word: Rule) -> Option<Pair<'i>> {
        self.take(word).and_then(|_| self.inner.next())
    }

    fn peek(&mut self) -> Option<Rule> {
        self.inner.peek().map(Pair::as_rule)
    }

    fn next(&mut self) -> Option<Pair<'i>> {
        self.inner.next()
    }

    /// All next pairs of this rule.
    fn all(&mut self, rule: Rule) -> Vec<Pair<'i>> {
        std::iter::from_fn(|| self.take(rule)).collect()
    }

    fn must(&mut self, lowering: &mut Lowering<'_>, rule: Rule) -> Lowered<Pair<'i>> {
        match self.take(rule) {
            Some(pair) => Ok(pair),
            None => lowering.unreadable(&self.whole),
        }
    }

    fn must_next(&mut self, lowering: &mut Lowering<'_>) -> Lowered<Pair<'i>> {
        match self.next() {
            Some(pair) => Ok(pair),
            None => lowering.unreadable(&self.whole),
        }
    }
}
