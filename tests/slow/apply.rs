//! What the rules of one trigger brought, put together and laid down at once.

use serde_json::{Map, Value as Json, json};

use crate::bring::shown;
use crate::days;
use crate::duties::Owed;
use crate::evaluate::{Cause, Run};
use crate::expressions::{Moment, Reads};
use crate::facts;
use crate::fire::{Could, Firing, Said, What, keys};
use crate::outcomes::Out;
use crate::program::*;

/// What an outcome lets hold: its place, the fact, the parameter, and the value from each day on.
type Change = (usize, usize, usize, Vec<(Day, Value)>);

/// What a conflict keeps of the outcome it stands for.
pub fn conflict(of: &Map<String, Json>) -> Map<String, Json> {
    let mut kept = keys("conflict");
    for key in ["trigger", "missed_on", "yielded", "of", "role", "action"] {
        if let Some(value) = of.get(key) {
            kept.insert(key.to_owned(), value.clone());
        }
    }
    kept
}

/// A permission or a prohibition that stands.
#[derive(Clone, Copy, Debug)]
pub struct May {
    pub out: usize,
    pub allowed: bool,
    pub of: (usize, usize),
    pub from: Day,
    pub through: Day,
}

impl Run<'_> {
    /// What the rules of one trigger brought is put together and applied at once.
    pub fn apply(&mut self, firings: Vec<Firing>, day: Day) {
        if firings.is_empty() {
            return;
        }
        let mut changes: Vec<Change> = Vec::new();
        let mut mays: Vec<May> = Vec::new();
        let mut coulds: Vec<(usize, Vec<Could>)> = Vec::new();
        for firing in firings {
            let none = Vec::new();
            let brought = match &firing.said {
                Said::Brings(brought) => brought,
                Said::Silent => &none,
            };
            if brought.is_empty() && firing.opinion.is_none() {
                for rule in &firing.yielded {
                    let mut keys = keys("withheld");
                    keys.insert("by".to_owned(), json!(self.name(firing.rule)));
                    keys.insert("trigger".to_owned(), self.trigger(&firing.cause, firing.moment.today));
                    let line = match firing.cause {
                        Cause::Line(place) | Cause::Timer(place) => self.lines[place].0,
                        _ => 0,
                    };
                    self.outs.push(Out {
                        fired: day,
                        upcoming: false,
                        undetermined_timer: false,
                        rule: *rule,
                        branch: 0,
                        effect: 0,
                        line,
                        keys,
                        assumes: Reads::default(),
                        changes: Vec::new(),
                        track: None,
                        own: false,
                        by_line: false,
                    });
                }
            }
            for one in brought {
                if let (What::Undetermined(could), true) = (&one.what, one.keys.is_empty()) {
                    coulds.push((firing.rule, could.clone()));
                    continue;
                }
                let mut keys = one.keys.clone();
                keys.insert("trigger".to_owned(), self.trigger(&firing.cause, firing.moment.today));
                if !firing.yielded.is_empty() {
                    let names: Vec<String> = firing.yielded.iter().map(|rule| self.name(*rule)).collect();
                    keys.insert("yielded".to_owned(), json!(names));
                }
                if let Some(missed) = firing.missed_on {
                    keys.insert("missed_on".to_owned(), json!(days::iso(missed)));
                }
                let mut assumes = one.reads.clone();
                if !firing.moment.by_line || firing.missed_on.is_some() {
                    assumes.lines.clear();
                }
                let line = match firing.cause {
                    Cause::Line(place) | Cause::Timer(place) => self.lines[place].0,
                    _ => 0,
                };
                let out = self.outs.len();
                let timer = matches!(firing.cause, Cause::Timer(_));
                match &one.what {
                    What::Change { fact, of, days: new } => {
                        if new.iter().any(|(day, _)| facts::place(*day).is_none()) {
                            self.left = true;
                            return;
                        }
                        if new[0].0 < day {
                            keys.insert("retroactive".to_owned(), json!(true));
                        }
                        changes.push((out, *fact, *of, new.clone()));
                    }
                    What::Duty { duty, by, not_before, recipient, bearer } => {
                        let moment = Moment { recipient: *recipient, bearer: *bearer, ..firing.moment };
                        self.duties.push(Owed {
                            out,
                            duty: duty.clone(),
                            moment,
                            cause: firing.cause.clone(),
                            rule: firing.rule,
                            branch: one.branch,
                            effect: one.effect,
                            arose: day,
                            by: *by,
                            not_before: *not_before,
                            met: None,
                            lapsed: None,
                            missed: false,
                        });
                    }
                    What::May { allowed, role, action, from, through } => {
                        let (from, through) = (from.unwrap_or(day), through.unwrap_or(Day::MAX));
                        mays.push(May { out, allowed: *allowed, of: (*role, *action), from, through });
                    }
                    What::Plain => {}
                    What::Undetermined(could) => coulds.push((firing.rule, could.clone())),
                }
                self.outs.push(Out {
                    fired: day,
                    upcoming: false,
                    undetermined_timer: timer && matches!(one.what, What::Undetermined(_)),
                    rule: firing.rule,
                    branch: one.branch,
                    effect: one.effect,
                    line,
                    keys,
                    assumes,
                    changes: Vec::new(),
                    track: None,
                    own: false,
                    by_line: firing.moment.by_line && firing.missed_on.is_none(),
                });
            }
        }
        let gone = self.permissions(&mays, day);
        self.lay(changes, day, gone);
        for (rule, could) in coulds {
            for (fact, of, from) in could {
                let from = from.and_then(facts::place).unwrap_or(0);
                self.facts.doubt(fact, of, from, (rule, day));
            }
        }
    }

    /// `får` and `får inte` about the same: a conflict within a trigger, replaced by a later one. What is left out.
    pub fn permissions(&mut self, new: &[May], day: Day) -> Vec<usize> {
        let mut gone = Vec::new();
        let opposed = |one: &May, other: &May| {
            one.of == other.of
                && one.allowed != other.allowed
                && one.from.max(other.from) <= one.through.min(other.through)
        };
        let name = |run: &Self, out: usize| run.name(run.outs[out].rule);
        for one in new {
            for other in &self.mays {
                if opposed(one, other) {
                    let by = json!({"rule": name(self, one.out), "day": days::iso(day)});
                    self.outs[other.out].keys.insert("superseded_by".to_owned(), by);
                }
            }
        }
        let mut conflicts = Vec::new();
        for one in new.iter().filter(|one| one.allowed) {
            let against: Vec<&May> = new.iter().filter(|other| opposed(one, other)).collect();
            if against.is_empty() {
                continue;
            }
            let mut rules: Vec<usize> = against.iter().map(|other| self.outs[other.out].rule).collect();
            rules.push(self.outs[one.out].rule);
            rules.sort_unstable();
            let mut names: Vec<String> = rules.iter().map(|rule| self.name(*rule)).collect();
            names.dedup();
            gone.extend(against.iter().map(|other| other.out));
            let mut claims = vec![self.claim(one.out, Value::Truth(true), None)];
            claims.extend(against.iter().map(|other| self.claim(other.out, Value::Truth(false), None)));
            conflicts.push((one.out, names, claims));
        }
        gone.sort_unstable();
        gone.dedup();
        let kept = new.iter().filter(|one| !gone.contains(&one.out));
        let kept = kept.filter(|one| conflicts.iter().all(|(out, ..)| *out != one.out));
        self.mays.extend(kept.copied());
        for (out, rules, claims) in conflicts {
            let mut conflict = conflict(&self.outs[out].keys);
            conflict.insert("rules".to_owned(), json!(rules));
            conflict.insert("claims".to_owned(), json!(claims));
            self.outs[out].keys = conflict;
        }
        gone
    }

    /// What one side of a conflict says.
    fn claim(&self, out: usize, value: Value, until: Option<Day>) -> Json {
        let mut said = Map::new();
        said.insert("rule".to_owned(), json!(self.name(self.outs[out].rule)));
        shown(value, &mut |key, json| said.insert(key.to_owned(), json));
        if let Some(until) = until {
            said.insert("until".to_owned(), json!(days::iso(until)));
        }
        Json::Object(said)
    }

    /// The changes of one trigger, fact by fact, in the order of their first days.
    pub fn lay(&mut self, mut changes: Vec<Change>, day: Day, mut gone: Vec<usize>) {
        changes.sort_by_key(|(out, fact, of, days)| (*fact, *of, days[0].0, *out));
        let mut start = 0;
        while start < changes.len() {
            let (out, fact, of, new) = changes[start].clone();
            let mut end = start + 1;
            while end < changes.len()
                && (changes[end].1, changes[end].2, changes[end].3[0].0) == (fact, of, new[0].0)
            {
                end += 1;
            }
            let group: Vec<usize> = changes[start..end].iter().map(|change| change.0).collect();
            let clash = changes[start..end].iter().any(|change| change.3 != new);
            let from = facts::place(new[0].0).unwrap();
            let line = if self.outs[out].by_line {
                let number = self.outs[out].line;
                self.lines.iter().position(|(own, _)| *own == number).unwrap() as u32 + 1
            } else {
                0
            };
            let laid: Vec<(usize, Value)> = if clash {
                vec![(from, Value::Unknown)]
            } else {
                new.iter().map(|(day, value)| (facts::place(*day).unwrap(), *value)).collect()
            };
            let changed = self.facts.lay(fact, of, from, &laid, line);
            if clash {
                let mut rules: Vec<String> = Vec::new();
                for out in &group {
                    let name = format!("r{}", self.program.rules[self.outs[*out].rule].name);
                    if !rules.contains(&name) {
                        rules.push(name);
                    }
                }
                let claims: Vec<Json> = changes[start..end]
                    .iter()
                    .map(|change| {
                        self.claim(change.0, change.3[0].1, change.3.get(1).map(|after| after.0 - 1))
                    })
                    .collect();
                let subject = self.program.facts[fact].name;
                let kept = &mut self.outs[out];
                kept.keys = conflict(&kept.keys);
                kept.keys.insert("subject".to_owned(), json!(subject));
                kept.keys.insert("rules".to_owned(), json!(rules));
                kept.keys.insert("from".to_owned(), json!(days::iso(new[0].0)));
                kept.keys.insert("claims".to_owned(), json!(claims));
                gone.extend(group[1..].iter().copied());
                self.outs[out].track = Some((fact, of));
                self.outs[out].changes = vec![new[0].0];
            } else {
                for out in &group {
                    self.outs[*out].track = Some((fact, of));
                    self.outs[*out].changes = new.iter().map(|(day, _)| *day).collect();
                    if !changed {
                        self.outs[*out].keys.insert("no_change".to_owned(), json!(true));
                    }
                }
            }
            if !changed {
                // That it holds already may be the doing of an earlier line of the day.
                let by = self.facts.tracks[fact][of].lines[from] as usize;
                if by > 0 && self.outs[out].by_line && by as u32 != line && self.lines[by - 1].1.date == day {
                    for out in &group {
                        self.outs[*out].assumes.lines.insert(by - 1);
                    }
                }
            }
            if changed {
                self.supersede(fact, of, new[0].0, &group, day);
            }
            start = end;
        }
        gone.sort_unstable();
        gone.dedup();
        for out in gone.into_iter().rev() {
            self.outs.remove(out);
            for duty in &mut self.duties {
                if duty.out > out {
                    duty.out -= 1;
                }
            }
            for may in &mut self.mays {
                if may.out > out {
                    may.out -= 1;
                }
            }
        }
    }

    /// What others had laid down for the days from a day on is replaced.
    pub fn supersede(&mut self, fact: usize, of: usize, from: Day, group: &[usize], day: Day) {
        let by = group[0];
        let name = format!("r{}", self.program.rules[self.outs[by].rule].name);
        let own = &self.outs[by];
        let by_line = own.by_line;
        let number = own.line;
        for out in (0..self.outs.len()).filter(|out| !group.contains(out)) {
            let old = &mut self.outs[out];
            if old.track != Some((fact, of)) {
                continue;
            }
            let before = old.changes.len();
            old.changes.retain(|change| *change < from);
            if old.changes.len() == before {
                continue;
            }
            old.keys.insert("superseded_by".to_owned(), json!({"rule": name, "day": days::iso(day)}));
            let same_day = old.fired == day && old.by_line;
            let (line, own) = (old.line, number);
            if same_day
                && by_line
                && line != own
                && own > 0
                && self.outs[by].fired == day
                && let Some(place) = self.lines.iter().position(|(other, _)| *other == line)
            {
                self.outs[by].assumes.lines.insert(place);
            }
        }
    }
}
