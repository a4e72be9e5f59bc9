//! Diagnostics `F01xx`: syntax.
//!
//! Messages are in both languages; the words of the language that they quote are those of the file's own.

mod sentence;

pub use sentence::*;

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::Language;
use crate::source::Span;

codes! {
    UNEXPECTED = "0101" "unexpected-word" Error;
    MISSPELT = "0102" "misspelt-word" Error;
    RESERVED_NAME = "0103" "reserved-name" Error;
    AMBIGUOUS_END = "0104" "ambiguous-end" Error;
    OTHER_LANGUAGE = "0105" "other-language" Error;
    UNKNOWN_ITEM = "0106" "unknown-item" Error;
    MISPLACED_LINE = "0107" "misplaced-line" Error;
    UNCLOSED_TEXT = "0108" "unclosed-text" Error;
    UNKNOWN_UNIT = "0109" "unknown-unit" Error;
    CHAINED_COMPARISON = "0110" "chained-comparison" Error;
    MISSING = "0111" "missing-part" Error;
    NUMBER_FORMAT = "0112" "number-format" Error;
    IMPOSSIBLE_DATE = "0113" "impossible-date" Error;
    BROKEN_HOLE = "0114" "broken-hole" Error;
    CLAUSE_ORDER = "0115" "clause-order" Error;
    BARE_TILL = "0116" "bare-until" Error;
    MUST_NOT = "0117" "must-not" Error;
    MISSING_CONNECTIVE = "0118" "missing-connective" Error;
    STRAY_OTHERWISE = "0119" "stray-otherwise" Error;
    MISSING_UNIT = "0120" "missing-unit" Error;
    SAID_TWICE = "0121" "said-twice" Error;
    DAY_OF_MONTH = "0122" "day-of-month" Error;
    AMBIGUOUS_BEFORE = "0123" "ambiguous-before" Error;
    ROW_OVER_LINES = "0124" "row-over-lines" Error;
    UNCLOSED_BRACKET = "0125" "unclosed-bracket" Error;
    BARE_CONDITIONAL = "0126" "bare-conditional" Error;
}

/// A word that does not fit where it stands; no text when the item ends too early.
pub fn unexpected(span: Span, text: &str, expected: &[Words]) -> Diagnostic {
    let text = first_line(text);
    let diagnostic = if text.is_empty() {
        Diagnostic::new(UNEXPECTED, "något saknas i slutet", "something is missing at the end")
    } else {
        Diagnostic::new(
            UNEXPECTED,
            format!("`{text}` passar inte här"),
            format!("`{text}` does not fit here"),
        )
    };
    if expected.is_empty() {
        return diagnostic.at(
            span,
            "hit går det att läsa, men inte längre",
            "it can be read up to here but no further",
        );
    }
    let sv = list(expected.iter().map(|words| words.sv.as_str()), "eller");
    let en = list(expected.iter().map(|words| words.en.as_str()), "or");
    diagnostic.at(span, format!("här kan stå {sv}"), format!("what may stand here is {en}"))
}

/// A word that is nearly one of the language's.
pub fn misspelt(span: Span, text: &str, nearest: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MISSPELT,
        format!("okänt ord `{text}`"),
        format!("unknown word `{text}`"),
    )
    .at(span, format!("menas `{nearest}`?"), format!("is `{nearest}` meant?"));
    if text.to_lowercase() == nearest.to_lowercase() {
        diagnostic.help(
            format!("språkets ord skrivs med små bokstäver: `{nearest}`"),
            format!("the words of the language are in lower case: `{nearest}`"),
        )
    } else {
        diagnostic.help(format!("skriv `{nearest}`"), format!("write `{nearest}`"))
    }
}

/// A name that a sentence would read as a word of the language.
pub fn reserved_name(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(
        RESERVED_NAME,
        format!("`{text}` kan inte vara ett namn här"),
        format!("`{text}` cannot be a name here"),
    )
    .at(span, "ordet betyder redan något i språket", "the word means something in the language already")
    .help(
        format!(
            "välj ett annat namn, till exempel `{text}_2`; svenska och engelska ord är upptagna i alla filer"
        ),
        format!("choose another name, such as `{text}_2`; Swedish and English words are taken in all files"),
    )
}

/// A word of the language that the file is not in.
pub fn other_language(span: Span, text: &str, file: Language, twin: &str) -> Diagnostic {
    let (sv, en) = file.choose2(("svenska", "Swedish"), ("engelska", "English"));
    Diagnostic::new(
        OTHER_LANGUAGE,
        format!("`{text}` hör inte till filens språk"),
        format!("`{text}` does not belong to the file's language"),
    )
    .at(span, format!("filen är på {sv}"), format!("the file is in {en}"))
    .help(format!("skriv `{twin}`"), format!("write `{twin}`"))
}

