//! Diagnostics `F078x` and `F079x`: files, and what somebody asked of a ruleset by name.

use super::Diagnostic;
use super::codes::codes;
use super::nearest::nearest;
use crate::language::{Language, Words};
use crate::source::Span;
use crate::time::Day;

codes! {
    NO_SUCH_FILE = "0780" "no-such-file" Error;
    UNREADABLE_FILE = "0781" "unreadable-file" Error;
    NOT_UTF8 = "0782" "not-utf-8" Error;
    NO_RULE_FILES = "0783" "no-rule-files" Error;
    UNWRITABLE_FILE = "0784" "unwritable-file" Error;
    NOT_A_CALENDAR = "0785" "not-a-calendar" Error;
    UNKNOWN_CALENDAR = "0786" "unknown-calendar" Error;
    UNKNOWN_READING = "0787" "unknown-reading" Error;
    UNKNOWN_ANSWER = "0788" "unknown-answer" Error;
    ANSWER_NOT_COMPUTED = "0789" "answer-not-computed" Error;
    UNKNOWN_CASE = "0790" "unknown-case" Error;
    UNKNOWN_RULE = "0791" "unknown-rule" Error;
    NO_DAY = "0792" "no-day" Error;
    UNKNOWN_CODE = "0793" "unknown-code" Error;
    INPUT_TWICE = "0794" "input-twice" Error;
    BEFORE_RULESET = "0795" "before-ruleset" Advice;
    NO_EVENTS = "0796" "no-events" Error;
    NOT_DRAWN = "0797" "not-drawn" Error;
}

/// A file that does not exist; `siblings` are the names beside where it should be.
pub fn no_such_file<'a>(name: &str, siblings: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(NO_SUCH_FILE, format!("`{name}` finns inte"), format!("`{name}` does not exist"));
    did_you_mean(diagnostic, nearest(name, siblings))
}

/// A file that exists and cannot be read.
pub fn unreadable_file(name: &str, why: &Words) -> Diagnostic {
    Diagnostic::new(
        UNREADABLE_FILE,
        format!("`{name}` går inte att läsa: {}", why.sv),
        format!("`{name}` cannot be read: {}", why.en),
    )
}

/// How the letters of a file that is not UTF-8 seem to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Windows-1252, of which Latin-1 is a part.
    Windows1252,
    /// UTF-16.
    Utf16,
    /// It looks like no text at all.
    Unknown,
}

/// A file that is not UTF-8; `at` is the first letter that cannot be read, `byte` its place in the file from 0.
pub fn not_utf8(name: &str, at: Span, byte: usize, value: u8, encoding: Encoding) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        NOT_UTF8,
        format!("`{name}` är inte skriven i UTF-8"),
        format!("`{name}` is not written in UTF-8"),
    )
    .at(
        at,
        format!("byte {byte} är {value:#04X} och ingår inte i UTF-8 här"),
        format!("byte {byte} is {value:#04X} and not UTF-8 here"),
    );
    match encoding {
        Encoding::Windows1252 => diagnostic.help(
            "filen ser ut att vara sparad som Windows-1252 (ANSI): öppna den och spara den som UTF-8; händelser kan \
             läsas som de är med `--encoding windows-1252`",
            "the file seems to be saved as Windows-1252 (ANSI): open it and save it as UTF-8; events can be read as \
             they are with `--encoding windows-1252`",
        ),
        Encoding::Utf16 => diagnostic.help(
            "filen ser ut att vara sparad som UTF-16 (Unicode): öppna den och spara den som UTF-8",
            "the file seems to be saved as UTF-16 (Unicode): open it and save it as UTF-8",
        ),
        Encoding::Unknown => {
            diagnostic.help("filen ser inte ut att vara text", "the file does not look like text")
        }
    }
}

/// A folder without rule files; `below` are folders in it that hold some.
pub fn no_rule_files(name: &str, below: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        NO_RULE_FILES,
        format!("mappen `{name}` har inga regelfiler"),
        format!("the folder `{name}` has no rule files"),
    );
    if below.is_empty() {
        return diagnostic
            .help("en regelfil har ett namn som slutar på `.frist`", "a rule file's name ends in `.frist`");
    }
    let list = below.iter().map(|folder| format!("`{folder}`")).collect::<Vec<_>>().join(", ");
    diagnostic.help(
        format!("undermappar räknas inte med; regelfiler finns i {list}"),
        format!("folders inside it do not count; there are rule files in {list}"),
    )
}

/// A file that cannot be written.
pub fn unwritable_file(name: &str, why: &Words) -> Diagnostic {
    Diagnostic::new(
        UNWRITABLE_FILE,
        format!("`{name}` går inte att skriva: {}", why.sv),
        format!("`{name}` cannot be written: {}", why.en),
    )
}

/// A line of a calendar file that is not a date.
pub fn not_a_calendar(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        NOT_A_CALENDAR,
        format!("`{name}` är ingen kalender"),
        format!("`{name}` is not a calendar"),
    )
    .at(at, "det här är ingen dag", "this is not a day")
    .help(
        "skriv en dag per rad, till exempel `2025-09-10`",
        "write one day on each line, such as `2025-09-10`",
    )
}

