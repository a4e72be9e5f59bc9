//! Diagnostics `F03xx`: types and units.

use super::codes::codes;
use super::{Diagnostic, Words};
use crate::source::Span;

codes! {
    WRONG_TYPE = "0301" "wrong-type" Error;
    MISSING_UNIT = "0302" "number-without-unit" Error;
    MONTHS_AGAINST_DAYS = "0303" "months-against-days" Error;
    RATES_DIFFER = "0304" "rates-differ" Error;
    NO_SUCH_OPERATION = "0305" "no-such-operation" Error;
    ROUNDING_NEEDED = "0306" "rounding-needed" Error;
    SET_ELEMENT = "0307" "set-element" Error;
    SELF_COMPARISON = "0308" "self-comparison" Warning;
    UNGUARDED_OPTIONAL = "0309" "unguarded-optional" Warning;
    BAD_NUMBER = "0310" "bad-number" Error;
    MIXED_UNITS = "0311" "mixed-units" Error;
    NOT_FIXED = "0312" "not-fixed" Error;
    WRONG_COUNT = "0313" "wrong-count" Error;
    TYPE_NOT_KNOWN = "0314" "type-not-known" Error;
    TOO_LARGE = "0315" "expression-too-large" Error;
    NONE_NOT_ALLOWED = "0316" "none-not-allowed" Error;
}

/// `F0301`: a value of another type than the place asks for.
pub fn wrong_type(wanted: &Words, found: &Words, at: Span, because: Option<(Span, &Words)>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        WRONG_TYPE,
        format!("här behövs {}, men det här är {}", wanted.sv, found.sv),
        format!("{} is needed here, but this is {}", wanted.en, found.en),
    )
    .at(at, format!("det här är {}", found.sv), format!("this is {}", found.en));
    match because {
        Some((place, words)) => {
            diagnostic.at(place, format!("det här är {}", words.sv), format!("this is {}", words.en))
        }
        None => diagnostic,
    }
}

/// `F0302`: a bare number where a unit decides the meaning.
pub fn missing_unit(
    number: &str,
    wanted: &Words,
    units: &Words,
    at: Span,
    because: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        MISSING_UNIT,
        format!("talet `{number}` saknar enhet"),
        format!("the number `{number}` lacks a unit"),
    )
    .at(at, format!("här behövs {}", wanted.sv), format!("{} is needed here", wanted.en));
    let diagnostic = match because {
        Some(place) => {
            diagnostic.at(place, format!("det här är {}", wanted.sv), format!("this is {}", wanted.en))
        }
        None => diagnostic,
    };
    diagnostic.help(format!("skriv till exempel {}", units.sv), format!("write for example {}", units.en))
}

/// `F0303`: months and days do not compare.
pub fn months_against_days(months: Span, days: Span) -> Diagnostic {
    Diagnostic::new(
        MONTHS_AGAINST_DAYS,
        "månader kan inte jämföras med dagar",
        "months cannot be compared with days",
    )
    .at(months, "räknat i månader", "counted in months")
    .at(days, "räknat i dagar", "counted in days")
    .help(
        "en månad är 28 till 31 dagar; räkna båda i samma enhet, eller jämför de datum som perioderna leder till",
        "a month is 28 to 31 days; count both in one unit, or compare the dates that the periods lead to",
    )
}

/// `F0304`: rates per different things.
pub fn rates_differ(left: &Words, at: Span, right: &Words, other: Span) -> Diagnostic {
    Diagnostic::new(
        RATES_DIFFER,
        format!("{} kan inte jämföras med {}", left.sv, right.sv),
        format!("{} cannot be compared with {}", left.en, right.en),
    )
    .at(at, format!("det här är {}", left.sv), format!("this is {}", left.en))
    .at(other, format!("det här är {}", right.sv), format!("this is {}", right.en))
    .help("räkna båda per samma sak", "count both per the same thing")
}

