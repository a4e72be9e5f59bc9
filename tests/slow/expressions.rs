//! What an expression is worth at one moment of a case, three-valued.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::days;
use crate::duties::Status;
use crate::evaluate::Run;
use crate::facts::{self, Doubt};
use crate::program::*;

/// Where and when an expression is evaluated.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The line whose fields are in scope.
    pub line: Option<usize>,
    /// The line looked at, inside a `där`.
    pub own: Option<usize>,
    /// How many lines of the run have happened, the trigger included.
    pub seen: usize,
    /// `datum`.
    pub today: Day,
    /// The day on which facts are read.
    pub at: Day,
    /// Whether the trigger is the line, so that the order of lines can matter.
    pub by_line: bool,
    pub last_day: Option<Day>,
    pub recipient: Value,
    pub bearer: Value,
}

/// What was read on the way.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    pub doubts: BTreeSet<Doubt>,
    pub lines: BTreeSet<usize>,
}

impl Reads {
    pub fn join(&mut self, other: &Reads) {
        self.doubts.extend(other.doubts.iter().copied());
        self.lines.extend(other.lines.iter().copied());
    }
}

pub struct Eval<'r, 'p> {
    pub run: &'r Run<'p>,
    pub reads: RefCell<Reads>,
}

fn truth(value: Value) -> Option<bool> {
    match value {
        Value::Truth(yes) => Some(yes),
        _ => None,
    }
}

fn maybe(value: Option<bool>) -> Value {
    value.map_or(Value::Unknown, Value::Truth)
}

impl Eval<'_, '_> {
    pub fn truth(&self, expr: &Expr, m: Moment) -> Option<bool> {
        truth(self.value(expr, m))
    }

    pub fn day(&self, expr: &Expr, m: Moment) -> Option<Day> {
        match self.value(expr, m) {
            Value::Date(day) => Some(day),
            _ => None,
        }
    }

