//! Numbers in words: whole ones, decimal ones and ordinals.

use crate::Language;

/// The sign of a negative number in words.
pub(super) const MINUS: char = '−';

/// A whole number.
///
/// ```
/// assert_eq!(frist::words::whole(-12), "−12");
/// ```
pub fn whole(number: i64) -> String {
    let mut text = String::new();
    put_whole(&mut text, number);
    text
}

/// Writes a whole number at the end of a text.
pub(super) fn put_whole(text: &mut String, number: i64) {
    if number < 0 {
        text.push(MINUS);
    }
    text.push_str(itoa::Buffer::new().format(number.unsigned_abs()));
}

/// A count that may be large, three digits together: with no-break spaces in Swedish, commas in English.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::grouped(146_097, Language::Swedish), "146\u{a0}097");
/// assert_eq!(words::grouped(1_000_000, Language::English), "1,000,000");
/// assert_eq!(words::grouped(999, Language::English), "999");
/// ```
pub fn grouped(count: u64, language: Language) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(place);
        if place > 0 && left % 3 == 0 {
            text.push_str(language.choose("\u{a0}", ","));
        }
        text.push(digit);
    }
    text
}

/// A decimal number of so many parts, where `scale` parts make one and is a power of ten: no needless zeros.
///
/// ```
/// use frist::{Language, words};
/// assert_eq!(words::decimal(2_250_000, 1_000_000, Language::Swedish), "2,25");
/// assert_eq!(words::decimal(-500_000, 1_000_000, Language::English), "−0.5");
/// assert_eq!(words::decimal(3_000_000, 1_000_000, Language::English), "3");
/// ```
pub fn decimal(parts: i64, scale: i64, language: Language) -> String {
    let digits = decimal_digits(parts, scale, language.choose(",", "."));
    if parts < 0 { format!("{MINUS}{digits}") } else { digits }
}

/// The digits of a decimal number without its sign.
pub(crate) fn decimal_digits(parts: i64, scale: i64, mark: &str) -> String {
    let scale = scale.unsigned_abs().max(1);
    let parts = parts.unsigned_abs();
    // `scale` is at least 1.
    let (ones, rest) = (parts.checked_div(scale).unwrap_or(0), parts.checked_rem(scale).unwrap_or(0));
    if rest == 0 {
        return ones.to_string();
    }
    let width = scale.checked_ilog10().unwrap_or(0) as usize;
    let rest = format!("{rest:0width$}");
    format!("{ones}{mark}{}", rest.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_number_has_digits_too() {
        assert_eq!(whole(i64::MIN), "−9223372036854775808");
        assert_eq!(decimal(i64::MIN, 1_000_000, Language::English), "−9223372036854.775808");
    }
}
