//! Expressions evaluated: one walk forward over the flat code, every part of it, with three-valued logic.

mod arithmetic;
mod call;
mod date;
mod logic;
mod look_back;
mod looked_back;
mod plain;
mod set;
mod straight;
mod table;
mod tally;

pub use arithmetic::per as rate;
pub use call::{called, why_not_answered};
pub use logic::order;
pub use look_back::reach_start;
pub use plain::{Parts, plain};
pub(super) use table::cell;
pub use table::rows_that_answer;
pub(super) use tally::Tally;

use super::history::Happening;
use super::world::World;
use crate::program::code::{At, Code, Op, Operands};
use crate::program::{ExprId, FactId, FactSource};
use crate::syntax::tree::{DutyState, Operator};
use crate::time::Day;
use crate::value::Value;
use straight::Straight;

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

/// An expression of which all before the operation at hand has been evaluated.
struct Walked<'a> {
    values: &'a [Value],
    ops: &'a [Op],
    code: &'a Code,
}

impl Parts for Walked<'_> {
    fn value(&self, at: At) -> Value {
        self.values.get(at.0 as usize).copied().unwrap_or(Value::Unknown)
    }

    fn operation(&self, at: At) -> Option<Op> {
        self.ops.get(at.0 as usize).copied()
    }

    fn several(&self, operands: Operands) -> &[At] {
        self.code.operands(operands)
    }
}

/// A day as a value; unknown when there is none.
fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Unknown, Value::Day)
}

impl<'a> World<'a> {
    /// The value of an expression.
    pub fn evaluate(&mut self, expr: ExprId, frame: &Frame<'_>) -> Value {
        let straight = Straight::of(self.program.code.ops(expr), &self.program.header, frame);
        if let Some(value) = straight.and_then(|straight| straight.value()) {
            return value;
        }
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
            match *op {
                // Written where they belong at once: what goes by way of `operate` is written twice.
                Op::Constant(value) => self.stack.push(value),
                Op::FireDate => self.stack.push(Value::Day(frame.date)),
                op => {
                    let value = self.operate(op, expr, base, frame);
                    self.stack.push(value);
                }
            }
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

            Op::ReadingIs(reading, answer) => {
                Value::YesNo(self.settings.answer(self.program, reading) == answer)
            }
            Op::DutyIs(action, state) => self.duty_is(action, state, frame.now),
            Op::DecisionIs(event, granted) => self.decision_is(event, granted),
            Op::FirstIn(calendar, date) => self.first_in(calendar, at(date)),

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

            // The rest follows from its operands alone.
            op => {
                let code = &self.program.code;
                let values = self.stack.get(base..).unwrap_or(&[]);
                plain(op, header, &Walked { values, ops: code.ops(expr), code }).unwrap_or(Value::Unknown)
            }
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
