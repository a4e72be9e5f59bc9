//! The obvious evaluator: walks a case day by day and does what the language page says, slowly.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::days;
use crate::expressions::{Eval, Moment, Reads};
use crate::facts::{self, Facts};
use crate::fire::{Brought, Firing, May, Said};
use crate::program::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Open,
    Met,
    MetLate,
    Overdue,
    Lapsed,
}

/// A duty that arose.
#[derive(Clone, Debug)]
pub struct Owed {
    pub out: usize,
    pub duty: Duty,
    pub moment: Moment,
    pub cause: Cause,
    pub rule: usize,
    pub branch: usize,
    pub effect: usize,
    pub arose: Day,
    pub by: Option<Day>,
    pub not_before: Option<Day>,
    pub met: Option<Day>,
    pub lapsed: Option<Day>,
    pub missed: bool,
}

impl Owed {
    /// Whether a line is the one that created it.
    fn came_of(&self, place: usize) -> bool {
        matches!(self.cause, Cause::Line(own) | Cause::Timer(own) if own == place)
    }

    pub fn status(&self, day: Day) -> Status {
        let late = |on: Day| self.by.is_some_and(|by| on > by);
        match self.met {
            Some(met) if late(met) => Status::MetLate,
            Some(_) => Status::Met,
            None if self.lapsed.is_some() => Status::Lapsed,
            None if late(day) && !self.duty.soft => Status::Overdue,
            None => Status::Open,
        }
    }
}

/// What set a rule off.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    Line(usize),
    /// A timer of a line.
    Timer(usize),
    Calendar(&'static str),
    Change(usize),
    Always,
}

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

pub struct Run<'p> {
    pub program: &'p Program,
    /// The lines in order of date, each with its number in the input.
    pub lines: Vec<(usize, Line)>,
    pub as_of: Day,
    pub facts: Facts,
    /// What each fact showed at the end of the day before.
    pub yesterday: Vec<Vec<Value>>,
    pub duties: Vec<Owed>,
    pub decisions: Vec<(usize, Option<bool>)>,
    pub outs: Vec<Out>,
    pub mays: Vec<May>,
    /// The facts whose changes set something off.
    pub watched: Vec<bool>,
    /// What the own requirements of each line's event came to.
    pub judged: BTreeMap<usize, Option<bool>>,
    /// What the `där` of each timer said of each line.
    pub started: Vec<(usize, usize, Option<bool>)>,
    /// A day lay outside the arrays: nothing can be said of this case.
    pub left: bool,
}

/// The outcomes of one case, as the interface writes them; nothing when a day lies outside the arrays.
pub fn run(
    program: &Program,
    start: &Facts,
    case: &str,
    lines: &[Line],
    number: usize,
    as_of: Day,
) -> Option<Vec<Json>> {
    let mut ordered: Vec<(usize, Line)> =
        lines.iter().enumerate().map(|(place, line)| (number + place, line.clone())).collect();
    ordered.retain(|(_, line)| line.date <= as_of);
    ordered.sort_by_key(|(_, line)| line.date);
    let mut run = Run {
        program,
        lines: ordered,
        as_of,
        facts: start.clone(),
        yesterday: Vec::new(),
        duties: Vec::new(),
        decisions: Vec::new(),
        outs: Vec::new(),
        mays: Vec::new(),
        watched: (0..program.facts.len()).map(|fact| watched(program, fact)).collect(),
        judged: BTreeMap::new(),
        started: Vec::new(),
        left: false,
    };
    run.walk();
    run.finish();
    if run.left { None } else { Some(run.write(case)) }
}

impl<'p> Run<'p> {
    fn walk(&mut self) {
        let Some(first) =
            self.lines.iter().map(|(_, line)| line.date).find(|date| *date >= self.program.first)
        else {
            return;
        };
        let begin = self.lines.first().map_or(first, |(_, line)| line.date);
        self.yesterday = self.snapshot(begin - 1);
        for day in begin..=self.as_of {
            if self.left {
                return;
            }
            self.consequences(day);
            if day == first {
                self.standing(day);
            }
            let today: Vec<usize> =
                (0..self.lines.len()).filter(|place| self.lines[*place].1.date == day).collect();
            for place in today {
                if day >= self.program.first {
                    self.event(place);
                }
                self.meet(day, place + 1);
            }
            self.meet(day, usize::MAX);
            if day >= first {
                self.clock(day);
                self.meet(day, usize::MAX);
                self.born_late(day);
                self.changes(day);
                self.meet(day, usize::MAX);
                self.born_late(day);
            }
            self.lapse(day);
            self.yesterday = self.snapshot(day);
        }
    }

