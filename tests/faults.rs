//! Planted faults: rules that are wrong in one place, in the ways in which a hand slips, and what finds them.
//!
//! A fault is found when check has an error, when an example in the rule file does not hold, when verifying gives a verdict that
//! it does not give of the rules as they are, or when the tour of the rules as they are does not fit: an example that it
//! makes does not hold, or it says that something else comes of it. What nothing finds must change nothing, and that must
//! be proved.
//!
//! The ordinary run takes some of every kind from every ruleset. `FRIST_FAULTS=all` takes every fault there is; any other
//! value takes those whose line has those words, such as `Ljungby` or `DutyMetBy in`.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod faults {
    pub mod catch;
    pub mod effects;
    pub mod expressions;
    pub mod items;
    pub mod kind;
    pub mod plant;
    pub mod rules;
    pub mod rules_in_hand;
    pub mod tables;
}

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use faults::catch::{Fate, Finder};
use faults::kind::Kind;
use faults::rules_in_hand::Rules;

const RULESETS: [&str; 5] = ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"];

/// Of each kind of fault the ordinary run takes one from each of so many rulesets, so that it ends while one waits.
const OF_EACH: usize = 2;

fn all() -> Vec<Rules> {
    RULESETS.iter().map(|name| Rules::read(name)).collect()
}

/// The faults of a spread: of each kind from each ruleset some, at places that differ from kind to kind.
fn spread(all: &[Rules]) -> Vec<(usize, usize)> {
    let mut taken = Vec::new();
    for (step, kind) in Kind::ALL.iter().enumerate() {
        let in_turn = (0..all.len()).map(|next| (step + next) % all.len());
        let with_kind = in_turn.filter_map(|place| {
            let numbers = 0..all[place].faults.len();
            let of_kind: Vec<usize> =
                numbers.filter(|number| all[place].faults[*number].kind == *kind).collect();
            (!of_kind.is_empty()).then(|| (place, of_kind[(step * 7 + place * 3) % of_kind.len()]))
        });
        taken.extend(with_kind.take(OF_EACH));
    }
    taken
}

/// The faults that the environment asks for.
fn wanted(all: &[Rules]) -> Vec<(usize, usize)> {
    let every = all
        .iter()
        .enumerate()
        .flat_map(|(place, rules)| (0..rules.faults.len()).map(move |fault| (place, fault)));
    match std::env::var("FRIST_FAULTS") {
        Err(_) => spread(all),
        Ok(words) if words == "all" => every.collect(),
        Ok(words) => {
            let told = |(place, fault): &(usize, usize)| all[*place].told(&all[*place].faults[*fault]);
            every.filter(|one| told(one).to_lowercase().contains(&words.to_lowercase())).collect()
        }
    }
}

/// What became of each fault, on two threads.
fn fates(all: &[Rules], wanted: &[(usize, usize)]) -> Vec<Fate> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![None; wanted.len()]);
    let finders: Vec<Finder<'_>> = all.iter().map(Finder::new).collect();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((rules, fault)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let at = wanted.iter().position(|one| one == &(*rules, *fault)).unwrap();
                    let start = std::time::Instant::now();
                    let fate = finders[*rules].fate(*fault);
                    let told = all[*rules].told(&all[*rules].faults[*fault]);
                    println!("{fate:?} {:.1?}: {told}", start.elapsed());
                    found.lock().unwrap()[at] = Some(fate);
                }
            });
        }
    });
    found.into_inner().unwrap().into_iter().map(Option::unwrap).collect()
}

/// The figures: what found how many faults of each kind.
fn table(all: &[Rules], wanted: &[(usize, usize)], fates: &[Fate]) -> String {
    let mut counts: BTreeMap<Kind, [usize; 6]> = BTreeMap::new();
    for ((rules, fault), fate) in wanted.iter().zip(fates) {
        counts.entry(all[*rules].faults[*fault].kind).or_default()[fate.column()] += 1;
    }
    let mut text = format!("| fault | {} |\n|---|{}\n", Fate::HEADINGS.join(" | "), "--:|".repeat(6));
    let mut sums = [0; 6];
    for (kind, row) in &counts {
        let row_text: Vec<String> = row.iter().map(usize::to_string).collect();
        writeln!(text, "| {} | {} |", kind.words(), row_text.join(" | ")).unwrap();
        (0..6).for_each(|column| sums[column] += row[column]);
    }
    let sums: Vec<String> = sums.iter().map(usize::to_string).collect();
    writeln!(text, "| all {} | {} |", wanted.len(), sums.join(" | ")).unwrap();
    text
}

#[test]
fn every_fault_is_found_or_changes_nothing() {
    let all = all();
    let wanted = wanted(&all);
    let fates = fates(&all, &wanted);
    println!("{}", table(&all, &wanted, &fates));
    let mut survivors = String::new();
    for ((rules, fault), fate) in wanted.iter().zip(&fates) {
        let told = all[*rules].told(&all[*rules].faults[*fault]);
        if let Fate::Survived(why) = fate {
            writeln!(survivors, "{told}\n    {why}").unwrap();
        }
    }
    assert!(survivors.is_empty(), "nothing finds these:\n{survivors}");
}

/// The ordinary run is fair: some of every kind, some from every ruleset.
#[test]
fn the_spread_has_every_kind_and_every_ruleset() {
    let all = all();
    let spread = spread(&all);
    assert!(spread.len() >= 60, "{}", spread.len());
    for (place, name) in RULESETS.iter().enumerate() {
        assert!(spread.iter().filter(|(rules, _)| *rules == place).count() >= 10, "{name}");
    }
    for kind in Kind::ALL {
        assert!(spread.iter().any(|(rules, fault)| all[*rules].faults[*fault].kind == kind), "{kind:?}");
    }
}
