//! What looking back over a case gives when an earlier event is another, or of another day.

use super::coordinate::{Coordinate, value_moved};
use super::goal::Goal;
use super::search::{Search, Tried};
use crate::program::{EventId, Example, FactId};
use crate::syntax::tree::LookBackKind;
use crate::value::Value;

impl Search<'_> {
    /// Holds an example beside one that differs from it in one field of an earlier event.
    pub(super) fn looked_otherwise(&mut self, one: usize, other: usize) {
        let Some((event, slot)) = self
            .tried
            .get(one)
            .zip(self.tried.get(other))
            .and_then(|(one, other)| {
                let last = one.example.events.len().checked_sub(1)?;
                one_field(&one.example, &other.example).filter(|(place, ..)| *place < last)
            })
            .map(|(_, event, slot)| (event, slot))
        else {
            return;
        };
        for look in self.parted(one, other) {
            self.add(one, Goal::OtherLook(look, event, slot, false));
            self.add(other, Goal::OtherLook(look, event, slot, true));
        }
    }

    /// Holds an example beside one that differs from it in one fact, on which it hangs how a duty stands.
    pub(super) fn stands_otherwise(&mut self, one: usize, other: usize) {
        let Some((a, b)) = self.tried.get(one).zip(self.tried.get(other)) else { return };
        let same_events = a.example.events.len() == b.example.events.len();
        if a.brought == b.brought || !same_events || a.example.readings != b.example.readings {
            return;
        }
        let unlike = |ours: &Example, theirs: &Example| -> Vec<FactId> {
            let only_here = ours.facts.iter().filter(|one| !theirs.facts.contains(one));
            only_here.map(|(fact, ..)| *fact).collect()
        };
        let mut facts = unlike(&a.example, &b.example);
        facts.extend(unlike(&b.example, &a.example));
        facts.dedup();
        let [fact] = facts.as_slice() else { return };
        let (fact, reading) = (*fact, a.example.readings.first().copied());
        if self.variations.of_duties.contains(&fact) {
            self.add(one, Goal::OtherFact(fact, false, reading));
            self.add(other, Goal::OtherFact(fact, true, reading));
        }
    }

    /// The look backs that give something else in another example, where that makes the rule bring something else.
    fn parted(&self, one: usize, other: usize) -> Vec<u32> {
        let (Some(one), Some(other)) = (self.tried.get(one), self.tried.get(other)) else {
            return Vec::new();
        };
        if one.brought == other.brought {
            return Vec::new();
        }
        let differs = |(look, value): (&u32, _)| other.looks.get(look).is_some_and(|known| known != value);
        one.looks.iter().filter(|one| differs(*one)).map(|(look, _)| *look).collect()
    }

    /// Finds the days between which an earlier event begins to count, or ceases to.
    pub(super) fn edges(&mut self, place: usize) {
        let Some(tried) = self.tried.get(place).filter(|tried| !tried.looks.is_empty()) else { return };
        let example = tried.example.clone();
        let Some(last) = example.events.len().checked_sub(1) else { return };
        for earlier in 0..last {
            let coordinate = Coordinate::EventDay(earlier);
            for by in coordinate.reach(&example) {
                let moved = coordinate.moved(&example, *by);
                let Some(other) = moved.and_then(|moved| self.look(moved, None)) else { continue };
                for look in self.parted(place, other) {
                    self.edge(&example, coordinate, look, (place, *by));
                }
            }
        }
    }

    /// Lets each earlier event come twice.
    pub(super) fn twice(&mut self, place: usize) {
        let Some(tried) = self.tried.get(place).filter(|tried| !tried.looks.is_empty()) else { return };
        let example = tried.example.clone();
        let reading = example.readings.first().copied();
        let Some(last) = example.events.len().checked_sub(1) else { return };
        for (earlier, less) in (0..last).flat_map(|earlier| [(earlier, false), (earlier, true)]) {
            let Some(changed) = twice(&example, earlier, less) else { continue };
            let event = example.events.get(earlier).map(|event| event.event);
            let Some(other) = self.look(changed, None) else { continue };
            let parted = self.parted(place, other);
            let looks: Vec<u32> = example_looks(self.tried.get(other)).collect();
            for look in looks {
                let code = &self.watch.program.code;
                let Some(declared) = code.look_backs.get(look as usize) else { continue };
                // What takes each once, or the extreme one, gives the same; it must.
                let same = match declared.kind {
                    LookBackKind::CountDistinct => !less,
                    LookBackKind::Greatest | LookBackKind::Least => less,
                    _ => false,
                };
                if parted.contains(&look) || (same && Some(declared.event) == event) {
                    let goal = Goal::Twice(look, less, reading);
                    if !self.reached.contains(&goal) {
                        self.add(other, goal);
                    }
                }
            }
        }
    }

    /// Halves the way between two days until what looking back gives changes from one to the next.
    fn edge(&mut self, example: &Example, coordinate: Coordinate, look: u32, (place, by): (usize, i64)) {
        let later = by > 0;
        if self.reached.contains(&Goal::Edge(look, later, true)) {
            return;
        }
        let (mut same, mut other) = (0i64, by);
        let mut ends = (place, place);
        while same.abs_diff(other) > 1 {
            let middle = same.midpoint(other);
            let moved = coordinate.moved(example, middle);
            let Some(found) = moved.and_then(|moved| self.look(moved, None)) else { return };
            if self.parted(place, found).contains(&look) {
                (other, ends.1) = (middle, found);
            } else {
                (same, ends.0) = (middle, found);
            }
        }
        let moved = coordinate.moved(example, other);
        let Some(found) = moved.and_then(|moved| self.look(moved, None)) else { return };
        ends.1 = found;
        self.add(ends.0, Goal::Edge(look, later, false));
        self.add(ends.1, Goal::Edge(look, later, true));
    }
}

fn example_looks(tried: Option<&Tried>) -> impl Iterator<Item = u32> {
    tried.into_iter().flat_map(|tried| tried.looks.keys().copied())
}

/// An example in which an earlier event comes twice; nothing when the numbers of the second cannot be smaller.
fn twice(example: &Example, place: usize, less: bool) -> Option<Example> {
    let mut again = example.events.get(place)?.clone();
    if less {
        let mut smaller = false;
        for field in &mut again.fields {
            let is_number =
                matches!(field, Value::Count(_) | Value::Number(_) | Value::Amount(_) | Value::Duration(_));
            if let Some(value) = value_moved(*field, -1).filter(|_| is_number) {
                (*field, smaller) = (value, true);
            }
        }
        smaller.then_some(())?;
    }
    let mut changed = example.clone();
    changed.events.insert(place.saturating_add(1), again);
    Some(changed)
}

/// The only field in which two examples differ: the place of the event, the event, the field.
fn one_field(one: &Example, other: &Example) -> Option<(usize, EventId, u16)> {
    let same_else = one.as_of == other.as_of && one.readings == other.readings && one.facts == other.facts;
    if !same_else || one.events.len() != other.events.len() {
        return None;
    }
    let mut found = None;
    for (place, (a, b)) in one.events.iter().zip(&other.events).enumerate() {
        if a.event != b.event || a.date != b.date {
            return None;
        }
        for (slot, (x, y)) in (0u16..).zip(a.fields.iter().zip(&b.fields)) {
            if x != y && found.replace((place, a.event, slot)).is_some() {
                return None;
            }
        }
    }
    found
}