    /// How many lines lie on or before a day.
    fn seen(&self, day: Day) -> usize {
        self.lines.iter().filter(|(_, line)| line.date <= day).count()
    }

    pub fn at_end(&self, day: Day) -> Moment {
        Moment {
            line: None,
            own: None,
            seen: self.seen(day),
            today: day,
            at: day,
            by_line: false,
            last_day: None,
            recipient: Value::Unknown,
            bearer: Value::Unknown,
        }
    }

    fn snapshot(&self, day: Day) -> Vec<Vec<Value>> {
        if !self.watched.contains(&true) {
            return Vec::new();
        }
        let eval = Eval { run: self, reads: Default::default() };
        let moment = self.at_end(day);
        self.program
            .facts
            .iter()
            .enumerate()
            .map(|(fact, declared)| {
                let count = if declared.per_sort { SORTS.len() } else { 1 };
                // Nobody asks what the others were.
                if !self.watched[fact] {
                    return Vec::new();
                }
                (0..count)
                    .map(|number| {
                        let sort = Box::new(Expr::Lit(Value::Sort(u8::try_from(number).unwrap())));
                        let of = Of { fact, of: declared.per_sort.then_some(sort) };
                        eval.value(&Expr::Fact(of), moment)
                    })
                    .collect()
            })
            .collect()
    }

    /// An event: its own requirements, the rules on it, the decision, the rules on the decision.
    fn event(&mut self, place: usize) {
        let line = self.lines[place].1.clone();
        let moment = Moment { line: Some(place), seen: place + 1, by_line: true, ..self.at_end(line.date) };
        let cause = Cause::Line(place);
        let mut own = Vec::new();
        let mut own_reads = Reads::default();
        {
            let eval = Eval { run: self, reads: Default::default() };
            for (number, condition) in self.program.events[line.event].requires.iter().enumerate() {
                own.push((number, eval.truth(condition, moment)));
            }
            own_reads.join(&eval.reads.borrow());
        }
        let denied = own.iter().any(|(_, holds)| *holds == Some(false));
        let unsure = !denied && own.iter().any(|(_, holds)| holds.is_none());
        self.judged.insert(place, if denied { Some(false) } else { (!unsure).then_some(true) });
        let mut firings = Vec::new();
        if !denied {
            for (number, rule) in self.program.rules.iter().enumerate() {
                let Trigger::Events { events, .. } = &rule.trigger else { continue };
                if events.contains(&line.event) && in_force(rule, line.date) {
                    firings.push(self.fire(number, moment, &cause, unsure));
                }
            }
        }
        self.except(&mut firings);
        let verdict = self.decide(place, &own, own_reads, &mut firings);
        if let Some(verdict) = verdict {
            for (number, rule) in self.program.rules.iter().enumerate() {
                let Trigger::Decided { event, granted } = &rule.trigger else { continue };
                if *event == line.event
                    && in_force(rule, line.date)
                    && verdict.is_none_or(|is| is == *granted)
                {
                    firings.push(self.fire(number, moment, &cause, verdict.is_none()));
                }
            }
        }
        self.apply(firings, line.date);
        // What this trigger brings was not there yet for its own rules.
        self.decisions.extend(verdict.map(|verdict| (line.event, verdict)));
        for (number, rule) in self.program.rules.iter().enumerate() {
            if let Trigger::Timer { event, filter: Some(filter), .. } = &rule.trigger {
                if *event == line.event {
                    let eval = Eval { run: self, reads: Default::default() };
                    let holds = eval.truth(filter, Moment { own: Some(place), ..moment });
                    self.started.push((place, number, holds));
                }
            }
        }
    }

