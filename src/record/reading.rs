//! One line read by itself: it finds its event and fills its slots. What other lines say is no concern of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::cases::{self, Kept};
use super::expected::{self, Form};
use super::line::{Entry, Line};
use super::read::ReadOptions;
use super::shape::Shape;
use super::shapes::{Alike, Shapes};
use super::typed::{Misfit, Types, Wrong, nfc};
use crate::diagnostics::nearest::nearest;
use crate::diagnostics::{Diagnostic, events};
use crate::program::{Event, EventId, Field, Kinds, OPENING_STATE, Program, Type};
use crate::run::Happening;
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// The keys that every line may have, besides the fields of its event.
pub(super) const KEYS: [&str; 6] = ["case", "event", "date", "id", "replaces", "known"];

/// A text and where it stands.
pub(crate) type NamedAt<'e> = (Cow<'e, str>, Span);

/// What a line says by itself.
#[derive(Debug)]
pub(crate) struct Said<'e> {
    /// The whole line.
    pub span: Span,
    /// What it is called.
    pub id: Option<NamedAt<'e>>,
    /// The line that it replaces.
    pub replaces: Option<NamedAt<'e>>,
    /// Its date.
    pub date: Option<(Day, Span)>,
    /// The day it was entered, where it says so in a way that can be read.
    pub known: Option<(Day, Span)>,
    /// Whether it says anything of that day.
    pub known_stated: bool,
    /// What happened; nothing when it only withdraws, or when something is wrong.
    pub kept: Option<Kept>,
}

impl Said<'_> {
    /// The day it was entered and where that stands; none for a withdrawal without a day, which has always been known.
    pub fn entered(&self) -> Option<(Day, Span)> {
        self.known.or(self.date)
    }

    /// Whether it had been entered by the end of a day.
    pub fn known_by(&self, day: Option<Day>) -> bool {
        day.is_none_or(|by| self.entered().is_none_or(|(on, _)| on <= by))
    }

    /// Where its date stands, or else the whole of it.
    pub fn date_place(&self) -> Span {
        self.date.map_or(self.span, |(_, span)| span)
    }
}

/// Reads lines one by one.
pub(crate) struct Reading<'p> {
    pub program: &'p Program,
    pub options: &'p ReadOptions,
    types: Types<'p>,
    events: HashMap<&'p str, EventId>,
    /// What lines look like that have been read, the first of them.
    shapes: Shapes,
    /// What is wrong with the lines read.
    pub diagnostics: Vec<Diagnostic>,
    /// What only another ruleset declares, and in how many lines.
    pub passed_over: BTreeMap<(String, Option<String>), usize>,
}

/// The built-in keys of a line.
#[derive(Default)]
struct Keys<'l, 'a> {
    case: Option<&'l Entry<'a>>,
    event: Option<&'l Entry<'a>>,
    date: Option<&'l Entry<'a>>,
    id: Option<&'l Entry<'a>>,
    replaces: Option<&'l Entry<'a>>,
    known: Option<&'l Entry<'a>>,
}

impl<'p> Reading<'p> {
    pub fn new(program: &'p Program, options: &'p ReadOptions) -> Reading<'p> {
        let named = |(place, event): (usize, &'p Event)| (event.named.name.as_str(), EventId::at(place));
        let mut events: HashMap<&str, EventId> = program.events.iter().enumerate().map(named).collect();
        for alias in OPENING_STATE {
            events.insert(alias, program.opening_state);
        }
        let types = Types { program, pool: program.pool.clone() };
        Reading {
            program,
            options,
            types,
            events,
            shapes: Shapes::default(),
            diagnostics: Vec::new(),
            passed_over: BTreeMap::new(),
        }
    }

    /// Remembers what a line looks like in which nothing was wrong.
    pub fn remember(&mut self, line: &Line<'_, '_>, said: &Said<'_>) {
        if self.shapes.is_full() {
            return;
        }
        let event = said.kept.as_ref().and_then(|kept| self.program.events.get(kept.happening.event.index()));
        if let Some(shape) = event.and_then(|event| Shape::of(line, said, event)) {
            self.shapes.remember(shape);
        }
    }

    /// What the line says that a text begins with, when it looks like one that was read before.
    pub fn alike<'l>(&'l mut self, text: &'l [u8]) -> Option<Alike<'l>> {
        self.shapes.read(text, &mut self.types)
    }

    /// The texts and sets that values of the lines name.
    pub fn pool(&self) -> &Pool {
        &self.types.pool
    }

    /// Forgets the texts and sets that came last, so that so many are left.
    pub fn forget(&mut self, left: (usize, usize)) {
        self.types.pool.shrink(left);
    }

    /// The texts and sets that values of the lines name, for somebody who needs nothing else.
    pub fn into_pool(self) -> Pool {
        self.types.pool
    }

