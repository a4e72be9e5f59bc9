//! Rule files read again after edits: what comes out is what a reading of the whole gives.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::fmt::Debug;
use std::path::Path;
use std::sync::LazyLock;

use frist::source::Sources;
use frist::syntax::{format, parse};
use frist::{Draft, Language, Loaded, Loader, Ruleset};
use proptest::prelude::*;

/// Rulesets, and one of them in the other language.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulesets");
    let mut texts: Vec<String> = ["ljungby", "norrkoping", "stockholm"]
        .iter()
        .map(|name| std::fs::read_to_string(folder.join(name).join(format!("{name}.frist"))).unwrap())
        .collect();
    let english = in_language(&texts[0], Language::English);
    texts.push(english);
    texts
});

fn in_language(text: &str, language: Language) -> String {
    let mut sources = Sources::default();
    let id = sources.add("rules.frist", text);
    let (file, found) = parse(&sources, id);
    if found.is_empty() { format(&file, language) } else { text.to_owned() }
}

/// The first item of a text and some of the others, so that a case ends soon.
fn some_of(text: &str, number: usize) -> String {
    let places = items(text);
    let from = number % places.len();
    let to = (from + 12).min(places.len() - 1);
    text[..places[1]].to_owned() + &text[places[from]..places[to.max(from)]]
}

/// Where the lines of a text begin, and its end.
fn lines(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let mut lines: Vec<usize> = std::iter::once(0).chain(ends).collect();
    if lines.last() != Some(&text.len()) {
        lines.push(text.len());
    }
    lines
}

/// Where items begin, and the text's end.
fn items(text: &str) -> Vec<usize> {
    let begins = |at: &usize| text[*at..].starts_with(|sign: char| !sign.is_whitespace() && sign != '#');
    lines(text).into_iter().filter(|at| *at == text.len() || begins(at)).collect()
}

/// A stretch between two neighbours among places.
fn stretch(places: &[usize], number: usize) -> std::ops::Range<usize> {
    let place = number % (places.len() - 1).max(1);
    places[place]..places.get(place + 1).copied().unwrap_or(places[place])
}

