//! Every citation of a ruleset traced to its sentence, and the sentences that look like deadlines and have no citation.

use std::collections::{BTreeMap, BTreeSet};

use super::citing::{Citing, citing};
use super::difference::Difference;
use super::document::{Document, Documents};
use super::one_document::OneDocument;
use super::sentence::Run;
use super::wording::Wording;
use crate::program::{CitationId, DocumentId, Program};

/// What became of the citations of a ruleset in the documents at hand.
#[derive(Clone, Debug)]
pub struct Trace {
    /// For each citation of the program, in its order.
    pub citations: Vec<Traced>,
    /// For each document that the rules cite, in the order of the program.
    pub documents: Vec<Searched>,
    /// Sentences that look like deadlines, that no citation means and nobody has left out, in the order of the
    /// documents.
    pub uncited: Vec<Uncited>,
    /// Who cites what.
    pub citing: Vec<Citing>,
}

/// A citation and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// Whether the sentence is there.
    pub standing: Standing,
    /// The section in which the sentence stands, when it is another than the one cited; nothing in it when it stands
    /// under no heading.
    pub moved: Option<Option<String>>,
    /// The section cited is not in the document.
    pub unknown_section: bool,
}

/// Whether the sentence of a citation is in its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is there, word for word.
    Found(Run),
    /// It is there with other words.
    Changed {
        /// The sentence as it is now.
        now: Run,
        /// What has changed, when that can be told.
        difference: Option<Difference>,
    },
    /// It is not there.
    Gone {
        /// The sentence that is nearest to what the rules say, in the same section.
        nearest: Option<Run>,
        /// How many sentences have the anchor, all of them meant by other citations.
        alike: usize,
    },
    /// Several sentences have the anchor, and the citation does not say which.
    Ambiguous(Vec<Run>),
    /// Nobody has looked.
    NotSearched(Unsearched),
}

impl Trace {
    /// The parts of the ruleset that cite a sentence.
    pub fn citing(&self, id: CitationId) -> impl Iterator<Item = &Citing> {
        self.citing.iter().filter(move |citing| citing.citations.contains(&id))
    }

    /// The document of a citation among those at hand.
    pub fn document<'a>(
        &self,
        program: &Program,
        documents: &'a Documents,
        id: CitationId,
    ) -> Option<&'a Document> {
        let cited = program.citations.get(id.index())?.document;
        documents.all.get(self.documents.get(cited.index())?.at_hand?)
    }

    /// The sentence of a citation as it stands in the document, if there is one that is meant.
    pub fn sentence(&self, program: &Program, documents: &Documents, id: CitationId) -> Option<String> {
        let run = self.citations.get(id.index())?.standing.run()?;
        Some(self.document(program, documents, id)?.text(run))
    }

    /// How many citations stand so: `found`, `changed` and so on.
    pub fn count(&self, standing: &str) -> usize {
        self.citations.iter().filter(|traced| traced.standing.name() == standing).count()
    }
}

impl Standing {
    /// Its name for programs: `found`, `changed`, `gone`, `ambiguous` or `not_searched`.
    pub fn name(&self) -> &'static str {
        match self {
            Standing::Found(_) => "found",
            Standing::Changed { .. } => "changed",
            Standing::Gone { .. } => "gone",
            Standing::Ambiguous(_) => "ambiguous",
            Standing::NotSearched(_) => "not_searched",
        }
    }

    /// The sentence as it stands in the document, if there is one that is meant.
    pub fn run(&self) -> Option<Run> {
        match self {
            Standing::Found(run) | Standing::Changed { now: run, .. } => Some(*run),
            _ => None,
        }
    }
}

/// Why a citation was not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsearched {
    /// The source names no file.
    NoFile,
    /// Its file is not among the documents at hand.
    Absent,
    /// Its file does not look like text.
    Illegible,
    /// The citation has no anchor.
    NoAnchor,
}

impl Unsearched {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Unsearched::NoFile => "no_file",
            Unsearched::Absent => "absent",
            Unsearched::Illegible => "illegible",
            Unsearched::NoAnchor => "no_anchor",
        }
    }
}

/// A document that rules cite, and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// Its place among the documents at hand.
    pub at_hand: Option<usize>,
    /// The file is not the one whose checksum the rules declare.
    pub other_file: bool,
}

/// A sentence that looks like a deadline and that nobody cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncited {
    /// The document, in the program.
    pub document: DocumentId,
    /// The sentence.
    pub run: Run,
    /// The section in which it stands.
    pub section: Option<String>,
    /// Why it looks like a deadline.
    pub wordings: Vec<Wording>,
}

/// What older documents tell.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// The sentences that citations mean.
    pub cited: BTreeMap<CitationId, String>,
    /// Every sentence.
    pub all: BTreeSet<String>,
}

/// Traces every citation of a ruleset.
pub(super) fn trace(program: &Program, documents: &Documents, earlier: &Earlier) -> Trace {
    let citing = citing(program);
    let blank = || Traced {
        standing: Standing::NotSearched(Unsearched::NoFile),
        moved: None,
        unknown_section: false,
    };
    let mut traced: Vec<Traced> = program.citations.iter().map(|_| blank()).collect();
    let mut searched = Vec::new();
    let mut uncited = Vec::new();
    for (id, cited) in (0..).map(DocumentId).zip(&program.documents) {
        let at_hand = cited.file.as_deref().and_then(|name| {
            let found = documents.named(name)?;
            documents.all.iter().position(|one| std::ptr::eq(one, found))
        });
        let document = at_hand.and_then(|place| documents.all.get(place));
        let declared = cited.sha256.as_deref().filter(|sum| sum.len() == 64);
        let other_file = document.is_some_and(|document| {
            declared.is_some_and(|declared| !declared.eq_ignore_ascii_case(&document.sha256))
        });
        searched.push(Searched { at_hand, other_file });
        let own: Vec<CitationId> = (0..program.citations.len())
            .map(CitationId::at)
            .filter(|own| program.citations.get(own.index()).is_some_and(|citation| citation.document == id))
            .collect();
        let why_not = match document {
            None if cited.file.is_none() => Some(Unsearched::NoFile),
            None => Some(Unsearched::Absent),
            Some(document) if !document.is_legible() => Some(Unsearched::Illegible),
            Some(_) => None,
        };
        if let (None, Some(document)) = (why_not, document) {
            let mut one =
                OneDocument { program, document, earlier, citing: &citing, own: &own, traced: &mut traced };
            uncited.extend(one.trace(id));
        } else {
            for id in own {
                if let (Some(slot), Some(why)) = (traced.get_mut(id.index()), why_not) {
                    slot.standing = Standing::NotSearched(why);
                }
            }
        }
    }
    Trace { citations: traced, documents: searched, uncited, citing }
}

/// The section that a citation names.
pub(super) fn section_of(program: &Program, id: CitationId) -> Option<&str> {
    program.citations.get(id.index())?.section.as_deref()
}
