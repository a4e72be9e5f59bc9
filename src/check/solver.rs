//! Conditions as tests of a few subjects, tried at every value that the tests can tell apart.

use std::collections::BTreeMap;

use crate::program::code::{At, Code, Op};
use crate::program::{Enumeration, ExprId, Program, Reading};
use crate::source::Span;
use crate::syntax::tree::{Comparison, DateRelation};
use crate::value::{Pool, Value};

use super::fold::order;

/// What a test asks about, told apart by its operations.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) span: Span,
    /// A value of its type that stands in a test, for showing other values.
    pub(super) sample: Sample,
    points: Vec<i64>,
}

/// What the values of a subject are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sample {
    /// Yes (1) or no (0).
    YesNo,
    /// So many values of an enumeration or a reading.
    Finite(u16, Value),
    /// Numbers, at least the first.
    Numbers(i64, i64, Value),
    /// Less (-1), equal (0) or more (1).
    Order,
}

/// A condition.
#[derive(Clone, Debug)]
pub(super) enum Formula {
    Known(bool),
    /// A subject compared with a number.
    Test(usize, Comparison, i64),
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    /// Whether it is true when the subjects have these values.
    pub(super) fn holds(&self, values: &[i64]) -> bool {
        match self {
            Formula::Known(known) => *known,
            Formula::Test(subject, comparison, n) => {
                let value = values.get(*subject).copied().unwrap_or(0);
                match comparison {
                    Comparison::Equal => value == *n,
                    Comparison::NotEqual => value != *n,
                    Comparison::Less => value < *n,
                    Comparison::AtMost => value <= *n,
                    Comparison::Greater => value > *n,
                    Comparison::AtLeast => value >= *n,
                }
            }
            Formula::Not(inner) => !inner.holds(values),
            Formula::All(all) => all.iter().all(|one| one.holds(values)),
            Formula::Any(any) => any.iter().any(|one| one.holds(values)),
        }
    }
}

/// The subjects of some conditions.
pub(super) struct Subjects<'a> {
    pub(super) code: &'a Code,
    types: &'a [Enumeration],
    roles: usize,
    readings: &'a [Reading],
    pool: &'a Pool,
    by_key: BTreeMap<String, usize>,
    pub(super) all: Vec<Subject>,
}

