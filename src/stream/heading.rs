//! What an event is and where it stands, as bytes.
//!
//! Most events take a line of their own with nothing before them, and lie on it within a few hundred bytes. All that is to be
//! said of them is then four numbers, which are written and read as they are. Any other is written part by part.

use super::bytes::{Bytes, put_number, put_signed};
use super::place::{HERE, LineAt, Located};
use crate::program::{EventId, Kinds};
use crate::source::Span;
use crate::time::Day;

/// What an event is, but for its fields, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub kinds: Kinds,
    pub has_id: bool,
    pub event: EventId,
    pub date: Day,
    /// The event on its line.
    pub own: Located,
    /// Its name and its date, counted from where it begins itself.
    pub event_span: Span,
    pub date_span: Option<Span>,
    /// How many fields it has.
    pub fields: u32,
}

/// What comes before a heading that is four numbers, and before one that is not.
const SHORT: u8 = 1;
const LONG: u8 = 0;

impl Heading {
    /// Writes it.
    pub fn put(&self, out: &mut Vec<u8>) {
        match self.short() {
            Some(numbers) => {
                out.push(SHORT);
                out.extend_from_slice(numbers.map(u64::to_le_bytes).as_flattened());
            }
            None => {
                out.push(LONG);
                self.put_long(out);
            }
        }
    }

    /// Reads it.
    #[inline]
    pub fn of(bytes: &mut Bytes<'_>) -> Heading {
        if bytes.byte() == SHORT { Heading::of_short(bytes.four_numbers()) } else { Heading::of_long(bytes) }
    }

    /// As four numbers, where they have room for it.
    #[inline]
    fn short(&self) -> Option<[u64; 4]> {
        let (own, name, date) = (self.own, self.event_span, self.date_span?);
        let name_length = name.end.checked_sub(name.start)?;
        let date_length = date.end.checked_sub(date.start)?;
        let after = own.at.length.checked_sub(own.end)?;
        let in_a_byte = name_length | date_length | after | self.fields <= u32::from(u8::MAX);
        let in_two = name.start | date.start | own.end | self.event.0 <= u32::from(u16::MAX);
        if self.has_id || own.start > 0 || !in_a_byte || !in_two {
            return None;
        }
        Some([
            own.at.place(0),
            packed([self.date.number() as u32, own.at.line], 32),
            packed([own.end, self.event.0], 16) | packed([0, self.kinds.0], 32),
            packed([name.start, date.start], 16)
                | packed([0, 0, 0, 0, name_length, date_length, after, self.fields], 8),
        ])
    }

    #[inline]
    fn of_short(numbers: [u64; 4]) -> Heading {
        let [place, first, second, third] = numbers;
        let pair = |number: u64, from: u32| number.wrapping_shr(from) as u16 as u32;
        let byte = |number: u64, from: u32| number.wrapping_shr(from) as u8 as u32;
        let span = |start: u32, length: u32| Span::new(HERE, start, start.wrapping_add(length));
        let end = pair(second, 0);
        let at = LineAt {
            line: first.wrapping_shr(32) as u32,
            length: end.wrapping_add(byte(third, 48)),
            ..LineAt::at(place)
        };
        Heading {
            kinds: Kinds(second.wrapping_shr(32) as u32),
            has_id: false,
            event: EventId(pair(second, 16)),
            date: day(i64::from(first as i32)),
            own: Located { at, start: 0, end },
            event_span: span(pair(third, 0), byte(third, 32)),
            date_span: Some(span(pair(third, 16), byte(third, 40))),
            fields: byte(third, 56),
        }
    }

    fn put_long(&self, out: &mut Vec<u8>) {
        let Located { at, start, end } = self.own;
        put_number(out, u64::from(at.file));
        put_number(out, at.position);
        for number in [at.line, at.length, start, end, self.kinds.0, u32::from(self.has_id), self.event.0] {
            put_number(out, u64::from(number));
        }
        put_signed(out, i64::from(self.date.number()));
        put_span(out, Some(self.event_span));
        put_span(out, self.date_span);
        put_number(out, u64::from(self.fields));
    }

    fn of_long(bytes: &mut Bytes<'_>) -> Heading {
        let (file, position) = (u16::try_from(bytes.number()).unwrap_or(u16::MAX), bytes.number());
        let at = LineAt { file, position, line: bytes.small(), length: bytes.small() };
        Heading {
            own: Located { at, start: bytes.small(), end: bytes.small() },
            kinds: Kinds(bytes.small()),
            has_id: bytes.small() == 1,
            event: EventId(bytes.small()),
            date: day(bytes.signed()),
            event_span: span(bytes).unwrap_or(Span::new(HERE, 0, 0)),
            date_span: span(bytes),
            fields: bytes.small(),
        }
    }
}

