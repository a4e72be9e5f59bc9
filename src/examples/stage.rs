//! An example as a case to be run: its events, the day it looks from, the facts and readings it is given.

use crate::program::{CalendarId, Example, KindId, Kinds, Program, Rule, RuleId, Trigger};
use crate::run::observer::Observer;
use crate::run::{Case, CaseOutcomes, Happening, Outcome, OutcomeKind, Settings};
use crate::time::Day;
use crate::value::Pool;

/// An example run through its rules.
#[derive(Clone, Debug)]
pub struct Played {
    /// The settings it was run with; their as-of day is the one that the example looks from.
    pub settings: Settings,
    /// The case it makes.
    pub case: Case,
    /// What the run brought, outcomes of other rules among it.
    pub run: CaseOutcomes,
}

/// Runs an example of a rule. Its events without a day have the one given; the texts and sets of its values, and those
/// that the run makes, are in the pool. Nothing when there is no such rule.
///
/// An example of a timer that does not say as of which day it is run through the day the timer fires.
pub fn play(program: &Program, rule: RuleId, example: &Example, day: Day, pool: &mut Pool) -> Option<Played> {
    let (settings, case) = set(program, rule, example, day, pool)?;
    let run = crate::run::run_one(program, &settings, &case, pool, None);
    Some(Played { settings, case, run })
}

/// The same, and somebody watches.
pub fn play_watched<O: Observer>(
    program: &Program,
    rule: RuleId,
    example: &Example,
    day: Day,
    pool: &mut Pool,
    observer: &mut O,
) -> Option<Played> {
    let (settings, case) = set(program, rule, example, day, pool)?;
    let run = crate::run::run_one(program, &settings, &case, pool, Some(observer));
    Some(Played { settings, case, run })
}

/// The settings and the case of an example, its timer's day worked out.
fn set(
    program: &Program,
    rule: RuleId,
    example: &Example,
    day: Day,
    pool: &mut Pool,
) -> Option<(Settings, Case)> {
    let declared = program.rules.get(rule.index())?;
    let (mut settings, case) = stage(program, declared, example, day);
    if example.as_of.is_none() && matches!(declared.trigger, Trigger::Timer { .. }) {
        let run = crate::run::run_one(program, &settings, &case, pool, None);
        settings.as_of = looks_later(program, rule, &run).unwrap_or(settings.as_of);
    }
    Some((settings, case))
}

/// The settings and the case of an example whose undated events happen on a day.
fn stage(program: &Program, rule: &Rule, example: &Example, day: Day) -> (Settings, Case) {
    let events: Vec<Happening> = (1_u32..)
        .zip(&example.events)
        .map(|(line, event)| Happening {
            event: event.event,
            date: event.date.unwrap_or(day),
            fields: event.fields.clone().into_boxed_slice(),
            line,
            span: None,
            field_spans: Box::default(),
            date_span: None,
        })
        .collect();
    let last = events.iter().map(|event| event.date).max().unwrap_or(day);
    let mut settings = Settings::as_of(example.as_of.unwrap_or(last));
    settings.readings = example.readings.iter().copied().collect();
    let calendars = program.calendars.iter().enumerate();
    settings.calendars = calendars
        .filter_map(|(place, calendar)| Some((CalendarId::at(place), calendar.in_examples.clone()?)))
        .collect();
    settings.given = example.facts.clone();
    (settings, Case::new("exempel", kind_of(program, rule, example), events))
}

/// The day of the latest timer of the rule that is still to come, when the example is about a timer.
fn looks_later(program: &Program, id: RuleId, run: &CaseOutcomes) -> Option<Day> {
    let waits = |outcome: &Outcome| match outcome.kind {
        OutcomeKind::Upcoming { on, .. } if same_rule(program, outcome.rule, id) => Some(on),
        _ => None,
    };
    run.outcomes.iter().filter_map(waits).max()
}

/// The outcomes that a rule has a part in, in any of its versions: its own, decisions for which it gives a reason, and
/// denials by the event itself.
pub fn own<'r>(program: &Program, id: RuleId, run: &'r CaseOutcomes) -> Vec<&'r Outcome> {
    run.outcomes
        .iter()
        .filter(|outcome| {
            let decides = match &outcome.kind {
                OutcomeKind::Decision { reasons, .. } => {
                    reasons.iter().any(|reason| reason.rule.is_none() || same_rule(program, reason.rule, id))
                }
                _ => false,
            };
            decides || same_rule(program, outcome.rule, id)
        })
        .collect()
}

/// Whether two rules are versions of one.
pub(super) fn same_rule(program: &Program, rule: Option<RuleId>, id: RuleId) -> bool {
    let name = |id: RuleId| program.rules.get(id.index()).map(|rule| rule.named.name.as_str());
    rule.is_some_and(|rule| name(rule) == name(id))
}

/// Whether an outcome is a denial for which only the event's own requirements give reasons.
pub(super) fn is_denial_by_the_event(outcome: &Outcome) -> bool {
    match &outcome.kind {
        OutcomeKind::Decision { reasons, .. } => reasons.iter().all(|reason| reason.rule.is_none()),
        _ => false,
    }
}

/// A kind of case that the rule and all the example's events have in common.
fn kind_of(program: &Program, rule: &Rule, example: &Example) -> KindId {
    let common = example.events.iter().fold(rule.kinds, |kinds, event| {
        program.events.get(event.event.index()).map_or(kinds, |declared| kinds.and(declared.kinds))
    });
    let first = |kinds: Kinds| (0..program.kinds.len()).map(KindId::at).find(|kind| kinds.has(*kind));
    first(common).or_else(|| first(rule.kinds)).unwrap_or(KindId(0))
}
