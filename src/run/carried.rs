//! What a case carries from the end of a day to the days after it, so that a run can be gone on with.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::fmt;

use super::anomaly::Anomaly;
use super::case::{CaseRun, Timer};
use super::decisions::{CaseOutcomes, Decisions};
use super::duty::LiveDuty;
use super::history::{Case, Happening, History};
use super::outcome::Outcome;
use super::settings::Settings;
use super::waiting::Waiting;
use super::world::{Track, World};
use crate::Words;
use crate::diagnostics::Diagnostic;
use crate::program::{ActionId, EventId, Kinds, Program, RoleId};
use crate::time::Day;
use crate::value::Pool;

/// A case as it stands at the end of a day, with all that later days need of it: see
/// [`Ruleset::begin`](crate::Ruleset::begin).
///
/// It belongs to the ruleset it was begun with. It keeps the case's events, so that an outcome can be explained, and
/// looking back reaches all of them; and the settings of the run, so that the readings and calendars stay the same.
#[derive(Clone, Debug)]
pub struct CaseState {
    history: History,
    settings: Settings,
    carried: Carried,
}

/// What the days run so far have brought.
#[derive(Clone, Debug)]
struct Carried {
    arisen: Vec<Outcome>,
    agenda: BinaryHeap<Reverse<Day>>,
    timers: Vec<Timer>,
    due: BinaryHeap<Reverse<(Day, u32)>>,
    clashed: BTreeSet<u32>,
    permissions: BTreeMap<(RoleId, ActionId), Vec<u32>>,
    anomalies: Vec<Anomaly>,
    firings: u32,
    tracks: Vec<Track>,
    duties: Vec<LiveDuty>,
    waiting: Waiting,
    decided: BTreeMap<EventId, Option<bool>>,
    seen: usize,
    failed: Vec<Diagnostic>,
}

/// Why a run cannot be gone on with. Nothing has changed in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CannotResume {
    /// An event lies on a day that has been run, or before it: what it changes has been decided. Run the case anew.
    AlreadyRun {
        /// The event's name.
        event: String,
        /// Its day.
        date: Day,
        /// Its input line.
        line: u32,
        /// The day at whose end the state stands.
        as_of: Day,
    },
    /// An event belongs to another kind of case.
    OtherKind {
        /// The event's name.
        event: String,
        /// Its input line.
        line: u32,
        /// The kind of the case.
        kind: String,
    },
    /// The day asked for lies before the one at whose end the state stands.
    EarlierDay {
        /// The day asked for.
        asked: Day,
        /// The day at whose end the state stands.
        as_of: Day,
    },
}

impl CannotResume {
    /// What is wrong, and what to do.
    pub fn words(&self) -> Words {
        match self {
            CannotResume::AlreadyRun { event, date, line, as_of } => Words::new(
                format!(
                    "`{event}` på rad {line} är daterad {date}, och ärendet är kört till och med {as_of}: kör ärendet från början"
                ),
                format!(
                    "`{event}` on line {line} is dated {date}, and the case has been run through {as_of}: run the case anew"
                ),
            ),
            CannotResume::OtherKind { event, line, kind } => Words::new(
                format!("`{event}` på rad {line} kan inte stå i ett ärende av slaget `{kind}`"),
                format!("`{event}` on line {line} cannot stand in a case of the kind `{kind}`"),
            ),
            CannotResume::EarlierDay { asked, as_of } => Words::new(
                format!(
                    "ärendet är kört till och med {as_of}, som är efter {asked}: kör ärendet från början"
                ),
                format!("the case has been run through {as_of}, which is after {asked}: run the case anew"),
            ),
        }
    }
}

impl fmt::Display for CannotResume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for CannotResume {}

impl CaseState {
    /// Runs a case through the end of the as-of day.
    pub(crate) fn begin(program: &Program, case: &Case, pool: &Pool, settings: &Settings) -> CaseState {
        // A pool of its own: a state outlives the run that read its events, and the other cases of that run.
        let mut history = History { cases: Vec::new(), pool: program.pool.clone() };
        let events = case.events.iter().map(|event| adopted(event, pool, &mut history.pool)).collect();
        history.cases.push(Case::new(case.id.clone(), case.kind, events));
        let mut state = CaseState { history, settings: settings.clone(), carried: Carried::nothing() };
        state.days_after(program, None);
        state
    }

    /// Goes on through the end of a later day, with further events.
    pub(crate) fn resume(
        &mut self,
        program: &Program,
        later: &[Happening],
        pool: &Pool,
        as_of: Day,
    ) -> Result<(), CannotResume> {
        let run = self.as_of();
        if as_of < run {
            return Err(CannotResume::EarlierDay { asked: as_of, as_of: run });
        }
        self.admit(program, later)?;
        if let Some(early) = later.iter().find(|event| event.date <= run) {
            return Err(CannotResume::AlreadyRun {
                event: name_of(program, early.event),
                date: early.date,
                line: early.line,
                as_of: run,
            });
        }
        self.take_in(later, pool);
        self.settings.as_of = as_of;
        self.days_after(program, Some(run));
        Ok(())
    }

