//! What expressions and texts say with every name spelt out: where two programs say the same, they mean the same.
//!
//! In a program names are numbers, and another program numbers otherwise. A form has names instead, and in the place of
//! a constant, a table, a function or a computed fact what stands behind its name.

use std::fmt::Write as _;

use super::code::{LookBackField, Op, Operands, Window};
use super::*;
use crate::syntax::tree::{Comparison, LookBackKind, Operator};
use crate::value::{PerId, Pool, Value};

/// Writes forms of what stands in a program, or in one of its rules.
#[derive(Clone, Copy, Debug)]
pub struct Forms<'a> {
    program: &'a Program,
    rule: Option<&'a Rule>,
}

impl<'a> Forms<'a> {
    /// Forms of what stands outside rules.
    pub fn of(program: &'a Program) -> Forms<'a> {
        Forms { program, rule: None }
    }

    /// Forms of what stands in a rule: its fields are those of its trigger, what `låt` names is written out.
    pub fn of_rule(program: &'a Program, rule: &'a Rule) -> Forms<'a> {
        Forms { program, rule: Some(rule) }
    }

    /// The rule, when it is of one.
    pub fn rule(&self) -> Option<&'a Rule> {
        self.rule
    }

    /// An expression.
    pub fn expression(&self, expr: ExprId) -> String {
        self.about(expr, None)
    }

    /// An expression that may be missing.
    pub fn maybe(&self, expr: Option<ExprId>) -> String {
        expr.map_or_else(|| "-".to_owned(), |expr| self.expression(expr))
    }

    /// An expression about an event looked at.
    pub fn about(&self, expr: ExprId, candidate: Option<EventId>) -> String {
        let mut out = String::from("(");
        for (place, op) in (0u16..).zip(self.program.code.ops(expr)) {
            out.push_str(&self.op(expr, code::At(place), *op, candidate));
            out.push(';');
        }
        out.push(')');
        out
    }

    /// An event and the condition on it.
    pub fn pattern(&self, pattern: EventPattern) -> String {
        let condition = pattern.where_.map(|expr| self.about(expr, Some(pattern.event)));
        format!("{} where {}", self.event(pattern.event), condition.unwrap_or_default())
    }

    /// A text with its holes.
    pub fn template(&self, template: &Template) -> String {
        let part = |part: &TemplatePart| match part {
            TemplatePart::Literal(letters) => format!("{letters:?}"),
            TemplatePart::Hole(expr) => self.expression(*expr),
        };
        let say = |parts: &[TemplatePart]| parts.iter().map(part).collect::<String>();
        format!("{}/{}", say(&template.sv), say(&template.en))
    }

    /// A look-back that stands in an expression, by its place among all.
    pub fn look_back(&self, expr: ExprId, place: u32) -> String {
        let Some(look) = self.program.code.look_backs.get(place as usize) else { return String::new() };
        // Where it begins and how far it reaches stands in the expression itself.
        let part = |at: code::At| self.part(expr, at, None);
        let field = match look.field {
            LookBackField::Nothing => String::new(),
            LookBackField::Date => "date".to_owned(),
            LookBackField::Field(place) => self.field(look.event, place),
        };
        let group = look.group.map(|(kind, field)| format!("{kind:?} per {}", self.field(look.event, field)));
        let window = match look.window {
            Some(Window::Last(at)) => format!("last {}", part(at)),
            Some(Window::Same(unit)) => format!("same {unit:?}"),
            None => String::new(),
        };
        let narrowed = look.where_.map(|expr| self.about(expr, Some(look.event))).unwrap_or_default();
        let since = look.since.map(part).unwrap_or_default();
        let (kind, event) = (self.kind_of(look), self.event(look.event));
        format!(
            "{kind:?} {event}.{field} where {narrowed} since {since} {window} {}",
            group.unwrap_or_default()
        )
    }

    /// A part of an expression with all that it reads.
    pub fn part(&self, expr: ExprId, at: code::At, candidate: Option<EventId>) -> String {
        let code = &self.program.code;
        let Some(op) = code.ops(expr).get(at.0 as usize).copied() else { return String::new() };
        let mut out = self.op(expr, at, op, candidate);
        for read in op.reads(code) {
            let _ = write!(out, "[{}]", self.part(expr, read, candidate));
        }
        out
    }

    /// Whether a comparison chooses between values that are one where its two sides are equal: `A − B` and zero, or the
    /// sides themselves. Then it does not matter on which side of it they are equal.
    fn meets_at_its_limit(&self, expr: ExprId, place: code::At, (a, b): (code::At, code::At)) -> bool {
        let ops = self.program.code.ops(expr);
        let mut chosen = ops.iter().filter_map(|op| match op {
            Op::Choose(condition, one, other) if *condition == place => Some((*one, *other)),
            _ => None,
        });
        let Some((one, other)) = chosen.next() else { return false };
        let form = |at: code::At| self.part(expr, at, None);
        let sides = [form(a), form(b)];
        let is_side = |at: code::At| sides.contains(&form(at));
        let is_zero = |at: code::At| match ops.get(usize::from(at.0)) {
            Some(Op::Constant(value)) => {
                matches!(value, Value::Count(0) | Value::Number(0) | Value::Amount(0) | Value::Duration(0))
            }
            Some(Op::Arithmetic(Operator::Subtract, one, other)) => {
                is_side(*one) && is_side(*other) && form(*one) != form(*other)
            }
            _ => false,
        };
        (is_zero(one) && is_zero(other)) || (is_side(one) && is_side(other))
    }

    /// The kind of a look back: the day of the latest event is the greatest of their days, unless it may not be known
    /// whether one of them is meant.
    fn kind_of(&self, look: &code::LookBack) -> LookBackKind {
        let optional = |event: EventId, place: u16| {
            let event = self.program.events.get(event.index());
            event.and_then(|event| event.fields.get(usize::from(place))).is_none_or(|field| field.optional)
        };
        let own_optional = |slot: u16| match self.rule.map(|rule| &rule.trigger) {
            Some(Trigger::Events { events, .. }) => events.iter().any(|one| {
                let place = match &one.fields {
                    Some(map) => map.get(usize::from(slot)).copied(),
                    None => Some(slot),
                };
                place.is_none_or(|place| optional(one.event, place))
            }),
            Some(Trigger::Decided { event, .. } | Trigger::Timer { event, .. }) => optional(*event, slot),
            _ => true,
        };
        let is_sure = |expr: ExprId| {
            self.program.code.ops(expr).iter().all(|op| match op {
                Op::CandidateField(place) => !optional(look.event, *place),
                Op::Field(slot) => !own_optional(*slot),
                Op::CandidateDate | Op::Constant(_) | Op::FireDate | Op::ReadingIs(..) => true,
                Op::Compare(..) | Op::And(..) | Op::Or(..) | Op::Not(_) => true,
                _ => false,
            })
        };
        let day_of_latest = look.kind == LookBackKind::Latest && look.field == LookBackField::Date;
        match day_of_latest && look.group.is_none() && look.where_.is_none_or(is_sure) {
            true => LookBackKind::Greatest,
            false => look.kind,
        }
    }

    /// A value of the program.
    pub fn value(&self, value: Value) -> String {
        self.value_in(value, &self.program.pool)
    }

    /// A value whose texts and sets are in a pool.
    pub fn value_in(&self, value: Value, pool: &Pool) -> String {
        let program = self.program;
        let name = |named: Option<&Named>| named.map_or("", |named| named.name.as_str()).to_owned();
        match value {
            Value::Choice(choice) => {
                let of = program.types.get(choice.of as usize);
                format!("choice {}", name(of.and_then(|of| of.values.get(choice.value as usize))))
            }
            Value::Role(role) => format!("role {}", name(program.roles.get(role as usize))),
            Value::Word(word) => format!("word {}", name(program.counting_words.get(word as usize))),
            Value::Text(text) => format!("{:?}", pool.letters(text)),
            Value::Set(set) => {
                let members = pool.members(set).iter().map(|member| self.value_in(*member, pool));
                let mut members: Vec<String> = members.collect();
                members.sort_unstable();
                format!("{{{}}}", members.join(","))
            }
            Value::Rate { base, per, amount } => format!("{base:?} {amount} per {}", self.per(per)),
            other => format!("{other:?}"),
        }
    }

    /// An event's name.
    pub fn event(&self, event: EventId) -> &'a str {
        self.program.events.get(event.index()).map_or("", |event| event.named.name.as_str())
    }

    /// A fact's name.
    pub fn fact(&self, fact: FactId) -> &'a str {
        self.program.facts.get(fact.index()).map_or("", |fact| fact.named.name.as_str())
    }

    /// A field's name.
    pub fn field(&self, event: EventId, place: u16) -> String {
        let declared = self.program.events.get(event.index());
        let field = declared.and_then(|event| event.fields.get(place as usize));
        field.map_or_else(String::new, |field| field.named.name.clone())
    }

    /// A type.
    pub fn ty(&self, ty: Type) -> String {
        let choice = |of: TypeId| {
            let values = self.program.types.get(of.index()).map_or(&[][..], |of| &of.values);
            format!("one of {:?}", values.iter().map(|value| &value.name).collect::<Vec<_>>())
        };
        match ty {
            Type::Choice(of) => choice(of),
            Type::Set(Element::Choice(of)) => format!("set of {}", choice(of)),
            Type::Rate(base, per) => format!("{base:?} per {}", self.per(per)),
            other => format!("{other:?}"),
        }
    }

    /// The names of kinds of case.
    pub fn kinds(&self, kinds: Kinds) -> String {
        let all = self.program.kinds.iter().enumerate();
        let named = all.filter(|(place, _)| kinds.has(KindId::at(*place)));
        named.map(|(_, kind)| format!("{} ", kind.name)).collect()
    }

    fn per(&self, per: PerId) -> String {
        match per {
            PerId::Unit(unit) => format!("{unit:?}"),
            PerId::Word(word) => self.value(Value::Word(word)),
        }
    }

    /// The trigger's field that a rule knows by a place.
    fn own_field(&self, slot: u16) -> String {
        let found = match self.rule.map(|rule| &rule.trigger) {
            Some(Trigger::Events { events, .. }) => events.first().and_then(|first| {
                let place = match &first.fields {
                    Some(map) => map.get(slot as usize).copied()?,
                    None => slot,
                };
                Some(self.field(first.event, place))
            }),
            Some(Trigger::Decided { event, .. } | Trigger::Timer { event, .. }) => {
                Some(self.field(*event, slot))
            }
            _ => None,
        };
        found.unwrap_or_else(|| format!("#{slot}"))
    }

    fn local(&self, local: u16) -> String {
        let lets = self
            .rule
            .into_iter()
            .flat_map(|rule| rule.lets.iter().chain(rule.branches.iter().flat_map(|branch| &branch.lets)));
        let mut named = lets.filter(|one| one.local == local);
        named.next().map_or_else(String::new, |one| self.expression(one.value))
    }

    fn op(&self, expr: ExprId, place: code::At, op: Op, candidate: Option<EventId>) -> String {
        let program = self.program;
        let all = |operands: Operands| format!("{:?}", program.code.operands(operands));
        let fact = |fact: FactId| match program.facts.get(fact.index()).map(|fact| fact.source) {
            // Its expression stands outside the rule.
            Some(FactSource::Computed(inner)) => Forms::of(program).expression(inner),
            _ => format!("fact {}", self.fact(fact)),
        };
        match op {
            Op::Constant(value) => self.value(value),
            Op::Field(slot) => format!("field {}", self.own_field(slot)),
            Op::CandidateField(place) => {
                let name = candidate.map(|event| self.field(event, place));
                format!("of it {}", name.unwrap_or_else(|| place.to_string()))
            }
            Op::Local(local) => self.local(local),
            Op::Fact(id) => fact(id),
            Op::FactFor(id, at) => format!("{} for {at:?}", fact(id)),
            Op::Previous(id) => format!("before {}", fact(id)),
            Op::PreviousFor(id, at) => format!("before {} for {at:?}", fact(id)),
            Op::ConstantNow(constant) => self.constant(constant),
            Op::ConstantOn(constant, at) => format!("{} on {at:?}", self.constant(constant)),
            Op::Call(function, operands) => format!("{}{}", self.function(function), all(operands)),
            Op::Answer(table, column, operands) => {
                format!("{} {column} {}", self.table(table), all(operands))
            }
            Op::ReadingIs(reading, answer) => self.reading(reading, answer),
            Op::DutyIs(action, state) => {
                let action = program.actions.get(action.index()).map_or("", |action| &action.name);
                format!("{action} is {state:?}")
            }
            Op::DecisionIs(event, granted) => format!("{} granted {granted}", self.event(event)),
            Op::PerOf(at, per) => format!("{at:?} per {}", self.per(per)),
            Op::FirstIn(calendar, at) => {
                let found = program.calendars.get(calendar.index());
                let name = found.map_or("", |calendar| calendar.named.name.as_str());
                format!("first in {name} {:?} {at:?}", found.and_then(|calendar| calendar.days.as_ref()))
            }
            Op::Compare(comparison, a, b) if self.meets_at_its_limit(expr, place, (a, b)) => {
                let comparison = with_its_limit(comparison);
                format!("Compare({comparison:?}, {a:?}, {b:?})")
            }
            Op::LaterOf(operands) => format!("later of {}", all(operands)),
            Op::EarlierOf(operands) => format!("earlier of {}", all(operands)),
            Op::MakeSet(operands) => format!("set of {}", all(operands)),
            Op::LookBack(place) => self.look_back(expr, place),
            Op::DayIs(..) => format!("{op:?} {:?}", program.header.weekday),
            Op::After(..) | Op::Before(..) | Op::LastAtLeastBefore(..) | Op::AtLeastBefore(..) => {
                format!("{op:?} {:?}", program.header.month_policy())
            }
            other => format!("{other:?}"),
        }
    }

    fn constant(&self, constant: ConstantId) -> String {
        let versions = self.program.constants.get(constant.index()).map_or(&[][..], |one| &one.versions);
        let say = |one: &ConstantVersion| format!("{:?}={}", one.in_force, self.value(one.value));
        format!("constant {:?}", versions.iter().map(say).collect::<Vec<_>>())
    }

    fn function(&self, function: FunctionId) -> String {
        let found = self.program.functions.get(function.index());
        let script = found.and_then(|function| function.script.as_ref()).map_or("", |script| script.text());
        let name = found.map_or("", |function| function.named.name.as_str());
        let header = &self.program.header;
        format!("call {name} {:?} {:?} {script:?}", header.month_policy(), header.weekday)
    }

    fn reading(&self, reading: ReadingId, answer: u16) -> String {
        let Some(found) = self.program.readings.get(reading.index()) else { return String::new() };
        let name = |number: u16| found.answers.get(number as usize).map_or("", |a| a.named.name.as_str());
        format!("reading {} is {}, chosen {}", found.named.name, name(answer), name(found.chosen))
    }

    fn table(&self, table: TableId) -> String {
        let Some(found) = self.program.tables.get(table.index()) else { return String::new() };
        let mut out = format!("table {:?}", found.hit);
        for version in &found.versions {
            let _ = write!(out, " {:?}", version.in_force);
            for row in &version.rows {
                for cell in &row.asks {
                    match cell {
                        Cell::Any => out.push_str(" *"),
                        Cell::OneOf(ranges) => {
                            for (low, high) in ranges {
                                let _ = write!(out, " {}..{}", self.value(*low), self.value(*high));
                            }
                        }
                    }
                    out.push('|');
                }
                match &row.answers {
                    Answers::Values(values) => {
                        let values = values.iter().map(|value| self.value(*value));
                        let _ = write!(out, "|{}", values.collect::<Vec<_>>().join("|"));
                    }
                    Answers::Nothing => out.push_str("|nothing"),
                    Answers::Undetermined(why) => {
                        let _ = write!(out, "|undetermined {why:?}");
                    }
                }
                out.push('\n');
            }
        }
        out
    }
}

/// A comparison that holds where both sides are equal, too.
fn with_its_limit(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::AtMost,
        Comparison::Greater => Comparison::AtLeast,
        other => other,
    }
}
