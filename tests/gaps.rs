//! Branches that leave something out or cannot be reached, months that could be counted in several ways: each shown by an
//! example, all in one list.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::fmt::Write as _;

use support::said::said_of;

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
  vilka: flera läge = {öppet}
  takt: tid per vecka = 1 timme per vecka
  sort: räkneord = besök
tolkning q "Q?"
  vald a "a"
  annan b "b"
tolkning p "P?"
  vald a "a"
  annan b "b"
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
    &["hur ingår i {öppet, stängt}", "hur = vilande"],
    &["hur ingår i {öppet, stängt}", "hur = öppet", "hur = vilande"],
    &["hur ingår i {öppet, stängt}", "hur ingår i {stängt, vilande}"],
    &["hur ingår i alla läge", "fritt"],
    &["noll ingår i {1, 2}", "noll ≥ 3", "noll ≤ 0"],
    &["noll ingår i {1, 2}", "noll > 3", "noll ≤ 0"],
    &["dag ingår i {2025-03-01}", "dag är före 2025-03-01", "dag är efter 2025-03-01"],
    &["2 ingår i {1, 2}", "fritt"],
    &["3 ingår i {1, 2}", "fritt", "inte fritt"],
    &["vilka ingår i {öppet, stängt}", "vilka = {vilande}"],
    &["vilka ingår i {öppet}", "inte vilka ingår i {öppet}"],
    &["hur ingår i vilka", "inte hur ingår i vilka"],
    &["vem = chef", "vem = handläggare"],
    &["noll > 0", "noll = -5"],
    &["vikt > -0.5", "vikt < -0.5"],
    &["vikt > -1.5", "vikt < -1.5"],
    &["vikt > 0.5", "vikt < 0.5"],
    &["antal av start ≥ 0", "fritt"],
    &["antal i vilka > 0", "antal i vilka = 0"],
    &["antal av start > 3", "antal av start ≤ 3"],
    &["antal av start > 3", "antal av start sedan 2025-02-01 ≤ 3"],
    &["antal av start sedan 2025-02-01 > 3", "antal av start sedan 2025-02-01 ≤ 3"],
    &["finns start där noll = 1", "inte finns start där noll = 1"],
    &["finns start där noll = 1", "inte finns start där noll = 2"],
    &["takt < 1 timme per vecka", "takt ≥ 1 timme per vecka"],
    &["takt < 1 timme per vecka", "takt > 1 timme per vecka"],
    &["sort = besök", "sort ≠ besök"],
    &["sort = besök", "sort = besök och fritt", "sort ≠ besök"],
    &["tolkning q är a", "tolkning q är b"],
    &["tolkning q är a", "tolkning p är b"],
    &["1 = 2", "fritt", "inte fritt"],
    &["\"a\" = \"b\"", "fritt", "inte fritt"],
    &["\"a\" ≠ \"b\"", "fritt"],
    &["chef = handläggare", "fritt", "inte fritt"],
    &["1 < 2", "fritt"],
    &["{1, 2} = {2, 1}", "fritt"],
    &["{1, 2} ≠ {2, 1}", "fritt", "inte fritt"],
    &["{1, 2} = {2, 3}", "fritt", "inte fritt"],
    &["2 ≤ 1", "fritt", "inte fritt"],
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
    "3 månader efter nolla",
    "nolla efter dag",
];

