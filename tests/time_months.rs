//! The laws that month arithmetic keeps, and where it must not be trusted to.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic: it fails then")]

use frist::time::{
    Day, Landing, MonthPolicy, Period, TimeError, YearMonth, days_in_month, is_at_least_before,
    last_day_at_least_before, nth_of_month, plus_months, plus_period,
};
use proptest::prelude::*;

const POLICIES: [MonthPolicy; 4] =
    [MonthPolicy::Sfs1930_173, MonthPolicy::LastDay, MonthPolicy::FirstOfNext, MonthPolicy::Strict];
const LAW: MonthPolicy = MonthPolicy::Sfs1930_173;
const DAYS_IN_400_YEARS: i32 = 146_097;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The month arithmetic once more, slowly: step month by month, then look for the day.
fn stepwise(from: Day, months: i64, policy: MonthPolicy) -> Result<Landing, TimeError> {
    let (mut year, mut month, number) = from.ymd();
    for _ in 0..months.abs() {
        (year, month) = match (months > 0, month) {
            (true, 12) => (year + 1, 1),
            (true, _) => (year, month + 1),
            (false, 1) => (year - 1, 12),
            (false, _) => (year, month - 1),
        };
    }
    if !(1583..=9999).contains(&year) {
        return Err(TimeError::OutOfRange);
    }
    if let Some(day) = Day::from_ymd(year, month, number) {
        return Ok(Landing { day, missing: None });
    }
    let last = Day::from_ymd(year, month, days_in_month(year, month)).ok_or(TimeError::OutOfRange)?;
    match policy {
        MonthPolicy::Strict => Err(TimeError::NoSuchDay { year, month, day: number }),
        MonthPolicy::FirstOfNext => Ok(Landing { day: last.next()?, missing: Some(number) }),
        _ => Ok(Landing { day: last, missing: Some(number) }),
    }
}

/// For each target in a cycle of 400 years: the last day that fits, found by trying every day.
fn check_last_days(period: Period, policy: MonthPolicy) -> usize {
    let first = day("2000-01-01").number();
    let margin = 900;
    let mut latest_by_landing = vec![i32::MIN; (DAYS_IN_400_YEARS + 4 * margin) as usize];
    for number in first - 2 * margin..first + DAYS_IN_400_YEARS + 2 * margin {
        let from = Day::from_number(number).unwrap();
        if let Ok(landing) = plus_period(from, period, 1, policy) {
            let index = landing.day.number() - (first - 2 * margin);
            if let Some(latest) = usize::try_from(index).ok().and_then(|i| latest_by_landing.get_mut(i)) {
                *latest = (*latest).max(number);
            }
        }
    }
    let (mut latest, mut checked) = (i32::MIN, 0);
    for (target, candidate) in (first - 2 * margin..).zip(latest_by_landing) {
        latest = latest.max(candidate);
        if (first..first + DAYS_IN_400_YEARS).contains(&target) {
            let target = Day::from_number(target).unwrap();
            let last = last_day_at_least_before(period, target, policy).map(Day::number);
            assert_eq!(last, Ok(latest), "{period:?} before {target} under {policy:?}");
            checked += 1;
        }
    }
    checked
}

#[test]
fn the_last_day_that_fits_is_the_last_over_400_years() {
    let periods = [1, 3, 6, 12].map(Period::months);
    let mixed =
        [Period { months: 1, days: 10 }, Period { months: 2, days: -5 }, Period { months: -1, days: 0 }];
    for period in periods.into_iter().chain(mixed).chain([Period::days(14), Period::ZERO]) {
        for policy in POLICIES {
            assert_eq!(check_last_days(period, policy), 146_097);
        }
    }
}

#[test]
fn counting_back_differs_from_counting_forward_on_four_days_a_year() {
    for year in 1999..=2400 {
        let mut target = Day::from_ymd(year, 1, 1).unwrap();
        let mut differing = 0;
        while target.year() == year {
            let back = plus_months(target, -3, LAW).unwrap().day;
            let forward = last_day_at_least_before(Period::months(3), target, LAW).unwrap();
            differing += usize::from(back != forward);
            target = target.next().unwrap();
        }
        assert_eq!(differing, 4, "{year}");
    }
}

#[test]
fn one_count_clamps_once_and_a_chain_twice() {
    let start = day("2026-01-31");
    let chained = plus_months(plus_months(start, 1, LAW).unwrap().day, 1, LAW).unwrap();
    assert_eq!(chained.day, day("2026-03-28"));
    assert_eq!(plus_months(start, 2, LAW).unwrap().day, day("2026-03-31"));
    assert_eq!(plus_period(start, Period::months(1), 2, LAW).unwrap().day, day("2026-03-31"));
}

#[test]
fn the_month_end_vectors_of_the_law() {
    let vectors = [
        ("2024-01-31", 1, "2024-02-29", Some(31)),
        ("2026-01-31", 1, "2026-02-28", Some(31)),
        ("2026-08-31", 1, "2026-09-30", Some(31)),
        ("2028-02-29", 12, "2029-02-28", Some(29)),
        ("2026-05-31", -1, "2026-04-30", Some(31)),
        ("2026-02-28", 1, "2026-03-28", None),
    ];
    for (start, months, end, missing) in vectors {
        for policy in [LAW, MonthPolicy::LastDay] {
            assert_eq!(plus_months(day(start), months, policy), Ok(Landing { day: day(end), missing }));
        }
    }
}

