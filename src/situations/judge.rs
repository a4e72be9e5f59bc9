//! A rule judged in one situation: whether it applies, which branch is taken, and the days of what it brings.

use crate::program::code::Op;
use crate::program::{ExprId, Limit, Program, Promised};
use crate::run::Trial;
use crate::time::Day;
use crate::value::{Pool, Value};

use super::depends::{Dependencies, Needs};
use super::example::Telling;
use super::shape::Shape;
use super::subject::{Occasion, Subject, What};

/// Whether a rule applies in a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Course {
    /// What narrows it does not hold, or it is not set off.
    Silent,
    /// It applies.
    Applies,
    /// It is not known which branch is taken.
    Unknown,
}

/// What a rule makes of a situation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Judged {
    /// Whether it applies.
    pub course: Course,
    /// The branch taken; 0 when none is.
    pub branch: u16,
    /// Which requirements fail, as bits in text order.
    pub failing: u64,
    /// The day it fires.
    pub fires: Option<Day>,
    /// What it brings: the effects that always apply, then the branch's, with what follows each missed duty after it.
    pub brought: Vec<Brought>,
}

/// An effect that a rule brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Brought {
    /// Its place in [`Shape::effects`].
    pub effect: usize,
    /// Its first day; of an end, the first day without.
    pub first: Value,
    /// Its last day.
    pub until: Value,
    /// The last day in time, of a duty.
    pub last_day: Value,
    /// The first day that counts, of a duty.
    pub not_before: Value,
}

impl Judged {
    /// The first day of the first effect that has one.
    pub fn first_day(&self) -> Option<Day> {
        self.brought.iter().find_map(|one| one.first.as_day())
    }
}

/// Judges a rule in one situation after another.
pub struct Judge<'a> {
    program: &'a Program,
    shape: Shape<'a>,
    occasion: Occasion<'a>,
    trial: Trial<'a>,
    subjects: Vec<Subject>,
    dependencies: Dependencies,
    recurring: Vec<bool>,
    /// What expressions that depend on no day come to, until a subject is supposed anew.
    known: Vec<(ExprId, Value)>,
    judged: Judged,
    parts: Vec<Value>,
    lets: Vec<(u16, ExprId)>,
}

