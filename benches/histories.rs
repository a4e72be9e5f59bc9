//! Cases with longer and longer histories: what an event costs when there are few before it, and when there are many.
//!
//! `cargo bench --bench histories` decides the same number of events as cases of 10, 30, 100, 300 and 1,000 events; the words
//! after `--` set how many events there are in all, the one size to take, and how many rounds. Each is decided from cases that
//! stand ready, and from columns. docs/performance.md says what the figures are.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops at the first surprise"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use frist::batch::{Column, Columns, Histories};
use frist::program::{Program, Type};
use frist::run::{Happening, History, run_one};
use frist::time::Day;
use frist::value::Value;
use frist::{ReadOptions, Ruleset, Settings};

const RULES: &str = include_str!("histories.frist");

/// The day through which every case is run.
const AS_OF: &str = "2030-12-31";

/// How cases are decided: the number of outcomes.
type Way = fn(&Prepared) -> usize;

/// How many events a case has.
const SIZES: [usize; 5] = [10, 30, 100, 300, 1_000];

/// How often the sizes take turns.
const ROUNDS: usize = 7;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let events: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(200_000);
    let only: Option<usize> = words.next().and_then(|word| word.parse().ok());
    let sizes = only.map_or_else(|| SIZES.to_vec(), |only| vec![only]);
    let prepared: Vec<Prepared> = sizes.iter().map(|size| Prepared::of(events / size, *size)).collect();
    let mut times = vec![Vec::new(); sizes.len()];
    let mut in_columns = vec![Vec::new(); sizes.len()];
    let rounds: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(ROUNDS);
    for round in 0..=rounds {
        for ((prepared, times), in_columns) in prepared.iter().zip(&mut times).zip(&mut in_columns) {
            for (times, way) in [(times, Prepared::decide as Way), (in_columns, Prepared::decide_columns)] {
                let start = Instant::now();
                black_box(way(prepared));
                // The first round fills memory.
                if round > 0 {
                    times.push(start.elapsed().as_secs_f64() * 1e9 / prepared.events() as f64);
                }
            }
        }
    }
    println!("{events} events, {rounds} rounds by turns, medians (least and most)");
    let few = sizes[0];
    println!(
        "| events a case | cases | outcomes an event | ns an event | of those with {few} | from columns, of that |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for (((size, prepared), own), in_columns) in sizes.iter().zip(&prepared).zip(&times).zip(&in_columns) {
        assert_eq!(prepared.decide(), prepared.decide_columns(), "both say the same");
        let ratios: Vec<f64> = own.iter().zip(&times[0]).map(|(own, first)| own / first).collect();
        println!(
            "| {size} | {} | {:.2} | {} | {} | {} |",
            prepared.history.cases.len(),
            prepared.decide() as f64 / prepared.events() as f64,
            spread(own, 0),
            spread(&ratios, 2),
            spread(&in_columns.iter().zip(own).map(|(columns, own)| columns / own).collect::<Vec<_>>(), 2),
        );
    }
}

/// The median, with the least and the most.
fn spread(figures: &[f64], decimals: usize) -> String {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (median, least, most) = (sorted[sorted.len() / 2], sorted[0], sorted[sorted.len() - 1]);
    format!("{median:.decimals$} ({least:.decimals$}–{most:.decimals$})")
}

/// Rules, and cases of one size that have been read.
struct Prepared {
    ruleset: Ruleset,
    history: History,
    columns: Histories,
    settings: Settings,
}

impl Prepared {
    fn of(cases: usize, size: usize) -> Prepared {
        let loaded = Ruleset::load([("histories.frist", RULES)]);
        let (ruleset, mut sources) = (loaded.ruleset.expect("sound rules"), loaded.sources);
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let mut lines = String::new();
        for number in 0..cases {
            case(&mut dice, number, size, &mut lines);
        }
        let file = sources.add("events.jsonl", &lines);
        let input = ruleset.read(&sources, &[file], &ReadOptions::default());
        assert!(input.diagnostics.iter().all(|said| !said.is_error()), "{:?}", input.diagnostics);
        let settings = Settings::as_of(AS_OF.parse().unwrap());
        let mut history = input.history;
        for case in &mut history.cases {
            // The order that columns have: within a day by event.
            case.events.sort_by_key(|event| (event.date, event.event));
        }
        let columns = columns(ruleset.program(), &history);
        Prepared { ruleset, history, columns, settings }
    }

