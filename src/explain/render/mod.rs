//! Explanations as people and programs read them: drawn beside the rule's words, in plain sentences, as JSON.

mod json;
mod narrated;
mod rows;
#[cfg(feature = "cli")]
mod text;

pub use json::json;
pub use narrated::{narrated, narrated_why_not};
pub(crate) use rows::{citation, truth, words_of};
#[cfg(feature = "cli")]
pub use text::{text, why_not_text};

use crate::Language;
use crate::program::Program;
use crate::run::{Outcome, OutcomeKind, Status};

/// The heading of a case: its name, the ruleset, its version and since when it is in force.
pub fn heading(program: &Program, case: &str, language: Language) -> String {
    let header = &program.header;
    let owner = header.municipality.as_deref().unwrap_or(header.title.get(language));
    let version = match (&header.version, language) {
        (Some(version), Language::Swedish) => format!(", version {version}"),
        (Some(version), Language::English) => format!(", version {version}"),
        (None, _) => String::new(),
    };
    let from = header.in_force.from;
    match language {
        Language::Swedish => format!("{case} · {owner}{version}, gäller från {from}"),
        Language::English => format!("{case} · {owner}{version}, in force from {from}"),
    }
}

/// The sign before an outcome: what kind of news it is.
pub fn sign(outcome: &Outcome) -> &'static str {
    if outcome.remarks.no_change {
        return "=";
    }
    match &outcome.kind {
        OutcomeKind::Decision { granted: false, .. } => "✘",
        OutcomeKind::Undetermined { .. } => "?",
        OutcomeKind::Conflict { .. } | OutcomeKind::Finding { mild: false, .. } => "!",
        OutcomeKind::Duty(duty) if matches!(duty.status, Status::Overdue | Status::MetLate) && !duty.soft => {
            "!"
        }
        OutcomeKind::RecurringDuty(duty) if !duty.missed.is_empty() && !duty.soft => "!",
        OutcomeKind::Duty(duty) if duty.status == Status::Open => "→",
        OutcomeKind::RecurringDuty(_) => "→",
        OutcomeKind::Upcoming { .. } => "…",
        OutcomeKind::Withheld { .. } => "–",
        OutcomeKind::Duty(duty) if duty.status == Status::Lapsed => "–",
        _ => "✔",
    }
}
