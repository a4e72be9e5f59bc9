//! How the duties of an example come to stand: on their last day and the day after, met, and not met by an event that
//! comes too early or says something else.

use std::collections::BTreeSet;

use super::goal::Goal;
use super::search::{Search, Tried};
use crate::program::{ActionId, EventId, Example, ExampleEvent};
use crate::run::{DutyOutcome, Status};
use crate::situations::ways;
use crate::time::Day;
use crate::value::Value;

/// More ways of filling in the event that meets a duty are not tried.
const MOST_WAYS: usize = 6;

/// A duty by the branch that brings it, and what is to be done.
type Owed = (u16, ActionId);

impl Search<'_> {
    /// Looks at the duties that an example brings on their last day and the day after, met and not.
    pub(super) fn duties(&mut self, place: usize) {
        // What was tried to see how a duty stands is not tried again; what the rule's own examples look at later may be.
        let begun = |tried: &&Tried| tried.example.as_of.is_none() || tried.present.is_some();
        let Some(tried) = self.tried.get(place).filter(begun) else { return };
        let (example, duties) = (tried.example.clone(), tried.duties.clone());
        let mut seen: Vec<Owed> = Vec::new();
        for (branch, duty) in duties {
            let owed = (branch, duty.action);
            if seen.contains(&owed) || example.events.is_empty() {
                continue;
            }
            seen.push(owed);
            let last = example.events.iter().filter_map(|event| event.date).chain(example.as_of).max();
            let (Some(last), by) = (last, duty.by.or(duty.on)) else { continue };
            let days = match by {
                Some(by) => vec![by.max(last), by.max(last).next().unwrap_or(by)],
                None => last.next().into_iter().collect(),
            };
            for day in days {
                let unmet = Example { as_of: Some(day), ..example.clone() };
                self.look(unmet, None);
                for event in self.meeting(&duty) {
                    self.meet(&example, owed, event, day);
                }
            }
        }
    }

    /// The events that meet a duty.
    fn meeting(&self, duty: &DutyOutcome) -> BTreeSet<EventId> {
        let declared = self.watch.program.duties.iter();
        let same = declared.filter(|known| known.action == duty.action && known.bearers.contains(&duty.role));
        same.flat_map(|known| known.met_by.iter().map(|met| met.pattern.event)).collect()
    }

    /// Adds the event that meets a duty on a day.
    fn meet(&mut self, example: &Example, owed: Owed, event: EventId, day: Day) {
        for fields in ways(self.watch.program, event).into_iter().take(MOST_WAYS) {
            let mut met = example.clone();
            met.events.push(ExampleEvent { event, date: Some(day), fields: fields.clone(), span: met.span });
            met.events.sort_by_key(|event| event.date);
            met.as_of = Some(day);
            let Some(place) = self.look(met.clone(), None) else { continue };
            let standing = self.standing(place, owed);
            if standing.iter().any(|status| matches!(status, Status::Met | Status::MetLate)) {
                self.other_fields(&met, owed, event, day, &standing);
                self.earlier(example, owed, event, &fields, day);
            }
        }
    }

    /// Changes the event that meets a duty, one field at a time: with some it does not.
    fn other_fields(&mut self, met: &Example, owed: Owed, event: EventId, day: Day, standing: &[Status]) {
        let is_it = |given: &ExampleEvent| given.event == event && given.date == Some(day);
        let Some(at) = met.events.iter().rposition(is_it) else { return };
        let Some(given) = met.events.get(at).cloned() else { return };
        for slot in 0..given.fields.len() {
            let field = u16::try_from(slot).unwrap_or(u16::MAX);
            let goal = Goal::OtherField(owed.0, owed.1, event, field);
            if self.reached.contains(&goal) {
                continue;
            }
            for other in self.others(&given, slot) {
                let mut changed = met.clone();
                let event = changed.events.get_mut(at);
                if let Some(value) = event.and_then(|event| event.fields.get_mut(slot)) {
                    *value = other;
                }
                let Some(place) = self.look(changed, None) else { continue };
                if self.standing(place, owed) != standing {
                    self.add(place, goal);
                    break;
                }
            }
        }
    }

    /// The values that a field can have instead of the one it has; of a set, those with a member less.
    fn others(&mut self, given: &ExampleEvent, slot: usize) -> Vec<Value> {
        let own = given.fields.get(slot).copied();
        if let Some(Value::Set(set)) = own {
            let members = self.watch.pool.members(set).to_vec();
            let less = |left_out: &Value| members.iter().copied().filter(|one| one != left_out).collect();
            let sets: Vec<Vec<Value>> = members.iter().map(less).collect();
            return sets.into_iter().map(|set| Value::Set(self.watch.pool.set(set))).collect();
        }
        let values = self.variations.values(self.watch.program, given, slot);
        values.into_iter().filter(|other| Some(*other) != own).collect()
    }

    /// Lets the event that meets a duty come the day before what brings the duty.
    fn earlier(&mut self, example: &Example, owed: Owed, event: EventId, fields: &[Value], day: Day) {
        let goal = Goal::Earlier(owed.0, owed.1, event);
        let first = example.events.iter().filter_map(|event| event.date).min();
        let Some(before) = first.and_then(|first| first.previous().ok()) else { return };
        if self.reached.contains(&goal) {
            return;
        }
        let mut early = example.clone();
        let given = ExampleEvent { event, date: Some(before), fields: fields.to_vec(), span: early.span };
        early.events.insert(0, given);
        early.as_of = Some(day);
        if let Some(place) = self.look(early, None)
            && !self.standing(place, owed).is_empty()
        {
            self.add(place, goal);
        }
    }

    /// How a duty stands in an example that was tried, to each of its recipients and by each bearer.
    fn standing(&self, place: usize, owed: Owed) -> Vec<Status> {
        let duties = self.tried.get(place).map(|tried| tried.duties.as_slice()).unwrap_or_default();
        let own = duties.iter().filter(|(branch, duty)| (*branch, duty.action) == owed);
        own.map(|(_, duty)| duty.status).collect()
    }
}
