//! One value read straight into the slot of its field, by the field's declared type.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::exact::{Exact, Fault};
use super::json::{self, Shape};
use super::line::Given;
use super::place::Piece;
use super::quantity::{self, Refused};
use crate::program::{Element, Named, Program, Type};
use crate::source::Span;
use crate::time::TimeError;
use crate::value::{ChoiceId, PerId, Pool, RateBase, Value, scale};

/// Why a value does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is of another type or shape.
    Type,
    /// There is no such day, or it is out of range.
    Day(TimeError),
    /// No unit is called so.
    Unit(String),
    /// It has more decimals than the type keeps.
    TooFine,
    /// It is larger than the type can hold.
    TooLarge,
    /// A share given as a number that is not between 0 and 1.
    OverOne,
    /// None of the values that the type names.
    Name(String),
}

/// A value that does not fit, and where the part of it stands that is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// Why.
    pub wrong: Wrong,
    /// The type it was read as: a set's own, or that of its members.
    pub ty: Type,
    /// Where.
    pub span: Span,
}

/// The first byte of the first letter that may come together with the one before it: U+0300. What is below is in NFC.
pub(super) const FIRST_COMBINING: u8 = 0xCC;

/// A text in NFC, without a copy where it is so already.
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.bytes().all(|byte| byte < FIRST_COMBINING) || is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Reads values of a program's types; texts and sets go into its pool.
pub(super) struct Types<'p> {
    pub program: &'p Program,
    pub pool: Pool,
}

impl Types<'_> {
    /// Reads one given value. The caller has seen to `null` and to empty cells.
    pub fn read(&mut self, ty: Type, given: &Given<'_>, span: Span) -> Result<Value, Misfit> {
        match given {
            Given::Json(raw) => {
                // The raw text begins at the span, so parts of it find their places.
                let piece = Piece { source: span.source, start: span.start as usize, text: raw };
                self.json(ty, piece)
            }
            Given::Cell { text, splits } => {
                let piece = Piece { source: span.source, start: span.start as usize, text };
                self.cell(ty, piece, splits).map_err(|misfit| match text {
                    Cow::Borrowed(_) => misfit,
                    // With doubled quotes undone, places within the cell no longer agree with the text.
                    Cow::Owned(_) => Misfit { span, ..misfit },
                })
            }
        }
    }

    fn json(&mut self, ty: Type, raw: Piece<'_>) -> Result<Value, Misfit> {
        let at = raw.span();
        let misfit = |wrong| Misfit { wrong, ty, span: at };
        match (json::shape(raw.text), ty) {
            (Shape::YesNo(yes), Type::YesNo) => Ok(Value::YesNo(yes)),
            (Shape::Number, _) => self.number(ty, Exact::of_json(raw.text)).map_err(misfit),
            (Shape::List, Type::Set(element)) => {
                let mut members = Vec::new();
                for part in json::elements(raw.text) {
                    let part = raw.part(part).ok_or_else(|| misfit(Wrong::Type))?;
                    let ty =
                        element_type(element).ok_or(Misfit { wrong: Wrong::Type, ty, span: part.span() })?;
                    members.push(self.json(ty, part)?);
                }
                Ok(Value::Set(self.pool.set(members)))
            }
            // Only CSV, which has no other way, writes these in quotes.
            (Shape::Text, Type::YesNo | Type::Count | Type::Number | Type::Set(_)) => {
                Err(misfit(Wrong::Type))
            }
            (Shape::Text, _) => {
                let letters = json::letters(raw.text).ok_or_else(|| misfit(Wrong::Type))?;
                self.text(ty, &letters).map_err(|wrong| at_word(wrong, ty, raw))
            }
            _ => Err(misfit(Wrong::Type)),
        }
    }

    fn cell(&mut self, ty: Type, cell: Piece<'_>, splits: &[char]) -> Result<Value, Misfit> {
        let cell = if ty == Type::Text { cell } else { cell.trimmed() };
        let misfit = |wrong| Misfit { wrong, ty, span: cell.span() };
        match ty {
            Type::YesNo => yes_no(cell.text).ok_or_else(|| misfit(Wrong::Type)),
            Type::Set(element) => {
                let ty = element_type(element).ok_or_else(|| misfit(Wrong::Type))?;
                let mut members = Vec::new();
                for part in cell.text.split(splits) {
                    let part = cell.part(part).map_or(cell, |part| part.trimmed());
                    if !part.text.is_empty() {
                        members.push(self.cell(ty, part, splits)?);
                    }
                }
                Ok(Value::Set(self.pool.set(members)))
            }
            Type::Count | Type::Number | Type::Duration | Type::Share => {
                match Exact::of_words(cell.text, false) {
                    // Not a bare number: a quantity in words, or nothing of the kind.
                    Err(Fault::NoNumber) if matches!(ty, Type::Duration | Type::Share) => {
                        self.text(ty, cell.text).map_err(|wrong| at_word(wrong, ty, cell))
                    }
                    number => self.number(ty, number).map_err(misfit),
                }
            }
            _ => self.text(ty, cell.text).map_err(|wrong| at_word(wrong, ty, cell)),
        }
    }

    /// A bare number.
    fn number(&self, ty: Type, number: Result<Exact, Fault>) -> Result<Value, Wrong> {
        let number = number.map_err(Wrong::from)?;
        match ty {
            // A whole number with decimals is a misunderstanding of the type rather than of its fineness.
            Type::Count if number.places() > 0 => Err(Wrong::Type),
            Type::Count => Ok(Value::Count(number.times(1)?)),
            Type::Number => Ok(Value::Number(number.times(scale::NUMBER)?)),
            Type::Amount => Ok(Value::Amount(number.times(scale::KRONA)?)),
            Type::Duration => Ok(Value::Duration(number.times(scale::MINUTE)?)),
            Type::Share => match quantity::share_of_one(number).map_err(Wrong::from)? {
                Value::Share { whole, part } if part < 0 || part > i64::from(whole) => Err(Wrong::OverOne),
                share => Ok(share),
            },
            _ => Err(Wrong::Type),
        }
    }

    /// A text, in the forms that JSON strings and cells share.
    fn text(&mut self, ty: Type, text: &str) -> Result<Value, Wrong> {
        let text: &str = &nfc(text);
        match ty {
            Type::Date => text.parse().map(Value::Day).map_err(Wrong::from),
            Type::Moment => text.parse().map(Value::Moment).map_err(Wrong::from),
            Type::Clock => text.parse().map(Value::Clock).map_err(Wrong::from),
            Type::Amount => Ok(Value::Amount(quantity::money(text)?)),
            Type::Share => Ok(quantity::share(text)?),
            Type::Duration => Ok(Value::Duration(quantity::duration(text)?)),
            Type::Period => Ok(Value::Period(quantity::period(text)?)),
            Type::Rate(base, per) => self.rate(base, per, text),
            Type::Text => Ok(Value::Text(self.pool.text(text))),
            Type::Choice(id) => {
                let values = self.program.types.get(id.index()).map_or(&[][..], |ty| &ty.values);
                let value = place_of(values, text)?;
                let of = u16::try_from(id.index()).map_err(|_| Wrong::Type)?;
                Ok(Value::Choice(ChoiceId { of, value }))
            }
            Type::Role => place_of(&self.program.roles, text).map(Value::Role),
            Type::Word => place_of(&self.program.counting_words, text).map(Value::Word),
            Type::Nothing | Type::YesNo | Type::Count | Type::Number | Type::Set(_) => Err(Wrong::Type),
        }
    }

    fn rate(&self, base: RateBase, per: PerId, text: &str) -> Result<Value, Wrong> {
        let (amount, word) = quantity::rate(text).ok_or(Wrong::Type)?;
        let given = match per {
            PerId::Unit(_) => quantity::per_unit(word).map(PerId::Unit),
            PerId::Word(_) => {
                let is =
                    |named: &Named| named.name == word || named.title.sv == word || named.title.en == word;
                let place = self.program.counting_words.iter().position(is);
                place.and_then(|place| u16::try_from(place).ok()).map(PerId::Word)
            }
        };
        if given != Some(per) {
            return Err(Wrong::Type);
        }
        let number = |parts: i64| Exact::of_words(amount, false).and_then(|number| number.times(parts));
        let amount = match base {
            RateBase::Count => number(1)?,
            RateBase::Number => number(scale::NUMBER)?,
            RateBase::Amount => quantity::money(amount)?,
            RateBase::Duration => quantity::duration(amount)?,
        };
        Ok(Value::Rate { base, per, amount })
    }
}

