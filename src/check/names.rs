//! Name spaces: what is declared under which name, and what to say of a name that is not.

use std::collections::HashMap;

use crate::diagnostics::names::{self as report, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::source::Span;
use crate::syntax::{tree::Name, words};

use super::state::Checker;

/// One name space: names in the order they were declared.
#[derive(Debug, Default)]
pub(super) struct Space {
    ids: HashMap<String, usize>,
    declared: Vec<(String, Span)>,
}

impl Space {
    /// The place of a name in its list.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.ids.get(name).copied()
    }

    /// Where the name with this place stands.
    pub(super) fn span(&self, id: usize) -> Option<Span> {
        self.declared.get(id).map(|(_, span)| *span)
    }

    /// The names in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.declared.iter().map(|(name, _)| name.as_str())
    }

    /// Adds a name; if it is taken, says where.
    pub(super) fn add(&mut self, name: &str, span: Span) -> Result<usize, Span> {
        if let Some(first) = self.get(name).and_then(|id| self.span(id)) {
            return Err(first);
        }
        let id = self.declared.len();
        self.ids.insert(name.to_owned(), id);
        self.declared.push((name.to_owned(), span));
        Ok(id)
    }
}

/// All name spaces of a ruleset.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) kinds: Space,
    pub(super) roles: Space,
    pub(super) actions: Space,
    pub(super) words: Space,
    pub(super) types: Space,
    pub(super) events: Space,
    pub(super) facts: Space,
    pub(super) constants: Space,
    pub(super) calendars: Space,
    pub(super) tables: Space,
    pub(super) functions: Space,
    pub(super) readings: Space,
    pub(super) questions: Space,
    pub(super) documents: Space,
    pub(super) rules: Space,
    pub(super) results: Space,
}

impl Names {
    /// The name space of one sort of thing.
    pub(super) fn space(&self, space: NameSpace) -> Option<&Space> {
        Some(match space {
            NameSpace::Kind => &self.kinds,
            NameSpace::Role => &self.roles,
            NameSpace::Action => &self.actions,
            NameSpace::CountingWord => &self.words,
            NameSpace::Type => &self.types,
            NameSpace::Event => &self.events,
            NameSpace::Fact => &self.facts,
            NameSpace::Constant => &self.constants,
            NameSpace::Calendar => &self.calendars,
            NameSpace::Table => &self.tables,
            NameSpace::Function => &self.functions,
            NameSpace::Reading => &self.readings,
            NameSpace::Question => &self.questions,
            NameSpace::Source => &self.documents,
            NameSpace::Rule => &self.rules,
            _ => return None,
        })
    }

    /// Where else a name is declared.
    pub(super) fn elsewhere(&self, name: &str, not: NameSpace) -> Option<(NameSpace, Span)> {
        const ORDER: [NameSpace; 14] = [
            NameSpace::Event,
            NameSpace::Fact,
            NameSpace::Constant,
            NameSpace::Role,
            NameSpace::Action,
            NameSpace::Kind,
            NameSpace::CountingWord,
            NameSpace::Type,
            NameSpace::Calendar,
            NameSpace::Table,
            NameSpace::Function,
            NameSpace::Reading,
            NameSpace::Question,
            NameSpace::Source,
        ];
        ORDER.into_iter().filter(|space| *space != not).find_map(|space| {
            let names = self.space(space)?;
            Some((space, names.span(names.get(name)?)?))
        })
    }
}

impl Checker<'_> {
    /// The place of a declared name; says so if there is none.
    pub(super) fn find(&mut self, space: NameSpace, name: &Name) -> Option<usize> {
        let found = self.names.space(space).and_then(|names| names.get(&name.text));
        if found.is_none() {
            self.report_unknown(space, name);
        }
        found
    }

    /// Says that a name is not declared in a name space, with the nearest one that is.
    pub(super) fn report_unknown(&mut self, space: NameSpace, name: &Name) {
        if self.is_lost(&name.text) {
            return;
        }
        if space == NameSpace::Type {
            return self.report_unknown_type(name);
        }
        let elsewhere = self.names.elsewhere(&name.text, space);
        let near = self.names.space(space).and_then(|names| nearest(&name.text, names.names()));
        let found = report::unknown_name(space, &name.text, name.span, near, elsewhere);
        self.report(found);
    }

    /// Says that no type is called so, with the nearest one; a unit stands for the type that is counted in it.
    fn report_unknown_type(&mut self, name: &Name) {
        let language = self.language_of(name.span);
        let word = |rule: &str| words::word(rule, language);
        let units = |rules: &[&str]| rules.iter().any(|rule| words::plural(rule, language) == name.text);
        let near = if units(&["u_hour", "u_minute"]) {
            Some(word("t_duration"))
        } else if units(&["u_day", "u_week", "u_month", "u_year"]) {
            Some(word("t_period"))
        } else if units(&["u_krona"]) {
            Some(word("t_amount"))
        } else {
            let own = self.names.types.names();
            let built_in = words::all().iter().filter(|word| word.rule.starts_with("t_"));
            nearest(&name.text, own.chain(built_in.map(|word| word.canonical(language))))
        };
        let found = report::unknown_type(&name.text, name.span, near);
        self.report(found);
    }

    /// Takes in a declared name; says so if it is taken.
    pub(super) fn declare(&mut self, space: NameSpace, name: &Name) -> Option<usize> {
        let names = match space {
            NameSpace::Kind => &mut self.names.kinds,
            NameSpace::Role => &mut self.names.roles,
            NameSpace::Action => &mut self.names.actions,
            NameSpace::CountingWord => &mut self.names.words,
            NameSpace::Type => &mut self.names.types,
            NameSpace::Event => &mut self.names.events,
            NameSpace::Fact => &mut self.names.facts,
            NameSpace::Constant => &mut self.names.constants,
            NameSpace::Calendar => &mut self.names.calendars,
            NameSpace::Table => &mut self.names.tables,
            NameSpace::Function => &mut self.names.functions,
            NameSpace::Reading => &mut self.names.readings,
            NameSpace::Question => &mut self.names.questions,
            NameSpace::Source => &mut self.names.documents,
            _ => &mut self.names.rules,
        };
        match names.add(&name.text, name.span) {
            Ok(id) => Some(id),
            Err(first) => {
                self.report(report::duplicate_name(space, &name.text, name.span, first));
                None
            }
        }
    }
}

/// Whether a name is that of the day every event has.
pub(super) fn is_date_word(name: &str) -> bool {
    name == "datum" || name == "date"
}
