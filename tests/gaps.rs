//! Branches that leave something out or cannot be reached, months that could be counted in several ways: each shown by an
//! example, all in one list.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fmt::Write as _;

use frist::check::{CheckOptions, check};
use frist::diagnostics::Severity;
use frist::source::Sources;
use frist::syntax;

const HEAD: &str = r#"regelverk demo "Demo"
  gäller från 2025-01-01
  POLICY

räkneord besök
roll chef, handläggare
typ läge: öppet | stängt | vilande

händelse start
  noll: antal = 0
  annat: antal = 0
  yta: antal valfri
  hur: läge = öppet
  vem: roll = chef
  fritt: ja/nej = nej
  klart: ja/nej = nej
  namn: text = "a"
  när_då: tidpunkt = 2025-03-01T08:30
  klocka: klockslag = 08:30
  dag: datum = 2025-03-01
  tid: tid = 0 minuter
  varsel: period = 3 månader
  avgift: belopp = 0 kronor
  del: andel = 50 %
  vikt: tal = 1.5
"#;

/// Conditions of a rule's branches; all but the last list have no `otherwise`.
const BRANCHES: &[&[&str]] = &[
    &["noll < 3", "noll > 3"],
    &["noll ≤ 3", "noll > 3"],
    &["noll < 3", "noll ≥ 5"],
    &["noll > 0", "noll < 0"],
    &["noll = 3", "noll ≠ 3"],
    &["vikt < 1.5", "vikt > 1.5"],
    &["vikt < 1", "vikt ≥ 1"],
    &["vikt < 1", "vikt > 2"],
    &["avgift < 100 kronor", "avgift > 100 kronor"],
    &["avgift < 99.50 kronor", "avgift > 99.50 kronor"],
    &["tid < 2 timmar", "tid > 2 timmar"],
    &["tid < 90 minuter", "tid > 90 minuter"],
    &["del < 50 %", "del > 50 %"],
    &["dag < 2025-03-01", "dag > 2025-03-01"],
    &["dag är senast 2025-03-01", "dag är efter 2025-03-01"],
    &["dag är före 2025-03-01", "dag är efter 2025-03-01"],
    &["dag är senast den 15:e i månaden", "dag är efter den 16:e i månaden"],
    &["dag är senast den 15:e i månaden", "dag är efter den 15:e i månaden"],
    &["klocka < 08:30", "klocka > 08:30"],
    &["hur = öppet", "hur = stängt"],
    &["hur = öppet", "hur = stängt", "hur = vilande"],
    &["hur ingår i {öppet, stängt}"],
    &["vem = chef", "vem = handläggare"],
    &["fritt", "inte fritt"],
    &["fritt", "klart"],
    &["fritt och klart", "inte fritt"],
    &["fritt = ja", "fritt = nej"],
    &["namn = \"a\"", "namn ≠ \"a\""],
    &["namn = \"a\"", "namn = \"b\""],
    &["noll < 3 och fritt", "noll ≥ 3", "inte fritt"],
    &["noll är mellan 1 och 3", "noll > 3", "noll < 1"],
    &["noll är mellan 1 och 3", "noll > 3"],
    &["noll < annat", "noll > annat"],
    &["noll < annat", "noll ≥ annat"],
    &["yta är angivet", "inte yta är angivet"],
    &["yta är angivet och yta > 3", "inte yta är angivet"],
    &["noll < 3", "noll < 2", "noll ≥ 3"],
    &["noll < 3", "noll < 3", "noll ≥ 3"],
    &["noll < 3 eller noll ≥ 3", "fritt"],
    &["noll > 3 och noll < 2", "fritt", "inte fritt"],
    &["ja", "fritt"],
    &["nej", "fritt", "inte fritt"],
];

/// Dates that are handed out, where the header does not say how months are counted.
const DATES: &[&str] = &[
    "1 månad efter dag",
    "12 månader efter dag",
    "1 år före dag",
    "3 dagar efter dag",
    "2 veckor efter dag",
    "1 månad efter 2025-03-28",
    "1 månad efter 2025-03-29",
    "1 månad efter den 28:e i nästa månad efter dag",
    "1 månad efter den 29:e i nästa månad efter dag",
    "1 månad efter sista dagen i månaden för dag",
    "den 28:e i nästa månad efter dag",
    "den 29:e i nästa månad efter dag",
    "varsel efter dag",
    "1 månad efter 1 månad efter 2025-03-01",
];

fn said(head: &str, rule: &str) -> String {
    let text = format!("{head}regel r\n  när start\n{rule}");
    let mut sources = Sources::default();
    let id = sources.add("demo.frist", text.as_str());
    let (file, mut found) = syntax::parse(&sources, id);
    let (_, more) = check(&sources, &[file], &CheckOptions::default());
    found.extend(more);
    let mut all = String::new();
    for said in found.iter().filter(|said| said.severity != Severity::Advice) {
        let words = said.span().map_or("", |span| sources.slice(span));
        writeln!(all, "  {} at `{words}`: {}", said.code, said.message.sv).unwrap();
        if let Some(label) = said.labels.first() {
            writeln!(all, "    {}", label.words.sv).unwrap();
        }
        for label in said.labels.iter().skip(1) {
            writeln!(all, "    `{}`: {}", sources.slice(label.span), label.words.sv).unwrap();
        }
        if let Some(help) = &said.help {
            writeln!(all, "    {}", help.sv).unwrap();
        }
    }
    all
}

#[test]
fn what_the_branches_leave_out() {
    let head = HEAD.replace("POLICY", "månader räknas enligt SFS 1930:173");
    let each = |conditions: &&[&str]| {
        let mut rule = String::new();
        for (place, condition) in conditions.iter().enumerate() {
            let word = if place == 0 { "om" } else { "annars om" };
            writeln!(rule, "  {word} {condition}\n    notering \"{place}\"").unwrap();
        }
        format!("{}\n{}", conditions.join(" | "), said(&head, &rule))
    };
    insta::assert_snapshot!("branches", BRANCHES.iter().map(each).collect::<String>());
}

#[test]
fn months_that_can_be_counted_in_several_ways() {
    let head = HEAD.replace("POLICY", "version \"1\"");
    let each = |date: &&str| format!("{date}\n{}", said(&head, &format!("  ger svar = {date}\n")));
    insta::assert_snapshot!("months", DATES.iter().map(each).collect::<String>());
}