    /// What a line says. Anything wrong with it is among the diagnostics.
    pub fn line<'l>(&mut self, line: &Line<'l, '_>) -> Said<'l> {
        let keys = self.keys(line);
        let id = keys.id.and_then(|entry| self.text_key("id", entry, line.form).map(|id| (id, entry.span)));
        let replaces = keys
            .replaces
            .and_then(|entry| self.text_key("replaces", entry, line.form).map(|id| (id, entry.span)));
        let date =
            keys.date.and_then(|entry| self.day_key("date", entry, line.form).map(|day| (day, entry.span)));
        let known =
            keys.known.and_then(|entry| self.day_key("known", entry, line.form).map(|day| (day, entry.span)));
        let has_fields = || line.entries.iter().any(|entry| !is_key(entry) && !entry.value.is_nothing());
        let kept = if keys.event.is_none() && replaces.is_some() && !has_fields() {
            None
        } else {
            if keys.date.is_none() {
                self.diagnostics.push(events::missing_key("date", line.span, false));
            }
            let case =
                keys.case.and_then(|entry| self.text_key("case", entry, line.form)).map(Cow::into_owned);
            self.event(line, &keys, case, date)
        };
        Said { span: line.span, id, replaces, date, known, known_stated: keys.known.is_some(), kept }
    }

