//! What a rule's outcome depends on besides the day it fires.

use std::collections::BTreeSet;

use crate::program::code::{Code, LookBack, LookBackField, Op, Window};
use crate::program::{
    ActionId, Answers, Element, Event, EventId, ExprId, FactId, FactSource, Forms, Program, Rule, Trigger,
    Type,
};
use crate::source::Span;
use crate::syntax::tree::{DutyState, LookBackKind};
use crate::value::{PerId, RateBase};

use super::shape::Shape;

/// Something that a rule's outcome depends on.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is.
    pub what: What,
    /// Its type.
    pub ty: Type,
    /// Whether it may be none.
    pub optional: bool,
    /// Where it is first named.
    pub span: Span,
    /// Its name wherever the same thing is meant, in this ruleset and in another one.
    pub key: String,
}

/// What a subject is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A field of the event that sets the rule off, by its place among those the event declares.
    Field(u16),
    /// A stored fact.
    Fact(FactId),
    /// A stored fact as the end of the day before showed it.
    Yesterday(FactId),
    /// What looking back gives: every look-back that asks the same.
    LookBack(Vec<u32>),
    /// The latest decision on an event: granted or denied.
    Decision(EventId),
    /// Whether the latest duty to do something has a status.
    Duty(ActionId, DutyState),
    /// Nothing that this rule looks at; another that is judged with it does.
    Absent,
}

impl Subject {
    /// Whether its values are days.
    pub fn is_day(&self) -> bool {
        self.ty == Type::Date
    }

    /// What it is called: the name of the field, the fact, the event or the action.
    pub fn name<'p>(&'p self, program: &'p Program) -> &'p str {
        let of_event = |event: EventId| program.events.get(event.index()).map(|event| &event.named.name);
        let named = match &self.what {
            What::Field(_) => self.key.strip_prefix("field "),
            What::Fact(fact) | What::Yesterday(fact) => {
                program.facts.get(fact.index()).map(|fact| fact.named.name.as_str())
            }
            What::LookBack(places) => places
                .first()
                .and_then(|place| program.code.look_backs.get(*place as usize))
                .and_then(|look| of_event(look.event))
                .map(String::as_str),
            What::Decision(event) => of_event(*event).map(String::as_str),
            What::Duty(action, _) => program.actions.get(action.index()).map(|action| action.name.as_str()),
            What::Absent => None,
        };
        named.unwrap_or("")
    }

    /// Whether having nothing to look back on is one of its values.
    pub fn may_find_nothing(&self, code: &Code) -> bool {
        use LookBackKind::{Greatest, Latest, Least, Mean, Median, Share};
        let What::LookBack(places) = &self.what else { return false };
        let look = places.first().and_then(|place| code.look_backs.get(*place as usize));
        look.is_some_and(|look| matches!(look.kind, Latest | Least | Greatest | Mean | Median | Share))
    }
}

/// The event that sets a rule off, when there is one, and where in it the rule finds its fields.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// The event.
    pub event: Option<EventId>,
    /// Where the rule finds its fields; as they are declared without.
    pub fields: Option<&'a [u16]>,
}

impl Occasion<'_> {
    /// Where the event has the field that the rule knows by a place.
    pub fn place(&self, slot: u16) -> Option<u16> {
        match self.fields {
            Some(map) => map.get(slot as usize).copied(),
            None => Some(slot),
        }
    }
}

/// The occasions on which a rule can be set off: one for each of its events, one for time itself.
pub fn occasions(rule: &Rule) -> Vec<Occasion<'_>> {
    match &rule.trigger {
        Trigger::Events { events, .. } => events
            .iter()
            .map(|one| Occasion { event: Some(one.event), fields: one.fields.as_deref() })
            .collect(),
        Trigger::Decided { event, .. } | Trigger::Timer { event, .. } => {
            vec![Occasion { event: Some(*event), fields: None }]
        }
        _ => vec![Occasion { event: None, fields: None }],
    }
}

/// The subjects of a rule on an occasion, in the order in which its expressions name them.
pub fn subjects(program: &Program, shape: &Shape<'_>, occasion: Occasion<'_>) -> Vec<Subject> {
    let rule = shape.rule;
    let mut found = Found { program, rule, occasion, all: Vec::new(), seen: BTreeSet::new() };
    for expr in shape.expressions() {
        found.read(expr);
    }
    found.all
}

struct Found<'a> {
    program: &'a Program,
    rule: &'a Rule,
    occasion: Occasion<'a>,
    all: Vec<Subject>,
    seen: BTreeSet<u32>,
}

