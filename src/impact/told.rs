//! An outcome in the words of the interface: names and keys, which hold across rulesets as numbers do not.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::difference::Aspect;
use crate::Language;
use crate::program::{Program, RuleId};
use crate::record::write_outcome;
use crate::run::{CalendarCause, Case, Cause, Decisions, KindName, Outcome, OutcomeKind, Reason};
use crate::syntax::tree::CalendarUnit;
use crate::time::Day;

/// An outcome and the case it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The case.
    pub case: &'a Case,
    /// The outcome.
    pub outcome: &'a Outcome,
}

/// Keys that are compared, in the order in which differences name them, and what a difference in each concerns. A key
/// that stands nowhere in this room is compared, too, and is a matter of values.
const COMPARED: [(&str, Aspect); 15] = [
    ("rule", Aspect::Branch),
    ("branch", Aspect::Branch),
    ("rules", Aspect::Branch),
    ("by_rule", Aspect::Branch),
    ("kind", Aspect::Value),
    ("fired", Aspect::Days),
    ("from", Aspect::Days),
    ("on", Aspect::Days),
    ("last_day", Aspect::Days),
    ("until", Aspect::Days),
    ("not_before", Aspect::Days),
    ("value", Aspect::Value),
    ("status", Aspect::Status),
    ("fulfilled_on", Aspect::Status),
    ("missed", Aspect::Status),
];

/// Keys that say the same as another one, or where the outcome stands.
const SAID_OTHERWISE: [&str; 9] =
    ["case", "ruleset", "ruleset_version", "trigger", "amount", "unit", "part", "whole", "members"];

/// Keys that alone make no difference: they are counted.
const ASIDE: [&str; 13] = [
    "citation",
    "citations",
    "version",
    "yielded",
    "moved_from",
    "moved_because",
    "no_change",
    "retroactive",
    "superseded_by",
    "assumes",
    "same_day_order",
    "revision_overdue_since",
    "missed_on",
];

/// An outcome told so that it can be held beside one of another ruleset.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub placed: Placed<'a>,
    pub trigger: Trigger,
    rule: String,
    /// The keys with their values as JSON; words are Swedish. Those in [`SAID_OTHERWISE`] are left out.
    keys: BTreeMap<String, String>,
    /// The day it is dated: the day fired, or else that of its trigger.
    dated: Option<Day>,
}

/// What set a rule off, the same for both rulesets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Trigger {
    /// An event, by its place in the input.
    Event {
        /// The text and the byte where it begins, when it was read from one.
        place: Option<(u16, u32)>,
        /// Its day.
        date: Day,
        /// Its line.
        line: u32,
    },
    Always,
    /// A period, by its name.
    Period(CalendarUnit, Day),
    /// A day of the year, or one day.
    Date(Day),
    /// A change of a fact, by its name.
    Fact(String, Day),
    /// There is no such event in the case.
    Nothing,
}

