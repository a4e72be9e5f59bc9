//! A comparison as one JSON object.

use serde_json::{Map, Value as Json, json};

use super::csv::bound_name;
use super::glossary::glossary;
use super::say::Teller;
use crate::Language;
use crate::compare::{Brings, Comparison, Distance, Question, RuleAnswer, Standing, Way, What, When};
use crate::program::{CitationId, EffectKind, RoleId};

/// A comparison as one JSON object on a line. Texts are in `language`; names, kinds and keys never change, and a key
/// without a value is absent.
pub fn json(comparison: &Comparison<'_>, language: Language) -> String {
    let rulesets: Vec<Json> = comparison
        .sides
        .iter()
        .map(|side| {
            let header = &side.program.header;
            object([
                ("ruleset", Some(json!(header.name))),
                ("title", Some(json!(header.title.get(language)))),
                ("municipality", header.municipality.as_ref().map(|name| json!(name))),
                ("version", header.version.as_ref().map(|version| json!(version))),
                ("from", Some(json!(header.in_force.from.to_string()))),
                ("until", header.in_force.through.map(|day| json!(day.to_string()))),
            ])
        })
        .collect();
    let days: Vec<String> = comparison.days.iter().map(|day| day.to_string()).collect();
    let questions: Vec<Json> =
        comparison.questions.iter().map(|one| question(comparison, one, language)).collect();
    let whole = json!({ "rulesets": rulesets, "days": days, "questions": questions });
    format!("{whole}\n")
}

fn question(comparison: &Comparison<'_>, question: &Question<'_>, language: Language) -> Json {
    let answers: Vec<Json> = comparison
        .sides
        .iter()
        .zip(&question.answers)
        .map(|(side, answer)| {
            let teller = Teller { side: *side, language, in_words: false };
            let rules: Vec<Json> = answer.rules.iter().map(|one| rule(&teller, one)).collect();
            json!({
                "ruleset": side.program.header.name,
                "stands": if rules.is_empty() { "silent" } else { "answers" },
                "rules": rules,
            })
        })
        .collect();
    json!({
        "question": question.named.name,
        "title": question.named.title.get(language),
        "answers": answers,
    })
}

fn rule(teller: &Teller<'_>, answer: &RuleAnswer<'_>) -> Json {
    let (program, rule) = (teller.side.program, answer.rule);
    let events: Vec<&str> = answer
        .events
        .iter()
        .filter_map(|id| program.events.get(id.index()))
        .map(|event| event.named.name.as_str())
        .collect();
    let readings: Vec<Json> = answer
        .readings
        .iter()
        .filter_map(|(id, number)| {
            let reading = program.readings.get(id.index())?;
            let chosen = reading.answers.get(usize::from(*number))?;
            Some(json!({ "name": reading.named.name, "answer": chosen.named.name }))
        })
        .collect();
    let words: Map<String, Json> =
        glossary(teller, answer).into_iter().map(|(name, title)| (name, json!(title))).collect();
    let days: Vec<Json> = answer
        .days
        .iter()
        .map(|(day, standing)| {
            let ways: Option<Vec<Json>> = match standing {
                Standing::Goes { ways, .. } => {
                    Some(ways.iter().map(|one| way(teller, answer, one)).collect())
                }
                _ => None,
            };
            let not_then = teller.not_then(standing);
            object([
                ("day", Some(json!(day.to_string()))),
                ("stands", Some(json!(stands(standing)))),
                ("text", teller.silence(standing).map(Json::from)),
                ("ways", ways.filter(|ways| !ways.is_empty()).map(Json::from)),
                ("not_that_day", Some(not_then).filter(|all| !all.is_empty()).map(Json::from)),
            ])
        })
        .collect();
    object([
        ("rule", Some(json!(rule.named.name))),
        ("title", Some(json!(teller.get(&rule.named.title)))),
        ("place", Some(json!(teller.side.sources.place(rule.named.span)))),
        ("version", rule.in_force.map(|range| json!(range.from.to_string()))),
        ("exception_to", answer.exception_to.map(|to| json!(to.named.name))),
        ("events", Some(events).filter(|events| !events.is_empty()).map(|events| json!(events))),
        ("when", Some(json!(teller.get(&answer.when)))),
        ("where", answer.narrowed.as_ref().map(|words| json!(teller.get(words)))),
        ("readings", Some(readings).filter(|all| !all.is_empty()).map(Json::from)),
        ("words", Some(words).filter(|words| !words.is_empty()).map(Json::from)),
        ("days", Some(Json::from(days))),
        ("citations", citations(teller, &answer.citations())),
    ])
}

