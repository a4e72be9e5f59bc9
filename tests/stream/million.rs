//! Long histories with timers, duties and windows, streamed and decided whole: a few in every run of the tests, a million
//! events when asked.

use std::fmt::Write as _;

use frist::Ruleset;
use frist::time::Day;

use super::support::{Dice, day};
use super::whole::{Asked, How, agree};

/// The rules that the benchmark of histories measures.
const RULES: &str = include_str!("../../benches/histories.frist");

const HOWS: [How; 2] = [How { threads: 1, memory: 1 << 30 }, How { threads: 2, memory: 1 << 20 }];

/// Cases of up to so many events each, until there are enough of them; some days have several events, some lines stand
/// before those of earlier days, and cases come back.
fn histories(dice: &mut Dice, events: usize, longest: u64) -> String {
    let mut all = String::new();
    let mut number = 0;
    let mut written = 0;
    while written < events {
        let size = 1 + dice.below(longest);
        let mut at = day("2024-01-01").plus_days(-(dice.below(2 * size) as i64)).unwrap();
        let spread = 1 + dice.below(9);
        for place in 0..size {
            let back = if dice.below(50) == 0 { dice.below(20) as i64 } else { 0 };
            line(dice, number, place, at.plus_days(-back).unwrap(), &mut all);
            at = at.plus_days(dice.below(spread) as i64).unwrap();
        }
        written += size as usize;
        number += if dice.below(6) == 0 { 0 } else { 1 };
    }
    all
}

fn line(dice: &mut Dice, case: usize, place: u64, at: Day, into: &mut String) {
    let event = match dice.below(20) {
        _ if place == 0 => format!(r#""event":"avtal_tecknat","avtalsstart":"{at}""#),
        0..=9 => {
            format!(r#""event":"besök","tid":{},"i_tid":{}"#, dice.below(150), dice.below(8) > 0)
        }
        10..=12 => format!(r#""event":"kundantal","antal":{}"#, dice.below(40)),
        13..=15 => format!(r#""event":"brist","allvarlig":{}"#, dice.below(2) == 0),
        16..=17 => r#""event":"brist_rättad""#.to_owned(),
        _ => r#""event":"uppföljning""#.to_owned(),
    };
    writeln!(into, r#"{{"case":"{case}","date":"{at}",{event}}}"#).unwrap();
}

fn both_ways(parts: usize, events: usize, longest: u64) {
    let loaded = Ruleset::load([("histories.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let mut dice = Dice(20_251_122);
    for _ in 0..parts {
        let text = histories(&mut dice, events, longest);
        let asked = Asked { as_of: Some(day("2024-06-30")), ..Asked::default() };
        let given = agree(&ruleset, &loaded.sources, &[("e.jsonl", &text)], &asked, &HOWS);
        assert!(given.out.lines().count() > events / 4, "most histories come to something");
    }
}

#[test]
fn long_histories_are_streamed_as_they_are_decided_whole() {
    both_ways(3, 1_500, 120);
}

/// `cargo test --release --test stream -- --ignored`
#[test]
#[ignore = "takes a minute or two"]
fn a_million_events_are_streamed_as_they_are_decided_whole() {
    both_ways(20, 50_000, 1_000);
}
