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
    let (string, rest) = letters.split_at_checked(letters_in(letters))?;
    (rest.first() == Some(&b'"')).then_some(string)
}

/// How many letters bytes begin with that stand for themselves: no mark, no escape, no control character, nothing that may
/// come together with the letter before it.
fn letters_in(bytes: &[u8]) -> usize {
    let (eights, _) = bytes.as_chunks::<8>();
    let mut count = 0_usize;
    for eight in eights {
        let others = not_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return count.wrapping_add((others.trailing_zeros() / 8) as usize);
        }
        count = count.wrapping_add(8);
    }
    let is_letter =
        |byte: &&u8| **byte != b'"' && **byte != b'\\' && **byte >= b' ' && **byte < FIRST_COMBINING;
    let rest = bytes.get(count..).unwrap_or_default();
    count.wrapping_add(rest.iter().take_while(is_letter).count())
}

/// Eight bytes, the first lowest, as the highest bits of those that do not stand for themselves. What comes after the first
/// of them may be wrong.
fn not_letters(eight: u64) -> u64 {
    /// What lifts the low bits of the first byte that may combine to the highest.
    const TO_COMBINING: u8 = FIRST_COMBINING.wrapping_neg();
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    // A byte less than another borrows from the bit above it.
    let less = |bytes: u64, than: u8| bytes.wrapping_sub(all(than)) & !bytes;
    let is = |byte: u8| less(eight ^ all(byte), 1);
    let low = eight & all(0x7f);
    let combines = low.wrapping_add(all(TO_COMBINING)) & eight;
    (is(b'"') | is(b'\\') | less(eight, b' ') | combines) & all(0x80)
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

#[cfg(test)]
mod tests {
    use super::super::line::Given;
    use super::super::plain::Cursor;
    use super::super::typed::Types;
    use super::*;
    use crate::Ruleset;
    use crate::source::{SourceId, Span};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const RULES: &str =
        "ruleset a \"A\"\n  in force from 2025-01-01\ntype way \"way\": up \"up\" | sålänge \"so\"\n";

    static RULESET: LazyLock<Ruleset> = LazyLock::new(|| {
        let loaded = Ruleset::load([("a.frist", RULES)]);
        loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
    });

    /// What is read straight of the beginning of a text is what is read of its first value cut out.
    fn agrees(program: &Program, text: &str) -> Result<usize, TestCaseError> {
        let mut types = Types { program, pool: program.pool.clone() };
        let choice = Type::Choice(crate::program::TypeId(0));
        let mut read = Vec::new();
        for ty in [Type::Date, Type::YesNo, Type::Count, Type::Duration, choice, Type::Text, Type::Amount] {
            let Some((value, length)) = value(program, ty, text.as_bytes()) else { continue };
            read.push(ty);
            prop_assert_eq!(Cursor::new(text.as_bytes()).value(), Some((0, length)), "{:?} {}", ty, text);
            let raw = text.get(..length).unwrap_or_default();
            let span = Span::new(SourceId(0), 0, 0);
            prop_assert_eq!(types.read(ty, &Given::Json(raw), span), Ok(value), "{:?} {}", ty, text);
        }
        Ok(read.len())
    }

    #[test]
    fn plain_values_are_read_straight() {
        for (text, types) in [
            ("\"2024-02-29\"", 1),
            ("\"1583-01-01\",", 1),
            ("\"9999-12-31\"}", 1),
            ("\"2025-02-29\"", 0),
            ("true}", 1),
            ("false", 1),
            ("0", 1),
            ("123456789012345678,", 1),
            ("1234567890123456789", 0),
            ("01", 0),
            ("1.0", 0),
            ("1e3", 0),
            ("-1", 0),
            ("\"400 timmar\"", 1),
            ("\"007 min\"", 1),
            ("\"123456789012 h\"", 1),
            ("\"1234567890123 h\"", 0),
            ("\"1 000 h\"", 0),
            ("\"7h\"", 0),
            ("\"sålänge\"", 1),
            ("\"up\"", 1),
            ("\"down\"", 0),
        ] {
            assert_eq!(agrees(RULESET.program(), text).unwrap(), types, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_straight_is_what_is_read_elsewhere(
            date in "\"[0-9]{3,4}-[0-9]{2}-[0-3][0-9]\"[,}]",
            number in "-?[0-9]{1,20}[.eE]?[0-9]?[,}]",
            hours in "\"[0-9]{1,13}[ ,]{1,2}[0-9]?(h|H|tim|timme|timmar|hours?|min(ute|uter)?|sek|)\"[,}]",
            word in "\"(up|sålänge|sa\u{30a}länge|upp)\"?",
        ) {
            for text in [date, number, hours, word] {
                agrees(RULESET.program(), &text)?;
            }
        }

        #[test]
        fn letters_are_counted_to_the_first_that_is_none(
            bytes in proptest::collection::vec(
                prop_oneof![4 => b'!'..b'~', 1 => any::<u8>(), 1 => 0xca_u8..0xce, 1 => 0x1e_u8..0x24], 0..40),
        ) {
            let is_letter = |byte: u8| byte != b'"' && byte != b'\\' && (0x20..0xcc).contains(&byte);
            let first = bytes.iter().position(|byte| !is_letter(*byte)).unwrap_or(bytes.len());
            prop_assert_eq!(letters_in(&bytes), first);
        }
    }
}
