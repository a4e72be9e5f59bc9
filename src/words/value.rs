//! Any value of a program in words.

use super::{
    decimal, duration, list, money, none, part_of_whole, percent_exactly, period, share, unknown, whole,
    yes_no,
};
use crate::Language;
use crate::program::{Named, Program};
use crate::value::{PerId, Pool, RateBase, Value, scale};

/// A value in words for people: enumeration values, roles and counting words by their titles.
///
/// The pool is the one that the value's texts and sets are kept in.
pub fn value(program: &Program, pool: &Pool, value: Value, language: Language) -> String {
    Speaker { program, pool, language, titles: true }.say(value)
}

/// A value in words for programs: names never change with the language, all other words do.
///
/// The result of this can be read back from an event.
pub fn value_by_name(program: &Program, pool: &Pool, value: Value, language: Language) -> String {
    Speaker { program, pool, language, titles: false }.say(value)
}

/// What it takes to say a value.
struct Speaker<'a> {
    program: &'a Program,
    pool: &'a Pool,
    language: Language,
    titles: bool,
}

impl Speaker<'_> {
    fn say(&self, value: Value) -> String {
        let language = self.language;
        match value {
            Value::Unknown => unknown(language).to_owned(),
            Value::None => none(language).to_owned(),
            Value::YesNo(yes) => yes_no(yes, language).to_owned(),
            Value::Day(day) => day.to_string(),
            Value::Moment(moment) if self.titles => format!("{} {}", moment.day, moment.clock),
            Value::Moment(moment) => moment.to_string(),
            Value::Clock(clock) => clock.to_string(),
            Value::Count(number) => whole(number),
            Value::Number(parts) => decimal(parts, scale::NUMBER, language),
            Value::Amount(ore) => money(ore, language),
            Value::Share { part, whole } => say_share(part, whole, language),
            Value::Duration(seconds) => duration(seconds, language),
            Value::Period(length) => period(length, language),
            Value::Text(id) => self.pool.letters(id).to_owned(),
            Value::Choice(id) => {
                let values = self.program.types.get(usize::from(id.of)).map(|ty| ty.values.as_slice());
                self.name(values.unwrap_or_default(), id.value)
            }
            Value::Role(number) => self.name(&self.program.roles, number),
            Value::Word(number) => self.name(&self.program.counting_words, number),
            Value::Set(id) => {
                let members: Vec<String> =
                    self.pool.members(id).iter().map(|member| self.say(*member)).collect();
                list(&members, language)
            }
            Value::Rate { base, per, amount } => self.rate(base, per, amount),
        }
    }

    fn rate(&self, base: RateBase, per: PerId, amount: i64) -> String {
        let amount = match base {
            RateBase::Count => whole(amount),
            RateBase::Number => decimal(amount, scale::NUMBER, self.language),
            RateBase::Amount => money(amount, self.language),
            RateBase::Duration => duration(amount, self.language),
        };
        match per {
            PerId::Unit(unit) => format!("{amount} per {}", super::calendar_unit(unit, self.language)),
            // Reading an event understands a counting word by its titles too, so this can be read back.
            PerId::Word(word) => {
                let word = self.program.counting_words.get(usize::from(word));
                format!("{amount} per {}", word.map_or("?", |word| word.title.get(self.language)))
            }
        }
    }

    fn name(&self, names: &[Named], number: u16) -> String {
        let Some(named) = names.get(usize::from(number)) else { return String::from("?") };
        if self.titles { named.title.get(self.language).to_owned() } else { named.name.clone() }
    }
}

/// A share in percent, with its parts beside it unless they are the percentage itself.
fn say_share(part: i64, whole: u32, language: Language) -> String {
    let percent = share(part, whole, language);
    // A percentage of so many decimals is read back as a part of a hundred, a thousand and so on.
    let is_power = whole >= 100 && 10_u32.checked_pow(whole.ilog10()) == Some(whole);
    let is_shortest = whole == 100 || (part % 10 != 0 && percent_exactly(part, whole).is_some());
    if whole == 0 || (is_power && is_shortest) {
        percent
    } else {
        format!("{percent} ({})", part_of_whole(part, whole, language))
    }
}
