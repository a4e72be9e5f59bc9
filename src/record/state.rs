//! A state as one JSON object: facts, permissions and duties on a day, what is to come, and the timeline.

use super::amount::Values;
use super::heads::Heads;
use super::object::Object;
use super::outcome::{Writer, name};
use crate::Language;
use crate::program::{FactSource, Program};
use crate::run::{Case, Outcome, OutcomeKind};
use crate::state::{Coming, ComingKind, Course, DutyState, FactState, Held, SetBy, State, Subject, rests_on};
use crate::value::Value;

/// Writes a state and the end of its line. Words are in `language`; names never change.
pub fn write_state(program: &Program, case: &Case, state: &State, language: Language, out: &mut Vec<u8>) {
    let values = Values { program, pool: &state.pool, language };
    let writer = StateWriter { state, writer: Writer { program, case, language, values } };
    Object::write(out, |object| writer.state(object));
    out.push(b'\n');
}

struct StateWriter<'a> {
    state: &'a State,
    writer: Writer<'a>,
}

impl StateWriter<'_> {
    fn state(&self, object: &mut Object<'_>) {
        let (state, header) = (self.state, &self.writer.program.header);
        object.text("case", &state.case);
        object.text("ruleset", &header.name);
        object.maybe_text("ruleset_version", header.version.as_deref());
        object.day("on", state.on);
        object.day("as_of", state.as_of);
        object.list("facts", &state.facts, |out, fact| Object::write(out, |object| self.fact(object, fact)));
        object.list("permissions", &state.permissions, |out, course| {
            Object::write(out, |object| self.held(object, course.subject, &course.on(state.on)));
        });
        object.list("duties", state.standing(), |out, duty| {
            Object::write(out, |object| self.duty(object, duty));
        });
        let undetermined = state.undetermined.iter().filter_map(|place| state.outcome(*place));
        object.list("undetermined", undetermined, |out, outcome| {
            Object::write(out, |object| self.writer.outcome(object, &mut Heads::default(), outcome, &[]));
        });
        object.list("coming", &state.coming, |out, coming| {
            Object::write(out, |object| self.coming(object, coming));
        });
        object.object("timeline", |object| self.timeline(object));
    }

    fn fact(&self, object: &mut Object<'_>, fact: &FactState) {
        self.held(object, fact.course.subject, &fact.held);
        if !fact.assumes.is_empty() {
            object.list("assumes", &fact.assumes, |out, (rule, day)| {
                Object::write(out, |object| {
                    object.text("rule", self.writer.rule(*rule));
                    object.day("day", *day);
                });
            });
        }
    }

    /// What something is, over which days, and what set it.
    fn held(&self, object: &mut Object<'_>, subject: Subject, held: &Held) {
        self.subject(object, subject, held.value);
        self.value(object, subject, held.value);
        object.maybe_day("from", held.from);
        object.maybe_day("until", held.until);
        object.maybe_text("with", held.with.map(|fact| self.writer.fact(fact)));
        self.set_by(object, subject, held.set_by);
        let citations = self.state.citations(self.writer.program, subject, held);
        if let Some(citation) = citations.first() {
            object.object("citation", |object| self.writer.citation(object, *citation));
        }
        if citations.len() > 1 {
            object.list("citations", citations, |out, citation| {
                Object::write(out, |object| self.writer.citation(object, *citation));
            });
        }
        if !held.again.is_empty() {
            object.list("again", &held.again, |out, again| {
                Object::write(out, |object| {
                    object.day("from", again.from);
                    self.set_by(object, subject, again.set_by);
                });
            });
        }
    }

    fn subject(&self, object: &mut Object<'_>, subject: Subject, value: Value) {
        let program = self.writer.program;
        match subject {
            Subject::Fact(fact, of) => {
                object.text("subject", self.writer.fact(fact));
                self.writer.values.named_value(object, "of", of);
            }
            Subject::Permission(role, action) => {
                let kind = match value {
                    Value::YesNo(true) => Some("may"),
                    Value::YesNo(false) => Some("must_not"),
                    _ => None,
                };
                object.maybe_text("kind", kind);
                object.text("role", name(&program.roles, role.index()));
                object.text("action", name(&program.actions, action.index()));
            }
        }
    }

    /// The value; `unknown` or `none` where there is none, and of yes and no also as JSON has them.
    fn value(&self, object: &mut Object<'_>, subject: Subject, value: Value) {
        if matches!(subject, Subject::Permission(..)) {
            return;
        }
        object.yes("unknown", value == Value::Unknown);
        object.yes("none", value == Value::None);
        if let Value::YesNo(yes) = value {
            object.raw("holds", if yes { "true" } else { "false" });
        }
        self.writer.values.value(object, value);
    }

    fn set_by(&self, object: &mut Object<'_>, subject: Subject, set_by: SetBy) {
        match set_by {
            SetBy::Start => {}
            SetBy::Event(place) => {
                object.object("trigger", |object| {
                    self.writer.trigger(object, crate::run::Cause::Event(place));
                });
            }
            SetBy::Outcome(place) => {
                if let Some(outcome) = self.state.outcome(place) {
                    self.rule(object, outcome);
                }
            }
            SetBy::Computed => {
                let Subject::Fact(fact, _) = subject else { return };
                let source = self.writer.program.facts.get(fact.index()).map(|fact| fact.source);
                let Some(FactSource::Computed(expr)) = source else { return };
                let (facts, events) = rests_on(self.writer.program, expr);
                let facts = facts.iter().map(|fact| self.writer.fact(*fact));
                let events = events.iter().map(|event| self.writer.event(*event));
                object.texts("computed_from", facts.chain(events));
            }
        }
    }

    fn rule(&self, object: &mut Object<'_>, outcome: &Outcome) {
        if let OutcomeKind::Conflict { rules, .. } = &outcome.kind {
            object.texts("conflict", rules.iter().map(|rule| self.writer.rule(*rule)));
        } else {
            object.text("rule", self.writer.rule_or_event(outcome.rule, outcome.trigger));
            object.number("branch", i64::from(outcome.branch));
        }
        object.object("trigger", |object| self.writer.trigger(object, outcome.trigger));
        object.maybe_day("fired", outcome.fired);
    }

    fn duty(&self, object: &mut Object<'_>, duty: &DutyState) {
        let Some(outcome) = self.state.outcome(duty.outcome) else { return };
        self.rule(object, outcome);
        object.text("kind", outcome.kind.name().as_str());
        self.writer.duty(object, &outcome.kind);
        object.maybe_text("stood", duty.stood.map(|status| status.as_str()));
        if let Some((first, last)) = duty.period {
            object.object("period", |object| {
                object.day("from", first);
                object.day("until", last);
            });
        }
        if let Some(citation) = outcome.citations.first() {
            object.object("citation", |object| self.writer.citation(object, *citation));
        }
        self.writer.remarks(object, outcome, &[]);
    }

    fn coming(&self, object: &mut Object<'_>, coming: &Coming) {
        object.day("on", coming.on);
        match &coming.kind {
            ComingKind::Change(subject, held) => self.held(object, *subject, held),
            ComingKind::Timer(place) => {
                let Some(outcome) = self.state.outcome(*place) else { return };
                self.rule(object, outcome);
                object.text("kind", outcome.kind.name().as_str());
                if let OutcomeKind::Upcoming { of, .. } = outcome.kind {
                    object.text("of", of.as_str());
                }
                if let Some(citation) = outcome.citations.first() {
                    object.object("citation", |object| self.writer.citation(object, *citation));
                }
            }
        }
    }

    fn timeline(&self, object: &mut Object<'_>) {
        let line = &self.state.timeline;
        object.day("from", line.from);
        object.day("until", line.until);
        object.list("events", &line.events, |out, (_, place)| {
            Object::write(out, |object| self.writer.trigger(object, crate::run::Cause::Event(*place)));
        });
        object.list("timers", &line.timers, |out, (day, place)| {
            Object::write(out, |object| {
                object.day("on", *day);
                let rule = self.state.outcome(*place).and_then(|outcome| outcome.rule);
                object.maybe_text("rule", rule.map(|rule| self.writer.rule(rule)));
            });
        });
        object.list("courses", &line.courses, |out, course| {
            Object::write(out, |object| self.course(object, course));
        });
        object.list("duties", &line.duties, |out, duty| {
            Object::write(out, |object| self.life(object, duty));
        });
    }

    /// All values of one subject, in the order of days.
    fn course(&self, object: &mut Object<'_>, course: &Course) {
        self.subject(object, course.subject, Value::None);
        object.list("held", &course.held, |out, held| {
            Object::write(out, |object| {
                match (course.subject, held.value) {
                    (Subject::Permission(..), Value::YesNo(true)) => object.text("kind", "may"),
                    (Subject::Permission(..), Value::YesNo(false)) => object.text("kind", "must_not"),
                    _ => self.value(object, course.subject, held.value),
                }
                object.maybe_day("from", held.from);
                object.maybe_day("until", held.until);
            });
        });
    }

    fn life(&self, object: &mut Object<'_>, duty: &DutyState) {
        let Some(outcome) = self.state.outcome(duty.outcome) else { return };
        self.writer.duty(object, &outcome.kind);
        object.day("arose", duty.born);
        object.maybe_day("last_day", duty.last);
        object.maybe_day("lapsed_on", duty.lapsed);
    }
}
