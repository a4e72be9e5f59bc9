//! Decimal numbers as written, digit by digit: no binary fraction comes between the text and the value.

use std::borrow::Cow;

/// A decimal number: `digits / 10^places`, with its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    negative: bool,
    digits: i128,
    places: u32,
}

/// Why a number is not a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no number.
    NoNumber,
    /// It has more decimals than the value keeps.
    TooFine,
    /// It is larger than the value can be.
    TooLarge,
}

/// The most digits that a number is read with; every value holds fewer.
const MAX_DIGITS: usize = 30;

impl Exact {
    /// Reads the text of a JSON number, exponent and all.
    pub fn of_json(text: &str) -> Result<Exact, Fault> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
                (mantissa, Some(exponent))
            }
            None => (text, None),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let shift = match exponent {
            None => 0,
            // An exponent past 32 bits is out of reach of every value, one way or the other.
            Some(exponent) => {
                exponent.parse::<i32>().unwrap_or(if exponent.starts_with('-') { i32::MIN } else { i32::MAX })
            }
        };
        Exact::of_parts(negative, whole, fraction, shift)
    }

    /// Reads a number as people write it: a sign, digits in groups of three or not, a decimal point or comma.
    ///
    /// `1,500` is not read: it is one and a half in Swedish and fifteen hundred in English. With `comma_is_decimal`
    /// it is one and a half.
    pub fn of_words(text: &str, comma_is_decimal: bool) -> Result<Exact, Fault> {
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let has_mark = whole.len() < digits.len();
        if has_mark && fraction.is_empty() {
            return Err(Fault::NoNumber);
        }
        let perhaps_thousands =
            digits.contains(',') && fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
        if perhaps_thousands && !comma_is_decimal {
            return Err(Fault::NoNumber);
        }
        let whole = without_group_spaces(whole).ok_or(Fault::NoNumber)?;
        Exact::of_parts(negative, &whole, fraction, 0)
    }

    fn of_parts(negative: bool, whole: &str, fraction: &str, shift: i32) -> Result<Exact, Fault> {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) {
            return Err(Fault::NoNumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let whole = whole.trim_start_matches('0');
        let significant = whole.len().saturating_add(fraction.len());
        if significant > MAX_DIGITS {
            return Err(if whole.len() > MAX_DIGITS { Fault::TooLarge } else { Fault::TooFine });
        }
        let mut digits: i128 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits = digits.saturating_mul(10).saturating_add(i128::from(byte.saturating_sub(b'0')));
        }
        if digits == 0 {
            return Ok(Exact { negative: false, digits: 0, places: 0 });
        }
        let mut places = i64::try_from(fraction.len()).unwrap_or(i64::MAX).saturating_sub(i64::from(shift));
        while places > 0 && digits % 10 == 0 {
            digits = digits.checked_div(10).unwrap_or(0);
            places = places.saturating_sub(1);
        }
        if let Ok(places) = u32::try_from(places) {
            return if places > 30 { Err(Fault::TooFine) } else { Ok(Exact { negative, digits, places }) };
        }
        let digits = u32::try_from(places.unsigned_abs())
            .ok()
            .and_then(|zeros| 10_i128.checked_pow(zeros))
            .and_then(|power| digits.checked_mul(power))
            .ok_or(Fault::TooLarge)?;
        Ok(Exact { negative, digits, places: 0 })
    }

    /// The number times `parts`, which must come out whole.
    pub fn times(self, parts: i64) -> Result<i64, Fault> {
        let divisor = 10_i128.checked_pow(self.places).ok_or(Fault::TooFine)?;
        let product = self.digits.checked_mul(i128::from(parts)).ok_or(Fault::TooLarge)?;
        if product.checked_rem(divisor) != Some(0) {
            return Err(Fault::TooFine);
        }
        let size = product.checked_div(divisor).ok_or(Fault::TooFine)?;
        let signed = if self.negative { size.checked_neg() } else { Some(size) };
        signed.and_then(|number| i64::try_from(number).ok()).ok_or(Fault::TooLarge)
    }

    /// How many decimals it has.
    pub fn places(self) -> u32 {
        self.places
    }

    /// The same number the other way.
    pub fn negated(self) -> Exact {
        Exact { negative: !self.negative && self.digits != 0, ..self }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.negative
    }
}

