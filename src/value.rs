//! Values: sixteen bytes each, copied freely; texts and sets are kept in a [`Pool`] and named by number.

use std::collections::HashMap;
use std::sync::Arc;

use crate::time::{Clock, Day, Moment, Period};

/// A value of a rule, an event or a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nobody has said.
    Unknown,
    /// Known to be none: an optional value that is not there.
    None,
    /// `ja` or `nej`.
    YesNo(bool),
    /// A date.
    Day(Day),
    /// A date with a local time of day.
    Moment(Moment),
    /// A time of day.
    Clock(Clock),
    /// A whole number.
    Count(i64),
    /// A decimal number, in millionths.
    Number(i64),
    /// Money in öre.
    Amount(i64),
    /// A part of a whole, both kept.
    Share {
        /// The whole; zero only when there was nothing to divide.
        whole: u32,
        /// The part.
        part: i64,
    },
    /// Work time in seconds.
    Duration(i64),
    /// A period: months and days, kept apart.
    Period(Period),
    /// A text.
    Text(TextId),
    /// A value of an enumeration.
    Choice(ChoiceId),
    /// A role.
    Role(u16),
    /// A counting word.
    Word(u16),
    /// A set.
    Set(SetId),
    /// A value per something.
    Rate {
        /// What the amount counts.
        base: RateBase,
        /// Per what.
        per: PerId,
        /// The amount in the unit of its base.
        amount: i64,
    },
}

const _: () = assert!(size_of::<Value>() == 16);

impl Value {
    /// Whether it is `ja`.
    pub fn is_yes(self) -> bool {
        self == Value::YesNo(true)
    }

    /// The day, of a date.
    pub fn as_day(self) -> Option<Day> {
        match self {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }
}

/// How many of the smallest parts make one.
pub mod scale {
    /// Millionths of a decimal number.
    pub const NUMBER: i64 = 1_000_000;
    /// Öre of a krona.
    pub const KRONA: i64 = 100;
    /// Seconds of a minute.
    pub const MINUTE: i64 = 60;
    /// Seconds of an hour.
    pub const HOUR: i64 = 3_600;
}

/// A text in a [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub u32);

/// A set in a [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SetId(pub u32);

/// A value of an enumeration: the number of the type and of the value in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChoiceId {
    /// The enumeration.
    pub of: u16,
    /// Its value, from 0 in text order.
    pub value: u16,
}

/// What the amount of a rate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RateBase {
    /// Whole things.
    Count,
    /// Decimal numbers, in millionths.
    Number,
    /// Money, in öre.
    Amount,
    /// Work time, in seconds.
    Duration,
}

/// What a rate is per: a calendar unit or a declared counting word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PerId {
    /// Per calendar unit.
    Unit(crate::syntax::tree::CalendarUnit),
    /// Per counting word, by its number.
    Word(u16),
}

/// Texts and sets that values name by number.
///
/// Equal texts have equal numbers, and so have equal sets, so values compare without looking them up.
///
/// ```
/// use frist::value::{Pool, Value};
/// let mut pool = Pool::default();
/// let a = pool.text("Ljungby");
/// assert_eq!(pool.text("Ljungby"), a);
/// let set = pool.set(vec![Value::Count(2), Value::Count(1), Value::Count(2)]);
/// assert_eq!(pool.members(set).len(), 2);
/// ```
///
/// A clone shares what there is until either takes something new in, so that a run that makes no texts of its own copies
/// none.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    kept: Arc<Kept>,
}

#[derive(Clone, Debug, Default)]
struct Kept {
    texts: Vec<Arc<str>>,
    text_ids: HashMap<Arc<str>, TextId>,
    sets: Vec<Arc<[Value]>>,
    set_ids: HashMap<Arc<[Value]>, SetId>,
}

impl Pool {
    /// The number of a text, taken in if it is new.
    pub fn text(&mut self, text: &str) -> TextId {
        if let Some(id) = self.kept.text_ids.get(text) {
            return *id;
        }
        let kept = Arc::make_mut(&mut self.kept);
        let id = TextId(u32::try_from(kept.texts.len()).unwrap_or(u32::MAX));
        let shared: Arc<str> = text.into();
        kept.texts.push(Arc::clone(&shared));
        kept.text_ids.insert(shared, id);
        id
    }

