//! What an example expects held against what a run brought.

use super::is_yes;
use crate::program::{
    Expected, ExpectedKind, ExprId, FactId, Program, Recurrence, RuleId, Template, TemplatePart,
};
use crate::run::observer::{Observer, Part, Site};
use crate::run::timeline::Stretch;
use crate::run::{Case, Happening, Outcome, OutcomeKind, Pace, Rhythm, Settings, Status};
use crate::syntax::tree::DutyState;
use crate::time::Day;
use crate::value::{Pool, Value, scale};

/// What an example expects, in the frame of its event.
pub(super) struct Expectation<'a> {
    pub(super) program: &'a Program,
    pub(super) settings: &'a Settings,
    pub(super) case: &'a Case,
    pub(super) pool: &'a mut Pool,
    pub(super) event: Option<&'a Happening>,
}

impl Expectation<'_> {
    fn value(&mut self, expr: ExprId) -> Value {
        crate::run::evaluate(self.program, self.settings, self.case, self.pool, self.event, expr)
    }

    /// Whether a day is the expected one; a day that is not stated fits.
    fn is_day(&mut self, expected: Option<ExprId>, day: Option<Day>) -> bool {
        match expected {
            None => true,
            Some(expr) => day.is_some_and(|day| self.value(expr) == Value::Day(day)),
        }
    }

    fn is_value(&mut self, expected: Option<ExprId>, value: Value) -> bool {
        match expected {
            None => true,
            Some(expr) => alike(self.value(expr), value),
        }
    }

    fn is_of(&mut self, expected: Option<ExprId>, of: Option<Value>) -> bool {
        match (expected, of) {
            (None, _) => true,
            (Some(expr), Some(of)) => self.value(expr) == of,
            (Some(_), None) => false,
        }
    }

    fn is_rhythm(&mut self, written: &Recurrence, rhythm: Rhythm) -> bool {
        match (written, rhythm) {
            (Recurrence::Times { times, per, whole }, Rhythm::Per { times: t, per: p, whole: w, .. }) => {
                Some(*times) == t && *per == p && *whole == w
            }
            (Recurrence::Amount { amount, per, .. }, Rhythm::Per { amount: a, per: p, .. }) => {
                *per == p && a.is_some_and(|a| alike(self.value(*amount), a))
            }
            (Recurrence::AfterLatest { period, .. }, Rhythm::Every(p)) => {
                self.value(*period) == Value::Period(p)
            }
            _ => false,
        }
    }

    fn is_text(&mut self, expected: Option<&Template>, text: &crate::Words) -> bool {
        let Some(template) = expected else { return true };
        let mut written = String::new();
        for part in &template.sv {
            match part {
                TemplatePart::Literal(letters) => written.push_str(letters),
                TemplatePart::Hole(expr) => {
                    let value = self.value(*expr);
                    let words = crate::words::value(self.program, self.pool, value, crate::Language::Swedish);
                    written.push_str(&words);
                }
            }
        }
        text.sv == written
    }

    /// For what is expected of a duty's status: whether it holds. It is asked of the duties that the example's own rule
    /// brought last, or else of the last one in the case; when there are several (recipients, bearers), all must be
    /// met for it to be met, and any other status is enough in one.
    pub(super) fn status(
        &self,
        expected: &crate::program::Expected,
        own: &[&Outcome],
        all: &[Outcome],
    ) -> Option<bool> {
        let ExpectedKind::DutyStatus(action, state) = &expected.kind else { return None };
        let status = |outcome: &Outcome| match &outcome.kind {
            OutcomeKind::Duty(duty) if duty.action == *action => Some(duty.status),
            OutcomeKind::RecurringDuty(duty) if duty.action == *action => Some(duty.status),
            _ => None,
        };
        let last = own.iter().rev().find(|outcome| status(outcome).is_some());
        let asked: Vec<Status> = match last {
            Some(last) => own
                .iter()
                .filter(|outcome| outcome.firing == last.firing)
                .filter_map(|outcome| status(outcome))
                .collect(),
            None => all.iter().rev().find_map(status).into_iter().collect(),
        };
        let any = |wanted: Status| asked.contains(&wanted);
        Some(match state {
            DutyState::Open => any(Status::Open),
            DutyState::Met => !asked.is_empty() && asked.iter().all(|status| *status == Status::Met),
            DutyState::MetLate => any(Status::MetLate),
            DutyState::Overdue => any(Status::Overdue),
            DutyState::Lapsed => any(Status::Lapsed),
        })
    }

    /// Whether what is expected was brought. A duty is one for each bearer and each recipient that is written.
    pub(super) fn brought(&mut self, expected: &Expected, brought: &[&Outcome]) -> bool {
        let ExpectedKind::Duty { roles, recipients, .. } = &expected.kind else {
            return brought.iter().any(|outcome| self.fits(expected, outcome));
        };
        let to: Vec<Option<Value>> = match recipients.map(|expr| self.value(expr)) {
            None => vec![None],
            Some(Value::Set(set)) if !self.pool.members(set).is_empty() => {
                self.pool.members(set).iter().copied().map(Some).collect()
            }
            Some(_) => return false,
        };
        let mut each = roles.iter().flat_map(|role| to.iter().map(move |to| (*role, *to)));
        each.all(|(role, to)| {
            brought.iter().any(|outcome| {
                let (bearer, recipient) = match &outcome.kind {
                    OutcomeKind::Duty(duty) => (duty.role, duty.to),
                    OutcomeKind::RecurringDuty(duty) => (duty.role, duty.to),
                    _ => return false,
                };
                bearer == role && (to.is_none() || to == recipient) && self.fits(expected, outcome)
            })
        })
    }

    /// Whether an outcome is what is expected, as far as that is said; of a duty, whoever owes it, and to whom.
    fn fits(&mut self, expected: &Expected, outcome: &Outcome) -> bool {
        match (&expected.kind, &outcome.kind) {
            (
                ExpectedKind::Begins { fact, parameter, from, until },
                OutcomeKind::Begins { fact: f, of, from: first, until: last },
            ) => {
                fact == f
                    && self.is_of(*parameter, *of)
                    && self.is_day(*from, Some(*first))
                    && self.is_day(*until, *last)
            }
            (ExpectedKind::Ends { fact, parameter, when, after }, OutcomeKind::Ends { fact: f, of, on }) => {
                let day = if *after { on.previous().ok() } else { Some(*on) };
                fact == f && self.is_of(*parameter, *of) && self.is_day(*when, day)
            }
            (
                ExpectedKind::Becomes { fact, parameter, value, from },
                OutcomeKind::Becomes { fact: f, of, value: new, from: first },
            ) => {
                fact == f
                    && self.is_of(*parameter, *of)
                    && self.is_value(*value, *new)
                    && self.is_day(*from, Some(*first))
            }
            (
                ExpectedKind::Duty {
                    soft,
                    action,
                    by,
                    on,
                    not_before,
                    recurrence: None,
                    without_delay,
                    no_time_stated,
                    ..
                },
                OutcomeKind::Duty(duty),
            ) => {
                *action == duty.action
                    && *soft == duty.soft
                    && self.is_day(*by, duty.by)
                    && self.is_day(*on, duty.on)
                    && self.is_day(*not_before, duty.not_before)
                    && (!without_delay || duty.pace == Some(Pace::WithoutDelay))
                    && (!no_time_stated || duty.pace == Some(Pace::NoTimeStated))
            }
            (ExpectedKind::Duty { soft, action, by, recurrence, .. }, OutcomeKind::RecurringDuty(duty)) => {
                *action == duty.action
                    && *soft == duty.soft
                    && self.is_day(*by, duty.by)
                    && recurrence.as_ref().is_none_or(|written| self.is_rhythm(written, duty.rhythm))
            }
            (
                ExpectedKind::Permission { roles, allowed, action, from, through },
                OutcomeKind::Permission { allowed: a, role, action: what, from: first, until },
            ) => {
                roles.contains(role)
                    && allowed == a
                    && action == what
                    && self.is_day(*from, *first)
                    && self.is_day(*through, *until)
            }
            (ExpectedKind::Granted, OutcomeKind::Decision { granted, .. }) => *granted,
            (ExpectedKind::Denied(text), OutcomeKind::Decision { granted: false, reasons }) => {
                reasons.iter().any(|reason| match &reason.text {
                    Some(reason) => self.is_text(text.as_ref(), reason),
                    None => text.is_none(),
                })
            }
            (ExpectedKind::Finding(wanted), OutcomeKind::Finding { mild: false, text, .. })
            | (ExpectedKind::Note(wanted), OutcomeKind::Finding { mild: true, text, .. }) => {
                self.is_text(wanted.as_ref(), text)
            }
            (ExpectedKind::Gives { result, value }, OutcomeKind::Value { result: r, value: given }) => {
                result == r && self.is_value(*value, *given)
            }
            (ExpectedKind::Undetermined, OutcomeKind::Undetermined { .. })
            | (ExpectedKind::Conflict, OutcomeKind::Conflict { .. }) => true,
            _ => false,
        }
    }
}

