//! Program + case → outcomes: the event calculus on days, plus duties.
//!
//! [`run`] takes a checked program and a history and gives what each case brought as of the end of a day. Within a day
//! things come in the order that the language fixes (`case`); a rule looks at a trigger without changing anything
//! (`fire`); what the rules of one trigger said is put together and applied at once (`settle`). Expressions are
//! evaluated with three-valued logic (`evaluate`). Nothing here fails: what cannot be known is undetermined, and says
//! what is missing (`missing`).
//!
//! Only days are run on which something happens, or can be other than it was: `turning` says when that is next, `watch` which
//! facts to ask on a day. Events are found by what happened (`by_event`), duties by what they wait for (`waiting`).

mod anomaly;
mod arise;
mod bring;
mod by_event;
mod calendar;
mod carried;
mod case;
mod conflict;
mod decide;
mod decisions;
mod duties;
mod duty;
mod ended;
mod evaluate;
mod exceptions;
mod finish;
mod fire;
mod firing;
pub mod history;
mod missing;
mod need;
pub mod observer;
pub mod outcome;
mod put;
mod recurring;
mod settings;
mod settle;
pub mod timeline;
mod trial;
mod turning;
mod turns;
mod waiting;
mod watch;
mod world;

pub use anomaly::{Anomaly, Source};
pub use calendar::{period_around, sets_off};
pub use carried::{CannotResume, CaseState};
pub use conflict::{Claim, Contested};
pub use decisions::{CaseOutcomes, Decisions};
pub use ended::{Ended, run_to_end};
pub(crate) use evaluate::{Parts, plain, rows_that_answer};
pub(crate) use evaluate::{called, rate, why_not_answered};
pub(crate) use firing::gather;
pub use history::*;
pub use need::{Lack, Need};
pub use outcome::*;
pub use recurring::Counted;
pub use settings::Settings;
pub use trial::Trial;
pub use world::World;

use crate::program::Program;

/// Runs every case of a history through the end of the as-of day.
pub fn run(program: &Program, history: &History, settings: &Settings) -> Decisions {
    let mut pool = history.pool.clone();
    let cases = history
        .cases
        .iter()
        .enumerate()
        .map(|(place, case)| case::run_case(program, settings, place, case, &mut pool, None).outcomes)
        .collect();
    Decisions { as_of: settings.as_of, cases, pool }
}

/// Evaluates an expression in a case before anything has happened in it, in the frame of one of its events.
///
/// For what stands beside the rules, such as what an example expects: facts are as [`Settings::given`] says.
pub fn evaluate(
    program: &Program,
    settings: &Settings,
    case: &Case,
    pool: &mut crate::value::Pool,
    event: Option<&Happening>,
    expr: crate::program::ExprId,
) -> crate::value::Value {
    let mut world = World::new(program, settings, case, pool, None);
    let day = event.map_or(settings.as_of, |event| event.date);
    let frame = evaluate::Frame { event, ..evaluate::Frame::on(day) };
    world.evaluate(expr, &frame)
}

/// Runs one case; whoever watches sees what it does.
pub fn run_one<'a>(
    program: &'a Program,
    settings: &'a Settings,
    case: &'a Case,
    pool: &'a mut crate::value::Pool,
    observer: Option<&'a mut dyn observer::Observer>,
) -> CaseOutcomes {
    case::run_case(program, settings, 0, case, pool, observer).outcomes
}
