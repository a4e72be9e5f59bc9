//! Guarantees that are nearly written in one of their forms: the whole form is then named, because no single word of
//! it says what is meant.

use super::recovery::Scene;
use super::tokens::{Kind, Token};
use super::words;
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, guarantees, syntax};

/// How often one of something is promised.
const HOW_MANY: &[&str] = &["k_exactly", "k_at_most", "k_at_least"];

/// What is counted, and whether its article is the neuter one.
const COUNTED: &[(&str, bool)] = &[
    ("n_outcome", true),
    ("n_decision", true),
    ("n_duty", false),
    ("n_finding", false),
    ("n_value", true),
    ("n_change", false),
];

impl Scene<'_> {
    /// The cause, if a guarantee is nearly written in one of its forms.
    pub(super) fn promise(&self) -> Option<Diagnostic> {
        let before = self.tokens.get(..self.here)?;
        let opened = before.iter().rposition(|token| self.is_word(Some(token), &["k_guarantee"]))?;
        let from = opened.saturating_add(2);
        let said = self.tokens.get(from..)?;
        let ends = |token: &Token<'_>| token.first && self.is_word(Some(token), words::CLAUSES);
        let length = said.iter().position(ends).unwrap_or(said.len());
        let said = said.get(..length).filter(|_| self.here <= from.saturating_add(length))?;
        let (first, last) = (said.first()?, said.last()?);
        self.split_day(said).or_else(|| {
            let form = self.missed(said).or_else(|| self.nearest_form(said))?;
            let span = self.across(first, last);
            let text: Vec<&str> = said.iter().map(|token| token.text).collect();
            Some(guarantees::unknown_guarantee(span, &text.join(" "), &form))
        })
    }

    /// `sista dagen`: a day of guarantees is one word.
    fn split_day(&self, said: &[Token<'_>]) -> Option<Diagnostic> {
        let days = [words::word("k_last_day", self.language), words::word("k_effective_day", self.language)];
        said.windows(2).find_map(|two| {
            let [left, right] = two else { return None };
            let joined = format!("{}_{}", left.text, right.text);
            let day = days.into_iter().find(|day| *day == joined)?;
            let text = format!("{} {}", left.text, right.text);
            Some(syntax::misspelt(self.across(left, right), &text, day))
        })
    }

    /// `A uteblir aldrig`, and the rest forgotten or in other words.
    fn missed(&self, said: &[Token<'_>]) -> Option<String> {
        let form = words::word("k_never_missed_without_consequence", self.language);
        let (action, next) = (said.first()?, said.get(1)?);
        let mut own = form.split(' ');
        let begins = own.next() == Some(next.text);
        // `is` begins many a condition; `is never` only this.
        let meant = next.text.chars().count() > 2 || said.get(2).map(|third| third.text) == own.next();
        (begins && meant && action.is(Kind::Word)).then(|| format!("{} {form}", action.text))
    }

    /// The form that has most of the words, if it has half of them or the first one.
    fn nearest_form(&self, said: &[Token<'_>]) -> Option<String> {
        let condition = |token: &Token<'_>| {
            token.is(Kind::Sign) || self.is_word(Some(token), &["k_is", "k_and", "k_or", "k_not"])
        };
        if said.iter().any(condition) {
            return None;
        }
        let forms = self.forms().into_iter().map(|form| {
            let near = form.split(' ').enumerate().filter(|(at, word)| {
                let same_place = said.get(*at).is_some_and(|token| token.text == *word);
                same_place || said.iter().any(|token| nearest(token.text, [*word]).is_some())
            });
            let near: Vec<usize> = near.map(|(at, _)| at).collect();
            let first = form.split(' ').next() == said.first().map(|token| token.text);
            let enough = first || near.len().saturating_mul(2) >= form.split(' ').count();
            (if enough { near.len() } else { 0 }, form)
        });
        // Of several that fit alike the first is meant.
        let best = forms.rev().max_by_key(|(near, _)| *near)?;
        (best.0 > 0).then_some(best.1)
    }

    /// The forms that have no name of the ruleset's in them, or end in one.
    fn forms(&self) -> Vec<String> {
        let word = |rule: &str| words::word(rule, self.language);
        let mut forms: Vec<String> =
            ["k_no_gaps", "k_no_overlaps", "k_may_be_retroactive"].map(|rule| word(rule).to_owned()).into();
        for how in HOW_MANY {
            for (noun, neuter) in COUNTED {
                let one = if *neuter { word("k_one") } else { words::plural("k_one", self.language) };
                let of = if *noun == "n_change" { format!(" {} …", word("k_of")) } else { String::new() };
                forms.push(format!("{} {} {one} {}{of}", word("k_always"), word(how), word(noun)));
            }
        }
        forms
    }
}
