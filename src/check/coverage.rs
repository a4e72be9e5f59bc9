//! Branches of a rule: whether they cover everything, and whether each can be chosen.

use crate::Language;
use crate::diagnostics::{Words, rules as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree;
use crate::value::{ChoiceId, Value};

use super::rows::next;
use super::solver::{Formula, Sample, Subject, Subjects};
use super::state::Checker;

/// More combinations of values than these are not tried.
const MOST_CASES: usize = 50_000;

/// What trying every combination showed.
struct Findings {
    /// For each branch whether it was chosen.
    chosen: Vec<bool>,
    /// For each branch whether its condition was ever true.
    held: Vec<bool>,
    /// For each branch one that was chosen although its condition held.
    taken: Vec<Option<usize>>,
    /// Values for which no branch was chosen.
    uncovered: Option<Vec<i64>>,
}

impl Checker<'_> {
    /// Judges the branches of a rule.
    pub(super) fn judge_branches(&mut self, tree: &tree::Rule, rule: &Rule) {
        if rule.branches.is_empty() {
            return;
        }
        let assumed = match &rule.trigger {
            Trigger::Events { where_, .. }
            | Trigger::Decided { where_, .. }
            | Trigger::Timer { where_, .. } => *where_,
            _ => None,
        };
        let mut subjects = Subjects::new(&self.out);
        // What narrows the rule has been judged before its branches are.
        let assumed = assumed.into_iter().chain(rule.while_).map(|id| subjects.formula(id)).collect();
        let assumed = Formula::All(assumed);
        let asked: Vec<Formula> = rule
            .branches
            .iter()
            .map(|branch| match branch.condition {
                Some(id) => subjects.formula(id),
                None => Formula::Known(true),
            })
            .collect();
        let must_cover = rule.branches.len() > 1;
        let found = try_all(&subjects, &assumed, &asked);
        let Some(found) = found else {
            // Too much to try: only a last `annars` shows that nothing is left out.
            if must_cover && rule.branches.last().is_some_and(|branch| branch.condition.is_some()) {
                let at = tree.branches.last().map_or(tree.name.span, |branch| branch.opening);
                self.report(report::not_covered(at, None));
            }
            return;
        };
        let example = found.uncovered.as_ref().map(|values| {
            let shown: Vec<Words> = subjects
                .all
                .iter()
                .zip(values)
                .filter_map(|(subject, value)| self.shown(subject, *value))
                .collect();
            let join = |pick: fn(&Words) -> &String, and: &str| {
                shown.iter().map(|words| pick(words).as_str()).collect::<Vec<_>>().join(and)
            };
            Words::new(join(|words| &words.sv, " och "), join(|words| &words.en, " and "))
        });
        let mut reports = Vec::new();
        for (place, branch) in tree.branches.iter().enumerate() {
            let at = |list: &[bool]| list.get(place).copied().unwrap_or(true);
            if at(&found.chosen) {
                continue;
            }
            let span = branch.condition.as_ref().map_or(branch.opening, |condition| condition.span);
            let taken = found.taken.get(place).copied().flatten();
            let other: Option<Span> = taken.and_then(|taken| {
                let branch = tree.branches.get(taken)?;
                Some(branch.condition.as_ref().map_or(branch.opening, |condition| condition.span))
            });
            reports.push(report::unreachable_branch(span, other, !at(&found.held)));
        }
        if must_cover && let Some(example) = example {
            let at = tree.branches.last().map_or(tree.name.span, |branch| branch.opening);
            let example = (!example.sv.is_empty()).then_some(&example);
            reports.push(report::not_covered(at, example));
        }
        for diagnostic in reports {
            self.report(diagnostic);
        }
    }

    /// A value of a subject in words.
    fn shown(&self, subject: &Subject, value: i64) -> Option<Words> {
        let text = self.text(subject.span);
        let equal =
            |shown: String| Some(Words::new(format!("`{text} = {shown}`"), format!("`{text} = {shown}`")));
        match subject.sample {
            Sample::YesNo if value == 1 => Some(Words::new(format!("`{text}`"), format!("`{text}`"))),
            Sample::YesNo => Some(Words::new(format!("`inte {text}`"), format!("`not {text}`"))),
            Sample::Order => None,
            Sample::Finite(_, Value::Choice(choice)) => {
                let value = u16::try_from(value).ok()?;
                equal(self.value_text(Value::Choice(ChoiceId { of: choice.of, value })))
            }
            Sample::Finite(..) => equal(self.value_text(Value::Role(u16::try_from(value).ok()?))),
            Sample::Numbers(1, 31, Value::None) => Some(Words::new(
                format!("`{text}` den {} i månaden", ordinal(value, Language::Swedish)),
                format!("`{text}` on the {} of the month", ordinal(value, Language::English)),
            )),
            Sample::Numbers(_, _, kind) => equal(match kind {
                Value::Count(_) => self.value_text(Value::Count(value)),
                Value::Number(_) => self.value_text(Value::Number(value)),
                Value::Amount(_) => self.value_text(Value::Amount(value)),
                Value::Duration(_) => self.value_text(Value::Duration(value)),
                Value::Day(_) => crate::time::Day::from_number(i32::try_from(value).ok()?)?.to_string(),
                _ => return None,
            }),
        }
    }
}

/// Tries every combination of values; `None` when there are too many.
fn try_all(subjects: &Subjects<'_>, assumed: &Formula, asked: &[Formula]) -> Option<Findings> {
    let columns = subjects.values();
    let cases = columns.iter().try_fold(1usize, |all, column| all.checked_mul(column.len()))?;
    if cases > MOST_CASES {
        return None;
    }
    let mut found = Findings {
        chosen: vec![false; asked.len()],
        held: vec![false; asked.len()],
        taken: vec![None; asked.len()],
        uncovered: None,
    };
    let mut places = vec![0usize; columns.len()];
    loop {
        let values: Vec<i64> = columns
            .iter()
            .zip(&places)
            .map(|(column, place)| column.get(*place).copied().unwrap_or(0))
            .collect();
        if assumed.holds(&values) {
            let first = asked.iter().position(|formula| formula.holds(&values));
            for (place, formula) in asked.iter().enumerate() {
                if !formula.holds(&values) {
                    continue;
                }
                mark(&mut found.held, place);
                if first == Some(place) {
                    mark(&mut found.chosen, place);
                } else if let Some(slot) = found.taken.get_mut(place) {
                    *slot = slot.or(first);
                }
            }
            // A number of things that is less than nothing is a poor example.
            let better = |old: &Vec<i64>| subjects.has_negative(old) && !subjects.has_negative(&values);
            if first.is_none() && found.uncovered.as_ref().is_none_or(better) {
                found.uncovered = Some(values);
            }
        }
        if !next(&mut places, &columns) {
            return Some(found);
        }
    }
}

fn ordinal(day: i64, language: Language) -> String {
    crate::syntax::words::ordinal(u32::try_from(day).unwrap_or(0), language)
}

fn mark(list: &mut [bool], place: usize) {
    if let Some(slot) = list.get_mut(place) {
        *slot = true;
    }
}