    /// Standing norms, from the first day of the case in force.
    fn standing(&mut self, day: Day) {
        let mut firings = Vec::new();
        for (number, rule) in self.program.rules.iter().enumerate() {
            if matches!(rule.trigger, Trigger::Always) && in_force(rule, day) {
                let moment = Moment { seen: self.seen(day - 1), ..self.at_end(day) };
                firings.push(self.fire(number, moment, &Cause::Always, false));
            }
        }
        self.except(&mut firings);
        self.apply(firings, day);
    }

    /// Timers and the calendar: one trigger that sees the whole day.
    fn clock(&mut self, day: Day) {
        let mut firings = Vec::new();
        for (number, rule) in self.program.rules.iter().enumerate() {
            match &rule.trigger {
                Trigger::Timer { .. } => {
                    for place in 0..self.lines.len() {
                        if self.timer(rule, place) == Some(Some(day))
                            && self.runs(number, place) != Some(false)
                        {
                            let moment = Moment { line: Some(place), ..self.at_end(day) };
                            let unsure = self.runs(number, place).is_none();
                            firings.push(self.fire(number, moment, &Cause::Timer(place), unsure));
                        }
                    }
                }
                Trigger::PeriodOver(span) if days::end(day, *span) == day && in_force(rule, day) => {
                    let name = match span {
                        Span::Week => "week",
                        Span::Month => "month",
                        Span::Quarter => "quarter",
                        Span::Year => "year",
                    };
                    firings.push(self.fire(number, self.at_end(day), &Cause::Calendar(name), false));
                }
                Trigger::Yearly { day: on, month } => {
                    let (_, m, d) = days::civil(day);
                    if (m, d) == (*month as i32, *on as i32) && in_force(rule, day) {
                        firings.push(self.fire(number, self.at_end(day), &Cause::Calendar("date"), false));
                    }
                }
                Trigger::On(on) if *on == day && in_force(rule, day) => {
                    firings.push(self.fire(number, self.at_end(day), &Cause::Calendar("date"), false));
                }
                _ => {}
            }
        }
        self.except(&mut firings);
        self.apply(firings, day);
    }

    /// Whether a line sets a timer going: its event's own requirements and the timer's `där`, judged as the line came.
    fn runs(&self, rule: usize, place: usize) -> Option<bool> {
        let filter = self.started.iter().find(|(at, number, _)| (*at, *number) == (place, rule));
        match (self.judged.get(&place).copied().unwrap_or(Some(true)), filter.map(|(_, _, holds)| *holds)) {
            (Some(false), _) | (_, Some(Some(false))) => Some(false),
            (None, _) | (_, Some(None)) => None,
            _ => Some(true),
        }
    }

    /// Whether a line starts a timer; when it fires, if that is known.
    #[allow(clippy::option_option, reason = "the outer one says whether there is a timer at all")]
    fn timer(&self, rule: &Rule, place: usize) -> Option<Option<Day>> {
        let Trigger::Timer { count, unit, event, field, .. } = &rule.trigger else { return None };
        let line = &self.lines[place].1;
        if line.event != *event || line.date < self.program.first || !in_force(rule, line.date) {
            return None;
        }
        let from = match field {
            None => line.date,
            Some(field) => match line.values[*field] {
                Value::Date(day) => day,
                _ => return Some(None),
            },
        };
        Some(Some(days::shift(from, *count, *unit).max(line.date)))
    }

    /// Rules on changes of facts, in the order in which the facts depend on each other.
    fn changes(&mut self, day: Day) {
        if !self.watched.contains(&true) {
            return;
        }
        for fact in self.order_of_facts() {
            if !self.watched[fact] {
                continue;
            }
            let now = self.snapshot(day);
            let mut firings = Vec::new();
            for (number, rule) in self.program.rules.iter().enumerate() {
                let (of, becomes) = match &rule.trigger {
                    Trigger::Becomes { fact, value } => (fact, Some(*value)),
                    Trigger::Changes { fact } => (fact, None),
                    _ => continue,
                };
                if of.fact != fact || !in_force(rule, day) {
                    continue;
                }
                let eval = Eval { run: self, reads: Default::default() };
                let Some(which) = eval.parameter(of, self.at_end(day)) else { continue };
                let (old, new) = (self.yesterday[fact][which], now[fact][which]);
                let fires = match becomes {
                    Some(value) => new == value && old != value,
                    // What has become unknown is not known to have changed.
                    None => old != new && new != Value::Unknown,
                };
                if fires {
                    firings.push(self.fire(number, self.at_end(day), &Cause::Change(fact), false));
                }
            }
            self.except(&mut firings);
            self.apply(firings, day);
        }
    }

