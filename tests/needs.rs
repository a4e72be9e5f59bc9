//! What an undetermined outcome says is missing, one line each: so much that a person knows what to find out, and no more.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::fmt::Write as _;

use support::load_texts;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

händelse start "Start" en "Start"
  noll: antal = 0
  yta "ytan" en "the area": antal valfri
  dag_a: datum valfri
  dag_b: datum valfri
händelse ansökan "Ansökan" en "The application"
  storlek: antal valfri
händelse slut "Slut" en "End"
händelse besök "Besök" en "Visit"
  tid: antal

uppgift nivå "nivån" en "the level": antal
uppgift ort "orten" en "the place": antal valfri
uppgift dubbelt "det dubbla" en "the double" = gällande nivå × 2
uppgift fyrdubbelt "det fyrdubbla" en "the quadruple" = gällande dubbelt × 2
uppgift kunder "kunderna" en "the customers": antal från besök.tid
värde taxa "taxan" en "the rate": antal gäller från 2025-01-01 till och med 2025-02-28 = 5
värde avgift "avgiften" en "the fee": antal gäller från 2025-06-01 = 5
kalender möten
tabell pris "priserna" en "the prices"(kod: antal valfri) ger kr: antal gäller från 2025-06-01
  1 || 5
  annars || inget
tabell lista "listan" en "the list"(kod: antal valfri) ger kr: antal
  1 || 5
  2 || 6
  annars || obestämt "listan är inte klar" en "the list is not ready"

regel ort_upphör "Orten"
  när slut
  ort upphör från och med datum
regel nivå_sätts "Nivån"
  när besök
  nivå blir 1 från datum
regel avgörs "Avgörs"
  när ansökan
  kräver
    storlek > 3 annars "för liten"
  godkänns annars avslås
"#;

/// Expressions that are read on 1 March, in a case with an end and an application without a size; and what is missing then.
const LACKED: &[(&str, &[&str])] = &[
    ("yta + 1", &["fältet yta i händelsen start"]),
    ("nivå + 1", &["nivån den 2025-03-01"]),
    ("fyrdubbelt", &["nivån den 2025-03-01"]),
    ("ort + 1", &["ett värde på orten: det är inget"]),
    (
        "kunder + yta",
        &["en händelse besök senast 2025-03-01 (den ger kunderna)", "fältet yta i händelsen start"],
    ),
    (
        "taxa",
        &["en version av taxan för den 1 mars 2025; den sista gällde till och med den 28 februari 2025"],
    ),
    (
        "avgift",
        &["en version av avgiften för den 1 mars 2025; den första gäller från och med den 1 juni 2025"],
    ),
    (
        "värde taxa den 2025-04-01",
        &["en version av taxan för den 1 april 2025; den sista gällde till och med den 28 februari 2025"],
    ),
    (
        "värde avgift den 2025-05-01",
        &["en version av avgiften för den 1 maj 2025; den första gäller från och med den 1 juni 2025"],
    ),
    ("senaste besök.tid", &["en händelse besök senast 2025-03-01"]),
    ("senaste ansökan.storlek", &[]),
    (
        "senaste besök.tid sedan 2025-02-01",
        &["en händelse besök från och med 2025-02-01 till och med 2025-03-01"],
    ),
    (
        "medel av besök.tid under senaste 14 dagar",
        &["en händelse besök från och med 2025-02-16 till och med 2025-03-01"],
    ),
    (
        "medel av ansökan.storlek under senaste 14 dagar",
        &["en händelse ansökan från och med 2025-02-16 till och med 2025-03-01"],
    ),
    ("medel av besök.tid där tid > nivå", &["en händelse besök senast 2025-03-01"]),
    ("summa av ansökan.storlek där storlek > 2", &["uppgifter i händelserna ansökan senast 2025-03-01"]),
    ("medel av ansökan.storlek där storlek > 2", &["uppgifter i händelserna ansökan senast 2025-03-01"]),
    (
        "största av besök.tid under samma månad",
        &["en händelse besök från och med 2025-03-01 till och med 2025-03-01"],
    ),
    (
        "pris(yta).kr",
        &["en version av priserna för den 1 mars 2025; den första gäller från och med den 1 juni 2025"],
    ),
    ("lista(3).kr", &["listan är inte klar"]),
    (
        "lista(1 / noll avrundat till heltal).kr",
        &["ett tal som går att räkna med (division med noll, ojämn kvot eller för stort tal)"],
    ),
    ("första möten tidigast 2025-04-01", &["dagarna i kalendern möten från och med 2025-04-01"]),
    ("(1 om ansökan är godkänd annars 2)", &["beslutet om ansökan"]),
    ("1 / noll", &["ett tal som går att räkna med (division med noll, ojämn kvot eller för stort tal)"]),
    (
        "1.5 / noll avrundat till heltal",
        &["ett tal som går att räkna med (division med noll, ojämn kvot eller för stort tal)"],
    ),
    ("9000 år efter datum", &["ett datum inom åren 1583–9999"]),
    ("(nivå om noll = 0 annars yta)", &["nivån den 2025-03-01"]),
    ("(nivå om noll = 1 annars yta)", &[]),
    ("(1 om nivå = 1 annars yta)", &["nivån den 2025-03-01"]),
    ("den senare av dag_a och dag_b", &[]),
    ("den senare av dag_a och 2 dagar efter dag_b", &["fältet dag_b i händelsen start"]),
    ("lista(yta).kr", &["listan är inte klar"]),
    ("1 + (inget om noll = 0 annars 3)", &[]),
    ("f20 + 1", &["f4 den 2025-03-01"]),
    ("den tidigare av 2025-03-05 och 9000 år efter datum", &["ett datum inom åren 1583–9999"]),
];

