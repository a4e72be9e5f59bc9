//! An explanation as one JSON object: the outcome as the interface writes it, and the derivation.

use serde_json::{Value as Json, json};

use super::super::parts::PartTrace;
use super::super::{Explanation, Varied};
use super::rows::{citation, truth, words_of};
use crate::Language;
use crate::program::Program;
use crate::run::Case;
use crate::run::observer::Part;
use crate::source::{Sources, Span};
use crate::value::Value;

/// An explanation as JSON. Texts are in `language`; names, dates and values of conditions never change.
pub fn json(
    program: &Program,
    sources: &Sources,
    case: &Case,
    explanation: &Explanation,
    language: Language,
) -> Json {
    let place = |span: Span| {
        let source = sources.get(span.source);
        let at = source.map(|source| source.position(span.start));
        json!({
            "file": source.map(|source| source.name()),
            "line": at.map(|at| at.line),
            "column": at.map(|at| at.column),
            "text": words_of(sources, span),
        })
    };
    let part = |part: &PartTrace| {
        json!({
            "text": words_of(sources, part.span),
            "value": truth(part.value, Language::English),
            "note": part.note.get(language),
        })
    };
    let value = |value: Value| crate::words::value(program, &explanation.pool, value, language);
    let mut written = Vec::new();
    crate::record::write_outcome(
        program,
        case,
        &explanation.outcome,
        &explanation.pool,
        &[],
        language,
        &mut written,
    );
    let outcome: Json = serde_json::from_slice(&written).unwrap_or(Json::Null);
    let asked: Vec<Json> = explanation
        .asked
        .iter()
        .map(|asked| {
            json!({
                "rule": asked.rule.and_then(|rule| program.rules.get(rule.index())).map(|rule| rule.named.name.as_str()),
                "branch": asked.site.branch,
                "part": part_name(asked.site.part),
                "place": place(asked.condition.span),
                "value": truth(asked.condition.value, Language::English),
                "decided": asked.decided,
                "parts": asked.condition.leaves().into_iter().map(part).collect::<Vec<_>>(),
            })
        })
        .collect();
    let changes: Vec<Json> = explanation
        .changes
        .iter()
        .map(|(change, words)| {
            json!({
                "varied": varied(program, case, explanation, change.varied),
                "from": value(change.from),
                "to": value(change.to),
                "or_beyond": change.onward,
                "text": words.get(language),
            })
        })
        .collect();
    let readings: Vec<Json> = explanation
        .readings
        .iter()
        .map(|(difference, words)| {
            let reading = program.readings.get(difference.reading.index());
            let answer = reading.and_then(|reading| reading.answers.get(difference.answer as usize));
            json!({
                "name": reading.map(|reading| reading.named.name.as_str()),
                "answer": answer.map(|answer| answer.named.name.as_str()),
                "days": difference.days,
                "text": words.get(language),
            })
        })
        .collect();
    json!({
        "case": explanation.case,
        "outcome": outcome,
        "sentence": explanation.sentence.get(language),
        "standing": explanation.standing.as_ref().map(|words| words.get(language)),
        "because": explanation.because.as_ref().map(|words| words.get(language)),
        "asked": asked,
        "steps": explanation.steps.iter().map(|steps| json!({
            "place": place(steps.span),
            "steps": if language == Language::Swedish { &steps.sv } else { &steps.en },
        })).collect::<Vec<_>>(),
        "facts": explanation.facts.iter().map(|fact| json!({
            "fact": program.facts.get(fact.read.fact.index()).map(|fact| fact.named.name.as_str()),
            "value": value(fact.read.value),
            "since": fact.read.since,
            "text": fact.words.get(language),
        })).collect::<Vec<_>>(),
        "event": explanation.event.as_ref().map(|event| place(event.date.unwrap_or(event.line))),
        "met_by": explanation.met_by.as_ref().map(|event| place(event.date.unwrap_or(event.line))),
        "margin": explanation.margin.as_ref().map(|(margin, words)| json!({
            "varied": varied(program, case, explanation, margin.varied),
            "days": margin.days,
            "limit": margin.limit,
            "later": margin.later,
            "text": words.get(language),
        })),
        "changes": changes,
        "read_so": explanation.read_so.iter().filter_map(|(reading, answer)| {
            let reading = program.readings.get(reading.index())?;
            Some(json!({
                "name": reading.named.name,
                "answer": reading.answers.get(usize::from(*answer))?.named.name,
            }))
        }).collect::<Vec<_>>(),
        "readings": readings,
        "if_known": explanation.if_known.iter().map(|words| words.get(language)).collect::<Vec<_>>(),
        "remarks": explanation.remarks.iter().map(|words| words.get(language)).collect::<Vec<_>>(),
        "citations": explanation.outcome.citations.iter().map(|id| citation(program, *id, language)).collect::<Vec<_>>(),
        "left_out": explanation.left_out.iter().filter_map(|(place, _)| program.left_out.get(*place))
            .map(|left| left.reason.get(language)).collect::<Vec<_>>(),
        "quoted": explanation.quoted.iter().map(|quoted| json!({
            "citation": citation(program, quoted.citation, language),
            "status": quoted.standing,
            "sentence": quoted.sentence,
        })).collect::<Vec<_>>(),
    })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Where => "where",
        Part::While => "while",
        Part::Requirement(_) => "requirement",
        Part::Condition => "condition",
        Part::Let => "let",
        Part::Value => "value",
        Part::From => "from",
        Part::Until => "until",
        Part::Limit => "limit",
        Part::NotBefore => "not_before",
        Part::Due => "due",
    }
}

/// What was varied: `date`, or the name of a field.
fn varied<'a>(
    program: &'a Program,
    case: &Case,
    explanation: &Explanation,
    varied: Varied,
) -> Option<&'a str> {
    let Varied::Field(index) = varied else { return Some("date") };
    let crate::run::Cause::Event(place) = explanation.outcome.trigger else { return None };
    let event = case.events.get(place as usize)?;
    let field = program.events.get(event.event.index())?.fields.get(index as usize)?;
    Some(&field.named.name)
}
