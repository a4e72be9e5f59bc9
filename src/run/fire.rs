//! A rule looks at a trigger: requirements, branches and effects, three-valued, nothing applied yet.

use super::duty::LiveDuty;
use super::evaluate::Frame;
use super::history::Happening;
use super::observer::{Part, Site};
use super::outcome::{
    CalendarCause, Cause, DutyOutcome, KindName, Missed, Outcome, OutcomeKind, Pace, Reason,
    RecurringOutcome, Remarks, Rhythm, Status,
};
use super::world::{World, site};
use crate::Words;
use crate::program::{
    Branch, Effect, EffectKind, ExprId, FactId, Grounds, Let, Limit, Recurrence, Requirements, Rule, RuleId,
    Template, TemplatePart,
};
use crate::syntax::tree::RequirementsOutcome;
use crate::time::Day;
use crate::value::Value;

/// What a rule made of a trigger.
#[derive(Clone, Debug)]
pub struct Firing {
    /// The rule.
    pub rule: RuleId,
    /// Its number in the case.
    pub number: u32,
    /// What set it off.
    pub cause: Cause,
    /// How it went.
    pub state: FiringState,
    /// What it brings, decisions aside.
    pub outcomes: Vec<Outcome>,
    /// The duties among the outcomes: the place of the outcome, and the duty.
    pub duties: Vec<(usize, LiveDuty)>,
    /// What it says of the event's decision.
    pub decisions: Vec<Opinion>,
    /// The facts that an undetermined part could have changed, and from when.
    pub doubts: Vec<(FactId, Option<Value>, Day)>,
    /// The rules it withheld, being an exception to them.
    pub yielded: Vec<RuleId>,
    /// What its rule rests on.
    pub citations: Vec<crate::program::CitationId>,
}

/// How a firing went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiringState {
    /// It does not look at this trigger: `där` or `medan` is no, or it is not in force.
    Silent,
    /// It looked, and no branch was chosen and nothing always applies.
    Empty,
    /// It brings something.
    Fired,
    /// It is not known what it brings.
    Undetermined,
}

/// What a rule says of the decision on an event.
#[derive(Clone, Debug)]
pub struct Opinion {
    /// Granted, denied, or (none) undetermined.
    pub granted: Option<bool>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The branch.
    pub branch: u16,
    /// Which effect.
    pub effect: u16,
    /// All it rests on.
    pub citations: Vec<crate::program::CitationId>,
    /// What is missing, when it is undetermined.
    pub needs: Vec<Words>,
    /// Undetermined firings it depends on.
    pub assumes: Vec<(RuleId, Day)>,
    /// Lines of the same day it depends on.
    pub same_day_order: Vec<u32>,
}

