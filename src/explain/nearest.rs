//! How near it was: the smallest change of one date or number that would have altered an outcome, found by search.

use std::collections::BTreeSet;

use crate::Words;
use crate::program::{Program, RuleId, Trigger, Type};
use crate::run::{Case, CaseOutcomes, Cause, Happening, Outcome, OutcomeKind, Settings};
use crate::time::Day;
use crate::value::{ChoiceId, Pool, Value};

/// How many days are tried each way.
pub const DAYS_TRIED: i64 = 400;

/// Effects with this number and higher follow from a missed duty.
const FOLLOWING: u16 = 1_000;

/// What was varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varied {
    /// The day the event came in.
    Received,
    /// A field of the event.
    Field(u16),
}

/// A change that would have altered an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was varied.
    pub varied: Varied,
    /// What it is.
    pub from: Value,
    /// The nearest other value with another outcome.
    pub to: Value,
    /// Every value on the far side up to here was tried and alters it too, or the search ended: *or later*.
    pub onward: bool,
    /// What the rule would have brought.
    pub instead: Vec<Outcome>,
}

/// How far a date could have moved without altering an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// Days to spare.
    pub days: i64,
    /// The last (or first) day with the same outcome.
    pub limit: Day,
    /// The limit lies after the day rather than before it.
    pub later: bool,
    /// What was varied.
    pub varied: Varied,
}

/// A case that is run again and again with one event changed.
pub struct Search<'a> {
    program: &'a Program,
    settings: &'a Settings,
    case: &'a Case,
    pool: Pool,
    trigger: usize,
    rule: Option<RuleId>,
    effect: (u16, u16),
    base: Vec<Outcome>,
    /// Whether the dates of the outcomes move with the varied date, day for day.
    moves: bool,
}

