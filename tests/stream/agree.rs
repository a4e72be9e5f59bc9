//! Streams of random files against the same files decided whole.

use frist::{ReadOptions, Ruleset};

use super::generate::{RULES, lines, text};
use super::support::{Dice, day};
use super::whole::{Asked, How, agree, streamed};

pub const HOWS: [How; 4] = [
    How { threads: 1, memory: 1 << 30 },
    How { threads: 1, memory: 100 << 10 },
    How { threads: 2, memory: 100 << 10 },
    How { threads: 7, memory: 1 << 30 },
];

fn asked(dice: &mut Dice) -> Asked {
    let read = ReadOptions {
        strict: dice.below(8) == 0,
        allow_extra_fields: dice.below(6) == 0,
        known_by: (dice.below(5) == 0).then(|| day("2025-07-15")),
        ..ReadOptions::default()
    };
    let as_of = (dice.below(2) == 0).then(|| day("2025-09-30"));
    Asked { read, as_of, standing: dice.below(3) == 0, ..Asked::default() }
}

#[test]
fn a_stream_says_what_the_whole_says() {
    let loaded = Ruleset::load([("prov.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let mut dice = Dice(20_251_122);
    let (mut outcomes, mut said, mut bad, mut stopped) = (0, 0, 0, 0);
    for round in 0..240 {
        let count = if round % 10 == 0 { 120 } else { 1 + dice.below(25) };
        let asked = asked(&mut dice);
        let files: Vec<(&str, String)> = (0..1 + dice.below(2))
            .map(|_| {
                let lines = lines(&mut dice, count);
                text(&mut dice, &lines)
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let hows = if round % 10 == 0 { &HOWS[..] } else { &HOWS[..2] };
        let given = agree(&ruleset, &loaded.sources, &files, &asked, hows);
        outcomes += given.out.lines().count();
        said += given.said.len();
        bad += given.bad_lines;
        stopped += usize::from(given.as_of.is_none());
    }
    // What never happens shows nothing.
    assert!(
        outcomes > 3_000 && said > 1_800 && bad > 600 && stopped > 6,
        "{outcomes} {said} {bad} {stopped}"
    );
}

#[test]
fn cases_that_come_back_are_brought_together_in_little_memory() {
    let loaded = Ruleset::load([("prov.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap();
    let mut lines = Vec::new();
    for day in 1..=9 {
        for case in 0..700 {
            lines.push(format!(
                r#"{{"case":"{}","event":"anmält","date":"2025-03-0{day}","tak":"{day} timmar"}}"#,
                case * 7919 % 700
            ));
        }
    }
    let text = lines.join("\n");
    let files = [("e.jsonl", text.as_str())];
    let hows = [How { threads: 1, memory: 1 << 15 }, How { threads: 2, memory: 1 << 15 }];
    let given = agree(&ruleset, &loaded.sources, &files, &Asked::default(), &hows);
    assert_eq!(given.out.lines().count(), 2 * lines.len());
    let (_, scratches) = streamed(&ruleset, &loaded.sources, &files, &Asked::default(), hows[0]).unwrap();
    assert!(scratches >= 3, "the events and what sorts them go to scratch files: {scratches}");
    let (_, none) = streamed(&ruleset, &loaded.sources, &files, &Asked::default(), HOWS[0]).unwrap();
    assert_eq!(none, 0, "what fits into memory needs no file");
}

#[test]
fn a_line_of_any_length_costs_itself_only() {
    let loaded = Ruleset::load([("prov.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap();
    let good = |case: &str| format!(r#"{{"case":"{case}","event":"svarat","date":"2025-03-01"}}"#);
    let row = |case: &str| format!("{case},svarat,2025-03-01");
    for length in [(1 << 20) - 40, 1 << 20, (1 << 20) + 5_000, 3 << 20] {
        let long = format!(r#"  {{"case":"{}","event":"svarat","date":"2025-03-01"}}"#, "x".repeat(length));
        let text = format!("{}\n{long}\n{}\n{long}", good("a"), good("b"));
        agree(&ruleset, &loaded.sources, &[("e.jsonl", &text)], &Asked::default(), &HOWS[..1]);
        let text = format!("case,event,date\n{}\n{}\n{}\n", row("a"), row(&"x".repeat(length)), row("b"));
        agree(&ruleset, &loaded.sources, &[("e.csv", &text)], &Asked::default(), &HOWS[..1]);
        // A quote that is never closed, or only far away, costs its line.
        for closed in ["", "\""] {
            let text = format!(
                "case,event,date\n{}\n\"a,svarat,2025-03-01\n{}\n{}{closed},svarat,2025-03-01\n{}\n",
                row("a"),
                row("b"),
                format!("{}\n", "x".repeat(50_000)).repeat(length / 50_000),
                row("c")
            );
            let given = agree(&ruleset, &loaded.sources, &[("e.csv", &text)], &Asked::default(), &HOWS[..1]);
            let closes = !closed.is_empty() && length <= 1 << 20;
            assert_eq!(given.bad_lines == 0, closes, "{length} {closed}");
        }
    }
}
