//! The sentence that a lost citation most likely meant.

use std::collections::BTreeSet;

use super::anchor::Anchor;
use super::difference::likeness;
use super::document::Document;
use super::outline::Outline;
use super::sentence::Run;
use super::undo::{Undo, vocabulary};
use super::wording::wordings;

/// A citation whose sentence is not there.
pub(super) struct Lost<'a> {
    /// What is known of the sentence.
    pub anchor: Anchor,
    /// Where it stood.
    pub section: Option<&'a str>,
    /// The sentence itself, when an older document has it.
    pub text: Option<String>,
    /// What the rules that cite it say in their titles.
    pub about: &'a str,
}

/// What a lost citation most likely meant.
#[derive(Clone, Debug)]
pub(super) struct Near {
    /// The sentences that stand there now.
    pub run: Run,
    /// How they read before, when that is known.
    pub before: Option<String>,
    /// They are the sentence, changed, rather than only the nearest that there is.
    pub same: bool,
}

/// So many guesses are made for one document.
const GUESSES: usize = 1_000_000;
/// With more lost sentences than this, a guess must fit the section, too.
const MANY: usize = 20;
/// Of 64 bits, so many may differ between a sentence and the same reworded; of two that have nothing to do with each
/// other, 32 do.
const FARTHEST: u32 = 18;
/// So alike, in thousandths, two texts of the same sentence are.
const ALIKE: u32 = 500;

/// What is looked through: the sentences of a document that nobody has found a citation for.
pub(super) struct Search<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its headings.
    pub outline: &'a Outline,
    /// The sentences that are spoken for.
    pub claimed: &'a mut BTreeSet<usize>,
    /// The sentences of older documents: one of them is no other one reworded.
    pub known: &'a BTreeSet<String>,
}

