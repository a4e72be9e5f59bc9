//! The lines of a document: words with their places, bullets, gaps between lines, and what a page adds to the text.

use unicode_normalization::UnicodeNormalization;

/// A word, and the bytes of the document that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its letters: Unicode NFC, without soft hyphens and characters that have no width.
    pub text: String,
    /// Its first byte in the document.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// A line that has words.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// Its words, without the bullet.
    pub words: Vec<Word>,
    /// The mark of a list before them.
    pub bullet: Option<Word>,
    /// What lies between it and the line before.
    pub gap: Gap,
    /// It ends in a soft hyphen: the next line goes on with the same word.
    pub broken_word: bool,
    /// It is an entry in a table of contents.
    pub entry: bool,
}

/// What lies between two lines that have words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// So many empty lines; none for lines that follow each other.
    Lines(u32),
    /// The end of a page, or what stands at it: a running head, a page number.
    Page,
}

/// The lines of a text that have words, without those that pages add.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut empty: u32 = 0;
    let mut page = false;
    let mut start: usize = 0;
    let mut waiting: Option<Word> = None;
    for (number, raw) in (1..).zip(text.split('\n')) {
        page |= raw.contains('\u{c}');
        let line = line(number, raw, start);
        start = start.saturating_add(raw.len()).saturating_add(1);
        match line {
            Read::Nothing => empty = empty.saturating_add(1),
            Read::Bullet(bullet) => waiting = Some(bullet),
            Read::Line(_) if is_page_label(raw) => page = true,
            Read::Line(mut line) => {
                line.gap = if page { Gap::Page } else { Gap::Lines(empty) };
                line.bullet = line.bullet.or(waiting.take());
                (empty, page) = (0, false);
                found.push(line);
            }
        }
    }
    without_running_heads(found)
}

/// What a line has.
enum Read {
    Nothing,
    /// A bullet alone: what it marks stands on the next line.
    Bullet(Word),
    Line(Line),
}

fn line(number: u32, raw: &str, start: usize) -> Read {
    let mut words = words(raw, start);
    let marked = words.first().is_some_and(|word| is_bullet(&word.text));
    let bullet = marked.then(|| words.remove(0));
    match (bullet, words.is_empty()) {
        (None, true) => Read::Nothing,
        (Some(bullet), true) => Read::Bullet(bullet),
        (bullet, false) => {
            let broken_word = raw.trim_end().ends_with('\u{ad}');
            let entry = is_entry(raw, &words);
            Read::Line(Line { number, words, bullet, gap: Gap::Lines(0), broken_word, entry })
        }
    }
}

/// The words of a stretch of text that begins at byte `start` of the document.
fn words(raw: &str, start: usize) -> Vec<Word> {
    let byte = |place: usize| u32::try_from(start.saturating_add(place)).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    let mut word = String::new();
    let mut first: Option<usize> = None;
    let ends = raw.char_indices().chain([(raw.len(), ' ')]);
    for (place, letter) in ends {
        if is_space(letter) {
            if let Some(first) = first.take()
                && !word.is_empty()
            {
                found.push(Word { text: word.nfc().collect(), start: byte(first), end: byte(place) });
            }
            word.clear();
        } else {
            first.get_or_insert(place);
            push_plain(letter, &mut word);
        }
    }
    found
}

/// White space of every kind; a page break, too.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// A letter as it counts: what has no width is nothing, and signs that only typesetting makes are plain ones.
fn push_plain(letter: char, word: &mut String) {
    match letter {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {}
        '\u{2010}' | '\u{2011}' => word.push('-'),
        'ﬀ' => word.push_str("ff"),
        'ﬁ' => word.push_str("fi"),
        'ﬂ' => word.push_str("fl"),
        'ﬃ' => word.push_str("ffi"),
        'ﬄ' => word.push_str("ffl"),
        _ => word.push(letter),
    }
}

