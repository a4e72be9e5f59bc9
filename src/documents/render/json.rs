//! A trace and a drift as JSON Lines; the keys are part of the interface.

use serde_json::{Value as Json, json};

use super::super::document::Documents;
use super::super::drift::{Change, Drift, Place};
use super::super::trace::{Standing, Trace, Traced, Uncited};
use super::super::{Citing, Run};
use crate::Language;
use crate::program::{CitationId, Program};

/// A trace as JSON, one value a line: each citation, each sentence that nobody cites, the count.
pub fn trace_json(program: &Program, documents: &Documents, trace: &Trace, language: Language) -> Vec<Json> {
    let mut lines = Vec::new();
    for (place, traced) in trace.citations.iter().enumerate() {
        let id = CitationId::at(place);
        let document = trace.document(program, documents, id);
        let at = |run: &Run| {
            document.map(|document| json!({ "line": document.line(*run), "sentence": document.text(*run) }))
        };
        let mut line = json!({
            "ruleset": program.header.name,
            "citation": citation(program, id),
            "document": document.map(|document| document.name.as_str()),
            "status": traced.standing.name(),
            "cited_by": trace.citing(id).map(citing).collect::<Vec<_>>(),
        });
        let mut add = |key: &str, value: Json| {
            if let Some(line) = line.as_object_mut() {
                line.insert(key.to_owned(), value);
            }
        };
        if let Some(run) = traced.standing.run()
            && let Some(document) = document
        {
            add("line", document.line(run).into());
            add("sentence", document.text(run).into());
        }
        rest_of_standing(traced, &at, &mut add);
        lines.push(line);
    }
    lines
        .extend(trace.uncited.iter().map(|one| uncited("uncited", program, documents, trace, one, language)));
    let count = |name| trace.count(name);
    lines.push(json!({
        "ruleset": program.header.name,
        "citations": trace.citations.len(),
        "found": count("found"), "changed": count("changed"), "gone": count("gone"),
        "ambiguous": count("ambiguous"), "not_searched": count("not_searched"),
        "moved": trace.citations.iter().filter(|traced| traced.moved.is_some()).count(),
        "uncited": trace.uncited.len(),
    }));
    lines
}

/// What there is to say of a citation that is not simply found.
fn rest_of_standing(traced: &Traced, at: &dyn Fn(&Run) -> Option<Json>, add: &mut dyn FnMut(&str, Json)) {
    match &traced.standing {
        Standing::Changed { difference: Some(difference), .. } => {
            let (was, now) = difference.words();
            add("words_were", json!(was));
            add("words_are", json!(now));
        }
        Standing::Gone { nearest: Some(run), .. } => add("nearest", json!(at(run))),
        Standing::Ambiguous(places) => add("places", places.iter().map(at).collect()),
        Standing::NotSearched(why) => add("why", why.name().into()),
        _ => {}
    }
    if let Some(section) = &traced.moved {
        add("moved_to", json!({ "section": section }));
    }
    if traced.unknown_section {
        add("unknown_section", true.into());
    }
}

/// A drift as JSON, one value a line: each part of the ruleset that cites anything, each new sentence, the count.
pub fn drift_json(program: &Program, newer: &Documents, drift: &Drift, language: Language) -> Vec<Json> {
    let mut lines = Vec::new();
    for part in &drift.newer.citing {
        let changes = || part.citations.iter().filter_map(|id| Some((*id, drift.changes.get(id.index())?)));
        let worst = changes().map(|(_, change)| change).max_by_key(|change| change.weight());
        let sentences: Vec<Json> = changes()
            .map(|(id, change)| {
                let mut line = json!({ "citation": citation(program, id), "status": change.name() });
                if let (Some(line), Some(more)) = (line.as_object_mut(), of_change(change).as_object()) {
                    line.extend(more.clone());
                }
                line
            })
            .collect();
        lines.push(json!({
            "ruleset": program.header.name,
            "part": citing(part),
            "status": worst.map(Change::name),
            "sentences": sentences,
        }));
    }
    lines.extend(drift.added.iter().map(|one| uncited("added", program, newer, &drift.newer, one, language)));
    let count = |name: &str| drift.changes.iter().filter(|change| change.name() == name).count();
    lines.push(json!({
        "ruleset": program.header.name,
        "citations": drift.changes.len(),
        "unchanged": count("unchanged"), "reworded": count("reworded"), "moved": count("moved"),
        "vanished": count("vanished"), "ambiguous": count("ambiguous"), "not_compared": count("not_compared"),
        "added": drift.added.len(),
    }));
    lines
}

fn of_change(change: &Change) -> Json {
    let place = |place: &Place| json!({ "line": place.line, "section": place.section });
    match change {
        Change::Moved { from, to } => json!({ "from": place(from), "to": place(to) }),
        Change::Reworded { from, to, difference } => {
            let (was, now) = difference.words();
            let (old, new) = difference.marked(usize::MAX);
            json!({
                "from": place(from), "to": place(to), "words_were": was, "words_are": now, "old": old, "new": new,
            })
        }
        Change::Vanished { from, text } => json!({ "from": place(from), "old": text }),
        Change::Unchanged | Change::NotCompared | Change::Ambiguous => json!({}),
    }
}

fn citation(program: &Program, id: CitationId) -> Json {
    let Some(citation) = program.citations.get(id.index()) else { return Json::Null };
    let source =
        program.documents.get(citation.document.index()).map(|document| document.named.name.as_str());
    let mut line = json!({ "source": source });
    let mut add = |key: &str, value: Option<Json>| {
        if let (Some(line), Some(value)) = (line.as_object_mut(), value) {
            line.insert(key.to_owned(), value);
        }
    };
    add("section", citation.section.as_deref().map(Json::from));
    add("anchor", citation.anchor.as_deref().map(Json::from));
    add("number", citation.number.map(Json::from));
    line
}

fn citing(part: &Citing) -> Json {
    json!({ "kind": part.kind.name(), "name": part.name })
}

fn uncited(
    key: &str,
    program: &Program,
    documents: &Documents,
    trace: &Trace,
    one: &Uncited,
    language: Language,
) -> Json {
    let place = trace.documents.get(one.document.index()).and_then(|searched| searched.at_hand);
    let Some(document) = place.and_then(|place| documents.all.get(place)) else { return Json::Null };
    let words = document.words(one.run);
    let why: Vec<Json> = one
        .wordings
        .iter()
        .map(|wording| {
            let said = words.get(wording.first..=wording.last).unwrap_or_default();
            let said: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
            json!({ "kind": wording.kind.name(), "words": said.join(" ").trim_end_matches(['.', ',', ';', ':', '?', '!']), "text": wording.kind.words().get(language) })
        })
        .collect();
    json!({
        "ruleset": program.header.name,
        key: {
            "document": document.name,
            "line": document.line(one.run),
            "section": one.section,
            "sentence": document.text(one.run),
            "why": why,
            "paste": trace.to_paste(program, documents, one),
        },
    })
}
