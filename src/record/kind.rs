//! What an outcome is, as keys: whom it speaks of, what it hands out, on which days.

use super::object::Object;
use super::outcome::{Writer, name};
use crate::run::{Cause, Contested, Missed, Outcome, OutcomeKind, Pace, Reason, Rhythm};
use crate::syntax::tree::CalendarUnit;
use crate::time::{Day, YearMonth};
use crate::value::Value;
use crate::words;

impl Writer<'_> {
    /// The keys that are an outcome's own by its kind.
    pub(super) fn kind(&self, object: &mut Object<'_>, outcome: &Outcome) {
        self.subject(object, outcome);
        if let Some(value) = value_of(&outcome.kind) {
            self.values.value(object, value);
        }
        for (key, day) in days_of(&outcome.kind) {
            object.maybe_day(key, day);
        }
    }

    /// Those of them that stand before the [value](value_of) and the [days](days_of) that a rule works out: whom or what
    /// the outcome speaks of, and all there is where it is of another kind.
    pub(super) fn subject(&self, object: &mut Object<'_>, outcome: &Outcome) {
        match &outcome.kind {
            OutcomeKind::Begins { fact, of, .. }
            | OutcomeKind::Ends { fact, of, .. }
            | OutcomeKind::Becomes { fact, of, .. } => {
                object.name("subject", self.fact(*fact));
                self.values.named_value(object, "of", *of);
            }
            OutcomeKind::Permission { role, action, .. } => {
                object.name("role", name(&self.program.roles, role.index()));
                object.name("action", name(&self.program.actions, action.index()));
            }
            OutcomeKind::Value { result, .. } => {
                object.name("subject", name(&self.program.results, result.index()));
            }
            OutcomeKind::Duty(_) | OutcomeKind::RecurringDuty(_) => self.duty(object, &outcome.kind),
            OutcomeKind::Decision { reasons, .. } => {
                object.list("reasons", reasons, |out, reason| {
                    Object::write(out, |object| self.reason(object, reason, outcome.trigger));
                });
            }
            OutcomeKind::Finding { text, missing, .. } => {
                object.text("text", text.get(self.language));
                object.some_texts("missing", &self.values.members(missing));
            }
            OutcomeKind::Upcoming { on, of } => {
                object.day("on", *on);
                object.text("of", of.as_str());
            }
            OutcomeKind::Undetermined { needs, of } => {
                object.texts("needs", needs.iter().map(|need| need.named(self.language)));
                object.text("of", of.as_str());
            }
            OutcomeKind::Conflict { rules, over, claims } => {
                object.texts("rules", rules.iter().map(|rule| self.rule(*rule)));
                match over {
                    Contested::Fact { fact, of, from } => {
                        object.name("subject", self.fact(*fact));
                        self.values.named_value(object, "of", *of);
                        object.day("from", *from);
                    }
                    Contested::Permission { role, action } => {
                        object.name("role", name(&self.program.roles, role.index()));
                        object.name("action", name(&self.program.actions, action.index()));
                    }
                    Contested::Answer(table) => {
                        let table = self.program.tables.get(table.index());
                        object.maybe_text("subject", table.map(|table| table.named.name.as_str()));
                    }
                    Contested::Exception => {}
                }
                if !claims.is_empty() {
                    object.list("claims", claims, |out, claim| {
                        Object::write(out, |object| {
                            object.name("rule", self.rule(claim.rule));
                            self.values.value(object, claim.value);
                            object.maybe_day("until", claim.until);
                        });
                    });
                }
            }
            OutcomeKind::Withheld { by } => object.text("by", self.rule(*by)),
        }
    }

    pub(super) fn duty(&self, object: &mut Object<'_>, kind: &OutcomeKind) {
        match kind {
            OutcomeKind::Duty(duty) => {
                object.name("role", name(&self.program.roles, duty.role.index()));
                object.name("action", name(&self.program.actions, duty.action.index()));
                self.values.named_value(object, "to", duty.to);
                object.maybe_day("by", duty.by);
                object.maybe_day("on", duty.on);
                object.maybe_day("not_before", duty.not_before);
                object.maybe_text("before", duty.before.map(|event| self.event(event)));
                let pace = duty.pace.map(|pace| match pace {
                    Pace::WithoutDelay => "without_delay",
                    Pace::NoTimeStated => "no_time_stated",
                });
                object.maybe_text("pace", pace);
                object.name("status", duty.status.as_str());
                object.maybe_day("fulfilled_on", duty.fulfilled_on);
                object.yes("soft", duty.soft);
            }
            OutcomeKind::RecurringDuty(duty) => {
                object.name("role", name(&self.program.roles, duty.role.index()));
                object.name("action", name(&self.program.actions, duty.action.index()));
                self.values.named_value(object, "to", duty.to);
                match duty.rhythm {
                    Rhythm::Every(period) => object.text("every", &words::period(period, self.language)),
                    Rhythm::Per { times, amount, per, .. } => {
                        if let Some(times) = times {
                            object.number("times", i64::from(times));
                        }
                        if let Some(amount) = amount {
                            self.values.value(object, amount);
                        }
                        object.text("per", words::per_name(per));
                    }
                }
                object.maybe_day("by", duty.by);
                object.name("status", duty.status.as_str());
                object.texts("missed", duty.missed.iter().map(|missed| iso(*missed)));
                object.yes("soft", duty.soft);
            }
            _ => {}
        }
    }

    fn reason(&self, object: &mut Object<'_>, reason: &Reason, trigger: Cause) {
        object.name("rule", self.rule_or_event(reason.rule, trigger));
        object.maybe_text("text", reason.text.as_ref().map(|text| text.get(self.language)));
        if let Some(citation) = reason.citation {
            object.object("citation", |object| self.citation(object, citation));
        }
        object.some_texts("missing", &self.values.members(&reason.missing));
    }
}

/// The value that a rule worked out, of outcomes that have one.
fn value_of(kind: &OutcomeKind) -> Option<Value> {
    match kind {
        OutcomeKind::Becomes { value, .. } | OutcomeKind::Value { value, .. } => Some(*value),
        _ => None,
    }
}

/// The days of facts and permissions, the first and the last, each with its key.
pub(super) fn days_of(kind: &OutcomeKind) -> [(&'static str, Option<Day>); 2] {
    match *kind {
        OutcomeKind::Begins { from, until, .. } => [("from", Some(from)), ("until", until)],
        OutcomeKind::Ends { on, .. } => [("on", Some(on)), ("until", None)],
        OutcomeKind::Becomes { from, .. } => [("from", Some(from)), ("until", None)],
        OutcomeKind::Permission { from, until, .. } => [("from", from), ("until", until)],
        _ => [("from", None), ("until", None)],
    }
}

/// A missed period as ISO 8601 has it; quarters, which it has not, as `2024-Q1`.
fn iso(missed: Missed) -> String {
    match missed {
        Missed::LastDay(day) | Missed::Period(CalendarUnit::Day, day) => day.to_string(),
        Missed::Period(CalendarUnit::Week, day) => day.iso_week().to_string(),
        Missed::Period(CalendarUnit::Month, day) => YearMonth::from(day).to_string(),
        Missed::Period(CalendarUnit::Quarter, day) => quarter(day),
        Missed::Period(CalendarUnit::Year, day) => format!("{:04}", day.year()),
    }
}

fn quarter(day: Day) -> String {
    let quarter = day.month().saturating_add(2).checked_div(3).unwrap_or(1);
    format!("{:04}-Q{quarter}", day.year())
}
