//! A rule's expressions under suppositions instead of a history: what would they be if the event said this, that fact
//! held and looking back gave so much?
//!
//! It is the same evaluator as a run's; only what an expression reads of a case is supposed rather than found.

use std::collections::BTreeMap;

use super::evaluate::Frame;
use super::history::{Case, Happening};
use super::settings::Settings;
use super::timeline::Timeline;
use super::world::World;
use crate::program::{ActionId, EventId, ExprId, FactId, Program, ReadingId};
use crate::syntax::tree::DutyState;
use crate::time::Day;
use crate::value::{Pool, Value};

/// What is supposed of a case beyond its facts and decisions.
#[derive(Clone, Debug, Default)]
pub(super) struct Supposed {
    /// What look-backs give, by their place in [`crate::program::code::Code::look_backs`].
    look_backs: Vec<Option<Value>>,
    /// Whether the latest duty to do something has a status.
    duties: BTreeMap<(ActionId, u8), bool>,
}

impl Supposed {
    /// What a look-back is supposed to give.
    pub(super) fn look_back(&self, index: u32) -> Option<Value> {
        self.look_backs.get(index as usize).copied().flatten()
    }

    /// Whether the latest duty is supposed to have a status.
    pub(super) fn duty_is(&self, action: ActionId, state: DutyState) -> Option<bool> {
        self.duties.get(&(action, state as u8)).copied()
    }
}

/// A rule's expressions under suppositions.
///
/// The borrowed case has no events; it names the kind of case that is supposed.
pub struct Trial<'a> {
    world: World<'a>,
    event: Option<Happening>,
    fields: Option<&'a [u16]>,
    fires: Day,
    last_day: Option<Day>,
    effective: Option<Day>,
}

impl<'a> Trial<'a> {
    /// A trial in which nothing is supposed yet: every fact is as it is from the start.
    pub fn new(
        program: &'a Program,
        settings: &'a Settings,
        case: &'a Case,
        pool: &'a mut Pool,
    ) -> Trial<'a> {
        let mut world = World::new(program, settings, case, pool, None);
        world.supposed.look_backs = vec![None; program.code.look_backs.len()];
        Trial { world, event: None, fields: None, fires: Day::MIN, last_day: None, effective: None }
    }

    /// Supposes that a rule was set off by an event, whose fields it finds where `fields` says.
    pub fn set_off_by(&mut self, event: EventId, fields: Option<&'a [u16]>) {
        let declared = self.world.program.events.get(event.index()).map_or(0, |event| event.fields.len());
        self.event = Some(Happening {
            event,
            date: self.fires,
            fields: vec![Value::Unknown; declared].into(),
            line: 0,
            span: None,
            field_spans: Box::default(),
            date_span: None,
        });
        self.fields = fields;
    }

    /// Supposes the day of the event and the day on which the rule fires.
    pub fn on(&mut self, event: Day, fires: Day) {
        if let Some(happening) = &mut self.event {
            happening.date = event;
        }
        self.fires = fires;
    }

    /// Supposes the last day of a duty, for what follows when it is missed.
    pub fn last_day(&mut self, day: Option<Day>) {
        self.last_day = day;
    }

    /// Supposes the first day of an effect, for what a guarantee says of it.
    pub fn effective(&mut self, day: Option<Day>) {
        self.effective = day;
    }

    /// Supposes a field of the event, by its place among those the event declares.
    pub fn field(&mut self, index: u16, value: Value) {
        if let Some(slot) = self.event.as_mut().and_then(|event| event.fields.get_mut(index as usize)) {
            *slot = value;
        }
    }

    /// Supposes what a stored fact is, whatever its parameter.
    pub fn fact(&mut self, fact: FactId, value: Value) {
        self.world.suppose(fact, Timeline::new(value));
    }

    /// Supposes what the end of the day before showed of a fact.
    pub fn fact_yesterday(&mut self, fact: FactId, value: Value) {
        self.world.yesterday.retain(|(known, ..)| *known != fact);
        self.world.yesterday.push((fact, None, value));
    }

    /// Supposes what a look-back gives.
    pub fn look_back(&mut self, index: u32, value: Value) {
        if let Some(slot) = self.world.supposed.look_backs.get_mut(index as usize) {
            *slot = Some(value);
        }
    }

    /// Supposes the latest decision on an event: granted, denied, or none at all.
    pub fn decision(&mut self, event: EventId, granted: Option<bool>) {
        match granted {
            Some(granted) => self.world.decided.insert(event, Some(granted)),
            None => self.world.decided.remove(&event),
        };
    }

    /// Supposes whether the latest duty to do something has a status.
    pub fn duty(&mut self, action: ActionId, state: DutyState, holds: bool) {
        self.world.supposed.duties.insert((action, state as u8), holds);
    }

    /// Makes room for what `låt` names; nothing is named yet.
    pub fn locals(&mut self, count: u16) {
        self.world.locals.clear();
        self.world.locals.resize(count as usize, Value::Unknown);
    }

    /// Names a value.
    pub fn local(&mut self, local: u16, value: Value) {
        if let Some(slot) = self.world.locals.get_mut(local as usize) {
            *slot = value;
        }
    }

    /// The questions of interpretation that are answered otherwise than chosen, by their answers' numbers.
    pub fn readings(&self) -> Vec<(ReadingId, u16)> {
        self.world.settings.readings.iter().map(|(reading, answer)| (*reading, *answer)).collect()
    }

    /// The texts and sets that values name.
    pub fn texts(&self) -> &Pool {
        self.world.pool
    }

    /// The value of an expression.
    pub fn value(&mut self, expr: ExprId) -> Value {
        let frame = Frame {
            event: self.event.as_ref(),
            fields: self.fields,
            last_day: self.last_day,
            effective: self.effective,
            ..Frame::on(self.fires)
        };
        self.world.evaluate(expr, &frame)
    }

    /// The values of all parts of an expression, in evaluation order; the last is the expression's own.
    pub fn parts(&mut self, expr: ExprId, into: &mut Vec<Value>) {
        let frame = Frame {
            event: self.event.as_ref(),
            fields: self.fields,
            last_day: self.last_day,
            effective: self.effective,
            ..Frame::on(self.fires)
        };
        into.clear();
        self.world.evaluate_seen(expr, &frame, |values| into.extend_from_slice(values));
    }
}
