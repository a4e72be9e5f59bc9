//! Values on their way into a script and back: each type of Frist's is one type of Rhai's.
//!
//! | Frist | Rhai |
//! |---|---|
//! | `antal`, `ja/nej`, `text` | whole number, `bool`, string |
//! | `tal`, `belopp`, `tid`, `andel` | exact numbers ([`super::exact`]) |
//! | `datum`, `tidpunkt`, `klockslag`, `period` | opaque ([`super::calendar`]) |
//! | enumerations, roles, counting words | their name, a string |
//! | sets | array, in order, each member once |
//! | none | `()` |

use rhai::{Array, Dynamic, INT, ImmutableString};

use super::exact::{Exact, Of, Part};
use super::failure::short;
use crate::Words;
use crate::program::{Element, Function, Named, Program, Type};
use crate::time::{Clock, Day, Moment, Period};
use crate::value::scale::{KRONA, MINUTE, NUMBER};
use crate::value::{ChoiceId, Pool, Value};

/// A value on its way in. Rates stay out: check sees to that.
pub fn inward(program: &Program, pool: &Pool, value: Value) -> Dynamic {
    let exact = |amount: i64, scale: i64, of: Of| {
        Exact::new(amount.into(), scale.into(), of).map_or(Dynamic::UNIT, Dynamic::from)
    };
    let named = |all: &[Named], place: u16| text(all.get(place as usize).map_or("", |named| &named.name));
    match value {
        Value::Unknown | Value::None | Value::Rate { .. } => Dynamic::UNIT,
        Value::YesNo(yes) => yes.into(),
        Value::Day(day) => Dynamic::from(day),
        Value::Moment(moment) => Dynamic::from(moment),
        Value::Clock(clock) => Dynamic::from(clock),
        Value::Count(count) => count.into(),
        Value::Number(number) => exact(number, NUMBER, Of::Ones),
        Value::Amount(amount) => exact(amount, KRONA, Of::Kronor),
        Value::Duration(seconds) => exact(seconds, MINUTE, Of::Minutes),
        Value::Share { part, whole } => Dynamic::from(Part { part, whole }),
        Value::Period(period) => Dynamic::from(period),
        Value::Text(id) => text(pool.letters(id)),
        Value::Choice(choice) => {
            let ty = program.types.get(choice.of as usize);
            named(ty.map_or(&[], |ty| &ty.values), choice.value)
        }
        Value::Role(role) => named(&program.roles, role),
        Value::Word(word) => named(&program.counting_words, word),
        Value::Set(set) => {
            let members: Array =
                pool.members(set).iter().map(|member| inward(program, pool, *member)).collect();
            members.into()
        }
    }
}

fn text(letters: &str) -> Dynamic {
    ImmutableString::from(letters).into()
}

/// An answer on its way back, as the type that the function was declared to give.
///
/// # Errors
/// What the answer is instead.
pub fn outward(
    program: &Program,
    pool: &mut Pool,
    function: &Function,
    answer: &Dynamic,
) -> Result<Value, Words> {
    if answer.is_unit() && function.optional {
        return Ok(Value::None);
    }
    value(program, pool, function.gives, answer).ok_or_else(|| {
        let found = said(answer);
        let wanted = &function.gives_words;
        Words::new(
            format!("den gav {}, inte {}", found.sv, wanted.sv),
            format!("it gave {}, not {}", found.en, wanted.en),
        )
    })
}

