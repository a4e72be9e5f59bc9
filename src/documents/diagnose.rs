//! What a trace has to say, as diagnostics.

use std::collections::BTreeMap;

use super::anchor::Anchor;
use super::citing::CitingKind;
use super::difference::{Difference, Stretch};
use super::document::{Document, Documents};
use super::line::Word;
use super::sentence::Run;
use super::trace::{Standing, Trace, Traced, Uncited, Unsearched, section_of};
use crate::Words;
use crate::diagnostics::documents::{self as report, Altered, Resting};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, sort};
use crate::program::{CitationId, DocumentId, Program};
use crate::source::{Sources, Span};

/// What is wrong with documents themselves: how they are written.
pub(super) fn of_encoding(documents: &Documents) -> Vec<Diagnostic> {
    let faults = documents.all.iter().filter_map(|document| Some((document, document.fault?)));
    let byte = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    faults
        .map(|(document, fault)| {
            let at = Span::new(document.source, byte(fault.at), byte(fault.at.saturating_add(1)));
            report::document_encoding(&document.name, at, fault.byte, fault.value, fault.encoding)
        })
        .collect()
}

impl Trace {
    /// Everything that is wrong, in the order of the rules: sentences changed, gone, moved or not to be told apart,
    /// documents that are not at hand or not those that the rules were written from, sections that do not exist, and at
    /// last the sentences that nobody cites.
    pub fn diagnostics(
        &self,
        program: &Program,
        documents: &Documents,
        sources: &Sources,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let telling = Telling { trace: self, program, documents, sources };
        for (id, cited) in (0..).map(DocumentId).zip(&program.documents) {
            telling.document(id, cited, &mut found);
        }
        telling.sections(&mut found);
        for (place, traced) in self.citations.iter().enumerate() {
            telling.citation(CitationId::at(place), traced, &mut found);
        }
        sort(&mut found);
        found.extend(self.uncited.iter().filter_map(|uncited| telling.uncited(uncited)));
        found
    }

    /// The sentences that nobody cites, as diagnostics.
    pub(super) fn uncited_diagnostics(
        &self,
        program: &Program,
        documents: &Documents,
        sources: &Sources,
        uncited: &[Uncited],
    ) -> Vec<Diagnostic> {
        let telling = Telling { trace: self, program, documents, sources };
        uncited.iter().filter_map(|uncited| telling.uncited(uncited)).collect()
    }

    /// The citation to paste for a sentence that nobody cites.
    pub fn to_paste(&self, program: &Program, documents: &Documents, uncited: &Uncited) -> Option<String> {
        let cited = program.documents.get(uncited.document.index())?;
        let document = documents.all.get(self.documents.get(uncited.document.index())?.at_hand?)?;
        Some(document.citation_in(uncited.run, &cited.named.name, uncited.section.as_deref(), false))
    }
}

/// What it takes to tell.
struct Telling<'a> {
    trace: &'a Trace,
    program: &'a Program,
    documents: &'a Documents,
    sources: &'a Sources,
}

