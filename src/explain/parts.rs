//! Conditions taken apart: every part with its words, its value, and why.

use super::recorder::Evaluated;
use super::sentence::Speaker;
use crate::program::code::{At, Op};
use crate::program::{EventId, ExprId, Let, Program, RuleId, Trigger};
use crate::run::Settings;
use crate::run::observer::{LookedBack, Part};
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::{Language, Words};

/// A part of a condition: its words, its value, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct PartTrace {
    /// The words of the rule.
    pub span: Span,
    /// True, false or unknown.
    pub value: Value,
    /// Why, with the values: `400 timmar är inte mindre än 350 timmar`.
    pub note: Words,
    /// The parts that `och`, `eller`, `inte` join; empty when it is a part that says something itself.
    pub parts: Vec<PartTrace>,
    /// It stands within a negation of several parts: what makes it true makes them false.
    pub negated: bool,
    /// It decided nothing about the case by itself: an answer to a question of interpretation, or what chose between
    /// two other parts.
    pub aside: bool,
}

impl PartTrace {
    /// The parts that say something themselves, in text order.
    pub fn leaves(&self) -> Vec<&PartTrace> {
        if self.parts.is_empty() {
            vec![self]
        } else {
            self.parts.iter().flat_map(PartTrace::leaves).collect()
        }
    }

    fn negate(&mut self) {
        self.negated = !self.negated;
        self.parts.iter_mut().for_each(PartTrace::negate);
    }

    fn set_aside(&mut self) {
        self.aside = true;
        self.parts.iter_mut().for_each(PartTrace::set_aside);
    }
}

/// What it takes to speak of the expressions that one firing evaluated.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) program: &'a Program,
    pub(super) settings: &'a Settings,
    pub(super) pool: &'a Pool,
    pub(super) rule: Option<RuleId>,
    pub(super) event: Option<EventId>,
    /// The day whose tables are read.
    pub(super) day: Day,
    /// What the firing evaluated: the values of `låt` are among it.
    pub(super) evaluated: &'a [Evaluated],
}

impl<'a> Context<'a> {
    /// A condition taken apart.
    pub(super) fn take_apart(&self, evaluated: &'a Evaluated) -> Option<PartTrace> {
        let taking = self.taking(evaluated);
        taking.last().map(|last| taking.part(last))
    }

    pub(super) fn taking(&self, evaluated: &'a Evaluated) -> Taking<'a> {
        let Evaluated { expr, values, looks, .. } = evaluated;
        Taking { context: *self, program: self.program, pool: self.pool, expr: *expr, values, looks }
    }

    /// What `låt` names, and what its value was.
    pub(super) fn named(&self, local: u16) -> Option<(&'a Let, &'a Evaluated)> {
        let rule = self.program.rules.get(self.rule?.index())?;
        let mut lets = rule.lets.iter().chain(rule.branches.iter().flat_map(|branch| &branch.lets));
        let named = lets.find(|named| named.local == local)?;
        let of_it =
            |evaluated: &&Evaluated| evaluated.site.part == Part::Let && evaluated.expr == named.value;
        Some((named, self.evaluated.iter().rev().find(of_it)?))
    }
}

/// An expression whose parts are spoken of one by one.
pub(super) struct Taking<'a> {
    pub(super) context: Context<'a>,
    pub(super) program: &'a Program,
    pub(super) pool: &'a Pool,
    pub(super) expr: ExprId,
    pub(super) values: &'a [Value],
    pub(super) looks: &'a [LookedBack],
}

