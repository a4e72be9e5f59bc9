//! Then and now: what was said on the knowledge of one day beside what is said on that of a later day, and where the two
//! part.
//!
//! Four clocks tell on an outcome. An event has a **date**; a line becomes **known** on a day; the end of a day is the
//! one **as of** which everything is seen; and a rule has **versions**. [`then_and_now`] runs each case on what was known
//! then and on what is known now, pairs the outcomes (`pairs`), and finds which clock made those differ that do. To that
//! end it walks from then to now (`walk`): first line by line through what became known of the days that had passed
//! already, then day by day and line by line through what has happened since. Where an outcome last leaves what it was
//! then, there the two part. [`parting`] lays the two derivations beside each other and follows the
//! difference from that point through facts, conditions and branches to the outcome (`points`).

mod entries;
mod pairs;
mod parting;
mod points;
pub mod render;
mod walk;
mod way;

use std::collections::HashMap;

pub use entries::{Entry, EntryKind};
pub use pairs::{Aspect, pairs};
pub use parting::{Parting, parting};
pub use points::{Point, Told, What};
pub use walk::PartsAt;

use crate::diagnostics::{Diagnostic, clocks};
use crate::program::{KindId, Program};
use crate::record::{Known, Ledger};
use crate::run::{Case, CaseOutcomes, Decisions, History, Outcome, Settings, run_one};
use crate::source::Span;
use crate::time::Day;
use crate::value::Pool;

/// Two days of knowledge, the first no later than the second; each is through its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThenAndNow {
    then: Day,
    now: Day,
    as_of: Option<Day>,
    standing: bool,
}

impl ThenAndNow {
    /// What was known by the end of one day beside what is known by the end of another. Each run is as of its own day.
    ///
    /// # Errors
    /// A diagnostic when the first day is after the second.
    pub fn new(then: Day, now: Day) -> Result<ThenAndNow, Box<Diagnostic>> {
        if then > now {
            return Err(Box::new(clocks::then_after_now(then, now)));
        }
        Ok(ThenAndNow { then, now, as_of: None, standing: false })
    }

    /// Both runs as of one day: only what was known differs.
    #[must_use]
    pub fn as_of(self, day: Day) -> ThenAndNow {
        ThenAndNow { as_of: Some(day), ..self }
    }

    /// The municipality's own case, too, even when no line is of it.
    #[must_use]
    pub fn with_standing(self) -> ThenAndNow {
        ThenAndNow { standing: true, ..self }
    }
}

/// What can make an outcome differ between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// Something became known: a line dated on or before the earlier day was entered, corrected or withdrawn after it.
    Known,
    /// Time has passed: the runs are as of different days.
    AsOf,
    /// Something has happened: a line dated after the earlier day.
    Event,
    /// The rule is followed in another of its versions.
    Version,
}

impl Clock {
    /// The name as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Clock::Known => "known",
            Clock::AsOf => "as_of",
            Clock::Event => "event",
            Clock::Version => "version",
        }
    }
}

/// A run on what was known by the end of a day.
#[derive(Clone, Debug)]
pub struct Side {
    /// The day.
    pub known_by: Day,
    /// The as-of day, the readings and the calendars.
    pub settings: Settings,
    /// The cases as they were known.
    pub history: History,
    /// What they brought.
    pub decisions: Decisions,
}

impl Side {
    /// A case, by its place in the history, and an outcome of it.
    pub fn outcome(&self, case: usize, outcome: usize) -> Option<(&Case, &Outcome)> {
        let of_case = self.decisions.cases.get(case)?;
        Some((self.history.cases.get(case)?, of_case.outcomes.get(outcome)?))
    }
}

/// Then beside now.
#[derive(Clone, Debug)]
pub struct Parted {
    /// On what was known then.
    pub then: Side,
    /// On what is known now.
    pub now: Side,
    /// Case by case: those of now in their order, then those that were known then only.
    pub cases: Vec<PartedCase>,
    /// What is odd in the lines as they are known now.
    pub diagnostics: Vec<Diagnostic>,
    /// How many lines were left out because something is wrong with them.
    pub bad_lines: usize,
}

