//! Frist inside another program: load rules, decide one event, read why.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use frist::{Language, ReadOptions, Ruleset, Settings};

const RULES: &str = r#"
ruleset demo "Leases"
  in force from 2025-01-01
  months are counted according to SFS 1930:173
source act "The act"
event notice_given "Notice is given"
fact lease "the lease": yes/no
rule end_of_lease "The lease ends"
  according to act section "4" anchor "7c1e09aa"
  when notice_given
  lease ends after 3 months after date
"#;
const EVENT: &str = r#"{"case":"flat-7","event":"notice_given","date":"2025-11-30"}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut loaded = Ruleset::load([("leases.frist", RULES)]);
    let ruleset = loaded.ruleset.ok_or_else(|| format!("{:?}", loaded.diagnostics))?;
    let file = loaded.sources.add("events.jsonl", EVENT);
    let input = ruleset.read(&loaded.sources, &[file], &ReadOptions::default());
    let settings = Settings::as_of("2025-12-31".parse()?);
    let decisions = ruleset.decide(&input.history, &settings);
    for (case, outcome) in decisions.outcomes() {
        let why = ruleset.explain(&input.history, &settings, &decisions, case, outcome);
        let why = why.ok_or("the case is of another history")?;
        println!("{}: {}", case.id, why.sentence.get(Language::English));
        println!("{:?}", why.steps.iter().flat_map(|steps| &steps.en).collect::<Vec<_>>());
    }
    Ok(())
}
