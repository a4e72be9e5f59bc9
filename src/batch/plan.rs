//! What the rules on an event come to: graphs, conditions and effects, ready to be run over rows.

use super::clash::may_clash;
use super::graph::{Graph, Weaver};
use super::registers::Turn;
use super::row::Brought;
use super::tape::Tape;
use super::why::Why;
use crate::program::code::{At, Op};
use crate::program::{
    ActionId, DayRange, DutyId, Effect, EffectKind, EventId, ExprId, FactId, KindId, Let, Limit, Program,
    ResultId, RoleId, Rule, RuleId, Template, TemplatePart, Trigger, Type,
};
use crate::run::Settings;
use crate::value::Value;

/// What an effect brings, but for its days and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A yes/no fact begins.
    Begins(FactId),
    /// A fact ends.
    Ends(FactId),
    /// A valued fact changes.
    Becomes(FactId),
    /// A duty arises: as it stands in the rule, who bears it, what is to be done.
    Duty(DutyId, RoleId, ActionId),
    /// A permission.
    May(RoleId, ActionId),
    /// A prohibition.
    MustNot(RoleId, ActionId),
    /// A remark.
    Finding,
    /// A milder remark.
    Note,
    /// A value is handed out.
    Value(ResultId),
}

/// An effect and where its values stand in the graph of its rule.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// What it brings, but for its days and values.
    pub frame: Brought,
    pub from: Option<At>,
    pub through: Option<At>,
    pub value: Option<At>,
    pub of: Option<At>,
}

impl Step {
    pub(super) fn places(&self) -> impl Iterator<Item = At> {
        [self.from, self.through, self.value, self.of].into_iter().flatten()
    }
}

/// A branch: its effects, and what must be worked out when.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub number: u16,
    pub condition: Option<At>,
    pub steps: Vec<Step>,
    /// What one row works out before its condition, in order.
    pub for_condition: Vec<Turn>,
    /// What one row works out before its effects, in order.
    pub for_steps: Vec<Turn>,
}

/// A rule whose outcomes follow from its event alone.
#[derive(Clone, Debug)]
pub(super) struct RulePlan {
    pub rule: RuleId,
    pub graph: Graph,
    /// What reads the event itself: its day, or one of its fields.
    pub sources: Vec<(At, Option<u16>)>,
    /// The days on which the rule looks at what happens.
    pub in_force: DayRange,
    /// The day a timer fires; nothing for a rule that fires at once.
    pub fires: Option<At>,
    /// What must hold for the rule to look on, each judged on its own.
    pub conditions: Vec<At>,
    /// What one row works out before those, in order.
    pub for_conditions: Vec<Turn>,
    /// Branch 0, what always applies.
    pub always: Way,
    pub ways: Vec<Way>,
    /// The same for an event of which everything is known.
    pub tape: Option<Tape>,
}

/// The rules on one event in cases of one kind: those that follow from the event alone, and why others do not.
#[derive(Clone, Debug)]
pub struct Plan<'p> {
    pub(super) program: &'p Program,
    pub(super) settings: Settings,
    pub(super) event: EventId,
    pub(super) kind: KindId,
    pub(super) rules: Vec<RulePlan>,
    pub(super) left_out: Vec<(RuleId, Why)>,
}

