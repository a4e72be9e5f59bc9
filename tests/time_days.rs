//! Days, weeks and texts of dates, compared with `chrono` day by day.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic: it fails then")]

use chrono::{Datelike, NaiveDate};
use frist::Language;
use frist::time::{
    CalendarAnswer, Clock, Day, IsoWeek, Moment, NamedCalendar, TimeError, Weekday, YearMonth, date_in_words,
    date_in_words_without_year, days_in_month, is_leap_year, weekday_name,
};
use proptest::prelude::*;

#[test]
fn every_day_agrees_with_chrono() {
    let mut date = NaiveDate::from_ymd_opt(1583, 1, 1).unwrap();
    let mut count = 0;
    for number in Day::MIN.number()..=Day::MAX.number() {
        let day = Day::from_number(number).unwrap();
        let (year, month, of_month) = day.ymd();
        assert_eq!((year, u32::from(month), u32::from(of_month)), (date.year(), date.month(), date.day()));
        assert_eq!(Day::from_ymd(year, month, of_month), Some(day));
        assert_eq!(u32::from(day.weekday().number()), date.weekday().number_from_monday(), "{day}");
        let week = day.iso_week();
        assert_eq!(
            (week.year(), u32::from(week.week())),
            (date.iso_week().year(), date.iso_week().week()),
            "{day}"
        );
        assert_eq!(NaiveDate::from(day), date);
        assert_eq!(Day::try_from(date), Ok(day));
        count += 1;
        date = date.succ_opt().unwrap();
    }
    assert_eq!(date, NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap());
    assert_eq!(count, 365 * 8_417 + 2_041);
    assert_eq!(Day::try_from(date), Err(TimeError::OutOfRange));
    assert_eq!(Day::try_from(NaiveDate::from_ymd_opt(1582, 12, 31).unwrap()), Err(TimeError::OutOfRange));
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    for year in 1500..=2500 {
        for month in 0..=14 {
            for day in 0..=40 {
                let real = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)).is_some();
                assert_eq!(Day::from_ymd(year, month, day).is_some(), real && year >= 1583);
            }
        }
    }
    assert_eq!(Day::from_ymd(10_000, 1, 1), None);
    assert_eq!(Day::from_number(Day::MIN.number() - 1), None);
    assert_eq!(Day::from_number(Day::MAX.number() + 1), None);
    assert_eq!(Day::from_number(i32::MIN), None);
}

#[test]
fn months_have_their_lengths() {
    for year in 1583..=9999 {
        let lengths: u32 = (1..=12).map(|month| u32::from(days_in_month(year, month))).sum();
        assert_eq!(lengths, if is_leap_year(year) { 366 } else { 365 });
        for month in 1..=12 {
            let of_year = YearMonth::new(year, month).unwrap();
            assert_eq!(of_year.first_day().last_of_month(), of_year.last_day());
            assert_eq!(of_year.last_day().first_of_month(), of_year.first_day());
            assert_eq!(YearMonth::from(of_year.last_day()), of_year);
            match of_year.next() {
                Ok(next) => assert_eq!(of_year.last_day().next(), Ok(next.first_day())),
                Err(error) => assert_eq!((year, month, error), (9999, 12, TimeError::OutOfRange)),
            }
        }
    }
    assert_eq!(days_in_month(2025, 0), 0);
}

