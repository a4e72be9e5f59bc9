//! Differences as JSON Lines: one object for each, then one summary. The names of the keys are the interface.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::Language;
use crate::impact::summary::Tally;
use crate::impact::{Aspect, Difference, Impact, Placed, Side};
use crate::program::Program;
use crate::record::write_outcome;
use crate::time::Day;

/// The differences as JSON Lines, in their order, and the summary last. Words are in `language`; names never change.
pub fn json(impact: &Impact<'_>, language: Language) -> String {
    let mut out = String::new();
    for difference in &impact.differences {
        push(&mut out, &Line::of(impact, difference, language));
    }
    push(&mut out, &Last { summary: Counted::of(impact) });
    out
}

fn push(out: &mut String, line: &impl Serialize) {
    // Nothing in a line can fail to be written.
    out.push_str(&serde_json::to_string(line).unwrap_or_default());
    out.push('\n');
}

/// A difference.
#[derive(Serialize)]
struct Line<'a> {
    case: &'a str,
    difference: &'static str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    what: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Box<RawValue>>,
}

impl<'a> Line<'a> {
    fn of(impact: &Impact<'_>, difference: &'a Difference<'_>, language: Language) -> Line<'a> {
        let rule = difference.rule();
        let aspects = Aspect::ALL.into_iter().filter(|aspect| difference.concerns(*aspect));
        let outcome =
            |side, placed: Option<Placed<'_>>| placed.and_then(|placed| outcome(side, placed, language));
        Line {
            case: difference.case,
            difference: difference.nature().as_str(),
            rule,
            new_rule: difference.new_rule.as_deref().filter(|new| *new != rule),
            dated: difference.dated,
            days: difference.days,
            what: aspects.map(Aspect::as_str).collect(),
            changes: difference.changes.iter().map(|change| change.key.as_str()).collect(),
            before: difference.before.map(|since| since.day()),
            old: outcome(impact.old, difference.old),
            new: outcome(impact.new, difference.new),
        }
    }
}

/// An outcome as a run writes it.
fn outcome(side: Side<'_>, placed: Placed<'_>, language: Language) -> Option<Box<RawValue>> {
    let mut line = Vec::new();
    let (program, pool) = (side.ruleset.program(), &side.decisions.pool);
    write_outcome(program, placed.case, placed.outcome, pool, &[], language, &mut line);
    serde_json::from_slice(&line).ok()
}

/// The last line.
#[derive(Serialize)]
struct Last<'a> {
    summary: Counted<'a>,
}

#[derive(Serialize)]
struct Counted<'a> {
    old: Which<'a>,
    new: Which<'a>,
    as_of: Option<Day>,
    cases: usize,
    not_compared: &'a [String],
    alike: usize,
    left_to_old: usize,
    before_in_force: usize,
    #[serde(flatten)]
    all: Counts,
    rules: Vec<Row<'a>>,
    by_case: Vec<Row<'a>>,
    days: Vec<Moved>,
    renamed: Vec<Renamed<'a>>,
    aside: &'a BTreeMap<&'static str, usize>,
}

/// A ruleset.
#[derive(Serialize)]
struct Which<'a> {
    ruleset: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ruleset_version: Option<&'a str>,
    from: Day,
    outcomes: usize,
}

#[derive(Serialize)]
struct Counts {
    differences: usize,
    gained: usize,
    lost: usize,
    moved: usize,
    value: usize,
    status: usize,
    branch: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<&'a str>,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct Moved {
    days: i64,
    outcomes: usize,
}

#[derive(Serialize)]
struct Renamed<'a> {
    rule: &'a str,
    new_rule: &'a str,
    outcomes: usize,
}

impl<'a> Counted<'a> {
    fn of(impact: &'a Impact<'_>) -> Counted<'a> {
        let summary = &impact.summary;
        let row = |rule, case, tally: &Tally| Row { rule, case, counts: Counts::of(tally) };
        let rules = summary.rules.iter().map(|(name, tally)| row(Some(name.as_str()), None, tally));
        let cases = summary.by_case.iter().map(|(name, tally)| row(None, Some(name.as_str()), tally));
        let days = summary.days.iter().map(|(days, outcomes)| Moved { days: *days, outcomes: *outcomes });
        let renamed = summary.renamed.iter().map(|(rule, new_rule, outcomes)| Renamed {
            rule,
            new_rule,
            outcomes: *outcomes,
        });
        Counted {
            old: Which::of(impact.old.ruleset.program(), summary.old_outcomes),
            new: Which::of(impact.new.ruleset.program(), summary.new_outcomes),
            as_of: summary.as_of,
            cases: summary.cases,
            not_compared: &summary.not_compared,
            alike: summary.alike,
            left_to_old: summary.left_to_old,
            before_in_force: summary.before_in_force,
            all: Counts::of(&summary.all),
            rules: rules.collect(),
            by_case: cases.collect(),
            days: days.collect(),
            renamed: renamed.collect(),
            aside: &summary.aside,
        }
    }
}

impl<'a> Which<'a> {
    fn of(program: &'a Program, outcomes: usize) -> Which<'a> {
        let header = &program.header;
        Which {
            ruleset: &header.name,
            ruleset_version: header.version.as_deref(),
            from: header.in_force.from,
            outcomes,
        }
    }
}

impl Counts {
    fn of(tally: &Tally) -> Counts {
        let Tally { all, gained, lost, moved, value, status, branch } = *tally;
        Counts { differences: all, gained, lost, moved, value, status, branch }
    }
}
