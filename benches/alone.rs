//! Rules that look at their event alone, against the same logic written by hand: one event at a time, and in columns.
//!
//! `cargo bench --bench alone` measures all; the first word after `--` sets how many events there are, the second picks `one`
//! (one event at a time) or `columns`, and with a third Frist is run so many times by itself, to count its instructions. Each
//! figure is a ratio of the two in one run, which take turns; docs/performance.md says what it is.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops at the first surprise"
)]

use std::cell::RefCell;
use std::hint::black_box;
use std::num::Wrapping;
use std::time::{Duration, Instant};

use chrono::{Datelike, Months, NaiveDate};
use frist::batch::{BatchDecider, Column, Columns, Decider, OutcomeColumns, Plan, What};
use frist::program::Program;
use frist::time::Day;
use frist::value::Value;
use frist::{Ruleset, Settings};

const RULES: &str = include_str!("alone.frist");

/// How often the two take turns.
const ROUNDS: usize = 11;

/// How many rows a batch has.
const BATCH: usize = 8192;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let events: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(1_000_000);
    let part = words.next();
    let by_itself: Option<usize> = words.next().and_then(|word| word.parse().ok());
    let picked = |name: &str| part.as_deref().is_none_or(|part| part == name);
    let ruleset = Ruleset::load([("alone.frist", RULES)]).ruleset.expect("sound rules");
    let program = ruleset.program();
    let data = Data::generate(events);
    println!("{events} events, {ROUNDS} rounds, medians (least and most)");
    println!("| rule | events | by hand, ns | Frist, ns | Frist's speed by hand = 1 |");
    println!("| --- | --- | ---: | ---: | ---: |");
    for rule in [Rule::Cap, Rule::Contract, Rule::Notice].into_iter().filter(|_| picked("one")) {
        one_by_one(program, rule, &data, by_itself);
    }
    for rule in [Rule::Cap, Rule::Contract, Rule::Notice].into_iter().filter(|_| picked("columns")) {
        in_columns(program, rule, &data, by_itself);
    }
}

#[derive(Clone, Copy)]
enum Rule {
    Cap,
    Contract,
    Notice,
}

impl Rule {
    fn event(self) -> &'static str {
        match self {
            Rule::Cap => "tak_anmält",
            Rule::Contract => "avläst",
            Rule::Notice => "uppsagt",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Rule::Cap => "a new cap",
            Rule::Contract => "a contract without customers",
            Rule::Notice => "a notice",
        }
    }
}

/// Events as columns: days from 2015 through 2035, the contract up to three years before.
struct Data {
    dates: Vec<i32>,
    starts: Vec<i32>,
    customers: Vec<i64>,
    by_city: Vec<bool>,
    caps: Vec<i64>,
}

impl Data {
    fn generate(events: usize) -> Data {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut below = |bound: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) % bound
        };
        let first = day(2015, 1, 1);
        let dates: Vec<i32> = (0..events).map(|_| first + below(7670) as i32).collect();
        Data {
            starts: dates.iter().map(|date| date - below(1100) as i32).collect(),
            customers: (0..events).map(|_| (below(12) as i64 - 3).max(0)).collect(),
            by_city: (0..events).map(|_| below(2) == 0).collect(),
            caps: (0..events).map(|_| below(500) as i64 * 3600).collect(),
            dates,
        }
    }

    /// The same events, so many together.
    fn batches(&self) -> impl Iterator<Item = Data> {
        (0..self.dates.len()).step_by(BATCH).map(|start| {
            let rows = start..self.dates.len().min(start + BATCH);
            Data {
                dates: self.dates[rows.clone()].to_vec(),
                starts: self.starts[rows.clone()].to_vec(),
                customers: self.customers[rows.clone()].to_vec(),
                by_city: self.by_city[rows.clone()].to_vec(),
                caps: self.caps[rows].to_vec(),
            }
        })
    }

    fn columns(&self, program: &Program, rule: Rule) -> Columns {
        let columns = Columns::new(program, rule.event(), self.dates.clone()).unwrap();
        match rule {
            Rule::Cap => columns.with(program, "nytt_tak", Column::Whole(self.caps.clone()), None),
            Rule::Contract => {
                columns.with(program, "avtalsstart", Column::Days(self.starts.clone()), None).and_then(
                    |columns| columns.with(program, "kunder", Column::Whole(self.customers.clone()), None),
                )
            }
            Rule::Notice => columns.with(program, "av_kommunen", Column::YesNo(self.by_city.clone()), None),
        }
        .unwrap()
    }

    fn fields(&self, rule: Rule, row: usize) -> [Value; 2] {
        match rule {
            Rule::Cap => [Value::Duration(self.caps[row]), Value::Unknown],
            Rule::Contract => {
                [Value::Day(Day::from_number(self.starts[row]).unwrap()), Value::Count(self.customers[row])]
            }
            Rule::Notice => [Value::YesNo(self.by_city[row]), Value::Unknown],
        }
    }
}

