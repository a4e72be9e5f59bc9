//! Events of many cases as columns, decided case by case: all rules look at them, those that look back too.

use super::columns::{ColumnError, Columns};
use crate::program::{Kinds, Program};
use crate::record::{declared, kind_of_all};
use crate::run::{Case, CaseOutcomes, Happening, Settings, run_one};
use crate::time::Day;
use crate::value::{Pool, Value};

/// Events of many cases: a table of columns for each event, and for each row the number of its case.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    tables: Vec<(Columns, Vec<u32>)>,
}

/// Where an event stands among tables of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowOf {
    /// The table, from 0 in the order in which they were given.
    pub table: u32,
    /// The row, from 0.
    pub row: u32,
}

/// What a case came to whose events stand in columns.
#[derive(Clone, Copy, Debug)]
pub struct DecidedCase<'d> {
    /// Its number.
    pub case: u32,
    /// Its events by day, those of one day in the order of tables and rows. Outcomes name events by their places here, and
    /// lines by that place and one.
    pub events: &'d [RowOf],
    /// Events that can not stand in a case of the kind that the others say it is of: nothing was made of them.
    pub left_out: &'d [RowOf],
    /// What it brought; it has no name.
    pub outcomes: &'d CaseOutcomes,
    /// The texts and sets of its values.
    pub pool: &'d Pool,
}

impl Histories {
    /// No events.
    pub fn new() -> Histories {
        Histories::default()
    }

    /// Adds events, and the numbers of their cases, in any order.
    ///
    /// # Errors
    /// When there are not as many numbers as events.
    pub fn with(mut self, events: Columns, cases: Vec<u32>) -> Result<Histories, ColumnError> {
        if cases.len() != events.len() {
            let (given, wanted) = (cases.len(), events.len());
            return Err(ColumnError::Length { field: "case".to_owned(), given, wanted });
        }
        self.tables.push((events, cases));
        Ok(self)
    }

    /// All events by case, within a case by day, within a day by table and row.
    fn in_order(&self) -> Vec<(u32, i32, RowOf)> {
        let mut order = Vec::with_capacity(self.tables.iter().map(|(_, cases)| cases.len()).sum());
        for (table, (columns, cases)) in (0..).zip(&self.tables) {
            let rows = (0..).zip(cases).zip(&columns.dates);
            order.extend(rows.map(|((row, case), date)| (*case, *date, RowOf { table, row })));
        }
        // No two are alike.
        order.sort_unstable();
        order
    }
}

impl Program {
    /// Decides cases whose events stand in columns through the end of the as-of day, one after another by their numbers, and
    /// hands over what each came to: what [`run`](crate::run::run()) says of the same events.
    ///
    /// ```
    /// use frist::batch::{Column, Columns, Histories};
    /// use frist::{Ruleset, Settings};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event applied
    /// event answered
    /// role board "the board"
    /// action answer "answer"
    /// rule answer_in_time
    ///   when applied
    ///   board must answer by 10 days after date
    ///   fulfilled by answered
    /// "#;
    /// let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
    /// let program = ruleset.program();
    /// // 14 and 15 April 2025, in the cases 7 and 3; the first is answered on the 16th.
    /// let histories = Histories::new()
    ///     .with(Columns::new(program, "applied", vec![20192, 20193])?, vec![7, 3])?
    ///     .with(Columns::new(program, "answered", vec![20194])?, vec![7])?;
    /// let mut cases = Vec::new();
    /// program.decide_histories(&histories, &Settings::as_of("2025-05-01".parse()?), |decided| {
    ///     cases.push((decided.case, decided.events.len(), decided.outcomes.outcomes.len()));
    /// });
    /// assert_eq!(cases, [(3, 1, 1), (7, 2, 1)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide_histories(
        &self,
        histories: &Histories,
        settings: &Settings,
        mut each: impl FnMut(DecidedCase<'_>),
    ) {
        let mut pool = self.pool.clone();
        let own = pool.size();
        let mut case = Case::new("", crate::program::KindId(0), Vec::new());
        let (mut events, mut left_out): (Vec<RowOf>, Vec<RowOf>) = (Vec::new(), Vec::new());
        let kinds: Vec<Kinds> =
            histories.tables.iter().map(|(columns, _)| declared(self, columns.kinds(self))).collect();
        let kinds_of = |at: &RowOf| kinds.get(at.table as usize).copied().unwrap_or_default();
        for rows in histories.in_order().chunk_by(|(a, ..), (b, ..)| a == b) {
            let Some((number, ..)) = rows.first() else { continue };
            (case.kind, _) = kind_of_all(rows.iter().map(|(_, _, at)| kinds_of(at)));
            events.clear();
            left_out.clear();
            for (_, _, at) in rows {
                if kinds_of(at).has(case.kind) { events.push(*at) } else { left_out.push(*at) }
            }
            case.events.truncate(events.len());
            for (place, at) in events.iter().enumerate() {
                let Some((columns, _)) = histories.tables.get(at.table as usize) else { continue };
                let line = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
                match case.events.get_mut(place) {
                    Some(event) => take(event, columns, at.row, line, &mut pool),
                    None => {
                        let mut event = nothing(columns);
                        take(&mut event, columns, at.row, line, &mut pool);
                        case.events.push(event);
                    }
                }
            }
            if !events.is_empty() {
                let outcomes = run_one(self, settings, &case, &mut pool, None);
                let (events, left_out) = (&events, &left_out);
                each(DecidedCase { case: *number, events, left_out, outcomes: &outcomes, pool: &pool });
            }
            pool.shrink(own);
        }
    }
}

/// An event of which nothing has been said yet.
fn nothing(columns: &Columns) -> Happening {
    Happening {
        event: columns.event,
        date: Day::MIN,
        fields: Box::default(),
        line: 0,
        span: None,
        field_spans: Box::default(),
        date_span: None,
    }
}

/// Makes an event of a row, in the room of another.
fn take(event: &mut Happening, columns: &Columns, row: u32, line: u32, pool: &mut Pool) {
    let row = row as usize;
    event.event = columns.event;
    event.date = columns.dates.get(row).copied().and_then(Day::from_number).unwrap_or(Day::MIN);
    event.line = line;
    if event.fields.len() != columns.fields.len() {
        event.fields = vec![Value::Unknown; columns.fields.len()].into_boxed_slice();
    }
    for (own, field) in event.fields.iter_mut().zip(&columns.fields) {
        let value = match field {
            Ok(filled) => filled.value(row),
            Err(value) => *value,
        };
        *own = columns.pool.as_ref().map_or(value, |theirs| pool.adopt(value, theirs));
    }
}
