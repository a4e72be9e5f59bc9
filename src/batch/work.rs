//! A rule at work on columns: stretch by stretch, branch by branch, each for the rows that take it.

use super::columns::Columns;
use super::day_table::DayTable;
use super::graph::Kind;
use super::lanes::{Lane, Lanes, STRETCH, constant, load};
use super::number::is_small;
use super::once::{ByDay, source};
use super::outcome::{Group, Values};
use super::plan::{Plan, RulePlan, Step, Way, is_there};
use super::row::{Brought, Scratch};
use crate::program::code::{At, Op};
use crate::time::Day;

/// A rule at work on columns.
pub(super) struct Work<'a> {
    plan: &'a Plan<'a>,
    rule: &'a RulePlan,
    columns: &'a Columns,
    lanes: Lanes<'a>,
    /// What has been worked out for the stretch at hand.
    done: Vec<bool>,
    /// For what follows from one date, and is looked up: what reads the date.
    dates: Vec<Option<At>>,
    /// What it is worth on every day.
    tables: &'a [Option<DayTable>],
    /// Whether the rule looks at every event there is.
    always_looks: bool,
    /// Whether values that have no lane are needed.
    odd: bool,
    scratch: Scratch,
    /// What each effect brings.
    pub groups: Vec<Group>,
    /// The rows of which something that matters is not known.
    pub unsettled: Vec<u32>,
    taken: Vec<u16>,
    rest: Vec<u16>,
}

