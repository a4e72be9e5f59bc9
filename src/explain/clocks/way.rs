//! The way to an outcome, or to none: what was asked, read and looked back upon.

use super::super::parts::{Context, PartTrace};
use super::super::recorder::Recorder;
use super::super::{Explanation, KnownFact, Steps, derivation, remarks};
use super::{PartedCase, Side};
use crate::program::{Program, Trigger};
use crate::record::Ledger;
use crate::run::observer::Part;
use crate::run::{Case, Cause, Happening, run_one};
use crate::source::Span;

/// What a firing asked and read.
pub(super) struct Way {
    pub(super) asked: Vec<PartTrace>,
    pub(super) facts: Vec<KnownFact>,
    pub(super) steps: Vec<Steps>,
}

impl Way {
    /// The way to an outcome.
    pub(super) fn to(explanation: &Explanation) -> Way {
        Way {
            asked: explanation.asked.iter().map(|asked| asked.condition.clone()).collect(),
            facts: explanation.facts.clone(),
            steps: explanation.steps.clone(),
        }
    }

    /// The way to nothing, on the side where an outcome is not there: what its rule asked and read on the same trigger.
    /// Nothing when the rule did not look.
    pub(super) fn to_nothing(
        program: &Program,
        ledger: &Ledger,
        parted: &PartedCase,
        (side, place): (&Side, Option<usize>),
        there: &Explanation,
    ) -> Option<Way> {
        let case = side.history.cases.get(place?)?;
        let rule = program.rules.get(there.outcome.rule?.index())?;
        let event = there.event.and_then(|event| happening(ledger, parted, case, event.line));
        let trigger = match there.outcome.trigger {
            Cause::Event(_) => Cause::Event(u32::try_from(event?.0).ok()?),
            other => other,
        };
        let day = match (&rule.trigger, event) {
            (Trigger::Timer { .. }, _) | (_, None) => there.outcome.fired?,
            (_, Some((_, event))) => event.date,
        };
        let mut pool = side.decisions.pool.clone();
        let mut recorder = Recorder::on(trigger, day);
        let run = run_one(program, &side.settings, case, &mut pool, Some(&mut recorder));
        let of_rule = |name: &str| name == rule.named.name;
        let heard = recorder.firings.iter().rfind(|heard| {
            let fired = heard.rule.and_then(|rule| program.rules.get(rule.index()));
            fired.is_some_and(|fired| of_rule(&fired.named.name))
        })?;
        let context = Context {
            program,
            settings: &side.settings,
            pool: &pool,
            rule: heard.rule,
            event: event.map(|(_, event)| event.event),
            day,
            evaluated: &heard.evaluated,
        };
        let asks = |part| matches!(part, Part::Where | Part::While | Part::Condition | Part::Requirement(_));
        let asked = heard.evaluated.iter().filter(|evaluated| asks(evaluated.site.part));
        let known =
            |read| KnownFact { read, words: remarks::known_fact(program, &pool, case, &run.outcomes, &read) };
        Some(Way {
            asked: asked.filter_map(|evaluated| context.take_apart(evaluated)).collect(),
            facts: heard.facts.iter().copied().map(known).collect(),
            steps: derivation::looked_up(&context),
        })
    }
}

/// The event of a case that a line of the other side speaks of, and its place.
pub(super) fn happening<'a>(
    ledger: &Ledger,
    parted: &PartedCase,
    case: &'a Case,
    line: Span,
) -> Option<(usize, &'a Happening)> {
    let span =
        |place: Option<usize>| place.and_then(|place| ledger.entries().get(place)).map(|line| line.span);
    let other = parted.entries.iter().find_map(|entry| match (span(entry.then), span(entry.now)) {
        (then, Some(now)) if now == line => Some(then),
        (Some(then), now) if then == line => Some(now),
        _ => None,
    });
    let here = match other {
        Some(other) => other?,
        None => line,
    };
    case.events.iter().enumerate().find(|(_, event)| event.span == Some(here))
}
