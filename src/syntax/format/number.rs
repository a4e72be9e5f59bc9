//! Numbers and the words that bend after them: ordinals, units, rates.

use super::line::Line;
use crate::syntax::tree::{CalendarUnit, Per, Quantity, RoundingUnit, Unit};

/// Whether a word stands in the singular after a number.
pub(super) fn is_one(number: &str) -> bool {
    number == "1"
}

impl Line {
    /// Adds numbers with units: `2 timmar 15 minuter`.
    pub(super) fn quantities(&mut self, quantities: &[Quantity]) {
        for quantity in quantities {
            self.touch(quantity.span);
            self.counted(&quantity.number, unit(quantity.unit));
        }
    }

    /// Adds a number and the word of what is counted.
    pub(super) fn counted(&mut self, number: &str, unit: Option<&str>) {
        self.text(number);
        match unit {
            None => self.text("%"),
            Some(rule) if is_one(number) => self.word(rule),
            Some(rule) => self.plural(rule),
        }
    }

    /// Adds what a rate is per.
    pub(super) fn per(&mut self, per: &Per) {
        self.word("k_per");
        match per {
            Per::Unit(unit) => self.word(calendar_unit(*unit)),
            Per::Word(name) => self.name(name),
        }
    }

    /// Adds what is rounded to.
    pub(super) fn rounding_unit(&mut self, to: RoundingUnit) {
        match to {
            RoundingUnit::Whole => return self.word("k_to_an_integer"),
            _ => self.word("k_to_whole"),
        }
        match to {
            RoundingUnit::Hour => self.plural("u_hour"),
            RoundingUnit::Minute => self.plural("u_minute"),
            RoundingUnit::Second => self.plural("u_second"),
            RoundingUnit::Krona => self.plural("u_krona"),
            RoundingUnit::Ore => self.word("u_ore"),
            RoundingUnit::Percent | RoundingUnit::Whole => self.word("u_percent"),
        }
    }
}

/// The word of a unit; `%` has none.
pub(super) fn unit(unit: Unit) -> Option<&'static str> {
    Some(match unit {
        Unit::Day => "u_day",
        Unit::Week => "u_week",
        Unit::Month => "u_month",
        Unit::Year => "u_year",
        Unit::WorkingDay => "u_working_day",
        Unit::Hour => "u_hour",
        Unit::Minute => "u_minute",
        Unit::Second => "u_second",
        Unit::Krona => "u_krona",
        Unit::Percent => return None,
    })
}

/// The word of a calendar unit.
pub(super) fn calendar_unit(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Day => "c_day",
        CalendarUnit::Week => "c_week",
        CalendarUnit::Month => "c_month",
        CalendarUnit::Quarter => "c_quarter",
        CalendarUnit::Year => "c_year",
    }
}
