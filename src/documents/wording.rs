//! Wording that makes a sentence look like a deadline.

use super::line::Word;
use crate::Words;

/// Words of a sentence that make it look like a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What they are.
    pub kind: WordingKind,
    /// The place of the first of them in the sentence, from 0.
    pub first: usize,
    /// The place of the last.
    pub last: usize,
}

/// What makes a sentence look like a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordingKind {
    /// A number of days, weeks, months or years, in digits or words: `14 dagar`, `en månad`, `tremånaders`.
    Period,
    /// A day of the calendar: `2018-07-31`, `den 15:e`, `1 november`.
    Day,
    /// A bound: `senast`, `tidigast`, `minst`.
    Bound,
    /// Haste: `omgående`, `snarast`.
    Haste,
    /// Again and again: `årligen`, `varje månad`.
    Recurrence,
    /// In writing: `skriftligt`.
    Writing,
}

impl WordingKind {
    /// The kind in words, as what a sentence has.
    pub fn words(self) -> Words {
        match self {
            WordingKind::Period => Words::new("en tidrymd", "a period"),
            WordingKind::Day => Words::new("en dag", "a day"),
            WordingKind::Bound => Words::new("en gräns", "a bound"),
            WordingKind::Haste => Words::new("skyndsamhet", "haste"),
            WordingKind::Recurrence => Words::new("något återkommande", "something recurring"),
            WordingKind::Writing => Words::new("skriftlighet", "writing"),
        }
    }

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            WordingKind::Period => "period",
            WordingKind::Day => "day",
            WordingKind::Bound => "bound",
            WordingKind::Haste => "haste",
            WordingKind::Recurrence => "recurrence",
            WordingKind::Writing => "writing",
        }
    }
}

/// What in a sentence looks like a deadline, in the order of its words.
pub(super) fn wordings(words: &[Word]) -> Vec<Wording> {
    let plain: Vec<String> = words.iter().map(|word| plain(&word.text)).collect();
    let mut found: Vec<Wording> = Vec::new();
    let mut place = 0;
    while place < plain.len() {
        let rest: Vec<&str> = plain.iter().skip(place).map(String::as_str).collect();
        match at_start(&rest) {
            Some((kind, count)) => {
                let last = place.saturating_add(count.saturating_sub(1));
                found.push(Wording { kind, first: place, last });
                place = last.saturating_add(1);
            }
            None => place = place.saturating_add(1),
        }
    }
    found
}

/// What the first words are, and how many of them.
fn at_start(words: &[&str]) -> Option<(WordingKind, usize)> {
    let first = *words.first()?;
    let second = words.get(1).copied().unwrap_or("");
    let third = words.get(2).copied().unwrap_or("");
    if is_bound(first) {
        return Some((WordingKind::Bound, 1));
    }
    if matches!((first, second), ("at", "least" | "most" | "latest") | ("later" | "earlier", "than")) {
        return Some((WordingKind::Bound, 2));
    }
    if is_haste(first) {
        return Some((WordingKind::Haste, 1));
    }
    if matches!((first, second), ("utan", "dröjsmål") | ("god", "tid") | ("without", "delay")) {
        return Some((WordingKind::Haste, 2));
    }
    if is_writing(first) {
        return Some((WordingKind::Writing, 1));
    }
    if (first, second) == ("in", "writing") {
        return Some((WordingKind::Writing, 2));
    }
    if is_recurrence(first) || matches!(first.split_once('/'), Some((_, unit)) if is_unit(unit)) {
        return Some((WordingKind::Recurrence, 1));
    }
    if matches!(first, "varje" | "varannan" | "vartannat" | "per" | "every" | "each") && is_unit(second) {
        return Some((WordingKind::Recurrence, 2));
    }
    if is_iso_day(first) {
        return Some((WordingKind::Day, 1));
    }
    if is_day_number(first) && is_month(second) {
        return Some((WordingKind::Day, if is_year(third) { 3 } else { 2 }));
    }
    if is_month(first) && is_day_number(second) && !is_year(second) {
        return Some((WordingKind::Day, 2));
    }
    if is_ordinal(first) && (is_month(second) || !is_unit(second)) {
        return Some((WordingKind::Day, if is_month(second) { 2 } else { 1 }));
    }
    if is_number(first) || is_ordinal(first) {
        // `6 hela månader`, `sex (6) månader`, `3-4 veckor`.
        let unit = words.iter().take(4).skip(1).position(|word| is_unit(word))?;
        let between = words.get(1..unit.saturating_add(1)).unwrap_or_default();
        return between
            .iter()
            .all(|word| {
                is_number(word)
                    || matches!(
                        *word,
                        "hela"
                            | "påföljande"
                            | "eller"
                            | "till"
                            | "–"
                            | "-"
                            | "whole"
                            | "or"
                            | "to"
                            | "working"
                            | "calendar"
                    )
            })
            .then(|| (WordingKind::Period, unit.saturating_add(2)));
    }
    is_period_in_one_word(first).then_some((WordingKind::Period, 1))
}

/// A word in small letters without the signs around it.
fn plain(word: &str) -> String {
    let sign = |letter: char| !letter.is_alphanumeric();
    word.trim_matches(sign).to_lowercase()
}

