//! Every situation of a rule, one after another, day by day.

use std::ops::ControlFlow;

use crate::program::{Program, Trigger};
use crate::source::Span;
use crate::time::{Day, STATUTORY_YEARS};
use crate::value::Value;

use super::cells::{Cell, MOST_CELLS, cells, combinations};
use super::dates::{DaySubject, day_subjects};
use super::depends::Needs;
use super::domains::Domain;
use super::ground::Wanted;
use super::judge::Judge;
use super::shape::Focus;

/// A situation.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'s> {
    /// The day of the event that sets the rule off, or of time itself.
    pub day: Day,
    /// A value for each subject.
    pub values: &'s [Value],
    /// Which combination of values it is, days aside.
    pub cell: usize,
    /// For how many situations it stands: those that differ in values that the rule treats alike.
    pub stands_for: u64,
}

/// The days that are enumerated: both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Day,
    /// The last.
    pub through: Day,
    /// Why these.
    pub why: WhyDays,
}

/// Why those days are enumerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyDays {
    /// The Gregorian calendar, weekdays included, repeats after 400 years: 146,097 days.
    Cycle,
    /// The rule asks about holidays, which do not repeat: every day that the statutes are known for.
    Statutes,
    /// The rule is in force on these alone.
    InForce,
}

/// How much was gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Days.
    pub days: u64,
    /// Situations that were judged.
    pub situations: u64,
    /// Combinations of values, days aside, before those that are treated alike came together.
    pub combinations: u64,
}

/// Too many combinations of values to go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// How many there are; nothing when they cannot even be counted.
    pub combinations: Option<u64>,
    /// The subject with the most values, by its place.
    pub widest: usize,
    /// How many values it has.
    pub values: usize,
}

/// A rule's situations.
pub struct Sweep<'a> {
    judge: Judge<'a>,
    domains: Vec<Domain>,
    cells: Vec<Cell>,
    dates: Vec<DaySubject>,
    days: Days,
    triggers: &'a Trigger,
    combinations: u64,
    matter: Needs,
    /// The day plays no part: what holds of one holds of all.
    any_day: bool,
}

impl<'a> Sweep<'a> {
    /// The situations of a rule. Combinations of values that nothing in the focus tells apart come once.
    ///
    /// # Errors
    /// When there are too many of them.
    pub fn new(
        program: &'a Program,
        mut judge: Judge<'a>,
        domains: Vec<Domain>,
        wanted: Wanted,
    ) -> Result<Sweep<'a>, TooLarge> {
        let focused = judge.shape().focused(wanted.focus);
        let matter = focused.iter().fold(Needs::default(), |all, expr| all.and(judge.needs(*expr)));
        let combinations = combinations(&domains, matter);
        let Some(combinations) = combinations.filter(|count| *count <= MOST_CELLS) else {
            let widest = domains
                .iter()
                .enumerate()
                .filter(|(place, _)| Needs::subject(*place).within(matter))
                .max_by_key(|(_, domain)| domain.values.len());
            let (widest, values) = widest.map_or((0, 0), |(place, domain)| (place, domain.values.len()));
            return Err(TooLarge { combinations, widest, values });
        };
        let merged = (wanted.focus != Focus::Everything).then_some(focused.as_slice());
        let cells = cells(program, &mut judge, &domains, matter, merged);
        let dates = day_subjects(program, &judge, &focused, wanted.unknown);
        let days = days(program, &judge);
        let triggers = &judge.shape().rule.trigger;
        let any_day = !matter.meets(judge.dependencies().days);
        Ok(Sweep { judge, domains, cells, dates, days, triggers, combinations, matter, any_day })
    }

    /// The judge.
    pub fn judge(&mut self) -> &mut Judge<'a> {
        &mut self.judge
    }

    /// The days that are enumerated.
    pub fn days(&self) -> Days {
        self.days
    }

    /// The combinations of values that are told apart, days aside.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Where the rule does something with a value that the values tried do not exhaust.
    pub fn sampled(&self) -> Option<Span> {
        let values = self.domains.iter().enumerate();
        let values = values.filter(|(place, _)| Needs::subject(*place).within(self.matter));
        let dates = self.dates.iter().filter_map(|one| one.sampled);
        values.filter_map(|(_, domain)| domain.sampled).chain(dates).next()
    }

    /// Whether the day plays no part in the focus: what holds of one day holds of all.
    pub fn any_day(&self) -> bool {
        self.any_day
    }

    /// Goes through every situation, the earliest day first, until `visit` breaks off. When the day plays no part, only the
    /// situations of the first day are gone through, for all.
    pub fn each(&mut self, mut visit: impl FnMut(&Situation<'_>, &mut Judge<'a>) -> ControlFlow<()>) -> Size {
        let mut size = Size { combinations: self.combinations, ..Size::default() };
        let one = self.cells.len() == 1;
        let mut values: Vec<Value> = Vec::new();
        let mut supposed = usize::MAX;
        let mut day = Some(self.days.from);
        while let Some(today) = day.filter(|today| *today <= self.days.through) {
            day = today.next().ok();
            if !crate::run::sets_off(self.triggers, today, self.days.from) {
                continue;
            }
            size.days = size.days.saturating_add(1);
            if self.any_day && size.days > 1 {
                continue;
            }
            for place in 0..self.cells.len() {
                let Some(cell) = self.cells.get(place) else { break };
                if supposed != place {
                    values.clone_from(&cell.values);
                    for (subject, value) in values.iter().enumerate() {
                        self.judge.suppose(subject, *value);
                    }
                    supposed = if one { place } else { usize::MAX };
                }
                let mut situation =
                    Moment { day: today, cell: place, stands_for: cell.stands_for, values: &mut values };
                let flow = through(
                    &mut self.judge,
                    &mut self.dates,
                    Needs::DAY,
                    &mut situation,
                    &mut size,
                    &mut visit,
                );
                if flow.is_break() {
                    return size;
                }
            }
        }
        size
    }

    /// Goes through the situations of one day alone, whether or not it is among those that are enumerated; a standing norm
    /// is taken to begin that day. There are none when the calendar does not set the rule off on it.
    pub fn on(
        &mut self,
        day: Day,
        visit: impl FnMut(&Situation<'_>, &mut Judge<'a>) -> ControlFlow<()>,
    ) -> Size {
        let all = self.days;
        self.days = Days { from: day, through: day, ..all };
        let size = self.each(visit);
        self.days = all;
        size
    }
}