impl<'a> Search<'a> {
    /// A search about an outcome that an event brought; none for outcomes without an event of their own.
    pub fn about(
        program: &'a Program,
        settings: &'a Settings,
        case: &'a Case,
        pool: &Pool,
        outcome: &Outcome,
    ) -> Option<Search<'a>> {
        let Cause::Event(trigger) = outcome.trigger else { return None };
        let mut search = Search {
            program,
            settings,
            case,
            pool: pool.clone(),
            trigger: trigger as usize,
            rule: outcome.rule,
            effect: (outcome.branch, outcome.effect),
            base: Vec::new(),
            moves: false,
        };
        let event = case.events.get(search.trigger)?.clone();
        search.base = search.brought(&event)?;
        Some(search)
    }

    fn event(&self) -> Option<&'a Happening> {
        self.case.events.get(self.trigger)
    }

    /// What the rule brings on the event as changed; none when the change takes it out of the calendar.
    fn brought(&mut self, changed: &Happening) -> Option<Vec<Outcome>> {
        let mut events = self.case.events.clone();
        *events.get_mut(self.trigger)? = changed.clone();
        let case = Case::new(self.case.id.clone(), self.case.kind, events);
        let place = case.events.iter().position(|event| event == changed)?;
        let shift = self.event().map_or(0, |event| furthest(event, changed));
        let as_of = self.settings.as_of.plus_days(shift).unwrap_or(Day::MAX);
        let settings = Settings { as_of, ..self.settings.clone() };
        let run: CaseOutcomes = crate::run::run_one(self.program, &settings, &case, &mut self.pool, None);
        let cause = Cause::Event(u32::try_from(place).ok()?);
        // An event that its own requirements deny has that as the answer of every rule on it.
        let same_rule =
            |outcome: &Outcome| outcome.trigger == cause && (outcome.rule.is_none() || self.is_same(outcome));
        Some(run.outcomes.into_iter().filter(same_rule).collect())
    }

    /// Whether an outcome is of the same rule, in any of its versions; a decision belongs to all that took part in it.
    fn is_same(&self, outcome: &Outcome) -> bool {
        let name = |rule: Option<RuleId>| {
            rule.and_then(|rule| self.program.rules.get(rule.index())).map(|rule| rule.named.name.as_str())
        };
        let decides = |outcome: &Outcome| matches!(outcome.kind, OutcomeKind::Decision { .. });
        name(outcome.rule) == name(self.rule) || (self.base.first().is_some_and(decides) && decides(outcome))
    }

    /// Changes of one date, one number, one choice: the nearest of each first, dates before numbers.
    pub fn changes(&mut self) -> (Option<Margin>, Vec<Change>) {
        let Some(event) = self.event() else { return (None, Vec::new()) };
        let mut margin = None;
        let mut changes = Vec::new();
        // A timer counts from a date of its event; when the event came in matters only if that was later still.
        let rule = self.rule.and_then(|rule| self.program.rules.get(rule.index()));
        if !rule.is_some_and(|rule| matches!(rule.trigger, Trigger::Timer { .. })) {
            let (found, mut by_day) = self.dates(event, Varied::Received);
            margin = margin.or(found);
            changes.append(&mut by_day);
        }
        let fields =
            self.program.events.get(event.event.index()).map(|event| event.fields.as_slice()).unwrap_or(&[]);
        for (index, field) in fields.iter().enumerate() {
            let Ok(index) = u16::try_from(index) else { break };
            let varied = Varied::Field(index);
            match (event.field(index), field.ty) {
                (Value::Day(_), _) => {
                    let (found, mut by_day) = self.dates(event, varied);
                    margin = margin.or(found);
                    changes.append(&mut by_day);
                }
                (Value::Count(_) | Value::Number(_) | Value::Amount(_) | Value::Duration(_), _) => {
                    changes.extend(self.numbers(event, index));
                }
                (Value::YesNo(now), _) => changes.extend(self.other(event, index, Value::YesNo(!now))),
                (Value::Choice(now), Type::Choice(of)) => {
                    let count = self.program.types.get(of.index()).map_or(0, |of| of.values.len());
                    for value in (0..count).filter_map(|value| u16::try_from(value).ok()) {
                        if value != now.value {
                            changes.extend(self.other(
                                event,
                                index,
                                Value::Choice(ChoiceId { value, ..now }),
                            ));
                        }
                    }
                }
                _ => {}
            }
        }
        // What is settled comes before what would then not be known; otherwise dates before numbers and choices.
        let open = |change: &Change| {
            change.instead.iter().any(|outcome| matches!(outcome.kind, OutcomeKind::Undetermined { .. }))
        };
        changes.sort_by_key(open);
        (margin, changes)
    }

    /// The nearest day each way that alters the outcome.
    fn dates(&mut self, event: &Happening, varied: Varied) -> (Option<Margin>, Vec<Change>) {
        let now = match varied {
            Varied::Received => event.date,
            Varied::Field(index) => match event.field(index) {
                Value::Day(day) => day,
                _ => return (None, Vec::new()),
            },
        };
        let at = |day: Day| changed(event, varied, Value::Day(day));
        let beside = [1, -1].map(|step| now.plus_days(step).ok().and_then(|day| self.brought(&at(day))));
        self.moves = beside
            .iter()
            .zip([1, -1])
            .any(|(other, step)| other.as_ref().is_some_and(|other| moved_by(&self.base, other, step)));
        let mut margin = None;
        let mut changes = Vec::new();
        for direction in [1, -1] {
            let nearest = self.nearest_day(event, varied, now, direction);
            let Some((steps, day, instead)) = nearest else { continue };
            let instead = self.in_place(&instead);
            if margin.is_none()
                && let Ok(limit) = now.plus_days(steps.saturating_sub(1).saturating_mul(direction))
            {
                margin = Some(Margin { days: steps.saturating_sub(1), limit, later: direction > 0, varied });
            }
            changes.push(Change {
                varied,
                from: Value::Day(now),
                to: Value::Day(day),
                onward: true,
                instead,
            });
        }
        self.moves = false;
        changes.sort_by_key(|change| match change.to {
            Value::Day(day) => now.days_until(day).abs(),
            _ => i64::MAX,
        });
        (margin, changes)
    }

    fn nearest_day(
        &mut self,
        event: &Happening,
        varied: Varied,
        now: Day,
        direction: i64,
    ) -> Option<(i64, Day, Vec<Outcome>)> {
        for steps in 1..=DAYS_TRIED {
            let day = now.plus_days(steps.checked_mul(direction)?).ok()?;
            if !self.program.header.in_force.has(day) && varied == Varied::Received {
                return None;
            }
            let other = self.brought(&changed(event, varied, Value::Day(day)))?;
            if self.differ(&other, Value::Day(now), Value::Day(day)) {
                return Some((steps, day, other));
            }
        }
        None
    }

    /// The nearest number, among those that a comparison in the program can tell apart, that alters the outcome.
    fn numbers(&mut self, event: &Happening, index: u16) -> Option<Change> {
        let now = event.field(index);
        let (amount, step, make): (i64, i64, fn(i64) -> Value) = match now {
            Value::Count(n) => (n, 1, Value::Count),
            Value::Number(n) => (n, crate::value::scale::NUMBER, Value::Number),
            Value::Amount(n) => (n, crate::value::scale::KRONA, Value::Amount),
            Value::Duration(n) => (n, crate::value::scale::HOUR, Value::Duration),
            _ => return None,
        };
        let mut marks: BTreeSet<i64> = BTreeSet::new();
        let mut mark = |value: Value| {
            let same_type = std::mem::discriminant(&value) == std::mem::discriminant(&now);
            if let (true, Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n)) =
                (same_type, value)
            {
                marks.extend([n.saturating_sub(step), n, n.saturating_add(step)]);
            }
        };
        for op in &self.program.code.ops {
            if let crate::program::code::Op::Constant(value) = op {
                mark(*value);
            }
        }
        for other in &self.case.events {
            other.fields.iter().for_each(|value| mark(*value));
        }
        let mut tries: Vec<i64> = marks.into_iter().filter(|n| *n != amount && *n >= 0).collect();
        tries.sort_by_key(|n| (n.abs_diff(amount), *n));
        for n in tries {
            let to = make(n);
            let other = self.brought(&changed(event, Varied::Field(index), to))?;
            if self.differ(&other, now, to) {
                let instead = self.in_place(&other);
                return Some(Change { varied: Varied::Field(index), from: now, to, onward: false, instead });
            }
        }
        None
    }

    fn other(&mut self, event: &Happening, index: u16, to: Value) -> Option<Change> {
        let varied = Varied::Field(index);
        let from = event.field(index);
        let other = self.brought(&changed(event, varied, to))?;
        if !self.differ(&other, from, to) {
            return None;
        }
        let instead = self.in_place(&other);
        Some(Change { varied, from, to, onward: false, instead })
    }

    /// The outcomes that stand where the explained one stands: of the same effect, else all of the rule.
    fn in_place(&self, outcomes: &[Outcome]) -> Vec<Outcome> {
        let same_effect: Vec<Outcome> = outcomes
            .iter()
            .filter(|outcome| (outcome.branch, outcome.effect) == self.effect)
            .cloned()
            .collect();
        if !same_effect.is_empty() {
            return same_effect;
        }
        let kinds: Vec<_> = self
            .base
            .iter()
            .filter(|outcome| (outcome.branch, outcome.effect) == self.effect)
            .map(|outcome| outcome.kind.name())
            .collect();
        let same_kind: Vec<Outcome> =
            outcomes.iter().filter(|outcome| kinds.contains(&outcome.kind.name())).cloned().collect();
        if !same_kind.is_empty() {
            return same_kind;
        }
        // What follows from a missed duty either follows or does not; the duty itself is another outcome. So is what
        // the rule brought beside this effect, and would bring anyway.
        let beside = |outcome: &&Outcome| {
            let place = |outcome: &Outcome| (outcome.rule, outcome.branch, outcome.effect);
            let same = |base: &Outcome| place(base) == place(outcome);
            !self.base.iter().any(same)
        };
        if self.effect.1 >= FOLLOWING {
            Vec::new()
        } else {
            outcomes.iter().filter(beside).cloned().collect()
        }
    }

    /// Whether the rule brings something else: another kind of outcome, or other dates and values than those that
    /// merely follow what was varied.
    fn differ(&self, other: &[Outcome], from: Value, to: Value) -> bool {
        let (base, other) = (self.in_place(&self.base), self.in_place(other));
        base.len() != other.len()
            || base.iter().zip(&other).any(|(a, b)| !self.alike(&a.kind, &b.kind, from, to))
    }

    /// Whether two outcomes are the same but for what follows from varying one value.
    fn alike(&self, a: &OutcomeKind, b: &OutcomeKind, from: Value, to: Value) -> bool {
        let value = |a: Value, b: Value| a == b || (a == from && b == to);
        let day = |a: Option<Day>, b: Option<Day>| match (a, b) {
            (Some(a), Some(b)) => self.moves || value(Value::Day(a), Value::Day(b)),
            (a, b) => a == b,
        };
        match (a, b) {
            (
                OutcomeKind::Begins { from: a, until: u, .. },
                OutcomeKind::Begins { from: b, until: v, .. },
            ) => day(Some(*a), Some(*b)) && day(*u, *v),
            (OutcomeKind::Ends { on: a, .. }, OutcomeKind::Ends { on: b, .. }) => day(Some(*a), Some(*b)),
            (
                OutcomeKind::Becomes { value: x, from: a, .. },
                OutcomeKind::Becomes { value: y, from: b, .. },
            ) => value(*x, *y) && day(Some(*a), Some(*b)),
            (OutcomeKind::Duty(a), OutcomeKind::Duty(b)) => {
                (a.role, a.action, a.to, a.pace) == (b.role, b.action, b.to, b.pace)
                    && day(a.by, b.by)
                    && day(a.on, b.on)
                    && day(a.not_before, b.not_before)
            }
            (
                OutcomeKind::Permission { allowed: x, from: a, until: u, .. },
                OutcomeKind::Permission { allowed: y, from: b, until: v, .. },
            ) => x == y && day(*a, *b) && day(*u, *v),
            (
                OutcomeKind::Decision { granted: a, reasons: r },
                OutcomeKind::Decision { granted: b, reasons: s },
            ) => a == b && r.iter().map(|reason| &reason.text).eq(s.iter().map(|reason| &reason.text)),
            (
                OutcomeKind::Finding { mild: a, text: s, .. },
                OutcomeKind::Finding { mild: b, text: t, .. },
            ) => a == b && s == t,
            (OutcomeKind::Value { value: a, .. }, OutcomeKind::Value { value: b, .. }) => value(*a, *b),
            (a, b) => a.name() == b.name(),
        }
    }
}

