//! How a sentence read before a small change, found out from its anchor alone.
//!
//! Rule files hold no text of the documents. But an anchor tells the right sentence from any other, so the changes that
//! people make can be undone one by one until the anchor fits: a word or a number exchanged, put in or taken out, words
//! added, two words swapped, a sentence divided. That a wrong guess fits has a chance of one in four thousand million.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// Tries the small changes that may have led to a sentence.
pub(super) struct Undo<'a> {
    /// The hashes of the sentences looked for.
    pub wanted: &'a BTreeSet<u32>,
    /// The words that may have stood there.
    pub vocabulary: &'a [String],
    /// How many more guesses may be made.
    pub guesses: usize,
}

/// Words that policies exchange, beside those of the document.
const EXCHANGED: &[&str] = &[
    "senast",
    "tidigast",
    "minst",
    "högst",
    "före",
    "efter",
    "innan",
    "inom",
    "från",
    "till",
    "med",
    "utan",
    "och",
    "eller",
    "ska",
    "skall",
    "kan",
    "får",
    "bör",
    "måste",
    "inte",
    "ej",
    "alltid",
    "aldrig",
    "även",
    "dock",
    "endast",
    "skriftligt",
    "skriftligen",
    "muntligt",
    "omgående",
    "snarast",
    "genast",
    "dag",
    "dagar",
    "dagars",
    "vecka",
    "veckor",
    "veckors",
    "månad",
    "månader",
    "månaders",
    "år",
    "års",
    "timmar",
    "minuter",
    "arbetsdagar",
    "en",
    "ett",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
    "fjorton",
    "femton",
    "arton",
    "tjugo",
    "trettio",
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "nästa",
    "samma",
    "nästkommande",
    "hela",
    "varje",
    "varannan",
    "kommunen",
    "utföraren",
];

/// The words that may have stood in a document: its own, those that policies exchange, and numbers.
pub(super) fn vocabulary<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: BTreeSet<String> = EXCHANGED.iter().map(|word| (*word).to_owned()).collect();
    for word in words {
        all.insert(bare(word).0.to_owned());
        all.insert(word.to_owned());
    }
    for number in 0..=100 {
        all.insert(number.to_string());
    }
    for day in 1..=31 {
        let ending = if matches!(day, 1 | 2 | 21 | 22 | 31) { "a" } else { "e" };
        all.insert(format!("{day}:{ending}"));
    }
    all.remove("");
    all.into_iter().collect()
}

/// A word and the signs after it.
fn bare(word: &str) -> (&str, &str) {
    let stem = word.trim_end_matches(['.', ',', ';', ':', '?', '!']);
    (stem, word.get(stem.len()..).unwrap_or(""))
}