fn day(year: i32, month: u8, day: u8) -> i32 {
    Day::from_ymd(year, month, day).unwrap().number()
}

/// The branch in the upper bits, the day in the lower ones.
fn code(branch: u16, day: i32) -> u64 {
    u64::from(branch) << 32 | u64::from(day as u32)
}

// ---- by hand, with chrono ----

const EPOCH: i32 = 719_163;

fn date(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number + EPOCH).unwrap()
}

fn number(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH
}

fn cap_by_hand(date: NaiveDate) -> (u16, NaiveDate) {
    let first = date.with_day(1).unwrap();
    if date.day() <= 15 {
        (1, first.checked_add_months(Months::new(1)).unwrap())
    } else {
        (2, first.checked_add_months(Months::new(2)).unwrap())
    }
}

fn contract_by_hand(date: NaiveDate, start: NaiveDate, customers: i64) -> (u16, Option<NaiveDate>) {
    if customers == 0 {
        let end = start.checked_add_months(Months::new(12)).unwrap();
        if date >= end {
            return (1, Some(end));
        }
    }
    if customers < 6 && date >= start.checked_add_months(Months::new(24)).unwrap() {
        return (2, date.succ_opt());
    }
    (3, None)
}

fn notice_by_hand(date: NaiveDate, by_city: bool) -> (u16, NaiveDate) {
    if by_city {
        (1, date.checked_add_months(Months::new(6)).unwrap())
    } else {
        (2, date.checked_add_months(Months::new(3)).unwrap())
    }
}

// ---- one event at a time ----

fn one_by_one(program: &Program, rule: Rule, data: &Data, by_itself: Option<usize>) {
    let event = program.event_named(rule.event()).unwrap();
    let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
    assert_eq!(plan.left_out().count(), 0);
    let dates: Vec<NaiveDate> = data.dates.iter().map(|day| date(*day)).collect();
    let starts: Vec<NaiveDate> = data.starts.iter().map(|day| date(*day)).collect();
    let days: Vec<Day> = data.dates.iter().map(|day| Day::from_number(*day).unwrap()).collect();
    let fields: Vec<[Value; 2]> = (0..dates.len()).map(|row| data.fields(rule, row)).collect();
    let mut decider = Decider::new(&plan);
    let by_hand = |out: &mut [u64]| {
        for row in 0..dates.len() {
            out[row] = match rule {
                Rule::Cap => {
                    let (branch, from) = cap_by_hand(dates[row]);
                    code(branch, number(from))
                }
                Rule::Contract => {
                    let (branch, end) = contract_by_hand(dates[row], starts[row], data.customers[row]);
                    code(branch, end.map_or(0, number))
                }
                Rule::Notice => {
                    let (branch, from) = notice_by_hand(dates[row], data.by_city[row]);
                    code(branch, number(from))
                }
            };
        }
    };
    let frist = |out: &mut [u64]| {
        for row in 0..days.len() {
            let brought = decider.decide(days[row], &fields[row]);
            let one = &brought[0];
            out[row] = code(one.branch, one.from.map_or(0, Day::number));
        }
    };
    compare(rule, "one at a time", data.dates.len(), by_itself, by_hand, frist, |_: &mut [u64]| ());
}

// ---- in columns ----

fn in_columns(program: &Program, rule: Rule, data: &Data, by_itself: Option<usize>) {
    let columns = data.columns(program, rule);
    let by_hand = |out: &mut [u64]| match rule {
        Rule::Cap => {
            for (out, date) in out.iter_mut().zip(&data.dates) {
                let (year, month, number) = civil(*date);
                let late = number > Wrapping(15);
                let first = days(year, month + Wrapping(1 + u32::from(late)), Wrapping(1));
                *out = code(1 + u16::from(late), first);
            }
        }
        Rule::Contract => {
            let rows = data.dates.iter().zip(&data.starts).zip(&data.customers);
            for (out, ((date, start), customers)) in out.iter_mut().zip(rows) {
                let (year, month, number) = civil(*start);
                let one = later(year + Wrapping(1), month, number);
                let two = later(year + Wrapping(2), month, number);
                *out = if *customers == 0 && *date >= one {
                    code(1, one)
                } else if *customers < 6 && *date >= two {
                    code(2, date + 1)
                } else {
                    code(3, 0)
                };
            }
        }
        Rule::Notice => {
            for ((out, date), by_city) in out.iter_mut().zip(&data.dates).zip(&data.by_city) {
                let (year, month, number) = civil(*date);
                let months = Wrapping(if *by_city { 6 } else { 3 });
                *out = code(2 - u16::from(*by_city), later(year, month + months, number));
            }
        }
    };
    let event = program.event_named(rule.event()).unwrap();
    let plan = Plan::new(program, event, None, &Settings::as_of(Day::MAX));
    // Both write where they wrote before.
    let decider = RefCell::new(BatchDecider::new(&plan));
    let decide = |_: &mut [u64]| {
        black_box(decider.borrow_mut().decide(&columns));
    };
    let both = |out: &mut [u64]| lay_out(decider.borrow_mut().decide(&columns), out);
    let events = data.dates.len();
    compare(rule, "in columns", events, by_itself, by_hand, decide, both);
    if by_itself.is_none() {
        compare(rule, "in columns, then row by row", events, None, by_hand, both, |_: &mut [u64]| ());
        let batches: Vec<Columns> = data.batches().map(|data| data.columns(program, rule)).collect();
        let decider = RefCell::new(BatchDecider::new(&plan));
        let decide = |_: &mut [u64]| {
            for columns in &batches {
                black_box(decider.borrow_mut().decide(columns));
            }
        };
        let both = |out: &mut [u64]| {
            for (columns, out) in batches.iter().zip(out.chunks_mut(BATCH)) {
                lay_out(decider.borrow_mut().decide(columns), out);
            }
        };
        compare(rule, "in batches of 8,192", events, None, by_hand, decide, both);
    }
}

