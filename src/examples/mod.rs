//! The examples inside rule files, run against their rules.
//!
//! An example gives an event (or a course of events) and says what its rule brings; only what it says is compared. A
//! field that it does not give and that has no default is unknown, and so is a fact without a beginning; the example
//! must hold all the same. Where it does not say the day, it must hold on every day that is tried.

mod compare;
mod expectation;
mod literal;
mod stage;
mod written;

pub use expectation::expectations;
pub use literal::literal;
pub use stage::{Played, own, play, play_watched};
pub use written::{fields_not_given, given, written};

use crate::diagnostics::{self, Diagnostic};
use crate::program::{Example, Program, Rule, RuleId, Trigger};
use crate::run::{Case, CaseOutcomes, Happening, Outcome, OutcomeKind, Settings};
use crate::time::Day;
use crate::value::{Pool, Value};
use stage::is_denial_by_the_event;

/// How an example came out.
#[derive(Clone, Debug)]
pub struct ExampleResult {
    /// The rule it stands in.
    pub rule: RuleId,
    /// Which of the rule's examples, from 0.
    pub number: usize,
    /// What it said that does not hold; empty when all holds.
    pub failures: Vec<Diagnostic>,
    /// The branches of rules that it reached: the rule and the branch's number.
    pub reached: Vec<(RuleId, u16)>,
}

/// Runs every example of a program, rule by rule.
pub fn run_examples(program: &Program) -> Vec<ExampleResult> {
    let mut results = Vec::new();
    for (place, rule) in program.rules.iter().enumerate() {
        for (number, example) in rule.examples.iter().enumerate() {
            results.push(run_example(program, RuleId::at(place), rule, number, example));
        }
    }
    results
}

/// The rules and branches that no example reaches: the rule and the branch's number, 0 for what always applies.
pub fn unreached(program: &Program, results: &[ExampleResult]) -> Vec<(RuleId, u16)> {
    let mut missing = Vec::new();
    for (place, rule) in program.rules.iter().enumerate() {
        let id = RuleId::at(place);
        let first = u16::from(rule.always.is_empty() && rule.requirements.is_none());
        let branches = u16::try_from(rule.branches.len()).unwrap_or(u16::MAX);
        for branch in first..=branches {
            if !results.iter().any(|result| result.reached.contains(&(id, branch))) {
                missing.push((id, branch));
            }
        }
    }
    missing
}

/// Days tried for an example that does not say its day: every day of a month that ends late and of one that ends early,
/// in a leap year and after it.
const DAYS_WITHOUT_DATE: i64 = 62;

fn run_example(
    program: &Program,
    id: RuleId,
    rule: &Rule,
    number: usize,
    example: &Example,
) -> ExampleResult {
    let mut result = ExampleResult { rule: id, number, failures: Vec::new(), reached: Vec::new() };
    let dateless = example.events.iter().all(|event| event.date.is_none());
    let start = program.header.in_force.from.max(rule.in_force.map_or(Day::MIN, |range| range.from));
    let days: Vec<Day> = if dateless && !example.events.is_empty() {
        (0..DAYS_WITHOUT_DATE).filter_map(|step| start.plus_days(step).ok()).collect()
    } else {
        vec![start]
    };
    for day in days {
        let failures = run_on(program, id, rule, example, day, &mut result.reached);
        if !failures.is_empty() {
            result.failures = failures;
            break;
        }
    }
    result.reached.sort_unstable();
    result.reached.dedup();
    result
}

/// Runs an example with its undated events on a day.
fn run_on(
    program: &Program,
    id: RuleId,
    rule: &Rule,
    example: &Example,
    day: Day,
    reached: &mut Vec<(RuleId, u16)>,
) -> Vec<Diagnostic> {
    let mut pool = program.pool.clone();
    let Some(played) = play(program, id, example, day, &mut pool) else { return Vec::new() };
    let Played { settings, case, mut run } = played;
    reached.extend(run.outcomes.iter().filter_map(|outcome| Some((outcome.rule?, outcome.branch))));
    for outcome in &run.outcomes {
        if let OutcomeKind::Decision { reasons, .. } = &outcome.kind {
            reached.extend(reasons.iter().filter_map(|reason| Some((reason.rule?, outcome.branch))));
        }
    }
    reached.extend(branches_without_effects(program, &settings, &case, &mut pool));
    let mut failures = judge(program, id, rule, example, &settings, &case, &mut pool, &run);
    failures.append(&mut run.diagnostics);
    failures
}

/// Branches that were taken and bring nothing (`annars inget`) leave no outcome, so the run is watched for them.
fn branches_without_effects(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &mut Pool,
) -> Vec<(RuleId, u16)> {
    let mut watch = compare::BranchWatch::default();
    crate::run::run_one(program, settings, case, pool, Some(&mut watch));
    watch.taken(program)
}

#[expect(
    clippy::too_many_arguments,
    reason = "an example is judged against its rule, its settings and its run"
)]
fn judge(
    program: &Program,
    id: RuleId,
    rule: &Rule,
    example: &Example,
    settings: &Settings,
    case: &Case,
    pool: &mut Pool,
    run: &CaseOutcomes,
) -> Vec<Diagnostic> {
    let own = own(program, id, run);
    let brought: Vec<&Outcome> =
        own.iter().copied().filter(|outcome| !matches!(outcome.kind, OutcomeKind::Upcoming { .. })).collect();
    let sentences = |outcomes: &[&Outcome]| {
        outcomes.iter().map(|outcome| crate::explain::sentence(program, pool, outcome)).collect::<Vec<_>>()
    };
    if example.nothing {
        // That the event itself is denied is not the rule's doing.
        let by_rule: Vec<&Outcome> =
            brought.into_iter().filter(|outcome| !is_denial_by_the_event(outcome)).collect();
        return match by_rule.is_empty() {
            true => Vec::new(),
            false => vec![diagnostics::run::example_brings_something(example.span, &sentences(&by_rule))],
        };
    }
    let got = sentences(&brought);
    let trigger = trigger_event(rule, case);
    let first = program.header.in_force.from.max(rule.in_force.map_or(Day::MIN, |range| range.from));
    let early = trigger.is_some_and(|event| event.date < first).then_some(first);
    let mut failures = Vec::new();
    for expected in &example.expected {
        let mut asks = compare::Expectation { program, settings, case, pool, event: trigger };
        let holds = match asks.status(expected, &own, &run.outcomes) {
            Some(holds) => holds,
            None => asks.brought(expected, &brought),
        };
        if !holds {
            failures.push(diagnostics::run::example_fails(expected.span, example.span, &got, early));
        }
    }
    failures
}

/// The event that the rule looks at, in whose frame expected values are worked out.
fn trigger_event<'a>(rule: &Rule, case: &'a Case) -> Option<&'a Happening> {
    let wanted = |event: &&Happening| match &rule.trigger {
        Trigger::Events { events, .. } => events.iter().any(|trigger| trigger.event == event.event),
        Trigger::Decided { event: wanted, .. } | Trigger::Timer { event: wanted, .. } => {
            *wanted == event.event
        }
        _ => false,
    };
    case.events.iter().rev().find(wanted).or(case.events.last())
}

/// A yes/no value.
fn is_yes(value: Option<&Value>) -> bool {
    value == Some(&Value::YesNo(true))
}
