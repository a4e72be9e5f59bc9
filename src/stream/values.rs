//! Values as bytes. The texts and sets that they name are written out, so that no pool is needed to read them.

use super::bytes::{Bytes, put_number, put_signed, put_text};
use crate::syntax::tree::CalendarUnit;
use crate::time::{Clock, Day, Moment, Period};
use crate::value::{ChoiceId, PerId, Pool, RateBase, Value};

/// Writes a value.
pub(super) fn put_value(out: &mut Vec<u8>, value: Value, pool: &Pool) {
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

/// Added to the tag of a number that takes eight bytes instead of four.
const WIDE: u8 = 0x80;

/// Writes a number after its tag.
#[inline]
fn signed(out: &mut Vec<u8>, tag: u8, number: i64) {
    match i32::try_from(number) {
        Ok(number) => {
            let [first, second, third, fourth] = number.to_le_bytes();
            out.extend_from_slice(&[tag, first, second, third, fourth]);
        }
        Err(_) => {
            out.push(tag | WIDE);
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// Reads a value; its texts and sets go into a pool.
pub(super) fn value(bytes: &mut Bytes<'_>, pool: &mut Pool) -> Value {
    let short = |number: i64| u16::try_from(number).unwrap_or(u16::MAX);
    let tag = bytes.byte();
    let signed = |bytes: &mut Bytes<'_>| {
        if tag < WIDE {
            i64::from(i32::from_le_bytes(bytes.array()))
        } else {
            i64::from_le_bytes(bytes.array())
        }
    };
    let day = |bytes: &mut Bytes<'_>| {
        i32::try_from(signed(bytes)).ok().and_then(Day::from_number).unwrap_or(Day::MIN)
    };
    match tag & !WIDE {
        1 => Value::None,
        2 => Value::YesNo(bytes.byte() == 1),
        3 => Value::Day(day(bytes)),
        4 => {
            let day = day(bytes);
            clock(i64::from(bytes.small()))
                .map_or(Value::Unknown, |clock| Value::Moment(Moment { day, clock }))
        }
        5 => clock(signed(bytes)).map_or(Value::Unknown, Value::Clock),
        6 => Value::Count(signed(bytes)),
        7 => Value::Number(signed(bytes)),
        8 => Value::Amount(signed(bytes)),
        9 => Value::Share { part: signed(bytes), whole: bytes.small() },
        10 => Value::Duration(signed(bytes)),
        11 => {
            let part = |number: i64| i32::try_from(number).unwrap_or(0);
            Value::Period(Period { months: part(signed(bytes)), days: part(bytes.signed()) })
        }
        12 => Value::Text(pool.text(std::str::from_utf8(bytes.text()).unwrap_or(""))),
        13 => Value::Choice(ChoiceId { of: short(signed(bytes)), value: short(i64::from(bytes.small())) }),
        14 => Value::Role(short(signed(bytes))),
        15 => Value::Word(short(signed(bytes))),
        16 => {
            let count = usize::try_from(signed(bytes)).unwrap_or(0).min(bytes.0.len());
            let members = (0..count).map(|_| value(bytes, pool)).collect();
            Value::Set(pool.set(members))
        }
        17 => {
            let amount = signed(bytes);
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