/// A situation while its days are being filled in.
struct Moment<'m> {
    day: Day,
    cell: usize,
    stands_for: u64,
    values: &'m mut Vec<Value>,
}

fn through<'a>(
    judge: &mut Judge<'a>,
    dates: &mut [DaySubject],
    settled: Needs,
    moment: &mut Moment<'_>,
    size: &mut Size,
    visit: &mut impl FnMut(&Situation<'_>, &mut Judge<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some((first, rest)) = dates.split_first_mut() else {
        size.situations = size.situations.saturating_add(1);
        judge.judge(moment.day);
        let situation = Situation {
            day: moment.day,
            values: moment.values,
            cell: moment.cell,
            stands_for: moment.stands_for,
        };
        return visit(&situation, judge);
    };
    let subject = first.subject;
    for value in first.values(judge, moment.day, settled, rest) {
        judge.suppose(subject, value);
        if let Some(slot) = moment.values.get_mut(subject) {
            *slot = value;
        }
        let settled = settled.and(Needs::subject(subject));
        through(judge, rest, settled, moment, size, visit)?;
        judge.suppose(subject, value);
    }
    ControlFlow::Continue(())
}

/// The days on which a rule is to be judged.
fn days(program: &Program, judge: &Judge<'_>) -> Days {
    let header = program.header.in_force;
    let own = judge.shape().rule.in_force.unwrap_or(header);
    let from = own.from.max(header.from);
    let last = [own.through, header.through].into_iter().flatten().min();
    let (wanted, why) = if asks_about_holidays(program, judge) {
        (Day::from_ymd(*STATUTORY_YEARS.end(), 12, 31), WhyDays::Statutes)
    } else {
        (from.plus_days(CYCLE.saturating_sub(1)).ok(), WhyDays::Cycle)
    };
    let wanted = wanted.unwrap_or(Day::MAX);
    match last.filter(|last| *last < wanted) {
        Some(last) => Days { from, through: last, why: WhyDays::InForce },
        None => Days { from, through: wanted, why },
    }
}

/// The days after which the Gregorian calendar, weekdays included, repeats.
pub const CYCLE: i64 = 146_097;

fn asks_about_holidays(program: &Program, judge: &Judge<'_>) -> bool {
    use crate::program::code::Op;
    let shape = judge.shape();
    shape.expressions().iter().flat_map(|expr| program.code.ops(*expr)).any(|op| {
        matches!(op, Op::WorkingDays(..) | Op::Moved(..) | Op::DayIs(..))
            || matches!(op, Op::DayOfMonthIs(.., Some(_)))
    })
}