#[test]
fn what_is_missing_is_said_and_nothing_else() {
    let mut rules = HEAD.to_owned();
    // Facts that are computed one from the other are followed down a while, then the one that was come to is named.
    for n in 1..=20 {
        let below = if n == 1 { "nivå".to_owned() } else { format!("f{}", n - 1) };
        writeln!(rules, "uppgift f{n} \"f{n}\" = {below} + 1").unwrap();
    }
    rules.push_str("regel bunden \"R\"\n  när start\n  låt x = nivå + 1\n  ger svar = x\n");
    // Names that are bound one on the other are followed down, however many they are, and each once.
    rules.push_str("regel många \"R\"\n  när start\n  låt n1 = nivå + yta\n");
    for n in 2..=40 {
        writeln!(rules, "  låt n{n} = n{0} + n{0}", n - 1).unwrap();
    }
    rules.push_str("  ger svar = n40 + n39\n");
    rules.push_str("regel förut \"R\"\n  när nivå ändras\n  ger svar = föregående nivå\n");
    for (n, (expression, _)) in LACKED.iter().enumerate() {
        write!(rules, "regel r{n} \"R\"\n  när start\n  ger svar{n} = {expression}\n").unwrap();
    }
    let mut loaded = load_texts([("demo.frist", rules.as_str())]);
    let lines = [
        r#"{"case":"a","event":"slut","date":"2025-02-01"}"#,
        r#"{"case":"a","event":"ansökan","date":"2025-02-25"}"#,
        r#"{"case":"a","event":"start","date":"2025-03-01"}"#,
        r#"{"case":"a","event":"besök","date":"2025-03-03","tid":7}"#,
    ];
    let outcomes = loaded.decide(&lines.join("\n"), "2025-12-31");
    let said = |rule: &str| -> Vec<&str> {
        let outcome = outcomes.iter().find(|outcome| outcome["rule"] == rule);
        let needs = outcome.and_then(|outcome| outcome["needs"].as_array());
        needs.into_iter().flatten().map(|need| need.as_str().unwrap()).collect()
    };
    let named = LACKED.iter().enumerate().map(|(n, row)| (format!("r{n}"), row.0, row.1));
    let others = [
        ("bunden".to_owned(), "what a name is bound to", &["nivån den 2025-03-01"][..]),
        (
            "många".to_owned(),
            "what many names are bound to",
            &["nivån den 2025-03-01", "fältet yta i händelsen start"][..],
        ),
        ("förut".to_owned(), "what a fact was the day before", &["nivån den 2025-03-02"][..]),
    ];
    let wrong: Vec<String> = named
        .chain(others)
        .filter(|(rule, _, wanted)| said(rule) != *wanted)
        .map(|(rule, expression, _)| format!("    ({expression:?}, &{:?}),", said(&rule)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
