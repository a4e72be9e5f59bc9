//! An event that was read, as bytes: what stands between reading a line and deciding its case.

use super::bytes::{Bytes, put_number, put_signed, put_text};
use super::place::{HERE, LineAt, Located};
use crate::program::{EventId, Kinds};
use crate::record::Kept;
use crate::run::Happening;
use crate::source::Span;
use crate::syntax::tree::CalendarUnit;
use crate::time::{Clock, Day, Moment, Period};
use crate::value::{ChoiceId, PerId, Pool, RateBase, Value};

/// An event as it is written: what it is, and where its words stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'k> {
    pub kinds: Kinds,
    pub has_id: bool,
    pub event: EventId,
    pub date: Day,
    pub span: Option<Span>,
    pub event_span: Span,
    pub date_span: Option<Span>,
    pub fields: &'k [Value],
    pub field_spans: &'k [Option<Span>],
}

impl<'k> From<&'k Kept> for Written<'k> {
    fn from(kept: &'k Kept) -> Written<'k> {
        let Kept { kinds, happening, event_span, has_id, .. } = kept;
        let Happening { event, date, fields, span, field_spans, date_span, .. } = happening;
        Written {
            kinds: *kinds,
            has_id: *has_id,
            event: *event,
            date: *date,
            span: *span,
            event_span: *event_span,
            date_span: *date_span,
            fields,
            field_spans,
        }
    }
}

/// Writes an event of a line that begins at `first`; other spans than its own count from where it begins itself. The texts
/// and sets of its values are written out, so that the pool is not needed to read it.
pub(super) fn put(out: &mut Vec<u8>, event: Written<'_>, at: LineAt, first: u32, pool: &Pool) {
    put_number(out, u64::from(at.file));
    put_number(out, at.position);
    put_span(out, event.span, first);
    let first = event.span.map_or(first, |span| span.start);
    put_number(out, u64::from(at.line));
    put_number(out, u64::from(at.length));
    put_number(out, u64::from(event.kinds.0));
    out.push(u8::from(event.has_id));
    put_number(out, u64::from(event.event.0));
    put_signed(out, i64::from(event.date.number()));
    put_span(out, Some(event.event_span), first);
    put_span(out, event.date_span, first);
    put_number(out, event.fields.len() as u64);
    for (value, span) in event.fields.iter().zip(event.field_spans) {
        put_value(out, *value, pool);
        put_span(out, *span, first);
    }
}

/// Where an event stands: its line, and its own bytes there.
pub(super) fn place(bytes: Bytes<'_>) -> Located {
    let mut bytes = bytes;
    let (file, position) = (bytes.small(), bytes.number());
    let span = span(&mut bytes, 0);
    let at = LineAt {
        file: u16::try_from(file).unwrap_or(u16::MAX),
        position,
        line: bytes.small(),
        length: bytes.small(),
    };
    Located { at, start: span.map_or(0, |span| span.start), end: span.map_or(0, |span| span.end) }
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
    let _file_and_position = (bytes.number(), bytes.number());
    skip_span(&mut bytes);
    let line = bytes.small();
    let _length = bytes.number();
    let kinds = Kinds(bytes.small());
    let _has_id = bytes.byte();
    let event = EventId(bytes.small());
    let date = day(&mut bytes);
    skip_span(&mut bytes);
    skip_span(&mut bytes);
    let count = usize::try_from(bytes.number()).unwrap_or(0).min(bytes.0.len());
    fields.clear();
    for _ in 0..count {
        fields.push(value(&mut bytes, pool));
        skip_span(&mut bytes);
    }
    Bare { line, kinds, event, date }
}

fn skip_span(bytes: &mut Bytes<'_>) {
    if bytes.number() != 0 {
        bytes.number();
    }
}

/// Reads an event. Its spans come to count from `base`, where it begins among the events of its case.
pub(super) fn get(mut bytes: Bytes<'_>, base: u32, pool: &mut Pool) -> Kept {
    let _file_and_position = (bytes.number(), bytes.number());
    let own = span(&mut bytes, 0);
    let own = own.map(|own| Span::new(HERE, base, base.saturating_add(own.end.saturating_sub(own.start))));
    let line = bytes.small();
    let _length = bytes.number();
    let kinds = Kinds(bytes.small());
    let has_id = bytes.byte() == 1;
    let event = EventId(bytes.small());
    let date = day(&mut bytes);
    let event_span = span(&mut bytes, base).unwrap_or(Span::new(HERE, base, base));
    let date_span = span(&mut bytes, base);
    let count = usize::try_from(bytes.number()).unwrap_or(0).min(bytes.0.len());
    let (mut fields, mut field_spans) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        fields.push(value(&mut bytes, pool));
        field_spans.push(span(&mut bytes, base));
    }
    let happening = Happening {
        event,
        date,
        fields: fields.into(),
        line,
        span: own,
        field_spans: field_spans.into(),
        date_span,
    };
    Kept { case: String::new(), kinds, happening, event_span, has_id }
}

/// A span as its length and one, and where it begins; 0 for none.
fn put_span(out: &mut Vec<u8>, span: Option<Span>, first: u32) {
    match span {
        None => put_number(out, 0),
        Some(span) => {
            put_number(out, u64::from(span.end.saturating_sub(span.start)).saturating_add(1));
            put_number(out, u64::from(span.start.saturating_sub(first)));
        }
    }
}

