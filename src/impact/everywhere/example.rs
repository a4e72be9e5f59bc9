//! The earliest situation of a difference, made a history and run under both rulesets.

use super::compare::Both;
use super::found::{Region, Weighing};
use super::pairs::versions;
use crate::program::{FactSource, KindId, Program, Rule, RuleId, Trigger};
use crate::run::{Case, Happening, Outcome, OutcomeKind, Settings, run_one};
use crate::situations::{Occasion, Shape, What, in_other, occasions, subjects};
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::{Language, Words};

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
    /// The situation as an example begins, without what it gives; nothing when the ruleset does not have the rule.
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
    let mut pool = program.pool.clone();
    let mut set = settings.clone();
    for (question, answer) in &region.readings {
        let place = program.readings.iter().position(|one| one.named.name == *question)?;
        let answers = &program.readings.get(place)?.answers;
        let number = answers.iter().position(|one| one.named.name == *answer)?;
        set.readings.insert(crate::program::ReadingId::at(place), u16::try_from(number).ok()?);
    }
    let event = occasion.event?;
    let declared = program.events.get(event.index())?;
    let unsaid = |field: &crate::program::Field| {
        field.default.unwrap_or(if field.optional { Value::None } else { Value::Unknown })
    };
    let mut fields: Vec<Value> = declared.fields.iter().map(unsaid).collect();
    let shape = Shape::of(program, id)?;
    let mut written = vec![(String::from("datum"), String::from("date"), Value::Day(region.day))];
    let mut given = Vec::new();
    for subject in subjects(program, &shape, occasion) {
        let place = region.keys.iter().position(|key| *key == subject.key)?;
        let value = in_other(*region.values.get(place)?, from, &from.pool, program, &mut pool)?;
        match subject.what {
            What::Field(field) => {
                *fields.get_mut(usize::from(field))? = value;
                let name = subject.name(program).to_owned();
                if value != Value::Unknown && value != Value::None {
                    written.push((name.clone(), name, value));
                }
            }
            What::Fact(fact) => {
                let declared = program.facts.get(fact.index())?;
                let (FactSource::Set(initial) | FactSource::Taken { initial, .. }) = declared.source else {
                    return None;
                };
                if value == initial {
                    continue;
                }
                if value == Value::Unknown || declared.parameter.is_some() {
                    return None;
                }
                set.given.push((fact, None, value));
                let name = &declared.named.name;
                given.push((format!("uppgift {name}"), format!("fact {name}"), value));
            }
            What::LookBack(_) if matches!(value, Value::YesNo(false) | Value::Count(0) | Value::Unknown) => {}
            What::Decision(_) if matches!(value, Value::None | Value::Unknown) => {}
            What::Duty(..) if !value.is_yes() => {}
            _ => return None,
        }
    }
    let happening = Happening {
        event,
        date: region.day,
        fields: fields.into_boxed_slice(),
        line: 1,
        span: None,
        field_spans: Box::default(),
        date_span: None,
    };
    let kind = (0..program.kinds.len())
        .map(KindId::at)
        .find(|kind| rule.kinds.has(*kind) && declared.kinds.has(*kind));
    set.as_of = region.day;
    let case = Case::new("exempel", kind.unwrap_or(KindId(0)), vec![happening]);
    let mut run = run_one(program, &set, &case, &mut pool, None);
    if matches!(rule.trigger, Trigger::Timer { .. }) {
        let later = run.outcomes.iter().filter(|outcome| own(program, rule, outcome)).filter_map(|one| {
            match one.kind {
                OutcomeKind::Upcoming { on, .. } => Some(on),
                _ => None,
            }
        });
        if let Some(later) = later.max() {
            set.as_of = later;
            run = run_one(program, &set, &case, &mut pool, None);
        }
    }
    let own = run.outcomes.iter().filter(|outcome| own(program, rule, outcome));
    let outcomes = own.map(|outcome| crate::explain::sentence(program, &pool, outcome)).collect();
    Some(Played { written: Some(line(program, &pool, &written, &given)), outcomes })
}

/// Whether a rule, in any of its versions, has a part in an outcome.
fn own(program: &Program, rule: &Rule, outcome: &Outcome) -> bool {
    let same = |id: Option<RuleId>| {
        let other = id.and_then(|id| program.rules.get(id.index()));
        other.is_some_and(|other| other.named.name == rule.named.name)
    };
    let gives_reason = match &outcome.kind {
        OutcomeKind::Decision { reasons, .. } => reasons.iter().any(|reason| same(reason.rule)),
        _ => false,
    };
    gives_reason || same(outcome.rule)
}

/// The line that begins an example.
fn line(
    program: &Program,
    pool: &Pool,
    written: &[(String, String, Value)],
    given: &[(String, String, Value)],
) -> Words {
    let say = |language: Language| {
        let one = |(sv, en, value): &(String, String, Value)| {
            let value = match value {
                Value::Text(id) => format!("\"{}\"", pool.letters(*id)),
                value => crate::words::value_by_name(program, pool, *value, language),
            };
            format!("{} = {value}", language.choose(sv, en))
        };
        let written = written.iter().map(one).collect::<Vec<_>>().join(", ");
        let with = language.choose("med", "with");
        let given: String = given.iter().map(|fact| format!(" {with} {}", one(fact))).collect();
        format!("{}: {written}{given}", language.choose("exempel", "example"))
    };
    Words::new(say(Language::Swedish), say(Language::English))
}
