//! The values of each subject that a rule can tell apart.
//!
//! A rule asks of a value how it stands to other values, and nothing else: between two thresholds that it compares with,
//! any value does for all. So a threshold itself, one value on each side of it, and one for every gap stand for all
//! values there are. Where a rule reckons with values in other ways the values chosen are samples, and it is said why.

use std::collections::BTreeSet;

use crate::program::code::{At, Op};
use crate::program::{ExprId, FactSource, Program, Type};
use crate::source::Span;
use crate::syntax::tree::Comparison;
use crate::value::{Pool, Value};

use super::ground::Unsaid;
use super::shape::Shape;
use super::subject::{Occasion, Subject, What, asked_of_column};
use super::values;

/// The values of a subject that a rule can tell apart.
#[derive(Clone, Debug, Default)]
pub struct Domain {
    /// The values; none for a subject whose values are days.
    pub values: Vec<Value>,
    /// Where the rule does something with the value that these do not exhaust.
    pub sampled: Option<Span>,
}

/// The domains of a rule's subjects, in their order.
pub fn domains(
    program: &Program,
    shape: &Shape<'_>,
    occasion: Occasion<'_>,
    subjects: &[Subject],
    unsaid: Unsaid,
    pool: &mut Pool,
) -> Vec<Domain> {
    let mut work = Work {
        program,
        shape,
        occasion,
        subjects,
        marks: vec![Marks::default(); subjects.len()],
        alike: (0..subjects.len()).collect(),
        seen: BTreeSet::new(),
        asks_for_days: false,
    };
    for expr in shape.expressions() {
        work.read(expr);
    }
    work.finish(unsaid, pool)
}

/// What is asked of a subject.
#[derive(Clone, Debug, Default)]
struct Marks {
    /// The values it is compared with.
    thresholds: Vec<Value>,
    /// How its values stand to each other in order matters, not only whether they are equal.
    ordered: bool,
    /// Whether it is asked if nobody has said.
    asked_unknown: bool,
    /// Where something is done with it that its values do not exhaust.
    sampled: Option<Span>,
}

struct Work<'a> {
    program: &'a Program,
    shape: &'a Shape<'a>,
    occasion: Occasion<'a>,
    subjects: &'a [Subject],
    marks: Vec<Marks>,
    /// Subjects compared with each other share a number.
    alike: Vec<usize>,
    seen: BTreeSet<u32>,
    /// Whether anything is asked of the kind of a day.
    asks_for_days: bool,
}

impl<'a> Work<'a> {
    fn read(&mut self, expr: ExprId) {
        if !self.seen.insert(expr.0) {
            return;
        }
        let program = self.program;
        let ops = program.code.ops(expr);
        for (op, span) in ops.iter().zip(program.code.spans(expr)) {
            match *op {
                Op::Compare(comparison, a, b) => {
                    let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                    self.compared(expr, a, b, ordered, *span);
                }
                Op::Between(x, a, b) => {
                    self.compared(expr, x, a, true, *span);
                    self.compared(expr, x, b, true, *span);
                }
                Op::ClockIs(x, a, b) => {
                    self.compared(expr, x, a, true, *span);
                    self.compared(expr, x, b, true, *span);
                }
                Op::DayIs(..) => self.asks_for_days = true,
                Op::In(a, b) | Op::Within(a, b) => self.compared(expr, a, b, false, *span),
                Op::MissingFrom(a, b) => self.compared(expr, a, b, false, *span),
                Op::IsUnknown(a) => {
                    for place in self.leaves(expr, a) {
                        if let Some(marks) = self.marks.get_mut(place) {
                            marks.asked_unknown = true;
                        }
                    }
                }
                Op::Answer(table, _, operands) => {
                    for (column, at) in program.code.operands(operands).iter().enumerate() {
                        let asked = asked_of_column(program, table.index(), column);
                        match self.leaves(expr, *at).as_slice() {
                            [] => self.sampled(expr, *at, *span),
                            leaves => {
                                for place in leaves.iter().copied() {
                                    self.threshold(place, &asked, true);
                                }
                            }
                        }
                    }
                }
                Op::Call(_, operands) => {
                    for at in program.code.operands(operands) {
                        self.sampled(expr, *at, *span);
                    }
                }
                Op::After(period, _) | Op::Before(period, _) => self.sampled(expr, period, *span),
                Op::LastAtLeastBefore(period, _) => self.sampled(expr, period, *span),
                Op::AtLeastBefore(_, period, _) => self.sampled(expr, period, *span),
                Op::WorkingDays(count, ..) => self.sampled(expr, count, *span),
                Op::Fact(fact) | Op::FactFor(fact, _) => {
                    if let Some(FactSource::Computed(inner)) =
                        program.facts.get(fact.index()).map(|fact| fact.source)
                    {
                        self.read(inner);
                    }
                }
                _ => {}
            }
        }
    }

