//! The citations of one document traced to their sentences: found, told apart where several are alike, looked for where
//! they are lost.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{Claim, Meant, settle};
use super::anchor::Anchor;
use super::citing::Citing;
use super::difference::Difference;
use super::document::Document;
use super::nearest::{Lost, Near, Search};
use super::outline::Outline;
use super::sentence::{Run, find};
use super::trace::{Earlier, Standing, Traced, Uncited, Unsearched, section_of};
use super::wording::wordings;
use crate::program::{CitationId, DocumentId, Program};

/// One document and the citations of it.
pub(super) struct OneDocument<'a> {
    pub program: &'a Program,
    pub document: &'a Document,
    pub earlier: &'a Earlier,
    pub citing: &'a [Citing],
    pub own: &'a [CitationId],
    pub traced: &'a mut Vec<Traced>,
}

impl OneDocument<'_> {
    /// Traces them, and gives the sentences that look like deadlines and are nobody's.
    pub fn trace(&mut self, id: DocumentId) -> Vec<Uncited> {
        let mut anchors: BTreeMap<u32, Vec<(CitationId, Anchor)>> = BTreeMap::new();
        for id in self.own {
            match self.anchor(*id) {
                Some(anchor) => anchors.entry(anchor.hash).or_default().push((*id, anchor)),
                None => self.set(*id, Standing::NotSearched(Unsearched::NoAnchor)),
            }
        }
        let mut places: BTreeMap<u32, Vec<Run>> = BTreeMap::new();
        find(&self.document.sentences, &|hash| anchors.contains_key(&hash), |hash, run| {
            places.entry(hash).or_default().push(run);
        });
        let mut claimed: BTreeSet<usize> =
            places.values().flatten().flat_map(|run| run.first..=run.last).collect();
        let program = self.program;
        let named: BTreeSet<&str> = self.own.iter().filter_map(|id| section_of(program, *id)).collect();
        let named: Vec<&str> = named.into_iter().collect();
        let mut outline = Outline::new(&self.document.sentences, &named, &|place| claimed.contains(&place));
        let votes: Vec<(&str, Run)> = anchors
            .iter()
            .filter_map(|(hash, citations)| Some((places.get(hash)?, citations)))
            .filter(|(runs, _)| runs.len() == 1)
            .flat_map(|(runs, citations)| {
                citations.iter().flat_map(move |(id, _)| runs.iter().map(move |run| (*id, *run)))
            })
            .filter_map(|(id, run)| Some((section_of(program, id)?, run)))
            .collect();
        outline.learn_titles_below(&votes);
        let mut lost: Vec<(CitationId, Anchor)> = Vec::new();
        let alike = |anchor: &Anchor| places.get(&anchor.hash).map_or(0, Vec::len);
        for (hash, citations) in &anchors {
            let runs = places.get(hash).map_or(&[][..], Vec::as_slice);
            self.settle(citations, runs, &outline, &mut lost);
        }
        lost.sort_by_key(|(id, _)| *id);
        self.find_lost(&lost, &alike, &outline, &mut claimed);
        self.uncited(id, &outline, &claimed)
    }

    fn anchor(&self, id: CitationId) -> Option<Anchor> {
        self.program.citations.get(id.index())?.anchor.as_deref()?.parse().ok()
    }

    fn set(&mut self, id: CitationId, standing: Standing) {
        if let Some(slot) = self.traced.get_mut(id.index()) {
            slot.standing = standing;
        }
    }

    /// The citations of one anchor.
    fn settle(
        &mut self,
        citations: &[(CitationId, Anchor)],
        runs: &[Run],
        outline: &Outline,
        lost: &mut Vec<(CitationId, Anchor)>,
    ) {
        let fits = |id: CitationId, run: &Run| match section_of(self.program, id) {
            Some(section) => outline.stands_in(run.first, section),
            None => true,
        };
        let claims: Vec<Claim> = citations
            .iter()
            .map(|(id, _)| Claim {
                number: self.program.citations.get(id.index()).and_then(|citation| citation.number),
                sectioned: section_of(self.program, *id).is_some(),
                fits: runs.iter().map(|run| fits(*id, run)).collect(),
            })
            .collect();
        let meant = settle(&claims, runs);
        for (((id, anchor), claim), meant) in citations.iter().zip(&claims).zip(meant) {
            let known = section_of(self.program, *id).is_none_or(|section| outline.has(section));
            match meant {
                Meant::Nothing => lost.push((*id, *anchor)),
                Meant::Several => self.set(*id, Standing::Ambiguous(runs.to_vec())),
                Meant::Place(place) => {
                    let Some(run) = runs.get(place) else { continue };
                    self.set(*id, Standing::Found(*run));
                    if known && !claim.fits.get(place).copied().unwrap_or(true) {
                        self.set_moved(*id, outline.section(run.first));
                    }
                }
            }
            if !known && let Some(slot) = self.traced.get_mut(id.index()) {
                slot.unknown_section = true;
            }
        }
    }

    fn set_moved(&mut self, id: CitationId, section: Option<String>) {
        if let Some(slot) = self.traced.get_mut(id.index()) {
            slot.moved = Some(section);
        }
    }

    /// The citations whose sentences are not there.
    fn find_lost(
        &mut self,
        lost: &[(CitationId, Anchor)],
        alike: &dyn Fn(&Anchor) -> usize,
        outline: &Outline,
        claimed: &mut BTreeSet<usize>,
    ) {
        if lost.is_empty() {
            return;
        }
        let about: Vec<String> = lost.iter().map(|(id, _)| self.about(*id)).collect();
        let asked: Vec<Lost<'_>> = lost
            .iter()
            .zip(&about)
            .map(|((id, anchor), about)| Lost {
                anchor: *anchor,
                section: section_of(self.program, *id),
                text: self.earlier.cited.get(id).cloned(),
                about,
            })
            .collect();
        let document = self.document;
        let found = Search { document, outline, claimed, known: &self.earlier.all }.nearest(&asked);
        for ((id, anchor), near) in lost.iter().zip(found) {
            let alike = alike(anchor);
            let standing = match near {
                Some(Near { run, before, same: true }) => {
                    let difference = before.map(|before| Difference::between(&before, &document.text(run)));
                    if let Some(section) = section_of(self.program, *id)
                        && outline.has(section)
                        && !outline.stands_in(run.first, section)
                    {
                        self.set_moved(*id, outline.section(run.first));
                    }
                    Standing::Changed { now: run, difference }
                }
                Some(Near { run, .. }) => Standing::Gone { nearest: Some(run), alike },
                None => Standing::Gone { nearest: None, alike },
            };
            self.set(*id, standing);
        }
    }

    /// What the parts that cite a sentence say of themselves.
    fn about(&self, id: CitationId) -> String {
        let own = self.citing.iter().filter(|citing| citing.citations.contains(&id));
        own.map(|citing| format!("{} {}", citing.name.replace('_', " "), citing.title.sv))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The sentences that look like deadlines and are nobody's.
    fn uncited(&self, id: DocumentId, outline: &Outline, claimed: &BTreeSet<usize>) -> Vec<Uncited> {
        let mut found = Vec::new();
        for (place, sentence) in self.document.sentences.iter().enumerate() {
            if claimed.contains(&place) || sentence.entry || outline.is_certain_heading(place) {
                continue;
            }
            let wordings = wordings(&sentence.words);
            // A day alone heads what follows, as in news.
            let all =
                wordings.iter().map(|wording| wording.last.saturating_sub(wording.first).saturating_add(1));
            if wordings.is_empty() || all.sum::<usize>() >= sentence.words.len() && sentence.words.len() <= 3
            {
                continue;
            }
            let section = outline.section(place);
            found.push(Uncited { document: id, run: Run::one(place), section, wordings });
        }
        found
    }
}
