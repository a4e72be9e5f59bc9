//! Diagnostics `F07xx`: events and files.

use super::codes::codes;
use super::nearest::nearest;
use super::{Diagnostic, Words};
use crate::source::Span;

codes! {
    NOT_JSON = "0701" "not-json" Error;
    ENDS_EARLY = "0702" "ends-early" Error;
    NOT_AN_OBJECT = "0703" "not-an-object" Error;
    LINE_TOO_LONG = "0704" "line-too-long" Error;
    NESTED_TOO_DEEP = "0705" "nested-too-deep" Error;
    REPEATED_NAME = "0706" "repeated-name" Error;
    MISSING_KEY = "0707" "missing-key" Error;
    UNKNOWN_EVENT = "0708" "unknown-event" Error;
    UNKNOWN_FIELD = "0709" "unknown-event-field" Error;
    MISSING_FIELD = "0710" "missing-field" Error;
    WRONG_TYPE = "0711" "wrong-value-type" Error;
    NO_SUCH_DAY = "0712" "no-such-day" Error;
    UNKNOWN_UNIT = "0713" "unknown-value-unit" Error;
    TOO_MANY_DECIMALS = "0714" "too-many-decimals" Error;
    NUMBER_TOO_LARGE = "0715" "number-too-large" Error;
    SHARE_OVER_ONE = "0716" "share-over-one" Error;
    UNKNOWN_VALUE = "0717" "unknown-value" Error;
    OTHER_KIND_OF_CASE = "0718" "event-of-other-kind" Error;
    ID_TAKEN = "0719" "id-taken" Error;
    UNKNOWN_ID = "0720" "unknown-id" Error;
    REPEATED_LINE = "0721" "repeated-line" Warning;
    BROKEN_QUOTES = "0722" "broken-quotes" Error;
    CELLS_AND_COLUMNS = "0723" "cells-and-columns" Error;
    OUT_OF_ORDER = "0724" "out-of-order" Advice;
}

/// A line, or a whole array, that is not JSON: what stands before the place and at it tells the cure.
pub fn not_json(at: Span, before: Option<char>, here: Option<char>, in_array: bool) -> Diagnostic {
    let it = if in_array { "texten är" } else { "raden är" };
    let that = if in_array { "the text is" } else { "the line is" };
    let diagnostic = Diagnostic::new(NOT_JSON, format!("{it} inte JSON"), format!("{that} not JSON"));
    let diagnostic = diagnostic.at(at, "hit går det att läsa", "it can be read up to here");
    match (before, here) {
        (_, Some('\'')) => diagnostic.help(
            "namn och texter står inom dubbla citattecken: `\"…\"`",
            "names and texts stand in double quotes: `\"…\"`",
        ),
        (Some(','), Some('}' | ']')) | (_, Some(',')) => diagnostic
            .help("ta bort kommatecknet som inget följer på", "remove the comma that nothing follows"),
        (Some('}'), Some(_)) if !in_array => {
            diagnostic.help("skriv en händelse per rad", "write one event on each line")
        }
        (_, Some('0'..='9')) => diagnostic.help(
            "ett tal börjar inte med `0`, och datum och texter står inom citattecken",
            "a number does not begin with `0`, and dates and texts stand in quotation marks",
        ),
        _ => diagnostic.help(
            "en rad ser ut så här: `{\"case\":\"a-1\",\"event\":\"…\",\"date\":\"2025-05-01\"}`",
            "a line looks like this: `{\"case\":\"a-1\",\"event\":\"…\",\"date\":\"2025-05-01\"}`",
        ),
    }
}

/// A line or an array that ends before it is whole.
pub fn ends_early(at: Span, in_array: bool) -> Diagnostic {
    if in_array {
        return Diagnostic::new(ENDS_EARLY, "listan tar slut för tidigt", "the array ends too early")
            .at(at, "här slutar texten", "the text ends here")
            .help("listan slutar med `]`", "an array ends with `]`");
    }
    Diagnostic::new(ENDS_EARLY, "raden tar slut för tidigt", "the line ends too early")
        .at(at, "här slutar raden", "the line ends here")
        .help(
            "hela händelsen står på en rad och slutar med `}`",
            "the whole event stands on one line and ends with `}`",
        )
}

/// A line that is JSON, but no object.
pub fn not_an_object(at: Span) -> Diagnostic {
    Diagnostic::new(NOT_AN_OBJECT, "raden är ingen händelse", "the line is not an event")
        .at(at, "det här är inget objekt", "this is not an object")
        .help(
            "en händelse skrivs `{\"case\":…,\"event\":…,\"date\":…}`",
            "an event is written `{\"case\":…,\"event\":…,\"date\":…}`",
        )
}

