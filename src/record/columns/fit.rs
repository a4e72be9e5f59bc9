//! Which types of Arrow a field takes, and what to make of a column that it does not take.

use arrow_schema::DataType;

use super::super::typed::element_type;
use super::cell::is_named;
use crate::program::Type;

/// Whether a field of a type takes a column of another.
///
/// Numbers are whole or decimal, never binary fractions: what is written as 0.1 there is not 0.1. A moment with a zone is an
/// instant, and which day it falls on depends on where one asks.
pub(crate) fn fits(holds: &DataType, ty: Type) -> bool {
    if let DataType::Dictionary(_, values) = holds {
        return fits(values, ty);
    }
    if *holds == DataType::Null {
        return true;
    }
    let text = matches!(holds, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let moment = matches!(holds, DataType::Date64 | DataType::Timestamp(_, None));
    let number = is_whole(holds) || is_decimal(holds);
    match ty {
        Type::Nothing => false,
        Type::Date => text || moment || *holds == DataType::Date32,
        Type::Moment => text || moment,
        Type::Clock => text || matches!(holds, DataType::Time32(_) | DataType::Time64(_)),
        Type::YesNo => *holds == DataType::Boolean,
        Type::Count | Type::Number => number,
        Type::Amount | Type::Share | Type::Duration => number || text,
        Type::Period | Type::Rate(..) | Type::Choice(_) | Type::Role | Type::Word => text,
        Type::Text => text || is_whole(holds),
        Type::Set(element) => element_type(element).is_some_and(|member| match holds {
            DataType::List(field) | DataType::LargeList(field) | DataType::FixedSizeList(field, _) => {
                fits(field.data_type(), member)
            }
            _ => text && (is_named(member) || member == Type::Date),
        }),
    }
}

pub(crate) fn is_whole(holds: &DataType) -> bool {
    matches!(
        holds,
        DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32
            | DataType::UInt64
    )
}

fn is_decimal(holds: &DataType) -> bool {
    matches!(
        holds,
        DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..)
    )
}

/// The type, as SQL has it, that a column for a field had better be of.
pub(crate) fn cast(ty: Type) -> &'static str {
    match ty {
        Type::Date => "`date`",
        Type::Moment => "`timestamp`",
        Type::Clock => "`time`",
        Type::YesNo => "`boolean`",
        Type::Count | Type::Duration => "`bigint`",
        Type::Number | Type::Share => "`decimal(18, 6)`",
        Type::Amount => "`decimal(18, 2)`",
        Type::Set(_) => "`varchar[]`",
        Type::Nothing
        | Type::Period
        | Type::Text
        | Type::Choice(_)
        | Type::Role
        | Type::Word
        | Type::Rate(..) => "`varchar`",
    }
}
