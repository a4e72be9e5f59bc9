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
}
