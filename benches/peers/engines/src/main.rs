//! Frist beside other rule engines: the same three rules, the same events, the same answers.
//!
//! `engines [EVENTS] [ROUNDS]` lets all take turns on so many events of each rule and of the three mixed, on one thread, and prints
//! a table. `engines columns FOLDER EVENTS` writes the events and what Frist says of them as columns for `columns.py`, and then
//! prints the seconds that deciding them takes each time a line comes in.

mod by_cel;
mod by_frist;
mod by_hand;
mod by_regorus;
mod by_rhai;
#[cfg(feature = "zen")]
mod by_zen;
#[cfg(feature = "zen-graphs")]
mod by_zen_graph;
mod columns;
mod events;
#[path = "../../../generator/mod.rs"]
#[allow(dead_code, reason = "others use the rest")]
mod generator;
mod turns;

use events::Which;
use turns::{Way, spread};

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder, events] = words.as_slice()
        && word == "columns"
    {
        return columns::serve(folder.as_ref(), events.parse().expect("a number of events"));
    }
    let mut numbers = words.iter().map(|word| word.parse().expect("a number"));
    let events = numbers.next().unwrap_or(300_000);
    let rounds = numbers.next().unwrap_or(7);
    table(events, rounds);
    Ok(())
}

fn table(events: usize, rounds: usize) {
    let ruleset = by_frist::ruleset();
    let program = ruleset.program();
    let plans = by_frist::plans(program);
    let mut rows: Vec<(&str, Vec<[f64; 3]>, [f64; 3])> = Vec::new();
    for which in Which::ALL {
        let events = events::events(which, events);
        let mut ways = vec![
            by_hand::one_by_one(&events),
            by_frist::one_by_one(&plans, &events),
            by_hand::columns(&events),
            by_frist::columns(program, &plans, &events),
            by_rhai::way(&events),
            by_cel::way(&events),
            by_regorus::way(&events),
            #[cfg(feature = "zen")]
            by_zen::way(&events),
            #[cfg(feature = "zen-graphs")]
            by_zen_graph::way(&events),
        ];
        turns::take(&mut ways, events.len(), rounds);
        for (place, way) in ways.iter().enumerate() {
            let times = spread(way.per_event());
            let ratios = slower_than(way, &ways[1]);
            match rows.get_mut(place) {
                Some(row) => {
                    row.1.push(times);
                    row.2 = ratios;
                }
                None => rows.push((way.name, vec![times], ratios)),
            }
        }
    }
    println!("{events} events of each kind, {rounds} rounds; nanoseconds an event: medians (least–most)");
    println!(
        "| | a new cap | a contract | a notice | all mixed | mixed, events a second | times Frist's one at a time |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, times, ratios) in rows {
        print!("| {name} |");
        for [median, ..] in &times {
            print!(" {} |", short(*median));
        }
        let [median, least, most] = times[times.len() - 1];
        print!(" {:.2} M ({:.2}–{:.2}) |", 1e3 / median, 1e3 / most, 1e3 / least);
        println!(" {} ({}–{}) |", short(ratios[0]), short(ratios[1]), short(ratios[2]));
    }
}

/// How many times as long one takes as the other, within each round.
fn slower_than(one: &Way<'_>, other: &Way<'_>) -> [f64; 3] {
    spread(one.times.iter().zip(&other.times).map(|(one, other)| one / other).collect())
}

/// Three digits that say something.
fn short(number: f64) -> String {
    let decimals = if number < 1.0 {
        2
    } else if number < 100.0 {
        1
    } else {
        0
    };
    format!("{number:.decimals$}")
}
