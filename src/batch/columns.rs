//! Events as columns: one for the days, one for each field.

use std::fmt;

use super::graph::Kind;
use super::number::{NONE, value};
use crate::program::{EventId, KindId, Kinds, Program, Type};
use crate::time::Day;
use crate::value::{Pool, Value};

/// The values of a field, one for each event.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Dates, as days since 1970-01-01.
    Days(Vec<i32>),
    /// `true` for *yes*.
    YesNo(Vec<bool>),
    /// Values of an enumeration, numbered from 0 in text order.
    Choices(Vec<u16>),
    /// Roles, by their numbers in the program.
    Roles(Vec<u16>),
    /// Whole numbers; decimal numbers in millionths; money in öre; work time in seconds.
    Whole(Vec<i64>),
    /// Values of any other type; texts and sets by their numbers in the pool of the program.
    Values(Vec<Value>),
}

impl Column {
    /// How many values it has.
    pub fn len(&self) -> usize {
        match self {
            Column::Days(values) => values.len(),
            Column::YesNo(values) => values.len(),
            Column::Choices(values) | Column::Roles(values) => values.len(),
            Column::Whole(values) => values.len(),
            Column::Values(values) => values.len(),
        }
    }

    /// Whether it has no values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn value(&self, kind: Kind, row: usize) -> Value {
        let number = match self {
            Column::Days(days) => days.get(row).map(|day| i64::from(*day)),
            Column::YesNo(yes) => yes.get(row).map(|yes| i64::from(*yes)),
            Column::Choices(numbers) | Column::Roles(numbers) => numbers.get(row).map(|n| i64::from(*n)),
            Column::Whole(whole) => whole.get(row).copied(),
            Column::Values(values) => return values.get(row).copied().unwrap_or(Value::Unknown),
        };
        number.map_or(Value::Unknown, |number| value(kind, number))
    }
}

/// A column of a field, and where it has no value.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub column: Column,
    /// Whether each row has a value; every row has one without.
    pub valid: Option<Vec<bool>>,
    /// What a row without one has: none when the field is optional, else unknown.
    pub absent: Value,
    pub kind: Kind,
    /// The first and the last of days, gaps aside.
    pub span: Option<(i32, i32)>,
}

impl Filled {
    pub(super) fn value(&self, row: usize) -> Value {
        match &self.valid {
            Some(valid) if !valid.get(row).copied().unwrap_or(false) => self.absent,
            _ => self.column.value(self.kind, row),
        }
    }
}

/// Events of one kind as columns of equal length.
///
/// A field that gets no column has its default in every row; without one it is none when it is optional, else unknown.
#[derive(Clone, Debug)]
pub struct Columns {
    pub(super) event: EventId,
    pub(super) kind: Option<KindId>,
    pub(super) dates: Vec<i32>,
    /// The first and the last of the dates.
    pub(super) span: Option<(i32, i32)>,
    /// One for each field.
    pub(super) fields: Vec<Result<Filled, Value>>,
    names: Vec<(String, Type)>,
    /// The texts and sets of the values, when they are not all the program's.
    pub(super) pool: Option<Pool>,
}

/// Why columns cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnError {
    /// The ruleset has no event of that name.
    NoSuchEvent(String),
    /// More events than rows can be numbered: 4,294,967,295.
    TooMany(usize),
    /// The event has no field of that name.
    NoSuchField(String),
    /// A column of another length than that of the dates.
    Length {
        /// The field.
        field: String,
        /// How many values it was given.
        given: usize,
        /// How many events there are.
        wanted: usize,
    },
    /// A column of another type than the field.
    Type(String),
    /// A value that there is not: a day outside 1583-01-01 to 9999-12-31, a number that no value of the enumeration has,
    /// or a whole number that is one of the two smallest.
    Value {
        /// The field; `date` for the events' own days.
        field: String,
        /// The row, from 0.
        row: usize,
    },
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColumnError::NoSuchEvent(name) => write!(f, "no event is called `{name}`"),
            ColumnError::TooMany(count) => write!(f, "{count} events are more than can be numbered"),
            ColumnError::NoSuchField(name) => write!(f, "the event has no field `{name}`"),
            ColumnError::Length { field, given, wanted } => {
                write!(f, "`{field}` has {given} values for {wanted} events")
            }
            ColumnError::Type(field) => {
                write!(f, "the column for `{field}` is of another type than the field")
            }
            ColumnError::Value { field, row } => {
                write!(f, "row {row} of `{field}` holds no value of its type")
            }
        }
    }
}

impl std::error::Error for ColumnError {}

impl Columns {
    /// Events by name, on days since 1970-01-01.
    ///
    /// # Errors
    /// When there is no such event, there are too many, or a day lies outside the years 1583 to 9999.
    pub fn new(program: &Program, event: &str, dates: Vec<i32>) -> Result<Columns, ColumnError> {
        let id = program.event_named(event).ok_or_else(|| ColumnError::NoSuchEvent(event.to_owned()))?;
        if u32::try_from(dates.len()).is_err() {
            return Err(ColumnError::TooMany(dates.len()));
        }
        let span = days(&dates, None, "date")?;
        let declared = program.events.get(id.index()).map_or(&[][..], |event| &event.fields);
        let missing = declared.iter().map(|field| {
            let absent = if field.optional { Value::None } else { Value::Unknown };
            Err(field.default.unwrap_or(absent))
        });
        Ok(Columns {
            event: id,
            kind: None,
            dates,
            span,
            fields: missing.collect(),
            names: declared.iter().map(|field| (field.named.name.clone(), field.ty)).collect(),
            pool: None,
        })
    }

