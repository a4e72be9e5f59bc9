//! Types and values in words, for diagnostics.

use crate::diagnostics::Words;
use crate::program::{Element, Type};
use crate::syntax::tree::CalendarUnit;
use crate::value::{PerId, RateBase, Value, scale};

use super::state::Checker;

impl Checker<'_> {
    /// A type with its article.
    pub(super) fn type_words(&self, ty: Type) -> Words {
        let (sv, en) = match ty {
            Type::Nothing => ("inget", "nothing"),
            Type::Date => ("ett datum", "a date"),
            Type::Moment => ("en tidpunkt", "a date with a time of day"),
            Type::Clock => ("ett klockslag", "a time of day"),
            Type::YesNo => ("ja eller nej", "yes or no"),
            Type::Count => ("ett antal", "a count"),
            Type::Number => ("ett tal", "a number"),
            Type::Amount => ("ett belopp", "an amount"),
            Type::Share => ("en andel", "a share"),
            Type::Duration => ("en tid", "a duration"),
            Type::Period => ("en period", "a period"),
            Type::Text => ("en text", "a text"),
            Type::Role => ("en roll", "a role"),
            Type::Word => ("ett räkneord", "a counting word"),
            Type::Choice(id) => {
                let name = self.out.types.get(id.index()).map_or("", |of| of.named.name.as_str());
                return Words::new(format!("ett värde av `{name}`"), format!("a value of `{name}`"));
            }
            Type::Set(element) => {
                let inner = match element {
                    Element::Any => return Words::new("en tom mängd", "an empty set"),
                    Element::Date => Words::new("datum", "dates"),
                    Element::Count => Words::new("antal", "counts"),
                    Element::Text => Words::new("texter", "texts"),
                    Element::Role => Words::new("roller", "roles"),
                    Element::Choice(id) => {
                        let name = self.out.types.get(id.index()).map_or("", |of| of.named.name.as_str());
                        Words::new(format!("värden av `{name}`"), format!("values of `{name}`"))
                    }
                };
                return Words::new(format!("en mängd {}", inner.sv), format!("a set of {}", inner.en));
            }
            Type::Rate(base, per) => {
                let (sv, en) = match base {
                    RateBase::Count => ("ett antal", "a count"),
                    RateBase::Number => ("ett tal", "a number"),
                    RateBase::Amount => ("ett belopp", "an amount"),
                    RateBase::Duration => ("en tid", "a duration"),
                };
                let per = self.per_words(per);
                return Words::new(format!("{sv} per {}", per.sv), format!("{en} per {}", per.en));
            }
        };
        Words::new(sv, en)
    }

    /// What a rate is per.
    pub(super) fn per_words(&self, per: PerId) -> Words {
        match per {
            PerId::Unit(unit) => unit_words(unit),
            PerId::Word(id) => {
                let name = self.out.counting_words.get(id as usize).map_or("", |word| word.name.as_str());
                Words::new(name, name)
            }
        }
    }

    /// A value as it would be written.
    pub(super) fn value_text(&self, value: Value) -> String {
        match value {
            Value::Unknown => "?".to_owned(),
            Value::None => "inget".to_owned(),
            Value::YesNo(yes) => if yes { "ja" } else { "nej" }.to_owned(),
            Value::Day(day) => day.to_string(),
            Value::Moment(moment) => moment.to_string(),
            Value::Clock(clock) => clock.to_string(),
            Value::Count(n) => n.to_string(),
            Value::Number(n) => parts(n, scale::NUMBER, 6),
            Value::Amount(n) => format!("{} kr", parts(n, scale::KRONA, 2)),
            Value::Share { whole, part } => format!("{part}/{whole}"),
            Value::Duration(n) => {
                let minutes = n.div_euclid(scale::MINUTE);
                if n.rem_euclid(scale::HOUR) == 0 {
                    format!("{} h", n.div_euclid(scale::HOUR))
                } else {
                    format!("{minutes} min")
                }
            }
            Value::Period(period) => format!("{} m {} d", period.months, period.days),
            Value::Text(id) => format!("\"{}\"", self.out.pool.letters(id)),
            Value::Choice(choice) => self
                .out
                .types
                .get(choice.of as usize)
                .and_then(|of| of.values.get(choice.value as usize))
                .map(|value| value.name.clone())
                .unwrap_or_default(),
            Value::Role(id) => {
                self.out.roles.get(id as usize).map(|role| role.name.clone()).unwrap_or_default()
            }
            Value::Word(id) => {
                self.out.counting_words.get(id as usize).map(|word| word.name.clone()).unwrap_or_default()
            }
            Value::Set(id) => {
                let members: Vec<String> =
                    self.out.pool.members(id).iter().map(|member| self.value_text(*member)).collect();
                format!("{{{}}}", members.join(", "))
            }
            Value::Rate { amount, .. } => amount.to_string(),
        }
    }
}