#[test]
fn the_ends_of_the_range_are_errors() {
    assert_eq!(plus_months(Day::MAX, 1, LAW), Err(TimeError::OutOfRange));
    assert_eq!(plus_months(Day::MIN, -1, LAW), Err(TimeError::OutOfRange));
    assert_eq!(plus_months(Day::MAX, i64::MAX, LAW), Err(TimeError::OutOfRange));
    assert_eq!(plus_months(Day::MIN, i64::MIN, LAW), Err(TimeError::OutOfRange));
    assert_eq!(last_day_at_least_before(Period::months(1), Day::MIN, LAW), Err(TimeError::OutOfRange));
    assert_eq!(is_at_least_before(Day::MAX, Period::days(1), Day::MAX, LAW), Err(TimeError::OutOfRange));
    let huge = Period { months: i32::MIN, days: i32::MIN };
    assert_eq!(plus_period(Day::MIN, huge, i32::MIN, LAW), Err(TimeError::OutOfRange));
    assert_eq!(last_day_at_least_before(huge, Day::MIN, LAW), Err(TimeError::OutOfRange));
    assert_eq!(huge.negate(), Err(TimeError::OutOfRange));
    assert_eq!(Period::years(i32::MAX), Err(TimeError::OutOfRange));
    assert_eq!(Period::weeks(i32::MIN), Err(TimeError::OutOfRange));
    assert_eq!(Period::months(i32::MAX).checked_add(Period::months(1)), Err(TimeError::OutOfRange));
}

#[test]
fn a_day_number_is_one_to_thirty_one() {
    let february = YearMonth::new(2025, 2).unwrap();
    for policy in POLICIES {
        assert_eq!(nth_of_month(february, 0, policy), Err(TimeError::NoSuchDayNumber { day: 0 }));
        assert_eq!(nth_of_month(february, 32, policy), Err(TimeError::NoSuchDayNumber { day: 32 }));
        let fifteenth = Landing { day: day("2025-02-15"), missing: None };
        assert_eq!(nth_of_month(february, 15, policy), Ok(fifteenth));
    }
    let missing = TimeError::NoSuchDay { year: 2025, month: 2, day: 29 };
    assert_eq!(nth_of_month(february, 29, MonthPolicy::Strict), Err(missing));
}

fn any_day() -> impl Strategy<Value = Day> {
    (Day::MIN.number()..=Day::MAX.number()).prop_map(|number| Day::from_number(number).unwrap())
}

fn any_policy() -> impl Strategy<Value = MonthPolicy> {
    prop::sample::select(POLICIES.to_vec())
}

proptest! {
    #[test]
    fn months_agree_with_stepping(day in any_day(), months in -300_i64..300, policy in any_policy()) {
        prop_assert_eq!(plus_months(day, months, policy), stepwise(day, months, policy));
    }

    #[test]
    fn a_later_day_never_lands_earlier(day in any_day(), ahead in 0_i64..70, months in -300_i64..300) {
        for policy in [LAW, MonthPolicy::LastDay, MonthPolicy::FirstOfNext] {
            let later = day.plus_days(ahead).and_then(|later| plus_months(later, months, policy));
            if let (Ok(landing), Ok(later)) = (plus_months(day, months, policy), later) {
                prop_assert!(landing.day <= later.day);
            }
        }
    }

    #[test]
    fn policies_differ_only_where_a_day_is_missing(day in any_day(), months in -300_i64..300) {
        let [law, last, first, strict] = POLICIES.map(|policy| plus_months(day, months, policy));
        prop_assert_eq!(law, last);
        match law {
            Ok(Landing { missing: None, .. }) => {
                prop_assert_eq!(law, first);
                prop_assert_eq!(law, strict);
            }
            Ok(Landing { day: last_of_month, missing }) => {
                prop_assert!(day.day_of_month() >= 29 && missing == Some(day.day_of_month()));
                prop_assert_eq!(first, last_of_month.next().map(|day| Landing { day, missing }));
                let is_missing = matches!(strict, Err(TimeError::NoSuchDay { .. }));
                prop_assert!(is_missing);
            }
            Err(error) => prop_assert_eq!(error, TimeError::OutOfRange),
        }
    }

    #[test]
    fn months_then_days(day in any_day(), months in -99_i32..99, days in -999_i32..999, policy in any_policy()) {
        let by_hand = plus_months(day, months.into(), policy).and_then(|l| l.day.plus_days(days.into()));
        let period = Period { months, days };
        prop_assert_eq!(plus_period(day, period, 1, policy).map(|landing| landing.day), by_hand);
        prop_assert_eq!(plus_period(day, period.negate().unwrap(), -1, policy).map(|l| l.day), by_hand);
    }

    #[test]
    fn it_fits_exactly_up_to_the_last_day(
        target in any_day(), months in 0_i32..60, days in 0_i32..60, offset in -70_i64..70,
    ) {
        let period = Period { months, days };
        for policy in [LAW, MonthPolicy::LastDay, MonthPolicy::FirstOfNext] {
            if let Ok(last) = last_day_at_least_before(period, target, policy) {
                prop_assert_eq!(is_at_least_before(last, period, target, policy), Ok(true));
                let day = last.plus_days(offset).unwrap_or(last);
                if let Ok(fits) = is_at_least_before(day, period, target, policy) {
                    prop_assert_eq!(fits, day <= last);
                }
            }
        }
    }

    #[test]
    fn nothing_overflows(
        day in any_day(), months in any::<i32>(), days in any::<i32>(), times in any::<i32>(), far in any::<i64>(),
    ) {
        let period = Period { months, days };
        for policy in POLICIES {
            let _ = plus_months(day, far, policy);
            let _ = plus_period(day, period, times, policy);
            let _ = last_day_at_least_before(period, day, policy);
        }
    }
}