impl<'a> Subjects<'a> {
    pub(super) fn new(program: &'a Program) -> Subjects<'a> {
        Subjects {
            code: &program.code,
            types: &program.types,
            roles: program.roles.len(),
            readings: &program.readings,
            pool: &program.pool,
            by_key: BTreeMap::new(),
            all: Vec::new(),
        }
    }

    /// A condition as tests of subjects.
    pub(super) fn formula(&mut self, id: ExprId) -> Formula {
        let last = self.code.ops(id).len().saturating_sub(1);
        self.part(id, At(u16::try_from(last).unwrap_or(0)))
    }

    fn subject(&mut self, key: String, span: Span, sample: Sample) -> usize {
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        let place = self.all.len();
        self.by_key.insert(key, place);
        self.all.push(Subject { span, sample, points: Vec::new() });
        place
    }

    fn test(&mut self, subject: usize, comparison: Comparison, n: i64) -> Formula {
        if let Some(subject) = self.all.get_mut(subject) {
            subject.points.push(n);
        }
        Formula::Test(subject, comparison, n)
    }

    fn span(&self, id: ExprId, at: At) -> Span {
        let spans = self.code.spans(id);
        spans.get(at.0 as usize).or(spans.last()).copied().unwrap_or(Span::new(
            crate::source::SourceId(0),
            0,
            0,
        ))
    }

    /// Something that is yes or no and cannot be taken apart.
    fn opaque(&mut self, id: ExprId, at: At) -> Formula {
        let (key, span) = (self.key(id, at), self.span(id, at));
        let subject = self.subject(key, span, Sample::YesNo);
        self.test(subject, Comparison::Equal, 1)
    }

    fn part(&mut self, id: ExprId, at: At) -> Formula {
        let Some(op) = self.op(id, at) else { return Formula::Known(true) };
        match op {
            Op::Constant(Value::YesNo(known)) => Formula::Known(known),
            Op::Not(a) => Formula::Not(Box::new(self.part(id, a))),
            Op::And(a, b) => Formula::All(vec![self.part(id, a), self.part(id, b)]),
            Op::Or(a, b) => Formula::Any(vec![self.part(id, a), self.part(id, b)]),
            Op::Compare(comparison, a, b) => self.compare(id, at, comparison, a, b),
            Op::DateIs(relation, a, b) => self.compare(id, at, comparison_of(relation), a, b),
            Op::Between(x, low, high) => Formula::All(vec![
                self.compare(id, at, Comparison::AtLeast, x, low),
                self.compare(id, at, Comparison::AtMost, x, high),
            ]),
            Op::In(member, set) => match self.value(id, set) {
                // One of the values that stand in the set.
                Some(Value::Set(set)) => {
                    let values = self.pool.members(set).iter();
                    let equals = values.map(|value| self.equals(id, at, member, *value)).collect();
                    Formula::Any(equals)
                }
                _ => self.opaque(id, at),
            },
            Op::DayOfMonthIs(relation, date, day, None) => {
                let key = format!("day of month of {}", self.key(id, date));
                let span = self.span(id, date);
                let subject = self.subject(key, span, Sample::Numbers(1, 31, Value::None));
                self.test(subject, comparison_of(relation), i64::from(day))
            }
            Op::ReadingIs(reading, answer) => {
                let key = format!("reading {}", reading.0);
                let span = self.span(id, at);
                let answers = self.readings.get(reading.index()).map_or(0, |reading| reading.answers.len());
                let last = i64::try_from(answers).unwrap_or(i64::MAX).saturating_sub(1);
                let subject = self.subject(key, span, Sample::Numbers(0, last, Value::None));
                self.test(subject, Comparison::Equal, i64::from(answer))
            }
            _ => self.opaque(id, at),
        }
    }

    fn compare(&mut self, id: ExprId, at: At, comparison: Comparison, a: At, b: At) -> Formula {
        let (x, y) = (self.value(id, a), self.value(id, b));
        match (x, y) {
            (Some(x), Some(y)) => match (order(x, y), comparison) {
                (_, Comparison::Equal) if x == y => Formula::Known(true),
                (_, Comparison::NotEqual) if x == y => Formula::Known(false),
                (Some(found), _) => Formula::Test(usize::MAX, comparison, 0).with(found as i64),
                (None, Comparison::Equal) => Formula::Known(false),
                (None, Comparison::NotEqual) => Formula::Known(true),
                (None, _) => self.opaque(id, at),
            },
            (None, Some(known)) => self.against(id, at, a, comparison, known),
            (Some(known), None) => self.against(id, at, b, mirrored(comparison), known),
            (None, None) => {
                let (first, second) = (self.key(id, a), self.key(id, b));
                let span = self.span(id, at);
                let (key, comparison) = if first <= second {
                    (format!("{first} against {second}"), comparison)
                } else {
                    (format!("{second} against {first}"), mirrored(comparison))
                };
                let subject = self.subject(key, span, Sample::Order);
                self.test(subject, comparison, 0)
            }
        }
    }

    /// Whether a part equals a value; `at` is the test it stands in.
    fn equals(&mut self, id: ExprId, at: At, part: At, known: Value) -> Formula {
        match self.value(id, part) {
            Some(value) => Formula::Known(value == known),
            None => self.against(id, at, part, Comparison::Equal, known),
        }
    }

    fn against(&mut self, id: ExprId, at: At, subject: At, comparison: Comparison, known: Value) -> Formula {
        let Some((sample, n)) = self.sample(id, subject, known) else { return self.opaque(id, at) };
        let (key, span) = (self.key(id, subject), self.span(id, subject));
        let subject = self.subject(key, span, sample);
        self.test(subject, comparison, n)
    }

    fn sample(&self, id: ExprId, subject: At, known: Value) -> Option<(Sample, i64)> {
        let numbers = |n: i64| Some((Sample::Numbers(i64::MIN, i64::MAX, known), n));
        let counted = matches!(self.op(id, subject), Some(Op::LookBack(_) | Op::CountIn(_)));
        match known {
            Value::YesNo(yes) => Some((Sample::YesNo, i64::from(yes))),
            Value::Choice(choice) => {
                let count = self.types.get(choice.of as usize).map_or(0, |of| of.values.len());
                let count = u16::try_from(count).ok()?;
                Some((Sample::Finite(count, known), i64::from(choice.value)))
            }
            Value::Role(role) => {
                Some((Sample::Finite(u16::try_from(self.roles).ok()?, known), i64::from(role)))
            }
            Value::Count(n) if counted => Some((Sample::Numbers(0, i64::MAX, known), n)),
            Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n) => numbers(n),
            Value::Rate { amount, .. } => numbers(amount),
            Value::Day(day) => numbers(i64::from(day.number())),
            Value::Clock(clock) => numbers(i64::from(clock.minutes())),
            Value::Text(text) => numbers(i64::from(text.0)),
            Value::Word(word) => numbers(i64::from(word)),
            _ => None,
        }
    }

    /// For each subject the values that the tests can tell apart.
    pub(super) fn values(&self) -> Vec<Vec<i64>> {
        self.all
            .iter()
            .map(|subject| match subject.sample {
                Sample::YesNo => vec![1, 0],
                Sample::Order => vec![-1, 0, 1],
                Sample::Finite(count, _) => (0..i64::from(count)).collect(),
                Sample::Numbers(least, most, _) => {
                    let near = |n: i64| [n.saturating_sub(1), n, n.saturating_add(1)];
                    let mut values: Vec<i64> = subject.points.iter().copied().flat_map(near).collect();
                    values.retain(|n| (least..=most).contains(n));
                    values.sort_unstable();
                    values.dedup();
                    values
                }
            })
            .collect()
    }

    /// Whether a number is less than nothing among values of the subjects.
    pub(super) fn has_negative(&self, values: &[i64]) -> bool {
        let mut all = self.all.iter().zip(values);
        all.any(|(subject, value)| matches!(subject.sample, Sample::Numbers(..)) && *value < 0)
    }
}

impl Formula {
    /// A comparison of two known values, by how they stand to each other.
    fn with(self, found: i64) -> Formula {
        match self {
            Formula::Test(_, comparison, n) => {
                Formula::Known(Formula::Test(0, comparison, n).holds(&[found]))
            }
            other => other,
        }
    }
}

fn comparison_of(relation: DateRelation) -> Comparison {
    match relation {
        DateRelation::By => Comparison::AtMost,
        DateRelation::NoEarlier => Comparison::AtLeast,
        DateRelation::Before => Comparison::Less,
        DateRelation::After => Comparison::Greater,
    }
}

fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
