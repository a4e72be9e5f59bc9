//! Duties worked out: who bears them, to whom, and by when.

use super::duty::LiveDuty;
use super::evaluate::Frame;
use super::firing::{Firing, FiringState};
use super::observer::{Part, Site};
use super::outcome::{DutyOutcome, Missed, OutcomeKind, Pace, RecurringOutcome, Rhythm, Status};
use super::world::World;
use crate::program::{Effect, EffectKind, ExprId, Grounds, Limit, Recurrence, Rule};
use crate::value::Value;

impl<'a> World<'a> {
    #[expect(
        clippy::too_many_arguments,
        reason = "an effect stands in a branch of a rule that fired in a frame"
    )]
    pub(super) fn bring_duty(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        grounds: Option<&Grounds>,
        number: u16,
        place: u16,
        effect: &'a Effect,
        frame: &Frame<'_>,
    ) {
        let program = self.program;
        let EffectKind::Duty(id) = effect.kind else { return };
        let Some(duty) = program.duties.get(id.index()) else { return };
        let at = |part| Site { branch: number, effect: place, part };
        let mut missing: Vec<ExprId> = Vec::new();
        let recipients = match duty.recipients {
            None => vec![None],
            Some(expr) => match self.evaluate(expr, frame) {
                Value::Set(set) => self.pool.members(set).iter().map(|member| Some(*member)).collect(),
                Value::Unknown | Value::None => {
                    missing.push(expr);
                    Vec::new()
                }
                one => vec![Some(one)],
            },
        };
        let limit = match (duty.limit, &duty.recurrence) {
            (Limit::By(expr) | Limit::On(expr), _) => Some((expr, Part::Limit)),
            (_, Some(Recurrence::AfterLatest { due, .. })) => Some((*due, Part::Limit)),
            _ => None,
        };
        let mut by = None;
        let mut moved = None;
        if let Some((expr, part)) = limit {
            by = self.evaluate_at(at(part), expr, frame).as_day();
            moved = self.movement(expr, frame);
            if by.is_none() {
                missing.push(expr);
            }
        }
        let not_before =
            duty.not_before.map(|expr| (expr, self.evaluate_at(at(Part::NotBefore), expr, frame).as_day()));
        if let Some((expr, None)) = not_before {
            missing.push(expr);
        }
        if !missing.is_empty() {
            let mut needs = Vec::new();
            for expr in missing {
                needs.extend(self.needs(expr, frame));
            }
            self.doubt_effects(firing, std::slice::from_ref(effect), frame);
            let of = self.kind_of(effect);
            self.undetermined(firing, rule, grounds, number, place, of, needs, frame);
            firing.state = FiringState::Fired;
            return;
        }
        let not_before = not_before.and_then(|(_, day)| day);
        let on = matches!(duty.limit, Limit::On(_)).then_some(by).flatten();
        let before = match duty.limit {
            Limit::BeforeEvent(event) => Some(event),
            _ => None,
        };
        let pace = match (duty.without_delay, duty.no_time_stated) {
            (true, _) => Some(Pace::WithoutDelay),
            (_, true) => Some(Pace::NoTimeStated),
            _ => None,
        };
        for bearer in &duty.bearers {
            for to in &recipients {
                let live = LiveDuty {
                    duty: id,
                    rule: firing.rule,
                    branch: number,
                    effect: place,
                    cause: firing.cause,
                    firing: firing.number,
                    outcome: 0,
                    born: frame.now,
                    date: frame.date,
                    locals: self.locals.clone().into_boxed_slice(),
                    bearer: Value::Role(u16::try_from(bearer.0).unwrap_or(u16::MAX)),
                    recipient: to.unwrap_or(Value::None),
                    by,
                    not_before: not_before.max(on),
                    before,
                    soft: duty.soft,
                    met: None,
                    met_by: None,
                    lapsed: None,
                    followed: false,
                    assumes: Vec::new(),
                    paused: false,
                    missed: Vec::new(),
                };
                let kind = match &duty.recurrence {
                    None => OutcomeKind::Duty(DutyOutcome {
                        role: *bearer,
                        action: duty.action,
                        to: *to,
                        by: if on.is_some() { None } else { by },
                        on,
                        not_before,
                        before,
                        pace,
                        status: Status::Open,
                        fulfilled_on: None,
                        fulfilled_by: None,
                        lapsed_on: None,
                        soft: duty.soft,
                    }),
                    Some(recurrence) => OutcomeKind::RecurringDuty(RecurringOutcome {
                        role: *bearer,
                        action: duty.action,
                        to: *to,
                        rhythm: self.rhythm(recurrence, frame),
                        by,
                        status: Status::Open,
                        missed: Vec::<Missed>::new(),
                        counted: Vec::new(),
                        reached: None,
                        soft: duty.soft,
                    }),
                };
                firing.duties.push((firing.outcomes.len(), live));
                self.put(firing, rule, grounds, Some(&effect.grounds), number, place, kind, frame);
                if let Some(outcome) = firing.outcomes.last_mut() {
                    outcome.remarks.moved = moved;
                }
            }
        }
    }

    pub(super) fn rhythm(&mut self, recurrence: &Recurrence, frame: &Frame<'_>) -> Rhythm {
        match recurrence {
            Recurrence::Times { times, per, whole } => {
                Rhythm::Per { times: Some(*times), amount: None, per: *per, whole: *whole }
            }
            Recurrence::Amount { amount, per, .. } => {
                let amount = Some(self.evaluate(*amount, frame));
                Rhythm::Per { times: None, amount, per: *per, whole: false }
            }
            Recurrence::AfterLatest { period, .. } => match self.evaluate(*period, frame) {
                Value::Period(period) => Rhythm::Every(period),
                _ => Rhythm::Every(crate::time::Period::ZERO),
            },
        }
    }
}
