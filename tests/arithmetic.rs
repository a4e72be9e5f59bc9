//! What expressions come to: sums, products, quotients, roundings and comparisons, one line each; the same when a constant
//! is worked out beforehand as when a rule reckons.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use serde_json::Value as Json;
use support::load_texts;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
  vardag är måndag–fredag

räkneord besök, barn

händelse start "Start" en "Start"
  noll: antal = 0
  tomt: antal valfri
"#;

/// Expressions, and what they come to; `?` where nothing is known.
///
/// Those that a constant may be: no fields, no quotients.
const FIXED: &str = "
    1 + 2                                        3
    1 − 2                                        −1
    3 × 4                                        12
    1.5 + 2.25                                   3,75
    1.5 − 2.25                                   −0,75
    1 + 2.5                                      3,5
    1 − 2.5                                      −1,5
    2.5 + 1                                      3,5
    2.5 − 1                                      1,5
    2.5 × 3                                      7,5
    3 × 2.5                                      7,5
    3 kronor + 0.50 kronor                       3,50 kronor
    3 kronor − 0.50 kronor                       2,50 kronor
    3 kronor × 4                                 12 kronor
    4 × 3 kronor                                 12 kronor
    2 timmar + 30 minuter                        2 timmar 30 minuter
    2 timmar − 30 minuter                        1 timme 30 minuter
    2 timmar × 3                                 6 timmar
    3 × 2 timmar                                 6 timmar
    3 månader + 2 veckor                         3 månader 14 dagar
    3 månader − 1 månad                          2 månader
    3 per vecka                                  3 per vecka
    2.5 per vecka                                2,5 per vecka
    5 kronor per besök                           5 kronor per besök
    4 timmar per vecka                           4 timmar per vecka
    1 månad efter 2025-01-31                     2025-02-28
    1 månad före 2025-03-31                      2025-02-28
    dagen efter 2025-02-28                       2025-03-01
    dagen före 2025-03-01                        2025-02-28
    sista dagen i månaden för 2024-02-10         2024-02-29
    den 15:e i samma månad som 2025-03-31        2025-03-15
    den 15:e i nästa månad efter 2025-03-31      2025-04-15
    den 15:e i 2:a månaden efter 2025-03-31      2025-05-15
    (1 + 2) per vecka                            3 per vecka
    (1.5 + 1) per vecka                          2,5 per vecka
    (1 krona + 1 krona) per besök                2 kronor per besök
    (1 timme + 1 timme) per vecka                2 timmar per vecka
    {1 + 2, 1, 3}                                1 och 3
    {3, 1, 3}                                    1 och 3
";

