//! Sentences: lines divided, and lines that belong together joined.
//!
//! A sentence begins with a line or a bullet, or after `.`, `?` or `!` and a space before a capital, and runs to the
//! next such beginning. A line that begins with a small letter goes on with the sentence before it. Whether another
//! line that follows an unfinished one begins a sentence or goes on with it cannot be seen, since a proper name or a
//! number begins a line by chance. Such a break is *open*: it counts as an end, and a citation may read it as none.

use super::anchor::hash;
use super::line::{Gap, Line, Word, is_dash};

/// A sentence of a document.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its words in order.
    pub words: Vec<Word>,
    /// The number of its first line, from 1.
    pub first_line: u32,
    /// The number of its last line.
    pub last_line: u32,
    /// How many of its words its first line has.
    first_line_words: usize,
    /// The mark of a list before it.
    pub(super) bullet: Option<Word>,
    /// What lies before its first line; nothing when it begins inside a line.
    pub(super) gap: Option<Gap>,
    /// What divides it from the next.
    pub(super) after: Break,
    /// Words that a hyphen at the end of a line may have divided otherwise: their places and what else they may be.
    hyphens: Vec<(usize, [String; 2])>,
    /// It is an entry in a table of contents.
    pub(super) entry: bool,
}

/// What divides two sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// An end.
    End,
    /// An end, or a line that was broken.
    Open {
        /// An empty line lies between.
        blank: bool,
    },
}

impl Sentence {
    /// The words of its first line.
    pub(super) fn on_first_line(&self) -> &[Word] {
        self.words.get(..self.first_line_words).unwrap_or(&self.words)
    }

    /// Its words with single spaces between them.
    pub fn text(&self) -> String {
        join(&self.words)
    }

    /// The texts that it may be: its own first, then those with hyphens at the ends of lines read otherwise.
    fn texts(&self) -> Vec<String> {
        let mut all = vec![self.words.iter().map(|word| word.text.clone()).collect::<Vec<String>>()];
        for (place, others) in self.hyphens.iter().take(MOST_HYPHENS) {
            let mut more = Vec::new();
            for words in &all {
                for other in others {
                    let mut words = words.clone();
                    if let Some(word) = words.get_mut(*place) {
                        word.clone_from(other);
                    }
                    more.push(words);
                }
            }
            all.extend(more);
        }
        all.into_iter().map(|words| words.join(" ")).collect()
    }
}

/// Words with single spaces between them.
pub(super) fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<&str>>().join(" ")
}

/// So many hyphens at the ends of lines are read in every way.
const MOST_HYPHENS: usize = 3;
/// So many readings of the hyphens in one sentence are tried.
const MOST_READINGS: usize = 27;
/// So many lines may be one sentence.
const MOST_LINES: usize = 40;
/// So many empty lines may lie inside one sentence.
const MOST_BLANKS: usize = 3;
/// A sentence is no longer than this, in bytes.
const LONGEST: usize = 4000;

/// Divides lines into sentences.
pub(super) fn sentences(lines: Vec<Line>) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut broken_word = false;
    for line in lines {
        let before = found.last_mut();
        let broken = std::mem::replace(&mut broken_word, line.broken_word);
        match before {
            Some(before) if broken && line.bullet.is_none() => resume(before, line, true),
            Some(before) if goes_on(before, &line) => resume(before, line, false),
            Some(before) => {
                before.after = between(before, &line);
                begin(line, &mut found);
            }
            None => begin(line, &mut found),
        }
    }
    found.into_iter().flat_map(divided).collect()
}

/// A sentence that begins with a line.
fn begin(line: Line, found: &mut Vec<Sentence>) {
    found.push(Sentence {
        first_line_words: line.words.len(),
        words: line.words,
        first_line: line.number,
        last_line: line.number,
        bullet: line.bullet,
        gap: Some(line.gap),
        after: Break::End,
        hyphens: Vec::new(),
        entry: line.entry,
    });
}

/// Whether a line certainly goes on with the sentence before it.
fn goes_on(before: &Sentence, line: &Line) -> bool {
    let small = first_letter(&line.words).is_some_and(char::is_lowercase);
    let follows = match line.gap {
        Gap::Lines(0) => true,
        Gap::Lines(_) => false,
        Gap::Page => !is_finished(&before.words),
    };
    line.bullet.is_none() && !line.entry && !before.entry && small && follows
}

/// What divides a sentence from a line that does not certainly go on with it.
fn between(before: &Sentence, line: &Line) -> Break {
    let capital = first_letter(&line.words).is_some_and(char::is_uppercase);
    let dash = line.bullet.as_ref().is_some_and(|bullet| bullet.text.chars().all(is_dash));
    let blank = line.gap != Gap::Lines(0);
    match &line.bullet {
        _ if line.entry || before.entry => Break::End,
        Some(_) if dash && !blank => Break::Open { blank },
        Some(_) => Break::End,
        None if is_finished(&before.words) && capital => Break::End,
        None => Break::Open { blank },
    }
}