impl<'a> Told<'a> {
    pub fn new(program: &Program, decisions: &Decisions, case: &'a Case, outcome: &'a Outcome) -> Told<'a> {
        let trigger = Trigger::of(program, case, outcome.trigger);
        let dated = outcome.fired.or(trigger.day());
        let mut keys = keys(program, decisions, case, outcome);
        let rule = keys.get("rule").map_or("", |rule| rule.trim_matches('"')).to_owned();
        if matches!(&outcome.kind, OutcomeKind::Decision { reasons, .. } if reasons.len() > 1) {
            // Which of several reasons comes first is a matter of where the rules stand in the text.
            keys.remove("rule");
            keys.remove("branch");
        }
        Told { placed: Placed { case, outcome }, trigger, rule, keys, dated }
    }

    pub fn dated(&self) -> Option<Day> {
        self.dated
    }

    /// The day of its trigger; of a standing norm, the day it fired.
    pub fn set_off(&self) -> Option<Day> {
        self.trigger.day().or(self.dated)
    }

    /// The rule by name; the event's name when the event's own requirement denied it.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The rule, unless the event's own requirement denied it.
    pub fn rule_id(&self) -> Option<RuleId> {
        self.placed.outcome.rule
    }

    pub fn key(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(String::as_str)
    }

    /// A key that holds a day.
    pub fn day(&self, key: &str) -> Option<Day> {
        self.key(key)?.trim_matches('"').parse().ok()
    }

    pub fn kind(&self) -> KindName {
        self.placed.outcome.kind.name()
    }

    /// The kind it is of, or would have been of were it not undetermined or upcoming.
    pub fn would_be(&self) -> KindName {
        match &self.placed.outcome.kind {
            OutcomeKind::Undetermined { of, .. } | OutcomeKind::Upcoming { of, .. } => *of,
            kind => kind.name(),
        }
    }

    pub fn is_decision(&self) -> bool {
        matches!(self.would_be(), KindName::Granted | KindName::Denied)
    }

    /// Whether both are about the same thing: the same fact, duty, permission or value, to the same one.
    pub fn about_the_same(&self, other: &Told<'_>) -> bool {
        let same = |key: &str| self.key(key) == other.key(key);
        ["subject", "role", "action", "to", "of"].into_iter().all(same)
            && (["subject", "role"].into_iter().any(|key| self.key(key).is_some())
                || (self.key("text") == other.key("text") && self.key("reasons") == other.key("reasons")))
    }

    /// Whether nothing that is compared is different.
    pub fn alike(&self, other: &Told<'_>) -> bool {
        let compared = |(key, _): &(&String, &String)| !ASIDE.contains(&key.as_str());
        self.keys.iter().filter(compared).eq(other.keys.iter().filter(compared))
    }

    /// Whether it names what it is about: a fact, a duty, a text.
    pub fn is_about_something(&self) -> bool {
        ["subject", "role", "text"].into_iter().any(|key| self.key(key).is_some())
    }

    /// The keys in which two outcomes differ, in their order; of two kinds only which they are and where they come from,
    /// since they have little else in common. `renamed` gives the name that a rule of the old ruleset
    /// has in the new one.
    pub fn unlike(&self, new: &Told<'_>, renamed: impl Fn(&str) -> Option<String>) -> Vec<(String, Aspect)> {
        let differs = |key: &str| {
            let (old, new) = (self.key(key), new.key(key));
            if ["rule", "branch"].contains(&key) && (old.is_none() || new.is_none()) {
                return false;
            }
            old != new && !(is_of_rules(key) && old.and_then(&renamed).as_deref() == new)
        };
        let same_kind = self.kind() == new.kind();
        let told = |key: &str| same_kind || ["rule", "branch", "kind"].contains(&key);
        let known = COMPARED.iter().filter(|(key, _)| told(key) && differs(key));
        let mut found: Vec<(String, Aspect)> =
            known.map(|(key, aspect)| ((*key).to_owned(), *aspect)).collect();
        let mut others: Vec<&String> = self.keys.keys().chain(new.keys.keys()).collect();
        others.sort();
        others.dedup();
        let listed = |key: &str| COMPARED.iter().any(|(known, _)| *known == key) || ASIDE.contains(&key);
        let others = others.into_iter().filter(|key| !listed(key) && told(key) && differs(key));
        found.extend(others.map(|key| (key.clone(), Aspect::Value)));
        found
    }

    /// The keys in which two outcomes differ without making a difference.
    pub fn aside<'s>(&'s self, new: &'s Told<'_>) -> impl Iterator<Item = &'static str> + 's {
        ASIDE.into_iter().filter(|key| self.key(key) != new.key(key))
    }
}

/// Whether a key holds names of rules.
fn is_of_rules(key: &str) -> bool {
    ["rule", "rules", "by_rule", "claims"].contains(&key)
}

