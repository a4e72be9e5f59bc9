//! Values read straight from the bytes of a line where they are written in the plainest form of their type.
//!
//! What is read here is what [`Types::read`](super::typed::Types::read) would read of the same bytes. Any other form, and any
//! other type, is for it: nothing here is wrong, it is only not plain.

use super::typed::FIRST_COMBINING;
use crate::program::{Program, Type};
use crate::time::Day;
use crate::value::{ChoiceId, Value, scale};

/// The most digits of a plain number: any so long fits.
const MOST_DIGITS: usize = 18;
/// The most digits of a plain number of hours.
const MOST_HOUR_DIGITS: usize = 12;

/// The value of a type that bytes begin with, and how many of them it takes.
pub(super) fn value(program: &Program, ty: Type, bytes: &[u8]) -> Option<(Value, usize)> {
    match ty {
        Type::Date => day(bytes).map(|(day, length)| (Value::Day(day), length)),
        Type::YesNo => yes_no(bytes),
        Type::Count => count(bytes),
        Type::Duration => duration(bytes),
        Type::Choice(id) => {
            let values = &program.types.get(id.index())?.values;
            let name = string(bytes)?;
            let value = values.iter().position(|value| value.name.as_bytes() == name)?;
            let of = u16::try_from(id.index()).ok()?;
            let value = ChoiceId { of, value: u16::try_from(value).ok()? };
            Some((Value::Choice(value), with_marks(name)))
        }
        _ => None,
    }
}

/// A date within its marks.
pub(super) fn day(bytes: &[u8]) -> Option<(Day, usize)> {
    let [b'"', y1, y2, y3, y4, first, m1, m2, second, d1, d2, b'"'] = bytes.first_chunk::<12>()? else {
        return None;
    };
    Some((Day::of_iso(&[*y1, *y2, *y3, *y4, *first, *m1, *m2, *second, *d1, *d2])?, 12))
}

/// The letters of a name within its marks that stands for itself: nothing to be trimmed, nothing to be composed.
pub(super) fn name(bytes: &[u8]) -> Option<&[u8]> {
    let name = string(bytes)?;
    let bare = name.first()?.is_ascii_graphic() && name.last()?.is_ascii_graphic();
    (bare && (name.is_ascii() || std::str::from_utf8(name).is_ok())).then_some(name)
}

/// The letters of a string within its marks, without escapes, all of which stand for themselves.
fn string(bytes: &[u8]) -> Option<&[u8]> {
    let letters = bytes.strip_prefix(b"\"")?;
    let is_letter = |byte: &u8| *byte != b'"' && *byte != b'\\' && *byte >= b' ' && *byte < FIRST_COMBINING;
    let end = letters.iter().position(|byte| !is_letter(byte))?;
    let (string, rest) = letters.split_at_checked(end)?;
    (rest.first() == Some(&b'"')).then_some(string)
}

/// The bytes that letters take with their marks.
pub(super) fn with_marks(letters: &[u8]) -> usize {
    letters.len().saturating_add(2)
}

fn yes_no(bytes: &[u8]) -> Option<(Value, usize)> {
    match bytes {
        [b't', b'r', b'u', b'e', ..] => Some((Value::YesNo(true), 4)),
        [b'f', b'a', b'l', b's', b'e', ..] => Some((Value::YesNo(false), 5)),
        _ => None,
    }
}

/// A whole number without a sign.
fn count(bytes: &[u8]) -> Option<(Value, usize)> {
    let (number, length) = digits(bytes, MOST_DIGITS)?;
    let leads_with_zero = length > 1 && bytes.first() == Some(&b'0');
    let ends = !matches!(bytes.get(length), Some(b'.' | b'e' | b'E'));
    (ends && !leads_with_zero).then_some((Value::Count(number), length))
}

/// Hours or minutes as a whole number and one word.
fn duration(bytes: &[u8]) -> Option<(Value, usize)> {
    let (number, length) = digits(bytes.strip_prefix(b"\"")?, MOST_HOUR_DIGITS)?;
    let rest = bytes.get(length.saturating_add(1)..)?.strip_prefix(b" ")?;
    let unit = rest.get(..rest.iter().take(8).position(|byte| *byte == b'"')?)?;
    let seconds = match unit {
        b"h" | b"tim" | b"timme" | b"timmar" | b"hour" | b"hours" => scale::HOUR,
        b"min" | b"minut" | b"minuter" | b"minute" | b"minutes" => scale::MINUTE,
        _ => return None,
    };
    let amount = Value::Duration(number.checked_mul(seconds)?);
    Some((amount, length.saturating_add(unit.len()).saturating_add(3)))
}

/// The number that bytes begin with, and how many digits it has; nothing when there is none or it has more than so many.
fn digits(bytes: &[u8], most: usize) -> Option<(i64, usize)> {
    let (mut number, mut length) = (0_i64, 0_usize);
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        if length == most {
            return None;
        }
        number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
        length = length.wrapping_add(1);
    }
    (length > 0).then_some((number, length))
}
