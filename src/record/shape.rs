//! Lines like one that was read before: the same event, the same names in the same order, written the same way.
//!
//! Programs write thousands of such lines. Of one that has been read, and in which nothing was wrong, the shape is kept: the
//! letters between its values, and which slot each value fills. Of the next line only the values are looked at. A line that
//! differs in anything else, or has a value that is not plain or does not fit, is not of the shape, and is read like any other.

use super::expected::Form;
use super::line::{Entry, Given, Line};
use super::place::Piece;
use super::plain::Cursor;
use super::reading::{KEYS, Said};
use super::typed::{FIRST_COMBINING, Types, nfc};
use crate::program::{Event, EventId, Kinds, Type};
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// What an event's line looks like.
#[derive(Debug)]
pub(super) struct Shape {
    event: EventId,
    kinds: Kinds,
    parts: Vec<Part>,
    /// What stands after the last value.
    end: Box<str>,
    /// What the fields are that it does not have; the others are replaced.
    fields: Box<[Value]>,
}

/// What stands before a value, and what the value fills.
#[derive(Debug, PartialEq)]
struct Part {
    before: Box<str>,
    slot: Slot,
}

#[derive(Debug, PartialEq)]
enum Slot {
    Case,
    /// The event's name with its marks.
    Event(Box<str>),
    Date,
    Field(usize, Type),
}

/// The values of the fields of a line, and where they stand.
#[derive(Debug, Default)]
pub(super) struct Slots {
    pub fields: Vec<Value>,
    pub spans: Vec<Option<Span>>,
}

/// What a line of a known shape says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alike<'l> {
    /// All but its fields.
    pub head: Head<'l>,
    /// Its fields.
    pub fields: &'l [Value],
    /// Where they stand.
    pub field_spans: &'l [Option<Span>],
    /// The texts and sets that its fields name.
    pub pool: &'l Pool,
}

/// What a line of a known shape says, but for its fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    /// The case it names.
    pub case: &'a str,
    /// The kinds of case it can stand in.
    pub kinds: Kinds,
    /// What happened.
    pub event: EventId,
    /// When.
    pub date: Day,
    /// Where its event is named.
    pub event_span: Span,
    /// Where its date stands.
    pub date_span: Span,
}

impl Shape {
    /// The shape of a line in which nothing is wrong; nothing when it says more than what happened when.
    pub fn of(line: &Line<'_, '_>, said: &Said<'_>, event: &Event) -> Option<Shape> {
        let (text, kept) = (line.text?, said.kept.as_ref()?);
        if line.form != Form::Json || said.id.is_some() || said.replaces.is_some() || said.known_stated {
            return None;
        }
        let (mut parts, mut after) = (Vec::new(), 0_usize);
        for entry in line.entries {
            let Given::Json(raw) = entry.value else { return None };
            let start = text.part(raw)?.start.checked_sub(text.start)?;
            let slot = slot(entry, raw, event)?;
            parts.push(Part { before: text.text.get(after..start)?.into(), slot });
            after = start.checked_add(raw.len())?;
        }
        let has = |slot: fn(&Slot) -> bool| parts.iter().any(|part| slot(&part.slot));
        if !has(|slot| matches!(slot, Slot::Case)) {
            return None;
        }
        Some(Shape {
            event: kept.happening.event,
            kinds: kept.kinds,
            parts,
            end: text.text.get(after..)?.into(),
            fields: kept.happening.fields.clone(),
        })
    }

    /// Whether the same lines are of both.
    pub fn is_like(&self, other: &Shape) -> bool {
        (&self.parts, &self.end) == (&other.parts, &other.end)
    }

    /// What a line says, when it is of this shape; its fields are put into the slots.
    pub fn read<'a>(&self, line: Piece<'a>, types: &mut Types<'_>, slots: &mut Slots) -> Option<Head<'a>> {
        slots.fields.clear();
        slots.fields.extend_from_slice(&self.fields);
        slots.spans.clear();
        slots.spans.resize(self.fields.len(), None);
        let mut cursor = Cursor::new(line.text);
        let (mut case, mut event, mut date) = (None, None, None);
        for part in &self.parts {
            cursor.passes(&part.before)?;
            let (start, end) = match &part.slot {
                Slot::Event(name) => cursor.passes(name)?,
                _ => cursor.value()?,
            };
            let (raw, span) = (line.text.get(start..end)?, line.between(start, end));
            match part.slot {
                Slot::Case => case = Some(case_name(raw)?),
                Slot::Event(_) => event = Some(span),
                Slot::Date => date = Some((day(raw)?, span)),
                Slot::Field(place, ty) => {
                    let value = match ty {
                        Type::Date => Value::Day(day(raw)?),
                        _ => types.read(ty, &Given::Json(raw), span).ok()?,
                    };
                    *slots.fields.get_mut(place)? = value;
                    *slots.spans.get_mut(place)? = Some(span);
                }
            }
        }
        cursor.ends_with(&self.end)?;
        let (date, date_span) = date?;
        Some(Head { case: case?, kinds: self.kinds, event: self.event, date, event_span: event?, date_span })
    }
}

/// What a value fills; nothing when the next line's value could not be taken in its place.
fn slot(entry: &Entry<'_>, raw: &str, event: &Event) -> Option<Slot> {
    let mut cursor = Cursor::new(raw);
    if cursor.value() != Some((0, raw.len())) || entry.value.is_nothing() {
        return None;
    }
    match &*entry.name {
        "case" => Some(Slot::Case),
        "event" => Some(Slot::Event(raw.into())),
        "date" => Some(Slot::Date),
        name if KEYS.contains(&name) => None,
        name => {
            let name = nfc(name);
            let place = event.fields.iter().position(|field| field.named.name == *name)?;
            Some(Slot::Field(place, event.fields.get(place)?.ty))
        }
    }
}

/// A name with its marks that stands for itself: nothing to be trimmed, nothing to be composed.
fn case_name(raw: &str) -> Option<&str> {
    let name = unquoted(raw)?;
    let (first, last) = (name.as_bytes().first()?, name.as_bytes().last()?);
    let plain = first.is_ascii_graphic() && last.is_ascii_graphic();
    (plain && name.bytes().all(|byte| byte < FIRST_COMBINING)).then_some(name)
}

fn day(raw: &str) -> Option<Day> {
    unquoted(raw)?.parse().ok()
}

fn unquoted(raw: &str) -> Option<&str> {
    raw.strip_prefix('"')?.strip_suffix('"')
}
