//! What is wrong with a file, an event or a run: plain data with words in both languages.
//!
//! Every diagnostic has a stable code (`F0201`), a message that stands alone, labels at the exact words, and where
//! there is one the cure. The codes stand in one table, [`codes::ALL`]; the constructors in [`text`], [`syntax`],
//! [`names`], [`types`], [`time`], [`rules`], [`run`], [`contradictions`], [`events`], [`clocks`], [`files`], [`citations`],
//! [`documents`], [`guarantees`], [`verification`], [`impact`], [`streams`] and [`columns`], one function a code; rendering in [`render`].

pub mod citations;
pub mod clocks;
pub mod codes;
pub mod columns;
pub mod comparison;
pub mod contradictions;
pub mod documents;
pub mod events;
pub mod files;
pub mod guarantees;
pub mod impact;
pub mod names;
pub mod nearest;
pub mod render;
pub mod rules;
pub mod run;
pub mod streams;
pub mod syntax;
pub mod text;
pub mod time;
pub mod types;
pub mod verification;

use crate::source::Span;

pub use crate::language::Words;
pub use codes::Code;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The work cannot go on with this part.
    Error,
    /// Something that is probably not meant.
    Warning,
    /// Something worth knowing.
    Advice,
}

/// A place and what to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The exact words.
    pub span: Span,
    /// What to say of them.
    pub words: Words,
}

/// Something that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line that stands alone: lower case, no full stop at its end.
    pub message: Words,
    /// Where; the first one is the primary place. Labels may lie in several texts.
    pub labels: Vec<Label>,
    /// The cure.
    pub help: Option<Words>,
}

impl Diagnostic {
    /// A diagnostic of a code; its severity is the one in the table.
    pub fn new(code: Code, sv: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: Words::new(sv, en),
            labels: Vec::new(),
            help: None,
        }
    }

    /// Adds a place and what to say of it.
    #[must_use]
    pub fn at(mut self, span: Span, sv: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, words: Words::new(sv, en) });
        self
    }

    /// Says what to write or do instead.
    #[must_use]
    pub fn help(mut self, sv: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.help = Some(Words::new(sv, en));
        self
    }

    /// The primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order of their texts and places, then of their codes.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|d| (d.span().map(|s| (s.source, s.start)), d.code));
}
