//! The days and numbers of an example that can be moved along.

use crate::program::Example;
use crate::time::{Clock, Day, Moment};
use crate::value::{Value, scale};

/// A day or a number in an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coordinate {
    /// All its days together, those of facts aside.
    AllDays,
    /// The day of an event, by the event's place.
    EventDay(usize),
    /// A field of an event.
    Field(usize, usize),
    /// A given fact.
    Fact(usize),
    /// The day as of which it looks.
    AsOf,
}

/// The coordinates of an example.
pub(super) fn coordinates(example: &Example) -> Vec<Coordinate> {
    let mut all = Vec::new();
    for (place, event) in example.events.iter().enumerate().rev() {
        all.push(Coordinate::EventDay(place));
        for (slot, value) in event.fields.iter().enumerate() {
            if can_move(*value) {
                all.push(Coordinate::Field(place, slot));
            }
        }
    }
    for (place, (_, _, value)) in example.facts.iter().enumerate() {
        if can_move(*value) {
            all.push(Coordinate::Fact(place));
        }
    }
    if example.as_of.is_some() {
        all.push(Coordinate::AsOf);
    }
    // One event whose only day is its own is moved by that.
    if all.len() > 1 {
        all.push(Coordinate::AllDays);
    }
    all
}

impl Coordinate {
    /// The example moved along; nothing when it cannot be.
    pub(super) fn moved(self, example: &Example, by: i64) -> Option<Example> {
        let mut moved = example.clone();
        match self {
            Coordinate::AllDays => {
                for event in &mut moved.events {
                    event.date = Some(event.date?.plus_days(by).ok()?);
                    for value in &mut event.fields {
                        if let Value::Day(day) = value {
                            *day = day.plus_days(by).ok()?;
                        }
                    }
                }
                moved.as_of = moved.as_of.map(|day| day.plus_days(by)).transpose().ok()?;
            }
            Coordinate::EventDay(place) => {
                let event = moved.events.get_mut(place)?;
                let before = event.date?;
                event.date = Some(before.plus_days(by).ok()?);
                // What looks from the day of its last event goes on doing so.
                if moved.as_of.is_some_and(|day| day <= before) {
                    moved.as_of = event.date.max(moved.as_of);
                }
                moved.events.sort_by_key(|event| event.date);
            }
            Coordinate::Field(place, slot) => {
                let value = moved.events.get_mut(place)?.fields.get_mut(slot)?;
                *value = value_moved(*value, by)?;
            }
            Coordinate::Fact(place) => {
                let (_, _, value) = moved.facts.get_mut(place)?;
                *value = value_moved(*value, by)?;
            }
            Coordinate::AsOf => {
                let last = moved.events.iter().filter_map(|event| event.date).max();
                let day = moved.as_of?.plus_days(by).ok()?;
                moved.as_of = Some(day).filter(|day| last.is_none_or(|last| last <= *day));
                moved.as_of?;
            }
        }
        Some(moved)
    }

    /// Whether it is a day, rather than a number.
    pub(super) fn is_day(self, example: &Example) -> bool {
        let value = match self {
            Coordinate::Field(place, slot) => {
                example.events.get(place).and_then(|event| event.fields.get(slot)).copied()
            }
            Coordinate::Fact(place) => example.facts.get(place).map(|(_, _, value)| *value),
            _ => return true,
        };
        matches!(value, Some(Value::Day(_)))
    }

    /// How far it is moved at first, to either side.
    pub(super) fn reach(self, example: &Example) -> &'static [i64] {
        match self.is_day(example) {
            true => &[-1, 1, -7, 7, -31, 31, -92, 92, -366, 366],
            false => &[-1, 1, -10, 10, -100, 100, -1_000, 1_000, -10_000, 10_000],
        }
    }
}

fn can_move(value: Value) -> bool {
    value_moved(value, 1).is_some()
}

/// A value so many steps further: days, whole numbers, kronor, minutes, hundredths.
pub(super) fn value_moved(value: Value, by: i64) -> Option<Value> {
    let further = |number: i64, step: i64| {
        let moved = number.checked_add(by.checked_mul(step)?)?;
        (moved >= 0).then_some(moved)
    };
    Some(match value {
        Value::Day(day) => Value::Day(day.plus_days(by).ok()?),
        Value::Count(n) => Value::Count(further(n, 1)?),
        Value::Number(n) => Value::Number(further(n, scale::NUMBER / 100)?),
        Value::Amount(n) => Value::Amount(further(n, scale::KRONA)?),
        Value::Duration(n) => Value::Duration(further(n, scale::MINUTE)?),
        Value::Share { part, whole } if whole > 0 => Value::Share { part: further(part, 1)?, whole },
        Value::Moment(moment) => {
            let minutes = i64::from(moment.clock.minutes()).checked_add(by)?;
            let day = moment.day.plus_days(minutes.div_euclid(MINUTES_A_DAY)).ok()?;
            Value::Moment(Moment { day, clock: clock(minutes.rem_euclid(MINUTES_A_DAY))? })
        }
        Value::Clock(clock) => {
            let minutes = further(i64::from(clock.minutes()), 1)?;
            Value::Clock(self::clock(minutes)?)
        }
        _ => return None,
    })
}

const MINUTES_A_DAY: i64 = 24 * 60;

fn clock(minutes: i64) -> Option<Clock> {
    let (hour, minute) = (minutes.checked_div(60)?, minutes.checked_rem(60)?);
    Clock::from_hm(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)
}

/// The example with all its days moved so that one of them comes to lie on another day.
pub(super) fn brought_to(example: &Example, from: Day, to: Day) -> Option<Example> {
    Coordinate::AllDays.moved(example, from.days_until(to))
}
