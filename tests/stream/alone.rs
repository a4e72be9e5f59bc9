//! Cases of one event: decided without a run where that will do, they come out as a run brings them.

use frist::Ruleset;

use super::agree::HOWS;
use super::support::Dice;
use super::whole::{Asked, agree};

/// Rules that follow from their event, with everything that may be said beside what they bring; and some that need a run.
const RULES: &str = r#"regelverk ensamma "Ensamma" en "Alone"
  gäller från 2020-01-01 till och med 2027-06-30
  version "2"
  revideras senast 2026-12-31
  månader räknas enligt SFS 1930:173

källa rutin "Rutin" en "Routine"
roll utförare "Utföraren" en "the provider"
roll handläggare "Handläggaren" en "the officer"
åtgärd meddela "meddela" en "notify"
åtgärd svara "svara" en "reply"
typ riktning "riktning" en "direction": upp "upp" en "up" | ned "ned" en "down" | rakt "rakt" en "level"

händelse anmält "Anmält" en "Reported"
  tak: tid
  från_dag: datum valfri
  till_dag: datum valfri
  hur: riktning = rakt
  namn: text valfri
händelse svarat "Svarat" en "Replied"
  sent: ja/nej = nej
händelse frågat "Frågat" en "Asked"
  brådskar: ja/nej
händelse uppsagt "Uppsagt" en "Given notice"
  av_kommunen: ja/nej
händelse mätt "Mätt" en "Measured"
  antal: antal

uppgift tak: tid valfri
uppgift avtal: ja/nej från början ja
uppgift öppet: ja/nej från början nej
uppgift insats: ja/nej
uppgift nivå: antal från början 3
uppgift mätning: antal från mätt.antal

regel taket "Taket" en "The cap"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  när anmält
  ger namnet = namn
  om hur = upp och datum är senast den 15:e i månaden
    tak blir händelsens tak från den 1:a i nästa månad efter datum
  annars om hur = upp
    tak blir händelsens tak från den 1:a i 2:a månaden efter datum
  annars om hur = ned
    tak upphör från och med 3 månader efter datum
    notering "taket sänks" en "the cap is lowered"
  annars inget

regel insatsen "Insatsen" en "The help"
  enligt rutin avsnitt "Insats" ankare "1b2e09aa"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  när anmält där från_dag är angivet
  om till_dag är angivet
    insats gäller från från_dag till och med till_dag
      enligt rutin avsnitt "Slut" ankare "5d5e09aa"
  annars
    insats gäller från från_dag

regel lov "Lov" en "Leave"
  gäller från 2020-01-01 till och med 2023-12-31
  när anmält
  om datum är senast 2022-06-30
    utförare får meddela till och med sista dagen i månaden för datum
  annars
    utförare, handläggare får inte meddela från dagen efter datum

regel lov "Lov" en "Leave"
  gäller från 2024-01-01
  när anmält
  anmärkning "senare lov" en "later leave"

regel svaret "Svaret" en "The reply"
  när svarat
  avtal gäller från datum
  nivå blir 3 från datum
  om sent
    öppet upphör från och med datum
  annars
    öppet gäller från 10 dagar före datum

regel frågan "Frågan" en "The question"
  när frågat
  handläggare ska svara senast 10 dagar efter datum

regel fråga_först "Fråga först" en "Ask first"
  när frågat där brådskar
  notering "brådskar" en "urgent"

regel uppsägningen "Uppsägningen" en "The notice"
  när 3 månader har gått sedan uppsagt
  avtal upphör från och med datum

regel mätningen "Mätningen" en "The measurement"
  när mätt
  nivå blir antal från 1 arbetsdagar efter datum
  om antal > 5
    öppet gäller från datum flyttad till nästa arbetsdag
  annars inget
"#;

