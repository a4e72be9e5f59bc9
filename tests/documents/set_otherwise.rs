//! The real documents set otherwise: other spaces, line ends, bullets, hyphens, lengths of lines and pages. Every citation
//! is still found.

use super::real::{all, faults};

/// Checks that a way of setting a text changes nothing.
fn changes_nothing(what: &str, set: impl Fn(&str) -> String) {
    for real in all() {
        let text = set(&real.text);
        assert_ne!(text, real.text, "{what} does something to {}", real.name);
        assert_eq!(faults(&real, &real.trace(&text)), Vec::<String>::new(), "{what}: {}", real.name);
    }
}

/// Breaks each line that is longer, at spaces, with so many spaces before what comes after.
fn wrapped(text: &str, width: usize, indent: usize, hyphens: bool) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        if line.contains('\t') {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let mut used = 0;
        for (number, word) in line.split(' ').enumerate() {
            let letters: Vec<char> = word.chars().collect();
            let plain = letters.len() >= 10 && letters.iter().all(|letter| letter.is_lowercase());
            if number > 0 && used + 1 + letters.len() > width {
                if hyphens && plain && used + 6 <= width {
                    let (head, tail) = letters.split_at(4);
                    out.push_str(&format!(" {}-\n{}", head.iter().collect::<String>(), " ".repeat(indent)));
                    out.extend(tail);
                    used = indent + tail.len();
                    continue;
                }
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                used = indent;
            } else if number > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += letters.len();
        }
        out.push('\n');
    }
    out
}

#[test]
fn spaces_of_other_kinds() {
    changes_nothing("no-break spaces", |text| text.replace(' ', "\u{a0}"));
    changes_nothing("thin spaces", |text| text.replace(' ', "\u{2009}"));
    changes_nothing("several spaces", |text| text.replace(' ', "  "));
    changes_nothing("spaces at the ends of lines", |text| text.replace('\n', " \n"));
}

#[test]
fn line_ends_and_marks_of_other_systems() {
    changes_nothing("CRLF", |text| text.replace('\n', "\r\n"));
    changes_nothing("a byte-order mark", |text| format!("\u{feff}{text}"));
    changes_nothing("letters in parts", |text| {
        text.replace('å', "a\u{30a}")
            .replace('ä', "a\u{308}")
            .replace('ö', "o\u{308}")
            .replace('Å', "A\u{30a}")
    });
}

#[test]
fn soft_hyphens() {
    changes_nothing("soft hyphens", |text| {
        let break_up = |word: &str| {
            let letters: Vec<char> = word.chars().collect();
            if letters.len() < 8 {
                return word.to_owned();
            }
            let (head, tail) = letters.split_at(letters.len() / 2);
            format!("{}\u{ad}{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
        };
        let lines = text.split('\n').map(|line| line.split(' ').map(break_up).collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    });
}

#[test]
fn other_bullets() {
    for bullet in ["-", "–", "*", "▪", "\u{f0b7}", "✓"] {
        changes_nothing(bullet, |text| {
            let lines = text.split('\n').map(|line| {
                let rest = line.trim_start();
                let marked =
                    ["• ", "- ", "ü ", "•\u{a0}", "ü\u{a0}"].iter().find_map(|mark| rest.strip_prefix(mark));
                marked.map_or_else(|| line.to_owned(), |rest| format!("   {bullet} {rest}"))
            });
            format!("{}\n", lines.collect::<Vec<_>>().join("\n"))
        });
    }
}

#[test]
fn lines_of_other_lengths() {
    for width in [38, 50, 64, 72, 80, 100] {
        changes_nothing(&format!("width {width}"), |text| wrapped(text, width, 0, false) + "\n");
        changes_nothing(&format!("width {width}, indented"), |text| wrapped(text, width, 3, false) + "\n");
    }
}

#[test]
fn hyphens_at_the_ends_of_lines() {
    for width in [50, 72] {
        changes_nothing(&format!("hyphens at {width}"), |text| wrapped(text, width, 0, true) + "\n");
    }
}

#[test]
fn pages_with_heads_and_numbers() {
    changes_nothing("pages", |text| {
        let mut out = String::new();
        let wrapped = wrapped(text, 90, 0, false);
        for (number, line) in wrapped.split('\n').enumerate() {
            out.push_str(line);
            out.push('\n');
            if number % 40 == 39 {
                out.push_str(&format!("\nSida {} (12)\n\u{c}Kommunen, dnr 2024/117\n", number / 40 + 1));
            }
        }
        out
    });
}