impl<'p> Plan<'p> {
    /// Works out a plan for an event in cases of a kind. Of the settings, the readings count.
    ///
    /// ```
    /// use frist::{Ruleset, Settings, batch::Plan};
    /// let rules = r#"ruleset a "A"
    ///   in force from 2025-01-01
    /// event reported
    /// fact cap: yes/no
    /// rule next_month
    ///   when reported
    ///   cap applies from day 1 of the next month after date
    /// rule only_once
    ///   when reported
    ///   while not cap
    ///   note "the first"
    /// "#;
    /// let ruleset = Ruleset::load([("rules.frist", rules)]).ruleset.ok_or("the rules are wrong")?;
    /// let program = ruleset.program();
    /// let event = program.event_named("reported").ok_or("an event")?;
    /// let plan = Plan::new(program, event, None, &Settings::as_of("2025-12-31".parse()?));
    /// let left_out: Vec<String> = plan.left_out().map(|(rule, why)| format!("{rule} {}", why.words(program).en)).collect();
    /// assert_eq!(left_out, ["only_once reads the fact `cap`"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(program: &'p Program, event: EventId, kind: Option<KindId>, settings: &Settings) -> Plan<'p> {
        let declared = program.events.get(event.index());
        let any = || {
            let kinds = declared.map(|event| event.kinds).unwrap_or_default();
            (0..program.kinds.len()).map(KindId::at).find(|kind| kinds.has(*kind)).unwrap_or(KindId(0))
        };
        let mut plan = Plan {
            program,
            settings: settings.clone(),
            event,
            kind: kind.unwrap_or_else(any),
            rules: Vec::new(),
            left_out: Vec::new(),
        };
        let at_once = program.index.on_event.get(event.index()).map_or(&[][..], |rules| rules);
        let later = program.index.timers.get(event.index()).map_or(&[][..], |rules| rules);
        let decided = program.index.on_decision.get(event.index()).map_or(&[][..], |rules| rules);
        for together in [at_once, later] {
            for id in together {
                plan.take(*id, together, declared.is_some_and(|event| !event.requirements.is_empty()));
            }
        }
        plan.left_out.extend(decided.iter().map(|id| (*id, Why::Decision)));
        plan.left_out
            .retain(|(id, _)| program.rules.get(id.index()).is_some_and(|rule| rule.kinds.has(plan.kind)));
        plan
    }

    /// The rules on the event that are not decided from it alone, by name, and why.
    pub fn left_out(&self) -> impl Iterator<Item = (&'p str, Why)> {
        self.left_out.iter().map(|(id, why)| {
            (self.program.rules.get(id.index()).map_or("", |rule| rule.named.name.as_str()), *why)
        })
    }

    /// The rules that are decided from the event alone, in rule order, those that wait after those that fire at once.
    pub fn rules(&self) -> impl Iterator<Item = RuleId> {
        self.rules.iter().map(|rule| rule.rule)
    }

    fn take(&mut self, id: RuleId, together: &[RuleId], required: bool) {
        let Some(rule) = self.program.rules.get(id.index()).filter(|rule| rule.kinds.has(self.kind)) else {
            return;
        };
        match self.rule(id, rule, together, required) {
            Ok(plan) => self.rules.push(plan),
            Err(why) => self.left_out.push((id, why)),
        }
    }

    fn rule(&self, id: RuleId, rule: &'p Rule, together: &[RuleId], required: bool) -> Result<RulePlan, Why> {
        let program = self.program;
        if required || rule.requirements.is_some() {
            return Err(Why::Decision);
        }
        if let Some(exception) = &rule.exception {
            return Err(Why::Exception(exception.to.first().copied().unwrap_or(id)));
        }
        if let Some(exception) = program.index.exceptions.get(id.index()).and_then(|all| all.first()) {
            return Err(Why::Exception(*exception));
        }
        if let Some(other) = together.iter().find(|other| may_clash(program, id, **other)) {
            return Err(Why::Clash(*other));
        }
        let declared = program.events.get(self.event.index());
        let types: Vec<Type> =
            declared.map(|event| event.fields.iter().map(|field| field.ty).collect()).unwrap_or_default();
        let fields = match &rule.trigger {
            Trigger::Events { events, .. } => {
                events.iter().find(|one| one.event == self.event).and_then(|one| one.fields.as_deref())
            }
            _ => None,
        };
        let mut weaver = Weaver {
            program,
            settings: &self.settings,
            fields,
            types,
            graph: Graph::default(),
            locals: vec![None; usize::from(rule.locals)],
            date: At(0),
        };
        weaver.date = weaver.add(Op::EventDate)?;
        let mut conditions = Vec::new();
        let mut fires = None;
        match rule.trigger {
            Trigger::Events { where_, .. } => {
                conditions.extend(where_.map(|where_| weaver.expression(where_)).transpose()?);
            }
            Trigger::Timer { due, where_, .. } => {
                // Both are judged on the day the event happened.
                conditions.extend(where_.map(|where_| weaver.expression(where_)).transpose()?);
                let (due, own) = (weaver.expression(due)?, weaver.date);
                let held = weaver.add(Op::IsGiven(due))?;
                let early = weaver.add(Op::DateIs(crate::syntax::tree::DateRelation::Before, due, own))?;
                // Without a day there is no timer.
                conditions.push(held);
                let day = weaver.add(Op::Choose(early, own, due))?;
                weaver.date = day;
                fires = Some(day);
            }
            _ => return Err(Why::History),
        }
        conditions.extend(rule.while_.map(|while_| weaver.expression(while_)).transpose()?);
        name(&mut weaver, &rule.lets)?;
        let always = self.way(&mut weaver, id, 0, None, &rule.always)?;
        let mut ways = Vec::new();
        for (place, branch) in rule.branches.iter().enumerate() {
            let number = u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1);
            let condition = branch.condition.map(|condition| weaver.expression(condition)).transpose()?;
            name(&mut weaver, &branch.lets)?;
            ways.push(self.way(&mut weaver, id, number, condition, &branch.effects)?);
        }
        let (all, own) = (program.header.in_force, rule.in_force.unwrap_or(program.header.in_force));
        let through = [all.through, own.through].into_iter().flatten().min();
        let in_force = DayRange { from: all.from.max(own.from), through };
        let sources = (0..).map(At).zip(&weaver.graph.ops).filter_map(|(at, op)| match op {
            Op::EventDate => Some((at, None)),
            Op::Field(field) => Some((at, Some(*field))),
            _ => None,
        });
        let mut plan = RulePlan {
            rule: id,
            sources: sources.collect(),
            graph: weaver.graph,
            in_force,
            fires,
            conditions,
            for_conditions: Vec::new(),
            always,
            ways,
            tape: None,
        };
        plan.order();
        plan.tape = Tape::of(&plan);
        Ok(plan)
    }

    fn way(
        &self,
        weaver: &mut Weaver<'_>,
        rule: RuleId,
        number: u16,
        condition: Option<At>,
        effects: &'p [Effect],
    ) -> Result<Way, Why> {
        let mut steps = Vec::new();
        for (place, effect) in effects.iter().enumerate() {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            for mut step in self.effect(weaver, effect)? {
                step.frame = Brought { rule, branch: number, effect: place, ..step.frame };
                steps.push(step);
            }
        }
        Ok(Way { number, condition, steps, for_condition: Vec::new(), for_steps: Vec::new() })
    }

    /// The steps of an effect: one for each bearer or holder.
    fn effect(&self, weaver: &mut Weaver<'_>, effect: &'p Effect) -> Result<Vec<Step>, Why> {
        let program = self.program;
        let mut woven = |expr: ExprId| weaver.expression(expr);
        let bare =
            |what| Step { frame: Brought::frame(what), from: None, through: None, value: None, of: None };
        Ok(match &effect.kind {
            EffectKind::Applies { fact, parameter, from, through } => vec![Step {
                from: Some(woven(*from)?),
                through: through.map(&mut woven).transpose()?,
                of: parameter.map(woven).transpose()?,
                ..bare(What::Begins(*fact))
            }],
            EffectKind::Ends { fact, parameter, when, after } => {
                let when = woven(*when)?;
                let of = parameter.map(woven).transpose()?;
                let from = if *after { weaver.add(Op::DayAfter(when))? } else { when };
                vec![Step { from: Some(from), of, ..bare(What::Ends(*fact)) }]
            }
            EffectKind::Becomes { fact, parameter, value, from } => vec![Step {
                from: Some(woven(*from)?),
                value: Some(woven(*value)?),
                of: parameter.map(woven).transpose()?,
                ..bare(What::Becomes(*fact))
            }],
            EffectKind::Gives { result, value } => {
                vec![Step { value: Some(woven(*value)?), ..bare(What::Value(*result)) }]
            }
            EffectKind::Permission { roles, allowed, action, from, through } => {
                let from = from.map(&mut woven).transpose()?;
                let through = through.map(woven).transpose()?;
                let what =
                    |role| if *allowed { What::May(role, *action) } else { What::MustNot(role, *action) };
                roles.iter().map(|role| Step { from, through, ..bare(what(*role)) }).collect()
            }
            EffectKind::Finding(text) if is_plain(text) => vec![bare(What::Finding)],
            EffectKind::Note(text) if is_plain(text) => vec![bare(What::Note)],
            EffectKind::Finding(_) | EffectKind::Note(_) => return Err(Why::Text),
            EffectKind::Granted | EffectKind::Denied(_) => return Err(Why::Decision),
            EffectKind::Duty(id) => {
                let duty = program.duties.get(id.index()).ok_or(Why::Duty)?;
                if duty.recipients.is_some() || duty.recurrence.is_some() || !duty.failing.is_empty() {
                    return Err(Why::Duty);
                }
                let from = duty.not_before.map(&mut woven).transpose()?;
                let through = match duty.limit {
                    Limit::By(day) | Limit::On(day) => Some(woven(day)?),
                    Limit::Open | Limit::BeforeEvent(_) => None,
                };
                let what = |role| What::Duty(*id, role, duty.action);
                duty.bearers.iter().map(|role| Step { from, through, ..bare(what(*role)) }).collect()
            }
        })
    }
}

