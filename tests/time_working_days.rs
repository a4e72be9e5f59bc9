//! The Swedish statutory calendar: holidays, eves, working days and weekdays.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic: it fails then")]

use frist::Language;
use frist::time::{
    Day, Eve, Holiday, MonthPolicy, NonWorking, TimeError, Weekday, WeekdayMeaning, easter_sunday, eve,
    holiday, holidays_of_year, holidays_on, is_public_holiday, is_weekday, is_working_day, next_working_day,
    non_working, plus_months, plus_working_days, previous_working_day,
};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn all_days() -> impl Iterator<Item = Day> {
    (Day::MIN.number()..=Day::MAX.number()).filter_map(Day::from_number)
}

/// Start, count and unit, last day under SFS 1930:173 1 §, day after moving under 2 §.
const LAW_VECTORS: [(&str, i64, char, &str, &str); 19] = [
    ("2003-12-15", 3, 'w', "2004-01-05", "2004-01-05"),
    ("2027-12-15", 3, 'w', "2028-01-05", "2028-01-05"),
    ("2004-05-10", 3, 'w', "2004-05-31", "2004-06-01"),
    ("2005-04-25", 3, 'w', "2005-05-16", "2005-05-16"),
    ("2003-05-16", 3, 'w', "2003-06-06", "2003-06-06"),
    ("2008-05-16", 3, 'w', "2008-06-06", "2008-06-09"),
    ("2026-05-16", 3, 'w', "2026-06-06", "2026-06-08"),
    ("2026-05-29", 3, 'w', "2026-06-19", "2026-06-22"),
    ("2026-12-03", 3, 'w', "2026-12-24", "2026-12-28"),
    ("2026-12-10", 3, 'w', "2026-12-31", "2027-01-04"),
    ("2029-12-01", 3, 'w', "2029-12-22", "2029-12-27"),
    ("2027-04-15", 3, 'w', "2027-05-06", "2027-05-07"),
    ("2026-10-17", 2, 'w', "2026-10-31", "2026-11-02"),
    ("2024-01-31", 1, 'm', "2024-02-29", "2024-02-29"),
    ("2026-01-31", 1, 'm', "2026-02-28", "2026-03-02"),
    ("2026-08-31", 1, 'm', "2026-09-30", "2026-09-30"),
    ("2028-02-29", 12, 'm', "2029-02-28", "2029-02-28"),
    ("2038-04-05", 3, 'w', "2038-04-26", "2038-04-27"),
    ("2049-05-16", 3, 'w', "2049-06-06", "2049-06-07"),
];

#[test]
fn the_vectors_of_the_law() {
    for (start, count, unit, last, moved) in LAW_VECTORS {
        let landed = match unit {
            'w' => day(start).plus_weeks(count),
            _ => plus_months(day(start), count, MonthPolicy::Sfs1930_173).map(|landing| landing.day),
        };
        assert_eq!(landed, Ok(day(last)), "{start} + {count} {unit}");
        assert_eq!(next_working_day(day(last)), Ok(day(moved)), "{start} + {count} {unit}");
    }
    assert_eq!(day("2025-04-01").plus_weeks(2), Ok(day("2025-04-15")));
}

#[test]
fn the_lengths_of_all_moves_2000_to_2060() {
    let mut lengths = [0; 6];
    for day in all_days().filter(|day| (2000..=2060).contains(&day.year())) {
        lengths[usize::try_from(day.days_until(next_working_day(day).unwrap())).unwrap()] += 1;
    }
    // Counted apart from this code, in another language, from the list of holidays of two packages.
    assert_eq!(lengths, [15_320, 3_347, 3_210, 273, 113, 18]);
}

