//! Every situation of a rule, one after another, day by day.

use std::ops::ControlFlow;

use crate::program::{ExprId, Program, Trigger};
use crate::source::Span;
use crate::time::{Day, STATUTORY_YEARS};
use crate::value::Value;

use super::cells::{Cell, MOST_CELLS, cells, combinations};
use super::dates::{DaySubject, day_subjects};
use super::depends::Needs;
use super::domains::Domain;
use super::ground::Wanted;
use super::judge::Judge;
use super::panel::Panel;
use super::shape::{Focus, Shape};

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
    /// The rule is in force on these alone, or reads a calendar that knows these alone.
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
    /// How many values the subject with the most of them has.
    pub values: usize,
}

/// A rule's situations.
pub struct Sweep<'a> {
    panel: Panel<'a>,
    domains: Vec<Domain>,
    cells: Vec<Cell>,
    dates: Vec<DaySubject>,
    days: Option<Days>,
    combinations: u64,
    matter: Needs,
    /// The day plays no part: what holds of one holds of all.
    any_day: bool,
}

impl<'a> Sweep<'a> {
    /// The situations of the rules that a panel judges. Combinations of values that nothing in the focus tells apart come
    /// once.
    ///
    /// # Errors
    /// When there are too many of them.
    pub fn new(mut panel: Panel<'a>, domains: Vec<Domain>, wanted: Wanted) -> Result<Sweep<'a>, TooLarge> {
        let (focused, matter) = focused(&panel, wanted.focus);
        let combinations = combinations(&domains, matter);
        let Some(combinations) = combinations.filter(|count| *count <= MOST_CELLS) else {
            let values = domains.iter().enumerate();
            let values = values.filter(|(place, _)| Needs::subject(*place).within(matter));
            let values = values.map(|(_, domain)| domain.values.len()).max().unwrap_or(0);
            return Err(TooLarge { combinations, values });
        };
        let merged = (wanted.focus != Focus::Everything).then_some(focused.as_slice());
        let cells = cells(&mut panel, &domains, matter, merged);
        let dates = day_subjects(&panel, &focused, wanted.unsaid);
        let days = common_days(&panel);
        let any_day = !matter.meets(panel.days());
        Ok(Sweep { panel, domains, cells, dates, days, combinations, matter, any_day })
    }

    /// The judge; of several, the first.
    pub fn judge(&mut self) -> Option<&mut Judge<'a>> {
        self.panel.judges_mut().first_mut()
    }