/// `F0305`: an operation that these types do not have.
pub fn no_such_operation(
    sign: &str,
    left: &Words,
    left_at: Span,
    right: Option<(&Words, Span)>,
    cure: Option<&Words>,
) -> Diagnostic {
    let diagnostic = match right {
        Some((right, right_at)) => Diagnostic::new(
            NO_SUCH_OPERATION,
            format!("`{sign}` finns inte för {} och {}", left.sv, right.sv),
            format!("there is no `{sign}` for {} and {}", left.en, right.en),
        )
        .at(left_at, format!("det här är {}", left.sv), format!("this is {}", left.en))
        .at(right_at, format!("det här är {}", right.sv), format!("this is {}", right.en)),
        None => Diagnostic::new(
            NO_SUCH_OPERATION,
            format!("`{sign}` finns inte för {}", left.sv),
            format!("there is no `{sign}` for {}", left.en),
        )
        .at(left_at, format!("det här är {}", left.sv), format!("this is {}", left.en)),
    };
    match cure {
        Some(cure) => diagnostic.help(cure.sv.clone(), cure.en.clone()),
        None => diagnostic,
    }
}

/// `F0306`: a result that need not come out even.
pub fn rounding_needed(at: Span, example: &Words) -> Diagnostic {
    Diagnostic::new(
        ROUNDING_NEEDED,
        "resultatet går inte alltid jämnt ut och måste avrundas",
        "the result does not always come out even and must be rounded",
    )
    .at(at, "det säger inte hur", "it does not say how")
    .help(
        format!("skriv till exempel `(…) {}`", example.sv),
        format!("write for example `(…) {}`", example.en),
    )
}

/// `F0307`: something that a set cannot hold, or a rate cannot count.
pub fn set_element(what: &Words, at: Span, rate: bool) -> Diagnostic {
    let diagnostic = if rate {
        Diagnostic::new(
            SET_ELEMENT,
            format!("{} kan inte räknas per något", what.sv),
            format!("{} cannot be counted per something", what.en),
        )
        .help(
            "antal, tal, belopp och tid kan räknas per något",
            "counts, numbers, amounts and durations can be counted per something",
        )
    } else {
        Diagnostic::new(
            SET_ELEMENT,
            format!("en mängd kan inte bestå av sådant som är {}", what.sv),
            format!("a set cannot hold {}", what.en),
        )
        .help(
            "en mängd kan bestå av datum, antal, texter, roller och värden av en typ",
            "a set can hold dates, counts, texts, roles and values of a type",
        )
    };
    diagnostic.at(at, "här", "here")
}

/// `F0308`: a comparison whose sides are the same.
pub fn self_comparison(at: Span, always: Option<bool>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        SELF_COMPARISON,
        "jämförelsen har samma sak på båda sidor",
        "the comparison has the same thing on both sides",
    );
    let diagnostic = match always {
        Some(true) => diagnostic.at(at, "alltid ja, om värdet är känt", "always yes, if the value is known"),
        Some(false) => diagnostic.at(at, "alltid nej, om värdet är känt", "always no, if the value is known"),
        None => diagnostic.at(at, "svaret är givet", "the answer is given"),
    };
    diagnostic.help(
        "är den ena sidan händelsens och den andra uppgiftens, skriv `händelsens x` och `gällande x`",
        "if one side is the event's and the other the fact's, write `the event's x` and `current x`",
    )
}

/// `F0309`: an optional value used as if it were always there.
pub fn unguarded_optional(text: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        UNGUARDED_OPTIONAL,
        format!("`{text}` kan saknas, och då blir svaret obestämt"),
        format!("`{text}` may be missing, and the answer is then undetermined"),
    )
    .at(at, "inget har frågat om värdet är angivet", "nothing has asked whether the value is given")
    .help(format!("fråga först `om {text} är angivet`"), format!("ask first `if {text} is given`"))
}

