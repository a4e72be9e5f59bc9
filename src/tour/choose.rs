//! The few examples, of all that were tried, that show everything that any of them shows.

use std::collections::BTreeSet;

use super::goal::Goal;
use super::notes::{self, Note};
use super::search::{Search, Tried};
use super::unreached;
use super::{Row, RuleTour};
use crate::Words;
use crate::examples::{Played, expectations, given, own, play, written};
use crate::program::{Program, RuleId};
use crate::run::OutcomeKind;
use crate::value::Pool;

pub(super) fn choose(mut search: Search<'_>) -> RuleTour {
    let tried = std::mem::take(&mut search.tried);
    let mut wanted = search.reached.clone();
    let mut rows: Vec<(Row, BTreeSet<Goal>)> = Vec::new();
    let mut unfit: BTreeSet<usize> = BTreeSet::new();
    while !wanted.is_empty() {
        let fit = tried.iter().enumerate().filter(|(place, _)| !unfit.contains(place));
        let best = fit
            .map(|(place, one)| (one.goals.intersection(&wanted).count(), place, one))
            .filter(|(shows, ..)| *shows > 0)
            .min_by_key(|(shows, place, one)| (std::cmp::Reverse(*shows), cost(one), *place));
        let Some((_, place, one)) = best else { break };
        unfit.insert(place);
        let Some(row) = row(&mut search, one) else { continue };
        for goal in &one.goals {
            wanted.remove(goal);
        }
        rows.push((row, one.goals.clone()));
    }
    let rows = needed(rows);
    let shown: BTreeSet<Goal> = rows.iter().flat_map(|(_, goals)| goals.iter().copied()).collect();
    let mut told: BTreeSet<Goal> = BTreeSet::new();
    let mut rows: Vec<(Row, BTreeSet<Goal>)> = rows;
    rows.sort_by(|(a, _), (b, _)| {
        let order = |row: &Row| (row.example.readings.clone(), row.day, row.branch);
        order(a).cmp(&order(b)).then_with(|| a.text.cmp(&b.text))
    });
    // A row is about what no row before it shows.
    for (row, goals) in &mut rows {
        row.shows.retain(|note: &Note| !told.contains(&note.goal));
        told.extend(goals.iter().copied());
    }
    let rows = rows.into_iter().map(|(row, _)| row).collect();
    let (coverage, unreached) = unreached::coverage(&search.watch, &shown);
    let (rule, tried) = (search.watch.rule, search.watch.runs);
    RuleTour { rule, rows, coverage, unreached, tried, pool: search.watch.pool }
}

/// What a reader prefers: an example the rule has, no other reading, few events and facts, few fields, an early day.
fn cost(tried: &Tried) -> (bool, usize, usize, usize) {
    let example = &tried.example;
    let given = example.facts.len().saturating_add(example.events.len().saturating_mul(2));
    let as_of = usize::from(example.as_of.is_some());
    (tried.present.is_none(), example.readings.len(), given.saturating_add(as_of), 0)
}

/// The rows without those whose every goal another row shows.
fn needed(mut rows: Vec<(Row, BTreeSet<Goal>)>) -> Vec<(Row, BTreeSet<Goal>)> {
    let mut place = rows.len();
    while let Some(at) = place.checked_sub(1) {
        place = at;
        let Some((_, goals)) = rows.get(at) else { continue };
        let shown_elsewhere = |goal: &Goal| {
            rows.iter().enumerate().any(|(other, (_, goals))| other != at && goals.contains(goal))
        };
        if goals.iter().all(shown_elsewhere) {
            rows.remove(at);
        }
    }
    rows
}

/// An example as a row; nothing when what it gives or brings cannot be written.
fn row(search: &mut Search<'_>, tried: &Tried) -> Option<Row> {
    let (program, rule): (&Program, RuleId) = (search.watch.program, search.watch.rule);
    let language = program.rules.get(rule.index())?.language;
    let example = &tried.example;
    let (first, day) = (search.watch.first_day(), search.watch.day(example));
    let pool = search.pool();
    let played = play(program, rule, example, first, pool)?;
    let statuses = example.as_of.is_some() && !example.events.is_empty();
    let expected = expectations(program, rule, &played.run, pool, statuses, language)?;
    let text = written(program, rule, example, &expected, pool, language)?;
    let given = given(program, rule, example, pool, language)?;
    let outcomes = outcomes(program, rule, &played, statuses, pool);
    let shows = notes::notes(&search.watch, tried);
    // One that expects less is not the same.
    let as_full = |number: &usize| {
        let own = program.rules.get(rule.index()).and_then(|rule| rule.examples.get(*number));
        own.is_some_and(|own| own.expected.len() >= expected.len())
    };
    let present = tried.present.filter(as_full);
    let example = example.clone();
    Some(Row { day, given, outcomes, branch: tried.branch, shows, example, text, present })
}

/// What a rule brought in an example that was run, a sentence for each outcome; that it changes nothing is added, and
/// when it is asked for how duties stand and what was missed.
pub fn outcomes(program: &Program, rule: RuleId, played: &Played, standing: bool, pool: &Pool) -> Vec<Words> {
    let own = own(program, rule, &played.run).into_iter();
    own.filter(|outcome| !matches!(outcome.kind, OutcomeKind::Upcoming { .. }))
        .map(|outcome| {
            let sentence = crate::explain::sentence(program, pool, outcome);
            let stands = crate::explain::standing(program, pool, outcome, played.settings.as_of);
            match stands.filter(|_| standing || outcome.remarks.no_change) {
                Some(stands) => {
                    let both = |one: &str, other: &str| format!("{one} {other}");
                    Words::new(both(&sentence.sv, &stands.sv), both(&sentence.en, &stands.en))
                }
                None => sentence,
            }
        })
        .collect()
}
