//! How the duties of an example come to stand: on their last day and the day after, met, and not met by an event that
//! comes too early or says something else.

use std::collections::BTreeSet;

use super::coordinate::Coordinate;
use super::goal::Goal;
use super::search::{Search, Tried};
use crate::program::{ActionId, EventId, Example, ExampleEvent, Type};
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
            if seen.contains(&owed) {
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
                if !example.events.is_empty() {
                    self.look(Example { as_of: Some(day), ..example.clone() }, None);
                }
                for event in self.meeting(&duty) {
                    self.meet(&example, &duty, owed, (event, day));
                }
            }
            self.after_its_day(&example, &duty, owed);
        }
    }

    /// The events that meet a duty.
    fn meeting(&self, duty: &DutyOutcome) -> BTreeSet<EventId> {
        let declared = self.watch.program.duties.iter();
        let same = declared.filter(|known| known.action == duty.action && known.bearers.contains(&duty.role));
        same.flat_map(|known| known.met_by.iter().map(|met| met.pattern.event)).collect()
    }

    /// Adds the event that meets a duty on a day.
    fn meet(&mut self, example: &Example, duty: &DutyOutcome, owed: Owed, (event, day): (EventId, Day)) {
        let ways = ways(self.watch.program, event);
        let likely: Vec<Vec<Value>> =
            ways.iter().map(|way| self.likely(example, duty, owed, event, way)).collect();
        let mut tried: Vec<&Vec<Value>> = Vec::new();
        let mut met_once = false;
        for (number, fields) in likely.iter().chain(&ways).enumerate() {
            if tried.contains(&fields) || (met_once && number >= MOST_WAYS) {
                continue;
            }
            tried.push(fields);
            let mut met = example.clone();
            met.events.push(ExampleEvent { event, date: Some(day), fields: fields.clone(), span: met.span });
            met.events.sort_by_key(|event| event.date);
            met.as_of = Some(day);
            let Some(place) = self.look(met.clone(), None) else { continue };
            let standing = self.standing(place, owed);
            if standing.iter().any(|status| matches!(status, Status::Met | Status::MetLate)) {
                met_once = true;
                self.only_in_its_reading(place, &met, owed, event);
                self.other_fields(&met, owed, event, day, &standing);
                self.earlier(example, owed, (event, fields), day, None);
            }
        }
    }

    /// Holds an example in which a duty is met beside the same without its answer to a question of interpretation.
    fn only_in_its_reading(&mut self, place: usize, met: &Example, owed: Owed, event: EventId) {
        let [(reading, answer)] = *met.readings.as_slice() else { return };
        let Some(plain) = self.look(Example { readings: Vec::new(), ..met.clone() }, None) else { return };
        let standing = self.standing(plain, owed);
        if !standing.is_empty() && standing != self.standing(place, owed) {
            self.add(place, Goal::MetOnlyIn(owed.0, owed.1, event, reading, answer));
        }
    }

    /// A way of filling in the event that meets a duty, with what the duty's own event says in fields of the same name,
    /// and with all to whom the duty is owed, or who owe it, where the field asks for such.
    fn likely(
        &mut self,
        example: &Example,
        duty: &DutyOutcome,
        owed: Owed,
        event: EventId,
        way: &[Value],
    ) -> Vec<Value> {
        let program = self.watch.program;
        let mut fields = way.to_vec();
        let Some(declared) = program.events.get(event.index()) else { return fields };
        for (slot, value) in declared.fields.iter().zip(&mut fields) {
            let own = example.events.iter().rev().find_map(|given| {
                let own = program.events.get(given.event.index())?;
                let place = own
                    .fields
                    .iter()
                    .position(|field| field.named.name == slot.named.name && field.ty == slot.ty)?;
                given.fields.get(place).copied()
            });
            if let Some(own) = own.filter(|own| *own != Value::Unknown) {
                *value = own;
            } else if matches!(slot.ty, Type::Set(_)) && duty.to.is_some() {
                let to = self.recipients(example, owed);
                *value = Value::Set(self.watch.pool.set(to));
            } else if duty.to.is_some_and(|to| is_of(to, slot.ty)) {
                *value = duty.to.unwrap_or(*value);
            }
        }
        fields
    }

    /// To whom a duty is owed in an example that was tried.
    fn recipients(&self, example: &Example, owed: Owed) -> Vec<Value> {
        let tried = self.tried.iter().filter(|tried| tried.example.events.len() == example.events.len());
        let mut all: Vec<Value> = Vec::new();
        let same = |tried: &&Tried| {
            let dates = tried.example.events.iter().zip(&example.events);
            dates.into_iter().all(|(a, b)| a.event == b.event && a.date == b.date && a.fields == b.fields)
        };
        for tried in tried.filter(same) {
            let own = tried.duties.iter().filter(|(branch, duty)| (*branch, duty.action) == owed);
            all.extend(own.filter_map(|(_, duty)| duty.to));
        }
        all
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

    /// Lets the event that meets a duty come before what brings the duty: the day before, or on the day given.
    fn earlier(
        &mut self,
        example: &Example,
        owed: Owed,
        (event, fields): (EventId, &[Value]),
        day: Day,
        on: Option<Day>,
    ) {
        let goal = Goal::Earlier(owed.0, owed.1, event);
        let first = example.events.iter().filter_map(|event| event.date).chain(example.as_of).min();
        let before = on.or_else(|| first.and_then(|first| first.previous().ok()));
        let Some(before) = before.filter(|_| !self.reached.contains(&goal) || on.is_some()) else { return };
        let mut early = example.clone();
        let given = ExampleEvent { event, date: Some(before), fields: fields.to_vec(), span: early.span };
        early.events.insert(0, given);
        early.events.sort_by_key(|event| event.date);
        early.as_of = Some(day);
        if let Some(place) = self.look(early, None)
            && !self.standing(place, owed).is_empty()
        {
            let goal = if on.is_some() { Goal::OnItsDay(owed.0, owed.1, event) } else { goal };
            self.add(place, goal);
        }
    }

    /// Lets what brings a duty of one day come after that day, and what meets it on the day itself.
    fn after_its_day(&mut self, example: &Example, duty: &DutyOutcome, owed: Owed) {
        let Some(on) = duty.on else { return };
        let Some((place, late)) = example.events.len().checked_sub(1).zip(on.next().ok()) else { return };
        let Some(day) = example.events.get(place).and_then(|event| event.date) else { return };
        let Some(moved) = Coordinate::EventDay(place).moved(example, day.days_until(late)) else { return };
        for event in self.meeting(duty) {
            if self.reached.contains(&Goal::OnItsDay(owed.0, owed.1, event)) {
                continue;
            }
            let Some(fields) = ways(self.watch.program, event).into_iter().next() else { continue };
            let fields = self.likely(example, duty, owed, event, &fields);
            self.earlier(&moved, owed, (event, &fields), late, Some(on));
        }
    }

    /// How a duty stands in an example that was tried, to each of its recipients and by each bearer.
    fn standing(&self, place: usize, owed: Owed) -> Vec<Status> {
        let duties = self.tried.get(place).map(|tried| tried.duties.as_slice()).unwrap_or_default();
        let own = duties.iter().filter(|(branch, duty)| (*branch, duty.action) == owed);
        own.map(|(_, duty)| duty.status).collect()
    }
}

/// Whether a value is of a type.
fn is_of(value: Value, ty: Type) -> bool {
    matches!(
        (value, ty),
        (Value::Text(_), Type::Text) | (Value::Role(_), Type::Role) | (Value::Choice(_), Type::Choice(_))
    )
}