impl RulePlan {
    /// Lays down in which order one row works out its values: none before it is asked for, none twice.
    fn order(&mut self) {
        let places = |steps: &[Step]| steps.iter().flat_map(Step::places).collect::<Vec<At>>();
        let mut known = Vec::new();
        let first: Vec<At> = self.conditions.iter().copied().chain(self.fires).collect();
        self.for_conditions = self.turns(&first, &mut known);
        self.always.for_steps = self.turns(&places(&self.always.steps), &mut known);
        for number in 0..self.ways.len() {
            let Some(way) = self.ways.get(number) else { continue };
            let (condition, steps) = (way.condition, places(&way.steps));
            let for_condition = self.turns(&condition.into_iter().collect::<Vec<At>>(), &mut known);
            // Only one branch is taken: what its effects need is known to no other.
            let for_steps = self.turns(&steps, &mut known.clone());
            if let Some(way) = self.ways.get_mut(number) {
                (way.for_condition, way.for_steps) = (for_condition, for_steps);
            }
        }
    }

    fn turns(&self, roots: &[At], known: &mut Vec<At>) -> Vec<Turn> {
        let needed = self.graph.needed(roots, known, |_| false);
        known.extend(&needed);
        needed.into_iter().map(|at| Turn::of(&self.graph, at)).collect()
    }
}

fn name(weaver: &mut Weaver<'_>, lets: &[Let]) -> Result<(), Why> {
    for named in lets {
        let value = weaver.expression(named.value)?;
        if let Some(local) = weaver.locals.get_mut(usize::from(named.local)) {
            *local = Some(value);
        }
    }
    Ok(())
}

fn is_plain(text: &Template) -> bool {
    let plain = |parts: &[TemplatePart]| parts.iter().all(|part| matches!(part, TemplatePart::Literal(_)));
    plain(&text.sv) && plain(&text.en)
}

/// Whether a value is known and there is one.
pub(super) fn is_there(value: Value) -> bool {
    !matches!(value, Value::Unknown | Value::None)
}