impl Found<'_> {
    fn read(&mut self, expr: ExprId) {
        let program = self.program;
        if !self.seen.insert(expr.0) {
            return;
        }
        let spans = program.code.spans(expr);
        for (op, span) in program.code.ops(expr).iter().zip(spans) {
            match *op {
                Op::Field(slot) => self.field(slot, *span),
                Op::Fact(fact) | Op::FactFor(fact, _) => self.fact(fact, *span),
                Op::Previous(fact) | Op::PreviousFor(fact, _) => {
                    if let Some(declared) = program.facts.get(fact.index()) {
                        let key = format!("yesterday {}", declared.named.name);
                        self.add(What::Yesterday(fact), declared.ty, declared.optional, *span, key);
                    }
                }
                Op::LookBack(place) => self.look_back(expr, place, *span),
                Op::DecisionIs(event, _) => {
                    let name = program.events.get(event.index()).map_or("", |e| e.named.name.as_str());
                    let key = format!("decision {name}");
                    self.add(What::Decision(event), Type::YesNo, true, *span, key);
                }
                Op::DutyIs(action, state) => {
                    let name = program.actions.get(action.index()).map_or("", |a| a.name.as_str());
                    let key = format!("duty {name} {state:?}");
                    self.add(What::Duty(action, state), Type::YesNo, false, *span, key);
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, what: What, ty: Type, optional: bool, span: Span, key: String) {
        if self.all.iter().all(|known| known.key != key) {
            self.all.push(Subject { what, ty, optional, span, key });
        }
    }

    fn field(&mut self, slot: u16, span: Span) {
        let place = self.occasion.place(slot);
        let event: Option<&Event> =
            self.occasion.event.and_then(|event| self.program.events.get(event.index()));
        let (Some(place), Some(event)) = (place, event) else { return };
        let Some(field) = event.fields.get(place as usize) else { return };
        let key = format!("field {}", field.named.name);
        self.add(What::Field(place), field.ty, field.optional, span, key);
    }

    fn fact(&mut self, fact: FactId, span: Span) {
        let Some(declared) = self.program.facts.get(fact.index()) else { return };
        match declared.source {
            // What is computed rests on what it is computed from.
            FactSource::Computed(expr) => self.read(expr),
            _ => {
                let key = format!("fact {}", declared.named.name);
                self.add(What::Fact(fact), declared.ty, declared.optional, span, key);
            }
        }
    }

    fn look_back(&mut self, expr: ExprId, place: u32, span: Span) {
        let code = &self.program.code;
        let Some(look) = code.look_backs.get(place as usize) else { return };
        let key = format!("looking back {}", Forms::of_rule(self.program, self.rule).look_back(expr, place));
        if let Some(known) = self.all.iter_mut().find(|known| known.key == key) {
            if let What::LookBack(places) = &mut known.what {
                places.push(place);
            }
            return;
        }
        let ty = look_back_type(self.program, look);
        self.add(What::LookBack(vec![place]), ty, false, span, key);
    }
}

/// The type of what a look-back gives.
fn look_back_type(program: &Program, look: &LookBack) -> Type {
    use LookBackKind as Kind;
    let of_field = match look.field {
        LookBackField::Nothing => Type::Nothing,
        LookBackField::Date => Type::Date,
        LookBackField::Field(place) => program
            .events
            .get(look.event.index())
            .and_then(|event| event.fields.get(place as usize))
            .map_or(Type::Nothing, |field| field.ty),
    };
    // What is summed up within a calendar unit is so much per unit.
    if let (Kind::Sum, Some(Window::Same(unit))) = (look.kind, look.window) {
        let per = PerId::Unit(unit);
        return match of_field {
            Type::Count => Type::Rate(RateBase::Count, per),
            Type::Number => Type::Rate(RateBase::Number, per),
            Type::Amount => Type::Rate(RateBase::Amount, per),
            Type::Duration => Type::Rate(RateBase::Duration, per),
            other => other,
        };
    }
    match look.kind {
        Kind::Exists => Type::YesNo,
        Kind::Count | Kind::CountDistinct => Type::Count,
        Kind::Share => Type::Share,
        Kind::SetOf => Type::Set(match of_field {
            Type::Text => Element::Text,
            Type::Count => Element::Count,
            Type::Date => Element::Date,
            Type::Role => Element::Role,
            Type::Choice(of) => Element::Choice(of),
            _ => Element::Any,
        }),
        Kind::Mean | Kind::Median if of_field == Type::Count || look.group.is_some() => Type::Number,
        _ => of_field,
    }
}

/// The constants that a table's column is asked with, both ends of each range.
pub(super) fn asked_of_column(program: &Program, table: usize, column: usize) -> Vec<crate::value::Value> {
    let Some(table) = program.tables.get(table) else { return Vec::new() };
    let rows = table.versions.iter().flat_map(|version| &version.rows);
    let mut all = Vec::new();
    for row in rows.filter(|row| !matches!(row.answers, Answers::Undetermined(_)) || !row.asks.is_empty()) {
        if let Some(crate::program::Cell::OneOf(ranges)) = row.asks.get(column) {
            all.extend(ranges.iter().flat_map(|(low, high)| [*low, *high]));
        }
    }
    all
}