/// A calendar that the ruleset does not declare.
pub fn unknown_calendar(name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_CALENDAR,
        format!("okänd kalender `{name}`"),
        format!("unknown calendar `{name}`"),
    );
    one_of(diagnostic, name, known, ("kalendrar", "calendars"))
}

/// A reading that the ruleset does not declare.
pub fn unknown_reading(name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_READING,
        format!("okänd tolkning `{name}`"),
        format!("unknown reading `{name}`"),
    );
    one_of(diagnostic, name, known, ("tolkningar", "readings"))
}

/// An answer that a reading does not have.
pub fn unknown_answer(reading: &str, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_ANSWER,
        format!("tolkningen `{reading}` har inget svar `{name}`"),
        format!("the reading `{reading}` has no answer `{name}`"),
    );
    one_of(diagnostic, name, known, ("svar", "answers"))
}

/// An answer that is recorded as text only: nothing can be run with it.
pub fn answer_not_computed(reading: &str, name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        ANSWER_NOT_COMPUTED,
        format!("svaret `{name}` på `{reading}` är antecknat men inte beräknat"),
        format!("the answer `{name}` to `{reading}` is recorded, not computed"),
    )
    .at(at, "`endast text`", "`text only`")
    .help(
        "reglerna säger inget om vad det svaret skulle innebära",
        "the rules do not say what that answer would mean",
    )
}

/// A case that no line is about.
pub fn unknown_case<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_CASE,
        format!("inga händelser gäller ärendet `{name}`"),
        format!("no events are about the case `{name}`"),
    );
    did_you_mean(diagnostic, nearest(name, known))
}

/// A rule that the ruleset does not have.
pub fn unknown_rule<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(UNKNOWN_RULE, format!("okänd regel `{name}`"), format!("unknown rule `{name}`"));
    let known: Vec<&str> = known.into_iter().collect();
    // Rules have long names: their beginning is what one remembers.
    let begun = || known.iter().copied().find(|known| known.starts_with(name));
    did_you_mean(diagnostic, nearest(name, known.iter().copied()).or_else(begun))
}

/// Neither a day nor a line to take it from.
pub fn no_day() -> Diagnostic {
    Diagnostic::new(NO_DAY, "det går inte att avgöra per vilken dag", "there is no day to decide as of").help(
        "ingen rad gick att läsa, så dagen behövs: `--as-of 2025-12-31`",
        "no line could be read, so the day is needed: `--as-of 2025-12-31`",
    )
}

/// A code that is not in the table.
pub fn unknown_code(code: &str) -> Diagnostic {
    Diagnostic::new(UNKNOWN_CODE, format!("koden `{code}` finns inte"), format!("there is no code `{code}`"))
}

/// Standard input asked for twice.
pub fn input_twice() -> Diagnostic {
    Diagnostic::new(
        INPUT_TWICE,
        "`-` står mer än en gång, men det finns bara en standardingång",
        "`-` stands more than once, but there is one standard input only",
    )
}

/// An event dated before the ruleset is in force.
pub fn before_ruleset(event: &str, at: Option<Span>, from: Day) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        BEFORE_RULESET,
        format!("`{event}` är före regelverkets första dag och utlöser inget"),
        format!("`{event}` is before the ruleset's first day and fires nothing"),
    );
    let (sv, en) =
        (format!("regelverket gäller från {from}"), format!("the ruleset is in force from {from}"));
    match at {
        Some(at) => diagnostic.at(at, sv, en),
        None => diagnostic.help(sv, en),
    }
}

/// Rules to explain something of, and no events.
pub fn no_events() -> Diagnostic {
    Diagnostic::new(NO_EVENTS, "det finns inga händelser att förklara", "there are no events to explain")
        .help(
            "skriv reglerna och sedan händelserna: `frist explain regler händelser.jsonl`",
            "write the rules and then the events: `frist explain rules events.jsonl`",
        )
}

/// A drawing asked of a command that draws none.
pub fn not_drawn() -> Diagnostic {
    Diagnostic::new(
        NOT_DRAWN,
        "bara `frist state` ritar: `--format svg` går inte här",
        "only `frist state` draws: `--format svg` cannot be had here",
    )
    .help("skriv `--format json`, eller utelämna den", "write `--format json`, or leave it out")
}

fn did_you_mean(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// Suggests the nearest name, else all of them, else says that there are none.
fn one_of(diagnostic: Diagnostic, name: &str, known: &[&str], kind: (&str, &str)) -> Diagnostic {
    let near = nearest(name, known.iter().copied());
    if near.is_some() {
        return did_you_mean(diagnostic, near);
    }
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let say = |language: Language| {
        let kind = language.choose(kind.0, kind.1);
        match (language, known.is_empty()) {
            (Language::Swedish, true) => format!("det finns inga {kind}"),
            (Language::Swedish, false) => format!("det finns {kind}: {list}"),
            (Language::English, true) => format!("there are no {kind}"),
            (Language::English, false) => format!("there are {kind}: {list}"),
        }
    };
    diagnostic.help(say(Language::Swedish), say(Language::English))
}
