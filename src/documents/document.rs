//! Documents: texts that rules cite, divided into sentences.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::anchor::{Anchor, checksum};
use super::encoding::{Fault, decode};
use super::line::lines;
use super::outline::Outline;
use super::sentence::{Run, Sentence, find, join, sentences};
use crate::diagnostics::files::Encoding;
use crate::source::{SourceId, Sources, Span};

/// So many words are enough to point at a sentence.
const POINTED_AT: usize = 5;

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name of its file, without folders.
    pub name: String,
    /// Its text among the sources.
    pub source: SourceId,
    /// The SHA-256 of its file, in hexadecimal digits.
    pub sha256: String,
    /// What is not UTF-8 about it.
    pub fault: Option<Fault>,
    /// Its sentences in order; none when it does not look like text.
    pub sentences: Vec<Sentence>,
}

impl Document {
    /// Reads a document: a text file's name and bytes. Its text comes to stand among the sources.
    pub fn read(name: &str, bytes: &[u8], sources: &mut Sources) -> Document {
        let decoded = decode(bytes);
        let source = sources.add(name, &decoded.text);
        let legible = decoded.fault.is_none_or(|fault| fault.encoding != Encoding::Unknown);
        let text = sources.get(source).map_or("", |source| source.text());
        let sentences = if legible { sentences(lines(text)) } else { Vec::new() };
        let plain = name.rsplit(['/', '\\']).next().unwrap_or(name);
        Document {
            name: plain.nfc().collect(),
            source,
            sha256: checksum(bytes),
            fault: decoded.fault,
            sentences,
        }
    }

    /// Whether its text can be searched.
    pub fn is_legible(&self) -> bool {
        self.fault.is_none_or(|fault| fault.encoding != Encoding::Unknown)
    }

    /// The words of a stretch of sentences.
    pub fn words(&self, run: Run) -> Vec<&super::Word> {
        let found = self.sentences.get(run.first..=run.last).unwrap_or_default();
        found.iter().flat_map(|sentence| &sentence.words).collect()
    }

    /// A stretch of sentences as one text, with single spaces.
    pub fn text(&self, run: Run) -> String {
        let found = self.sentences.get(run.first..=run.last).unwrap_or_default();
        found.iter().map(|sentence| join(&sentence.words)).collect::<Vec<_>>().join(" ")
    }

    /// Where a stretch of sentences stands.
    pub fn span(&self, run: Run) -> Span {
        let words = self.words(run);
        let start = words.first().map_or(0, |word| word.start);
        let end = words.last().map_or(start, |word| word.end);
        Span::new(self.source, start, end)
    }

    /// Where the first words of a stretch of sentences stand: enough to point at it.
    pub fn beginning(&self, run: Run) -> Span {
        let words = self.words(run);
        let whole = self.span(run);
        // Words on the first line alone, so that one line is pointed at.
        let line = self.sentences.get(run.first).map_or(1, |sentence| sentence.on_first_line().len());
        let end = words.get(POINTED_AT.min(line).saturating_sub(1)).map_or(whole.end, |word| word.end);
        Span::new(self.source, whole.start, end)
    }

    /// The number of the line on which a stretch of sentences begins, from 1.
    pub fn line(&self, run: Run) -> u32 {
        self.sentences.get(run.first).map_or(1, |sentence| sentence.first_line)
    }

    /// Every place that an anchor fits.
    pub(super) fn places(&self, anchor: Anchor) -> Vec<Run> {
        let mut found = Vec::new();
        find(&self.sentences, &|hash| hash == anchor.hash, |_, run| found.push(run));
        found
    }