#[test]
fn dates_are_read_strictly() {
    let malformed = Err(TimeError::Malformed { expected: "YYYY-MM-DD" });
    let not_dates = [
        "",
        "2025-5-1",
        "2025-05-1",
        "25-05-01",
        "2025/05/01",
        "20250501",
        " 2025-05-01",
        "2025-05-01 ",
        "2025-05-01T",
        "+025-05-01",
        "2025-05-0a",
        "-025-05-01",
        "12025-05-01",
        "2025–05-01",
        "2025-05-0å",
        "２025-05",
    ];
    for text in not_dates {
        assert_eq!(text.parse::<Day>(), malformed, "{text}");
    }
    assert_eq!("2025-02-30".parse::<Day>(), Err(TimeError::NoSuchDay { year: 2025, month: 2, day: 30 }));
    assert_eq!("2025-13-01".parse::<Day>(), Err(TimeError::NoSuchDay { year: 2025, month: 13, day: 1 }));
    assert_eq!("2025-00-01".parse::<Day>(), Err(TimeError::NoSuchDay { year: 2025, month: 0, day: 1 }));
    assert_eq!("1582-12-31".parse::<Day>(), Err(TimeError::OutOfRange));
    assert_eq!("1583-01-01".parse::<Day>(), Ok(Day::MIN));
    assert_eq!("9999-12-31".parse::<Day>(), Ok(Day::MAX));
}

#[test]
fn clocks_and_moments_are_read_strictly() {
    for text in ["", "8:00", "08:0", "24:00", "08:60", "08.00", "08:00:00", "+8:00", "08:0a"] {
        assert!(text.parse::<Clock>().is_err(), "{text}");
    }
    for hour in 0..24 {
        for minute in 0..60 {
            let clock = Clock::from_hm(hour, minute).unwrap();
            assert_eq!((clock.hour(), clock.minute()), (hour, minute));
            assert_eq!(clock.to_string().parse(), Ok(clock));
            assert_eq!(clock.to_string(), format!("{hour:02}:{minute:02}"));
        }
    }
    let no_day = TimeError::NoSuchDay { year: 2025, month: 2, day: 29 };
    assert_eq!("2025-02-29T08:00".parse::<Moment>(), Err(no_day));
    for text in ["", "2025-05-01", "2025-05-01 08:00", "2025-05-01T08:00Z", "2025-05-01T08:00:00", "T08:00"] {
        assert!(matches!(text.parse::<Moment>(), Err(TimeError::Malformed { .. })), "{text}");
    }
    let moments: Vec<Moment> = ["2025-05-01T23:59", "2025-05-02T00:00", "2025-05-02T00:01"]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
    assert!(moments.is_sorted_by(|a, b| a < b));
    assert_eq!(moments[0].to_string(), "2025-05-01T23:59");
}

#[test]
fn texts_show_as_they_are_read() {
    let day: Day = "2025-05-01".parse().unwrap();
    assert_eq!(format!("{day} {day:?} {day:>12}"), "2025-05-01 2025-05-01   2025-05-01");
    let moment: Moment = "2025-05-01T08:30".parse().unwrap();
    assert_eq!(format!("{moment} {moment:?} {:?}", moment.clock), "2025-05-01T08:30 2025-05-01T08:30 08:30");
    assert_eq!(YearMonth::from(day).to_string(), "2025-05");
    assert_eq!(day.iso_week().to_string(), "2025-W18");
    let weeks: Vec<IsoWeek> = [Day::MIN, Day::MAX].map(Day::iso_week).to_vec();
    assert_eq!((weeks[0].to_string(), weeks[1].to_string()), ("1582-W52".into(), "9999-W52".into()));
}

#[test]
fn json_holds_dates_as_text() {
    let day: Day = serde_json::from_str("\"2025-05-01\"").unwrap();
    assert_eq!(serde_json::to_string(&day).unwrap(), "\"2025-05-01\"");
    let moment: Moment = serde_json::from_str("\"2025-05-01T08:30\"").unwrap();
    assert_eq!(serde_json::to_string(&moment).unwrap(), "\"2025-05-01T08:30\"");
    let clock: Clock = serde_json::from_str("\"08:30\"").unwrap();
    assert_eq!(serde_json::to_string(&clock).unwrap(), "\"08:30\"");
    let error = serde_json::from_str::<Day>("\"2025-02-30\"").unwrap_err();
    assert!(error.to_string().contains("there is no day 2025-02-30"), "{error}");
    assert!(serde_json::from_str::<Day>("20250501").unwrap_err().to_string().contains("YYYY-MM-DD"));
}