/// `F0310`: a number that its place or unit cannot hold.
pub fn bad_number(number: &str, at: Span, why: &Words) -> Diagnostic {
    Diagnostic::new(
        BAD_NUMBER,
        format!("talet `{number}` går inte att använda här"),
        format!("the number `{number}` cannot be used here"),
    )
    .at(at, why.sv.clone(), why.en.clone())
    .help("skriv ett annat tal eller en annan enhet", "write another number or another unit")
}

/// `F0311`: units that do not go together.
pub fn mixed_units(at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(MIXED_UNITS, "enheterna hör inte ihop", "the units do not go together")
        .at(at, "den här enheten är av ett annat slag", "this unit is of another kind")
        .at(first, "än den här", "than this one")
        .help(
            "timmar, minuter och sekunder är tid; dagar, veckor, månader och år är en period",
            "hours, minutes and seconds are a duration; days, weeks, months and years are a period",
        )
}

/// `F0311`: working days as a value of their own.
pub fn loose_working_days(at: Span) -> Diagnostic {
    Diagnostic::new(
        MIXED_UNITS,
        "arbetsdagar räknas alltid från ett datum",
        "working days are always counted from a date",
    )
    .at(at, "här saknas datumet", "the date is missing here")
    .help("skriv till exempel `5 arbetsdagar efter datum`", "write for example `5 working days after date`")
}

/// `F0312`: something that must be known when the rules are read.
pub fn not_fixed(at: Span) -> Diagnostic {
    Diagnostic::new(
        NOT_FIXED,
        "här behövs ett värde som är känt i förväg",
        "a value that is known beforehand is needed here",
    )
    .at(at, "det här blir känt först i ett ärende", "this is known only in a case")
    .help(
        "skriv värdet, till exempel `30 minuter`, `2025-05-01` eller `{a, b}`",
        "write the value, for example `30 minutes`, `2025-05-01` or `{a, b}`",
    )
}

/// `F0313`: more or fewer arguments, cells or events than there should be.
pub fn wrong_count(what: &Words, wanted: usize, given: usize, at: Span, declared: Span) -> Diagnostic {
    Diagnostic::new(
        WRONG_COUNT,
        format!("{given} {} i stället för {wanted}", what.sv),
        format!("{given} {} instead of {wanted}", what.en),
    )
    .at(at, format!("{given} här"), format!("{given} here"))
    .at(declared, format!("{wanted} här"), format!("{wanted} here"))
    .help("skriv lika många som deklarationen har", "write as many as the declaration has")
}

/// `F0314`: nothing says of which type this is.
pub fn type_not_known(at: Span) -> Diagnostic {
    Diagnostic::new(
        TYPE_NOT_KNOWN,
        "det framgår inte av vilken typ det här är",
        "nothing says of which type this is",
    )
    .at(at, "typen går inte att sluta sig till", "the type cannot be concluded")
    .help("ange typen i deklarationen", "state the type in the declaration")
}

/// `F0315`: an expression with more parts than can be numbered.
pub fn too_large(at: Span) -> Diagnostic {
    Diagnostic::new(TOO_LARGE, "uttrycket är för stort", "the expression is too large")
        .at(at, "fler än 60 000 delar", "more than 60,000 parts")
        .help("dela det med `låt`, eller gör en tabell", "split it with `let`, or make a table")
}

/// `F0316`: none where there must be a value.
pub fn none_not_allowed(at: Span, declared: Option<Span>, cure: &Words) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        NONE_NOT_ALLOWED,
        "här måste det finnas ett värde",
        "there must be a value here",
    )
    .at(at, "det här är inget värde", "this is no value");
    let diagnostic = match declared {
        Some(place) => diagnostic.at(place, "inte deklarerad som `valfri`", "not declared `optional`"),
        None => diagnostic,
    };
    diagnostic.help(cure.sv.clone(), cure.en.clone())
}
