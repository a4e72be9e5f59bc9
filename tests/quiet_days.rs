//! Days on which nothing happens change nothing: a run passes over those on which nothing can be other than it was, and
//! says what it says when something without any consequence happens on every day.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::fmt::Write as _;

use support::{Dice, Loaded, day, load_texts};

/// Everything that time alone can set off, end, pause or turn.
const RULES: &str = r#"regelverk dagar "Dagar" en "Days"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173

roll utförare "utföraren" en "the provider"
åtgärd besöka "besöka" en "visit"
åtgärd rätta "rätta" en "put right"
åtgärd se_över "se över" en "look over"
åtgärd anmäla "anmäla" en "report"

händelse börjat
  slut: datum
händelse besök
  längd: antal
  sen: ja/nej valfri
händelse rättat
händelse tyst

värde gräns: antal
  gäller från 2025-01-01 till och med 2025-03-14 = 2
värde gräns: antal
  gäller från 2025-03-15 = 4

tabell trappa(antal: antal) ger nivå: antal
  | 0..2 || 1 |
  | 3..1000 || 2 |

uppgift igång: ja/nej
uppgift stöd: ja/nej upphör med igång
uppgift stöd_i_helgen = stöd och datum är helgdag
uppgift senaste_längd: antal från besök.längd
uppgift tätt = (antal av besök under senaste 10 dagar) ≥ gräns
uppgift långt = (summa av besök.längd under samma månad) > 5 per månad
uppgift sent = finns besök där sen under senaste 20 dagar
uppgift högt = trappa(antal av besök under samma vecka).nivå = 2
uppgift släpar = rätta är försenad eller besöka är uppfylld
uppgift över_tiden = datum är efter 2 månader efter senaste börjat.datum
uppgift vila = tätt och inte långt

regel början
  när börjat
  igång gäller från datum till och med slut

regel stödet
  när börjat
  stöd gäller från datum

regel omvårdnad
  när börjat
  utförare ska besöka senast 20 dagar efter senaste besök så länge igång utom medan vila
    uteblir det notering "inget besök" en "no visit"

regel månadsvis
  när börjat
  utförare ska se_över minst 2 gånger per kalendermånad uppfylls av besök så länge igång utom medan sent

regel rättelse
  när besök där längd > 3
  utförare ska rätta senast 9 dagar efter datum uppfylls av rättat så länge inte långt
    uteblir det anmärkning "inte rättat" en "not put right"

regel anmälan
  när besök där längd < 2
  utförare ska anmäla utan angiven tid uppfylls av rättat så länge släpar

regel tätt_nu
  när tätt ändras
  notering "tätt ändras" en "close together changes"

regel stöd_nu
  när stöd ändras
  om föregående stöd
    notering "stödet slutar" en "the support ends"
  annars
    notering "stödet börjar" en "the support begins"

regel helg_nu
  när stöd_i_helgen blir ja
  notering "stöd i helgen" en "support at the weekend"

regel långt_nu
  när långt blir ja
  notering "långt" en "long"

regel sent_nu
  när sent blir nej
  notering "inte sent" en "not late"

regel högt_nu
  när högt ändras
  notering "nivån ändras" en "the level changes"

regel släpar_nu
  när släpar ändras
  notering "släpar ändras" en "trailing changes"

regel över_nu
  när över_tiden blir ja
  notering "över tiden" en "past the time"

regel månadens_slut
  när månaden är slut
  medan igång
  ger besök_i_månaden = antal av besök under samma månad

regel årligen
  varje år den 28 februari
  notering "årligen" en "yearly"
"#;

/// A history of one case, then a line for every day of which nothing follows.
fn history(dice: &mut Dice) -> (String, String) {
    let mut lines = String::new();
    let first = day("2025-01-01").plus_days(dice.below(40) as i64).unwrap();
    let mut at = first;
    let spread = 1 + dice.below(25);
    for place in 0..1 + dice.below(25) {
        let event = match dice.below(10) {
            _ if place == 0 => format!(r#""event":"börjat","slut":"{}""#, at.plus_days(90).unwrap()),
            0 => format!(r#""event":"börjat","slut":"{}""#, at.plus_days(dice.below(120) as i64).unwrap()),
            1..=7 => {
                let late = ["true", "false", "null"][dice.below(3) as usize];
                format!(r#""event":"besök","längd":{},"sen":{late}"#, dice.below(6))
            }
            _ => r#""event":"rättat""#.to_owned(),
        };
        writeln!(lines, r#"{{"case":"a","date":"{at}",{event}}}"#).unwrap();
        at = at.plus_days(dice.below(spread) as i64).unwrap();
    }
    let mut every_day = lines.clone();
    let mut at = first;
    while at < day(AS_OF) {
        writeln!(every_day, r#"{{"case":"a","date":"{at}","event":"tyst"}}"#).unwrap();
        at = at.next().unwrap();
    }
    (lines, every_day)
}

const AS_OF: &str = "2025-12-31";

fn outcomes(loaded: &mut Loaded, lines: &str) -> Vec<String> {
    loaded.decide(lines, AS_OF).iter().map(ToString::to_string).collect()
}

#[test]
fn a_day_on_which_nothing_happens_changes_nothing() {
    let mut loaded = load_texts([("dagar.frist", RULES)]);
    let mut dice = Dice(20_251_122);
    let rounds: usize =
        std::env::var("FRIST_CASES").ok().map_or(150, |count| count.parse().expect("a number"));
    let mut of_time = 0;
    for _ in 0..rounds {
        let (lines, every_day) = history(&mut dice);
        let few = outcomes(&mut loaded, &lines);
        let all = outcomes(&mut loaded, &every_day);
        of_time += few.iter().filter(|outcome| !outcome.contains(r#""event""#)).count();
        assert_eq!(few, all, "{lines}");
    }
    assert!(of_time > rounds * 5, "{of_time} outcomes that no event set off");
}