fn is_bound(word: &str) -> bool {
    matches!(
        word,
        "senast" | "tidigast" | "minst" | "högst" | "längst" | "maximalt" | "max" | "latest" | "earliest"
    )
}

fn is_haste(word: &str) -> bool {
    matches!(
        word,
        "omgående"
            | "omedelbart"
            | "omedelbar"
            | "omedelbara"
            | "genast"
            | "snarast"
            | "skyndsamt"
            | "skyndsam"
            | "skyndsamma"
            | "immediately"
            | "promptly"
            | "forthwith"
    )
}

fn is_writing(word: &str) -> bool {
    matches!(word, "skriftlig" | "skriftligt" | "skriftliga" | "skriftligen" | "skriftlighet" | "written")
}

fn is_recurrence(word: &str) -> bool {
    matches!(
        word,
        "årligen"
            | "årlig"
            | "årligt"
            | "årliga"
            | "månatligen"
            | "månatlig"
            | "månatliga"
            | "månadsvis"
            | "veckovis"
            | "dagligen"
            | "kvartalsvis"
            | "halvårsvis"
            | "årsvis"
            | "annually"
            | "monthly"
            | "weekly"
            | "daily"
            | "yearly"
            | "quarterly"
    )
}

/// A word for a unit of the calendar, inflected: `dagars`, `veckan`, `månaderna`, `kalenderår`.
fn is_unit(word: &str) -> bool {
    let word = word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word);
    let stem = ["kalender", "arbets", "var", "helg", "bank"]
        .iter()
        .find_map(|first| word.strip_prefix(first))
        .unwrap_or(word);
    matches!(
        stem,
        "dag"
            | "dagen"
            | "dagar"
            | "dagarna"
            | "dygn"
            | "dygnet"
            | "dygnen"
            | "vecka"
            | "veckan"
            | "veckor"
            | "veckorna"
            | "månad"
            | "månaden"
            | "månader"
            | "månaderna"
            | "kvartal"
            | "kvartalet"
            | "halvår"
            | "halvåret"
            | "år"
            | "året"
            | "åren"
            | "day"
            | "week"
            | "month"
            | "quarter"
            | "year"
    )
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "januari"
            | "februari"
            | "mars"
            | "april"
            | "maj"
            | "juni"
            | "juli"
            | "augusti"
            | "september"
            | "oktober"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "okt"
            | "nov"
            | "dec"
            | "january"
            | "february"
            | "march"
            | "may"
            | "june"
            | "july"
            | "august"
            | "october"
    )
}

/// A number in digits or words.
fn is_number(word: &str) -> bool {
    let digits = !word.is_empty() && word.len() <= 4 && word.chars().all(|letter| letter.is_ascii_digit());
    let range = word.split_once(['-', '–']).is_some_and(|(low, high)| {
        let all = |text: &str| {
            !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        all(low) && all(high)
    });
    digits || range || is_number_word(word)
}

fn is_number_word(word: &str) -> bool {
    matches!(
        word,
        "en" | "ett"
            | "två"
            | "tre"
            | "fyra"
            | "fem"
            | "sex"
            | "sju"
            | "åtta"
            | "nio"
            | "tio"
            | "elva"
            | "tolv"
            | "tretton"
            | "fjorton"
            | "femton"
            | "sexton"
            | "sjutton"
            | "arton"
            | "nitton"
            | "tjugo"
            | "tjugofyra"
            | "trettio"
            | "fyrtio"
            | "fyrtiofem"
            | "femtio"
            | "sextio"
            | "sjuttio"
            | "åttio"
            | "nittio"
            | "hundra"
            | "par"
            | "några"
            | "halv"
            | "halvt"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "fourteen"
            | "fifteen"
            | "twenty"
            | "thirty"
    )
}

/// `15:e`, `1:a`, `15th`, `femtonde`.
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = digits.len() < word.len()
        && matches!(digits, ":e" | ":a" | ":de" | ":te" | "th" | "st" | "nd" | "rd");
    numbered || matches!(word, "femtonde" | "tionde" | "tjugonde" | "trettionde")
}

/// The number of a day in a month: `1`, `31`.
fn is_day_number(word: &str) -> bool {
    is_ordinal(word) || word.parse::<u8>().is_ok_and(|number| (1..=31).contains(&number))
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2018-07-31`.
fn is_iso_day(word: &str) -> bool {
    word.get(..10).is_some_and(|day| day.parse::<crate::time::Day>().is_ok())
}

/// `tremånaders`, `14-dagars`, `halvår`, `flerårig`.
fn is_period_in_one_word(word: &str) -> bool {
    if matches!(
        word,
        "halvår" | "halvåret" | "halvårs" | "fortnight" | "uppsägningstid" | "uppsägningstiden" | "varseltid"
    ) {
        return true;
    }
    let unit = ["dagars", "dygns", "veckors", "månaders", "månads", "årig", "årigt", "åriga", "års"];
    unit.iter()
        .find_map(|unit| word.strip_suffix(unit))
        .is_some_and(|number| is_number(number.trim_end_matches('-')))
}
