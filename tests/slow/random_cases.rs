//! Random cases of a program.

use crate::days;
use crate::generate::number;
use crate::program::*;
use crate::support::Dice;

/// Random lines of one case: some on one day, some out of order. A few cases are long, with the days closer together.
pub fn case(dice: &mut Dice, program: &Program) -> Vec<Line> {
    let mut at = days::of(2024, 12, 28) + dice.below(50) as i32;
    let long = dice.below(100) == 0;
    let (count, spread) = if long { (20 + dice.below(30), 5) } else { (1 + dice.below(8), 16) };
    let mut lines = Vec::new();
    for _ in 0..count {
        let event = number(dice, program.events.len() as u64);
        let mut values = vec![Value::None; program.fields.len()];
        for field in &program.events[event].fields {
            let declared = &program.fields[*field];
            values[*field] = if declared.optional && dice.below(3) == 0 {
                Value::None
            } else if let Some(default) = declared.default.filter(|_| dice.below(2) == 0) {
                default
            } else {
                match declared.kind {
                    Kind::Truth => Value::Truth(dice.below(2) == 0),
                    Kind::Count => Value::Count(dice.below(6) as i64),
                    Kind::Sort => Value::Sort(dice.below(3) as u8),
                    Kind::Date => Value::Date(at - 25 + dice.below(100) as i32),
                }
            };
        }
        lines.push(Line { event, date: at, values, replaces: None, withdraws: false, known: None });
        at += (dice.below(3) * dice.below(spread)) as i32;
    }
    if dice.below(8) == 0 {
        let (a, b) = (number(dice, count), number(dice, count));
        lines.swap(a, b);
    }
    lines
}
