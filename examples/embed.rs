//! Frist inside another program: load rules, decide one event, read why.

use frist::{Language, ReadOptions, Ruleset, Settings};

const RULES: &str = r#"
ruleset demo "Notice"
  in force from 2025-01-01
  months are counted according to SFS 1930:173
source act "The act"
role landlord "the landlord"
action move_out_date "confirm the day"
event notice_given "Notice is given"
rule confirm "Confirm a notice"
  according to act section "4" anchor "7c1e09aa"
  when notice_given
  landlord must move_out_date by 1 month after date with no time stated
"#;
const EVENT: &str = r#"{"case":"flat-7","event":"notice_given","date":"2025-01-31"}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut loaded = Ruleset::load([("demo.frist", RULES)]);
    let ruleset = loaded.ruleset.ok_or_else(|| format!("{:?}", loaded.diagnostics))?;
    let file = loaded.sources.add("events.jsonl", EVENT);
    let input = ruleset.read(&loaded.sources, &[file], &ReadOptions::default());
    let settings = Settings::as_of("2025-02-15".parse()?);
    let decisions = ruleset.decide(&input.history, &settings);
    for (case, outcome) in decisions.outcomes() {
        let why = ruleset.explain(&input.history, &settings, &decisions, case, outcome);
        let why = why.ok_or("the case is of another history")?;
        println!("{}: {}", case.id, why.sentence.get(Language::English));
        println!("{:?}", why.steps.iter().flat_map(|steps| &steps.en).collect::<Vec<_>>());
    }
    Ok(())
}
