//! What looking back over a case comes to: counts, sums, means, extremes, shares, sets, in windows and groups, of events on
//! known days, one line each.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use support::load_texts;

const HEAD: &str = r#"regelverk demo "Demo" en "Demo"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

typ vem: anna "Anna" | bo "Bo" | cia "Cia"

händelse besök "Besök" en "Visit"
  tid: tid
  vikt: tal
  pris: belopp
  antal: antal
  vem: vem
  ankom: datum valfri
händelse brev "Brev" en "Letter"
  tid: tid = 0 minuter
  vikt: tal = 0.0
  pris: belopp = 0 kronor
  antal: antal = 0
händelse rättelse "Rättelse" en "Correction"
  antal: antal
händelse fråga "Fråga" en "Question"
"#;

/// Visits on a Monday, the Wednesday after, and in the month after; the question is put on Friday 14 March.
const EVENTS: &str = r#"{"case":"a","event":"besök","date":"2025-02-27","tid":"10 minuter","vikt":1.5,"pris":"1 krona","antal":1,"vem":"bo","ankom":"2025-02-01"}
{"case":"a","event":"besök","date":"2025-03-01","tid":"20 minuter","vikt":2.5,"pris":"2 kronor","antal":3,"vem":"anna"}
{"case":"a","event":"besök","date":"2025-03-10","tid":"30 minuter","vikt":4.5,"pris":"4 kronor","antal":4,"vem":"anna"}
{"case":"a","event":"besök","date":"2025-03-12","tid":"65 minuter","vikt":0.25,"pris":"5 kronor","antal":10,"vem":"bo","ankom":"2025-03-11"}
{"case":"a","event":"rättelse","date":"2025-03-13","antal":-1}
{"case":"a","event":"rättelse","date":"2025-03-13","antal":-1}
{"case":"a","event":"rättelse","date":"2025-03-13","antal":0}
{"case":"a","event":"fråga","date":"2025-03-14"}
{"case":"a","event":"besök","date":"2025-03-14","tid":"9 timmar","vikt":9.5,"pris":"99 kronor","antal":99,"vem":"cia"}
"#;

/// Expressions on the day of the question, and what they come to; `?` where the outcome is undetermined.
const SEEN: &str = "
    antal av besök                                      4
    antal av brev                                       0
    antal olika besök.vem                               2
    antal av besök där vem = anna                       2
    antal av besök sedan 2025-03-01                     3
    antal av besök sedan 2025-03-02                     2
    antal av besök under senaste 14 dagar               3
    antal av besök under senaste 13 dagar               2
    antal av besök under samma vecka                    2
    antal av besök under samma månad                    3
    antal av besök under samma år                       4
    summa av besök.antal                                18
    summa av besök.tid                                  2 timmar 5 minuter
    summa av besök.vikt                                 8,75
    summa av besök.pris                                 12 kronor
    summa av brev.antal                                 0
    summa av brev.tid                                   0 minuter
    summa av brev.vikt                                  0
    summa av brev.pris                                  0 kronor
    medel av besök.antal                                4,5
    medel av besök.tid                                  31 minuter 15 sekunder
    medel av besök.vikt                                 2,1875
    medel av besök.pris                                 3 kronor
    medel av rättelse.antal                             −0,666667
    medel av brev.antal                                 ?
    median av besök.antal                               3,5
    median av besök.tid                                 25 minuter
    median av besök.vikt                                2
    median av besök.pris                                3 kronor
    median av besök.antal sedan 2025-03-01              4
    median av brev.antal                                ?
    minsta av besök.antal                               1
    minsta av besök.vikt                                0,25
    största av besök.tid                                1 timme 5 minuter
    största av besök.pris                               5 kronor
    största av brev.pris                                ?
    andel av besök där vem = bo                         50 % (2 av 4)
    andel av besök där antal > 3 sedan 2025-03-01       cirka 66,7 % (2 av 3)
    andel av brev där antal > 3                         ?
    mängden av besök.vem                                anna och bo
    antal i mängden av brev.antal                       0
    senaste besök.antal                                 10
    senaste besök.antal där vem = anna                  4
    senaste besök.antal där vem = cia                   ?
    senaste besök.datum                                 2025-03-12
    senaste brev.antal                                  ?
    medel av (antal av besök per vem)                   2
    största av (summa av besök.antal per vem)           11
    minsta av (summa av besök.tid per vem)              50 minuter
    medel av (antal olika besök.antal per vem) under senaste 14 dagar  1,5
    (1 om finns besök annars 0)                         1
    (1 om finns brev annars 0)                          0
    (1 om finns besök där vem = cia annars 0)           0
    (1 om finns besök där antal = 10 annars 0)          1
    (1 om finns besök där ankom < 2025-03-01 annars 0)  1
    (1 om finns besök där ankom < 2025-01-01 annars 0)  ?
    antal av besök där ankom < 2025-03-01               ?
    summa av besök.antal där ankom < 2025-03-01         ?
";

#[test]
fn what_has_been_seen_is_counted() {
    let rows: Vec<(&str, &str)> = SEEN
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.trim().split_once("  ").expect("an expression, two spaces and a value"))
        .map(|(expression, value)| (expression, value.trim()))
        .collect();
    let rules: String = (rows.iter().enumerate())
        .map(|(n, (e, _))| format!("regel r{n} \"R\"\n  när fråga\n  ger svar{n} = {e}\n"))
        .collect();
    let mut loaded = load_texts([("demo.frist", format!("{HEAD}{rules}").as_str())]);
    let outcomes = loaded.decide(EVENTS, "2025-12-31");
    let mut wrong = Vec::new();
    for (n, (expression, wanted)) in rows.iter().enumerate() {
        let outcome = outcomes.iter().find(|outcome| outcome["rule"] == format!("r{n}").as_str()).unwrap();
        let value = outcome["value"].as_str().unwrap_or("?").replace('\u{a0}', " ");
        if value != *wanted {
            wrong.push(format!("{expression} is {wanted}, not {value}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