    /// Facts, each after those it depends on: a computed one on what it reads, a stored one on those whose changes set
    /// off a rule that sets it.
    fn order_of_facts(&self) -> Vec<usize> {
        let count = self.program.facts.len();
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (place, fact) in self.program.facts.iter().enumerate() {
            if let Source::Computed(expr) = &fact.source {
                expr.facts(&mut after[place]);
            }
        }
        for rule in &self.program.rules {
            let (Trigger::Becomes { fact: of, .. } | Trigger::Changes { fact: of }) = &rule.trigger else {
                continue;
            };
            // What follows on a missed duty comes on another day.
            rule.each_effect(&mut |effect| {
                if let Effect::Applies { fact, .. }
                | Effect::Ends { fact, .. }
                | Effect::Becomes { fact, .. } = effect
                {
                    after[fact.fact].push(of.fact);
                }
            });
        }
        let mut order: Vec<usize> = Vec::new();
        for fact in 0..count {
            visit(fact, &after, &mut order);
        }
        order
    }

    /// Duties not met by their last day have their consequences the day after, all as one trigger.
    fn consequences(&mut self, day: Day) {
        let due = |duty: &Owed| duty.by == Some(day - 1) && duty.arose < day;
        self.miss(day, &due);
    }

    /// Duties whose last day was past when they arose: on that day, once its events and its clock are through.
    fn born_late(&mut self, day: Day) {
        let late = |duty: &Owed| duty.arose == day && duty.by.is_some_and(|by| by < day);
        while self.duties.iter().any(|duty| late(duty) && !duty.missed) && !self.left {
            self.miss(day, &late);
            self.meet(day, usize::MAX);
        }
    }

