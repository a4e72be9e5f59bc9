//! Several rules judged in one situation: two that may clash, or one as it was and as it is to be.

use crate::program::Program;
use crate::time::Day;
use crate::value::{ChoiceId, Pool, Value};

use super::depends::Needs;
use super::judge::Judge;
use super::subject::{Subject, What};

/// Judges who look at one situation together. What they call by one key is one subject.
pub struct Panel<'a> {
    judges: Vec<Judge<'a>>,
    /// What a value of the first judge's ruleset is in each judge's own, where that is another number.
    translations: Vec<Vec<(Value, Value)>>,
}

impl<'a> Panel<'a> {
    /// A panel; every judge knows the subjects in the same order (see [`align`]).
    pub fn new(judges: Vec<Judge<'a>>) -> Panel<'a> {
        let translations = judges.iter().map(|_| Vec::new()).collect();
        Panel { judges, translations }
    }

    /// The judges.
    pub fn judges(&self) -> &[Judge<'a>] {
        &self.judges
    }

    /// The judges, to ask them.
    pub fn judges_mut(&mut self) -> &mut [Judge<'a>] {
        &mut self.judges
    }

    /// Says what a value is in the ruleset of a judge.
    pub fn translate(&mut self, judge: usize, value: Value, own: Value) {
        if let Some(known) = self.translations.get_mut(judge).filter(|_| value != own) {
            known.push((value, own));
        }
    }

    /// The subjects, as the first judge who knows each of them has it.
    pub fn subjects(&self) -> Vec<&Subject> {
        let count = self.judges.first().map_or(0, |judge| judge.subjects().len());
        (0..count)
            .filter_map(|place| {
                let mut all = self.judges.iter().filter_map(|judge| judge.subjects().get(place));
                let first = all.clone().next();
                all.find(|subject| subject.what != What::Absent).or(first)
            })
            .collect()
    }

    /// Supposes the value of a subject, by its place.
    pub fn suppose(&mut self, subject: usize, value: Value) {
        for (judge, known) in self.judges.iter_mut().zip(&self.translations) {
            let own = match value {
                Value::Day(_) => value,
                _ => known.iter().find(|(from, _)| *from == value).map_or(value, |(_, own)| *own),
            };
            judge.suppose(subject, own);
        }
    }

    /// Has every judge judge a day.
    pub fn judge(&mut self, day: Day) {
        for judge in &mut self.judges {
            judge.judge(day);
        }
    }

    /// The day and the subjects whose values are days.
    pub fn days(&self) -> Needs {
        self.judges.iter().fold(Needs::DAY, |all, judge| all.and(judge.dependencies().days))
    }
}

/// Brings lists of subjects into one order: each list gets every subject, those it does not have as [`What::Absent`].
pub fn align(lists: &[Vec<Subject>]) -> Vec<Vec<Subject>> {
    let mut all: Vec<Subject> = Vec::new();
    for subject in lists.iter().flatten() {
        if all.iter().all(|known| known.key != subject.key) {
            all.push(Subject { what: What::Absent, ..subject.clone() });
        }
    }
    let own = |list: &Vec<Subject>| {
        all.iter()
            .map(|absent| list.iter().find(|own| own.key == absent.key).unwrap_or(absent).clone())
            .collect()
    };
    lists.iter().map(own).collect()
}

/// A value of one ruleset in another: what has a name there is found by its name.
///
/// Nothing when the other ruleset has no such value.
pub fn in_other(
    value: Value,
    from: &Program,
    from_pool: &Pool,
    to: &Program,
    to_pool: &mut Pool,
) -> Option<Value> {
    match value {
        Value::Choice(choice) => {
            let of = from.types.get(choice.of as usize)?;
            let name = &of.values.get(choice.value as usize)?.name;
            // A type written in place bears its field's name: the values tell which it is.
            let same = |known: &&crate::program::Enumeration| known.named.name == of.named.name;
            let place =
                to.types.iter().position(|known| same(&known)).or_else(|| {
                    to.types.iter().position(|known| known.values.iter().any(|v| v.name == *name))
                })?;
            let number = to.types.get(place)?.values.iter().position(|known| known.name == *name)?;
            Some(Value::Choice(ChoiceId {
                of: u16::try_from(place).ok()?,
                value: u16::try_from(number).ok()?,
            }))
        }
        Value::Role(role) => {
            let name = &from.roles.get(role as usize)?.name;
            let number = to.roles.iter().position(|known| known.name == *name)?;
            Some(Value::Role(u16::try_from(number).ok()?))
        }
        Value::Word(word) => {
            let name = &from.counting_words.get(word as usize)?.name;
            let number = to.counting_words.iter().position(|known| known.name == *name)?;
            Some(Value::Word(u16::try_from(number).ok()?))
        }
        Value::Text(text) => Some(Value::Text(to_pool.text(from_pool.letters(text)))),
        Value::Set(set) => {
            let members = from_pool.members(set).to_vec();
            let all: Option<Vec<Value>> =
                members.into_iter().map(|member| in_other(member, from, from_pool, to, to_pool)).collect();
            Some(Value::Set(to_pool.set(all?)))
        }
        other => Some(other),
    }
}
