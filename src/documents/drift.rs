//! What has become of the cited sentences in newer documents, rule by rule.

use std::collections::BTreeMap;

use super::difference::Difference;
use super::document::{Document, Documents};
use super::sentence::{Run, Sentence};
use super::trace::{Earlier, Standing, Trace, Uncited, trace};
use crate::program::{CitationId, Program};

/// The documents that rules were written from, compared with newer ones.
#[derive(Clone, Debug)]
pub struct Drift {
    /// The citations in the older documents.
    pub older: Trace,
    /// The citations in the newer documents.
    pub newer: Trace,
    /// For each citation of the program, what has become of its sentence.
    pub changes: Vec<Change>,
    /// Sentences that look like deadlines, are in the newer documents only, and that nobody cites.
    pub added: Vec<Uncited>,
}

/// What has become of a cited sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands where it stood, word for word.
    Unchanged,
    /// It reads as before and stands elsewhere.
    Moved {
        /// Where it stood.
        from: Place,
        /// Where it stands.
        to: Place,
    },
    /// It cannot be compared: a document is not at hand, or the older one does not have it.
    NotCompared,
    /// The newer document has it several times.
    Ambiguous,
    /// It reads otherwise.
    Reworded {
        /// Where it stood.
        from: Place,
        /// Where it stands.
        to: Place,
        /// The words.
        difference: Difference,
    },
    /// It is not in the newer document.
    Vanished {
        /// Where it stood.
        from: Place,
        /// How it read.
        text: String,
    },
}

impl Change {
    /// Its name for programs: `unchanged`, `moved`, `not_compared`, `ambiguous`, `reworded` or `vanished`.
    pub fn name(&self) -> &'static str {
        match self {
            Change::Unchanged => "unchanged",
            Change::Moved { .. } => "moved",
            Change::NotCompared => "not_compared",
            Change::Ambiguous => "ambiguous",
            Change::Reworded { .. } => "reworded",
            Change::Vanished { .. } => "vanished",
        }
    }

    /// How much it matters: the greatest of several counts.
    pub fn weight(&self) -> u8 {
        match self {
            Change::Unchanged => 0,
            Change::Moved { .. } => 1,
            Change::NotCompared => 2,
            Change::Ambiguous => 3,
            Change::Reworded { .. } => 4,
            Change::Vanished { .. } => 5,
        }
    }

    /// Whether the words that a rule rests on are no longer there.
    pub fn is_of_words(&self) -> bool {
        matches!(self, Change::Reworded { .. } | Change::Vanished { .. } | Change::Ambiguous)
    }
}

/// Where a sentence stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its line, from 1.
    pub line: u32,
    /// Its section; nothing when it stands under no heading.
    pub section: Option<String>,
}

impl Drift {
    /// Whether the words of any cited sentence have changed.
    pub fn has_changes(&self) -> bool {
        self.changes.iter().any(Change::is_of_words)
    }
}

/// Compares the older documents with newer ones.
pub(super) fn drift(program: &Program, older: &Documents, newer: &Documents) -> Drift {
    let before = trace(program, older, &Earlier::default());
    let ids = || (0..program.citations.len()).map(CitationId::at);
    let cited: BTreeMap<CitationId, String> =
        ids().filter_map(|id| Some((id, before.sentence(program, older, id)?))).collect();
    let sentences = older.all.iter().flat_map(|document| &document.sentences);
    let earlier = Earlier { cited, all: sentences.map(Sentence::text).collect() };
    let after = trace(program, newer, &earlier);
    let pairs = Pairs { program, older, newer, before: &before, after: &after };
    let out_of_order = pairs.out_of_order();
    let changes =
        ids().map(|id| pairs.change(id, out_of_order.contains(&id), earlier.cited.get(&id))).collect();
    let added = pairs.added();
    Drift { older: before, newer: after, changes, added }
}

/// Both sides.
struct Pairs<'a> {
    program: &'a Program,
    older: &'a Documents,
    newer: &'a Documents,
    before: &'a Trace,
    after: &'a Trace,
}

