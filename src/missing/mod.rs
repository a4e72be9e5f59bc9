//! What is not known, over all the cases of a run: which events, facts and days would settle the most outcomes.
//!
//! [`missing`] gathers what undetermined outcomes lack. What is the same thing to find out, such as how many customers
//! there were, is one entry, whatever the case and the day. An outcome that lacks one thing only is settled by it alone;
//! where several are lacking, each contributes.

mod lack;
pub mod render;

pub use lack::{kind, subject, words};

use std::collections::{BTreeMap, BTreeSet};

use crate::run::{CaseOutcomes, Decisions, Lack, Need, Outcome, OutcomeKind};

/// Something that is missing, and what it would bring to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// What.
    pub of: Lack,
    /// How many undetermined outcomes lack nothing else.
    pub alone: usize,
    /// How many undetermined outcomes lack this and something else.
    pub together: usize,
    /// How many further outcomes assume that such an undetermined one changed nothing.
    pub assuming: usize,
    /// What is needed in each case, case by case: the case's place among those of the run, and the need.
    pub needs: Vec<(usize, Need)>,
}

impl Missing {
    /// The cases it is missing in, by their places among those of the run, each once.
    pub fn cases(&self) -> Vec<usize> {
        let mut cases: Vec<usize> = self.needs.iter().map(|(case, _)| *case).collect();
        cases.dedup();
        cases
    }
}

/// What is missing in the cases of a run, the most useful first: what settles the most outcomes alone, then what
/// contributes to the most, then what the most others assume; after that in the order of the cases.
///
/// ```
/// use frist::{Ruleset, Settings};
/// let rules = r#"ruleset a "A"
///   in force from 2025-01-01
/// event reported
///   clients: count
/// event asked
/// fact clients "the number of clients": count from reported.clients
/// rule few "Few clients"
///   when asked
///   if current clients < 6
///     note "few"
/// "#;
/// let mut loaded = Ruleset::load([("rules.frist", rules)]);
/// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
/// let lines = r#"{"case":"a","event":"asked","date":"2025-02-10"}
/// {"case":"b","event":"asked","date":"2025-02-11"}"#;
/// let file = loaded.sources.add("events.jsonl", lines);
/// let input = ruleset.read(&loaded.sources, &[file], &Default::default());
/// let decisions = ruleset.decide(&input.history, &Settings::as_of("2025-03-01".parse()?));
/// let missing = ruleset.missing(&decisions);
/// let [clients] = missing.as_slice() else { return Err("one thing is missing".into()) };
/// assert_eq!((clients.alone, clients.together, clients.cases().len()), (2, 0, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn missing(decisions: &Decisions) -> Vec<Missing> {
    let mut found = Found::default();
    for (place, case) in decisions.cases.iter().enumerate() {
        for outcome in &case.outcomes {
            let OutcomeKind::Undetermined { needs, .. } = &outcome.kind else { continue };
            let lacks: BTreeSet<Lack> = needs.iter().map(|need| need.of).collect();
            for need in needs {
                let missing = found.of(need.of);
                if !missing.needs.iter().any(|(other, known)| *other == place && known == need) {
                    missing.needs.push((place, need.clone()));
                }
            }
            for lack in &lacks {
                let missing = found.of(*lack);
                match lacks.len() {
                    1 => missing.alone = missing.alone.saturating_add(1),
                    _ => missing.together = missing.together.saturating_add(1),
                }
            }
        }
        for (lack, count) in assuming(case) {
            let missing = found.of(lack);
            missing.assuming = missing.assuming.saturating_add(count);
        }
    }
    let mut found: Vec<(usize, Missing)> = found.all.into_values().collect();
    found.sort_by_key(|(order, missing)| {
        let useful = (missing.alone, missing.together, missing.assuming, missing.cases().len());
        (std::cmp::Reverse(useful), *order)
    });
    found.into_iter().map(|(_, missing)| missing).collect()
}

/// What has been found to be missing, each with its place among them.
#[derive(Default)]
struct Found {
    all: BTreeMap<Lack, (usize, Missing)>,
}

impl Found {
    fn of(&mut self, lack: Lack) -> &mut Missing {
        let order = self.all.len();
        let new = || Missing { of: lack, alone: 0, together: 0, assuming: 0, needs: Vec::new() };
        &mut self.all.entry(lack).or_insert_with(|| (order, new())).1
    }
}

/// How many outcomes of a case assume that an undetermined firing with a lack changed nothing.
fn assuming(case: &CaseOutcomes) -> BTreeMap<Lack, usize> {
    let mut counts: BTreeMap<Lack, usize> = BTreeMap::new();
    for outcome in case.outcomes.iter().filter(|outcome| !is_undetermined(outcome)) {
        let mut lacks: BTreeSet<Lack> = BTreeSet::new();
        for (rule, fired) in &outcome.remarks.assumes {
            let theirs =
                case.outcomes.iter().filter(|other| other.rule == Some(*rule) && other.fired == Some(*fired));
            for other in theirs {
                if let OutcomeKind::Undetermined { needs, .. } = &other.kind {
                    lacks.extend(needs.iter().map(|need| need.of));
                }
            }
        }
        for lack in lacks {
            let count = counts.entry(lack).or_default();
            *count = count.saturating_add(1);
        }
    }
    counts
}

fn is_undetermined(outcome: &Outcome) -> bool {
    matches!(outcome.kind, OutcomeKind::Undetermined { .. })
}
