//! Diagnostics `F02xx`: names.

mod space;

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;

pub use space::NameSpace;

codes! {
    UNKNOWN_NAME = "0201" "unknown-name" Error;
    DUPLICATE_NAME = "0202" "duplicate-name" Error;
    AMBIGUOUS_NAME = "0203" "ambiguous-name" Error;
    UNKNOWN_FIELD = "0204" "unknown-field" Error;
    NAME_OUT_OF_PLACE = "0206" "name-out-of-place" Error;
    HEADER_MISSING = "0207" "header-missing" Error;
    SEVERAL_HEADERS = "0208" "several-headers" Error;
    OTHER_KIND_OF_CASE = "0209" "other-kind-of-case" Error;
    KIND_NOT_STATED = "0210" "kind-not-stated" Error;
    FACT_PARAMETER = "0211" "fact-parameter" Error;
    FIELD_NOT_SHARED = "0212" "field-not-shared" Error;
    NOT_TRANSLATED = "0213" "not-translated" Advice;
    UNUSED_FACT = "0214" "unused-fact" Warning;
    TOO_MANY = "0215" "too-many" Error;
    FILE_NOT_FOUND = "0216" "file-not-found" Error;
    UNANSWERED_QUESTION = "0217" "unanswered-question" Advice;
}

/// `F0201`: nobody declared this name.
pub fn unknown_name(
    space: NameSpace,
    name: &str,
    at: Span,
    nearest: Option<&str>,
    elsewhere: Option<(NameSpace, Span)>,
) -> Diagnostic {
    let (sv, en) = space.noun();
    let mut found = Diagnostic::new(
        UNKNOWN_NAME,
        format!("det finns {} {sv} `{name}`", space.no()),
        format!("there is no {en} `{name}`"),
    )
    .at(at, "det här namnet är inte deklarerat", "this name is not declared");
    if let Some((other, place)) = elsewhere {
        let words = other.with_article();
        found = found.at(
            place,
            format!("här är `{name}` {}", words.sv),
            format!("here `{name}` is {}", words.en),
        );
    }
    match (nearest, elsewhere) {
        (Some(near), _) => found.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        (None, Some((other, _))) => {
            let (other, space) = (other.with_article(), space.with_article());
            found.help(
                format!("`{name}` är {}, men här behövs {}", other.sv, space.sv),
                format!("`{name}` is {}, but {} is needed here", other.en, space.en),
            )
        }
        (None, None) => found
            .help("deklarera namnet, eller rätta stavningen", "declare the name, or correct its spelling"),
    }
}

/// `F0201`: no enumeration has this name; the nearest one may be a type of the language's own.
pub fn unknown_type(name: &str, at: Span, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        UNKNOWN_NAME,
        format!("det finns ingen typ `{name}`"),
        format!("there is no type `{name}`"),
    )
    .at(at, "ingen typ heter så", "no type is called so");
    match nearest {
        Some(near) => found.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => found.help(
            "deklarera den med `typ`, eller använd till exempel `datum`, `ja/nej`, `antal`, `belopp`, `tid` (2 timmar), `period` (3 månader) eller `text`",
            "declare it with `type`, or use, for instance, `date`, `yes/no`, `count`, `amount`, `duration` (2 hours), `period` (3 months) or `text`",
        ),
    }
}

/// `F0202`: two declarations of one name in one name space.
pub fn duplicate_name(space: NameSpace, name: &str, at: Span, first: Span) -> Diagnostic {
    let article = space.with_article();
    Diagnostic::new(
        DUPLICATE_NAME,
        format!("`{name}` är redan {}", article.sv),
        format!("`{name}` is already {}", article.en),
    )
    .at(at, "här står namnet en gång till", "the name stands here once more")
    .at(first, "det deklareras först här", "it is first declared here")
    .help("ge den ena ett annat namn", "give one of them another name")
}

/// `F0202`: a built-in name declared again.
pub fn built_in_name(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        DUPLICATE_NAME,
        format!("`{name}` är inbyggt och kan inte deklareras"),
        format!("`{name}` is built in and cannot be declared"),
    )
    .at(at, "det här namnet finns redan", "this name is there already")
    .help("välj ett annat namn", "choose another name")
}

/// `F0203`: a bare name fits both a field and a fact.
pub fn ambiguous_name(name: &str, at: Span, field: Span, fact: Span) -> Diagnostic {
    Diagnostic::new(
        AMBIGUOUS_NAME,
        format!("`{name}` är både ett fält och en uppgift"),
        format!("`{name}` is both a field and a fact"),
    )
    .at(at, "vilket av dem menas?", "which of them is meant?")
    .at(field, "fältet", "the field")
    .at(fact, "uppgiften", "the fact")
    .help(
        format!("skriv `händelsens {name}` eller `gällande {name}`"),
        format!("write `the event's {name}` or `current {name}`"),
    )
}

