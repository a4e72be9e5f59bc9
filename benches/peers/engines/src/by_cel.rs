//! The rules in CEL: three expressions compiled once, with timestamps for days; months are a function of the host, for the
//! language has none. Variables are looked up in the event itself, so that nothing is copied into a scope.

use cel::common::types::{CelBool, CelInt, CelTimestamp};
use cel::common::value::CowVal;
use cel::context::VariableResolver;
use cel::{Context, Program, Value};
use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveTime, TimeDelta};

use crate::events::{What, code, date, number};
use crate::generator::alone::Event;
use crate::turns::Way;

const CAP: &str = "date.getDate() <= 15
    ? [1, plusMonths(firstOfMonth(date), 1)]
    : [2, plusMonths(firstOfMonth(date), 2)]";

const CONTRACT: &str = "customers == 0 && date >= plusMonths(start, 12)
    ? [1, plusMonths(start, 12)]
    : customers < 6 && date >= plusMonths(start, 24) ? [2, nextDay(date)] : [3]";

const NOTICE: &str = "byCity ? [1, plusMonths(date, 6)] : [2, plusMonths(date, 3)]";

type Stamp = DateTime<FixedOffset>;

fn stamp(day: NaiveDate) -> Stamp {
    day.and_time(NaiveTime::MIN).and_utc().fixed_offset()
}

struct Native {
    what: What,
    date: CelTimestamp,
    start: CelTimestamp,
    customers: CelInt,
    by_city: CelBool,
}

impl VariableResolver for Native {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        match name {
            "date" => Some(CowVal::Borrowed(&self.date)),
            "start" => Some(CowVal::Borrowed(&self.start)),
            "customers" => Some(CowVal::Borrowed(&self.customers)),
            "byCity" => Some(CowVal::Borrowed(&self.by_city)),
            _ => None,
        }
    }
}

/// Executes the event's expression.
pub fn way(events: &[Event]) -> Way<'_> {
    let [cap, contract, notice] = [CAP, CONTRACT, NOTICE].map(|text| Program::compile(text).expect("sound"));
    let months = |date: Stamp, months: i64| {
        date.checked_add_months(Months::new(months as u32)).expect("a day in range")
    };
    let mut root = Context::default();
    root.add_function("plusMonths", months).expect("a free name");
    root.add_function("firstOfMonth", |date: Stamp| date.with_day(1).expect("every month has a first"))
        .expect("a free name");
    root.add_function("nextDay", |date: Stamp| date + TimeDelta::days(1)).expect("a free name");
    let native: Vec<Native> = events
        .iter()
        .map(|event| Native {
            what: event.what,
            date: stamp(date(event.date)).into(),
            start: stamp(date(event.start)).into(),
            customers: event.customers.into(),
            by_city: event.by_city.into(),
        })
        .collect();
    Way::new("cel 0.15.0", move |out| {
        for (out, event) in out.iter_mut().zip(&native) {
            let mut scope = root.new_inner_scope();
            scope.set_variable_resolver(event);
            let program = match event.what {
                What::Cap => &cap,
                What::Read => &contract,
                What::Notice => &notice,
            };
            let Ok(Value::List(given)) = program.execute(&scope) else { panic!("no answer") };
            *out = match given.as_slice() {
                [Value::Int(branch), Value::Timestamp(day)] => code(*branch, number(day.date_naive())),
                [Value::Int(branch)] => code(*branch, 0),
                other => panic!("{other:?}"),
            };
        }
    })
}
