//! What parts of a ruleset rest on: documents, citations, readings, and what is left out.

use crate::diagnostics::citations as report;
use crate::diagnostics::names::NameSpace;
use crate::program::*;
use crate::syntax::tree::{self, ItemKind};

use super::state::Checker;

impl Checker<'_> {
    /// Takes in the cited documents.
    pub(super) fn documents(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Source(source) = &item.kind else { continue };
            if self.declare(NameSpace::Source, &source.name).is_none() {
                continue;
            }
            if let Some(sum) = &source.sha256 {
                let is_hex = sum.text.len() == 64 && sum.text.bytes().all(|byte| byte.is_ascii_hexdigit());
                // Three dots stand for a sum that is yet to be computed.
                if !is_hex && !sum.text.is_empty() && sum.text != "…" {
                    self.report(report::malformed_checksum(sum.span));
                }
            }
            let text = |quoted: &Option<tree::Quoted>| quoted.as_ref().map(|quoted| quoted.text.clone());
            let named = self.named(language, &source.name, &source.title);
            self.out.documents.push(Document {
                named,
                publisher: text(&source.publisher),
                file: text(&source.file),
                sha256: text(&source.sha256),
            });
        }
    }

    /// What something rests on.
    pub(super) fn grounds(&mut self, grounds: &tree::Grounds) -> Grounds {
        let mut lowered = Grounds::default();
        for citation in &grounds.citations {
            if let Some(id) = self.citation(citation) {
                lowered.citations.push(id);
            }
        }
        for reading in &grounds.readings {
            if let Some(id) = self.find(NameSpace::Reading, reading) {
                lowered.readings.push(ReadingId::at(id));
            }
        }
        lowered
    }

    pub(super) fn citation(&mut self, citation: &tree::Citation) -> Option<CitationId> {
        let document = self.find(NameSpace::Source, &citation.source);
        if let Some(anchor) = &citation.anchor
            && !is_anchor(&anchor.text)
        {
            self.report(report::malformed_anchor(&anchor.text, anchor.span));
        }
        let cited = Citation {
            document: DocumentId::at(document?),
            section: citation.section.as_ref().map(|section| section.text.clone()),
            anchor: citation.anchor.as_ref().map(|anchor| anchor.text.clone()),
            number: citation.number.map(|(number, _)| number),
            span: citation.span,
        };
        // One sentence cited in several places is one citation.
        let sentence = (cited.document, cited.section.clone(), cited.anchor.clone(), cited.number);
        let next = CitationId::at(self.out.citations.len());
        let id = *self.cited.entry(sentence).or_insert(next);
        if id == next {
            self.out.citations.push(cited);
        }
        Some(id)
    }

    /// Takes in the sentences that no rule expresses.
    pub(super) fn left_out(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::LeftOut(left_out) = &item.kind else { continue };
            let grounds = self.grounds(&left_out.grounds);
            let reason = self.title(language, "", &left_out.reason);
            self.out.left_out.push(LeftOut { grounds, reason, span: item.span });
        }
    }
}

/// 8 hex digits, and perhaps a dot and 16 more.
fn is_anchor(text: &str) -> bool {
    let hex = |text: &str, len: usize| {
        text.len() == len && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    match text.split_once('.') {
        None => hex(text, 8),
        Some((sentence, words)) => hex(sentence, 8) && hex(words, 16),
    }
}
