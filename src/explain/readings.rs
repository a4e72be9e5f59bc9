//! Where another reading of the source would have given something else.

use super::counterparts::counterparts;
use crate::program::{Program, ReadingId};
use crate::run::{Case, DutyOutcome, Outcome, OutcomeKind, RecurringOutcome, Rhythm, Settings};
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

/// Where each outcome of a case would differ under other answers. `outcomes` are all of the case, in their order.
pub fn differences(
    program: &Program,
    outcomes: &[Outcome],
    runs: &[OtherRun],
) -> Vec<Vec<ReadingDifference>> {
    let mut found: Vec<Vec<ReadingDifference>> = vec![Vec::new(); outcomes.len()];
    for run in runs {
        let instead = counterparts(program, outcomes, &run.outcomes);
        for ((outcome, instead), found) in outcomes.iter().zip(instead).zip(&mut found) {
            if instead.is_some_and(|instead| same(&instead.kind, &outcome.kind)) {
                continue;
            }
            found.push(ReadingDifference {
                reading: run.reading,
                answer: run.answer,
                instead: instead.cloned(),
                days: instead.and_then(|instead| days_between(outcome, instead)),
            });
        }
    }
    found
}

/// Whether two outcomes say the same; what else counted towards a duty that stands alike is no difference.
fn same(one: &OutcomeKind, other: &OutcomeKind) -> bool {
    match (one, other) {
        (OutcomeKind::RecurringDuty(one), OutcomeKind::RecurringDuty(other)) => {
            let said = |duty: &RecurringOutcome| RecurringOutcome {
                counted: Vec::new(),
                reached: None,
                ..duty.clone()
            };
            said(one) == said(other)
        }
        (OutcomeKind::Duty(one), OutcomeKind::Duty(other)) => {
            let said =
                |duty: &DutyOutcome| DutyOutcome { fulfilled_by: None, lapsed_on: None, ..duty.clone() };
            said(one) == said(other)
        }
        (one, other) => one == other,
    }
}

/// By how many days the date of an outcome would have moved, where both dates say the same thing.
fn days_between(outcome: &Outcome, instead: &Outcome) -> Option<i64> {
    let per_period = |outcome: &Outcome| matches!(&outcome.kind, OutcomeKind::RecurringDuty(duty) if matches!(duty.rhythm, Rhythm::Per { .. }));
    let alike = outcome.kind.name() == instead.kind.name() && !per_period(outcome) && !per_period(instead);
    if alike { Some(date(outcome)?.days_until(date(instead)?)) } else { None }
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
