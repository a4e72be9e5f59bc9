//! Operations whose value follows from their operands alone, whatever has happened in a case.

use super::{arithmetic, date, logic};
use crate::program::Header;
use crate::program::code::{At, Op, Operands};
use crate::syntax::tree::Comparison::{AtLeast, AtMost};
use crate::syntax::tree::Operator;
use crate::value::Value;

/// The parts of an expression, as an operation in it sees them.
pub trait Parts {
    /// What a part came to.
    fn value(&self, at: At) -> Value;
    /// The operation that a part is.
    fn operation(&self, at: At) -> Option<Op>;
    /// The places of several operands.
    fn several(&self, operands: Operands) -> &[At];
}

/// The value of an operation; nothing when it takes more than its operands to tell.
#[inline]
pub fn plain(op: Op, header: &Header, parts: &impl Parts) -> Option<Value> {
    let at = |place: At| parts.value(place);
    let all = |places: Operands| parts.several(places).iter().map(|place| parts.value(*place));
    Some(match op {
        Op::Constant(value) => value,
        Op::Not(a) => logic::not(at(a)),
        Op::And(a, b) => logic::and(at(a), at(b)),
        Op::Or(a, b) => logic::or(at(a), at(b)),
        Op::Compare(comparison, a, b) => logic::compare(comparison, at(a), at(b)),
        Op::Between(x, a, b) => {
            logic::and(logic::compare(AtLeast, at(x), at(a)), logic::compare(AtMost, at(x), at(b)))
        }
        Op::IsGiven(a) => Value::YesNo(!matches!(at(a), Value::Unknown | Value::None)),
        Op::IsUnknown(a) => Value::YesNo(at(a) == Value::Unknown),
        Op::Choose(condition, then, otherwise) => match at(condition) {
            Value::YesNo(true) => at(then),
            Value::YesNo(false) => at(otherwise),
            _ if at(then) == at(otherwise) => at(then),
            _ => Value::Unknown,
        },

        Op::Arithmetic(operator, a, b) => arithmetic::arithmetic(operator, at(a), at(b)),
        // A product or quotient is rounded in one step with its reckoning, so that nothing is lost between the two.
        Op::Rounded(a, way, unit) => match parts.operation(a) {
            Some(Op::Arithmetic(operator @ (Operator::Multiply | Operator::Divide), left, right)) => {
                arithmetic::reckoned_and_rounded(operator, at(left), at(right), way, unit)
            }
            _ => arithmetic::rounded(at(a), way, unit),
        },
        Op::PerOf(a, per) => arithmetic::per(at(a), per),

        Op::After(period, date) => date::shifted(header, at(period), at(date), 1),
        Op::Before(period, date) => date::shifted(header, at(period), at(date), -1),
        Op::WorkingDays(count, after, date) => date::working_days(at(count), after, at(date)),
        Op::DayOfMonth(number, which, date) => date::day_of_month(header, number, which, at(date)),
        Op::LastDayOfMonth(date) => date::last_of_month(at(date)),
        Op::DayAfter(date) => date::neighbour(at(date), 1),
        Op::DayBefore(date) => date::neighbour(at(date), -1),
        Op::LaterOf(dates) => date::extreme(all(dates), true),
        Op::EarlierOf(dates) => date::extreme(all(dates), false),
        Op::Moved(date, direction) => date::moved(at(date), direction),
        Op::LastAtLeastBefore(period, date) => date::last_at_least_before(header, at(period), at(date)),
        Op::DaysBetween(a, b) => match (at(a), at(b)) {
            (Value::Day(a), Value::Day(b)) => Value::Count(a.days_until(b)),
            _ => Value::Unknown,
        },
        Op::DateIs(relation, a, b) => date::stands(relation, at(a), at(b)),
        Op::DayOfMonthIs(relation, a, number, direction) => {
            date::stands_in_month(header, relation, at(a), number, direction)
        }
        Op::AtLeastBefore(a, period, b) => date::at_least_before(header, at(a), at(period), at(b)),
        Op::DayIs(a, kind) => date::is_kind(header, at(a), kind),
        Op::ClockIs(a, from, before) => date::clock_between(at(a), at(from), at(before)),

        Op::FireDate
        | Op::EventDate
        | Op::LastDay
        | Op::EffectiveDay
        | Op::Field(_)
        | Op::CandidateDate
        | Op::CandidateField(_)
        | Op::Recipient
        | Op::Bearer
        | Op::Local(_)
        | Op::Fact(_)
        | Op::FactFor(..)
        | Op::Previous(_)
        | Op::PreviousFor(..)
        | Op::ConstantNow(_)
        | Op::ConstantOn(..)
        | Op::Call(..)
        | Op::Answer(..)
        | Op::ReadingIs(..)
        | Op::DutyIs(..)
        | Op::DecisionIs(..)
        | Op::FirstIn(..)
        | Op::MakeSet(_)
        | Op::In(..)
        | Op::Within(..)
        | Op::MissingFrom(..)
        | Op::IsEmpty(_)
        | Op::CountIn(_)
        | Op::LookBack(_) => return None,
    })
}
