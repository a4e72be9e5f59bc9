//! Columns of events decided by a plan, and a run asked about the rows that do not tell.

use super::columns::Columns;
use super::lanes::STRETCH;
use super::outcome::OutcomeColumns;
use super::plan::{Plan, RulePlan};
use super::row::Scratch;
use super::work::Work;
use crate::program::{Program, RuleId};
use crate::run::{Case, Cause, Happening, History, Settings, run};
use crate::time::Day;
use crate::value::Value;

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

impl Plan<'_> {
    /// Decides columns of the plan's event.
    pub fn decide(&self, columns: &Columns) -> OutcomeColumns {
        let mut outcomes = OutcomeColumns {
            event: self.event,
            groups: Vec::new(),
            others: Vec::new(),
            left_out: Vec::new(),
            pool: crate::value::Pool::default(),
        };
        self.decide_into(columns, &mut outcomes);
        outcomes
    }

    /// Decides columns of the plan's event in the room that earlier outcomes took; what they were is forgotten. Who decides
    /// many columns of events one after another is spared to ask for memory for each.
    ///
    /// ```
    /// use frist::{Ruleset, Settings, batch::{Columns, Plan}};
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
    /// let mut outcomes = plan.decide(&Columns::new(program, "reported", vec![20192, 20193])?);
    /// plan.decide_into(&Columns::new(program, "reported", vec![20194])?, &mut outcomes);
    /// assert_eq!(outcomes.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide_into(&self, columns: &Columns, outcomes: &mut OutcomeColumns) {
        let mut before = std::mem::take(&mut outcomes.groups);
        let mut unsettled: Vec<(u32, RuleId)> = Vec::new();
        for rule in &self.rules {
            let mut work = Work::new(self, rule, columns, &mut before);
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
        (outcomes.others, outcomes.pool) = self.ask(columns, &unsettled);
        outcomes.event = self.event;
        outcomes.left_out.clone_from(&self.left_out);
    }

    /// Asks a run what rules bring for rows that do not tell.
    fn ask(
        &self,
        columns: &Columns,
        unsettled: &[(u32, RuleId)],
    ) -> (Vec<(u32, crate::run::Outcome)>, crate::value::Pool) {
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
