//! Looking back over the events of a case: those earlier in the run, and the trigger itself.

use std::collections::BTreeMap;

use super::logic::order;
use super::{Frame, arithmetic};
use crate::program::Type;
use crate::program::code::{At, LookBack, LookBackField, Window};
use crate::run::calendar::first_of;
use crate::run::history::Happening;
use crate::run::world::World;
use crate::syntax::tree::{CalendarUnit, LookBackKind, Operator};
use crate::time::Day;
use crate::value::{PerId, Value, scale};

/// A window, evaluated.
pub(super) enum Reach {
    /// So many days, the day fired included.
    Last(Value),
    /// From the first day of the unit.
    Same(CalendarUnit),
}

impl<'a> World<'a> {
    /// Answers a look back.
    pub(super) fn look_back(
        &mut self,
        index: u32,
        look: &LookBack,
        since: Option<Value>,
        reach: Option<Reach>,
        frame: &Frame<'_>,
    ) -> Value {
        let since = match since {
            Some(Value::Day(day)) => Some(day),
            Some(Value::None) | None => None,
            Some(_) => return Value::Unknown,
        };
        let start = match reach {
            None => since,
            Some(reach) => match start(&reach, frame.now) {
                Some(start) => Some(since.map_or(start, |since| since.max(start))),
                None => return Value::Unknown,
            },
        };
        let value = match look.kind {
            _ if self.program.index.asks_alone(index) => self.tallied(index, look, start, frame),
            // The latest of each group is collected like any other.
            LookBackKind::Latest if look.group.is_none() => self.latest(look, start, frame),
            LookBackKind::Exists => self.exists(look, start, frame),
            _ => self.collect(look, start, frame),
        };
        self.show_look_back(index, look, start, frame, value);
        value
    }

    /// Whether a candidate satisfies the condition.
    pub(super) fn satisfies(&mut self, look: &LookBack, candidate: &Happening, frame: &Frame<'_>) -> Value {
        match look.where_ {
            None => Value::YesNo(true),
            Some(condition) => self.evaluate(condition, &Frame { candidate: Some(candidate), ..*frame }),
        }
    }

    /// The latest event's field: with an unknown condition on a later candidate, unknown.
    fn latest(&mut self, look: &LookBack, start: Option<Day>, frame: &Frame<'_>) -> Value {
        for number in self.seen_of(look.event, start).rev() {
            let Some(candidate) = self.sorted(number) else { continue };
            match self.satisfies(look, candidate, frame) {
                Value::YesNo(false) => {}
                fits => {
                    self.note_candidate(candidate);
                    let fits = fits == Value::YesNo(true);
                    return if fits { read(look.field, candidate) } else { Value::Unknown };
                }
            }
        }
        Value::Unknown
    }

    fn exists(&mut self, look: &LookBack, start: Option<Day>, frame: &Frame<'_>) -> Value {
        let mut doubtful = Vec::new();
        for number in self.seen_of(look.event, start).rev() {
            let Some(candidate) = self.sorted(number) else { continue };
            match self.satisfies(look, candidate, frame) {
                Value::YesNo(true) => {
                    self.note_candidate(candidate);
                    return Value::YesNo(true);
                }
                Value::YesNo(false) => {}
                _ => doubtful.push(candidate),
            }
        }
        for candidate in &doubtful {
            self.note_candidate(candidate);
        }
        if doubtful.is_empty() { Value::YesNo(false) } else { Value::Unknown }
    }

    fn collect(&mut self, look: &LookBack, start: Option<Day>, frame: &Frame<'_>) -> Value {
        let mut all: i64 = 0;
        let mut found: Vec<&Happening> = Vec::new();
        let mut doubtful = false;
        for number in self.seen_of(look.event, start).rev() {
            let Some(candidate) = self.sorted(number) else { continue };
            all = all.saturating_add(1);
            match self.satisfies(look, candidate, frame) {
                Value::YesNo(false) => continue,
                Value::YesNo(true) => found.push(candidate),
                _ => doubtful = true,
            }
            self.note_candidate(candidate);
        }
        if doubtful {
            return Value::Unknown;
        }
        if look.kind == LookBackKind::Share {
            let part = i64::try_from(found.len()).unwrap_or(i64::MAX);
            return arithmetic::share(part, all).unwrap_or(Value::Unknown);
        }
        self.put_together(look, found)
    }