/// A calendar unit without its article.
pub(super) fn unit_words(unit: CalendarUnit) -> Words {
    let (sv, en) = match unit {
        CalendarUnit::Day => ("dag", "day"),
        CalendarUnit::Week => ("vecka", "week"),
        CalendarUnit::Month => ("månad", "month"),
        CalendarUnit::Quarter => ("kvartal", "quarter"),
        CalendarUnit::Year => ("år", "year"),
    };
    Words::new(sv, en)
}

/// A number of small parts as a decimal number.
fn parts(n: i64, of: i64, digits: usize) -> String {
    let (whole, part) = (n.checked_div(of).unwrap_or(0), n.checked_rem(of).unwrap_or(0).unsigned_abs());
    if part == 0 {
        return whole.to_string();
    }
    let decimals = format!("{part:0digits$}");
    let sign = if n.is_negative() && whole == 0 { "-" } else { "" };
    format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
}

/// Examples of how a value of a type is written with its unit.
pub(super) fn unit_examples(ty: Type, number: &str) -> Option<Words> {
    let in_one_or_more = |one: [&str; 2], more: [&str; 2]| match number {
        "1" => one.map(|unit| format!("`1 {unit}`")),
        _ => more.map(|unit| format!("`{number} {unit}`")),
    };
    let (sv, en) = match ty {
        Type::Duration => {
            let [hours_sv, hours_en] = in_one_or_more(["timme", "hour"], ["timmar", "hours"]);
            let [minutes_sv, minutes_en] = in_one_or_more(["minut", "minute"], ["minuter", "minutes"]);
            (format!("{hours_sv} eller {minutes_sv}"), format!("{hours_en} or {minutes_en}"))
        }
        Type::Period => {
            let [days_sv, days_en] = in_one_or_more(["dag", "day"], ["dagar", "days"]);
            let [weeks_sv, weeks_en] = in_one_or_more(["vecka", "week"], ["veckor", "weeks"]);
            let [months_sv, months_en] = in_one_or_more(["månad", "month"], ["månader", "months"]);
            (
                format!("{days_sv}, {weeks_sv} eller {months_sv}"),
                format!("{days_en}, {weeks_en} or {months_en}"),
            )
        }
        Type::Amount => in_one_or_more(["krona", "krona"], ["kronor", "kronor"]).into(),
        Type::Share => (format!("`{number} %`"), format!("`{number} %`")),
        Type::Rate(RateBase::Duration, _) => {
            in_one_or_more(["timme per …", "hour per …"], ["timmar per …", "hours per …"]).into()
        }
        Type::Rate(RateBase::Amount, _) => {
            in_one_or_more(["krona per …", "krona per …"], ["kronor per …", "kronor per …"]).into()
        }
        Type::Rate(..) => (format!("`{number} per …`"), format!("`{number} per …`")),
        _ => return None,
    };
    Some(Words::new(sv, en))
}
