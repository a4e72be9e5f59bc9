//! Lines of one shape, with every form of every value among them: what is read straight from their bytes is what is read of
//! them otherwise, and so is what is said of them and where.

use frist::Ruleset;

use super::agree::HOWS;
use super::support::Dice;
use super::whole::{Asked, agree};

const RULES: &str = r#"regelverk former "Former" en "Forms"
  gäller från 2019-01-01 till och med 2030-12-31
  månader räknas enligt SFS 1930:173

typ riktning "riktning" en "direction": upp "upp" en "up" | sidled_å "sidled" en "sideways" | ned "ned" en "down"

händelse mätt "Mätt" en "Measured"
  dag: datum
  tid: tid
  antal: antal
  hur: riktning
  stor: ja/nej
  namn: text
händelse sagt "Sagt" en "Said"
  dag: datum

regel mätningen "Mätningen" en "The measurement"
  när mätt
  ger dagen = dag
  ger tiden = tid
  ger antalet = antal
  ger hur = hur
  ger stor = stor
  ger namnet = namn

regel sägningen "Sägningen" en "The saying"
  när sagt
  ger dagen = dag
"#;

/// The forms of a value: a plain one, and then others. What stands apart is left out or wrong.
struct Forms {
    name: &'static str,
    forms: &'static [&'static str],
}

const CASES: Forms = Forms {
    name: "case",
    forms: &[
        "\"c1\"",
        "\"c2\"",
        "\"c3\"",
        "\"Åsa 7\"",
        "\"ÅÄÖ\"",
        "\"7 Å\"",
        "\"e\u{301}7\"",
        "\"7\u{a0}8\"",
        "\" c1\"",
        "\"c1 \"",
        "\"\"",
        "\"c\\u0031\"",
        "\"c\\\"1\"",
        "\"c\u{7f}\"",
        "\"ẞ\"",
        "\"c\t1\"",
        "17",
        "null",
    ],
};

const DAYS: [&str; 16] = [
    "\"2025-03-01\"",
    "\"2024-02-29\"",
    "\"2025-12-31\"",
    "\"2000-02-29\"",
    "\"1583-01-01\"",
    "\"9999-12-31\"",
    "\"1900-02-29\"",
    "\"2025-02-29\"",
    "\"1582-12-31\"",
    "\"2025-04-31\"",
    "\"2025-13-01\"",
    "\"2025-00-10\"",
    "\"2025-3-1\"",
    "\"2025-03-01 \"",
    "\"2025\\u002d03-01\"",
    "20250301",
];

const FIELDS: [Forms; 5] = [
    Forms {
        name: "tid",
        forms: &[
            "\"7 h\"",
            "\"400 timmar\"",
            "\"1 timme\"",
            "\"90 min\"",
            "\"0 hours\"",
            "\"007 tim\"",
            "\"1 hour 30 minutes\"",
            "\"1 000 timmar\"",
            "\"2,5 h\"",
            "\"-3 h\"",
            "\"7 H\"",
            "\"7h\"",
            "\"7  h\"",
            "\" 7 h \"",
            "\"30 sekunder\"",
            "90",
            "1.5",
            "\"999999999999 h\"",
            "\"9999999999999999 h\"",
            "\"99999999999999999999 h\"",
            "\"7 dagar\"",
            "\"7 timer\"",
            "\"h\"",
            "true",
        ],
    },
    Forms {
        name: "antal",
        forms: &[
            "0",
            "7",
            "123456789012345678",
            "1234567890123456789",
            "12345678901234567890",
            "-7",
            "-0",
            "7.0",
            "7.5",
            "7e0",
            "7E2",
            "07",
            "+7",
            "\"7\"",
            "7 ",
            "null",
        ],
    },
    Forms {
        name: "hur",
        forms: &[
            "\"upp\"",
            "\"sidled_å\"",
            "\"ned\"",
            "\"sidled_a\u{30a}\"",
            "\"\\u0075pp\"",
            "\"upp \"",
            "\"Upp\"",
            "\"bort\"",
            "1",
        ],
    },
    Forms { name: "stor", forms: &["true", "false", "True", "\"true\"", "trueish", "1", "null"] },
    Forms {
        name: "namn",
        forms: &[
            "\"Åsa\"",
            "\"a b\"",
            "\"\"",
            "\"e\u{301}\"",
            "\"\\\"Å\\\"\"",
            "\" a \"",
            "7",
            "\"b\u{7f}\"",
        ],
    },
];

const ENDS: [&str; 6] = ["\n", "\r\n", " \n", "\t\r\n", "\u{a0}\n", "\n\n"];

/// One of some; the first ones mostly.
fn one<'f>(dice: &mut Dice, forms: &[&'f str]) -> &'f str {
    let plain = dice.below(12) > 0;
    let among = if plain { forms.len().min(3) } else { forms.len() };
    forms[dice.below(among as u64) as usize]
}

fn line(dice: &mut Dice) -> String {
    let (case, date, day) = (one(dice, CASES.forms), one(dice, &DAYS), one(dice, &DAYS));
    let start = if dice.below(30) == 0 { " \t" } else { "" };
    let head = format!("{start}{{\"{}\":{case},\"event\":", CASES.name);
    if dice.below(4) == 0 {
        return format!("{head}\"sagt\",\"dag\":{day},\"date\":{date}}}");
    }
    let fields: Vec<String> =
        FIELDS.iter().map(|field| format!("\"{}\":{}", field.name, one(dice, field.forms))).collect();
    let comma = if dice.below(30) == 0 { ", " } else { "," };
    format!("{head}\"mätt\",\"date\":{date},\"dag\":{day}{comma}{}}}", fields.join(comma))
}

#[test]
fn every_form_of_every_value_is_read_as_it_is_read_elsewhere() {
    let loaded = Ruleset::load([("former.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let mut dice = Dice(11);
    let rounds = std::env::var("FRIST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_u64);
    let (mut out, mut said, mut bad) = (String::new(), 0, 0);
    for round in 0..rounds {
        let lines: Vec<String> = (0..250).map(|_| line(&mut dice)).collect();
        let text = if round % 5 == 4 {
            // What cannot be parsed ends an array, so only what can be is in it.
            let parses = |line: &&String| serde_json::from_str::<serde_json::Value>(line).is_ok();
            let lines: Vec<&str> = lines.iter().filter(parses).map(String::as_str).collect();
            format!("[{}]", lines.join(",\n"))
        } else {
            let end = |dice: &mut Dice| ENDS[if dice.below(4) > 0 { 0 } else { dice.below(6) as usize }];
            let mut text: String = lines.iter().map(|line| format!("{line}{}", end(&mut dice))).collect();
            if round % 2 == 0 {
                text.truncate(text.trim_end().len());
            }
            text
        };
        let given = agree(&ruleset, &loaded.sources, &[("e.json", &text)], &Asked::default(), &HOWS[..2]);
        said += given.said.len() as u64;
        bad += given.bad_lines;
        out.push_str(&given.out);
    }
    let seen = |what: &str| assert!(out.contains(what), "{what}");
    ["2024-02-29", "1583-01-01", "9999-12-31", "Åsa 7", "\"é7\"", "123456789012345678", "sidled_å"]
        .into_iter()
        .for_each(seen);
    assert!(bad > 50 * rounds && said > 60 * rounds, "{bad} {said}");
    assert!(out.lines().count() as u64 > 400 * rounds, "{}", out.lines().count());
}
