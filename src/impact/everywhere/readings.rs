//! The ways of answering questions of interpretation under which two rules are weighed.

use super::limits::readings;
use crate::program::{Program, ReadingId};
use crate::run::Settings;
use crate::situations::Shape;

/// A way of answering, in both rulesets.
#[derive(Clone)]
pub(super) struct Way {
    pub old: Settings,
    pub new: Settings,
    /// Where that is not as chosen.
    pub readings: Vec<(String, String)>,
}

/// The chosen answers, then one question at a time answered otherwise, where both rulesets have the answer.
pub(super) fn answers(
    (old, ours): (&Program, &Settings),
    (new, theirs): (&Program, &Settings),
    shapes: &(Shape<'_>, Shape<'_>),
) -> Vec<Way> {
    let mut all = vec![Way { old: ours.clone(), new: theirs.clone(), readings: Vec::new() }];
    let mut asked = readings(old, &shapes.0);
    asked.extend(readings(new, &shapes.1));
    for question in asked {
        let find = |program: &Program| program.readings.iter().position(|one| one.named.name == question);
        let Some((here, there)) = find(old).zip(find(new)) else { continue };
        let Some((one, other)) = old.readings.get(here).zip(new.readings.get(there)) else { continue };
        let (chosen, chosen_new) =
            (ours.answer(old, ReadingId::at(here)), theirs.answer(new, ReadingId::at(there)));
        for (number, answer) in (0u16..).zip(&one.answers) {
            let same = other.answers.iter().position(|known| known.named.name == answer.named.name);
            let Some(same) = same.and_then(|place| u16::try_from(place).ok()) else { continue };
            if answer.text_only || (number == chosen && same == chosen_new) {
                continue;
            }
            let mut way = Way {
                old: ours.clone(),
                new: theirs.clone(),
                readings: vec![(question.clone(), answer.named.name.clone())],
            };
            way.old.readings.insert(ReadingId::at(here), number);
            way.new.readings.insert(ReadingId::at(there), same);
            all.push(way);
        }
    }
    all
}