/// Marks that begin a point of a list. A check mark of the Wingdings typeface comes out of a PDF as `ü`, and a ring of
/// Courier as `o`.
fn is_bullet(word: &str) -> bool {
    let mut letters = word.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    matches!(
        letter,
        '•' | '·'
            | '*'
            | '‣'
            | '◦'
            | '●'
            | '○'
            | '∙'
            | '⁃'
            | '■'
            | '□'
            | '▪'
            | '▫'
            | '➢'
            | '➤'
            | '►'
            | '▸'
            | '✓'
            | '✔'
            | '\u{e000}'..='\u{f8ff}' | 'ü' | 'o'
    ) || is_dash(letter)
}

/// A dash, which may be a bullet or stand in the middle of a sentence.
pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '–' | '—' | '−')
}

/// An entry in a table of contents: dots or a tab, and then the number of a page.
fn is_entry(raw: &str, words: &[Word]) -> bool {
    let [.., _, last] = words else { return false };
    if !is_number(&last.text) {
        return false;
    }
    let before = raw.trim_end().trim_end_matches(|letter: char| letter.is_ascii_digit());
    before.ends_with('\t') || before.trim_end().ends_with("...") || before.trim_end().ends_with('…')
}

/// What an entry names.
pub(super) fn entry_name(words: &[Word]) -> String {
    let names: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let names = names.split_last().map_or(&[][..], |(_, names)| names);
    names.join(" ").trim_end_matches(['.', '…', ' ']).to_owned()
}

/// Whether a line says which page it stands on: `Sida 3 (12)`, `3 (12)`, `Page 3 of 12`.
fn is_page_label(raw: &str) -> bool {
    let text = raw.to_lowercase();
    let parts: Vec<&str> = text
        .split(|letter: char| is_space(letter) || matches!(letter, '(' | ')' | '/'))
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        ["sida" | "sid" | "sid." | "s." | "page", number] => is_number(number),
        ["sida" | "sid" | "sid." | "page", number, "av" | "of", of]
        | ["sida" | "sid" | "sid." | "page", number, of] => is_number(number) && is_number(of),
        [number, of] => {
            text.trim().ends_with(')') && text.contains('(') && is_number(number) && is_number(of)
        }
        _ => false,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes away what is repeated at the edges of pages: the same words, whatever their digits, first or last on two
/// pages or more, and the bare number of a page. Only page breaks in the text (form feeds) tell where pages end.
fn without_running_heads(lines: Vec<Line>) -> Vec<Line> {
    let begins = |place: usize| lines.get(place).is_some_and(|line| line.gap == Gap::Page);
    let edge = |place: usize| begins(place) || begins(place.saturating_add(1));
    let pattern = |line: &Line| {
        let text: Vec<&str> = line.words.iter().map(|word| word.text.as_str()).collect();
        text.join(" ").replace(|letter: char| letter.is_ascii_digit(), "0")
    };
    let edges: Vec<String> =
        lines.iter().enumerate().filter(|(place, _)| edge(*place)).map(|(_, line)| pattern(line)).collect();
    let runs = |line: &Line| {
        let pattern = pattern(line);
        let bare = pattern.bytes().all(|byte| byte == b'0') && pattern.len() <= 3;
        // A date is no running head, though many may begin pages.
        let worded = pattern.chars().filter(|letter| letter.is_alphabetic()).count() >= 3;
        bare || worded && edges.iter().filter(|edge| **edge == pattern).count() >= 2
    };
    let kept: Vec<bool> =
        lines.iter().enumerate().map(|(place, line)| !(edge(place) && runs(line))).collect();
    let mut out: Vec<Line> = Vec::new();
    let mut page = false;
    for (mut line, kept) in lines.into_iter().zip(kept) {
        page |= line.gap == Gap::Page;
        if !kept {
            page = true;
            continue;
        }
        if page {
            line.gap = Gap::Page;
        }
        page = false;
        out.push(line);
    }
    out
}
