//! Cuts a file into items at its first-column lines, and collects its comments.
//!
//! An item begins in the first column and nothing else does. So the cut needs no grammar, and a broken item never
//! takes the next one with it.

use std::ops::Range;

/// A stretch of the file that should hold one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// Whether its first word stands in the first column.
    pub(crate) first_column: bool,
}

/// A comment: its bytes, without white space at its end, and whether something stands before it on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    pub(crate) trailing: bool,
}

/// The items and the comments of a file.
pub(crate) fn cut(text: &str) -> (Vec<Slice>, Vec<Found>) {
    let mut slices: Vec<Slice> = Vec::new();
    let mut comments = Vec::new();
    let mut at: usize = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at = at.saturating_add(line.len());
        let (code, comment) = split_comment(line);
        if let Some(comment) = comment {
            let from = start.saturating_add(code.len());
            let range = from..from.saturating_add(comment.trim_end().len());
            comments.push(Found { range, trailing: !code.trim().is_empty() });
        }
        if code.trim().is_empty() {
            continue;
        }
        let indent = code.len().saturating_sub(code.trim_start().len());
        let first_column = indent == 0;
        if first_column || slices.is_empty() {
            let end = start.saturating_add(indent);
            if let Some(last) = slices.last_mut() {
                last.range.end = start;
            }
            slices.push(Slice { range: end..text.len(), first_column });
        }
    }
    (slices, comments)
}

/// A line's code, and its comment if it has one. A `#` between quotation marks begins none.
fn split_comment(line: &str) -> (&str, Option<&str>) {
    if !line.contains('#') {
        return (line, None);
    }
    let mut quoted = false;
    for (at, sign) in line.match_indices(['"', '#']) {
        if sign == "\"" {
            quoted = !quoted;
        } else if !quoted {
            return line.split_at_checked(at).map_or((line, None), |(code, comment)| (code, Some(comment)));
        }
    }
    (line, None)
}

/// The length of a text without white space and comments at its end.
pub(crate) fn trimmed(text: &str) -> usize {
    let last_line = text.rsplit('\n').next().unwrap_or(text);
    if !text.ends_with(char::is_whitespace) && !last_line.contains('#') {
        return text.len();
    }
    // A quotation mark that is open at the end of a line is closed by it, so each line tells by itself.
    let mut end = text.len();
    while let Some(line) = text.get(..end).and_then(|before| before.split_inclusive('\n').next_back()) {
        let start = end.saturating_sub(line.len());
        let code = split_comment(line).0.trim_end();
        if !code.is_empty() {
            return start.saturating_add(code.len());
        }
        end = start;
    }
    0
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic: it fails then")]
mod tests {
    use super::*;

    #[test]
    fn items_begin_in_the_first_column_and_comments_do_not_count() {
        let text = "# a\nroll x # b\n  \"#\"\n# c\nroll y\r\n\r\n";
        let (slices, comments) = cut(text);
        let items: Vec<&str> = slices.iter().map(|slice| &text[slice.range.clone()]).collect();
        assert_eq!(items, ["roll x # b\n  \"#\"\n# c\n", "roll y\r\n\r\n"]);
        let notes: Vec<(&str, bool)> =
            comments.iter().map(|c| (&text[c.range.clone()], c.trailing)).collect();
        assert_eq!(notes, [("# a", false), ("# b", true), ("# c", false)]);
    }

    #[test]
    fn an_indented_beginning_is_a_slice_of_its_own() {
        let (slices, _) = cut("  roll x\nroll y");
        assert_eq!(slices.iter().map(|s| s.first_column).collect::<Vec<_>>(), [false, true]);
        assert_eq!(slices[0].range, 2..9);
    }

    #[test]
    fn white_space_and_comments_fall_off_the_end() {
        assert_eq!(trimmed("a b  # c\n  # d\n"), 3);
        assert_eq!(trimmed("a \"#\""), 5);
        assert_eq!(trimmed("a\u{a0}"), 1);
    }
}
