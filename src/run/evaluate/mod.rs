//! Expressions evaluated: one walk forward over the flat code, every part of it, with three-valued logic.

mod arithmetic;
mod call;
mod date;
mod logic;
mod look_back;
mod looked_back;
mod set;
mod table;

pub use arithmetic::per as rate;
pub use call::{called, why_not_answered};
pub use logic::order;
pub use look_back::{first_of, reach_start};
pub(super) use table::cell;
pub use table::rows_that_answer;

use super::history::Happening;
use super::world::World;
use crate::program::code::{At, Op};
use crate::program::{ExprId, FactId, FactSource};
use crate::syntax::tree::{DutyState, Operator};
use crate::time::Day;
use crate::value::Value;

/// What the names in an expression stand for.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// What `datum` is.
    pub date: Day,
    /// The day whose facts and constants are read.
    pub now: Day,
    /// The trigger event.
    pub event: Option<&'a Happening>,
    /// Where a rule on several events finds its fields in this one.
    pub fields: Option<&'a [u16]>,
    /// The event looked at, after `där`.
    pub candidate: Option<&'a Happening>,
    /// `sista_dagen`.
    pub last_day: Option<Day>,
    /// `ikraftträdande`.
    pub effective: Option<Day>,
    /// `mottagaren`.
    pub recipient: Value,
    /// `bäraren`.
    pub bearer: Value,
}

impl<'a> Frame<'a> {
    /// A frame on a day, with nothing else in scope.
    pub fn on(day: Day) -> Frame<'a> {
        Frame {
            date: day,
            now: day,
            event: None,
            fields: None,
            candidate: None,
            last_day: None,
            effective: None,
            recipient: Value::Unknown,
            bearer: Value::Unknown,
        }
    }

    fn field(&self, slot: u16) -> Value {
        let index = match self.fields {
            Some(map) => map.get(slot as usize).copied(),
            None => Some(slot),
        };
        match (self.event, index) {
            (Some(event), Some(index)) => event.field(index),
            _ => Value::Unknown,
        }
    }
}

/// The sum of two values.
pub fn add(left: Value, right: Value) -> Value {
    arithmetic::arithmetic(Operator::Add, left, right)
}

/// A day as a value; unknown when there is none.
fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Unknown, Value::Day)
}

impl<'a> World<'a> {
    /// The value of an expression.
    pub fn evaluate(&mut self, expr: ExprId, frame: &Frame<'_>) -> Value {
        let base = self.stack.len();
        let value = self.walk(expr, frame);
        self.stack.truncate(base);
        value
    }

    /// The value of an expression, with the values of all its parts handed to `see` before they are forgotten.
    pub fn evaluate_seen(&mut self, expr: ExprId, frame: &Frame<'_>, see: impl FnOnce(&[Value])) -> Value {
        let base = self.stack.len();
        let value = self.walk(expr, frame);
        see(self.stack.get(base..).unwrap_or(&[]));
        self.stack.truncate(base);
        value
    }

    /// Evaluates every part in order and leaves the values on the stack.
    fn walk(&mut self, expr: ExprId, frame: &Frame<'_>) -> Value {
        let program = self.program;
        let base = self.stack.len();
        let ops = program.code.ops(expr);
        for op in ops {
            let value = self.operate(*op, expr, base, frame);
            self.stack.push(value);
        }
        self.stack.last().copied().filter(|_| self.stack.len() > base).unwrap_or(Value::Unknown)
    }

