//! Random values of fields, and columns of them.

use frist::batch::Column;
use frist::program::{Program, Type};
use frist::time::Day;
use frist::value::{ChoiceId, Value};

use super::Dice;

/// A value of a type, of a date one not far from another; sometimes none where it is optional. Unknown for what has no plain
/// values.
pub fn any(random: &mut Dice, program: &Program, ty: Type, around: Day, optional: bool) -> Value {
    if optional && random.below(4) == 0 {
        return Value::None;
    }
    match ty {
        Type::Date => Value::Day(around.plus_days(random.below(900) as i64 - 200).unwrap()),
        Type::YesNo => Value::YesNo(random.below(2) == 0),
        Type::Count => Value::Count(random.below(9) as i64),
        Type::Number => Value::Number(random.below(9) as i64 * 500_000),
        Type::Amount => Value::Amount([0, 9_900, 10_000, 14_900, 15_000, 15_001][random.below(6) as usize]),
        Type::Duration => Value::Duration(random.below(400) as i64 * 3600),
        Type::Share => Value::Share { part: random.below(100) as i64, whole: 100 },
        Type::Choice(id) => {
            let values = program.types[id.index()].values.len();
            Value::Choice(ChoiceId { of: id.0 as u16, value: random.below(values as u64) as u16 })
        }
        Type::Role => Value::Role(random.below(program.roles.len() as u64) as u16),
        _ => Value::Unknown,
    }
}

/// The column of values, where their type has one; it has something of no meaning where there is none.
pub fn column(ty: Type, values: &[Value]) -> Option<Column> {
    Some(match ty {
        Type::Date => Column::Days(values.iter().map(|v| v.as_day().map_or(0, Day::number)).collect()),
        Type::YesNo => Column::YesNo(values.iter().map(|v| v.is_yes()).collect()),
        Type::Choice(_) => Column::Choices(
            values.iter().map(|v| if let Value::Choice(c) = v { c.value } else { 0 }).collect(),
        ),
        Type::Role => {
            Column::Roles(values.iter().map(|v| if let Value::Role(r) = v { *r } else { 0 }).collect())
        }
        Type::Count | Type::Number | Type::Amount | Type::Duration => Column::Whole(
            values
                .iter()
                .map(|v| match v {
                    Value::Count(n) | Value::Number(n) | Value::Amount(n) | Value::Duration(n) => *n,
                    _ => 0,
                })
                .collect(),
        ),
        Type::Share => Column::Values(values.to_vec()),
        _ => return None,
    })
}
