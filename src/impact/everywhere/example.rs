//! The earliest situation of a difference, made a history and run under both rulesets.

use super::compare::Both;
use super::found::{Region, Weighing};
use super::pairs::versions;
use crate::explain::sentence;
use crate::program::{Program, ReadingId, RuleId};
use crate::run::Settings;
use crate::situations::{Occasion, Shape, Telling, in_other, occasions, subjects};
use crate::time::Day;
use crate::value::Value;
use crate::{Language, Words, examples};

/// A situation run under both rulesets.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What the old one brings.
    pub old: Played,
    /// What the new one brings.
    pub new: Played,
}

/// What one ruleset brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Played {
    /// The situation as an example with what it gives, in one line; nothing when the ruleset does not have the rule, or
    /// an example cannot say it.
    pub written: Option<Words>,
    /// The outcomes of the rule, a sentence each.
    pub outcomes: Vec<Words>,
}

/// Runs the earliest situation of each of a rule's differences.
pub(super) fn play(both: &Both<'_>, rule: &mut Weighing, within: (Day, Day)) {
    let new_name = rule.renamed.clone().unwrap_or_else(|| rule.name.clone());
    let of = |program: &Program, name: &str, day: Day| {
        let all = versions(program, name, within);
        all.into_iter().find(|(_, (from, through))| *from <= day && day <= *through).map(|(id, _)| id)
    };
    for region in &mut rule.regions {
        let old = of(both.old.0, &rule.name, region.day);
        let new = of(both.new.0, &new_name, region.day);
        // Values are those of the first ruleset that has the rule.
        let from = if old.is_some() { both.old.0 } else { both.new.0 };
        let stage = |program, settings, id: Option<RuleId>| match id {
            None => Some(Played::default()),
            Some(id) => played(program, settings, id, from, region),
        };
        let found = stage(both.old.0, both.old.1, old).zip(stage(both.new.0, both.new.1, new));
        // What does not show the difference is no example of it.
        let found = found.filter(|(old, new)| old.outcomes != new.outcomes);
        region.example = found.map(|(old, new)| Example { old, new });
    }
}

fn played(
    program: &Program,
    settings: &Settings,
    id: RuleId,
    from: &Program,
    region: &Region,
) -> Option<Played> {
    let rule = program.rules.get(id.index())?;
    let occasions = occasions(rule);
    let named = |occasion: &&Occasion<'_>| {
        let event = occasion.event.and_then(|event| program.events.get(event.index()));
        region.event.is_none() || event.map(|event| &event.named.name) == region.event.as_ref()
    };
    let occasion = *occasions.iter().find(named)?;
    let shape = Shape::of(program, id)?;
    let subjects = subjects(program, &shape, occasion);
    let mut pool = program.pool.clone();
    let mut values: Vec<Value> = Vec::new();
    for subject in &subjects {
        let place = region.keys.iter().position(|key| *key == subject.key)?;
        values.push(in_other(*region.values.get(place)?, from, &region.pool, program, &mut pool)?);
    }
    let mut readings: Vec<(ReadingId, u16)> = settings.readings.iter().map(|(q, a)| (*q, *a)).collect();
    for (question, answer) in &region.readings {
        let place = program.readings.iter().position(|one| one.named.name == *question)?;
        let answers = &program.readings.get(place)?.answers;
        let number = answers.iter().position(|one| one.named.name == *answer)?;
        readings.retain(|(known, _)| *known != ReadingId::at(place));
        readings.push((ReadingId::at(place), u16::try_from(number).ok()?));
    }
    let telling = Telling { program, rule: id, occasion, subjects: &subjects, readings: &readings };
    let example = telling.example(region.day, &values, &mut pool)?;
    let run = examples::play(program, id, &example, region.day, &mut pool)?.run;
    let own = examples::own(program, id, &run);
    let outcomes = own.into_iter().map(|outcome| sentence(program, &pool, outcome)).collect();
    let say = |language| telling.text(region.day, &values, &pool, language);
    let written = say(Language::Swedish).zip(say(Language::English));
    let written = written.map(|(sv, en)| Words::new(in_one_line(&sv), in_one_line(&en)));
    Some(Played { written, outcomes })
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
