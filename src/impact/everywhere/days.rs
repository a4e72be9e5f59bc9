//! Days on which two rulesets part: as stretches, and as a pattern where there is one.

use crate::time::{Day, days_in_month};

/// A set of days within a stretch of days that were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySet {
    /// The stretch that was looked at; both ends are included.
    pub within: (Day, Day),
    /// The stretches of days in the set, each as long as can be; both ends are included.
    pub ranges: Vec<(Day, Day)>,
}

/// Which days of the calendar a set holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Every day that was looked at.
    EveryDay,
    /// These days of every month, where the month has them: stretches, both ends included.
    OfTheMonth(Vec<(u8, u8)>),
    /// These days of every month counted from its end: 1 is the last one.
    FromTheEnd(Vec<(u8, u8)>),
    /// These days of every year: month and day, stretches within a month, both ends included.
    OfTheYear(Vec<(u8, u8, u8)>),
    /// Not one of these.
    None,
}

/// So few stretches are no pattern: they are listed.
const FEW: usize = 3;

impl DaySet {
    /// An empty set within a stretch.
    pub fn new(within: (Day, Day)) -> DaySet {
        DaySet { within, ranges: Vec::new() }
    }

    /// All days of a stretch.
    pub fn all(within: (Day, Day)) -> DaySet {
        DaySet { within, ranges: vec![within] }
    }

    /// Adds a day that is not before any other in the set.
    pub fn push(&mut self, day: Day) {
        match self.ranges.last_mut() {
            Some((_, last)) if *last >= day => {}
            Some((_, last)) if last.next().is_ok_and(|next| next == day) => *last = day,
            _ => self.ranges.push((day, day)),
        }
    }

    /// Whether a day is in the set.
    pub fn has(&self, day: Day) -> bool {
        let after = self.ranges.partition_point(|(_, through)| *through < day);
        self.ranges.get(after).is_some_and(|(from, _)| *from <= day)
    }

    /// How many days.
    pub fn count(&self) -> u64 {
        let days = |(from, through): &(Day, Day)| u64::try_from(from.days_until(*through)).unwrap_or(0);
        self.ranges.iter().fold(0, |sum, range| sum.saturating_add(days(range)).saturating_add(1))
    }

    /// The first day.
    pub fn first(&self) -> Option<Day> {
        self.ranges.first().map(|(from, _)| *from)
    }

    /// Whether the days are those of a pattern that holds of all days that were looked at.
    pub fn pattern(&self) -> Pattern {
        if self.ranges.as_slice() == [self.within] {
            return Pattern::EveryDay;
        }
        if self.ranges.len() <= FEW {
            return Pattern::None;
        }
        let mut seen = Seen::default();
        let mut ranges = self.ranges.iter().peekable();
        let mut next = Some(self.within.0);
        while let Some(day) = next.filter(|day| *day <= self.within.1) {
            while ranges.peek().is_some_and(|(_, through)| *through < day) {
                ranges.next();
            }
            seen.note(day, ranges.peek().is_some_and(|(from, _)| *from <= day));
            next = day.next().ok();
        }
        seen.pattern()
    }
}

/// Whether days of one kind are all in the set, or all not.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Held {
    #[default]
    Never,
    In,
    Out,
    Both,
}

impl Held {
    fn note(&mut self, held: bool) {
        *self = match (*self, held) {
            (Held::Never | Held::In, true) => Held::In,
            (Held::Never | Held::Out, false) => Held::Out,
            _ => Held::Both,
        };
    }
}

/// What was seen of each day of the month, of the month counted from its end, and of the year.
struct Seen {
    of_month: [Held; 32],
    from_end: [Held; 32],
    of_year: [[Held; 32]; 13],
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { of_month: [Held::Never; 32], from_end: [Held::Never; 32], of_year: [[Held::Never; 32]; 13] }
    }
}

impl Seen {
    fn note(&mut self, day: Day, held: bool) {
        let (month, number) = (usize::from(day.month()), usize::from(day.day_of_month()));
        let length = usize::from(days_in_month(day.year(), day.month()));
        let end = length.saturating_sub(number).saturating_add(1);
        let year = self.of_year.get_mut(month).and_then(|year| year.get_mut(number));
        let places = [self.of_month.get_mut(number), self.from_end.get_mut(end), year];
        for place in places.into_iter().flatten() {
            place.note(held);
        }
    }

    fn pattern(&self) -> Pattern {
        if let Some(ranges) = stretches(&self.of_month) {
            return Pattern::OfTheMonth(ranges);
        }
        if let Some(ranges) = stretches(&self.from_end) {
            return Pattern::FromTheEnd(ranges);
        }
        let mut all = Vec::new();
        for (month, days) in (0u8..).zip(&self.of_year) {
            let Some(ranges) = stretches(days) else { return Pattern::None };
            all.extend(ranges.into_iter().map(|(from, through)| (month, from, through)));
        }
        Pattern::OfTheYear(all)
    }
}

/// The stretches of days that are in; nothing when a day is now in, now out.
fn stretches(days: &[Held; 32]) -> Option<Vec<(u8, u8)>> {
    let mut all: Vec<(u8, u8)> = Vec::new();
    for (day, held) in (0u8..).zip(days) {
        match held {
            Held::Both => return None,
            Held::In => match all.last_mut() {
                Some((_, last)) if last.saturating_add(1) == day => *last = day,
                _ => all.push((day, day)),
            },
            Held::Out | Held::Never => {}
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap_or(Day::MIN)
    }

    fn of(within: (&str, &str), holds: impl Fn(Day) -> bool) -> DaySet {
        let mut set = DaySet::new((day(within.0), day(within.1)));
        let mut next = Some(set.within.0);
        while let Some(at) = next.filter(|at| *at <= set.within.1) {
            if holds(at) {
                set.push(at);
            }
            next = at.next().ok();
        }
        set
    }

    #[test]
    fn patterns_are_seen() {
        let years = ("2024-01-10", "2027-12-31");
        let sixteenth = of(years, |at| (16..=20).contains(&at.day_of_month()));
        assert_eq!(sixteenth.pattern(), Pattern::OfTheMonth(vec![(16, 20)]));
        assert_eq!((sixteenth.count(), sixteenth.ranges.len()), (5 * 48, 48));
        let last = of(years, |at| at.day_of_month() == days_in_month(at.year(), at.month()));
        assert_eq!(last.pattern(), Pattern::FromTheEnd(vec![(1, 1)]));
        let leap = of(("2024-01-10", "2047-12-31"), |at| at.month() == 2 && at.day_of_month() == 29);
        assert_eq!(leap.pattern(), Pattern::OfTheYear(vec![(2, 29, 29)]));
        let once = of(years, |at| at == day("2025-05-05"));
        assert_eq!((once.pattern(), once.first()), (Pattern::None, Some(day("2025-05-05"))));
        assert_eq!(of(years, |_| true).pattern(), Pattern::EveryDay);
    }
}
