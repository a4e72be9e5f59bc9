//! Conditions taken apart: every part with its words, its value, and why.

use super::sentence::Speaker;
use crate::program::code::{At, Op};
use crate::program::{EventId, ExprId, Program, RuleId, Trigger};
use crate::source::Span;
use crate::syntax::tree::{Comparison, DateRelation, DayKind, DutyState};
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::words;
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
}

/// A condition taken apart.
pub fn take_apart(
    program: &Program,
    pool: &Pool,
    rule: Option<RuleId>,
    event: Option<EventId>,
    expr: ExprId,
    values: &[Value],
) -> Option<PartTrace> {
    let ops = program.code.ops(expr);
    let last = At(u16::try_from(ops.len().checked_sub(1)?).ok()?);
    Some(Taking { program, pool, rule, event, expr, values }.part(last))
}

pub(super) struct Taking<'a> {
    pub(super) program: &'a Program,
    pub(super) pool: &'a Pool,
    pub(super) rule: Option<RuleId>,
    pub(super) event: Option<EventId>,
    pub(super) expr: ExprId,
    pub(super) values: &'a [Value],
}

impl Taking<'_> {
    pub(super) fn op(&self, at: At) -> Option<Op> {
        self.program.code.ops(self.expr).get(at.0 as usize).copied()
    }

    pub(super) fn value(&self, at: At) -> Value {
        self.values.get(at.0 as usize).copied().unwrap_or(Value::Unknown)
    }

    fn part(&self, at: At) -> PartTrace {
        let zero = Span::new(crate::source::SourceId(0), 0, 0);
        let span = self.program.code.spans(self.expr).get(at.0 as usize).copied().unwrap_or(zero);
        let parts = match self.op(at) {
            Some(Op::And(a, b) | Op::Or(a, b)) => vec![self.part(a), self.part(b)],
            Some(Op::Not(a)) => vec![self.part(a)],
            _ => Vec::new(),
        };
        let note = Words::new(self.note(at, Language::Swedish), self.note(at, Language::English));
        PartTrace { span, value: self.value(at), note, parts }
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
    fn name(&self, at: At, language: Language) -> Option<String> {
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
            Op::Local(index) => {
                let rule = self.program.rules.get(self.rule?.index())?;
                let lets = rule.lets.iter().chain(rule.branches.iter().flat_map(|branch| &branch.lets));
                lets.into_iter().find(|let_| let_.local == index).map(|let_| let_.name.clone())
            }
            Op::Call(..) if matches!(self.value(at), Value::Unknown | Value::None) => {
                self.call_name(at, language)
            }
            _ => None,
        }
    }

    /// The name of a field of the trigger.
    fn field_name(&self, slot: u16, language: Language) -> Option<String> {
        let event = self.event?;
        let map = self.rule.and_then(|rule| self.program.rules.get(rule.index())).and_then(|rule| {
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

    /// Why a part is true, false or unknown.
    fn note(&self, at: At, language: Language) -> String {
        let sv = language == Language::Swedish;
        let answer = self.value(at);
        let yes = answer == Value::YesNo(true);
        let o = |at| self.operand(at, language);
        if answer == Value::Unknown {
            return self.unknown(at, language);
        }
        match self.op(at) {
            Some(Op::Compare(comparison, a, b)) => self.comparison(comparison, a, b, yes, language),
            Some(Op::Between(x, a, b)) => {
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!(
                    "{} {is} {} {} {} {}",
                    self.subject(x, language),
                    language.choose("mellan", "between"),
                    o(a),
                    language.choose("och", "and"),
                    o(b)
                )
            }
            Some(Op::DateIs(relation, a, b)) => {
                format!("{} {} {}", o(a), related(relation, yes, language), o(b))
            }
            Some(Op::DayOfMonthIs(relation, a, number, _)) => {
                let day = self.value(a).as_day();
                let limit = day.and_then(|day| Day::from_ymd(day.year(), day.month(), number));
                let limit = match limit {
                    Some(limit) => crate::time::date_in_words_without_year(limit, language),
                    None => words::ordinal(number.into(), language),
                };
                let day = day
                    .map(|day| crate::time::date_in_words_without_year(day, language))
                    .unwrap_or_else(|| o(a));
                format!("{day} {} {limit}", related(relation, yes, language))
            }
            Some(Op::AtLeastBefore(a, period, b)) => {
                let sum = self.sum(a, period);
                let sum = sum.map_or_else(String::new, |day| crate::time::date_in_words(day, language));
                let stands = match (yes, sv) {
                    (true, true) => "som är senast",
                    (false, true) => "som är efter",
                    (true, false) => "which is by",
                    (false, false) => "which is after",
                };
                format!("{} + {} = {sum}, {stands} {}", o(a), o(period), o(b))
            }
            Some(Op::IsGiven(a)) => {
                let name = self.name(a, language).unwrap_or_else(|| o(a));
                match (yes, sv) {
                    (true, true) => format!("angivet: {name}, {}", o(a)),
                    (false, true) => format!("inte angivet: {name}"),
                    (true, false) => format!("given: {name}, {}", o(a)),
                    (false, false) => format!("not given: {name}"),
                }
            }
            Some(Op::IsUnknown(a)) => {
                let name = self.name(a, language).unwrap_or_else(|| o(a));
                match (yes, sv) {
                    (true, true) => format!("{name} är okänt"),
                    (false, true) => format!("{name} är känt: {}", o(a)),
                    (true, false) => format!("{name} is unknown"),
                    (false, false) => format!("{name} is known: {}", o(a)),
                }
            }
            Some(Op::DayIs(a, kind)) => {
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!("{} {is} {}", o(a), day_kind(kind, language))
            }
            Some(Op::ReadingIs(reading, answer)) => {
                let reading = self.program.readings.get(reading.index());
                let named = reading
                    .and_then(|reading| reading.answers.get(answer as usize).map(|answer| (reading, answer)));
                match named {
                    Some((reading, answer)) => format!(
                        "{} {} {}",
                        reading.named.name,
                        if yes {
                            language.choose("läses som", "is read as")
                        } else {
                            language.choose("läses inte som", "is not read as")
                        },
                        answer.named.name
                    ),
                    None => String::new(),
                }
            }
            Some(Op::In(a, b)) => {
                let verb = if yes {
                    language.choose("ingår i", "is in")
                } else {
                    language.choose("ingår inte i", "is not in")
                };
                format!("{} {verb} {}", self.subject(a, language), o(b))
            }
            Some(Op::IsEmpty(a)) => {
                let verb = if yes {
                    language.choose("är tom", "is empty")
                } else {
                    language.choose("är inte tom", "is not empty")
                };
                format!("{} {verb}", self.subject(a, language))
            }
            Some(Op::LookBack(index)) => {
                let event = self.program.code.look_backs.get(index as usize).map(|look| look.event);
                let event = event.and_then(|event| self.program.events.get(event.index()));
                let event = event.map_or("?", |event| event.named.name.as_str());
                match (yes, sv) {
                    (true, true) => format!("det finns en händelse {event} i ärendet"),
                    (false, true) => format!("det finns ingen sådan händelse {event} i ärendet"),
                    (true, false) => format!("there is a {event} event in the case"),
                    (false, false) => format!("there is no such {event} event in the case"),
                }
            }
            Some(Op::DecisionIs(event, granted)) => {
                let event =
                    self.program.events.get(event.index()).map_or("?", |event| event.named.name.as_str());
                let what = match granted {
                    true => language.choose("godkänd", "granted"),
                    false => language.choose("avslagen", "denied"),
                };
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!("{event} {is} {what}")
            }
            Some(Op::DutyIs(action, state)) => {
                let action =
                    self.program.actions.get(action.index()).map_or("?", |action| action.title.get(language));
                let is =
                    if yes { language.choose("är", "is") } else { language.choose("är inte", "is not") };
                format!("{action}: {is} {}", duty_state(state, language))
            }
            Some(Op::Not(_) | Op::And(..) | Op::Or(..)) => String::new(),
            Some(
                Op::Fact(_)
                | Op::Field(_)
                | Op::CandidateField(_)
                | Op::Local(_)
                | Op::FactFor(..)
                | Op::Call(..),
            ) => {
                let name = self.call_name(at, language).or_else(|| self.name(at, language));
                let name = name.unwrap_or_default();
                format!(
                    "{name}: {}",
                    if yes { language.choose("ja", "yes") } else { language.choose("nej", "no") }
                )
            }
            _ => String::new(),
        }
    }

    /// A comparison: of names and choices *X is A, not B*, of numbers *X (300) is less than 440*.
    fn comparison(&self, comparison: Comparison, a: At, b: At, yes: bool, language: Language) -> String {
        let same = matches!((comparison, yes), (Comparison::Equal, true) | (Comparison::NotEqual, false));
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let (value, right) = (self.operand(a, language), self.operand(b, language));
        match self.name(a, language) {
            Some(name) if equality && same => format!("{name} {} {right}", language.choose("är", "is")),
            Some(name) if equality => {
                format!(
                    "{name} {} {value}, {} {right}",
                    language.choose("är", "is"),
                    language.choose("inte", "not")
                )
            }
            _ => format!("{} {} {right}", self.subject(a, language), compared(comparison, yes, language)),
        }
    }

    /// What a comparison is about: its name where it has one, and its value.
    fn subject(&self, at: At, language: Language) -> String {
        match self.name(at, language) {
            Some(name) if !matches!(self.value(at), Value::Unknown | Value::None) => {
                format!("{name} ({})", self.operand(at, language))
            }
            _ => self.operand(at, language),
        }
    }

    fn unknown(&self, at: At, language: Language) -> String {
        let Some(op) = self.op(at) else { return String::new() };
        let mut names: Vec<String> = Vec::new();
        let mut stack: Vec<At> = vec![at];
        while let Some(at) = stack.pop() {
            if !matches!(self.value(at), Value::Unknown | Value::None) {
                continue;
            }
            if let (Some(name), Some(failure)) =
                (self.call_name(at, language), self.call_failure(at, language))
            {
                return format!("{name}: {failure}");
            }
            let reads = self.op(at).map(|op| op.reads(&self.program.code)).unwrap_or_default();
            if reads.is_empty()
                && let Some(name) = self.name(at, language)
                && !names.contains(&name)
            {
                names.push(name);
            }
            stack.extend(reads);
        }
        let is = language.choose("är inte känt", "is not known");
        match (names.is_empty(), op) {
            (true, _) => language.choose("går inte att avgöra", "cannot be determined").to_owned(),
            (false, _) => format!("{} {is}", words::list(&names, language)),
        }
    }

    fn sum(&self, date: At, period: At) -> Option<Day> {
        match (self.value(date), self.value(period)) {
            (Value::Day(day), Value::Period(period)) => {
                crate::time::plus_period(day, period, 1, self.program.header.month_policy())
                    .ok()
                    .map(|l| l.day)
            }
            _ => None,
        }
    }
}

fn compared(comparison: Comparison, yes: bool, language: Language) -> &'static str {
    let (sv, en) = match (comparison, yes) {
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => ("är", "is"),
        (Comparison::Equal, false) | (Comparison::NotEqual, true) => ("är inte", "is not"),
        (Comparison::Less, true) | (Comparison::AtLeast, false) => ("är mindre än", "is less than"),
        (Comparison::Less, false) => ("är inte mindre än", "is not less than"),
        (Comparison::AtMost, true) => ("är högst", "is at most"),
        (Comparison::AtMost, false) | (Comparison::Greater, true) => ("är mer än", "is more than"),
        (Comparison::Greater, false) => ("är inte mer än", "is not more than"),
        (Comparison::AtLeast, true) => ("är minst", "is at least"),
    };
    language.choose(sv, en)
}

fn related(relation: DateRelation, yes: bool, language: Language) -> &'static str {
    let (sv, en) = match (relation, yes) {
        (DateRelation::By, true) => ("är senast", "is by"),
        (DateRelation::By, false) => ("är efter", "is after"),
        (DateRelation::NoEarlier, true) => ("är tidigast", "is no earlier than"),
        (DateRelation::NoEarlier, false) => ("är före", "is before"),
        (DateRelation::Before, true) => ("är före", "is before"),
        (DateRelation::Before, false) => ("är inte före", "is not before"),
        (DateRelation::After, true) => ("är efter", "is after"),
        (DateRelation::After, false) => ("är inte efter", "is not after"),
    };
    language.choose(sv, en)
}

fn day_kind(kind: DayKind, language: Language) -> String {
    match kind {
        DayKind::WorkingDay => language.choose("en arbetsdag", "a working day").to_owned(),
        DayKind::Weekday => language.choose("en vardag", "a weekday").to_owned(),
        DayKind::Holiday => language.choose("en helgdag", "a public holiday").to_owned(),
        DayKind::On(weekday) => {
            format!("{}{}", language.choose("en ", "a "), crate::time::weekday_name(weekday, language))
        }
    }
}

fn duty_state(state: DutyState, language: Language) -> &'static str {
    let (sv, en) = match state {
        DutyState::Open => ("öppen", "open"),
        DutyState::Met => ("uppfylld", "met"),
        DutyState::MetLate => ("uppfylld sent", "met late"),
        DutyState::Overdue => ("försenad", "overdue"),
        DutyState::Lapsed => ("bortfallen", "lapsed"),
    };
    language.choose(sv, en)
}
