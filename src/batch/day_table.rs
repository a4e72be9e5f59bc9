//! What follows from one date, for every day of a column.

use super::lanes::{Lane, Numbers};
use super::number::{SMALL_NONE, SMALL_UNKNOWN, narrow};
use super::once::ByDay;
use super::registers::Row;

/// The values of an operation for every day of a span: small numbers.
#[derive(Clone, Debug)]
pub(super) struct DayTable {
    /// The first and the last day.
    pub span: (i32, i32),
    words: Words,
    /// Whether some are unknown or none.
    pub gaps: bool,
}

/// Numbers in as little memory as they take, so that more of them lie near.
#[derive(Clone, Debug)]
enum Words {
    /// Short ones, and all bits where the day is added.
    Short(Vec<i16>, i32),
    Long(Vec<i32>),
}

impl DayTable {
    /// Works out an operation for each day from the first through the last; nothing when a value has no small number.
    pub(super) fn of(by_day: &ByDay, (first, last): (i32, i32), row: &mut Row<'_>) -> Option<DayTable> {
        let number = |day: i32| {
            row.set_number(by_day.source, i64::from(day));
            row.work_out(&by_day.order)?;
            narrow(row.number(by_day.at))
        };
        let numbers: Vec<i32> = (first..=last).map(number).collect::<Option<_>>()?;
        let gaps = numbers.iter().any(|number| *number <= SMALL_NONE);
        let short = |mask: i32| {
            let word = |(day, number): (i32, &i32)| i16::try_from(number.checked_sub(day & mask)?).ok();
            let words = (first..=last).zip(&numbers).map(word).collect::<Option<Vec<i16>>>()?;
            Some(Words::Short(words, mask))
        };
        let words = short(0).or_else(|| short(-1)).unwrap_or(Words::Long(numbers));
        Some(DayTable { span: (first, last), words, gaps })
    }

    /// Whether it has the days from the first through the last.
    pub(super) fn has(&self, (first, last): (i32, i32)) -> bool {
        self.span.0 <= first && last <= self.span.1
    }

    /// Looks up the values of days in the table into a lane.
    pub(super) fn fill(&self, own: &mut Lane, days: &[i32]) -> Option<()> {
        let Numbers::Small(out) = &mut own.numbers else { return None };
        let pairs = out.get_mut(..days.len())?.iter_mut().zip(days);
        match &self.words {
            Words::Short(words, mask) => {
                pairs.for_each(|(out, day)| *out = look_up(words, self.span.0, *day, *mask))
            }
            Words::Long(words) => pairs.for_each(|(out, day)| *out = look_up(words, self.span.0, *day, 0)),
        }
        own.gaps = self.gaps;
        Some(())
    }

    /// Looks up the values of some rows' days.
    pub(super) fn gather(&self, into: &mut Vec<i32>, days: &[i32], rows: &[u16]) {
        let days = rows.iter().map(|row| days.get(usize::from(*row)).copied().unwrap_or(self.span.0));
        match &self.words {
            Words::Short(words, mask) => into.extend(days.map(|day| look_up(words, self.span.0, day, *mask))),
            Words::Long(words) => into.extend(days.map(|day| look_up(words, self.span.0, day, 0))),
        }
    }
}

#[inline]
fn look_up<T: Copy + Into<i32>>(words: &[T], first: i32, day: i32, mask: i32) -> i32 {
    // A day before the first becomes a place far past the last.
    let place = day.wrapping_sub(first) as u32 as usize;
    words.get(place).map_or(SMALL_UNKNOWN, |word| (*word).into().wrapping_add(day & mask))
}
