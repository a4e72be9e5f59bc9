//! The events that all engines decide: those of the generator, in order.

use chrono::NaiveDate;

use crate::generator::SEED;
use crate::generator::alone::Event;
pub use crate::generator::alone::What;

/// 1 January 1970, as chrono counts days.
const EPOCH: i32 = 719_163;

/// Which events are decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those of one rule.
    Only(What),
    /// Those of all three, mixed.
    Mixed,
}

impl Which {
    /// In the order of the table.
    pub const ALL: [Which; 4] =
        [Which::Only(What::Cap), Which::Only(What::Read), Which::Only(What::Notice), Which::Mixed];
}

/// So many events.
pub fn events(which: Which, count: usize) -> Vec<Event> {
    let all = (0..).map(|number| Event::new(SEED, number, 0, 1));
    let wanted = |event: &Event| which == Which::Mixed || which == Which::Only(event.what);
    all.filter(wanted).take(count).collect()
}

/// The numbers of the events, those of one kind after those of another.
pub fn by_kind(events: &[Event]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(events.len()).collect();
    order.sort_by_key(|number| events[*number as usize].what as u8);
    order
}

/// The day of a number.
pub fn date(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day + EPOCH).expect("a day of this century")
}

/// The number of a day.
pub fn number(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::default()).num_days() as i32
}

/// The branch in the upper half, the day in the lower one.
pub fn code(branch: i64, day: i32) -> u64 {
    (branch as u64) << 32 | u64::from(day as u32)
}