    /// What the events that count come to, the latest first.
    pub(super) fn put_together(&mut self, look: &LookBack, found: Vec<&Happening>) -> Value {
        match look.group {
            None => {
                let values: Vec<Value> = found.iter().map(|candidate| read(look.field, candidate)).collect();
                match (look.kind, look.window) {
                    (LookBackKind::Sum, window) => {
                        let sum = total(&values).unwrap_or_else(|| self.nothing_of(look));
                        match window {
                            Some(Window::Same(unit)) => arithmetic::per(sum, PerId::Unit(unit)),
                            _ => sum,
                        }
                    }
                    (kind, _) => self.aggregate(kind, values),
                }
            }
            Some((outer, by)) => {
                let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
                for candidate in found {
                    let key = candidate.field(by);
                    if matches!(key, Value::Unknown) {
                        return Value::Unknown;
                    }
                    groups.entry(self.group_key(key)).or_default().push(read(look.field, candidate));
                }
                let values = groups.into_values().map(|values| self.aggregate(look.kind, values)).collect();
                self.aggregate(outer, values)
            }
        }
    }

    /// Zero of the field that a sum reads.
    pub(super) fn nothing_of(&self, look: &LookBack) -> Value {
        let field = match look.field {
            LookBackField::Field(index) => Some(index),
            _ => None,
        };
        let declared = self.program.events.get(look.event.index()).zip(field);
        match declared.and_then(|(event, index)| event.fields.get(index as usize)).map(|field| field.ty) {
            Some(Type::Number) => Value::Number(0),
            Some(Type::Amount) => Value::Amount(0),
            Some(Type::Duration) => Value::Duration(0),
            _ => Value::Count(0),
        }
    }

    /// A key that orders groups the same way in every run.
    pub(super) fn group_key(&self, value: Value) -> String {
        match value {
            Value::Text(id) => self.pool.letters(id).to_owned(),
            other => format!("{other:?}"),
        }
    }

    pub(super) fn aggregate(&mut self, kind: LookBackKind, values: Vec<Value>) -> Value {
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        if kind == LookBackKind::Count {
            return Value::Count(count);
        }
        if kind == LookBackKind::Latest {
            // Candidates are collected latest first.
            return values.first().copied().unwrap_or(Value::Unknown);
        }
        if values.iter().any(|value| matches!(value, Value::Unknown | Value::None)) {
            return Value::Unknown;
        }
        match kind {
            LookBackKind::CountDistinct => {
                let mut distinct: Vec<Value> = Vec::new();
                for value in values {
                    if !distinct.contains(&value) {
                        distinct.push(value);
                    }
                }
                i64::try_from(distinct.len()).map_or(Value::Unknown, Value::Count)
            }
            LookBackKind::SetOf => {
                let mut members = Vec::with_capacity(values.len());
                for value in values {
                    match value {
                        Value::Set(set) => members.extend_from_slice(self.pool.members(set)),
                        value => members.push(value),
                    }
                }
                Value::Set(self.pool.set(members))
            }
            LookBackKind::Sum => total(&values).unwrap_or(Value::Count(0)),
            LookBackKind::Mean => match total(&values) {
                Some(total) => mean(total, count),
                None => Value::Unknown,
            },
            LookBackKind::Median => median(values),
            LookBackKind::Least => extreme(values, std::cmp::Ordering::Less),
            LookBackKind::Greatest => extreme(values, std::cmp::Ordering::Greater),
            LookBackKind::Latest | LookBackKind::Exists | LookBackKind::Count | LookBackKind::Share => {
                Value::Unknown
            }
        }
    }
}

