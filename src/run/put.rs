//! Outcomes written down with what they rest on, and what it means that one is not known.

use super::conflict::{Claim, Contested};
use super::evaluate::Frame;
use super::firing::{Firing, FiringState, Opinion, cite, gather};
use super::need::Need;
use super::outcome::{KindName, Outcome, OutcomeKind, Remarks};
use super::world::World;
use crate::Words;
use crate::program::{Effect, EffectKind, ExprId, FactId, Grounds, Rule, Template, TemplatePart};
use crate::time::Day;
use crate::value::Value;

impl<'a> World<'a> {
    /// What moved a day to a working day, when the expression ends in a move that moved it.
    pub(super) fn movement(
        &mut self,
        expr: ExprId,
        frame: &Frame<'_>,
    ) -> Option<(Day, crate::time::NonWorking)> {
        let ops = self.program.code.ops(expr);
        let Some(crate::program::code::Op::Moved(at, _)) = ops.last() else { return None };
        let mut before = None;
        let after = self.evaluate_seen(expr, frame, |values| before = values.get(at.0 as usize).copied());
        match (before, after) {
            // A working day stays where it is.
            (Some(Value::Day(before)), Value::Day(_)) => {
                crate::time::non_working(before).map(|because| (before, because))
            }
            _ => None,
        }
    }