/// Numbers side by side in one, so many bits for each, the first lowest.
fn packed<const N: usize>(numbers: [u32; N], bits: u32) -> u64 {
    numbers.iter().rev().fold(0, |packed, number| packed.wrapping_shl(bits) | u64::from(*number))
}

/// Writes a span as its length and one, and where it begins; 0 for none.
#[inline]
pub(super) fn put_span(out: &mut Vec<u8>, span: Option<Span>) {
    let Some(span) = span else { return out.push(0) };
    let (start, length) = (span.start, span.end.saturating_sub(span.start).saturating_add(1));
    if start | length < 0x80 {
        // Mostly each is a byte.
        out.extend_from_slice(&[length as u8, start as u8]);
    } else {
        put_number(out, u64::from(length));
        put_number(out, u64::from(start));
    }
}

/// Reads a span.
pub(super) fn span(bytes: &mut Bytes<'_>) -> Option<Span> {
    let length = bytes.small().checked_sub(1)?;
    let start = bytes.small();
    Some(Span::new(HERE, start, start.saturating_add(length)))
}

/// The day of a number that was written.
fn day(number: i64) -> Day {
    i32::try_from(number).ok().and_then(Day::from_number).unwrap_or(Day::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span_of((start, length): (u32, u32)) -> Span {
        Span::new(HERE, start, start.saturating_add(length))
    }

    fn read_back(heading: Heading) -> (usize, Heading) {
        let mut out = Vec::new();
        heading.put(&mut out);
        let mut bytes = Bytes(&out);
        let read = Heading::of(&mut bytes);
        assert!(bytes.0.is_empty());
        (out.len(), read)
    }

    /// Numbers on both sides of what a byte and two bytes hold.
    fn number() -> impl Strategy<Value = u32> {
        prop_oneof![0..3_u32, 250..260_u32, 65_530..65_540_u32, 0..1_u32 << 30]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            (file, line, position) in (any::<u16>(), any::<u32>(), 0..1_u64 << 48),
            (start, length, after) in (prop_oneof![Just(0), number()], number(), prop_oneof![Just(0), number()]),
            (kinds, event, has_id) in (any::<u32>(), number(), any::<bool>()),
            date in Day::MIN.number()..=Day::MAX.number(),
            (event_at, date_at) in ((number(), number()), proptest::option::of((number(), number()))),
            fields in number(),
        ) {
            // The last file's number is one less than what two bytes hold.
            let file = file.min(u16::MAX - 1);
            let end = start.saturating_add(length);
            let heading = Heading {
                kinds: Kinds(kinds),
                has_id,
                event: EventId(event),
                date: Day::from_number(date).unwrap(),
                own: Located { at: LineAt { file, line, position, length: end.saturating_add(after) }, start, end },
                event_span: span_of(event_at),
                date_span: date_at.map(span_of),
                fields,
            };
            prop_assert_eq!(read_back(heading).1, heading);
        }
    }

    #[test]
    fn an_event_on_a_line_of_its_own_is_written_in_short() {
        let at = LineAt { file: 3, line: 1_000_000, position: 1 << 40, length: u32::from(u16::MAX) };
        let heading = Heading {
            kinds: Kinds::ALL,
            has_id: false,
            event: EventId(u32::from(u16::MAX)),
            date: Day::MIN,
            own: Located { at, start: 0, end: at.length },
            event_span: span_of((60_000, 255)),
            date_span: Some(span_of((u32::from(u16::MAX), 255))),
            fields: 255,
        };
        assert_eq!(read_back(heading), (33, heading));
        let others = [
            Heading { has_id: true, ..heading },
            Heading { event: EventId(1 << 16), ..heading },
            Heading { date_span: None, ..heading },
            Heading { event_span: span_of((3, 256)), ..heading },
            Heading { date_span: Some(span_of((1 << 16, 3))), ..heading },
            Heading { fields: 256, ..heading },
            Heading { own: Located { start: 1, ..heading.own }, ..heading },
            Heading {
                own: Located { at: LineAt { length: (1 << 16) + 300, ..at }, ..heading.own },
                ..heading
            },
        ];
        for other in others {
            let (length, read) = read_back(other);
            assert_eq!((length == 33, read), (false, other));
        }
    }
}
