//! What names name, in words.

use crate::diagnostics::Words;

/// What a name names: each has a name space of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameSpace {
    /// A bare name in an expression: field, fact or constant.
    Value,
    /// A kind of case.
    Kind,
    /// A role.
    Role,
    /// An action.
    Action,
    /// A counting word.
    CountingWord,
    /// An enumeration.
    Type,
    /// A value of an enumeration.
    Choice,
    /// An event.
    Event,
    /// A fact.
    Fact,
    /// A constant.
    Constant,
    /// A calendar.
    Calendar,
    /// A table.
    Table,
    /// A column of a table.
    Column,
    /// A function.
    Function,
    /// A question of interpretation.
    Reading,
    /// An answer to one.
    Answer,
    /// A question that several rulesets answer.
    Question,
    /// A cited document.
    Source,
    /// A rule.
    Rule,
    /// A field.
    Field,
    /// A name given with `låt`.
    Local,
}

impl NameSpace {
    /// What it is called, after `the` or `there is no`.
    pub const fn noun(self) -> (&'static str, &'static str) {
        match self {
            NameSpace::Value => ("namn", "name"),
            NameSpace::Kind => ("slags ärende", "kind of case"),
            NameSpace::Role => ("roll", "role"),
            NameSpace::Action => ("åtgärd", "action"),
            NameSpace::CountingWord => ("räkneord", "counting word"),
            NameSpace::Type => ("typ", "type"),
            NameSpace::Choice => ("typvärde", "value of a type"),
            NameSpace::Event => ("händelse", "event"),
            NameSpace::Fact => ("uppgift", "fact"),
            NameSpace::Constant => ("värde", "constant"),
            NameSpace::Calendar => ("kalender", "calendar"),
            NameSpace::Table => ("tabell", "table"),
            NameSpace::Column => ("kolumn", "column"),
            NameSpace::Function => ("funktion", "function"),
            NameSpace::Reading => ("tolkning", "reading"),
            NameSpace::Answer => ("svar", "answer"),
            NameSpace::Question => ("fråga", "question"),
            NameSpace::Source => ("källa", "source"),
            NameSpace::Rule => ("regel", "rule"),
            NameSpace::Field => ("fält", "field"),
            NameSpace::Local => ("`låt`-namn", "`let` name"),
        }
    }

    /// The Swedish noun in its definite form.
    pub(super) const fn definite(self) -> &'static str {
        match self {
            NameSpace::Value => "namnet",
            NameSpace::Kind => "ärendeslaget",
            NameSpace::Role => "rollen",
            NameSpace::Action => "åtgärden",
            NameSpace::CountingWord => "räkneordet",
            NameSpace::Type => "typen",
            NameSpace::Choice => "typvärdet",
            NameSpace::Event => "händelsen",
            NameSpace::Fact => "uppgiften",
            NameSpace::Constant => "värdet",
            NameSpace::Calendar => "kalendern",
            NameSpace::Table => "tabellen",
            NameSpace::Column => "kolumnen",
            NameSpace::Function => "funktionen",
            NameSpace::Reading => "tolkningen",
            NameSpace::Answer => "svaret",
            NameSpace::Question => "frågan",
            NameSpace::Source => "källan",
            NameSpace::Rule => "regeln",
            NameSpace::Field => "fältet",
            NameSpace::Local => "`låt`-namnet",
        }
    }

    /// `ingen` or `inget`, before the noun.
    pub(super) const fn no(self) -> &'static str {
        match self {
            NameSpace::Value
            | NameSpace::Kind
            | NameSpace::CountingWord
            | NameSpace::Choice
            | NameSpace::Constant
            | NameSpace::Answer
            | NameSpace::Field
            | NameSpace::Local => "inget",
            _ => "ingen",
        }
    }

    /// The noun with `en` or `ett`, `a` or `an`.
    pub fn with_article(self) -> Words {
        let (sv, en) = self.noun();
        let sv_article = if self.no() == "inget" { "ett" } else { "en" };
        let en_article = if en.starts_with(['a', 'e']) { "an" } else { "a" };
        Words::new(format!("{sv_article} {sv}"), format!("{en_article} {en}"))
    }
}
