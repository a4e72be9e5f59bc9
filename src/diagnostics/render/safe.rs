//! Text that cannot steer a terminal.

/// A text in which signs that move the cursor, change colours or turn the direction of writing are replaced by ones
/// that can be seen. Every byte keeps its place.
pub(super) fn safe(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\t' => '\t',
            '\0'..='\u{1f}' | '\u{7f}' => '?',
            '\u{80}'..='\u{9f}' | '\u{61c}' => '·',
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn every_byte_keeps_its_place() {
        let text = "a\u{1b}[31m\u{85}\u{202e}\u{61c}å";
        assert_eq!(safe(text).len(), text.len());
        assert_eq!(safe("\u{1b}[31m"), "?[31m");
    }
}