impl Search<'_> {
    /// For each lost citation what it most likely meant; what it means is spoken for.
    pub fn nearest(&mut self, lost: &[Lost<'_>]) -> Vec<Option<Near>> {
        let mut found: Vec<Option<Near>> = lost.iter().map(|_| None).collect();
        self.by_text(lost, &mut found);
        self.by_undoing(lost, &mut found);
        self.by_similarity(lost, &mut found);
        self.by_wording(lost, &mut found);
        found
    }

    /// The sentences that may be meant.
    fn free(&self) -> Vec<usize> {
        let all = self.document.sentences.iter().enumerate();
        let free = all.filter(|(place, one)| {
            let letters =
                one.words.iter().flat_map(|word| word.text.chars()).filter(|letter| letter.is_alphabetic());
            !self.claimed.contains(place)
                && !one.entry
                && !self.outline.is_certain_heading(*place)
                && letters.count() >= 3
        });
        free.map(|(place, _)| place).collect()
    }

    fn take(&mut self, run: Run) {
        self.claimed.extend(run.first..=run.last);
    }

    fn is_in(&self, place: usize, section: Option<&str>) -> bool {
        section.is_some_and(|section| self.outline.stands_in(place, section))
    }

    /// By the words of the old sentence: the most alike first, of the same section before others.
    fn by_text(&mut self, lost: &[Lost<'_>], found: &mut [Option<Near>]) {
        let free = self.free();
        let mut pairs = Vec::new();
        for (number, lost) in lost.iter().enumerate() {
            let Some(old) = &lost.text else { continue };
            let old_words: Vec<&str> = old.split(' ').collect();
            for place in &free {
                for run in [Run::one(*place), Run { first: *place, last: place.saturating_add(1) }] {
                    if run.last != *place && !free.contains(&run.last) {
                        continue;
                    }
                    let new = self.document.text(run);
                    if new != *old && self.known.contains(&new) {
                        continue;
                    }
                    let alike = likeness(&old_words, &new.split(' ').collect::<Vec<_>>());
                    if alike >= ALIKE {
                        let elsewhere = !self.is_in(*place, lost.section);
                        pairs.push((elsewhere, std::cmp::Reverse(alike), number, run));
                    }
                }
            }
        }
        pairs.sort();
        for (_, _, number, run) in pairs {
            let taken = (run.first..=run.last).any(|place| self.claimed.contains(&place));
            if let Some(slot) = found.get_mut(number)
                && slot.is_none()
                && !taken
            {
                let before = lost.get(number).and_then(|lost| lost.text.clone());
                *slot = Some(Near { run, before, same: true });
                self.take(run);
            }
        }
    }

    /// By undoing small changes until an anchor fits.
    fn by_undoing(&mut self, lost: &[Lost<'_>], found: &mut [Option<Near>]) {
        let open = |found: &[Option<Near>]| -> Vec<usize> {
            let open = lost
                .iter()
                .zip(found)
                .enumerate()
                .filter(|(_, (lost, near))| near.is_none() && lost.text.is_none());
            open.map(|(number, _)| number).collect()
        };
        if open(found).is_empty() {
            return;
        }
        let words = self.document.sentences.iter().flat_map(|one| &one.words).map(|word| word.text.as_str());
        let of_rules = lost.iter().flat_map(|lost| lost.about.split(' '));
        let vocabulary = vocabulary(words.chain(of_rules));
        let mut guesses = GUESSES;
        let mut candidates = self.free();
        let near = |place: &usize| {
            open(found)
                .iter()
                .any(|number| lost.get(*number).is_some_and(|lost| self.is_in(*place, lost.section)))
        };
        let (same, other): (Vec<usize>, Vec<usize>) = candidates.drain(..).partition(near);
        candidates = same;
        candidates.extend(other);
        for place in candidates {
            let open = open(found);
            let wanted: BTreeSet<u32> =
                open.iter().filter_map(|number| lost.get(*number)).map(|lost| lost.anchor.hash).collect();
            if wanted.is_empty() || guesses == 0 {
                return;
            }
            if self.claimed.contains(&place) {
                continue;
            }
            // A word exchanged is looked for where the sentence stood; elsewhere that would be too many guesses.
            let here = open.iter().any(|number| {
                lost.get(*number)
                    .is_some_and(|lost| lost.section.is_none() || self.is_in(place, lost.section))
            });
            let vocabulary = if here { vocabulary.as_slice() } else { &[] };
            let mut undo = Undo { wanted: &wanted, vocabulary, guesses };
            let own = self.document.text(Run::one(place));
            let own: Vec<&str> = own.split(' ').collect();
            let next = place.saturating_add(1);
            let mut run = Run::one(place);
            let mut undone = undo.undo(&own);
            if undone.is_none() && !self.claimed.contains(&next) && next < self.document.sentences.len() {
                run = Run { first: place, last: next };
                let following = self.document.text(Run::one(next));
                undone = undo.undo_division(&own, &following.split(' ').collect::<Vec<_>>());
            }
            guesses = undo.guesses;
            let Some((hash, words)) = undone else { continue };
            let fitting = open
                .into_iter()
                .filter(|number| lost.get(*number).is_some_and(|lost| lost.anchor.hash == hash));
            let mut fitting: Vec<usize> = fitting.collect();
            fitting.sort_by_key(|number| !self.is_in(place, lost.get(*number).and_then(|lost| lost.section)));
            let Some(number) = fitting.first().copied() else { continue };
            let in_section = self.is_in(place, lost.get(number).and_then(|lost| lost.section));
            if let Some(slot) = found.get_mut(number)
                && (in_section || wanted.len() <= MANY)
            {
                *slot = Some(Near { run, before: Some(words.join(" ")), same: true });
                self.take(run);
            }
        }
    }

    /// By the similarity that an anchor may hold after its dot.
    fn by_similarity(&mut self, lost: &[Lost<'_>], found: &mut [Option<Near>]) {
        let mut pairs = Vec::new();
        for (number, lost) in lost.iter().enumerate() {
            let Some(bits) = lost.anchor.similarity else { continue };
            for place in self.free() {
                let other = Anchor::with_similarity(&self.document.text(Run::one(place)));
                let apart = other.similarity.map_or(u32::MAX, |other| (other ^ bits).count_ones());
                if apart <= FARTHEST {
                    pairs.push((!self.is_in(place, lost.section), apart, number, place));
                }
            }
        }
        pairs.sort_unstable();
        for (_, _, number, place) in pairs {
            if let Some(slot) = found.get_mut(number)
                && slot.is_none()
                && !self.claimed.contains(&place)
            {
                *slot = Some(Near { run: Run::one(place), before: None, same: true });
                self.take(Run::one(place));
            }
        }
    }

    /// By what the citing rules are about, and by what looks like a deadline and is nobody's: in the same section alone.
    fn by_wording(&mut self, lost: &[Lost<'_>], found: &mut [Option<Near>]) {
        let mut pairs = Vec::new();
        for (number, lost) in lost.iter().enumerate() {
            let about = stems(lost.about);
            for place in self.free() {
                if lost.text.is_some() || !self.is_in(place, lost.section) || self.outline.is_heading(place) {
                    continue;
                }
                let words = stems(&self.document.text(Run::one(place)));
                let shared = words.intersection(&about).count();
                let deadline =
                    self.document.sentences.get(place).is_some_and(|one| !wordings(&one.words).is_empty());
                let same = deadline || shared >= 3;
                if same || shared > 0 {
                    pairs.push((!same, std::cmp::Reverse(shared), number, place));
                }
            }
        }
        pairs.sort_unstable();
        for (other, _, number, place) in pairs {
            if let Some(slot) = found.get_mut(number)
                && slot.is_none()
                && !self.claimed.contains(&place)
            {
                *slot = Some(Near { run: Run::one(place), before: None, same: !other });
                if !other {
                    self.take(Run::one(place));
                }
            }
        }
    }
}

/// The beginnings of the longer words of a text.
fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() >= 5);
    long.map(|word| word.to_lowercase().chars().take(6).collect()).collect()
}