/// Adds to what is said of a name on which other lines it stands.
#[must_use]
pub fn also_on(found: Diagnostic, lines: &[u32]) -> Diagnostic {
    let Some(help) = found.help.clone() else { return found };
    let list = |and: &str| {
        let numbers: Vec<String> = lines.iter().map(u32::to_string).collect();
        match numbers.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
            None => String::new(),
        }
    };
    let word = if lines.len() == 1 { "line" } else { "lines" };
    found.help(
        format!("{} (namnet står också på rad {})", help.sv, list("och")),
        format!("{} (the name is also on {word} {})", help.en, list("and")),
    )
}

/// `F0204`: an event has no such field.
pub fn unknown_field(event: &str, name: &str, at: Span, event_at: Span, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        UNKNOWN_FIELD,
        format!("händelsen `{event}` har inget fält `{name}`"),
        format!("the event `{event}` has no field `{name}`"),
    )
    .at(at, "fältet finns inte", "there is no such field")
    .at(event_at, "händelsen deklareras här", "the event is declared here");
    match nearest {
        Some(near) => found.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => found.help(
            "lägg till fältet i händelsen, eller använd ett som finns",
            "add the field to the event, or use one that is there",
        ),
    }
}

/// `F0206`: a word that means something only in certain places.
pub fn name_out_of_place(word: &str, at: Span, where_it_belongs: &Words) -> Diagnostic {
    Diagnostic::new(
        NAME_OUT_OF_PLACE,
        format!("`{word}` betyder ingenting här"),
        format!("`{word}` means nothing here"),
    )
    .at(at, "det finns inget att syfta på", "there is nothing for it to refer to")
    .help(
        format!("`{word}` hör hemma {}", where_it_belongs.sv),
        format!("`{word}` belongs {}", where_it_belongs.en),
    )
}

/// `F0207`: no file has a header.
pub fn header_missing(at: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(HEADER_MISSING, "regelverket saknar huvud", "the ruleset has no header");
    let found = match at {
        Some(at) => found.at(at, "inget `regelverk` i filerna", "no `ruleset` in the files"),
        None => found,
    };
    found.help(
        "börja en fil med `regelverk namn \"Titel\"` och raden `gäller från ÅÅÅÅ-MM-DD`",
        "begin a file with `ruleset name \"Title\"` and the line `in force from YYYY-MM-DD`",
    )
}

/// `F0207`: a header without the day from which the ruleset is in force.
pub fn in_force_missing(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        HEADER_MISSING,
        format!("huvudet till `{name}` säger inte från när regelverket gäller"),
        format!("the header of `{name}` does not say from when the ruleset is in force"),
    )
    .at(at, "raden `gäller från` saknas", "the line `in force from` is missing")
    .help("lägg till `gäller från ÅÅÅÅ-MM-DD`", "add `in force from YYYY-MM-DD`")
}

/// `F0208`: more than one header, or a header line twice.
pub fn several_headers(at: Span, first: Span, line: bool) -> Diagnostic {
    let (sv, en) = if line {
        ("huvudet säger samma sak två gånger", "the header says the same thing twice")
    } else {
        ("regelverket har mer än ett huvud", "the ruleset has more than one header")
    };
    Diagnostic::new(SEVERAL_HEADERS, sv, en)
        .at(at, "det andra", "the second one")
        .at(first, "det första", "the first one")
        .help("behåll det ena", "keep one of them")
}

/// `F0209`: something of another kind of case is read or set.
pub fn other_kind_of_case(
    space: NameSpace,
    name: &str,
    at: Span,
    declared: Span,
    has: &str,
    rule: Option<(Span, String)>,
) -> Diagnostic {
    let (_, en) = space.noun();
    let found = Diagnostic::new(
        OTHER_KIND_OF_CASE,
        format!("{} `{name}` finns inte i samma slags ärende", space.definite()),
        format!("the {en} `{name}` is not in the same kind of case"),
    )
    .at(at, "en regel ser bara ett ärende", "a rule sees one case only")
    .at(declared, format!("finns i ärende {has}"), format!("is in case {has}"));
    let found = match rule {
        Some((place, kinds)) => {
            found.at(place, format!("det här gäller ärende {kinds}"), format!("this concerns case {kinds}"))
        }
        None => found,
    };
    found.help(
        "låt händelsen bära värdet i ett fält, eller ange `i ärende` på det som ska finnas i båda",
        "let the event carry the value in a field, or state `in case` on what is to be in both",
    )
}

/// `F0210`: something that must say in which kind of case it is.
pub fn kind_not_stated(what: &Words, name: &str, at: Span, kinds: &str) -> Diagnostic {
    Diagnostic::new(
        KIND_NOT_STATED,
        format!("{} `{name}` säger inte i vilket slags ärende", what.sv),
        format!("the {} `{name}` does not say in which kind of case", what.en),
    )
    .at(at, format!("ärendena är av flera slag: {kinds}"), format!("the cases are of several kinds: {kinds}"))
    .help("lägg till `i ärende …`", "add `in case …`")
}

