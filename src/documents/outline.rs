//! Headings of a document, and the section in which a sentence stands.
//!
//! A text has no headings, only lines that look like some. Those that somebody names are certain: the sections that rules
//! cite, and the entries of a table of contents. Others are guessed from their form; a guess is good enough to tell a
//! reader where a sentence stands, but no ground to say that it has been moved.

use super::line::{Gap, entry_name, is_dash};
use super::sentence::{Sentence, is_finished, join};

/// A line that heads a section.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Its first sentence: `1. Bemötande` is two.
    pub first: usize,
    /// Its last sentence.
    pub last: usize,
    /// Its words.
    pub text: String,
    /// Those on its first line.
    line: String,
    /// Somebody names it.
    pub certain: bool,
    /// It stands below what it heads, as the titles of slides do in some extracted texts.
    pub below: bool,
}

/// The headings of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    headings: Vec<Heading>,
    /// The sections that rules cite.
    paths: Vec<String>,
    /// The sentences that begin pages, as far as empty lines tell.
    pages: Vec<usize>,
}

/// So many letters make a line too long for a heading.
const LONGEST: usize = 90;

impl Heading {
    /// Whether a section's name means this heading.
    fn is_named(&self, name: &str) -> bool {
        names(name, &self.text) || name == self.line
    }
}

impl Outline {
    /// Finds the headings. `named` are the sections that rules cite; `cited` tells which sentences are cited
    /// for themselves, which are no headings unless they are named.
    pub fn new(sentences: &[Sentence], named: &[&str], cited: &dyn Fn(usize) -> bool) -> Outline {
        let entries: Vec<String> =
            sentences.iter().filter(|one| one.entry).map(|one| entry_name(&one.words)).collect();
        let mut headings = Vec::new();
        let mut first = 0;
        while let Some(sentence) = sentences.get(first) {
            let last = line_end(sentences, first);
            let text = text(sentences, first, last);
            let line = if last == first { join(sentence.on_first_line()) } else { text.clone() };
            let mut heading = Heading { first, last, text, line, certain: false, below: false };
            heading.certain = !sentence.entry
                && (named.iter().any(|name| parts(name).any(|part| heading.is_named(part)))
                    || entries.contains(&heading.text))
                && sentence.bullet.is_none();
            let alone = (first..=last).all(|place| !cited(place));
            if heading.certain || (alone && looks_like_one(sentences, first, last, &heading.text)) {
                headings.push(heading);
            }
            first = last.saturating_add(1);
        }
        let paths = named.iter().map(|name| (*name).to_owned()).collect();
        let mut outline = Outline { headings, paths, pages: Vec::new() };
        outline.find_titles_below(sentences);
        outline
    }

    /// The titles that stand below: the last line of a page that has begun otherwise.
    fn find_titles_below(&mut self, sentences: &[Sentence]) {
        let page_begins = |place: usize| match sentences.get(place).and_then(|one| one.gap) {
            Some(Gap::Lines(empty)) => empty >= 2,
            Some(Gap::Page) | None => false,
        };
        let firsts: Vec<usize> = self.headings.iter().map(|heading| heading.first).collect();
        for heading in &mut self.headings {
            let next = heading.last.saturating_add(1);
            let ends_page = next >= sentences.len() || page_begins(next);
            let begun = heading.first.checked_sub(1).is_some_and(|before| !firsts.contains(&before));
            heading.below = ends_page && begun && !page_begins(heading.first);
        }
        self.pages = (0..sentences.len()).filter(|place| page_begins(*place)).collect();
        // A document has such titles or it has none: one alone is an empty section.
        if self.headings.iter().filter(|heading| heading.below).count() < 2 {
            self.headings.iter_mut().for_each(|heading| heading.below = false);
        }
    }

