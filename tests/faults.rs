//! Planted faults: rules that are wrong in one place, in the ways in which a hand slips, and what finds them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod faults {
    pub mod effects;
    pub mod expressions;
    pub mod items;
    pub mod kind;
    pub mod plant;
    pub mod rules;
    pub mod rules_in_hand;
}

use std::collections::BTreeMap;
use std::time::Instant;

use faults::kind::Kind;
use faults::rules_in_hand::{Rules, failing};

const RULESETS: [&str; 5] = ["kristianstad", "ljungby", "norrkoping", "stockholm", "uppfoljning-2020"];

#[test]
fn count() {
    let mut table: BTreeMap<Kind, [usize; 5]> = BTreeMap::new();
    for (place, name) in RULESETS.iter().enumerate() {
        let t = Instant::now();
        let rules = Rules::read(name);
        let read = t.elapsed();
        for fault in &rules.faults {
            table.entry(fault.kind).or_default()[place] += 1;
        }
        let t = Instant::now();
        let planted = rules.plant(rules.faults.len() / 2);
        let check = t.elapsed();
        let t = Instant::now();
        let all = planted.as_ref().ok().and_then(|program| failing(program, |_| true));
        let examples = t.elapsed();
        println!("{name}: {} faults; read {read:?}, plant {check:?}, examples {examples:?} {all:?}", rules.faults.len());
        println!("{}", rules.told(&rules.faults[rules.faults.len() / 2]));
    }
    for kind in Kind::ALL {
        println!("{:?} {:?} {}", table.get(&kind).copied().unwrap_or_default(), kind, kind.words());
    }
}

#[test]
fn survivors() {
    let mut out = String::new();
    let mut table: BTreeMap<Kind, [usize; 4]> = BTreeMap::new();
    for name in ["norrkoping", "stockholm", "uppfoljning-2020", "ljungby", "kristianstad"] {
        let t = Instant::now();
        let rules = Rules::read(name);
        for (number, fault) in rules.faults.iter().enumerate() {
            let row = table.entry(fault.kind).or_default();
            match rules.plant(number) {
                Err(_) => row[0] += 1,
                Ok(program) => {
                    let own = failing(&program, |name| Some(name) == fault.rule.as_deref());
                    if own.is_some() {
                        row[1] += 1;
                    } else if failing(&program, |name| Some(name) != fault.rule.as_deref()).is_some() {
                        row[2] += 1;
                    } else {
                        row[3] += 1;
                        out += &rules.told(fault);
                        out += "\n";
                    }
                }
            }
        }
        std::fs::write(format!("/tmp/w/target-faults/survivors-{name}.txt"), &out).unwrap();
        out.clear();
        println!("{name} {:?}", t.elapsed());
    }
    for (kind, row) in &table {
        println!("{row:?} {kind:?}");
    }
    
}