    fn events(&self) -> usize {
        self.history.cases.iter().map(|case| case.events.len()).sum()
    }

    /// Decides case by case, as a stream does, and gives the number of outcomes.
    fn decide(&self) -> usize {
        let mut pool = self.history.pool.clone();
        let program = self.ruleset.program();
        let decided =
            |case| run_one(program, &self.settings, black_box(case), &mut pool, None).outcomes.len();
        self.history.cases.iter().map(decided).sum()
    }

    /// The same from columns.
    fn decide_columns(&self) -> usize {
        let mut outcomes = 0;
        let program = self.ruleset.program();
        program.decide_histories(black_box(&self.columns), &self.settings, |decided| {
            outcomes += decided.outcomes.outcomes.len();
        });
        outcomes
    }
}

/// The events of a history as columns, a table for each.
fn columns(program: &Program, history: &History) -> Histories {
    let all: Vec<(u32, &Happening)> = (0..)
        .zip(&history.cases)
        .flat_map(|(case, of)| of.events.iter().map(move |event| (case, event)))
        .collect();
    let mut histories = Histories::new();
    for (place, declared) in program.events.iter().enumerate() {
        let own = || all.iter().filter(|(_, event)| event.event.index() == place);
        if own().next().is_none() {
            continue;
        }
        let dates = own().map(|(_, event)| event.date.number()).collect();
        let mut columns = Columns::new(program, &declared.named.name, dates).unwrap();
        for (field, named) in declared.fields.iter().enumerate() {
            let values = own().map(|(_, event)| event.fields[field]);
            let column = match named.ty {
                Type::Date => Column::Days(values.map(|value| value.as_day().unwrap().number()).collect()),
                Type::YesNo => Column::YesNo(values.map(Value::is_yes).collect()),
                _ => Column::Whole(
                    values
                        .map(|value| match value {
                            Value::Count(number) | Value::Duration(number) => number,
                            other => panic!("{other:?} is no number"),
                        })
                        .collect(),
                ),
            };
            columns = columns.with(program, &named.named.name, column, None).unwrap();
        }
        histories = histories.with(columns, own().map(|(case, _)| *case).collect()).unwrap();
    }
    histories
}

/// The events of a case, two days apart on the whole, the last one shortly before the end: a longer case is one that began
/// earlier.
fn case(dice: &mut Dice, number: usize, size: usize, lines: &mut String) {
    let gaps: Vec<i64> = (0..size).map(|_| dice.below(5) as i64).collect();
    let last: Day = AS_OF.parse().unwrap();
    let mut day = last.plus_days(-gaps.iter().sum::<i64>()).unwrap();
    for (place, gap) in gaps.into_iter().enumerate() {
        let event = match dice.below(100) {
            _ if place == 0 => format!(r#""event":"avtal_tecknat","avtalsstart":"{day}""#),
            0..=59 => {
                let (minutes, in_time) = (15 + dice.below(120), dice.below(10) > 0);
                format!(r#""event":"besök","tid":{minutes},"i_tid":{in_time}"#)
            }
            60..=74 => format!(r#""event":"kundantal","antal":{}"#, 10 + dice.below(20)),
            75..=84 => format!(r#""event":"brist","allvarlig":{}"#, dice.below(3) == 0),
            85..=94 => r#""event":"brist_rättad""#.to_owned(),
            _ => r#""event":"uppföljning""#.to_owned(),
        };
        writeln!(lines, r#"{{"case":"{number}","date":"{day}",{event}}}"#).unwrap();
        day = day.plus_days(gap).unwrap();
    }
}

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}
