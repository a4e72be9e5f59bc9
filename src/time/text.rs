//! Digits in and out, and serde for the types that are read and written as text.

use std::fmt;

/// The two ASCII digits of a number below 100.
pub(super) const fn two_digits(number: u8) -> [u8; 2] {
    [b'0'.saturating_add(number / 10), b'0'.saturating_add(number % 10)]
}

/// The eight ASCII digits of four numbers below 100, worked out side by side.
pub(super) const fn digits_of_four([first, second, third, fourth]: [u8; 4]) -> [u8; 8] {
    let numbers = u64::from_le_bytes([first, 0, second, 0, third, 0, fourth, 0]);
    // Below 100, the whole part of 103/1024 of a number is that of a tenth of it.
    let tens = (numbers.wrapping_mul(103) / 1024) & 0x000f_000f_000f_000f;
    let ones = numbers.wrapping_sub(tens.wrapping_mul(10));
    tens.wrapping_add(ones.wrapping_mul(256)).wrapping_add(u64::from_le_bytes([b'0'; 8])).to_le_bytes()
}

/// The number that two ASCII digits stand for, or `None` when either is not a digit.
pub(super) fn number_of_two([tens, ones]: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte.saturating_sub(b'0'));
    Some(digit(tens)?.saturating_mul(10).saturating_add(digit(ones)?))
}

/// What each byte of `YYYY-MM-` must be taken together with to leave a digit's worth, or nothing of a hyphen.
const DATE_ZEROS: u64 = u64::from_le_bytes(*b"0000-00-");
/// What lifts a byte past 127 unless it is worth a digit, or nothing where a hyphen stood.
const DATE_LIMITS: u64 = u64::from_le_bytes([0x76, 0x76, 0x76, 0x76, 0x7f, 0x76, 0x76, 0x7f]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// The year, the month and the day of the month in `YYYY-MM-DD`, whether there is such a day or not; `None` for any other
/// ten bytes. All but the day is looked at together, as one number of eight bytes.
pub(super) fn parts_of_date(letters: &[u8; 10]) -> Option<(i32, u8, u8)> {
    let [y1, y2, y3, y4, first, m1, m2, second, d1, d2] = *letters;
    let digits = u64::from_le_bytes([y1, y2, y3, y4, first, m1, m2, second]) ^ DATE_ZEROS;
    if (digits.wrapping_add(DATE_LIMITS) | digits) & HIGH_BITS != 0 {
        return None;
    }
    let day = number_of_two([d1, d2])?;
    // Each byte with the one after it, as tens and ones: what two digits are worth has room in a byte.
    let [century, _, year, _, _, month, ..] = digits.wrapping_mul(10).wrapping_add(digits >> 8).to_le_bytes();
    let year = i32::from(century).wrapping_mul(100).wrapping_add(i32::from(year));
    Some((year, month, day))
}

/// Shows ASCII bytes under the width and alignment that the format string asks for.
pub(super) fn pad_ascii(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    f.pad(std::str::from_utf8(bytes).map_err(|_| fmt::Error)?)
}

/// Serializes a type through `Display` and reads it through `FromStr`.
macro_rules! serde_as_text {
    ($type:ty, $expecting:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}
pub(super) use serde_as_text;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_side_by_side_are_those_of_each() {
        for number in 0..100 {
            for [first, second] in [[number, 0], [99, number], [0, number], [number, 99]] {
                let all = digits_of_four([first, second, second, first]);
                let each = [first, second, second, first].map(two_digits);
                assert_eq!(all.as_slice(), each.as_flattened(), "{first} {second}");
            }
        }
    }

    /// The parts one by one.
    fn plainly(letters: &[u8; 10]) -> Option<(i32, u8, u8)> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *letters else { return None };
        let parts = [[y1, y2], [y3, y4], [m1, m2], [d1, d2]].map(number_of_two);
        let [Some(century), Some(year), Some(month), Some(day)] = parts else { return None };
        Some((i32::from(century).saturating_mul(100).saturating_add(i32::from(year)), month, day))
    }

    #[test]
    fn any_byte_in_any_place_of_a_date_is_seen() {
        for date in [b"2024-02-29", b"0000-00-00", b"9999-99-99", b"1583-01-01"] {
            for (place, byte) in (0..10).flat_map(|place| (0..=u8::MAX).map(move |byte| (place, byte))) {
                let mut letters = *date;
                letters[place] = byte;
                assert_eq!(parts_of_date(&letters), plainly(&letters), "{letters:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn ten_bytes_are_a_date_when_each_is_right(letters: [u8; 10], date in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            prop_assert_eq!(parts_of_date(&letters), plainly(&letters));
            let letters: [u8; 10] = date.as_bytes().try_into().unwrap();
            prop_assert!(parts_of_date(&letters).is_some());
            prop_assert_eq!(parts_of_date(&letters), plainly(&letters));
        }
    }
}