/// Those that a rule reckons.
const RECKONED: &str = "
    4 timmar per vecka + (30 minuter per vecka)  4 timmar 30 minuter per vecka
    4 timmar per vecka − (30 minuter per vecka)  3 timmar 30 minuter per vecka
    3 per vecka + (2 per vecka)                  5 per vecka
    3 månader × 2                                6 månader
    2 × (3 månader + 5 dagar)                    6 månader 10 dagar
    4 timmar per vecka × 2                       8 timmar per vecka
    2 × (4 timmar per vecka)                     8 timmar per vecka
    40 minuter × (3 per vecka)                   2 timmar per vecka
    (3 per vecka) × 40 minuter                   2 timmar per vecka
    50 kronor × (3 per vecka)                    150 kronor per vecka
    (3 per vecka) × 50 kronor                    150 kronor per vecka
    8 / 9                                        cirka 88,9 % (8 av 9)
    8 / noll                                     ?
    7 / (0 − 2)                                  −350 % (−7 av 2)
    10000000000 / 20000000000                    50 % (1 av 2)
    1.5 / (0 − 0.7) avrundat uppåt till heltal   −3
    1.5 / (0 − 0.7) avrundat nedåt till heltal   −2
    dagar mellan 2025-03-01 och 2025-03-31       30
    dagar mellan 2025-03-31 och 2025-03-01       −30
    den senare av 2025-03-04 och 2025-03-05      2025-03-05
    den senare av 2025-03-05 och 2025-03-04      2025-03-05
    den tidigare av 2025-03-04 och 2025-03-05    2025-03-04
    den tidigare av 2025-03-05 och 2025-03-04    2025-03-04
    5 arbetsdagar efter 2025-03-07               2025-03-14
    5 arbetsdagar före 2025-03-07                2025-02-28
    2025-03-01 flyttad till nästa arbetsdag      2025-03-03
    2025-03-01 flyttad till föregående arbetsdag  2025-02-28
    (3 om tomt = 1 annars 3)                     3
    (3 om tomt = 1 annars 4)                     ?
    (3 om 1 = 1 annars 4)                        3
    (3 om 1 = 2 annars 4)                        4
    1 kronor / 2 kronor                          50 % (1 av 2)
    1 timme / 2 timmar                           50 % (60 av 120)
    1 timme per vecka / (2 timmar per vecka)     50 % (60 av 120)
    1 krona per besök / (2 kronor per besök)     50 % (1 av 2)
    1 per vecka / (2 per vecka)                  50 % (1 av 2)
    1.5 / 0.7 avrundat uppåt till heltal         3
    1.5 / 0.7 avrundat nedåt till heltal         2
    1.5 / 0.5 avrundat till heltal               3
    3 / 0.7 avrundat till heltal                 4
    0.7 / 3 avrundat till heltal                 0
    1.5 / noll avrundat till heltal              ?
    (50 % × 7) avrundat nedåt till heltal        3
    (7 × 50 %) avrundat uppåt till heltal        4
    1 timme × 0.75 avrundat till hela minuter    45 minuter
    0.75 × 1 timme avrundat till hela minuter    45 minuter
    1 timme × 50 % avrundat till hela minuter    30 minuter
    50 % × 1 timme avrundat till hela minuter    30 minuter
    1 timme / 7 avrundat nedåt till hela minuter  8 minuter
    1 timme / 7 avrundat till hela minuter       9 minuter
    1 timme / 7 avrundat till hela sekunder      8 minuter 34 sekunder
    9 timmar / 4 avrundat uppåt till hela timmar  3 timmar
    1 timme / 0.75 avrundat till hela minuter    1 timme 20 minuter
    100 kronor / 3 avrundat till hela öre        33,33 kronor
    100 kronor / 3 avrundat uppåt till hela öre  33,34 kronor
    100 kronor / 3 avrundat till hela kronor     33 kronor
    100 kronor × 2.5 avrundat till hela kronor   250 kronor
    100 kronor × 50 % avrundat till hela öre     50 kronor
    33.50 kronor avrundat till hela kronor       34 kronor
    33.49 kronor avrundat till hela kronor       33 kronor
    33.49 kronor avrundat till hela öre          33,49 kronor
    89 minuter avrundat till hela timmar         1 timme
    90 minuter avrundat till hela timmar         2 timmar
    90 sekunder avrundat nedåt till hela minuter  1 minut
    90 sekunder avrundat till hela sekunder      1 minut 30 sekunder
    2.5 avrundat till heltal                     3
    2.4 avrundat till heltal                     2
    2.6 avrundat nedåt till heltal               2
    3 avrundat till heltal                       3
    7 / 2 avrundat till heltal                   4
    7 / 2 avrundat nedåt till heltal             3
    4 / 3 avrundat till heltal                   1
    5 / 3 avrundat till heltal                   2
    (0 − 7) / 2 avrundat till heltal             −4
    (0 − 7) / 2 avrundat nedåt till heltal       −3
    (0 − 4) / 3 avrundat till heltal             −1
    (0 − 5) / 3 avrundat till heltal             −2
    8 / noll avrundat till heltal                ?
    1 / 3 avrundat till hela procent             33 %
    2 / 3 avrundat till hela procent             67 %
    1 / noll avrundat till hela procent          ?
