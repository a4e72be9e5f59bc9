//! Diagnostics `F04xx`: time.

use super::Diagnostic;
use super::codes::codes;
use crate::source::Span;
use crate::time::Day;

codes! {
    MONTHS_NOT_STATED = "0401" "months-not-stated" Warning;
    CHAINED_MONTHS = "0402" "chained-months" Warning;
    REVISION_PASSED = "0403" "revision-passed" Warning;
    DATE_OUT_OF_RANGE = "0404" "date-out-of-range" Error;
    REVERSED = "0405" "reversed" Error;
    WEEKDAY_NOT_STATED = "0407" "weekday-not-stated" Error;
    CALENDAR_LINE = "0408" "calendar-line" Error;
    WINDOW_OF_DAYS = "0409" "window-of-days" Error;
    NEVER_IN_FORCE = "0410" "never-in-force" Warning;
}

/// `F0401`: months are counted and the header does not say how.
pub fn months_not_stated(at: Span, header: Span, parting: Option<(Day, Day, Day)>) -> Diagnostic {
    let found = Diagnostic::new(
        MONTHS_NOT_STATED,
        "huvudet säger inte hur månader räknas",
        "the header does not say how months are counted",
    );
    let found = match parting {
        Some((from, last, next)) => found.at(
            at,
            format!("från {from} blir det {last} eller {next}"),
            format!("from {from} it is {last} or {next}"),
        ),
        None => found.at(at, "räknat i månader", "counted in months"),
    };
    found.at(header, "huvudet", "the header").help(
        "lägg till `månader räknas enligt SFS 1930:173` eller ett annat sätt i huvudet",
        "add `months are counted according to SFS 1930:173` or another way to the header",
    )
}

/// `F0402`: a month step counted from another month step.
pub fn chained_months(at: Span, inner: Span) -> Diagnostic {
    Diagnostic::new(
        CHAINED_MONTHS,
        "månader räknas i två steg, och det kan ge en annan dag än ett",
        "months are counted in two steps, and that may give another day than one",
    )
    .at(at, "det andra steget", "the second step")
    .at(inner, "det första steget", "the first step")
    .help(
        "räkna alla månader från samma dag: 2 månader efter 31 januari är 31 mars, men 1 + 1 månad är 28 mars",
        "count all months from one day: 2 months after 31 January is 31 March, but 1 + 1 month is 28 March",
    )
}

/// `F0403`: the day to revise the ruleset has passed.
pub fn revision_passed(by: Day, as_of: Day, at: Span) -> Diagnostic {
    Diagnostic::new(
        REVISION_PASSED,
        format!("regelverket skulle ha reviderats senast {by}"),
        format!("the ruleset should have been revised by {by}"),
    )
    .at(at, format!("har passerat den {as_of}"), format!("has passed on {as_of}"))
    .help(
        "reglerna gäller ändå; fråga om dokumentet har en ny version",
        "the rules are in force all the same; ask whether the document has a new version",
    )
}

/// `F0404`: a date outside the years that Frist knows.
pub fn date_out_of_range(at: Span) -> Diagnostic {
    Diagnostic::new(
        DATE_OUT_OF_RANGE,
        "datumet ligger utanför åren 1583 till 9999",
        "the date lies outside the years 1583 to 9999",
    )
    .at(at, "utanför kalendern", "outside the calendar")
    .help("räkna med en kortare tid", "count with a shorter time")
}

/// `F0405`: a last day before the first, or bounds the wrong way round.
pub fn reversed(at: Span) -> Diagnostic {
    Diagnostic::new(REVERSED, "slutet kommer före början", "the end comes before the beginning")
        .at(at, "ingen dag eller inget värde ligger däremellan", "no day or value lies between")
        .help("byt plats på dem, eller rätta det ena", "swap them, or correct one of them")
}

/// `F0407`: `vardag` without a meaning.
pub fn weekday_not_stated(at: Span, header: Span) -> Diagnostic {
    Diagnostic::new(
        WEEKDAY_NOT_STATED,
        "huvudet säger inte vad `vardag` betyder",
        "the header does not say what `weekday` means",
    )
    .at(at, "ordet används här", "the word is used here")
    .at(header, "huvudet", "the header")
    .help(
        "lägg till `vardag är måndag–fredag`, `vardag är måndag–fredag utom aftnar` eller `vardag är måndag–lördag`, \
         eller skriv `arbetsdag`",
        "add `weekday is Monday–Friday`, `weekday is Monday–Friday except eves` or `weekday is Monday–Saturday`, \
         or write `working day`",
    )
}

/// `F0408`: a line of a calendar that is not a date.
pub fn calendar_line(text: &str, at: Span, declared: Span) -> Diagnostic {
    Diagnostic::new(CALENDAR_LINE, format!("`{text}` är inget datum"), format!("`{text}` is not a date"))
        .at(at, "en kalender har ett datum per rad", "a calendar has one date a line")
        .at(declared, "kalendern deklareras här", "the calendar is declared here")
        .help("skriv datumet som ÅÅÅÅ-MM-DD", "write the date as YYYY-MM-DD")
}

/// `F0409`: a window that is not counted in days.
pub fn window_of_days(at: Span) -> Diagnostic {
    Diagnostic::new(
        WINDOW_OF_DAYS,
        "ett fönster bakåt räknas i dagar eller veckor",
        "a window back in time is counted in days or weeks",
    )
    .at(at, "månader är olika långa", "months differ in length")
    .help(
        "skriv till exempel `under senaste 30 dagar`, eller `sedan 3 månader före datum`",
        "write for example `during the last 30 days`, or `since 3 months before date`",
    )
}

/// `F0410`: a rule whose time lies outside the ruleset's.
pub fn never_in_force(name: &str, at: Span, header: Span) -> Diagnostic {
    Diagnostic::new(
        NEVER_IN_FORCE,
        format!("`{name}` gäller aldrig medan regelverket gäller"),
        format!("`{name}` is never in force while the ruleset is"),
    )
    .at(at, "den här tiden", "this time")
    .at(header, "ligger utanför regelverkets", "lies outside the ruleset's")
    .help("rätta någon av tiderna", "correct one of the times")
}

/// `F0408`: a day that a calendar has twice.
pub fn calendar_day_twice(day: Day, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        CALENDAR_LINE,
        format!("{day} står två gånger i kalendern"),
        format!("{day} stands twice in the calendar"),
    )
    .at(at, "här står dagen en gång till", "the day stands here once more")
    .at(first, "den står redan här", "it stands here already")
    .help(
        "ta bort den, eller rätta den till den dag som menas",
        "remove it, or correct it to the day that is meant",
    )
}