/// A line past the limit.
pub fn line_too_long(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(LINE_TOO_LONG, "raden är för lång", "the line is too long")
        .at(at, format!("mer än {limit} byte"), format!("more than {limit} bytes"))
        .help("skriv en händelse per rad", "write one event on each line")
}

/// Arrays and objects inside each other past the limit.
pub fn nested_too_deep(at: Span, limit: usize) -> Diagnostic {
    let (sv, en) = ("för många listor och objekt i varandra", "too many arrays and objects in each other");
    Diagnostic::new(NESTED_TOO_DEEP, sv, en)
        .at(at, format!("nivå {}", limit.saturating_add(1)), format!("level {}", limit.saturating_add(1)))
        .help(
            format!("högst {limit} nivåer läses; en händelses fält är enkla värden eller listor av sådana"),
            format!("at most {limit} levels are read; an event's fields are plain values or lists of them"),
        )
}

/// A name that stands twice on a line, or in the header of a table.
pub fn repeated_name(name: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(REPEATED_NAME, format!("`{name}` står två gånger"), format!("`{name}` stands twice"))
        .at(again, "här står det igen", "here it stands again")
        .at(first, "här står det först", "here it stands first")
        .help("behåll det ena", "keep one of them")
}

/// A line, or a header, without one of the keys that every line has.
pub fn missing_key(key: &str, at: Span, header: bool) -> Diagnostic {
    let (of, wherever) = if header { ("tabellen", "the table") } else { ("raden", "the line") };
    let diagnostic =
        Diagnostic::new(MISSING_KEY, format!("{of} saknar `{key}`"), format!("{wherever} has no `{key}`"));
    let diagnostic = diagnostic.at(at, format!("här fattas `{key}`"), format!("`{key}` is missing here"));
    match key {
        "case" => diagnostic.help(
            "`case` säger vilket ärende det gäller; bara händelser i ärendet `kommunen` klarar sig utan",
            "`case` says which case it is about; only events of the case `kommunen` do without",
        ),
        "event" => diagnostic
            .help("`event` är händelsens namn i reglerna", "`event` is the event's name in the rules"),
        _ => diagnostic.help(
            "`date` är dagen då händelsen blev känd, till exempel `2025-05-01`",
            "`date` is the day the event became known, such as `2025-05-01`",
        ),
    }
}

/// An event that the rules do not declare.
pub fn unknown_event<'a>(name: &str, at: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(UNKNOWN_EVENT, format!("okänd händelse `{name}`"), format!("unknown event `{name}`"))
            .at(at, "ingen händelse i reglerna heter så", "no event in the rules is called so");
    did_you_mean(diagnostic, nearest(name, known))
}

/// A field that its event does not have; without an event, a column of a table that no event has.
pub fn unknown_field(name: &str, at: Span, event: Option<&str>, near: Option<&str>) -> Diagnostic {
    let diagnostic = match event {
        Some(event) => Diagnostic::new(
            UNKNOWN_FIELD,
            format!("`{event}` har inget fält `{name}`"),
            format!("`{event}` has no field `{name}`"),
        ),
        None => Diagnostic::new(
            UNKNOWN_FIELD,
            format!("ingen händelse har ett fält `{name}`"),
            format!("no event has a field `{name}`"),
        ),
    };
    let diagnostic = diagnostic.at(at, "okänt fält", "unknown field");
    match near {
        Some(_) => did_you_mean(diagnostic, near),
        None => diagnostic.help(
            "ta bort fältet, eller släpp igenom okända fält med `--allow-extra-fields`",
            "remove the field, or let unknown fields pass with `--allow-extra-fields`",
        ),
    }
}

/// A field without default that is not optional and not given; `header` is that of a table without a column for it.
pub fn missing_field(
    event: &str,
    field: &str,
    at: Span,
    header: Option<Span>,
    example: &Words,
    withdraws: bool,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        MISSING_FIELD,
        format!("`{event}` saknar sitt fält `{field}`"),
        format!("`{event}` lacks its field `{field}`"),
    )
    .at(at, format!("här fattas `{field}`"), format!("`{field}` is missing here"));
    if let Some(header) = header {
        let (sv, en) = (format!("ingen kolumn heter `{field}`"), format!("no column is called `{field}`"));
        diagnostic = diagnostic.at(header, sv, en);
    }
    if withdraws {
        return diagnostic.help(
            "en rad som rättar en annan står med alla sina fält; en som bara tar bort den har ingen `event`",
            "a line that corrects another stands with all its fields; one that only removes it has no `event`",
        );
    }
    diagnostic.help(
        format!("lägg till det, till exempel `{}`", example.sv),
        format!("add it, for instance `{}`", example.en),
    )
}