/// Goes on with a sentence on the next line.
fn resume(before: &mut Sentence, line: Line, same_word: bool) {
    before.last_line = line.number;
    let mut words = line.words.into_iter();
    let place = before.words.len().saturating_sub(1);
    let cut = before.words.last().is_some_and(|last| {
        let stem = last.text.strip_suffix('-');
        stem.and_then(|stem| stem.chars().next_back()).is_some_and(char::is_alphanumeric)
    });
    if (same_word || cut)
        && let Some(next) = words.next()
        && let Some(last) = before.words.last_mut()
    {
        let whole = format!("{}{}", last.text.trim_end_matches('-'), next.text);
        let hyphened = format!("{}{}", last.text, next.text);
        let apart = format!("{} {}", last.text, next.text);
        last.end = next.end;
        // `vård- och` keeps its hyphen and its space.
        if same_word {
            last.text = hyphened;
        } else if matches!(next.text.as_str(), "och" | "eller" | "samt" | "respektive" | "and" | "or") {
            last.text = apart;
            before.hyphens.push((place, [whole, hyphened]));
        } else {
            last.text = whole;
            before.hyphens.push((place, [hyphened, apart]));
        }
    }
    before.words.extend(words);
}

/// The sentences within what lines have joined.
fn divided(mut rest: Sentence) -> Vec<Sentence> {
    let mut found = Vec::new();
    let is_end = |pair: &[Word]| match pair {
        [last, next] => {
            is_finished(std::slice::from_ref(last))
                && first_letter(std::slice::from_ref(next)).is_some_and(char::is_uppercase)
        }
        _ => false,
    };
    while let Some(last) = rest.words.windows(2).position(is_end) {
        let count = last.saturating_add(1);
        let words = rest.words.split_off(count);
        let moved = |hyphens: &[(usize, [String; 2])]| {
            let later =
                hyphens.iter().filter_map(|(place, other)| Some((place.checked_sub(count)?, other.clone())));
            later.collect::<Vec<_>>()
        };
        let later = Sentence {
            first_line_words: rest.first_line_words.saturating_sub(count),
            words,
            hyphens: moved(&rest.hyphens),
            bullet: None,
            gap: None,
            ..rest.clone()
        };
        rest.hyphens.retain(|(place, _)| *place < count);
        rest.after = Break::End;
        found.push(std::mem::replace(&mut rest, later));
    }
    found.push(rest);
    found
}

/// Whether the last word ends a sentence.
pub(super) fn is_finished(words: &[Word]) -> bool {
    words.last().is_some_and(|word| word.text.ends_with(['.', '?', '!']))
}

fn first_letter(words: &[Word]) -> Option<char> {
    words.first().and_then(|word| word.text.chars().next())
}

/// A stretch of sentences, numbered from 0: both ends are included. More than one when lines that could be sentences of
/// their own are read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// The first one.
    pub first: usize,
    /// The last one.
    pub last: usize,
}

impl Run {
    /// A single sentence.
    pub fn one(place: usize) -> Run {
        Run { first: place, last: place }
    }

    /// Whether a sentence is among them.
    pub fn has(self, place: usize) -> bool {
        (self.first..=self.last).contains(&place)
    }
}

/// Every stretch that is one of the wanted sentences under some reading of the open breaks, in the order of the text.
pub(super) fn find(sentences: &[Sentence], wanted: &dyn Fn(u32) -> bool, mut found: impl FnMut(u32, Run)) {
    let texts: Vec<Vec<String>> = sentences.iter().map(Sentence::texts).collect();
    for first in 0..sentences.len() {
        let mut begun = texts.get(first).cloned().unwrap_or_default();
        let mut blanks: usize = 0;
        for last in (first..sentences.len()).take(MOST_LINES) {
            for text in &begun {
                let hash = hash(text);
                if wanted(hash) {
                    found(hash, Run { first, last });
                }
            }
            let next = last.saturating_add(1);
            let (Some(here), Some(following)) = (sentences.get(last), sentences.get(next)) else { break };
            let Break::Open { blank } = here.after else { break };
            blanks = blanks.saturating_add(usize::from(blank));
            if blanks > MOST_BLANKS || begun.iter().all(|text| text.len() > LONGEST) {
                break;
            }
            let Some(own) = texts.get(next) else { break };
            let bullet = following.bullet.as_ref().map_or("", |bullet| bullet.text.as_str());
            let many = begun.len().saturating_mul(own.len()) > MOST_READINGS;
            begun = begun
                .iter()
                .flat_map(|begun| {
                    own.iter().take(if many { 1 } else { usize::MAX }).map(move |own| (begun, own))
                })
                .map(|(begun, own)| {
                    if bullet.is_empty() {
                        format!("{begun} {own}")
                    } else {
                        format!("{begun} {bullet} {own}")
                    }
                })
                .collect();
        }
    }
}