    /// Puts an outcome with what it rests on.
    #[expect(
        clippy::too_many_arguments,
        reason = "an outcome comes of an effect in a branch of a rule that fired"
    )]
    pub(super) fn put(
        &mut self,
        firing: &mut Firing,
        rule: &Rule,
        branch: Option<&Grounds>,
        effect: Option<&Grounds>,
        number: u16,
        place: u16,
        kind: OutcomeKind,
        frame: &Frame<'_>,
    ) {
        let retroactive = match &kind {
            OutcomeKind::Begins { from, .. } | OutcomeKind::Becomes { from, .. } => *from < frame.now,
            OutcomeKind::Ends { on, .. } => *on < frame.now,
            _ => false,
        };
        let mut readings = Vec::new();
        for grounds in [effect, branch, Some(&rule.grounds)].into_iter().flatten() {
            readings.extend(&grounds.readings);
        }
        let mut citations = gather(&[effect, branch, Some(&rule.grounds)]);
        cite(&mut citations, &self.rested_on);
        firing.outcomes.push(Outcome {
            rule: Some(firing.rule),
            branch: number,
            effect: place,
            trigger: firing.cause,
            fired: Some(frame.now),
            kind,
            citations,
            remarks: Remarks { retroactive, rests_on_readings: readings, ..self.remarks(rule) },
            firing: firing.number,
        });
    }

    /// The lines of the day whose order mattered: those that were read, and the trigger's own.
    pub(super) fn lines_of_the_day(&self) -> Vec<u32> {
        let mut lines = self.lines_read.clone();
        if !lines.is_empty() {
            lines.sort_unstable();
            lines.push(self.line);
        }
        lines
    }

    /// What is to be said of every outcome of the rule under evaluation.
    pub(super) fn remarks(&self, rule: &Rule) -> Remarks {
        let mut assumes = self.assumed.clone();
        assumes.sort_by_key(|(rule, day)| (*day, *rule));
        assumes.dedup();
        Remarks {
            assumes,
            same_day_order: self.lines_of_the_day(),
            version: rule.in_force.map(|range| range.from),
            ..Remarks::default()
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "an outcome comes of an effect in a branch of a rule that fired"
    )]
    pub(super) fn undetermined(
        &mut self,
        firing: &mut Firing,
        rule: &Rule,
        grounds: Option<&Grounds>,
        number: u16,
        place: u16,
        of: KindName,
        mut needs: Vec<Need>,
        frame: &Frame<'_>,
    ) {
        needs.dedup();
        firing.state = FiringState::Undetermined;
        let clash = self.clash.take();
        if matches!(of, KindName::Granted | KindName::Denied) {
            let mut citations = gather(&[grounds, Some(&rule.grounds)]);
            cite(&mut citations, &self.rested_on);
            firing.decisions.push(Opinion {
                granted: None,
                of,
                reasons: Vec::new(),
                branch: number,
                effect: place,
                citations,
                needs,
                assumes: self.remarks(rule).assumes,
                same_day_order: self.remarks(rule).same_day_order,
            });
            return;
        }
        // Each row that clashes has its say, and its source.
        let rows = clash.as_ref().map(|clash| clash.citations.clone()).unwrap_or_default();
        self.rest_on(&rows);
        let kind = match clash {
            // Rows that may clash, and do, are a conflict of what is written rather than something not known.
            Some(clash) if needs.len() == 1 => OutcomeKind::Conflict {
                rules: vec![firing.rule],
                over: Contested::Answer(clash.table),
                claims: clash
                    .answers
                    .iter()
                    .map(|(row, value)| Claim {
                        rule: firing.rule,
                        row: Some(*row),
                        value: *value,
                        until: None,
                    })
                    .collect(),
            },
            _ => OutcomeKind::Undetermined { needs, of },
        };
        self.put(firing, rule, grounds, None, number, place, kind, frame);
    }

    /// Notes which facts effects could have changed, and from when.
    pub(super) fn doubt_effects(&mut self, firing: &mut Firing, effects: &[Effect], frame: &Frame<'_>) {
        // What nobody brings rests on nothing.
        let read = self.read_so_far();
        self.doubt_each(firing, effects, frame);
        self.forget_since(read);
    }

    fn doubt_each(&mut self, firing: &mut Firing, effects: &[Effect], frame: &Frame<'_>) {
        for effect in effects {
            let (fact, parameter, from) = match &effect.kind {
                EffectKind::Ends { fact, parameter, when, after: true } => {
                    // After its last day with.
                    let last = self.evaluate(*when, frame).as_day();
                    let first = last.and_then(|last| last.next().ok()).unwrap_or(frame.now);
                    self.doubt_from(firing, *fact, *parameter, first, frame);
                    continue;
                }
                EffectKind::Applies { fact, parameter, from, .. }
                | EffectKind::Becomes { fact, parameter, from, .. } => (*fact, *parameter, *from),
                EffectKind::Ends { fact, parameter, when, .. } => (*fact, *parameter, *when),
                EffectKind::Duty(id) => {
                    if let Some(duty) = self.program.duties.get(id.index()) {
                        self.doubt_each(firing, &duty.failing, frame);
                    }
                    continue;
                }
                _ => continue,
            };
            let failed = self.failed.len();
            let first = self.evaluate(from, frame).as_day().unwrap_or(frame.now);
            self.doubt_from(firing, fact, parameter, first, frame);
            self.failed.truncate(failed);
        }
    }

    fn doubt_from(
        &mut self,
        firing: &mut Firing,
        fact: FactId,
        parameter: Option<ExprId>,
        first: Day,
        frame: &Frame<'_>,
    ) {
        let of = parameter.map(|parameter| self.evaluate(parameter, frame));
        if let Some(Value::Unknown | Value::None) = of {
            // It could be any of them.
            firing.doubts.push((fact, None, first));
            return;
        }
        firing.doubts.push((fact, of, first));
    }

    /// The kind of outcome that an effect would bring.
    pub(super) fn kind_of(&self, effect: &Effect) -> KindName {
        match &effect.kind {
            EffectKind::Applies { .. } => KindName::Begins,
            EffectKind::Ends { .. } => KindName::Ends,
            EffectKind::Becomes { .. } => KindName::Becomes,
            EffectKind::Duty(id) => match self.program.duties.get(id.index()) {
                Some(duty) if duty.recurrence.is_some() => KindName::RecurringDuty,
                _ => KindName::Duty,
            },
            EffectKind::Permission { allowed: true, .. } => KindName::May,
            EffectKind::Permission { allowed: false, .. } => KindName::MustNot,
            EffectKind::Granted => KindName::Granted,
            EffectKind::Denied(_) => KindName::Denied,
            EffectKind::Finding(_) => KindName::Finding,
            EffectKind::Note(_) => KindName::Note,
            EffectKind::Gives { .. } => KindName::Value,
        }
    }

    /// A text with its holes filled, in both languages.
    pub(super) fn fill(&mut self, template: &Template, frame: &Frame<'_>) -> Words {
        let mut write = |parts: &[TemplatePart], language| {
            let mut text = String::new();
            for part in parts {
                match part {
                    TemplatePart::Literal(letters) => text.push_str(letters),
                    TemplatePart::Hole(expr) => {
                        let value = self.evaluate(*expr, frame);
                        text.push_str(&crate::words::value(self.program, self.pool, value, language));
                    }
                }
            }
            text
        };
        Words::new(
            write(&template.sv, crate::Language::Swedish),
            write(&template.en, crate::Language::English),
        )
    }
}