impl<'a> Judge<'a> {
    /// A judge of a rule on an occasion. Nothing is supposed yet.
    pub fn new(
        program: &'a Program,
        shape: Shape<'a>,
        occasion: Occasion<'a>,
        subjects: Vec<Subject>,
        mut trial: Trial<'a>,
    ) -> Judge<'a> {
        let dependencies = Dependencies::of(program, &shape, occasion, &subjects);
        if let Some(event) = occasion.event {
            trial.set_off_by(event, occasion.fields);
        }
        trial.locals(shape.rule.locals);
        let lets = shape.lets().map(|one| (one.local, one.value)).collect();
        let recurring = shape
            .effects
            .iter()
            .map(|one| match one.effect.kind {
                crate::program::EffectKind::Duty(id) => program
                    .duties
                    .get(id.index())
                    .is_some_and(|duty| duty.recurrence.is_some() || matches!(duty.limit, Limit::Open)),
                _ => false,
            })
            .collect();
        let judged =
            Judged { course: Course::Silent, branch: 0, failing: 0, fires: None, brought: Vec::new() };
        Judge {
            program,
            shape,
            occasion,
            trial,
            subjects,
            dependencies,
            recurring,
            known: Vec::new(),
            judged,
            parts: Vec::new(),
            lets,
        }
    }

    /// The ruleset it lies in.
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The rule laid out.
    pub fn shape(&self) -> &Shape<'a> {
        &self.shape
    }

    /// A situation that it judged as an example in the language of the rule's file, ready to paste under the rule; nothing
    /// when it takes more than an example can say.
    pub fn example(&self, day: Day, values: &[Value]) -> Option<String> {
        let readings = self.trial.readings();
        let telling = Telling {
            program: self.program,
            rule: self.shape.id,
            occasion: self.occasion,
            subjects: &self.subjects,
            readings: &readings,
        };
        telling.text(day, values, self.pool(), self.shape.rule.language)
    }

    /// Its subjects.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// What its expressions depend on.
    pub fn dependencies(&self) -> &Dependencies {
        &self.dependencies
    }

    /// The trial in which it is judged.
    pub fn trial(&mut self) -> &mut Trial<'a> {
        &mut self.trial
    }

    /// Whether an effect is a duty that comes back, or one without a last day.
    pub fn is_recurring(&self, effect: usize) -> bool {
        self.recurring.get(effect).copied().unwrap_or(false)
    }

    /// Supposes the value of a subject, by its place.
    pub fn suppose(&mut self, subject: usize, value: Value) {
        let Some(known) = self.subjects.get(subject) else { return };
        match &known.what {
            What::Field(place) => self.trial.field(*place, value),
            What::Fact(fact) => self.trial.fact(*fact, value),
            What::Yesterday(fact) => self.trial.fact_yesterday(*fact, value),
            What::LookBack(places) => {
                for place in places {
                    self.trial.look_back(*place, value);
                }
            }
            What::Decision(event) => {
                let granted = match value {
                    Value::YesNo(granted) => Some(granted),
                    _ => None,
                };
                self.trial.decision(*event, granted);
            }
            What::Duty(action, state) => self.trial.duty(*action, *state, value.is_yes()),
            What::Absent => return,
        }
        if !known.is_day() {
            self.known.clear();
        }
    }

    /// What was judged last.
    pub fn judged(&self) -> &Judged {
        &self.judged
    }

    /// Whether the condition of a guarantee holds, by its place in [`Shape::promises`], of a day that was brought.
    pub fn promise(&mut self, place: usize, day: Option<Day>) -> Value {
        let Some(promise) = self.shape.promises.get(place).copied() else { return Value::Unknown };
        match promise.of {
            Promised::EffectiveDay => self.trial.effective(day),
            Promised::LastDay => self.trial.last_day(day),
            Promised::Neither => {}
        }
        let holds = self.trial.value(promise.condition);
        self.trial.effective(None);
        self.trial.last_day(None);
        holds
    }

    /// The value of a part of one of the rule's expressions on the day last judged.
    pub fn part(&mut self, expr: ExprId, place: usize) -> Value {
        let mut parts = std::mem::take(&mut self.parts);
        self.trial.parts(expr, &mut parts);
        let value = parts.get(place).copied().unwrap_or(Value::Unknown);
        self.parts = parts;
        value
    }

    /// The value of one of the rule's expressions on the day last judged.
    pub fn value(&mut self, expr: ExprId) -> Value {
        self.trial.value(expr)
    }

    /// Supposes a day: of the event that sets the rule off, or of time itself. The day the rule fires, where it does, and
    /// all that `låt` names are worked out.
    pub fn set(&mut self, day: Day) -> Option<Day> {
        let fires = self.fires(day);
        for place in 0..self.lets.len() {
            let Some((local, value)) = self.lets.get(place).copied() else { break };
            let value = self.trial.value(value);
            self.trial.local(local, value);
        }
        fires
    }

    /// Supposes a day like [`Judge::set`], for one expression: what `låt` names is worked out only if it reads that.
    pub fn prepare(&mut self, day: Day, expr: ExprId) -> Option<Day> {
        let ops = self.program.code.ops(expr);
        if self.lets.is_empty() || !ops.iter().any(|op| matches!(op, Op::Local(_))) {
            return self.fires(day);
        }
        self.set(day)
    }

    fn fires(&mut self, day: Day) -> Option<Day> {
        self.trial.last_day(None);
        self.trial.on(day, day);
        let Some(due) = self.shape.due else { return Some(day) };
        let fires = self.trial.value(due).as_day()?.max(day);
        self.trial.on(day, fires);
        Some(fires)
    }

    /// Judges the rule on a day: of the event that sets it off, or of time itself.
    pub fn judge(&mut self, day: Day) -> &Judged {
        self.judged.brought.clear();
        (self.judged.course, self.judged.branch, self.judged.failing) = (Course::Silent, 0, 0);
        self.judged.fires = self.fires(day);
        if self.judged.fires.is_none() {
            return &self.judged;
        }
        self.decide();
        &self.judged
    }

    fn decide(&mut self) {
        let mut unknown = false;
        for place in 0..self.shape.narrowed_by.len() {
            match self.at(self.shape.narrowed_by.get(place).copied()) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => return,
                _ => unknown = true,
            }
        }
        if unknown {
            self.judged.course = Course::Unknown;
            return;
        }
        self.judged.course = Course::Applies;
        for place in 0..self.shape.requirements.len() {
            match self.at(self.shape.requirements.get(place).copied()) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    let bit = 1u64.checked_shl(u32::try_from(place).unwrap_or(63)).unwrap_or(0);
                    self.judged.failing |= bit;
                }
                _ => unknown = true,
            }
        }
        let rule = self.shape.rule;
        for one in &rule.lets {
            let value = self.at(Some(one.value));
            self.trial.local(one.local, value);
        }
        let always = self.shape.branches.first().map_or(self.shape.effects.len(), |first| first.effects.0);
        self.bring(0, always);
        for place in 0..self.shape.branches.len() {
            let Some(shape) = self.shape.branches.get(place) else { break };
            let (branch, effects) = (shape.branch, shape.effects);
            let holds = branch.condition.map_or(Value::YesNo(true), |condition| self.at(Some(condition)));
            match holds {
                Value::YesNo(false) => continue,
                Value::YesNo(true) => {
                    self.judged.branch = u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1);
                    for one in &branch.lets {
                        let value = self.at(Some(one.value));
                        self.trial.local(one.local, value);
                    }
                    self.bring(effects.0, effects.1);
                }
                _ => unknown = true,
            }
            break;
        }
        if unknown {
            self.judged.course = Course::Unknown;
        }
    }

    fn bring(&mut self, from: usize, to: usize) {
        for place in from..to {
            let Some(shape) = self.shape.effects.get(place) else { break };
            let (first, after, until) = (shape.first, shape.after, shape.until);
            let (last_day, not_before, failing_of) = (shape.last_day, shape.not_before, shape.failing_of);
            let missed = failing_of.and_then(|duty| {
                let duty = self.judged.brought.iter().find(|one| one.effect == duty)?;
                duty.last_day.as_day()
            });
            if failing_of.is_some() {
                self.trial.last_day(missed);
            }
            let mut first = self.at(first);
            if after {
                first = first.as_day().and_then(|day| day.next().ok()).map_or(Value::Unknown, Value::Day);
            }
            let brought = Brought {
                effect: place,
                first,
                until: self.at(until),
                last_day: self.at(last_day),
                not_before: self.at(not_before),
            };
            self.judged.brought.push(brought);
            if failing_of.is_some() {
                self.trial.last_day(None);
            }
        }
    }

    /// The value of an expression; none at all is none.
    fn at(&mut self, expr: Option<ExprId>) -> Value {
        let Some(expr) = expr else { return Value::None };
        if self.dependencies.on_days(expr) {
            return self.trial.value(expr);
        }
        if let Some((_, value)) = self.known.iter().find(|(known, _)| *known == expr) {
            return *value;
        }
        let value = self.trial.value(expr);
        self.known.push((expr, value));
        value
    }

    /// Whether an expression depends on a day.
    pub fn depends_on_days(&self, expr: ExprId) -> bool {
        self.dependencies.on_days(expr)
    }

    /// Whether an expression depends on a day that is given, beside the one the rule fires on.
    pub fn needs_given_day(&self, expr: ExprId) -> bool {
        let given = Needs(self.dependencies.days.0 & !Needs::DAY.0);
        self.dependencies.whole(expr).meets(given)
    }

    /// The texts and sets that values name.
    pub fn pool(&self) -> &Pool {
        self.trial.texts()
    }

    /// What an expression depends on.
    pub fn needs(&self, expr: ExprId) -> Needs {
        self.dependencies.whole(expr)
    }
}