/// Easter by epacts (Lilius and Clavius, as Knuth gives it), nothing like the formula under test.
fn easter_by_epact(year: i32) -> Day {
    let golden = year % 19 + 1;
    let century = year / 100 + 1;
    let dropped_leap_days = 3 * century / 4 - 12;
    let moon_correction = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - dropped_leap_days - 10;
    let mut epact = (11 * golden + 20 + moon_correction - dropped_leap_days).rem_euclid(30);
    if (epact == 25 && golden > 11) || epact == 24 {
        epact += 1;
    }
    let moon = if 44 - epact < 21 { 74 - epact } else { 44 - epact };
    let of_march = moon + 7 - (sunday + moon) % 7;
    Day::from_ymd(year, 3, 1).unwrap().plus_days(i64::from(of_march) - 1).unwrap()
}

#[test]
fn easter_is_the_churchs_in_every_year() {
    for year in 1583..=9999 {
        let easter = easter_sunday(year).unwrap();
        assert_eq!(easter, easter_by_epact(year));
        assert_eq!(easter.weekday(), Weekday::Sunday);
        assert!((3, 22) <= (easter.month(), easter.day_of_month()));
        assert!((easter.month(), easter.day_of_month()) <= (4, 25));
    }
    // Where an astronomical moon would say otherwise.
    for (year, easter) in [(2019, "2019-04-21"), (2038, "2038-04-25"), (2045, "2045-04-09")] {
        assert_eq!(easter_sunday(year), Some(day(easter)));
    }
    for year in [i32::MIN, -1, 0, 1582, 10_000, i32::MAX] {
        assert_eq!(easter_sunday(year), None);
    }
}

#[test]
fn the_list_of_a_year_and_the_lookup_of_a_day_agree() {
    let looked_up: Vec<(Day, Holiday)> =
        all_days().flat_map(|day| holidays_on(day).map(move |holiday| (day, holiday))).collect();
    let listed: Vec<(Day, Holiday)> = (1582..=10_000).flat_map(holidays_of_year).collect();
    assert_eq!(looked_up.len(), 13 * 8417);
    assert_eq!(looked_up, listed);
}

#[test]
fn days_with_two_holidays_keep_both() {
    let twice: Vec<String> = all_days()
        .filter(|day| (2000..=2060).contains(&day.year()) && holidays_on(*day).count() == 2)
        .map(|day| day.to_string())
        .collect();
    assert_eq!(twice, ["2008-05-01", "2049-06-06", "2055-06-06", "2060-06-06"]);
    assert_eq!(holiday(day("2049-06-06")), Some(Holiday::NationalDay));
}

#[test]
fn the_change_of_2005() {
    assert_eq!(Holiday::WhitMonday.in_year(2004), Some(day("2004-05-31")));
    assert_eq!(Holiday::WhitMonday.in_year(2005), None);
    assert_eq!(Holiday::NationalDay.in_year(2004), None);
    assert_eq!(Holiday::NationalDay.in_year(2005), Some(day("2005-06-06")));
}

#[test]
fn movable_saturdays_and_the_friday_before() {
    for year in 1990..=2400 {
        let midsummer = Holiday::MidsummerDay.in_year(year).unwrap();
        assert_eq!((midsummer.weekday(), midsummer.month()), (Weekday::Saturday, 6));
        assert!((20..=26).contains(&midsummer.day_of_month()));
        assert_eq!(eve(midsummer.previous().unwrap()), Some(Eve::Midsummer));
        let all_saints = Holiday::AllSaintsDay.in_year(year).unwrap();
        assert_eq!(all_saints.weekday(), Weekday::Saturday);
        let (_, month, number) = all_saints.ymd();
        assert!((month, number) == (10, 31) || (month == 11 && number <= 6));
    }
}

