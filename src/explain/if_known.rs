//! What would follow if the one fact that is not known were known: tried value by value.

use std::collections::BTreeSet;

use super::recorder::FactRead;
use super::sentence::{Speaker, sentence};
use crate::program::code::Op;
use crate::program::{FactId, Program, Type};
use crate::run::{Case, Outcome, OutcomeKind, Settings};
use crate::value::{ChoiceId, Pool, Value, scale};
use crate::{Language, Words};

/// A stretch of values with one consequence: the first, the last (none: without end), and what follows.
struct Stretch {
    first: Value,
    last: Option<Value>,
    follows: Words,
}

/// For an undetermined outcome that hangs on one unknown fact: what each value of it would bring, in words.
pub(super) fn if_known(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    outcome: &Outcome,
    facts: &[FactRead],
) -> Vec<Words> {
    if !matches!(outcome.kind, OutcomeKind::Undetermined { .. }) {
        return Vec::new();
    }
    let mut unknown: Vec<FactId> = facts
        .iter()
        .filter(|read| read.value == Value::Unknown && read.of.is_none())
        .map(|read| read.fact)
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    let [fact] = unknown.as_slice() else { return Vec::new() };
    let Some(declared) = program.facts.get(fact.index()) else { return Vec::new() };
    let (values, ordered) = values_to_try(program, case, declared.ty);
    let mut pool = pool.clone();
    let mut stretches: Vec<Stretch> = Vec::new();
    for value in values {
        let mut given = settings.clone();
        given.given.push((*fact, None, value));
        let run = crate::run::run_one(program, &given, case, &mut pool, None);
        let follows = consequence(program, &pool, outcome, &run.outcomes);
        match stretches.last_mut() {
            Some(last) if ordered && last.follows == follows => last.last = Some(value),
            _ => stretches.push(Stretch { first: value, last: Some(value), follows }),
        }
    }
    if let (true, Some(last)) = (ordered, stretches.last_mut()) {
        last.last = None;
    }
    if stretches.len() < 2 {
        return Vec::new();
    }
    let say = |stretch: &Stretch, language: Language| {
        let speaker = Speaker { program, pool: &pool, language };
        let (name, first) = (speaker.fact(*fact, None), speaker.value(stretch.first));
        let lowest = matches!(
            stretch.first,
            Value::Count(0) | Value::Number(0) | Value::Amount(0) | Value::Duration(0)
        );
        let range = match stretch.last {
            Some(last) if last == stretch.first => first,
            Some(last) if lowest => {
                format!("{} {}", language.choose("högst", "at most"), speaker.value(last))
            }
            Some(last) => format!("{first}–{}", speaker.value(last)),
            None => format!("{first} {}", language.choose("eller mer", "or more")),
        };
        let follows = stretch.follows.get(language);
        match language {
            Language::Swedish => format!("om {name} är {range}: {follows}"),
            Language::English => format!("if {name} is {range}: {follows}"),
        }
    };
    stretches
        .iter()
        .map(|stretch| Words::new(say(stretch, Language::Swedish), say(stretch, Language::English)))
        .collect()
}

/// Values that a comparison with a value of the program or the case can tell apart, and whether they have an order.
fn values_to_try(program: &Program, case: &Case, ty: Type) -> (Vec<Value>, bool) {
    let (step, make): (i64, fn(i64) -> Value) = match ty {
        Type::YesNo => return (vec![Value::YesNo(true), Value::YesNo(false)], false),
        Type::Choice(of) => {
            let count = program.types.get(of.index()).map_or(0, |of| of.values.len());
            let number = u16::try_from(of.0).unwrap_or(u16::MAX);
            let values = (0..u16::try_from(count).unwrap_or(0))
                .map(|value| Value::Choice(ChoiceId { of: number, value }));
            return (values.collect(), false);
        }
        Type::Count => (1, Value::Count),
        Type::Number => (scale::NUMBER, Value::Number),
        Type::Amount => (scale::KRONA, Value::Amount),
        Type::Duration => (scale::HOUR, Value::Duration),
        _ => return (Vec::new(), false),
    };
    let mut marks: BTreeSet<i64> = BTreeSet::from([0]);
    let written = program.code.ops.iter().filter_map(|op| match op {
        Op::Constant(value) => Some(*value),
        _ => None,
    });
    let came = case.events.iter().flat_map(|event| event.fields.iter().copied());
    for value in written.chain(came) {
        let mark = match (value, ty) {
            (Value::Count(n), Type::Count)
            | (Value::Number(n), Type::Number)
            | (Value::Amount(n), Type::Amount)
            | (Value::Duration(n), Type::Duration) => n,
            _ => continue,
        };
        marks.extend([mark.saturating_sub(step), mark, mark.saturating_add(step)]);
    }
    (marks.into_iter().filter(|n| *n >= 0).map(make).collect(), true)
}

/// What the rule brings on the same trigger.
fn consequence(program: &Program, pool: &Pool, outcome: &Outcome, others: &[Outcome]) -> Words {
    let own: Vec<Words> = others
        .iter()
        .filter(|other| other.trigger == outcome.trigger && other.rule == outcome.rule)
        .map(|other| sentence(program, pool, other))
        .collect();
    if own.is_empty() {
        return Words::new("regeln medför ingenting.", "the rule brings nothing.");
    }
    let join = |pick: fn(&Words) -> &str| own.iter().map(pick).collect::<Vec<_>>().join(" ");
    Words::new(join(|words| &words.sv), join(|words| &words.en))
}