/// The first day that a look back on a day can see: of its window, or from which it says it looks; none when neither
/// says, or it is not known.
pub fn reach_start(look: &LookBack, value_of: impl Fn(At) -> Value, now: Day) -> Option<Day> {
    let since = look.since.and_then(|since| value_of(since).as_day());
    let window = look.window.and_then(|window| match window {
        Window::Last(place) => start(&Reach::Last(value_of(place)), now),
        Window::Same(unit) => start(&Reach::Same(unit), now),
    });
    since.max(window)
}

/// The first day of a window that ends on a day.
fn start(reach: &Reach, now: Day) -> Option<Day> {
    match reach {
        // Check refuses windows of months.
        Reach::Last(Value::Period(period)) => {
            now.plus_days(i64::from(1_u8).saturating_sub(period.days.into())).ok()
        }
        Reach::Last(_) => None,
        Reach::Same(unit) => first_of(*unit, now),
    }
}

pub(super) fn read(field: LookBackField, event: &Happening) -> Value {
    match field {
        LookBackField::Nothing => Value::YesNo(true),
        LookBackField::Date => Value::Day(event.date),
        LookBackField::Field(index) => event.field(index),
    }
}

fn total(values: &[Value]) -> Option<Value> {
    let (first, rest) = values.split_first()?;
    // None is unknown in arithmetic, also where there is only one to add up.
    if *first == Value::None {
        return Some(Value::Unknown);
    }
    Some(rest.iter().fold(*first, |sum, value| arithmetic::arithmetic(Operator::Add, sum, *value)))
}

/// The mean; of whole numbers it is a decimal number, to the nearest millionth.
pub(super) fn mean(total: Value, count: i64) -> Value {
    use crate::syntax::tree::{Rounding, RoundingUnit};
    match total {
        Value::Count(sum) => {
            let Some(scaled) = sum.checked_mul(scale::NUMBER) else { return Value::Unknown };
            nearest(scaled, count).map_or(Value::Unknown, Value::Number)
        }
        Value::Number(sum) => nearest(sum, count).map_or(Value::Unknown, Value::Number),
        Value::Duration(sum) => nearest(sum, count).map_or(Value::Unknown, Value::Duration),
        Value::Amount(_) => {
            let (way, unit) = (Rounding::Nearest, RoundingUnit::Ore);
            arithmetic::reckoned_and_rounded(Operator::Divide, total, Value::Count(count), way, unit)
        }
        _ => Value::Unknown,
    }
}

fn nearest(sum: i64, count: i64) -> Option<i64> {
    let twice = sum.checked_mul(2)?;
    let divisor = count.checked_mul(2)?;
    let lifted = if sum < 0 { twice.checked_sub(count)? } else { twice.checked_add(count)? };
    lifted.checked_div(divisor)
}

fn median(mut values: Vec<Value>) -> Value {
    if values.is_empty() {
        return Value::Unknown;
    }
    values.sort_by(|a, b| order(*a, *b).unwrap_or(std::cmp::Ordering::Equal));
    let middle = values.len() / 2;
    let upper = values.get(middle).copied().unwrap_or(Value::Unknown);
    let lower = values.get(middle.saturating_sub(1)).copied().unwrap_or(Value::Unknown);
    if values.len() % 2 == 1 || lower == upper {
        // The median of counts is a number, also where it is one of them.
        return if matches!(upper, Value::Count(_)) { mean(upper, 1) } else { upper };
    }
    mean(arithmetic::arithmetic(Operator::Add, lower, upper), 2)
}

fn extreme(values: Vec<Value>, wanted: std::cmp::Ordering) -> Value {
    let mut values = values.into_iter();
    let Some(first) = values.next() else { return Value::Unknown };
    values.fold(first, |best, value| if order(value, best) == Some(wanted) { value } else { best })
}
