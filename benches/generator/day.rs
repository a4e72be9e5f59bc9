//! Days as numbers, counted from 1 January 1970, and as text.

use std::fmt::Write as _;

/// 1 January 2015: the first day of any event.
pub const FIRST: i32 = 16_436;

/// How many days of events there are: 2015 through 2035.
pub const SPAN: u64 = 7_670;

/// The year, the month and the day of the month.
pub fn civil(day: i32) -> (i32, i32, i32) {
    // Years that begin on 1 March end with the leap day.
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i32::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// The number of a day.
pub fn number(year: i32, month: i32, day: i32) -> i32 {
    let year = year - i32::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The same day so many months earlier, or the last day of that month.
pub fn months_before(day: i32, months: i32) -> i32 {
    let (year, month, of_month) = civil(day);
    let all = year * 12 + month - 1 - months;
    let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
    let next = if month == 12 { number(year + 1, 1, 1) } else { number(year, month + 1, 1) };
    (number(year, month, 1) + of_month - 1).min(next - 1)
}

/// Writes a day as ISO 8601.
pub fn iso(day: i32, text: &mut String) {
    let (year, month, day) = civil(day);
    let _ = write!(text, "{year:04}-{month:02}-{day:02}");
}
