//! Examples: what they give and what they expect.

use crate::diagnostics::names::{self as report_names, NameSpace};
use crate::diagnostics::{Words, rules as report, types as report_types};
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{self, Expr, Given, Name};
use crate::time::Day;
use crate::value::Value;

use super::brings::Brings;
use super::lower::Want;
use super::names::is_date_word;
use super::rules::Work;
use super::scope::Scope;
use super::state::Checker;
use super::triggers::{decides, place_of};

impl<'a> Checker<'a> {
    /// The examples of all rules.
    pub(super) fn examples(&mut self, work: &mut [Work<'a>]) {
        let mut any = Brings::default();
        for rule in work.iter().filter_map(|one| one.rule.as_ref()) {
            any.add(rule, &self.out.duties);
        }
        any.denies |= self.out.events.iter().any(|event| !event.requirements.is_empty());
        let decisions = self.decisions(work);
        let all_sound = work.iter().all(|one| one.rule.is_some());
        for place in 0..work.len() {
            let Some(one) = work.get(place) else { continue };
            let (tree, scope, language) = (one.tree, one.scope.clone(), one.language);
            let Some(scope) = scope else { continue };
            let own = one.rule.as_ref().map(|rule| self.brought_by(rule, &decisions));
            let mut examples = Vec::new();
            for example in &tree.examples {
                let course = matches!(example.given, Given::Course { .. });
                // What a broken rule would bring is not known.
                let brings = if course { all_sound.then_some(&any) } else { own.as_ref() };
                let errors = self.errors;
                let made = self.example(tree, language, &scope, example, brings);
                if self.errors == errors {
                    examples.extend(made);
                }
            }
            if let Some(rule) = work.get_mut(place).and_then(|one| one.rule.as_mut()) {
                rule.examples = examples;
            }
        }
    }

    /// Which events the rules grant and deny, by the events' places.
    fn decisions(&self, work: &[Work<'_>]) -> Vec<(bool, bool)> {
        let mut decisions: Vec<(bool, bool)> =
            self.out.events.iter().map(|event| (false, !event.requirements.is_empty())).collect();
        for rule in work.iter().filter_map(|one| one.rule.as_ref()) {
            let mut brings = Brings::default();
            brings.add(rule, &self.out.duties);
            for event in decides(&rule.trigger) {
                if let Some((grants, denies)) = decisions.get_mut(event.index()) {
                    *grants |= brings.grants;
                    *denies |= brings.denies;
                }
            }
        }
        decisions
    }

    /// What follows from a rule's trigger by the rule itself; decisions are made by all rules on an event together.
    fn brought_by(&self, rule: &Rule, decisions: &[(bool, bool)]) -> Brings {
        let mut brings = Brings::default();
        brings.add(rule, &self.out.duties);
        for event in decides(&rule.trigger) {
            if let Some((grants, denies)) = decisions.get(event.index()) {
                brings.grants |= grants;
                brings.denies |= denies;
            }
        }
        brings
    }

    fn example(
        &mut self,
        tree: &tree::Rule,
        language: crate::Language,
        scope: &Scope,
        example: &tree::Example,
        brings: Option<&Brings>,
    ) -> Option<Example> {
        let grounds = self.grounds(&example.grounds);
        let mut readings = Vec::new();
        for (question, answer) in &example.readings {
            readings.extend(self.answer_of(question, answer));
        }
        let (events, as_of, scope) = match &example.given {
            Given::Fields(fields) => self.given_event(tree, scope, fields, example.span)?,
            Given::Course { events, as_of } => {
                let given = events.iter().filter_map(|event| self.course_event(scope, event)).collect();
                let bare = Scope { events: Vec::new(), fields: [].into(), ..scope.clone() };
                (given, as_of.map(|day| day.day), bare)
            }
        };
        let scope = Scope { lenient: true, ..scope };
        let facts =
            example.facts.iter().filter_map(|(fact, value)| self.given_fact(&scope, fact, value)).collect();
        let rule = matches!(example.given, Given::Fields(_)).then_some(tree.name.span);
        let mut expected = Vec::new();
        for one in &example.expected {
            expected.extend(self.expected(&scope, language, one, brings, rule));
        }
        Some(Example {
            from_source: example.from_source,
            readings,
            events,
            as_of,
            facts,
            nothing: example.expected.is_empty(),
            expected,
            grounds,
            span: example.span,
        })
    }

    fn answer_of(&mut self, question: &Name, answer: &Name) -> Option<(ReadingId, u16)> {
        let place = self.find(NameSpace::Reading, question)?;
        let reading = self.out.readings.get(place)?;
        let found = reading.answers.iter().position(|known| known.named.name == answer.text);
        let Some(at) = found else {
            let names = reading.answers.iter().map(|known| known.named.name.as_str());
            let near = crate::diagnostics::nearest::nearest(&answer.text, names);
            let unknown =
                report_names::unknown_name(NameSpace::Answer, &answer.text, answer.span, near, None);
            self.report(unknown);
            return None;
        };
        if let Some(known) = reading.answers.get(at).filter(|known| known.text_only) {
            let declared = known.named.span;
            self.report(report::text_only_answer(&answer.text, answer.span, declared));
        }
        Some((ReadingId::at(place), u16::try_from(at).ok()?))
    }

    /// One event of the rule's trigger, as its fields are given.
    fn given_event(
        &mut self,
        tree: &tree::Rule,
        scope: &Scope,
        fields: &[(Name, Expr)],
        span: Span,
    ) -> Option<(Vec<ExampleEvent>, Option<Day>, Scope)> {
        let (dates, others): (Vec<_>, Vec<_>) = fields.iter().partition(|(name, _)| is_date_word(&name.text));
        let mut date = None;
        for (_, value) in dates {
            date = self.fixed(value, Some(Want::just(Type::Date))).and_then(|(value, _)| value.as_day());
        }
        let fits =
            |event: &EventId| others.iter().all(|(name, _)| self.field_of(*event, &name.text).is_some());
        let event = scope.events.iter().copied().find(fits).or(scope.events.first().copied());
        let Some(event) = event else {
            if !others.is_empty() {
                let trigger = self.trigger_of_any(tree);
                self.report(report::example_shape(span, trigger));
                return None;
            }
            return Some((Vec::new(), date, scope.clone()));
        };
        let others: Vec<(Name, Expr)> = others.into_iter().cloned().collect();
        let fields = self.given_fields(event, &others);
        Some((vec![ExampleEvent { event, date, fields, span }], None, scope.clone()))
    }

    fn trigger_of_any(&self, tree: &tree::Rule) -> Span {
        self.rules
            .iter()
            .find(|(_, rule)| rule.name.span == tree.name.span)
            .and_then(|(_, rule)| self.trigger_of(rule))
            .map_or(place_of(tree), |trigger| trigger.span)
    }

    fn course_event(&mut self, scope: &Scope, given: &tree::CourseEvent) -> Option<ExampleEvent> {
        let opening = OPENING_STATE.contains(&given.event.text.as_str());
        let event = if opening {
            self.out.opening_state
        } else {
            let id = EventId::at(self.find(NameSpace::Event, &given.event)?);
            let (has, declared) = (self.event_kinds(id), self.event_span(id));
            if let Some((kinds, because)) = scope.kinds {
                self.share_kind(NameSpace::Event, &given.event, declared, has, kinds, because)
                    .then_some(())?;
            }
            id
        };
        let fields = self.given_fields(event, &given.fields);
        Some(ExampleEvent { event, date: Some(given.date.day), fields, span: given.span })
    }

    /// The fields of an event: as given, or its default, none, unknown.
    fn given_fields(&mut self, event: EventId, given: &[(Name, Expr)]) -> Vec<Value> {
        let opening = event == self.out.opening_state;
        let mut values: Vec<Value> = self
            .fields(event)
            .iter()
            .map(|field| match field.default {
                // An opening state says nothing of what it leaves out.
                _ if opening => Value::Unknown,
                Some(default) => default,
                None if field.optional => Value::None,
                None => Value::Unknown,
            })
            .collect();
        let mut seen: Vec<(u16, Span)> = Vec::new();
        for (name, value) in given {
            let Some((slot, ty, optional)) = self.find_field(event, name) else { continue };
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == slot) {
                let first = *first;
                self.report(report_names::duplicate_name(NameSpace::Field, &name.text, name.span, first));
            }
            seen.push((slot, name.span));
            if ty == Type::Nothing {
                continue;
            }
            let span = self.fields(event).get(slot as usize).map_or(name.span, |field| field.named.span);
            let value = self.held_value(value, Want::from(ty, span), optional);
            if let (Some(value), Some(place)) = (value, values.get_mut(slot as usize)) {
                *place = value;
            }
        }
        values
    }

    fn given_fact(
        &mut self,
        scope: &Scope,
        fact: &tree::FactRef,
        value: &Expr,
    ) -> Option<(FactId, Option<Value>, Value)> {
        let place = self.find(NameSpace::Fact, &fact.name)?;
        let declared = self.out.facts.get(place)?;
        let (span, wanted, optional, kinds) =
            (declared.named.span, declared.parameter, declared.optional, declared.kinds);
        if matches!(declared.source, FactSource::Computed(_)) {
            self.report(report::fact_not_set_by_rules(&fact.name.text, fact.name.span, span, true));
            return None;
        }
        if let Some((rule_kinds, because)) = scope.kinds {
            self.share_kind(NameSpace::Fact, &fact.name, span, kinds, rule_kinds, because).then_some(())?;
        }
        let parameter = match (wanted, &fact.parameter) {
            (None, None) => None,
            (Some(wanted), Some(value)) => Some(self.fixed(value, Some(Want::from(wanted, span)))?.0),
            (wanted, _) => {
                let found =
                    report_names::fact_parameter(&fact.name.text, fact.name.span, span, wanted.is_some());
                self.report(found);
                return None;
            }
        };
        let ty = self.facts.get(place).and_then(|state| state.ty)?;
        let (value, found) = self.fixed(value, Some(Want::from(ty, span)))?;
        if found == Type::Nothing && !optional {
            let cure = Words::new("ange ett värde", "state a value");
            self.report(report_types::none_not_allowed(span, None, &cure));
            return None;
        }
        Some((FactId::at(place), parameter, value))
    }
}
