//! The JSON Schema of the events.

use frist::record::schema;
use serde_json::{Value, json};

use crate::program::program;

fn alternative(name: &str) -> Value {
    let schema = schema(&program());
    let all = schema["oneOf"].as_array().unwrap();
    all.iter().find(|one| one["properties"]["event"]["const"] == name).unwrap().clone()
}

#[test]
fn there_is_an_alternative_for_each_event_and_for_withdrawals() {
    let schema = schema(&program());
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "Kundval i hemtjänst");
    let all = schema["oneOf"].as_array().unwrap();
    assert_eq!(all.len(), program().events.len() + 1);
    assert!(all.iter().all(|one| one["additionalProperties"] == false && one["type"] == "object"));
    assert_eq!(all[0]["properties"]["event"]["enum"], json!(["ingående_läge", "opening_state"]));
    assert_eq!(
        all[0]["properties"]["avtal"],
        json!({ "anyOf": [{ "type": "boolean" }, { "type": "null" }] })
    );
    assert_eq!(all.last().unwrap()["required"], json!(["replaces"]));
}

#[test]
fn an_event_asks_for_what_a_line_must_have() {
    let event = alternative("kapacitetstak_anmält");
    assert_eq!(event["required"], json!(["case", "event", "date", "nytt_tak"]));
    assert_eq!(event["properties"]["berörda_omval"], json!({ "type": "integer", "default": 0 }));
    assert_eq!(event["properties"]["nytt_tak"]["anyOf"][0]["type"], "number");
    assert_eq!(alternative("budget_beslutad")["required"], json!(["event", "date", "belopp"]));
    assert_eq!(
        alternative("uppsägning")["properties"]["av"],
        json!({ "type": "string", "enum": ["kommunen", "utförare"] })
    );
}

#[test]
fn every_type_has_a_schema() {
    let event = alternative("allt");
    for (name, _) in crate::program::types() {
        let schema = &event["properties"][name]["anyOf"];
        assert!(schema[0].is_object(), "{name}");
        assert_eq!(schema[1], json!({ "type": "null" }), "{name}");
    }
    assert_eq!(
        event["properties"]["rutiner"]["anyOf"][0]["items"]["enum"],
        json!(["lex_sarah", "brandskydd"])
    );
    let pattern = event["properties"]["per_tillfälle"]["anyOf"][0]["pattern"].as_str().unwrap();
    assert!(pattern.contains("tillfälle"), "{pattern}");
}
