//! Rules: each lowered on its own, with its parts in the order of the text.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::{citations as report_citations, names as report_names, rules as report};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, RequirementsOutcome};
use crate::{Language, program};

use super::scope::{Local, Scope};
use super::state::Checker;
use super::triggers::place_of;

/// A rule on its way: the lowered rule if it is sound, and the scope of its examples.
pub(super) struct Work<'a> {
    pub(super) language: Language,
    pub(super) tree: &'a tree::Rule,
    pub(super) rule: Option<Rule>,
    pub(super) scope: Option<Scope>,
}

/// What effects need to know of the rule they stand in.
#[derive(Clone, Copy)]
pub(super) struct Context<'r> {
    pub(super) language: Language,
    pub(super) trigger: &'r Trigger,
    pub(super) trigger_span: Span,
    /// Inside `uteblir det`: too late for a decision.
    pub(super) after_missed: bool,
}

impl<'a> Checker<'a> {
    /// All rules, in their order; broken ones keep their place.
    pub(super) fn lower_rules(&mut self) -> Vec<Work<'a>> {
        let rules = self.rules.clone();
        let mut work = Vec::new();
        for (place, (language, tree)) in rules.iter().enumerate() {
            let (errors, duties) = (self.errors, self.out.duties.len());
            let mut scope = None;
            let rule = self.rule(place, *language, tree, &mut scope);
            let sound = self.errors == errors;
            if !sound {
                self.out.duties.truncate(duties);
            }
            work.push(Work { language: *language, tree, rule: rule.filter(|_| sound), scope });
        }
        work
    }

    fn rule(
        &mut self,
        place: usize,
        language: Language,
        tree: &'a tree::Rule,
        examples: &mut Option<Scope>,
    ) -> Option<Rule> {
        let kinds = self.rule_kinds.get(place).copied().unwrap_or(Kinds::ALL);
        let grounds = self.grounds(&tree.grounds);
        if tree.grounds.citations.is_empty() {
            self.report(report_citations::rule_without_citation(&tree.name.text, tree.name.span));
        }
        let answers = self.answered(tree);
        self.stated_kinds(tree, kinds);
        let trigger_tree = self.trigger_of(tree);
        let Some(trigger_tree) = trigger_tree else {
            if tree.exception.is_none() && !self.is_cut_short(place) {
                self.report(report::no_trigger(&tree.name.text, tree.name.span));
            }
            return None;
        };
        let (trigger, mut scope) = self.trigger(kinds, trigger_tree)?;
        let trigger_span = trigger_tree.span;
        let context = Context { language, trigger: &trigger, trigger_span, after_missed: false };
        *examples = Some(scope.clone());
        let while_ = match &tree.while_ {
            Some(condition) => {
                let id = self.condition(&scope, condition);
                let given = self.givens(&scope, condition, true);
                scope.given.extend(given);
                id
            }
            None => None,
        };
        let requirements = tree.requirements.as_ref().map(|requirements| {
            if requirements.outcome == RequirementsOutcome::GrantedOrDenied {
                self.may_decide(context, requirements.span);
            }
            let lines = self.requirements(&scope, language, &requirements.lines);
            Requirements { lines, outcome: requirements.outcome }
        });
        let mut locals: u16 = 0;
        let lets = self.lets(&tree.lets, &mut scope, &mut locals);
        let always = self.effects(context, &scope, &tree.always);
        let mut branches = Vec::new();
        let mut otherwise = scope.clone();
        for branch in &tree.branches {
            let grounds = self.grounds(&branch.grounds);
            let condition = match &branch.condition {
                Some(condition) => self.condition(&otherwise, condition),
                None => None,
            };
            let given = branch.condition.as_ref().map(|asked| self.givens(&otherwise, asked, true));
            let mut inside = otherwise.knowing(given.unwrap_or_default());
            let lets = self.lets(&branch.lets, &mut inside, &mut locals);
            let effects = self.effects(context, &inside, &branch.effects);
            if let Some(asked) = &branch.condition {
                let given = self.givens(&otherwise, asked, false);
                otherwise.given.extend(given);
            }
            branches.push(Branch {
                condition,
                grounds,
                lets,
                effects,
                span: branch.span,
                opening: branch.opening,
            });
        }
        let empty =
            always.is_empty() && requirements.is_none() && branches.iter().all(|b| b.effects.is_empty());
        if empty && !self.is_cut_short(place) && tree.exception.is_none() && tree.always.is_empty() {
            let nothing = tree.branches.iter().all(|branch| branch.effects.is_empty());
            if nothing {
                self.report(report::empty_rule(&tree.name.text, tree.name.span));
            }
        }
        let in_force = tree.in_force.as_ref().map(|range| self.range(range));
        let named = self.named(language, &tree.name, &tree.title);
        Some(Rule {
            named,
            kinds,
            in_force,
            in_force_span: tree.in_force.as_ref().map(|range| range.span),
            exception: None,
            grounds,
            answers,
            trigger: trigger.clone(),
            trigger_span: tree.trigger.as_ref().map(|trigger| trigger.span),
            while_,
            requirements,
            lets,
            locals,
            always,
            branches,
            examples: Vec::new(),
            guarantees: Vec::new(),
            language,
            span: self.rule_spans.get(place).copied().unwrap_or(tree.name.span),
        })
    }

    /// Whether a line that could not be read stands right after a rule: what it says may belong to the rule.
    fn is_cut_short(&self, place: usize) -> bool {
        self.rule_spans.get(place).is_some_and(|span| super::lost::follows(self.sources, *span))
    }

    /// Says so if what a rule states of its kind leaves nothing of its trigger's.
    fn stated_kinds(&mut self, tree: &tree::Rule, kinds: Kinds) {
        let mut stated = Kinds::default();
        for name in &tree.kinds {
            if let Some(at) = self.names.kinds.get(&name.text) {
                stated = stated.or(Kinds::one(KindId::at(at)));
            }
        }
        if let Some(name) = tree.kinds.first()
            && stated != Kinds::default()
            && stated.and(kinds) == Kinds::default()
        {
            let has = self.kind_names(kinds);
            let rule = Some((name.span, self.kind_names(stated)));
            let (space, own) = (NameSpace::Rule, &tree.name.text);
            let found = report_names::other_kind_of_case(space, own, name.span, place_of(tree), &has, rule);
            self.report(found);
        }
    }

    /// The trigger of a rule, or of the rule that it is an exception to.
    pub(super) fn trigger_of(&self, tree: &'a tree::Rule) -> Option<&'a tree::Trigger> {
        let mut tree = tree;
        // A circle of exceptions is reported elsewhere; here it only must end.
        for _ in 0..=self.rules.len() {
            if tree.exception.is_none() {
                return tree.trigger.as_ref();
            }
            let base = tree.exception.as_ref().and_then(|exception| {
                self.rules.iter().map(|(_, rule)| *rule).find(|rule| rule.name.text == exception.rule.text)
            });
            match base {
                Some(base) => tree = base,
                None => return tree.trigger.as_ref(),
            }
        }
        None
    }

    /// `låt`: each name from here on.
    fn lets(&mut self, lets: &[tree::Let], scope: &mut Scope, locals: &mut u16) -> Vec<Let> {
        let mut lowered = Vec::new();
        for one in lets {
            let taken = scope
                .local(&one.name.text)
                .map(|local| (NameSpace::Local, local.span))
                .or_else(|| scope.field(&one.name.text).map(|field| (NameSpace::Field, field.span)))
                .or_else(|| {
                    let at = self.names.facts.get(&one.name.text)?;
                    Some((NameSpace::Fact, self.names.facts.span(at)?))
                });
            if let Some((space, first)) = taken {
                self.report(report_names::duplicate_name(space, &one.name.text, one.name.span, first));
            }
            let value = self.expression(scope, &one.value, None);
            let slot = *locals;
            *locals = locals.saturating_add(1);
            scope.locals.push(Local {
                name: one.name.text.clone(),
                span: one.name.span,
                slot,
                ty: value.map(|value| value.ty),
                optional: value.is_some_and(|value| value.optional),
            });
            if let Some(value) = value {
                lowered.push(Let { name: one.name.text.clone(), local: slot, value: value.id });
            }
        }
        lowered
    }

    /// Requirements of a rule or an event.
    pub(super) fn requirements(
        &mut self,
        scope: &Scope,
        language: Language,
        lines: &[tree::Requirement],
    ) -> Vec<Requirement> {
        let mut lowered = Vec::new();
        for line in lines {
            let grounds = self.grounds(&line.grounds);
            let otherwise = self.template(scope, language, &line.otherwise);
            let Some(condition) = self.condition(scope, &line.condition) else { continue };
            let Some(otherwise) = otherwise else { continue };
            let missing = self.missing_members(scope, &line.condition, condition);
            lowered.push(Requirement { condition, missing, otherwise, grounds, span: line.span });
        }
        lowered
    }

    /// For `krävda ingår i givna`: the required ones that are not given.
    fn missing_members(&mut self, scope: &Scope, asked: &tree::Expr, condition: ExprId) -> Option<ExprId> {
        let tree::ExprKind::In(all, given) = &*asked.kind else { return None };
        let Some(program::code::Op::Within(..)) = self.out.code.ops(condition).last() else { return None };
        // Already judged once: what it would say has been said.
        let (said, errors) = (self.diagnostics.len(), self.errors);
        let missing = tree::ExprKind::MissingFrom(all.clone(), given.clone());
        let missing = tree::Expr { kind: Box::new(missing), span: asked.span };
        let lowered = self.expression(scope, &missing, None).map(|lowered| lowered.id);
        self.diagnostics.truncate(said);
        self.errors = errors;
        lowered
    }

    /// Requirements that events state for themselves.
    pub(super) fn event_requirements(&mut self) {
        for (language, item) in self.items() {
            let tree::ItemKind::Event(event) = &item.kind else { continue };
            if event.requirements.is_empty() {
                continue;
            }
            let Some(id) = self.names.events.get(&event.name.text).map(EventId::at) else { continue };
            let kinds = self.event_kinds(id);
            let trigger = tree::Trigger {
                kind: tree::TriggerKind::Events { events: vec![event.name.clone()], where_: None },
                span: event.name.span,
            };
            let Some((_, scope)) = self.trigger(kinds, &trigger) else { continue };
            let lowered = self.requirements(&scope, language, &event.requirements);
            if let Some(out) = self.out.events.get_mut(id.index()) {
                out.requirements = lowered;
            }
        }
    }
}
