//! What a run brings, case by case.

use super::anomaly::Anomaly;
use super::outcome::Outcome;
use crate::diagnostics::Diagnostic;
use crate::time::Day;
use crate::value::Pool;

/// What a run brought, case by case in the order of the input.
#[derive(Clone, Debug)]
pub struct Decisions {
    /// The as-of day: the run saw everything through its end.
    pub as_of: Day,
    /// The cases.
    pub cases: Vec<CaseOutcomes>,
    /// The texts and sets that values name.
    pub pool: Pool,
}

impl Decisions {
    /// Every outcome with its case, in their specified order.
    pub fn outcomes(&self) -> impl Iterator<Item = (&CaseOutcomes, &Outcome)> {
        self.cases.iter().flat_map(|case| case.outcomes.iter().map(move |outcome| (case, outcome)))
    }

    /// What went wrong, case by case.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.cases.iter().flat_map(|case| &case.diagnostics)
    }
}

/// What a run brought in one case.
#[derive(Clone, Debug)]
pub struct CaseOutcomes {
    /// The case's place in the history.
    pub case: usize,
    /// Its name.
    pub id: String,
    /// The outcomes in their specified order: day fired, rule, branch, input line.
    pub outcomes: Vec<Outcome>,
    /// How many events lie after the as-of day and were left aside.
    pub later_events: usize,
    /// The input lines of events dated before the ruleset was in force.
    pub early_lines: Vec<u32>,
    /// What went wrong: calls of functions that gave no answer. What they were needed for is undetermined.
    pub diagnostics: Vec<Diagnostic>,
    /// What is odd in its events; each was taken as it stands.
    pub anomalies: Vec<Anomaly>,
}