    /// Says of which kind the cases are; without, the first kind in which the event can stand.
    #[must_use]
    pub fn of_kind(mut self, kind: KindId) -> Columns {
        self.kind = Some(kind);
        self
    }

    /// In which kinds of case the events can stand.
    pub(super) fn kinds(&self, program: &Program) -> Kinds {
        let declared = program.events.get(self.event.index()).map(|event| event.kinds).unwrap_or_default();
        self.kind.map_or(declared, Kinds::one)
    }

    /// Gives a field its values; where `valid` is false there is none.
    ///
    /// # Errors
    /// When there is no such field, or the values are not as many as the events, of another type, or no values of it.
    pub fn with(
        mut self,
        program: &Program,
        field: &str,
        column: Column,
        valid: Option<Vec<bool>>,
    ) -> Result<Columns, ColumnError> {
        let place = self.names.iter().position(|(name, _)| name == field);
        let Some((place, (_, ty))) = place.and_then(|place| Some((place, self.names.get(place)?.clone())))
        else {
            return Err(ColumnError::NoSuchField(field.to_owned()));
        };
        for given in [Some(column.len()), valid.as_ref().map(Vec::len)].into_iter().flatten() {
            if given != self.dates.len() {
                let field = field.to_owned();
                return Err(ColumnError::Length { field, given, wanted: self.dates.len() });
            }
        }
        let kind = check(program, field, ty, &column, valid.as_deref())?;
        let span = match &column {
            Column::Days(values) => days(values, valid.as_deref(), field)?,
            _ => None,
        };
        let declared = program.events.get(self.event.index()).and_then(|event| event.fields.get(place));
        let optional = declared.is_some_and(|field| field.optional);
        let absent = if optional { Value::None } else { Value::Unknown };
        if let Some(own) = self.fields.get_mut(place) {
            *own = Ok(Filled { column, valid, absent, kind, span });
        }
        Ok(self)
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.dates.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    pub(super) fn row(&self, row: usize, fields: &mut Vec<Value>) {
        fields.clear();
        fields.extend(self.fields.iter().map(|field| match field {
            Ok(filled) => filled.value(row),
            Err(value) => *value,
        }));
    }
}

fn check(
    program: &Program,
    field: &str,
    ty: Type,
    column: &Column,
    valid: Option<&[bool]>,
) -> Result<Kind, ColumnError> {
    let counts = |row: usize| valid.is_none_or(|valid| valid.get(row).copied().unwrap_or(false));
    let wrong = |row: usize| ColumnError::Value { field: field.to_owned(), row };
    let below = |values: &[u16], limit: usize| {
        let outside =
            values.iter().enumerate().find(|(row, value)| usize::from(**value) >= limit && counts(*row));
        outside.map_or(Ok(()), |(row, _)| Err(wrong(row)))
    };
    Ok(match (column, ty) {
        (Column::Days(_), Type::Date) => Kind::Day,
        (Column::YesNo(_), Type::YesNo) => Kind::YesNo,
        (Column::Choices(values), Type::Choice(id)) => {
            below(values, program.types.get(id.index()).map_or(0, |known| known.values.len()))?;
            Kind::Choice(u16::try_from(id.0).unwrap_or(u16::MAX))
        }
        (Column::Roles(values), Type::Role) => {
            below(values, program.roles.len())?;
            Kind::Role
        }
        (Column::Whole(values), Type::Count | Type::Number | Type::Amount | Type::Duration) => {
            let small = values.iter().enumerate().find(|(row, value)| **value <= NONE && counts(*row));
            if let Some((row, _)) = small {
                return Err(wrong(row));
            }
            match ty {
                Type::Number => Kind::Number,
                Type::Amount => Kind::Amount,
                Type::Duration => Kind::Duration,
                _ => Kind::Count,
            }
        }
        (
            Column::Values(_),
            Type::Moment
            | Type::Clock
            | Type::Share
            | Type::Period
            | Type::Text
            | Type::Word
            | Type::Set(_)
            | Type::Rate(..),
        ) => Kind::Other,
        _ => return Err(ColumnError::Type(field.to_owned())),
    })
}

/// The first and the last of days; no rows without a value are looked at.
fn days(values: &[i32], valid: Option<&[bool]>, field: &str) -> Result<Option<(i32, i32)>, ColumnError> {
    let all = values.iter().fold((i32::MAX, i32::MIN), |(low, high), day| (low.min(*day), high.max(*day)));
    let are_days = |(low, high): (i32, i32)| Day::MIN.number() <= low && high <= Day::MAX.number();
    if values.is_empty() || are_days(all) {
        return Ok(Some(all).filter(|_| !values.is_empty()));
    }
    let mut span = None;
    for (row, day) in values.iter().enumerate() {
        if valid.is_some_and(|valid| !valid.get(row).copied().unwrap_or(false)) {
            continue;
        }
        if !are_days((*day, *day)) {
            return Err(ColumnError::Value { field: field.to_owned(), row });
        }
        let (low, high) = span.unwrap_or((*day, *day));
        span = Some((low.min(*day), high.max(*day)));
    }
    Ok(span)
}
