//! Days and conditions on days, straight from their operations: what most rules ask most of the time.
//!
//! Every step is handed on as a day or as yes or no, and never written down. What takes anything else, or is not known, is left
//! to the walk over all parts.

use super::{Frame, date};
use crate::program::Header;
use crate::program::code::{At, Op};
use crate::syntax::tree::DateRelation;
use crate::time::{Day, plus_period};
use crate::value::Value;

/// An expression of so many operations at the most is looked at: each asks for another.
const MOST: usize = 24;

/// Every month has this day.
const IN_EVERY_MONTH: u8 = 28;

/// An expression in its frame.
pub(super) struct Straight<'a> {
    ops: &'a [Op],
    header: &'a Header,
    frame: &'a Frame<'a>,
}

impl<'a> Straight<'a> {
    /// An expression, unless it is too long.
    pub(super) fn of(ops: &'a [Op], header: &'a Header, frame: &'a Frame<'a>) -> Option<Straight<'a>> {
        (ops.len() <= MOST).then_some(Straight { ops, header, frame })
    }

    fn op(&self, at: At) -> Option<Op> {
        self.ops.get(usize::from(at.0)).copied()
    }

    /// The value of the whole.
    pub(super) fn value(&self) -> Option<Value> {
        let last = At(u16::try_from(self.ops.len()).ok()?.checked_sub(1)?);
        match self.op(last)? {
            Op::DateIs(..) | Op::DayOfMonthIs(..) | Op::And(..) | Op::Or(..) | Op::Not(_) => {
                self.holds(last).map(Value::YesNo)
            }
            _ => self.day(last).map(Value::Day),
        }
    }

    fn day(&self, at: At) -> Option<Day> {
        match self.op(at)? {
            Op::FireDate => Some(self.frame.date),
            Op::EventDate => self.frame.event.map(|event| event.date),
            Op::EffectiveDay => self.frame.effective,
            Op::LastDay => self.frame.last_day,
            Op::Constant(value) => value.as_day(),
            Op::Field(slot) => self.frame.field(slot).as_day(),
            Op::After(period, date) => self.shifted(period, date, 1),
            Op::Before(period, date) => self.shifted(period, date, -1),
            Op::DayOfMonth(number, which, date) => {
                date::day_of_month(self.header, number, which, Value::Day(self.day(date)?)).as_day()
            }
            Op::LastDayOfMonth(date) => Some(self.day(date)?.last_of_month()),
            Op::DayAfter(date) => self.day(date)?.next().ok(),
            Op::DayBefore(date) => self.day(date)?.previous().ok(),
            _ => None,
        }
    }

    fn shifted(&self, period: At, date: At, times: i32) -> Option<Day> {
        let Op::Constant(Value::Period(period)) = self.op(period)? else { return None };
        let landing = plus_period(self.day(date)?, period, times, self.header.month_policy());
        landing.ok().map(|landing| landing.day)
    }

    fn holds(&self, at: At) -> Option<bool> {
        match self.op(at)? {
            Op::Constant(Value::YesNo(yes)) => Some(yes),
            Op::DateIs(relation, a, b) => Some(stands(relation, self.day(a)?, self.day(b)?)),
            Op::DayOfMonthIs(relation, date, number, None) if number <= IN_EVERY_MONTH => {
                Some(stands(relation, self.day(date)?.day_of_month(), number))
            }
            Op::Not(a) => self.holds(a).map(|holds| !holds),
            Op::And(a, b) => Some(self.holds(a)? & self.holds(b)?),
            Op::Or(a, b) => Some(self.holds(a)? | self.holds(b)?),
            _ => None,
        }
    }
}

fn stands<T: Ord>(relation: DateRelation, one: T, other: T) -> bool {
    match relation {
        DateRelation::By => one <= other,
        DateRelation::NoEarlier => one >= other,
        DateRelation::Before => one < other,
        DateRelation::After => one > other,
    }
}
