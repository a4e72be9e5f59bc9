//! The same rules as loops over columns of day numbers, with the calendar as plain arithmetic.
//!
//! Each writes the branch in the upper half of a number and the day in the lower one, 0 when there is none.

/// The branch in the upper half, the day in the lower one.
pub fn code(branch: u8, day: i32) -> u64 {
    u64::from(branch) << 32 | u64::from(day as u32)
}

/// New caps.
pub fn caps(dates: &[i32], out: &mut [u64]) {
    for (out, date) in out.iter_mut().zip(dates) {
        let (year, month, number) = civil(*date);
        let late = number > 15;
        *out = code(1 + u8::from(late), days(year, month + 1 + u32::from(late), 1));
    }
}

/// Contracts without customers, or with few.
pub fn contracts(dates: &[i32], starts: &[i32], customers: &[i64], out: &mut [u64]) {
    for (((out, date), start), customers) in out.iter_mut().zip(dates).zip(starts).zip(customers) {
        let (year, month, number) = civil(*start);
        let (one, two) = (later(year + 1, month, number), later(year + 2, month, number));
        *out = if *customers == 0 && *date >= one {
            code(1, one)
        } else if *customers < 6 && *date >= two {
            code(2, date + 1)
        } else {
            code(3, 0)
        };
    }
}

/// Notices.
pub fn notices(dates: &[i32], by_city: &[bool], out: &mut [u64]) {
    for ((out, date), by_city) in out.iter_mut().zip(dates).zip(by_city) {
        let (year, month, number) = civil(*date);
        let months = if *by_city { 6 } else { 3 };
        *out = code(2 - u8::from(*by_city), later(year, month + months, number));
    }
}

/// Days from 1 March of year 0 through 1970-01-01.
const EPOCH: u32 = 719_468;

/// The year, the month and the day of the month of a day, counted from 1 January 1970: Neri and Schneider, "Euclidean affine
/// functions and their application to calendar algorithms" (2022), which needs no division that a processor does.
fn civil(day: i32) -> (u32, u32, u32) {
    let four = 4 * day.wrapping_add_unsigned(EPOCH) as u32 + 3;
    let century = four / 146_097;
    let of_century = (four % 146_097) | 3;
    let years = 2_939_745 * u64::from(of_century);
    let (year, of_year) = ((years >> 32) as u32, years as u32 / 2_939_745 / 4);
    let months = 2141 * of_year + 197_913;
    let (month, number) = (months >> 16, (months & 0xffff) / 2141);
    // January and February end a year that began on 1 March.
    let late = u32::from(of_year >= 306);
    (100 * century + year + late, month - 12 * late, number + 1)
}

/// The day of a date whose month may lie past December.
fn days(year: u32, month: u32, number: u32) -> i32 {
    let past = u32::from(month > 12);
    let (year, month) = (year + past, month - 12 * past);
    let early = u32::from(month <= 2);
    let (year, month) = (year - early, month + 12 * early);
    let century = year / 100;
    let before = 1461 * year / 4 - century + century / 4;
    (before + (979 * month - 2919) / 32 + number - 1) as i32 - EPOCH as i32
}

/// The same day of a month, or its last.
fn later(year: u32, month: u32, number: u32) -> i32 {
    days(year, month, number).min(days(year, month + 1, 1) - 1)
}
