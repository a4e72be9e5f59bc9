//! What a look back saw, for whoever watches: the window's two ends, what counted, and what came of each group.

use std::collections::BTreeMap;

use super::Frame;
use super::look_back::read;
use crate::program::code::LookBack;
use crate::run::observer::{Group, LookedBack};
use crate::run::world::World;
use crate::time::Day;
use crate::value::Value;

impl World<'_> {
    /// Shows what a look back saw. Nothing is done when nobody watches.
    pub(super) fn show_look_back(
        &mut self,
        index: u32,
        look: &LookBack,
        start: Option<Day>,
        frame: &Frame<'_>,
        value: Value,
    ) {
        // What the conditions read has been shown already.
        let Some(observer) = self.observer.take() else { return };
        let mut seen = LookedBack {
            look: index,
            from: start,
            through: frame.now,
            among: 0,
            counted: Vec::new(),
            groups: Vec::new(),
            value,
        };
        let mut groups: BTreeMap<String, (Value, Vec<Value>)> = BTreeMap::new();
        for number in self.seen_of(look.event, start).rev() {
            let Some(candidate) = self.sorted(number) else { continue };
            seen.among = seen.among.saturating_add(1);
            if !self.satisfies(look, candidate, frame).is_yes() {
                continue;
            }
            let value = read(look.field, candidate);
            seen.counted.push((candidate.date, value));
            if let Some((_, by)) = look.group {
                let key = candidate.field(by);
                groups.entry(self.group_key(key)).or_insert_with(|| (key, Vec::new())).1.push(value);
            }
        }
        seen.counted.reverse();
        for (key, values) in groups.into_values() {
            let events = values.len();
            let value = self.aggregate(look.kind, values);
            seen.groups.push(Group { key, events, value });
        }
        observer.looked_back(seen);
        self.observer = Some(observer);
    }
}
