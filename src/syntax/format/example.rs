//! Examples.

use super::effect::bearing_and;
use super::expression::duty_state;
use super::line::{HANG, Line};
use super::place::{Place, follow};
use super::printer::Printer;
use crate::syntax::tree::{CourseEvent, DayLiteral, Example, Expected, Expr, FactRef, Given, Name};

impl Printer<'_> {
    /// Prints an example. A long one is broken before `per`, `med` and `ger`, then at the events of its course.
    pub(super) fn example(&mut self, example: &Example) {
        let mut line = self.line_at(example.span.start);
        line.whole(example.span, &example.grounds);
        let course = matches!(example.given, Given::Course { .. });
        // A course is introduced by its own word, unless it is the source's.
        let by_course = course && !example.from_source;
        if !by_course {
            line.word("k_example");
            if example.from_source {
                line.word("k_from_the_source");
            }
            line.in_readings(&example.readings);
            line.glue(":");
        }
        let mut together = false;
        match &example.given {
            Given::Fields(fields) => line.deeper(3, |line| line.assignments(fields, true)),
            Given::Course { events, as_of } => {
                line.word("k_course");
                if by_course {
                    line.in_readings(&example.readings);
                }
                line.glue(":");
                if by_course && !example.readings.is_empty() {
                    line.deeper(1, Line::may_break);
                }
                line.course(events);
                together = line.as_of(*as_of) && example.facts.is_empty();
            }
        }
        line.with_facts(&example.facts);
        if together {
            line.deeper(2, Line::may_break);
        } else {
            line.may_break();
        }
        line.word("k_gives");
        line.deeper(3, |line| line.expected(&example.expected));
        self.clause(HANG, &line);
        self.grounds(HANG.saturating_mul(2), &example.grounds);
    }
}

impl Line {
    fn in_readings(&mut self, readings: &[(Name, Name)]) {
        for (at, (question, answer)) in readings.iter().enumerate() {
            if at == 0 {
                self.word("k_in_reading");
            } else {
                self.comma();
            }
            self.name(question);
            self.text("=");
            self.name(answer);
        }
    }

    fn assignments(&mut self, fields: &[(Name, Expr)], last: bool) {
        for (at, (name, value)) in fields.iter().enumerate() {
            if at > 0 {
                self.comma();
            }
            self.field(name);
            self.text("=");
            let ends = last && at.saturating_add(1) == fields.len();
            let follows = if ends { follow::NOTHING } else { follow::COMMA };
            self.deeper(2, |line| line.expr_in(value, Place::value(follows)));
        }
    }

    fn course(&mut self, events: &[CourseEvent]) {
        self.deeper(1, |line| {
            for (at, event) in events.iter().enumerate() {
                if at > 0 {
                    line.glue(";");
                    line.may_break();
                }
                line.touch(event.span);
                line.day(event.date);
                line.name(&event.event);
                line.deeper(2, |line| line.assignments(&event.fields, true));
            }
        });
    }

    /// Adds `per D`; whether there is one.
    fn as_of(&mut self, as_of: Option<DayLiteral>) -> bool {
        let Some(day) = as_of else { return false };
        self.may_break();
        self.word("k_as_of_day");
        self.day(day);
        true
    }

    fn with_facts(&mut self, facts: &[(FactRef, Expr)]) {
        for (at, (fact, value)) in facts.iter().enumerate() {
            if at == 0 {
                self.may_break();
                self.word("k_with_fact");
            } else {
                self.deeper(1, Line::comma);
            }
            self.fact(fact);
            self.text("=");
            let last = at.saturating_add(1) == facts.len();
            let follows = if last { follow::NOTHING } else { follow::COMMA };
            self.deeper(3, |line| line.expr_in(value, Place::value(follows)));
        }
    }

    fn expected(&mut self, expected: &[Expected]) {
        if expected.is_empty() {
            self.word("k_nothing");
        }
        for (at, one) in expected.iter().enumerate() {
            if at > 0 {
                self.may_break();
                self.word("k_and");
            }
            let last = at.saturating_add(1) == expected.len();
            let follows = bearing_and(!last);
            self.deeper(2, |line| match one {
                Expected::Effect(effect) => {
                    line.touch(effect.span);
                    line.effect(&effect.kind, follows);
                }
                Expected::DutyStatus { action, status, span } => {
                    line.touch(*span);
                    line.name(action);
                    line.word("k_is");
                    line.word(duty_state(*status));
                }
                Expected::Undetermined(span) => {
                    line.touch(*span);
                    line.word("k_undetermined");
                }
                Expected::Conflict(span) => {
                    line.touch(*span);
                    line.word("k_conflict");
                }
            });
        }
    }
}
