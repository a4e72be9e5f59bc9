//! The page on an error code, in one of its two languages.

use frist::Language;
use frist::diagnostics::render::indented;

/// What stands before an indented line of an example.
const INDENT: &str = "    ";

/// The heading of a page, its part in one language, and its examples, which belong to both.
pub(super) fn page(markdown: &str, language: Language, width: usize) -> String {
    let wanted = language.choose("Svenska", "English");
    let mut out = String::new();
    let mut part = None;
    let mut in_example = false;
    for line in markdown.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            in_example = !in_example;
            if in_example && let Some(heading) = heading(fence, language) {
                out.push_str(heading);
                out.push_str("\n\n");
            }
        } else if in_example {
            out.push_str(if line.is_empty() { "" } else { INDENT });
            out.push_str(line);
            out.push('\n');
        } else if let Some(title) = line.strip_prefix("## ") {
            part = Some(title.trim() == wanted);
        } else if part != Some(false) || line.is_empty() {
            out.push_str(&flowing(line.strip_prefix("# ").unwrap_or(line), width));
        }
    }
    squeeze(&out)
}

/// A paragraph, or a point of a list, broken to the width.
fn flowing(line: &str, width: usize) -> String {
    match line.strip_prefix("- ") {
        Some(point) => indented("- ", point, width),
        None => indented("", line, width),
    }
}

/// What is said of an example before it stands: `frist wrong`, `jsonl right`.
fn heading(fence: &str, language: Language) -> Option<&'static str> {
    let mut words = fence.split_whitespace().skip(1);
    words.find_map(|word| match word {
        "wrong" => Some(language.choose("Fel:", "Wrong:")),
        "right" => Some(language.choose("Rätt:", "Right:")),
        "rules" => Some(language.choose("Med dessa regler:", "With these rules:")),
        _ => None,
    })
}

/// One empty line where there are several, and none at the end.
fn squeeze(text: &str) -> String {
    let mut out = String::new();
    let mut empty = true;
    for line in text.lines() {
        if !(line.is_empty() && empty) {
            out.push_str(line);
            out.push('\n');
        }
        empty = line.is_empty();
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}
