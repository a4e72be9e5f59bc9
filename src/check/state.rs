//! What the checker knows while it works: the program so far, the names, and what has been said.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::Language;
use crate::diagnostics::{Diagnostic, Words};
use crate::program::code::Code;
use crate::program::*;
use crate::source::{Sources, Span};
use crate::syntax::tree;
use crate::time::Day;
use crate::value::{Pool, Value};

use super::CheckOptions;
use super::names::Names;

/// An item with the language of its file.
pub(super) type Placed<'a, T> = (Language, &'a T);

/// How far a computed fact has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Not looked at.
    Waiting,
    /// Being worked out: meeting it again is a cycle.
    Underway,
    /// Worked out.
    Done,
}

/// What is known of a fact beyond the program's own record.
#[derive(Debug)]
pub(super) struct FactState<'a> {
    pub(super) declaration: Placed<'a, tree::FactDeclaration>,
    /// `None` while the type is not known, or when it cannot be.
    pub(super) ty: Option<Type>,
    pub(super) progress: Progress,
    /// The facts that a computed one reads.
    pub(super) reads: BTreeSet<FactId>,
    pub(super) is_read: bool,
    pub(super) is_set: bool,
    /// The kinds that somebody stated.
    pub(super) stated: Option<Kinds>,
}

/// What somebody asks of rules as a whole, judged when all are known.
#[derive(Debug)]
pub(super) enum Question {
    /// Whether anything decides an event.
    Decides(EventId, Span),
    /// Whether any rule lays down a duty to do this.
    Duty(ActionId, Span),
}

/// The checker.
pub(super) struct Checker<'a> {
    pub(super) sources: &'a Sources,
    pub(super) options: &'a CheckOptions,
    pub(super) files: &'a [tree::File],
    pub(super) out: Program,
    pub(super) names: Names,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many errors have been found: a part that adds none is sound.
    pub(super) errors: usize,
    pub(super) facts: Vec<FactState<'a>>,
    pub(super) rules: Vec<Placed<'a, tree::Rule>>,
    /// Where each rule stands, first word to last.
    pub(super) rule_spans: Vec<Span>,
    /// The kinds of each rule, by its place among all rules of the files.
    pub(super) rule_kinds: Vec<Kinds>,
    /// The kinds that the ruleset declares, `kommunen` not among them.
    pub(super) declared_kinds: Kinds,
    /// The facts read by what is being worked out.
    pub(super) reading: BTreeSet<FactId>,
    pub(super) questions: Vec<Question>,
    /// Enumerations written in place, by name and values.
    pub(super) in_place: HashMap<(String, Vec<String>), TypeId>,
    /// Words of items that could not be read: what names them is not reported.
    pub(super) lost: HashSet<String>,
    /// Results that `ger` hands out, by name: their types.
    pub(super) results: Vec<Option<Type>>,
    /// The sentences cited so far.
    pub(super) cited: HashMap<Sentence, CitationId>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        sources: &'a Sources,
        files: &'a [tree::File],
        options: &'a CheckOptions,
    ) -> Checker<'a> {
        Checker {
            sources,
            options,
            files,
            out: empty_program(),
            names: Names::default(),
            diagnostics: Vec::new(),
            errors: 0,
            facts: Vec::new(),
            rules: Vec::new(),
            rule_spans: Vec::new(),
            rule_kinds: Vec::new(),
            declared_kinds: Kinds(1),
            reading: BTreeSet::new(),
            questions: Vec::new(),
            in_place: HashMap::new(),
            lost: super::lost::lost_names(sources, files),
            results: Vec::new(),
            cited: HashMap::new(),
        }
    }

    /// Takes in a diagnostic.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.errors = self.errors.saturating_add(1);
        }
        self.diagnostics.push(diagnostic);
    }

    /// Takes note of an error that the parser has reported.
    pub(super) fn said(&mut self) {
        self.errors = self.errors.saturating_add(1);
    }

    /// Whether an unknown name is that of an item that could not be read: then it has been said.
    pub(super) fn is_lost(&mut self, name: &str) -> bool {
        let lost = self.lost.contains(name);
        if lost {
            self.errors = self.errors.saturating_add(1);
        }
        lost
    }

    /// The language of the file that a place lies in.
    pub(super) fn language_of(&self, span: Span) -> Language {
        let mut files = self.files.iter();
        files.find(|file| file.span.source == span.source).map_or(Language::default(), |file| file.language)
    }

    /// All items of a kind in the order of files and text, with their file's language.
    pub(super) fn items(&self) -> impl Iterator<Item = Placed<'a, tree::Item>> + use<'a> {
        let files = self.files;
        files.iter().flat_map(|file| file.items.iter().map(move |item| (file.language, item.as_ref())))
    }

    /// The title of something, or its name where there is none.
    pub(super) fn title(&self, language: Language, name: &str, title: &tree::Title) -> Words {
        let own = title.own.as_ref().map(|quoted| quoted.text.clone());
        let tagged = title.tagged.as_ref().map(|(tag, quoted)| (*tag, quoted.text.clone()));
        in_both(language, own, tagged).unwrap_or_else(|| untitled(name))
    }

    /// A name with its title.
    pub(super) fn named(&self, language: Language, name: &tree::Name, title: &tree::Title) -> Named {
        Named { name: name.text.clone(), title: self.title(language, &name.text, title), span: name.span }
    }

    /// The words of a stretch, with single spaces.
    pub(super) fn text(&self, span: Span) -> String {
        self.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The names of some kinds of case, for a label.
    pub(super) fn kind_names(&self, kinds: Kinds) -> String {
        let names: Vec<String> = self
            .out
            .kinds
            .iter()
            .enumerate()
            .filter(|(at, _)| kinds.has(KindId::at(*at)))
            .map(|(_, kind)| format!("`{}`", kind.name))
            .collect();
        names.join(", ")
    }

    /// The fields of an event.
    pub(super) fn fields(&self, event: EventId) -> &[Field] {
        self.out.events.get(event.index()).map_or(&[], |event| &event.fields)
    }

    /// The name of an event.
    pub(super) fn event_name(&self, event: EventId) -> String {
        self.out.events.get(event.index()).map(|event| event.named.name.clone()).unwrap_or_default()
    }

    /// Where an event is declared.
    pub(super) fn event_span(&self, event: EventId) -> Span {
        self.out.events.get(event.index()).map_or(self.out.header.span, |event| event.named.span)
    }

    /// The kinds of an event.
    pub(super) fn event_kinds(&self, event: EventId) -> Kinds {
        self.out.events.get(event.index()).map_or(Kinds::ALL, |event| event.kinds)
    }
}