impl<'a> World<'a> {
    /// Lets a rule look at a trigger.
    pub(super) fn fire(
        &mut self,
        id: RuleId,
        rule: &'a Rule,
        cause: Cause,
        number: u32,
        frame: &Frame<'_>,
    ) -> Firing {
        let mut firing = Firing {
            rule: id,
            number,
            cause,
            state: FiringState::Empty,
            outcomes: Vec::new(),
            duties: Vec::new(),
            decisions: Vec::new(),
            doubts: Vec::new(),
            yielded: Vec::new(),
            citations: rule.grounds.citations.clone(),
        };
        self.assumed.clear();
        self.lines_read.clear();
        self.locals.clear();
        self.locals.resize(rule.locals as usize, Value::Unknown);
        if let Some(observer) = self.observer.as_deref_mut() {
            observer.firing(number, Some(id), frame.now);
        }
        for (condition, part) in [(trigger_where(rule), Part::Where), (rule.while_, Part::While)] {
            let Some(condition) = condition else { continue };
            match self.evaluate_at(site(part), condition, frame) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    firing.state = FiringState::Silent;
                    return firing;
                }
                _ => {
                    self.give_up(&mut firing, rule, condition, frame);
                    return firing;
                }
            }
        }
        if let Some(requirements) = &rule.requirements {
            self.require(&mut firing, rule, requirements, frame);
        }
        self.name(&rule.lets, frame);
        for (place, effect) in rule.always.iter().enumerate() {
            self.bring(&mut firing, rule, None, 0, place, effect, frame);
        }
        self.choose(&mut firing, rule, frame);
        firing
    }

    fn name(&mut self, lets: &[Let], frame: &Frame<'_>) {
        for let_ in lets {
            let value = self.evaluate_at(site(Part::Let), let_.value, frame);
            if let Some(local) = self.locals.get_mut(let_.local as usize) {
                *local = value;
            }
        }
    }

    /// Judges every requirement and lists every failing one.
    fn require(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        requirements: &'a Requirements,
        frame: &Frame<'_>,
    ) {
        let mut failing: Vec<(&crate::program::Requirement, Reason)> = Vec::new();
        let mut needs: Vec<Words> = Vec::new();
        for (place, line) in requirements.lines.iter().enumerate() {
            let part = Part::Requirement(u16::try_from(place).unwrap_or(u16::MAX));
            match self.evaluate_at(site(part), line.condition, frame) {
                Value::YesNo(true) => {}
                Value::YesNo(false) => {
                    let reason = self.reason(Some(firing.rule), line, rule, frame);
                    failing.push((line, reason));
                }
                _ => needs.extend(self.needs(line.condition, frame)),
            }
        }
        let undetermined = failing.is_empty() && !needs.is_empty();
        if undetermined || !failing.is_empty() || requirements.outcome == RequirementsOutcome::GrantedOrDenied
        {
            firing.state = FiringState::Fired;
        }
        let mut citations: Vec<crate::program::CitationId> = Vec::new();
        for (line, _) in &failing {
            cite(&mut citations, &line.grounds.citations);
        }
        cite(&mut citations, &rule.grounds.citations);
        match requirements.outcome {
            RequirementsOutcome::GrantedOrDenied => firing.decisions.push(Opinion {
                granted: if undetermined { None } else { Some(failing.is_empty()) },
                reasons: if failing.is_empty() {
                    let citation = citations.first().copied();
                    vec![Reason { rule: Some(firing.rule), text: None, citation, missing: Vec::new() }]
                } else {
                    failing.into_iter().map(|(_, reason)| reason).collect()
                },
                branch: 0,
                effect: 0,
                citations,
                needs,
                assumes: self.remarks(rule).assumes,
                same_day_order: self.remarks(rule).same_day_order,
            }),
            RequirementsOutcome::Finding if undetermined => {
                let kind = OutcomeKind::Undetermined { needs, of: KindName::Finding };
                self.put(firing, rule, None, None, 0, 0, kind, frame);
            }
            RequirementsOutcome::Finding => {
                for (line, reason) in failing {
                    let kind = OutcomeKind::Finding {
                        mild: false,
                        text: reason.text.unwrap_or_else(|| Words::new("", "")),
                        missing: reason.missing,
                    };
                    self.put(firing, rule, Some(&line.grounds), None, 0, 0, kind, frame);
                }
            }
        }
    }

    /// The reason that a failing requirement gives.
    pub(super) fn reason(
        &mut self,
        rule: Option<RuleId>,
        line: &crate::program::Requirement,
        owner: &Rule,
        frame: &Frame<'_>,
    ) -> Reason {
        let missing = match line.missing.map(|missing| self.evaluate(missing, frame)) {
            Some(Value::Set(set)) => self.pool.members(set).to_vec(),
            _ => Vec::new(),
        };
        Reason {
            rule,
            text: Some(self.fill(&line.otherwise, frame)),
            citation: line.grounds.citations.first().or(owner.grounds.citations.first()).copied(),
            missing,
        }
    }

    /// Finds the branch and brings its effects. An unknown condition stops the rule, unless every branch that is still
    /// possible gives the same effects.
    fn choose(&mut self, firing: &mut Firing, rule: &'a Rule, frame: &Frame<'_>) {
        let mut possible: Vec<(u16, &'a Branch)> = Vec::new();
        let mut unknown: Option<(u16, &'a Branch, ExprId)> = None;
        let mut covered = false;
        for (place, branch) in rule.branches.iter().enumerate() {
            let number = u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1);
            let Some(condition) = branch.condition else {
                possible.push((number, branch));
                covered = true;
                break;
            };
            let at = Site { branch: number, effect: 0, part: Part::Condition };
            match self.evaluate_at(at, condition, frame) {
                Value::YesNo(true) => {
                    possible.push((number, branch));
                    covered = true;
                    break;
                }
                Value::YesNo(false) => {}
                _ => {
                    unknown.get_or_insert((number, branch, condition));
                    possible.push((number, branch));
                }
            }
        }
        let Some((first, branch)) = possible.first().copied() else { return };
        let Some((number, stopped, condition)) = unknown else {
            self.take(firing, rule, first, branch, frame);
            return;
        };
        let mut trials = possible.iter().map(|(number, branch)| {
            let mut trial =
                Firing { outcomes: Vec::new(), duties: Vec::new(), decisions: Vec::new(), ..firing.clone() };
            let observer = self.observer.take();
            self.take(&mut trial, rule, *number, branch, frame);
            self.observer = observer;
            trial
        });
        let alike =
            covered && trials.next().is_some_and(|first| trials.all(|other| same_effects(&first, &other)));
        if alike {
            self.take(firing, rule, first, branch, frame);
            return;
        }
        let needs = self.needs(condition, frame);
        let of = stopped.effects.first().map_or(KindName::Withheld, |effect| self.kind_of(effect));
        for (_, branch) in &possible {
            self.doubt_effects(firing, &branch.effects, frame);
        }
        self.undetermined(firing, rule, Some(&stopped.grounds), number, 0, of, needs, frame);
    }

    fn take(
        &mut self,
        firing: &mut Firing,
        rule: &'a Rule,
        number: u16,
        branch: &'a Branch,
        frame: &Frame<'_>,
    ) {
        self.name(&branch.lets, frame);
        if firing.state == FiringState::Empty && branch.effects.is_empty() {
            firing.state = FiringState::Fired;
        }
        for (place, effect) in branch.effects.iter().enumerate() {
            self.bring(firing, rule, Some(branch), number, place, effect, frame);
        }
    }

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
        let kind = match &effect.kind {
            EffectKind::Applies { fact, parameter, from, through } => {
                let of = parameter.map(|parameter| self.evaluate(parameter, frame));
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
            EffectKind::Ends { fact, parameter, when, after } => {
                let of = parameter.map(|parameter| self.evaluate(parameter, frame));
                let when_day = day(self, *when, Part::From);
                moved = self.movement(*when, frame);
                let on = if *after { when_day.and_then(|day| day.next().ok()) } else { when_day };
                on.map(|on| OutcomeKind::Ends { fact: *fact, of, on })
            }
            EffectKind::Becomes { fact, parameter, value, from } => {
                let of = parameter.map(|parameter| self.evaluate(parameter, frame));
                let from_day = day(self, *from, Part::From);
                moved = self.movement(*from, frame);
                let new = self.evaluate_at(at(Part::Value), *value, frame);
                if new == Value::Unknown {
                    missing.push(*value);
                }
                from_day.filter(|_| new != Value::Unknown).map(|from| OutcomeKind::Becomes {
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
                let citations = gather(&[Some(&effect.grounds), grounds, Some(&rule.grounds)]);
                firing.decisions.push(Opinion {
                    granted: Some(matches!(effect.kind, EffectKind::Granted)),
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
        match kind {
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
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "an effect stands in a branch of a rule that fired in a frame"
    )]
    fn bring_duty(
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
                    lapsed: None,
                    followed: false,
                    assumes: Vec::new(),
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

    fn rhythm(&mut self, recurrence: &Recurrence, frame: &Frame<'_>) -> Rhythm {
        match recurrence {
            Recurrence::Times { times, per } => Rhythm::Per { times: Some(*times), amount: None, per: *per },
            Recurrence::Amount { amount, per, .. } => {
                Rhythm::Per { times: None, amount: Some(self.evaluate(*amount, frame)), per: *per }
            }
            Recurrence::AfterLatest { period, .. } => match self.evaluate(*period, frame) {
                Value::Period(period) => Rhythm::Every(period),
                _ => Rhythm::Every(crate::time::Period::ZERO),
            },
        }
    }

    /// What moved a day to a working day, when the expression ends in a move that moved it.
    fn movement(&mut self, expr: ExprId, frame: &Frame<'_>) -> Option<(Day, crate::time::NonWorking)> {
        let ops = self.program.code.ops(expr);
        let Some(crate::program::code::Op::Moved(at, _)) = ops.last() else { return None };
        let mut before = None;
        let after = self.evaluate_seen(expr, frame, |values| before = values.get(at.0 as usize).copied());
        match (before, after) {
            (Some(Value::Day(before)), Value::Day(after)) if before != after => {
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
    fn put(
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
        firing.outcomes.push(Outcome {
            rule: Some(firing.rule),
            branch: number,
            effect: place,
            trigger: firing.cause,
            fired: Some(frame.now),
            kind,
            citations: gather(&[effect, branch, Some(&rule.grounds)]),
            remarks: Remarks { retroactive, rests_on_readings: readings, ..self.remarks(rule) },
            firing: firing.number,
        });
    }

    /// What is to be said of every outcome of the rule under evaluation.
    fn remarks(&self, rule: &Rule) -> Remarks {
        let mut assumes = self.assumed.clone();
        assumes.sort_by_key(|(rule, day)| (*day, *rule));
        assumes.dedup();
        let mut lines = self.lines_read.clone();
        if !lines.is_empty() {
            lines.sort_unstable();
            lines.push(self.line);
        }
        Remarks {
            assumes,
            same_day_order: lines,
            version: rule.in_force.map(|range| range.from),
            ..Remarks::default()
        }
    }

    /// The rule as a whole is undetermined: its trigger's condition or `medan` is unknown.
    fn give_up(&mut self, firing: &mut Firing, rule: &'a Rule, condition: ExprId, frame: &Frame<'_>) {
        let needs = self.needs(condition, frame);
        let first =
            rule.always.first().or_else(|| rule.branches.iter().find_map(|branch| branch.effects.first()));
        let of = match (first, &rule.requirements) {
            (_, Some(requirements)) => match requirements.outcome {
                RequirementsOutcome::GrantedOrDenied => KindName::Granted,
                RequirementsOutcome::Finding => KindName::Finding,
            },
            (Some(effect), None) => self.kind_of(effect),
            (None, None) => KindName::Withheld,
        };
        self.doubt_effects(firing, &rule.always, frame);
        for branch in &rule.branches {
            self.doubt_effects(firing, &branch.effects, frame);
        }
        self.undetermined(firing, rule, None, 0, 0, of, needs, frame);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "an outcome comes of an effect in a branch of a rule that fired"
    )]
    fn undetermined(
        &mut self,
        firing: &mut Firing,
        rule: &Rule,
        grounds: Option<&Grounds>,
        number: u16,
        place: u16,
        of: KindName,
        mut needs: Vec<Words>,
        frame: &Frame<'_>,
    ) {
        needs.dedup();
        firing.state = FiringState::Undetermined;
        if matches!(of, KindName::Granted | KindName::Denied) {
            firing.decisions.push(Opinion {
                granted: None,
                reasons: Vec::new(),
                branch: number,
                effect: place,
                citations: gather(&[grounds, Some(&rule.grounds)]),
                needs,
                assumes: self.remarks(rule).assumes,
                same_day_order: self.remarks(rule).same_day_order,
            });
            return;
        }
        self.put(firing, rule, grounds, None, number, place, OutcomeKind::Undetermined { needs, of }, frame);
    }

    /// Notes which facts effects could have changed, and from when.
    fn doubt_effects(&mut self, firing: &mut Firing, effects: &[Effect], frame: &Frame<'_>) {
        for effect in effects {
            let (fact, parameter, from) = match &effect.kind {
                EffectKind::Applies { fact, parameter, from, .. }
                | EffectKind::Becomes { fact, parameter, from, .. } => (*fact, *parameter, *from),
                EffectKind::Ends { fact, parameter, when, .. } => (*fact, *parameter, *when),
                EffectKind::Duty(id) => {
                    if let Some(duty) = self.program.duties.get(id.index()) {
                        self.doubt_effects(firing, &duty.failing, frame);
                    }
                    continue;
                }
                _ => continue,
            };
            let of = parameter.map(|parameter| self.evaluate(parameter, frame));
            let day = self.evaluate(from, frame).as_day().unwrap_or(frame.now);
            firing.doubts.push((fact, of, day));
        }
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

/// The frame in which a rule looks at an event.
pub(super) fn event_frame<'e>(event: &'e Happening, fields: Option<&'e [u16]>) -> Frame<'e> {
    Frame { event: Some(event), fields, ..Frame::on(event.date) }
}

/// The condition after the trigger's `där`.
fn trigger_where(rule: &Rule) -> Option<ExprId> {
    use crate::program::Trigger;
    match &rule.trigger {
        Trigger::Events { where_, .. } | Trigger::Decided { where_, .. } => *where_,
        // A timer's is judged when it starts.
        _ => None,
    }
}

/// All citations, the nearest first, each once.
pub(super) fn gather(grounds: &[Option<&Grounds>]) -> Vec<crate::program::CitationId> {
    let mut all: Vec<crate::program::CitationId> = Vec::new();
    for grounds in grounds.iter().flatten() {
        cite(&mut all, &grounds.citations);
    }
    all
}

/// Adds those citations that are not there yet.
pub(super) fn cite(citations: &mut Vec<crate::program::CitationId>, more: &[crate::program::CitationId]) {
    for citation in more {
        if !citations.contains(citation) {
            citations.push(*citation);
        }
    }
}

/// Whether two ways through a rule come to the same.
fn same_effects(left: &Firing, right: &Firing) -> bool {
    let kinds =
        |firing: &Firing| firing.outcomes.iter().map(|outcome| outcome.kind.clone()).collect::<Vec<_>>();
    let decisions = |firing: &Firing| {
        firing
            .decisions
            .iter()
            .map(|opinion| {
                (opinion.granted, opinion.reasons.iter().map(|r| r.text.clone()).collect::<Vec<_>>())
            })
            .collect::<Vec<_>>()
    };
    kinds(left) == kinds(right) && decisions(left) == decisions(right)
}

/// The calendar's turn that a trigger waits for.
pub(super) fn calendar_cause(unit: Option<crate::syntax::tree::CalendarUnit>) -> CalendarCause {
    unit.map_or(CalendarCause::Date, CalendarCause::Over)
}