impl Telling<'_> {
    /// What there is to say of a document as a whole.
    fn document(&self, id: DocumentId, cited: &crate::program::Document, found: &mut Vec<Diagnostic>) {
        let at = cited.named.span;
        let own =
            || self.program.citations.iter().enumerate().filter(|(_, citation)| citation.document == id);
        let unsearched = own()
            .filter_map(|(place, _)| self.trace.citations.get(place))
            .filter(|traced| {
                matches!(traced.standing, Standing::NotSearched(Unsearched::Absent | Unsearched::NoFile))
            })
            .count();
        let searched = self.trace.documents.get(id.index());
        match (&cited.file, searched.and_then(|searched| searched.at_hand)) {
            (None, _) if unsearched > 0 => {
                found.push(report::source_without_file(&cited.named.name, at, unsearched))
            }
            (Some(file), None) => {
                let names = self.documents.all.iter().map(|document| document.name.as_str());
                found.push(report::missing_document(file, at, unsearched, nearest(file, names)));
            }
            (Some(file), Some(place)) if searched.is_some_and(|searched| searched.other_file) => {
                let sum = self.documents.all.get(place).map_or("", |document| document.sha256.as_str());
                found.push(report::other_file(file, at, sum));
            }
            _ => {}
        }
    }

    /// Each section that does not exist, once.
    fn sections(&self, found: &mut Vec<Diagnostic>) {
        let mut unknown: BTreeMap<(DocumentId, &str), (Span, usize)> = BTreeMap::new();
        for (citation, traced) in self.program.citations.iter().zip(&self.trace.citations) {
            if let (true, Some(section)) = (traced.unknown_section, citation.section.as_deref()) {
                let slot = unknown.entry((citation.document, section)).or_insert((citation.span, 0));
                slot.1 = slot.1.saturating_add(1);
            }
        }
        for ((document, section), (span, count)) in unknown {
            let file =
                self.program.documents.get(document.index()).and_then(|document| document.file.as_deref());
            found.push(report::unknown_section(
                section,
                file.unwrap_or(""),
                self.words_in(span, section),
                count,
            ));
        }
    }

    fn citation(&self, id: CitationId, traced: &Traced, found: &mut Vec<Diagnostic>) {
        let Some(citation) = self.program.citations.get(id.index()) else { return };
        let Some(document) = self.trace.document(self.program, self.documents, id) else { return };
        let anchor = citation.anchor.as_deref().unwrap_or("");
        let resting = Resting { who: self.who(id), at: self.words_in(citation.span, anchor) };
        match &traced.standing {
            Standing::Changed { now, difference } => {
                let altered = difference
                    .as_ref()
                    .map_or_else(Vec::new, |difference| altered(document, *now, difference));
                let text = document.text(*now);
                let anchor =
                    if anchor.contains('.') { Anchor::with_similarity(&text) } else { Anchor::of(&text) };
                found.push(report::changed_sentence(
                    &resting,
                    &altered,
                    document.beginning(*now),
                    &anchor.to_string(),
                ));
            }
            Standing::Gone { nearest, alike } => {
                let nearest = nearest.map(|run| document.beginning(run));
                found.push(report::gone_sentence(&resting, &document.name, nearest, *alike));
            }
            Standing::Ambiguous(places) => {
                let places: Vec<Span> = places.iter().map(|run| document.beginning(*run)).collect();
                found.push(report::ambiguous_anchor(anchor, resting.at, &places));
            }
            Standing::Found(_) | Standing::NotSearched(_) => {}
        }
        if let (Some(section), Some(run)) = (&traced.moved, traced.standing.run()) {
            let cited = section_of(self.program, id).unwrap_or("");
            let at = self.words_in(citation.span, cited);
            let resting = Resting { who: resting.who, at };
            found.push(report::moved_sentence(&resting, cited, section.as_deref(), document.beginning(run)));
        }
    }

    fn uncited(&self, uncited: &Uncited) -> Option<Diagnostic> {
        let place = self.trace.documents.get(uncited.document.index())?.at_hand?;
        let document = self.documents.all.get(place)?;
        let words = document.words(uncited.run);
        let wordings: Vec<(Span, Words)> = uncited
            .wordings
            .iter()
            .filter_map(|wording| {
                let (first, last) = (words.get(wording.first)?, words.get(wording.last)?);
                Some((Span::new(document.source, first.start, last.end), wording.kind.words()))
            })
            .collect();
        let line = self.trace.to_paste(self.program, self.documents, uncited)?;
        Some(report::uncited_deadline(&wordings, &line))
    }

    /// Who rests on a citation, in words.
    fn who(&self, id: CitationId) -> Words {
        let all: Vec<_> = self.trace.citing(id).collect();
        let rules = all.iter().filter(|citing| citing.kind == CitingKind::Rule).count();
        match all.as_slice() {
            [] => Words::new("regelverket", "the ruleset"),
            [first, ..] if rules > 0 => {
                let name = all.iter().find(|citing| citing.kind == CitingKind::Rule).unwrap_or(first);
                let name = &name.name;
                match all.len() {
                    1 => Words::new(format!("regeln `{name}`"), format!("the rule `{name}`")),
                    2 => Words::new(
                        format!("regeln `{name}` (och 1 del till)"),
                        format!("the rule `{name}` (and 1 more part)"),
                    ),
                    count => {
                        let more = count.saturating_sub(1);
                        Words::new(
                            format!("regeln `{name}` (och {more} delar till)"),
                            format!("the rule `{name}` (and {more} more parts)"),
                        )
                    }
                }
            }
            [first, ..] => match first.kind {
                CitingKind::Event => {
                    Words::new(format!("händelsen `{}`", first.name), format!("the event `{}`", first.name))
                }
                CitingKind::Fact => {
                    Words::new(format!("uppgiften `{}`", first.name), format!("the fact `{}`", first.name))
                }
                CitingKind::Constant => {
                    Words::new(format!("värdet `{}`", first.name), format!("the value `{}`", first.name))
                }
                CitingKind::Table => {
                    Words::new(format!("tabellen `{}`", first.name), format!("the table `{}`", first.name))
                }
                CitingKind::Reading => Words::new(
                    format!("tolkningen `{}`", first.name),
                    format!("the reading `{}`", first.name),
                ),
                CitingKind::LeftOut => Words::new("ett `utelämnat`", "a `left out`"),
                CitingKind::Header | CitingKind::Rule => {
                    Words::new("regelverkets huvud", "the ruleset's header")
                }
            },
        }
    }

    /// The place of some words within a stretch of the rules; the stretch itself when they are not in it.
    fn words_in(&self, span: Span, words: &str) -> Span {
        let byte = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        match self.sources.slice(span).find(words) {
            Some(at) if !words.is_empty() => {
                let start = span.start.saturating_add(byte(at));
                Span::new(span.source, start, start.saturating_add(byte(words.len())))
            }
            _ => span,
        }
    }
}

/// Where in a document the words are other than they were.
fn altered(document: &Document, now: Run, difference: &Difference) -> Vec<Altered> {
    let words = document.words(now);
    let mut found: Vec<Altered> = Vec::new();
    let mut at: usize = 0;
    let mut taken_out: Option<String> = None;
    for stretch in &difference.stretches {
        match stretch {
            Stretch::Old(old) => taken_out = Some(old.join(" ")),
            Stretch::New(new) => {
                let last = at.saturating_add(new.len().saturating_sub(1));
                let was = taken_out.take().unwrap_or_default();
                found.extend(span(document, &words, at, last).map(|at| Altered { at, was, is_new: true }));
                at = last.saturating_add(1);
            }
            Stretch::Same(same) => {
                if let Some(was) = taken_out.take() {
                    found.extend(span(document, &words, at, at).map(|at| Altered { at, was, is_new: false }));
                }
                at = at.saturating_add(same.len());
            }
        }
    }
    if let (Some(was), Some(last)) = (taken_out, words.len().checked_sub(1)) {
        found.extend(span(document, &words, last, last).map(|at| Altered { at, was, is_new: false }));
    }
    found
}

fn span(document: &Document, words: &[&Word], first: usize, last: usize) -> Option<Span> {
    let last = last.min(words.len().saturating_sub(1));
    Some(Span::new(document.source, words.get(first)?.start, words.get(last)?.end))
}