    pub fn value(&self, expr: &Expr, m: Moment) -> Value {
        let date = |e: &Expr| self.day(e, m);
        let dated = |day: Option<Day>| day.map_or(Value::Unknown, Value::Date);
        match expr {
            Expr::Lit(value) => *value,
            Expr::Field(field) => match m.own.or(m.line) {
                Some(line) => self.run.lines[line].1.values[*field],
                None => Value::Unknown,
            },
            Expr::Outer(field) => match m.line {
                Some(line) => self.run.lines[line].1.values[*field],
                None => Value::Unknown,
            },
            Expr::Fact(of) => self.fact(of, m),
            Expr::Today => Value::Date(m.today),
            Expr::EventDate => dated(m.line.map(|line| self.run.lines[line].1.date)),
            Expr::LastDay => dated(m.last_day),
            Expr::Recipient => m.recipient,
            Expr::Bearer => m.bearer,
            Expr::Constant(constant) => self.constant(*constant, m.at),
            Expr::ConstantOn(constant, day) => match date(day) {
                None => Value::Unknown,
                Some(day) => self.constant(*constant, day),
            },
            Expr::Reading(first) => Value::Truth(*first),
            Expr::Compare(relation, a, b) => {
                let (a, b) = (self.value(a, m), self.value(b, m));
                let lost = |value: Value| matches!(value, Value::Unknown | Value::None);
                if lost(a) || lost(b) {
                    return Value::Unknown;
                }
                Value::Truth(match relation {
                    Relation::Equal => a == b,
                    Relation::Unequal => a != b,
                    Relation::Less => a < b,
                    Relation::AtMost => a <= b,
                    Relation::More => a > b,
                    Relation::AtLeast => a >= b,
                })
            }
            Expr::And(a, b) => maybe(match (self.truth(a, m), self.truth(b, m)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            }),
            Expr::Or(a, b) => maybe(match (self.truth(a, m), self.truth(b, m)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            }),
            Expr::Not(a) => maybe(self.truth(a, m).map(|yes| !yes)),
            Expr::Given(a) => Value::Truth(!matches!(self.value(a, m), Value::Unknown | Value::None)),
            Expr::IsUnknown(a) => Value::Truth(self.value(a, m) == Value::Unknown),
            Expr::Plus(a, b) => match (self.value(a, m), self.value(b, m)) {
                (Value::Count(a), Value::Count(b)) => Value::Count(a + b),
                _ => Value::Unknown,
            },
            Expr::Minus(a, b) => match (self.value(a, m), self.value(b, m)) {
                (Value::Count(a), Value::Count(b)) => Value::Count(a - b),
                _ => Value::Unknown,
            },
            Expr::Choice(a, condition, b) => {
                let (a, b) = (self.value(a, m), self.value(b, m));
                match self.truth(condition, m) {
                    Some(true) => a,
                    Some(false) => b,
                    None if a == b => a,
                    None => Value::Unknown,
                }
            }
            Expr::After(count, unit, day) => dated(date(day).map(|day| days::shift(day, *count, *unit))),
            Expr::Before(count, unit, day) => dated(date(day).map(|day| days::shift(day, -count, *unit))),
            Expr::DayOf(number, months, day) => {
                dated(date(day).and_then(|day| days::day_of(day, *number, *months)))
            }
            Expr::MonthEnd(day) => dated(date(day).map(days::month_end)),
            Expr::Later(a, b) | Expr::Earlier(a, b) => match (self.value(a, m), self.value(b, m)) {
                (Value::Unknown, _) | (_, Value::Unknown) => Value::Unknown,
                (Value::None, other) | (other, Value::None) => other,
                (a, b) => {
                    if matches!(expr, Expr::Later(..)) {
                        a.max(b)
                    } else {
                        a.min(b)
                    }
                }
            },
            Expr::DaysBetween(a, b) => match (date(a), date(b)) {
                (Some(a), Some(b)) => Value::Count(i64::from(b - a)),
                _ => Value::Unknown,
            },
            Expr::Look(look) => self.look(look, m),
            Expr::Duty(action, asked) => self.duty(*action, *asked, m),
            Expr::Decision(event, granted) => {
                match self.run.decisions.iter().rev().find(|(decided, _)| decided == event) {
                    None => Value::Truth(false),
                    Some((_, verdict)) => maybe(verdict.map(|verdict| verdict == *granted)),
                }
            }
        }
    }

    fn duty(&self, action: usize, asked: Asked, m: Moment) -> Value {
        let latest = self.run.duties.iter().rev().find(|duty| duty.duty.action == action);
        let Some(duty) = latest else { return Value::Truth(false) };
        let status = duty.status(m.at);
        Value::Truth(match asked {
            Asked::Open => status == Status::Open,
            Asked::Met => matches!(status, Status::Met | Status::MetLate),
            Asked::Overdue => status == Status::Overdue,
        })
    }

    /// The version with the last first day on or before a day.
    fn constant(&self, constant: usize, day: Day) -> Value {
        let versions = &self.run.program.constants[constant].versions;
        let version = versions.iter().filter(|(from, _)| *from <= day).max_by_key(|(from, _)| *from);
        version.map_or(Value::Unknown, |(_, number)| Value::Count(*number))
    }

    pub fn parameter(&self, of: &Of, m: Moment) -> Option<usize> {
        match &of.of {
            None => Some(0),
            Some(expr) => match self.value(expr, m) {
                Value::Sort(number) => Some(usize::from(number)),
                _ => None,
            },
        }
    }

