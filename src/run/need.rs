//! What must be known for an outcome to be determined.

use crate::program::{CalendarId, ConstantId, EventId, FactId, FunctionId, TableId};
use crate::{Language, Words};

/// Something that must be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What, whatever the case and the day.
    pub of: Lack,
    /// What, in words that a person can act on, with titles and written dates.
    pub words: Words,
    /// The same for programs, where it differs: declared names and ISO dates, as in `a kundantal event on or before
    /// 2026-03-01`.
    named: Option<Words>,
}

/// What is lacking, whatever the case and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// An event, or more of what its fields say.
    Event(EventId),
    /// A field of the event that set the rule off, by its place.
    Field(EventId, u16),
    /// A fact.
    Fact(FactId),
    /// A decision on an event.
    Decision(EventId),
    /// A version of a constant.
    Constant(ConstantId),
    /// An answer of a table.
    Table(TableId),
    /// Days of a calendar.
    Calendar(CalendarId),
    /// The answer of a function.
    Function(FunctionId),
    /// A meaning that the ruleset's header does not give.
    Header,
    /// A number or a date that can be reckoned with.
    Number,
}

impl Need {
    /// What must be known, and how it is said.
    pub fn new(of: Lack, sv: impl Into<String>, en: impl Into<String>) -> Need {
        Need { of, words: Words::new(sv, en), named: None }
    }

    /// The same with the declared names and ISO dates.
    #[must_use]
    pub(super) fn by_name(self, sv: impl Into<String>, en: impl Into<String>) -> Need {
        Need { named: Some(Words::new(sv, en)), ..self }
    }

    /// The words in one language.
    pub fn get(&self, language: Language) -> &str {
        self.words.get(language)
    }

    /// What a program reads in one language: declared names and ISO dates.
    pub fn named(&self, language: Language) -> &str {
        self.named.as_ref().unwrap_or(&self.words).get(language)
    }
}