";

/// Comparisons: `ja`, `nej`, or `?` where no answer is known.
const COMPARED: &str = "
    1 < 1.5                                      ja
    2 < 1.5                                      nej
    1.5 < 2                                      ja
    1.5 < 1                                      nej
    1.5 < 1.6                                    ja
    1.5 < 1.5                                    nej
    1.5 = 1.5                                    ja
    2 = 2.0                                      ja
    2.0 = 2                                      ja
    2.1 = 2                                      nej
    08:30 < 08:31                                ja
    08:31 < 08:30                                nej
    08:30 = 08:30                                ja
    2025-03-01T08:30 < 2025-03-01T08:31          ja
    2025-03-01T08:30 < 2025-02-28T08:31          nej
    2025-03-01 < 2025-03-02                      ja
    60 minuter = 1 timme                         ja
    5 kronor > 4.50 kronor                       ja
    3 månader < 4 månader                        ja
    4 månader < 3 månader                        nej
    3 månader = 3 månader                        ja
    10 dagar < 2 veckor                          ja
    3 veckor < 2 veckor                          nej
    3 månader + 5 dagar < 3 månader + 6 dagar    ja
    3 månader + 5 dagar < 4 månader + 5 dagar    ja
    3 månader + 5 dagar < 4 månader + 6 dagar    ?
    1 / 2 < 2 / 3                                ja
    2 / 3 < 1 / 2                                nej
    1 / 2 = 2 / 4                                ja
    1 / 2 < 1 / noll                             ?
    4 timmar per vecka > (3 timmar per vecka)    ja
    4 timmar per vecka < (3 timmar per vecka)    nej
    2025-03-01 är lördag                         ja
    2025-03-03 är lördag                         nej
    2025-03-03 är arbetsdag                      ja
    2025-01-06 är helgdag                        ja
    2025-01-07 är helgdag                        nej
    2025-04-18 är vardag                         nej
    2025-04-19 är vardag                         nej
    2025-04-22 är vardag                         ja
    2025-03-01T08:30 är lördag                   ja
    2025-03-05 är senast 2025-03-05              ja
    2025-03-06 är senast 2025-03-05              nej
    2025-03-05 är tidigast 2025-03-05            ja
    2025-03-04 är tidigast 2025-03-05            nej
    2025-03-05 är före 2025-03-05                nej
    2025-03-04 är före 2025-03-05                ja
    2025-03-05 är efter 2025-03-05               nej
    2025-03-06 är efter 2025-03-05               ja
    2025-03-15 är senast den 15:e i månaden      ja
    2025-03-16 är senast den 15:e i månaden      nej
    2024-11-29 är minst 3 månader före 2025-02-28  ja
    2024-12-01 är minst 3 månader före 2025-02-28  nej
    klockan i 2025-03-01T08:30 är från 08:30 till före 09:00  ja
    klockan i 2025-03-01T09:00 är från 08:30 till före 09:00  nej
    klockan i 2025-03-01T08:29 är från 08:30 till före 09:00  nej
    1 ingår i {1, 2}                             ja
    3 ingår i {1, 2}                             nej
    {1, 2} ingår i {1, 2, 3}                     ja
    {1, 4} ingår i {1, 2, 3}                     nej
    {1, tomt} = {1}                              ja
    antal i {1, 2, 1} = 2                        ja
    {} är tom                                    ja
    {1} är tom                                   nej
    {2} = det i {1, 2} som saknas i {1, 3}       ja
    tomt är angivet                              nej
    tomt = 3                                     ?
    1 är mellan 1 och 3                          ja
    3 är mellan 1 och 3                          ja
    4 är mellan 1 och 3                          nej
    inte 1 = 1                                   nej
    1 = 2 eller 1 = 1                            ja
    1 = 2 och 1 = 1                              nej
    1 = 2 eller tomt = 1                         ?
    1 = 1 eller tomt = 1                         ja
    1 = 2 och tomt = 1                           nej
    1 = 1 och tomt = 1                           ?
    inte tomt = 1                                ?
