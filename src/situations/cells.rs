//! Cells: every combination of values that a rule can tell apart, days aside; those that it treats alike only once.

use std::collections::{BTreeSet, HashMap};

use crate::program::code::Op;
use crate::program::{ExprId, FactSource, Program};
use crate::time::Day;
use crate::value::Value;

use super::depends::Needs;
use super::domains::Domain;
use super::judge::Judge;
use super::panel::Panel;

/// More combinations of values than these are not tried.
pub const MOST_CELLS: u64 = 1_000_000;

/// A combination of values, and how many combinations the rule treats like it.
#[derive(Clone, Debug)]
pub struct Cell {
    /// A value for each subject; unknown for those that are days.
    pub values: Vec<Value>,
    /// How many combinations it stands for, itself included.
    pub stands_for: u64,
}

/// How many combinations there are; nothing when there are too many to count.
pub fn combinations(domains: &[Domain], matter: Needs) -> Option<u64> {
    let mut all = 1u64;
    for (place, domain) in domains.iter().enumerate() {
        if Needs::subject(place).within(matter) {
            all = all.checked_mul(u64::try_from(domain.values.len().max(1)).ok()?)?;
        }
    }
    Some(all)
}

/// Every combination of values. Subjects that do not `matter` keep their first value. Combinations that some expressions
/// treat alike on every day come as one; with none given, each comes by itself.
pub fn cells(
    panel: &mut Panel<'_>,
    domains: &[Domain],
    matter: Needs,
    focused: Option<&[Vec<ExprId>]>,
) -> Vec<Cell> {
    let hinges: Option<Vec<Hinges>> = focused.map(|focused| {
        panel.judges().iter().zip(focused).map(|(judge, focused)| hinges(judge, focused)).collect()
    });
    let mut all: Vec<Cell> = Vec::new();
    let mut known: HashMap<Vec<Value>, usize> = HashMap::new();
    let mut places = vec![0usize; domains.len()];
    let mut values: Vec<Value> = domains.iter().map(first).collect();
    for (subject, value) in values.iter().enumerate() {
        panel.suppose(subject, *value);
    }
    let day = panel.judges().first().map_or(Day::MIN, |judge| judge.program().header.in_force.from);
    loop {
        let signature = match &hinges {
            Some(hinges) => signature(panel, day, hinges),
            None => values.clone(),
        };
        match known.get(&signature).and_then(|place| all.get_mut(*place)) {
            Some(cell) => cell.stands_for = cell.stands_for.saturating_add(1),
            None => {
                known.insert(signature, all.len());
                all.push(Cell { values: values.clone(), stands_for: 1 });
            }
        }
        // The next combination: like an odometer, the last subject turns fastest.
        let mut turned = false;
        for subject in (0..domains.len()).rev() {
            let Some(domain) = domains.get(subject) else { continue };
            if !Needs::subject(subject).within(matter) || domain.values.len() < 2 {
                continue;
            }
            let Some(place) = places.get_mut(subject) else { continue };
            *place = place.saturating_add(1);
            turned = *place < domain.values.len();
            if !turned {
                *place = 0;
            }
            let value = domain.values.get(*place).copied().unwrap_or(Value::Unknown);
            if let Some(slot) = values.get_mut(subject) {
                *slot = value;
            }
            panel.suppose(subject, value);
            if turned {
                break;
            }
        }
        if !turned {
            return all;
        }
    }
}

fn first(domain: &Domain) -> Value {
    domain.values.first().copied().unwrap_or(Value::Unknown)
}

/// The parts of expressions that depend on no day, and that nothing larger which depends on none contains: for each
/// expression their places in it.
pub type Hinges = Vec<(ExprId, Vec<usize>)>;

/// The parts of a judge's expressions that decide, day by day, what they come to: combinations of values that give them
/// the same values are one [`Cell`].
pub fn hinges(judge: &Judge<'_>, focused: &[ExprId]) -> Hinges {
    let dependencies = judge.dependencies();
    let code = &judge.program().code;
    let mut all = Vec::new();
    // What is named and what is computed may rest on a day and on something else besides.
    let mut waiting: Vec<ExprId> = focused.to_vec();
    waiting.extend(judge.shape().lets().map(|one| one.value));
    let mut seen = BTreeSet::new();
    while let Some(expr) = waiting.pop() {
        if !seen.insert(expr.0) {
            continue;
        }
        waiting.extend(code.ops(expr).iter().filter_map(|op| computed(judge.program(), *op)));
        let parts = dependencies.parts(expr);
        let still = |place: usize| parts.get(place).is_some_and(|needs| !needs.meets(dependencies.days));
        let mut hinge: BTreeSet<usize> = BTreeSet::new();
        match parts.len().checked_sub(1) {
            // What is named counts where it is read, as long as no day plays a part in it.
            Some(last) if still(last) => {
                if focused.contains(&expr) {
                    hinge.insert(last);
                }
            }
            _ => {
                let days = code.ops(expr).iter().enumerate().filter(|(place, _)| !still(*place));
                let read = days.flat_map(|(_, op)| op.reads(code)).map(|at| at.0 as usize);
                hinge.extend(read.filter(|place| still(*place)));
            }
        }
        if !hinge.is_empty() {
            all.push((expr, hinge.into_iter().collect()));
        }
    }
    all
}

/// The expression that a computed fact is read by.
fn computed(program: &Program, op: Op) -> Option<ExprId> {
    let (Op::Fact(fact) | Op::FactFor(fact, _)) = op else { return None };
    match program.facts.get(fact.index())?.source {
        FactSource::Computed(expr) => Some(expr),
        _ => None,
    }
}

fn signature(panel: &mut Panel<'_>, day: Day, hinges: &[Hinges]) -> Vec<Value> {
    let mut all = Vec::new();
    let mut parts = Vec::new();
    for (judge, hinges) in panel.judges_mut().iter_mut().zip(hinges) {
        judge.set(day);
        for (expr, places) in hinges {
            judge.trial().parts(*expr, &mut parts);
            all.extend(places.iter().map(|place| parts.get(*place).copied().unwrap_or(Value::Unknown)));
        }
    }
    all
}