/// A value of another type than its field, or none that can be read.
pub fn wrong_type(name: &str, at: Span, takes: &Words, example: &Words) -> Diagnostic {
    Diagnostic::new(
        WRONG_TYPE,
        format!("`{name}` ska vara {}", takes.sv),
        format!("`{name}` must be {}", takes.en),
    )
    .at(at, format!("det här är inte {}", takes.sv), format!("this is not {}", takes.en))
    .help(format!("skriv till exempel `{}`", example.sv), format!("write for instance `{}`", example.en))
}

/// A date that no calendar has, or that lies outside the years that are computed with.
pub fn no_such_day(name: &str, at: Span, out_of_range: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        NO_SUCH_DAY,
        format!("`{name}` är en dag som inte finns"),
        format!("`{name}` is a day that does not exist"),
    );
    if out_of_range {
        let (sv, en) = ("utanför åren 1583 till 9999", "outside the years 1583 to 9999");
        return diagnostic.at(at, sv, en).help("rätta året", "correct the year");
    }
    diagnostic
        .at(at, "ingen sådan dag", "no such day")
        .help("rätta månaden eller dagens nummer", "correct the month or the number of the day")
}

/// A word after a number that is no unit.
pub fn unknown_unit<'a>(
    word: &str,
    at: Span,
    units: impl IntoIterator<Item = &'a str>,
    example: &Words,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_UNIT,
        format!("okänd enhet `{word}`"),
        format!("unknown unit `{word}`"),
    )
    .at(at, "ingen enhet heter så", "no unit is called so");
    match nearest(word, units) {
        None => diagnostic.help(
            format!("skriv till exempel `{}`", example.sv),
            format!("write for instance `{}`", example.en),
        ),
        near => did_you_mean(diagnostic, near),
    }
}

/// More decimals than the type keeps.
pub fn too_many_decimals(name: &str, at: Span, takes: &Words, keeps: &Words) -> Diagnostic {
    Diagnostic::new(
        TOO_MANY_DECIMALS,
        format!("`{name}` har fler decimaler än {} rymmer", takes.sv),
        format!("`{name}` has more decimals than {} keeps", takes.en),
    )
    .at(at, format!("minst är {}", keeps.sv), format!("the smallest step is {}", keeps.en))
    .help(
        "avrunda innan händelsen skrivs; här avrundas inget i tysthet",
        "round before the event is written; nothing is rounded silently here",
    )
}

/// A number past what its type can hold.
pub fn number_too_large(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        NUMBER_TOO_LARGE,
        format!("`{name}` är ett för stort tal"),
        format!("`{name}` is too large a number"),
    )
    .at(at, "ryms inte", "does not fit")
    .help("kontrollera talet och dess enhet", "check the number and its unit")
}

/// A share that is given as a number past one: a percentage without its sign.
pub fn share_over_one(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        SHARE_OVER_ONE,
        format!("`{name}` är en andel och ska ligga mellan 0 och 1"),
        format!("`{name}` is a share and must lie between 0 and 1"),
    )
    .at(at, "inte mellan 0 och 1", "not between 0 and 1")
    .help(
        "skriv procent med tecken, `\"89 %\"`, eller del och helhet, `\"8/9\"`",
        "write per cent with its sign, `\"89 %\"`, or part and whole, `\"8/9\"`",
    )
}

/// A value that is none of those its type names. `near` is what was probably meant.
pub fn unknown_value(name: &str, value: &str, at: Span, near: Option<&str>, known: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_VALUE,
        format!("`{name}` kan inte vara `{value}`"),
        format!("`{name}` cannot be `{value}`"),
    )
    .at(at, "okänt värde", "unknown value");
    match near {
        Some(_) => did_you_mean(diagnostic, near),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let list = |language| crate::words::list(&known, language);
            diagnostic.help(
                format!("värdena är {}", list(crate::Language::Swedish)),
                format!("the values are {}", list(crate::Language::English)),
            )
        }
    }
}

