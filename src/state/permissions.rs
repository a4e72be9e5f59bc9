//! What roles may and must not do, day by day: a later trigger's word replaces an earlier one's.

use super::course::{Course, SetBy, Subject, Writing};
use crate::program::{ActionId, RoleId};
use crate::run::timeline::{Setter, Stretch, Timeline};
use crate::run::{Cause, Ended, OutcomeKind};
use crate::time::Day;
use crate::value::Value;

/// A permission's or prohibition's days as one trigger laid them down.
struct Laid {
    subject: (RoleId, ActionId),
    trigger: (Cause, Option<Day>),
    from: Day,
    until: Option<Day>,
    allowed: bool,
    outcome: usize,
}

/// Every role and action that anything was said of, over all days. One without a first day holds from the day its rule
/// fired.
pub(super) fn courses(ended: &Ended<'_>) -> Vec<Course> {
    let mut said: Vec<Laid> = Vec::new();
    for place in ended.in_order() {
        let Some(outcome) = ended.outcomes.outcomes.get(place) else { continue };
        let OutcomeKind::Permission { allowed, role, action, from, until } = outcome.kind else { continue };
        let Some(from) = from.or(outcome.fired) else { continue };
        let trigger = (outcome.trigger, outcome.fired);
        said.push(Laid { subject: (role, action), trigger, from, until, allowed, outcome: place });
    }
    let mut subjects: Vec<(RoleId, ActionId)> = Vec::new();
    for laid in &said {
        if !subjects.contains(&laid.subject) {
            subjects.push(laid.subject);
        }
    }
    subjects.into_iter().map(|subject| course(subject, &said)).collect()
}

fn course(subject: (RoleId, ActionId), said: &[Laid]) -> Course {
    let mut line = Timeline::new(Value::None);
    let own: Vec<&Laid> = said.iter().filter(|laid| laid.subject == subject).collect();
    for group in own.chunk_by(|a, b| a.trigger == b.trigger) {
        // What one trigger says is laid down in the order of first days.
        let mut group = group.to_vec();
        group.sort_by_key(|laid| laid.from);
        for laid in group {
            let setter = Setter::Outcome(u32::try_from(laid.outcome).unwrap_or(u32::MAX));
            let part = |from, value| Stretch { from, value, setter, laid: laid.from, line: 0 };
            let mut parts = vec![part(laid.from, Value::YesNo(laid.allowed))];
            parts.extend(laid.until.and_then(|last| last.next().ok()).map(|day| part(day, Value::None)));
            line.lay(&parts, |_| ());
        }
    }
    let mut writing = Writing::new(Value::None, SetBy::Start);
    for stretch in line.stretches() {
        let set_by = match stretch.setter {
            Setter::Outcome(place) => SetBy::Outcome(place as usize),
            _ => SetBy::Start,
        };
        writing.from(stretch.from, stretch.value, set_by, None);
    }
    writing.course(Subject::Permission(subject.0, subject.1))
}