    /// The sentences that hold all the words asked for, whatever their case and the signs around them; those that hold
    /// them side by side when there are any.
    ///
    /// ```
    /// use frist::documents::Document;
    /// use frist::source::Sources;
    /// let text = "Avslut\n\nAvtalet sägs upp skriftligt. Det upphör efter tre månader.\n";
    /// let mut sources = Sources::default();
    /// let document = Document::read("rutin.txt", text.as_bytes(), &mut sources);
    /// let found = document.holding("upphör efter");
    /// assert_eq!(found.len(), 1);
    /// let line = document.citation(found[0], "rutin", false);
    /// assert!(line.starts_with("enligt rutin avsnitt \"Avslut\" ankare \""));
    /// ```
    pub fn holding(&self, words: &str) -> Vec<Run> {
        let plain = |text: &str| {
            let text: String = text.nfc().collect::<String>().to_lowercase();
            let words = text
                .split_whitespace()
                .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned());
            words.filter(|word| !word.is_empty()).collect::<Vec<String>>()
        };
        let wanted = plain(words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let of = |place: usize| self.sentences.get(place).map(|one| plain(&one.text())).unwrap_or_default();
        let all = || {
            (0..self.sentences.len()).filter(|place| self.sentences.get(*place).is_some_and(|one| !one.entry))
        };
        let together: Vec<Run> = all()
            .filter(|place| of(*place).windows(wanted.len()).any(|words| words == wanted.as_slice()))
            .map(Run::one)
            .collect();
        if !together.is_empty() {
            return together;
        }
        let holds_all = |place: &usize| {
            let words: BTreeSet<String> = of(*place).into_iter().collect();
            wanted.iter().all(|word| {
                words.contains(word) || words.iter().any(|known| known.starts_with(word.as_str()))
            })
        };
        all().filter(holds_all).map(Run::one).collect()
    }

    /// The citation of a sentence, ready to be pasted into a rule file in Swedish: source, section, anchor, and `nr` when
    /// several sentences are alike.
    pub fn citation(&self, run: Run, source: &str, similarity: bool) -> String {
        let outline = Outline::new(&self.sentences, &[], &|_| false);
        self.citation_in(run, source, outline.section(run.first).as_deref(), similarity)
    }

    /// The citation of a sentence of a known section.
    pub(super) fn citation_in(
        &self,
        run: Run,
        source: &str,
        section: Option<&str>,
        similarity: bool,
    ) -> String {
        let text = self.text(run);
        let anchor = if similarity { Anchor::with_similarity(&text) } else { Anchor::of(&text) };
        let mut line = format!("enligt {source}");
        if let Some(section) = section {
            line.push_str(&format!(" avsnitt \"{}\"", section.replace('"', "'")));
        }
        line.push_str(&format!(" ankare \"{anchor}\""));
        let alike = self.places(anchor);
        if alike.len() > 1
            && let Some(number) = alike.iter().position(|place| *place == run)
        {
            line.push_str(&format!(" nr {}", number.saturating_add(1)));
        }
        line
    }
}

/// The documents at hand, found by the names of their files.
///
/// ```
/// use frist::documents::Documents;
/// use frist::source::Sources;
/// let mut sources = Sources::default();
/// let documents = Documents::read([("källor/rutin.txt", b"Svar ges inom en vecka.\n")], &mut sources);
/// let document = documents.named("rutin.txt").ok_or("it is there")?;
/// assert_eq!(document.sentences.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The documents, in the order they came.
    pub all: Vec<Document>,
}

impl Documents {
    /// Reads documents: the names and the bytes of text files. Their texts come to stand among the sources, for diagnostics
    /// to point into.
    pub fn read<N: AsRef<str>, B: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (N, B)>,
        sources: &mut Sources,
    ) -> Documents {
        let all =
            files.into_iter().map(|(name, bytes)| Document::read(name.as_ref(), bytes.as_ref(), sources));
        Documents { all: all.collect() }
    }

    /// The document in a file of this name, without its folder.
    pub fn named(&self, name: &str) -> Option<&Document> {
        let name: String = name.nfc().collect();
        self.all.iter().find(|document| document.name == name)
    }
}
