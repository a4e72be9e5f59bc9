//! Sets: made, asked, taken apart.

use crate::run::world::World;
use crate::value::Value;

impl World<'_> {
    /// A set of values; unknown when one of them is. A none is left out.
    pub(super) fn make_set(&mut self, mut members: Vec<Value>) -> Value {
        if members.contains(&Value::Unknown) {
            return Value::Unknown;
        }
        members.retain(|member| *member != Value::None);
        Value::Set(self.pool.set(members))
    }

    /// Whether a value is a member of a set, or a set a subset of another.
    pub(super) fn is_in(&self, part: Value, whole: Value) -> Value {
        let Value::Set(whole) = whole else { return Value::Unknown };
        let whole = self.pool.members(whole);
        match part {
            Value::Unknown | Value::None => Value::Unknown,
            Value::Set(part) => {
                Value::YesNo(self.pool.members(part).iter().all(|member| whole.contains(member)))
            }
            member => Value::YesNo(whole.contains(&member)),
        }
    }

    /// Those in the first set that the second lacks.
    pub(super) fn missing_from(&mut self, wanted: Value, given: Value) -> Value {
        let (Value::Set(wanted), Value::Set(given)) = (wanted, given) else { return Value::Unknown };
        let given = self.pool.members(given);
        let missing =
            self.pool.members(wanted).iter().copied().filter(|member| !given.contains(member)).collect();
        Value::Set(self.pool.set(missing))
    }
}