#[test]
fn words_name_the_day() {
    let words = |text: &str, language| date_in_words(text.parse().unwrap(), language);
    assert_eq!(words("2024-02-29", Language::Swedish), "den 29 februari 2024");
    assert_eq!(words("2024-12-31", Language::English), "31 December 2024");
    let day = "2025-08-01".parse().unwrap();
    assert_eq!(date_in_words_without_year(day, Language::English), "1 August");
    assert_eq!(date_in_words_without_year(day, Language::Swedish), "den 1 augusti");
    assert_eq!(weekday_name(day.weekday(), Language::Swedish), "fredag");
    assert!(Weekday::ALL.is_sorted());
    assert_eq!(Weekday::ALL.map(Weekday::number), [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_calendar_file_is_read_as_people_save_it() {
    let calendar = NamedCalendar::parse("\u{feff}2025-10-08 \r\n\r\n2025-09-10\r\n2025-10-08").unwrap();
    assert_eq!(calendar.days().iter().map(Day::to_string).collect::<Vec<_>>(), ["2025-09-10", "2025-10-08"]);
    let error = NamedCalendar::parse("2025-09-10\n\n10/8/2025\n").unwrap_err();
    assert_eq!((error.line, error.text.as_str()), (3, "10/8/2025"));
}

fn any_day() -> impl Strategy<Value = Day> {
    (Day::MIN.number()..=Day::MAX.number()).prop_map(|number| Day::from_number(number).unwrap())
}

proptest! {
    #[test]
    fn text_round_trips(day in any_day()) {
        prop_assert_eq!(day.to_string().parse(), Ok(day));
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,12}") {
        let _ = text.parse::<Day>();
        let _ = text.parse::<Clock>();
        let _ = text.parse::<Moment>();
    }

    #[test]
    fn days_are_added_and_taken_back(day in any_day(), days in -4_000_000_i64..4_000_000) {
        match day.plus_days(days) {
            Ok(other) => {
                prop_assert_eq!(day.days_until(other), days);
                prop_assert_eq!(other.plus_days(-days), Ok(day));
            }
            Err(error) => {
                prop_assert_eq!(error, TimeError::OutOfRange);
                let number = i64::from(day.number()) + days;
                prop_assert!(number < Day::MIN.number().into() || number > Day::MAX.number().into());
            }
        }
    }

    #[test]
    fn no_count_of_days_or_weeks_overflows(day in any_day(), count in any::<i64>()) {
        let _ = day.plus_days(count);
        let _ = day.plus_weeks(count);
    }

    #[test]
    fn weeks_keep_the_weekday(day in any_day(), weeks in -1000_i64..1000) {
        if let Ok(other) = day.plus_weeks(weeks) {
            prop_assert_eq!(other.weekday(), day.weekday());
            prop_assert_eq!(day.days_until(other), 7 * weeks);
        }
    }

    #[test]
    fn a_calendar_agrees_with_looking_through_its_days(
        days in prop::collection::vec(19_000..19_100, 0..12),
        asked in 18_995..19_105,
    ) {
        let day = |number| Day::from_number(number).unwrap();
        let calendar = NamedCalendar::new(days.iter().copied().map(day).collect());
        let (first, last) = (days.iter().min(), days.iter().max());
        let outside = first.is_none_or(|first| asked < *first) || last.is_none_or(|last| asked > *last);
        let expected = match (first, days.iter().filter(|known| **known >= asked).min()) {
            (None, _) => CalendarAnswer::Empty,
            (Some(first), _) if asked < *first => CalendarAnswer::BeforeFirstKnown,
            (Some(_), None) => CalendarAnswer::AfterLastKnown,
            (Some(_), Some(&next)) => CalendarAnswer::Day(day(next)),
        };
        prop_assert_eq!(calendar.first_on_or_after(day(asked)), expected);
        prop_assert_eq!(calendar.contains(day(asked)), (!outside).then(|| days.contains(&asked)));
    }
}
