//! The rules as decision tables of zen-engine, compiled once: a graph of what comes in, one table, and what goes out.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::json;
use zen_engine::Decision;
use zen_engine::model::GraphContent;
use zen_expression::Variable;

use crate::by_zen::fields;
use crate::events::{What, code};
use crate::generator::alone::Event;
use crate::turns::Way;

/// For each rule its lines: when it holds, the branch, the day.
const CAP: &[[&str; 3]] = &[
    ["d(date).day() <= 15", "1", "d(date).add('1M').startOf('month').timestamp()"],
    ["true", "2", "d(date).add('2M').startOf('month').timestamp()"],
];
const CONTRACT: &[[&str; 3]] = &[
    ["customers == 0 and d(date) >= d(start).add('12M')", "1", "d(start).add('12M').timestamp()"],
    ["customers < 6 and d(date) >= d(start).add('24M')", "2", "d(date).add('1d').timestamp()"],
    ["true", "3", "null"],
];
const NOTICE: &[[&str; 3]] =
    &[["byCity", "1", "d(date).add('6M').timestamp()"], ["true", "2", "d(date).add('3M').timestamp()"]];

/// A decision of one table, of which the first line that holds counts.
fn table(lines: &[[&str; 3]]) -> Decision {
    let rule = |(place, [when, branch, day]): (usize, &[&str; 3])| {
        let id = place.to_string();
        json!({ "_id": id, "when": when, "branch": branch, "day": day })
    };
    let rules: Vec<_> = lines.iter().enumerate().map(rule).collect();
    let content: GraphContent = serde_json::from_value(json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode" },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "first",
                "inputs": [{ "id": "when", "name": "when" }],
                "outputs": [
                    { "id": "branch", "name": "branch", "field": "branch" },
                    { "id": "day", "name": "day", "field": "day" },
                ],
                "rules": rules,
            } },
            { "id": "out", "name": "out", "type": "outputNode" },
        ],
        "edges": [
            { "id": "1", "sourceId": "in", "targetId": "table" },
            { "id": "2", "sourceId": "table", "targetId": "out" },
        ],
    }))
    .expect("a sound graph");
    let mut decision = Decision::from(Arc::new(content));
    decision.compile();
    decision
}

/// What comes of a future that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(given) => given,
        Poll::Pending => panic!("it waits"),
    }
}

/// Runs the event's table.
pub fn way(events: &[Event]) -> Way<'_> {
    let [cap, contract, notice] = [CAP, CONTRACT, NOTICE].map(table);
    let native: Vec<(What, Variable)> = events.iter().map(|event| (event.what, fields(event))).collect();
    Way::new("zen-engine 2.1.6", move |out| {
        for (out, (what, fields)) in out.iter_mut().zip(&native) {
            let decision = match what {
                What::Cap => &cap,
                What::Read => &contract,
                What::Notice => &notice,
            };
            let given = now(decision.evaluate(fields.clone())).expect("an answer").result;
            let whole = |field: &str| {
                let number = given.dot(field).and_then(|value| value.as_number());
                number.map(|number| i64::try_from(number).expect("a whole number"))
            };
            let day = whole("day").map_or(0, |milliseconds| milliseconds.div_euclid(86_400_000));
            *out = code(whole("branch").expect("a branch"), day as i32);
        }
    })
}
