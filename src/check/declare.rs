//! Declarations that only give names: roles, actions, counting words, enumerations, readings, calendars.

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Words, rules as report_rules, time as report_time};
use crate::program::*;
use crate::source::{SourceId, Span};
use crate::syntax::tree::{self, CalendarDays, Declared, ItemKind, Name};
use crate::time::{Day, NamedCalendar};
use crate::{Language, program};

use super::state::Checker;

/// Values of an enumeration and fields of an event are numbered in 16 bits.
pub(super) const MOST: usize = 60_000;

impl Checker<'_> {
    /// Takes in roles, actions and counting words.
    pub(super) fn simple_names(&mut self) {
        for (language, item) in self.items() {
            let (space, declared) = match &item.kind {
                ItemKind::Roles(declared) => (NameSpace::Role, declared),
                ItemKind::Actions(declared) => (NameSpace::Action, declared),
                ItemKind::CountingWords(declared) => (NameSpace::CountingWord, declared),
                _ => continue,
            };
            for one in declared {
                if self.declare(space, &one.name).is_none() {
                    continue;
                }
                let named = self.named(language, &one.name, &one.title);
                match space {
                    NameSpace::Role => self.out.roles.push(named),
                    NameSpace::Action => self.out.actions.push(named),
                    _ => self.out.counting_words.push(named),
                }
            }
        }
    }

    /// Takes in the declared enumerations.
    pub(super) fn enumerations(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Type(declaration) = &item.kind else { continue };
            if self.declare(NameSpace::Type, &declaration.name).is_none() {
                continue;
            }
            let named = self.named(language, &declaration.name, &declaration.title);
            let values = self.values(language, &declaration.values);
            self.out.types.push(Enumeration { named, values });
        }
    }

    fn values(&mut self, language: Language, declared: &[Declared]) -> Vec<Named> {
        let mut values: Vec<Named> = Vec::new();
        for value in declared {
            if let Some(first) = values.iter().find(|known| known.name == value.name.text) {
                let first = first.span;
                let found =
                    report_names::duplicate_name(NameSpace::Choice, &value.name.text, value.name.span, first);
                self.report(found);
                continue;
            }
            if values.len() >= MOST {
                let what = Words::new("värden i en typ", "values of a type");
                self.report(report_names::too_many(&what, MOST, value.name.span));
                break;
            }
            let named = self.named(language, &value.name, &value.title);
            values.push(named);
        }
        values
    }

    /// An enumeration written in place; equal ones of one name are one.
    pub(super) fn choice_in_place(
        &mut self,
        language: Language,
        name: &Name,
        declared: &[Declared],
    ) -> TypeId {
        let letters: Vec<String> = declared.iter().map(|value| value.name.text.clone()).collect();
        let key = (name.text.clone(), letters);
        if let Some(id) = self.in_place.get(&key) {
            return *id;
        }
        let values = self.values(language, declared);
        let id = TypeId::at(self.out.types.len());
        let named = Named {
            name: name.text.clone(),
            title: Words::new(name.text.clone(), name.text.clone()),
            span: name.span,
        };
        self.out.types.push(Enumeration { named, values });
        self.in_place.insert(key, id);
        id
    }

    /// Takes in the questions of interpretation.
    pub(super) fn readings(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Reading(reading) = &item.kind else { continue };
            if self.declare(NameSpace::Reading, &reading.name).is_none() {
                continue;
            }
            let mut answers: Vec<Answer> = Vec::new();
            for answer in &reading.answers {
                if let Some(first) = answers.iter().find(|known| known.named.name == answer.name.text) {
                    let (name, span) = (&answer.name.text, first.named.span);
                    let found = report_names::duplicate_name(NameSpace::Answer, name, answer.name.span, span);
                    self.report(found);
                }
                let reason = answer.reason.as_ref().map(|reason| self.title(language, "", reason));
                let named = self.named(language, &answer.name, &answer.title);
                answers.push(Answer { named, reason, text_only: answer.text_only });
            }
            let chosen: Vec<usize> = (0..reading.answers.len())
                .filter(|at| reading.answers.get(*at).is_some_and(|a| a.chosen))
                .collect();
            let first = chosen.first().copied().unwrap_or(0);
            let text_only = answers.get(first).is_some_and(|answer| answer.text_only);
            if chosen.len() != 1 || text_only {
                let at = match chosen.as_slice() {
                    [] => reading.name.span,
                    [only] => reading.answers.get(*only).map_or(reading.name.span, |answer| answer.span),
                    [_, second, ..] => {
                        reading.answers.get(*second).map_or(reading.name.span, |answer| answer.span)
                    }
                };
                self.report(report_rules::reading_choice(&reading.name.text, at, chosen.len()));
            }
            let named = self.named(language, &reading.name, &reading.title);
            let chosen = u16::try_from(first).unwrap_or(0);
            self.out.readings.push(Reading { named, answers, chosen, grounds: program::Grounds::default() });
        }
        // Grounds may name any reading, so all must be known first.
        for (_, item) in self.items() {
            let ItemKind::Reading(reading) = &item.kind else { continue };
            let grounds = self.grounds(&reading.grounds);
            let at = self.names.readings.get(&reading.name.text);
            if let Some(known) = at.and_then(|at| self.out.readings.get_mut(at)) {
                known.grounds = grounds;
            }
        }
    }

    /// The text of a file beside the rules; says so if it is not there.
    pub(super) fn file(&mut self, name: &str, at: Span) -> Option<SourceId> {
        if let Some((_, id)) = self.options.tables.iter().find(|(known, _)| known == name) {
            return Some(*id);
        }
        let near = nearest(name, self.options.tables.iter().map(|(known, _)| known.as_str()));
        let found = report_names::file_not_found(name, at, near);
        self.report(found);
        None
    }

    /// Takes in the calendars.
    pub(super) fn calendars(&mut self) {
        for (language, item) in self.items() {
            let ItemKind::Calendar(calendar) = &item.kind else { continue };
            if self.declare(NameSpace::Calendar, &calendar.name).is_none() {
                continue;
            }
            let from_caller = self
                .options
                .calendars
                .iter()
                .find(|(name, _)| *name == calendar.name.text)
                .map(|(_, days)| days.clone());
            let days = match &calendar.days {
                CalendarDays::Caller => None,
                CalendarDays::Listed(days) => {
                    self.days_twice(days);
                    Some(NamedCalendar::new(days.iter().map(|day| day.day).collect()))
                }
                CalendarDays::File(_) if from_caller.is_some() && !calendar.in_examples => None,
                CalendarDays::File(file) => self.calendar_file(file, calendar.name.span),
            };
            let named = self.named(language, &calendar.name, &calendar.title);
            let (days, in_examples) = if calendar.in_examples { (None, days) } else { (days, None) };
            self.out.calendars.push(Calendar { named, days: from_caller.or(days), in_examples });
        }
    }

    fn days_twice(&mut self, days: &[tree::DayLiteral]) {
        for (place, day) in days.iter().enumerate() {
            if let Some(first) = days.iter().take(place).find(|known| known.day == day.day) {
                self.report(report_time::calendar_day_twice(day.day, day.span, first.span));
            }
        }
    }

    fn calendar_file(&mut self, file: &tree::Quoted, declared: Span) -> Option<NamedCalendar> {
        let id = self.file(&file.text, file.span)?;
        let text = self.sources.get(id)?.shared_text();
        let mut days: Vec<Day> = Vec::new();
        let mut start: usize = 0;
        for line in text.split_inclusive('\n') {
            let date = line.trim();
            if !date.is_empty() {
                match date.parse() {
                    Ok(day) => days.push(day),
                    Err(_) => {
                        let from = start.saturating_add(line.len().saturating_sub(line.trim_start().len()));
                        let to = from.saturating_add(date.len());
                        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
                        let span = Span::new(id, at(from), at(to));
                        self.report(report_time::calendar_line(date, span, declared));
                    }
                }
            }
            start = start.saturating_add(line.len());
        }
        Some(NamedCalendar::new(days))
    }
}