#[test]
fn the_reason_is_named_with_its_law() {
    let reason = |text: &str| {
        non_working(day(text))
            .map(|reason| (reason.name(Language::Swedish), reason.law()))
            .unwrap_or_default()
    };
    assert_eq!(reason("2026-06-06"), ("nationaldagen", "SFS 1989:253 1 §"));
    assert_eq!(reason("2026-06-13"), ("lördag", "SFS 1930:173 2 §"));
    assert_eq!(reason("2026-06-14"), ("söndag", "SFS 1989:253 1 §"));
    assert_eq!(reason("2026-06-19"), ("midsommarafton", "SFS 1930:173 2 §"));
    assert_eq!(reason("2026-06-20"), ("midsommardagen", "SFS 1989:253 1 §"));
    // A Christmas Eve on a Sunday is named as the eve.
    assert_eq!(non_working(day("2023-12-24")), Some(NonWorking::Eve(Eve::Christmas)));
    assert_eq!(reason("2026-06-15"), ("", ""));
}

#[test]
fn weekdays_in_three_meanings() {
    use WeekdayMeaning::*;
    // A Thursday, a Saturday, a Sunday, Christmas Eve on a Thursday, a holiday on a Thursday, one on a Saturday.
    let days = ["2026-06-11", "2026-06-13", "2026-06-14", "2026-12-24", "2026-05-14", "2026-06-06"];
    let expected = [
        (MondayToFriday, [true, false, false, true, false, false]),
        (MondayToFridayExceptEves, [true, false, false, false, false, false]),
        (MondayToSaturday, [true, true, false, true, false, false]),
    ];
    for (meaning, answers) in expected {
        assert_eq!(days.map(|text| is_weekday(day(text), meaning)), answers, "{meaning:?}");
    }
}

#[test]
fn every_day_is_working_or_has_a_reason() {
    for day in all_days() {
        let reason = non_working(day);
        assert_eq!(is_working_day(day), reason.is_none(), "{day}");
        let public = is_public_holiday(day);
        assert!(!public || !is_weekday(day, WeekdayMeaning::MondayToSaturday));
        let by_reason = match reason {
            Some(NonWorking::Sunday | NonWorking::Holiday(_)) => true,
            Some(NonWorking::Eve(_)) => day.weekday() == Weekday::Sunday,
            Some(NonWorking::Saturday) | None => false,
        };
        assert_eq!(public, by_reason, "{day}");
    }
}

#[test]
fn working_days_stop_at_the_ends_of_the_range() {
    // The last day of all is a Friday, and a New Year's Eve.
    assert_eq!(next_working_day(Day::MAX), Err(TimeError::OutOfRange));
    assert_eq!(previous_working_day(Day::MAX), Ok(day("9999-12-30")));
    assert_eq!(previous_working_day(Day::MIN), Err(TimeError::OutOfRange));
    assert_eq!(plus_working_days(Day::MAX, 1), Err(TimeError::OutOfRange));
    assert_eq!(plus_working_days(Day::MIN, i64::MIN), Err(TimeError::OutOfRange));
    assert_eq!(plus_working_days(Day::MIN, i64::MAX), Err(TimeError::OutOfRange));
    assert_eq!(plus_working_days(Day::MAX, 0), Ok(Day::MAX));
}

proptest! {
    #[test]
    fn counting_working_days_counts_working_days(
        number in day("1990-01-01").number()..day("2500-01-01").number(), n in -60_i64..60,
    ) {
        let start = Day::from_number(number).unwrap();
        let end = plus_working_days(start, n).unwrap();
        if n != 0 {
            prop_assert!(is_working_day(end));
        }
        let range = if n >= 0 { number + 1..=end.number() } else { end.number()..=number - 1 };
        let counted = range.filter_map(Day::from_number).filter(|day| is_working_day(*day)).count();
        prop_assert_eq!(counted as i64, n.abs());
    }

    #[test]
    fn the_next_and_previous_working_day_are_the_nearest(number in 0..40_000) {
        let day = Day::from_number(number).unwrap();
        let (previous, next) = (previous_working_day(day).unwrap(), next_working_day(day).unwrap());
        prop_assert!(previous <= day && day <= next);
        prop_assert!(is_working_day(previous) && is_working_day(next));
        for between in previous.number() + 1..next.number() {
            prop_assert!(!is_working_day(Day::from_number(between).unwrap()));
        }
    }
}