/// The keys of an outcome. `by` means two things in the interface: of a duty it is the last day, of what is withheld
/// the exception; here they have names of their own.
fn keys(
    program: &Program,
    decisions: &Decisions,
    case: &Case,
    outcome: &Outcome,
) -> BTreeMap<String, String> {
    let mut line = Vec::new();
    write_outcome(program, case, outcome, &decisions.pool, &[], Language::Swedish, &mut line);
    // What was just written can be read.
    let read: BTreeMap<&str, &RawValue> = serde_json::from_slice(&line).unwrap_or_default();
    let named = |key: &str| match (key, &outcome.kind) {
        ("by", OutcomeKind::Withheld { .. }) => "by_rule".to_owned(),
        ("by", _) => "last_day".to_owned(),
        _ => key.to_owned(),
    };
    let kept = read.into_iter().filter(|(key, _)| !SAID_OTHERWISE.contains(key));
    let mut keys: BTreeMap<String, String> = kept
        .map(|(key, value)| match key {
            "reasons" => (named(key), said(value.get())),
            "rules" | "claims" => (named(key), in_order(value.get())),
            _ => (named(key), value.get().to_owned()),
        })
        .collect();
    if let OutcomeKind::Decision { reasons, .. } = &outcome.kind
        && reasons.len() > 1
    {
        keys.insert("rules".to_owned(), in_order(&rules_of(program, reasons)));
    }
    keys
}

/// The rules that gave reasons, as a JSON list.
fn rules_of(program: &Program, reasons: &[Reason]) -> String {
    let rule = |reason: &Reason| program.rules.get(reason.rule?.index());
    let names = reasons.iter().filter_map(rule).map(|rule| Json::from(rule.named.name.as_str()));
    Json::from_iter(names).to_string()
}

/// A JSON list in an order that does not depend on where rules stand in the text.
pub(super) fn in_order(list: &str) -> String {
    let mut list: Json = serde_json::from_str(list).unwrap_or_default();
    if let Some(members) = list.as_array_mut() {
        members.sort_by_key(Json::to_string);
    }
    list.to_string()
}

/// What the reasons of a decision say: not which rules gave them, nor what those rest on.
fn said(reasons: &str) -> String {
    let mut reasons: Json = serde_json::from_str(reasons).unwrap_or_default();
    for reason in reasons.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut) {
        reason.remove("rule");
        reason.remove("citation");
    }
    in_order(&reasons.to_string())
}

impl Trigger {
    fn of(program: &Program, case: &Case, cause: Cause) -> Trigger {
        match cause {
            Cause::Event(place) => {
                let Some(event) = case.events.get(place as usize) else { return Trigger::Nothing };
                let place = event.span.map(|span| (span.source.0, span.start));
                Trigger::Event { place, date: event.date, line: event.line }
            }
            Cause::Always => Trigger::Always,
            Cause::Calendar(CalendarCause::Over(unit), day) => Trigger::Period(unit, day),
            Cause::Calendar(CalendarCause::Date, day) => Trigger::Date(day),
            Cause::Fact(fact, day) => {
                let fact = program.facts.get(fact.index()).map_or("", |fact| &fact.named.name);
                Trigger::Fact(fact.to_owned(), day)
            }
        }
    }

    /// Its day; a standing norm has none.
    pub fn day(&self) -> Option<Day> {
        match self {
            Trigger::Event { date, .. } => Some(*date),
            Trigger::Period(_, day) | Trigger::Date(day) | Trigger::Fact(_, day) => Some(*day),
            Trigger::Always | Trigger::Nothing => None,
        }
    }

    /// Whether it is the same but for its day: a change of the same fact, or a day that the rule names.
    pub fn on_another_day(&self, other: &Trigger) -> bool {
        match (self, other) {
            (Trigger::Fact(one, _), Trigger::Fact(other, _)) => one == other,
            (Trigger::Date(_), Trigger::Date(_)) => true,
            _ => false,
        }
    }
}