fn line(dice: &mut Dice, case: usize) -> String {
    let mut day = |from: u64, span: u64| {
        let number = from + dice.below(span);
        format!("20{:02}-{:02}-{:02}", number / 372, number / 31 % 12 + 1, number % 31 % 28 + 1)
    };
    let (date, first, last) = (day(19 * 372, 372 * 9), day(20 * 372, 1800), day(20 * 372, 1800));
    let mut maybe = |name: &str, value: String| match dice.below(3) {
        0 => format!(r#","{name}":{value}"#),
        1 => format!(r#", "{name}" : null"#),
        _ => String::new(),
    };
    let (first, last, name) = (
        maybe("från_dag", format!("\"{first}\"")),
        maybe("till_dag", format!("\"{last}\"")),
        maybe("namn", r#""Åsa \"Å\"""#.to_owned()),
    );
    let how = ["upp", "ned", "rakt", "bort"][dice.below(33) as usize % 11 % 4];
    let yes = dice.below(2) == 0;
    let number = dice.below(9);
    let (event, fields) = match dice.below(6) {
        0 | 1 => ("anmält", format!(r#","tak":"{number} timmar","hur":"{how}"{first}{last}{name}"#)),
        2 => ("svarat", format!(r#","sent":{yes}"#)),
        3 => ("frågat", format!(r#","brådskar":{yes}"#)),
        4 => ("uppsagt", format!(r#","av_kommunen":{yes}"#)),
        _ => ("mätt", format!(r#","antal":{number}"#)),
    };
    format!(r#"{{"case":"c{case:04}","event":"{event}","date":"{date}"{fields}}}"#)
}

/// A line with a letter put in, left out or replaced somewhere.
fn marred(dice: &mut Dice, line: &str) -> String {
    let letters = [
        "\"", "\\", " ", ",", ":", "0", "9", "-", ".", "e", "e\u{301}", "\u{a0}", "{", "}", "[", "n", "\t",
        "\\u00e5",
    ];
    let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let at = places[dice.below(places.len() as u64) as usize];
    let (before, after) = line.split_at(at);
    let mut rest = after.chars();
    if dice.below(3) > 0 {
        rest.next();
    }
    let letter = if dice.below(4) == 0 { "" } else { letters[dice.below(letters.len() as u64) as usize] };
    format!("{before}{letter}{}", rest.as_str())
}

#[test]
fn a_line_that_is_nearly_like_another_is_read_for_itself() {
    let loaded = Ruleset::load([("ensamma.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let mut dice = Dice(7);
    let rounds = std::env::var("FRIST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    let (mut bad, mut good) = (0, 0);
    for _ in 0..rounds {
        let lines = (0..200).map(|case| {
            let line = line(&mut dice, case);
            if dice.below(2) == 0 { marred(&mut dice, &line) } else { line }
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let given = agree(&ruleset, &loaded.sources, &[("e.jsonl", &text)], &Asked::default(), &HOWS[..1]);
        bad += given.bad_lines;
        good += given.out.lines().count();
    }
    assert!(bad > 50 * rounds && good as u64 > 100 * rounds, "{bad} {good}");
}

#[test]
fn what_needs_no_run_comes_out_as_a_run_brings_it() {
    let loaded = Ruleset::load([("ensamma.frist", RULES)]);
    let ruleset = loaded.ruleset.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let mut dice = Dice(20_261_122);
    let rounds = std::env::var("FRIST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let (mut outcomes, mut said) = (String::new(), 0);
    for round in 0..rounds {
        // Now and then two events of a case, together or apart.
        let cases: Vec<usize> =
            (0..250).map(|place| if place % 9 == 8 { place / 2 } else { place }).collect();
        let lines: Vec<String> = cases.into_iter().map(|case| line(&mut dice, case)).collect();
        let text = lines.join("\n");
        let as_of = (round % 3 == 0).then(|| "2026-03-31".parse().unwrap());
        let asked = Asked { as_of, ..Asked::default() };
        let given = agree(&ruleset, &loaded.sources, &[("e.jsonl", &text)], &asked, &HOWS[..2]);
        said += given.said.len();
        outcomes.push_str(&given.out);
    }
    // What never happens shows nothing.
    for seen in
        ["no_change", "retroactive", "revision_overdue_since", "version\":\"20", "citations", "may", "value"]
    {
        assert!(outcomes.contains(seen), "{seen}");
    }
    assert!(said > 30, "{said}");
}
