//! What a line looks like that was read before: an event, its names in their order, and everything between the values.
//!
//! Programs write thousands of lines of one shape. Of the next of them only the values are looked at. A line that differs in
//! anything else, or has a value that does not fit, is not of the shape, and is read like any other.

use super::expected::Form;
use super::line::{Entry, Given, Line, MAX_LINE_BYTES};
use super::plain::Cursor;
use super::reading::{KEYS, Said};
use super::straight;
use super::typed::{Types, nfc};
use crate::program::{Event, EventId, Kinds, Type};
use crate::source::{SourceId, Span};
use crate::value::Value;

/// What an event's line looks like.
#[derive(Debug)]
pub(super) struct Shape {
    pub event: EventId,
    pub kinds: Kinds,
    parts: Vec<Part>,
    /// What stands after the last value.
    end: Box<[u8]>,
    /// Which values, by their numbers, are the case and the date.
    pub case: usize,
    pub date: usize,
    /// The value, by its number, after which the event's name stands; and the name's place, from there on.
    event_name: (usize, Span),
    /// The values of its fields and where they stand; those that no value fills stay what they are.
    pub fields: Box<[Value]>,
    pub field_spans: Box<[Option<Span>]>,
}

/// What stands before a value, and what the value fills.
#[derive(Debug, PartialEq)]
struct Part {
    before: Box<[u8]>,
    slot: Slot,
}

#[derive(Debug, PartialEq)]
enum Slot {
    Case,
    Date,
    Field(usize, Type),
}

/// A value that was read, and where it stands on its line. The name of a case is only its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filled {
    pub value: Value,
    pub start: usize,
    pub end: usize,
}

/// How many bytes a line takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Without white space after it.
    pub words: usize,
    /// Without its break.
    pub line: usize,
    /// With its break.
    pub end: usize,
}

/// What spans name that count from the beginning of a line.
const LINE: SourceId = SourceId(u16::MAX);

impl Shape {
    /// The shape of a line in which nothing is wrong; nothing when it says more than what happened when.
    pub fn of(line: &Line<'_, '_>, said: &Said<'_>, event: &Event) -> Option<Shape> {
        let (text, kept) = (line.text?, said.kept.as_ref()?);
        if line.form != Form::Json || said.id.is_some() || said.replaces.is_some() || said.known_stated {
            return None;
        }
        let letters = |from: usize, to: usize| text.text.as_bytes().get(from..to);
        let (mut parts, mut after, mut event_name) = (Vec::new(), 0_usize, None);
        for entry in line.entries {
            let Given::Json(raw) = entry.value else { return None };
            let start = text.part(raw)?.start.checked_sub(text.start)?;
            let end = start.checked_add(raw.len())?;
            if entry.name == "event" {
                event_name = Some((parts.len(), span(start.checked_sub(after)?, end.checked_sub(after)?)));
                continue;
            }
            let slot = slot(entry, raw, event)?;
            parts.push(Part { before: letters(after, start)?.into(), slot });
            after = end;
        }
        let number = |slot: Slot| parts.iter().position(|part| part.slot == slot);
        Some(Shape {
            event: kept.happening.event,
            kinds: kept.kinds,
            end: letters(after, text.text.len())?.into(),
            case: number(Slot::Case)?,
            date: number(Slot::Date)?,
            event_name: event_name?,
            parts,
            fields: kept.happening.fields.clone(),
            field_spans: vec![None; kept.happening.fields.len()].into(),
        })
    }

    /// With how many values both begin, and the same before each.
    pub fn shared(&self, other: &Shape) -> usize {
        self.parts.iter().zip(&other.parts).take_while(|(one, other)| one == other).count()
    }

    /// Whether the same lines are of both.
    pub fn is_like(&self, other: &Shape) -> bool {
        (&self.parts, &self.end) == (&other.parts, &other.end)
    }

    /// Reads the line that a text begins with, after the values that are read already. Nothing when it is not of this shape:
    /// the values that are read by then are.
    pub fn read(&self, text: &[u8], types: &mut Types<'_>, read: &mut Vec<Filled>) -> Option<Extent> {
        let mut at = read.last().map_or(0, |filled| filled.end);
        let mut rest = text.get(at..)?;
        for part in self.parts.get(read.len()..)? {
            rest = rest.strip_prefix(&*part.before)?;
            at = at.wrapping_add(part.before.len());
            let (value, length) = part.slot.value(rest, types)?;
            let end = at.wrapping_add(length);
            read.push(Filled { value, start: at, end });
            (at, rest) = (end, rest.get(length..)?);
        }
        rest = rest.strip_prefix(&*self.end)?;
        let words = at.wrapping_add(self.end.len());
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        let line = words.wrapping_add(rest.iter().take_while(blank).count());
        let end = match text.get(line) {
            None => line,
            Some(b'\n') => line.wrapping_add(1),
            Some(_) => return None,
        };
        (words <= MAX_LINE_BYTES).then_some(Extent { words, line, end })
    }

    /// Fills its fields with what was read of a line.
    pub fn fill(&mut self, read: &[Filled]) -> Option<()> {
        for (part, filled) in self.parts.iter().zip(read) {
            if let Slot::Field(place, _) = part.slot {
                *self.fields.get_mut(place)? = filled.value;
                *self.field_spans.get_mut(place)? = Some(filled.span());
            }
        }
        Some(())
    }

    /// Where the event is named on a line that was read.
    pub fn event_span(&self, read: &[Filled]) -> Option<Span> {
        let (after, name) = self.event_name;
        let before = match after.checked_sub(1) {
            Some(last) => number(read.get(last)?.end),
            None => 0,
        };
        Some(Span::new(LINE, before.wrapping_add(name.start), before.wrapping_add(name.end)))
    }
}

impl Filled {
    /// Where it stands, counted from the beginning of its line.
    pub fn span(&self) -> Span {
        span(self.start, self.end)
    }
}

impl Slot {
    /// The value that bytes begin with, and how many of them it takes; nothing when it does not fit.
    fn value(&self, bytes: &[u8], types: &mut Types<'_>) -> Option<(Value, usize)> {
        match *self {
            Slot::Case => Some((Value::None, straight::with_marks(straight::name(bytes)?))),
            Slot::Date => straight::day(bytes).map(|(day, length)| (Value::Day(day), length)),
            Slot::Field(_, ty) => straight::value(types.program, ty, bytes).or_else(|| {
                let (start, end) = Cursor::new(bytes).value()?;
                let raw = std::str::from_utf8(bytes.get(start..end)?).ok()?;
                let value = types.read(ty, &Given::Json(raw), span(start, end)).ok()?;
                (start == 0).then_some((value, end))
            }),
        }
    }
}

/// What a value fills; nothing when the next line's value could not be taken in its place.
fn slot(entry: &Entry<'_>, raw: &str, event: &Event) -> Option<Slot> {
    if Cursor::new(raw.as_bytes()).value() != Some((0, raw.len())) || entry.value.is_nothing() {
        return None;
    }
    match &*entry.name {
        "case" => Some(Slot::Case),
        "date" => Some(Slot::Date),
        name if KEYS.contains(&name) => None,
        name => {
            let name = nfc(name);
            let place = event.fields.iter().position(|field| field.named.name == *name)?;
            Some(Slot::Field(place, event.fields.get(place)?.ty))
        }
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(LINE, number(start), number(end))
}

/// A place on a line, which is far shorter than 32 bits can tell.
fn number(byte: usize) -> u32 {
    byte as u32
}
