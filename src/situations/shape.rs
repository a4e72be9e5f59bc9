//! The shape of a rule: its conditions, what it names and the days of what it brings, laid out for judging.

use crate::program::{
    Branch, DutyId, Effect, EffectKind, ExprId, FactId, GuaranteeKind, Let, Limit, Program, Promised,
    Recurrence, Rule, RuleId, Trigger,
};
use crate::source::Span;
use crate::syntax::tree::RequirementsOutcome;

/// What a sweep of a rule tells apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Whether the rule applies, which branch is taken, and the days of what it brings. Each requirement is a question of
    /// its own: see [`Focus::Requirement`].
    #[default]
    Course,
    /// What it brings: like [`Focus::Course`], but guarantees are left aside and values, recipients and parameters are
    /// told apart when they are wanted.
    Brought {
        /// They are wanted.
        values: bool,
    },
    /// Whether one of its requirements holds, by its place in text order.
    Requirement(usize),
    /// The same of two rules that are judged together: a requirement of the first, one of the second. One that is not
    /// there is not looked at.
    Requirements(Option<usize>, Option<usize>),
    /// Everything, requirements and values too: every combination comes by itself.
    Everything,
}

impl Focus {
    /// The focus on one of several rules that are judged together, by its number.
    pub fn on(self, number: usize) -> Focus {
        match self {
            Focus::Requirements(_, second) if number > 0 => Focus::Requirements(second, None),
            focus => focus,
        }
    }
}

/// A rule laid out for judging.
#[derive(Clone, Debug)]
pub struct Shape<'a> {
    /// The rule.
    pub id: RuleId,
    /// It.
    pub rule: &'a Rule,
    /// The day a timer fires, worked out on the event it starts from.
    pub due: Option<ExprId>,
    /// What narrows the rule: `där` and `medan`.
    pub narrowed_by: Vec<ExprId>,
    /// The conditions of its requirements.
    pub requirements: Vec<ExprId>,
    /// Whether its requirements decide the event.
    pub decides: bool,
    /// Its branches.
    pub branches: Vec<BranchShape<'a>>,
    /// The conditions of its guarantees, those of the whole ruleset included where it has the days they speak of.
    pub promises: Vec<PromiseShape>,
    /// All its effects, those that always apply first, then branch by branch; what follows a missed duty comes right
    /// after its duty.
    pub effects: Vec<EffectShape<'a>>,
}

/// The condition of a guarantee.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PromiseShape {
    /// What must hold.
    pub condition: ExprId,
    /// The day it speaks of.
    pub of: Promised,
    /// The fact whose first day is meant; any without.
    pub fact: Option<FactId>,
    /// Where the guarantee stands.
    pub span: Span,
}

/// A branch.
#[derive(Clone, Debug)]
pub struct BranchShape<'a> {
    /// It.
    pub branch: &'a Branch,
    /// The places of its effects in [`Shape::effects`], the last not included.
    pub effects: (usize, usize),
}

/// An effect and the expressions that give its days.
#[derive(Clone, Debug)]
pub struct EffectShape<'a> {
    /// It.
    pub effect: &'a Effect,
    /// The branch it stands in; 0 when it always applies.
    pub branch: u16,
    /// The place in [`Shape::effects`] of the duty that it follows when missed.
    pub failing_of: Option<usize>,
    /// Its first day: of a fact or a permission, the first day without for an end.
    pub first: Option<ExprId>,
    /// The day written is the last with the fact, so that the first day without is the next.
    pub after: bool,
    /// Its last day: of a fact or a permission.
    pub until: Option<ExprId>,
    /// The last day in time, of a duty.
    pub last_day: Option<ExprId>,
    /// The first day that counts, of a duty.
    pub not_before: Option<ExprId>,
    /// The value that it brings.
    pub value: Option<ExprId>,
    /// The value of its fact's parameter, or whom a duty is owed to.
    pub of: Option<ExprId>,
}

impl EffectShape<'_> {
    /// The fact that it begins, ends or changes.
    pub fn fact(&self) -> Option<FactId> {
        match self.effect.kind {
            EffectKind::Applies { fact, .. }
            | EffectKind::Ends { fact, .. }
            | EffectKind::Becomes { fact, .. } => Some(fact),
            _ => None,
        }
    }

    /// The duty that it is.
    pub fn duty(&self) -> Option<DutyId> {
        match self.effect.kind {
            EffectKind::Duty(duty) => Some(duty),
            _ => None,
        }
    }
}

impl<'a> Shape<'a> {
    /// Lays a rule out; nothing when there is no such rule.
    pub fn of(program: &'a Program, id: RuleId) -> Option<Shape<'a>> {
        let rule = program.rules.get(id.index())?;
        let mut effects = Vec::new();
        add(program, &rule.always, 0, None, &mut effects);
        let mut branches = Vec::new();
        for (place, branch) in rule.branches.iter().enumerate() {
            let number = u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1);
            let start = effects.len();
            add(program, &branch.effects, number, None, &mut effects);
            branches.push(BranchShape { branch, effects: (start, effects.len()) });
        }
        let (where_, due) = match &rule.trigger {
            Trigger::Events { where_, .. } | Trigger::Decided { where_, .. } => (*where_, None),
            Trigger::Timer { where_, due, .. } => (*where_, Some(*due)),
            _ => (None, None),
        };
        let promises = rule
            .guarantees
            .iter()
            .chain(&program.guarantees)
            .filter_map(|guarantee| match guarantee.kind {
                GuaranteeKind::Holds { condition, fact, of } => {
                    Some(PromiseShape { condition, of, fact, span: guarantee.span })
                }
                _ => None,
            })
            .collect();
        Some(Shape {
            id,
            rule,
            due,
            narrowed_by: where_.into_iter().chain(rule.while_).collect(),
            requirements: rule
                .requirements
                .iter()
                .flat_map(|all| all.lines.iter().map(|line| line.condition))
                .collect(),
            decides: rule
                .requirements
                .as_ref()
                .is_some_and(|all| all.outcome == RequirementsOutcome::GrantedOrDenied),
            branches,
            promises,
            effects,
        })
    }

