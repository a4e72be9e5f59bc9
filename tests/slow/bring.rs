//! What one effect brings, as far as it is known.

use serde_json::{Value as Json, json};

use crate::days;
use crate::evaluate::Run;
use crate::expressions::{Eval, Moment, Reads};
use crate::fire::{Brought, Could, What, keys, undetermined};
use crate::program::*;

impl Run<'_> {
    /// Which fact an effect could change, and from when.
    pub fn could(&self, effect: &Effect, moment: Moment) -> Vec<Could> {
        let eval = Eval { run: self, reads: Default::default() };
        match effect {
            Effect::Applies { fact, from: day, .. } | Effect::Becomes { fact, from: day, .. } => {
                vec![(fact.fact, eval.parameter(fact, moment), eval.day(day, moment))]
            }
            Effect::Ends { fact, day, last } => {
                let day = eval.day(day, moment).map(|day| if *last { day + 1 } else { day });
                vec![(fact.fact, eval.parameter(fact, moment), day)]
            }
            Effect::Duty(duty) => duty.failing.iter().flat_map(|effect| self.could(effect, moment)).collect(),
            _ => Vec::new(),
        }
    }

    /// What one effect brings.
    pub fn bring(&self, effect: &Effect, branch: usize, moment: Moment) -> Vec<Brought> {
        let eval = Eval { run: self, reads: Default::default() };
        let day = |e: &Expr| eval.day(e, moment);
        let mut keys = keys(Brought::kind_of(effect));
        let mut put = |key: &str, value: Json| keys.insert(key.to_owned(), value);
        let mut unknown = false;
        let mut what = What::Plain;
        match effect {
            Effect::Applies { fact, .. } | Effect::Ends { fact, .. } | Effect::Becomes { fact, .. } => {
                let of = eval.parameter(fact, moment);
                unknown |= of.is_none();
                put("subject", json!(self.program.facts[fact.fact].name));
                if let (Some(of), true) = (of, fact.of.is_some()) {
                    put("of", json!(SORTS[of]));
                }
                let mut changes = Vec::new();
                match effect {
                    Effect::Applies { from, through, .. } => {
                        let (from, until) = (day(from), through.as_ref().map(day));
                        unknown |= from.is_none() || until == Some(None);
                        if let (Some(from), false) = (from, unknown) {
                            put("from", json!(days::iso(from)));
                            changes.push((from, Value::Truth(true)));
                            if let Some(Some(until)) = until {
                                put("until", json!(days::iso(until)));
                                if until < from {
                                    changes.clear();
                                    changes.push((from, Value::Truth(false)));
                                } else {
                                    changes.push((until + 1, Value::Truth(false)));
                                }
                            }
                        }
                    }
                    Effect::Ends { day: on, last, .. } => {
                        let on = day(on).map(|on| if *last { on + 1 } else { on });
                        unknown |= on.is_none();
                        if let Some(on) = on {
                            put("on", json!(days::iso(on)));
                            let none = if self.program.facts[fact.fact].kind == Kind::Truth {
                                Value::Truth(false)
                            } else {
                                Value::None
                            };
                            changes.push((on, none));
                        }
                    }
                    Effect::Becomes { value, from, .. } => {
                        let (value, from) = (eval.value(value, moment), day(from));
                        let optional = matches!(
                            self.program.facts[fact.fact].source,
                            Source::Held { optional: true, .. }
                        );
                        unknown |=
                            from.is_none() || value == Value::Unknown || value == Value::None && !optional;
                        if let (Some(from), false) = (from, unknown) {
                            put("from", json!(days::iso(from)));
                            shown(value, &mut put);
                            changes.push((from, value));
                        }
                    }
                    _ => {}
                }
                what = What::Change { fact: fact.fact, of: of.unwrap_or(0), days: changes };
            }
            Effect::Duty(duty) => return self.bring_duty(duty, branch, moment),
            Effect::May { allowed, role, action, from, through } => {
                let (from, through) = (from.as_ref().map(day), through.as_ref().map(day));
                unknown |= from == Some(None) || through == Some(None);
                let (from, through) = (from.flatten(), through.flatten());
                put("role", json!(ROLES[*role]));
                put("action", json!(ACTIONS[*action]));
                if let Some(from) = from {
                    put("from", json!(days::iso(from)));
                }
                if let Some(through) = through {
                    put("until", json!(days::iso(through)));
                }
                what = What::May { allowed: *allowed, role: *role, action: *action, from, through };
            }
            Effect::Finding(text) | Effect::Note(text) => {
                put("text", json!(text));
            }
            Effect::Gives(name, given) => {
                put("subject", json!(name));
                match eval.value(given, moment) {
                    Value::Unknown => unknown = true,
                    value => shown(value, &mut put),
                }
            }
            Effect::Granted | Effect::Denied(_) => {}
        }
        let mut brought = if unknown {
            undetermined(branch, Brought::kind_of(effect), self.could(effect, moment))
        } else {
            Brought { branch, effect: 0, what, keys, reads: Reads::default() }
        };
        brought.reads = eval.reads.borrow().clone();
        vec![brought]
    }

    pub fn bring_duty(&self, duty: &Duty, branch: usize, moment: Moment) -> Vec<Brought> {
        let mut all = Vec::new();
        let mut recipients: Vec<Option<usize>> =
            if duty.to.is_empty() { vec![None] } else { duty.to.iter().copied().map(Some).collect() };
        // Bearers as listed, and to each recipient in the order of sets: roles as they are declared.
        recipients.sort_unstable();
        for bearer in &duty.bearers {
            for recipient in recipients.iter().copied() {
                let role = |role: usize| Value::Role(u8::try_from(role).unwrap());
                let moment = Moment {
                    recipient: recipient.map_or(Value::Unknown, role),
                    bearer: role(*bearer),
                    ..moment
                };
                let eval = Eval { run: self, reads: Default::default() };
                let day = |e: &Expr| eval.day(e, moment);
                let mut keys = keys("duty");
                let mut put = |key: &str, value: Json| keys.insert(key.to_owned(), value);
                put("role", json!(ROLES[*bearer]));
                put("action", json!(ACTIONS[duty.action]));
                if let Some(to) = recipient {
                    put("to", json!(ROLES[to]));
                }
                if duty.soft {
                    put("soft", json!(true));
                }
                let mut unknown = false;
                let mut by = None;
                let mut not_before = duty.not_before.as_ref().map(day);
                unknown |= not_before == Some(None);
                match &duty.limit {
                    Limit::Untimed => {
                        put("pace", json!("no_time_stated"));
                    }
                    Limit::Omgående => {
                        put("pace", json!("without_delay"));
                    }
                    Limit::By(e) => {
                        by = day(e);
                        unknown |= by.is_none();
                    }
                    Limit::On(e) => {
                        by = day(e);
                        unknown |= by.is_none();
                        not_before = Some(by);
                        if let Some(by) = by {
                            put("on", json!(days::iso(by)));
                        }
                    }
                    Limit::AtLeastBefore(count, unit, e) => {
                        let end = day(e);
                        unknown |= end.is_none();
                        by = end.map(|end| {
                            let mut last = end;
                            while days::shift(last, *count, *unit) > end {
                                last -= 1;
                            }
                            last
                        });
                    }
                    Limit::BeforeEvent(event) => {
                        put("before", json!(self.program.events[*event].name));
                    }
                }
                let not_before = not_before.flatten();
                if let (Some(by), false) = (by, matches!(duty.limit, Limit::On(_))) {
                    put("by", json!(days::iso(by)));
                }
                if let (Some(first), false) = (not_before, matches!(duty.limit, Limit::On(_))) {
                    put("not_before", json!(days::iso(first)));
                }
                let what = What::Duty {
                    duty: duty.clone(),
                    by,
                    not_before,
                    recipient: moment.recipient,
                    bearer: moment.bearer,
                };
                let mut brought = if unknown {
                    undetermined(branch, "duty", self.could(&Effect::Duty(duty.clone()), moment))
                } else {
                    Brought { branch, effect: 0, what, keys, reads: Reads::default() }
                };
                brought.reads = eval.reads.borrow().clone();
                all.push(brought);
                if unknown {
                    return all;
                }
            }
        }
        all
    }
}

pub fn shown(value: Value, put: &mut impl FnMut(&str, Json) -> Option<Json>) {
    match value {
        Value::Count(number) => {
            put("value", json!(number.to_string().replace('-', "−")));
            put("amount", json!(number));
        }
        Value::Date(day) => {
            put("value", json!(days::iso(day)));
        }
        Value::Sort(place) => {
            put("value", json!(SORTS[usize::from(place)]));
        }
        Value::Truth(yes) => {
            put("value", json!(if yes { "ja" } else { "nej" }));
        }
        Value::Role(_) | Value::None | Value::Unknown => {}
    }
}
