//! One cell of an Arrow array, as the JSON that an event has in its place.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType, Time32SecondType,
    Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};

use super::super::typed::element_type;
use crate::program::Type;
use crate::time::Day;

const SECONDS_A_DAY: i64 = 86_400;

/// Writes a cell for a field of a type; false, and nothing written, where it says nothing, as a null or an empty text. What
/// no field takes stands as `null`.
pub(crate) fn write_cell(array: &dyn Array, row: usize, ty: Option<Type>, out: &mut Vec<u8>) -> bool {
    if array.is_null(row) || *array.data_type() == DataType::Null {
        return false;
    }
    if let Some((values, key)) = entry(array, row) {
        return write_cell(values, key, ty, out);
    }
    if let Some(text) = letters(array, row) {
        return write_text(text, ty, out);
    }
    if let Some(members) = members(array, row) {
        let ty = match ty {
            Some(Type::Set(element)) => element_type(element),
            _ => None,
        };
        write_list(members.len(), out, |member, out| write_cell(members.as_ref(), member, ty, out));
        return true;
    }
    if let Some(yes) = array.as_boolean_opt() {
        out.extend_from_slice(if yes.value(row) { b"true" } else { b"false" });
    } else if let Some(number) = whole(array, row) {
        let number = number.to_string();
        if ty.is_some_and(is_named) { quote(&number, out) } else { out.extend_from_slice(number.as_bytes()) }
    } else if let Some(number) = decimal(array, row) {
        out.extend_from_slice(number.as_bytes());
    } else if let Some(text) = time_text(array, row, ty) {
        quote(&text, out);
    } else {
        out.extend_from_slice(b"null");
    }
    true
}

/// The letters of a text.
pub(crate) fn letters(array: &dyn Array, row: usize) -> Option<&str> {
    match array.data_type() {
        DataType::Utf8 => array.as_string_opt::<i32>().map(|texts| texts.value(row)),
        DataType::LargeUtf8 => array.as_string_opt::<i64>().map(|texts| texts.value(row)),
        DataType::Utf8View => array.as_string_view_opt().map(|texts| texts.value(row)),
        DataType::Dictionary(..) => entry(array, row).and_then(|(values, key)| letters(values, key)),
        _ => None,
    }
    .filter(|_| array.is_valid(row))
}

/// Of a dictionary, its values, and the place of a row's among them.
pub(crate) fn entry(array: &dyn Array, row: usize) -> Option<(&ArrayRef, usize)> {
    let DataType::Dictionary(key, _) = array.data_type() else { return None };
    macro_rules! of {
        ($key:ty) => {
            array
                .as_dictionary_opt::<$key>()
                .and_then(|dictionary| Some((dictionary.values(), dictionary.key(row)?)))
        };
    }
    match **key {
        DataType::Int8 => of!(Int8Type),
        DataType::Int16 => of!(Int16Type),
        DataType::Int32 => of!(Int32Type),
        DataType::Int64 => of!(Int64Type),
        DataType::UInt8 => of!(UInt8Type),
        DataType::UInt16 => of!(UInt16Type),
        DataType::UInt32 => of!(UInt32Type),
        DataType::UInt64 => of!(UInt64Type),
        _ => None,
    }
}

/// A whole number.
pub(crate) fn whole(array: &dyn Array, row: usize) -> Option<i128> {
    match array.data_type() {
        DataType::Int8 => of_type::<Int8Type>(array, row).map(i128::from),
        DataType::Int16 => of_type::<Int16Type>(array, row).map(i128::from),
        DataType::Int32 => of_type::<Int32Type>(array, row).map(i128::from),
        DataType::Int64 => of_type::<Int64Type>(array, row).map(i128::from),
        DataType::UInt8 => of_type::<UInt8Type>(array, row).map(i128::from),
        DataType::UInt16 => of_type::<UInt16Type>(array, row).map(i128::from),
        DataType::UInt32 => of_type::<UInt32Type>(array, row).map(i128::from),
        DataType::UInt64 => of_type::<UInt64Type>(array, row).map(i128::from),
        _ => None,
    }
}

fn of_type<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Option<T::Native> {
    array.as_primitive_opt::<T>().map(|numbers| numbers.value(row))
}

/// A decimal number, digit by digit.
fn decimal(array: &dyn Array, row: usize) -> Option<String> {
    fn digits<T: DecimalType + ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Option<String> {
        array.as_primitive_opt::<T>().map(|numbers| numbers.value_as_string(row))
    }
    match array.data_type() {
        DataType::Decimal32(..) => digits::<Decimal32Type>(array, row),
        DataType::Decimal64(..) => digits::<Decimal64Type>(array, row),
        DataType::Decimal128(..) => digits::<Decimal128Type>(array, row),
        DataType::Decimal256(..) => digits::<Decimal256Type>(array, row),
        _ => None,
    }
}

