//! The JSON Schema of a ruleset's events, for those who write event files.

use serde_json::{Map, Value as Json, json};

use super::typed::element_type;
use crate::program::{Event, Field, Named, OPENING_STATE, Program, Type};
use crate::value::{PerId, RateBase, Value};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Years 1583 to 9999; whether the day exists is for the reader to say.
const DATE: &str = r"^(158[3-9]|159\d|1[6-9]\d\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$";
const CLOCK: &str = r"^([01]\d|2[0-3]):[0-5]\d$";
const MOMENT: &str =
    r"^(158[3-9]|159\d|1[6-9]\d\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$";
const NUMBER: &str = r"[-−]?\d[\d\s]*([.,]\d+)?";

/// The JSON Schema (2020-12) of one event line: one alternative per event, and one for a line that only removes
/// another. Titles become descriptions, in the language that the rules have first.
///
/// Units are described by patterns that take both languages; what a pattern cannot say (that a day exists, that a
/// line with `replaces` follows the one it names) the reader still checks.
pub fn schema(program: &Program) -> Json {
    let mut alternatives: Vec<Json> = Vec::new();
    for (place, event) in program.events.iter().enumerate() {
        let opening = place == program.opening_state.index();
        alternatives.push(event_schema(program, event, opening));
    }
    alternatives.push(json!({
        "description": "removes an earlier line",
        "type": "object",
        "properties": {
            "replaces": { "type": "string", "minLength": 1 },
            "id": { "type": "string", "minLength": 1 },
            "case": { "type": "string" },
            "date": date(),
            "known": date(),
        },
        "required": ["replaces"],
        "additionalProperties": false,
    }));
    let title =
        if program.header.title.sv.is_empty() { &program.header.name } else { &program.header.title.sv };
    json!({ "$schema": DIALECT, "title": title, "oneOf": alternatives })
}

fn event_schema(program: &Program, event: &Event, opening: bool) -> Json {
    let names = if opening { json!({ "enum": OPENING_STATE }) } else { json!({ "const": event.named.name }) };
    let mut properties = Map::new();
    properties.insert("case".into(), json!({ "type": "string", "minLength": 1 }));
    properties.insert("event".into(), names);
    properties.insert("date".into(), date());
    for key in ["id", "replaces"] {
        properties.insert(key.into(), json!({ "type": "string", "minLength": 1 }));
    }
    properties.insert("known".into(), date());
    let mut required = vec!["event", "date"];
    let municipal = program.municipality_kind().is_some_and(|kind| event.kinds.has(kind));
    if !municipal {
        required.insert(0, "case");
    }
    for field in &event.fields {
        properties.insert(field.named.name.clone(), field_schema(program, field, opening));
        if !opening && !field.optional && field.default.is_none() {
            required.push(&field.named.name);
        }
    }
    json!({
        "description": event.named.title.sv,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn field_schema(program: &Program, field: &Field, opening: bool) -> Json {
    let mut schema = type_schema(program, field.ty);
    if field.optional || opening {
        schema = json!({ "anyOf": [schema, { "type": "null" }] });
    }
    if let Json::Object(map) = &mut schema {
        if field.named.title.sv != field.named.name {
            map.insert("description".into(), json!(field.named.title.sv));
        }
        if let Some(default) = field.default.and_then(|default| default_json(program, default)) {
            map.insert("default".into(), default);
        }
    }
    schema
}

fn type_schema(program: &Program, ty: Type) -> Json {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match ty {
        Type::Nothing => json!({ "type": "null" }),
        Type::Date => date(),
        Type::Moment => text(MOMENT),
        Type::Clock => text(CLOCK),
        Type::YesNo => json!({ "type": "boolean" }),
        Type::Count => json!({ "type": "integer" }),
        Type::Number => json!({ "type": "number" }),
        Type::Amount => json!({ "type": ["number", "string"], "pattern": r"\d" }),
        Type::Share => json!({
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 1 },
                text(r"(%|procent|percent)\s*(\(.*\))?$|^\s*-?\d+\s*(/| av | of )\s*\d+\s*$"),
            ]
        }),
        Type::Duration => json!({ "anyOf": [{ "type": "number" }, text(&quantity(DURATION))] }),
        Type::Period => text(&quantity(PERIOD)),
        Type::Text => json!({ "type": "string" }),
        Type::Choice(id) => names(program.types.get(id.index()).map_or(&[], |ty| &ty.values)),
        Type::Role => names(&program.roles),
        Type::Word => names(&program.counting_words),
        Type::Set(element) => match element_type(element) {
            Some(ty) => json!({ "type": "array", "items": type_schema(program, ty) }),
            None => json!({ "type": "array", "maxItems": 0 }),
        },
        Type::Rate(base, per) => text(&rate(program, base, per)),
    }
}

fn date() -> Json {
    json!({ "type": "string", "format": "date", "pattern": DATE })
}

/// One of several names, each with its title.
fn names(names: &[Named]) -> Json {
    let values: Vec<&str> = names.iter().map(|named| named.name.as_str()).collect();
    json!({ "type": "string", "enum": values })
}

/// How the spellings of the units of work time begin, in both languages; the reader knows them in full.
const DURATION: &str = "[Tt]im|[Hh]|[Mm]in|[Ss]";
const PERIOD: &str = "[Dd]a|[Dd]yg|[Vv]eck|[Ww]eek|[Mm]ån|[Mm]onth|[Åå]r|[Yy]ear|[Kk]alender";

fn quantity(units: &str) -> String {
    format!(r"^\s*{NUMBER}\s*({units})")
}

fn rate(program: &Program, base: RateBase, per: PerId) -> String {
    let per = match per {
        PerId::Unit(_) => String::from(r"\S+"),
        PerId::Word(word) => program
            .counting_words
            .get(usize::from(word))
            .map_or(String::from(r"\S+"), |named| named.name.clone()),
    };
    let amount = match base {
        RateBase::Duration => quantity(DURATION),
        RateBase::Count | RateBase::Number => format!(r"^\s*{NUMBER}"),
        RateBase::Amount => String::from(r"\d"),
    };
    format!(r"{amount}.*( per |/)\s*{per}\s*$")
}

/// A default as a line would give it, where it is a plain value.
fn default_json(program: &Program, value: Value) -> Option<Json> {
    match value {
        Value::YesNo(yes) => Some(json!(yes)),
        Value::Count(number) => Some(json!(number)),
        Value::Unknown | Value::None | Value::Set(_) | Value::Number(_) | Value::Word(_) => None,
        other => {
            Some(json!(crate::words::value_by_name(program, &program.pool, other, crate::Language::Swedish)))
        }
    }
}
