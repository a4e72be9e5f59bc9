//! Turns of the calendar: the units that days lie in, and the days on which they set rules off.

use crate::program::Trigger;
use crate::syntax::tree::CalendarUnit;
use crate::time::{Day, YearMonth, days_in_month};

/// The first day of the unit that a day lies in; nothing when it lies before the years there are.
pub fn first_of(unit: CalendarUnit, day: Day) -> Option<Day> {
    match unit {
        CalendarUnit::Day => Some(day),
        CalendarUnit::Week => {
            day.plus_days(i64::from(1_u8).saturating_sub(day.weekday().number().into())).ok()
        }
        CalendarUnit::Month => Some(day.first_of_month()),
        CalendarUnit::Quarter => {
            let month = day.month().saturating_sub(1) / 3;
            Day::from_ymd(day.year(), month.saturating_mul(3).saturating_add(1), 1)
        }
        CalendarUnit::Year => Day::from_ymd(day.year(), 1, 1),
    }
}

/// The last day of the unit that a day lies in; nothing when no day comes after it.
pub(super) fn last_of(unit: CalendarUnit, day: Day) -> Option<Day> {
    let last = match unit {
        CalendarUnit::Day => day,
        CalendarUnit::Week => {
            day.plus_days(i64::from(7_u8).saturating_sub(day.weekday().number().into())).ok()?
        }
        CalendarUnit::Month => day.last_of_month(),
        CalendarUnit::Quarter => {
            let quarter = day.month().saturating_sub(1) / 3;
            YearMonth::new(day.year(), quarter.saturating_mul(3).saturating_add(3))?.last_day()
        }
        CalendarUnit::Year => Day::from_ymd(day.year(), 12, 31)?,
    };
    last.next().ok().map(|_| last)
}

/// The calendar unit that a day lies in: its first and its last day. Nothing when it reaches past the years there are.
///
/// ```
/// use frist::{run::period_around, syntax::tree::CalendarUnit};
/// let (first, last) = period_around(CalendarUnit::Quarter, "2025-05-14".parse()?).ok_or("too far")?;
/// assert_eq!((first.to_string().as_str(), last.to_string().as_str()), ("2025-04-01", "2025-06-30"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn period_around(unit: CalendarUnit, day: Day) -> Option<(Day, Day)> {
    Some((first_of(unit, day)?, last_of(unit, day)?))
}

/// Whether a trigger can set its rule off on a day: events and changes of facts on any, turns of the calendar on theirs,
/// a standing norm on its first.
pub fn sets_off(trigger: &Trigger, day: Day, first: Day) -> bool {
    match trigger {
        Trigger::PeriodOver(_) | Trigger::EveryYear { .. } | Trigger::OnDay(_) => {
            next_fall(trigger, day) == Some(day)
        }
        Trigger::Always => day == first,
        _ => true,
    }
}

/// The first day, from a day on, on which a calendar trigger fires.
pub(super) fn next_fall(trigger: &Trigger, from: Day) -> Option<Day> {
    match trigger {
        // The last day there is ends a day, but no longer period: the next one would have to begin.
        Trigger::PeriodOver(CalendarUnit::Day) => Some(from),
        Trigger::PeriodOver(unit) => last_of(*unit, from),
        Trigger::EveryYear { month, day: number } => {
            let year = from.year();
            let in_year = |year| Day::from_ymd(year, *month, (*number).min(days_in_month(year, *month)));
            in_year(year).filter(|day| *day >= from).or_else(|| in_year(year.saturating_add(1)))
        }
        Trigger::OnDay(only) => Some(*only).filter(|day| *day >= from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: [CalendarUnit; 5] = [
        CalendarUnit::Day,
        CalendarUnit::Week,
        CalendarUnit::Month,
        CalendarUnit::Quarter,
        CalendarUnit::Year,
    ];

    fn days(from: &str, count: usize) -> impl Iterator<Item = Day> {
        let first: Day = from.parse().expect("a day");
        std::iter::successors(Some(first), |day| day.next().ok()).take(count)
    }

    #[test]
    fn a_unit_ends_on_the_day_before_the_next_one_begins() {
        for unit in UNITS {
            for day in days("2023-12-20", 1_200) {
                let last = last_of(unit, day).expect("a last day");
                let next = last.next().expect("a next day");
                assert!(day <= last, "{unit:?} {day}");
                assert_eq!(first_of(unit, next), Some(next), "{unit:?} {day}");
                assert_eq!(first_of(unit, last), first_of(unit, day), "{unit:?} {day}");
            }
        }
    }

    #[test]
    fn no_unit_ends_with_the_years_there_are() {
        for unit in UNITS {
            assert_eq!(last_of(unit, Day::MAX), None, "{unit:?}");
        }
        let before = Day::MAX.previous().expect("a day");
        assert_eq!(last_of(CalendarUnit::Day, before), Some(before));
        assert_eq!(last_of(CalendarUnit::Month, before), None);
    }

    #[test]
    fn the_next_day_on_which_a_trigger_fires_is_the_first_of_all_on_which_it_does() {
        let only: Day = "2024-05-17".parse().expect("a day");
        let mut triggers: Vec<Trigger> = UNITS.into_iter().map(Trigger::PeriodOver).collect();
        triggers.extend(
            [(1, 1), (2, 29), (12, 31), (6, 30)].map(|(month, day)| Trigger::EveryYear { month, day }),
        );
        triggers.push(Trigger::OnDay(only));
        for trigger in triggers {
            for from in days("2023-12-20", 800) {
                let next = next_fall(&trigger, from);
                let fires = |day: &Day| match &trigger {
                    Trigger::PeriodOver(unit) => {
                        day.next().ok().is_some_and(|next| first_of(*unit, next) == Some(next))
                    }
                    Trigger::EveryYear { month: 2, .. } => day.month() == 2 && *day == day.last_of_month(),
                    Trigger::EveryYear { month, day: number } => {
                        (day.month(), day.day_of_month()) == (*month, *number)
                    }
                    _ => *day == only,
                };
                let searched = std::iter::successors(Some(from), |day| day.next().ok()).take(400).find(fires);
                assert_eq!(next, searched, "{trigger:?} from {from}");
                assert_eq!(sets_off(&trigger, from, from), searched == Some(from), "{trigger:?} on {from}");
            }
        }
    }
}
