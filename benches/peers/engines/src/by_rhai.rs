//! The rules in Rhai: functions of a script that is compiled once, with chrono's dates as a type of the host.

use chrono::{Datelike, Months, NaiveDate};
use rhai::{AST, Array, CallFnOptions, Dynamic, Engine, FuncArgs, Scope};

use crate::events::{What, code, date, number};
use crate::generator::alone::Event;
use crate::turns::Way;

fn engine() -> Engine {
    let mut engine = Engine::new();
    let months = |date: NaiveDate, months: i64| {
        date.checked_add_months(Months::new(months as u32)).expect("a day in range")
    };
    engine
        .register_type_with_name::<NaiveDate>("Date")
        .register_get("day", |date: &mut NaiveDate| i64::from(date.day()))
        .register_get("first_of_month", |date: &mut NaiveDate| {
            date.with_day(1).expect("every month has a first")
        })
        .register_get("next", |date: &mut NaiveDate| date.succ_opt().expect("a day in range"))
        .register_fn("plus_months", months)
        .register_fn(">=", |a: NaiveDate, b: NaiveDate| a >= b);
    engine
}

/// Calls the functions with the event's fields.
pub fn way(events: &[Event]) -> Way<'_> {
    let engine = engine();
    let script: AST = engine.compile(include_str!("alone.rhai")).expect("a sound script");
    let native: Vec<(What, NaiveDate, NaiveDate, i64, bool)> = events
        .iter()
        .map(|event| (event.what, date(event.date), date(event.start), event.customers, event.by_city))
        .collect();
    Way::new("rhai 1.27.0", move |out| {
        let mut scope = Scope::new();
        for (out, (what, date, start, customers, by_city)) in out.iter_mut().zip(&native) {
            let given = match what {
                What::Cap => call(&engine, &mut scope, &script, "cap", (*date,)),
                What::Read => call(&engine, &mut scope, &script, "contract", (*date, *start, *customers)),
                What::Notice => call(&engine, &mut scope, &script, "notice", (*date, *by_city)),
            };
            let branch = given[0].as_int().expect("a branch");
            let day = given.get(1).map(|day| day.clone_cast::<NaiveDate>());
            *out = code(branch, day.map_or(0, number));
        }
    })
}

fn call(engine: &Engine, scope: &mut Scope, script: &AST, name: &str, arguments: impl FuncArgs) -> Array {
    let options = CallFnOptions::new().eval_ast(false);
    let given: Dynamic =
        engine.call_fn_with_options(options, scope, script, name, arguments).expect("an answer");
    given.into_array().expect("a branch and a day")
}
