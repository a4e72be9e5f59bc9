//! The duties of a case by what they wait for, so that an event and a day look only at those they can concern.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::duty::LiveDuty;
use crate::program::{ActionId, Duty, EventId, ExprId, Recurrence};
use crate::time::Day;

/// Duties by what they wait for, each named by its place among the case's duties. A list may hold duties that no longer
/// wait; whoever goes through it takes them off.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    /// For each event those that it can meet, renew or end, in the order in which they arose.
    by_event: BTreeMap<EventId, Vec<u32>>,
    /// Those from which something follows when they are missed, by the day it comes into effect.
    missed: BinaryHeap<Reverse<(Day, u32)>>,
    /// Those that come back, in the order in which they arose.
    pub(super) recurring: Vec<u32>,
    /// Those that stay only as long as their ground, where the ground is no other for another duty.
    pub(super) by_ground: BTreeMap<ExprId, Vec<u32>>,
    /// The others that stay only as long as their ground, in the order in which they arose.
    pub(super) grounded: Vec<u32>,
    /// For each action the latest duty.
    latest: BTreeMap<ActionId, u32>,
}

impl Waiting {
    /// A duty arises; `shared` says whether its ground is no other for another duty.
    pub(super) fn arises(&mut self, place: usize, live: &LiveDuty, declared: &Duty, shared: bool) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        self.latest.insert(declared.action, place);
        let renewed_by = match &declared.recurrence {
            Some(Recurrence::AfterLatest { event, .. }) => Some(event.event),
            _ => None,
        };
        let met_by = declared.met_by.iter().map(|met_by| met_by.pattern.event);
        let met_by = met_by.filter(|_| declared.recurrence.is_none());
        let ended_by = declared.falls_away.iter().map(|pattern| pattern.event);
        for event in met_by.chain(ended_by).chain(renewed_by).chain(live.before) {
            let waiting = self.by_event.entry(event).or_default();
            if waiting.last() != Some(&place) {
                waiting.push(place);
            }
        }
        if declared.recurrence.is_some() {
            self.recurring.push(place);
        }
        match declared.as_long_as {
            Some(ground) if shared => self.by_ground.entry(ground).or_default().push(place),
            Some(_) => self.grounded.push(place),
            None => {}
        }
    }

    /// What follows from missing a duty comes into effect on a day.
    pub(super) fn follows(&mut self, day: Option<Day>, place: usize) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        self.missed.extend(day.map(|day| Reverse((day, place))));
    }

    /// The duties from whose being missed something follows on a day, in the order in which they arose.
    pub(super) fn missed_on(&mut self, today: Day) -> Vec<u32> {
        let mut places = Vec::new();
        while self.missed.peek().is_some_and(|Reverse((day, _))| *day <= today) {
            places.extend(self.missed.pop().map(|Reverse((_, place))| place));
        }
        places
    }

    /// Takes out those that an event can concern, to be put back with [`Waiting::still_wait_for`].
    pub(super) fn take_waiting_for(&mut self, event: EventId) -> Vec<u32> {
        self.by_event.get_mut(&event).map(std::mem::take).unwrap_or_default()
    }

    /// Puts those back that an event can concern another time.
    pub(super) fn still_wait_for(&mut self, event: EventId, places: Vec<u32>) {
        self.by_event.insert(event, places);
    }

    /// The latest duty to do something.
    pub(super) fn latest(&self, action: ActionId) -> Option<u32> {
        self.latest.get(&action).copied()
    }
}
