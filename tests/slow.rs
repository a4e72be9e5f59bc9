//! A slow, obvious evaluator, written from the language page and not from the engine, agrees with the engine on random
//! programs and random cases of them.
//!
//! `FRIST_SEED` repeats a run, `FRIST_CASES` makes it larger or smaller.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

#[path = "slow/compare.rs"]
mod compare;
#[path = "slow/days.rs"]
mod days;
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
#[path = "slow/program.rs"]
mod program;
#[path = "slow/text.rs"]
mod text;

use std::collections::BTreeMap;

use support::Dice;

const CASES_OF_A_PROGRAM: usize = 50;
const ROUNDS: usize = 5;

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().expect("a number"))
}

#[test]
fn the_slow_evaluator_agrees() {
    let seed = from_environment("FRIST_SEED", 0x5107_2025);
    let wanted = usize::try_from(from_environment("FRIST_CASES", 100_000)).unwrap();
    let shown = usize::try_from(from_environment("FRIST_SHOWN", 1)).unwrap();
    println!("seed {seed}");
    let (mut cases, mut programs, mut refused, mut left) = (0, 0, 0, 0);
    let mut table: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut reports = Vec::new();
    let mut number = seed;
    'programs: while cases < wanted && reports.len() < shown {
        number += 1;
        // Neighbouring seeds must not give neighbouring dice.
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..5 {
            dice.below(2);
        }
        let program = generate::program(&mut dice);
        let mut checked = match compare::check(&program) {
            Ok(checked) => checked,
            Err(errors) => {
                refused += 1;
                let first = errors.lines().next().unwrap_or_default();
                if std::env::var("FRIST_REFUSED").is_ok() {
                    println!("{errors}\n{}", text::write(&program));
                }
                let code: String = first.split(' ').skip(1).take(12).collect::<Vec<_>>().join(" ");
                *wrong.entry(code).or_default() += 1;
                continue;
            }
        };
        programs += 1;
        for _ in 0..ROUNDS {
            let all: Vec<Vec<program::Line>> =
                (0..CASES_OF_A_PROGRAM / ROUNDS).map(|_| generate::case(&mut dice, &program)).collect();
            let as_of = days::of(2025, 1, 10) + dice.below(200) as i32;
            let fast = compare::engine(&mut checked, &program, &all, as_of);
            let slow = compare::slow(&program, &all, as_of);
            for (place, case) in all.iter().enumerate() {
                cases += 1;
                let Some(slow) = &slow[place] else {
                    left += 1;
                    continue;
                };
                for outcome in slow {
                    *table.entry(outcome["kind"].as_str().unwrap().to_owned()).or_default() += 1;
                    for key in outcome.as_object().unwrap().keys() {
                        *table.entry(format!("with {key}")).or_default() += 1;
                    }
                    if let Some(status) = outcome.get("status") {
                        *table.entry(format!("duty {}", status.as_str().unwrap())).or_default() += 1;
                    }
                }
                if *slow != fast[place] && reports.len() < shown {
                    let report = compare::report(&program, case, as_of);
                    reports.push(format!("seed {}\n{report}", number - 1));
                    continue 'programs;
                }
            }
        }
    }
    println!("{cases} cases of {programs} programs, {refused} refused, {left} left out");
    for (what, count) in &wrong {
        println!("  refused: {count} {what}");
    }
    for (what, count) in &table {
        println!("{count:>8} {what}");
    }
    assert!(reports.is_empty(), "{}", reports.join("\n----------------\n"));
}