    /// Notes that two parts of an expression are compared.
    fn compared(&mut self, expr: ExprId, a: At, b: At, ordered: bool, span: Span) {
        let (left, right) = (self.leaves(expr, a), self.leaves(expr, b));
        let (known_left, known_right) = (self.known(expr, a), self.known(expr, b));
        for place in &left {
            self.threshold(*place, &known_right, ordered);
        }
        for place in &right {
            self.threshold(*place, &known_left, ordered);
        }
        for (one, other) in left.iter().zip(right.iter().cycle()).chain(right.iter().zip(left.iter().cycle()))
        {
            self.join(*one, *other);
        }
        for (leaves, known, at) in [(&left, &known_left, a), (&right, &known_right, b)] {
            if leaves.is_empty() && known.is_empty() {
                self.sampled(expr, at, span);
                let other = if at == a { &right } else { &left };
                for place in other.clone() {
                    self.sample(place, span);
                }
            }
        }
    }

    fn threshold(&mut self, place: usize, values: &[Value], ordered: bool) {
        if let Some(marks) = self.marks.get_mut(place) {
            marks.thresholds.extend(values);
            marks.ordered |= ordered;
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (Some(keep), Some(drop)) = (self.alike.get(one).copied(), self.alike.get(other).copied()) else {
            return;
        };
        for group in &mut self.alike {
            if *group == drop {
                *group = keep;
            }
        }
        for place in [one, other] {
            if let Some(marks) = self.marks.get_mut(place) {
                marks.ordered = true;
            }
        }
    }

    /// Notes that whatever a part rests on is reckoned with in a way that values do not exhaust.
    fn sampled(&mut self, expr: ExprId, at: At, span: Span) {
        if self.is_day(expr, at) {
            return;
        }
        let mut waiting = vec![at];
        while let Some(at) = waiting.pop() {
            for place in self.leaves(expr, at) {
                self.sample(place, span);
            }
            if let Some(op) = self.program.code.ops(expr).get(at.0 as usize) {
                waiting.extend(op.reads(&self.program.code));
                if let Op::Local(local) = op {
                    self.sample_local(*local, span);
                }
            }
        }
    }

    /// What a name of `låt` rests on is reckoned with wherever the name is.
    fn sample_local(&mut self, local: u16, span: Span) {
        let Some(value) = self.shape.lets().find(|one| one.local == local).map(|one| one.value) else {
            return;
        };
        if let Some(at) = last(self.program, value) {
            self.sampled(value, at, span);
        }
    }

    fn sample(&mut self, place: usize, span: Span) {
        let day = self.subjects.get(place).is_none_or(Subject::is_day);
        if let Some(marks) = self.marks.get_mut(place).filter(|_| !day) {
            marks.sampled = marks.sampled.or(Some(span));
        }
    }

    /// Whether a part is a date, or a number of days between dates.
    fn is_day(&self, expr: ExprId, at: At) -> bool {
        let Some(op) = self.program.code.ops(expr).get(at.0 as usize) else { return false };
        match op {
            Op::Constant(value) => matches!(value, Value::Day(_)),
            Op::DaysBetween(..) => true,
            op if op.gives() == Some(Type::Date) => true,
            Op::Choose(_, a, b) => self.is_day(expr, *a) && self.is_day(expr, *b),
            Op::Local(local) => {
                let value = self.shape.lets().find(|one| one.local == *local).map(|one| one.value);
                value.is_some_and(|value| last(self.program, value).is_some_and(|at| self.is_day(value, at)))
            }
            _ => {
                let leaves = self.leaves(expr, at);
                !leaves.is_empty()
                    && leaves.iter().all(|place| self.subjects.get(*place).is_some_and(Subject::is_day))
            }
        }
    }

    /// The subjects that a part simply is; either of two, where a condition chooses.
    fn leaves(&self, expr: ExprId, at: At) -> Vec<usize> {
        let Some(op) = self.program.code.ops(expr).get(at.0 as usize) else { return Vec::new() };
        let find = |what: &dyn Fn(&What) -> bool| {
            self.subjects.iter().position(|subject| what(&subject.what)).into_iter().collect()
        };
        match *op {
            Op::Field(slot) => {
                let place = self.occasion.place(slot);
                find(&|what| place.is_some_and(|place| *what == What::Field(place)))
            }
            Op::Fact(fact) | Op::FactFor(fact, _) => {
                match self.program.facts.get(fact.index()).map(|fact| fact.source) {
                    Some(FactSource::Computed(inner)) => {
                        last(self.program, inner).map_or_else(Vec::new, |at| self.leaves(inner, at))
                    }
                    _ => find(&|what| *what == What::Fact(fact)),
                }
            }
            Op::Previous(fact) | Op::PreviousFor(fact, _) => find(&|what| *what == What::Yesterday(fact)),
            Op::LookBack(index) => {
                find(&|what| matches!(what, What::LookBack(places) if places.contains(&index)))
            }
            Op::Choose(_, a, b) => {
                let (a, b) = (self.leaves(expr, a), self.leaves(expr, b));
                a.into_iter().chain(b).collect()
            }
            Op::Local(local) => match self.shape.lets().find(|one| one.local == local) {
                Some(one) => {
                    last(self.program, one.value).map_or_else(Vec::new, |at| self.leaves(one.value, at))
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The values that a part can have whatever the situation; none when it depends on one.
    fn known(&self, expr: ExprId, at: At) -> Vec<Value> {
        let Some(op) = self.program.code.ops(expr).get(at.0 as usize) else { return Vec::new() };
        match *op {
            Op::Constant(value) => vec![value],
            Op::ConstantNow(constant) | Op::ConstantOn(constant, _) => self
                .program
                .constants
                .get(constant.index())
                .map_or_else(Vec::new, |c| c.versions.iter().map(|version| version.value).collect()),
            Op::PerOf(inner, per) => {
                let known = self.known(expr, inner);
                known.into_iter().map(|value| crate::run::rate(value, per)).collect()
            }
            Op::Choose(_, a, b) => {
                let (a, b) = (self.known(expr, a), self.known(expr, b));
                if a.is_empty() || b.is_empty() { Vec::new() } else { a.into_iter().chain(b).collect() }
            }
            Op::Local(local) => match self.shape.lets().find(|one| one.local == local) {
                Some(one) => {
                    last(self.program, one.value).map_or_else(Vec::new, |at| self.known(one.value, at))
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The values, once everything has been read.
    fn finish(self, unsaid: Unsaid, pool: &mut Pool) -> Vec<Domain> {
        let mut all = Vec::new();
        for (place, subject) in self.subjects.iter().enumerate() {
            let group = self.alike.get(place).copied();
            let members: Vec<&Marks> = self
                .alike
                .iter()
                .zip(&self.marks)
                .filter(|(other, _)| Some(**other) == group)
                .map(|(_, marks)| marks)
                .collect();
            let own = self.marks.get(place);
            let mut domain =
                Domain { values: Vec::new(), sampled: members.iter().find_map(|marks| marks.sampled) };
            if !subject.is_day() {
                let thresholds: Vec<Value> =
                    members.iter().flat_map(|marks| marks.thresholds.clone()).collect();
                let ordered = members.iter().any(|marks| marks.ordered);
                domain.values = values::of(self.program, subject, &thresholds, ordered, members.len(), pool);
            }
            let nothing = subject.may_find_nothing(&self.program.code);
            let asked = own.is_some_and(|marks| marks.asked_unknown);
            let is_field = matches!(subject.what, What::Field(_));
            let from_start = self.known_from_start(subject) || (is_field && unsaid == Unsaid::Facts);
            if subject.optional && !subject.is_day() {
                domain.values.push(Value::None);
            }
            if !subject.is_day() && (nothing || asked || (unsaid != Unsaid::Nothing && !from_start)) {
                domain.values.push(Value::Unknown);
            }
            all.push(domain);
        }
        all
    }

    /// Whether a subject has a value even when nobody has said anything.
    fn known_from_start(&self, subject: &Subject) -> bool {
        match subject.what {
            What::Fact(fact) | What::Yesterday(fact) => {
                self.program.facts.get(fact.index()).is_some_and(|fact| match fact.source {
                    FactSource::Set(initial) | FactSource::Taken { initial, .. } => initial != Value::Unknown,
                    FactSource::Computed(_) => false,
                })
            }
            What::Field(_) => false,
            What::LookBack(_) | What::Decision(_) | What::Duty(..) | What::Absent => true,
        }
    }
}

/// The place of an expression's result.
fn last(program: &Program, expr: ExprId) -> Option<At> {
    let ops = program.code.ops(expr).len().checked_sub(1)?;
    u16::try_from(ops).ok().map(At)
}