/// The members of a list.
fn members(array: &dyn Array, row: usize) -> Option<ArrayRef> {
    match array.data_type() {
        DataType::List(_) => array.as_list_opt::<i32>().map(|lists| lists.value(row)),
        DataType::LargeList(_) => array.as_list_opt::<i64>().map(|lists| lists.value(row)),
        DataType::FixedSizeList(..) => array.as_fixed_size_list_opt().map(|lists| lists.value(row)),
        _ => None,
    }
}

/// A text; one for a set has its members between semicolons, as in a cell of CSV.
fn write_text(text: &str, ty: Option<Type>, out: &mut Vec<u8>) -> bool {
    if text.is_empty() {
        return false;
    }
    let Some(Type::Set(_)) = ty else {
        quote(text, out);
        return true;
    };
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    write_list(parts.len(), out, |part, out| {
        parts.get(part).is_some_and(|part| {
            quote(part, out);
            true
        })
    });
    true
}

/// A list; a member that says nothing stands as `null`, which no set takes.
fn write_list(count: usize, out: &mut Vec<u8>, mut write: impl FnMut(usize, &mut Vec<u8>) -> bool) {
    out.push(b'[');
    for member in 0..count {
        if member > 0 {
            out.push(b',');
        }
        if !write(member, out) {
            out.extend_from_slice(b"null");
        }
    }
    out.push(b']');
}

fn quote(text: &str, out: &mut Vec<u8>) {
    // Writing into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// A day, a moment or a time of day in ISO's form.
fn time_text(array: &dyn Array, row: usize, ty: Option<Type>) -> Option<String> {
    let (parts, a_second) = match array.data_type() {
        DataType::Date32 => {
            return Some(day_text(i64::from(of_type::<Date32Type>(array, row)?)));
        }
        DataType::Date64 => (of_type::<Date64Type>(array, row)?, 1_000),
        DataType::Timestamp(TimeUnit::Second, None) => (of_type::<TimestampSecondType>(array, row)?, 1),
        DataType::Timestamp(TimeUnit::Millisecond, None) => {
            (of_type::<TimestampMillisecondType>(array, row)?, 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, None) => {
            (of_type::<TimestampMicrosecondType>(array, row)?, 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, None) => {
            (of_type::<TimestampNanosecondType>(array, row)?, 1_000_000_000)
        }
        DataType::Time32(TimeUnit::Second) => {
            return clock_text(i64::from(of_type::<Time32SecondType>(array, row)?), 1);
        }
        DataType::Time32(TimeUnit::Millisecond) => {
            return clock_text(i64::from(of_type::<Time32MillisecondType>(array, row)?), 1_000);
        }
        DataType::Time64(TimeUnit::Microsecond) => {
            return clock_text(of_type::<Time64MicrosecondType>(array, row)?, 1_000_000);
        }
        DataType::Time64(TimeUnit::Nanosecond) => {
            return clock_text(of_type::<Time64NanosecondType>(array, row)?, 1_000_000_000);
        }
        _ => return None,
    };
    let a_day = SECONDS_A_DAY.checked_mul(a_second)?;
    let (day, rest) = (parts.checked_div_euclid(a_day)?, parts.checked_rem_euclid(a_day)?);
    if rest == 0 && ty != Some(Type::Moment) {
        return Some(day_text(day));
    }
    Some(format!("{}T{}", day_text(day), clock_text(rest, a_second)?))
}

/// A day as ISO has it; one outside the calendar by how it was given, which no field takes.
fn day_text(number: i64) -> String {
    match i32::try_from(number).ok().and_then(Day::from_number) {
        Some(day) => day.to_string(),
        None => format!("1970-01-01 {number:+}"),
    }
}

/// A time of day: hours and minutes, and what there is beyond.
fn clock_text(parts: i64, a_second: i64) -> Option<String> {
    let (seconds, rest) = (parts.checked_div(a_second)?, parts.checked_rem(a_second)?);
    let (minutes, second) = (seconds.checked_div(60)?, seconds.checked_rem(60)?);
    let (hour, minute) = (minutes.checked_div(60)?, minutes.checked_rem(60)?);
    let mut text = format!("{hour:02}:{minute:02}");
    if second != 0 || rest != 0 {
        text.push_str(&format!(":{second:02}"));
    }
    if rest != 0 {
        text.push_str(&format!(" +{rest}/{a_second}"));
    }
    Some(text)
}

/// Whether values of a type are texts or names.
pub(super) fn is_named(ty: Type) -> bool {
    matches!(ty, Type::Text | Type::Choice(_) | Type::Role | Type::Word)
}