impl Pairs<'_> {
    /// Where the sentence of a citation stood and where it stands.
    fn runs(&self, id: CitationId) -> (Option<Run>, Option<Run>) {
        let run = |trace: &Trace| trace.citations.get(id.index()).and_then(|traced| traced.standing.run());
        (run(self.before), run(self.after))
    }

    /// Whether several citations have the same anchor.
    fn has_double(&self, id: CitationId) -> bool {
        let Some(citation) = self.program.citations.get(id.index()) else { return false };
        let alike = |other: &&crate::program::Citation| {
            (other.document, &other.anchor) == (citation.document, &citation.anchor)
        };
        self.program.citations.iter().filter(alike).count() > 1
    }

    /// The sections in which the sentence of a citation stood and stands.
    fn sections(&self, id: CitationId) -> Option<(Option<String>, Option<String>)> {
        let (old, new) = self.runs(id);
        let from = self.place(self.before, self.older, id, old?);
        let to = self.place(self.after, self.newer, id, new?);
        Some((from.section, to.section))
    }

    fn place(&self, trace: &Trace, documents: &Documents, id: CitationId, run: Run) -> Place {
        let document = trace.document(self.program, documents, id);
        let line = document.map_or(0, |document| document.line(run));
        let traced = trace.citations.get(id.index());
        let section = match traced.and_then(|traced| traced.moved.clone()) {
            Some(section) => section,
            None => self.program.citations.get(id.index()).and_then(|citation| citation.section.clone()),
        };
        Place { line, section }
    }

    fn change(&self, id: CitationId, out_of_order: bool, text: Option<&String>) -> Change {
        let standing = |trace: &Trace| trace.citations.get(id.index()).map(|traced| traced.standing.clone());
        let (Some(old), Some(text)) = (self.runs(id).0, text) else { return Change::NotCompared };
        let from = self.place(self.before, self.older, id, old);
        let to = |run| self.place(self.after, self.newer, id, run);
        let now = |run| {
            self.after.document(self.program, self.newer, id).map_or_else(String::new, |one| one.text(run))
        };
        match standing(self.after) {
            None | Some(Standing::NotSearched(_)) => Change::NotCompared,
            Some(Standing::Gone { .. }) => Change::Vanished { from, text: text.clone() },
            Some(Standing::Ambiguous(_)) => Change::Ambiguous,
            Some(Standing::Changed { now: run, .. }) if now(run) != *text => {
                Change::Reworded { from, to: to(run), difference: Difference::between(text, &now(run)) }
            }
            Some(Standing::Found(run) | Standing::Changed { now: run, .. }) => {
                let to = to(run);
                if out_of_order || from.section != to.section {
                    Change::Moved { from, to }
                } else {
                    Change::Unchanged
                }
            }
        }
    }

    /// The citations whose sentences no longer stand in the order in which most of them do.
    fn out_of_order(&self) -> Vec<CitationId> {
        let mut found = Vec::new();
        for document in (0..self.program.documents.len()).map(crate::program::DocumentId::at) {
            let own = (0..self.program.citations.len()).map(CitationId::at).filter(|id| {
                self.program.citations.get(id.index()).is_some_and(|citation| citation.document == document)
            });
            // What stands in another section has moved for certain, and says nothing of the order of the others.
            // Nor do sentences that are alike: which of them is which is told by their order in the first place.
            let own = own.filter(|id| !self.has_double(*id));
            let own = own.filter(|id| self.sections(*id).is_none_or(|(from, to)| from == to));
            let mut pairs: Vec<(Run, Run, CitationId)> = own
                .filter_map(|id| match self.runs(id) {
                    (Some(old), Some(new)) => Some((old, new, id)),
                    _ => None,
                })
                .collect();
            pairs.sort_unstable();
            let new: Vec<Run> = pairs.iter().map(|(_, new, _)| *new).collect();
            let kept = longest_in_order(&new);
            let left = pairs.iter().enumerate().filter(|(place, _)| !kept.contains(place));
            found.extend(left.map(|(_, (_, _, id))| *id));
        }
        found
    }

    /// What looks like a deadline and is not in the older document.
    fn added(&self) -> Vec<Uncited> {
        let of = |trace: &Trace, documents: &'_ Documents, uncited: &Uncited| -> Option<Document> {
            documents.all.get(trace.documents.get(uncited.document.index())?.at_hand?).cloned()
        };
        let is_new = |uncited: &&Uncited| {
            let Some(newer) = of(self.after, self.newer, uncited) else { return false };
            let Some(older) = of(self.before, self.older, uncited) else { return true };
            let words: Vec<&str> =
                older.sentences.iter().flat_map(|one| &one.words).map(|word| word.text.as_str()).collect();
            !format!(" {} ", words.join(" ")).contains(&format!(" {} ", newer.text(uncited.run)))
        };
        self.after.uncited.iter().filter(is_new).cloned().collect()
    }
}

/// The places of a longest stretch that rises or stays the same.
fn longest_in_order(all: &[Run]) -> Vec<usize> {
    // For each place the length of the longest one that ends there, and the place before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (place, run) in all.iter().enumerate() {
        let before = best
            .iter()
            .enumerate()
            .filter(|(earlier, _)| all.get(*earlier).is_some_and(|earlier| earlier <= run))
            .max_by_key(|(earlier, (length, _))| (*length, std::cmp::Reverse(place.abs_diff(*earlier))));
        best.push(
            before.map_or((1, None), |(earlier, (length, _))| (length.saturating_add(1), Some(earlier))),
        );
    }
    let mut found = Vec::new();
    let mut at = (0..best.len()).max_by_key(|place| best.get(*place).map_or(0, |(length, _)| *length));
    while let Some(place) = at {
        found.push(place);
        at = best.get(place).and_then(|(_, before)| *before);
    }
    found
}
