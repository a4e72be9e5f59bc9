//! The two derivations of an outcome that differs, and the points at which they do.

use super::super::{Explanation, WhyNot, explain, why_not};
use super::way::happening;
use super::{Difference, Parted, PartedCase, Point, Side, What};
use crate::program::Program;
use crate::record::Ledger;
use crate::run::OutcomeKind;

/// An outcome that differs, explained on what was known then and on what is known now.
#[derive(Clone, Debug)]
pub struct Parting {
    /// Why it was what it was then.
    pub then: Option<Explanation>,
    /// Why it is what it is now.
    pub now: Option<Explanation>,
    /// Of an outcome that came or went, why its rule brought nothing on the other side.
    pub why_not: Option<WhyNot>,
    /// Where the derivations differ, the first point first: there the two part, and the rest follows from it.
    pub points: Vec<Point>,
}

impl Parting {
    /// Whether both sides come to the outcome in the same way: what a corrected line or the as-of day says differs, and
    /// nothing that follows from it but the day or how a duty stands.
    pub fn same_way(&self) -> bool {
        let (Some(then), Some(now)) = (&self.then, &self.now) else { return false };
        let origin = |what| matches!(what, What::Line | What::Day | What::Field | What::Outcome);
        then.sentence == now.sentence && self.points.iter().all(|point| origin(point.what))
    }
}

/// Explains an outcome that differs, on both sides, and follows the difference from the point where they part.
///
/// `parted` and `ledger` are what the outcome was found with; `case` is one of its cases.
pub fn parting(
    program: &Program,
    ledger: &Ledger,
    parted: &Parted,
    case: &PartedCase,
    difference: &Difference,
) -> Parting {
    let then = explained(program, &parted.then, case.then, difference.then);
    let now = explained(program, &parted.now, case.now, difference.now);
    let why_not = match (&then, &now) {
        (None, Some(there)) => why(program, ledger, case, (&parted.then, case.then), there),
        (Some(there), None) => why(program, ledger, case, (&parted.now, case.now), there),
        _ => None,
    };
    let mut parting = Parting { then, now, why_not, points: Vec::new() };
    parting.points = super::points::points(program, ledger, parted, case, difference, &parting);
    parting
}

fn explained(
    program: &Program,
    side: &Side,
    case: Option<usize>,
    outcome: Option<usize>,
) -> Option<Explanation> {
    let (case, outcome) = side.outcome(case?, outcome?)?;
    Some(explain(program, &side.settings, case, &side.decisions.pool, outcome))
}

/// Why a rule did not bring on one side what it brought on the other. Where the event was not there, that is why; and of a
/// rule that did bring something else there is nothing to say: those outcomes are told by themselves.
fn why(
    program: &Program,
    ledger: &Ledger,
    parted: &PartedCase,
    (side, place): (&Side, Option<usize>),
    there: &Explanation,
) -> Option<WhyNot> {
    let rule = program.rules.get(there.outcome.rule?.index())?;
    let case = side.history.cases.get(place?)?;
    let gone = there.event.is_some_and(|event| happening(ledger, parted, case, event.line).is_none());
    if gone || matches!(there.outcome.kind, OutcomeKind::Upcoming { .. }) {
        return None;
    }
    let why = why_not(program, &side.settings, case, &side.decisions.pool, &rule.named.name)?;
    why.brought.is_empty().then_some(why)
}
