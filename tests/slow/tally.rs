//! What a run came by, so that agreement about nothing is noticed.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;

use crate::program::*;

#[derive(Default)]
pub struct Tally {
    pub cases: usize,
    pub programs: usize,
    pub refused: usize,
    /// Cases that leave the days of the slow evaluator.
    pub left: usize,
    pub seen: BTreeMap<String, usize>,
    pub reasons: BTreeMap<String, usize>,
    pub reports: Vec<String>,
}

/// What must have come up, and how often at least in a run of the usual size.
const BROAD: [(&str, usize); 62] = [
    ("kind begins", 2_000),
    ("kind ends", 2_000),
    ("kind becomes", 2_000),
    ("kind duty", 2_000),
    ("kind may", 500),
    ("kind must_not", 500),
    ("kind granted", 500),
    ("kind denied", 500),
    ("kind finding", 1_000),
    ("kind note", 1_000),
    ("kind value", 1_000),
    ("kind upcoming", 500),
    ("kind undetermined", 2_000),
    ("kind conflict", 100),
    ("kind withheld", 50),
    ("status open", 500),
    ("status met", 500),
    ("status met_late", 200),
    ("status overdue", 500),
    ("status lapsed", 200),
    ("with assumes", 500),
    ("with same_day_order", 200),
    ("with superseded_by", 500),
    ("with no_change", 500),
    ("with retroactive", 500),
    ("with yielded", 200),
    ("with missed_on", 500),
    ("with version", 500),
    ("with until", 500),
    ("with not_before", 100),
    ("with before", 100),
    ("with on", 500),
    ("with pace", 200),
    ("with soft", 100),
    ("with to", 200),
    ("with fulfilled_on", 500),
    ("rule on an event", 500),
    ("rule on one of two events", 50),
    ("rule on an event där", 100),
    ("rule on a decision", 50),
    ("rule on a timer", 100),
    ("rule on a timer där", 20),
    ("rule on a timer of a field", 50),
    ("rule on a fact that becomes", 20),
    ("rule on a fact that changes", 20),
    ("rule on a period", 50),
    ("rule on a day of the year", 20),
    ("rule on a day", 20),
    ("rule always", 20),
    ("rule that is an exception", 50),
    ("rule that goes before another", 20),
    ("rule with versions", 50),
    ("rule with medan", 100),
    ("rule that requires", 100),
    ("rule with branches", 100),
    ("event that requires", 50),
    ("duty with så länge", 50),
    ("duty with bortfaller", 50),
    ("duty with uteblir", 50),
    ("duty in uteblir", 20),
    ("duty even earlier", 50),
    ("duty minst före", 20),
];

impl Tally {
    fn count(&mut self, what: &str) {
        *self.seen.entry(what.to_owned()).or_default() += 1;
    }

    pub fn refused(&mut self, errors: &str) {
        self.refused += 1;
        let first = errors.lines().next().unwrap_or_default();
        let reason: String = first.split(' ').skip(1).take(4).collect::<Vec<_>>().join(" ");
        *self.reasons.entry(reason).or_default() += 1;
    }

    pub fn case(&mut self, outcomes: &[Json]) {
        self.cases += 1;
        for outcome in outcomes {
            for (key, value) in outcome.as_object().expect("an object") {
                match (key.as_str(), value) {
                    ("kind" | "status", Json::String(value)) => self.count(&format!("{key} {value}")),
                    _ => self.count(&format!("with {key}")),
                }
            }
        }
    }

    pub fn program(&mut self, program: &Program) {
        self.programs += 1;
        for _ in program.events.iter().filter(|event| !event.requires.is_empty()) {
            self.count("event that requires");
        }
        for rule in &program.rules {
            self.rule(rule);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let mut what = match &rule.trigger {
            Trigger::Events { filter: Some(_), .. } => vec!["rule on an event där"],
            Trigger::Events { events, .. } if events.len() > 1 => vec!["rule on one of two events"],
            Trigger::Events { .. } => vec!["rule on an event"],
            Trigger::Decided { .. } => vec!["rule on a decision"],
            Trigger::Timer { filter: Some(_), .. } => vec!["rule on a timer där"],
            Trigger::Timer { field: Some(_), .. } => vec!["rule on a timer of a field"],
            Trigger::Timer { .. } => vec!["rule on a timer"],
            Trigger::Becomes { .. } => vec!["rule on a fact that becomes"],
            Trigger::Changes { .. } => vec!["rule on a fact that changes"],
            Trigger::PeriodOver(_) => vec!["rule on a period"],
            Trigger::Yearly { .. } => vec!["rule on a day of the year"],
            Trigger::On(_) => vec!["rule on a day"],
            Trigger::Always => vec!["rule always"],
        };
        for (name, holds) in [
            ("rule that is an exception", rule.exception_to.is_some()),
            ("rule that goes before another", !rule.ahead_of.is_empty()),
            ("rule with versions", rule.version.is_some()),
            ("rule with medan", rule.medan.is_some()),
            ("rule that requires", rule.requires.is_some()),
            ("rule with branches", !rule.branches.is_empty()),
        ] {
            if holds {
                what.push(name);
            }
        }
        let branches = rule.branches.iter().flat_map(|(_, effects)| effects);
        for effect in rule.always.iter().chain(branches).chain(rule.otherwise.iter().flatten()) {
            let Effect::Duty(duty) = effect else { continue };
            for (name, holds) in [
                ("duty with så länge", duty.as_long_as.is_some()),
                ("duty with bortfaller", !duty.falls_away.is_empty()),
                ("duty with uteblir", !duty.failing.is_empty()),
                ("duty in uteblir", duty.failing.iter().any(|effect| matches!(effect, Effect::Duty(_)))),
                ("duty even earlier", duty.even_earlier),
                ("duty minst före", matches!(duty.limit, Limit::AtLeastBefore(..))),
            ] {
                if holds {
                    what.push(name);
                }
            }
        }
        for name in what {
            self.count(name);
        }
    }

    pub fn join(&mut self, other: Tally) {
        self.cases += other.cases;
        self.programs += other.programs;
        self.refused += other.refused;
        self.left += other.left;
        for (mine, theirs) in [(&mut self.seen, other.seen), (&mut self.reasons, other.reasons)] {
            for (what, count) in theirs {
                *mine.entry(what).or_default() += count;
            }
        }
        self.reports.extend(other.reports);
    }

    /// A run that agrees about little proves little.
    pub fn assert_broad(&self) {
        let of = |what: &str| self.seen.get(what).copied().unwrap_or(0);
        let rare: Vec<String> = BROAD
            .iter()
            .filter(|(what, least)| of(what) < *least)
            .map(|(what, least)| format!("{what}: {} of at least {least}", of(what)))
            .collect();
        assert!(rare.is_empty(), "{}", rare.join("\n"));
        assert!(self.programs >= 1_000, "{} programs", self.programs);
        assert!(self.refused * 5 < self.programs, "{} refused of {}", self.refused, self.programs);
        assert!(self.left * 20 < self.cases, "{} cases left out of {}", self.left, self.cases);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { cases, programs, refused, left, .. } = self;
        writeln!(
            f,
            "{cases} cases of {programs} programs; {refused} programs refused, {left} cases left out"
        )?;
        for (what, count) in &self.reasons {
            writeln!(f, "{count:>8} refused: {what}")?;
        }
        for (what, count) in &self.seen {
            writeln!(f, "{count:>8} {what}")?;
        }
        Ok(())
    }
}
