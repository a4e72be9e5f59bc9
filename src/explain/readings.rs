//! Where another reading of the source would have given something else.

use crate::program::{Program, ReadingId, RuleId};
use crate::run::{Case, Cause, Outcome, OutcomeKind, Settings};
use crate::time::Day;
use crate::value::Pool;

/// Another answer to a question of interpretation, and what the rule would have brought under it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingDifference {
    /// The question.
    pub reading: ReadingId,
    /// The other answer, by its number.
    pub answer: u16,
    /// What the rule would have brought instead of this outcome; none when nothing.
    pub instead: Option<Outcome>,
    /// By how many days the outcome's date would have moved, where both have one.
    pub days: Option<i64>,
}

/// A run of a case with one question of interpretation answered otherwise.
#[derive(Clone, Debug)]
pub struct OtherRun {
    /// The question.
    pub reading: ReadingId,
    /// The other answer, by its number.
    pub answer: u16,
    /// What the case brings then.
    pub outcomes: Vec<Outcome>,
}

/// Runs a case with each other computed answer, one question at a time.
///
/// Texts and sets of the runs are taken into `pool`.
pub fn other_runs(program: &Program, settings: &Settings, case: &Case, pool: &mut Pool) -> Vec<OtherRun> {
    let mut runs = Vec::new();
    for (place, reading) in program.readings.iter().enumerate() {
        let id = ReadingId::at(place);
        let used = settings.answer(program, id);
        for (number, answer) in (0_u16..).zip(&reading.answers) {
            if number == used || answer.text_only {
                continue;
            }
            let mut other = settings.clone();
            other.readings.insert(id, number);
            let outcomes = crate::run::run_one(program, &other, case, pool, None).outcomes;
            runs.push(OtherRun { reading: id, answer: number, outcomes });
        }
    }
    runs
}

/// Where an outcome would differ under other answers.
pub fn differences(program: &Program, outcome: &Outcome, runs: &[OtherRun]) -> Vec<ReadingDifference> {
    let mut found = Vec::new();
    for run in runs {
        let instead = counterpart(program, outcome, &run.outcomes);
        if instead.is_some_and(|instead| instead.kind == outcome.kind) {
            continue;
        }
        let days = instead.and_then(|instead| Some(date(outcome)?.days_until(date(instead)?)));
        found.push(ReadingDifference {
            reading: run.reading,
            answer: run.answer,
            instead: instead.cloned(),
            days,
        });
    }
    found
}

/// The outcome that stands where another stood: of the same rule and trigger, the same effect if there is one.
fn counterpart<'a>(program: &Program, outcome: &Outcome, others: &'a [Outcome]) -> Option<&'a Outcome> {
    let name = |rule: Option<RuleId>| {
        rule.and_then(|rule| program.rules.get(rule.index())).map(|rule| rule.named.name.as_str())
    };
    let same = |other: &&Outcome| same_cause(outcome, other) && name(other.rule) == name(outcome.rule);
    let exact = others.iter().filter(same).find(|other| {
        (other.branch, other.effect) == (outcome.branch, outcome.effect) && to(other) == to(outcome)
    });
    exact
        .or_else(|| others.iter().filter(same).find(|other| other.kind.name() == outcome.kind.name()))
        .or_else(|| others.iter().find(same))
}

fn to(outcome: &Outcome) -> Option<crate::value::Value> {
    match &outcome.kind {
        OutcomeKind::Duty(duty) => duty.to,
        OutcomeKind::RecurringDuty(duty) => duty.to,
        _ => None,
    }
}

fn same_cause(a: &Outcome, b: &Outcome) -> bool {
    match (a.trigger, b.trigger) {
        (Cause::Event(a), Cause::Event(b)) => a == b,
        (a, b) => a == b,
    }
}

/// The date that an outcome is about.
pub fn date(outcome: &Outcome) -> Option<Day> {
    match &outcome.kind {
        OutcomeKind::Begins { from, .. } | OutcomeKind::Becomes { from, .. } => Some(*from),
        OutcomeKind::Ends { on, .. } | OutcomeKind::Upcoming { on, .. } => Some(*on),
        OutcomeKind::Duty(duty) => duty.by.or(duty.on),
        OutcomeKind::RecurringDuty(duty) => duty.by,
        OutcomeKind::Permission { from, .. } => *from,
        _ => None,
    }
}