    /// Takes what rules attest: each section they name, and a sentence that they say stands in it. A heading that has
    /// most of its sentences above it is a title below.
    pub fn learn_titles_below(&mut self, attested: &[(&str, super::Run)]) {
        let certain: Vec<(usize, usize)> =
            self.headings.iter().filter(|one| one.certain).map(|one| (one.first, one.last)).collect();
        for heading in self.headings.iter_mut().filter(|heading| heading.certain) {
            let last = |section: &str| parts(section).last().is_some_and(|part| heading.is_named(part));
            let own = || attested.iter().filter(|(section, _)| last(section)).map(|(_, run)| run.first);
            let floor = certain.iter().filter(|(_, end)| *end < heading.first).map(|(_, end)| *end).max();
            let ceiling = certain.iter().map(|(first, _)| *first).find(|first| *first > heading.last);
            let above = own()
                .filter(|place| *place < heading.first && floor.is_none_or(|floor| *place > floor))
                .count();
            let below = own()
                .filter(|place| *place > heading.last && ceiling.is_none_or(|ceiling| *place < ceiling))
                .count();
            // One that was moved must not outvote the others.
            let clearly_above = above >= 2 && above > below.saturating_mul(2);
            heading.below = clearly_above || heading.below && above >= below;
        }
    }

    /// Whether there is a heading for every part of a section: `Omval/Handläggning`.
    pub fn has(&self, section: &str) -> bool {
        parts(section).all(|part| self.headings.iter().any(|heading| heading.is_named(part)))
    }

    /// Whether a sentence stands in a section, as far as certain headings tell. A section holds those beneath it:
    /// `Omval/Handläggning` is in `Omval`.
    pub fn stands_in(&self, place: usize, section: &str) -> bool {
        let beneath = |path: &&String| path.strip_prefix(section).is_some_and(|rest| rest.starts_with('/'));
        self.is_under(place, section)
            || self.paths.iter().filter(beneath).any(|path| self.is_under(place, path))
    }

    fn is_under(&self, place: usize, section: &str) -> bool {
        let Some(part) = parts(section).last() else { return false };
        self.heads(place).any(|heading| heading.is_named(part) && self.lies_under(heading, section))
    }

    /// The certain headings that a sentence may stand under: itself, the nearest above, the title below its page.
    fn heads(&self, place: usize) -> impl Iterator<Item = &Heading> {
        let is_it = move |heading: &&Heading| heading.first <= place && place <= heading.last;
        let certain = || self.headings.iter().filter(|heading| heading.certain);
        let (above, below) = self.around(place, true);
        certain().filter(move |heading| is_it(heading)).chain(above).chain(below)
    }

    /// The nearest heading above a sentence, and the title below its page: one of them where pages can be told apart.
    fn around(&self, place: usize, certain: bool) -> (Option<&Heading>, Option<&Heading>) {
        let all = || self.headings.iter().filter(|heading| heading.certain || !certain);
        // A title below has done with its page: it says nothing of what follows.
        let above = all().rfind(|heading| heading.last < place).filter(|heading| !heading.below);
        let below = all().find(|heading| heading.first > place).filter(|heading| heading.below);
        let parted = |from: usize, to: usize| self.pages.iter().any(|page| from < *page && *page <= to);
        match (above, below) {
            (Some(heading), Some(title)) => {
                match (parted(heading.last, place), parted(place, title.first)) {
                    (false, true) => (above, None),
                    (true, false) => (None, below),
                    // Empty lines tell nothing, or too much: a line that was taken out leaves some.
                    (true, true) | (false, false) => (above, below),
                }
            }
            one => one,
        }
    }

    /// Whether the headings above a heading are those that the section names before it.
    fn lies_under(&self, heading: &Heading, section: &str) -> bool {
        let mut before = heading.first;
        let mut over: Vec<&str> = parts(section).collect();
        over.pop();
        while let Some(part) = over.pop() {
            let found = self.headings.iter().rfind(|above| above.last < before && above.is_named(part));
            let Some(found) = found else { return false };
            before = found.first;
        }
        true
    }