";

fn rows(table: &str) -> Vec<(&str, &str)> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once("  ").expect("an expression, two spaces and a value"))
        .map(|(expression, value)| (expression, value.trim()))
        .collect()
}

/// What a rule hands out for each expression, as its outcome's value; `?` where the outcome is undetermined.
fn values(constants: &str, expressions: &[String]) -> Vec<String> {
    let rules: String = (expressions.iter().enumerate())
        .map(|(n, e)| format!("regel r{n} \"R\"\n  när start\n  ger svar{n} = {e}\n"))
        .collect();
    let mut loaded = load_texts([("demo.frist", format!("{HEAD}{constants}{rules}").as_str())]);
    let outcomes = loaded.decide(r#"{"case":"a","event":"start","date":"2025-03-01"}"#, "2025-12-31");
    let of = |n: usize| outcomes.iter().find(|outcome| outcome["rule"] == format!("r{n}").as_str());
    let value = |outcome: &Json| outcome["value"].as_str().unwrap_or("?").replace('\u{a0}', " ");
    (0..expressions.len()).map(|n| value(of(n).unwrap())).collect()
}

fn wrong(table: &[(&str, &str)], got: &[String]) -> Vec<String> {
    assert_eq!(table.len(), got.len());
    let unlike = table.iter().zip(got).filter(|((_, wanted), got)| wanted != got);
    unlike.map(|((expression, wanted), got)| format!("{expression} is {wanted}, not {got}")).collect()
}

#[test]
fn a_rule_reckons() {
    let table: Vec<(&str, &str)> = [rows(FIXED), rows(RECKONED)].concat();
    let expressions: Vec<String> = table.iter().map(|(expression, _)| (*expression).to_owned()).collect();
    let wrong = wrong(&table, &values("", &expressions));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a rule reckons and a constant cannot be.
const NOT_FIXED: [&str; 7] = [
    "1.5 × 2.5",
    "7 / 2",
    "3 kronor / 2 kronor",
    "1 timme / 2 timmar",
    "3 månader × 2",
    "2.5 avrundat till heltal",
    "dagar mellan 2025-01-01 och 2025-02-01",
];

#[test]
fn what_a_constant_cannot_be_is_said() {
    use frist::check::{CheckOptions, check};
    for expression in NOT_FIXED {
        let mut sources = frist::source::Sources::default();
        let id = sources.add("demo.frist", &format!("{HEAD}värde v = {expression}\n"));
        let (file, _) = frist::syntax::parse(&sources, id);
        let (_, found) = check(&sources, &[file], &CheckOptions::default());
        let errors: Vec<String> =
            found.iter().filter(|said| said.is_error()).map(|said| said.code.to_string()).collect();
        assert_eq!(errors, ["F0312"], "{expression}");
    }
}

#[test]
fn a_rule_compares() {
    let table = rows(COMPARED);
    let expressions: Vec<String> = table.iter().map(|(c, _)| format!("(1 om {c} annars 0)")).collect();
    let got: Vec<String> = values("", &expressions);
    let said = |value: &String| match value.as_str() {
        "1" => "ja".to_owned(),
        "0" => "nej".to_owned(),
        other => other.to_owned(),
    };
    let wrong = wrong(&table, &got.iter().map(said).collect::<Vec<_>>());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_constant_is_worked_out_beforehand() {
    let table = rows(FIXED);
    let constants: String =
        table.iter().enumerate().map(|(n, (e, _))| format!("värde v{n} = {e}\n")).collect();
    let names: Vec<String> = (0..table.len()).map(|n| format!("v{n}")).collect();
    let wrong = wrong(&table, &values(&constants, &names));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