fn way(teller: &Teller<'_>, answer: &RuleAnswer<'_>, way: &Way<'_>) -> Json {
    let brings: Vec<Json> = way.brings.iter().map(|one| brought(teller, one)).collect();
    let threshold = way.window.as_ref().map(|window| {
        let side = if window.earliest { "no_earlier_than" } else { "no_later_than" };
        let mut threshold = far(window.distance);
        threshold.insert(String::from("of"), json!(window.name));
        threshold.insert(side.to_owned(), json!(window.day.to_string()));
        Json::from(threshold)
    });
    let citation = way.nearest_citation(answer.rule);
    object([
        ("branch", Some(json!(way.branch))),
        ("condition", teller.condition(&way.condition).map(Json::from)),
        ("threshold", threshold),
        ("brings", Some(Json::from(brings))),
        ("citation", citation.and_then(|id| self::citation(teller, id))),
    ])
}

fn brought(teller: &Teller<'_>, brings: &Brings<'_>) -> Json {
    let days: Vec<Json> = brings
        .days
        .iter()
        .map(|(bound, when)| {
            let mut day = match when {
                When::Follows(_, distance) => far(*distance),
                _ => Map::new(),
            };
            day.insert(String::from("bound"), json!(bound_name(*bound)));
            match when {
                When::Follows(date, _) | When::Fixed(date) => {
                    day.insert(String::from("date"), json!(date.to_string()))
                }
                When::Written(words) => day.insert(String::from("as_written"), json!(teller.get(words))),
            };
            Json::from(day)
        })
        .collect();
    let roles: Vec<&str> = roles(teller, brings)
        .iter()
        .filter_map(|role| teller.side.program.roles.get(role.index()))
        .map(|role| role.name.as_str())
        .collect();
    object([
        ("kind", Some(json!(brings.kind.as_str()))),
        ("text", Some(json!(teller.brings(brings)))),
        ("roles", Some(roles).filter(|roles| !roles.is_empty()).map(|roles| json!(roles))),
        ("days", Some(days).filter(|days| !days.is_empty()).map(Json::from)),
        ("when_missed", brings.failing.then_some(json!(true))),
        ("citations", citations(teller, &brings.citations)),
    ])
}

/// Who bears a duty, or has a permission.
fn roles<'a>(teller: &Teller<'a>, brings: &Brings<'a>) -> &'a [RoleId] {
    let What::Effect(effect) = brings.what else { return &[] };
    match &effect.kind {
        EffectKind::Permission { roles, .. } => roles,
        EffectKind::Duty(id) => {
            teller.side.program.duties.get(id.index()).map_or(&[], |duty| duty.bearers.as_slice())
        }
        _ => &[],
    }
}

/// The titles of all who bear a duty that a way brings, each once.
pub(super) fn bearers<'a>(teller: &Teller<'a>, way: &Way<'a>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for role in way.brings.iter().flat_map(|one| roles(teller, one)) {
        let title =
            teller.side.program.roles.get(role.index()).map(|role| teller.get(&role.title).to_owned());
        all.extend(title.filter(|title| !all.contains(title)));
    }
    all
}

/// How a rule stands, as the interface writes it.
pub(super) fn stands(standing: &Standing<'_>) -> &'static str {
    match standing {
        Standing::Goes { ways, .. } if ways.is_empty() => "nothing",
        Standing::Goes { .. } => "answers",
        Standing::NotInForce(_) => "not_in_force",
        Standing::NotSetOff => "not_set_off",
        Standing::ReadOtherwise(_) => "read_otherwise",
    }
}

fn far(distance: Distance) -> Map<String, Json> {
    let mut far = Map::new();
    far.insert(String::from("days"), json!(distance.days));
    if let Some(months) = distance.months {
        far.insert(String::from("months"), json!(months));
    }
    far
}

fn citations(teller: &Teller<'_>, all: &[CitationId]) -> Option<Json> {
    let all: Vec<Json> = all.iter().filter_map(|id| citation(teller, *id)).collect();
    (!all.is_empty()).then(|| Json::from(all))
}

fn citation(teller: &Teller<'_>, id: CitationId) -> Option<Json> {
    let program = teller.side.program;
    let citation = program.citations.get(id.index())?;
    let document = program.documents.get(citation.document.index());
    Some(object([
        ("source", document.map(|document| json!(document.named.name))),
        ("section", citation.section.as_ref().map(|section| json!(section))),
        ("anchor", citation.anchor.as_ref().map(|anchor| json!(anchor))),
        ("number", citation.number.map(|number| json!(number))),
    ]))
}

/// An object of those keys that have a value.
fn object<const COUNT: usize>(keys: [(&str, Option<Json>); COUNT]) -> Json {
    let all = keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Json::Object(all.collect())
}
