//! Documents and the citations of them: whether each anchor still has its sentence, what nobody cites, what has changed.
//!
//! The library takes texts and never reads files. A [`Document`] is a text divided into [`Sentence`]s; a [`Trace`] says of
//! every citation of a ruleset whether its sentence is *found*, *changed*, *gone*, *ambiguous* or *not searched*, and
//! lists the sentences that look like deadlines and that nobody cites or has left out. A [`Drift`] compares the documents
//! that the rules were written from with newer ones.
//!
//! To read it: `encoding` and `line`, then `sentence`, where the definition of an anchor is; `outline` for sections,
//! `trace` and `one_document` for the whole, `alike`, `nearest` and `undo` for what is hard about it.

mod alike;
mod anchor;
mod citing;
mod diagnose;
mod difference;
mod document;
mod drift;
mod encoding;
mod line;
mod nearest;
mod one_document;
mod outline;
pub mod render;
mod sentence;
mod trace;
mod undo;
mod wording;

pub use anchor::{Anchor, NoAnchor};
pub use citing::{Citing, CitingKind};
pub use difference::{Difference, Stretch};
pub use document::{Document, Documents};
pub use drift::{Change, Drift, Place};
pub use encoding::{Decoded, Fault, decode, decode_windows_1252};
pub use line::Word;
pub use sentence::{Run, Sentence};
pub use trace::{Searched, Standing, Trace, Traced, Uncited, Unsearched};
pub use wording::{Wording, WordingKind};

use crate::Ruleset;
use crate::diagnostics::Diagnostic;
use crate::explain::{Explanation, Quoted};
use crate::source::Sources;

impl Documents {
    /// What is wrong with the documents themselves: one that is not UTF-8 is named with its first such byte. Windows-1252
    /// and UTF-16 are read all the same.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        diagnose::of_encoding(self)
    }
}

impl Ruleset {
    /// Traces every citation to its sentence in the documents at hand.
    ///
    /// ```
    /// use frist::Ruleset;
    /// use frist::documents::{Documents, Standing};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// source guide "The guide"
    ///   file "guide.txt"
    /// event asked
    /// event answered
    /// role city
    /// action answer
    /// rule answers "The city answers"
    ///   according to guide section "Answers" anchor "83bfa11a"
    ///   when asked
    ///   city must answer by 7 days after date fulfilled by answered
    /// "#;
    /// let mut loaded = Ruleset::load([("a.frist", rules)]);
    /// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
    ///
    /// let text = "Answers\n\nAn answer is given within 14 days.\n";
    /// let documents = Documents::read([("guide.txt", text)], &mut loaded.sources);
    /// let trace = ruleset.trace(&documents);
    /// let traced = trace.citations.first().ok_or("one citation")?;
    /// let Standing::Changed { difference: Some(difference), .. } = &traced.standing else {
    ///     return Err("the sentence has changed".into());
    /// };
    /// assert_eq!(difference.words(), (vec!["7"], vec!["14"]));
    ///
    /// let found = trace.diagnostics(ruleset.program(), &documents, &loaded.sources);
    /// assert_eq!(found.first().map(|one| one.code.to_string()).as_deref(), Some("F0804"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn trace(&self, documents: &Documents) -> Trace {
        trace::trace(self.program(), documents, &trace::Earlier::default())
    }

    /// Compares the documents that the rules were written from with newer ones, citation by citation.
    ///
    /// ```
    /// use frist::Ruleset;
    /// use frist::documents::{Anchor, Change, Documents};
    /// let rules = format!(
    ///     r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// source guide "The guide"
    ///   file "guide.txt"
    /// event asked
    /// fact open: yes/no
    /// rule opens "The matter is open"
    ///   according to guide anchor "{}"
    ///   when asked
    ///   open applies from date
    /// "#,
    ///     Anchor::of("A question opens a matter.")
    /// );
    /// let mut loaded = Ruleset::load([("a.frist", rules)]);
    /// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
    /// let older = Documents::read([("guide.txt", "A question opens a matter.\n")], &mut loaded.sources);
    /// let newer = Documents::read([("guide.txt", "A question opens no matter.\n")], &mut loaded.sources);
    /// let drift = ruleset.drift(&older, &newer);
    /// assert!(drift.has_changes());
    /// assert!(matches!(drift.changes.first(), Some(Change::Reworded { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn drift(&self, older: &Documents, newer: &Documents) -> Drift {
        drift::drift(self.program(), older, newer)
    }

    /// Puts the sentences themselves into an explanation: those it cites, and those left out nearby. One that has
    /// changed, is gone or was not searched for says so.
    pub fn quote(&self, explanation: &mut Explanation, trace: &Trace, documents: &Documents) {
        let cited = explanation.outcome.citations.iter().copied();
        let ids: Vec<_> = cited.chain(explanation.left_out.iter().map(|(_, id)| *id)).collect();
        explanation.quoted = ids
            .into_iter()
            .filter_map(|citation| {
                let standing = trace.citations.get(citation.index())?.standing.name();
                let sentence = trace.sentence(self.program(), documents, citation);
                Some(Quoted { citation, standing, sentence })
            })
            .collect();
    }

    /// The sentences that are new in a drift and that nobody cites, as diagnostics.
    pub fn added(&self, drift: &Drift, newer: &Documents, sources: &Sources) -> Vec<Diagnostic> {
        drift.newer.uncited_diagnostics(self.program(), newer, sources, &drift.added)
    }
}