    /// The section of a sentence, as a citation would name it: the nearest heading, and where headings repeat the one over it,
    /// too.
    pub fn section(&self, place: usize) -> Option<String> {
        let (above, below) = self.around(place, false);
        let heading = above.or(below)?;
        let repeats = self.headings.iter().filter(|other| other.text == heading.text).count() > 1;
        let dated = is_date(&heading.text);
        if !repeats && !dated {
            return Some(heading.text.clone());
        }
        let over = self.headings.iter().rfind(|over| over.last < heading.first && !is_date(&over.text));
        Some(over.map_or_else(|| heading.text.clone(), |over| format!("{}/{}", over.text, heading.text)))
    }

    /// Whether a sentence is a heading that somebody names, or a part of one.
    pub fn is_certain_heading(&self, place: usize) -> bool {
        self.headings.iter().any(|heading| heading.certain && heading.first <= place && place <= heading.last)
    }

    /// Whether a sentence is a heading, or a part of one.
    pub fn is_heading(&self, place: usize) -> bool {
        self.headings.iter().any(|heading| heading.first <= place && place <= heading.last)
    }
}

/// The parts of a section, from the outermost: a slash divides them.
pub(super) fn parts(section: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    // `område/uppdragstyp` is one heading: a slash inside a word divides nothing when it is all small letters.
    let mut rest = section;
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in section.match_indices('/') {
        let next = section.get(at.saturating_add(1)..).and_then(|after| after.chars().next());
        if next.is_none_or(|letter| !letter.is_lowercase()) {
            found.push(section.get(from..at).unwrap_or(""));
            from = at.saturating_add(1);
            rest = section.get(from..).unwrap_or("");
        }
    }
    found.push(rest);
    found.into_iter()
}

/// Whether a section's name means a heading: its words, or those before a dash, a hyphen or a colon in it.
fn names(name: &str, heading: &str) -> bool {
    let Some(rest) = heading.strip_prefix(name) else { return false };
    let apart = rest.starts_with(' ');
    let mut rest = rest.trim_start().chars();
    match rest.next() {
        None => true,
        Some(':') => apart || rest.next() == Some(' '),
        Some(letter) => apart && is_dash(letter) && rest.next() == Some(' '),
    }
}

/// The last sentence of the line on which a sentence begins.
fn line_end(sentences: &[Sentence], first: usize) -> usize {
    let mut last = first;
    while sentences.get(last.saturating_add(1)).is_some_and(|next| next.gap.is_none()) {
        last = last.saturating_add(1);
    }
    last
}

fn text(sentences: &[Sentence], first: usize, last: usize) -> String {
    let words: Vec<String> =
        sentences.get(first..=last).unwrap_or_default().iter().map(|one| join(&one.words)).collect();
    words.join(" ")
}

/// Whether a line has the form of a heading: short, alone, no sentence, no label, no number but in front.
fn looks_like_one(sentences: &[Sentence], first: usize, last: usize, text: &str) -> bool {
    let (Some(begin), Some(end)) = (sentences.get(first), sentences.get(last)) else { return false };
    if begin.entry || begin.bullet.is_some() || text.chars().count() > LONGEST {
        return false;
    }
    let before =
        matches!(begin.gap, Some(Gap::Page | Gap::Lines(1..))) || first == 0 || after_list(sentences, first);
    let next = sentences.get(last.saturating_add(1));
    let after = next
        .is_none_or(|next| matches!(next.gap, Some(Gap::Page | Gap::Lines(1..))) || next.bullet.is_some());
    if !before || !after {
        return false;
    }
    if is_date(text) {
        return true;
    }
    let unnumbered =
        text.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ' '));
    let open = is_finished(&end.words) || text.ends_with([',', ';', ':']);
    unnumbered.chars().next().is_some_and(char::is_uppercase)
        && !open
        && !unnumbered
            .contains(|letter: char| letter.is_ascii_digit() || matches!(letter, ':' | ';' | '"' | '”' | '*'))
        && unnumbered.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
}

fn after_list(sentences: &[Sentence], first: usize) -> bool {
    let before = first.checked_sub(1).and_then(|before| sentences.get(before));
    before.is_some_and(|before| before.bullet.is_some())
}

/// A day and nothing else, as news are headed.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<crate::time::Day>().is_ok()
}
