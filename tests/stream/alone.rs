//! Cases of one event: decided without a run where that will do, they come out as a run brings them.

use frist::{Language, Ruleset};

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
händelse vägt "Vägt" en "Weighed"
  summa: belopp
  mått: tal
  del: andel
  längd: period
  klockan: klockslag
  stund: tidpunkt
  ord: text
  åt: flera riktning
  vem: roll
  arbete: tid
  takt: tid per vecka

uppgift tak: tid valfri
uppgift avtal: ja/nej från början ja
uppgift öppet: ja/nej från början nej
uppgift insats: ja/nej
uppgift nivå: antal från början 3
uppgift mätning: antal från mätt.antal
uppgift avgift: belopp från början 100 kronor
uppgift ålder: antal från början 0

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

regel vägningen "Vägningen" en "The weighing"
  enligt rutin avsnitt "Väg / in" ankare "2c1e09aa"
  när vägt
  avgift blir summa från datum
  ålder blir 1 från dagen före datum
  utförare, handläggare får svara från datum till och med 3 månader efter datum
  handläggare får inte meddela
  ger måttet = mått
  ger delen = del
  ger längden = längd
  ger klockslaget = klockan
  ger stunden = stund
  ger ordet = ord
  ger hållen = åt
  ger personen = vem
  ger arbetet = arbete
  ger takten = takt
  ger dagen_efter = dagen efter datum
  anmärkning "vägt ”in” – nu" en "weighed"

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
    let case = match dice.below(9) {
        0 => format!(r#"c{case:04} \"å\" \\"#),
        1 => format!("c{case:04} åäö – så"),
        _ => format!("c{case:04}"),
    };
    let (event, fields) = match dice.below(7) {
        0 | 1 => ("anmält", format!(r#","tak":"{number} timmar","hur":"{how}"{first}{last}{name}"#)),
        2 => ("svarat", format!(r#","sent":{yes}"#)),
        3 => ("frågat", format!(r#","brådskar":{yes}"#)),
        4 => ("uppsagt", format!(r#","av_kommunen":{yes}"#)),
        5 => ("mätt", format!(r#","antal":{number}"#)),
        _ => ("vägt", weighed(dice)),
    };
    format!(r#"{{"case":"{case}","event":"{event}","date":"{date}"{fields}}}"#)
}

/// Values of every kind, few enough that the same comes twice.
fn weighed(dice: &mut Dice) -> String {
    let mut one = |all: &[&'static str]| all[dice.below(all.len() as u64) as usize];
    let summa = one(&["100 kronor", "1 krona", "250,50 kronor", "-3 kronor"]);
    let mått = one(&["2.5", "-0.000001", "7"]);
    let del = one(&["89 %", "1 av 3", "0 %"]);
    let längd = one(&["3 månader", "1 år 2 månader", "10 dagar", "0 dagar"]);
    let klockan = one(&["08:30", "00:00"]);
    let stund = one(&["2026-03-01T08:30", "2025-12-31T23:59"]);
    let ord = one(&["Åsa", r#"\"Å\" \\ \t"#, "", r"\u00e5", "två ord"]);
    let åt = one(&["[]", r#"["upp"]"#, r#"["ned","upp"]"#]);
    let vem = one(&["utförare", "handläggare"]);
    let arbete = one(&["1 timme", "400 timmar", "2 timmar 15 minuter", "1 sekund", "0 minuter"]);
    let takt = one(&["4 timmar per vecka", "90 minuter per vecka"]);
    format!(
        r#","summa":"{summa}","mått":{mått},"del":"{del}","längd":"{längd}","klockan":"{klockan}","stund":"{stund}","ord":"{ord}","åt":{åt},"vem":"{vem}","arbete":"{arbete}","takt":"{takt}""#
    )
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
        let language = if round % 2 == 0 { Language::Swedish } else { Language::English };
        let asked = Asked { as_of, language, table: round % 4 == 3, ..Asked::default() };
        let given = agree(&ruleset, &loaded.sources, &[("e.jsonl", &text)], &asked, &HOWS[..3]);
        said += given.said.len();
        outcomes.push_str(&given.out);
    }
    // What never happens shows nothing; what always does hardly more.
    for remark in ["no_change", "retroactive", "revision_overdue_since", "version", "citations", "until"] {
        let key = format!("\"{remark}\":");
        let with = outcomes.lines().filter(|line| line.contains(&key)).count();
        assert!(with > 100 && with < outcomes.lines().count() / 2, "{remark} {with}");
    }
    for seen in ["may", "must_not", "\"members\":[", "SEK", "percent", "\"per\":\"week\"", "2026-03-01T08:30"]
    {
        assert!(outcomes.contains(seen), "{seen}");
    }
    assert!(said > 30, "{said}");
}