/// A first word that begins no item.
pub fn unknown_item(span: Span, text: &str, nearest: Option<&str>, language: Language) -> Diagnostic {
    let text = first_line(text);
    let diagnostic = Diagnostic::new(
        UNKNOWN_ITEM,
        format!("ingen del av en regelfil börjar med `{text}`"),
        format!("no part of a rule file begins with `{text}`"),
    );
    match nearest {
        Some(near) if near.to_lowercase() == text.to_lowercase() => diagnostic
            .at(span, format!("menas `{near}`?"), format!("is `{near}` meant?"))
            .help("språkets ord skrivs med små bokstäver", "the words of the language are in lower case"),
        Some(near) => diagnostic
            .at(span, format!("menas `{near}`?"), format!("is `{near}` meant?"))
            .help(format!("skriv `{near}`"), format!("write `{near}`")),
        None => {
            let some = language.choose("`händelse`, `uppgift` eller `regel`", "`event`, `fact` or `rule`");
            diagnostic.at(span, "okänt ord i första kolumnen", "an unknown word in the first column").help(
                format!("börja med till exempel {some}, eller dra in raden om den hör till raden ovanför"),
                format!(
                    "begin with, for instance, {some}, or indent the line if it belongs to the line above"
                ),
            )
        }
    }
}

/// How a line stands in the wrong column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// An item that does not begin in the first column.
    IndentedItem,
    /// Part of an item that begins in the first column.
    Clause,
}

/// A line in the wrong column.
pub fn misplaced_line(span: Span, text: &str, how: Misplaced) -> Diagnostic {
    match how {
        Misplaced::IndentedItem => Diagnostic::new(
            MISPLACED_LINE,
            format!("`{text}` ska stå i första kolumnen"),
            format!("`{text}` must stand in the first column"),
        )
        .at(span, "raden är indragen", "the line is indented")
        .help("ta bort mellanslagen eller tabben före ordet", "remove the spaces or the tab before the word"),
        Misplaced::Clause => Diagnostic::new(
            MISPLACED_LINE,
            format!("`{text}` hör till raden ovanför och ska vara indragen"),
            format!("`{text}` belongs to the line above and must be indented"),
        )
        .at(span, "i första kolumnen börjar något nytt", "in the first column something new begins")
        .help("dra in raden med två mellanslag", "indent the line by two spaces"),
    }
}

/// A text without its closing quotation mark; with curly ones when `curly`.
pub fn unclosed_text(span: Span, curly: bool) -> Diagnostic {
    if curly {
        return Diagnostic::new(
            UNCLOSED_TEXT,
            "texter står mellan raka citattecken",
            "texts stand between straight quotation marks",
        )
        .at(span, "ett typografiskt citattecken", "a curly quotation mark")
        .help("skriv `\"`", "write `\"`");
    }
    Diagnostic::new(
        UNCLOSED_TEXT,
        "texten saknar citattecken i slutet",
        "the text lacks its closing quotation mark",
    )
    .at(span, "börjar här och slutar inte på raden", "begins here and does not end on the line")
    .help(
        "sätt `\"` efter textens sista ord; en text ryms på en rad",
        "put `\"` after the last word of the text; a text fits on one line",
    )
}

/// A text that ends where another was to begin, on a line that has an odd number of quotation marks.
pub fn odd_quotation_marks(span: Span) -> Diagnostic {
    Diagnostic::new(
        UNCLOSED_TEXT,
        "ett citattecken saknas på raden",
        "a quotation mark is missing on the line",
    )
    .at(span, "slutar texten verkligen här?", "does the text really end here?")
    .help("varje text har ett `\"` först och ett sist", "each text has one `\"` before it and one after it")
}

/// A number followed by something that is no unit.
pub fn unknown_unit(span: Span, text: &str, nearest: Option<&str>, language: Language) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(UNKNOWN_UNIT, format!("okänd enhet `{text}`"), format!("unknown unit `{text}`"));
    match nearest {
        Some(near) => diagnostic
            .at(span, format!("menas `{near}`?"), format!("is `{near}` meant?"))
            .help(format!("skriv `{near}`"), format!("write `{near}`")),
        None => {
            let some = language.choose(
                "`dagar`, `veckor`, `månader`, `år`, `arbetsdagar`, `timmar`, `minuter`, `kronor` eller `%`",
                "`days`, `weeks`, `months`, `years`, `working days`, `hours`, `minutes`, `kronor` or `%`",
            );
            diagnostic
                .at(span, "efter ett tal står en enhet", "a unit follows a number")
                .help(format!("skriv {some}"), format!("write {some}"))
        }
    }
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A value.
    Value,
    /// A text in quotation marks.
    Text,
    /// `från D`.
    FirstDay,
    /// A date or a value after the last word of a line.
    AtLineEnd,
    /// `före D` after `minst P`.
    Before,
}

