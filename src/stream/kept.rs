//! An event that was read, as bytes: what stands between reading a line and deciding its case.

use super::bytes::Bytes;
use super::heading::{Heading, put_span, span};
use super::place::{HERE, LineAt, Located};
use super::values::{put_value, value};
use crate::program::{EventId, Kinds};
use crate::record::{Alike, Kept};
use crate::run::Happening;
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// An event as it is written: its heading, and its fields with their places, which count from a base.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'k> {
    pub heading: Heading,
    pub fields: &'k [Value],
    pub field_spans: &'k [Option<Span>],
    pub base: u32,
}

impl<'k> Written<'k> {
    /// An event on a line that begins at `first`.
    pub fn of(kept: &'k Kept, at: LineAt, first: u32) -> Written<'k> {
        let Kept { kinds, happening, event_span, has_id, .. } = kept;
        let Happening { event, date, fields, span, field_spans, date_span, .. } = happening;
        let own = span.unwrap_or(Span::new(HERE, first, first));
        let on_line = |byte: u32| byte.saturating_sub(first);
        let heading = Heading {
            kinds: *kinds,
            has_id: *has_id,
            event: *event,
            date: *date,
            own: Located { at, start: on_line(own.start), end: on_line(own.end) },
            event_span: since(*event_span, own.start),
            date_span: date_span.map(|span| since(span, own.start)),
            fields: u32::try_from(fields.len()).unwrap_or(u32::MAX),
        };
        Written { heading, fields, field_spans, base: own.start }
    }

    /// An event of a line that is like another; `own` is where it stands.
    #[inline]
    pub fn alike(alike: &Alike<'k>, own: Located) -> Written<'k> {
        let Alike { kinds, event, date, event_span, date_span, fields, field_spans, .. } = *alike;
        let date_span = Some(date_span);
        let count = fields.len() as u32;
        let heading =
            Heading { kinds, has_id: false, event, date, own, event_span, date_span, fields: count };
        Written { heading, fields, field_spans, base: 0 }
    }
}

/// A span as it counts from a base.
fn since(span: Span, base: u32) -> Span {
    Span { start: span.start.saturating_sub(base), end: span.end.saturating_sub(base), ..span }
}

/// Writes an event. The texts and sets of its values are written out, so that the pool is not needed to read it.
#[inline]
pub(super) fn put(out: &mut Vec<u8>, event: &Written<'_>, pool: &Pool) {
    event.heading.put(out);
    for value in event.fields {
        put_value(out, *value, pool);
    }
    // Last, so that who wants none of them need not pass them.
    for span in event.field_spans {
        put_span(out, span.map(|span| since(span, event.base)));
    }
}

/// Where an event stands: its line, and its own bytes there.
pub(super) fn place(mut bytes: Bytes<'_>) -> Located {
    Heading::of(&mut bytes).own
}

/// What an event is, but for where its words stand.
pub(super) struct Bare {
    pub line: u32,
    pub kinds: Kinds,
    pub event: EventId,
    pub date: Day,
}

/// Reads what an event is, and its fields.
pub(super) fn bare(mut bytes: Bytes<'_>, pool: &mut Pool, fields: &mut Vec<Value>) -> Bare {
    let heading = Heading::of(&mut bytes);
    fields.clear();
    fields.extend((0..heading.fields).map(|_| value(&mut bytes, pool)));
    let Heading { kinds, event, date, own, .. } = heading;
    Bare { line: own.at.line, kinds, event, date }
}

/// Reads an event. Its spans come to count from `base`, where it begins among the events of its case.
pub(super) fn get(mut bytes: Bytes<'_>, base: u32, pool: &mut Pool) -> Kept {
    let heading = Heading::of(&mut bytes);
    let from_base =
        |span: Span| Span::new(HERE, base.saturating_add(span.start), base.saturating_add(span.end));
    let fields = (0..heading.fields).map(|_| value(&mut bytes, pool)).collect();
    let field_spans = (0..heading.fields).map(|_| span(&mut bytes).map(from_base)).collect();
    let Heading { kinds, has_id, event, date, own, event_span, date_span, .. } = heading;
    let happening = Happening {
        event,
        date,
        fields,
        line: own.at.line,
        span: Some(from_base(Span::new(HERE, 0, own.end.saturating_sub(own.start)))),
        field_spans,
        date_span: date_span.map(from_base),
    };
    Kept { case: String::new(), kinds, happening, event_span: from_base(event_span), has_id }
}