    fn operate(&mut self, op: Op, expr: ExprId, base: usize, frame: &Frame<'_>) -> Value {
        let header = &self.program.header;
        let at = |place: At| {
            self.stack.get(base.saturating_add(place.0 as usize)).copied().unwrap_or(Value::Unknown)
        };
        match op {
            Op::Constant(value) => value,
            Op::FireDate => Value::Day(frame.date),
            Op::EventDate => day(frame.event.map(|event| event.date)),
            Op::LastDay => day(frame.last_day),
            Op::EffectiveDay => day(frame.effective),
            Op::Field(slot) => frame.field(slot),
            Op::CandidateDate => day(frame.candidate.map(|event| event.date)),
            Op::CandidateField(index) => frame.candidate.map_or(Value::Unknown, |event| event.field(index)),
            Op::Recipient => frame.recipient,
            Op::Bearer => frame.bearer,
            Op::Local(index) => self.locals.get(index as usize).copied().unwrap_or(Value::Unknown),
            Op::Fact(fact) => self.fact(fact, None, frame.now),
            Op::FactFor(fact, parameter) => {
                let parameter = at(parameter);
                self.fact_for(fact, parameter, frame.now)
            }
            Op::Previous(fact) => self.fact_yesterday(fact, None, frame.now),
            Op::PreviousFor(fact, parameter) => {
                let parameter = at(parameter);
                self.fact_yesterday(fact, Some(parameter), frame.now)
            }
            Op::ConstantNow(constant) => self.constant(constant, Value::Day(frame.now)),
            Op::ConstantOn(constant, on) => self.constant(constant, at(on)),
            Op::Call(function, operands) => {
                let given: Vec<Value> =
                    self.program.code.operands(operands).iter().map(|place| at(*place)).collect();
                let place = self.stack.len().saturating_sub(base);
                let span = self.program.code.spans(expr).get(place).copied();
                self.call(function, &given, span, frame)
            }
            Op::Answer(table, column, operands) => {
                let asked: Vec<Value> =
                    self.program.code.operands(operands).iter().map(|place| at(*place)).collect();
                self.answer(table, column, &asked, frame.now)
            }

            Op::Not(a) => logic::not(at(a)),
            Op::And(a, b) => logic::and(at(a), at(b)),
            Op::Or(a, b) => logic::or(at(a), at(b)),
            Op::Compare(comparison, a, b) => logic::compare(comparison, at(a), at(b)),
            Op::Between(x, a, b) => {
                use crate::syntax::tree::Comparison::{AtLeast, AtMost};
                logic::and(logic::compare(AtLeast, at(x), at(a)), logic::compare(AtMost, at(x), at(b)))
            }
            Op::IsGiven(a) => Value::YesNo(!matches!(at(a), Value::Unknown | Value::None)),
            Op::IsUnknown(a) => Value::YesNo(at(a) == Value::Unknown),
            Op::ReadingIs(reading, answer) => {
                Value::YesNo(self.settings.answer(self.program, reading) == answer)
            }
            Op::Choose(condition, then, otherwise) => match at(condition) {
                Value::YesNo(true) => at(then),
                Value::YesNo(false) => at(otherwise),
                _ if at(then) == at(otherwise) => at(then),
                _ => Value::Unknown,
            },
            Op::DutyIs(action, state) => self.duty_is(action, state, frame.now),
            Op::DecisionIs(event, granted) => self.decision_is(event, granted),

            Op::Arithmetic(operator, a, b) => arithmetic::arithmetic(operator, at(a), at(b)),
            // A product or quotient is rounded in one step with its reckoning, so that nothing is lost between the two.
            Op::Rounded(a, way, unit) => match self.program.code.ops(expr).get(a.0 as usize) {
                Some(Op::Arithmetic(operator @ (Operator::Multiply | Operator::Divide), left, right)) => {
                    arithmetic::reckoned_and_rounded(*operator, at(*left), at(*right), way, unit)
                }
                _ => arithmetic::rounded(at(a), way, unit),
            },
            Op::PerOf(a, per) => arithmetic::per(at(a), per),

            Op::After(period, date) => date::shifted(header, at(period), at(date), 1),
            Op::Before(period, date) => date::shifted(header, at(period), at(date), -1),
            Op::WorkingDays(count, after, date) => date::working_days(at(count), after, at(date)),
            Op::DayOfMonth(number, which, date) => date::day_of_month(header, number, which, at(date)),
            Op::LastDayOfMonth(date) => date::last_of_month(at(date)),
            Op::DayAfter(date) => date::neighbour(at(date), 1),
            Op::DayBefore(date) => date::neighbour(at(date), -1),
            Op::LaterOf(dates) => {
                date::extreme(self.program.code.operands(dates).iter().map(|p| at(*p)), true)
            }
            Op::EarlierOf(dates) => {
                date::extreme(self.program.code.operands(dates).iter().map(|p| at(*p)), false)
            }
            Op::FirstIn(calendar, date) => self.first_in(calendar, at(date)),
            Op::Moved(date, direction) => date::moved(at(date), direction),
            Op::LastAtLeastBefore(period, date) => date::last_at_least_before(header, at(period), at(date)),
            Op::DaysBetween(a, b) => match (at(a), at(b)) {
                (Value::Day(a), Value::Day(b)) => Value::Count(a.days_until(b)),
                _ => Value::Unknown,
            },
            Op::DateIs(relation, a, b) => date::stands(relation, at(a), at(b)),
            Op::DayOfMonthIs(relation, a, number, direction) => {
                date::stands_in_month(header, relation, at(a), number, direction)
            }
            Op::AtLeastBefore(a, period, b) => date::at_least_before(header, at(a), at(period), at(b)),
            Op::DayIs(a, kind) => date::is_kind(header, at(a), kind),
            Op::ClockIs(a, from, before) => date::clock_between(at(a), at(from), at(before)),

            Op::MakeSet(operands) => {
                let members: Vec<Value> =
                    self.program.code.operands(operands).iter().map(|p| at(*p)).collect();
                self.make_set(members)
            }
            Op::In(a, b) | Op::Within(a, b) => {
                let (a, b) = (at(a), at(b));
                self.is_in(a, b)
            }
            Op::MissingFrom(a, b) => {
                let (a, b) = (at(a), at(b));
                self.missing_from(a, b)
            }
            Op::IsEmpty(a) => match at(a) {
                Value::Set(id) => Value::YesNo(self.pool.members(id).is_empty()),
                _ => Value::Unknown,
            },
            Op::CountIn(a) => match at(a) {
                Value::Set(id) => {
                    i64::try_from(self.pool.members(id).len()).map_or(Value::Unknown, Value::Count)
                }
                _ => Value::Unknown,
            },
            Op::LookBack(index) => match self.program.code.look_backs.get(index as usize) {
                Some(_) if self.supposed.look_back(index).is_some() => {
                    self.supposed.look_back(index).unwrap_or(Value::Unknown)
                }
                Some(look) => {
                    let since = look.since.map(at);
                    let window = look.window.map(|window| match window {
                        crate::program::code::Window::Last(place) => look_back::Reach::Last(at(place)),
                        crate::program::code::Window::Same(unit) => look_back::Reach::Same(unit),
                    });
                    self.look_back(index, look, since, window, frame)
                }
                None => Value::Unknown,
            },
        }
    }