    /// The panel.
    pub fn panel(&mut self) -> &mut Panel<'a> {
        &mut self.panel
    }

    /// The values of each subject that are told apart.
    pub fn domains(&self) -> &[Domain] {
        &self.domains
    }

    /// The days that are enumerated; nothing when there is no day on which the rules are in force.
    pub fn days(&self) -> Option<Days> {
        self.days
    }

    /// The combinations of values that are told apart, days aside.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Where the rule does something with a value that the values tried do not exhaust.
    pub fn sampled(&self) -> Option<Span> {
        sampled(&self.domains, &self.dates, self.matter)
    }

    /// Keeps the combinations of values of which `worth` says so, asked of each on the first day.
    pub fn retain(&mut self, mut worth: impl FnMut(&mut [Judge<'a>]) -> bool) {
        let Some(days) = self.days else { return };
        let panel = &mut self.panel;
        self.cells.retain(|cell| {
            for (subject, value) in cell.values.iter().enumerate() {
                panel.suppose(subject, *value);
            }
            panel.judge(days.from);
            worth(panel.judges_mut())
        });
    }

    /// Whether the day plays no part in the focus: what holds of one day holds of all.
    pub fn any_day(&self) -> bool {
        self.any_day
    }

    /// Goes through every situation until `visit` breaks off: combination of values by combination, each through all days
    /// from the first. When the day plays no part, the first day stands for all.
    pub fn each(&mut self, mut visit: impl FnMut(&Situation<'_>, &mut Judge<'a>) -> ControlFlow<()>) -> Size {
        self.each_together(|situation, judges| match judges.first_mut() {
            Some(judge) => visit(situation, judge),
            None => ControlFlow::Break(()),
        })
    }

    /// Goes through every situation like [`Sweep::each`], for all judges of the panel.
    pub fn each_together(
        &mut self,
        mut visit: impl FnMut(&Situation<'_>, &mut [Judge<'a>]) -> ControlFlow<()>,
    ) -> Size {
        let days = self.judged_days();
        let mut size = Size { days: days.len() as u64, combinations: self.combinations, situations: 0 };
        let tried = if self.any_day { days.get(..1).unwrap_or(&days) } else { &days };
        let mut values: Vec<Value> = Vec::new();
        for (place, cell) in self.cells.iter().enumerate() {
            values.clone_from(&cell.values);
            for (subject, value) in values.iter().enumerate() {
                self.panel.suppose(subject, *value);
            }
            for day in tried {
                let mut filling =
                    Filling { day: *day, cell: place, stands_for: cell.stands_for, values: &mut values };
                let (panel, dates) = (&mut self.panel, &mut self.dates);
                if through(panel, dates, Needs::DAY, &mut filling, &mut size, &mut visit).is_break() {
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
        self.days = Some(Days { from: day, through: day, why: WhyDays::InForce });
        let size = self.each(visit);
        self.days = all;
        size
    }

    /// The days that can set any of the rules off.
    fn judged_days(&self) -> Vec<Day> {
        let Some(days) = self.days else { return Vec::new() };
        let triggers: Vec<&Trigger> =
            self.panel.judges().iter().map(|judge| &judge.shape().rule.trigger).collect();
        let mut all = Vec::new();
        let mut next = Some(days.from);
        while let Some(day) = next.filter(|day| *day <= days.through) {
            if triggers.iter().any(|trigger| crate::run::sets_off(trigger, day, days.from)) {
                all.push(day);
            }
            next = day.next().ok();
        }
        all
    }
}

/// Where a rule that a panel judges does something with a value that trying values does not exhaust: what
/// [`Sweep::sampled`] says, without going through anything.
pub fn beyond(panel: &Panel<'_>, domains: &[Domain], wanted: Wanted) -> Option<Span> {
    let (focused, matter) = focused(panel, wanted.focus);
    sampled(domains, &day_subjects(panel, &focused, wanted.unsaid), matter)
}

fn sampled(domains: &[Domain], dates: &[DaySubject], matter: Needs) -> Option<Span> {
    let values = domains.iter().enumerate().filter(|(place, _)| Needs::subject(*place).within(matter));
    let dates = dates.iter().filter_map(|one| one.sampled);
    values.filter_map(|(_, domain)| domain.sampled).chain(dates).next()
}

/// The expressions in focus, judge by judge, and what they depend on.
fn focused(panel: &Panel<'_>, focus: Focus) -> (Vec<Vec<ExprId>>, Needs) {
    let judges = panel.judges().iter().enumerate();
    let focused: Vec<Vec<ExprId>> =
        judges.map(|(number, judge)| judge.shape().focused(focus.on(number))).collect();
    let needed = panel.judges().iter().zip(&focused);
    let matter = needed
        .flat_map(|(judge, focused)| focused.iter().map(|expr| judge.needs(*expr)))
        .fold(Needs::default(), Needs::and);
    (focused, matter)
}

/// A situation while its days are being filled in.
struct Filling<'m> {
    day: Day,
    cell: usize,
    stands_for: u64,
    values: &'m mut Vec<Value>,
}

fn through<'a>(
    panel: &mut Panel<'a>,
    dates: &mut [DaySubject],
    settled: Needs,
    filling: &mut Filling<'_>,
    size: &mut Size,
    visit: &mut impl FnMut(&Situation<'_>, &mut [Judge<'a>]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some((first, rest)) = dates.split_first_mut() else {
        size.situations = size.situations.saturating_add(1);
        panel.judge(filling.day);
        let situation = Situation {
            day: filling.day,
            values: filling.values,
            cell: filling.cell,
            stands_for: filling.stands_for,
        };
        return visit(&situation, panel.judges_mut());
    };
    let subject = first.subject;
    for value in first.values(panel, filling.day, settled, rest) {
        panel.suppose(subject, value);
        if let Some(slot) = filling.values.get_mut(subject) {
            *slot = value;
        }
        let settled = settled.and(Needs::subject(subject));
        through(panel, rest, settled, filling, size, visit)?;
    }
    ControlFlow::Continue(())
}

/// The days on which all rules of a panel are in force; nothing when there are none.
fn common_days(panel: &Panel<'_>) -> Option<Days> {
    let judges = panel.judges();
    let mut in_force = judges.iter().map(|judge| in_force(judge.program(), judge.shape()));
    let first = in_force.next()?;
    let (from, last) = in_force.fold(first, |(from, last), (other, through)| {
        (from.max(other), [last, through].into_iter().flatten().min())
    });
    let holidays = judges.iter().any(|judge| asks_about_holidays(judge.program(), judge.shape()));
    let days = days_from(from, last, holidays);
    (days.from <= days.through).then_some(days)
}

/// The days on which a rule is to be judged.
pub fn days_of(program: &Program, shape: &Shape<'_>) -> Days {
    let (from, last) = in_force(program, shape);
    days_from(from, last, asks_about_holidays(program, shape))
}

/// The first and the last day on which a rule is in force and the calendars it reads are known.
fn in_force(program: &Program, shape: &Shape<'_>) -> (Day, Option<Day>) {
    let header = program.header.in_force;
    let own = shape.rule.in_force.unwrap_or(header);
    let from = own.from.max(header.from);
    match known_days(program, shape) {
        // Before and after the days that a calendar knows nothing is known of the rule.
        Some((first, last)) => {
            (from.max(first), [own.through, header.through, Some(last)].into_iter().flatten().min())
        }
        None => (from, [own.through, header.through].into_iter().flatten().min()),
    }
}

fn days_from(from: Day, last: Option<Day>, holidays: bool) -> Days {
    let (wanted, why) = if holidays {
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

/// The days that all calendars which a rule reads know of; nothing when it reads none, or one without days.
fn known_days(program: &Program, shape: &Shape<'_>) -> Option<(Day, Day)> {
    use crate::program::code::Op;
    let mut known: Option<(Day, Day)> = None;
    for op in shape.expressions().iter().flat_map(|expr| program.code.ops(*expr)) {
        let Op::FirstIn(calendar, _) = op else { continue };
        let days = program.calendars.get(calendar.index())?.days.as_ref()?;
        let (first, last) = (days.first()?, days.last()?);
        known = Some(known.map_or((first, last), |(from, through)| (from.max(first), through.min(last))));
    }
    known
}

/// The days after which the Gregorian calendar, weekdays included, repeats.
pub const CYCLE: i64 = 146_097;

fn asks_about_holidays(program: &Program, shape: &Shape<'_>) -> bool {
    use crate::program::code::Op;
    shape.expressions().iter().flat_map(|expr| program.code.ops(*expr)).any(|op| {
        matches!(op, Op::WorkingDays(..) | Op::Moved(..) | Op::DayIs(..))
            || matches!(op, Op::DayOfMonthIs(.., Some(_)))
    })
}
