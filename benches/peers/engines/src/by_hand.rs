//! The rules by hand: one event at a time with chrono, and in columns.

use chrono::NaiveDate;

use crate::events::{What, by_kind, code, date, number};
use crate::generator::alone::Event;
use crate::turns::Way;

struct Native {
    what: What,
    date: NaiveDate,
    start: NaiveDate,
    customers: i64,
    by_city: bool,
}

/// With chrono.
pub fn one_by_one(events: &[Event]) -> Way<'_> {
    let native: Vec<Native> = events
        .iter()
        .map(|event| Native {
            what: event.what,
            date: date(event.date),
            start: date(event.start),
            customers: event.customers,
            by_city: event.by_city,
        })
        .collect();
    Way::new("by hand, chrono", move |out| {
        for (out, event) in out.iter_mut().zip(&native) {
            let (branch, day) = match event.what {
                What::Cap => hand::cap(event.date).map(|(branch, from)| (branch, Some(from))),
                What::Read => hand::contract(event.date, event.start, event.customers),
                What::Notice => {
                    hand::notice(event.date, event.by_city).map(|(branch, end)| (branch, Some(end)))
                }
            }
            .expect("a day in range");
            *out = code(branch.into(), day.map_or(0, number));
        }
    })
}

/// Loops over columns, for the events of one rule each.
pub fn columns(events: &[Event]) -> Way<'_> {
    let of = |what: What| events.iter().filter(move |event| event.what == what);
    let dates = |what| of(what).map(|event| event.date).collect::<Vec<i32>>();
    let (caps, reads, notices) = (dates(What::Cap), dates(What::Read), dates(What::Notice));
    let starts: Vec<i32> = of(What::Read).map(|event| event.start).collect();
    let customers: Vec<i64> = of(What::Read).map(|event| event.customers).collect();
    let by_city: Vec<bool> = of(What::Notice).map(|event| event.by_city).collect();
    let way = Way::new("by hand, columns", move |out| {
        let (first, rest) = out.split_at_mut(caps.len());
        let (second, third) = rest.split_at_mut(reads.len());
        hand::columns::caps(&caps, first);
        hand::columns::contracts(&reads, &starts, &customers, second);
        hand::columns::notices(&notices, &by_city, third);
    });
    way.in_order(by_kind(events))
}