    fn fact(&self, of: &Of, m: Moment) -> Value {
        let Some(number) = self.parameter(of, m) else { return Value::Unknown };
        match &self.run.program.facts[of.fact].source {
            // What is computed sees the facts and the events of the day it is read, nothing of the trigger.
            Source::Computed(expr) => self.value(expr, Moment { own: None, today: m.at, ..m }),
            Source::Taken { event, field } => {
                let mut value = Value::Unknown;
                let mut by = None;
                for (place, (_, line)) in self.run.lines.iter().enumerate().take(m.seen) {
                    if line.event == *event && line.date <= m.at && !(m.by_line && m.line == Some(place)) {
                        // One that says what held already brought nothing.
                        by = if value == line.values[*field] { by } else { Some(place) };
                        value = line.values[*field];
                    }
                }
                if let Some(place) = by {
                    self.same_day(place, m);
                }
                value
            }
            Source::Held { .. } => {
                let track = &self.run.facts.tracks[of.fact][number];
                let Some(day) = facts::place(m.at) else { return Value::Unknown };
                let mut reads = self.reads.borrow_mut();
                reads.doubts.extend(self.run.facts.doubts[track.doubts[day] as usize].iter().copied());
                let line = track.lines[day] as usize;
                drop(reads);
                if line > 0 {
                    self.same_day(line - 1, m);
                }
                track.values[day]
            }
        }
    }

    /// Something an earlier line of the same day brought was read.
    fn same_day(&self, line: usize, m: Moment) {
        if m.by_line && m.line != Some(line) && self.run.lines[line].1.date == m.at {
            self.reads.borrow_mut().lines.insert(line);
        }
    }

    fn look(&self, look: &Look, m: Moment) -> Value {
        let mut bounds = (Day::MIN, m.at);
        if let Some(since) = &look.since {
            match self.day(since, m) {
                Some(day) => bounds.0 = day,
                None => return Value::Unknown,
            }
        }
        match &look.window {
            Some(Window::Days(count)) => {
                bounds.0 = bounds.0.max(m.at - i32::try_from(*count).unwrap() + 1);
            }
            Some(Window::Same(span)) => bounds.0 = bounds.0.max(days::start(m.at, *span)),
            None => {}
        }
        // Latest first: `finns` and `senaste` rest on the latest that fits, the others on all.
        let mut values = Vec::new();
        let mut used = Vec::new();
        let mut unsure = false;
        for place in (0..self.run.lines.len()).rev() {
            let line = &self.run.lines[place].1;
            let trigger = m.line == Some(place);
            if place >= m.seen && !trigger || line.event != look.event {
                continue;
            }
            if line.date < bounds.0 || line.date > bounds.1 {
                continue;
            }
            let fits = match &look.filter {
                None => Some(true),
                Some(filter) => self.truth(filter, Moment { own: Some(place), ..m }),
            };
            if fits == Some(false) {
                continue;
            }
            let single = matches!(look.aggregate, Aggregate::Exists | Aggregate::Latest);
            if fits.is_none() {
                unsure = true;
                used.push(place);
                if look.aggregate == Aggregate::Latest {
                    values.push(Value::Unknown);
                    break;
                }
                continue;
            }
            values.push(look.field.map_or(Value::Truth(true), |field| line.values[field]));
            if single {
                used = vec![place];
                break;
            }
            used.push(place);
        }
        for place in used {
            self.same_day(place, m);
        }
        // A none is unknown in comparisons and arithmetic.
        let none = values.contains(&Value::None);
        let given = || values.iter().copied();
        let count = |count: usize| Value::Count(i64::try_from(count).unwrap());
        match look.aggregate {
            Aggregate::Exists if !values.is_empty() => Value::Truth(true),
            Aggregate::Latest => values.last().copied().unwrap_or(Value::Unknown),
            _ if unsure => Value::Unknown,
            Aggregate::Exists => Value::Truth(false),
            Aggregate::Count => count(values.len()),
            _ if none => Value::Unknown,
            Aggregate::Distinct => count(given().collect::<BTreeSet<Value>>().len()),
            Aggregate::Sum => Value::Count(
                given().map(|value| if let Value::Count(number) = value { number } else { 0 }).sum(),
            ),
            Aggregate::Least => given().min().unwrap_or(Value::Unknown),
            Aggregate::Greatest => given().max().unwrap_or(Value::Unknown),
        }
    }
}
