//! Columns of events decided by a plan, and a run asked about the rows that do not tell.

use super::columns::Columns;
use super::day_table::DayTable;
use super::lanes::STRETCH;
use super::outcome::OutcomeColumns;
use super::plan::{Plan, RulePlan};
use super::row::Scratch;
use super::work::Work;
use crate::program::{Program, RuleId};
use crate::run::{Case, Cause, Happening, History, Outcome, Settings, run};
use crate::time::Day;
use crate::value::{Pool, Value};

impl Program {
    /// Decides columns of events: what the rules that look at their event alone bring, each event as if nothing else had
    /// happened in its case. Questions of interpretation are answered as chosen.
    ///
    /// ```
    /// use frist::batch::{Column, Columns, What};
    /// use frist::Ruleset;
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event reported
    ///   customers: count
    /// fact few: yes/no
    /// rule few_customers
    ///   when reported
    ///   if customers < 6
    ///     few applies from day 1 of the next month after date
    /// "#;
    /// let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
    /// let program = ruleset.program();
    /// // 14, 15 and 16 April 2025.
    /// let columns = Columns::new(program, "reported", vec![20192, 20193, 20194])?
    ///     .with(program, "customers", Column::Whole(vec![8, 5, 0]), None)?;
    /// let outcomes = program.decide_batch(&columns);
    /// let begins = outcomes.groups.first().ok_or("an effect")?;
    /// assert_eq!(begins.rows, [1, 2]);
    /// assert_eq!(begins.from.as_deref(), Some([20209, 20209].as_slice()), "1 May 2025");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide_batch(&self, columns: &Columns) -> OutcomeColumns {
        let plan = Plan::new(self, columns.event, columns.kind, &Settings::as_of(Day::MAX));
        plan.decide(columns)
    }
}

/// Decides columns of events, one batch after another: what follows from dates is worked out once for all of them, and
/// outcomes are written where those of the batch before stood.
#[derive(Clone, Debug)]
pub struct BatchDecider<'p, 'a> {
    plan: &'a Plan<'p>,
    /// For each rule what its operations are worth on every day, as far as they follow from one date.
    tables: Vec<Vec<Option<DayTable>>>,
    /// How many rows there have been.
    rows: usize,
    outcomes: OutcomeColumns,
}

impl<'p, 'a> BatchDecider<'p, 'a> {
    /// Decides columns of a plan's event.
    pub fn new(plan: &'a Plan<'p>) -> BatchDecider<'p, 'a> {
        let outcomes = OutcomeColumns {
            event: plan.event,
            groups: Vec::new(),
            others: Vec::new(),
            left_out: plan.left_out.clone(),
            pool: Pool::default(),
        };
        BatchDecider { plan, tables: vec![Vec::new(); plan.rules.len()], rows: 0, outcomes }
    }

    /// Decides columns of the plan's event: see [`Program::decide_batch`].
    ///
    /// ```
    /// use frist::{Ruleset, Settings, batch::{BatchDecider, Columns, Plan}};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event reported
    /// rule remarks
    ///   when reported
    ///   note "it is so"
    /// "#;
    /// let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
    /// let program = ruleset.program();
    /// let event = program.event_named("reported").ok_or("an event")?;
    /// let plan = Plan::new(program, event, None, &Settings::as_of("2025-12-31".parse()?));
    /// let mut decider = BatchDecider::new(&plan);
    /// let mut outcomes = 0;
    /// for batch in [vec![20192, 20193], vec![20194]] {
    ///     outcomes += decider.decide(&Columns::new(program, "reported", batch)?).len();
    /// }
    /// assert_eq!(outcomes, 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide(&mut self, columns: &Columns) -> &OutcomeColumns {
        let BatchDecider { plan, tables, rows, outcomes } = self;
        *rows = rows.saturating_add(columns.len());
        let mut before = std::mem::take(&mut outcomes.groups);
        let mut unsettled: Vec<(u32, RuleId)> = Vec::new();
        for (rule, tables) in plan.rules.iter().zip(tables) {
            let mut work = Work::new(plan, rule, columns, tables, *rows, &mut before);
            let mut start = 0;
            while start < columns.len() {
                let rows = columns.len().saturating_sub(start).min(STRETCH);
                if work.stretch(start, rows).is_none() {
                    work.row_by_row(start, rows);
                }
                start = start.saturating_add(rows);
            }
            outcomes.groups.append(&mut work.groups);
            unsettled.extend(work.unsettled.iter().map(|row| (*row, rule.rule)));
        }
        unsettled.sort_unstable();
        (outcomes.others, outcomes.pool) = plan.ask(columns, &unsettled);
        &self.outcomes
    }
}

impl Plan<'_> {
    /// Decides columns of the plan's event.
    pub fn decide(&self, columns: &Columns) -> OutcomeColumns {
        let mut decider = BatchDecider::new(self);
        decider.decide(columns);
        decider.outcomes
    }

    /// Asks a run what rules bring for rows that do not tell.
    fn ask(&self, columns: &Columns, unsettled: &[(u32, RuleId)]) -> (Vec<(u32, Outcome)>, Pool) {
        let mut others = Vec::new();
        let mut pool = columns.pool.as_ref().unwrap_or(&self.program.pool).clone();
        let mut fields = Vec::new();
        for together in unsettled.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((row, _)) = together.first().copied() else { continue };
            let Some(date) = columns.dates.get(row as usize).copied().and_then(Day::from_number) else {
                continue;
            };
            columns.row(row as usize, &mut fields);
            let wanted = |rule: Option<RuleId>| together.iter().any(|(_, id)| Some(*id) == rule);
            let waits = self.rules.iter().filter(|rule| wanted(Some(rule.rule)));
            let as_of = waits.filter_map(|rule| rule.ends(self.program, date, &fields)).fold(date, Day::max);
            let event = Happening {
                event: self.event,
                date,
                fields: fields.clone().into_boxed_slice(),
                line: 1,
                span: None,
                field_spans: Box::default(),
                date_span: None,
            };
            let history = History { cases: vec![Case::new("", self.kind, vec![event])], pool };
            let settings = Settings { as_of, ..self.settings.clone() };
            let decisions = run(self.program, &history, &settings);
            let brought = decisions.cases.into_iter().flat_map(|case| case.outcomes);
            let own = brought.filter(|one| wanted(one.rule) && one.trigger == Cause::Event(0));
            others.extend(own.map(|outcome| (row, outcome)));
            pool = decisions.pool;
        }
        (others, pool)
    }
}

impl RulePlan {
    /// The day the timer ends, if it can be told.
    fn ends(&self, program: &Program, date: Day, fields: &[Value]) -> Option<Day> {
        let fires = self.fires?;
        let mut scratch = Scratch::new(self);
        let mut row = scratch.row(self, &program.header);
        row.load(&self.sources, date, fields)?;
        row.take_all(&self.for_conditions)?;
        row.get(fires).as_day()
    }
}
