//! Digits in and out, and serde for the types that are read and written as text.

use std::fmt;

/// The two ASCII digits of a number below 100.
pub(super) const fn two_digits(number: u8) -> [u8; 2] {
    [b'0'.saturating_add(number / 10), b'0'.saturating_add(number % 10)]
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
