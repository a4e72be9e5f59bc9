//! Events of `alone.frist`: a new cap, a contract that is read off, a notice.

use std::fmt::Write as _;

use super::day::{FIRST, SPAN, civil, iso, months_before, number};
use super::random::Random;

/// One event, with all that any of the three would say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which event it is.
    pub what: What,
    /// The day it became known, counted from 1 January 1970.
    pub date: i32,
    /// When the contract began.
    pub start: i32,
    /// How many customers the contract has.
    pub customers: i64,
    /// Whether the municipality gives notice.
    pub by_city: bool,
    /// The new cap, in hours.
    pub cap: i64,
}

/// The three events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// `tak_anmält`.
    Cap,
    /// `avläst`.
    Read,
    /// `uppsagt`.
    Notice,
}

impl Event {
    /// The event with a number, which is at `place` among the `per_case` of its case: the later the place, the later the day.
    ///
    /// One event in twenty-five falls on the last day of a month, and the contract of one in sixteen is twelve or twenty-four
    /// months old to the day, or a day beside it: there the rules part.
    pub fn new(seed: u64, number: u64, place: u64, per_case: u64) -> Event {
        let mut random = Random::of(seed, number);
        let what = match random.below(3) {
            0 => What::Cap,
            1 => What::Read,
            _ => What::Notice,
        };
        let (begin, end) = (SPAN * place / per_case, SPAN * (place + 1) / per_case);
        let mut date = FIRST + (begin + random.below((end - begin).max(1))) as i32;
        if per_case == 1 && random.percent(4) {
            date = month_end(date);
        }
        let mut start = date - random.below(1100) as i32;
        if random.below(16) == 0 {
            let months = if random.percent(50) { 12 } else { 24 };
            start = months_before(date, months) + random.below(3) as i32 - 1;
        }
        Event {
            what,
            date,
            start,
            customers: (random.below(12) as i64 - 3).max(0),
            by_city: random.percent(50),
            cap: 10 + random.below(890) as i64,
        }
    }

    /// Writes the event and the end of its line.
    pub fn line(&self, case: u64, line: &mut String) {
        let _ = write!(line, r#"{{"case":"a{case:08}","event":"{}","date":""#, self.name());
        iso(self.date, line);
        let _ = match self.what {
            What::Cap => write!(line, r#"","nytt_tak":"{} timmar""#, self.cap),
            What::Read => {
                line.push_str(r#"","avtalsstart":""#);
                iso(self.start, line);
                write!(line, r#"","kunder":{}"#, self.customers)
            }
            What::Notice => write!(line, r#"","av_kommunen":{}"#, self.by_city),
        };
        line.push_str("}\n");
    }

    /// The name of the event in the rules.
    pub fn name(&self) -> &'static str {
        match self.what {
            What::Cap => "tak_anmält",
            What::Read => "avläst",
            What::Notice => "uppsagt",
        }
    }
}

/// The last day of the month, or of December 2035 for the last month there is.
fn month_end(day: i32) -> i32 {
    let (year, month, _) = civil(day);
    if month == 12 { number(year + 1, 1, 1) - 1 } else { number(year, month + 1, 1) - 1 }
}
