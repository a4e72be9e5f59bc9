//! One outcome that differs between two rulesets.

use super::in_force::{InForce, Since};
use super::matching::{Pair, Renames};
use super::told::{Placed, Told};
use crate::time::Day;

/// An outcome that is gained, lost, or not what it was.
#[derive(Clone, Debug)]
pub struct Difference<'a> {
    /// The case.
    pub case: &'a str,
    /// The outcome under the old ruleset; none when it is gained.
    pub old: Option<Placed<'a>>,
    /// The outcome under the new ruleset; none when it is lost.
    pub new: Option<Placed<'a>>,
    /// The rule under the old ruleset, by name.
    pub old_rule: Option<String>,
    /// The rule under the new ruleset, by name.
    pub new_rule: Option<String>,
    /// The keys in which the two differ; empty when there is only one. When the kind is another, the keys of the one and
    /// the other kind are not named.
    pub changes: Vec<Change>,
    /// By how many days it moved, when its kind is the same, positive when it comes later: the day it is about, else its last day, its first
    /// day that counts or the day fired.
    pub days: Option<i64>,
    /// The day it is dated: fired, or else that of its trigger; under the old ruleset, if there.
    pub dated: Option<Day>,
    /// It is dated before the change comes into force, and since when that is.
    pub before: Option<Since>,
}

/// A key in which an outcome differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The key, as the interface writes it.
    pub key: String,
    /// What it concerns.
    pub aspect: Aspect,
}

/// What a change of an outcome concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// When: a day.
    Days,
    /// What: the kind, a value, a text, to whom.
    Value,
    /// How a duty stands.
    Status,
    /// Which rule and branch brought it.
    Branch,
}

impl Aspect {
    /// All of them, in their order.
    pub const ALL: [Aspect; 4] = [Aspect::Days, Aspect::Value, Aspect::Status, Aspect::Branch];

    /// The name as the interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Aspect::Days => "days",
            Aspect::Value => "value",
            Aspect::Status => "status",
            Aspect::Branch => "branch",
        }
    }
}

/// What became of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Only the new ruleset brings it.
    Gained,
    /// Only the old ruleset brings it.
    Lost,
    /// One of its days is another; more may have changed.
    Moved,
    /// Its days are the same, and something else is not.
    Changed,
}

impl Nature {
    /// The name as the interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Nature::Gained => "gained",
            Nature::Lost => "lost",
            Nature::Moved => "moved",
            Nature::Changed => "changed",
        }
    }
}

impl Difference<'_> {
    /// What became of the outcome.
    pub fn nature(&self) -> Nature {
        match (&self.old, &self.new) {
            (None, _) => Nature::Gained,
            (_, None) => Nature::Lost,
            _ if self.concerns(Aspect::Days) => Nature::Moved,
            _ => Nature::Changed,
        }
    }

    /// Whether a change concerns this.
    pub fn concerns(&self, aspect: Aspect) -> bool {
        self.changes.iter().any(|change| change.aspect == aspect)
    }

    /// The rule it is counted under: that of the old ruleset; that of the new one for what is gained.
    pub fn rule(&self) -> &str {
        self.old_rule.as_deref().or(self.new_rule.as_deref()).unwrap_or("")
    }
}

/// The difference between two outcomes that were matched, or that one of them is alone; none when they are alike.
pub(super) fn compared<'a>(
    case: &'a str,
    pair: &Pair<'a>,
    renames: &Renames,
    in_force: &InForce<'_>,
) -> Option<Difference<'a>> {
    let (old, new) = (pair.0.as_ref(), pair.1.as_ref());
    let changes: Vec<Change> = match (old, new) {
        (Some(old), Some(new)) => {
            let unlike = old.unlike(new, |value| renames.in_json(value));
            let mut changes: Vec<Change> = Vec::new();
            for (name, aspect) in unlike {
                let key = match name.as_str() {
                    // A last day is `by` in the interface, as is the exception that withholds.
                    "last_day" | "by_rule" => "by".to_owned(),
                    // The rules of a decision stand in its reasons.
                    "rules" if old.is_decision() => "reasons".to_owned(),
                    _ => name,
                };
                let known = changes.iter().any(|change| change.key == key && change.aspect == aspect);
                if !known {
                    changes.push(Change { key, aspect });
                }
            }
            changes
        }
        _ => Vec::new(),
    };
    if old.is_some() && new.is_some() && changes.is_empty() {
        return None;
    }
    let days =
        old.zip(new).filter(|(old, new)| old.kind() == new.kind()).and_then(|(old, new)| moved(old, new));
    let dated = old.or(new).and_then(Told::dated);
    let rule = |told: Option<&Told<'_>>| told.map(|told| told.rule().to_owned());
    Some(Difference {
        case,
        old: old.map(|told| told.placed),
        new: new.map(|told| told.placed),
        old_rule: rule(old),
        new_rule: rule(new),
        changes,
        days,
        dated,
        before: in_force.altered(old, new),
    })
}

/// By how many days an outcome moved.
fn moved(old: &Told<'_>, new: &Told<'_>) -> Option<i64> {
    let days = |key| Some(old.day(key)?.days_until(new.day(key)?)).filter(|days| *days != 0);
    ["from", "on", "last_day", "until", "not_before", "fired"].into_iter().find_map(days)
}
