//! Diagnostics `F0725` to `F0727`: what was known on which day.

use super::Diagnostic;
use super::codes::codes;
use crate::source::Span;
use crate::time::Day;

codes! {
    THEN_AFTER_NOW = "0725" "then-after-now" Error;
    NO_ENTRY_DAYS = "0726" "no-entry-days" Advice;
    CORRECTION_WITHOUT_DAY = "0727" "correction-without-day" Advice;
}

/// Two days of knowledge, the earlier one after the later.
pub fn then_after_now(then: Day, now: Day) -> Diagnostic {
    Diagnostic::new(
        THEN_AFTER_NOW,
        format!("{then} är efter {now}: då kan inte vara senare än nu"),
        format!("{then} is after {now}: then cannot be later than now"),
    )
    .help(
        format!("skriv den tidigare dagen först: `--then {now} --now {then}`"),
        format!("write the earlier day first: `--then {now} --now {then}`"),
    )
}

/// Somebody asks what was known on a day, and no line says when it was entered; where the first one has its date.
pub fn no_entry_days(first: Span) -> Diagnostic {
    Diagnostic::new(
        NO_ENTRY_DAYS,
        "ingen rad säger när den skrevs in, så varje rad räknas som känd på sitt datum",
        "no line says when it was entered, so each counts as known on its date",
    )
    .at(first, "känd den här dagen, då raden saknar `known`", "known on this day, for the line has no `known`")
    .help(
        "skriv `\"known\":\"2025-05-20\"` på rader som skrevs in en annan dag än sitt datum; annars skiljer bara tiden",
        "write `\"known\":\"2025-05-20\"` on lines that were entered on another day than their date; else only time differs",
    )
}

/// Somebody asks what was known on a day, and lines that replace others do not say when they were entered; where the
/// first of them names the line that it replaces.
pub fn correction_without_day(count: usize, at: Span) -> Diagnostic {
    let (sv, en) = match count {
        1 => (String::from("1 rättelse säger"), String::from("1 correction does")),
        _ => (format!("{count} rättelser säger"), format!("{count} corrections do")),
    };
    Diagnostic::new(
        CORRECTION_WITHOUT_DAY,
        format!("{sv} inte när den gjordes, och räknas som känd på sitt datum"),
        format!("{en} not say when it was made, and counts as known on its date"),
    )
    .at(at, "den här rättelsen saknar `known`", "this correction has no `known`")
    .help(
        "skriv dagen då rättelsen gjordes: `\"known\":\"2025-05-20\"`; utan datum räknas den som alltid känd",
        "write the day the correction was made: `\"known\":\"2025-05-20\"`; without a date it counts as always known",
    )
}