/// A text in both languages from one in the file's own and perhaps a tagged one.
pub(super) fn in_both(
    language: Language,
    own: Option<String>,
    tagged: Option<(Language, String)>,
) -> Option<Words> {
    let (own, tagged) = match (own, tagged) {
        (None, None) => return None,
        (Some(own), None) => (own.clone(), own),
        (None, Some((_, tagged))) => (tagged.clone(), tagged),
        // A tag of the file's own language says nothing new.
        (Some(own), Some((tag, _))) if tag == language => (own.clone(), own),
        (Some(own), Some((_, tagged))) => (own, tagged),
    };
    Some(match language {
        Language::Swedish => Words::new(own, tagged),
        Language::English => Words::new(tagged, own),
    })
}

/// A program without anything in it.
fn empty_program() -> Program {
    let nowhere = Span::new(crate::source::SourceId(0), 0, 0);
    Program {
        header: Header {
            name: String::new(),
            title: Words::new("", ""),
            municipality: None,
            in_force: DayRange { from: Day::MIN, through: None },
            in_force_span: None,
            version: None,
            revise_by: None,
            months: None,
            move_last_days: None,
            weekday: None,
            span: nowhere,
        },
        kinds: Vec::new(),
        roles: Vec::new(),
        actions: Vec::new(),
        counting_words: Vec::new(),
        types: Vec::new(),
        events: Vec::new(),
        opening_state: EventId(0),
        opening: Vec::new(),
        facts: Vec::new(),
        constants: Vec::new(),
        calendars: Vec::new(),
        tables: Vec::new(),
        functions: Vec::new(),
        readings: Vec::new(),
        questions: Vec::new(),
        documents: Vec::new(),
        citations: Vec::new(),
        results: Vec::new(),
        rules: Vec::new(),
        duties: Vec::new(),
        left_out: Vec::new(),
        guarantees: Vec::new(),
        code: Code::default(),
        pool: Pool::default(),
        index: Index::default(),
    }
}

/// What makes a cited sentence one: document, section, anchor, number.
pub(super) type Sentence = (DocumentId, Option<String>, Option<String>, Option<u32>);

/// What something without a title is called: its name, as words.
pub(super) fn untitled(name: &str) -> Words {
    let spoken = name.replace('_', " ");
    Words::new(spoken.clone(), spoken)
}

/// A value of no fact yet.
pub(super) const NOT_SAID: Value = Value::Unknown;