/// How many days later the latest of the changed dates lies; 0 when none does.
fn furthest(event: &Happening, changed: &Happening) -> i64 {
    let received = event.date.days_until(changed.date);
    let fields = event.fields.iter().zip(changed.fields.iter()).map(|(a, b)| match (a, b) {
        (Value::Day(a), Value::Day(b)) => a.days_until(*b),
        _ => 0,
    });
    fields.fold(received, i64::max).max(0)
}

/// Whether every date of the outcomes moved by exactly so many days, and there is one.
fn moved_by(base: &[Outcome], other: &[Outcome], step: i64) -> bool {
    let dates = |outcome: &Outcome| match &outcome.kind {
        OutcomeKind::Begins { from, .. } | OutcomeKind::Becomes { from, .. } => Some(*from),
        OutcomeKind::Ends { on, .. } => Some(*on),
        OutcomeKind::Duty(duty) => duty.by.or(duty.on),
        OutcomeKind::Permission { from, .. } => *from,
        _ => None,
    };
    let pairs: Vec<(Day, Day)> = base.iter().zip(other).filter_map(|(a, b)| dates(a).zip(dates(b))).collect();
    base.len() == other.len() && !pairs.is_empty() && pairs.iter().all(|(a, b)| a.days_until(*b) == step)
}