    /// All that `låt` names, the rule's own first.
    pub fn lets(&self) -> impl Iterator<Item = &'a Let> {
        let branches = self.branches.iter().flat_map(|shape| &shape.branch.lets);
        self.rule.lets.iter().chain(branches)
    }

    /// The conditions of its branches.
    pub fn branch_conditions(&self) -> impl Iterator<Item = ExprId> {
        self.branches.iter().filter_map(|shape| shape.branch.condition)
    }

    /// Every condition: what narrows it, its requirements, its branches.
    pub fn conditions(&self) -> impl Iterator<Item = ExprId> {
        let requirements = self.requirements.iter().copied();
        self.narrowed_by.iter().copied().chain(requirements).chain(self.branch_conditions())
    }

    /// The expressions that a sweep with a focus tells apart.
    pub fn focused(&self, focus: Focus) -> Vec<ExprId> {
        let narrowed = self.narrowed_by.iter().copied();
        match focus {
            Focus::Course => {
                let promises = self.promises.iter().map(|promise| promise.condition);
                narrowed.chain(self.branch_conditions()).chain(self.days()).chain(promises).collect()
            }
            Focus::Brought { values } => {
                let values = self.values().filter(|_| values);
                narrowed.chain(self.branch_conditions()).chain(self.days()).chain(values).collect()
            }
            Focus::Requirement(place) | Focus::Requirements(Some(place), _) => {
                narrowed.chain(self.requirements.get(place).copied()).collect()
            }
            Focus::Requirements(None, _) => narrowed.collect(),
            Focus::Everything => self.expressions(),
        }
    }

    /// The expressions that give days.
    pub fn days(&self) -> impl Iterator<Item = ExprId> {
        let effects = self
            .effects
            .iter()
            .flat_map(|shape| [shape.first, shape.until, shape.last_day, shape.not_before])
            .flatten();
        self.due.into_iter().chain(effects)
    }

    /// The expressions that give values, recipients and parameters.
    pub fn values(&self) -> impl Iterator<Item = ExprId> {
        self.effects.iter().flat_map(|shape| [shape.value, shape.of]).flatten()
    }

    /// Every expression: what is named first, then conditions, days, values and what is promised.
    pub fn expressions(&self) -> Vec<ExprId> {
        let lets = self.lets().map(|one| one.value);
        let promises = self.promises.iter().map(|promise| promise.condition);
        lets.chain(self.conditions()).chain(self.days()).chain(self.values()).chain(promises).collect()
    }
}

fn add<'a>(
    program: &'a Program,
    effects: &'a [Effect],
    branch: u16,
    failing_of: Option<usize>,
    into: &mut Vec<EffectShape<'a>>,
) {
    for effect in effects {
        let mut shape = EffectShape {
            effect,
            branch,
            failing_of,
            first: None,
            after: false,
            until: None,
            last_day: None,
            not_before: None,
            value: None,
            of: None,
        };
        match &effect.kind {
            EffectKind::Applies { parameter, from, through, .. } => {
                (shape.first, shape.until, shape.of) = (Some(*from), *through, *parameter);
            }
            EffectKind::Ends { parameter, when, after, .. } => {
                (shape.first, shape.after, shape.of) = (Some(*when), *after, *parameter);
            }
            EffectKind::Becomes { parameter, value, from, .. } => {
                (shape.first, shape.value, shape.of) = (Some(*from), Some(*value), *parameter);
            }
            EffectKind::Permission { from, through, .. } => (shape.first, shape.until) = (*from, *through),
            EffectKind::Gives { value, .. } => shape.value = Some(*value),
            EffectKind::Duty(id) => {
                add_duty(program, *id, shape, into);
                continue;
            }
            EffectKind::Granted | EffectKind::Denied(_) | EffectKind::Finding(_) | EffectKind::Note(_) => {}
        }
        into.push(shape);
    }
}

fn add_duty<'a>(
    program: &'a Program,
    id: DutyId,
    mut shape: EffectShape<'a>,
    into: &mut Vec<EffectShape<'a>>,
) {
    let Some(duty) = program.duties.get(id.index()) else { return };
    shape.last_day = match (duty.limit, &duty.recurrence) {
        (Limit::By(day) | Limit::On(day), _) => Some(day),
        (_, Some(Recurrence::AfterLatest { due, .. })) => Some(*due),
        _ => None,
    };
    (shape.not_before, shape.of) = (duty.not_before, duty.recipients);
    let (branch, place) = (shape.branch, into.len());
    into.push(shape);
    add(program, &duty.failing, branch, Some(place), into);
}
