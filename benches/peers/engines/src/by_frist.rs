//! The rules in Frist: one event at a time, and in columns.

use frist::batch::{BatchDecider, Column, Columns, Decider, Plan, What as Brings};
use frist::program::Program;
use frist::time::Day;
use frist::value::Value;
use frist::{Ruleset, Settings};

use crate::events::{What, by_kind, code};
use crate::generator::alone::Event;
use crate::turns::Way;

const RULES: &str = include_str!("../../../alone.frist");

const ALL: [What; 3] = [What::Cap, What::Read, What::Notice];

/// The rules, checked.
pub fn ruleset() -> Ruleset {
    Ruleset::load([("alone.frist", RULES)]).ruleset.expect("sound rules")
}

fn name(what: What) -> &'static str {
    match what {
        What::Cap => "tak_anmält",
        What::Read => "avläst",
        What::Notice => "uppsagt",
    }
}

/// The plans of the three events.
pub fn plans(program: &Program) -> [Plan<'_>; 3] {
    ALL.map(|what| {
        let event = program.event_named(name(what)).expect("a declared event");
        Plan::new(program, event, None, &Settings::as_of(Day::MAX))
    })
}

/// One event at a time.
pub fn one_by_one<'a>(plans: &'a [Plan<'_>; 3], events: &[Event]) -> Way<'a> {
    let mut deciders = plans.each_ref().map(Decider::new);
    let day = |number| Day::from_number(number).expect("a day of this century");
    let native: Vec<(usize, Day, [Value; 2])> = events
        .iter()
        .map(|event| {
            let fields = match event.what {
                What::Cap => [Value::Duration(event.cap * 3600), Value::Unknown],
                What::Read => [Value::Day(day(event.start)), Value::Count(event.customers)],
                What::Notice => [Value::YesNo(event.by_city), Value::Unknown],
            };
            (event.what as usize, day(event.date), fields)
        })
        .collect();
    Way::new("Frist, one event at a time", move |out| {
        for (out, (what, date, fields)) in out.iter_mut().zip(&native) {
            let brought = deciders[*what].decide(*date, fields);
            *out = code(brought[0].branch.into(), brought[0].from.map_or(0, Day::number));
        }
    })
}

/// Columns, those of each event for themselves; outcomes are written where the last ones were.
pub fn columns<'a>(program: &'a Program, plans: &'a [Plan<'_>; 3], events: &[Event]) -> Way<'a> {
    let tables = ALL.map(|what| {
        let of = || events.iter().filter(|event| event.what == what);
        let columns = Columns::new(program, name(what), of().map(|event| event.date).collect());
        let columns = columns.expect("an event that is declared");
        let whole = |column: Vec<i64>| Column::Whole(column);
        let columns = match what {
            What::Cap => {
                columns.with(program, "nytt_tak", whole(of().map(|event| event.cap * 3600).collect()), None)
            }
            What::Read => {
                let starts = Column::Days(of().map(|event| event.start).collect());
                let customers = whole(of().map(|event| event.customers).collect());
                columns
                    .with(program, "avtalsstart", starts, None)
                    .and_then(|columns| columns.with(program, "kunder", customers, None))
            }
            What::Notice => {
                let by_city = Column::YesNo(of().map(|event| event.by_city).collect());
                columns.with(program, "av_kommunen", by_city, None)
            }
        };
        columns.expect("fields that are declared")
    });
    let mut deciders = plans.each_ref().map(BatchDecider::new);
    let way = Way::new("Frist, columns", move |mut out| {
        for (columns, decider) in tables.iter().zip(&mut deciders) {
            let (own, rest) = out.split_at_mut(columns.len());
            out = rest;
            for group in &decider.decide(columns).groups {
                match (&group.from, group.what) {
                    (Some(from), Brings::Begins(_) | Brings::Ends(_) | Brings::Becomes(_)) => {
                        for (row, day) in group.rows.iter().zip(from) {
                            own[*row as usize] = code(group.branch.into(), *day);
                        }
                    }
                    _ => group.rows.iter().for_each(|row| own[*row as usize] = code(group.branch.into(), 0)),
                }
            }
        }
    });
    way.in_order(by_kind(events))
}
