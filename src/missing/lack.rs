//! What is lacking, by name and in words.

use crate::Words;
use crate::program::Program;
use crate::run::Lack;

/// What kind of thing is lacking, as the interface writes it.
pub const fn kind(lack: Lack) -> &'static str {
    match lack {
        Lack::Event(_) => "event",
        Lack::Field(..) => "field",
        Lack::Fact(_) => "fact",
        Lack::Decision(_) => "decision",
        Lack::Constant(_) => "constant",
        Lack::Table(_) => "table",
        Lack::Calendar(_) => "calendar",
        Lack::Function(_) => "function",
        Lack::Header => "header",
        Lack::Number => "number",
    }
}

/// The name of what is lacking; of a field, that of its event and its own. Nothing when it has no name.
pub fn subject(program: &Program, lack: Lack) -> (Option<&str>, Option<&str>) {
    let named = match lack {
        Lack::Event(event) | Lack::Decision(event) => program.events.get(event.index()).map(|it| &it.named),
        Lack::Field(event, index) => {
            let event = program.events.get(event.index());
            let field = event.and_then(|event| event.fields.get(usize::from(index)));
            let field = field.map(|field| field.named.name.as_str());
            return (event.map(|event| event.named.name.as_str()), field);
        }
        Lack::Fact(fact) => program.facts.get(fact.index()).map(|it| &it.named),
        Lack::Constant(constant) => program.constants.get(constant.index()).map(|it| &it.named),
        Lack::Table(table) => program.tables.get(table.index()).map(|it| &it.named),
        Lack::Calendar(calendar) => program.calendars.get(calendar.index()).map(|it| &it.named),
        Lack::Function(function) => program.functions.get(function.index()).map(|it| &it.named),
        Lack::Header | Lack::Number => None,
    };
    (named.map(|named| named.name.as_str()), None)
}

/// What is lacking, in a few words.
pub fn words(program: &Program, lack: Lack) -> Words {
    let (name, field) = subject(program, lack);
    let (name, field) = (name.unwrap_or("?"), field.unwrap_or("?"));
    match lack {
        Lack::Event(_) => Words::new(format!("händelsen {name}"), format!("the event {name}")),
        Lack::Field(..) => Words::new(
            format!("fältet {field} i händelsen {name}"),
            format!("the field {field} of the event {name}"),
        ),
        Lack::Fact(fact) => program
            .facts
            .get(fact.index())
            .map_or_else(|| Words::new(name, name), |fact| fact.named.title.clone()),
        Lack::Decision(_) => Words::new(format!("beslutet om {name}"), format!("the decision on {name}")),
        Lack::Constant(_) => Words::new(format!("en version av {name}"), format!("a version of {name}")),
        Lack::Table(_) => {
            Words::new(format!("ett svar i tabellen {name}"), format!("an answer in the table {name}"))
        }
        Lack::Calendar(_) => {
            Words::new(format!("dagar i kalendern {name}"), format!("days of the calendar {name}"))
        }
        Lack::Function(_) => {
            Words::new(format!("svaret från funktionen {name}"), format!("the answer of the function {name}"))
        }
        Lack::Header => Words::new("vad vardag betyder", "what a weekday is"),
        Lack::Number => Words::new(
            "ett tal eller datum som går att räkna med",
            "a number or date that can be reckoned with",
        ),
    }
}
