//! The rules in Rego, by regorus: one engine, prepared, asked for a rule. Days are numbers, and the calendar is functions of the
//! host; written in Rego itself it takes three times as long.

use chrono::{Datelike, Months};
use regorus::{Engine, Value};

use crate::events::{What, code, date, number};
use crate::generator::alone::Event;
use crate::turns::Way;

fn engine() -> Engine {
    let mut engine = Engine::new();
    let day = |value: &Value| value.as_i64().map(|day| date(day as i32));
    let months = move |given: Vec<Value>| {
        let later = day(&given[0])?.checked_add_months(Months::new(given[1].as_i64()? as u32));
        Ok(Value::from(i64::from(number(later.expect("a day in range")))))
    };
    let first = move |given: Vec<Value>| {
        let first = day(&given[0])?.with_day(1);
        Ok(Value::from(i64::from(number(first.expect("every month has a first")))))
    };
    let of_month = move |given: Vec<Value>| Ok(Value::from(i64::from(day(&given[0])?.day())));
    engine.add_extension("plus_months".into(), 2, Box::new(months)).expect("a free name");
    engine.add_extension("first_of_month".into(), 1, Box::new(first)).expect("a free name");
    engine.add_extension("day_of_month".into(), 1, Box::new(of_month)).expect("a free name");
    engine.add_policy("alone.rego".into(), include_str!("alone.rego").into()).expect("a sound policy");
    engine
}

/// Asks for the event's rule.
pub fn way(events: &[Event]) -> Way<'_> {
    let mut engine = engine();
    let native: Vec<(What, Value)> = events
        .iter()
        .map(|event| {
            let json = serde_json::json!({
                "date": event.date,
                "start": event.start,
                "customers": event.customers,
                "by_city": event.by_city,
            });
            (event.what, Value::from(json))
        })
        .collect();
    Way::new("regorus 0.14.1", move |out| {
        for (out, (what, input)) in out.iter_mut().zip(&native) {
            engine.set_input(input.clone());
            let rule = match what {
                What::Cap => "data.alone.cap",
                What::Read => "data.alone.contract",
                What::Notice => "data.alone.notice",
            };
            let given = engine.eval_rule(rule.to_owned()).expect("an answer");
            let given = given.as_array().expect("a branch and a day");
            let day = given.get(1).map_or(0, |day| day.as_i64().expect("a day"));
            *out = code(given[0].as_i64().expect("a branch"), day as i32);
        }
    })
}
