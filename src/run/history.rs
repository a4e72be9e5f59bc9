//! What happened: cases and their events, typed, in the order in which a run takes them.

use crate::program::{EventId, KindId};
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// The cases of a run, in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The cases.
    pub cases: Vec<Case>,
    /// The texts and sets of the events, on top of the program's.
    pub pool: Pool,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// Its kind.
    pub kind: KindId,
    /// Its events by day; those of one day in input order. [`Case::new`] sees to it.
    pub events: Vec<Happening>,
}

impl Case {
    /// A case with its events put in order: by day, and within a day as they were given.
    pub fn new(id: impl Into<String>, kind: KindId, mut events: Vec<Happening>) -> Case {
        events.sort_by_key(|event| event.date);
        Case { id: id.into(), kind, events }
    }
}

/// An event that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// Which event.
    pub event: EventId,
    /// The day it became known.
    pub date: Day,
    /// Its fields, one for each declared: given, the default, none, or unknown.
    pub fields: Box<[Value]>,
    /// Its line in the input, from 1; what ties are broken by.
    pub line: u32,
    /// Where it stands, when it was read from a text.
    pub span: Option<Span>,
    /// Where each field's value stands, when it was read from a text; as many as `fields`, or none.
    pub field_spans: Box<[Option<Span>]>,
    /// Where its date stands.
    pub date_span: Option<Span>,
}

impl Happening {
    /// A field's value; unknown when there is no such field.
    pub fn field(&self, index: u16) -> Value {
        self.fields.get(index as usize).copied().unwrap_or(Value::Unknown)
    }
}