    /// The built-in keys; names that stand twice are reported.
    fn keys<'l, 'a>(&mut self, line: &Line<'l, 'a>) -> Keys<'l, 'a> {
        let mut keys = Keys::default();
        let mut ascii = true;
        for (place, entry) in line.entries.iter().enumerate() {
            let earlier = line.entries.get(..place).unwrap_or_default();
            ascii &= entry.name.is_ascii();
            let same = |other: &&Entry<'_>| match ascii {
                true => other.name == entry.name,
                false => nfc(&other.name) == nfc(&entry.name),
            };
            if let Some(first) = earlier.iter().find(same) {
                self.diagnostics.push(events::repeated_name(&entry.name, entry.name_span, first.name_span));
                continue;
            }
            let key = match &*entry.name {
                "case" => &mut keys.case,
                "event" => &mut keys.event,
                "date" => &mut keys.date,
                "id" => &mut keys.id,
                "replaces" => &mut keys.replaces,
                "known" => &mut keys.known,
                _ => continue,
            };
            let blank = entry.value.letters().is_some_and(|text| text.trim().is_empty());
            if !blank && !entry.value.is_nothing() {
                *key = Some(entry);
            }
        }
        keys
    }

    /// The event of a line with its fields.
    fn event(
        &mut self,
        line: &Line<'_, '_>,
        keys: &Keys<'_, '_>,
        case: Option<String>,
        date: Option<(Day, Span)>,
    ) -> Option<Kept> {
        let Some(entry) = keys.event else {
            self.diagnostics.push(events::missing_key("event", line.span, false));
            return None;
        };
        let name = self.text_key("event", entry, line.form)?;
        let Some(id) = self.events.get(name.as_ref()).copied() else {
            if self.options.elsewhere.has_event(&name) {
                self.pass_over(&name, None);
                return None;
            }
            let mut known: Vec<&str> = self.events.keys().copied().collect();
            known.sort_unstable();
            self.diagnostics.push(events::unknown_event(&name, entry.span, known));
            return None;
        };
        let program = self.program;
        let event = program.events.get(id.index())?;
        let opening = id == program.opening_state;
        let mut fields: Box<[Value]> =
            event.fields.iter().map(|field| unless_given(field, opening)).collect();
        let mut field_spans: Box<[Option<Span>]> = vec![None; event.fields.len()].into();
        let mut misspelt: Vec<&str> = Vec::new();
        for entry in line.entries.iter().filter(|entry| !is_key(entry)) {
            let name = nfc(&entry.name);
            let Some(place) = event.fields.iter().position(|field| field.named.name == *name) else {
                misspelt.extend(self.unknown_field(&name, entry, event, line.form));
                continue;
            };
            let (Some(field), Some(value), Some(span)) =
                (event.fields.get(place), fields.get_mut(place), field_spans.get_mut(place))
            else {
                continue;
            };
            if entry.value.is_nothing() {
                if line.form == Form::Json && may_be_none(program, field, place, opening) {
                    (*value, *span) = (Value::None, Some(entry.span));
                }
                continue;
            }
            match self.types.read(field.ty, &entry.value, entry.span) {
                Ok(read) => (*value, *span) = (read, Some(entry.span)),
                Err(misfit) => {
                    self.misfit(&name, line.form, misfit);
                    // One complaint about the field is enough.
                    *span = Some(entry.span);
                }
            }
        }
        for (place, field) in event.fields.iter().enumerate() {
            let given = field_spans.get(place).copied().flatten().is_some();
            let missing = !given && !opening && !field.optional && field.default.is_none();
            if missing && !misspelt.contains(&field.named.name.as_str()) {
                let example = expected::field_example(self.program, field, line.form);
                let (name, withdraws) = (&event.named.name, keys.replaces.is_some());
                let field = field.named.name.as_str();
                let header = line.header.filter(|header| !header.names.contains(&field));
                let header = header.map(|header| header.span);
                self.diagnostics
                    .push(events::missing_field(name, field, entry.span, header, &example, withdraws));
            }
        }
        let kinds = self.kinds(event, opening, &field_spans);
        let case = case.or_else(|| {
            let default = program.municipality_kind().filter(|kind| kinds.has(*kind) && keys.case.is_none());
            default.map(|_| program.header.name.clone())
        });
        if case.is_none() && keys.case.is_none() {
            self.diagnostics.push(events::missing_key("case", line.span, false));
        }
        let (date, date_span) = date?;
        let happening = Happening {
            event: id,
            date,
            fields,
            line: line.number,
            span: Some(line.span),
            field_spans,
            date_span: Some(date_span),
        };
        Some(Kept { case: case?, kinds, happening, event_span: entry.span, has_id: keys.id.is_some() })
    }

    /// The kinds of case that a line can stand in; an opening state those of the facts it sets.
    fn kinds(&self, event: &Event, opening: bool, given: &[Option<Span>]) -> Kinds {
        let all = cases::declared(self.program, event.kinds);
        if !opening {
            return all;
        }
        let set = self.program.opening.iter().zip(given).filter(|(_, given)| given.is_some());
        let facts = set.filter_map(|(field, _)| self.program.facts.get(field.fact.index()));
        facts.fold(all, |kinds, fact| kinds.and(cases::declared(self.program, fact.kinds)))
    }

    /// Reports a field that the event does not have; gives the declared one that was probably meant.
    fn unknown_field(
        &mut self,
        name: &str,
        entry: &Entry<'_>,
        event: &'p Event,
        form: Form,
    ) -> Option<&'p str> {
        if self.options.allow_extra_fields || (form == Form::Cell && entry.value.is_nothing()) {
            return None;
        }
        if self.options.elsewhere.has_field(&event.named.name, name) {
            self.pass_over(&event.named.name, Some(name));
            return None;
        }
        let near = nearest(name, event.fields.iter().map(|field| field.named.name.as_str()));
        // A misspelt key of every line is nearer than a field.
        let key = if near.is_none() { nearest(name, KEYS) } else { None };
        let diagnostic = events::unknown_field(name, entry.name_span, Some(&event.named.name), near.or(key));
        self.diagnostics.push(diagnostic);
        near
    }

    /// Counts what only another ruleset declares.
    fn pass_over(&mut self, event: &str, field: Option<&str>) {
        let count = self.passed_over.entry((event.to_owned(), field.map(str::to_owned))).or_default();
        *count = count.saturating_add(1);
    }

    /// A built-in key that is a text.
    fn text_key<'e>(&mut self, key: &str, entry: &'e Entry<'_>, form: Form) -> Option<Cow<'e, str>> {
        let letters = entry.value.letters().map(|text| match text {
            Cow::Borrowed(text) => nfc(text.trim()),
            Cow::Owned(text) => Cow::Owned(nfc(text.trim()).into_owned()),
        });
        if letters.is_none() {
            self.misfit(key, form, Misfit { wrong: Wrong::Type, ty: Type::Text, span: entry.span });
        }
        letters
    }

    /// A built-in key that is a day.
    fn day_key(&mut self, key: &str, entry: &Entry<'_>, form: Form) -> Option<Day> {
        match self.types.read(Type::Date, &entry.value, entry.span) {
            Ok(value) => value.as_day(),
            Err(misfit) => {
                self.misfit(key, form, misfit);
                None
            }
        }
    }

    /// Reports a value that does not fit.
    fn misfit(&mut self, name: &str, form: Form, misfit: Misfit) {
        self.diagnostics.push(expected::fault(self.program, name, form, misfit));
    }
}

fn is_key(entry: &Entry<'_>) -> bool {
    KEYS.contains(&&*entry.name)
}

/// What a field is when it is not given: an opening state says nothing of a fact it leaves out.
fn unless_given(field: &Field, opening: bool) -> Value {
    match field.default {
        _ if opening => Value::Unknown,
        Some(default) => default,
        None => Value::None,
    }
}

/// Whether `null` is a value of a field: of an opening state, where all may be left out, only for optional facts.
fn may_be_none(program: &Program, field: &Field, place: usize, opening: bool) -> bool {
    if opening {
        return program.opening.get(place).is_some_and(|opening| opening.optional);
    }
    field.optional
}
