//! Amounts of outcomes as decimal numbers of Arrow.

/// How many digits an amount has in all, and how many of them after the point: any `i64`, and millionths.
pub(crate) const AMOUNT: (u8, i8) = (25, 6);

/// A decimal number as outcomes write it, in millionths.
pub(crate) fn millionths(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction:0<6}");
    if fraction.len() > 6 { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::millionths;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(millionths("12"), Some(12_000_000));
        assert_eq!(millionths("-0.5"), Some(-500_000));
        assert_eq!(millionths("9223372036854775807.000001"), Some(9_223_372_036_854_775_807_000_001));
        assert_eq!(millionths("0.0000001"), None);
        assert_eq!(millionths("many"), None);
    }
}