/// Tables: what they ask and answer, and their rows.
const TABLES: &[(&str, &[&str])] = &[
    ("(a: antal) ger svar: antal", &["1..3 || 1", "4..9 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal", &["1..3 || 1", "3..9 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal", &["1..3 || 1", "3..9 || 1", "annars || inget"]),
    ("(a: antal) ger svar: antal", &["1, 5, 7..9 || 1", "2, 8 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal", &["1, 5, 7..9 || 1", "2, 6 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal", &["1..3 || 1", "5..9 || 2"]),
    ("(a: antal) ger svar: antal", &["1..3 || 1", "* || 2"]),
    ("(a: antal) ger svar: antal träff första", &["1..3 || 1", "* || 2"]),
    ("(a: antal) ger svar: antal träff första", &["1..3 || 1", "4..9 || 2"]),
    ("(a: antal) ger svar: antal träff enskild före intervall", &["1..3 || 1", "2 || 2", "annars || inget"]),
    (
        "(a: antal) ger svar: antal träff enskild före intervall",
        &["1..3 || 1", "3..9 || 2", "annars || inget"],
    ),
    ("(a: antal) ger svar: antal träff enskild före intervall", &["2 || 1", "2 || 2", "annars || inget"]),
    (
        "(a: antal) ger svar: antal träff enskild före intervall",
        &["2, 4..5 || 1", "2 || 2", "annars || inget"],
    ),
    ("(a: antal) ger svar: antal träff konflikt", &["1..3 || 1", "3..9 || 2", "annars || inget"]),
    ("(a: läge) ger svar: antal", &["öppet || 1", "stängt || 2"]),
    ("(a: läge) ger svar: antal", &["öppet || 1", "stängt, vilande || 2"]),
    ("(a: läge valfri) ger svar: antal", &["öppet || 1", "stängt, vilande || 2"]),
    ("(a: läge valfri) ger svar: antal", &["öppet || 1", "stängt, vilande || 2", "* || 3"]),
    ("(a: ja/nej) ger svar: antal", &["ja || 1"]),
    ("(a: ja/nej) ger svar: antal", &["ja || 1", "nej || 2"]),
    ("(a: roll) ger svar: antal", &["chef || 1", "handläggare || 2"]),
    ("(a: roll) ger svar: antal", &["chef || 1"]),
    ("(a: roll) ger svar: antal", &["chef || 1", "annars || inget"]),
    ("(a: antal) ger svar: antal", &["1 || 1", "annars || inget", "2 || 2"]),
    ("(a: antal) ger svar: antal", &["annars || inget", "1 || 1", "annars || inget"]),
    ("(a: antal) ger svar: antal träff första", &["* || 1", "1..3 || 2"]),
    ("(a: antal) ger svar: antal träff första", &["1..3 || 1", "annars || inget", "2 || 2"]),
    ("(a: antal) ger svar: antal träff första", &["1, 5..9 || 1", "5..6, 1 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal träff första", &["1, 5..9 || 1", "4..6, 1 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal träff första", &["5..9 || 1", "7..10 || 2", "annars || inget"]),
    ("(a: antal) ger svar: antal träff första", &["1..3 || 1", "4..6 || 2", "1..6 || 3", "annars || inget"]),
    ("(a: antal valfri) ger svar: antal träff första", &["inget || 1", "* || 2", "inget || 3"]),
    (
        "(a: antal, b: ja/nej) ger svar: antal träff första",
        &["1..3 | * || 1", "2 | ja || 2", "4 | ja || 3", "annars || inget"],
    ),
    ("(a: tal) ger svar: antal", &["1.5..2.5 || 1", "2.5..3.5 || 2"]),
    ("(a: tal) ger svar: antal", &["1.5..2.5 || 1", "3.5..4.5 || 2"]),
    ("(a: belopp) ger svar: antal", &["1 krona..2 kronor || 1", "4 kronor..5 kronor || 2"]),
    ("(a: tid) ger svar: antal", &["1 timme..2 timmar || 1", "4 timmar..5 timmar || 2"]),
    ("(a: datum) ger svar: antal", &["2025-03-01..2025-03-05 || 1", "2025-03-07..2025-03-09 || 2"]),
    ("(a: datum) ger svar: antal", &["2025-03-01..2025-03-05 || 1", "2025-03-05..2025-03-09 || 2"]),
    ("(a: text) ger svar: antal", &["\"a\" || 1"]),
    ("(a: antal, b: ja/nej) ger svar: antal", &["1..3 | ja || 1", "2..4 | nej || 2", "annars || inget"]),
    ("(a: antal, b: ja/nej) ger svar: antal", &["1..3 | ja || 1", "2..4 | * || 2", "annars || inget"]),
    ("(a: läge, b: ja/nej) ger svar: antal", &["öppet | ja || 1", "stängt | * || 2", "vilande | nej || 3"]),
    ("(a: läge, b: ja/nej) ger svar: antal", &["öppet | * || 1", "stängt | * || 2", "vilande | * || 3"]),
    ("(a: antal) ger svar: antal valfri", &["1 || inget", "annars || 3"]),
    ("(a: antal) ger svar: antal", &["3..1 || 1", "annars || inget"]),
];

/// What is said of a rule on the event above.
fn said(head: &str, rule: &str) -> String {
    said_of(&format!("{head}regel r\n  när start\n{rule}"))
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

#[test]
fn what_the_rows_of_a_table_leave_out_or_say_twice() {
    let head = HEAD.replace("POLICY", "månader räknas enligt SFS 1930:173");
    let each = |(columns, rows): &(&str, &[&str])| {
        let lines: String = rows.iter().map(|row| format!("  {row}\n")).collect();
        format!("{columns}\n{lines}{}", said_of(&format!("{head}tabell t{columns}\n{lines}")))
    };
    insta::assert_snapshot!("tables", TABLES.iter().map(each).collect::<String>());
}

/// Fifty thousand combinations of values are tried, and no more.
#[test]
fn so_many_combinations_are_tried() {
    let head = HEAD.replace("POLICY", "månader räknas enligt SFS 1930:173");
    let fields = "händelse många\n  a: antal\n  b: antal\n  c: antal\n  d: antal\n  e: antal\n  \
                  f: ja/nej\n  g: ja/nej\n  h: ja/nej\n  i: ja/nej\n  j: ja/nej\n";
    let numbers = "(a = 1 eller a = 3) och (b = 1 eller b = 3) och (c = 1 eller c = 3) och (d = 1 eller d = 3) och (e = 1 eller e = 3)";
    let said = |conditions: &[String]| {
        let mut rule = String::from("regel r\n  när många\n");
        for (place, condition) in conditions.iter().enumerate() {
            let word = if place == 0 { "om" } else { "annars om" };
            writeln!(rule, "  {word} {condition}\n    notering \"{place}\"").unwrap();
        }
        said_of(&format!("{head}{fields}{rule}"))
    };
    let fits = format!("{numbers} och f och g och h och i");
    let too_many = format!("{fits} och j");
    assert_eq!(said(std::slice::from_ref(&fits)), "");
    assert_eq!(said(std::slice::from_ref(&too_many)), "");
    assert!(
        said(&[fits.clone(), "inte f".to_owned()]).contains("ingen gren tar hand om `a = 0`"),
        "an example"
    );
    let none = said(&[too_many, "inte f".to_owned()]);
    assert!(none.contains("F0504") && !none.contains("ingen gren tar hand om `a"), "{none}");
}
