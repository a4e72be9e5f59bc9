//! A rule on a trigger: whether it applies, what it brings, and how what several rules bring is put together.

use serde_json::{Map, Value as Json, json};

use crate::days;
use crate::evaluate::{Cause, Out, Owed, Run, first_kind};
use crate::expressions::{Eval, Moment, Reads};
use crate::facts;
use crate::program::*;

/// A fact that might have changed, from a day on if that is known.
pub type Could = (usize, Option<usize>, Option<Day>);

#[derive(Clone, Debug)]
pub enum What {
    /// What holds from which days on.
    Change {
        fact: usize,
        of: usize,
        days: Vec<(Day, Value)>,
    },
    Duty {
        duty: Duty,
        by: Option<Day>,
        not_before: Option<Day>,
        recipient: Value,
        bearer: Value,
    },
    May {
        allowed: bool,
        role: usize,
        action: usize,
        from: Option<Day>,
        through: Option<Day>,
    },
    Plain,
    Undetermined(Vec<Could>),
}

#[derive(Clone, Debug)]
pub struct Brought {
    pub branch: usize,
    pub effect: usize,
    pub what: What,
    pub keys: Map<String, Json>,
    pub reads: Reads,
}

impl Brought {
    pub fn kind_of(effect: &Effect) -> &'static str {
        match effect {
            Effect::Applies { .. } => "begins",
            Effect::Ends { .. } => "ends",
            Effect::Becomes { .. } => "becomes",
            Effect::Duty(_) => "duty",
            Effect::May { allowed: true, .. } => "may",
            Effect::May { .. } => "must_not",
            Effect::Granted => "granted",
            Effect::Denied(_) => "denied",
            Effect::Finding(_) => "finding",
            Effect::Note(_) => "note",
            Effect::Gives(..) => "value",
        }
    }
}

#[derive(Clone, Debug)]
pub enum Said {
    Silent,
    Brings(Vec<Brought>),
}

/// What a rule says of an event: granted, denied or unknown, with its reasons.
#[derive(Clone, Debug)]
pub struct Opinion {
    pub branch: usize,
    pub effect: usize,
    pub verdict: Option<bool>,
    pub texts: Vec<Option<String>>,
    /// What an undetermined one would have been.
    pub of: &'static str,
    /// The branch and the kind of the first thing said, when several were.
    pub first: Option<(usize, &'static str)>,
    pub reads: Reads,
}

#[derive(Clone, Debug)]
pub struct Firing {
    pub rule: usize,
    pub cause: Cause,
    pub moment: Moment,
    pub said: Said,
    pub opinion: Option<Opinion>,
    pub missed_on: Option<Day>,
    pub yielded: Vec<usize>,
    /// Whether it applies, being an exception.
    pub applies: Option<bool>,
    /// Whether it looks at its trigger at all: neither `där` nor `medan` says no.
    pub looked: bool,
}

/// One part of a rule: its requirements, what always applies, its branches.
#[derive(Default)]
struct Part {
    brought: Vec<Brought>,
    decisions: Vec<Opinion>,
}

impl Part {
    fn require(&mut self, judged: &[(Option<bool>, &str)], decides: bool) {
        let failing: Vec<&str> =
            judged.iter().filter(|(holds, _)| *holds == Some(false)).map(|(_, text)| *text).collect();
        let unknown = judged.iter().any(|(holds, _)| holds.is_none());
        if decides {
            let verdict = if !failing.is_empty() { Some(false) } else { (!unknown).then_some(true) };
            let texts = if failing.is_empty() {
                vec![None]
            } else {
                failing.iter().map(|text| Some((*text).to_owned())).collect()
            };
            self.decisions.push(Opinion {
                branch: 0,
                effect: 0,
                verdict,
                texts,
                of: "granted",
                first: None,
                reads: Reads::default(),
            });
        } else if !failing.is_empty() {
            for text in failing {
                let mut keys = keys("finding");
                keys.insert("text".to_owned(), json!(text));
                self.brought.push(Brought {
                    branch: 0,
                    effect: 0,
                    what: What::Plain,
                    keys,
                    reads: Reads::default(),
                });
            }
        } else if unknown {
            self.brought.push(undetermined(0, "finding", Vec::new()));
        }
    }
}

impl Firing {
    /// Withheld as a whole.
    fn silence(&mut self) {
        self.said = Said::Silent;
        self.opinion = None;
        self.applies = Some(false);
        self.yielded.clear();
    }

