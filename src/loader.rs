//! Rule files read again and again, as somebody writes in them: only what has changed is read anew.

use crate::ruleset::{Draft, Loaded};
use crate::source::{SourceId, Sources};
use crate::syntax::{Known, Means, parse_by};

/// Reads rule files again and again, as an editor or a watch does.
///
/// What comes out is the same as of [`Ruleset::load`](crate::Ruleset::load) and [`Draft::new`] for the same texts. Of the
/// reading before, the items are kept: rules, events and all else that begins in the first column. An item that stands in
/// the same words is not read again, wherever it stands now. The check is done anew each time.
///
/// ```
/// use frist::{Draft, Loader};
/// let before = "ruleset a \"A\"\n  in force from 2025-01-01\nevent asked\nrule r \"R\"\n  when asked\n  note \"heard\"\n";
/// let after = before.replace("heard", "noted");
/// let mut loader = Loader::new();
/// assert!(loader.load([("a.frist", before)]).ruleset.is_some());
///
/// let edited = loader.draft([("a.frist", &after)]);
/// assert_eq!(edited.files, Draft::new([("a.frist", &after)]).files);
/// assert!(edited.check().ruleset.is_some());
/// ```
#[derive(Clone, Debug)]
pub struct Loader {
    known: Known,
    threads: usize,
}

impl Default for Loader {
    fn default() -> Loader {
        Loader::new()
    }
}

impl Loader {
    /// One that has read nothing, and reads on the calling thread.
    pub fn new() -> Loader {
        Loader { known: Known::default(), threads: 1 }
    }

    /// Reads on so many threads, where there is enough to read; none at all is one. What comes out is the same.
    #[must_use]
    pub fn on_threads(self, threads: usize) -> Loader {
        Loader { threads, ..self }
    }

    /// Loads a ruleset from the texts of its rule files, each with its name.
    pub fn load(&mut self, sources: impl Into<Sources>) -> Loaded {
        self.draft(sources).check()
    }

    /// Reads rule files; each text is one.
    pub fn draft(&mut self, sources: impl Into<Sources>) -> Draft {
        let sources = sources.into();
        let all: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();
        self.draft_of(sources, &all)
    }

    /// Reads the rule files among texts: see [`Draft::of`].
    pub fn draft_of(&mut self, sources: Sources, rules: &[SourceId]) -> Draft {
        self.known.begin();
        let mut means = Means { threads: self.threads, known: Some(&mut self.known) };
        Draft::read(sources, rules, |sources, id| parse_by(sources, id, &mut means))
    }
}