impl<'a> Work<'a> {
    /// Begins with nothing brought, in the room that outcomes took before. Tables are made where there have been at least as many
    /// rows, these among them, as they have days: then they cost no more than to work out each row.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        rule: &'a RulePlan,
        columns: &'a Columns,
        tables: &'a mut Vec<Option<DayTable>>,
        rows: usize,
        before: &mut Vec<Group>,
    ) -> Work<'a> {
        let graph = &rule.graph;
        let all = || (0..).map(At).zip(&graph.ops);
        let lanes = all().map(|(at, op)| match op {
            Op::Constant(value) => constant(graph.kind(at), *value),
            _ => Lane::new(graph.kind(at)),
        });
        let lanes = Lanes { graph, header: &plan.program.header, lanes: lanes.collect() };
        let ways = || std::iter::once(&rule.always).chain(&rule.ways);
        let roots = rule.conditions.iter().copied().chain(rule.fires);
        let roots = roots.chain(ways().flat_map(|way| way.condition));
        let roots = roots.chain(ways().flat_map(|way| &way.steps).flat_map(Step::places));
        let roots: Vec<At> = roots.collect();
        tables.resize(graph.ops.len(), None);
        let span_of = |at: At| match graph.op(source(graph, at)?) {
            Op::Field(field) => columns.fields.get(usize::from(field))?.as_ref().ok()?.span,
            _ => columns.span,
        };
        // The days that a table has, or is to have.
        let worth = |(first, last): &(i32, i32)| (last.abs_diff(*first) as usize) < rows;
        let days_of = |at: At| {
            let (own, known) = (span_of(at)?, tables.get(usize::from(at.0))?.as_ref());
            if let Some(known) = known.filter(|known| known.has(own)) {
                return Some(known.span);
            }
            let both = known.map(|known| (known.span.0.min(own.0), known.span.1.max(own.1)));
            both.filter(worth).or(Some(own).filter(worth))
        };
        let needed = graph.needed(&roots, &[], |at| days_of(at).is_some());
        let looked_up: Vec<(ByDay, (i32, i32))> =
            needed.iter().filter_map(|at| Some((ByDay::of(graph, *at)?, days_of(*at)?))).collect();
        let mut scratch = Scratch::new(rule);
        let mut dates = vec![None; graph.ops.len()];
        let mut odd = needed.iter().chain(&roots).any(|at| graph.kind(*at) == Kind::Other);
        for (by_day, days) in looked_up {
            let place = usize::from(by_day.at.0);
            let (Some(table), Some(date)) = (tables.get_mut(place), dates.get_mut(place)) else { continue };
            if table.as_ref().is_none_or(|known| known.span != days) {
                *table = DayTable::of(&by_day, days, &mut scratch.row(rule, &plan.program.header));
            }
            odd |= table.is_none();
            *date = Some(by_day.source);
        }
        let days = columns.span.into_iter();
        let mut ends = days.flat_map(|(first, last)| [first, last]).filter_map(Day::from_number);
        let always_looks = rule.fires.is_none() && ends.all(|day| rule.looks(day));
        let groups = ways().flat_map(|way| way.steps.iter().map(move |step| group(rule, way, step)));
        let groups = groups.map(|group| group.in_room_of(before)).collect();
        Work {
            plan,
            rule,
            columns,
            lanes,
            done: vec![false; graph.ops.len()],
            dates,
            tables,
            always_looks,
            odd,
            scratch,
            groups,
            unsettled: Vec::new(),
            taken: vec![0; STRETCH],
            rest: vec![0; STRETCH],
        }
    }

    /// Decides a stretch of rows; nothing, and nothing brought, when it must be gone through row by row.
    pub(super) fn stretch(&mut self, start: usize, rows: usize) -> Option<()> {
        if self.odd {
            return None;
        }
        for group in &mut self.groups {
            group.make_room(start, self.columns.len());
        }
        let lengths: Vec<usize> = self.groups.iter().map(|group| group.rows.len()).collect();
        let unsettled = self.unsettled.len();
        self.done.fill(false);
        let worked = self.bring_stretch(start, rows);
        if worked.is_none() {
            self.unsettled.truncate(unsettled);
            for (group, length) in self.groups.iter_mut().zip(lengths) {
                group.truncate(length);
            }
        }
        worked
    }

    fn bring_stretch(&mut self, start: usize, rows: usize) -> Option<()> {
        let rule = self.rule;
        let mut chosen: Vec<u16> = (0..u16::try_from(rows).ok()?).collect();
        if !self.always_looks {
            let dates = self.columns.dates.get(start..start.checked_add(rows)?)?;
            chosen.retain(|row| {
                let day = dates.get(usize::from(*row)).copied().and_then(Day::from_number);
                day.is_some_and(|day| rule.looks(day))
            });
        }
        // One that does not hold settles it, whatever is unknown of the others.
        for condition in &rule.conditions {
            self.reach(*condition, start, rows)?;
        }
        for condition in &rule.conditions {
            let lane = self.lanes.get(*condition)?.small();
            chosen.retain(|row| lane.get(usize::from(*row)) != Some(&0));
        }
        for condition in &rule.conditions {
            self.settle(&mut chosen, *condition, start)?;
        }
        if let Some(fires) = rule.fires {
            self.reach(fires, start, rows)?;
            self.settle(&mut chosen, fires, start)?;
            let lane = self.lanes.get(fires)?.small();
            chosen.retain(|row| {
                let day = lane.get(usize::from(*row)).copied().and_then(Day::from_number);
                day.is_some_and(|day| rule.looks(day))
            });
        }
        self.settle_steps(&rule.always, &mut chosen, start, rows)?;
        let settled = self.unsettled.len();
        let mut always = chosen.clone();
        let mut ways: Vec<(&Way, Vec<u16>)> = Vec::new();
        for way in &rule.ways {
            if chosen.is_empty() {
                break;
            }
            let mut taken = match way.condition {
                None => std::mem::take(&mut chosen),
                Some(condition) => {
                    self.reach(condition, start, rows)?;
                    self.settle(&mut chosen, condition, start)?;
                    self.part(&mut chosen, condition)?
                }
            };
            self.settle_steps(way, &mut taken, start, rows)?;
            ways.push((way, taken));
        }
        // Nothing is brought of a row before all that matters of it is known.
        let lost = self.unsettled.get(settled..)?;
        if !lost.is_empty() {
            always.retain(|row| !lost.contains(&place(start, *row)));
        }
        self.bring(&rule.always, &always, start)?;
        ways.iter().try_for_each(|(way, taken)| self.bring(way, taken, start))
    }

    /// Works out an operation for the stretch, and what it needs.
    fn reach(&mut self, at: At, start: usize, rows: usize) -> Option<()> {
        if self.done.get(usize::from(at.0)).copied()? {
            return Some(());
        }
        if let Some((source, table)) = self.table(at) {
            self.reach_days(source, start, rows)?;
            let (before, rest) = self.lanes.lanes.split_at_mut_checked(usize::from(at.0))?;
            let days = before.get(usize::from(source.0))?.small().get(..rows)?;
            table.fill(rest.first_mut()?, days)?;
        } else {
            match self.rule.graph.op(at) {
                Op::Constant(_) => {}
                Op::EventDate => {
                    let dates = self.columns.dates.get(start..start.checked_add(rows)?)?;
                    let lane = self.lanes.lanes.get_mut(usize::from(at.0))?;
                    lane.fill(dates)?;
                }
                Op::Field(field) => {
                    let filled = self.columns.fields.get(usize::from(field))?;
                    let lane = self.lanes.lanes.get_mut(usize::from(at.0))?;
                    load(filled, lane, start, rows)?;
                }
                _ => {
                    for operand in self.rule.graph.reads(at) {
                        self.reach(operand, start, rows)?;
                    }
                    self.lanes.work_out(at, rows)?;
                }
            }
        }
        *self.done.get_mut(usize::from(at.0))? = true;
        Some(())
    }

    /// Leaves out rows of which a value is not known: a run is asked about them.
    fn settle(&mut self, chosen: &mut Vec<u16>, at: At, start: usize) -> Option<()> {
        let lane = self.lanes.get(at)?;
        if !lane.gaps {
            return Some(());
        }
        let kind = self.rule.graph.kind(at);
        let unsettled = &mut self.unsettled;
        chosen.retain(|row| {
            let there = is_there(lane.value(kind, usize::from(*row)));
            if !there {
                unsettled.push(place(start, *row));
            }
            there
        });
        Some(())
    }

    fn settle_steps(&mut self, way: &Way, chosen: &mut Vec<u16>, start: usize, rows: usize) -> Option<()> {
        for at in way.steps.iter().flat_map(Step::places) {
            // What stands in a table for every day is looked up for the rows that take the way.
            if let Some((source, _)) = self.late(at) {
                self.reach_days(source, start, rows)?;
            } else {
                self.reach(at, start, rows)?;
                self.settle(chosen, at, start)?;
            }
        }
        Some(())
    }

    /// For what is looked up: what reads the date, and the table.
    fn table(&self, at: At) -> Option<(At, &'a DayTable)> {
        let place = usize::from(at.0);
        let source = (*self.dates.get(place)?)?;
        Some((source, self.tables.get(place)?.as_ref()?))
    }

    /// The same if it need be looked up only for the rows that bring it.
    fn late(&self, at: At) -> Option<(At, &'a DayTable)> {
        let done = self.done.get(usize::from(at.0)).copied().unwrap_or(false);
        self.table(at).filter(|(_, table)| !done && !table.gaps)
    }

    /// Works out the dates that a table is for; nothing when some are missing, which have no place in it.
    fn reach_days(&mut self, source: At, start: usize, rows: usize) -> Option<()> {
        self.reach(source, start, rows)?;
        (!self.lanes.get(source)?.gaps).then_some(())
    }

    /// Parts the rows that meet a condition from the others, which stay.
    fn part(&mut self, chosen: &mut Vec<u16>, condition: At) -> Option<Vec<u16>> {
        let lane = self.lanes.get(condition)?.small();
        let (mut met, mut unmet) = (0_usize, 0_usize);
        for row in chosen.iter() {
            let holds = lane.get(usize::from(*row)).copied() == Some(1);
            // Written in any case and kept if it counts: a guess of the processor costs more.
            *self.taken.get_mut(met)? = *row;
            *self.rest.get_mut(unmet)? = *row;
            met = met.wrapping_add(usize::from(holds));
            unmet = unmet.wrapping_add(usize::from(!holds));
        }
        chosen.clear();
        chosen.extend_from_slice(self.rest.get(..unmet)?);
        self.taken.get(..met).map(<[u16]>::to_vec)
    }

    /// Adds what a way brings for the rows that take it.
    fn bring(&mut self, way: &Way, taken: &[u16], start: usize) -> Option<()> {
        if taken.is_empty() {
            return Some(());
        }
        let graph = &self.rule.graph;
        for step in &way.steps {
            let number = self.groups.iter().position(|group| {
                (group.branch, group.effect, group.what)
                    == (step.frame.branch, step.frame.effect, step.frame.what)
            })?;
            let late = [self.rule.fires, step.from, step.through].map(|at| self.late(at?));
            let group = self.groups.get_mut(number)?;
            let first = place(start, 0);
            group.rows.extend(taken.iter().map(|row| first.wrapping_add(u32::from(*row))));
            let lanes = &self.lanes;
            let all = [
                (self.rule.fires, &mut group.fired),
                (step.from, &mut group.from),
                (step.through, &mut group.through),
            ];
            for ((at, days), late) in all.into_iter().zip(late) {
                let (Some(at), Some(days)) = (at, days) else { continue };
                match late {
                    Some((source, table)) => table.gather(days, lanes.get(source)?.small(), taken),
                    None => gather(days, lanes.get(at)?.small(), taken),
                }
            }
            for (at, values) in [(step.value, &mut group.values), (step.of, &mut group.of)] {
                let (Some(at), Some(values)) = (at, values) else { continue };
                let lane = lanes.get(at)?;
                match values {
                    Values::Same(_) => {}
                    Values::Small(_, values) => gather(values, lane.small(), taken),
                    Values::Whole(_, values) => gather(values, lane.wide(), taken),
                    Values::Any(values) => {
                        let kind = graph.kind(at);
                        values.extend(taken.iter().map(|row| lane.value(kind, usize::from(*row))));
                    }
                }
            }
        }
        Some(())
    }

    /// Decides a stretch one row after another.
    pub(super) fn row_by_row(&mut self, start: usize, rows: usize) {
        let mut fields = Vec::new();
        let mut brought: Vec<Brought> = Vec::new();
        for row in start..start.saturating_add(rows) {
            let Some(date) = self.columns.dates.get(row).copied().and_then(Day::from_number) else {
                continue;
            };
            self.columns.row(row, &mut fields);
            brought.clear();
            let header = &self.plan.program.header;
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            if self.rule.decide(&mut self.scratch, header, date, &fields, &mut brought).is_none() {
                self.unsettled.push(number);
                continue;
            }
            for one in &brought {
                let group = self.groups.iter_mut().find(|group| {
                    (group.branch, group.effect, group.what) == (one.branch, one.effect, one.what)
                });
                if let Some(group) = group {
                    group.push(number, one);
                }
            }
        }
    }
}

/// The number of a row of a stretch.
fn place(start: usize, row: u16) -> u32 {
    u32::try_from(start).unwrap_or(u32::MAX).saturating_add(u32::from(row))
}

fn gather<T: Copy + Default>(into: &mut Vec<T>, lane: &[T], rows: &[u16]) {
    into.extend(rows.iter().map(|row| lane.get(usize::from(*row)).copied().unwrap_or_default()));
}

fn group(rule: &RulePlan, way: &Way, step: &Step) -> Group {
    let values = |at: Option<At>| {
        at.map(|at| match (rule.graph.constant(at), rule.graph.kind(at)) {
            (Some(value), _) => Values::Same(value),
            (None, Kind::Other) => Values::Any(Vec::new()),
            (None, kind) if is_small(kind) => Values::Small(kind, Vec::new()),
            (None, kind) => Values::Whole(kind, Vec::new()),
        })
    };
    Group {
        rule: rule.rule,
        branch: way.number,
        effect: step.frame.effect,
        what: step.frame.what,
        rows: Vec::new(),
        fired: rule.fires.map(|_| Vec::new()),
        from: step.from.map(|_| Vec::new()),
        through: step.through.map(|_| Vec::new()),
        values: values(step.value),
        of: values(step.of),
    }
}