/// Whether a value brought is the one written: a whole number may stand for a decimal one, and a share is its ratio,
/// however its part and whole are told.
fn alike(written: Value, brought: Value) -> bool {
    match (written, brought) {
        (Value::Count(count), Value::Number(number)) => count.checked_mul(scale::NUMBER) == Some(number),
        (Value::Share { part: a, whole: m }, Value::Share { part: b, whole: n }) => {
            i128::from(a).checked_mul(i128::from(n)) == i128::from(b).checked_mul(i128::from(m))
        }
        (written, brought) => written == brought,
    }
}

/// Watches which branches are taken.
#[derive(Default)]
pub(super) struct BranchWatch {
    rule: Option<RuleId>,
    seen: Vec<(RuleId, u16, bool)>,
}

impl BranchWatch {
    /// The branches taken: those whose condition held, and `annars` where every condition before it failed.
    pub(super) fn taken(&self, program: &Program) -> Vec<(RuleId, u16)> {
        let mut taken = Vec::new();
        let mut rest = self.seen.as_slice();
        while let Some((rule, _, _)) = rest.first() {
            let mut end = rest.iter().take_while(|(other, _, _)| other == rule).count();
            // A later firing of the same rule begins again at its first branch.
            if let Some(again) =
                rest.iter().skip(1).position(|(other, branch, _)| other == rule && *branch <= 1)
            {
                end = end.min(again.saturating_add(1));
            }
            let (firing, later) = rest.split_at(end.max(1));
            rest = later;
            let held = firing.iter().find(|(_, _, held)| *held);
            match held {
                Some((rule, branch, _)) => taken.push((*rule, *branch)),
                None => {
                    let branches =
                        program.rules.get(rule.index()).map(|rule| rule.branches.as_slice()).unwrap_or(&[]);
                    let otherwise = branches.iter().position(|branch| branch.condition.is_none());
                    if let Some(otherwise) = otherwise.and_then(|place| u16::try_from(place).ok())
                        && firing.len() == usize::from(otherwise)
                    {
                        taken.push((*rule, otherwise.saturating_add(1)));
                    }
                }
            }
        }
        taken
    }
}

impl Observer for BranchWatch {
    fn firing(&mut self, _: u32, rule: Option<RuleId>, _: Option<crate::run::Cause>, _: Day) {
        self.rule = rule;
    }

    fn evaluated(&mut self, site: Site, _: ExprId, values: &[Value]) {
        if let (Some(rule), Part::Condition) = (self.rule, site.part) {
            self.seen.push((rule, site.branch, is_yes(values.last())));
        }
    }

    fn fact_read(&mut self, _: FactId, _: Option<Value>, _: Day, _: Value, _: Option<&Stretch>) {}
}