impl Taking<'_> {
    pub(super) fn op(&self, at: At) -> Option<Op> {
        self.program.code.ops(self.expr).get(at.0 as usize).copied()
    }

    pub(super) fn value(&self, at: At) -> Value {
        self.values.get(at.0 as usize).copied().unwrap_or(Value::Unknown)
    }

    pub(super) fn last(&self) -> Option<At> {
        let last = self.program.code.ops(self.expr).len().checked_sub(1)?;
        u16::try_from(last).ok().map(At)
    }

    pub(super) fn span(&self, at: At) -> Span {
        let zero = Span::new(crate::source::SourceId(0), 0, 0);
        self.program.code.spans(self.expr).get(at.0 as usize).copied().unwrap_or(zero)
    }

    fn part(&self, at: At) -> PartTrace {
        let op = self.op(at);
        let parts = match op {
            Some(Op::And(a, b) | Op::Or(a, b)) => vec![self.part(a), self.part(b)],
            // A negation of one thing is told as that thing with the truth of the whole.
            Some(Op::Not(a)) => match self.part(a) {
                inner if inner.parts.is_empty() => {
                    return PartTrace { span: self.span(at), value: self.value(at), ..inner };
                }
                mut inner => {
                    inner.negate();
                    vec![inner]
                }
            },
            Some(Op::Choose(condition, then, otherwise)) => {
                let mut chose = self.part(condition);
                chose.set_aside();
                match self.value(condition) {
                    Value::YesNo(yes) => vec![chose, self.part(if yes { then } else { otherwise })],
                    _ => vec![chose],
                }
            }
            Some(Op::Local(local)) => {
                let named = self.context.named(local);
                let told = named.and_then(|(_, evaluated)| self.context.take_apart(evaluated));
                // What is only read again says no more than its name.
                match told {
                    Some(told) if !told.parts.is_empty() || !told.note.sv.is_empty() => return told,
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        let aside = matches!(op, Some(Op::ReadingIs(..)));
        let note = match parts.is_empty() {
            true => Words::new(self.note(at, Language::Swedish), self.note(at, Language::English)),
            false => Words::new("", ""),
        };
        PartTrace { span: self.span(at), value: self.value(at), note, parts, negated: false, aside }
    }

    /// An operand with what it is called, when it is called something: `kapacitetstaket, 350 timmar`.
    pub(super) fn operand(&self, at: At, language: Language) -> String {
        let speaker = Speaker { program: self.program, pool: self.pool, language };
        match (self.value(at), self.name(at, language)) {
            (Value::Unknown, Some(name)) => format!("{name} ({})", language.choose("okänt", "unknown")),
            (Value::None, Some(name)) => format!("{name} ({})", language.choose("inte angivet", "not given")),
            (value, _) => {
                let said = match value {
                    Value::Day(day) => speaker.day(day),
                    value => speaker.value(value),
                };
                match self.call_name(at, language) {
                    Some(call) => format!("{said} ({call})"),
                    None => said,
                }
            }
        }
    }

    /// What a plain name stands for, by title.
    pub(super) fn name(&self, at: At, language: Language) -> Option<String> {
        let titled =
            |named: Option<&crate::program::Named>| named.map(|named| named.title.get(language).to_owned());
        match self.op(at)? {
            Op::Fact(fact) | Op::FactFor(fact, _) | Op::Previous(fact) | Op::PreviousFor(fact, _) => {
                titled(self.program.facts.get(fact.index()).map(|fact| &fact.named))
            }
            Op::ConstantNow(constant) | Op::ConstantOn(constant, _) => {
                titled(self.program.constants.get(constant.index()).map(|constant| &constant.named))
            }
            Op::Field(slot) => self.field_name(slot, language),
            Op::Local(local) => self.context.named(local).map(|(named, _)| named.name.replace('_', " ")),
            Op::LookBack(index) => self.look_name(index, language),
            Op::Call(..) if matches!(self.value(at), Value::Unknown | Value::None) => {
                self.call_name(at, language)
            }
            _ => None,
        }
    }

    /// The name of a field of the trigger.
    fn field_name(&self, slot: u16, language: Language) -> Option<String> {
        let event = self.context.event?;
        let rule = self.context.rule.and_then(|rule| self.program.rules.get(rule.index()));
        let map = rule.and_then(|rule| {
            let Trigger::Events { events, .. } = &rule.trigger else { return None };
            events.iter().find(|trigger| trigger.event == event).and_then(|trigger| trigger.fields.as_ref())
        });
        let index = match map {
            Some(map) => *map.get(slot as usize)?,
            None => slot,
        };
        let field = self.program.events.get(event.index())?.fields.get(index as usize)?;
        Some(field.named.title.get(language).to_owned())
    }
}
