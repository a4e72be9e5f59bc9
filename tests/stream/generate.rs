//! Event files as people and programs write them: grouped and mixed, corrected, repeated, broken.

use super::support::Dice;

/// Rules with two kinds of case and the municipality's own, facts that events contradict, and a duty.
pub const RULES: &str = r#"regelverk prov "Prov" en "Trial"
  gäller från 2025-02-01
  version "5"
  månader räknas enligt SFS 1930:173

ärende utförare, omsorgstagare
roll handläggare "Handläggaren" en "the officer"
åtgärd svara "svara" en "reply"
källa rutin "Rutin" en "Routine"
typ sort: stor "Stor" en "Large" | liten "Liten" en "Small"

händelse anmält "Anmält" en "Reported" i ärende utförare
  tak: tid
  omval: antal = 0
  vem: text valfri
  sorter: flera sort valfri
händelse svarat "Svarat" en "Replied" i ärende utförare, omsorgstagare
händelse beslutat "Beslutat" en "Decided" i ärende omsorgstagare
  från_dag: datum
  belopp: belopp valfri
händelse redovisat "Redovisat" en "Accounted" i ärende kommunen
  antal: antal

uppgift tak: tid valfri
uppgift insats: ja/nej
uppgift kunder: antal från redovisat.antal

tolkning sen "Vad gäller sent?" en "What of late ones?"
  vald nästa "nästa månad" en "next month" skäl "praxis" en "practice"
  annan därpå "månaden därpå" en "the month after"

regel höj "Höj taket" en "Raise the cap"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  när anmält
  om omval > 3
    avslås "för många" en "too many"
  annars om datum är senast den 15:e i månaden
    tak blir händelsens tak från den 1:a i nästa månad efter datum
  annars
    tak blir händelsens tak från (den 1:a i nästa månad efter datum om tolkning sen är nästa annars den 1:a i 2:a månaden efter datum)

regel svara_på_anmälan "Svara" en "Reply"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  när anmält
  handläggare ska svara senast 10 dagar efter datum uppfylls av svarat

regel insats_börjar "Insatsen börjar" en "The help begins"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  när beslutat
  insats gäller från från_dag till och med 6 månader efter från_dag

regel insats_slutar "Insatsen slutar" en "The help ends"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  när svarat där datum är efter 2025-06-01
  notering "svarat sent" en "replied late"
  insats upphör från och med datum

regel årsvis "Redovisa" en "Account"
  enligt rutin avsnitt "Tak" ankare "7c1e09aa"
  alltid i ärende kommunen
  notering "redovisas varje år" en "accounted for each year"
"#;

const CASES: [&str; 7] = ["a-1", "a-10", "a-2", "å-3", "b", "c c", "\\u00e5-3"];

