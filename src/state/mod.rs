//! Facts over time: every fact and duty of one case on a day, what set it, until when, and what is to come.
//!
//! [`state`] runs a case through the as-of day and reads off how it stands on another day, which may be earlier or
//! later. An earlier day is seen with what is known at the end of the as-of day, a later one with what is scheduled by
//! then: nothing is assumed to happen that has not been reported. A [`State`] is plain data; the same [`Timeline`]
//! drawn on a terminal, as SVG or said in sentences comes out of [`render`].
//!
//! Data walks one way: `course` works out what each fact was and when, `duties` and `coming` what is owed and what is
//! scheduled, `timeline` puts all of it beside each other on one stretch of days.

mod coming;
mod computed;
mod course;
mod duties;
mod permissions;
pub mod render;
mod timeline;

pub use coming::{Coming, ComingKind};
pub use computed::rests_on;
pub use course::{Course, Held, Renewal, SetBy, Subject};
pub use duties::DutyState;
pub use timeline::Timeline;

use crate::program::{CitationId, Program, RuleId};
use crate::run::{Case, KindName, Outcome, OutcomeKind, Settings, run_to_end};
use crate::time::Day;
use crate::value::{Pool, Value};

/// How one case stands on a day.
#[derive(Clone, Debug)]
pub struct State {
    /// The case.
    pub case: String,
    /// The day asked about; all of it is through its end.
    pub on: Day,
    /// The day through whose end everything reported is known.
    pub as_of: Day,
    /// Every fact that a case of this kind can have, in the order of the rules; one with a parameter once for each value
    /// of the parameter that anything was said of.
    pub facts: Vec<FactState>,
    /// The permissions and prohibitions in force on the day.
    pub permissions: Vec<Course>,
    /// Every duty that has arisen by the as-of day, in the order in which they arose. [`State::standing`] gives those
    /// that are owed on the day.
    pub duties: Vec<DutyState>,
    /// What could not be determined by the end of the day and may have changed something: undetermined outcomes and
    /// conflicts, by their places in [`State::outcomes`].
    pub undetermined: Vec<usize>,
    /// What changes after the day, in the order of days.
    pub coming: Vec<Coming>,
    /// All facts, permissions and duties beside each other.
    pub timeline: Timeline,
    /// The outcomes of the run; [`SetBy::Outcome`] and [`DutyState::outcome`] name them by place.
    pub outcomes: Vec<Outcome>,
    /// The texts and sets that values name.
    pub pool: Pool,
}

/// A fact on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct FactState {
    /// The fact over time.
    pub course: Course,
    /// What it is on the day. [`Value::Unknown`]: nobody has said; [`Value::None`]: it is known to be none.
    pub held: Held,
    /// Undetermined firings that could have made it otherwise: the rule and the day it fired.
    pub assumes: Vec<(RuleId, Day)>,
}

impl FactState {
    /// What it becomes when it next changes, as far as that is scheduled or known.
    pub fn next(&self) -> Option<&Held> {
        let after = self.held.until?;
        self.course.held.iter().find(|held| held.from.is_some_and(|from| from > after))
    }

    /// Whether it has been the same from the start: nothing ever set it.
    pub fn is_unchanged(&self) -> bool {
        self.course.held.len() == 1 && self.held.set_by == SetBy::Start && self.assumes.is_empty()
    }

    /// Whether nobody has ever said anything of it.
    pub fn is_blank(&self) -> bool {
        self.held.value == Value::Unknown && self.course.held.len() == 1 && self.assumes.is_empty()
    }
}

impl State {
    /// The duties that are owed at the end of the day: those that had arisen and were neither met nor lapsed by then. On
    /// a day after the as-of day, those that are not met by the as-of day.
    pub fn standing(&self) -> impl Iterator<Item = &DutyState> {
        self.duties.iter().filter(|duty| duty.stands)
    }

    /// The outcome that shows a duty or laid a value down, by its place.
    pub fn outcome(&self, place: usize) -> Option<&Outcome> {
        self.outcomes.get(place)
    }

    /// What a value rests on, the nearest citation first: that of the outcome which set it, else of the fact itself.
    pub fn citations<'a>(&'a self, program: &'a Program, subject: Subject, held: &Held) -> &'a [CitationId] {
        match (held.set_by, subject) {
            (SetBy::Outcome(place), _) => self.outcome(place).map_or(&[], |outcome| &outcome.citations),
            (_, Subject::Fact(fact, _)) => {
                program.facts.get(fact.index()).map_or(&[], |fact| &fact.grounds.citations)
            }
            (_, Subject::Permission(..)) => &[],
        }
    }
}

/// How a case stands at the end of a day, by what is known at the end of [`Settings::as_of`].
///
/// The day may lie after the as-of day: then only what is scheduled is told, and how duties stand on the as-of day.
pub fn state(program: &Program, settings: &Settings, case: &Case, pool: &Pool, on: Day) -> State {
    let mut own = pool.clone();
    let mut ended = run_to_end(program, settings, case, &mut own);
    let duties = duties::duties(program, settings, case, pool, &ended, on);
    let permissions = permissions::courses(&ended);
    let days = course::Days::of(program, case, &ended, &duties, on);
    let courses = computed::courses(program, settings, case, pool, &mut ended, &days);
    ended.world.look_from(on, None);
    let facts: Vec<FactState> = courses
        .into_iter()
        .map(|course| {
            let held = course.on(on);
            let assumes = match course.subject {
                Subject::Fact(fact, of) => ended.world.fact_assuming(fact, of, on).1,
                Subject::Permission(..) => Vec::new(),
            };
            FactState { course, held, assumes }
        })
        .collect();
    let outcomes = std::mem::take(&mut ended.outcomes.outcomes);
    let coming = coming::coming(&facts, &permissions, &outcomes, on);
    let undetermined = undetermined(&outcomes, on);
    let timeline = Timeline::of(case, &facts, &permissions, &duties, &coming, (on, settings.as_of));
    let permissions = permissions.into_iter().filter(|course| course.on(on).value != Value::None).collect();
    State {
        case: case.id.clone(),
        on,
        as_of: settings.as_of,
        facts,
        permissions,
        duties,
        undetermined,
        coming,
        timeline,
        outcomes,
        pool: own,
    }
}

/// The outcomes through a day that leave open what holds or is owed.
fn undetermined(outcomes: &[Outcome], on: Day) -> Vec<usize> {
    let open = |outcome: &Outcome| match outcome.kind {
        OutcomeKind::Conflict { .. } => true,
        OutcomeKind::Undetermined { of, .. } => matches!(
            of,
            KindName::Begins
                | KindName::Ends
                | KindName::Becomes
                | KindName::Duty
                | KindName::RecurringDuty
                | KindName::May
                | KindName::MustNot
        ),
        _ => false,
    };
    let by_then = |outcome: &Outcome| outcome.fired.is_some_and(|fired| fired <= on);
    let all = outcomes.iter().enumerate();
    all.filter(|(_, outcome)| open(outcome) && by_then(outcome)).map(|(place, _)| place).collect()
}
