//! How long it takes to load rules, read events, decide and explain, on the ruleset of Ljungby.
//!
//! `cargo bench` runs them all; docs/performance.md says what each figure is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops at the first surprise"
)]

use std::fmt::Write as _;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use frist::run::{Decisions, History, Outcome, OutcomeKind};
use frist::{Draft, Loaded, ReadOptions, Ruleset, Settings};

const RULES: &str = include_str!("../rulesets/ljungby/ljungby.frist");
/// The days of meetings that the examples beside the rules use.
const MEETINGS: &str = include_str!("../rulesets/ljungby/arbetsutskott.csv");

/// A contract and a notice of a raised cap: the smallest case in which something is decided.
const CAP_CHANGE: &str = r#"
{"case":"a","event":"avtal_tecknat","date":"2025-03-10","avtalsstart":"2025-04-01","kapacitetstak":"350 timmar"}
{"case":"a","event":"kapacitetstak_anmält","date":"2025-04-14","nytt_tak":"400 timmar","berörda_omval":0}
"#;

fn main() {
    divan::main();
}

/// Rules with no error in them.
fn load() -> Loaded {
    let mut draft = Draft::new([("ljungby.frist", RULES)]);
    draft.supply("arbetsutskott.csv", "arbetsutskott.csv", MEETINGS);
    draft.check()
}

/// A ruleset and events that were read; every line was a good one.
struct Prepared {
    ruleset: Ruleset,
    history: History,
    settings: Settings,
}

impl Prepared {
    fn of(lines: &str) -> Prepared {
        let Loaded { ruleset, mut sources, .. } = load();
        let ruleset = ruleset.expect("sound rules");
        let file = sources.add("events.jsonl", lines.trim_start());
        let input = ruleset.read(&sources, &[file], &ReadOptions::default());
        assert!(input.diagnostics.is_empty(), "{:?}", input.diagnostics);
        let settings = Settings::as_of("2030-12-31".parse().expect("a day"));
        Prepared { ruleset, history: input.history, settings }
    }

    fn decide(&self) -> Decisions {
        self.ruleset.decide(&self.history, &self.settings)
    }
}

/// The lines of a provider's case: a contract, then mostly cap notices, one event every nine days.
fn case(id: usize, events: usize) -> String {
    let mut day: frist::time::Day = "2025-03-10".parse().expect("a day");
    let mut lines = String::new();
    for place in 0..events {
        let event = match place % 10 {
            _ if place == 0 => {
                r#""event":"avtal_tecknat","avtalsstart":"2025-04-01","kapacitetstak":"350 timmar""#
                    .to_owned()
            }
            3 => r#""event":"tillfällig_verksamhetsansvarig""#.to_owned(),
            5 => r#""event":"verksamhetsansvarig_godkänd""#.to_owned(),
            7 => format!(r#""event":"villkorsändring_meddelad","beslutad_från":"{day}""#),
            9 => format!(r#""event":"trygghetslarm_beslutat","protokoll_justerat":"{day}""#),
            rest => {
                format!(r#""event":"kapacitetstak_anmält","nytt_tak":"4{rest}0 timmar","berörda_omval":0"#)
            }
        };
        writeln!(lines, r#"{{"case":"utf-{id:03}","date":"{day}",{event}}}"#).expect("a line");
        day = day.plus_days(9).expect("a day");
    }
    lines
}

/// The texts of the rules → a checked program.
#[divan::bench]
fn load_ruleset(bencher: Bencher) {
    assert!(load().ruleset.is_some(), "sound rules");
    bencher.bench(load);
}

/// A case of two events → its outcomes.
#[divan::bench]
fn decide_cap_change(bencher: Bencher) {
    let prepared = Prepared::of(CAP_CHANGE);
    assert!(prepared.decide().outcomes().count() >= 3, "at least the contract, its cap, the new cap");
    bencher.bench(|| black_box(&prepared).decide());
}

/// A case of thirty events → its outcomes; the throughput is in events.
#[divan::bench]
fn decide_30_events(bencher: Bencher) {
    let prepared = Prepared::of(&case(1, 30));
    assert!(prepared.decide().outcomes().count() >= 24, "most events bring something");
    bencher.counter(ItemsCount::new(30_usize)).bench(|| black_box(&prepared).decide());
}

/// The outcome of the cap notice → why it is so, with the nearest changes and the other readings.
#[divan::bench]
fn explain_cap_change(bencher: Bencher) {
    let prepared = Prepared::of(CAP_CHANGE);
    let decisions = prepared.decide();
    let raised = |outcome: &&Outcome| matches!(outcome.kind, OutcomeKind::Becomes { .. });
    let outcome =
        decisions.outcomes().map(|(_, outcome)| outcome).filter(raised).last().expect("the new cap");
    let case = prepared.history.cases.first().expect("a case");
    let program = prepared.ruleset.program();
    bencher.bench(|| {
        frist::explain::explain(program, &prepared.settings, case, &decisions.pool, black_box(outcome))
    });
}

/// A thousand lines, fifty cases of twenty events → a history; the throughput is in lines.
#[divan::bench]
fn read_1000_lines(bencher: Bencher) {
    let lines: String = (0..50).map(|id| case(id, 20)).collect();
    assert_eq!(Prepared::of(&lines).history.cases.len(), 50, "every line is a good one");
    let Loaded { ruleset, mut sources, .. } = load();
    let ruleset = ruleset.expect("sound rules");
    let file = sources.add("events.jsonl", &lines);
    bencher
        .counter(ItemsCount::new(1_000_usize))
        .bench(|| ruleset.read(black_box(&sources), &[file], &ReadOptions::default()));
}

/// A rule that looks at one date, with a promise: every day of 400 years, on one thread.
const ONE_DATE: &str = "regelverk demo \"Demo\"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
händelse anmälan
uppgift tak: ja/nej
regel tak_ändras
  när anmälan
  om datum är senast den 15:e i månaden
    tak gäller från den 1:a i nästa månad efter datum
  annars
    tak gäller från den 1:a i 2:a månaden efter datum
  garanti: ikraftträdande är efter datum
";

#[divan::bench]
fn prove_a_rule_on_one_date(bencher: Bencher<'_, '_>) {
    let ruleset = Ruleset::load([("one.frist", ONE_DATE)]).ruleset.expect("sound rules");
    let options = frist::verify::Options { threads: 1, ..Default::default() };
    bencher
        .counter(ItemsCount::new(146_097_usize))
        .bench(|| frist::verify::verify(black_box(ruleset.program()), black_box(&options)));
}

/// Every question of every rule of Ljungby, on two threads.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn verify_ljungby(bencher: Bencher<'_, '_>) {
    let ruleset = load().ruleset.expect("sound rules");
    let options = frist::verify::Options { threads: 2, ..Default::default() };
    bencher.bench(|| frist::verify::verify(black_box(ruleset.program()), black_box(&options)));
}
