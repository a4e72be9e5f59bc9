//! Then and now as one JSON object a case.

use serde_json::{Value as Json, json as object};

use super::super::{Aspect, Clock, Difference, Entry, PartedCase, Parting, Point, Side, Told};
use super::Showing;
use crate::Language;
use crate::explain::{Explanation, render as explanations};
use crate::record::Ledger;
use crate::source::{Sources, Span};

/// A case as JSON: the two days, the lines that differ, the outcomes that do. `shown` are the outcomes asked about with
/// their derivations, `unchanged` how many of these are the same. Texts are in `language`; names and dates never change.
pub fn json(
    showing: Showing<'_>,
    case: &PartedCase,
    shown: &[(&Difference, Parting)],
    unchanged: usize,
) -> Json {
    let Showing { program, sources, ledger, parted, language } = showing;
    let side = |side: &Side| object!({ "known_by": side.known_by, "as_of": side.settings.as_of });
    object!({
        "case": case.id,
        "then": side(&parted.then),
        "now": side(&parted.now),
        "entries": case.entries.iter().map(|one| entry(sources, ledger, one)).collect::<Vec<_>>(),
        "unchanged": unchanged,
        "differing": shown.iter().map(|(difference, parting)| {
            let explained = |side: &Side, place: Option<usize>, explanation: &Option<Explanation>| {
                let case = side.history.cases.get(place?)?;
                Some(explanations::json(program, sources, case, explanation.as_ref()?, language))
            };
            object!({
                "change": difference.change(),
                "differs": difference.aspects.iter().copied().map(Aspect::as_str).collect::<Vec<_>>(),
                "clock": difference.clocks.first().copied().map(Clock::as_str),
                "clocks": difference.clocks.iter().copied().map(Clock::as_str).collect::<Vec<_>>(),
                "points": parting.points.iter().map(|one| point(sources, one, language)).collect::<Vec<_>>(),
                "then": explained(&parted.then, case.then, &parting.then),
                "now": explained(&parted.now, case.now, &parting.now),
                "why_not": parting.why_not.as_ref().map(|why| why.sentence.get(language)),
            })
        }).collect::<Vec<_>>(),
    })
}

/// A place in a text.
fn place(sources: &Sources, span: Span) -> Json {
    let source = sources.get(span.source);
    let at = source.map(|source| source.position(span.start));
    object!({
        "file": source.map(|source| source.name()),
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "text": explanations::words_of(sources, span),
    })
}

/// A line that is not the same then and now.
fn entry(sources: &Sources, ledger: &Ledger, entry: &Entry) -> Json {
    let line = |line: Option<usize>| line.and_then(|line| ledger.entries().get(line));
    let at = |number: Option<usize>| line(number).map(|line| place(sources, line.span));
    object!({
        "what": entry.kind.as_str(),
        "entered": entry.on,
        "date": line(entry.now).and_then(|line| line.date),
        "then": at(entry.then),
        "now": at(entry.now),
    })
}

/// A point at which the derivations differ.
fn point(sources: &Sources, point: &Point, language: Language) -> Json {
    let side = |told: &Option<Told>| {
        told.as_ref().map(|told| {
            object!({
                "text": told.words.get(language),
                "place": told.place.map(|span| place(sources, span)),
            })
        })
    };
    let name = point.name.get(language);
    object!({
        "what": point.what.as_str(),
        "name": if name.is_empty() { None } else { Some(name) },
        "then": side(&point.then),
        "now": side(&point.now),
    })
}