/// Digits without the spaces between groups of three; nothing when the groups are not so.
fn without_group_spaces(whole: &str) -> Option<Cow<'_, str>> {
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Cow::Borrowed(whole));
    }
    let mut groups = whole.split([' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let mut digits = String::from(first);
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    (!grouped || (1..=3).contains(&first.len())).then_some(Cow::Owned(digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(text: &str, parts: i64) -> Result<i64, Fault> {
        Exact::of_json(text)?.times(parts)
    }

    fn words(text: &str, parts: i64) -> Result<i64, Fault> {
        Exact::of_words(text, false)?.times(parts)
    }

    #[test]
    fn json_numbers_are_exact() {
        assert_eq!(json("0.1", 1_000_000), Ok(100_000));
        assert_eq!(json("-12", 1), Ok(-12));
        assert_eq!(json("1.50", 100), Ok(150));
        assert_eq!(json("15e-1", 100), Ok(150));
        assert_eq!(json("1.5E+2", 1), Ok(150));
        assert_eq!(json("0e99999999999", 1), Ok(0));
        assert_eq!(json("9223372036854775807", 1), Ok(i64::MAX));
        assert_eq!(json("-9223372036854775808", 1), Ok(i64::MIN));
        assert_eq!(json("9223372036854775808", 1), Err(Fault::TooLarge));
        assert_eq!(json("1e400", 1), Err(Fault::TooLarge));
        assert_eq!(json("1e-400", 1), Err(Fault::TooFine));
        assert_eq!(json("1e-99999999999", 1), Err(Fault::TooFine));
        assert_eq!(json("0.005", 100), Err(Fault::TooFine));
        assert_eq!(json("9007199254740993", 1), Ok(9_007_199_254_740_993));
    }

    #[test]
    fn written_numbers_take_a_point_or_a_comma() {
        assert_eq!(words("500,50", 100), Ok(50_050));
        assert_eq!(words("500.50", 100), Ok(50_050));
        assert_eq!(words("1 000 000,5", 100), Ok(100_000_050));
        assert_eq!(words("1\u{a0}000", 1), Ok(1_000));
        assert_eq!(words("−3", 1), Ok(-3));
        assert_eq!(words("0,125", 1_000), Ok(125));
        for nothing in ["", "-", "1,500", "1.", ",5", "1 00", "1000 000", "1,2,3", "1.2.3", "abc", "٣"] {
            assert_eq!(words(nothing, 1), Err(Fault::NoNumber), "{nothing}");
        }
        assert_eq!(Exact::of_words("1,500", true).and_then(|n| n.times(10)), Ok(15));
    }

    #[test]
    fn thirty_digits_are_read_and_one_more_is_not() {
        assert!(Exact::of_json(&"9".repeat(MAX_DIGITS)).is_ok());
        assert_eq!(Exact::of_json(&"9".repeat(MAX_DIGITS + 1)), Err(Fault::TooLarge));
    }

    proptest! {
        #[test]
        fn what_is_written_in_parts_is_read_back(number: i64) {
            let text = crate::words::decimal(number, 1_000_000, crate::Language::English);
            prop_assert_eq!(words(&text, 1_000_000), Ok(number));
        }

        #[test]
        fn any_text_is_a_number_or_a_fault(text: String) {
            let _ = Exact::of_words(&text, true).and_then(|number| number.times(3_600));
            let _ = Exact::of_json(&text).and_then(|number| number.times(3_600));
        }
    }
}