    /// Runs the case anew from its first day, with further events of any date.
    pub(crate) fn begin_anew(
        &mut self,
        program: &Program,
        more: &[Happening],
        pool: &Pool,
        as_of: Day,
    ) -> Result<(), CannotResume> {
        self.admit(program, more)?;
        self.take_in(more, pool);
        self.settings.as_of = as_of;
        self.carried = Carried::nothing();
        self.days_after(program, None);
        Ok(())
    }

    /// The outcomes as of the day at whose end the state stands.
    pub(crate) fn decisions(&self, program: &Program) -> Decisions {
        let mut pool = self.history.pool.clone();
        let cases: Vec<CaseOutcomes> = self
            .history
            .cases
            .iter()
            .map(|case| {
                let world = World::new(program, &self.settings, case, &mut pool, None);
                self.carried.clone().taken_up(world).end(0).outcomes
            })
            .collect();
        Decisions { as_of: self.settings.as_of, cases, pool }
    }

    /// The day at whose end the case stands.
    pub fn as_of(&self) -> Day {
        self.settings.as_of
    }

    /// The case with all its events, those after the as-of day among them: they count when a later run reaches them.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What the case is run with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Runs the days that have not been run.
    fn days_after(&mut self, program: &Program, run: Option<Day>) {
        let History { cases, pool } = &mut self.history;
        let Some(case) = cases.first() else { return };
        let carried = std::mem::replace(&mut self.carried, Carried::nothing());
        let world = World::new(program, &self.settings, case, pool, None);
        let mut case = match run {
            Some(_) => carried.taken_up(world),
            None => CaseRun::new(world),
        };
        case.days_after(run);
        self.carried = Carried::of(case);
    }

    /// Whether events can stand in the case.
    fn admit(&self, program: &Program, events: &[Happening]) -> Result<(), CannotResume> {
        let Some(case) = self.history.cases.first() else { return Ok(()) };
        let stranger = events.iter().find(|happening| {
            let declared = program.events.get(happening.event.index());
            declared.is_some_and(|event| event.kinds != Kinds::default() && !event.kinds.has(case.kind))
        });
        match stranger {
            None => Ok(()),
            Some(stranger) => Err(CannotResume::OtherKind {
                event: name_of(program, stranger.event),
                line: stranger.line,
                kind: program.kinds.get(case.kind.index()).map_or_else(String::new, |kind| kind.name.clone()),
            }),
        }
    }

    fn take_in(&mut self, events: &[Happening], from: &Pool) {
        let History { cases, pool } = &mut self.history;
        let Some(case) = cases.first_mut() else { return };
        case.events.extend(events.iter().map(|event| adopted(event, from, pool)));
        // Stable: of one day, what was known before comes first.
        case.events.sort_by_key(|event| event.date);
    }
}

impl Carried {
    /// What a case carries before its first day.
    fn nothing() -> Carried {
        Carried {
            arisen: Vec::new(),
            agenda: BinaryHeap::new(),
            timers: Vec::new(),
            due: BinaryHeap::new(),
            clashed: BTreeSet::new(),
            permissions: BTreeMap::new(),
            anomalies: Vec::new(),
            firings: 0,
            tracks: Vec::new(),
            duties: Vec::new(),
            waiting: Waiting::default(),
            decided: BTreeMap::new(),
            seen: 0,
            failed: Vec::new(),
        }
    }

    /// What a case carries on from the days it has run.
    fn of(run: CaseRun<'_>) -> Carried {
        let CaseRun { world, arisen, agenda, timers, due, clashed, permissions, anomalies, firings, .. } =
            run;
        let World { tracks, duties, waiting, decided, seen, failed, .. } = world;
        Carried {
            arisen,
            agenda,
            timers,
            due,
            clashed,
            permissions,
            anomalies,
            firings,
            tracks,
            duties,
            waiting,
            decided,
            seen,
            failed,
        }
    }

    /// The run as it stood.
    fn taken_up(self, world: World<'_>) -> CaseRun<'_> {
        let Carried {
            arisen,
            agenda,
            timers,
            due,
            clashed,
            permissions,
            anomalies,
            firings,
            tracks,
            duties,
            waiting,
            decided,
            seen,
            failed,
        } = self;
        let world = World { tracks, duties, waiting, decided, seen, failed, ..world };
        CaseRun {
            arisen,
            agenda,
            timers,
            due,
            clashed,
            permissions,
            anomalies,
            firings,
            ..CaseRun::new(world)
        }
    }
}

fn adopted(event: &Happening, from: &Pool, into: &mut Pool) -> Happening {
    let fields = event.fields.iter().map(|value| into.adopt(*value, from)).collect();
    Happening { fields, ..event.clone() }
}

fn name_of(program: &Program, event: EventId) -> String {
    program.events.get(event.index()).map_or_else(String::new, |event| event.named.name.clone())
}