/// A line about a case; some are wrong in one way or another.
fn line(dice: &mut Dice, case: &str, ids: &mut u64) -> String {
    let (month, day) = (1 + dice.below(11), 1 + dice.below(28));
    let date = format!("2025-{month:02}-{day:02}");
    let mut line = match dice.below(12) {
        0..=4 => format!(
            r#""event":"anmält","date":"{date}","tak":"{} timmar","omval":{}"#,
            1 + dice.below(400),
            dice.below(6)
        ),
        5 => format!(
            r#""event":"anmält","date":"{date}","tak":{},"vem":"Åsa \"{}\"","sorter":["liten","stor"]"#,
            dice.below(900),
            dice.below(5)
        ),
        6 | 7 => format!(r#""event":"svarat","date":"{date}""#),
        8 | 9 => format!(
            r#""event":"beslutat","date":"{date}","från_dag":"2025-{:02}-{:02}","belopp":"{},50""#,
            1 + dice.below(11),
            1 + dice.below(28),
            dice.below(2000)
        ),
        10 => format!(r#""event":"redovisat","date":"{date}","antal":{}"#, dice.below(3)),
        _ => format!(r#""event":"ingående_läge","date":"{date}","tak":"{} timmar""#, dice.below(40)),
    };
    if dice.below(8) == 0 {
        *ids += 1;
        line.push_str(&format!(r#","id":"{ids}""#));
    }
    if dice.below(12) == 0 {
        line.push_str(&format!(r#","replaces":"{}""#, 1 + dice.below(*ids + 2)));
    }
    if dice.below(10) == 0 {
        line.push_str(&format!(r#","known":"2025-{:02}-28""#, 1 + dice.below(12)));
    }
    let case = if dice.below(30) == 0 { String::new() } else { format!(r#""case":"{case}","#) };
    match dice.below(40) {
        0 => format!(r#"  {{"case":"{case}""#),
        1 => format!(r#"{{{case}"event":"anmalt","date":"{date}"}}"#),
        2 => format!(r#"{{{case}{line},"tk":1}}  "#),
        3 => format!("\t{{{case}{line}}}\r"),
        4 => String::new(),
        5 => format!(r#"{{"replaces":"{}"}}"#, 1 + dice.below(*ids + 2)),
        6 => format!(r#"{{"replaces":"{}","date":"2025-07-01"}}"#, 1 + dice.below(*ids + 1)),
        7 => format!(r#"{{{case}"event":"anmält","date":"2025-02-30","tak":"1 tinme"}}"#),
        _ => format!("{{{case}{line}}}"),
    }
}

/// Lines about some cases: mixed, or case by case.
pub fn lines(dice: &mut Dice, count: u64) -> Vec<String> {
    let grouped = dice.below(3) == 0;
    let clean = dice.below(4) == 0;
    let mut ids = 0;
    let mut lines = Vec::new();
    for number in 0..count {
        let case = if grouped {
            CASES[(number * 7 / count) as usize].to_owned()
        } else {
            (*dice.pick(&CASES)).to_owned()
        };
        lines.push(loop {
            let mut before = ids;
            let line = line(dice, &case, if clean { &mut before } else { &mut ids });
            if !clean || (line.starts_with("{\"case") && !line.contains("replaces") && line.ends_with('}')) {
                break line;
            }
        });
    }
    lines
}

/// The same lines in another form: JSON Lines, an array, or a table where they can be one.
pub fn text(dice: &mut Dice, lines: &[String]) -> (&'static str, String) {
    match dice.below(8) {
        0 => {
            let elements: Vec<&str> =
                lines.iter().map(|line| line.trim()).filter(|line| line.len() > 2).collect();
            (
                "händelser.json",
                format!("\u{feff}[\n{}\n]\n", elements.join(if dice.below(2) == 0 { ",\n" } else { " , " })),
            )
        }
        1 => ("händelser.csv", table(dice, lines.len() as u64)),
        2 => ("händelser.jsonl", format!("\u{feff}\n\n{}", lines.join("\n"))),
        _ => ("händelser.jsonl", lines.join("\n") + if dice.below(2) == 0 { "\n" } else { "" }),
    }
}

fn table(dice: &mut Dice, count: u64) -> String {
    let separator = *dice.pick(&[",", ";"]);
    let comma = separator == ";";
    let mut text = format!(
        "{}\r\n",
        ["case", "event", "date", "tak", "omval", "vem", "från_dag", "belopp"].join(separator)
    );
    for _ in 0..count {
        let case = *dice.pick(&CASES[..6]);
        let date = format!("2025-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(29));
        let row: Vec<String> = match dice.below(9) {
            0 => vec![case.into(), "svarat".into()],
            1 => vec![case.into(), "anmält".into(), date, "\"3 timmar".into(), String::new(), String::new()],
            2 | 3 => {
                let amount = if comma { "12,50" } else { "\"12,50\"" };
                vec![
                    case.into(),
                    "beslutat".into(),
                    date.clone(),
                    String::new(),
                    String::new(),
                    String::new(),
                    date,
                    amount.into(),
                ]
            }
            4 => vec![
                case.into(),
                "anmält".into(),
                date,
                "2".into(),
                "1".into(),
                "\"två\nrader \"\"x\"\"\"".into(),
                String::new(),
                String::new(),
            ],
            5 => vec![
                case.into(),
                "anmält".into(),
                date,
                if comma { "2,5" } else { "2.5" }.into(),
                "x".into(),
                String::new(),
                String::new(),
                String::new(),
            ],
            _ => vec![
                case.into(),
                "anmält".into(),
                date,
                "90 timmar".into(),
                String::new(),
                "Åsa".into(),
                String::new(),
                String::new(),
            ],
        };
        text.push_str(&row.join(separator));
        text.push_str(if dice.below(10) == 0 { "\n\n" } else { "\n" });
    }
    text
}