impl Undo<'_> {
    /// The sentence before the change, if one of those looked for can be told: its hash and its words.
    pub fn undo(&mut self, words: &[&str]) -> Option<(u32, Vec<String>)> {
        self.without_added(words)
            .or_else(|| self.swapped(words))
            .or_else(|| self.signs(words))
            .or_else(|| self.exchanged(words))
    }

    /// Two sentences that may have been one.
    pub fn undo_division(&mut self, first: &[&str], second: &[&str]) -> Option<(u32, Vec<String>)> {
        let (last, before) = first.split_last()?;
        let (next, after) = second.split_first()?;
        let small = lower_first(next);
        for end in [bare(last).0.to_owned(), format!("{},", bare(last).0)] {
            for link in [None, Some("och"), Some("men"), Some("samt")] {
                let words = before.iter().copied().chain([end.as_str()]).chain(link).chain([small.as_str()]);
                let words: Vec<&str> = words.chain(after.iter().copied()).collect();
                let found = self.fits(&words);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Whether words are one of the sentences looked for.
    fn fits(&mut self, words: &[&str]) -> Option<(u32, Vec<String>)> {
        self.guesses = self.guesses.checked_sub(1)?;
        let hash = super::anchor::hash(&words.join(" "));
        self.wanted.contains(&hash).then(|| (hash, words.iter().map(|word| (*word).to_owned()).collect()))
    }

    /// Words were added in one place.
    fn without_added(&mut self, words: &[&str]) -> Option<(u32, Vec<String>)> {
        for first in 0..words.len() {
            for after in first.saturating_add(1)..=words.len() {
                let (head, tail) = (words.get(..first)?, words.get(after..)?);
                let mut kept: Vec<String> = head.iter().chain(tail).map(|word| (*word).to_owned()).collect();
                if kept.is_empty() {
                    continue;
                }
                let as_they_are: Vec<&str> = kept.iter().map(String::as_str).collect();
                if let Some(found) = self.fits(&as_they_are) {
                    return Some(found);
                }
                // What was added at the end or the beginning took the full stop or the capital with it.
                if tail.is_empty() {
                    let ending = bare(words.last()?).1;
                    let last = kept.last_mut()?;
                    *last = format!("{}{ending}", bare(last).0);
                } else if head.is_empty() {
                    let begin = kept.first_mut()?;
                    *begin = upper_first(begin);
                } else {
                    continue;
                }
                let mended: Vec<&str> = kept.iter().map(String::as_str).collect();
                if let Some(found) = self.fits(&mended) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Two words that stand beside each other were swapped, or one was moved.
    fn swapped(&mut self, words: &[&str]) -> Option<(u32, Vec<String>)> {
        for from in 0..words.len() {
            for to in 0..words.len() {
                let mut moved = words.to_vec();
                let word = moved.remove(from);
                moved.insert(to.min(moved.len()), word);
                if from != to
                    && let Some(found) = self.fits(&moved)
                {
                    return Some(found);
                }
            }
        }
        None
    }

    /// A sign after a word, or the size of its first letter, was changed.
    fn signs(&mut self, words: &[&str]) -> Option<(u32, Vec<String>)> {
        for place in 0..words.len() {
            let word = *words.get(place)?;
            let stem = bare(word).0;
            let with = |sign: &str| format!("{stem}{sign}");
            let variants = [
                with(""),
                with("."),
                with(","),
                with(";"),
                with(":"),
                with("!"),
                lower_first(word),
                upper_first(word),
            ];
            for variant in &variants {
                let mut changed = words.to_vec();
                if let Some(slot) = changed.get_mut(place) {
                    *slot = variant;
                }
                if let Some(found) = self.fits(&changed) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// A word was exchanged for another, or taken out.
    fn exchanged(&mut self, words: &[&str]) -> Option<(u32, Vec<String>)> {
        let vocabulary = self.vocabulary;
        for place in 0..=words.len() {
            let mut before = Sha256::new();
            for word in words.get(..place)? {
                before.update(word.as_bytes());
                before.update(b" ");
            }
            let here = words.get(place);
            let signs = here.map_or("", |word| bare(word).1);
            let rest = |from: usize| {
                let tail: Vec<&str> = words.get(from..).unwrap_or_default().to_vec();
                if tail.is_empty() { String::new() } else { format!(" {}", tail.join(" ")) }
            };
            let (taken_out, exchanged) = (rest(place), rest(place.saturating_add(1)));
            for word in vocabulary {
                let mut tries = vec![("", &taken_out)];
                if here.is_some() {
                    tries.push(("", &exchanged));
                    if !signs.is_empty() && !word.ends_with(signs) {
                        tries.push((signs, &exchanged));
                    }
                }
                for (signs, tail) in tries {
                    self.guesses = self.guesses.checked_sub(1)?;
                    let mut sum = before.clone();
                    for part in [word.as_str(), signs, tail.as_str()] {
                        sum.update(part.as_bytes());
                    }
                    let hash = match *sum.finalize().as_slice() {
                        [a, b, c, d, ..] => u32::from_be_bytes([a, b, c, d]),
                        _ => continue,
                    };
                    if self.wanted.contains(&hash) {
                        let head = words.get(..place)?.iter().map(|word| (*word).to_owned());
                        let tail = tail.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
                        return Some((hash, head.chain([format!("{word}{signs}")]).chain(tail).collect()));
                    }
                }
            }
        }
        None
    }
}

fn lower_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