fn value(program: &Program, pool: &mut Pool, ty: Type, answer: &Dynamic) -> Option<Value> {
    Some(match ty {
        Type::Date => Value::Day(of::<Day>(answer)?),
        Type::Moment => Value::Moment(of::<Moment>(answer)?),
        Type::Clock => Value::Clock(of::<Clock>(answer)?),
        Type::Period => Value::Period(of::<Period>(answer)?),
        Type::YesNo => Value::YesNo(answer.as_bool().ok()?),
        Type::Count => match answer.as_int() {
            Ok(count) => Value::Count(count),
            Err(_) => Value::Count(parts(answer, Of::Ones, 1)?),
        },
        Type::Number => match answer.as_int() {
            Ok(count) => Value::Number(count.checked_mul(NUMBER)?),
            Err(_) => Value::Number(parts(answer, Of::Ones, NUMBER)?),
        },
        Type::Amount => Value::Amount(parts(answer, Of::Kronor, KRONA)?),
        Type::Duration => Value::Duration(parts(answer, Of::Minutes, MINUTE)?),
        Type::Share => {
            let Part { part, whole } = of::<Part>(answer)?;
            Value::Share { whole, part }
        }
        Type::Text => Value::Text(pool.text(&letters(answer)?)),
        Type::Choice(id) => {
            let values = &program.types.get(id.index())?.values;
            let value = place(values, answer)?;
            Value::Choice(ChoiceId { of: u16::try_from(id.index()).ok()?, value })
        }
        Type::Role => Value::Role(place(&program.roles, answer)?),
        Type::Word => Value::Word(place(&program.counting_words, answer)?),
        Type::Set(element) => {
            let member = match element {
                Element::Any => return None,
                Element::Date => Type::Date,
                Element::Count => Type::Count,
                Element::Text => Type::Text,
                Element::Choice(id) => Type::Choice(id),
                Element::Role => Type::Role,
            };
            let given = answer.read_lock::<Array>()?;
            let members: Option<Vec<Value>> =
                given.iter().map(|one| value(program, pool, member, one)).collect();
            Value::Set(pool.set(members?))
        }
        Type::Nothing | Type::Rate(..) => return None,
    })
}

fn of<T: Clone + Send + Sync + 'static>(answer: &Dynamic) -> Option<T> {
    answer.read_lock::<T>().map(|value| value.clone())
}

fn parts(answer: &Dynamic, of: Of, scale: i64) -> Option<i64> {
    let exact = self::of::<Exact>(answer)?;
    exact.in_parts(scale).filter(|_| exact.of() == of)
}

fn letters(answer: &Dynamic) -> Option<ImmutableString> {
    answer.read_lock::<ImmutableString>().map(|text| text.clone())
}

fn place(all: &[Named], answer: &Dynamic) -> Option<u16> {
    let name = letters(answer)?;
    all.iter().position(|named| named.name == name.as_str()).and_then(|place| u16::try_from(place).ok())
}

/// What an answer is, for whoever expected something else.
fn said(answer: &Dynamic) -> Words {
    let text = short(&answer.to_string());
    let shown = |sv: &str, en: &str| Words::new(format!("{sv} {text}"), format!("{en} {text}"));
    let quoted = |sv: &str, en: &str| Words::new(format!("{sv} `{text}`"), format!("{en} `{text}`"));
    if answer.is_unit() {
        Words::new("inget", "nothing")
    } else if let Some(exact) = of::<Exact>(answer) {
        match exact.of() {
            Of::Ones => Words::new(format!("talet {exact}"), format!("the number {exact}")),
            Of::Kronor => Words::new(format!("{exact} kronor"), format!("{exact} kronor")),
            Of::Minutes => Words::new(format!("{exact} minuter"), format!("{exact} minutes")),
        }
    } else if let Some(day) = of::<Day>(answer) {
        Words::new(format!("datumet {day}"), format!("the date {day}"))
    } else if of::<INT>(answer).is_some() {
        shown("antalet", "the count")
    } else if let Some(yes) = of::<bool>(answer) {
        if yes { Words::new("ja", "yes") } else { Words::new("nej", "no") }
    } else if letters(answer).is_some() {
        quoted("texten", "the text")
    } else if of::<Array>(answer).is_some() {
        Words::new("en lista av annat slag", "an array of another kind")
    } else {
        let name = answer.type_name();
        Words::new(format!("något av slaget `{name}`"), format!("something of the kind `{name}`"))
    }
}