/// A place in a text, on a whole character.
fn place(text: &str, number: usize) -> usize {
    let mut at = number % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One edit of a text, of a kind that an editor sees every day.
fn edited(text: &str, (kind, one, two): (u8, usize, usize)) -> String {
    let mut text = text.to_owned();
    let item = stretch(&items(&text), one);
    let line = stretch(&lines(&text), one);
    match kind {
        // Letters come and go.
        0 => text.insert(place(&text, one), ['x', 'å', ' ', '\n', '"', '(', '#', '\u{308}'][two % 8]),
        1 => {
            let from = place(&text, one);
            let to = place(&text, (from + two % 20).min(text.len())).max(from);
            text.replace_range(from..to, "");
        }
        // Items are removed, doubled, moved, broken; lines are removed and moved.
        2 => text.replace_range(item, ""),
        3 => {
            let twin = text[item.clone()].to_owned();
            text.insert_str(item.start, &twin);
        }
        4 => {
            let taken = text[item.clone()].to_owned();
            text.replace_range(item, "");
            let places = items(&text);
            text.insert_str(places[two % places.len()], &taken);
        }
        5 => text.insert_str(item.start, "%% "),
        6 => text.replace_range(line, ""),
        7 => {
            let indent = text[line.start..].len() - text[line.start..].trim_start_matches(' ').len();
            text.replace_range(line.start..line.start + indent, ["", "  ", "      "][two % 3]);
        }
        // The header, comments, numbers.
        8 => {
            let header = items(&text)[0];
            text.insert_str(header, ["# en kommentar\n", "\n\n", "roll någon\n"][two % 3]);
        }
        9 => text.insert_str(line.start, ["# rad\n", "  # rad\n", "\n"][two % 3]),
        10 => {
            text = text.replacen(
                ["15", "2025", "dagar"][one % 3],
                ["16", "2026", "månader"][two % 3],
                1 + two % 3,
            )
        }
        // The other language, word for word; and letters in two parts.
        11 => {
            text =
                in_language(&text, if two.is_multiple_of(2) { Language::English } else { Language::Swedish })
        }
        _ => text = text.replacen('ä', "a\u{308}", 1 + two % 5),
    }
    text
}

/// The trees and what was said of them, all with their places.
fn all_of(read: &dyn Debug) -> String {
    format!("{read:?}")
}

/// A ruleset and what was said of it, with all places. Maps in it come in any order.
fn parts_of(loaded: &Loaded) -> Vec<String> {
    let all = format!("{:?}", (&loaded.ruleset, &loaded.diagnostics));
    let mut parts: Vec<String> = all.split([',', '{', '}']).map(str::to_owned).collect();
    parts.sort_unstable();
    parts
}

fn edits() -> impl Strategy<Value = Vec<(u8, usize, usize)>> {
    proptest::collection::vec((0..=12_u8, any::<usize>(), any::<usize>()), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_are_read_as_the_whole_is(which in 0..4_usize, part in any::<usize>(), edits in edits()) {
        let mut text = some_of(&TEXTS[which], part);
        let mut loader = Loader::new().on_threads(which % 2 + 1);
        let mut last = text.clone();
        loader.draft([("rules.frist", text.as_str())]);
        for (number, edit) in edits.into_iter().enumerate() {
            // Now and then what was done is undone.
            let next = if number % 4 == 3 { last.clone() } else { edited(&text, edit) };
            last = std::mem::replace(&mut text, next);
            let (again, whole) = (loader.draft([("rules.frist", text.as_str())]), Draft::new([("rules.frist", &text)]));
            prop_assert!(all_of(&again) == all_of(&whole), "read otherwise after {edit:?}");
            let (again, whole) = (again.check(), whole.check());
            prop_assert!(parts_of(&again) == parts_of(&whole), "judged otherwise after {edit:?}");
        }
    }
}

#[test]
fn an_item_that_stands_in_another_file_now_is_moved_there() {
    let (header, role, rule) = (
        "regelverk a \"A\"\n  gäller från 2025-01-01\nhändelse h\n",
        "roll kommunen\n",
        "regel r \"R\"\n  när h\n  kommunen får inte svara\nåtgärd svara\n",
    );
    let mut loader = Loader::new();
    let before = [("a.frist", format!("{header}{role}")), ("b.frist", rule.to_owned())];
    assert!(loader.load(before).ruleset.is_some());
    let after = [("a.frist", format!("{header}{rule}")), ("b.frist", role.to_owned())];
    let again = loader.load(after.clone());
    assert!(again.ruleset.is_some());
    assert_eq!(parts_of(&again), parts_of(&Ruleset::load(after)));
}

#[test]
fn what_others_hold_of_an_earlier_reading_stays_as_it_was() {
    let before = "roll kommunen\nroll utföraren\n";
    let mut loader = Loader::new();
    let held = loader.draft([("a.frist", before)]);
    let shown = all_of(&held);
    let moved = loader.draft([("a.frist", "# en rad till\nroll kommunen\nroll utföraren\n")]);
    assert_eq!(all_of(&held), shown);
    assert_ne!(all_of(&moved.files), all_of(&held.files));
}

#[test]
fn any_number_of_threads_reads_the_same() {
    // Deep nesting, too: what one thread refuses the others refuse.
    let deep = format!("regel djup \"D\"\n  när h\n  om {}x\n    notering \"n\"\n", "inte ".repeat(2_000));
    let text = TEXTS.concat() + deep.as_str() + "regel trasig\n  annrs\n";
    assert!(text.len() > 1 << 18, "enough for several threads");
    let whole = all_of(&Draft::new([("rules.frist", &text)]));
    for threads in [0, 1, 2, 7] {
        let read = Loader::new().on_threads(threads).draft([("rules.frist", &text)]);
        assert!(all_of(&read) == whole, "{threads} threads read otherwise");
    }
}
