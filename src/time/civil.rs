//! The Gregorian calendar as arithmetic: day numbers to and from years, months and days.
//!
//! Days are numbered from 1970-01-01 (number 0). The functions are right for every date from 1582-01-01 to
//! 10000-12-31, a little more than a [`Day`](super::Day) can hold, so that week numbers can look past the ends.

/// The first year that Frist knows: the first whole year of the Gregorian calendar.
pub(super) const FIRST_YEAR: i32 = 1583;
/// The last year that Frist knows.
pub(super) const LAST_YEAR: i32 = 9999;

/// Days from 0000-03-01 to 1970-01-01. Counting from a first of March puts the leap day last in the year.
const EPOCH: i32 = 719_468;
const DAYS_IN_FOUR_CENTURIES: u32 = 146_097;

/// True when the year has a 29 February (Gregorian rule: every fourth year, of the centuries every fourth).
///
/// ```
/// use frist::time::is_leap_year;
/// assert!(is_leap_year(2024) && is_leap_year(2000));
/// assert!(!is_leap_year(2025) && !is_leap_year(1900));
/// ```
pub const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days in a month, 28 to 31; 0 when `month` is not 1 to 12.
///
/// ```
/// use frist::time::days_in_month;
/// assert_eq!(days_in_month(2024, 2), 29);
/// assert_eq!(days_in_month(2025, 13), 0);
/// ```
pub const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// The day number of a date that exists. The arithmetic wraps but never does: see the range above.
pub(super) const fn number(year: i32, month: u8, day: u8) -> i32 {
    let (year, month) = (year as u32, month as u32);
    let (march_year, months_since_march) =
        if month > 2 { (year, month.wrapping_sub(3)) } else { (year.wrapping_sub(1), month.wrapping_add(9)) };
    // The months from March have 31, 30, 31, 30, 31 days, twice and a bit: 153 days in five months.
    let day_of_year = 153_u32.wrapping_mul(months_since_march).wrapping_add(2) / 5;
    let days = 365_u32
        .wrapping_mul(march_year)
        .wrapping_add(march_year / 4)
        .wrapping_sub(march_year / 100)
        .wrapping_add(march_year / 400)
        .wrapping_add(day_of_year)
        .wrapping_add(day as u32);
    (days as i32).wrapping_sub(EPOCH).wrapping_sub(1)
}

/// The year, month and day of a day number.
///
/// The divisions by 1461, 36525 and so on are folded into multiplications by fixed-point constants (the method of
/// Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022). No step of it wraps
/// within the range above.
pub(super) const fn ymd(number: i32) -> (i32, u8, u8) {
    let days = number.wrapping_add(EPOCH) as u32;
    let quarters = days.wrapping_mul(4).wrapping_add(3);
    let century = quarters / DAYS_IN_FOUR_CENTURIES;
    let in_century = (quarters % DAYS_IN_FOUR_CENTURIES) / 4;

    let product = 2_939_745_u64.wrapping_mul(in_century.wrapping_mul(4).wrapping_add(3) as u64);
    let year_of_century = (product / (1 << 32)) as u32;
    let day_of_year = (product % (1 << 32)) as u32 / 2_939_745 / 4;

    let scaled = day_of_year.wrapping_mul(2_141).wrapping_add(197_913);
    let month = scaled / 65_536;
    let day = (scaled % 65_536 / 2_141).wrapping_add(1) as u8;

    let march_year = century.wrapping_mul(100).wrapping_add(year_of_century);
    // From day 306 of a year that starts in March it is January: the next civil year.
    if day_of_year >= 306 {
        (march_year.wrapping_add(1) as i32, month.wrapping_sub(12) as u8, day)
    } else {
        (march_year as i32, month as u8, day)
    }
}
