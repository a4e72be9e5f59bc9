//! The rules as expressions of zen-engine, compiled once and run on one machine that is used again. Dates are handed in as
//! dates; months are of the language.

use zen_expression::vm::VM;
use zen_expression::{DateValue, Scope, Variable, compile_expression};

use crate::events::{What, code, date};
use crate::generator::alone::Event;
use crate::turns::Way;

const CAP: &str = "d(date).day() <= 15
    ? [1, d(date).add('1M').startOf('month').timestamp()]
    : [2, d(date).add('2M').startOf('month').timestamp()]";

const CONTRACT: &str = "customers == 0 and d(date) >= d(start).add('12M')
    ? [1, d(start).add('12M').timestamp()]
    : (customers < 6 and d(date) >= d(start).add('24M') ? [2, d(date).add('1d').timestamp()] : [3])";

const NOTICE: &str = "byCity ? [1, d(date).add('6M').timestamp()] : [2, d(date).add('3M').timestamp()]";

/// What an event says, as values of the engine.
pub fn fields(event: &Event) -> Variable {
    let fields = Variable::empty_object();
    let day = |day| DateValue::from_text(&format!("{}", date(day))).expect("a day");
    fields.dot_insert("date", day(event.date));
    fields.dot_insert("start", day(event.start));
    fields.dot_insert("customers", Variable::Number(event.customers.into()));
    fields.dot_insert("byCity", Variable::Bool(event.by_city));
    fields
}

/// Runs the event's expression.
pub fn way(events: &[Event]) -> Way<'_> {
    let [cap, contract, notice] =
        [CAP, CONTRACT, NOTICE].map(|text| compile_expression(text).expect("sound"));
    let native: Vec<(What, Scope)> =
        events.iter().map(|event| (event.what, Scope::new(fields(event)))).collect();
    Way::new("zen-expression 2.1.6", move |out| {
        let mut machine = VM::new();
        for (out, (what, scope)) in out.iter_mut().zip(&native) {
            let program = match what {
                What::Cap => &cap,
                What::Read => &contract,
                What::Notice => &notice,
            };
            let given = program.evaluate_with_scope(scope, &mut machine).expect("an answer");
            let given = given.as_array().expect("a branch and a day");
            let given = given.borrow();
            let whole = |place: usize| {
                let number = given.get(place).and_then(Variable::as_number);
                number.map(|number| i64::try_from(number).expect("a whole number"))
            };
            let day = whole(1).map_or(0, |milliseconds| milliseconds.div_euclid(86_400_000));
            *out = code(whole(0).expect("a branch"), day as i32);
        }
    })
}
