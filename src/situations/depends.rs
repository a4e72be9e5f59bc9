//! Which parts of an expression depend on which subjects, and which on the day.

use std::collections::BTreeMap;

use crate::program::code::{At, Op};
use crate::program::{ExprId, FactSource, Program};

use super::shape::Shape;
use super::subject::{Occasion, Subject, What};

/// A set of subjects by their places; the last bit is the day the rule fires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs(pub u64);

impl Needs {
    /// The day the rule fires.
    pub const DAY: Needs = Needs(1 << 63);
    /// The most subjects that can be told apart.
    pub const MOST: usize = 63;

    /// One subject.
    pub fn subject(place: usize) -> Needs {
        let bit = u32::try_from(place).ok().filter(|bit| *bit < 63).and_then(|bit| 1u64.checked_shl(bit));
        Needs(bit.unwrap_or(0))
    }

    /// What is in either.
    #[must_use]
    pub fn and(self, other: Needs) -> Needs {
        Needs(self.0 | other.0)
    }

    /// Whether anything is in both.
    pub fn meets(self, other: Needs) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of this is in the other.
    pub fn within(self, other: Needs) -> bool {
        self.0 & !other.0 == 0
    }
}

/// What each part of each expression of a rule depends on.
#[derive(Clone, Debug)]
pub struct Dependencies {
    by_expression: BTreeMap<u32, Vec<Needs>>,
    /// For each expression of the ruleset whether it depends on a day: asked once per situation and expression.
    on_days: Vec<bool>,
    /// The subjects whose values are days, and the day the rule fires.
    pub days: Needs,
}

impl Dependencies {
    /// Works them out.
    pub fn of(
        program: &Program,
        shape: &Shape<'_>,
        occasion: Occasion<'_>,
        subjects: &[Subject],
    ) -> Dependencies {
        let mut days = Needs::DAY;
        for (place, subject) in subjects.iter().enumerate() {
            if subject.is_day() {
                days = days.and(Needs::subject(place));
            }
        }
        let locals = vec![Needs::default(); shape.rule.locals as usize];
        let mut work = Work { program, occasion, subjects, days, locals, by_expression: BTreeMap::new() };
        for one in shape.lets() {
            let needs = work.expression(one.value);
            if let Some(local) = work.locals.get_mut(one.local as usize) {
                *local = needs;
            }
        }
        for expr in shape.expressions() {
            work.expression(expr);
        }
        let by_expression = work.by_expression;
        let mut on_days = vec![false; program.code.expressions.len()];
        for (expr, parts) in &by_expression {
            let whole = parts.last().copied().unwrap_or_default();
            if let Some(slot) = on_days.get_mut(*expr as usize) {
                *slot = whole.meets(days);
            }
        }
        Dependencies { by_expression, on_days, days }
    }

    /// Whether an expression depends on a day.
    pub fn on_days(&self, expr: ExprId) -> bool {
        self.on_days.get(expr.index()).copied().unwrap_or(false)
    }

    /// What an expression depends on.
    pub fn whole(&self, expr: ExprId) -> Needs {
        self.parts(expr).last().copied().unwrap_or_default()
    }

    /// What each part of an expression depends on.
    pub fn parts(&self, expr: ExprId) -> &[Needs] {
        self.by_expression.get(&expr.0).map_or(&[], |parts| parts)
    }
}

struct Work<'a> {
    program: &'a Program,
    occasion: Occasion<'a>,
    subjects: &'a [Subject],
    days: Needs,
    locals: Vec<Needs>,
    by_expression: BTreeMap<u32, Vec<Needs>>,
}

impl Work<'_> {
    fn expression(&mut self, expr: ExprId) -> Needs {
        if let Some(known) = self.by_expression.get(&expr.0) {
            return known.last().copied().unwrap_or_default();
        }
        let program = self.program;
        let mut parts: Vec<Needs> = Vec::new();
        for op in program.code.ops(expr) {
            let own = self.own(*op);
            // What looking back gives is supposed whole, whatever days it looks between.
            let read = if matches!(op, Op::LookBack(_)) { Vec::new() } else { op.reads(&program.code) };
            parts.push(read.iter().fold(own, |all, at| all.and(part(&parts, *at))));
        }
        let whole = parts.last().copied().unwrap_or_default();
        self.by_expression.insert(expr.0, parts);
        whole
    }

    /// What an operation depends on by itself.
    fn own(&mut self, op: Op) -> Needs {
        let program = self.program;
        let place = |what: &dyn Fn(&What) -> bool| {
            self.subjects
                .iter()
                .position(|subject| what(&subject.what))
                .map_or(Needs::default(), Needs::subject)
        };
        match op {
            Op::FireDate | Op::EventDate => Needs::DAY,
            // Whatever day it is may have been worked out from any of them.
            Op::LastDay | Op::EffectiveDay => self.days,
            Op::Field(slot) => {
                let index = self.occasion.place(slot);
                place(&|what| index.is_some_and(|index| *what == What::Field(index)))
            }
            Op::Fact(fact) | Op::FactFor(fact, _) => {
                match program.facts.get(fact.index()).map(|fact| fact.source) {
                    Some(FactSource::Computed(expr)) => self.expression(expr),
                    _ => place(&|what| *what == What::Fact(fact)),
                }
            }
            Op::Previous(fact) | Op::PreviousFor(fact, _) => place(&|what| *what == What::Yesterday(fact)),
            Op::LookBack(index) => {
                place(&|what| matches!(what, What::LookBack(places) if places.contains(&index)))
            }
            Op::DecisionIs(event, _) => place(&|what| *what == What::Decision(event)),
            Op::DutyIs(action, state) => place(&|what| *what == What::Duty(action, state)),
            Op::Local(local) => self.locals.get(local as usize).copied().unwrap_or_default(),
            Op::ConstantNow(constant) => {
                let versions = program.constants.get(constant.index()).map_or(0, |c| c.versions.len());
                if versions > 1 { Needs::DAY } else { Needs::default() }
            }
            Op::Answer(table, ..) => {
                let versions = program.tables.get(table.index()).map_or(0, |table| table.versions.len());
                if versions > 1 { Needs::DAY } else { Needs::default() }
            }
            _ => Needs::default(),
        }
    }
}

fn part(parts: &[Needs], at: At) -> Needs {
    parts.get(at.0 as usize).copied().unwrap_or_default()
}