    fn miss(&mut self, day: Day, due: &dyn Fn(&Owed) -> bool) {
        let mut firings = Vec::new();
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if duty.missed || !due(duty) {
                continue;
            }
            let late = duty.arose == day;
            let in_time = duty.met.is_some_and(|met| duty.by.is_none_or(|by| met <= by));
            let duty = duty.clone();
            self.duties[number].missed = true;
            if in_time || duty.lapsed.is_some() || duty.duty.soft || duty.duty.failing.is_empty() {
                continue;
            }
            let happened =
                self.lines.iter().filter(|(_, line)| line.date < day || late && line.date == day).count();
            let moment = Moment { last_day: duty.by, at: day, seen: happened, by_line: false, ..duty.moment };
            let mut brought = Vec::new();
            for (place, effect) in duty.duty.failing.iter().enumerate() {
                let from = brought.len();
                brought.extend(self.bring(effect, duty.branch, moment));
                brought[from..]
                    .iter_mut()
                    .for_each(|one: &mut Brought| one.effect = 1000 * (duty.effect + 1) + place);
            }
            firings.push(Firing {
                rule: duty.rule,
                cause: duty.cause.clone(),
                moment,
                said: Said::Brings(brought),
                opinion: None,
                missed_on: duty.by,
                yielded: Vec::new(),
                applies: None,
                looked: true,
            });
        }
        self.apply(firings, day);
    }

    /// Every event among the first lines meets what it satisfies, wherever it stands among those of its day.
    fn meet(&mut self, day: Day, seen: usize) {
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if duty.lapsed.is_some() || duty.met.is_some() {
                continue;
            }
            let mut met = None;
            for (place, (_, line)) in self.lines.iter().enumerate().take(seen) {
                let counts = line.date == day || duty.duty.even_earlier && line.date < day;
                let trigger = matches!(duty.cause, Cause::Line(own) | Cause::Timer(own) if own == place);
                if counts
                    && !trigger
                    && duty.not_before.is_none_or(|first| line.date >= first)
                    && met.is_none()
                    && self.fits(&duty.duty.met_by, place, duty.moment, line.date)
                {
                    met = Some(line.date);
                }
            }
            self.duties[number].met = met;
        }
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if let (Limit::BeforeEvent(event), None) = (&duty.duty.limit, duty.by) {
                let happened = self.lines.iter().enumerate().take(seen).any(|(place, (_, line))| {
                    line.event == *event && line.date == day && !duty.came_of(place)
                });
                if happened {
                    self.duties[number].by = Some(day);
                }
            }
        }
    }

    fn fits(&self, patterns: &[Pattern], place: usize, moment: Moment, at: Day) -> bool {
        let eval = Eval { run: self, reads: Default::default() };
        patterns.iter().any(|pattern| {
            pattern.event == self.lines[place].1.event
                && pattern.filter.as_ref().is_none_or(|filter| {
                    let moment = Moment { own: Some(place), seen: place + 1, at, by_line: false, ..moment };
                    eval.truth(filter, moment) == Some(true)
                })
        })
    }

    /// At the end of a day: duties whose ground has ended by their last day.
    fn lapse(&mut self, day: Day) {
        for number in 0..self.duties.len() {
            let duty = &self.duties[number];
            if duty.met.is_some() || duty.lapsed.is_some() || duty.by.is_some_and(|by| day > by) {
                continue;
            }
            let mut reads = Reads::default();
            let mut lapsed = self.lines.iter().enumerate().any(|(place, (_, line))| {
                line.date == day
                    && !duty.came_of(place)
                    && self.fits(&duty.duty.falls_away, place, duty.moment, day)
            });
            if let (Some(condition), false) = (&duty.duty.as_long_as, lapsed) {
                let eval = Eval { run: self, reads: Default::default() };
                let moment = Moment { at: day, seen: self.seen(day), by_line: false, ..duty.moment };
                lapsed = eval.truth(condition, moment) == Some(false);
                reads.join(&eval.reads.borrow());
            }
            if lapsed {
                self.duties[number].lapsed = Some(day);
            }
            let out = self.duties[number].out;
            self.outs[out].assumes.doubts.extend(reads.doubts);
        }
    }

    /// What is open at the end: statuses, timers to come.
    fn finish(&mut self) {
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
                let Some(of) = first_kind(rule) else { continue };
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
    fn write(mut self, case: &str) -> Vec<Json> {
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

/// A fact right after those it depends on; unrelated ones as they are declared.
fn visit(fact: usize, after: &[Vec<usize>], order: &mut Vec<usize>) {
    let mut before = after[fact].clone();
    before.sort_unstable();
    for other in before {
        if !order.contains(&other) {
            visit(other, after, order);
        }
    }
    if !order.contains(&fact) {
        order.push(fact);
    }
}

fn watched(program: &Program, fact: usize) -> bool {
    program.rules.iter().any(|rule| {
        matches!(&rule.trigger, Trigger::Becomes { fact: of, .. } | Trigger::Changes { fact: of } if of.fact == fact)
    })
}

pub fn in_force(rule: &Rule, day: Day) -> bool {
    rule.version.is_none_or(|(from, through)| day >= from && through.is_none_or(|last| day <= last))
}

/// The kind of the first thing a rule can bring.
pub fn first_kind(rule: &Rule) -> Option<&'static str> {
    if let Some((_, decides)) = &rule.requires {
        return Some(if *decides { "granted" } else { "finding" });
    }
    let branches = rule.branches.iter().flat_map(|(_, effects)| effects);
    if rule.exception_to.is_some()
        && rule.always.is_empty()
        && rule.branches.iter().all(|(_, all)| all.is_empty())
    {
        let last = rule.otherwise.iter().flatten().map(Brought::kind_of).next();
        return last.or(Some("withheld"));
    }
    let all = rule.always.iter().chain(branches).chain(rule.otherwise.iter().flatten());
    all.map(Brought::kind_of).next()
}
