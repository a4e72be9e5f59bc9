//! A situation in which something is not so, in words and as an example to paste.

use crate::Language;
use crate::situations::{Judge, Situation, What};
use crate::source::Span;
use crate::time::Day;
use crate::value::Value;
use crate::words;

use super::verdict::{Counterexample, Given};

/// Describes a situation that was just judged.
pub(super) fn describe(
    judge: &Judge<'_>,
    situation: &Situation<'_>,
    found: Option<Day>,
    instead: Option<Day>,
    places: &[Span],
) -> Counterexample {
    Counterexample {
        day: situation.day,
        given: given(judge, situation.values),
        judged: judge.judged().clone(),
        found,
        instead,
        places: places.to_vec(),
        example: judge.example(situation.day, situation.values),
        readings: Vec::new(),
    }
}

/// What is so besides the day: each subject that matters, with its value.
fn given(judge: &Judge<'_>, values: &[Value]) -> Vec<Given> {
    let program = judge.program();
    let shape = judge.shape();
    let matter = shape.conditions().chain(shape.days()).map(|expr| judge.needs(expr));
    let matter = matter.fold(crate::situations::Needs::default(), crate::situations::Needs::and);
    let mut all = Vec::new();
    for (place, (subject, value)) in judge.subjects().iter().zip(values).enumerate() {
        if !crate::situations::Needs::subject(place).within(matter) {
            continue;
        }
        let say = |language| words::value_by_name(program, judge.pool(), *value, language);
        all.push(Given {
            name: subject.name(program).to_owned(),
            value: *value,
            words: crate::Words::new(say(Language::Swedish), say(Language::English)),
            field: matches!(subject.what, What::Field(_)),
        });
    }
    all
}