/// An event that cannot stand in a case of this kind. `because` is the event that settled the kind.
pub fn other_kind_of_case(
    event: &str,
    kind: &str,
    case: &str,
    at: Span,
    because: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        OTHER_KIND_OF_CASE,
        format!("`{event}` kan inte stå i ärendet `{case}`, som är av slaget `{kind}`"),
        format!("`{event}` cannot stand in the case `{case}`, which is of the kind `{kind}`"),
    )
    .at(at, "händelse av ett annat slag", "an event of another kind");
    let diagnostic = match because {
        Some(because) => {
            diagnostic.at(because, format!("gör ärendet till `{kind}`"), format!("makes the case a `{kind}`"))
        }
        None => diagnostic,
    };
    diagnostic
        .help("rätta `case`: ett ärende är av ett enda slag", "correct `case`: a case is of one kind alone")
}

/// An id that an earlier line has already.
pub fn id_taken(id: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(ID_TAKEN, format!("två rader har `id` `{id}`"), format!("two lines have the `id` `{id}`"))
        .at(at, "här används det igen", "here it is used again")
        .at(first, "här används det först", "here it is used first")
        .help(
            "ge raden ett eget `id`, eller `replaces` om den rättar den andra",
            "give the line an `id` of its own, or `replaces` if it corrects the other one",
        )
}

/// A correction of a line that has not been.
pub fn unknown_id<'a>(id: &str, at: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_ID,
        format!("ingen tidigare rad har `id` `{id}`"),
        format!("no earlier line has the `id` `{id}`"),
    )
    .at(at, "okänt `id`", "unknown `id`");
    match nearest(id, known) {
        None => diagnostic.help(
            "en rättelse kommer efter raden som den rättar",
            "a correction comes after the line that it corrects",
        ),
        near => did_you_mean(diagnostic, near),
    }
}

/// A line that says what an earlier one says.
pub fn repeated_line(at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(REPEATED_LINE, "samma händelse står två gånger", "the same event stands twice")
        .at(at, "här igen", "here again")
        .at(first, "här först", "here first")
        .help(
            "båda räknas; ta bort den ena, eller ge dem var sitt `id` om det hände två gånger",
            "both count; remove one, or give each an `id` if it happened twice",
        )
}

/// Lines of cases that stand after lines of later days; the first of them, and the line that it should come before.
pub fn out_of_order(count: usize, at: Span, after: Span) -> Diagnostic {
    let (sv, en) = match count {
        1 => ("1 rad står".to_owned(), "1 line stands".to_owned()),
        _ => (format!("{count} rader står"), format!("{count} lines stand")),
    };
    Diagnostic::new(
        OUT_OF_ORDER,
        format!("{sv} efter en rad i samma ärende med senare datum"),
        format!("{en} after a line of the same case with a later date"),
    )
    .at(at, "tidigare dag", "an earlier day")
    .at(after, "står före, men är senare", "stands before it, but is later")
    .help(
        "händelserna körs i datumordning; samma dag gäller radernas ordning",
        "the events are run in the order of their dates; within a day the order of lines counts",
    )
}

/// A quoted cell that is never closed, or that something follows.
pub fn broken_quotes(at: Span) -> Diagnostic {
    Diagnostic::new(
        BROKEN_QUOTES,
        "en cell inom citattecken slutar inte som den ska",
        "a quoted cell does not end as it should",
    )
    .at(at, "citattecknet som öppnar cellen", "the quotation mark that opens the cell")
    .help(
        "avsluta cellen med `\"` före nästa skiljetecken; ett citattecken i den skrivs `\"\"`",
        "end the cell with `\"` before the next separator; a quotation mark in it is written `\"\"`",
    )
}

/// A record with another number of cells than the header has columns.
pub fn cells_and_columns(cells: usize, columns: usize, at: Span, header: Span) -> Diagnostic {
    let sv = |n: usize, one: &str, several: &str| format!("{n} {}", if n == 1 { one } else { several });
    let (cells_sv, columns_sv) = (sv(cells, "cell", "celler"), sv(columns, "kolumn", "kolumner"));
    let (cells_en, columns_en) = (sv(cells, "cell", "cells"), sv(columns, "column", "columns"));
    Diagnostic::new(
        CELLS_AND_COLUMNS,
        format!("raden har {cells_sv} men tabellen {columns_sv}"),
        format!("the line has {cells_en} but the table {columns_en}"),
    )
    .at(at, cells_sv, cells_en)
    .at(header, columns_sv, columns_en)
    .help(
        "en cell som innehåller skiljetecknet står inom citattecken; en tom cell skrivs ut",
        "a cell that holds the separator stands in quotation marks; an empty cell is written too",
    )
}

fn did_you_mean(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}