fn span(bytes: &mut Bytes<'_>, base: u32) -> Option<Span> {
    let length = bytes.small().checked_sub(1)?;
    let start = base.saturating_add(bytes.small());
    Some(Span::new(HERE, start, start.saturating_add(length)))
}

fn day(bytes: &mut Bytes<'_>) -> Day {
    i32::try_from(bytes.signed()).ok().and_then(Day::from_number).unwrap_or(Day::MIN)
}

fn put_value(out: &mut Vec<u8>, value: Value, pool: &Pool) {
    match value {
        Value::Unknown => out.push(0),
        Value::None => out.push(1),
        Value::YesNo(yes) => out.extend_from_slice(&[2, u8::from(yes)]),
        Value::Day(day) => signed(out, 3, i64::from(day.number())),
        Value::Moment(moment) => {
            signed(out, 4, i64::from(moment.day.number()));
            put_number(out, u64::from(moment.clock.minutes()));
        }
        Value::Clock(clock) => signed(out, 5, i64::from(clock.minutes())),
        Value::Count(number) => signed(out, 6, number),
        Value::Number(number) => signed(out, 7, number),
        Value::Amount(number) => signed(out, 8, number),
        Value::Share { whole, part } => {
            signed(out, 9, part);
            put_number(out, u64::from(whole));
        }
        Value::Duration(number) => signed(out, 10, number),
        Value::Period(period) => {
            signed(out, 11, i64::from(period.months));
            put_signed(out, i64::from(period.days));
        }
        Value::Text(text) => {
            out.push(12);
            put_text(out, pool.letters(text).as_bytes());
        }
        Value::Choice(choice) => {
            signed(out, 13, i64::from(choice.of));
            put_number(out, u64::from(choice.value));
        }
        Value::Role(number) => signed(out, 14, i64::from(number)),
        Value::Word(number) => signed(out, 15, i64::from(number)),
        Value::Set(set) => {
            let members = pool.members(set);
            signed(out, 16, i64::try_from(members.len()).unwrap_or(i64::MAX));
            for member in members {
                put_value(out, *member, pool);
            }
        }
        Value::Rate { base, per, amount } => {
            signed(out, 17, amount);
            out.push(match base {
                RateBase::Count => 0,
                RateBase::Number => 1,
                RateBase::Amount => 2,
                RateBase::Duration => 3,
            });
            // Units of the calendar come first, then counting words.
            put_number(
                out,
                match per {
                    PerId::Unit(CalendarUnit::Day) => 0,
                    PerId::Unit(CalendarUnit::Week) => 1,
                    PerId::Unit(CalendarUnit::Month) => 2,
                    PerId::Unit(CalendarUnit::Quarter) => 3,
                    PerId::Unit(CalendarUnit::Year) => 4,
                    PerId::Word(word) => u64::from(word).saturating_add(5),
                },
            );
        }
    }
}

fn signed(out: &mut Vec<u8>, tag: u8, number: i64) {
    out.push(tag);
    put_signed(out, number);
}

fn value(bytes: &mut Bytes<'_>, pool: &mut Pool) -> Value {
    let short = |number: i64| u16::try_from(number).unwrap_or(u16::MAX);
    match bytes.byte() {
        1 => Value::None,
        2 => Value::YesNo(bytes.byte() == 1),
        3 => Value::Day(day(bytes)),
        4 => {
            let day = day(bytes);
            clock(i64::from(bytes.small()))
                .map_or(Value::Unknown, |clock| Value::Moment(Moment { day, clock }))
        }
        5 => clock(bytes.signed()).map_or(Value::Unknown, Value::Clock),
        6 => Value::Count(bytes.signed()),
        7 => Value::Number(bytes.signed()),
        8 => Value::Amount(bytes.signed()),
        9 => Value::Share { part: bytes.signed(), whole: bytes.small() },
        10 => Value::Duration(bytes.signed()),
        11 => {
            let mut part = || i32::try_from(bytes.signed()).unwrap_or(0);
            Value::Period(Period { months: part(), days: part() })
        }
        12 => Value::Text(pool.text(std::str::from_utf8(bytes.text()).unwrap_or(""))),
        13 => Value::Choice(ChoiceId { of: short(bytes.signed()), value: short(i64::from(bytes.small())) }),
        14 => Value::Role(short(bytes.signed())),
        15 => Value::Word(short(bytes.signed())),
        16 => {
            let count = usize::try_from(bytes.signed()).unwrap_or(0).min(bytes.0.len());
            let members = (0..count).map(|_| value(bytes, pool)).collect();
            Value::Set(pool.set(members))
        }
        17 => {
            let amount = bytes.signed();
            let base = match bytes.byte() {
                0 => RateBase::Count,
                1 => RateBase::Number,
                2 => RateBase::Amount,
                _ => RateBase::Duration,
            };
            let per = match bytes.small() {
                0 => PerId::Unit(CalendarUnit::Day),
                1 => PerId::Unit(CalendarUnit::Week),
                2 => PerId::Unit(CalendarUnit::Month),
                3 => PerId::Unit(CalendarUnit::Quarter),
                4 => PerId::Unit(CalendarUnit::Year),
                word => PerId::Word(short(i64::from(word.saturating_sub(5)))),
            };
            Value::Rate { base, per, amount }
        }
        _ => Value::Unknown,
    }
}

fn clock(minutes: i64) -> Option<Clock> {
    let part = |number: Option<i64>| number.and_then(|number| u8::try_from(number).ok()).unwrap_or(0);
    Clock::from_hm(part(minutes.checked_div(60)), part(minutes.checked_rem(60)))
}
