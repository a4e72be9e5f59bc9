//! Words put on lines of a certain width.

/// A text broken at spaces into lines of at most so many characters; a longer word has a line of its own.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used: usize = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used.saturating_add(1).saturating_add(length) > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used = used.saturating_add(1);
        }
        line.push_str(word);
        used = used.saturating_add(length);
    }
    lines.push(line);
    lines
}

/// A text with a heading before its first line, and its other lines indented as far, each ended.
pub fn indented(heading: &str, text: &str, width: usize) -> String {
    let indent = heading.chars().count();
    let mut out = String::new();
    for (number, line) in wrap(text, width.saturating_sub(indent).max(NARROWEST)).into_iter().enumerate() {
        if number == 0 {
            out.push_str(heading);
        } else {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Narrower lines than this are no help to anyone, however narrow the terminal is.
const NARROWEST: usize = 24;