/// One case then and now.
#[derive(Clone, Debug)]
pub struct PartedCase {
    /// Its name.
    pub id: String,
    /// Its place in the history of then.
    pub then: Option<usize>,
    /// Its place in the history of now.
    pub now: Option<usize>,
    /// The lines about it that are not the same then and now, in the order in which they bear on it.
    pub entries: Vec<Entry>,
    /// The outcomes that differ, in the order of the days on which they fired.
    pub differing: Vec<Difference>,
    /// The outcomes that are the same: their places then and now.
    pub unchanged: Vec<(usize, usize)>,
}

/// An outcome that came, went, or is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its place among the outcomes of then; none for one that came.
    pub then: Option<usize>,
    /// Its place among the outcomes of now; none for one that went.
    pub now: Option<usize>,
    /// What of it differs; empty for one that came or went.
    pub aspects: Vec<Aspect>,
    /// Where the two part, and after it whatever else made it what it is now.
    pub at: Vec<PartsAt>,
    /// The clocks that bear on it, the one that made the two part first.
    pub clocks: Vec<Clock>,
}

impl Difference {
    /// `came`, `went` or `changed`.
    pub const fn change(&self) -> &'static str {
        match (self.then, self.now) {
            (None, _) => "came",
            (_, None) => "went",
            _ => "changed",
        }
    }
}

/// Runs every case on what was known then and on what is known now, and says which outcomes differ and why.
///
/// Of `settings` the readings, calendars and given facts count; the as-of days are those of `days`.
pub fn then_and_now(program: &Program, ledger: &Ledger, days: &ThenAndNow, settings: &Settings) -> Parted {
    let mut pool = ledger.pool().clone();
    let settings = |day: Day| Settings { as_of: days.as_of.unwrap_or(day), ..settings.clone() };
    let standing = if days.standing { program.municipality_kind() } else { None };
    let mut diagnostics = Vec::new();
    let mut bad_lines = 0;
    let mut side = |day: Day| {
        let input = ledger.known_by(program, day);
        (diagnostics, bad_lines) = (input.diagnostics, input.bad_lines);
        let mut history = input.history;
        if let Some(kind) = standing.filter(|kind| history.cases.iter().all(|case| case.kind != *kind)) {
            history.cases.push(Case::new(program.header.name.as_str(), kind, Vec::new()));
        }
        let settings = settings(day);
        let run = |(place, case): (usize, &Case)| CaseOutcomes {
            case: place,
            ..run_one(program, &settings, case, &mut pool, None)
        };
        let cases = history.cases.iter().enumerate().map(run).collect();
        let decisions = Decisions { as_of: settings.as_of, cases, pool: Pool::default() };
        Side { known_by: day, settings, history, decisions }
    };
    let (then, now) = (side(days.then), side(days.now));
    let journey = Journey {
        program,
        ledger,
        subjects: ledger.subjects(),
        known: (ledger.known(days.then), ledger.known(days.now)),
        then: &then,
        now: &now,
        standing,
    };
    let mut cases: Vec<PartedCase> = Vec::new();
    for (place, case) in now.history.cases.iter().enumerate() {
        let before = then.history.cases.iter().position(|known| known.id == case.id);
        cases.push(journey.case(&case.id, before, Some(place), &mut pool));
    }
    for (place, case) in then.history.cases.iter().enumerate() {
        if now.history.cases.iter().all(|known| known.id != case.id) {
            cases.push(journey.case(&case.id, Some(place), None, &mut pool));
        }
    }
    let (mut then, mut now) = (then, now);
    for side in [&mut then, &mut now] {
        side.decisions.pool.clone_from(&pool);
        side.history.pool.clone_from(&pool);
    }
    Parted { then, now, cases, diagnostics, bad_lines }
}

/// What it takes to go from then to now.
struct Journey<'a> {
    program: &'a Program,
    ledger: &'a Ledger,
    /// What each line speaks of.
    subjects: HashMap<Span, usize>,
    /// Which lines count, then and now.
    known: (Known, Known),
    then: &'a Side,
    now: &'a Side,
    /// The kind of the municipality's own case, when it is run without a line of it.
    standing: Option<KindId>,
}