    /// Something outside the rule is not known: each thing it would have brought is undetermined.
    pub fn unsettle(&mut self) {
        self.applies = if self.applies == Some(false) { Some(false) } else { None };
        if let Said::Brings(brought) = &mut self.said {
            for one in brought {
                if matches!(one.what, What::Undetermined(_)) {
                    continue;
                }
                let of = one.keys["kind"].as_str().unwrap_or_default().to_owned();
                let mut could = Vec::new();
                if let What::Change { fact, of, days } = &one.what {
                    could.push((*fact, Some(*of), Some(days[0].0)));
                }
                let (reads, effect) = (std::mem::take(&mut one.reads), one.effect);
                *one = undetermined(one.branch, &of, could);
                (one.reads, one.effect) = (reads, effect);
            }
        }
        if let Some(opinion) = &mut self.opinion {
            opinion.verdict = None;
            if let Some((branch, of)) = opinion.first {
                (opinion.branch, opinion.of) = (branch, of);
            }
        }
    }
}

/// What a conflict keeps of the outcome it stands for.
fn conflict(of: &Map<String, Json>) -> Map<String, Json> {
    let mut kept = keys("conflict");
    for key in ["trigger", "missed_on", "yielded"] {
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

fn keys(kind: &str) -> Map<String, Json> {
    let mut keys = Map::new();
    keys.insert("kind".to_owned(), json!(kind));
    keys
}

fn undetermined(branch: usize, of: &str, could: Vec<Could>) -> Brought {
    let mut keys = keys("undetermined");
    keys.insert("of".to_owned(), json!(of));
    Brought { branch, effect: 0, what: What::Undetermined(could), keys, reads: Reads::default() }
}

/// What is left of a rule that stopped: its first effect, which is not known.
fn stop(branch: usize, of: &'static str, could: Vec<Could>, part: &mut Part) {
    let mut one = undetermined(branch, of, could);
    if of == "granted" || of == "denied" {
        part.decisions.push(Opinion {
            branch,
            effect: 0,
            verdict: None,
            texts: vec![None],
            of,
            first: None,
            reads: Reads::default(),
        });
        one.keys.clear();
    }
    part.brought.push(one);
}

impl<'p> Run<'p> {
    /// A rule whose trigger's condition or `medan` is unknown: anything it can bring is.
    fn give_up(&self, firing: &mut Firing, rule: &Rule, moment: Moment) {
        let mut could = Vec::new();
        let branches = rule.branches.iter().flat_map(|(_, effects)| effects);
        for effect in rule.always.iter().chain(branches).chain(rule.otherwise.iter().flatten()) {
            could.extend(self.could(effect, moment));
        }
        let mut part = Part::default();
        if let Some(of) = first_kind(rule) {
            stop(0, of, could, &mut part);
        }
        firing.opinion = join(part.decisions);
        firing.said = Said::Brings(part.brought);
        firing.applies = None;
    }

    /// Looks at one rule; `unsure` when something outside it is not known.
    pub fn fire(&self, number: usize, moment: Moment, cause: &Cause, unsure: bool) -> Firing {
        let rule = &self.program.rules[number];
        let eval = Eval { run: self, reads: Default::default() };
        let mut firing = Firing {
            rule: number,
            cause: cause.clone(),
            moment,
            said: Said::Silent,
            opinion: None,
            missed_on: None,
            yielded: Vec::new(),
            applies: Some(false),
            looked: false,
        };
        let filter = match &rule.trigger {
            Trigger::Events { filter: Some(filter), .. } => {
                eval.truth(filter, Moment { own: moment.line, ..moment })
            }
            _ => Some(true),
        };
        let medan = rule.medan.as_ref().map_or(Some(true), |medan| eval.truth(medan, moment));
        if filter == Some(false) || medan == Some(false) {
            return firing;
        }
        firing.looked = true;
        if filter.is_none() || medan.is_none() {
            self.give_up(&mut firing, rule, moment);
            let reads = eval.reads.take();
            if let Said::Brings(brought) = &mut firing.said {
                brought.iter_mut().for_each(|one| one.reads.join(&reads));
            }
            if let Some(opinion) = &mut firing.opinion {
                opinion.reads.join(&reads);
            }
            return firing;
        }
        let base = eval.reads.take();
        let mut all: Vec<(Reads, Part)> = Vec::new();
        if let Some((lines, decides)) = &rule.requires {
            let judged: Vec<(Option<bool>, &str)> =
                lines.iter().map(|(condition, text)| (eval.truth(condition, moment), *text)).collect();
            let mut part = Part::default();
            part.require(&judged, *decides);
            all.push((eval.reads.take(), part));
        }
        let mut always = Part::default();
        self.take(&rule.always, 0, moment, &mut always);
        all.push((Reads::default(), always));
        // The branches that could still be taken.
        let nothing: Vec<Effect> = Vec::new();
        let mut open: Vec<(usize, &Vec<Effect>)> = Vec::new();
        let mut closed = false;
        for (place, (condition, effects)) in rule.branches.iter().enumerate() {
            if closed {
                continue;
            }
            match eval.truth(condition, moment) {
                Some(false) => {}
                holds => {
                    open.push((place + 1, effects));
                    closed = holds == Some(true);
                }
            }
        }
        if !closed && !rule.branches.is_empty() {
            match &rule.otherwise {
                Some(effects) => open.push((rule.branches.len() + 1, effects)),
                None => open.push((0, &nothing)),
            }
        }
        let mut part = Part::default();
        let mut applies = Some(!rule.always.is_empty() || rule.requires.is_some());
        if let [(branch, effects)] = open.as_slice() {
            self.take(effects, *branch, moment, &mut part);
            applies = Some(applies == Some(true) || *branch > 0);
        } else if let Some((branch, first)) = open.first() {
            if open.windows(2).all(|two| self.same(two[0].1, two[1].1, moment))
                && open.iter().all(|(b, _)| *b > 0)
            {
                self.take(first, *branch, moment, &mut part);
                applies = Some(true);
            } else {
                let mut may: Vec<Could> = Vec::new();
                for effect in open.iter().flat_map(|(_, effects)| effects.iter()) {
                    may.extend(self.could(effect, moment));
                }
                let effect = open.iter().flat_map(|(_, effects)| effects.iter()).next();
                match effect.map(Brought::kind_of) {
                    Some(of) => stop(*branch, of, may, &mut part),
                    // Only an exception does something by bringing nothing.
                    None if rule.exception_to.is_some() => stop(*branch, "withheld", may, &mut part),
                    None => {}
                }
                if effect.is_some() || rule.exception_to.is_some() {
                    applies = None;
                }
            }
        }
        all.push((eval.reads.take(), part));
        let mut brought = Vec::new();
        let mut decisions = Vec::new();
        for (reads, part) in all {
            for mut one in part.brought {
                one.reads.join(&reads);
                one.reads.join(&base);
                brought.push(one);
            }
            for mut opinion in part.decisions {
                opinion.reads.join(&reads);
                opinion.reads.join(&base);
                decisions.push(opinion);
            }
        }
        firing.opinion = join(decisions);
        firing.applies = applies;
        if !brought.is_empty() || firing.opinion.is_some() {
            firing.said = Said::Brings(brought);
        }
        if unsure {
            firing.unsettle();
        }
        firing
    }

    pub fn name(&self, rule: usize) -> String {
        format!("r{}", self.program.rules[rule].name)
    }

    fn take(&self, effects: &[Effect], branch: usize, moment: Moment, part: &mut Part) {
        for (place, effect) in effects.iter().enumerate() {
            let (verdict, text, of) = match effect {
                Effect::Granted => (true, None, "granted"),
                Effect::Denied(text) => (false, Some((*text).to_owned()), "denied"),
                other => {
                    let from = part.brought.len();
                    part.brought.extend(self.bring(other, branch, moment));
                    part.brought[from..].iter_mut().for_each(|one| one.effect = place);
                    continue;
                }
            };
            part.decisions.push(Opinion {
                branch,
                effect: place,
                verdict: Some(verdict),
                texts: vec![text],
                of,
                first: None,
                reads: Reads::default(),
            });
        }
    }

    /// Whether two branches bring the same.
    fn same(&self, a: &[Effect], b: &[Effect], moment: Moment) -> bool {
        let all = |effects: &[Effect]| -> Option<Vec<String>> {
            let mut out = Vec::new();
            for effect in effects {
                if let Effect::Granted | Effect::Denied(_) = effect {
                    out.push(format!("{effect:?}"));
                    continue;
                }
                for brought in self.bring(effect, 0, moment) {
                    if let What::Undetermined(_) = brought.what {
                        return None;
                    }
                    if matches!(&brought.what, What::Duty { duty, .. } if !duty.failing.is_empty()) {
                        return None;
                    }
                    out.push(format!("{:?} {:?}", brought.what, brought.keys));
                }
            }
            // Which of a decision and an effect stands first makes no difference.
            out.sort_by_key(|one| !(one.starts_with("Granted") || one.starts_with("Denied")));
            Some(out)
        };
        match (all(a), all(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }

    /// Which fact an effect could change, and from when.
    fn could(&self, effect: &Effect, moment: Moment) -> Vec<Could> {
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

    fn bring_duty(&self, duty: &Duty, branch: usize, moment: Moment) -> Vec<Brought> {
        let mut all = Vec::new();
        let mut recipients: Vec<Option<usize>> =
            if duty.to.is_empty() { vec![None] } else { duty.to.iter().copied().map(Some).collect() };
        recipients.sort_by_key(|role| role.map(|role| ROLES[role]));
        for recipient in recipients {
            for bearer in &duty.bearers {
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

    /// An exception that applies withholds its rule; of several that apply one must go before the others.
    pub fn except(&mut self, firings: &mut Vec<Firing>) {
        if firings.len() < 2 {
            return;
        }
        for base in 0..firings.len() {
            let rule = &self.program.rules[firings[base].rule];
            // One trigger of the calendar may hold several timers; an exception belongs to its own.
            let same = |other: &Firing| other.moment.line == firings[base].moment.line;
            let exceptions: Vec<usize> = (0..firings.len())
                .filter(|at| self.program.rules[firings[*at].rule].exception_to == Some(rule.name))
                .filter(|at| same(&firings[*at]))
                .collect();
            let applying: Vec<usize> =
                exceptions.iter().copied().filter(|at| firings[*at].applies == Some(true)).collect();
            let outranked = |at: &usize| {
                let name = self.program.rules[firings[*at].rule].name;
                applying.iter().any(|by| self.program.rules[firings[*by].rule].ahead_of.contains(&name))
            };
            let won: Vec<usize> = applying.iter().copied().filter(|at| !outranked(at)).collect();
            let lost: Vec<usize> = exceptions
                .iter()
                .copied()
                .filter(|at| firings[*at].applies != Some(false) && outranked(at))
                .collect();
            let rival = exceptions.iter().any(|at| firings[*at].applies.is_none() && !outranked(at));
            let looked = firings[base].looked;
            match won.as_slice() {
                [] => {
                    if rival {
                        firings[base].unsettle();
                    }
                }
                [winner] => {
                    let mut yielded: Vec<usize> = lost.iter().map(|at| firings[*at].rule).collect();
                    if looked {
                        yielded.push(firings[base].rule);
                    }
                    for at in lost.iter().chain([&base]) {
                        firings[*at].silence();
                    }
                    firings[*winner].yielded.extend(yielded);
                    if rival {
                        firings[*winner].unsettle();
                    }
                }
                several => {
                    let mut rules: Vec<String> = several
                        .iter()
                        .map(|at| format!("r{}", self.program.rules[firings[*at].rule].name))
                        .collect();
                    rules.sort();
                    for at in several.iter().chain([&base]) {
                        firings[*at].silence();
                    }
                    let mut keys = keys("conflict");
                    keys.insert("rules".to_owned(), json!(rules));
                    let conflict =
                        Brought { branch: 0, effect: 0, what: What::Plain, keys, reads: Reads::default() };
                    firings[base].said = Said::Brings(vec![conflict]);
                }
            }
        }
    }

    /// The decision on an event: what it came to, if anything decides it.
    #[allow(clippy::option_option, reason = "the outer one says whether there is a decision at all")]
    pub fn decide(
        &mut self,
        place: usize,
        own: &[(usize, Option<bool>)],
        own_reads: Reads,
        firings: &mut [Firing],
    ) -> Option<Option<bool>> {
        let event = self.lines[place].1.event;
        let name = self.program.events[event].name;
        let mut all: Vec<(Option<usize>, Opinion)> = Vec::new();
        let failing: Vec<Option<String>> = own
            .iter()
            .filter(|(_, holds)| *holds == Some(false))
            .map(|(number, _)| Some(format!("eget {number}")))
            .collect();
        if !failing.is_empty() {
            let opinion = Opinion {
                branch: 0,
                effect: 0,
                verdict: Some(false),
                texts: failing,
                of: "denied",
                first: None,
                reads: own_reads,
            };
            all.push((None, opinion));
        } else if own.iter().any(|(_, holds)| holds.is_none()) {
            let opinion = Opinion {
                branch: 0,
                effect: 0,
                verdict: None,
                texts: vec![None],
                of: "denied",
                first: None,
                reads: own_reads,
            };
            all.push((None, opinion));
        }
        let mut yielded: Vec<(Option<bool>, String)> = Vec::new();
        for firing in firings.iter() {
            if let Some(opinion) = &firing.opinion {
                yielded.extend(firing.yielded.iter().map(|rule| (opinion.verdict, self.name(*rule))));
                all.push((Some(firing.rule), opinion.clone()));
            }
        }
        if all.is_empty() {
            return None;
        }
        let verdict = if all.iter().any(|(_, opinion)| opinion.verdict == Some(false)) {
            Some(false)
        } else if all.iter().any(|(_, opinion)| opinion.verdict.is_none()) {
            None
        } else {
            Some(true)
        };
        let reasons: Vec<&(Option<usize>, Opinion)> =
            all.iter().filter(|(_, opinion)| opinion.verdict == verdict).collect();
        let (rule, first) = reasons[0];
        let mut keys = keys(match verdict {
            Some(true) => "granted",
            Some(false) => "denied",
            None => "undetermined",
        });
        if verdict.is_none() {
            keys.insert("of".to_owned(), json!(first.of));
        } else {
            let named = |rule: &Option<usize>| {
                rule.map_or(name.to_owned(), |rule| format!("r{}", self.program.rules[rule].name))
            };
            let mut list = Vec::new();
            for (rule, opinion) in &reasons {
                for text in &opinion.texts {
                    list.push(match text {
                        Some(text) => json!({"rule": named(rule), "text": text}),
                        None => json!({"rule": named(rule)}),
                    });
                }
            }
            keys.insert("reasons".to_owned(), Json::Array(list));
        }
        yielded.retain(|(said, _)| *said == verdict);
        if !yielded.is_empty() {
            let names: Vec<String> = yielded.into_iter().map(|(_, name)| name).collect();
            keys.insert("yielded".to_owned(), json!(names));
        }
        if rule.is_none() {
            keys.insert("rule".to_owned(), json!(name));
        }
        let cause = Cause::Line(place);
        let day = self.lines[place].1.date;
        keys.insert("trigger".to_owned(), self.trigger(&cause, day));
        let mut assumes = Reads::default();
        for (_, opinion) in &reasons {
            assumes.join(&opinion.reads);
        }
        let out = Out {
            fired: day,
            upcoming: false,
            undetermined_timer: false,
            rule: rule.unwrap_or(0),
            branch: first.branch,
            effect: first.effect,
            line: self.lines[place].0,
            keys,
            assumes,
            changes: Vec::new(),
            track: None,
            own: rule.is_none(),
            by_line: true,
        };
        self.outs.push(out);
        Some(verdict)
    }

    /// What the rules of one trigger brought is put together and applied at once.
    pub fn apply(&mut self, firings: Vec<Firing>, day: Day) {
        if firings.is_empty() {
            return;
        }
        let mut changes: Vec<(usize, usize, usize, Vec<(Day, Value)>)> = Vec::new();
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
    fn permissions(&mut self, new: &[May], day: Day) -> Vec<usize> {
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
            conflicts.push((one.out, names));
        }
        gone.sort_unstable();
        gone.dedup();
        let kept = new.iter().filter(|one| !gone.contains(&one.out));
        let kept = kept.filter(|one| conflicts.iter().all(|(out, _)| *out != one.out));
        self.mays.extend(kept.copied());
        for (out, rules) in conflicts {
            let mut conflict = conflict(&self.outs[out].keys);
            conflict.insert("rules".to_owned(), json!(rules));
            self.outs[out].keys = conflict;
        }
        gone
    }

    /// The changes of one trigger, fact by fact, in the order of their first days.
    fn lay(
        &mut self,
        mut changes: Vec<(usize, usize, usize, Vec<(Day, Value)>)>,
        day: Day,
        mut gone: Vec<usize>,
    ) {
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
                let subject = self.program.facts[fact].name;
                let kept = &mut self.outs[out];
                kept.keys = conflict(&kept.keys);
                kept.keys.insert("subject".to_owned(), json!(subject));
                kept.keys.insert("rules".to_owned(), json!(rules));
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
    fn supersede(&mut self, fact: usize, of: usize, from: Day, group: &[usize], day: Day) {
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
            if same_day && by_line && line != own && own > 0 && self.outs[by].fired == day {
                if let Some(place) = self.lines.iter().position(|(other, _)| *other == line) {
                    self.outs[by].assumes.lines.insert(place);
                }
            }
        }
    }
}

/// Several opinions of one rule are one.
fn join(all: Vec<Opinion>) -> Option<Opinion> {
    let verdict = if all.iter().any(|one| one.verdict == Some(false)) {
        Some(false)
    } else if all.iter().any(|one| one.verdict.is_none()) {
        None
    } else {
        Some(true)
    };
    let said = all.first().map(|one| (one.branch, one.of));
    let mut kept = all.into_iter().filter(|one| one.verdict == verdict);
    let mut first = kept.next()?;
    first.first = said;
    for other in kept {
        first.texts.extend(other.texts);
        first.reads.join(&other.reads);
    }
    Some(first)
}

fn shown(value: Value, put: &mut impl FnMut(&str, Json) -> Option<Json>) {
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