/// `F0211`: a parameter is missing or not wanted.
pub fn fact_parameter(name: &str, at: Span, declared: Span, wanted: bool) -> Diagnostic {
    let found = Diagnostic::new(
        FACT_PARAMETER,
        if wanted {
            format!("uppgiften `{name}` har en parameter som inte är angiven")
        } else {
            format!("uppgiften `{name}` har ingen parameter")
        },
        if wanted {
            format!("the fact `{name}` has a parameter that is not given")
        } else {
            format!("the fact `{name}` has no parameter")
        },
    )
    .at(at, "används här", "used here")
    .at(declared, "uppgiften deklareras här", "the fact is declared here");
    if wanted {
        found.help(format!("skriv `{name} för …`"), format!("write `{name} for …`"))
    } else {
        found.help(format!("skriv bara `{name}`"), format!("write only `{name}`"))
    }
}

/// `F0212`: a field that only some of a trigger's events have.
pub fn field_not_shared(name: &str, at: Span, lacking: &str, lacking_at: Span) -> Diagnostic {
    Diagnostic::new(
        FIELD_NOT_SHARED,
        format!("fältet `{name}` finns inte i alla händelser som regeln utgår från"),
        format!("the field `{name}` is not in every event that the rule fires on"),
    )
    .at(at, "används här", "used here")
    .at(
        lacking_at,
        format!("`{lacking}` har inget sådant fält av samma typ"),
        format!("`{lacking}` has no such field of the same type"),
    )
    .help(
        "ge alla händelserna fältet, eller dela regeln i flera",
        "give all the events the field, or split the rule",
    )
}

/// `F0213`: texts that are in one language only.
pub fn not_translated(count: usize, at: Span, missing: &str) -> Diagnostic {
    let (sv, en) =
        if count == 1 { ("text", "text of the file is") } else { ("texter", "texts of the file are") };
    Diagnostic::new(
        NOT_TRANSLATED,
        format!("{count} {sv} i filen finns bara på ett språk"),
        format!("{count} {en} in one language only"),
    )
    .at(at, "den första av dem", "the first of them")
    .help(
        format!("lägg till `{missing} \"…\"` efter texten, så blir förklaringarna hela på båda språken"),
        format!("add `{missing} \"…\"` after the text, and explanations are whole in both languages"),
    )
}

/// `F0214`: a fact that nothing sets and nothing reads.
pub fn unused_fact(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        UNUSED_FACT,
        format!("ingen regel sätter eller läser uppgiften `{name}`"),
        format!("no rule sets or reads the fact `{name}`"),
    )
    .at(at, "uppgiften används inte", "the fact is not used")
    .help("ta bort den, eller skriv regeln som använder den", "remove it, or write the rule that uses it")
}

/// `F0215`: more of something than a ruleset can hold.
pub fn too_many(what: &Words, limit: usize, at: Span) -> Diagnostic {
    Diagnostic::new(
        TOO_MANY,
        format!("fler än {limit} {}", what.sv),
        format!("more than {limit} {}", what.en),
    )
    .at(at, "det här är en för mycket", "this is one too many")
    .help("dela regelverket", "split the ruleset")
}

/// `F0216`: a file that a declaration names and that was not there.
pub fn file_not_found(file: &str, at: Span, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        FILE_NOT_FOUND,
        format!("filen `{file}` finns inte bredvid regelfilerna"),
        format!("the file `{file}` is not beside the rule files"),
    )
    .at(at, "härifrån hämtas filen", "the file is asked for here");
    match nearest {
        Some(near) => found.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => found.help("lägg filen i samma mapp", "put the file in the same folder"),
    }
}

/// `F0217`: a question that no rule answers.
pub fn unanswered_question(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        UNANSWERED_QUESTION,
        format!("ingen regel besvarar frågan `{name}`"),
        format!("no rule answers the question `{name}`"),
    )
    .at(at, "frågan ställs här", "the question is asked here")
    .help(
        format!("skriv `besvarar {name}` i den regel som svarar, eller ta bort frågan"),
        format!("write `answers {name}` in the rule that answers it, or remove the question"),
    )
}

/// `F0201`: a value that a type does not have.
pub fn unknown_choice(ty: &str, name: &str, at: Span, declared: Span, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        UNKNOWN_NAME,
        format!("`{name}` är inget värde av `{ty}`"),
        format!("`{name}` is not a value of `{ty}`"),
    )
    .at(at, "värdet finns inte", "there is no such value")
    .at(declared, format!("`{ty}` deklareras här"), format!("`{ty}` is declared here"));
    match nearest {
        Some(near) => found.help(format!("menade du `{near}`?"), format!("did you mean `{near}`?")),
        None => found.help("använd ett av typens värden", "use one of the type's values"),
    }
}

/// `F0201`: a field of the trigger, named bare where the event looked at is meant.
pub fn trigger_field_in_where(name: &str, at: Span, field: Span) -> Diagnostic {
    Diagnostic::new(
        UNKNOWN_NAME,
        format!("händelsen som söks har inget fält `{name}`"),
        format!("the event looked for has no field `{name}`"),
    )
    .at(
        at,
        "inom `där` är det den sökta händelsens fält som menas",
        "inside `where` the fields are those of the event looked for",
    )
    .at(
        field,
        "fältet hör till händelsen som regeln utgår från",
        "the field is that of the event the rule fires on",
    )
    .help(format!("skriv `händelsens {name}`"), format!("write `the event's {name}`"))
}
