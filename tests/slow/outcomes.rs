//! Outcomes as the interface writes them, in its order.

use serde_json::{Map, Value as Json, json};

use crate::days;
use crate::duties::Status;
use crate::evaluate::{Cause, Run, first_kind};
use crate::expressions::{Eval, Moment, Reads};
use crate::facts;
use crate::program::*;

/// An outcome on its way, with what it is sorted by.
#[derive(Clone, Debug)]
pub struct Out {
    pub fired: Day,
    /// Outcomes of the future come last.
    pub upcoming: bool,
    pub undetermined_timer: bool,
    pub rule: usize,
    pub branch: usize,
    pub effect: usize,
    pub line: usize,
    pub keys: Map<String, Json>,
    pub assumes: Reads,
    /// Days on which this outcome lets something begin or end: while nobody replaced them.
    pub changes: Vec<Day>,
    pub track: Option<(usize, usize)>,
    /// The event's own decision, which comes before those of the rules.
    pub own: bool,
    /// An event's line brought it, so that the order of lines can matter.
    pub by_line: bool,
}

impl Run<'_> {
    /// What is open at the end: statuses, timers to come.
    pub fn finish(&mut self) {
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            let status = match duty.status(self.as_of) {
                Status::Open => "open",
                Status::Met => "met",
                Status::MetLate => "met_late",
                Status::Overdue => "overdue",
                Status::Lapsed => "lapsed",
            };
            let keys = &mut self.outs[duty.out].keys;
            keys.insert("status".to_owned(), json!(status));
            if let Some(met) = duty.met {
                keys.insert("fulfilled_on".to_owned(), json!(days::iso(met)));
            }
            if let (Limit::BeforeEvent(_), Some(by)) = (&duty.duty.limit, duty.by) {
                keys.insert("by".to_owned(), json!(days::iso(by)));
            }
        }
        for (number, rule) in self.program.rules.iter().enumerate() {
            for place in 0..self.lines.len() {
                let Some(fires) = self.timer(rule, place) else { continue };
                let line = &self.lines[place].1;
                // An exception that only withholds brings nothing that could be to come.
                let Some(of) = first_kind(rule).filter(|of| *of != "withheld") else { continue };
                if self.runs(number, place) == Some(false) {
                    continue;
                }
                let mut keys = Map::new();
                match fires {
                    Some(on) if on > self.as_of => {
                        keys.insert("kind".to_owned(), json!("upcoming"));
                        keys.insert("on".to_owned(), json!(days::iso(on)));
                    }
                    Some(_) => continue,
                    None => {
                        continue;
                    }
                }
                if let (Some(medan), Some(on)) = (&rule.medan, fires) {
                    if facts::place(on).is_none() {
                        self.left = true;
                        return;
                    }
                    let eval = Eval { run: self, reads: Default::default() };
                    let moment = Moment { line: Some(place), today: on, ..self.at_end(on) };
                    if eval.truth(medan, moment) == Some(false) {
                        continue;
                    }
                }
                keys.insert("of".to_owned(), json!(of));
                keys.insert("trigger".to_owned(), self.trigger(&Cause::Timer(place), line.date));
                let fired = fires.unwrap_or(line.date);
                self.outs.push(Out {
                    fired,
                    upcoming: true,
                    undetermined_timer: false,
                    rule: number,
                    branch: 0,
                    effect: 0,
                    line: self.lines[place].0,
                    keys,
                    assumes: Reads::default(),
                    changes: Vec::new(),
                    track: None,
                    own: false,
                    by_line: false,
                });
            }
        }
    }

    pub fn trigger(&self, cause: &Cause, day: Day) -> Json {
        match cause {
            Cause::Line(place) | Cause::Timer(place) => {
                let (number, line) = &self.lines[*place];
                json!({
                    "event": self.program.events[line.event].name,
                    "date": days::iso(line.date),
                    "line": number,
                })
            }
            Cause::Calendar(name) => json!({"calendar": name, "date": days::iso(day)}),
            Cause::Change(fact) => json!({"fact": self.program.facts[*fact].name, "date": days::iso(day)}),
            Cause::Always => json!({"always": true}),
        }
    }

    /// The outcomes in the order of the interface.
    pub fn write(mut self, case: &str) -> Vec<Json> {
        let key = |out: &Out| {
            let to = out.keys.get("to").and_then(Json::as_str).unwrap_or_default().to_owned();
            let day = (out.upcoming, out.fired, out.undetermined_timer);
            (day, !out.own, out.rule, out.branch, out.line, out.effect, to)
        };
        let mut order: Vec<usize> = (0..self.outs.len()).collect();
        order.sort_by_key(|place| key(&self.outs[*place]));
        let mut all = Vec::new();
        for place in order {
            let out = self.outs[place].clone();
            let mut keys = out.keys;
            keys.insert("case".to_owned(), json!(case));
            if !keys.contains_key("rule") {
                let rule = &self.program.rules[out.rule];
                keys.insert("rule".to_owned(), json!(format!("r{}", rule.name)));
                if let (Some((from, _)), true) =
                    (rule.version, keys["kind"] != "conflict" && keys["kind"] != "withheld")
                {
                    keys.insert("version".to_owned(), json!(days::iso(from)));
                }
            }
            keys.insert("branch".to_owned(), json!(out.branch));
            if !out.upcoming {
                keys.insert("fired".to_owned(), json!(days::iso(out.fired)));
            }
            if !out.assumes.doubts.is_empty() {
                let mut doubts: Vec<(Day, usize)> =
                    out.assumes.doubts.iter().map(|(rule, day)| (*day, *rule)).collect();
                doubts.sort();
                let doubts: Vec<Json> = doubts
                    .iter()
                    .map(|(day, rule)| {
                        let name = self.program.rules[*rule].name;
                        json!({"rule": format!("r{name}"), "day": days::iso(*day)})
                    })
                    .collect();
                keys.insert("assumes".to_owned(), json!(doubts));
            }
            if !out.assumes.lines.is_empty() {
                let mut lines: Vec<usize> =
                    out.assumes.lines.iter().map(|place| self.lines[*place].0).collect();
                lines.push(out.line);
                lines.sort_unstable();
                keys.insert("same_day_order".to_owned(), json!(lines));
            }
            all.push(Json::Object(keys));
        }
        self.outs.clear();
        all
    }
}