    /// How many texts and sets there are.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.kept.texts.len(), self.kept.sets.len())
    }

    /// Forgets the texts and sets that came last, so that so many are left: what names them means nothing any more.
    pub(crate) fn shrink(&mut self, (texts, sets): (usize, usize)) {
        if self.size() == (texts, sets) {
            return;
        }
        let kept = Arc::make_mut(&mut self.kept);
        for text in kept.texts.drain(texts.min(kept.texts.len())..) {
            kept.text_ids.remove(&text);
        }
        for set in kept.sets.drain(sets.min(kept.sets.len())..) {
            kept.set_ids.remove(&set);
        }
    }

    /// The letters of a text.
    pub fn letters(&self, id: TextId) -> &str {
        self.kept.texts.get(id.0 as usize).map_or("", |text| text)
    }

    /// The number of a set, taken in if it is new. Its members are sorted and kept once each.
    pub fn set(&mut self, mut members: Vec<Value>) -> SetId {
        members.sort_by_key(|value| self.order(*value));
        members.dedup();
        if let Some(id) = self.kept.set_ids.get(members.as_slice()) {
            return *id;
        }
        let kept = Arc::make_mut(&mut self.kept);
        let id = SetId(u32::try_from(kept.sets.len()).unwrap_or(u32::MAX));
        let shared: Arc<[Value]> = members.into();
        kept.sets.push(Arc::clone(&shared));
        kept.set_ids.insert(shared, id);
        id
    }

    /// The members of a set, in order.
    pub fn members(&self, id: SetId) -> &[Value] {
        self.kept.sets.get(id.0 as usize).map_or(&[], |set| set)
    }

    /// A value of another pool as a value of this one: its texts and sets are taken in.
    ///
    /// ```
    /// use frist::value::{Pool, Value};
    /// let (mut here, mut there) = (Pool::default(), Pool::default());
    /// here.text("first");
    /// let name = Value::Text(there.text("Ljungby"));
    /// assert_eq!(here.adopt(name, &there), Value::Text(here.text("Ljungby")));
    /// ```
    pub fn adopt(&mut self, value: Value, from: &Pool) -> Value {
        match value {
            Value::Text(id) => Value::Text(self.text(from.letters(id))),
            Value::Set(id) => {
                let members = from.members(id).iter().map(|member| self.adopt(*member, from)).collect();
                Value::Set(self.set(members))
            }
            other => other,
        }
    }

    /// An order of values that does not depend on when they were taken in.
    fn order(&self, value: Value) -> (u8, i64, i64, &str) {
        match value {
            Value::Unknown => (0, 0, 0, ""),
            Value::None => (1, 0, 0, ""),
            Value::YesNo(yes) => (2, i64::from(yes), 0, ""),
            Value::Day(day) => (3, i64::from(day.number()), 0, ""),
            Value::Moment(moment) => {
                (4, i64::from(moment.day.number()), i64::from(moment.clock.minutes()), "")
            }
            Value::Clock(clock) => (5, i64::from(clock.minutes()), 0, ""),
            Value::Count(n) => (6, n, 0, ""),
            Value::Number(n) => (7, n, 0, ""),
            Value::Amount(n) => (8, n, 0, ""),
            Value::Share { whole, part } => (9, part, i64::from(whole), ""),
            Value::Duration(n) => (10, n, 0, ""),
            Value::Period(p) => (11, i64::from(p.months), i64::from(p.days), ""),
            Value::Text(id) => (12, 0, 0, self.letters(id)),
            Value::Choice(c) => (13, i64::from(c.of), i64::from(c.value), ""),
            Value::Role(n) => (14, i64::from(n), 0, ""),
            Value::Word(n) => (15, i64::from(n), 0, ""),
            Value::Set(id) => (16, i64::from(id.0), 0, ""),
            Value::Rate { amount, .. } => (17, amount, 0, ""),
        }
    }
}