    /// A fact on a day, computed ones included.
    pub fn fact(&mut self, fact: FactId, parameter: Option<Value>, day: Day) -> Value {
        match self.program.facts.get(fact.index()).map(|declared| declared.source) {
            Some(FactSource::Computed(_)) if self.given(fact, parameter).is_some() => {
                self.given(fact, parameter).unwrap_or(Value::Unknown)
            }
            Some(FactSource::Computed(expr)) => {
                let locals = std::mem::take(&mut self.locals);
                let value = self.evaluate(expr, &Frame::on(day));
                self.locals = locals;
                value
            }
            Some(_) => self.held(fact, parameter, day),
            None => Value::Unknown,
        }
    }

    /// What the settings give a fact.
    fn given(&self, fact: FactId, of: Option<Value>) -> Option<Value> {
        self.settings.given.iter().find(|(f, o, _)| *f == fact && *o == of).map(|(_, _, value)| *value)
    }

    fn fact_for(&mut self, fact: FactId, parameter: Value, day: Day) -> Value {
        match parameter {
            Value::Unknown | Value::None => Value::Unknown,
            known => self.fact(fact, Some(known), day),
        }
    }

    fn duty_is(&self, action: crate::program::ActionId, state: DutyState, now: Day) -> Value {
        Value::YesNo(self.latest_duty_is(action, state, now))
    }
}