/// The event with one thing changed.
fn changed(event: &Happening, varied: Varied, to: Value) -> Happening {
    let mut event = event.clone();
    match (varied, to) {
        (Varied::Received, Value::Day(day)) => event.date = day,
        (Varied::Field(index), value) => {
            if let Some(field) = event.fields.get_mut(index as usize) {
                *field = value;
            }
        }
        _ => {}
    }
    event
}

/// A change in words: what would have been otherwise, and what would have followed.
pub fn in_words(program: &Program, pool: &Pool, event: &Happening, change: &Change) -> Words {
    let say = |language: crate::Language| {
        let sv = language == crate::Language::Swedish;
        let to = crate::words::value(program, pool, change.to, language);
        let onward = match (change.onward, change.from, change.to) {
            (true, Value::Day(from), Value::Day(to)) => match (to > from, sv) {
                (true, true) => " eller senare",
                (true, false) => " or later",
                (false, true) => " eller tidigare",
                (false, false) => " or earlier",
            },
            _ => "",
        };
        let what = match change.varied {
            Varied::Received => language.choose("inkommet", "received").to_owned(),
            Varied::Field(index) => {
                let declared = program.events.get(event.event.index());
                let field = declared.and_then(|event| event.fields.get(index as usize));
                field.map_or_else(String::new, |field| field.named.title.get(language).to_owned())
            }
        };
        let instead: Vec<String> = change
            .instead
            .iter()
            .map(|outcome| super::sentence::sentence(program, pool, outcome).get(language).to_owned())
            .collect();
        let instead = if instead.is_empty() {
            language.choose("Regeln medför då ingenting.", "The rule then brings nothing.").to_owned()
        } else {
            instead.join(" ")
        };
        format!("{what} {to}{onward} → {instead}")
    };
    Words::new(say(crate::Language::Swedish), say(crate::Language::English))
}
