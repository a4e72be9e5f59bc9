//! How differences are spoken of, in one language.

use std::collections::BTreeMap;

use crate::explain::{sentence, standing};
use crate::impact::{Aspect, Difference, Impact, Nature, Placed, Side, Summary};
use crate::run::OutcomeKind;
use crate::run::Status;
use crate::words;
use crate::{Language, explain};

/// Somebody who tells of differences.
pub(super) struct Teller<'a> {
    pub impact: &'a Impact<'a>,
    pub language: Language,
}

impl Teller<'_> {
    pub fn choose<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.choose(sv, en)
    }

    pub fn summary(&self) -> &Summary {
        &self.impact.summary
    }

    /// A ruleset, its version and since when it is in force, under a name for it.
    pub fn ruleset(&self, name: &str, side: Side<'_>) -> String {
        explain::render::heading(side.ruleset.program(), name, self.language)
    }

    /// An outcome in one sentence and, where it matters, how the duty stands.
    pub fn outcome(&self, side: Side<'_>, placed: Placed<'_>, with_standing: bool) -> String {
        let (program, pool) = (side.ruleset.program(), &side.decisions.pool);
        let mut text = sentence(program, pool, placed.outcome).get(self.language).to_owned();
        let stands = standing(program, pool, placed.outcome, side.decisions.as_of).filter(|_| with_standing);
        if let Some(stands) = stands {
            text.push(' ');
            text.push_str(stands.get(self.language));
        }
        text
    }

    /// What an outcome was and what it is; the same sentence is said once.
    pub fn both(&self, difference: &Difference<'_>) -> (Option<String>, Option<String>) {
        let stands = difference.concerns(Aspect::Status);
        let old = difference.old.map(|placed| self.outcome(self.impact.old, placed, stands));
        let new = difference.new.map(|placed| self.outcome(self.impact.new, placed, stands));
        if old == new { (None, new) } else { (old, new) }
    }

    /// What became of an outcome, in a few words.
    pub fn what(&self, difference: &Difference<'_>) -> String {
        let mut parts: Vec<String> = Vec::new();
        match difference.nature() {
            Nature::Gained => parts.push(self.choose("tillkommer", "gained").to_owned()),
            Nature::Lost => parts.push(self.choose("faller bort", "lost").to_owned()),
            Nature::Moved => parts.push(match difference.days {
                Some(days) => self.moved(days),
                None => self.choose("annan dag", "another day").to_owned(),
            }),
            Nature::Changed => {}
        }
        if difference.concerns(Aspect::Value) {
            parts.push(self.choose("annat innehåll", "other content").to_owned());
        }
        parts.extend(self.status(difference));
        parts.extend(self.path(difference));
        if let Some(since) = difference.before {
            parts.push(format!("{} {}", self.choose("daterat före", "dated before"), since.day()));
        }
        parts.join("; ")
    }

    /// By how many days something moved.
    pub fn moved(&self, days: i64) -> String {
        let count = words::days(i64::try_from(days.unsigned_abs()).unwrap_or(i64::MAX), self.language);
        match days < 0 {
            true => format!("{count} {}", self.choose("tidigare", "earlier")),
            false => format!("{count} {}", self.choose("senare", "later")),
        }
    }

    fn status(&self, difference: &Difference<'_>) -> Option<String> {
        let status = |placed: Option<Placed<'_>>| match &placed?.outcome.kind {
            OutcomeKind::Duty(duty) => Some(duty.status),
            OutcomeKind::RecurringDuty(duty) => Some(duty.status),
            _ => None,
        };
        if !difference.concerns(Aspect::Status) {
            return None;
        }
        match (status(difference.old), status(difference.new)) {
            (Some(old), Some(new)) if old != new => {
                Some(format!("{} → {}", self.status_word(old), self.status_word(new)))
            }
            _ => Some(self.choose("står på annat sätt", "stands otherwise").to_owned()),
        }
    }

    fn status_word(&self, status: Status) -> &'static str {
        let (sv, en) = match status {
            Status::Open => ("öppen", "open"),
            Status::Met => ("uppfylld", "met"),
            Status::MetLate => ("uppfylld sent", "met late"),
            Status::Overdue => ("försenad", "overdue"),
            Status::Lapsed => ("bortfallen", "lapsed"),
        };
        self.language.choose(sv, en)
    }

    fn path(&self, difference: &Difference<'_>) -> Option<String> {
        let (old, new) = (difference.old?, difference.new?);
        if !difference.concerns(Aspect::Branch) {
            return None;
        }
        if difference.old_rule != difference.new_rule {
            let new = difference.new_rule.as_deref().unwrap_or("");
            return Some(format!("{} {new}", self.choose("nu av", "now by")));
        }
        let (old, new) = (old.outcome.branch, new.outcome.branch);
        (old != new).then(|| format!("{} {old} → {new}", self.choose("gren", "branch")))
    }

    /// How many outcomes.
    pub fn outcomes(&self, count: usize) -> String {
        match (self.language, count) {
            (Language::Swedish, _) => format!("{count} utfall"),
            (Language::English, 1) => String::from("1 outcome"),
            (Language::English, _) => format!("{count} outcomes"),
        }
    }

    /// How many cases.
    pub fn cases(&self, count: usize) -> String {
        match (self.language, count) {
            (Language::Swedish, 1) => String::from("1 ärende"),
            (Language::Swedish, _) => format!("{count} ärenden"),
            (Language::English, 1) => String::from("1 case"),
            (Language::English, _) => format!("{count} cases"),
        }
    }

    /// What was compared, and how much of it is alike.
    pub fn extent(&self) -> String {
        let summary = self.summary();
        let (cases, old) = (self.cases(summary.cases), self.outcomes(summary.old_outcomes));
        let (new, alike) = (summary.new_outcomes, summary.alike);
        let as_of = summary.as_of.map(|day| day.to_string()).unwrap_or_default();
        match self.language {
            Language::Swedish => {
                format!(
                    "Per {as_of}: {cases}, {old} med de gamla reglerna och {new} med de nya; {alike} är lika."
                )
            }
            Language::English => {
                format!(
                    "As of {as_of}: {cases}, {old} under the old rules and {new} under the new; {alike} alike."
                )
            }
        }
    }

    /// The differences by kind, in one sentence.
    pub fn total(&self) -> String {
        let all = self.summary().all;
        let other = all.all.saturating_sub(all.gained).saturating_sub(all.lost).saturating_sub(all.moved);
        let kinds = [
            (all.gained, "tillkommer", "gained"),
            (all.lost, "faller bort", "lost"),
            (all.moved, "flyttas", "moved"),
            (other, "ändras på annat sätt", "changed in another way"),
        ];
        let said: Vec<String> = kinds
            .into_iter()
            .filter(|(count, _, _)| *count > 0)
            .map(|(count, sv, en)| format!("{count} {}", self.choose(sv, en)))
            .collect();
        let said = words::list(&said, self.language);
        match (self.language, all.all) {
            (_, 0) => self.choose("Inget utfall skiljer sig.", "No outcome differs.").to_owned(),
            (Language::Swedish, count) => format!("{count} utfall skiljer sig: {said}."),
            (Language::English, 1) => format!("1 outcome differs: {said}."),
            (Language::English, count) => format!("{count} outcomes differ: {said}."),
        }
    }

    /// What else there is to say, a sentence each.
    pub fn remarks(&self) -> Vec<String> {
        let summary = self.summary();
        let mut said = Vec::new();
        for (old, new, count) in &summary.renamed {
            let count = self.outcomes(*count);
            said.push(match self.language {
                Language::Swedish => format!("Regeln {old} heter nu {new}; {count} är lika i övrigt."),
                Language::English => format!("The rule {old} is now called {new}; {count} otherwise alike."),
            });
        }
        if !summary.aside.is_empty() {
            let keys: Vec<String> =
                summary.aside.iter().map(|(key, count)| format!("{key} ({count})")).collect();
            let keys = words::list(&keys, self.language);
            said.push(match self.language {
                Language::Swedish => {
                    format!("Ingen skillnad i sig, men olika i utfall som annars är lika: {keys}.")
                }
                Language::English => {
                    format!("No difference by itself, but unlike in outcomes otherwise alike: {keys}.")
                }
            });
        }
        if summary.left_to_old > 0 {
            let (count, from) = (self.outcomes(summary.left_to_old), self.impact.new.ruleset.program());
            let from = from.header.in_force.from;
            said.push(match self.language {
                Language::Swedish => format!("Det gamla regelverkets, från tiden före {from}: {count}."),
                Language::English => format!("Left to the old ruleset, of the time before {from}: {count}."),
            });
        }
        if summary.before_in_force > 0 {
            let count = self.outcomes(summary.before_in_force);
            said.push(match self.language {
                Language::Swedish => format!("Daterade innan ändringen börjar gälla: {count}."),
                Language::English => format!("Dated before the change comes into force: {count}."),
            });
        }
        if !summary.not_compared.is_empty() {
            let cases = words::list(&summary.not_compared, self.language);
            said.push(format!("{}: {cases}.", self.choose("Jämförs inte", "Not compared")));
        }
        said
    }

    /// The days moved with how many outcomes moved so: each number of days by itself when they are few, else in ranges.
    pub fn histogram(&self) -> Vec<(String, usize)> {
        let days = &self.summary().days;
        if days.len() <= FEW {
            return days.iter().map(|(days, count)| (self.moved(*days), *count)).collect();
        }
        let mut ranges: BTreeMap<(i64, i64), usize> = BTreeMap::new();
        for (days, count) in days {
            let sum = ranges.entry(range(*days)).or_default();
            *sum = sum.saturating_add(*count);
        }
        ranges.into_iter().map(|(range, count)| (self.range(range), count)).collect()
    }

    fn range(&self, (from, through): (i64, i64)) -> String {
        let (least, most) = match from < 0 {
            true => (through.saturating_neg(), from.saturating_neg()),
            false => (from, through),
        };
        let way = if from < 0 { self.choose("tidigare", "earlier") } else { self.choose("senare", "later") };
        match most == i64::MAX {
            true => format!("{least}– {} {way}", self.choose("dagar", "days")),
            false => format!("{least}–{most} {} {way}", self.choose("dagar", "days")),
        }
    }
}

/// As many numbers of days stand by themselves.
const FEW: usize = 12;
/// Where ranges of days end.
const ENDS: [i64; 6] = [7, 30, 92, 183, 366, i64::MAX];

/// The range of a number of days, both ends included.
fn range(days: i64) -> (i64, i64) {
    let size = days.saturating_abs();
    let mut least = 1_i64;
    for end in ENDS {
        if size <= end {
            let most = if days < 0 { end.saturating_neg() } else { end };
            return if days < 0 { (most, least.saturating_neg()) } else { (least, most) };
        }
        least = end.saturating_add(1);
    }
    (days, days)
}