/// A part that a rule needs is missing after these words.
pub fn missing(span: Span, what: Missing, language: Language) -> Diagnostic {
    let (sv, en) = match what {
        Missing::Value => ("ett värde", "a value"),
        Missing::Text => ("en text inom citattecken", "a text in quotation marks"),
        Missing::FirstDay => ("den första dagen", "the first day"),
        Missing::AtLineEnd => ("ett datum eller ett värde", "a date or a value"),
        Missing::Before => ("dagen som det räknas från", "the day that it is counted from"),
    };
    let diagnostic = Diagnostic::new(MISSING, format!("{sv} saknas"), format!("{en} is missing")).at(
        span,
        format!("efter detta ska stå {sv}"),
        format!("{en} must follow this"),
    );
    let from = language.choose("från", "from");
    let before = language.choose("minst 3 månader före", "at least 3 months before");
    match what {
        Missing::FirstDay => diagnostic.help(format!("lägg till `{from} D`"), format!("add `{from} D`")),
        Missing::Before => {
            diagnostic.help(format!("skriv som `{before} D`"), format!("write like `{before} D`"))
        }
        _ => diagnostic,
    }
}

/// A text that stands without its quotation marks.
pub fn unquoted(span: Span) -> Diagnostic {
    Diagnostic::new(MISSING, "en text inom citattecken saknas", "a text in quotation marks is missing")
        .at(span, "detta ska stå inom citattecken", "this must stand in quotation marks")
        .help("sätt `\"` före och efter texten", "put `\"` before and after the text")
}

/// A number, or a day, that is written another way, and how to write it.
pub fn number_format(span: Span, text: &str, instead: &str) -> Diagnostic {
    let (sv, en) = if text.starts_with(char::is_alphabetic) {
        ("tal skrivs med siffror", "numbers are written in digits")
    } else if instead.contains('-') {
        ("en dag skrivs med siffror: år, månad, dag", "a day is written in digits: year, month, day")
    } else if instead.contains(':') {
        ("ett ordningstal har kolon före sin ändelse", "an ordinal has a colon before its ending")
    } else {
        (
            "tal har decimalpunkt, inget mellanrum mellan siffror, och mellanslag före enheten",
            "numbers have a decimal point, no space between digits, and a space before the unit",
        )
    };
    Diagnostic::new(
        NUMBER_FORMAT,
        format!("`{text}` skrivs på ett annat sätt"),
        format!("`{text}` is written another way"),
    )
    .at(span, sv, en)
    .help(format!("skriv `{instead}`"), format!("write `{instead}`"))
}

/// A day, a clock or an ordinal that does not exist.
pub fn impossible_date(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(IMPOSSIBLE_DATE, format!("`{text}` finns inte"), format!("`{text}` does not exist"))
        .at(span, "ingen sådan dag, tid eller ordning", "no such day, time or ordinal")
        .help(
            "dagar skrivs `2025-02-28`, åren 1583–9999; klockslag `08:00`; ordningstal från 1",
            "days are written `2025-02-28`, years 1583–9999; times `08:00`; ordinals from 1",
        )
}

/// A brace in a text that opens or closes no hole.
pub fn broken_hole(span: Span, brace: char) -> Diagnostic {
    Diagnostic::new(
        BROKEN_HOLE,
        format!("klammern `{brace}` i texten hör inte ihop med något"),
        format!("the brace `{brace}` in the text belongs to nothing"),
    )
    .at(span, "mellan `{` och `}` står ett uttryck", "an expression stands between `{` and `}`")
    .help(
        format!("skriv `{brace}{brace}` för en klammer i texten, eller fyll i uttrycket"),
        format!("write `{brace}{brace}` for a brace in the text, or fill in the expression"),
    )
}

/// A table row that does not fit on its line.
pub fn row_over_lines(span: Span) -> Diagnostic {
    Diagnostic::new(
        ROW_OVER_LINES,
        "tabellraden går över flera rader",
        "the table row runs over several lines",
    )
    .at(span, "en tabellrad är en rad", "a table row is one line")
    .help("sätt raden på en rad, med `|` först och sist", "put the row on one line, with `|` first and last")
}

/// A bracket without its other half.
pub fn unclosed_bracket(span: Span, bracket: char) -> Diagnostic {
    let other = match bracket {
        '(' => ')',
        ')' => '(',
        '{' => '}',
        _ => '{',
    };
    Diagnostic::new(
        UNCLOSED_BRACKET,
        format!("`{bracket}` saknar sin `{other}`"),
        format!("`{bracket}` lacks its `{other}`"),
    )
    .at(span, "den andra halvan saknas", "the other half is missing")
    .help(
        format!("sätt in `{other}`, eller ta bort `{bracket}`"),
        format!("put in `{other}`, or remove `{bracket}`"),
    )
}

/// Some things with commas, and a word before the last one.
fn list<'a>(things: impl Iterator<Item = &'a str>, word: &str) -> String {
    let things: Vec<&str> = things.collect();
    match things.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or("").trim();
    line.char_indices().nth(40).and_then(|(at, _)| line.get(..at)).unwrap_or(line)
}

/// Picks several words of a language at once.
pub(super) trait Choose {
    fn choose2<T>(self, swedish: T, english: T) -> T;
}

impl Choose for Language {
    fn choose2<T>(self, swedish: T, english: T) -> T {
        match self {
            Language::Swedish => swedish,
            Language::English => english,
        }
    }
}
