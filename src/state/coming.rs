//! What changes after a day: facts that begin, end or become something else, permissions, and timers that will look.

use super::FactState;
use super::course::{Course, Held, Subject};
use crate::run::{Outcome, OutcomeKind};
use crate::time::Day;

/// Something that comes after the day asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    /// Its day.
    pub on: Day,
    /// What.
    pub kind: ComingKind,
}

/// What comes.
#[derive(Clone, Debug, PartialEq)]
pub enum ComingKind {
    /// A fact or a permission changes: what it is from that day on.
    Change(Subject, Held),
    /// A timer will look: the outcome that says so, by its place in [`State::outcomes`](super::State::outcomes).
    Timer(usize),
}

/// What comes after a day, in the order of days; on one day facts first, in the order of the rules.
pub(super) fn coming(
    facts: &[FactState],
    permissions: &[Course],
    outcomes: &[Outcome],
    day: Day,
) -> Vec<Coming> {
    let mut coming = Vec::new();
    for course in facts.iter().map(|fact| &fact.course).chain(permissions) {
        for held in &course.held {
            if let Some(on) = held.from.filter(|from| *from > day) {
                coming.push(Coming { on, kind: ComingKind::Change(course.subject, held.clone()) });
            }
        }
    }
    for (place, outcome) in outcomes.iter().enumerate() {
        if let OutcomeKind::Upcoming { on, .. } = outcome.kind
            && on > day
        {
            coming.push(Coming { on, kind: ComingKind::Timer(place) });
        }
    }
    coming.sort_by_key(|coming| coming.on);
    coming
}