/// Lays outcomes out row by row.
fn lay_out(outcomes: &OutcomeColumns, out: &mut [u64]) {
    for group in &outcomes.groups {
        match (&group.from, group.what) {
            (Some(from), What::Begins(_) | What::Ends(_) | What::Becomes(_)) => {
                for (row, day) in group.rows.iter().zip(from) {
                    out[*row as usize] = code(group.branch, *day);
                }
            }
            _ => group.rows.iter().for_each(|row| out[*row as usize] = code(group.branch, 0)),
        }
    }
}

/// Numbers that are not watched for overflow, as in most release builds.
type Plain = Wrapping<u32>;

/// The year, the month and the day of the month of a day, by arithmetic on the day's number: Neri and Schneider, "Euclidean
/// affine functions and their application to calendar algorithms" (2022), which needs no division that a processor does.
fn civil(day: i32) -> (Plain, Plain, Plain) {
    let w = Wrapping::<u32>;
    let four = w(4) * w(day.wrapping_add(EPOCH_IN_MARCH) as u32) + w(3);
    let (century, of_century) = (four / w(146_097), (four % w(146_097)) | w(3));
    let years = 2_939_745 * u64::from(of_century.0);
    let (year, of_year) = (w((years >> 32) as u32), w(years as u32 / 2_939_745 / 4));
    let months = w(2141) * of_year + w(197_913);
    let (month, number) = (months >> 16, (months & w(0xffff)) / w(2141));
    // January and February end a year that began on 1 March.
    let late = w(u32::from(of_year.0 >= 306));
    (w(100) * century + year + late, month - w(12) * late, number + w(1))
}

/// Days from 1 March of year 0 through 1970-01-01.
const EPOCH_IN_MARCH: i32 = 719_468;

/// The day of a date whose month may lie past December.
fn days(year: Plain, month: Plain, number: Plain) -> i32 {
    let w = Wrapping::<u32>;
    let past = w(u32::from(month.0 > 12));
    let (year, month) = (year + past, month - w(12) * past);
    let early = w(u32::from(month.0 <= 2));
    let (year, month) = (year - early, month + w(12) * early);
    let century = year / w(100);
    let before = w(1461) * year / w(4) - century + century / w(4);
    (before + (w(979) * month - w(2919)) / w(32) + number - w(1)).0.wrapping_sub(EPOCH_IN_MARCH as u32) as i32
}

/// The same day of another month, or its last.
fn later(year: Plain, month: Plain, number: Plain) -> i32 {
    days(year, month, number).min(days(year, month + Wrapping(1), Wrapping(1)).wrapping_sub(1))
}

// ---- side by side ----

fn compare(
    rule: Rule,
    how: &str,
    events: usize,
    by_itself: Option<usize>,
    mut by_hand: impl FnMut(&mut [u64]),
    mut frist: impl FnMut(&mut [u64]),
    lay_out: impl FnOnce(&mut [u64]),
) {
    let (mut a, mut b) = (vec![0; events], vec![0; events]);
    if let Some(times) = by_itself {
        (0..times).for_each(|_| frist(black_box(&mut b)));
        return;
    }
    let mut hand_times = Vec::new();
    let mut frist_times = Vec::new();
    let mut ratios = Vec::new();
    for round in 0..=ROUNDS {
        let one = time(|| by_hand(black_box(&mut a)));
        let two = time(|| frist(black_box(&mut b)));
        // The first round fills memory.
        if round > 0 {
            hand_times.push(one);
            frist_times.push(two);
            ratios.push(one.as_secs_f64() / two.as_secs_f64());
        }
    }
    lay_out(&mut b);
    assert_eq!(a, b, "both say the same");
    ratios.sort_by(f64::total_cmp);
    let each = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e9 / events as f64
    };
    println!(
        "| {}, {how} | {events} | {:.1} | {:.1} | {:.2} ({:.2}–{:.2}) |",
        rule.name(),
        each(hand_times),
        each(frist_times),
        ratios[ratios.len() / 2],
        ratios[0],
        ratios[ratios.len() - 1],
    );
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}