/// The misfit of a text; a word that is no unit is to blame by itself.
fn at_word(wrong: Wrong, ty: Type, piece: Piece<'_>) -> Misfit {
    let word = match &wrong {
        Wrong::Unit(word) => {
            piece.text.find(word.as_str()).map(|start| (start, start.saturating_add(word.len())))
        }
        _ => None,
    };
    Misfit { wrong, ty, span: word.map_or(piece.span(), |(start, end)| piece.between(start, end)) }
}

/// The type of a set's members; nothing when no member fits.
pub(super) fn element_type(element: Element) -> Option<Type> {
    match element {
        Element::Any => None,
        Element::Date => Some(Type::Date),
        Element::Count => Some(Type::Count),
        Element::Text => Some(Type::Text),
        Element::Choice(id) => Some(Type::Choice(id)),
        Element::Role => Some(Type::Role),
    }
}

/// Yes and no as spreadsheets write them.
fn yes_no(cell: &str) -> Option<Value> {
    let is = |words: [&str; 3]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(["true", "ja", "yes"]) {
        Some(Value::YesNo(true))
    } else if is(["false", "nej", "no"]) {
        Some(Value::YesNo(false))
    } else {
        None
    }
}

fn place_of(names: &[Named], name: &str) -> Result<u16, Wrong> {
    let place = names.iter().position(|named| named.name == name);
    place.and_then(|place| u16::try_from(place).ok()).ok_or_else(|| Wrong::Name(name.to_owned()))
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Wrong {
        Refused::from(fault).into()
    }
}

impl From<Refused<'_>> for Wrong {
    fn from(refused: Refused<'_>) -> Wrong {
        match refused {
            Refused::Shape => Wrong::Type,
            Refused::Unit(word) => Wrong::Unit(word.to_owned()),
            Refused::TooFine => Wrong::TooFine,
            Refused::TooLarge => Wrong::TooLarge,
        }
    }
}

impl From<TimeError> for Wrong {
    fn from(error: TimeError) -> Wrong {
        match error {
            TimeError::Malformed { .. } => Wrong::Type,
            other => Wrong::Day(other),
        }
    }
}
