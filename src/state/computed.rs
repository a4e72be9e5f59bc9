//! Facts as they were on each day: stored ones from their timelines, computed ones worked out wherever they can change.

use std::collections::BTreeSet;

use super::course::{Course, Days, SetBy, Subject, Writing, stored};
use crate::program::code::Op;
use crate::program::{EventId, ExprId, FactId, FactSource, Program};
use crate::run::{Case, Ended, Settings, run_to_end};
use crate::time::Day;
use crate::value::{Pool, Value};

/// What every fact of the case was on each day.
pub(super) fn courses(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    ended: &mut Ended<'_>,
    days: &Days,
) -> Vec<Course> {
    let mut courses = Vec::new();
    let mut worked_out: Vec<(FactId, Writing)> = Vec::new();
    for (place, fact) in program.facts.iter().enumerate() {
        let id = FactId::at(place);
        if fact.kinds != crate::program::Kinds::default() && !fact.kinds.has(case.kind) {
            continue;
        }
        if matches!(fact.source, FactSource::Computed(_)) {
            worked_out.push((id, Writing::new(Value::Unknown, SetBy::Computed)));
            continue;
        }
        let parameters = ended.world.parameters(id);
        // What is said of a fact without its parameter is said of all values of it.
        let of_all = ended.world.timeline(id, None).is_some_and(|line| !line.stretches().is_empty());
        if parameters.is_empty() || of_all {
            courses.push(stored(ended, id, fact, None));
        }
        for of in parameters {
            courses.push(stored(ended, id, fact, Some(of)));
        }
    }
    if !worked_out.is_empty() {
        work_out(program, settings, case, pool, ended, days, &mut worked_out);
    }
    courses.extend(worked_out.into_iter().map(|(id, writing)| writing.course(Subject::Fact(id, None))));
    courses.sort_by_key(|course| match course.subject {
        Subject::Fact(fact, _) => fact,
        Subject::Permission(..) => FactId(u32::MAX),
    });
    courses
}

/// Works computed facts out on every day on which they can change.
fn work_out(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &Pool,
    ended: &mut Ended<'_>,
    days: &Days,
    facts: &mut [(FactId, Writing)],
) {
    let ids: Vec<FactId> = facts.iter().map(|(id, _)| *id).collect();
    let daily = ids.iter().any(|id| program.fact_turns(*id));
    let asks_duties = ids.iter().any(|id| asks_of_duties(program, *id));
    let mut all: BTreeSet<Day> = days.days.iter().copied().collect();
    if daily {
        let (first, last) = days.within;
        let mut day = first;
        while day < last {
            all.insert(day);
            let Ok(next) = day.next() else { break };
            day = next;
        }
    }
    for day in all {
        // Duties arise and are met on the days of the list only, so a day between two of them sees the same ones.
        if asks_duties && days.days.binary_search(&day).is_ok() {
            let as_of = day.min(settings.as_of);
            let then = Settings { as_of, ..settings.clone() };
            let mut pool = pool.clone();
            let then = run_to_end(program, &then, case, &mut pool);
            ended.world.look_from(day, Some(&then.world));
        } else {
            ended.world.look_from(day, None);
        }
        for (id, writing) in facts.iter_mut() {
            let (value, _) = ended.world.fact_assuming(*id, None, day);
            writing.from(day, value, SetBy::Computed, None);
        }
    }
}

/// Whether a computed fact asks how duties or decisions stand.
fn asks_of_duties(program: &Program, fact: FactId) -> bool {
    let Some(FactSource::Computed(expr)) = program.facts.get(fact.index()).map(|fact| fact.source) else {
        return false;
    };
    program.code.ops(expr).iter().any(|op| match op {
        Op::DutyIs(..) | Op::DecisionIs(..) => true,
        Op::Fact(other) | Op::FactFor(other, _) => asks_of_duties(program, *other),
        _ => false,
    })
}

/// The facts and the events that a computed fact is worked out from, each once, in the order of its words.
pub fn rests_on(program: &Program, expr: ExprId) -> (Vec<FactId>, Vec<EventId>) {
    let (mut facts, mut events) = (Vec::new(), Vec::new());
    for op in program.code.ops(expr) {
        match op {
            Op::Fact(fact) | Op::FactFor(fact, _) | Op::Previous(fact) | Op::PreviousFor(fact, _)
                if !facts.contains(fact) =>
            {
                facts.push(*fact);
            }
            Op::LookBack(index) => {
                let look = program.code.look_backs.get(*index as usize);
                events.extend(look.map(|look| look.event).filter(|event| !events.contains(event)));
            }
            Op::DecisionIs(event, _) if !events.contains(event) => events.push(*event),
            _ => {}
        }
    }
    (facts, events)
}
