//! A slow, obvious evaluator, written from the language page and not from the engine, agrees with the engine on random
//! programs and random cases of them.
//!
//! `FRIST_SEED` repeats a run, `FRIST_CASES` makes it larger or smaller.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::large_enum_variant,
    clippy::panic,
    clippy::print_stdout,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

#[path = "slow/apply.rs"]
mod apply;
#[path = "slow/bring.rs"]
mod bring;
#[path = "slow/compare.rs"]
mod compare;
#[path = "slow/days.rs"]
mod days;
#[path = "slow/decide.rs"]
mod decide;
#[path = "slow/duties.rs"]
mod duties;
#[path = "slow/evaluate.rs"]
mod evaluate;
#[path = "slow/expressions.rs"]
mod expressions;
#[path = "slow/facts.rs"]
mod facts;
#[path = "slow/fire.rs"]
mod fire;
#[path = "slow/generate.rs"]
mod generate;
#[path = "slow/outcomes.rs"]
mod outcomes;
#[path = "slow/program.rs"]
mod program;
#[path = "slow/random_cases.rs"]
mod random_cases;
#[path = "slow/random_expressions.rs"]
mod random_expressions;
#[path = "slow/tally.rs"]
mod tally;
#[path = "slow/text.rs"]
mod text;

use program::Line;
use support::Dice;
use tally::Tally;

const CASES_OF_A_PROGRAM: usize = 50;
const ROUNDS: usize = 5;
const WORKERS: u64 = 2;

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().expect("a number"))
}

#[test]
fn the_slow_evaluator_agrees() {
    let seed = from_environment("FRIST_SEED", 0x5107_2025);
    let wanted = usize::try_from(from_environment("FRIST_CASES", 100_000)).unwrap();
    let shown = usize::try_from(from_environment("FRIST_SHOWN", 1)).unwrap();
    println!("seed {seed}");
    let each = wanted.div_ceil(usize::try_from(WORKERS).unwrap());
    let workers: Vec<_> =
        (0..WORKERS).map(|worker| std::thread::spawn(move || work(seed + worker, each, shown))).collect();
    let mut all = Tally::default();
    for worker in workers {
        all.join(worker.join().expect("a worker that finishes"));
    }
    println!("{all}");
    assert!(all.reports.is_empty(), "{}", all.reports.join("\n----------------\n"));
    // A run of a few programs need not come by everything.
    if wanted >= 50_000 {
        all.assert_broad();
    }
}

/// Runs programs, every [`WORKERS`]-th from a seed on, until there were so many cases or differences.
fn work(seed: u64, wanted: usize, shown: usize) -> Tally {
    let mut tally = Tally::default();
    let mut number = seed;
    while tally.cases < wanted && tally.reports.len() < shown {
        one_program(number, &mut tally);
        number += WORKERS;
    }
    tally
}

fn one_program(number: u64, tally: &mut Tally) {
    // Neighbouring seeds must not give neighbouring dice.
    let mut dice = Dice(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..5 {
        dice.below(2);
    }
    let program = generate::program(&mut dice);
    let mut checked = match compare::check(&program) {
        Ok(checked) => checked,
        Err(errors) => return tally.refused(&errors),
    };
    tally.program(&program);
    for _ in 0..ROUNDS {
        let all: Vec<Vec<Line>> =
            (0..CASES_OF_A_PROGRAM / ROUNDS).map(|_| random_cases::case(&mut dice, &program)).collect();
        let as_of = days::of(2025, 1, 10) + dice.below(200) as i32;
        let fast = compare::engine(&mut checked, &program, &all, as_of);
        let slow = compare::slow(&program, &all, as_of);
        for (place, case) in all.iter().enumerate() {
            let Some(slow) = &slow[place] else {
                tally.left += 1;
                continue;
            };
            tally.case(slow);
            if *slow != fast[place] {
                let report = compare::report(&program, case, as_of);
                tally.reports.push(format!("seed {number}\n{report}"));
                return;
            }
        }
    }
}
