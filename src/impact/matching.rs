//! Outcomes of two rulesets matched: which one stands where another stood, and which rules only changed their names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::told::{Told, Trigger, in_order};
use crate::program::Program;

/// An outcome of the old ruleset and the one of the new that stands in its place; one of them is missing when the other
/// is alone.
pub(super) type Pair<'a> = (Option<Told<'a>>, Option<Told<'a>>);

/// Matches the outcomes of one case: first what is the same in all that is compared, then what is nearest. Pairs and
/// lost ones come in the order of the old outcomes, gained ones after them in their own.
pub(super) fn matched<'a>(old: Vec<Told<'a>>, new: Vec<Told<'a>>) -> Vec<Pair<'a>> {
    let mut matching = Matching::new(&old, &new);
    let same_rule = |old: &Told<'_>, new: &Told<'_>| old.rule() == new.rule();
    let same_place = |old: &Told<'_>, new: &Told<'_>| {
        let place = |told: &Told<'_>| (told.placed.outcome.branch, told.placed.outcome.effect);
        place(old) == place(new)
    };
    let same_thing = |old: &Told<'_>, new: &Told<'_>| old.kind() == new.kind() && old.about_the_same(new);
    // Which rule or branch brought it apart.
    let says_the_same = |old: &Told<'_>, new: &Told<'_>| {
        old.unlike(new, |_| None).iter().all(|(key, _)| key == "rule" || key == "branch")
    };

    // Within a rule and a trigger.
    matching.pass(|old, new| old.alike(new));
    matching.pass(|old, new| same_rule(old, new) && same_thing(old, new) && same_place(old, new));
    matching.pass(|old, new| same_rule(old, new) && same_thing(old, new));
    // An event has one decision, whichever rule bears it.
    matching.pass(|old, new| old.is_decision() && new.is_decision());
    // By another rule.
    matching.pass(says_the_same);
    matching.pass(same_thing);
    // Something else of the same rule.
    matching.pass(|old, new| same_rule(old, new) && old.is_about_something() && old.about_the_same(new));
    matching.pass(|old, new| same_rule(old, new) && old.kind() == new.kind() && same_place(old, new));
    matching.pass(|old, new| same_rule(old, new) && old.would_be() == new.would_be());
    // Set off on another day.
    matching.pass_to_other_days(|old, new| same_rule(old, new) && same_thing(old, new));

    let found = matching.found;
    let mut taken: Vec<Option<Told<'a>>> = new.into_iter().map(Some).collect();
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for (old, found) in old.into_iter().zip(found) {
        let new = found.and_then(|place| taken.get_mut(place)).and_then(Option::take);
        pairs.push((Some(old), new));
    }
    pairs.extend(taken.into_iter().flatten().map(|new| (None, Some(new))));
    pairs
}

struct Matching<'t, 'a> {
    old: &'t [Told<'a>],
    new: &'t [Told<'a>],
    /// The new outcomes of each trigger, by their places.
    of_trigger: HashMap<&'t Trigger, Vec<usize>>,
    /// For each old outcome the new one, by its place.
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'t, 'a> Matching<'t, 'a> {
    fn new(old: &'t [Told<'a>], new: &'t [Told<'a>]) -> Matching<'t, 'a> {
        let mut of_trigger: HashMap<&Trigger, Vec<usize>> = HashMap::new();
        for (place, told) in new.iter().enumerate() {
            of_trigger.entry(&told.trigger).or_default().push(place);
        }
        Matching { old, new, of_trigger, found: vec![None; old.len()], taken: vec![false; new.len()] }
    }

    /// Matches those of one trigger that are left and belong together.
    fn pass(&mut self, together: impl Fn(&Told<'_>, &Told<'_>) -> bool) {
        for (old, found) in self.old.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            let places = self.of_trigger.get(&old.trigger).map_or(&[][..], Vec::as_slice);
            *found = take(self.new, &mut self.taken, places.iter().copied(), |new| together(old, new));
        }
    }

    /// Matches those that are left and belong together, set off by the same thing on different days.
    fn pass_to_other_days(&mut self, together: impl Fn(&Told<'_>, &Told<'_>) -> bool) {
        for (old, found) in self.old.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            let same = |new: &Told<'_>| old.trigger.on_another_day(&new.trigger) && together(old, new);
            *found = take(self.new, &mut self.taken, 0..self.new.len(), same);
        }
    }
}

/// Takes the first outcome that is left and fits.
fn take(
    new: &[Told<'_>],
    taken: &mut [bool],
    mut places: impl Iterator<Item = usize>,
    fits: impl Fn(&Told<'_>) -> bool,
) -> Option<usize> {
    let left = |place: &usize| taken.get(*place) == Some(&false) && new.get(*place).is_some_and(&fits);
    let found = places.find(left)?;
    *taken.get_mut(found)? = true;
    Some(found)
}

/// Rules that have another name and are otherwise the same: the old name and the new one.
#[derive(Clone, Debug, Default)]
pub(super) struct Renames {
    names: BTreeMap<String, String>,
}

impl Renames {
    /// Finds them among matched outcomes: the old name is gone, the new one was not there before, and all that the one
    /// brought is now brought by the other.
    pub fn among(old: &Program, new: &Program, pairs: &[(&str, Pair<'_>)]) -> Renames {
        let names = |program: &Program| -> BTreeSet<String> {
            program.rules.iter().map(|rule| rule.named.name.clone()).collect()
        };
        let (was, is) = (names(old), names(new));
        let mut by: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (one, other) in pairs.iter().filter_map(|(_, (old, new))| Some((old.as_ref()?, new.as_ref()?))) {
            let (one, other) = (one.rule(), other.rule());
            if was.contains(one) && !is.contains(one) && is.contains(other) && !was.contains(other) {
                let known = by.entry(one.to_owned()).or_insert_with(|| Some(other.to_owned()));
                if known.as_deref() != Some(other) {
                    // Its outcomes went to several rules: it was divided.
                    *known = None;
                }
            }
        }
        let mut names: BTreeMap<String, String> =
            by.into_iter().filter_map(|(one, other)| Some((one, other?))).collect();
        let heirs: Vec<String> = names.values().cloned().collect();
        // Two rules made one are not renamed.
        names.retain(|_, heir| heirs.iter().filter(|other| *other == heir).count() == 1);
        Renames { names }
    }

    /// Whether a rule has another name now.
    pub fn has(&self, old: &str, new: &str) -> bool {
        self.names.get(old).is_some_and(|name| name == new)
    }

    /// A value in which rules are named, as JSON, with their new names; none when no name in it has changed.
    pub fn in_json(&self, value: &str) -> Option<String> {
        let mut text = value.to_owned();
        for (old, new) in &self.names {
            text = text.replace(&format!("\"{old}\""), &format!("\"{new}\""));
        }
        (text != value).then(|| if text.starts_with('[') { in_order(&text) } else { text })
    }

    /// The old names and the new ones, by the old.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(old, new)| (old.as_str(), new.as_str()))
    }
}
