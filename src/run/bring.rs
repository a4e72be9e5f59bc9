//! Effects worked out: a fact that begins, ends or changes, a permission, a remark, a value, a reason.

use super::evaluate::Frame;
use super::firing::{Firing, FiringState, Opinion, cite, gather};
use super::observer::{Part, Site};
use super::outcome::{OutcomeKind, Reason};
use super::world::World;
use crate::program::{Branch, Effect, EffectKind, ExprId, Rule};
use crate::value::Value;

impl<'a> World<'a> {
    /// Works an effect out.
    #[expect(
        clippy::too_many_arguments,
        reason = "an effect stands in a branch of a rule that fired in a frame"
    )]
    pub(super) fn bring(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        branch: Option<&'a Branch>,
        number: u16,
        place: usize,
        effect: &'a Effect,
        frame: &Frame<'_>,
    ) {
        // What one effect rests on is not what the next one rests on.
        let rested = self.rested_on.len();
        self.work_out(firing, rule, branch, number, place, effect, frame);
        self.rested_on.truncate(rested);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "an effect stands in a branch of a rule that fired in a frame"
    )]
    fn work_out(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        branch: Option<&'a Branch>,
        number: u16,
        place: usize,
        effect: &'a Effect,
        frame: &Frame<'_>,
    ) {
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        let at = |part| Site { branch: number, effect: place, part };
        firing.state = FiringState::Fired;
        let grounds = branch.map(|branch| &branch.grounds);
        let mut missing: Vec<ExprId> = Vec::new();
        let mut day = |world: &mut World<'a>, expr: ExprId, part: Part| {
            let value = world.evaluate_at(at(part), expr, frame).as_day();
            if value.is_none() {
                missing.push(expr);
            }
            value
        };
        let mut moved = None;
        // The value that a fact is for: none is no value.
        let of_what = match &effect.kind {
            EffectKind::Applies { parameter, .. }
            | EffectKind::Ends { parameter, .. }
            | EffectKind::Becomes { parameter, .. } => *parameter,
            _ => None,
        };
        let of = of_what.map(|parameter| (parameter, self.evaluate(parameter, frame)));
        let no_parameter = match of {
            Some((parameter, Value::Unknown | Value::None)) => Some(parameter),
            _ => None,
        };
        let of = of.map(|(_, value)| value);
        let kind = match &effect.kind {
            EffectKind::Applies { fact, from, through, .. } => {
                let first = day(self, *from, Part::From);
                let last = through.map(|through| day(self, through, Part::Until));
                moved = self.movement(*from, frame);
                match (first, last) {
                    (Some(from), None) => Some(OutcomeKind::Begins { fact: *fact, of, from, until: None }),
                    (Some(from), Some(Some(last))) => {
                        Some(OutcomeKind::Begins { fact: *fact, of, from, until: Some(last) })
                    }
                    _ => None,
                }
            }
            EffectKind::Ends { fact, when, after, .. } => {
                let when_day = day(self, *when, Part::From);
                moved = self.movement(*when, frame);
                let on = if *after { when_day.and_then(|day| day.next().ok()) } else { when_day };
                on.map(|on| OutcomeKind::Ends { fact: *fact, of, on })
            }
            EffectKind::Becomes { fact, value, from, .. } => {
                let from_day = day(self, *from, Part::From);
                moved = self.movement(*from, frame);
                let new = self.evaluate_at(at(Part::Value), *value, frame);
                // Only an optional fact can be none.
                let optional = self.program.facts.get(fact.index()).is_some_and(|fact| fact.optional);
                let known = new != Value::Unknown && (optional || new != Value::None);
                if !known {
                    missing.push(*value);
                }
                from_day.filter(|_| known).map(|from| OutcomeKind::Becomes {
                    fact: *fact,
                    of,
                    value: new,
                    from,
                })
            }
            EffectKind::Permission { roles, allowed, action, from, through } => {
                let first = from.map(|from| day(self, from, Part::From));
                let last = through.map(|through| day(self, through, Part::Until));
                if matches!(first, Some(None)) || matches!(last, Some(None)) {
                    None
                } else {
                    for role in roles {
                        let kind = OutcomeKind::Permission {
                            allowed: *allowed,
                            role: *role,
                            action: *action,
                            from: first.flatten(),
                            until: last.flatten(),
                        };
                        self.put(firing, rule, grounds, Some(&effect.grounds), number, place, kind, frame);
                    }
                    return;
                }
            }
            EffectKind::Granted | EffectKind::Denied(_) => {
                let text = match &effect.kind {
                    EffectKind::Denied(template) => Some(self.fill(template, frame)),
                    _ => None,
                };
                let mut citations = gather(&[Some(&effect.grounds), grounds, Some(&rule.grounds)]);
                cite(&mut citations, &self.rested_on);
                firing.decisions.push(Opinion {
                    granted: Some(matches!(effect.kind, EffectKind::Granted)),
                    of: self.kind_of(effect),
                    reasons: vec![Reason {
                        rule: Some(firing.rule),
                        text,
                        citation: citations.first().copied(),
                        missing: Vec::new(),
                    }],
                    branch: number,
                    effect: place,
                    citations,
                    needs: Vec::new(),
                    assumes: self.remarks(rule).assumes,
                    same_day_order: self.remarks(rule).same_day_order,
                });
                return;
            }
            EffectKind::Finding(template) => Some(OutcomeKind::Finding {
                mild: false,
                text: self.fill(template, frame),
                missing: Vec::new(),
            }),
            EffectKind::Note(template) => Some(OutcomeKind::Finding {
                mild: true,
                text: self.fill(template, frame),
                missing: Vec::new(),
            }),
            EffectKind::Gives { result, value } => {
                let given = self.evaluate_at(at(Part::Value), *value, frame);
                if given == Value::Unknown {
                    missing.push(*value);
                    None
                } else {
                    Some(OutcomeKind::Value { result: *result, value: given })
                }
            }
            EffectKind::Duty(_) => {
                self.bring_duty(firing, rule, grounds, number, place, effect, frame);
                return;
            }
        };
        missing.extend(no_parameter);
        match kind.filter(|_| no_parameter.is_none()) {
            Some(kind) => {
                self.put(firing, rule, grounds, Some(&effect.grounds), number, place, kind, frame);
                if let Some(outcome) = firing.outcomes.last_mut() {
                    outcome.remarks.moved = moved;
                }
            }
            None => {
                let mut needs = Vec::new();
                for expr in missing {
                    needs.extend(self.needs(expr, frame));
                }
                self.doubt_effects(firing, std::slice::from_ref(effect), frame);
                let of = self.kind_of(effect);
                self.undetermined(firing, rule, grounds, number, place, of, needs, frame);
                // The rule applies all the same, whatever this effect comes to.
                firing.state = FiringState::Fired;
            }
        }
    }
}
