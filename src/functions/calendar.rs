//! Dates, times of day and periods as scripts see them: opaque, with the arithmetic of the ruleset.
//!
//! `date(y, m, d)`, `clock(h, m)`, `moment(date, clock)`, `months(n)` and `days(n)` make them. Months are counted as the
//! ruleset's header says, and a weekday is what it says.

use rhai::{Dynamic, Engine, EvalAltResult, INT};

use super::failure::refuse;
use crate::time::{
    Clock, Day, Moment, MonthPolicy, Period, TimeError, WeekdayMeaning, is_public_holiday, is_weekday,
    is_working_day, next_working_day, plus_months, plus_period, plus_working_days, previous_working_day,
};

type Answer<T> = Result<T, Box<EvalAltResult>>;

/// Registers the types and all that can be done with them.
pub fn register(engine: &mut Engine, months: MonthPolicy, weekday: Option<WeekdayMeaning>) {
    dates(engine, months, weekday);
    times(engine);
    periods(engine);
}

fn dates(engine: &mut Engine, months: MonthPolicy, weekday: Option<WeekdayMeaning>) {
    engine
        .register_type_with_name::<Day>("date")
        .register_fn("date", |year: INT, month: INT, day: INT| made(year, month, day))
        .register_get("year", |day: &mut Day| INT::from(day.year()))
        .register_get("month", |day: &mut Day| INT::from(day.month()))
        .register_get("day", |day: &mut Day| INT::from(day.day_of_month()))
        .register_get("weekday", |day: &mut Day| INT::from(day.weekday().number()))
        .register_fn("to_string", |day: &mut Day| day.to_string())
        .register_fn("last_of_month", |day: Day| day.last_of_month())
        .register_fn("days_until", |day: Day, other: Day| day.days_until(other))
        .register_fn("is_working_day", |day: Day| is_working_day(day))
        .register_fn("is_public_holiday", |day: Day| is_public_holiday(day))
        .register_fn("is_weekday", move |day: Day| match weekday {
            Some(meaning) => Ok(is_weekday(day, meaning)),
            None => Err(refuse(
                "regelverkets huvud säger inte vad `vardag` är",
                "the ruleset's header does not say what a `weekday` is",
            )),
        })
        .register_fn("next_working_day", |day: Day| dated(next_working_day(day)))
        .register_fn("previous_working_day", |day: Day| dated(previous_working_day(day)))
        .register_fn("plus_days", |day: Day, count: INT| dated(day.plus_days(count)))
        .register_fn("plus_working_days", |day: Day, count: INT| dated(plus_working_days(day, count)))
        .register_fn("plus_months", move |day: Day, count: INT| {
            dated(plus_months(day, count, months).map(|landing| landing.day))
        })
        .register_fn("plus", move |day: Day, period: Period| {
            dated(plus_period(day, period, 1, months).map(|landing| landing.day))
        });
    ordered::<Day>(engine, "ett datum", "a date");
}

fn times(engine: &mut Engine) {
    engine
        .register_type_with_name::<Clock>("clock")
        .register_fn("clock", |hour: INT, minute: INT| {
            let clock = u8::try_from(hour).ok().zip(u8::try_from(minute).ok());
            clock.and_then(|(hour, minute)| Clock::from_hm(hour, minute)).ok_or_else(|| {
                refuse(
                    format!("det finns inget klockslag {hour}:{minute}"),
                    format!("there is no time {hour}:{minute}"),
                )
            })
        })
        .register_get("hour", |clock: &mut Clock| INT::from(clock.hour()))
        .register_get("minute", |clock: &mut Clock| INT::from(clock.minute()))
        .register_fn("to_string", |clock: &mut Clock| clock.to_string())
        .register_type_with_name::<Moment>("moment")
        .register_fn("moment", |day: Day, clock: Clock| Moment { day, clock })
        .register_get("date", |moment: &mut Moment| moment.day)
        .register_get("clock", |moment: &mut Moment| moment.clock)
        .register_fn("to_string", |moment: &mut Moment| moment.to_string());
    ordered::<Clock>(engine, "ett klockslag", "a time of day");
    ordered::<Moment>(engine, "en tidpunkt", "a date with a time of day");
}

fn periods(engine: &mut Engine) {
    let length = |count: INT| {
        i32::try_from(count).map_err(|_| refuse("perioden är för lång", "the period is too long"))
    };
    engine
        .register_type_with_name::<Period>("period")
        .register_fn("months", move |count: INT| length(count).map(Period::months))
        .register_fn("days", move |count: INT| length(count).map(Period::days))
        .register_get("months", |period: &mut Period| INT::from(period.months))
        .register_get("days", |period: &mut Period| INT::from(period.days))
        .register_fn("==", |a: Period, b: Period| a == b)
        .register_fn("!=", |a: Period, b: Period| a != b);
    // Three months and ninety days have no order.
    for sign in ["<", "<=", ">", ">="] {
        engine.register_fn(sign, |_: Period, _: Period| -> Answer<bool> {
            Err(refuse("perioder har ingen ordning", "periods have no order"))
        });
    }
    incomparable::<Period>(engine, "en period", "a period");
}

/// Comparisons of a type with itself; with anything else they fail rather than being false.
fn ordered<T: Copy + Ord + Send + Sync + 'static>(engine: &mut Engine, sv: &'static str, en: &'static str) {
    engine
        .register_fn("==", |a: T, b: T| a == b)
        .register_fn("!=", |a: T, b: T| a != b)
        .register_fn("<", |a: T, b: T| a < b)
        .register_fn("<=", |a: T, b: T| a <= b)
        .register_fn(">", |a: T, b: T| a > b)
        .register_fn(">=", |a: T, b: T| a >= b);
    incomparable::<T>(engine, sv, en);
}

/// Makes comparisons of a type with another one fail, but for the question whether it is none: Rhai's own answer, that
/// they are just not equal and neither is less, would hide a mistake.
pub(super) fn incomparable<T: Clone + Send + Sync + 'static>(
    engine: &mut Engine,
    sv: &'static str,
    en: &'static str,
) {
    let refusal = move || {
        refuse(
            format!("{sv} jämförs med något av annat slag"),
            format!("{en} is compared with something of another kind"),
        )
    };
    for (sign, differs) in
        [("==", Some(false)), ("!=", Some(true)), ("<", None), ("<=", None), (">", None), (">=", None)]
    {
        let judge = move |other: &Dynamic| differs.filter(|_| other.is_unit()).ok_or_else(refusal);
        engine.register_fn(sign, move |_: T, other: Dynamic| judge(&other));
        engine.register_fn(sign, move |other: Dynamic, _: T| judge(&other));
    }
}

fn made(year: INT, month: INT, day: INT) -> Answer<Day> {
    let parts = (i32::try_from(year), u8::try_from(month), u8::try_from(day));
    let found = match parts {
        (Ok(year), Ok(month), Ok(day)) => Day::from_ymd(year, month, day),
        _ => None,
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    found.ok_or_else(|| {
        refuse(
            format!("det finns ingen dag {date} inom åren 1583–9999"),
            format!("there is no day {date} within the years 1583–9999"),
        )
    })
}

fn dated(result: Result<Day, TimeError>) -> Answer<Day> {
    result.map_err(|error| match error {
        TimeError::NoSuchDay { year, month, day } => refuse(
            format!("det finns ingen dag {year:04}-{month:02}-{day:02}"),
            format!("there is no day {year:04}-{month:02}-{day:02}"),
        ),
        _ => refuse("datumet lämnar åren 1583–9999", "the date leaves the years 1583–9999"),
    })
}
