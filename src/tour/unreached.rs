//! How much of a rule the rows show together, and what none of them shows.

use std::collections::BTreeSet;

use super::Coverage;
use super::goal::{Ask, Goal};
use super::notes::asked;
use super::watch::Watch;
use crate::Words;
use crate::source::{Sources, Span};

/// Something that no example shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unreached {
    /// A branch.
    Branch(u16),
    /// An answer to a question.
    Answer {
        /// The question's words in the rule.
        question: Span,
        /// The answer.
        yes: bool,
    },
    /// That an answer to a question decides by itself.
    Alone {
        /// The question's words in the rule.
        question: Span,
        /// The answer.
        yes: bool,
    },
    /// Where the answer to a question changes.
    Limit {
        /// The question's words in the rule.
        question: Span,
    },
}

impl Unreached {
    /// What it is called in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Unreached::Branch(_) => "branch",
            Unreached::Answer { .. } => "answer",
            Unreached::Alone { .. } => "alone",
            Unreached::Limit { .. } => "limit",
        }
    }

    /// It in words; the rule's own are found in the sources.
    pub fn words(&self, sources: &Sources) -> Words {
        match self {
            Unreached::Branch(0) => {
                Words::new("det som alltid gäller nås inte", "what always applies is not reached")
            }
            Unreached::Branch(number) => {
                Words::new(format!("gren {number} nås inte"), format!("branch {number} is not reached"))
            }
            Unreached::Answer { question, yes } => {
                let asked = asked(sources, *question);
                let (sv, en) = if *yes { ("stämmer", "holds") } else { ("inte stämmer", "does not hold") };
                Words::new(
                    format!("inget av exemplen visar att `{asked}` {sv}"),
                    format!("in none of the examples it is seen that `{asked}` {en}"),
                )
            }
            Unreached::Alone { question, yes } => {
                let asked = asked(sources, *question);
                let (sv, en) = if *yes { ("stämmer", "holds") } else { ("inte stämmer", "does not hold") };
                Words::new(
                    format!("att `{asked}` {sv} avgör aldrig ensamt"),
                    format!("that `{asked}` {en} never decides by itself"),
                )
            }
            Unreached::Limit { question } => {
                let asked = asked(sources, *question);
                Words::new(
                    format!("gränsen i `{asked}` hittas inte"),
                    format!("the limit of `{asked}` is not found"),
                )
            }
        }
    }
}

/// How much of a rule some goals show, and what is lacking.
pub(super) fn coverage(watch: &Watch<'_>, shown: &BTreeSet<Goal>) -> (Coverage, Vec<Unreached>) {
    let mut coverage = Coverage::default();
    let mut unreached = Vec::new();
    let count = |(reached, all): &mut (usize, usize), found: bool| {
        *reached = reached.saturating_add(usize::from(found));
        *all = all.saturating_add(1);
    };
    if let Some(rule) = watch.program.rules.get(watch.rule.index()) {
        let first = u16::from(rule.always.is_empty() && rule.requirements.is_none());
        let last = u16::try_from(rule.branches.len()).unwrap_or(u16::MAX);
        for branch in first..=last {
            let found = shown.contains(&Goal::Branch(branch));
            count(&mut coverage.branches, found);
            unreached.extend((!found).then_some(Unreached::Branch(branch)));
        }
    }
    for (place, condition) in watch.conditions.iter().enumerate() {
        for (number, asked) in condition.asks.iter().enumerate() {
            let (ask, Some(question)) = (Ask::at(place, number), asked.span) else { continue };
            let mut limits = 0usize;
            let mut complete = true;
            for yes in [true, false] {
                let answered = shown.contains(&Goal::Answered(ask, yes));
                let alone = shown.contains(&Goal::Alone(ask, yes));
                count(&mut coverage.answers, answered);
                count(&mut coverage.alone, alone);
                if !answered {
                    unreached.push(Unreached::Answer { question, yes });
                } else if !alone {
                    unreached.push(Unreached::Alone { question, yes });
                }
                complete &= answered && alone;
                if asked.is_limit {
                    let found = shown.contains(&Goal::Limit(ask, yes));
                    count(&mut coverage.limits, found);
                    limits = limits.saturating_add(usize::from(found));
                }
            }
            if asked.is_limit && complete && limits < 2 {
                unreached.push(Unreached::Limit { question });
            }
        }
    }
    (coverage, unreached)
}
