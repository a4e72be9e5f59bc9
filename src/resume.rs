//! A run that is gone on with: what a program needs that hears of a day's events each night.

use crate::Ruleset;
use crate::run::{CannotResume, Case, CaseState, Decisions, Happening, Settings};
use crate::time::Day;
use crate::value::Pool;

impl Ruleset {
    /// Runs a case through the end of the as-of day and keeps how it stands, to go on from with [`Ruleset::resume`]:
    /// what a program needs that hears of a day's events each night.
    ///
    /// The values of `case` are of `pool`, the pool of the history it was read in. What the state brings so far is what
    /// [`Ruleset::decisions`] says.
    ///
    /// ```
    /// use frist::{Ruleset, Settings};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event decided
    /// event chosen
    /// role client
    /// action choose
    /// rule choice "The client chooses"
    ///   when decided
    ///   client must choose by 3 days after date fulfilled by chosen
    /// "#;
    /// let mut loaded = Ruleset::load([("rules.frist", rules)]);
    /// let ruleset = loaded.ruleset.ok_or("the rules are wrong")?;
    /// let mut read = |line: &str| {
    ///     let file = loaded.sources.add("events.jsonl", line);
    ///     ruleset.read(&loaded.sources, &[file], &Default::default()).history
    /// };
    ///
    /// let monday = read(r#"{"case":"a-1","event":"decided","date":"2025-03-03"}"#);
    /// let case = monday.cases.first().ok_or("one case")?;
    /// let mut state = ruleset.begin(case, &monday.pool, &Settings::as_of("2025-03-03".parse()?));
    ///
    /// let tuesday = read(r#"{"case":"a-1","event":"chosen","date":"2025-03-04"}"#);
    /// let case = tuesday.cases.first().ok_or("one case")?;
    /// ruleset.resume(&mut state, &case.events, &tuesday.pool, "2025-03-04".parse()?)?;
    ///
    /// let decisions = ruleset.decisions(&state);
    /// let (_, duty) = decisions.outcomes().next().ok_or("one duty")?;
    /// assert!(format!("{:?}", duty.kind).contains("status: Met"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn begin(&self, case: &Case, pool: &Pool, settings: &Settings) -> CaseState {
        CaseState::begin(self.program(), case, pool, settings)
    }

    /// Goes on with a case through the end of a later day, with what has happened since. The outcomes are then those of
    /// all its events run at once.
    ///
    /// Of the values of `later`, texts and sets are named in `pool`. There may be no events: then time alone passes.
    /// Days, readings and calendars but for the as-of day are those that the state was begun with.
    ///
    /// # Errors
    /// When an event lies on a day that has been run or before it, or in another kind of case, or when the day asked
    /// for has been passed. The state is as it was; [`Ruleset::begin_anew`] takes events of any day.
    pub fn resume(
        &self,
        state: &mut CaseState,
        later: &[Happening],
        pool: &Pool,
        as_of: Day,
    ) -> Result<(), CannotResume> {
        state.resume(self.program(), later, pool, as_of)
    }

    /// Runs a case anew from its first day, with further events of any day: for what was entered late.
    ///
    /// # Errors
    /// When an event belongs to another kind of case. The state is as it was.
    pub fn begin_anew(
        &self,
        state: &mut CaseState,
        more: &[Happening],
        pool: &Pool,
        as_of: Day,
    ) -> Result<(), CannotResume> {
        state.begin_anew(self.program(), more, pool, as_of)
    }

    /// What a case has brought as of the day at whose end it stands.
    ///
    /// [`Ruleset::write`] and [`Ruleset::explain`] take it together with the state's own history and settings.
    pub fn decisions(&self, state: &CaseState) -> Decisions {
        state.decisions(self.program())
    }
}
